"""Where paragraphs of a PDF end, in pages of several widths and in columns set flush on both sides."""

import pytest
from test_pdf import FULL, Text, a_pdf, lines, texts

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


def test_a_ragged_paragraph_of_a_justified_document_goes_on_where_its_lines_leave_room() -> None:
    ragged = ("Present: Councillors Ada Fell, Bo Lind, Cy Ash, Di Roe, Ed Oak, Flo Elm and (Vice-", "Chair) Gus Fir")
    whole = f"{ragged[0]}{ragged[1]}"
    assert justified(("They met.",), ragged)[1:] == [whole]


def test_a_label_set_off_by_a_gap_begins_a_paragraph() -> None:
    names = [(160.0, 740.0 - 16 * at, name) for at, name in enumerate(("Ada Fell", "Bo Lind", "Cy Ash"))]
    page = [(72.0, 740.0, "Officers:"), *names[:2], (72.0, 708.0, "Apologies:"), names[2]]
    assert texts(page)[-1] == "Apologies: Cy Ash"


def a_noted_page(*notes: str) -> list[Text]:
    """A page with small print at its foot."""
    return [*lines(f"{FULL[:60]} bridge1 and", "the ford, which cost £212,0002 last year.", "Nothing else was said."),
            *((72, 90 - 12 * at, note) for at, note in enumerate(notes))]  # fmt: skip


def noted(*notes: str) -> list[str]:
    page = a_pdf(a_noted_page(*notes), lines("Members met.", FULL, FULL, FULL))
    for at in range(len(notes)):
        page = page.replace(f"/F1 12 Tf 72 {90 - 12 * at} Td".encode(), f" /F1 9 Tf 72 {90 - 12 * at} Td".encode())
    return [block.text for block in pdf_blocks(page, "a.pdf")]


def test_a_note_at_the_foot_is_read_after_the_paragraph_that_refers_to_it() -> None:
    said = f"{FULL[:60]} bridge1 and the ford, which cost £212,0002 last year."
    notes = ("1. A bridge of stone.", "2. Without", "tax.")
    assert noted(*notes)[:4] == [said, notes[0], "2. Without tax.", "Nothing else was said."]


def test_small_print_that_nothing_refers_to_stays_where_it_is() -> None:
    assert noted("7. A bridge of stone.")[1:3] == ["Nothing else was said.", "7. A bridge of stone."]


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ((("d", 12), ("ecLarations of", 9)), "Declarations of"),
        ((("Mc", 12), ("Bain", 12)), "McBain"),
        ((("edc", 12), (" anD ", 9), ("p", 12), ("arish", 9)), "edc and Parish"),
    ],
)
def test_what_is_drawn_larger_in_small_capitals_is_a_capital(drawn: tuple[tuple[str, int], ...], read: str) -> None:
    shown = " ".join(f"/F2 {size} Tf ({text}) Tj" for text, size in drawn)
    page = a_pdf([(72, 740, "X", "F2")]).replace(b"/F2 12 Tf 72 740 Td (X) Tj", f"72 740 Td {shown}".encode())
    page = page.replace(b"/BaseFont /Helvetica-Bold", b"/BaseFont /Helvetica-SmallCaps")
    assert [block.text for block in pdf_blocks(page, "a.pdf")] == [read]


def test_a_margin_whose_notes_the_file_gives_after_the_text_is_set_apart_and_its_heads_come_once() -> None:
    def page(*said: str) -> list[Text]:
        return [*((left, 800.0, word, "F2") for left, word in ((72, "No."), (110, "Item"), (470, "ACTION"))),
                *lines(*said, top=760), (470, 760, "Clerk to"), (470, 746, "write"), (470, 718, "Chair")]  # fmt: skip

    said = (FULL[:60], "bridge and asked for a further report in the spring. The clerk",
            "was asked to write to the county council about the signs, and", "to the parish.")  # fmt: skip
    read = texts(page(*said), page(*said), page(*said))
    assert read.count("Clerk to write") == read.count("Chair") == 3
    assert sum("ACTION" in text for text in read) == 1
    whole = [text for text in read if text.startswith("The committee")]
    assert all(text.endswith("about the signs, and to the parish.") for text in whole)


def a_row(top: float, *cells: str) -> list[Text]:
    """Words, and figures flush on the right in columns."""
    widths = [sum(6.67 if letter.isdigit() else 3.6 for letter in cell) for cell in cells]
    figures = ((200.0 + 66 * at - widths[at], top, cell) for at, cell in enumerate(cells))
    return [(72.0, top, cells[0]), *list(figures)[1:]]


