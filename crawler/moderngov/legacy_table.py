"""The table of a legacy meeting's page: its columns, by what their heads are called, and its rows as items."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import islice, pairwise
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from archive import ids
from archive.errors import PageError
from archive.model import Council, Document
from crawler.blocks import Block, BlockKind
from crawler.documents.markup import all_text, has_class, links_in
from crawler.documents.text import html_blocks
from crawler.minutes.decisions import find_decision
from crawler.minutes.titles import clean_title
from crawler.moderngov.parts import document_of, link_text
from crawler.moderngov.urls import absolute
from crawler.numbers import follows, typed
from crawler.printed.rollcall import is_names, opens_roll
from crawler.source import Page

_MOST_ROWS: Final = 5_000
_MOST_COLUMNS: Final = 50
_FEWEST: Final = 3          # numbered rows that make a table without heads one of items
_MOST_TABLES: Final = 2_000
_LONGEST_TITLE: Final = 200
_HEAD_ROWS: Final = 6       # among which the one that names the columns is looked for
_PARAGRAPHS: Final = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "pre")
_OWN_FILE: Final = re.compile(r"olddocuments/|\.(?:pdf|docx?|rtf)(?:\Z|\?)", re.IGNORECASE)


class Column(Enum):
    """What a column holds."""

    NUMBER = auto()
    TITLE = auto()
    MINUTES = auto()
    DECISION = auto()
    ACTION = auto()


_NUMBERS = r"(?:no|nos|number|ref|reference|rhif)"
_COLUMNS: Final = (
    (Column.NUMBER, rf"(?:(?:agenda|minute|item|cofnod) )*(?:item|eitem|{_NUMBERS})(?: {_NUMBERS})?"),
    (Column.TITLE, (r"(?:item )?(?:description|subject|title|business|matter|topic|details?|heading)|"
                    r"disgrifiad|pwnc|teitl|mater|testun|manylion")),
    (Column.DECISION, (r"(?:resolutions?|decisions?|resolved|outcome|recommendations?|penderfyniad(?:au)?|penderfynwyd)"
                       r"(?: (?:and|or|a|made|minutes?|actions?)\b.*)?")),
    (Column.MINUTES, r"(?:minutes?|discussion|proceedings|cofnod(?:ion)?|trafodaeth)(?: (?:and|or|text|a)\b.*)?"),
    (Column.ACTION, r"actions?(?: (?:by|required|point)s?.*)?|gweithred(?:u|oedd)?(?: gan)?|by whom|lead officer"),
)  # fmt: skip
_FORMS: Final = tuple((column, re.compile(rf"(?:{form})\Z", re.IGNORECASE)) for column, form in _COLUMNS)

Placed = tuple[int, Element]    # a cell, and the column in which it begins


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table and its own rows."""

    element: Element
    rows: tuple[tuple[Placed, ...], ...]


@dataclass(frozen=True, slots=True)
class ItemTable(_Grid):
    """A table of items, and what its columns hold."""

    columns: Mapping[int, Column]


@dataclass(frozen=True, slots=True)
class Row:
    """One item as the table prints it. `roll` is its list of who was there; such a row without number is no item."""

    number: str | None
    title: str
    minutes: tuple[Block, ...]
    decision: tuple[Block, ...]
    documents: tuple[Document, ...]
    roll: tuple[Block, ...] = ()

    @property
    def is_item(self) -> bool:
        """Whether it is an item of the agenda, and no list alone."""
        return self.number is not None or not self.roll


def item_tables(root: Element) -> tuple[ItemTable, ...]:
    """The tables of items in printed order: those that name their columns, and those that go on with such a one.

    Where none names any: those that hold most of the page, and whose rows are numbered one after the other.
    """
    tables = [_table(table) for table in islice(root.iterdescendants("table"), _MOST_TABLES)]
    headed = {id(each.element): columns for each in tables if (columns := _headed(each))}
    found: list[ItemTable] = []
    for each in tables:
        columns = headed.get(id(each.element))
        if columns is None and (found or not headed):
            columns = _numbered_columns(each, found[-1].columns if found else None)
        outer = {id(element) for element in each.element.iterancestors("table")}
        if columns and not any(id(other.element) in outer for other in found):
            found.append(ItemTable(each.element, each.rows, columns))
    most = sum(len(all_text(each.element)) for each in found) * 2 > len(all_text(root))
    return tuple(found) if headed or most else ()


def text_after(root: Element, tables: Sequence[ItemTable]) -> Iterator[tuple[int, Block]]:
    """The paragraphs that stand after some of `tables` and in none of them, with how many of these are before each."""
    own = {id(table.element) for table in tables}
    passed = 0
    walker = etree.iterwalk(root, events=("start",))
    for _, tag in walker:
        if id(tag) in own:
            passed += 1
            walker.skip_subtree()
        elif has_class(tag, "mgFooter", "mgLinks", "mgActionList") or tag.tag in ("nav", "footer"):
            walker.skip_subtree()
        elif passed and tag.tag in _PARAGRAPHS and next(tag.iterdescendants(*_PARAGRAPHS, "table"), None) is None:
            yield from ((passed, block) for block in html_blocks(tag))


