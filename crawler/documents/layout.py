"""Sheets to blocks: lines joined to paragraphs, over page ends too; tables; headings and levels by their look."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, pairwise

from crawler.blocks import Block, BlockKind, one_line
from crawler.documents.cells import text_table
from crawler.documents.footnotes import with_notes_placed
from crawler.documents.furniture import Part, without_furniture
from crawler.documents.hyphens import Vocabulary, whole_words
from crawler.documents.lines import sheet_parts
from crawler.documents.lists import lists_names
from crawler.documents.margin import with_margin_apart
from crawler.documents.measures import ENDS, FLUSH, LABEL, OPEN, Measures, is_apart, is_open, is_turned
from crawler.documents.sheet import Cell, Line, Sheet, Table, is_figure
from crawler.documents.tables import continued, edges_alike
from crawler.numbers import is_amount, typed

_DECIDES = re.compile(r"(?:RESOLVED|RECOMMENDED|AGREED|ORDERED|PENDERFYNWYD)\b")   # opens a paragraph after a sentence
_RULED = re.compile(r"_{4}|…{3}|\.{6}|-{6}")   # a place to sign or to fill in
_SIDE_LABEL = re.compile(r"[^\W\d_][\w ’'/-]{1,40}:")   # set off from its text by a gap: "Officers:"
_DEEPEST = 0.6   # of a column's width: a first line that begins further in is a note at the edge
_FIRST = 4.0     # of the letter size: the widest indent of a paragraph's first line
_INDENT = 6.0   # points: less is no step of indentation


def sheet_blocks(sheets: Sequence[Sheet]) -> tuple[Block, ...]:
    """The text of all `sheets` in reading order, without page furniture."""
    noted = with_notes_placed([sheet_parts(sheet) for sheet in sheets])
    pages = without_furniture(noted, [sheet.height for sheet in sheets])
    parts = with_margin_apart(pages, max((sheet.width for sheet in sheets), default=0.0))
    widths = {sheet.number: sheet.width for sheet in sheets}
    printed = [part for page in parts for part in page if isinstance(part, Line) and not part.aside]
    measures = Measures.of(printed, widths)
    groups = list(_tables_joined(_paragraphs([part for page in parts for part in page], measures)))
    lines = [line for group in groups if not isinstance(group, Table) for line in group]
    words = Vocabulary(whole_words((line.text, line.broken) for line in lines))
    steps = _steps([group[0] for group in groups if not isinstance(group, Table)])
    stamps = dict.fromkeys(text for sheet in sheets if (text := one_line(" ".join(sheet.stamps))))
    heads = tuple(Block(text, BlockKind.HEADING, page=1) for text in stamps)
    blocks = (block for group in groups for block in _blocks(group, words, steps, measures))
    return heads + tuple(block for block in blocks if block.text)


def _paragraphs(parts: Sequence[Part], measures: Measures) -> Iterator[list[Line] | Table]:
    rows = _row_runs(parts)
    group: list[Line] = []
    aside: list[Line] = []
    for at, part in enumerate(parts):
        if isinstance(part, Table) or at in rows:
            yield from _ended(group, aside)
            group, aside = [], []
            if isinstance(part, Table):
                yield part
            elif rows[at]:
                yield _unruled(rows[at])
        elif part.aside:
            aside.append(part)
        elif group and continues(group, part, measures):
            group.append(part)
        else:
            yield from _ended(group, aside)
            group, aside = [part], []
    yield from _ended(group, aside)


def _ended(group: list[Line], aside: Sequence[Line]) -> Iterator[list[Line]]:
    """A finished paragraph, and the running heads that stand where its pages part, or before it."""
    if group:
        yield group
    yield from ([line] for line in aside)


def _row_runs(parts: Sequence[Part]) -> dict[int, list[Line]]:
    """Lines that stand in evident columns without drawn lines, by place in `parts`; the first place holds them all."""
    runs: dict[int, list[Line]] = {}
    run: list[Line] = []
    for at in range(len(parts) + 1):
        part = parts[at] if at < len(parts) else None
        if isinstance(part, Line) and (_is_next_row(run, part) if run else _is_row(part)):
            run.append(part)
            continue
        if sum(map(_is_row, run)) > 1:
            runs.update({each: [] for each in range(at - len(run), at)})
            runs[at - len(run)] = run
        run = [part] if isinstance(part, Line) and _is_row(part) else []
    return runs


def _is_next_row(run: Sequence[Line], line: Line) -> bool:
    """Whether `line` is a row more: with as many cells as the last, or close below, of the longer of lists of names."""
    last, head = run[-1], run[0]
    if _is_row(line) and (_same_columns(last, line) or _stands_below(head, last, line)):
        return True
    near = line.page == last.page and 0 < last.y - line.y < 1.6 * line.size
    if not near or len(run) < 2 or len(line.cells) > len(head.cells) or not all(map(lists_names, (*run[1:], line))):
        return False
    ends = [*(cell.left for cell in head.cells[1:]), float("inf")]
    return all((at := _column(head, cell)) is not None and cell.right < ends[at] for cell in line.cells)


def _stands_below(head: Line, last: Line, line: Line) -> bool:
    """Whether the figures of `line` stand each in a column of their own of the row `head`, or else none is missing."""
    near = last.page == line.page and 0 < last.y - line.y < 3.2 * last.size
    if not near or len(line.cells) > len(head.cells) or not (has_figures(head) and has_figures(line)):
        return False
    columns = [_column(head, cell) for cell in line.cells]
    return None not in columns and len(set(columns)) == len(columns)


def has_figures(line: Line) -> bool:
    """Whether a line is a row of figures, with or without words before them."""
    return len(line.cells) > 2 and sum(is_figure(cell.text) for cell in line.cells) * 2 >= len(line.cells)


def _column(head: Line, cell: Cell) -> int | None:
    """The place in the row `head` of the column that `cell` begins with, or of figures ends with."""
    level = (at for at, above in enumerate(head.cells) if abs(above.left - cell.left) < _INDENT)
    right = (at for at, above in enumerate(head.cells)
             if abs(above.right - cell.right) < _INDENT and is_figure(cell.text))  # fmt: skip
    return next(chain(right, level), None)


def _is_row(line: Line) -> bool:
    cells = line.cells
    if line.aside:
        return False
    return len(cells) > 2 or (len(cells) == 2 and not LABEL.fullmatch(cells[0].text) and not line.bullet)


def _same_columns(one: Part, two: Line) -> bool:
    if not isinstance(one, Line) or one.page != two.page or one.y - two.y > 3.2 * one.size:
        return False
    return len(one.cells) == len(two.cells) and all(
        abs(above.left - below.left) < 4 or abs(above.right - below.right) < 4
        for above, below in zip(one.cells[1:], two.cells[1:], strict=True)
    )


def _unruled(lines: Sequence[Line]) -> Table:
    head = lines[0]
    edges = tuple(cell.left for cell in head.cells[1:])
    return Table(head.page, head.y, tuple(_unruled_row(head, line) for line in lines), edges)


def _unruled_row(head: Line, line: Line) -> tuple[str, ...]:
    """The texts of a row by the columns of the first; cells that it lacks are empty."""
    if len(line.cells) == len(head.cells):
        return tuple(cell.text for cell in line.cells)
    texts = {_column(head, cell): cell.text for cell in line.cells}
    return tuple(texts.get(at, "") for at in range(len(head.cells)))


def _tables_joined(groups: Iterable[list[Line] | Table]) -> Iterator[list[Line] | Table]:
    before: Table | None = None
    for group in groups:
        if before and isinstance(group, Table) and _goes_on(before, group):
            before = continued(before, group)
            continue
        if before:
            yield before
        before = group if isinstance(group, Table) else None
        if not isinstance(group, Table):
            yield group
    if before:
        yield before


def _goes_on(before: Table, table: Table) -> bool:
    return table.page == before.page + 1 and edges_alike(before.edges, table.edges)


def continues(group: Sequence[Line], line: Line, measures: Measures) -> bool:
    """Whether `line` belongs to the paragraph of `group`."""
    last = group[-1]
    if _begins(last, line):
        return False
    if last.broken and is_turned(last, line):
        return True
    if has_figures(line):   # the last line of the words before them
        return not is_apart(last, line, measures)
    parted = is_apart(last, line, measures) or _is_labelled(group, line) or _is_short(group, line, measures)
    return not parted and _is_aligned(group, line, measures)


def _begins(last: Line, line: Line) -> bool:
    """Whether the look of `line` alone says that it is no more of the paragraph of `last`."""
    if has_figures(last) or _opens_row(last, line) or bool(line.column) != bool(last.column):
        return True
    if (last.border is None) != (line.border is None) or abs((last.border or 0) - (line.border or 0)) > _INDENT:
        return True
    if line.bullet or _RULED.search(line.text) or _RULED.search(last.text):
        return True
    labelled = len(line.cells) > 1 and _SIDE_LABEL.fullmatch(line.cells[0].text)
    decides = _DECIDES.match(line.text) and ENDS.search(last.text)
    if labelled or decides or abs(line.size - last.size) > 0.15 * max(line.size, last.size):
        return True
    if last.bold != line.bold and last.italic != line.italic:
        return True
    if last.bold and len(last.cells) > 2 and len(line.cells) < len(last.cells):   # the heads of a table's columns
        return True
    changed = (last.bold, last.underlined) != (line.bold, line.underlined)
    return changed and (is_turned(last, line) or bool(ENDS.search(last.text)))


def _opens_row(last: Line, line: Line) -> bool:
    """Whether `line` is a row of figures and not the last line of the words before them, which take several."""
    goes_on = last.right < line.cells[-1].left and is_open(last.text, line.text)
    return has_figures(line) and (is_figure(line.cells[0].text) or not goes_on)


def _is_labelled(group: Sequence[Line], line: Line) -> bool:
    """Whether `line` begins with a label that opens a paragraph, and is no wrapped line that happens to."""
    if not LABEL.match(line.text):
        return is_turned(group[-1], line) and bool(ENDS.search(group[-1].text)) and _is_reference(line.text)
    first, last = group[0], group[-1]
    if not ENDS.search(last.text) and (is_amount(line.text) or _is_mid_sentence(last.text, line.text)):
        return False
    hanging = len(group) > 1 and group[1].start > first.start + _INDENT
    if hanging or (len(group) == 1 and LABEL.match(first.text)):
        inside = group[1].start if hanging else _text_start(first)
        if abs(line.start - inside) > _INDENT:
            return True
    listed = last.text.endswith((",", " and", " or")) and "/" not in line.text.split(" ")[0]
    return listed or bool(ENDS.search(last.text))


def _is_mid_sentence(before: str, after: str) -> bool:
    """Whether a number after these words is one of the sentence: "the budget for 2018/19 and", "paragraph 3.2."."""
    found = typed(after)
    if found and not found.rest:
        return after.endswith(".") and before[-1:].islower()
    open_ = bool(OPEN.search(before)) and not before.endswith((",", " and", " or"))
    return open_ and not (found and found.certain)


def _is_reference(text: str) -> bool:
    """Whether `text` begins with a minute's number of letters and figures: "PLA153/18 Rights of way"."""
    found = typed(text)
    return bool(found and found.certain)


