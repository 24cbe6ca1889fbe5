"""Word's HTML to blocks."""

import time

import pytest

from crawler.blocks import Block, BlockKind
from crawler.documents.numbering import label
from crawler.documents.text import html_blocks

TABLE = BlockKind.TABLE


def texts(html: str | bytes) -> list[str]:
    return [block.text for block in html_blocks(html)]


def labels(html: str) -> list[tuple[str | None, str]]:
    return [(block.label, block.text) for block in html_blocks(html)]


def test_hard_wrapped_lines_are_joined_and_spacers_dropped() -> None:
    assert texts("<p>The Governance\nand  Scrutiny\tUnit.</p>\n<p>&nbsp;</p><p>Second.</p>") == [
        "The Governance and Scrutiny Unit.", "Second.",
    ]  # fmt: skip


def test_typed_numbers_stay_in_the_text() -> None:
    assert labels("<p>27.1&nbsp;&nbsp;&nbsp; The Cabinet</p>") == [(None, "27.1 The Cabinet")]


def test_words_joined_by_lost_markup_are_left_as_printed() -> None:
    assert texts("<p><b>RESOLVED</b>that it was 18<sup>th</sup> May</p>") == ["RESOLVEDthat it was 18th May"]


def test_list_numbers_are_those_a_browser_shows() -> None:
    html = '<ol start="3" type="a"><li>x<ol type="I"><li>y</ol></li><li value="9">z</ol><ul><li>w</ul>'
    assert labels(html) == [("c", "x"), ("I", "y"), ("i", "z"), (None, "w")]
    assert [block.level for block in html_blocks(html)] == [0, 1, 0, 0]


@pytest.mark.parametrize(
    ("number", "style", "shown"),
    [(28, "lower-alpha", "bb"), (14, "lower-roman", "xiv"), (4, "upper-roman", "IV"), (0, "lower-alpha", "0"),
     (7, "decimal", "7")],
)  # fmt: skip
def test_labels(number: int, style: str, shown: str) -> None:
    assert label(number, style) == shown


def test_words_own_list_numbers_are_labels() -> None:
    html = (
        '<p class="MsoListParagraph" style="mso-list:l0 level2 lfo1"><![if !supportLists]>'
        '<span style="mso-list:Ignore">(a)<span style="font:7.0pt">&nbsp; </span></span><![endif]>text<o:p></o:p></p>'
    )
    assert html_blocks(html) == (Block("text", BlockKind.LIST_ITEM, "(a)", level=1),)


@pytest.mark.parametrize(
    "start",
    ["·&nbsp;&nbsp;&nbsp;", "•\t", "o&nbsp;&nbsp; ", "Ø ", "Ÿ&nbsp;",
     '<span style="font-family:Wingdings">v&nbsp;</span>', '<span style="font-family: Symbol">·</span>', "\uf0b7 ",
     "- ",
     "§&nbsp; "],
)  # fmt: skip
def test_bullets_are_no_text(start: str) -> None:
    assert html_blocks(f"<p>{start}more buses</p>") == (Block("more buses", BlockKind.LIST_ITEM),)


def test_a_section_sign_or_a_letter_is_no_bullet() -> None:
    assert texts("<p>§ 5 of the Act</p><p>o dan Adran 5</p>") == ["§ 5 of the Act", "o dan Adran 5"]


@pytest.mark.parametrize(
    "html",
    ["<h3>Bus services</h3>", "<p><b><u>Bus services</u></b></p>", "<p><u>Bus services</u></p>",
     '<p align="center">Bus services</p>', "<p>BUS SERVICES</p>", '<p style="font-weight: 700">Bus services</p>'],
)  # fmt: skip
def test_headings_by_look(html: str) -> None:
    assert [block.kind for block in html_blocks(html)] == [BlockKind.HEADING]


def test_a_bold_sentence_is_no_heading() -> None:
    assert html_blocks("<p><b>That the report be noted.</b></p>") == (Block("That the report be noted.", bold=True),)


def test_a_table_of_numbers_and_texts_becomes_numbered_blocks() -> None:
    html = (
        "<table><tr><td>77/21</td><td><p>Apologies were received from Councillor Fell.</p><p>More.</p></td></tr>"
        "<tr><td></td><td>A continuation of some length in a row of its own.</td></tr>"
        "<tr><td>78/21</td><td>Declarations of interest were invited.</td></tr></table>"
    )
    assert labels(html) == [
        ("77/21", "Apologies were received from Councillor Fell."), (None, "More."),
        (None, "A continuation of some length in a row of its own."),
        ("78/21", "Declarations of interest were invited."),
    ]  # fmt: skip


def test_a_table_with_a_margin_for_who_is_to_act_becomes_paragraphs() -> None:
    html = "<table><tr><td>5.1 The officer spoke.<td>ACTION<tr><td>5.2 RESOLVED: That bins go.<td>Head of Waste</table>"
    assert texts(html) == ["5.1 The officer spoke.", "ACTION", "5.2 RESOLVED: That bins go.", "Head of Waste"]