def _table(table: Element) -> _Grid:
    """The rows of `table` itself, not those of tables in its cells, each cell where it stands in the grid."""
    carried: dict[int, int] = {}    # columns that a cell of an earlier row reaches into, and for how many rows yet
    rows: list[tuple[Placed, ...]] = []
    for row in _own_rows(table):
        placed: list[Placed] = []
        at = 0
        for cell in row.iterchildren("td", "th"):
            while at in carried:
                at += 1
            placed.append((at, cell))
            after = at + min(_span(cell, "colspan"), _MOST_COLUMNS)
            carried |= dict.fromkeys(range(at, min(after, _MOST_COLUMNS)), _span(cell, "rowspan"))
            at = after
        carried = {column: left - 1 for column, left in carried.items() if left > 1}
        rows.append(tuple(placed))
    return _Grid(table, tuple(rows))


def _own_rows(table: Element) -> Iterator[Element]:
    for child in table.iterchildren("tr", "tbody", "thead", "tfoot"):
        if child.tag == "tr":
            yield child
        else:
            yield from child.iterchildren("tr")


def _span(cell: Element, name: str) -> int:
    said = (cell.get(name) or "").strip()
    return max(1, int(said)) if said.isascii() and said.isdigit() and len(said) < 5 else 1


def _headed(table: _Grid) -> Mapping[int, Column] | None:
    """The columns that one of the first rows names."""
    for row in table.rows[:_HEAD_ROWS]:
        columns = _columns(row)
        held = set(columns.values())
        if held & {Column.DECISION, Column.MINUTES} and held & {Column.NUMBER, Column.TITLE}:
            return columns
    return None


def _columns(row: Sequence[Placed]) -> dict[int, Column]:
    found: dict[int, Column] = {}
    for at, cell in row:
        said = re.sub(r"[\W_]+", " ", all_text(cell, 100)[:60]).strip()
        column = next((column for column, form in _FORMS if form.match(said)), None)
        if column is not None:
            found[at] = column
    return found


def _numbered_columns(table: _Grid, above: Mapping[int, Column] | None) -> Mapping[int, Column] | None:
    """The columns of a table without heads whose rows are numbered: those of the one `above`, else by their places."""
    opened = [typed(all_text(row[0][1], 300)) for row in table.rows if row]
    numbers = [found for found in opened if found]
    going_on = sum(follows(one.number, two.number) for one, two in pairwise(numbers))
    if len(numbers) < (_FEWEST if above is None else 1) or len(numbers) * 3 < len(opened) * 2:
        return None
    if going_on * 2 < len(numbers) - 1:
        return None
    width = max(row[-1][0] + 1 for row in table.rows if row)
    alone = all(not found.rest for found in numbers)
    if above is not None:
        return above if width == max(above) + 1 else None
    kinds = (Column.NUMBER, Column.TITLE, Column.DECISION) if alone else (Column.TITLE, Column.DECISION)
    return dict(enumerate(kinds[:width])) if 1 < width <= len(kinds) else None


def read_rows(table: ItemTable, page: Page, council: Council | None) -> Iterator[Row]:
    """The rows below the heads; one that goes on with the item above it is joined to it.

    Raises `PageError` for a table of more rows than any minutes have.
    """
    if len(table.rows) > _MOST_ROWS:
        raise PageError(page.url, f"a legacy meeting of at most {_MOST_ROWS:,} rows", f"{len(table.rows):,}")
    last: Row | None = None
    for row in filter(None, table.rows):
        named = _columns(row)
        if named and len(named) >= min(2, len(table.columns)):
            continue
        reached_into = row[0][0] > 0 and last is not None   # by the number of the row above
        read = _more(row, page, council) if reached_into else _row(row, table.columns, page, council)
        if read is None:
            continue
        if last is not None and last.is_item and _goes_on(last, read):
            last = _joined(last, read)
            continue
        if last is not None:
            yield last
        last = read
    if last is not None:
        yield last


def _more(row: Sequence[Placed], page: Page, council: Council | None) -> Row:
    """A row into which the cells of the one above reach: all it prints is more of that one's minutes."""
    blocks = tuple(block for _, cell in row for block in html_blocks(cell))
    return Row(None, "", blocks, (), _files((cell for _, cell in row), page, council))


def _files(cells: Iterable[Element], page: Page, council: Council | None) -> tuple[Document, ...]:
    links = (link for cell in cells for link in links_in(cell))
    return tuple(found for link in links if (found := file_of(link, page, council)))


def _goes_on(above: Row, below: Row) -> bool:
    """Whether a row without number is more of the one above: without title, or with the one that that one lacks."""
    return not below.number and not below.roll and (not below.title or not above.title)


