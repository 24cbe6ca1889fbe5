"""What is usual in a document (letter size, edges, distances of lines), and what it says of two of its lines."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from crawler.documents.sheet import Line

LABEL = re.compile(
    r"(?:\(\s?(?:\d{1,3}|[a-zA-Z]{1,2}|[ivxlIVXL]{1,6})\s?\)|\d{1,4}(?:[./]\d{1,4}){1,3}\.?"
    r"|(?:\d{1,4}|[a-zA-Z]|[ivxlIVXL]{1,6})[.)])(?=\s|[A-Z“]|$)"
)
ENDS = re.compile(r"[.!?:;…][”’\"')\]]*$")
OPEN = re.compile(
    r"(?:,(?: [A-Z]\.?){0,3}|\b(?:and|or|the|of|to|a|in|by|for|with|that"
    r"|(?:Mr|Mrs|Ms|Miss|Dr|Cllr|Councillor|Councillors)(?: [A-Z]\.?){0,3}))$"
)
_CLOSES = re.compile(r"[^()]{0,400}\)")
_NARROWEST = 0.7   # of a page's width: no margin is wider than the rest
_SLACK = 0.08   # of a column's width: lines broken by the number of their letters end unevenly
_EARLY, _MOSTLY, _NEARLY, _ENOUGH = 0.3, 0.8, 0.9, 5
FLUSH = 0.5   # of the letter size: what ends so near the edge of a justified column ends at it
_EXACT = 0.1  # of the letter size: how near the edge all lines end that a program justified, not a scanner
_WIDE, _LITTLE = 1.3, 1.1   # of the usual distance of lines: white space, and where all lines stand evenly
_EVEN, _ALL, _PLENTY = 1.04, 0.96, 15   # of the usual distance; what share of how many pairs of lines show it


@dataclass(frozen=True, slots=True)
class Measures:
    """What is usual in a document: letter size, distance of lines of a paragraph by size, right edge by column."""

    size: float
    pitch: dict[int, float]
    edge: dict[tuple[int, int], float]
    left: dict[tuple[int, int], float]
    bordered: dict[int, float]   # the right edge of the text in cells that lay out a page, by their right border
    slack: float = 0.0   # what a line may leave free of its column, as a share of it, and its paragraph still go on
    is_justified: bool = False   # lines that go on end at the edge, all of them
    flush: float = FLUSH   # of the letter size: how near the edge they do
    apart: float = _WIDE   # of the usual distance of lines: more is white space between paragraphs

    @classmethod
    def of(cls, lines: Sequence[Line], widths: Mapping[int, float]) -> "Measures":
        """Measured over all `lines` of a document; `widths` are those of its pages by number."""
        sizes = Counter[float]()
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
        edge = _edges(lines, widths)
        left: dict[tuple[int, int], float] = {}
        for line in lines:
            left[line.page, line.column] = min(line.left, left.get((line.page, line.column), line.left))
        size = sizes.most_common(1)[0][0] if sizes else 12.0
        made = cls(size, _pitches(lines, edge), edge, left, _bordered(lines))
        going = _going(lines, made)
        made = replace(made, apart=_LITTLE if _is_even(going, made) else _WIDE)
        return replace(
            made, slack=_SLACK if _is_spaced(lines, made) else 0.0, is_justified=_is_justified(going, made, FLUSH),
            flush=2 * _EXACT if _is_justified(going, made, _EXACT) else FLUSH,
        )  # fmt: skip

    def step(self, line: Line) -> float:
        """The usual distance from `line` to the next of its paragraph."""
        return self.pitch.get(round(line.size), 1.2 * line.size)

    def indent(self, line: Line) -> float:
        """How far the text of `line` stands from the left; from that of its column where there are columns."""
        return line.start - (self.left[line.page, line.column] if line.column else 0.0)

    def right(self, line: Line) -> float:
        """The right edge of the column that `line` stands in."""
        if line.border is not None and round(line.border) in self.bordered:
            return self.bordered[round(line.border)]
        return self.edge.get((line.page, line.column), line.right)

    def free(self, line: Line) -> float:
        """Which share of its column `line` leaves free at its end."""
        edge = self.right(line)
        return (edge - line.right) / max(edge - line.left, 1.0)


def _is_spaced(lines: Sequence[Line], measures: Measures) -> bool:
    """Whether white space stands below most lines that end early: it parts the paragraphs, not the lines' ends."""
    pairs = [(one, two) for one, two in pairwise(lines) if not is_turned(one, two) and measures.free(one) > _EARLY]
    spaced = sum(is_apart(one, two, measures) for one, two in pairs)
    return len(pairs) >= _ENOUGH and spaced > _MOSTLY * len(pairs)


