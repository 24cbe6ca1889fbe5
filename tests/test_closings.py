"""What closes an item without a formal word, and what stands under the page's own "Decision:"."""

import pytest

from crawler.blocks import Block, BlockKind
from crawler.minutes.paragraphs import Minutes, read_minutes


def minutes(*texts: str) -> Minutes:
    return read_minutes([Block(text) for text in texts])


def decision(*texts: str) -> Minutes:
    return read_minutes((), [Block(text) for text in texts])


@pytest.mark.parametrize(
    ("text", "action", "words"),
    [
        ("The report was noted.", "noted", "The report was noted."),
        ("A kind letter about the lamps was noted.", "noted", "A kind letter about the lamps was noted."),
        ("The Committee noted the report.", "noted", "The Committee noted the report."),
        ("Questions were asked. The Cabinet approved the recommendations.", "approved",
         "The Cabinet approved the recommendations."),
        ("The Panel endorsed the strategy.", "other", "The Panel endorsed the strategy."),
        ("Members agreed to note the report.", "agreed", "to note the report."),
        ("Members unanimously agreed the recommendations.", "agreed",
         "Members unanimously agreed the recommendations."),
        ("The minutes were agreed and signed.", "agreed", "The minutes were agreed and signed."),
        ("The minutes of 3 May were confirmed as a correct record and signed by the Chair.", "approved",
         "The minutes of 3 May were confirmed as a correct record and signed by the Chair."),
        ("The plan was approved, subject to changes.", "approved", "The plan was approved, subject to changes."),
        ("Following a vote, the recommendations were approved.", "approved",
         "Following a vote, the recommendations were approved."),
        ("The Chair proposed that the fee be £5, and it was resolved accordingly.", "resolved", "that the fee be £5"),
        ("Council voted unanimously to approve the precept.", "other", "to approve the precept."),
        ("Resolution: That the fee be £5.", "resolved", "That the fee be £5."),
        ("These were agreed as correct.", "agreed", "These were agreed as correct."),
        ("The minutes were approved with that change and signed.", "approved",
         "The minutes were approved with that change and signed."),
        ("The Sub-Committee’s decision was to grant the licence.", "other", "to grant the licence."),
        ("Accordingly, the decision of the Panel was that the licence be revoked.", "other",
         "that the licence be revoked."),
        ("Action agreed: the clerk to write to the owner.", "agreed", "the clerk to write to the owner."),
        ("The Sub-Committee determined to GRANT the licence.", "other", "to GRANT the licence."),
        ("The balances were read. Noted.", "noted", "The balances were read. Noted."),
        ("Cllr Oak proposed that x be done, this was seconded by Cllr Elm and all agreed.", "agreed",
         "that x be done, this was seconded by Cllr Elm"),
        ("Mr Oak proposed and Mr Elm seconded that Mr Fir be Chair. Agreed unanimously.", "agreed",
         "that Mr Fir be Chair."),
    ],
)  # fmt: skip
def test_a_closing_sentence_decides(text: str, action: str, words: str) -> None:
    (resolution,) = minutes("The officer spoke.", text, "(For: 3 Against: 0)").resolutions
    assert (resolution.action, resolution.text) == (action, words)


@pytest.mark.parametrize(
    "text",
    ["The Committee noted that the train was late.", "Members agreed that the service had been good.",
     "The Chair agreed to write.", "The Committee had approved the plan.", "Apologies were noted.",
     "The amendment was accepted.", "The plan was approved by the Government last year.", "The venue was confirmed.",
     "Members voted.", "Members supported the motion and spoke of the cost.",
     "In 2019, the plan was approved.", "The two firms were agreed on the price.",
     "The Cabinet’s decision was to close it.", "The budget was agreed with the partners.",
     "A sharp disagreement was noted."],
)  # fmt: skip
def test_narrative_at_the_end_decides_nothing(text: str) -> None:
    assert minutes("The officer spoke.", text).resolutions == ()


def test_the_same_words_in_the_midst_decide_nothing() -> None:
    assert minutes("The Committee noted the report.", "The officer spoke of something else.").resolutions == ()


def test_words_under_decision_decide_without_a_deciding_word() -> None:
    (resolution,) = decision("That the fees be approved.").resolutions
    assert (resolution.action, resolution.text) == ("other", "That the fees be approved.")
    (resolution,) = decision("That the Cabinet AGREES to:", "1. approve; and", "2. note.").resolutions
    assert (resolution.action, len(resolution.clauses)) == ("agreed", 2)
    assert minutes("That the fees be approved.").resolutions == ()