def _joined(above: Row, below: Row) -> Row:
    """An item with the row that goes on with it."""
    apart = bool(above.decision)    # else what was decided is printed with the minutes, and so is more of it
    return replace(
        above,
        title=above.title or below.title,
        minutes=(*above.minutes, *below.minutes, *(() if apart else below.decision)),
        decision=(*above.decision, *(below.decision if apart else ())),
        documents=(*above.documents, *below.documents),
    )


def _row(row: Sequence[Placed], columns: Mapping[int, Column], page: Page, council: Council | None) -> Row | None:
    found: dict[Column, list[Block]] = defaultdict(list)
    order: list[Column] = []    # of the columns, as printed
    for at, cell in row:
        column = Column.TITLE if len(row) == 1 and at == 0 else columns.get(at)
        blocks = html_blocks(cell)
        if column is None:      # under no head: what it says belongs to the column before it
            column = order[-1] if order and order[-1] is not Column.NUMBER else Column.MINUTES
        if blocks:
            found[column].extend(blocks)
            order.append(column)
    if not found:
        return None
    held = {column: tuple(blocks) for column, blocks in found.items()}
    number, title, below = _titled(held, row)
    if not title and (opened := held.get(Column.MINUTES)) and _is_title(opened[0]):
        title, held[Column.MINUTES] = clean_title(opened[0].text.rstrip(" :–-")), opened[1:]
    decision = held.get(Column.DECISION, ())
    plain = any(find_decision(block.text) for block in decision)    # it says so itself: read where it is printed
    minutes = tuple(_in_order(order, held, below, with_decision=plain))
    opening = Block(title, BlockKind.HEADING)
    said = (*minutes, *(() if plain else decision))
    lists = title and said and opens_roll(opening) and (not number or all(is_names(block.text) for block in said))
    roll = (opening, *said) if lists else ()
    documents = _files((cell for _, cell in row), page, council)
    return Row(number, title, minutes, () if plain else decision, documents, roll)


def _in_order(
    order: Sequence[Column], held: Mapping[Column, tuple[Block, ...]], below: tuple[Block, ...], *, with_decision: bool
) -> Iterator[Block]:
    """What a row says, column by column as printed: on some sites the resolution comes before what it is about."""
    if Column.TITLE not in order:
        yield from below
    for column in dict.fromkeys(order):
        if column is Column.TITLE:
            yield from below
        elif column is Column.ACTION:
            yield from (Block(f"Action: {block.text}") for block in held[column])
        elif column is Column.MINUTES or (column is Column.DECISION and with_decision):
            yield from held[column]


def _titled(
    held: Mapping[Column, tuple[Block, ...]], row: Sequence[Placed]
) -> tuple[str | None, str, tuple[Block, ...]]:
    """The number, the title, and what is printed below the title in the same cell."""
    if len(row) == 1 and _is_sentence(held[Column.TITLE][0]) and not typed(held[Column.TITLE][0].text):
        return None, "", held[Column.TITLE]     # over all columns: more of the item above
    numbered, described = held.get(Column.NUMBER, ()), held.get(Column.TITLE, ())
    if not described and numbered:
        split = typed(numbered[0].text)
        if split or len(numbered[0].text) > 12:
            described = (replace(numbered[0], text=split.rest if split else numbered[0].text), *numbered[1:])
            return (split.number if split else None), *_opening(described)
    number = numbered[0].text.rstrip(".: ") if numbered else None
    if number is None and described and (split := typed(described[0].text)):
        return split.number, *_opening((replace(described[0], text=split.rest), *described[1:]))
    return number or None, *_opening(described)


def _is_title(block: Block) -> bool:
    return block.kind is BlockKind.HEADING and len(block.text) <= _LONGEST_TITLE


def _is_sentence(block: Block) -> bool:
    return block.kind is not BlockKind.HEADING and block.text.endswith((".", ".)", ".”"))


def _opening(blocks: Sequence[Block]) -> tuple[str, tuple[Block, ...]]:
    """The first block as the title; of one too long for a title its first words, and then all of it is text."""
    if not blocks:
        return "", ()
    first = blocks[0].text
    if len(first) <= _LONGEST_TITLE:
        return clean_title(first.rstrip(" :–-")), tuple(blocks[1:])
    return first[:80].rsplit(" ", 1)[0].rstrip(" .;,:"), tuple(blocks)


def file_of(link: Element, page: Page, council: Council | None) -> Document | None:
    """The document that a link leads to: one that the platform numbers, or a file of the old system."""
    identifier = council.id if council else None
    known = document_of(link, page.url, identifier)
    url, title = absolute(page.url, link.get("href") or ""), clean_title(link_text(link))
    if known or url is None or not title or not _OWN_FILE.search(url):
        return known
    kind = "minutes" if re.search(r"\b(?:minutes|cofnodion)\b", title, re.IGNORECASE) else None
    return Document(ids.document_id(identifier, ids.content_local(url.partition("?")[0])), title, url, kind)


