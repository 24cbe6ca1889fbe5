from build import a_paragraph, a_resolution, an_item

from archive.model import Action, Clause, Outcome, Paragraph, ParagraphKind, Resolution, Vote
from web.passages import continued, decided, outcome, passages, tally


def a_clause(anchor: str) -> Paragraph:
    return Paragraph(anchor, None, ParagraphKind.CLAUSE, f"clause {anchor}")


def test_the_paragraphs_of_a_decision_stand_together() -> None:
    said = [a_paragraph("Said.", "1.1"), a_paragraph("That:", "1.2", ParagraphKind.RESOLUTION), a_clause("p3"),
            a_clause("p4"), Paragraph("p5", None, ParagraphKind.VOTE, "Unanimous."), a_paragraph("After.", "1.3")]
    decision = Resolution("1.2", "1.2", Action.AGREED, "That:", (Clause("1", "x"), Clause("2", "y")), "That: x y")
    found = passages(an_item(paragraphs=tuple(said), resolutions=(decision,)))
    assert [[line.paragraph.anchor for line in each.lines] for each in found] == [
        ["1.1"], ["1.2", "p3", "p4", "p5"], ["1.3"]]
    assert [each.resolution for each in found] == [None, decision, None]


def test_clauses_keep_their_depth() -> None:
    clauses = (Clause("1", "x", (Clause("a", "y"), Clause("b", "z", (Clause("i", "w"),)))), Clause("2", "v"))
    lines = (a_paragraph("That:", "1", ParagraphKind.RESOLUTION), *(a_clause(f"p{at}") for at in range(2, 8)))
    decision = Resolution("1", "1", Action.RESOLVED, "That:", clauses, "")
    (found,) = passages(an_item(paragraphs=lines, resolutions=(decision,)))
    assert [line.depth for line in found.lines] == [0, 1, 2, 2, 3, 1, 1]


def test_each_resolution_begins_a_passage_and_clauses_without_one_stand_alone() -> None:
    lines = (a_clause("p1"), a_paragraph("One.", "1", ParagraphKind.RESOLUTION),
             a_paragraph("Two.", "2", ParagraphKind.RESOLUTION))
    found = passages(an_item(paragraphs=lines, resolutions=(a_resolution("One.", "1"), a_resolution("Two.", "2"))))
    assert [len(each.lines) for each in found] == [1, 1, 1]


def test_a_decision_without_minutes_stands_in_its_own_words() -> None:
    (found,) = passages(an_item(resolutions=(a_resolution("That it be so.", "9"),)))
    assert [line.paragraph.text for line in found.lines] == ["That it be so."]


def test_a_decision_goes_on_after_its_first_paragraph() -> None:
    first = Paragraph("p2", "a", ParagraphKind.CLAUSE, "one; and")
    second = Paragraph("p3", None, ParagraphKind.CLAUSE, "two.")
    lines = (a_paragraph("That:", "1", ParagraphKind.RESOLUTION), first, second, a_paragraph("After.", "2"))
    item = an_item(paragraphs=lines, resolutions=(a_resolution("x", "1"),))
    assert continued(item, "1") == "a one; and two."
    assert continued(item, "1", ["one; and", "elsewhere"]) == "two."
    assert continued(item, "2") == continued(item, "p2") == continued(item, "9") == ""


def test_a_lost_motion_is_no_decision() -> None:
    lost = Resolution("1", "1", Action.OTHER, None, (), "That we sell it.", outcome=Outcome.LOST)
    assert decided(an_item(resolutions=(lost,))) == ()
    assert outcome(lost) == "Motion lost"
    assert outcome(a_resolution("x", action=Action.NOTED)) == "Noted"
    assert outcome(a_resolution("x", action=Action.OTHER)) == "Decided"


def test_a_vote_is_told_with_the_numbers_that_are_printed() -> None:
    assert tally(Vote(9, 3, 1)) == "For 9, against 3, abstained 1"
    assert tally(Vote(against=0)) == "Against 0"
    assert tally(Vote()) == ""
