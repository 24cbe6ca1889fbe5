"""A PDF's printed text as blocks: opening and its limits here, the look of a page in `crawler.documents.layout`.

Characters come from PDFium through its C interface, where asking for a whole page costs a few milliseconds.
"""

import ctypes
import math
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from archive.errors import NeedsOcr, UnreadableFile
from crawler.blocks import Block
from crawler.documents.dots import is_dot, with_bullets
from crawler.documents.layout import sheet_blocks
from crawler.documents.sheet import Rule, Sheet, Word
from crawler.documents.spaces import Place, Spaces, cuts, is_space, spaces_by_height, spaces_in

MAX_BYTES = 200 * 1024 * 1024
MAX_PAGES = 2000
MAX_CHARACTERS = 200_000   # of one page; the densest sheet of small print has some 20,000
MAX_RULES = 5_000          # drawn lines of one page; maps and charts have more, tables never
MAX_SECONDS = 60.0
FEWEST_WORDS = 20          # of a page that may be a scan all the same: a stamp, a typed page number on a picture

_HALF, _COVERED = 0.5, 0.8   # of a page: what the pictures of a scan fill, without words and beneath some
_EDGE = 0.08               # of a page's height: where page numbers and stamps stand
_NESTED, _MOST_NESTED = 3, 50   # how deep a picture may lie in drawings within drawings, and among how many others
_HYPHENS = (0x2, 0xFFFE)   # PDFium's mark of a hyphen at the end of a line
_PARTING = frozenset((*_HYPHENS, 0x20, 0x9, 0xA, 0xD, 0x0))
_BOLD = ("bold", "black", "heavy", "demi")
_ITALIC = ("italic", "oblique")
_SYMBOL = ("symbol", "wingding", "webding", "dingbat", "couriernew")
_SMALL_CAPITALS = re.compile("small-?cap|smcp")
_FLAG_ITALIC, _FORCE_BOLD = 1 << 6, 1 << 18   # font flags, ISO 32000-1, table 123
_REASONS = {
    raw.FPDF_ERR_PASSWORD: "is protected by a password; save a copy without one",
    raw.FPDF_ERR_FORMAT: "is no PDF, or only a part of one; download it again",
    raw.FPDF_ERR_SECURITY: "uses an encryption that cannot be read; save a copy without it",
}


@dataclass(frozen=True, slots=True)
class PdfText:
    """What a PDF says; `pictures` are the numbers of those pages, from 1, that are pictures with words nobody has."""

    blocks: tuple[Block, ...]
    pictures: tuple[int, ...] = ()


def pdf_blocks(data: bytes, name: str, clock: Callable[[], float] = time.monotonic) -> tuple[Block, ...]:
    """The blocks of `pdf_text`. Raises what it raises."""
    return pdf_text(data, name, clock).blocks


def pdf_text(data: bytes, name: str, clock: Callable[[], float] = time.monotonic) -> PdfText:
    """The text of the PDF `data` in reading order, page furniture left out; `name` is for messages.

    Raises `UnreadableFile`: no PDF, a part of one, a password, or larger than the limits above; `NeedsOcr`: no text (a
    scan), or one that only shows.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableFile(f"{name}: is larger than {MAX_BYTES // 2**20} MB; split it")
    sheets = _pages(data, name, clock() + MAX_SECONDS, clock)
    blocks = sheet_blocks(sheets)
    if not blocks:
        raise NeedsOcr(f"{name}: needs OCR: no text, its pages are pictures")
    if _garbled(blocks):
        raise NeedsOcr(f"{name}: needs OCR: its fonts hide which letters they show")
    return PdfText(blocks, tuple(sheet.number for sheet in sheets if sheet.pictured))


def _garbled(blocks: Sequence[Block]) -> bool:
    text = "".join(block.text for block in blocks)
    strange = sum(1 for each in text if each == "\ufffd" or "\ue000" <= each <= "\uf8ff")
    return strange * 3 > len(text)


def _pages(data: bytes, name: str, until: float, clock: Callable[[], float]) -> tuple[Sheet, ...]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        code = getattr(error, "err_code", None)
        raise UnreadableFile(f"{name}: {_REASONS.get(code, 'cannot be opened as PDF')}") from error
    try:
        if len(document) > MAX_PAGES:
            raise UnreadableFile(f"{name}: has {len(document)} pages, more than {MAX_PAGES}; split it")
        pages = []
        for index in range(len(document)):
            pages.append(_page(document, index, name))
            if clock() > until:
                raise UnreadableFile(f"{name}: took over {MAX_SECONDS:.0f} s up to page {index + 1}; split it")
        return tuple(pages)
    finally:
        document.close()


def _page(document: pdfium.PdfDocument, index: int, name: str) -> Sheet:
    page = raw.FPDF_LoadPage(document.raw, index)
    if not page:
        raise UnreadableFile(f"{name}: page {index + 1} is damaged; download it again")
    text = raw.FPDFText_LoadPage(page)
    try:
        if not text:
            raise UnreadableFile(f"{name}: the text of page {index + 1} cannot be read; download it again")
        if raw.FPDFText_CountChars(text) > MAX_CHARACTERS:
            raise UnreadableFile(f"{name}: page {index + 1} holds over {MAX_CHARACTERS} characters; this is no minutes")
        turn = _Turn(raw.FPDFPage_GetRotation(page), raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page))
        stamps: list[str] = []
        dots: list[Rule] = []
        spaces: list[Place] = []
        rules = tuple(_rules(page, turn, dots, spaces))
        words = tuple(_words(text, turn, stamps, spaces_by_height(spaces)))
        pictured = _is_bare(words, turn.height) and _pictured(page) > (_COVERED if words else _HALF) * turn.area
        return Sheet(index + 1, turn.width, turn.height, with_bullets(words, dots), rules, tuple(stamps), pictured)
    finally:
        if text:
            raw.FPDFText_ClosePage(text)
        raw.FPDF_ClosePage(page)


@dataclass(frozen=True, slots=True)
class _Turn:
    """From PDFium's coordinates (of the unturned sheet) to those of the page as it is shown, y upwards."""

    quarters: int
    width: float
    height: float

    @property
    def area(self) -> float:
        return self.width * self.height

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        if self.quarters == 1:
            return y, self.height - x
        if self.quarters == 2:
            return self.width - x, self.height - y
        if self.quarters == 3:
            return self.width - y, x
        return x, y


