"""What stands after the words of a decision, or right before its deciding word, and is no part of them."""

import pytest

from archive.model import Outcome
from crawler.blocks import Block
from crawler.minutes.endings import without_asides
from crawler.minutes.motions import Movers, movers
from crawler.minutes.paragraphs import Minutes, read_minutes


def minutes(*texts: str) -> Minutes:
    return read_minutes([Block(text) for text in texts])


def test_who_moved_and_seconded_may_be_no_more_than_two_names_in_a_bracket() -> None:
    (resolution,) = minutes("RESOLVED that the hedge be cut. (Cllr Oak/Cllr Elm)").resolutions
    assert (resolution.text, resolution.mover, resolution.seconder) == (
        "that the hedge be cut.", "Cllr Oak", "Cllr Elm")  # fmt: skip


def test_the_vote_in_a_bracket_is_no_part_of_the_words() -> None:
    (resolution,) = minutes("RESOLVED that the hedge be cut (5 in favour, 1 abstention).").resolutions
    assert resolution.text == "that the hedge be cut."
    assert resolution.vote is not None
    assert (resolution.vote.for_, resolution.vote.abstain) == (5, 1)


@pytest.mark.parametrize(
    "words", ["that the hedge be cut (Cllr Oak to see to it).", "that the grant be paid (3 payments).",
              "that the path be closed (Mill Lane/Church Row).", "that he serve (with the Mayor/Deputy Mayor)."],
)  # fmt: skip
def test_other_brackets_belong_to_the_words(words: str) -> None:
    assert without_asides(words) == words


def test_a_vote_before_the_deciding_word_carried_it() -> None:
    (resolution,) = minutes(
        "It was proposed by Cllr Oak, seconded by Cllr Elm and, on a vote of 4 in favour and 1 against, "
        "RESOLVED to object."
    ).resolutions
    assert (resolution.outcome, resolution.text) == (Outcome.CARRIED, "to object.")


def test_all_in_favour_before_a_decision_is_no_more_than_unanimous() -> None:
    (resolution,) = minutes(
        "Councillor Oak proposed, seconded by Councillor Elm, that the wall be mended.", "All were in favour.",
        "RESOLVED that the wall be mended in spring.",
    ).resolutions  # fmt: skip
    assert (resolution.outcome, resolution.unanimous, resolution.mover) == (None, True, "Councillor Oak")


def test_a_decision_that_ends_with_a_comma_takes_no_new_sentence() -> None:
    (resolution,) = minutes("RESOLVED not to object,", "Letter of thanks from the band.").resolutions
    assert resolution.text == "not to object,"
    (resolution,) = minutes("RESOLVED not to object,", "and to say so.").resolutions
    assert resolution.text == "not to object, and to say so."


def test_a_condition_more_is_a_clause_whatever_its_number() -> None:
    (resolution,) = minutes(
        "RESOLVED: That consent be granted, subject to the additional condition below:", "(8) No work on Sundays."
    ).resolutions
    assert [clause.label for clause in resolution.clauses] == ["(8)"]


@pytest.mark.parametrize(
    ("text", "mover", "seconder"),
    [
        ("Agreed, on the proposal of Ada Oak, seconded by Bo Elm, to write.", "Ada Oak", "Bo Elm"),
        ("Proposed by Ada Oak and seconded by Bo Elm.", "Ada Oak", "Bo Elm"),
        ("The scheme was proposed by Mill Lane Residents.", None, None),
        ("It was proposed by Planning Committee.", None, None),
    ],
)
def test_names_without_titles_move_and_second(text: str, mover: str | None, seconder: str | None) -> None:
    assert movers(text) == Movers(mover, seconder)
