"""Votes that stand in prose: divisions on a line, names within a paragraph, what became of motions in other words."""

import pytest

from archive.model import Outcome
from crawler.blocks import Block
from crawler.minutes.counting import counts, is_all_of_vote
from crawler.minutes.fates import Fate, fate, is_favour
from crawler.minutes.paragraphs import Minutes, read_minutes
from crawler.minutes.votes import asked_to_be_recorded, division_side, name_list, sides_within


def minutes(*texts: str) -> Minutes:
    return read_minutes([Block(text) for text in texts])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The motion accordingly became the finding of the meeting.", Fate(Outcome.CARRIED, amendment=False)),
        ("The amendment therefore became the decision of the Board.", Fate(Outcome.CARRIED, amendment=True)),
        ("Councillor Oak, with leave of the Council, withdrew the motion.", Fate(Outcome.WITHDRAWN, amendment=False)),
        ("Councillor Oak then withdrew his amendment.", Fate(Outcome.WITHDRAWN, amendment=True)),
        ("The Council, without a division, agreed the motion.", Fate(Outcome.CARRIED, amendment=False)),
        ("Members rejected the amendment.", Fate(Outcome.LOST, amendment=True)),
        ("Proposed by Cllr Oak and seconded by Cllr Elm, all in favour.", Fate(Outcome.CARRIED, amendment=False)),
        ("A member hoped that the Council agreed the motion.", None),
        ("The motion of Councillor Ada Fell was debated.", None),
        ("The firm withdrew the offer after the motion.", None),
    ],
)  # fmt: skip
def test_what_became_of_a_motion(text: str, found: Fate | None) -> None:
    assert fate(text) == found


def test_all_in_favour_below_a_decision_says_that_it_was_unanimous_and_no_more() -> None:
    said = "Proposed by Cllr Oak, seconded by Cllr Elm. All in favour."
    assert is_favour(said)
    assert not is_favour("Carried. All in favour.")
    (resolution,) = minutes("It was RESOLVED to pay the bill.", said).resolutions
    assert (resolution.mover, resolution.outcome, resolution.unanimous) == ("Cllr Oak", None, True)


def test_a_vote_on_a_motion_that_is_not_printed_was_unanimous() -> None:
    (resolution,) = minutes("On being put to the vote the motion was carried unanimously.", "RESOLVED that it be so.",
                            ).resolutions  # fmt: skip
    assert (resolution.outcome, resolution.unanimous) == ("carried", True)


@pytest.mark.parametrize(
    ("text", "found"),
    [("Pleidleisiwyd: 7 o blaid, 2 yn erbyn, 1 yn ymatal.", {"for": 7, "against": 2, "abstain": 1}),
     ("There voted for the motion 19, against 8, with 2 abstentions.", {"for": 19, "against": 8, "abstain": 2})],
)  # fmt: skip
def test_counts_after_their_sides_and_before_them(text: str, found: dict[str, int]) -> None:
    assert counts(text) == found


@pytest.mark.parametrize(
    ("text", "whole"),
    [("The Chair put it to the vote. 8 voted for; 4 voted against. The proposal was declared carried.", True),
     ("The vote was 8 for and 4 against. The gate was opened at noon.", False), ("The gate was opened.", False)],
)  # fmt: skip
def test_a_paragraph_is_of_a_vote_when_each_sentence_is(text: str, whole: bool) -> None:
    assert is_all_of_vote(text) == whole


def test_names_and_sides_within_a_paragraph() -> None:
    sides = sides_within(
        "After a long debate the motion was put. The names were then recorded as follows. For the motion: Councillors "
        "Oak and Elm (2). Against: Councillor Fir (1). Abstentions: the Mayor and Councillor Ash (2)."
    )  # fmt: skip
    assert [(side.side, side.count) for side in sides] == [("for", 2), ("against", 1), ("abstain", 2)]
    assert name_list(sides[2].rest) == ("the Mayor", "Councillor Ash")
    assert name_list("The Mayor, Councillors Oak and Elm") == ("The Mayor", "Councillor Oak", "Councillor Elm")
    assert name_list("the Mayor (Councillor Oak), Councillor Elm") == ("Councillor Oak", "Councillor Elm")


def test_the_names_for_an_amendment_are_not_for_the_motion() -> None:
    (resolution,) = minutes(
        "Councillor Oak moved and Councillor Elm seconded that the fee be £5.",
        "The names were recorded. For the amendment: Councillor Fir. Against the amendment: Councillors Oak and Elm.",
        "A division was taken. For: Councillors Oak and Elm. Against: Councillor Ash.", "RESOLVED that the fee be £5.",
    ).resolutions  # fmt: skip
    assert resolution.vote is not None
    assert resolution.vote.names.for_ == ("Councillor Oak", "Councillor Elm")
    assert resolution.vote.names.against == ("Councillor Ash",)


