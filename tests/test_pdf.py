"""Small PDFs written here by hand, and the printed minutes of the shared data where they exist."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from archive.errors import UnreadableFile
from crawler.blocks import BlockKind
from crawler.documents.pdf import pdf_blocks

DATA = Path(__file__).parents[2] / "shared" / "data"
Text = tuple[float, float, str] | tuple[float, float, str, str]
Ruled = tuple[float, float, float, float]


def a_pdf(*pages: Iterable[Text], size: int = 12, drawn: Sequence[Ruled] = ()) -> bytes:
    """A PDF of `pages`, each texts at places (left, height from the bottom); a fourth word is the font, F1 or bold F2.

    `drawn` are lines (from x, y to x, y) on every page.
    """
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    objects.extend(
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
        for name in ("Helvetica", "Helvetica-Bold", "Symbol")
    )
    kids = []
    for page in pages:
        stream = "".join(f"{a} {b} m {c} {d} l S\n" for a, b, c, d in drawn)
        for left, height, text, *font in page:
            escaped = re.sub(r"([()\\])", r"\\\1", text)
            stream += f"BT /{(font or ['F1'])[0]} {size} Tf {left} {height} Td ({escaped}) Tj ET\n"
        objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}endstream")
        kids.append(len(objects) + 1)
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> >> /Contents {len(objects)} 0 R >>"
        )
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>"
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return out + (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    ).encode()


def lines(*texts: str, left: float = 72, top: float = 740, step: float = 14) -> list[Text]:
    """`texts` one under the other; "" leaves a line empty."""
    return [(left, top - at * step, text) for at, text in enumerate(texts) if text]


FULL = "The committee considered a long report of the director of highways on repairing the old"   # a full line


def texts(*pages: Iterable[Text], drawn: Sequence[Ruled] = ()) -> list[str]:
    return [block.text for block in pdf_blocks(a_pdf(*pages, drawn=drawn), "a.pdf")]


def test_lines_of_a_paragraph_are_joined_and_a_short_line_ends_it() -> None:
    assert texts(lines(FULL, "bridge at Newbiggin.", "It was noted that work begins in May.")) == [
        f"{FULL} bridge at Newbiggin.", "It was noted that work begins in May.",
    ]


def test_a_paragraph_goes_on_over_the_page_end() -> None:
    pages = lines("Members met.", FULL), lines("bridge at Newbiggin.")
    assert texts(*pages) == ["Members met.", f"{FULL} bridge at Newbiggin."]


def test_numbered_paragraphs_with_hanging_indent_are_apart_and_deeper_ones_have_a_higher_level() -> None:
    page = [
        (72, 740, "1."), (100, 740, FULL), (100, 726, "bridge:"),
        (100, 712, "a."), (128, 712, "the cost;"), (100, 698, "b."), (128, 698, "the date."),
        (72, 684, "2."), (100, 684, FULL), (100, 670, "2023/2024 programme."), (72, 656, "3."), (100, 656, "None."),
    ]
    blocks = pdf_blocks(a_pdf(page), "a.pdf")
    assert [(block.text, block.level) for block in blocks] == [
        (f"1. {FULL} bridge:", 0), ("a. the cost;", 1), ("b. the date.", 1),
        (f"2. {FULL} 2023/2024 programme.", 0), ("3. None.", 0),
    ]


def test_a_line_that_hangs_from_a_label_goes_on_though_it_is_set_around_the_same_middle() -> None:
    shorter = FULL.rsplit(" ", 3)[0]
    hanging = "set out in the report of the director that was sent to all the memb"
    page = [(72, 740, "(h)"), (100, 740, shorter), (100, 726, hanging), (72, 700, FULL)]
    assert len(texts(page)) == 2


@pytest.mark.parametrize("hung", ["\u2022", "Item 4"])
def test_a_line_that_hangs_from_a_bullet_or_a_tab_goes_on_though_it_is_set_around_the_same_middle(hung: str) -> None:
    hanging = "which had a long report of the director of highways on it"
    page = [(72, 740, hung), (130, 740, FULL[:67]), (130, 726, hanging), (72, 700, FULL)]
    assert len(texts(page)) == 2


def test_the_bold_head_of_a_table_without_rules_is_no_part_of_the_heading_under_it() -> None:
    top = [(72, 740, "Minute", "F2"), (200, 740, "Item", "F2"), (420, 740, "Action", "F2")]
    page = [*top, (72, 726, "77/21 Apologies", "F2"), (72, 700, FULL)]
    assert texts(page)[:2] == ["Minute Item Action", "77/21 Apologies"]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("highways gave all the informa-", "tion that members asked for.", "information that"),
        ("highways welcomed Councillor Crow-", "Brown to the meeting.", "Crow-Brown to"),
        ("highways spoke of decision-", "making and of decision makers making plans.", "decision-making and"),
        ("highways set the budget for 2024-", "25 and later years.", "2024-25 and"),
        ("highways had it measured: twenty-", "two miles by Selbridge.", "twenty-two miles"),
        ("highways was resolved and RE-", "SOLVED to be repaired.", "RESOLVED to"),
    ],
)
def test_words_hyphenated_over_lines_are_whole(first: str, second: str, joined: str) -> None:
    opening = "The committee considered the long report in which the director of "
    for pages in ([lines(opening + first, second)], [lines(opening + first), lines(second)]):
        assert joined in " ".join(texts(*pages))


def test_running_heads_feet_and_page_numbers_are_left_out_and_a_head_in_words_stays_once() -> None:
    bridges = ("The northern bridge is sound.", "It needs paint.", "The southern one needs more.", "It stays closed.")
    pages = [
        [(72, 800, "Minutes of the Highways Committee"), *lines(bridge), (290, 30, f"{page}")]
        for page, bridge in enumerate(bridges, 7)
    ]
    assert texts(*pages) == ["Minutes of the Highways Committee", *bridges]


UNEVEN = "The committee considered a long report of the director of highways on repairing"   # room for a word or two


def apart(*paragraphs: Sequence[str]) -> list[Text]:
    """Paragraphs of lines with a line left empty below each."""
    return lines(*(line for paragraph in paragraphs for line in (*paragraph, "")))


SHORT = [(f"Nobody spoke of item {word}.",) for word in ("one", "two", "three", "four", "five", "six")]


def test_where_white_space_parts_paragraphs_lines_may_end_unevenly() -> None:
    assert texts(apart((FULL, "bridge."), *SHORT, (UNEVEN, "Pell Bridge.")))[-1] == f"{UNEVEN} Pell Bridge."
    assert texts(lines(FULL, "bridge.", UNEVEN, "Pell Bridge.")) == [f"{FULL} bridge.", UNEVEN, "Pell Bridge."]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("4.5 To give certainty to staff, to providers and to all who use the service before autumn", "2017."),
        ("4.5 The director of finance then told the members of the revenue budget for", "2018/19 and later."),
        ("4.5 Closure was among the options and was not recommended, for the reasons in paragraph", "3.2."),
        ("4.5 The director said that the balances of the council were twenty million,", "3.2 per cent of the budget."),
    ],
)
def test_a_number_within_a_sentence_begins_no_paragraph(first: str, second: str) -> None:
    assert texts(apart((FULL, "bridge."), *SHORT, (first, second)))[-1] == f"{first} {second}"


def test_words_of_a_sentence_that_come_back_at_the_edge_are_no_running_head() -> None:
    pages = [
        [(72, 800, said), (72, 770, f"(i) {word} be thanked."), (290, 30, str(at))]
        for at, (said, word) in enumerate(
            [("Minutes", "Anne"), ("(g) AGREED that:", "Bess"), ("(g) AGREED that:", "Carl"), ("None.", "Dora")], 1)
    ]
    assert texts(*pages).count("(g) AGREED that:") == 2


def test_text_that_comes_back_where_other_pages_have_their_own_is_no_running_head() -> None:
    firsts = ("Minutes", "The report was noted", "Members thanked all", "The report was noted", "It was late")
    pages = [[(72, 800, first), (72, 700, f"Part {at}.")] for at, first in enumerate(firsts)]
    assert texts(*pages).count("The report was noted") == 2


def test_a_page_number_out_of_how_many_is_left_out_of_a_single_page() -> None:
    assert texts([*lines("None."), (270, 40, "Page 1 of 1")]) == ["None."]


def a_book(*pages: Sequence[Text], heads: Sequence[Text] = (), figure: bool = True) -> list[list[Text]]:
    """`pages` with a text of `heads` each and, where the book's page is even on the left, its page from 1286 on."""
    return [
        [*([(60 if at % 2 else 500, 805, str(1285 + at))] if figure else []), *heads[at - 1 : at], *page]
        for at, page in enumerate(pages, 1)
    ]