def _text_start(line: Line) -> float:
    """Where the text after a line's label begins; its own start when nothing shows it."""
    return line.second or line.start


def _is_short(group: Sequence[Line], line: Line, measures: Measures) -> bool:
    """Whether the last line of `group` ends so early that the next word would have found room: its end was meant."""
    last = group[-1]
    edge = measures.right(last)
    if _is_centred(last, line) and not _is_indented(last, line, measures):
        # A margin as wide on the left: the column is twice as wide as from the middle.
        width = 2 * edge - last.left - last.right
        return last.right - last.left + line.first + 0.3 * last.size < width - 1.0
    room = edge - last.right - line.first - 0.3 * last.size
    if is_open(last.text, line.text):
        exact = measures.is_justified and measures.flush < FLUSH and last.column == 0   # such a line would be stretched
        if exact and last.text.endswith(",") and line.text[0].isupper() and edge - last.right > last.size:
            return True
        label = last.bold and line.bold and line.text[0].islower()   # in a narrow column: "Members in", "attendance"
        return room > 0.3 * (edge - last.left) and not label
    ends = bool(ENDS.search(last.text))
    ragged = last.broken or any(edge - each.right > FLUSH * each.size for each in group[:-1])
    plain = (ends or line.text[0].isupper()) and last.column == 0 and not ragged
    plain = plain and not (last.bold and line.bold)
    if plain and measures.is_justified and edge - last.right > measures.flush * last.size:
        return True
    ended = ends and is_turned(last, line)   # over a page's end no white space tells
    return room > (1.0 if ended else max(1.0, measures.slack * (edge - last.left)))


