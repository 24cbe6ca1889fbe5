"""Input made to break a reader: it is read or refused in one line, soon, and shows nothing that it should not."""

import io
import unicodedata
from collections.abc import Callable
from contextlib import nullcontext, suppress
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as some
from limits import MOST_MEGABYTES, MOST_SECONDS, cpu_seconds, more_megabytes

from archive.errors import MinutebookError, PageError, UnreadableFile
from archive.model import Council, CouncilId, Item
from crawler.blocks import one_line
from crawler.documents.text import html_blocks
from crawler.documents.word import word_blocks
from crawler.files import Contents, read_file
from crawler.moderngov import legacy, pages, service
from crawler.source import Page

COUNCIL = Council(CouncilId("ambleshire"), "Ambleshire")
TRIES = 3
HEAD = "<div id='modgov'><h1>Agenda item</h1><h2>Buses</h2><h3>Minutes:</h3>"
FIVE_MEGABYTES = 5_000_000
READERS: tuple[Callable[[Page, Council], Any], ...] = (
    pages.read_item, pages.read_meeting, pages.read_decision, pages.read_issue, pages.read_members,
    pages.read_committees, pages.read_attendance, service.read_meeting, service.read_members, service.read_meetings,
)  # fmt: skip


def read(html: str) -> Contents | None:
    """What is read of an item's page with this text; `None` when it is refused."""
    with suppress(PageError, UnreadableFile):
        return read_file((HEAD + html).encode("utf-8", "surrogatepass"), "page.html")
    return None


def texts(html: str) -> list[str]:
    contents = read(html)
    assert contents is not None
    return [paragraph.text for paragraph in item(contents).paragraphs]


def item(contents: Contents) -> Item:
    return contents.meetings[0].items[0]


@pytest.mark.parametrize(
    "tag", ["div", "b", "span", "font", "p", "table", "table><tr><td", "ul", "ul><li", "ol><li", "h2", "h1><div",
            "div class='mgWordPara'", "table><tr><td>x<td", "a href='ieDocHome.aspx'", "td", "li", "blockquote"],
)  # fmt: skip
def test_what_is_nested_ten_thousand_deep_is_read_in_time(tag: str) -> None:
    html = f"<p>First.</p>{f'<{tag}>' * 10_000}<p>The last word.</p>"
    assert cpu_seconds(lambda: read(html), TRIES) < MOST_SECONDS
    assert any("The last word." in block.text for block in html_blocks(html))