def test_a_table_of_clauses_in_a_table_of_paragraphs_becomes_clauses() -> None:
    clauses = "<table><tr><td>(a)<td>the plan be noted; and<tr><td>(b)<td>thanks be given.</table>"
    html = f"<table><tr><td>12.<td>He spoke.<tr><td><td>RESOLVED – that:<tr><td><td>{clauses}</table>"
    assert labels(html) == [("12.", "He spoke."), (None, "RESOLVED – that:"), ("(a)", "the plan be noted; and"),
                            ("(b)", "thanks be given.")]  # fmt: skip


def test_a_table_of_data_keeps_its_cells() -> None:
    (block,) = html_blocks("<table><tr><th>Year<th><th>Visits<tr><td>2019<td><td>310</table>")
    assert (block.kind, block.rows) == (TABLE, (("Year", "Visits"), ("2019", "310")))
    assert block.text == "Year | Visits / 2019 | 310"


def test_names_one_a_line_in_a_cell_are_parted() -> None:
    (block,) = html_blocks("<table><tr><td>For<td>Against<tr><td>Cllr Fell<br>Cllr Beck<td><p>Cllr Holm</p></table>")
    assert block.rows == (("For", "Against"), ("Cllr Fell, Cllr Beck", "Cllr Holm"))


def test_a_table_of_labels_beside_paragraphs_becomes_those() -> None:
    rows = "<tr><td>Decision:<td><p>RESOLVED that the ford be mended.<p>Cllr Fell spoke.<tr><td>Lead:<td>Cllr Beck"
    assert texts(f"<table>{rows}</table>") == [
        "Decision:", "RESOLVED that the ford be mended.", "Cllr Fell spoke.", "Lead:", "Cllr Beck"]  # fmt: skip
    (block,) = html_blocks("<table><tr><td>Decision:<td>Granted<tr><td>Lead:<td>Cllr Beck</table>")
    assert block.kind is TABLE


def test_a_table_in_a_table_stays_in_its_cell() -> None:
    (block,) = html_blocks("<table><tr><td>a<td>b<tr><td>c<table><tr><td>d<td>e</table><td>f</table>")
    assert block.rows == (("a", "b"), ("c d | e", "f"))


def test_line_breaks_part_what_is_no_running_sentence() -> None:
    assert texts("<p>27.1 One.<br>27.2 Two, which\n<br>goes on at<br>10.45 am.<br><br>Three</p>") == [
        "27.1 One.", "27.2 Two, which goes on at 10.45 am.", "Three",
    ]  # fmt: skip


@pytest.mark.parametrize("lines", [
    ("(1) ask the parents,", "(2) print a notice; and", "(3) report back"),
    ("RESOLVED: That", "(a) bins be blue,", "(b) dogs be led, and", "(c) all report in May"),
    ("(1) of the lanes", "(2) of the paths"),
    ("1. Able, J,", "2. Baker, K"),
    ("(1) That bins be", "(2) That dogs be:", "(a) led,", "(b) fed, and", "(3) That cats be"),
])
def test_line_breaks_part_lines_whose_labels_count_on(lines: tuple[str, ...]) -> None:
    assert texts(f"<p>{'<br>'.join(lines)}</p>") == list(lines)


def test_a_label_that_counts_on_from_nothing_goes_on_with_its_sentence() -> None:
    assert texts("<p>(1) made by the words of<br>(3) of that Act</p>") == ["(1) made by the words of (3) of that Act"]


def test_what_is_not_shown_is_dropped_and_what_is_typed_is_text() -> None:
    html = (
        "<p>Shown<script>alert(1)</script><style>p{}</style><img alt='x'><span class='mgFileSize'>PDF 1 KB</span>"
        "<span class='mgHide'> ref: 1</span><span style='display: none'>no</span><!-- no --></p>"
        "<p>&lt;script&gt;x&lt;/script&gt;</p>"
    )
    assert texts(html) == ["Shown", "<script>x</script>"]


def test_welsh_is_marked() -> None:
    blocks = html_blocks('<div lang="cy-GB"><p>Un</p><p lang="en">Two</p></div>')
    assert [block.language for block in blocks] == ["cy", None]


def test_texts_are_composed_and_without_soft_hyphens() -> None:
    assert texts("<p>over\u00adspend cafe\u0301\u200b</p>") == ["overspend café"]


def test_bytes_are_decoded_by_what_they_are() -> None:
    assert texts('<?xml version="1.0"?><p>Siôn – £5</p>'.encode("cp1252")) == ["Siôn – £5"]
    assert texts("Siôn".encode()) == ["Siôn"]
    assert texts(b"") == []


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li", 'span lang="cy"'])
def test_deep_nesting_is_read_in_time(tag: str) -> None:
    begin = time.perf_counter()
    assert texts(f"<{tag}>" * 10_000 + "deep words") == ["deep words"]
    assert time.perf_counter() - begin < 5