def _is_indented(one: Line, two: Line, measures: Measures) -> bool:
    """Whether the first of two lines begins a paragraph by an indent, and its sentence goes on at the column's edge."""
    edge = measures.left.get((two.page, two.column), two.left)
    return one.left - two.left < _FIRST * one.size and two.left - edge < 1.0 and is_open(one.text, two.text)


def _is_centred(one: Line, two: Line) -> bool:
    """Whether two lines are set around one middle, and the second hangs from no bullet, label or tab of the first."""
    hangs = (one.second, *(cell.left for cell in one.cells[1:]))
    if one.bullet or two.bullet or any(place is not None and abs(two.start - place) < 1.0 for place in hangs):
        return False
    return abs((one.left + one.right) - (two.left + two.right)) < 6 and abs(one.left - two.left) > _INDENT


def _is_aligned(group: Sequence[Line], line: Line, measures: Measures) -> bool:
    last = group[-1]
    if _is_centred(last, line):
        return True
    shift = measures.indent(line) - measures.indent(last)
    if len(group) > 1:
        return abs(shift) < _INDENT or is_open(last.text, line.text)
    if shift > _INDENT:   # a hanging indent, or the first line of an indented paragraph
        tabbed = any(abs(cell.left - line.start) < _INDENT for cell in last.cells)
        return tabbed or last.bullet or bool(LABEL.match(last.text)) or not ENDS.search(last.text)
    return -shift < _DEEPEST * (measures.right(last) - line.start) or is_open(last.text, line.text)


