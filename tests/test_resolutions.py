"""Resolutions as minutes print them: lead, clauses, movers, votes, and what became of motions."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model import Clause, Resolution, VoteNames
from crawler.blocks import Block, BlockKind
from crawler.documents.text import html_blocks
from crawler.minutes.paragraphs import Minutes, read_minutes


def minutes(*texts: str) -> Minutes:
    return read_minutes([Block(text) for text in texts])


def only(*texts: str) -> Resolution:
    (resolution,) = minutes(*texts).resolutions
    return resolution


def tree(clauses: tuple[Clause, ...]) -> list[Any]:
    return [[clause.label, clause.text, *tree(clause.clauses)] for clause in clauses]


def kinds(*texts: str) -> str:
    return " ".join(paragraph.kind.value for paragraph in minutes(*texts).paragraphs)


def test_a_lead_and_its_restarted_list_are_one_resolution() -> None:
    found = minutes("27.1 A.", "27.2 Resolved – That the Committee:", "1. Recognises it.", "2. Asks for more.",
    "27.3 B.")
    (resolution,) = found.resolutions
    assert (resolution.anchor, resolution.number, resolution.lead) == ("27.2", "27.2", "That the Committee:")
    assert tree(resolution.clauses) == [["1", "Recognises it."], ["2", "Asks for more."]]
    assert resolution.text == "That the Committee: 1. Recognises it. 2. Asks for more."
    assert [paragraph.kind.value for paragraph in found.paragraphs] == [
        "narrative", "resolution", "clause", "clause", "narrative",
    ]  # fmt: skip


def test_clauses_nest_by_their_labels() -> None:
    texts = "(i) to note it;", "(ii) to approve:-", "(a) the plan; and", "(b) the budget;", "(iii) to thank all."
    resolution = only("The Council resolved:-", *texts)
    assert tree(resolution.clauses) == [
        ["(i)", "to note it;"], ["(ii)", "to approve:-", ["(a)", "the plan; and"], ["(b)", "the budget;"]],
        ["(iii)", "to thank all."],
    ]  # fmt: skip


def test_the_letter_i_after_h_is_a_letter() -> None:
    labels = [f"({letter})" for letter in "abcdefghij"]
    resolution = only("RESOLVED that:", *(f"{label} something;" for label in labels))
    assert [clause.label for clause in resolution.clauses] == labels


def test_bullets_nest_by_their_level() -> None:
    html = "<p>AGREED to:</p><ul><li>note<li>ask for:<ul><li>costs<li>dates</ul><li>thank</ul><p>The Chair spoke.</p>"
    (resolution,) = read_minutes(html_blocks(html)).resolutions
    assert tree(resolution.clauses) == [
        [None, "note"], [None, "ask for:", [None, "costs"], [None, "dates"]], [None, "thank"],
    ]  # fmt: skip
    assert resolution.text == "to: note; ask for: costs; dates; thank"


@pytest.mark.parametrize(
    "after",
    ["Reasons for Decision: the law", "Options considered", "Councillor Fell left the meeting.",
     "N.B. A recorded vote was needed", "4. The Chair closed the item.", "Reason: cost"],
)  # fmt: skip
def test_what_ends_a_resolution(after: str) -> None:
    resolution = only("2. Talk.", "3. RESOLVED that:", "(a) one; and", "(b) two.", after)
    assert tree(resolution.clauses) == [["(a)", "one; and"], ["(b)", "two."]]


def test_a_heading_ends_a_resolution() -> None:
    blocks = [Block("RESOLVED:"), Block("That A."), Block("Next", BlockKind.HEADING), Block("That B.")]
    assert [each.text for each in read_minutes(blocks).resolutions] == ["That A."]


def test_headings_within_a_long_resolution_do_not_end_it() -> None:
    heads = {"Capital", "Revenue"}
    lead = "(27) RESOLVED that Council approves:"
    texts = lead, "Capital", "(a) the programme;", "Revenue", "(b) the budget.", "(28) Next."
    blocks = [Block(text, BlockKind.HEADING if text in heads else BlockKind.PARAGRAPH) for text in texts]
    (resolution,) = read_minutes(blocks).resolutions
    assert [clause.label for clause in resolution.clauses] == ["(a)", "(b)"]


def test_a_list_begins_after_a_heading_below_that() -> None:
    texts = "RESOLVED: That", "Revenue", "1. the budget be set;", "2. the reserves be held;", "Tax", "3. the tax be £5."
    heads = {"Revenue", "Tax"}
    blocks = [Block(text, BlockKind.HEADING if text in heads else BlockKind.PARAGRAPH) for text in texts]
    (resolution,) = read_minutes(blocks).resolutions
    assert (resolution.lead, [clause.label for clause in resolution.clauses]) == ("That", ["1", "2", "3"])


def test_a_list_whose_first_label_is_lost() -> None:
    found = only("RESOLVED that:", "ii. grants be made;", "iii. others be told; and", "iv. the marks be published.")
    assert [clause.label for clause in found.clauses] == ["ii", "iii", "iv"]
    assert only("1. RESOLVED that:", "2. The Chair spoke.").clauses == ()


def test_one_sentence_below_that_is_no_clause() -> None:
    found = only("RESOLVED that:", "The gate be painted.", "The Chair spoke.")
    assert (found.text, found.clauses) == ("that: The gate be painted.", ())
    assert kinds("RESOLVED that:", "The gate be painted.") == "resolution resolution"
    more = only("RESOLVED that:", "The Council, having read the report, agrees:", "(a) the plan;", "(b) the costs.")
    assert (more.lead or "").endswith("agrees:")
    assert [clause.label for clause in more.clauses] == ["(a)", "(b)"]


def test_agreed_and_then_resolved_is_one_resolution() -> None:
    texts = "1. Mr Fell proposed, and Mr Beck seconded that Mr Holm be elected.", "Agreed unanimously."
    resolution = only(*texts, "2. RESOLVED that Mr Holm be elected.")
    assert (resolution.number, resolution.mover, resolution.unanimous) == ("2", "Mr Fell", True)
    assert only(*texts, "Mr Holm took the chair.").text == "that Mr Holm be elected."


def test_the_next_minute_is_no_clause_even_when_its_number_fits() -> None:
    found = minutes("1. One.", "2. Two.", "RESOLVED:", "1. That A.", "2. That B.", "3. The next thing was discussed.")
    assert tree(found.resolutions[0].clauses) == [["1", "That A."], ["2", "That B."]]


def test_a_deciding_word_alone_opens_the_next_paragraph() -> None:
    assert only("RESOLVED:", "That the minutes be signed.", "The Chair spoke.").text == "That the minutes be signed."
    assert only("DECISION", "AGREED to:-", "(a) note it.").action == "agreed"
    assert only("DECISION", "NOTED.", "The Chair spoke.").text == "NOTED."
    assert len(minutes("NOTED.", "RECOMMENDED that it be noted.").resolutions) == 2


def test_paragraphs_without_labels_go_on_with_that() -> None:
    assert tree(only("RESOLVED:", "That A;", "That B; and", "That C.", "Councillor Fell left.").clauses) == [
        [None, "That A;"], [None, "That B; and"], [None, "That C."],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "lead", "labels"),
    [("RESOLVED – That (1) the report be noted; and (2) thanks be given.", "That", ["(1)", "(2)"]),
     ("RESOLVED that the Committee: (a) notes it well; (b) approves it.", "that the Committee:", ["(a)", "(b)"]),
     ("RESOLVED: 1. That A be done.", None, ["1"]), ("RESOLVED that, under paragraphs (a) and (b), x be y.", None, [])],
)  # fmt: skip
def test_clauses_within_one_paragraph(text: str, lead: str | None, labels: list[str]) -> None:
    resolution = only(text)
    assert (resolution.lead, [clause.label for clause in resolution.clauses]) == (lead, labels)
    assert resolution.text.endswith(text[-10:])


@pytest.mark.parametrize(
    ("texts", "mover", "seconder"),
    [
        (["It was moved by Mr Fell, seconded by Mr Beck and RESOLVED that x"], "Mr Fell", "Mr Beck"),
        (["Proposed by Mr Fell", "Seconded by Mr Beck", "And Resolved:", "“That x”."], "Mr Fell", "Mr Beck"),
        (["Mr Fell proposed and Mr Beck seconded the motion that x.", "RESOLVED that x."], "Mr Fell", "Mr Beck"),
        (["On the motion of Cllr Fell, seconded by Cllr Beck, it was RESOLVED that x"], "Cllr Fell", "Cllr Beck"),
        (["Proposed: Cllr Fell Seconded: Cllr Beck", "RESOLVED that x"], "Cllr Fell", "Cllr Beck"),
        (["RESOLVED that x"], None, None),
    ],
)  # fmt: skip
def test_movers(texts: list[str], mover: str | None, seconder: str | None) -> None:
    resolution = only(*texts)
    assert (resolution.mover, resolution.seconder) == (mover, seconder)


def test_a_carried_motion_and_its_resolved_are_one_resolution_and_the_vote_is_its_own() -> None:
    resolution = only(
        "(1) Mr Fell proposed and Mr Beck seconded the motion that:", "“The plan be adopted.”",
        "(2) Mr Holm proposed and Mr Siôn seconded the following amendment:", "“The plan be burnt.”",
        "(3) The Chairman put the amendment to the vote:", "For (1)", "Mr Holm", "Against (2)", "Mr Fell, Mr Beck",
        "Amendment lost.", "(4) The Chairman put the motion to the vote:", "For (2)", "Mr Fell, Mr Beck", "Against (0)",
        "Abstain (1)", "Mr Holm", "Motion carried.", "(5) RESOLVED that the plan be adopted.",
    )  # fmt: skip
    assert (resolution.number, resolution.outcome) == ("(5)", "carried")
    assert (resolution.mover, resolution.seconder) == ("Mr Fell", "Mr Beck")
    assert resolution.vote is not None
    assert (resolution.vote.for_, resolution.vote.against, resolution.vote.abstain) == (2, 0, 1)
    assert resolution.vote.names == VoteNames(("Mr Fell", "Mr Beck"), (), ("Mr Holm",))


@pytest.mark.parametrize(
    ("fate", "outcome", "action"),
    [("The motion was LOST.", "lost", "other"), ("Motion carried.", "carried", "other"),
     ("The motion was withdrawn.", "withdrawn", "other"),
     ("On being put to the vote the motion was declared not carried.", "lost", "other")],
)  # fmt: skip
def test_what_became_of_a_motion(fate: str, outcome: str, action: str) -> None:
    texts = ("Councillor Fell moved, and Councillor Beck seconded, that the library be closed.", fate)
    resolution = only(*texts)
    assert (resolution.outcome, resolution.action, resolution.text) == (outcome, action, "that the library be closed.")
    assert kinds(*texts) == ("resolution vote" if outcome == "carried" else "narrative vote")


def test_a_motion_nothing_became_of_is_no_resolution() -> None:
    assert minutes("Councillor Fell moved that the item be deferred.", "Members talked.").resolutions == ()


def test_an_amendment_alone_is_no_resolution() -> None:
    assert minutes("Cllr Fell moved an amendment, seconded by Cllr Beck.",
    "The amendment was CARRIED.").resolutions == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [("26 votes for, 32 against", (26, 32, None)), ("For: 26 Against: 32 Abstention: 0", (26, 32, 0)),
     ("(7 votes for, 2 against, 1 abstention)", (7, 2, 1)),
     ("Seven voted in favour, none against and two abstained", (7, 0, 2)), ("by 12 votes to 4", (12, 4, None)),
     ("Voting: 5 in favour, 3 against", (5, 3, None))],
)  # fmt: skip
def test_counts_in_a_sentence(text: str, expected: tuple[int | None, ...]) -> None:
    vote = only("RESOLVED that x be done.", f"The vote was {text}." if text.startswith("by") else text).vote
    assert vote is not None
    assert (vote.for_, vote.against, vote.abstain) == expected


def test_votes_with_names_on_the_line_below_or_in_a_table() -> None:
    listed = only("DECIDED that x.", "Voting for the motion: Councillors Ahmed, Brown and Clark (3)",
                  "Voting against the motion: Councillor Dale", "Abstentions: None")  # fmt: skip
    assert listed.vote is not None
    assert (listed.vote.for_, listed.vote.abstain, listed.vote.names.against) == (3, 0, ("Councillor Dale",))
    rows = (("For the motion", "Against the motion"), ("Cllr Fell, Cllr Beck", "Cllr Holm"), ("2", "1"))
    table = Block("x", BlockKind.TABLE, rows=rows)
    found = read_minutes([Block("Cllr Fell moved that x be y."), table, Block("The motion was CARRIED.")])
    vote = found.resolutions[0].vote
    assert vote is not None
    assert (vote.for_, vote.against, vote.names.for_) == (2, 1, ("Cllr Fell", "Cllr Beck"))
    assert [paragraph.kind for paragraph in found.paragraphs] == ["resolution", "vote", "vote"]


def test_a_line_that_says_unanimous_is_about_the_decision_before() -> None:
    assert only("RESOLVED that x be done.", "(Unanimous)").unanimous


def test_no_decision_word_no_resolution() -> None:
    assert minutes("To approve the minutes as a correct record.",
    "The Committee considered a report.").resolutions == ()


def test_an_anchor_is_the_number_when_unique_else_the_place() -> None:
    assert [each.anchor for each in minutes("1. One.", "Two.", "1. That A.", "2. B.").paragraphs] == ["p1", "p2",
    "p3", "2"]
    assert [each.anchor for each in read_minutes([Block("2. B.")], [Block("1. A.")]).paragraphs] == ["1", "2"]


PRINTED = st.sampled_from([
    "27.1", "27.2", "(a)", "(b)", "1.", "2.", "i.", "RESOLVED", "that", "RESOLVED:", "For (2)", "Against",
    "Amendment lost.",
    "Councillor Fell", "moved", "seconded by", "Motion carried.", "10.30 am", "2019", "“That", "Reasons for Decision",
    "AGREED", "and", "12 votes for, 3 against", "NOTED.",
])  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(st.lists(st.lists(PRINTED, min_size=1, max_size=4).map(" ".join), max_size=12))
def test_nothing_printed_is_lost_and_its_order_is_kept(texts: list[str]) -> None:
    html = "".join(f"<p>{text}</p>" for text in texts)
    found = read_minutes(html_blocks(html))
    printed = " ".join(" ".join(filter(None, (each.number, each.text))) for each in found.paragraphs)
    assert words(printed) == words(" ".join(texts))
    anchors = [each.anchor for each in found.paragraphs]
    assert len(set(anchors)) == len(anchors)
    assert all(resolution.anchor in anchors and resolution.text for resolution in found.resolutions)


def words(text: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in text).split()


@pytest.mark.parametrize(
    "between",
    ["Housing", "Councillor B Bell", "Reason: To comply with the law."],
)  # fmt: skip
def test_labels_that_go_on_hold_a_resolution_together(between: str) -> None:
    resolution = only("RESOLVED:", "(a) That A be done.", between, "(b) That B be done.")
    assert [clause.label for clause in resolution.clauses] == ["(a)", "(b)"]
    assert between in resolution.text


def test_reasons_between_the_clauses_are_no_part_of_the_resolution() -> None:
    resolution = only("RESOLVED:", "(1) That A.", "Reasons for the decision:", "To comply.", "(2) That B.")
    assert resolution.text == "(1) That A. (2) That B."
    assert only("RESOLVED: That A. Reason for decision: To comply.").text == "That A."


def test_sentences_that_begin_with_that_belong_together() -> None:
    resolution = only("RESOLVED", "That A be done.", "That B be done.", "That C be done.", "The Chair spoke.")
    assert [clause.text for clause in resolution.clauses] == ["That A be done.", "That B be done.", "That C be done."]


def test_two_decisions_in_one_paragraph() -> None:
    found = minutes("It was RECOMMENDED to Council that A be done and RESOLVED that officers be thanked.").resolutions
    assert [(each.action, each.text) for each in found] == [
        ("recommended", "to Council that A be done"), ("resolved", "that officers be thanked."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["In 2019 the Council resolved that the land be sold.", "Minute 45 of 3 May stated: RESOLVED that A be done.",
     "At its meeting on 3 May 2022, Cabinet RESOLVED that A be done."],
)  # fmt: skip
def test_what_was_decided_before_is_no_decision(text: str) -> None:
    assert minutes(text, "Talk.").resolutions == ()


def test_a_notice_of_motion_is_whole() -> None:
    texts = "“This Council notes that bills rise.", "This Council resolves to:", "1. Write;", "2. Set up a fund.”"
    resolution = only("Cllr Oak moved and Cllr Elm seconded:", *texts, "The motion was declared CARRIED.")
    assert resolution.text.endswith("This Council resolves to: 1. Write; 2. Set up a fund.”")
    assert resolution.outcome == "carried"
    before = only(*texts, "The motion was proposed by Cllr Oak and seconded by Cllr Elm.", "The motion was agreed.")
    assert (before.text, before.mover) == (resolution.text, "Cllr Oak")


def test_movers_after_the_decision() -> None:
    for texts in (
        ["RESOLVED: That it be noted.", "Proposed by Cllr Oak, seconded by Cllr Elm"],
        ["RESOLVED: That it be noted. Proposed: Cllr Oak. Seconded: Cllr Elm."],
        ["Resolved unanimously", "That it be noted. Proposed: Cllr Oak. Seconded: Cllr Elm."],
    ):
        resolution = only(*texts)
        assert (resolution.mover, resolution.seconder) == ("Cllr Oak", "Cllr Elm")


def test_unanimous_is_unknown_unless_they_say() -> None:
    assert only("RESOLVED that x be done.").unanimous is None
    assert only("RESOLVED (unanimously) that x be done.").unanimous is True
    assert only("RESOLVED, by a majority, that x be done.").unanimous is False
    assert only("RESOLVED (by 9 votes to 2) that x be done.").unanimous is False


def test_prose_between_labels_ends_a_resolution() -> None:
    texts = "RESOLVED:", "1. That A be done.", "2. That B be done.", "Cllr Oak thanked them.", "3. A report was read."
    assert [clause.label for clause in only(*texts).clauses] == ["1", "2"]
    assert only("RESOLVED: That A.", "That was all, said the Chair.").text == "That A."


def test_a_motion_and_its_amendment_in_one_paragraph() -> None:
    moved = "Cllr Oak, seconded by Cllr Elm, moved that x be done."
    amended = "Cllr Fir, seconded by Cllr Yew, moved as an amendment that y be done."
    fates = "The amendment was lost.", "The motion was carried."
    resolution = only(f"{moved} {amended}", *fates, "AGREED that x be done.")
    assert (resolution.mover, resolution.seconder, resolution.outcome) == ("Cllr Oak", "Cllr Elm", "carried")


def test_the_same_words_resolved_twice_are_two_resolutions_unless_the_decision_repeats_the_minutes() -> None:
    adopted = [Block("RESOLVED: That the minutes be adopted."), Block("The second set was read.")]
    assert len(read_minutes([*adopted, *adopted]).resolutions) == 2
    assert len(read_minutes(adopted, adopted[:1]).resolutions) == 1


@pytest.mark.parametrize(
    ("word", "text", "outcome"),
    [
        ("AGREED.", "that the recommendations be agreed.", None), ("NOTED.", "NOTED.", None),
        ("AGREED unanimously.", "that the recommendations be agreed.", "carried"),
        ("DEFERRED.", "DEFERRED.", None), ("REFUSED.", "REFUSED.", None),
    ],
)
def test_a_word_alone_takes_the_words_of_a_motion_that_it_says_yes_to(
    word: str, text: str, outcome: str | None
) -> None:
    found = only("It was moved by Cllr Fell and seconded by Cllr Beck that the recommendations be agreed.", word)
    assert (found.text, found.outcome, found.mover) == (text, outcome, "Cllr Fell")


def test_a_motion_to_note_is_noted_in_its_own_words() -> None:
    found = only("It was moved by Cllr Fell and seconded by Cllr Beck that the report be noted.", "NOTED.")
    assert (found.text, found.action, found.outcome) == ("that the report be noted.", "noted", None)


def test_clauses_that_lost_their_bullets_are_parted_by_their_semicolons() -> None:
    found = only("RESOLVED that Cabinet:", "adopts the plan for 2017;", "asks for a report; and", "holds a briefing.")
    assert [(each.label, each.text) for each in found.clauses] == [
        (None, "adopts the plan for 2017;"), (None, "asks for a report; and"), (None, "holds a briefing."),
    ]


def test_minutes_that_are_numbered_by_their_item_follow_a_decision_printed_first() -> None:
    found = only("RESOLVED – That Cabinet:", "1. Notes the report.", "2. Asks for a plan.", "5.1 The leader spoke.")
    assert [each.label for each in found.clauses] == ["1", "2"]
    found = only("RESOLVED – That Cabinet:", "1. Notes the report.", "2. Asks for a plan.", "2.1 It is due in May.")
    assert [each.label for each in found.clauses[1].clauses] == ["2.1"]
