"""The narrow column at the right of some minutes, which says beside a paragraph who is to act on it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from crawler.documents.sheet import Cell, Line, Table

Part = Line | Table

_SAME = 4.0       # points within which places are one
_LEVEL = 4.0      # points: what stands at one height
_ABREAST = 8      # lines at one height that are looked at
_FURTHEST = 0.65  # of a page's width: what begins further to the left is no margin
_WORDS = 4        # of a line in the margin
_FEWEST = 2       # lines of a document that have something in the margin
_PROSE = 6        # words of the text beside the margin, on the average
_FULL = 0.75      # of the width up to the margin: a line of the text that is longer goes on in the next
_FIGURE = re.compile(r"[£€$(]?[\d.,%/:-]+\)?")


def with_margin_apart(pages: Sequence[Sequence[Part]], width: float) -> list[list[Part]]:
    """`pages` with what stands in the margin as lines aside, over which the text beside it goes on."""
    lines = [part for page in pages for part in page if isinstance(part, Line)]
    place = _margin(lines, width)
    if place is None:
        return [list(page) for page in pages]
    heads: set[tuple[str, ...]] = set()
    text = [[part for part in page if not _is_head_again(part, place, heads)] for page in pages]
    return [list(_joined([piece for part in page for piece in _parted(part, place)])) for page in text]


def _is_head_again(part: Part, place: float, heads: set[tuple[str, ...]]) -> bool:
    """Whether a line is the heads of the columns, "No. Item ACTION", that a page before has; `heads` are those."""
    if isinstance(part, Table) or len(part.cells) < 2 or abs(part.cells[-1].left - place) > _SAME:
        return False
    texts = tuple(cell.text for cell in part.cells)
    if texts in heads:
        return True
    if part.bold and all(len(text.split()) <= _WORDS for text in texts):
        heads.add(texts)
    return False


def _margin(lines: Sequence[Line], width: float) -> float | None:
    """Where the margin begins; `None` where there is none, but a table, names with offices, or two columns."""
    beside = [line for line in lines if len(line.cells) > 1 and _is_note(line.cells[-1], width)]
    beside.extend(_beside(lines, width))
    places = sorted({round(line.cells[-1].left) for line in beside})
    return next((place for place in places[:20] if _is_margin(place, beside, lines)), None)


def _beside(lines: Sequence[Line], width: float) -> Iterator[Line]:
    """Lines of text with the note that a file gives apart from them as their last cell."""
    levels: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        levels.setdefault((line.page, round(line.y / _LEVEL)), []).append(line)
    for note in lines:
        if len(note.cells) == 1 and _is_note(note.cells[0], width):
            at = round(note.y / _LEVEL)
            near = (line for level in (at - 1, at, at + 1) for line in levels.get((note.page, level), ())[:_ABREAST])
            text = next((line for line in near if line.right < note.left and abs(line.y - note.y) < _LEVEL), None)
            if text is not None:
                yield replace(text, cells=(*text.cells, note.cells[0]), right=note.right)


def _is_margin(place: float, beside: Sequence[Line], lines: Sequence[Line]) -> bool:
    """Whether text that goes on in the next line stands before `place`, and hardly a line crosses it."""
    here = [line for line in beside if abs(line.cells[-1].left - place) < _SAME]
    words = sum(len(cell.text.split()) for line in here for cell in line.cells[:-1])
    full = sum(line.cells[-2].right - line.left > _FULL * (place - line.left) for line in here)
    if len(here) < _FEWEST or words < _PROSE * len(here) or full * 2 < len(here):
        return False
    before = place - _SAME
    return sum(any(cell.left < before < cell.right for cell in line.cells) for line in lines) * 50 < len(lines)


def _is_note(cell: Cell, width: float) -> bool:
    words = cell.text.split()
    return cell.left > _FURTHEST * width and len(words) <= _WORDS and not any(map(_FIGURE.fullmatch, words))


def _parted(part: Part, place: float) -> Iterator[Part]:
    if isinstance(part, Table):
        yield part
        return
    part = replace(part, column=0)
    if part.cells[-1].left < place - _SAME:
        yield part
        return
    *text, note = part.cells
    if text:
        yield replace(part, right=text[-1].right, cells=tuple(text), broken=False)
    yield replace(part, left=note.left, start=note.left, right=note.right, cells=(note,), second=None, aside=True)


def _joined(parts: Sequence[Part]) -> Iterator[Part]:
    """`parts`, in which a note of several lines is one line."""
    waiting: Line | None = None
    for part in parts:
        if isinstance(part, Line) and part.aside:
            if waiting and abs(waiting.left - part.left) < _SAME and 0 < waiting.y - part.y < 1.6 * part.size:
                note = Cell(f"{waiting.text} {part.text}", waiting.left, max(waiting.right, part.right))
                waiting = replace(part, cells=(note,), right=note.right)
                continue
            if waiting:
                yield waiting
            waiting = part
        elif isinstance(part, Line) and waiting and waiting.y - part.y < 1.6 * part.size:
            yield part
        else:
            if waiting:
                yield waiting
            waiting = None
            yield part
    if waiting:
        yield waiting