def _bordered(lines: Sequence[Line]) -> dict[int, float]:
    rights: dict[int, float] = {}
    for line in lines:
        if line.border is not None and line.right < line.border:
            border = round(line.border)
            rights[border] = max(rights.get(border, 0.0), line.right)
    return rights


def _going(lines: Sequence[Line], measures: Measures) -> list[tuple[Line, Line]]:
    """Lines whose sentence plainly goes on, each with the next."""
    return [
        (one, two) for one, two in pairwise(lines)
        if not is_turned(one, two) and is_open(one.text, two.text) and not is_apart(one, two, measures)
    ]  # fmt: skip


def _is_justified(going: Sequence[tuple[Line, Line]], measures: Measures, flush: float) -> bool:
    """Whether hardly a line ends before the edge whose sentence plainly goes on in the next."""
    ending = sum(measures.right(one) - one.right < flush * one.size for one, _ in going)
    return len(going) >= _ENOUGH and ending > _NEARLY * len(going)


def _is_even(going: Sequence[tuple[Line, Line]], measures: Measures) -> bool:
    """Whether lines of one paragraph stand so evenly that a little more between two is white space."""
    even = sum(one.y - two.y < _EVEN * measures.step(one) for one, two in going)
    return len(going) >= _PLENTY and even > _ALL * len(going)


def _edges(lines: Sequence[Line], widths: Mapping[int, float]) -> dict[tuple[int, int], float]:
    """The right edge of each page's columns: what some lines of all pages as wide reach, not a single long one."""
    rights: dict[tuple[int, float], list[float]] = {}
    for line in lines:
        rights.setdefault((line.column, widths[line.page]), []).append(line.right)
    usual = {which: sorted(all_, reverse=True)[min(len(all_) // 30, 8)] for which, all_ in rights.items()}
    pages: dict[tuple[int, int], float] = {}
    for line in lines:
        key = line.page, line.column
        least = _NARROWEST * widths[line.page] if not line.column else 0.0
        pages[key] = max(pages.get(key, least), line.right)
    edges: dict[tuple[int, int], float] = {}
    for (page, column), right in pages.items():
        least = 0.0 if column else _NARROWEST * widths[page]
        known = max(usual[column, widths[page]], least)
        edges[page, column] = right if right > known + 60 or (column and right < known - 60) else known
    return edges


def _pitches(lines: Sequence[Line], edge: dict[tuple[int, int], float]) -> dict[int, float]:
    """By letter size the distance of two lines of which the first is full: those are mostly of one paragraph.

    The least of those that are usual, for where paragraphs are short most full lines are the last of theirs.
    """
    counts: dict[int, Counter[float]] = {}
    for one, two in pairwise(lines):
        falls = one.y - two.y
        full = one.right > edge[one.page, one.column] - 0.15 * (one.right - one.left)
        alike = (one.page, one.bold, round(one.size)) == (two.page, two.bold, round(two.size))
        if full and alike and 0.8 * one.size < falls < 3 * one.size:
            counts.setdefault(round(one.size), Counter())[round(falls, 1)] += 1
    return {size: _least_usual(falls) for size, falls in counts.items()}


def _least_usual(falls: Counter[float]) -> float:
    """The least distance that is at least a fifth as frequent as the most frequent one."""
    most = max(falls.values())
    return min(fall for fall, count in falls.items() if count * 5 >= most)


def is_turned(last: Line, line: Line) -> bool:
    """Whether a page or a column ends between two lines."""
    return (last.page, last.column) != (line.page, line.column)


def is_apart(last: Line, line: Line, measures: Measures) -> bool:
    """Whether white space parts two lines, or over a page's end a colon."""
    if is_turned(last, line):
        return last.text.endswith(":")
    falls = last.y - line.y
    if is_open(last.text, line.text):
        return falls < 0 or falls > _WIDE * measures.step(last)
    return falls < 0 or falls > measures.apart * measures.step(last)


def is_open(before: str, after: str) -> bool:
    """Whether the sentence plainly goes on: by its last word, a bracket that is open, initials without a name."""
    if before.rfind("(") > before.rfind(")") and _CLOSES.match(after):
        return True
    return bool(OPEN.search(before)) or (after[:1].islower() and not ENDS.search(before) and not LABEL.match(after))
