"""Lists set side by side, such as who voted how, that a file gives one after the other: as the rows a reader sees.

A table without drawn lines comes out of a PDF cell by cell, and each of its cells may hold a list, one name a line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from crawler.documents.sheet import Cell, Line

_LEVEL = 0.4    # of the letter size: what stands at one height
_NEAR = 2.2     # of the letter size: the widest fall from one line of a list to its next
_ALIGNED = 4.0  # points
_LEAST = 4      # lines of lists side by side
_WORDS = 8      # of a line that is one of a list, and no line of prose
_MOST = 800     # lines of one page that are looked at
_PARTICLES = frozenset(("de", "van", "von", "ap", "ab", "le", "la", "y"))   # of names


def as_rows(lines: Sequence[Line]) -> list[Line]:
    """`lines`, in which lists side by side are rows with a cell of each list."""
    if len(lines) > _MOST:
        return list(lines)
    out: list[Line] = []
    at = 0
    while at < len(lines):
        columns, end = _columns(lines, at)
        rows = list(_rows(columns)) if len(columns) > 1 and _are_lists(columns) else []
        if len(rows) > 1 and len(rows[0].cells) == len(columns) and len(rows[1].cells) > 1:
            out.extend(rows)
            at = end
        else:
            out.append(lines[at])
            at += 1
    return out


def _columns(lines: Sequence[Line], at: int) -> tuple[list[list[Line]], int]:
    """The columns that begin with the line at place `at`, and the place after the last line of theirs."""
    first = lines[at]
    columns = [[first]]
    if first.column:   # of prose
        return columns, at + 1
    for place in range(at + 1, len(lines)):
        line, last = lines[place], columns[-1][-1]
        falls = last.y - line.y
        if len(line.cells) == 1 and abs(line.left - last.left) < _ALIGNED and 0 < falls < _NEAR * line.size:
            columns[-1].append(line)
        elif falls < 0 and _is_level(first, line) and line.left > max(each.right for each in columns[-1]):
            columns.extend([_alone(line, cell)] for cell in line.cells)
        else:
            return columns, place
    return columns, len(lines)


def _is_level(one: Line, other: Line) -> bool:
    return abs(one.y - other.y) < _LEVEL * other.size


def _alone(line: Line, cell: Cell) -> Line:
    return replace(line, left=cell.left, start=cell.left, right=cell.right, cells=(cell,))


def _are_lists(columns: Sequence[Sequence[Line]]) -> bool:
    """Whether the lines are short, begin as names and figures do, and stand beside each other."""
    lines = [line for column in columns for line in column]
    words = [len(line.text.split()) for line in lines]
    if len(lines) < _LEAST or max(words) > _WORDS or sum(words) > 5 * len(lines):
        return False
    begun = sum(line.text[:1].isupper() or line.text[:1].isdigit() for line in lines)
    longest = max(columns, key=len)
    level = sum(any(_is_level(line, other) for other in longest) for line in lines)
    plain = all(len(line.cells) == 1 and not line.bullet for line in lines)
    return plain and begun * 5 > len(lines) * 4 and level * 5 > len(lines) * 4


def _rows(columns: Sequence[Sequence[Line]]) -> Iterator[Line]:
    row: list[Line] = []
    for line in sorted((line for column in columns for line in column), key=lambda line: -line.y):
        if row and not _is_level(row[0], line):
            yield _row(row)
            row = []
        row.append(line)
    yield _row(row)


def _row(lines: Sequence[Line]) -> Line:
    across = sorted(lines, key=lambda line: line.left)
    first, last = across[0], across[-1]
    return replace(
        first, right=last.right, cells=tuple(cell for line in across for cell in line.cells),
        bold=all(line.bold for line in across), broken=last.broken, second=None,
    )  # fmt: skip


def lists_names(line: Line) -> bool:
    """Whether each cell of a line is capitalised words, as a name is, or the number of those above: "(14)"."""
    return not line.bullet and all(_is_name(cell.text.split()) for cell in line.cells)


def _is_name(words: Sequence[str]) -> bool:
    if len(words) == 1:
        return words[0].strip("()").isdigit()
    return len(words) < 7 and all(word[0].isupper() or word in _PARTICLES for word in words)
