"""Tables by the lines that are drawn around their cells."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from crawler.documents.sheet import Rule, Table, Word

_NARROW = 0.25     # of a row's width
_NEAR = 3.0        # points within which drawn lines touch
_MOST_RULES = 600  # joined lines of one page; more is a chart or a map
_NUMBER = re.compile(r"\(?\d{1,4}(?:[./]\d{1,4})*[a-z]?[.)]{0,2}")
_NAMED = 8         # words of a line that is a name with an office, at most
_OPENS_NAME = re.compile(   # a title, initials, or a label: "Clerk: Fay Fox"
    r"(?:Y )?(?:Cllrs?|Councillors?|Cyng\w*|Ald\w*|Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Dame|Prof\w*|Revd?|Cr|County Cllr)\b\.? "
    r"|(?:[A-Z]\.? ?){1,3}(?<=[. ])[A-Z][\w’'-]*[a-z]|[^\W\d][\w ]{1,30}: "
)
_PROSE = 60        # words: a cell this full, among few columns, is a page laid out by a table, no table


@dataclass(frozen=True, slots=True)
class Border:
    """The right border of a cell; `narrow` says that the cell is the last of its row and much narrower than the row."""

    right: float
    narrow: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A frame of drawn lines; `rows` are the heights of its level lines from the top, `uprights` what parts columns."""

    left: float
    bottom: float
    right: float
    top: float
    rows: tuple[float, ...]
    uprights: tuple[Rule, ...]

    def holds(self, word: Word) -> bool:
        """Whether `word` stands in the frame."""
        return self.bottom <= word.y + word.size / 3 <= self.top and self.left - _NEAR <= word.left < self.right

    def border(self, word: Word) -> Border:
        """The right border of the cell that `word` stands in."""
        height = word.y + word.size / 3
        row = next((at for at, below in enumerate(self.rows[1:]) if height > below), len(self.rows) - 2)
        edges = self.edges(row)
        column = bisect_right(edges, word.left + _NEAR)
        if column < len(edges):
            return Border(edges[column])
        left = edges[-1] if edges else self.left
        return Border(self.right, narrow=self.right - left < _NARROW * (self.right - self.left))

    def edges(self, row: int) -> tuple[float, ...]:
        """The places that part the columns of `row`, the outer borders left out."""
        middle = (self.rows[row] + self.rows[row + 1]) / 2
        places = sorted(rule.left for rule in self.uprights if rule.bottom - _NEAR <= middle <= rule.top + _NEAR)
        return tuple(place for place in places if self.left + _NEAR < place < self.right - _NEAR)


def grids(rules: Sequence[Rule]) -> tuple[Grid, ...]:
    """The frames with at least two columns that `rules` draw, from the top of the page."""
    joined = [*_joined(rule for rule in rules if rule.level), *_joined(rule for rule in rules if not rule.level)]
    if len(joined) > _MOST_RULES:
        return ()
    frames = [frame for group in _touching(joined) if (frame := _grid(group)) is not None]
    return tuple(sorted(frames, key=lambda frame: -frame.top))


def _joined(rules: Iterable[Rule]) -> Iterator[Rule]:
    """Rules in one line that touch, as one rule: borders are often drawn cell by cell."""
    def line(rule: Rule) -> int:
        return round((rule.bottom if rule.level else rule.left) / _NEAR)

    def start(rule: Rule) -> float:
        return rule.left if rule.level else rule.bottom

    for _, same in groupby(sorted(rules, key=lambda rule: (line(rule), start(rule))), key=line):
        now: Rule | None = None
        for rule in same:
            if now is None:
                now = rule
            elif start(rule) <= (now.right if rule.level else now.top) + _NEAR:
                now = Rule(min(now.left, rule.left), now.bottom, max(now.right, rule.right), max(now.top, rule.top))
            else:
                yield now
                now = rule
        if now is not None:
            yield now


