"""What stands beside the text of a PDF's page and above it: bullets that are drawn, a margin under a head, a mark."""

import pytest
from test_pdf import FULL, Text, a_pdf, lines, texts

from crawler.blocks import BlockKind
from crawler.documents.dots import with_bullets
from crawler.documents.pdf import pdf_blocks
from crawler.documents.sheet import Rule, Word

SOON = "and asked for a further report in the spring of"


def with_dots(page: bytes, *dots: tuple[float, float], side: float = 3) -> bytes:
    """`page` with filled squares at places before its first text."""
    drawn = "".join(f"{left} {height} {side} {side} re f\n" for left, height in dots).encode()
    return page.replace(b"stream\nBT", b"stream\n" + drawn + b"BT", 1)


def test_a_filled_shape_before_a_line_is_its_bullet() -> None:
    page = a_pdf(lines("The points were:", "the school was full;", "the field had flooded.", "They met again."))
    read = pdf_blocks(with_dots(page, (62, 728), (62, 714)), "a.pdf")
    assert [block.text for block in read if block.kind is BlockKind.LIST_ITEM] == [
        "the school was full;", "the field had flooded.",
    ]  # fmt: skip


@pytest.mark.parametrize(("left", "side"), [(30, 3), (80, 3), (62, 9), (62, 0.5)])
def test_a_shape_far_off_within_the_line_or_of_another_size_is_no_bullet(left: float, side: float) -> None:
    page = a_pdf(lines("The points were:", "the school was full;"))
    read = pdf_blocks(with_dots(page, (left, 728), side=side), "a.pdf")
    assert [(block.text, block.kind) for block in read] == [
        ("The points were:", BlockKind.PARAGRAPH), ("the school was full;", BlockKind.PARAGRAPH)]


def test_so_many_dots_are_a_chart() -> None:
    words = (Word("full", 72, 90, 700, 12),)
    assert len(with_bullets(words, [Rule(62, 702, 65, 705)])) == 2
    assert with_bullets(words, [Rule(62, 702, 65, 705)] * 201) == words


def a_column(*notes: tuple[float, str]) -> list[Text]:
    """A page of text beside a margin under the head ACTION."""
    said = ("4.1 The Council received the report of the", f"Commissioning {SOON}", "this year.",
            "4.2 The clerk was asked to write to them.", "4.3 They met again.")  # fmt: skip
    margin: list[Text] = [(470, top, note, "F2") for top, note in notes]
    return [(470, 660, "ACTION", "F2"), *lines(*said, top=620), *margin]


def test_the_text_beside_a_margin_ends_where_that_begins_and_the_head_comes_once() -> None:
    page = a_column((578, "Scrutiny"), (564, "Officer"), (620, "Chair"))
    front = lines(FULL, FULL, "bridge.")
    read = [block.text for block in pdf_blocks(a_pdf([*front, *page], page), "a.pdf")]
    assert read.count(f"4.1 The Council received the report of the Commissioning {SOON} this year.") == 2
    assert read.count("Scrutiny Officer") == 2
    assert read.count("ACTION") == 1


@pytest.mark.parametrize(("mark", "kept"), [("FRA 18.04.24", False), ("C 27/11/2024", False), ("Budget 2024", True)])
def test_the_mark_of_a_paper_at_the_head_of_its_first_page_is_no_text(mark: str, kept: bool) -> None:
    read = [block.text for block in pdf_blocks(a_pdf([(450, 800, mark), *lines(FULL, "bridge.")]), "a.pdf")]
    assert (mark in read) is kept


@pytest.mark.parametrize("title", [(), ((250.0, 780.0, "Draft minutes"),)])
def test_what_a_browser_prints_around_a_page_is_no_text(title: tuple[Text, ...]) -> None:
    stamp, foot = (30.0, 780.0, "11/23/26, 12:48 PM"), (30.0, 20.0, "https://norham.example/minutes 1/1")
    said = ["Apologies were given by Councillor Ada Penn."]
    assert texts([stamp, *title, *lines(*said), foot]) == [text for _, _, text in title] + said
    assert len(texts([stamp, *lines(*said)])) == 2   # without an address below it may be the meeting's own