def test_clauses_that_each_have_a_deciding_word_are_one_decision() -> None:
    (resolution,) = decision("Cabinet:", "(1) APPROVED the fees; and", "(2) DELEGATED the rest.").resolutions
    assert (resolution.action, [clause.label for clause in resolution.clauses]) == ("approved", ["(1)", "(2)"])


def test_a_decision_that_the_minutes_repeat_is_listed_once() -> None:
    agreed = [Block("Cabinet AGREED:"), Block("(i) the loan.")]
    found = read_minutes([Block("Talk."), *agreed], [*agreed, Block("Call-in expires in May.")])
    assert [resolution.text for resolution in found.resolutions] == ["(i) the loan."]


@pytest.mark.parametrize(
    ("text", "unanimous", "outcome"),
    [
        ("Upon being put to the vote the recommendation was agreed, with 7 in favour and 2 against.", False, "carried"),
        ("The recommendation was put to the vote and carried.", None, "carried"),
        ("The recommendations were approved.", None, None),
    ],
)  # fmt: skip
def test_a_recommendation_that_was_voted_on(text: str, unanimous: bool | None, outcome: str | None) -> None:
    (resolution,) = minutes("The officer spoke.", text).resolutions
    assert (resolution.text, resolution.unanimous, resolution.outcome) == (text, unanimous, outcome)


def test_the_fate_of_a_motion_is_no_decision_of_its_own() -> None:
    moved = "Cllr Oak moved and Cllr Elm seconded that the recommendations be approved."
    (resolution,) = minutes(moved, "The recommendations were put to the vote and carried.").resolutions
    assert (resolution.text, resolution.mover) == ("that the recommendations be approved.", "Cllr Oak")


@pytest.mark.parametrize(
    ("text", "action"),
    [("Permission granted subject to conditions.", "approved"), ("Listed building consent refused.", "refused"),
     ("Application 22/004 deferred for a visit.", "deferred")],
)  # fmt: skip
def test_an_application_is_determined_under_decision(text: str, action: str) -> None:
    (resolution,) = decision(text).resolutions
    assert resolution.action == action
    assert minutes(text, "Talk.").resolutions == ()


def test_a_body_decides_in_one_paragraph() -> None:
    text = "Cabinet: (1) noted the outcome; (2) approved the grants; and (3) delegated authority to the Director."
    (resolution,) = minutes("Talk.", text).resolutions
    assert (resolution.action, [clause.label for clause in resolution.clauses]) == ("noted", ["(1)", "(2)", "(3)"])


@pytest.mark.parametrize("note", ["[Councillor Quill left at 11.42 am.]", "(The Chair left; Cllr Elm took the chair)",
                                  "Councillor Quill left the meeting."])  # fmt: skip
def test_notes_between_clauses_are_narrative(note: str) -> None:
    found = minutes("RESOLVED that:", "(1) A be done;", note, "(2) B be done.")
    (resolution,) = found.resolutions
    assert [clause.text for clause in resolution.clauses] == ["A be done;", "B be done."]
    assert found.paragraphs[2].kind == "narrative"


def test_what_was_approved_may_be_listed_below() -> None:
    listed = [Block("Hall hire, £24.00", BlockKind.LIST_ITEM), Block("Postage, £3.10", BlockKind.LIST_ITEM)]
    (resolution,) = read_minutes([Block("The bank stood at £90."), Block("The following payments were approved:"),
                                  *listed]).resolutions  # fmt: skip
    assert resolution.action == "approved"
    assert [clause.text for clause in resolution.clauses] == ["Hall hire, £24.00", "Postage, £3.10"]
    assert read_minutes([Block("The plan was approved."), *listed]).resolutions == ()


def test_when_the_meeting_began_and_ended_stands_after_what_closes_an_item() -> None:
    (resolution,) = minutes("The plan was noted.", "The meeting started at 6.00 pm and ended at 7.35 pm.").resolutions
    assert resolution.text == "The plan was noted."


def test_the_heading_over_what_a_body_noted_leaves_no_mark() -> None:
    (resolution,) = minutes("Decision", "The Committee noted:", "(a) the fees; and", "(b) the dates.").resolutions
    assert (resolution.lead, resolution.text) == (None, "(a) the fees; and (b) the dates.")