PARTED = (lines("Members met.", FULL), lines("bridge at Newbiggin.", "Nothing else was said."), lines("They parted."))
WHOLE = ["Members met.", f"{FULL} bridge at Newbiggin.", "Nothing else was said.", "They parted."]


def test_a_name_beside_a_page_number_that_changes_sides_is_left_out_after_the_first() -> None:
    assert texts(*a_book(*PARTED, heads=[(200, 805, "Highways Committee")] * 3)) == ["Highways Committee", *WHOLE]


def test_a_running_head_that_begins_on_the_second_page_is_the_documents_and_parts_no_paragraph() -> None:
    heads = [(200.0, 805.0, name) for name in ("Minutes", "Highways Committee", "Highways Committee")]
    assert texts(*a_book(*PARTED, heads=heads)) == ["Highways Committee", "Minutes", *WHOLE]


def test_heads_that_change_beside_a_page_number_are_left_out_where_the_text_says_them() -> None:
    assert texts(*a_book(*PARTED, heads=[(200.0, 805.0, name) for name in ("Bridge", "Newbiggin", "Members")])) == WHOLE


def test_a_foot_that_changes_and_is_set_off_is_left_out_where_the_text_says_it() -> None:
    feet = [(60.0, 40.0, name) for name in ("Bridge", "Newbiggin", "Nothing")]
    assert texts(*a_book(*PARTED, heads=feet, figure=False)) == WHOLE


