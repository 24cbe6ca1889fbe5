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
_MOST = 20        # places that are tried
_PITCH = 1.6      # of the letter size: the widest fall between lines of one note
_WORDS = 4        # of a line in the margin
_FEWEST = 2       # lines of a document that have something in the margin
_PROSE = 6        # words of the text beside the margin, on the average
_FULL = 0.75      # of the width up to the margin: a line of the text that is longer goes on in the next
_HEAD = re.compile(
    r"\W*(?:actions?(?: (?:by|for|required|points?|owner))?|by whom|lead(?: officer)?|gweithredu)\W*", re.IGNORECASE)
_FIGURE = re.compile(r"[£€$(]?[\d.,%/:-]+\)?")


def with_margin_apart(pages: Sequence[Sequence[Part]], width: float) -> list[list[Part]]:
    """`pages` with what stands in the margin as lines aside, over which the text beside it goes on."""
    lines = [part for page in pages for part in page if isinstance(part, Line)]
    found = _margin(lines, width)
    if found is None:
        return [list(page) for page in pages]
    place, head = found
    above = {id(line) for line in lines[: head or 0]}
    heads: set[tuple[str, ...]] = set()
    text = [[part for part in page if not _is_head_again(part, place, heads)] for page in pages]
    ruled = head is not None
    return [list(_joined([piece for part in page for piece in _parted(part, place, ruled and id(part) not in above)]))
            for page in text]  # fmt: skip


def _is_head_again(part: Part, place: float, heads: set[tuple[str, ...]]) -> bool:
    """Whether a line is the heads of the columns, "No. Item ACTION", that a page before has; `heads` are those."""
    if isinstance(part, Table) or abs(part.cells[-1].left - place) > _SAME:
        return False
    if len(part.cells) == 1 and not _HEAD.fullmatch(part.text):
        return False
    texts = tuple(cell.text for cell in part.cells)
    if texts in heads:
        return True
    if part.bold and all(len(text.split()) <= _WORDS for text in texts):
        heads.add(texts)
    return False


def _margin(lines: Sequence[Line], width: float) -> tuple[int, int | None] | None:
    """Where the margin begins, and the place in `lines` of its head if it has one.

    `None` where there is none, but a table, names with offices, or two columns.
    """
    heads = [at for at, line in enumerate(lines) if _is_head(line, width)]
    headed = {id(lines[at]) for at in heads}
    beside = [line for line in lines if len(line.cells) > 1 and _is_note(line.cells[-1], width)
              and id(line) not in headed]  # fmt: skip
    beside.extend(_beside(lines, width))
    for place in sorted({round(line.cells[-1].left) for line in beside})[:_MOST]:
        head = next((at for at in heads if abs(lines[at].cells[-1].left - place) < _SAME), None)
        if _is_margin(place, beside, lines, head):
            return place, head
    return None


def _is_head(line: Line, width: float) -> bool:
    """Whether a line heads a margin: ACTION, alone or beside the heads of the text."""
    named = _is_note(line.cells[-1], width) and _HEAD.fullmatch(line.cells[-1].text)
    return bool(named) and all(len(cell.text.split()) <= _WORDS for cell in line.cells)


def _beside(lines: Sequence[Line], width: float) -> Iterator[Line]:
    """Lines of text with the note that a file gives apart from them as their last cell."""
    levels: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        levels.setdefault((line.page, round(line.y / _LEVEL)), []).append(line)
    above: Line | None = None
    for note in lines:
        if len(note.cells) == 1 and _is_note(note.cells[0], width):
            goes_on, above = above is not None and _is_below(above, note), note
            if goes_on:   # a note of several lines: the first says beside what it stands
                continue
            at = round(note.y / _LEVEL)
            near = (line for level in (at - 1, at, at + 1) for line in levels.get((note.page, level), ())[:_ABREAST])
            text = next((line for line in near if line.right < note.left and abs(line.y - note.y) < _LEVEL), None)
            if text is not None:
                yield replace(text, cells=(*text.cells, note.cells[0]), right=note.right)


def _is_below(above: Line, note: Line) -> bool:
    near = note.page == above.page and 0 < above.y - note.y < _PITCH * note.size
    return near and abs(above.left - note.left) < _SAME


def _is_margin(place: float, beside: Sequence[Line], lines: Sequence[Line], head: int | None) -> bool:
    """Whether text that goes on in the next line stands before `place`, and hardly a line crosses it.

    Under a head of its own, ACTION, the text beside it need not go on, and what stands before the head may cross it.
    """
    here = [line for line in beside if abs(line.cells[-1].left - place) < _SAME]
    words = sum(len(cell.text.split()) for line in here for cell in line.cells[:-1])
    full = sum(line.cells[-2].right - line.left > _FULL * (place - line.left) for line in here)
    if len(here) < _FEWEST or words < _PROSE * len(here) or (full * 2 < len(here) and head is None):
        return False
    before = place - _SAME
    below = lines[head or 0 :]
    return sum(any(cell.left < before < cell.right for cell in line.cells) for line in below) * 50 < len(lines)


def _is_note(cell: Cell, width: float) -> bool:
    words = cell.text.split()
    return cell.left > _FURTHEST * width and len(words) <= _WORDS and not any(map(_FIGURE.fullmatch, words))


def _parted(part: Part, place: float, ruled: bool) -> Iterator[Part]:
    """The text of a line and the note beside it; `ruled` says that the text ends where the margin begins."""
    if isinstance(part, Table):
        yield part
        return
    ends = place if ruled and part.border is None else part.border
    part = replace(part, column=0)
    if part.cells[-1].left < place - _SAME:
        yield replace(part, border=ends) if part.right < place else part
        return
    *text, note = part.cells
    if text:
        yield replace(part, right=text[-1].right, cells=tuple(text), broken=False, border=ends)
    yield replace(part, left=note.left, start=note.left, right=note.right, cells=(note,), second=None,
                  aside=True, bold=False)


def _joined(parts: Sequence[Part]) -> Iterator[Part]:
    """`parts`, in which a note of several lines is one line."""
    waiting: Line | None = None
    for part in parts:
        if isinstance(part, Line) and part.aside:
            if waiting and abs(waiting.left - part.left) < _SAME and 0 < waiting.y - part.y < _PITCH * part.size:
                note = Cell(f"{waiting.text} {part.text}", waiting.left, max(waiting.right, part.right))
                waiting = replace(part, cells=(note,), right=note.right)
                continue
            if waiting:
                yield waiting
            waiting = part
        elif isinstance(part, Line) and waiting and waiting.y - part.y < _PITCH * part.size:
            yield part
        else:
            if waiting:
                yield waiting
            waiting = None
            yield part
    if waiting:
        yield waiting
