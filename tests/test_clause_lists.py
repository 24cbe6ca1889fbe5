"""Lists of clauses without labels, headings over some of the clauses, and where the words of a decision end."""

import pytest

from archive.model import Resolution
from crawler.blocks import Block, BlockKind
from crawler.minutes.paragraphs import read_minutes


def only(*texts: str) -> Resolution:
    (resolution,) = read_minutes([Block(text) for text in texts]).resolutions
    return resolution


def test_a_line_over_some_of_the_clauses_holds_them() -> None:
    resolution = only("RESOLVED:", "(a) That A be done.", "In addition:", "(b) That B be done.", "(c) That C be done.")
    first, head = resolution.clauses
    assert (first.label, head.label, head.text) == ("(a)", None, "In addition:")
    assert [clause.label for clause in head.clauses] == ["(b)", "(c)"]
    assert resolution.text == "(a) That A be done. In addition: (b) That B be done. (c) That C be done."


@pytest.mark.parametrize(
    "texts",
    [("It was resolved to pay :-", "The Village Hall £40", "Clerk’s fee £450", "Ink (two cartridges) £45.99"),
     ("It was resolved to pay :- The Village Hall £40", "Clerk’s fee £450", "Ink (two cartridges) £45.99"),
     ("RESOLVED to pay the following: The Village Hall £40", "Clerk’s fee £450", "Ink (two cartridges) £45.99")],
)  # fmt: skip
def test_lines_without_stops_below_a_colon_are_clauses(texts: tuple[str, ...]) -> None:
    resolution = only(*texts, "The Clerk then spoke of the hedge.")
    said = [clause.text for clause in resolution.clauses]
    assert said == ["The Village Hall £40", "Clerk’s fee £450", "Ink (two cartridges) £45.99"]
    assert resolution.lead
    assert resolution.lead.endswith((":-", ":"))


@pytest.mark.parametrize(
    ("words", "following"),
    [("Councillors resolved to pay both", "Clerk to issue cheques"),
     ("RESOLVED to keep the policy. (Copies can be had)", "Confirmation has come that the debit is in place."),
     ("RESOLVED that the fee be 5%", "Councillor Oak thanked everybody.")],
)  # fmt: skip
def test_words_without_a_stop_end_before_a_new_paragraph(words: str, following: str) -> None:
    assert following not in only(words, following).text


@pytest.mark.parametrize(
    ("words", "following"),
    [("RESOLVED that the lease of the hall to the", "Scouts be renewed."),
     ("RESOLVED that Councillor", "Oak be thanked."),
     ("RESOLVED that the fee", "be £5."), ("RESOLVED that the fee be £5", "and that the hall be let."),
     ("RESOLVED that the money come from", "Reserves.")],
)  # fmt: skip
def test_words_that_ask_for_more_go_on(words: str, following: str) -> None:
    assert only(words, following).text.endswith(following)


def test_a_heading_within_a_quoted_motion_stays_a_heading() -> None:
    found = read_minutes([
        Block("Mr Oak proposed and Mr Elm seconded the following motion:"), Block("“The Council agrees:"),
        Block("Capital Programme", kind=BlockKind.HEADING), Block("(a) to build; and"), Block("(b) to borrow.”"),
        Block("Motion carried."),
    ])  # fmt: skip
    assert [each.kind for each in found.paragraphs] == [
        "narrative", "resolution", "heading", "clause", "clause", "vote"]
    assert [clause.label for clause in found.resolutions[0].clauses] == ["(a)", "(b)"]
