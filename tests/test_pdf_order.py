"""Pages whose file gives some of their lines late: put where they stand, unless they stand beside others."""

from test_pdf import a_frame, a_pdf, lines

from crawler.documents.order import in_place
from crawler.documents.pdf import pdf_blocks
from crawler.documents.sheet import Cell, Line, Table


def read(*page: tuple[float, float, str], drawn: list[tuple[float, float, float, float]] | None = None) -> list[str]:
    return [block.text for block in pdf_blocks(a_pdf([*page], drawn=drawn or ()), "a.pdf")]


def test_a_list_that_the_file_gives_last_stands_where_it_is_printed() -> None:
    page = [(72, 740, "The committee resolved that:"), (72, 660, "The chair thanked everybody."),
            (72, 630, "The meeting closed at noon."), (90, 715, "(a) the bridge be mended; and"),
            (90, 690, "(b) the road be closed.")]  # fmt: skip
    assert read(*page) == [
        "The committee resolved that:", "(a) the bridge be mended; and", "(b) the road be closed.",
        "The chair thanked everybody.", "The meeting closed at noon.",
    ]  # fmt: skip


def test_lines_about_a_table_that_the_file_gives_last_stand_about_it() -> None:
    cells = [(80, 725, "Ward"), (200, 725, "Cost"), (80, 690, "Pell"), (200, 690, "40")]
    about = [(72, 760, "The costs are these."), (72, 640, "They were noted.")]
    assert read(*cells, (72, 600, "The meeting closed at noon."), *about, drawn=a_frame(745, 720, 670)) == [
        "The costs are these.", "Ward | Cost / Pell | 40", "They were noted.", "The meeting closed at noon."]


def test_columns_stay_one_after_the_other() -> None:
    left = lines("The first column has", "four lines of text", "and they are read", "before the others.")
    right = lines("What stands beside", "them, a little", "lower, is read", "after them.", left=320, top=735)
    assert " ".join(read(*left, *right)) == (
        "The first column has four lines of text and they are read before the others. "
        "What stands beside them, a little lower, is read after them.")


def test_a_page_laid_out_in_cells_has_its_paragraphs_and_the_notes_beside_them() -> None:
    heights = (745, 650, 555)
    frame = [(70, y, 520, y) for y in heights] + [(x, 555, x, 745) for x in (70, 100, 450, 520)]
    said = ("The clerk reported that the bridge had been mended twice, and", "that it must now be closed.")
    page: list[tuple[float, float, str]] = []
    for number, top in (("1", 730.0), ("2", 635.0)):
        page += [(75, top, number), (105, top, f"Bridge {number}"), (105, top - 20, said[0]), (105, top - 34, said[1])]
        page += [(105, top - 54, said[0]), (105, top - 68, said[1]), (455, top, "AF")]
    whole = " ".join(said)
    assert read((72, 770, "Minutes of the meeting"), *page, drawn=frame) == [
        "Minutes of the meeting", "1 Bridge 1", whole, whole, "AF", "2 Bridge 2", whole, whole, "AF"]


def test_an_indented_first_line_is_not_centred() -> None:
    page = [(86, 740, "The committee considered a report of the director that"),
            (72, 726, "said how the bridge had been mended a year before it fell."),
            (72, 700, "The committee thanked everybody.")]  # fmt: skip
    assert len(read(*page)) == 2


def a_ruled(*heights: float, uprights: tuple[float, ...] = (70, 110, 500)) -> list[tuple[float, float, float, float]]:
    levels = [(uprights[0], y, uprights[-1], y) for y in heights]
    return levels + [(x, heights[-1], x, heights[0]) for x in uprights]


def test_labels_beside_clauses_in_a_ruled_table_are_those_clauses() -> None:
    page = [(75, 730, "(a)"), (115, 730, "that the path be closed;"), (75, 710, "(b)"), (115, 710, "that trees be")]
    blocks = pdf_blocks(a_pdf([*page, (115, 697, "felled.")], drawn=a_ruled(745, 725, 690)), "a.pdf")
    assert [(each.label, each.text) for each in blocks] == [
        ("(a)", "that the path be closed;"), ("(b)", "that trees be felled."),
    ]  # fmt: skip


def test_rows_by_plain_figures_stay_a_table() -> None:
    page = [(75, 730, "1"), (115, 730, "A long name of a street by the river"),
            (75, 710, "2"), (115, 710, "Another long name of a lane by the sea")]  # fmt: skip
    (block,) = pdf_blocks(a_pdf(page, drawn=a_ruled(745, 725, 700)), "a.pdf")
    assert [row[0] for row in block.rows] == ["1", "2"]


def test_people_one_a_line_in_a_ruled_cell_are_parted() -> None:
    drawn = a_ruled(745, 725, 660, uprights=(70, 250, 500))
    page = [(75, 730, "Present"), (255, 730, "In attendance"), (75, 710, "Cllr A Able (Chair)"), (75, 696, "B Baker"),
            (255, 710, "F Good (Clerk)"), (255, 696, "Owen Pryce, Norham Health")]  # fmt: skip
    (block,) = pdf_blocks(a_pdf(page, drawn=drawn), "a.pdf")
    assert block.rows[1] == ("Cllr A Able (Chair), B Baker", "F Good (Clerk), Owen Pryce, Norham Health")


def test_what_is_broken_for_want_of_room_or_is_prose_in_a_ruled_cell_is_not_parted() -> None:
    drawn = a_ruled(745, 725, 660, uprights=(70, 150, 500))
    page = [(75, 730, "Who"), (155, 730, "What"), (75, 710, "Cllr Angharad"), (75, 696, "Llewellyn"),
            (155, 710, "Dr Able spoke"), (155, 696, "The Clerk replied.")]  # fmt: skip
    (block,) = pdf_blocks(a_pdf(page, drawn=drawn), "a.pdf")
    assert block.rows[1] == ("Cllr Angharad Llewellyn", "Dr Able spoke The Clerk replied.")


def test_a_late_line_beside_a_tall_table_stays_where_the_file_has_it() -> None:
    def line(y: float) -> Line:
        return Line(1, 72, 200, y, 10, (Cell("Pell", 72, 200),), 20)

    tall, beside, late = Table(1, 700, (("a", "b"),), (300, 400, 500), bottom=400), line(500), line(600)
    assert in_place([line(720), tall, beside, late]) == [line(720), tall, beside, late]
    assert in_place([tall, line(720)]) == [line(720), tall]
