"""Who moves and seconds in sentences that say more, what alters a motion, and who moves it once more."""

import pytest

from crawler.blocks import Block
from crawler.minutes.motions import accepts_amendment, alters_motion, moved_words, movers, opens_amendment
from crawler.minutes.paragraphs import Minutes, read_minutes


def minutes(*texts: str) -> Minutes:
    return read_minutes([Block(text) for text in texts])


@pytest.mark.parametrize(
    ("text", "mover", "words"),
    [
        ("Councillor Fell, in moving the report, said that the year had been dry.", "Councillor Fell", ""),
        ("The Leader, Councillor Fell, presented the plan and moved its adoption.", "Councillor Fell", ""),
        ("After debate, Mrs A Fell thought that the site was too small and moved that the matter be deferred.",
         "Mrs A Fell", "that the matter be deferred."),
        ("Cllr Fell, as local Member, spoke of the traffic and so proposed that the plan be refused.", "Cllr Fell",
         "that the plan be refused."),
        ("The Chair thanked the officers and moved the recommendations in the report.", "The Chair", ""),
        ("Cllr Fell said that the bin had been mended and moved to the park.", None, "to the park."),
        ("The letter of Cllr Fell was read and moved the members.", None, ""),
        ("Cllr Fell asked what was proposed.", None, ""),
    ],
)  # fmt: skip
def test_who_moves_while_saying_more(text: str, mover: str | None, words: str) -> None:
    assert movers(text).mover == mover
    if mover:
        assert moved_words(text) == words


@pytest.mark.parametrize(
    "text", ["Councillor Oak, in seconding the motion, asked for patience.", "Councillor Oak agreed and seconded it.",
             "Councillor Oak supported what had been said and seconded the recommendation."],
)  # fmt: skip
def test_who_seconds_while_saying_more(text: str) -> None:
    assert movers(text) == movers("Councillor Oak seconded.")


def test_the_mover_and_the_seconder_stand_in_paragraphs_of_their_own() -> None:
    (resolution,) = minutes(
        "Councillor Fell, in moving the recommendation, said that prices had risen.",
        "Councillor Oak, in seconding it, thanked the Treasurer.",
        "Following debate it was RESOLVED that the fee be £4.",
    ).resolutions  # fmt: skip
    assert (resolution.mover, resolution.seconder, resolution.text) == (
        "Councillor Fell", "Councillor Oak", "that the fee be £4.")  # fmt: skip


def test_who_moves_a_motion_once_more_leaves_its_words() -> None:
    (resolution,) = minutes(
        "The following motion was submitted by Councillor Ada Fell and seconded by Councillor Oak:",
        "“That this Council thanks the lifeboat crew.”", "Councillor Fell, in moving the motion, spoke of the storm.",
        "The motion was carried.",
    ).resolutions  # fmt: skip
    assert resolution.text == "“That this Council thanks the lifeboat crew.”"
    assert (resolution.mover, resolution.seconder) == ("Councillor Ada Fell", "Councillor Oak")


def test_the_amendment_of_regulations_amends_no_motion() -> None:
    text = "Moved by Councillor Oak. Under the Standing Orders (Amendment) Regulations 2014 a vote was recorded:"
    assert not opens_amendment(text)
    (resolution,) = minutes(text, "For: Councillors Oak and Elm", "Against: Councillor Fir", "RESOLVED that it be so.",
                            ).resolutions  # fmt: skip
    assert resolution.vote is not None
    assert resolution.vote.names.against == ("Councillor Fir",)


def test_an_amendment_that_nobody_seconds_leaves_the_motion_open() -> None:
    (resolution,) = minutes(
        "Councillor Fell, seconded by Councillor Oak, moved that the licence be granted.",
        "Councillor Elm moved as an amendment that it be refused. The amendment had no seconder and fell.",
        "AGREED that the licence be granted.",
    ).resolutions  # fmt: skip
    assert (resolution.mover, resolution.seconder) == ("Councillor Fell", "Councillor Oak")


def test_words_that_the_mover_accepts_are_voted_on_with_the_motion() -> None:
    altering = "Cllr Elm proposed, and Cllr Fell accepted, that the words “by May” be added at the end."
    assert alters_motion(altering)
    assert accepts_amendment(altering)
    assert not accepts_amendment("The report was accepted.")
    (resolution,) = minutes(
        "Cllr Fell moved and Cllr Oak seconded that the wall be mended.", altering,
        "There voted for the motion 9 and against 3.", "It was RESOLVED that the wall be mended by May.",
    ).resolutions  # fmt: skip
    assert resolution.mover == "Cllr Fell"
    assert resolution.vote is not None
    assert (resolution.vote.for_, resolution.vote.against) == (9, 3)


def test_the_speech_that_moves_is_no_words_of_the_motion() -> None:
    found = minutes(
        "Councillor Fell, in proposing the Motion, stated that the lamps had been out for a year.",
        "The Motion was seconded by Councillor Oak and carried.",
    )  # fmt: skip
    (resolution,) = found.resolutions
    assert resolution.text == "The Motion was seconded by Councillor Oak and carried."
    assert (resolution.mover, resolution.seconder) == ("Councillor Fell", "Councillor Oak")
    assert resolution.anchor == found.paragraphs[1].anchor


def test_a_speech_and_the_vote_in_one_paragraph() -> None:
    (resolution,) = minutes(
        "Councillor Fell, in proposing the Motion, spoke of the lamps. The Motion was seconded by Cllr Oak and agreed."
    ).resolutions  # fmt: skip
    assert resolution.text == "The Motion was seconded by Cllr Oak and agreed."


@pytest.mark.parametrize(
    "moved", ["Councillor Fell, in proposing the Motion, spoke of the lamps.",
              "In proposing the Motion, Councillor Fell spoke of the lamps.",
              "The Motion was proposed by Councillor Fell."]
)  # fmt: skip
def test_the_notice_that_was_given_holds_the_words(moved: str) -> None:
    found = minutes(
        "I will move at the next Meeting of the District that the lamps be mended.", moved,
        "The Motion was seconded by Councillor Oak and carried.",
    )  # fmt: skip
    (resolution,) = found.resolutions
    assert (resolution.text, resolution.mover, resolution.seconder) == (
        "that the lamps be mended.", "Councillor Fell", "Councillor Oak")  # fmt: skip
    assert resolution.anchor == found.paragraphs[0].anchor


def test_another_decision_is_not_of_who_gave_notice() -> None:
    (resolution,) = minutes(
        "I will move at the next Meeting that the lamps be mended.",
        "In proposing the Motion, Councillor Fell spoke of the lamps.",
        "It was agreed to hold the next meeting on 3 May.",
    ).resolutions  # fmt: skip
    assert (resolution.text, resolution.mover) == ("to hold the next meeting on 3 May.", None)
