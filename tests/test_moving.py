"""Who moved what, said before the words, after them or beside them; and what stands after a decision's own words."""

import pytest

from crawler.blocks import Block
from crawler.minutes.endings import without_asides
from crawler.minutes.motions import moved_words, movers
from crawler.minutes.paragraphs import Minutes, read_minutes


def minutes(*texts: str) -> Minutes:
    return read_minutes([Block(text) for text in texts])


@pytest.mark.parametrize(
    "aside",
    ["Prop. Cllr Oak, sec. Cllr Elm.", "Proposed: Cllr Oak. Seconded: Cllr Elm.", "(Cllr Fir returned.)",
     "Proposer Cllr Oak, seconder Cllr Elm. All in favour.", "(PROP: Cllr Oak, SEC: Cllr Elm)",
     "Carried unanimously.", "Vote: 5 for, 1 against.",
     "Proposed by Cllr Oak, seconded by Cllr Elm, and carried by 4 votes to 1.",
     "Cllr Fir returned (7.58 pm).", "Cllr Fir left the meeting at 8.05 pm.",
     "(The Chairman rejoined the meeting.)"],
)  # fmt: skip
def test_what_follows_the_words_is_none_of_them(aside: str) -> None:
    assert without_asides(f"that the mower be hired. {aside}") == "that the mower be hired."


@pytest.mark.parametrize(
    "words",
    ["that the mower be hired. Clerk to write to the firm.", "that Cllr Fir, who had left the meeting, be thanked.",
     "that the lease be signed. Cllr Oak left the money in his will.", "Cllr Fir returned.",
     "that a gate be put up. Proposed works are to start in May.", "that x be done. All members to be told.",
     "that a poll be held. Votes are to be counted on Friday."],
)  # fmt: skip
def test_other_sentences_stay(words: str) -> None:
    assert without_asides(words) == words


def test_movers_after_the_words_are_kept_as_movers() -> None:
    (resolution,) = minutes("RESOLVED that the mower be hired. Prop. Cllr Oak, sec. Cllr Elm.").resolutions
    assert (resolution.mover, resolution.seconder) == ("Cllr Oak", "Cllr Elm")
    assert resolution.text == "that the mower be hired."


@pytest.mark.parametrize(
    ("said", "outcome", "unanimous"),
    [("Proposed by Cllr Oak, seconded by Cllr Elm, and carried by 4 votes to 1.", "carried", False),
     ("Proposed by Cllr Oak, seconded by Cllr Elm. All in favour.", None, True),
     ("Carried unanimously.", "carried", True)],
)  # fmt: skip
def test_what_became_of_a_decision_is_said_after_its_words(said: str, outcome: str | None, unanimous: bool) -> None:
    for opening in ("RESOLVED that", "It was RESOLVED that"):
        (resolution,) = minutes(f"{opening} the mower be hired. {said}").resolutions
        assert resolution.text == "that the mower be hired."
        assert (resolution.outcome, resolution.unanimous) == (outcome, unanimous)


@pytest.mark.parametrize(
    ("text", "mover"),
    [("Moved by the Deputy Mayor (Councillor Oak), seconded by Councillor Elm, that x be done.",
      "the Deputy Mayor (Councillor Oak)"),
     ("Moved by Councillor Oak (Chair), seconded by Councillor Elm, that x be done.", "Councillor Oak"),
     ("Moved by the Mayor, seconded by Councillor Elm, that x be done.", "the Mayor")],
)  # fmt: skip
def test_an_office_with_its_holder_moves(text: str, mover: str) -> None:
    assert movers(text).mover == mover


def test_a_motion_is_named_before_who_moved_it() -> None:
    text = "A motion to go on with the meeting was proposed by Councillor Oak and seconded by Councillor Elm :"
    assert moved_words(text) == "to go on with the meeting"
    found = minutes(text, "A vote was taken on the motion and the result was as follows :", "For the Motion",
                    "Councillors Oak and Elm (2)", "Against the Motion", "Councillors Fir, Yew and Ash. (3)",
                    "The Clerk declared the Motion defeated.")  # fmt: skip
    (resolution,) = found.resolutions
    assert (resolution.text, resolution.outcome) == ("to go on with the meeting", "lost")
    assert resolution.vote is not None
    assert (resolution.vote.for_, resolution.vote.against) == (2, 3)


@pytest.mark.parametrize("fell", ["There was no seconder.", "The motion fell for want of a seconder.",
                                  "It was not seconded."])  # fmt: skip
def test_a_motion_that_nobody_seconds_has_no_part_in_what_is_resolved(fell: str) -> None:
    for texts in ((f"Councillor Oak proposed that the library open on Sundays. {fell}",),
                  ("Councillor Oak proposed that the library open on Sundays.", fell)):  # fmt: skip
        (resolution,) = minutes(*texts, "RESOLVED: That the hours be kept.").resolutions
        assert (resolution.mover, resolution.text) == (None, "That the hours be kept.")


def test_yes_before_resolved_is_the_vote() -> None:
    found = minutes("Mr Oak proposed and Mr Elm seconded that Mr Fir be Chair.", "Agreed unanimously.",
                    "RESOLVED that Mr Fir be Chair.")  # fmt: skip
    assert [paragraph.kind for paragraph in found.paragraphs] == ["narrative", "vote", "resolution"]
    (resolution,) = found.resolutions
    assert (resolution.mover, resolution.unanimous) == ("Mr Oak", True)


def test_a_matter_of_order_within_a_debate_leaves_the_motion_open() -> None:
    found = minutes(
        "Councillor Oak moved, and Councillor Elm seconded, that the plan be adopted.",
        "At 9 pm it was moved, seconded and carried that the meeting go on.", "RESOLVED that the plan be adopted.",
    )  # fmt: skip
    order, plan = found.resolutions
    assert (order.mover, order.outcome, plan.mover) == (None, "carried", "Councillor Oak")


def test_what_the_chair_proposes_alone_is_a_suggestion_where_something_else_is_decided() -> None:
    suggested = "The Chair proposed that evidence be taken in January."
    (other,) = minutes(suggested, "AGREED:", "That the programme be agreed.").resolutions
    assert other.mover is None
    for moved in ("The Chair moved that evidence be taken.", f"{suggested} Councillor Oak seconded the proposal."):
        (decided,) = minutes(moved, "AGREED: That evidence be taken.").resolutions
        assert decided.mover == "The Chair"


def test_a_bracket_after_the_deciding_word_says_who_moved() -> None:
    (resolution,) = minutes("RESOLVED (proposed by Cllr Oak, seconded by Cllr Elm): that x be done.").resolutions
    assert (resolution.mover, resolution.seconder, resolution.text) == ("Cllr Oak", "Cllr Elm", "that x be done.")
    (resolution,) = minutes("Proposed Cllr Oak, seconded Cllr Elm, agreed by all that x be done.").resolutions
    assert (resolution.mover, resolution.action, resolution.unanimous) == ("Cllr Oak", "agreed", True)