def _words(text: Any, turn: _Turn, stamps: list[str], spaces: Spaces) -> Iterator[Word]:
    """The words of a page, parted by `spaces` too; those printed aslant go to `stamps`."""
    styles: dict[int, _Style] = {}
    codes = [raw.FPDFText_GetUnicode(text, at) for at in range(raw.FPDFText_CountChars(text))]
    start = 0
    for at, code in enumerate((*codes, 0x20)):
        if code in _PARTING:
            if at > start:
                letters = "".join(map(chr, codes[start:at]))
                style = _style(text, start, styles)
                if style.aslant:
                    stamps.append(letters)
                else:
                    letters = _cased(text, start, letters) if style.small_capitals else letters
                    word = _word(text, turn, style, (start, at - 1), letters, code in _HYPHENS)
                    inside = spaces_in(word, spaces)
                    yield from _parted(text, turn, word, start, inside) if inside else (word,)
            start = at + 1


def _parted(text: Any, turn: _Turn, word: Word, start: int, spaces: Sequence[float]) -> Iterator[Word]:
    """`word`, which begins at the letter `start` of the page, cut at `spaces`."""
    boxes = [_ends(text, turn, start + at) for at in range(len(word.text))]
    places = [0, *cuts(boxes, spaces, word.size), len(boxes)]
    for first, after in pairwise(places):
        ended = word.broken and after == len(boxes)
        yield replace(word, text=word.text[first:after], left=boxes[first][0], right=boxes[after - 1][1], broken=ended)


def _ends(text: Any, turn: _Turn, at: int) -> tuple[float, float]:
    """Where a letter begins and ends."""
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, at, x, y)
    raw.FPDFText_GetLooseCharBox(text, at, box)
    return turn(x.value, y.value)[0], max(turn(box.left, box.bottom)[0], turn(box.right, box.top)[0])


def _cased(text: Any, start: int, letters: str) -> str:
    """A word in small capitals as it is written: what is drawn larger is a capital, whatever the font calls it."""
    sizes = [raw.FPDFText_GetFontSize(text, at) for at in range(start, start + len(letters))]
    least = min(sizes)
    if max(sizes) > 1.1 * least:
        sized = zip(letters, sizes, strict=True)
        return "".join(letter.upper() if size > 1.1 * least else letter.lower() for letter, size in sized)
    return letters if letters[0].isupper() else letters.lower()


def _word(text: Any, turn: _Turn, style: "_Style", span: tuple[int, int], letters: str, broken: bool) -> Word:
    first, last = span
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, first, x, y)
    left, baseline = turn(x.value, y.value)
    raw.FPDFText_GetLooseCharBox(text, last, box)
    right = max(turn(box.left, box.bottom)[0], turn(box.right, box.top)[0])
    return Word(
        letters, left, right, baseline, style.size, style.bold, style.italic, style.symbol, broken, style.hidden)


@dataclass(frozen=True, slots=True)
class _Style:
    size: float
    bold: bool
    italic: bool
    symbol: bool
    aslant: bool = False
    hidden: bool = False
    small_capitals: bool = False


def _style(text: Any, at: int, known: dict[int, _Style]) -> _Style:
    """The style of a character; asked once for each text object, the unit in which a PDF changes fonts."""
    shown = raw.FPDFText_GetTextObject(text, at)
    key = ctypes.cast(shown, ctypes.c_void_p).value or 0
    if key not in known:
        known[key] = _read_style(text, at, shown)
    return known[key]


