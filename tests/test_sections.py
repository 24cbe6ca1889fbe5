"""Heads of sections of an agenda in printed minutes: items without number. Other headings before an item are its."""

import pytest

from crawler.blocks import Block, BlockKind
from crawler.printed.reading import read_printed


def head(text: str) -> Block:
    return Block(text, BlockKind.HEADING, bold=True)


BEFORE = (
    head("MINUTES of a meeting of the Roads Panel held on 13 February 2025"),
    Block("PRESENT: Councillor A Able (Chair)"),
    head("1. Apologies"), Block("None."), head("2. Roads"), Block("RESOLVED that the report be noted."),
)  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "is_item"),
    [
        ("PART A – PUBLIC ITEMS", True), ("EXEMPT BUSINESS", True), ("Part 2: private session", True),
        ("RHAN A", True), ("PARTNERSHIP NEWS", False), ("OPEN SPACES", False), ("PRIVATE HIRE", False),
    ],
)
def test_the_head_of_a_section_is_an_item_without_number(heading: str, is_item: bool) -> None:
    meeting = read_printed(
        (*BEFORE, head(heading), head("3. Bus stops"), Block("All were seen.")), name="minutes.pdf", council=None
    )
    assert [item.title for item in meeting.items][2:] == ([heading] if is_item else []) + ["Bus stops"]
    assert meeting.items[-1].agenda == (() if is_item else (heading,))


@pytest.mark.parametrize("line", ["ACTION: CLERK", "CARRIED", "FOR THE MOTION:"])
def test_a_line_in_capitals_at_an_items_end_that_heads_nothing_stays_in_it(line: str) -> None:
    after = (head("3. Bus stops"), Block("All were seen."))
    meeting = read_printed((*BEFORE, head(line), *after), name="a.pdf", council=None)
    assert meeting.items[1].paragraphs[-1].text == line
