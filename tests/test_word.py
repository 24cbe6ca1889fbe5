"""Word files made here with python-docx, as Word writes them."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from archive.errors import UnreadableFile
from crawler.blocks import Block, BlockKind
from crawler.documents.word import word_blocks

DATA = Path(__file__).parents[2] / "shared" / "data" / "word"
WORDS = nsdecls("w")


def saved(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def blocks_of(write: Callable[[Document], None]) -> tuple[Block, ...]:
    document = docx.Document()
    write(document)
    return word_blocks(saved(document), "a.docx")


def a_list(
    document: Document, *levels: tuple[str, str], shared_with: str | None = None, start: int | None = None
) -> str:
    """A list of `levels` (format, text such as "%1.%2"), as Word keeps it; its id. `shared_with` counts on with it."""
    numbering = document.part.numbering_part.element
    identity = str(len(numbering.findall(qn("w:num"))) + 100)
    abstract = identity
    if shared_with is None:
        inner = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for at, (form, text) in enumerate(levels)
        )
        numbering.insert(0, parse_xml(f'<w:abstractNum {WORDS} w:abstractNumId="{abstract}">{inner}</w:abstractNum>'))
    else:
        abstract = shared_with
    override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>' if start else ""
    numbering.append(
        parse_xml(f'<w:num {WORDS} w:numId="{identity}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>')
    )
    return identity


def numbered(paragraph: Paragraph, identity: str, level: int = 0) -> None:
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {WORDS}><w:ilvl w:val="{level}"/><w:numId w:val="{identity}"/></w:numPr>')
    )


def test_paragraphs_and_tables_stand_in_the_order_of_the_document() -> None:
    def write(document: Document) -> None:
        document.add_paragraph("Before.")
        table = document.add_table(rows=2, cols=2)
        for row, texts in zip(table.rows, (("Name", "Vote"), ("Cllr A", "For")), strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        document.add_paragraph("After.")

    before, table, after = blocks_of(write)
    assert (before.text, after.text) == ("Before.", "After.")
    assert (table.kind, table.rows) == (BlockKind.TABLE, (("Name", "Vote"), ("Cllr A", "For")))


def test_automatic_numbers_are_labels_as_word_prints_them() -> None:
    def write(document: Document) -> None:
        own = a_list(document, ("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"), ("upperRoman", "%4)"))
        for text, level in (("A", 0), ("B", 1), ("C", 1), ("D", 2), ("E", 2), ("F", 3), ("G", 0), ("H", 1)):
            numbered(document.add_paragraph(text), own, level)

    assert [block.label for block in blocks_of(write)] == ["1.", "1.1", "1.2", "(a)", "(b)", "I)", "2.", "2.1"]
    assert [block.level for block in blocks_of(write)] == [0, 1, 1, 2, 2, 3, 0, 1]


def test_lists_of_one_definition_count_on_and_a_restart_begins_again() -> None:
    def write(document: Document) -> None:
        first = a_list(document, ("decimal", "%1."))
        second = a_list(document, shared_with=first)
        third = a_list(document, shared_with=first, start=1)
        for identity in (first, first, second, third, third):
            numbered(document.add_paragraph("text"), identity)

    assert [block.label for block in blocks_of(write)] == ["1.", "2.", "3.", "1.", "2."]


def test_a_list_of_a_style_numbers_its_paragraphs_and_zero_switches_it_off() -> None:
    def write(document: Document) -> None:
        own = a_list(document, ("decimal", "Minute %1"))
        style = document.styles["Heading 1"].element
        style.get_or_add_pPr().append(parse_xml(f'<w:numPr {WORDS}><w:numId w:val="{own}"/></w:numPr>'))
        document.add_paragraph("Apologies", style="Heading 1")
        numbered(document.add_paragraph("Part A", style="Heading 1"), "0")

    assert [(block.label, block.kind) for block in blocks_of(write)] == [
        ("Minute 1", BlockKind.HEADING), (None, BlockKind.HEADING),
    ]


def test_bullets_are_list_items_without_label() -> None:
    def write(document: Document) -> None:
        numbered(document.add_paragraph("swings"), a_list(document, ("bullet", "·")))
        document.add_paragraph("• slides")

    assert [(block.kind, block.label, block.text) for block in blocks_of(write)] == [
        (BlockKind.LIST_ITEM, None, "swings"), (BlockKind.LIST_ITEM, None, "slides"),
    ]


def test_bold_is_read_from_runs_and_styles_and_a_bold_line_is_a_heading() -> None:
    def write(document: Document) -> None:
        document.add_paragraph().add_run("Finance").bold = True
        mixed = document.add_paragraph("The clerk ")
        mixed.add_run("reported").bold = True
        document.styles["Strong"].font.bold = True
        document.add_paragraph().add_run("It was RESOLVED to pay.", style="Strong")

    assert [(block.bold, block.kind) for block in blocks_of(write)] == [
        (True, BlockKind.HEADING), (False, BlockKind.PARAGRAPH), (True, BlockKind.PARAGRAPH),
    ]


def test_text_in_a_heading_style_whose_look_was_taken_off_is_no_heading() -> None:
    def write(document: Document) -> None:
        document.styles["Heading 1"].font.bold = True
        document.add_heading("Finance", 1)
        document.add_heading("", 1).add_run("Invoices received").bold = False
        underlined = document.add_heading("", 1).add_run("Roads")
        underlined.bold, underlined.underline = False, True

    kinds = {block.text: block.kind for block in blocks_of(write)}
    heading = BlockKind.HEADING
    assert kinds == {"Finance": heading, "Invoices received": BlockKind.PARAGRAPH, "Roads": heading}


def test_a_line_underlined_throughout_is_a_heading_and_a_stressed_word_or_sentence_is_not() -> None:
    def write(document: Document) -> None:
        document.add_paragraph().add_run("Fly-tipping").underline = True
        stressed = document.add_paragraph("It was ")
        stressed.add_run("not").underline = True
        document.add_paragraph().add_run("Nothing was done about it.").underline = True

    kinds = [block.kind for block in blocks_of(write)]
    assert kinds == [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]


def test_a_label_begins_a_line_of_its_own_also_after_and() -> None:
    first = "a) to provide two bays for the disabled at the lower end of the street before that date; and"
    second = "b) to have the traffic counted again"

    def broken(document: Document) -> None:
        document.add_paragraph(f"{first}\n{second}")

    def apart(document: Document) -> None:
        document.add_paragraph(first)
        document.add_paragraph(second)

    assert [block.text for block in blocks_of(apart)] == [first, second]
    assert [block.text for block in blocks_of(broken)] == [first, second]


def test_signs_of_the_fonts_of_signs_are_read_as_they_are_drawn() -> None:
    def write(document: Document) -> None:
        table = document.add_table(rows=2, cols=3)
        for cell, text in zip(table.rows[0].cells, ("Member", "For", "Against"), strict=True):
            cell.text = text
        first, second, third = table.rows[1].cells
        first.text = "Councillor Bold"
        second.paragraphs[0].add_run().element.append(
            parse_xml(f'<w:sym {WORDS} w:font="Wingdings" w:char="F0FC"/>'))
        drawn = third.paragraphs[0].add_run("û")
        drawn.font.name = "Wingdings"

    (table,) = blocks_of(write)
    assert table.rows == (("Member", "For", "Against"), ("Councillor Bold", "✓", "✗"))


@pytest.mark.parametrize("code", ["ZZ", "-1", "110000"])
def test_a_sign_of_no_code_is_a_space(code: str) -> None:
    def write(document: Document) -> None:
        paragraph = document.add_paragraph("The clerk")
        paragraph.add_run().element.append(parse_xml(f'<w:sym {WORDS} w:font="Wingdings" w:char="{code}"/>'))
        paragraph.add_run("reported.")

    assert [block.text for block in blocks_of(write)] == ["The clerk reported."]


@pytest.mark.parametrize("form", ["lowerLetter", "upperRoman", "decimal"])
def test_a_list_that_starts_at_a_huge_number_takes_no_memory(form: str) -> None:
    def write(document: Document) -> None:
        numbered(document.add_paragraph("A"), a_list(document, (form, "%1."), start=10**12))

    assert [block.label for block in blocks_of(write)] == ["1000000000000."]


def test_a_number_that_is_none_makes_a_damaged_file() -> None:
    def write(document: Document) -> None:
        numbered(document.add_paragraph("A"), a_list(document, ("decimal", "%1.")))
        document.element.body[0].find(f".//{qn('w:ilvl')}").set(qn("w:val"), "first")

    with pytest.raises(UnreadableFile, match="damaged"):
        blocks_of(write)


def test_headers_deleted_and_hidden_text_are_left_out_and_inserted_text_is_kept() -> None:
    def write(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "Minutes of the Parish Council"
        paragraph = document.add_paragraph("It was agreed ")
        paragraph._p.append(parse_xml(f"<w:ins {WORDS}><w:r><w:t>to buy two seats</w:t></w:r></w:ins>"))
        paragraph._p.append(parse_xml(f"<w:del {WORDS}><w:r><w:delText>to buy one</w:delText></w:r></w:del>"))
        hidden = paragraph.add_run(" (secret)")
        hidden.font.hidden = True

    assert [block.text for block in blocks_of(write)] == ["It was agreed to buy two seats"]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Draft until approved</w:t></w:r></w:p></w:txbxContent>"
    spaces = f'{WORDS} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'

    def write(document: Document) -> None:
        run = document.add_paragraph("Minutes").runs[0]._r
        twice = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        run.append(parse_xml(f"<mc:AlternateContent {spaces}>{twice}</mc:AlternateContent>"))

    assert [block.text for block in blocks_of(write)] == ["Minutes", "Draft until approved"]


def test_line_breaks_part_what_was_meant_as_lines() -> None:
    def write(document: Document) -> None:
        document.add_paragraph("Present:\nCllr A Able\nCllr B Bold")
        document.add_paragraph("The council thanked all for a report on all the footpaths and bridges of the\nparish.")

    assert [block.text for block in blocks_of(write)] == [
        "Present:", "Cllr A Able", "Cllr B Bold",
        "The council thanked all for a report on all the footpaths and bridges of the parish.",
    ]


def test_non_breaking_hyphens_and_content_controls_are_text() -> None:
    def write(document: Document) -> None:
        paragraph = document.add_paragraph("Cllr Crow")
        paragraph.runs[0]._r.append(OxmlElement("w:noBreakHyphen"))
        paragraph.add_run("Brown")
        control = parse_xml(
            f"<w:sdt {WORDS}><w:sdtContent><w:p><w:r><w:t>In a control.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        )
        document.element.body.insert(1, control)

    assert [block.text for block in blocks_of(write)] == ["Cllr Crow-Brown", "In a control."]


def a_zip(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is no Word file"),
        (b"hello", "is no Word file"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), r"an old \(.doc\) or protected Word file"),
        (a_zip(a=b"hello"), "is no Word file"),
        (saved(docx.Document())[:2000], "is no Word file"),
        (saved(docx.Document()), "a Word file without text"),
    ],
)
def test_what_is_no_readable_word_file_is_refused_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message) as caught:
        word_blocks(data, "a.docx")
    assert str(caught.value).startswith("a.docx: ")
    assert "\n" not in str(caught.value)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.documents.word.MAX_UNPACKED", 1_000_000)
    with pytest.raises(UnreadableFile, match="unpacks to over"):
        word_blocks(a_zip(bomb=bytes(2_000_000)), "a.docx")


def test_a_parish_councils_minutes() -> None:
    if not DATA.exists():
        pytest.skip("the shared data is not here")
    blocks = word_blocks((DATA / "Minutes_03.09.19.docx").read_bytes(), "minutes.docx")
    headings = [block.text for block in blocks if block.kind is BlockKind.HEADING and block.text.startswith("19.09.")]
    assert len(headings) == 12
    assert any("R Robson and P Clarke, A Armstrong, EDC, Clerk" in block.text for block in blocks)