def _read_style(text: Any, at: int, shown: Any) -> _Style:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, at, matrix)
    scale = math.hypot(matrix.c, matrix.d) or 1.0
    size = raw.FPDFText_GetFontSize(text, at) * scale or 1.0
    font = raw.FPDFTextObj_GetFont(shown) if shown else None
    if not font:
        return _Style(size, bold=False, italic=False, symbol=False)
    letters = ctypes.create_string_buffer(200)
    raw.FPDFFont_GetBaseFontName(font, letters, len(letters))
    name = letters.value.decode("utf-8", "replace").lower().replace(" ", "")
    mode = raw.FPDFTextObj_GetTextRenderMode(shown)
    outlined, hidden = mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE, mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE
    heavy = raw.FPDFFont_GetWeight(font) >= 600 or bool(raw.FPDFFont_GetFlags(font) & _FORCE_BOLD)
    bold = outlined or heavy or any(each in name for each in _BOLD)
    italic = any(each in name for each in _ITALIC) or bool(raw.FPDFFont_GetFlags(font) & _FLAG_ITALIC)
    aslant = min(abs(matrix.a), abs(matrix.b)) > 0.1 * max(abs(matrix.a), abs(matrix.b))
    drawn = bool(_SMALL_CAPITALS.search(name))
    return _Style(size, bold, italic, any(each in name for each in _SYMBOL), aslant, hidden, drawn)


def _is_bare(words: Sequence[Word], height: float) -> bool:
    """Whether a page has no words but a few at its edges: what a clerk stamps on a scan, no layer of its text."""
    edge = _EDGE * height
    return len(words) < FEWEST_WORDS and not any(word.hidden or edge < word.y < height - edge for word in words)


def _pictured(page: Any) -> float:
    """How much of a page its pictures cover, in square points; a scanner may cut one into strips."""
    count = min(raw.FPDFPage_CountObjects(page), MAX_RULES)
    return sum(_area(shape) for shape in (raw.FPDFPage_GetObject(page, at) for at in range(count)) if _shows(shape))


def _shows(shape: Any, depth: int = _NESTED) -> bool:
    """Whether an object of a page is a picture, or a drawing that holds one."""
    kind = raw.FPDFPageObj_GetType(shape)
    if kind != raw.FPDF_PAGEOBJ_FORM or not depth:
        return bool(kind == raw.FPDF_PAGEOBJ_IMAGE)
    count = min(raw.FPDFFormObj_CountObjects(shape), _MOST_NESTED)
    return any(_shows(raw.FPDFFormObj_GetObject(shape, at), depth - 1) for at in range(count))


def _area(shape: Any) -> float:
    left, bottom, right, top = _bounds(shape)
    return abs(right - left) * abs(top - bottom)


def _bounds(shape: Any) -> tuple[float, ...]:
    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(shape, *sides)
    return tuple(each.value for each in sides)


def _rules(page: Any, turn: _Turn, dots: list[Rule], spaces: list[Place]) -> Iterator[Rule]:
    """The straight lines drawn on the page, upright or level: the frames of tables.

    What may be bullets goes to `dots`, spaces that are text of their own to `spaces`.
    """
    for at in range(min(raw.FPDFPage_CountObjects(page), MAX_RULES)):
        shape = raw.FPDFPage_GetObject(page, at)
        kind = raw.FPDFPageObj_GetType(shape)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            yield from _strokes(shape, turn, dots)
        elif kind == raw.FPDF_PAGEOBJ_TEXT and is_space(*(sides := _bounds(shape))):
            spaces.append(turn(sides[0], sides[1]))


def _strokes(shape: Any, turn: _Turn, dots: list[Rule]) -> Iterator[Rule]:
    left, bottom, right, top = _bounds(shape)
    (left, bottom), (right, top) = turn(left, bottom), turn(right, top)
    box = Rule(min(left, right), min(bottom, top), max(left, right), max(bottom, top))
    if box.upright or box.level:
        yield box
        return
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(shape, filled, stroked)
    if filled.value and is_dot(box):
        dots.append(box)
    if stroked.value:
        yield from _segments(shape, turn)


def _segments(shape: Any, turn: _Turn) -> Iterator[Rule]:
    matrix, x, y = raw.FS_MATRIX(), ctypes.c_float(), ctypes.c_float()
    raw.FPDFPageObj_GetMatrix(shape, matrix)
    here = begin = (0.0, 0.0)
    for at in range(min(raw.FPDFPath_CountSegments(shape), MAX_RULES)):
        segment = raw.FPDFPath_GetPathSegment(shape, at)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        there = turn(
            matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f
        )
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            begin = there
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield from _straight(here, there)
        here = there
        if raw.FPDFPathSegment_GetClose(segment):
            yield from _straight(here, begin)


def _straight(here: tuple[float, float], there: tuple[float, float]) -> Iterator[Rule]:
    rule = Rule(min(here[0], there[0]), min(here[1], there[1]), max(here[0], there[0]), max(here[1], there[1]))
    if rule.upright or rule.level:
        yield rule
