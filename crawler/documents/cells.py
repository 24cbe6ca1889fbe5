"""Tables to blocks: what is a table of data stays one block with rows; a table that only lays out numbered paragraphs,
or the columns of a page, becomes the paragraphs it holds.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from crawler.blocks import Block, BlockKind
from crawler.numbers import typed

_MOST_CELLS = 200_000   # counting those that rows lack; a table that is larger is no table, and is given cell by cell
_SHORT = 60
_PROSE = 20
_ACTION_HEAD = re.compile(
    r"\W*(?:actions?(?: (?:by|for|required|points?|owner))?|by whom|lead(?: officer)?|gweithredu)\W*\Z", re.IGNORECASE)
_FIGURE = re.compile(r"[£€]? ?[0-9][0-9,]*(?:\.[0-9]{1,2})?(?: ?%)?")
_ACTION = re.compile(r"(?:actions?|gweithredu)\b", re.IGNORECASE)
Cell = tuple[Block, ...]
Row = tuple[Cell, ...]


def table_blocks(rows: Sequence[Row]) -> tuple[Block, ...]:
    """The blocks of a table given as rows of cells, each cell the blocks in it."""
    if len(rows) * max(map(len, rows), default=0) > _MOST_CELLS:
        return tuple(block for row in rows for cell in row for block in cell)
    kept = _without_empty(rows)
    if not kept:
        return ()
    if _is_numbered(kept) or _has_margin(kept) or _has_actions(kept):
        return tuple(block for row in kept for block in _numbered_row(row))
    if all(map(_is_indented, kept)) and sum(map(_is_begun, kept)) * 2 > len(kept):
        return tuple(block for row in kept for block in _indented_row(row))
    if len(kept[0]) == 1 or _is_layout(kept) or _is_labelled(kept):
        return tuple(block for row in kept for cell in row for block in cell)
    return (data_table(tuple(tuple(_cell_text(cell) for cell in row) for row in kept)),)


def text_table(rows: Sequence[Sequence[str]]) -> tuple[Block, ...]:
    """The blocks of a table given as rows of texts, where nothing more is known of its cells.

    Labels with their mark, "(a)", beside paragraphs are those paragraphs; all else, rows by plain figures too, is data.
    """
    kept = _without_empty([tuple((Block(text),) if text else () for text in row) for row in rows])
    marked = all(_cell_text(row[0])[-1:] in (".", ")") for row in kept if row[0])
    if kept and marked and _is_numbered(kept):
        return tuple(block for row in kept for block in _numbered_row(row))
    return (data_table(tuple(map(tuple, rows))),)


def data_table(rows: tuple[tuple[str, ...], ...]) -> Block:
    """One table block of rows of texts; its own text holds all of them, empty cells left out."""
    texts = (" | ".join(cell for cell in row if cell) for row in rows)
    return Block(" / ".join(text for text in texts if text), BlockKind.TABLE, rows=rows)


def _without_empty(rows: Sequence[Row]) -> list[Row]:
    """`rows` without those, and without the columns, that hold nothing; all of one length."""
    full = [row for row in rows if any(row)]
    columns = sorted({at for row in full for at, cell in enumerate(row) if cell})
    return [tuple(row[at] if at < len(row) else () for at in columns) for row in full]


def _is_numbered(rows: list[Row]) -> bool:
    """Whether the first column holds numbers of paragraphs and the second one the paragraphs."""
    if len(rows[0]) not in (2, 3):
        return False
    both = [row for row in rows if row[0] and row[1]]
    if len(rows[0]) == 3 and all(_FIGURE.fullmatch(_cell_text(row[2])) for row in both):   # cheques and their sums
        return False
    prose = sum(len(_cell_text(row[1])) for row in both) > 30 * len(both)
    marked = all(_cell_text(row[0])[-1:] in (".", ")") for row in both)
    return bool(both) and (prose or marked) and all(_is_number(_cell_text(row[0])) for row in both)


def _has_margin(rows: list[Row]) -> bool:
    """Whether the second of two columns is a margin beside numbered paragraphs: who is to act on each."""
    if len(rows[0]) != 2 or not all(row[0] and _is_short(row[1]) for row in rows):
        return False
    return all(_is_numbered_block(row[0][0]) for row in rows)


def _is_indented(row: Row) -> bool:
    """Whether a row is numbers one after the other (27. and (a)), prose, and at most who is to act on it."""
    numbers, rest = _parted(row)
    text = _cell_text(rest[0]) if rest else ""
    marked = all(_cell_text(number)[-1:] in (".", ")") for number in numbers)
    return marked and len(text) > _PROSE and (len(rest) == 1 or (len(rest) == 2 and _is_short(rest[1])))


def _is_begun(row: Row) -> bool:
    return bool(_parted(row)[0])


def _parted(row: Row) -> tuple[list[Cell], list[Cell]]:
    """The cells of a row that hold something: those with a number alone at its start, and the rest."""
    full = [cell for cell in row if cell]
    numbers = list(takewhile(lambda cell: _is_number(_cell_text(cell)), full))
    return numbers, full[len(numbers):]


def _indented_row(row: Row) -> Iterator[Block]:
    numbers, (text, *others) = _parted(row)
    labels = list(map(_cell_text, numbers))
    first = replace(text[0], label=labels[0], text=" ".join((*labels[1:], text[0].text))) if labels else text[0]
    yield from (first, *text[1:])
    for cell in others:
        yield from cell


def _has_actions(rows: list[Row]) -> bool:
    """Whether the second of two columns says who is to act, by its head or its words, beside paragraphs of prose."""
    if len(rows[0]) != 2 or not all(_is_short(row[1]) for row in rows):
        return False
    head, *below = rows
    titled = not head[0] or len(_cell_text(head[0])) < _SHORT
    headed = bool(below) and titled and bool(_ACTION_HEAD.match(_cell_text(head[1])))
    told = [_cell_text(row[1]) for row in rows if row[1]]
    if not headed and not all(_ACTION.match(text) for text in told):
        return False
    prose = [_cell_text(row[0]) for row in (below if headed else rows) if row[0]]
    ended = sum(text.endswith((".", ":", ";", ".”")) for text in prose)
    return ended * 3 > len(prose) * 2 and sum(map(len, prose)) > 40 * len(prose)


def _is_numbered_block(block: Block) -> bool:
    found = typed(block.text)
    return block.label is not None or (found is not None and found.certain)


def _is_short(cell: Cell) -> bool:
    return len(_cell_text(cell)) < _SHORT and all(block.kind is not BlockKind.TABLE for block in cell)


def _is_number(text: str) -> bool:
    if len(text) > 12 or " " in text:
        return False
    found = typed(f"{text} The")
    return found is not None and found.rest == "The"


def _numbered_row(row: Row) -> Iterator[Block]:
    number, text, *others = row
    if number and text and _is_number(_cell_text(number)):
        yield replace(text[0], label=_cell_text(number))
        yield from text[1:]
    else:
        yield from number
        yield from text
    for cell in others:
        yield from cell


def _is_layout(rows: list[Row]) -> bool:
    """Whether cells hold so much, or the one row holds tables of its own, that they are columns of a page."""
    return any(
        (len(rows) == 1 and any(block.kind is BlockKind.TABLE for block in cell))
        or sum(len(block.text) for block in cell) > 800
        or sum(block.label is not None or len(block.text) > 150 for block in cell) > 1
        for row in rows
        for cell in row
    )


def _is_labelled(rows: list[Row]) -> bool:
    """Whether the first of two columns holds labels ("Present:") beside paragraphs, somewhere several of them."""
    if len(rows[0]) != 2 or not any(len(row[1]) > 1 for row in rows):
        return False
    return all(_is_short(row[0]) and _cell_text(row[0]).endswith(":") for row in rows)


def _cell_text(cell: Cell) -> str:
    """The text of a cell on one line; short lines without end (names, one a line) are parted by commas."""
    texts = [f"{block.label} {block.text}" if block.label else block.text for block in cell]
    return (", " if all(map(_is_entry, cell)) else " ").join(texts)


def _is_entry(block: Block) -> bool:
    ended = block.text[-1:].isalnum() or block.text.endswith(")")
    return block.kind is not BlockKind.TABLE and len(block.text) < _SHORT and ended
