"""The words of a sheet as printed lines in reading order, its ruled tables apart."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from crawler.documents.lists import as_rows
from crawler.documents.measures import LABEL
from crawler.documents.order import in_place
from crawler.documents.sheet import Cell, Line, Rule, Sheet, Table, Word, is_figure
from crawler.documents.tables import Border, grids, table_of

BULLETS = frozenset("•·▪■□◦●○‣⁃∙►▶❖✓✔➢➤\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf02d\uf0a8")
_DASHES = frozenset("-–—")
_HYPHENS = ("-", "\u2010", "\u00ad")   # typed, of a typesetter's, soft
_GAP = 1.4         # of the letter size: a wider space parts columns
_FIGURES_GAP = 0.45  # of the letter size: between figures, which stand in columns close to each other
_SAME_LINE = 0.45  # of the letter size: raised and lowered letters stay on their line
_MOST_MARKS = 100   # of one page that are joined to their lines
_HANGS = 5.0       # of the letter size: the widest gap between a label and its text
_NOTE = 4          # words of a line in a narrow cell at the edge
_NUMBER = 12       # letters of a number in a cell of its own, at most
_MOST = 800        # lines of one page that are put in order by their places


def sheet_parts(sheet: Sheet) -> tuple[Line | Table, ...]:
    """The lines and the ruled tables of `sheet` in reading order."""
    frames = grids(sheet.rules)
    at = [next((n for n, frame in enumerate(frames) if frame.holds(word)), -1) for word in sheet.words]
    tables = {
        n: table
        for n, frame in enumerate(frames)
        if (table := table_of(frame, _inside(sheet.words, at, n), sheet.number))
    }
    borders = {id(word): frames[own].border(word) for word, own in zip(sheet.words, at, strict=True)
               if own >= 0 and own not in tables}  # fmt: skip
    loose: list[Word] = []
    parts: list[Line | Table] = []
    for word, own in zip(sheet.words, at, strict=True):
        if own not in tables:
            loose.append(word)
        elif (table := tables[own]) not in parts:
            parts.extend(_read(loose, sheet, borders))
            parts.append(table)
            loose = []
    return tuple(in_place((*parts, *_read(loose, sheet, borders))))


def _inside(words: Sequence[Word], at: Sequence[int], frame: int) -> list[Word]:
    return [word for word, own in zip(words, at, strict=True) if own == frame]


def _read(words: Sequence[Word], sheet: Sheet, borders: Mapping[int, Border]) -> list[Line]:
    """`words` as lines; `borders` are the right borders of cells in which a page is laid out, by the words in them."""
    level = [rule for rule in sheet.rules if rule.level]
    found = ((group, _line(group, sheet.number)) for group in _groups(words, borders))
    lines = _marked([
        _underlined(_bordered(line, borders.get(id(group[-1])), group), level) for group, line in found
    ])  # fmt: skip
    if _disordered(lines):
        return _in_columns(as_rows(_by_place(lines)))
    return _in_columns(as_rows(_parted(lines)))


def _marked(lines: list[Line]) -> list[Line]:
    """`lines`, in which a bullet or a label that the file gives after its line, at its height, opens that line."""
    alone = [at for at, line in enumerate(lines) if line.text in BULLETS or LABEL.fullmatch(line.text)]
    gone: set[int] = set()
    for at in alone[:_MOST_MARKS]:
        mark = lines[at]
        beside = (
            place for place, line in enumerate(lines)
            if place != at and abs(line.y - mark.y) <= _SAME_LINE * line.size and line.left > mark.right
        )  # fmt: skip
        first = min(beside, key=lambda place: lines[place].left, default=None)
        if first is None or lines[first].bullet:
            continue
        if mark.text in BULLETS:
            lines[first] = replace(lines[first], left=mark.left, bullet=True)
            gone.add(at)
        elif first < at and lines[first].left - mark.right < _HANGS * mark.size and not LABEL.match(lines[first].text):
            lines[first] = _labelled(mark, lines[first])
            gone.add(at)
    return [line for at, line in enumerate(lines) if at not in gone]


def _labelled(label: Line, line: Line) -> Line:
    """`line` with its label before it."""
    cells = (*label.cells, *line.cells)
    return replace(line, left=label.left, start=label.left, second=line.left, cells=cells, first=label.first)


def _bordered(line: Line, border: Border | None, group: Sequence[Word]) -> Line:
    """`line`, knowing the cell that it ends in; over a few words in a narrow last one the text goes on."""
    if border is None:
        return line
    return replace(line, border=border.right, aside=border.narrow and len(group) <= _NOTE and len(line.cells) == 1)


def _groups(words: Iterable[Word], borders: Mapping[int, Border]) -> Iterator[list[Word]]:
    group: list[Word] = []
    for word in words:
        if group and (not _same_line(group[-1], word) or _crosses(group, word, borders)):
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def _crosses(group: Sequence[Word], word: Word, borders: Mapping[int, Border]) -> bool:
    """Whether a border stands between words in which a page is laid out, and no number before it."""
    before, after = borders.get(id(group[-1])), borders.get(id(word))
    if before is None or after is None or before == after or _is_number(group):
        return False
    return not (word.bold and all(each.bold for each in group))   # the heads of columns


def _is_number(group: Sequence[Word]) -> bool:
    text = " ".join(word.text for word in group)
    return (len(text) <= _NUMBER and any(map(str.isdigit, text))) or bool(LABEL.fullmatch(text))


def _same_line(before: Word, word: Word) -> bool:
    size = max(before.size, word.size)
    return abs(word.y - before.y) <= _SAME_LINE * size and word.left > before.right - size


def _line(words: Sequence[Word], page: int) -> Line:
    words = [*words[:-1], _unbroken(words[-1])]
    bullet = len(words) > 1 and _is_bullet(words[0], words[1])
    shown = words[1:] if bullet else words
    size, y = _usual(shown)
    bold = all(word.bold for word in shown if any(map(str.isalnum, word.text)))
    return Line(
        page, words[0].left, words[-1].right, y, size, _cells(shown), shown[0].right - shown[0].left,
        bold=bold and any(word.bold for word in shown), italic=all(word.italic for word in shown), bullet=bullet,
        broken=words[-1].broken, start=shown[0].left, second=shown[1].left if len(shown) > 1 else None,
    )


def _underlined(line: Line, level: Sequence[Rule]) -> Line:
    """`line`, knowing whether lines are drawn under all of it and under nothing else."""
    below = [rule for rule in level if 0 < line.y - rule.bottom < 0.35 * line.size]
    left, right = line.start - line.size, line.right + line.size
    drawn = sum(rule.right - rule.left for rule in below if left < rule.left and rule.right < right)
    return replace(line, underlined=True) if drawn > 0.8 * (line.right - line.start) else line


def _unbroken(word: Word) -> Word:
    """The last word of a line; a hyphen that ends it is taken off and told apart from its letters."""
    hyphened = len(word.text) > 1 and word.text.endswith(_HYPHENS) and word.text[-2].isalnum()
    return replace(word, text=word.text[:-1], broken=True) if hyphened else word


def _usual(words: Sequence[Word]) -> tuple[float, float]:
    """Size and height of the longest word: a raised "th" or a number in small print does not speak for the line."""
    longest = max(words, key=lambda word: len(word.text))
    return longest.size, longest.y


def _is_bullet(word: Word, after: Word) -> bool:
    if len(word.text) > 1:
        return False
    wide = after.left - word.right > 0.5 * word.size
    return word.text in BULLETS or word.symbol or (wide and (word.text in _DASHES or word.text == "o"))


def _cells(words: Sequence[Word]) -> tuple[Cell, ...]:
    cells: list[list[Word]] = [[words[0]]]
    for before, word in pairwise(words):
        gap, size = word.left - before.right, max(before.size, word.size)
        if gap > _GAP * size or (gap > _FIGURES_GAP * size and is_figure(before.text) and is_figure(word.text)):
            cells.append([word])
        else:
            cells[-1].append(word)
    return tuple(Cell(_spaced(cell), cell[0].left, cell[-1].right) for cell in cells)


def _spaced(words: Sequence[Word]) -> str:
    """Words with spaces; none where a hyphen that PDFium took for a line's end stands inside a line.

    Nor before a mark that follows a raised number without a space.
    """
    text = words[0].text
    for before, word in pairwise(words):
        touches = word.text[0] in ",.;:)" and word.left - before.right < 0.1 * word.size
        text += ("-" if before.broken else "" if touches else " ") + word.text
    return text


def _disordered(lines: Sequence[Line]) -> bool:
    """Whether the file gives the lines in no order that a reader would follow."""
    back = sum(1 for one, two in pairwise(lines) if two.y > one.y + two.size and two.left < one.right)
    return back > 3 and back * 7 > len(lines)


def _in_columns(lines: Sequence[Line]) -> list[Line]:
    """Lines that know their column, where the text goes up again to the right of what it has filled."""
    found = list(lines)
    for at in range(1, len(lines) if len(lines) <= _MOST else 0):
        if lines[at].y > lines[at - 1].y + 2 * lines[at].size:
            beside, after = _beside(lines, at)
            column = max(found[at - 1].column, 1)
            for each in beside:
                found[each] = replace(found[each], column=found[each].column or column)
            for each in after:
                found[each] = replace(found[each], column=column + 1)
    return found


def _beside(lines: Sequence[Line], at: int) -> tuple[list[int], list[int]]:
    """The column before the line at place `at` and the one that it begins; nothing where it begins none."""
    first = lines[at]
    before = _run(range(at - 1, -1, -1), lines, lambda each: each.y <= first.y + first.size)
    after = _run(range(at, len(lines)), lines, lambda each: each.left > first.left - first.size)
    if min(len(before), len(after)) < 3 or max(lines[each].right for each in before) >= first.left:
        return [], []
    return before, after


def _run(places: Iterable[int], lines: Sequence[Line], fits: Callable[[Line], bool]) -> list[int]:
    """The first of `places` whose lines fit and go down the page, up to one that does not."""
    run: list[int] = []
    for at in places:
        if not fits(lines[at]) or (run and (lines[at].y < lines[run[-1]].y) is not (at > run[-1])):
            break
        run.append(at)
    return run


def _parted(lines: Sequence[Line]) -> list[Line]:
    """Lines that run across two columns of prose, cut there: the left column first."""
    gutter = _gutter(lines)
    if gutter is None:
        return list(lines)
    out: list[Line] = []
    right: list[Line] = []
    for line in lines:
        halves = [tuple(cell for cell in line.cells if (cell.left >= gutter) is side) for side in (False, True)]
        if line.left < gutter < line.right and not all(halves):
            out.extend(right)   # a line over the full width ends the columns
            right = []
        if halves[0]:
            out.append(_part(line, halves[0], 1 if all(halves) or line.right < gutter else 0))
        if halves[1]:
            right.append(_part(line, halves[1], 2))
    return out + right


def _part(line: Line, cells: tuple[Cell, ...], column: int) -> Line:
    if cells == line.cells:
        return replace(line, column=column)
    first = len(cells[0].text.split(" ")[0]) * line.size / 2
    whole = cells[-1] is line.cells[-1]
    return replace(
        line, left=cells[0].left, start=cells[0].left, second=None, right=cells[-1].right, cells=cells, first=first,
        column=column, bullet=line.bullet and cells[0] is line.cells[0], broken=line.broken and whole,
    )


def _gutter(lines: Sequence[Line]) -> float | None:
    """The place where two columns of prose begin their right one; `None` for anything else."""
    pairs = [(line.cells[0], line.cells[1]) for line in lines if len(line.cells) == 2]
    crossings = [
        (one.cells[0], two.cells[0])
        for one, two in pairwise(lines)
        if len(one.cells) == len(two.cells) == 1 and two.left > one.right and abs(one.y - two.y) < two.size
    ]
    beside = pairs + crossings
    if len(beside) < 10 or len(beside) * 2 + len(crossings) < len(lines):
        return None
    place = median(right.left for _, right in beside)
    inside = [cells for cells in beside if abs(cells[1].left - place) < 4 and cells[0].right < place]
    prose = sum(len(cell.text.split()) for cells in inside for cell in cells)
    return place - 2 if len(inside) * 10 > len(beside) * 8 and prose > 8 * len(inside) else None


def _by_place(lines: Sequence[Line]) -> list[Line]:
    """Lines in the order of their places: over a gap between columns first the left side, else from the top."""
    if len(lines) < 2 or len(lines) > _MOST:
        return sorted(lines, key=lambda line: (-line.y, line.left))
    gap = _widest_gap(lines)
    if gap is not None:
        left = [line for line in lines if line.right <= gap]
        return _by_place(left) + _by_place([line for line in lines if line.right > gap])
    bands = list(_bands(sorted(lines, key=lambda line: -line.y)))
    if len(bands) == 1:
        return sorted(lines, key=lambda line: (-round(line.y / 4), line.left))
    return [line for band in bands for line in _by_place(band)]


def _widest_gap(lines: Sequence[Line]) -> float | None:
    reach, best = -1.0, (0.0, 0.0)
    for line in sorted(lines, key=lambda line: line.left):
        if reach >= 0:
            best = max(best, (line.left - reach, reach))
        reach = max(reach, line.right)
    sides = sum(1 for line in lines if line.right <= best[1])
    return best[1] if best[0] > 10 and min(sides, len(lines) - sides) > 3 else None


def _bands(lines: Sequence[Line]) -> Iterator[list[Line]]:
    band = [lines[0]]
    for before, line in pairwise(lines):
        if before.y - line.y > 2 * line.size:
            yield band
            band = []
        band.append(line)
    yield band