@pytest.mark.parametrize("named", ["{}. APOLOGIES", "MINUTE {}", "Application 21/{}"])
def test_headings_at_the_top_that_differ_by_their_number_are_no_running_head(named: str) -> None:
    pages = [[(72, 760, named.format(at * at)), *lines(f"Part {at}."), (290, 30, str(at))] for at in range(11, 16)]
    assert [text for text in texts(*pages) if not text.startswith("Part")] == [
        named.format(at * at) for at in range(11, 16)
    ]


def test_lines_set_far_apart_are_all_kept_at_the_foot_of_pages() -> None:
    pages = [[(72.0, 740.0 - 35 * at, f"Nobody spoke of item {page}{at}.") for at in range(20)] for page in "abcd"]
    assert len(texts(*pages)) == 80


def test_bold_lines_and_capitals_are_headings() -> None:
    page = [(72, 740, "1. Apologies", "F2"), *lines("None were received.", "URGENT BUSINESS", "None.", top=720)]
    kinds = [block.kind for block in pdf_blocks(a_pdf(page), "a.pdf")]
    assert kinds == [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.PARAGRAPH]


def test_a_bullet_is_a_list_item_without_its_glyph() -> None:
    page = [(72, 740, "\u2022"), (90, 740, "the first"), (72, 726, "\u2022"), (90, 726, "the second")]
    assert [(block.kind, block.text) for block in pdf_blocks(a_pdf(page), "a.pdf")] == [
        (BlockKind.LIST_ITEM, "the first"), (BlockKind.LIST_ITEM, "the second"),
    ]


def a_frame(*heights: float) -> list[Ruled]:
    return [(70, y, 500, y) for y in heights] + [(x, heights[-1], x, heights[0]) for x in (70, 200, 500)]


