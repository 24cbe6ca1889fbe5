"""Deciding words of others: quoted, or told of; and those beside them that decide here."""

import pytest

from crawler.blocks import Block
from crawler.minutes.decisions import find_decision
from crawler.minutes.paragraphs import read_minutes


@pytest.mark.parametrize("text", [
    "Dr Penry said that the Health Board had on 1 March RESOLVED to close Ward 6.",
    "It was noted that Cabinet had, in June 2021, RESOLVED to sell the land.",
    "The Health Board has on 4 May RESOLVED to move the clinic.",
    "Mr Quill explained that the Roads Panel RESOLVED to narrow the lane.",
    'The report stated: "The Roads Panel RESOLVED that no access be permitted".',
    "The letter said, “We met on Monday. It was RESOLVED that the gate be shut. Thank you.”",
])  # fmt: skip
def test_what_others_decided_is_told_and_not_decided(text: str) -> None:
    assert find_decision(text) is None


@pytest.mark.parametrize("text", [
    "The Clerk said that the gate was broken and it was RESOLVED to mend it.",
    "The Panel had considered the report on parking and RESOLVED to adopt it.",
    'Members read the letter, "Our pond", and RESOLVED that it be answered.',
    'The Chair read out the decision: "The Sub-Committee RESOLVED to grant the licence."',
    'The report stated: "The pond is dry". RESOLVED that it be filled.',
])  # fmt: skip
def test_a_decision_beside_what_is_told_is_made_here(text: str) -> None:
    assert find_decision(text) is not None


def test_a_quotation_that_fills_paragraphs_decides_nothing() -> None:
    texts = (
        "The appendix stated:", '"AGREED: That the heads sign.', 'RESOLVED: That Cabinet accept the list."',
        "RESOLVED: That the pond be filled.",
    )  # fmt: skip
    found = read_minutes([Block(text) for text in texts])
    assert [each.text for each in found.resolutions] == ["That the pond be filled."]
    assert [each.kind.value for each in found.paragraphs] == ["narrative"] * 3 + ["resolution"]


def test_a_quotation_that_never_closes_ends_at_once() -> None:
    found = read_minutes([Block(text) for text in ("It read:", "“The pond is dry.", "RESOLVED: That it be filled.")])
    assert [each.text for each in found.resolutions] == ["That it be filled."]


def test_a_quotation_of_the_motion_is_no_report() -> None:
    texts = ("Councillor Fell moved the motion, which read:", "“That the pond be filled.”", "RESOLVED accordingly.")
    assert len(read_minutes([Block(text) for text in texts]).resolutions) == 1