@pytest.mark.parametrize(
    "division",
    [("Motion (1): Councillor Oak.", "Amendment (2): Councillors Fir and Ash."),
     ("Members voted thus. For the motion (1): Councillor Oak. For the amendment (2): Councillors Fir and Ash.",)],
)  # fmt: skip
def test_a_division_on_one_line_or_two(division: tuple[str, ...]) -> None:
    (resolution,) = minutes(
        "Councillor Oak moved approval.", "As an amendment, Councillor Fir, seconded by Councillor Ash, moved refusal.",
        *division, "The amendment accordingly became the finding.", "DECISION", "AGREED to refuse the application.",
    ).resolutions  # fmt: skip
    assert resolution.vote is not None
    assert resolution.vote.names.for_ == ("Councillor Fir", "Councillor Ash")
    assert resolution.vote.names.against == ("Councillor Oak",)
    assert division_side("Motion (2): to be put") is None


def test_who_asks_that_the_vote_be_recorded_after_what_was_carried() -> None:
    found = minutes("Proposed by Cllr Oak, seconded by Cllr Elm: that a count be made.",
                    "Carried by 4 votes to 2, Cllrs Fir and Ash asking that their votes against be recorded.",
                    )  # fmt: skip
    (resolution,) = found.resolutions
    assert resolution.vote is not None
    assert (resolution.vote.for_, resolution.vote.names.against) == (4, ("Cllr Fir", "Cllr Ash"))
    assert asked_to_be_recorded("Cllr Fir asked that his thanks be recorded.") == {}


def test_the_application_refused_is_what_a_carried_proposal_did() -> None:
    found = minutes("Proposed by Cllr Oak, seconded by Cllr Elm", "That permission be refused.",
                    "The proposal was carried by 8 votes to 4 and the application refused.")  # fmt: skip
    assert found.resolutions[0].action == "refused"


def test_a_motion_carried_after_another_was_lost_has_its_own_fate_and_movers() -> None:
    (resolution,) = minutes(
        "The Committee voted on the recommendation: 4 in favour, 5 against. The recommendation was not carried.",
        "Councillor Ada Fell, seconded by Councillor Oak, then moved refusal. This was carried by 5 votes to 4.",
        "RESOLVED: That it be refused.",
    ).resolutions  # fmt: skip
    assert (resolution.mover, resolution.outcome) == ("Councillor Ada Fell", "carried")
    assert resolution.vote is not None
    assert (resolution.vote.for_, resolution.vote.against) == (5, 4)


def test_how_a_motion_was_voted_is_none_of_its_words() -> None:
    text = ("It was moved by Cllr Oak, seconded by Cllr Elm, that the plan be received. On being put to the vote, "
            "there were 12 votes for and 10 against. The motion was therefore CARRIED.")  # fmt: skip
    (resolution,) = minutes(text).resolutions
    assert (resolution.text, resolution.outcome) == ("that the plan be received.", "carried")


def test_a_motion_quoted_below_its_movers_that_stand_in_sentences() -> None:
    (resolution,) = minutes("Motion moved: Cllr Oak. Motion seconded: Cllr Elm.", "“That the crew be thanked.”",
                            "The motion was carried (For 20; Against 15).").resolutions  # fmt: skip
    assert (resolution.text, resolution.mover) == ("“That the crew be thanked.”", "Cllr Oak")


def test_who_voted_how_may_stand_before_the_decision_or_under_a_rule() -> None:
    before = "Councillors Oak and Elm voted for the motion; Councillor Fir voted against; Councillor Ash abstained."
    under = "In accordance with Procedure Rule 17.5, Councillor Fir requested that her vote against be recorded."
    for texts in ((before, "RESOLVED that it be so."), ("RESOLVED that it be so.", under)):
        (resolution,) = minutes(*texts).resolutions
        assert resolution.vote is not None
        assert resolution.vote.names.against == ("Councillor Fir",)


def test_a_majority_is_counted_and_is_none_of_the_words() -> None:
    (resolution,) = minutes("AGREED: by a majority of 6 to 3 that the licence be granted.").resolutions
    assert resolution.text == "that the licence be granted."
    assert resolution.vote is not None
    assert (resolution.vote.for_, resolution.vote.against) == (6, 3)


def test_who_declined_to_vote_is_neither_for_nor_against() -> None:
    (resolution,) = minutes(
        "Councillor Oak, seconded by Councillor Elm, moved that the mill be kept.",
        "For the motion: Councillors Oak and Elm (2)", "For the amendment: Councillor Ash (1)",
        "Declined to vote: Councillor Bay (1)", "The motion was accordingly carried.",
    ).resolutions  # fmt: skip
    assert resolution.vote is not None
    assert (resolution.vote.abstain, resolution.vote.names.abstain) == (1, ("Councillor Bay",))
    assert resolution.vote.names.against == ("Councillor Ash",)


def test_a_motion_of_which_notice_was_given_is_withdrawn() -> None:
    (resolution,) = minutes(
        "Councillor Oak gave notice of a motion asking that the law be changed.", "Councillor Oak withdrew the motion.",
    ).resolutions  # fmt: skip
    assert (resolution.mover, resolution.outcome) == ("Councillor Oak", Outcome.WITHDRAWN)