def test_a_framed_table_has_its_cells_even_over_several_lines() -> None:
    page = [(75, 730, "Name"), (205, 730, "Decision"), (75, 700, "Village"), (75, 686, "hall"), (205, 700, "Approved.")]
    (block,) = pdf_blocks(a_pdf(page, drawn=a_frame(745, 720, 670)), "a.pdf")
    assert block.rows == (("Name", "Decision"), ("Village hall", "Approved."))


def test_a_framed_table_goes_on_over_the_page_end_with_its_head_once() -> None:
    first = [(75, 730, "Name"), (205, 730, "Decision"), (75, 700, "Hall"), (205, 700, "Approved with")]
    second = [(75, 730, "Name"), (205, 730, "Decision"), (205, 700, "conditions.")]
    (block,) = pdf_blocks(a_pdf(first, second, drawn=a_frame(745, 720, 670)), "a.pdf")
    assert block.rows == (("Name", "Decision"), ("Hall", "Approved with conditions."))


def test_evident_columns_without_frame_are_rows() -> None:
    page = [(72, 740, "Zurich Insurance"), (300, 740, "658.63"), (72, 726, "Hall"), (300, 726, "45.00")]
    (block,) = pdf_blocks(a_pdf(page), "a.pdf")
    assert block.rows == (("Zurich Insurance", "658.63"), ("Hall", "45.00"))


def a_list(left: float, *names: str) -> list[Text]:
    return [(left, 700 - 14 * at, f"Councillor {name}") for at, name in enumerate(names)]


VOTED = (("For", "Against", "Abstained"), ("Councillor Fell", "Councillor Holm", "Councillor Ash"),
         ("Councillor Pell", "Councillor Bryn", ""), ("Councillor Siôn", "", ""))  # fmt: skip
SIDES: list[Text] = [(left, 720, side, "F2") for left, side in ((72, "For"), (250, "Against"), (420, "Abstained"))]
BY_COLUMN = [*a_list(72, "Fell", "Pell", "Siôn"), *a_list(250, "Holm", "Bryn"), *a_list(420, "Ash")]


@pytest.mark.parametrize("lists", [BY_COLUMN, sorted(BY_COLUMN, key=lambda text: (-text[1], text[0]))])
def test_lists_of_votes_without_frame_are_rows_though_they_are_of_different_length(lists: list[Text]) -> None:
    said, table, carried = pdf_blocks(a_pdf([(72, 750, "They voted:"), *SIDES, *lists, (72, 640, "CARRIED.")]), "a.pdf")
    assert (said.text, table.rows, carried.text) == ("They voted:", VOTED, "CARRIED.")


def test_a_sentence_below_columns_is_no_row_of_them() -> None:
    rows = [(72, 740, "Zurich Insurance"), (300, 740, "658.63"), (72, 726, "Holm Hall"), (300, 726, "45.00")]
    assert texts([*rows, (72, 712, "Agreed to pay both.")])[1:] == ["Agreed to pay both."]


def test_two_columns_of_prose_are_read_one_after_the_other_even_when_printed_across() -> None:
    half = "The committee heard that the bridge is"
    page = [cell for at in range(12) for cell in ((72, 740 - 14 * at, half), (320, 740 - 14 * at, half.upper()))]
    page.insert(24, (72, 740 - 14 * 12, "closed."))
    assert texts(page) == [" ".join([half] * 12) + " closed.", " ".join([half.upper()] * 12)]


def test_two_columns_whose_lines_are_not_at_one_height_are_read_one_after_the_other() -> None:
    half = "The committee heard that the bridge is"
    page = [cell for at in range(12) for cell in ((72, 740 - 14 * at, half), (320, 733 - 14 * at, half.upper()))]
    page.insert(24, (72, 740 - 14 * 12, "closed."))
    assert texts(page) == [" ".join([half] * 12) + " closed.", " ".join([half.upper()] * 12)]


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    title = [(72.0, 760.0, "Minutes of the Highways and Transport Committee, held in the Town Hall on 5 June 2023")]
    left = [(72.0, 730.0 - 14 * at, "The committee heard that the bridge is") for at in range(6)]
    right = [(320.0, 730.0 - 14 * at, "open again and that it is a safe one so") for at in range(3)]
    assert texts([*title, *left, *right, (320, 688, "far.")]) == [
        title[0][2], " ".join(text for *_, text in (*left, *right)) + " far.",
    ]


