"""A Word file (.docx) as blocks: paragraphs, tables and text boxes in the order of the document.

Headers, footers, comments and deleted text are left out. Word's own numbering becomes labels (`wordlists`).
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml.etree import LxmlError
from lxml.etree import _Element as Element

from archive.errors import UnreadableFile
from crawler.blocks import Block, BlockKind, one_line
from crawler.documents.cells import table_blocks
from crawler.documents.lines import BULLETS
from crawler.documents.wordlists import Numbering
from crawler.documents.wordstyles import Styles
from crawler.numbers import typed

MAX_UNPACKED = 200 * 1024 * 1024
MAX_PARTS = 10_000
MAX_PARAGRAPHS = 30_000   # the longest minutes have three thousand
MAX_BREAKS = 100_000     # of lines within paragraphs
MAX_TAGS = 1_500_000
MAX_DEPTH = 12   # tables in tables

_OLD_WORD = bytes.fromhex("d0cf11e0a1b11ae1")
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_NO_TEXT = ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:instrText", "w:delText", "w:drawing", "w:pict")
_SKIPPED = {*map(qn, _NO_TEXT), f"{_COMPATIBLE}AlternateContent"}
_WRAPPERS = set(map(qn, ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:smartTag")))
_GLYPHS = {qn("w:tab"): " ", qn("w:noBreakHyphen"): "-", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:ptab"): " "}
_SIGNS = {   # of the fonts that draw signs in place of letters, by the letter's code: ticks, crosses, boxes, a bullet
    "wingdings": {0xFC: "✓", 0xFB: "✗", 0xFD: "✗", 0xFE: "✓", 0xA8: "", 0x6F: "", 0xA7: "•", 0x6C: "•", 0x6E: "•",
                  0xD8: "•", 0xE0: "→"},
    "wingdings 2": {0x50: "✓", 0x4F: "✗", 0x51: "✗", 0x52: "✓", 0x53: "✗", 0x54: "✗", 0xA3: "", 0x97: "•"},
    "symbol": {0xB7: "•", 0xD6: "√", 0x2D: "−", 0xB4: "×", 0xAE: "→"},
}  # fmt: skip
_TICKS = ("✓", "✔", "✗", "✘")   # alone they answer and open no list
_LINED = 120     # characters: longer underlined text is stressed, and no heading
_BREAK = 80      # characters: a shorter piece before a line break was meant as a line of its own


def word_blocks(data: bytes, name: str) -> tuple[Block, ...]:
    """The text of the Word file `data`; `name` is for messages.

    Raises `UnreadableFile`: an old binary or protected Word file, no Word file at all, a damaged or oversized one.
    """
    document = _open(data, name)
    try:
        reader = _Reader(Styles(document), Numbering(document))
        blocks = tuple(_rejoined(reader.blocks(document.element.body)))
    except ValueError as error:   # a number that is none
        raise UnreadableFile(f"{name}: is a damaged Word file; save it again from Word") from error
    if not blocks:
        raise UnreadableFile(f"{name}: a Word file without text; if its pages are pictures, save it as PDF and run OCR")
    return blocks


def _open(data: bytes, name: str) -> Document:
    if data.startswith(_OLD_WORD):
        raise UnreadableFile(f"{name}: an old (.doc) or protected Word file; save it as .docx or PDF without password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise UnreadableFile(f"{name}: unpacks to over {MAX_UNPACKED // 2**20} MB; save it without pictures")
            if _too_much(package):
                raise UnreadableFile(f"{name}: has over {MAX_PARAGRAPHS:,} paragraphs or {MAX_BREAKS:,} "
                                     "line breaks: no minutes are as long")
        return docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, zlib.error, OpcError, LxmlError, KeyError, ValueError, EOFError, RuntimeError) as error:
        raise UnreadableFile(f"{name}: is no Word file (.docx), or a damaged one; save it again from Word") from error


def _too_much(package: zipfile.ZipFile) -> bool:
    """Whether there is more in a file than can be read in time; counted before anything is built of it."""
    tags = paragraphs = breaks = 0
    for part in package.infolist():
        if part.filename.lower().endswith((".xml", ".rels")):
            with package.open(part) as opened:
                while some := opened.read(1 << 20):
                    tags += some.count(b"<")
                    paragraphs += some.count(b"<w:p>") + some.count(b"<w:p ")
                    breaks += some.count(b"<w:br") + some.count(b"<w:cr")
                    if tags > MAX_TAGS or paragraphs > MAX_PARAGRAPHS or breaks > MAX_BREAKS:
                        return True
    return False


class _Reader:
    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles, self._numbering = styles, numbering

    def blocks(self, parent: Element, depth: int = 0) -> Iterator[Block]:
        """The blocks of a body, a cell or a text box."""
        for child in parent.iterchildren():
            if child.tag == qn("w:p"):
                yield from self._paragraph(child, depth)
            elif child.tag == qn("w:tbl") and depth < MAX_DEPTH:
                yield from self._table(child, depth + 1)
            elif child.tag in _WRAPPERS:
                yield from self.blocks(child, depth)

    def _paragraph(self, paragraph: Element, depth: int) -> Iterator[Block]:
        look = self._styles.look(paragraph)
        number = self._numbering.take(paragraph, look.style)
        for at, piece in enumerate(_pieces(_text(paragraph))):
            bullet = piece[:1] in BULLETS and piece.strip() not in _TICKS
            text = one_line(piece[1:] if bullet else piece)
            if not text:
                continue
            kind = BlockKind.PARAGRAPH
            shown = (look.bold and len(text) <= 200) or (look.underlined and len(text) <= _LINED)
            if look.heading or (shown and text[-1] not in ".;,"):
                kind = BlockKind.HEADING
            elif bullet or (number and number.bullet):
                kind = BlockKind.LIST_ITEM
            label = number.label if number and at == 0 and not number.bullet else None
            yield Block(text, kind, label, number.level if number else look.level, look.bold)
        if depth < MAX_DEPTH:
            for box in _boxes(paragraph):
                yield from self.blocks(box, depth + 1)

    def _table(self, table: Element, depth: int) -> Iterator[Block]:
        rows = [
            tuple(tuple(self.blocks(cell, depth)) for cell in row.iterchildren(qn("w:tc")))
            for row in table.iter(qn("w:tr"))
            if _owner(row) is table
        ]
        yield from table_blocks(rows)


def _owner(row: Element) -> Element | None:
    """The table that a row belongs to."""
    return next(row.iterancestors(qn("w:tbl")), None)


def _boxes(paragraph: Element) -> Iterator[Element]:
    """The text boxes anchored in a paragraph; Word writes each twice, the second time for old programs."""
    for box in paragraph.iter(qn("w:txbxContent")):
        owners = [each.tag for each in box.iterancestors()]
        if f"{_COMPATIBLE}Fallback" not in owners and owners.count(qn("w:txbxContent")) == 0:
            yield box


def _text(element: Element) -> str:
    """The visible text of a paragraph, line breaks as newlines."""
    out = ""
    font = _font(element)
    for child in element.iterchildren():
        if child.tag == qn("w:t"):
            out += _drawn(child.text or "", font)
        elif child.tag in _GLYPHS:
            out += " " if child.get(qn("w:type")) in ("page", "column") else _GLYPHS[child.tag]
        elif child.tag == qn("w:sym"):
            out += _sign(_code(child.get(qn("w:char"), "20")), child.get(qn("w:font"), ""))
        elif child.tag not in _SKIPPED and not _is_hidden(child):
            out += _text(child)
    return out


def _font(run: Element) -> str:
    """The font that a run names; looked for once, since a run may have very many texts."""
    fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    return fonts.get(qn("w:ascii"), "") if fonts is not None else ""


def _drawn(text: str, font: str) -> str:
    """`text` as `font` draws it: "ü" in Wingdings is a tick."""
    return "".join(_sign(ord(letter), font) for letter in text) if font.lower() in _SIGNS else text


def _sign(code: int, font: str) -> str:
    """The letter of `code` in `font`; in fonts of signs Word may add F000 to it."""
    drawn = _SIGNS.get(font.lower(), {}).get(code - 0xF000 if code >= 0xF000 else code)
    return chr(code) if drawn is None else drawn


def _code(written: str) -> int:
    """A letter's code from its four hexadecimal digits; that of a space where they are none."""
    return int(written, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", written) else 0x20


def _is_hidden(run: Element) -> bool:
    return run.tag == qn("w:r") and run.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is not None


def _pieces(text: str) -> Iterator[str]:
    """A paragraph cut at the line breaks that a writer set to begin something new; the others are spaces."""
    piece: list[str] = []
    for line in (line for line in text.split("\n") if line.strip()):
        last = piece[-1] if piece else ""
        ended = len(last) < _BREAK or last.rstrip().endswith((".", ":", ";"))
        begins = ended and not line.strip()[0].islower() and not last.rstrip().endswith(",")
        if piece and (begins or _is_labelled(line)):
            yield "\n".join(piece)
            piece = []
        piece.append(line)
    if piece:
        yield "\n".join(piece)


def _is_labelled(line: str) -> bool:
    found = typed(one_line(line))
    return found is not None and found.certain


def _rejoined(blocks: Iterator[Block]) -> Iterator[Block]:
    """Paragraphs that were ended by hand in the middle of a list of names, as one."""
    before: Block | None = None
    for block in blocks:
        if before and _goes_on(before, block):
            before = replace(before, text=f"{before.text} {block.text}")
            continue
        if before:
            yield before
        before = block
    if before:
        yield before


def _goes_on(before: Block, block: Block) -> bool:
    plain = before.kind is block.kind is BlockKind.PARAGRAPH and block.label is None and before.bold == block.bold
    plain = plain and not _is_labelled(block.text)
    return plain and before.text.endswith((" and", " &", ",")) and block.text[:1].isalpha() and len(before.text) > 40