def _steps(firsts: Sequence[Line]) -> list[float]:
    """The places at which paragraphs begin, from the left: the steps of indentation."""
    places = Counter(round(line.left / 3) for line in firsts if line.column == 0)
    steps: list[float] = []
    for place, count in sorted(places.items()):
        if count > 1 and (not steps or place * 3 - steps[-1] > _INDENT):
            steps.append(place * 3)
    return steps


def _blocks(
    group: list[Line] | Table, words: Vocabulary, steps: Sequence[float], measures: Measures
) -> Iterator[Block]:
    if not isinstance(group, Table):
        yield _block(group, words, steps, measures)
        return
    for block in text_table([tuple(map(one_line, row)) for row in group.rows]):
        yield replace(block, page=group.page)


def _block(group: Sequence[Line], words: Vocabulary, steps: Sequence[float], measures: Measures) -> Block:
    first = group[0]
    text = one_line(_text(group, words))
    bold = all(line.bold for line in group)
    stressed = bold or all(line.underlined for line in group)
    level = sum(1 for step in steps if first.left > step + _INDENT) if first.column == 0 else 0
    return Block(text, _kind(group, text, stressed, measures), level=level, bold=bold, page=first.page)


def _text(group: Sequence[Line], words: Vocabulary) -> str:
    text = group[0].text
    for before, line in pairwise(group):
        text = words.rejoin(text, line.text) if before.broken else f"{text} {line.text}"
    return text + "-" if group[-1].broken else text


def _kind(group: Sequence[Line], text: str, stressed: bool, measures: Measures) -> BlockKind:
    if group[0].bullet:
        return BlockKind.LIST_ITEM
    large = group[0].size > 1.15 * measures.size
    capitals = text.isupper() and len(re.sub(r"[^A-Z]", "", text)) > 4
    looks = (stressed or large or capitals) and len(text) <= 200 and not re.search(r"[.;,]$", text)
    return BlockKind.HEADING if looks else BlockKind.PARAGRAPH
