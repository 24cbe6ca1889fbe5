"""Where paragraphs of a PDF end, in pages of several widths and in columns set flush on both sides."""

import pytest
from test_pdf import FULL, a_pdf, lines, texts

from crawler.documents.pdf import pdf_blocks

ALIKE = "The committee considered the report of the director of highways on repairing the"


def justified(*paragraphs: tuple[str, ...]) -> list[str]:
    """What is read of lines one under the other, after paragraphs whose lines end at the edge but for the last."""
    flush = [(ALIKE, ALIKE.replace("The c", "the c"), f"bridge {word}.") for word in ("one", "two", "three", "four")]
    return texts(lines(*(line for paragraph in (*flush, *paragraphs) for line in paragraph)))[len(flush) :]


def test_in_a_justified_document_a_line_that_leaves_room_ends_its_paragraph() -> None:
    nearly = ALIKE.removesuffix("the") + "."
    assert justified((nearly,), ("Councillors thanked the director.",)) == [nearly, "Councillors thanked the director."]


@pytest.mark.parametrize("rest", ["1992 Act was read.", "(the old one) was read."])
def test_in_a_justified_document_a_figure_or_a_bracket_goes_on(rest: str) -> None:
    nearly = ALIKE.removesuffix(" the")
    assert justified((nearly, rest)) == [f"{nearly} {rest}"]


def test_a_wide_page_does_not_make_the_lines_of_the_others_short() -> None:
    box = b"/MediaBox [0 0 595"
    again = FULL.replace("committee", "Council")
    first, second, third, fourth = a_pdf(
        lines(FULL, "bridge."), lines(f"{FULL} {FULL[:40]}", "bridges."), lines(again, "road.")
    ).split(box)
    read = pdf_blocks(b"".join((first, box, second, b"/MediaBox [0 0 842", third, box, fourth)), "a.pdf")
    assert (read[0].text, read[-1].text) == (f"{FULL} bridge.", f"{again} road.")


def test_a_deciding_word_in_capitals_after_a_sentence_opens_a_paragraph() -> None:
    said, resolved = f"{FULL[:-8]} it.", "RESOLVED that the bridge be repaired."
    assert texts(lines(said, resolved)) == [said, resolved]
