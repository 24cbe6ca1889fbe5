"""Votes on a motion and on its amendment, each with what it was taken on."""

from archive.model import Resolution
from crawler.blocks import Block
from crawler.minutes.amendments import without_amendment
from crawler.minutes.paragraphs import read_minutes


def only(*texts: str) -> Resolution:
    (found,) = read_minutes([Block(text) for text in texts]).resolutions
    return found


def voted(found: Resolution) -> tuple[int | None, int | None, int | None] | None:
    return found.vote and (found.vote.for_, found.vote.against, found.vote.abstain)


def test_each_sentence_is_of_the_motion_or_of_the_amendment() -> None:
    text = "The amendment was put. There voted 4 for and 1 against. The motion was carried by 5 votes to 2."
    assert without_amendment(text) == "The motion was carried by 5 votes to 2."
    assert without_amendment("The amendment to the motion was lost by 3 votes to 1. All voted for the motion.") == (
        "All voted for the motion.")


def test_what_is_of_an_amendment_alone_stays_whole() -> None:
    assert without_amendment("The amendment fell by 2 votes to 3.") == "The amendment fell by 2 votes to 3."
    text = "For the motion 5, for the amendment 3."
    assert without_amendment(text) == text


def test_the_votes_on_an_amendment_are_not_those_of_the_decision() -> None:
    text = (
        "With 2 votes for and 3 against, the amendment fell. The original recommendation was then voted upon with "
        "3 votes for and 2 against, and was carried."
    )
    found = only(text, "Resolved That the harbour plan be submitted.")
    assert (voted(found), found.unanimous) == ((3, 2, None), False)


def test_a_carried_amendment_does_not_divide_a_unanimous_vote() -> None:
    text = "The amendment was carried by 2 votes to 1. The substantive motion was then carried unanimously."
    found = only("Councillor Fell moved that the plan be adopted.", text)
    assert (found.vote, found.unanimous) == (None, True)


def test_a_motion_and_its_amendment_in_one_paragraph() -> None:
    text = (
        "PROPOSED by Cllr Fell, SECONDED by Cllr Oake that tenders be invited. AMENDMENT proposed by Cllr Penrose, "
        "seconded by Cllr Vane that the matter wait until October. Voting on the amendment: 4 for, 2 against, "
        "CARRIED. The amended motion was put and CARRIED with 5 for and 1 abstention."
    )
    found = only(text)
    assert (found.text, found.mover, voted(found)) == ("that tenders be invited.", "Cllr Fell", (5, None, 1))


SCOTTISH = (
    "Motion", "To refuse permission.", "Moved by Councillor Fell, seconded by Councillor Oake.", "Amendment",
    "To grant permission.", "Moved by Councillor Penrose, seconded by Councillor Vane.",
)  # fmt: skip


def test_an_amendment_that_becomes_the_decision_has_its_own_movers_and_votes() -> None:
    decision = ("Decision", "The Committee agreed to grant permission.")
    found = only(*SCOTTISH, "The Amendment was carried by 3 votes to 2.", *decision)
    assert (found.mover, found.seconder) == ("Councillor Penrose", "Councillor Vane")
    assert (voted(found), found.outcome) == ((3, 2, None), "carried")


def test_a_motion_that_stands_against_its_amendment_keeps_its_movers() -> None:
    decision = ("Decision", "The Committee agreed to refuse permission.")
    found = only(*SCOTTISH, "The Amendment was lost by 2 votes to 3.", *decision)
    assert (found.mover, found.seconder, found.vote) == ("Councillor Fell", "Councillor Oake", None)
