"""What parish councils' minutes abbreviate: movers, votes in brackets, parts decided one by one, lists in clauses."""

from typing import Any

import pytest

from archive.model import Clause, Resolution
from crawler.blocks import Block
from crawler.minutes.motions import movers
from crawler.minutes.paragraphs import read_minutes


def read(*texts: str) -> tuple[Resolution, ...]:
    return read_minutes([Block(text) for text in texts]).resolutions


def tree(clauses: tuple[Clause, ...]) -> list[Any]:
    return [[clause.label, clause.text, *tree(clause.clauses)] for clause in clauses]


@pytest.mark.parametrize(("text", "mover", "seconder"), [
    ("Prop. Cllr Oak Sec. Cllr Elm. Unanimous.", "Cllr Oak", "Cllr Elm"),
    ("Prop. AO Sec. BE. Unanimous.", "AO", "BE"),
    ("Prop: AO, Sec: BE", "AO", "BE"),
    ("(prop Cllr Oak, sec Cllr Elm)", "Cllr Oak", "Cllr Elm"),
    ("Proposed by NHS Ambleshire.", None, None),
    ("A prop Cllr Oak had bought was sent back.", "Cllr Oak", None),
    ("See Sec. 106 of the agreement.", None, None),
])  # fmt: skip
def test_abbreviated_movers(text: str, mover: str | None, seconder: str | None) -> None:
    found = movers(text)
    assert (found.mover, found.seconder) == (mover, seconder)


@pytest.mark.parametrize("end", [
    ". Prop. Cllr Oak Sec. Cllr Elm. Unanimous.", " (prop Cllr Oak, sec Cllr Elm).",
    " (Prop. Cllr Oak, Sec. Cllr Elm).",
])  # fmt: skip
def test_abbreviated_movers_are_no_words_of_the_decision(end: str) -> None:
    (found,) = read(f"RESOLVED that the hedge be cut{end}")
    assert (found.text, found.mover, found.seconder) == ("that the hedge be cut.", "Cllr Oak", "Cllr Elm")


def test_movers_and_voters_stand_between_the_word_and_what_is_resolved() -> None:
    (found,) = read(
        "RESOLVED, on the motion of Councillor Oak (Ind), seconded by Councillor Elm, (Councillor Ash voting against "
        "and Councillor Bay abstaining) that the hedge be cut."
    )
    assert (found.text, found.mover, found.seconder) == ("that the hedge be cut.", "Councillor Oak", "Councillor Elm")
    assert found.vote is not None
    assert (found.vote.names.against, found.vote.names.abstain) == (("Councillor Ash",), ("Councillor Bay",))


def test_each_numbered_part_has_its_own_movers() -> None:
    first, second = read(
        "a) Mill Lane - object. Proposed Cllr Oak, seconded Cllr Elm. All in favour.", "b) Works to the pond. Noted."
    )
    assert (first.text, first.mover, first.outcome, first.unanimous) == (
        "Mill Lane - object.", "Cllr Oak", "carried", True)  # fmt: skip
    assert (second.text, second.mover, second.outcome) == ("Works to the pond. Noted.", None, None)


def test_a_deciding_word_alone_under_the_next_number_settles_the_motion() -> None:
    (found,) = read("7.1 Cllr Oak moved that the hedge be cut, seconded by Cllr Elm. Carried.", "7.2 AGREED.")
    assert (found.text, found.mover, found.seconder) == ("that the hedge be cut", "Cllr Oak", "Cllr Elm")


def test_totals_and_names_in_brackets() -> None:
    (found,) = read(
        "Councillor Oak moved that the hedge be cut, seconded by Councillor Elm.",
        "FOR THE MOTION: Cllrs Oak, Elm. (Total 2)", "AGAINST THE MOTION: Cllr Ash (Total 1)",
        "The motion was CARRIED.",
    )  # fmt: skip
    assert found.vote is not None
    assert (found.vote.for_, found.vote.against, found.vote.names.for_) == (2, 1, ("Cllr Oak", "Cllr Elm"))
    (found,) = read("RESOLVED that the hedge be cut.", "For – 2 (Oak, Dean-Elm); Against – 1 (Ash)")
    assert found.vote is not None
    assert (found.vote.for_, found.vote.against) == (2, 1)
    assert (found.vote.names.for_, found.vote.names.against) == (("Oak", "Dean-Elm"), ("Ash",))


def test_a_whole_number_follows_its_parts() -> None:
    (found,) = read("Resolved:", "1.1 That the hedge be cut.", "1.2 That it be paid for.", "2. That Mr Oak be thanked.")
    assert [each[0] for each in tree(found.clauses)] == ["1.1", "1.2", "2"]


def test_the_next_minute_is_no_clause_after_parts() -> None:
    (found,) = read("Resolved:", "1.1 That the hedge be cut.", "1.2 That it be paid for.", "2. The Clerk spoke.")
    assert [each[0] for each in tree(found.clauses)] == ["1.1", "1.2"]


def test_a_list_may_lack_its_first_label() -> None:
    (found,) = read("RESOLVED that", "(ii) the hedge be cut; and", "(iii) the Clerk act.")
    assert tree(found.clauses) == [["(ii)", "the hedge be cut; and"], ["(iii)", "the Clerk act."]]


def test_lines_with_heads_are_a_list_within_a_clause() -> None:
    texts = "(a) That the plan be adopted; and", "(b) That these be appointed:", "Planning: Oak, Elm", "Audit: Ash, Bay"
    (found,) = read("RESOLVED:", *texts, "The Clerk reported: all is well.")
    assert tree(found.clauses)[1] == [
        "(b)", "That these be appointed:", [None, "Planning: Oak, Elm"], [None, "Audit: Ash, Bay"],
    ]  # fmt: skip
    assert found.text.endswith("(b) That these be appointed: Planning: Oak, Elm; Audit: Ash, Bay")


def test_what_was_granted_on_terms_is_named() -> None:
    (found,) = read("The application for a licence was GRANTED subject to the conditions in the report.")
    assert found.text == "The application for a licence was GRANTED subject to the conditions in the report."