def _touching(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Groups of rules that cross or touch."""
    left = list(rules)
    while left:
        group, edge = [], [left.pop()]
        while edge:
            now = edge.pop()
            group.append(now)
            near = [rule for rule in left if _meet(now, rule)]
            edge.extend(near)
            left = [rule for rule in left if rule not in near]
        yield group


def _meet(one: Rule, other: Rule) -> bool:
    return (
        one.left <= other.right + _NEAR
        and other.left <= one.right + _NEAR
        and one.bottom <= other.top + _NEAR
        and other.bottom <= one.top + _NEAR
    )


def _grid(group: Sequence[Rule]) -> Grid | None:
    levels = [rule for rule in group if rule.level]
    uprights = [rule for rule in group if not rule.level]
    if len(levels) < 2 or not uprights:
        return None
    left, right = min(rule.left for rule in group), max(rule.right for rule in group)
    wide = [rule.top for rule in levels if rule.right - rule.left > 0.6 * (right - left)]
    rows = _apart(sorted({*wide, max(rule.top for rule in group), min(rule.bottom for rule in group)}, reverse=True))
    grid = Grid(left, rows[-1], right, rows[0], tuple(rows), tuple(uprights))
    return grid if len(rows) > 1 and any(grid.edges(row) for row in range(len(rows) - 1)) else None


def _apart(places: Sequence[float]) -> list[float]:
    return [place for at, place in enumerate(places) if at == 0 or places[at - 1] - place > _NEAR]


def table_of(grid: Grid, words: Sequence[Word], page: int) -> Table | None:
    """`words` in the cells of `grid`; `None` when it holds prose and is no table but a page's layout."""
    cells: defaultdict[tuple[int, int], list[Word]] = defaultdict(list)
    falling = [-height for height in grid.rows]
    for word in words:
        row = min(max(bisect_right(falling, -(word.y + word.size / 3)) - 1, 0), len(falling) - 2)
        cells[row, bisect_right(grid.edges(row), (word.left + word.right) / 2)].append(word)
    columns = max(len(grid.edges(row)) for row in range(len(falling) - 1)) + 1
    if columns <= 3 and (any(len(each) > _PROSE for each in cells.values()) or _numbers_prose(cells)):
        return None
    rows = (
        tuple(
            _listed(cells[row, column], right) or cell_text(cells[row, column])
            for column, right in enumerate((*grid.edges(row), grid.right))
        )
        for row in range(len(falling) - 1)
    )
    filled = tuple(row for row in rows if any(row))
    widest = max(range(len(falling) - 1), key=lambda row: len(grid.edges(row)))
    return Table(page, grid.top, filled, grid.edges(widest), grid.bottom) if filled else None


def _numbers_prose(cells: Mapping[tuple[int, int], Sequence[Word]]) -> bool:
    """Whether the first column holds numbers and the second one sentences: minutes, item by item."""
    rows = {row for row, _ in cells}
    numbered = [row for row in rows if _NUMBER.fullmatch(cell_text(cells.get((row, 0), ())))]
    words = sum(len(cells.get((row, 1), ())) for row in numbered)
    return len(numbered) > 1 and len(numbered) * 5 > len(rows) * 3 and words > 8 * len(numbered)


def cell_text(words: Sequence[Word]) -> str:
    """The words of a cell in the order of the page, a bullet left out."""
    text = "".join(word.text + ("-" if word.broken else " ") for word in words)
    return text.strip()


def _listed(words: Sequence[Word], right: float) -> str | None:
    """The lines of a cell with commas between them if it lists people, one a line; not all are broken for want of room.

    `right` is the border of the cell.
    """
    starts = [at for at, word in enumerate(words) if at == 0 or words[at - 1].y - word.y > word.size / 2]
    if len(starts) < 2:
        return None
    lines = [words[one:other] for one, other in pairwise((*starts, len(words)))]
    texts = list(map(cell_text, lines))
    opened = [bool(_OPENS_NAME.match(text)) for text in texts]
    if not all(map(_may_name, texts)) or not (any(opened) or (len(texts) > 2 and " ".join(texts).istitle())):
        return None
    room = [after[0].right - after[0].left < right - before[-1].right - after[0].size
            for before, after in pairwise(lines)]  # fmt: skip
    if not any(room):
        return None
    parts = (f"{', ' if apart or opens else ' '}{text}"
             for text, apart, opens in zip(texts[1:], room, opened[1:], strict=True))  # fmt: skip
    return texts[0] + "".join(parts)


def _may_name(text: str) -> bool:
    """Whether a line may be a name with an office: some words that end without a mark."""
    return text[0].isupper() and 0 < text.count(" ") < _NAMED and (text[-1].isalnum() or text[-1] == ")")


def edges_alike(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether two tables have their columns at the same places."""
    return len(one) == len(other) and all(abs(a - b) <= 2 * _NEAR for a, b in zip(one, other, strict=True))


def continued(before: Table, after: Table) -> Table:
    """`after`, the same table on the next page, added to `before`: its repeated head once, a row cut in two as one."""
    rows = list(after.rows)
    heads = [row for row, printed in zip(before.rows, after.rows, strict=False) if row == printed]
    rows = rows[len(heads) if before.rows[: len(heads)] == after.rows[: len(heads)] else 0 :]
    last = before.rows[-1]
    if rows and not rows[0][0] and len(rows[0]) == len(last):
        merged = tuple(f"{above} {below}".strip() for above, below in zip(last, rows[0], strict=True))
        return Table(after.page, before.top, (*before.rows[:-1], merged, *rows[1:]), before.edges)
    return Table(after.page, before.top, (*before.rows, *rows), before.edges)