def test_words_printed_aslant_over_each_page_are_read_once_and_part_no_paragraph() -> None:
    pages = [lines("Members met.", FULL), lines("bridge at Newbiggin.")]
    first = b"BT /F1 12 Tf 72 740 Td ("
    stamped = a_pdf(*pages).replace(first, b"BT /F1 90 Tf .7 .7 -.7 .7 150 500 Tm (DRAFT) Tj ET\n" + first)
    read = [block.text for block in pdf_blocks(stamped, "a.pdf")]
    assert read == ["DRAFT", "Members met.", f"{FULL} bridge at Newbiggin."]


def test_a_margin_that_says_who_is_to_act_does_not_stand_in_the_text_beside_it() -> None:
    page = [*lines(FULL[:60], "bridge and asked for a further report in the spring. The clerk",
                   "was asked to write to the county council about the signs, and", "to the parish.", top=760),
            (470, 760, "Head of"), (470, 746, "Highways"), (470, 718, "Clerk")]  # fmt: skip
    by_row = sorted(page, key=lambda text: (-text[1], text[0]))
    assert texts(by_row)[0].endswith("asked to write to the county council about the signs, and to the parish.")
    assert texts(by_row)[1:] == ["Head of Highways", "Clerk"]


def test_each_block_knows_its_page() -> None:
    assert [block.page for block in pdf_blocks(a_pdf(lines("One."), lines("Two.")), "a.pdf")] == [1, 2]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"hello", "is no PDF"),
        (b"", "is no PDF"),
        (a_pdf(lines("None."))[:300], "is no PDF, or only a part"),
        (a_pdf(*([lines("None.")] * 2001)), "has 2001 pages"),
        (a_pdf([(72, 700 - 20 * at, "x" * 20_000) for at in range(11)]), "page 1 holds over"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message) as caught:
        pdf_blocks(data, "a.pdf")
    assert str(caught.value).startswith("a.pdf: ")
    assert "\n" not in str(caught.value)


def test_a_password_is_named_as_the_reason() -> None:
    lock = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{}> /U <{}> >>".format("41" * 32, "42" * 32)
    locked = a_pdf(lines("None.")).replace(b"/Root 1 0 R", b"/Root 1 0 R /ID [<00><00>] " + lock.encode())
    with pytest.raises(UnreadableFile, match="password"):
        pdf_blocks(locked, "a.pdf")


def test_time_is_limited() -> None:
    ticks = iter(range(0, 1000, 50))
    with pytest.raises(UnreadableFile, match="took over 60 s up to page 2"):
        pdf_blocks(a_pdf(*([lines("None.")] * 3)), "a.pdf", clock=lambda: next(ticks))


@pytest.mark.parametrize(
    ("name", "phrase"),
    [
        ("kent/full_council-2025-02-13--P*", "Mr Paul Barrington-King, Mr Conrad Broadley"),
        ("kent/full_council-2025-02-13--P*", "local authority funding system from 2026-27 onwards"),
        ("kent/full_council-2025-02-13--P*", "Mr Jeremy Kite, MBE, Mr Thomas Mallon"),
        ("kent/cabinet-2025-01-30*", "developed a multi-agency father-inclusive practice guide"),
        ("kent/cabinet-2025-01-30*", "an exemplary model of cross-border cooperation"),
        ("kent/cabinet-2025-01-30*", "The Council was awaiting the Planning Inspector's Report"),
        ("kent/full_council-2025-03-13--CPP*", "regarding therapeutic parenting and taking a trauma informed approach"),
        ("kent/full_council-2025-03-13--CPP*", "secure establishments for young people. A pilot project"),
    ],
)
def test_phrases_over_line_and_page_ends_are_whole(name: str, phrase: str) -> None:
    found = sorted((DATA / "pdf-minutes").glob(name))
    if not found:
        pytest.skip("the shared data is not here")
    assert any(phrase in block.text for block in pdf_blocks(found[0].read_bytes(), found[0].name))