def test_rows_of_figures_are_rows_of_one_table_though_one_lacks_some() -> None:
    read = texts([*a_row(740, "Schools", "1,429.5", "0.0", "-2,386.0"), *a_row(724, "Roads", "836.6", "12.0", "5.6"),
                  *a_row(708, "Parks", "836.6", "", "5.6")])  # fmt: skip
    assert read == ["Schools | 1,429.5 | 0.0 | -2,386.0 / Roads | 836.6 | 12.0 | 5.6 / Parks | 836.6 | 5.6"]


def test_a_row_of_figures_is_no_prose_of_the_lines_beside_it() -> None:
    row = a_row(726, "Schools in the county", "1,429.5", "0.0", "-2,386.0")
    read = texts([*lines(FULL), *row, *lines("bridge was repaired.", top=712)])
    assert read == [FULL, "Schools in the county 1,429.5 0.0 -2,386.0", "bridge was repaired."]


def test_figures_in_a_sentence_part_nothing() -> None:
    said = ("Members heard that the 14 schools of the county had 1,429 pupils in 2019 and", "1,512 in 2020, or 5 more.")
    assert texts(lines(*said)) == [" ".join(said)]


def test_words_of_several_lines_before_figures_are_one_row() -> None:
    rows = [*a_row(740, "Schools", "1.5", "2.5", "3.5"), (72.0, 726.0, "Roads and"),
            *a_row(712, "bridges", "1.5", "2.5"),
            (72.0, 698.0, "Parks")]  # fmt: skip
    assert texts(rows) == ["Schools 1.5 2.5 3.5", "Roads and bridges 1.5 2.5", "Parks"]


@pytest.mark.parametrize("end", ["Mr B", "Mr B C", "Cllr A. B.", "Ada Fell (Clerk), B.", "Ms Ada Fell (Flood and"])
def test_a_line_that_ends_amid_a_name_or_a_bracket_goes_on(end: str) -> None:
    first = f"{ALIKE[: 66 - len(end)].rstrip()} {end}"
    assert justified((first, "Water Manager) spoke."))[0] == f"{first} Water Manager) spoke."


def test_a_label_of_two_lines_in_a_narrow_column_is_one() -> None:
    label = [(72.0, 740.0, "Officers in", "F2"), (72.0, 726.0, "attendance", "F2")]
    page = [*label, (200.0, 740.0, "Ada Fell"), *lines(FULL, top=690)]
    assert texts(page)[0] == "Officers in attendance"


def test_a_bullet_that_the_file_gives_after_its_lines_opens_them() -> None:
    page = [*lines("Members said:"), (90.0, 726.0, FULL), (90.0, 712.0, "bridge."), (72.0, 726.0, "•"),
            (90.0, 690.0, "That was all."), (72.0, 690.0, "•")]  # fmt: skip
    read = pdf_blocks(a_pdf(page), "a.pdf")
    assert [(block.kind.value, block.text) for block in read][1:] == [
        ("list item", f"{FULL} bridge."), ("list item", "That was all."),
    ]


def test_a_drawings_number_after_and_goes_on() -> None:
    said = (f"{FULL[:72]} 388/02 and", "388/04 and 388/05 were refused.")
    assert texts(lines(*said)) == [" ".join(said)]


def test_a_label_that_the_file_gives_after_its_lines_opens_them() -> None:
    page = [(110.0, 740.0, FULL), (110.0, 726.0, "bridge."), (72.0, 740.0, "37.1"), (110.0, 702.0, "That was all."),
            (72.0, 702.0, "37.2"), (72.0, 678.0, "37.3 They parted.")]  # fmt: skip
    assert texts(page) == [f"37.1 {FULL} bridge.", "37.2 That was all.", "37.3 They parted."]


def evenly(space: float) -> list[str]:
    """What is read of three paragraphs with `space` between them, the lines of each 14 points apart."""
    page: list[Text] = []
    top = 780.0
    for word in ("bridge", "road", "lane"):
        for text in (*[ALIKE] * 6, f"{word} and nothing else that month, for want of money and of time, it was said."):
            page.append((72, top, text))
            top -= 14
        top -= space
    return texts(page)


def test_a_little_space_parts_paragraphs_where_all_lines_stand_evenly() -> None:
    assert [text.split(" and nothing")[0].rsplit(" ", 1)[1] for text in evenly(3)] == ["bridge", "road", "lane"]


@pytest.mark.parametrize("end", [ALIKE[:-1] + ".", ALIKE.removesuffix("repairing the") + "the,"])
def test_in_an_exactly_justified_document_a_line_that_leaves_room_ends_its_paragraph(end: str) -> None:
    flush = [*[ALIKE] * 8, "bridge."]
    read = texts(lines(*flush, *[ALIKE] * 3, end, "Councillors thanked the director."))
    assert (read[1].endswith(end), read[2:]) == (True, ["Councillors thanked the director."])