@pytest.mark.parametrize(
    "piece",
    ["<b>", "<div>", "<p>x", "<p>x</p>", "x<br>", "<td>", "<tr><td>x", "<table><tr><td>x", "<ul><li>x", "<span></span>",
     "<a href='mgAi.aspx?ID=1'>", "<li>x", "<h2>x</h2>", "<h1>Agenda item</h1>", "<", "&", "&nbsp;", "<!--", "x ", " ",
     "\u202e", "<p class='", "<p style='x", "<br>x", "<td colspan=20>x", "<ol type=a start=99999><li>x", "<script>",
     "<p>Councillor A Abel moved and", "<table>", "<li><a href='documents/s1'>x</a>",
     "<ul><li><a href=x>y</a></li></ul>"],
)  # fmt: skip
def test_five_megabytes_of_anything_are_read_or_refused_in_time(piece: str) -> None:
    html = piece * (FIVE_MEGABYTES // len(piece))
    assert more_megabytes(lambda: read(html)) < MOST_MEGABYTES
    assert cpu_seconds(lambda: read(html), TRIES) < MOST_SECONDS


@pytest.mark.parametrize(
    ("reader", "html"),
    [(service.read_meeting, "<meeting>" + "<![CDATA[" * 200_000),
     (service.read_meeting, "<?xml version='1.0'?>" + "<!DOCTYPE [" * 200_000),
     (pages.read_item, HEAD + "RESOLVED: That x " * 290_000),
     (pages.read_item, HEAD + "RESOLVED that x" + "," * FIVE_MEGABYTES),
     (pages.read_item, HEAD + "RESOLVED that x" + "," * FIVE_MEGABYTES + " RESOLVED"),
     (pages.read_item, HEAD + "<h3>Supporting documents:</h3>" + "<a href='documents/s1'>x<div>" * 39_000),
     (legacy.read_legacy, "<p>x</p>" + "<a href='olddocuments/1.pdf'>x<div>" * 12_000),
     (pages.read_meeting, "<div id='modgov'>" + "<b class='mgX'></b>" * 120_000)],
)  # fmt: skip
def test_what_was_searched_again_from_every_place_is_read_in_time(
    reader: Callable[[Page, Council], Any], html: str
) -> None:
    def work() -> None:
        with suppress(MinutebookError):
            reader(Page("https://democracy.ambleshire.example/x.aspx?ID=1", 200, "text/html", html.encode()), COUNCIL)

    assert cpu_seconds(work, TRIES) < MOST_SECONDS


@pytest.mark.parametrize(("breaks", "is_read"), [(60_000, True), (100_001, False)])
def test_a_paragraph_of_very_many_lines_is_read_in_time_or_refused(breaks: int, is_read: bool) -> None:
    document, written, found = docx.Document(), io.BytesIO(), list[int]()
    run = f"<w:r {nsdecls('w')}>{'<w:t>x</w:t><w:br/>' * breaks}</w:r>"
    document.add_paragraph()._p.append(parse_xml(run))
    document.save(written)

    def work() -> None:
        with nullcontext() if is_read else pytest.raises(UnreadableFile, match="100,000 line breaks"):
            found.append(len(word_blocks(written.getvalue(), "a.docx")))

    assert cpu_seconds(work, TRIES) < MOST_SECONDS
    assert set(found) == ({1} if is_read else set())


def test_what_is_refused_is_refused_in_one_clear_line() -> None:
    with pytest.raises(PageError, match=r"\Apage\.html: expected minutes, found a page of 1,000,00\d tags\Z"):
        read_file((HEAD + "<b>" * 1_000_000).encode(), "page.html")


def test_a_table_too_large_for_one_is_given_cell_by_cell() -> None:
    wide = f"<tr>{'<td>w</td>' * 1_000}</tr>"
    long = "<tr><td>l</td></tr>" * 1_000
    blocks = html_blocks(f"<table>{wide}{long}</table>")
    assert len(blocks) == 2_000


def test_the_largest_of_meetings_is_read_whole() -> None:
    sentence = "Councillor Fell asked about the bus services and was told that the report would come in May. "
    said = sentence * 16
    paragraphs = "".join(f"<p class='MsoNormal'><span lang='EN-GB'>1.{at} {said}</span></p>" for at in range(15))
    rows = "".join(
        f"<tr><td class='mgItemNumberCell'>{at}.</td><td><p class='mgAiTitleTxt'><a href='mgAi.aspx?ID={at}'>Item {at}"
        f"</a></p><h3>Minutes:</h3><div class='mgWordPara'>{paragraphs}</div></td></tr>" for at in range(1, 201)
    )  # fmt: skip
    html = (f"<div id='modgov'><h1>Agenda and minutes</h1><h2>Council - Tuesday, 3rd March, 2020 6.30 pm</h2>"
            f"<table class='mgItemTable'>{rows}</table></div>")  # fmt: skip
    page = Page("https://democracy.ambleshire.example/ieListDocuments.aspx?MId=7", 200, "text/html", html.encode())
    assert len(page.body) > FIVE_MEGABYTES * 0.9
    meeting = pages.read_meeting(page, COUNCIL)
    assert [len(each.paragraphs) for each in meeting.items] == [15] * 200


@given(some.text(some.characters(), max_size=200))
def test_what_is_shown_is_one_line_without_what_prints_nothing(text: str) -> None:
    line = one_line(text)
    kinds = {unicodedata.category(letter) for letter in line}
    assert kinds.isdisjoint({"Cc", "Cs", "Zl", "Zp"})
    assert not {*"\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad"} & set(line)
    assert one_line(line) == line


@pytest.mark.parametrize(
    "html", ["<p>The \u202ereport\u202c was\u2066 noted\u2069.</p>",
             "<p>The&#8238; report&#8206; was noted&#65279;.</p>",
             "<p>The\x00 report\x01 was&#x1; noted.</p>", "<p>The report was noted.</p>\ud800"],
)  # fmt: skip
def test_controls_and_marks_of_direction_are_no_text(html: str) -> None:
    assert texts(html)[0] == "The report was noted."


PIECES = some.sampled_from(
    ["<div id='modgov'>", "<h1>Agenda item</h1>", "<h1>Agenda and minutes</h1>", "<h1>Issue</h1>", "<h1>Decision</h1>",
     "<table class='mgItemTable'>", "<tr>", "<td class='mgItemNumberCell'>1", "<td>", "</td>", "</table>", "<h2>",
     "</h2>", "Council - Tuesday, 3rd March, 2020", "<h3>Minutes:</h3>", "<h3>Supporting documents:</h3>", "<ul>",
     "<li>",
     "<a href='documents/s1/x.pdf'>", "<a href='mgUserInfo.aspx?UID=1'>Councillor A Bell</a>", "<p><b>Venue:</b> Hall",
     "<div class='mgWordPara'>", "RESOLVED: That", "<ol type=i>", "&#0;", "\x00", "\ud800", "<o:p>", "<a href='//['>",
     "<meeting>", "<meetingid>1</meetingid>", "<meetingdate>1/1/2020</meetingdate>", "<agendaitems>", "</meeting>",
     "<agendaitem>", "&lt;p&gt;", "<![CDATA[", "]]>", "%PDF-1.4", "PK\x03\x04", "1. ", "Present:", "(a)", "For: 3", "|"]
)  # fmt: skip


@given(some.lists(PIECES | some.text(max_size=8), max_size=30).map("".join))
def test_no_page_breaks_any_reader(text: str) -> None:
    body = text.encode("utf-8", "surrogatepass")
    for reader in READERS:
        with suppress(MinutebookError):
            reader(Page("https://democracy.ambleshire.example/x.aspx?ID=1", 200, "text/html", body), COUNCIL)
    with suppress(PageError, UnreadableFile):
        read_file(body, "x")


@pytest.mark.parametrize("charset", ["no\\0thing", "idna", "punycode", "rot13", "x" * 1000, "utf-16"])
def test_a_wrong_encoding_is_taken_for_none(charset: str) -> None:
    html = f"<meta charset='{charset}'><p>The report was noted at ".encode().replace(b"\\0", b"\0") + b"\xa35.</p>"
    (block,) = html_blocks(html)
    assert block.text == "The report was noted at £5."


STARTS = some.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"\xff\xfe", b"<html>", b"<meeting>"])


@given(some.binary(max_size=400), STARTS)
def test_no_bytes_break_the_reading_of_files(data: bytes, start: bytes) -> None:
    with suppress(MinutebookError):
        read_file(start + data, "x")
