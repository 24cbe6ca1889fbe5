"""Lists and tables that only lay paragraphs out, in the forms that Word and clerks give them."""

import pytest

from crawler.blocks import BlockKind
from crawler.documents.text import html_blocks, typed_block
from crawler.minutes.lines import lines

PROSE = "The Clerk explained at some length what the owner had written back."
PROSE_TOO = "Members thanked the Clerk and asked for the plan by the summer."


def read(html: str) -> list[tuple[str | None, str]]:
    return [(line.number, line.text) for line in lines(html_blocks(html))]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ol reversed><li>C<li>B</ol><ol reversed start=9><li>nine<li>eight</ol>", ["2", "1", "9", "8"]),
        ("<ol><li type=a>A<li type='I'>B</ol>", ["a", "II"]),
        ("<ol style='list-style:lower-roman'><li>A<li style='list-style:none'>B<li>C</ol>", ["i", None, "iii"]),
        ("<ul style='list-style-type:lower-alpha'><li>A<li>B</ul>", ["a", "b"]),
        ("<ol style='list-style:disc outside'><li>A<li>B</ol>", [None, None]),
        ("<ol><li>A<ol type=a start=3><li>B<li>C</ol><li>D</ol>", ["1", "c", "d", "2"]),
        ("<ol><li>A</ol><p>between</p><ol start=2><li>B</ol>", ["1", None, "2"]),
        ("<ol><li>A</li><ol type=a><li>B</li></ol><li>C</li></ol>", ["1", "a", "2"]),
        ("<ol><li value=7>A<li>B</ol>", ["7", "8"]),
        ("<ol style='list-style:none'><li>1.1 The A<li>1.2 The B</ol>", ["1.1", "1.2"]),
    ],
)  # fmt: skip
def test_lists_are_numbered_as_a_browser_numbers_them(html: str, expected: list[str | None]) -> None:
    assert [number for number, _ in read(html)] == expected


@pytest.mark.parametrize(
    "number",
    ["27.1<span style='mso-tab-count:1'>     </span>", "27.1\t", "<span>27.1</span> ", "<b>27.1</b>&nbsp;&nbsp; ",
     "<span style='mso-list:Ignore'>27.1<span style='font:7.0pt \"Times New Roman\"'>&nbsp; </span></span>",
     "<!--[if !supportLists]--><span style='mso-list:Ignore'>27.1&nbsp;</span><!--[endif]-->",
     "<![if !supportLists]>27.1<span>&nbsp;&nbsp;</span><![endif]>"],
)  # fmt: skip
def test_words_numbers_in_all_their_forms(number: str) -> None:
    assert read(f"<p class=MsoListParagraph>{number}{PROSE}</p>") == [("27.1", PROSE)]


def test_a_label_in_words_stays_in_the_text() -> None:
    html = "<p><span style='mso-list:Ignore'>Recommendation 1:<span>&nbsp;</span></span>That it be noted.</p>"
    assert read(html) == [(None, "Recommendation 1: That it be noted.")]


def test_a_break_parts_clauses_although_the_first_one_ends_in_and() -> None:
    html = "<p>RESOLVED: That<br>(1) the pool open; and<br>(2) the club be thanked, or<br>(3) be told.</p>"
    assert [number for number, _ in read(html)] == [None, "(1)", "(2)", "(3)"]
    assert len(read("<p>in accordance with sections 1 and<br>(2) of the Act</p>")) == 1


def test_what_was_struck_out_with_changes_tracked_is_not_shown() -> None:
    assert read("<p>It was <del>within</del> <ins>below</ins> the limit.</p>") == [(None, "It was below the limit.")]
    assert read("<p>It was <s>within</s> below.</p>") == [(None, "It was within below.")]    # shown, struck through


@pytest.mark.parametrize("bullet", ["·     ", "•\t", "ü\xa0 ", "v  ", "- ", "‐ ", "*\xa0\xa0"])
def test_bullets_of_plain_text_go(bullet: str) -> None:
    assert typed_block(f"{bullet}the signs were faded.").text == "the signs were faded."


@pytest.mark.parametrize("line", ["v. Hunsley Town", "* denotes a key decision", "via the gate", "-5 degrees", "·"])
def test_what_only_looks_like_a_bullet_stays(line: str) -> None:
    assert typed_block(line).text == line


def test_numbers_of_empty_list_items_number_the_cells_beside_them() -> None:
    rows = f"<tr><td><ol start=27><li></ol><td>{PROSE}<tr><td><ol start=28><li>&nbsp;</ol><td>{PROSE_TOO}"
    assert read(f"<table>{rows}</table>") == [("27", PROSE), ("28", PROSE_TOO)]
    word = f"<table><tr><td><p><span style='mso-list:Ignore'>27.1</span></p></td><td>{PROSE}</td></tr></table>"
    assert read(word) == [("27.1", PROSE)]
    assert read("<ol><li></ol><p><span style='mso-list:Ignore'>1.</span></p><p>Text.</p>") == [(None, "Text.")]


def test_columns_of_numbers_and_letters_before_prose_are_its_labels() -> None:
    html = (f"<table><tr><td>27.<td><td>{PROSE}<td>Clerk<tr><td><td>(a)<td>{PROSE_TOO}<td>"
            f"<tr><td>28.<td>(a)<td>{PROSE}<td></table>")  # fmt: skip
    assert read(html) == [("27", PROSE), (None, "Clerk"), ("(a)", PROSE_TOO), ("28", f"(a) {PROSE}")]
    spanned = f"<table><tr><td>27.<td colspan=2>{PROSE}<tr><td><td>(a)<td>{PROSE_TOO}</table>"
    assert read(spanned) == [("27", PROSE), ("(a)", PROSE_TOO)]


@pytest.mark.parametrize("head", ["<tr><td><td>Action by", "<tr><td>Minutes<td>ACTION:", "<tr><td><td>By whom", ""])
def test_a_column_of_who_is_to_act_lies_beside_paragraphs(head: str) -> None:
    said = "Clerk" if head else "Action: Clerk"
    html = f"<table>{head}<tr><td><p>{PROSE}</p><p>{PROSE_TOO}</p><td>{said}<tr><td>{PROSE_TOO}<td></table>"
    assert [text for _, text in read(html)][-4:] == [PROSE, PROSE_TOO, said, PROSE_TOO]


@pytest.mark.parametrize(
    "html",
    ["<tr><td>Risk<td>Action<tr><td>Flood<td>Pump", f"<tr><td>No.<td>Action<td>Owner<tr><td>3<td>{PROSE}<td>AF",
     "<tr><td>1<td>Hollin Road<tr><td>2<td>Mill Lane", f"<tr><td>Scheme<td>Cost<tr><td>{PROSE}<td>£3"],
)  # fmt: skip
def test_tables_of_data_stay_tables(html: str) -> None:
    (block,) = html_blocks(f"<table>{html}</table>")
    assert block.rows


def test_numbers_of_cheques_beside_their_sums_number_no_paragraphs() -> None:
    rows = [("101", "The Clerk, salary and expenses for March", "£402.10"),
            ("102", "Hire of the hall for the meeting", "£24.00")]  # fmt: skip
    html = "".join(f"<tr><td>{number}</td><td>{text}</td><td>{last}</td></tr>" for number, text, last in rows)
    assert [block.kind for block in html_blocks(f"<table>{html}</table>")] == [BlockKind.TABLE]
    beside = html.replace("£402.10", "Clerk").replace("£24.00", "")
    assert [block.kind for block in html_blocks(f"<table>{beside}</table>")] != [BlockKind.TABLE]
