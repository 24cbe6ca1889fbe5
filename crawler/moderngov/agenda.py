"""The table of agenda items on a meeting page, and what stands above it (moderngov.md 2.3)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bs4 import Tag
from bs4.element import NavigableString

from archive import ids
from archive.model import CouncilId, Document, Item, Member
from crawler.blocks import one_line
from crawler.documents.text import plain_text
from crawler.minutes.items import build_item
from crawler.minutes.titles import clean_title
from crawler.moderngov.labels import EXEMPT, Section
from crawler.moderngov.parts import Part, blocks_under, decided, document_of, documents_of, flow, is_body, parts_of
from crawler.moderngov.urls import Site, absolute, base_of, item_number, kept_address, meeting_number

_ANCHOR = re.compile(r"\AAI([0-9]+)\Z")
_NUMBER_HEADS = frozenset({"no", "no.", "item no", "item no.", "number", "rhif", "rhif."})
_MOST_TABLES = 200   # among which the one of items is looked for
_NOTICE = re.compile(r"\b(?:meeting|cyfarfod)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a meeting page prints: its items, the meeting's own documents, its venue, and notices above the items."""

    items: tuple[Item, ...]
    documents: tuple[Document, ...]
    venue: str | None
    notice: str


@dataclass(slots=True)
class _Row:
    """One item of the table: its number as printed, the cell that holds it, and the row for its anchors."""

    number: str
    cell: Tag
    row: Tag
    local: str | None = field(default=None)


def read_agenda(root: Tag, url: str, council: CouncilId | None, roster: Sequence[Member]) -> Agenda:
    """The agenda under `root`, the middle of the meeting page at `url`. Items printed twice under one id are one."""
    table = _item_table(root)
    rows = list(_rows(table)) if table else []
    items = [_item(row, url, council, roster) for row in rows]
    head = [each for each in _above(root, table) if isinstance(each, Tag)]
    parts = parts_of(each for each in head if each.name not in ("h1", "h2"))
    documents = [found for link in root.find_all("a", href=True) if not _within(link, table)
                 if (found := document_of(link, url, council))]  # fmt: skip
    venue = next((_venue(part) for part in parts if part.section is Section.VENUE and part.text), None)
    notice = " ".join(part.text for part in parts if part.section is not Section.VENUE)
    return Agenda(_each_once(items), tuple(dict.fromkeys(documents)), venue, notice if _NOTICE.search(notice) else "")


def _venue(part: Part) -> str:
    """What a venue says, without the link to directions or a map after it."""
    text = part.text
    for element in part.elements:
        for link in reversed(element.find_all("a")):
            text = text.removesuffix(plain_text(link)).rstrip() or text
    return text


def _item_table(root: Tag) -> Tag | None:
    """The table of items: the one with number cells, by class, else by a heading row that says so."""
    cell = root.find(class_="mgItemNumberCell")
    table = cell.find_parent("table") if isinstance(cell, Tag) else root.find("table", class_="mgItemTable")
    if isinstance(table, Tag):
        return table
    tables = root.find_all("table", limit=_MOST_TABLES)
    return next((each for each in tables if not _in_body(each) and _number_column(each) is not None), None)


def _in_body(tag: Tag) -> bool:
    return any(is_body(parent) for parent in tag.parents)


def _number_column(table: Tag) -> int | None:
    """Which column the heading row calls "No."."""
    first = next(_own_rows(table), None)
    heads = [one_line(cell.get_text(" ")).lower() for cell in _cells(first)] if first else []
    return next((at for at, head in enumerate(heads) if head in _NUMBER_HEADS), None)


def _own_rows(table: Tag) -> Iterator[Tag]:
    """The rows of `table` itself, not those of tables in its cells."""
    for child in table.children:
        if isinstance(child, Tag):
            if child.name == "tr":
                yield child
            elif child.name in ("tbody", "thead", "tfoot"):
                yield from (row for row in child.children if isinstance(row, Tag) and row.name == "tr")


def _cells(row: Tag) -> list[Tag]:
    return [cell for cell in row.children if isinstance(cell, Tag) and cell.name in ("td", "th")]


def _rows(table: Tag) -> Iterator[_Row]:
    column = _number_column(table)
    for at, row in enumerate(_own_rows(table)):
        cells = _cells(row)
        if not cells or (at == 0 and column is not None) or all(cell.name == "th" for cell in cells):
            continue
        marked = next((cell for cell in cells if "mgItemNumberCell" in cell.get_attribute_list("class")), None)
        number = marked or (cells[column] if column is not None and column < len(cells) - 1 else None)
        number = number or (cells[-2] if len(cells) > 1 else None)
        cell = cells[-1]
        if cell is not number and one_line(cell.get_text(" ")):
            yield _Row(plain_text(number) if number else "", cell, row, _local(row))


def _local(row: Tag) -> str | None:
    """The item's own number: of an anchor in the row or just before it, else of a link that names it."""
    before = row.find_previous_sibling()
    near = [before] if isinstance(before, Tag) and before.name == "a" else []
    for tag in (row, *row.find_all(["a", "p", "span", "div", "td"]), *near):
        for name in ("id", "name"):
            if found := _ANCHOR.match(str(tag.get(name, ""))):
                return found[1]
    for link in row.find_all("a", href=True):
        if not _in_body(link) and (number := item_number(absolute("http://site.invalid/", str(link["href"])) or "")):
            return number
    return None


def _item(row: _Row, url: str, council: CouncilId | None, roster: Sequence[Member]) -> Item:
    title, below = _title(row.cell)
    parts = parts_of(below)
    number = printed_number(row.number)
    heading = plain_text(title) if isinstance(title, Tag) else one_line(str(title or ""))
    name = clean_title(heading)
    linked = [title] if isinstance(title, Tag) else []
    documents = dict.fromkeys(documents_of([*linked, *_listing(parts)], url, council))
    local = row.local or ids.content_local(meeting_number(url) or url, number or "", name)
    known = Item(
        id=ids.item_id(council, local),
        number=number,
        title=name,
        restricted=bool(EXEMPT.search(name)),
        url=Site(base_of(url)).item(row.local) if row.local and kept_address(url) else None,
        documents=tuple(documents),
    )
    return build_item(
        known,
        agenda=blocks_under(parts, Section.AGENDA),
        decision=decided(parts),
        minutes=blocks_under(parts, Section.MINUTES),
        roster=roster,
    )


def _listing(parts: Sequence[Part]) -> Iterator[Tag]:
    """The elements that may list documents: those under their label, and lists and links that Word did not make."""
    for part in parts:
        for element in part.elements:
            if part.section is Section.DOCUMENTS:
                yield element
            elif not is_body(element):
                yield from element.find_all("a", href=True)


def _title(cell: Tag) -> tuple[Tag | NavigableString | None, list[Tag | NavigableString]]:
    """The element that is the item's title, and those after it."""
    elements = list(flow(cell))
    for at, element in enumerate(elements):
        if (element.get_text(" ") if isinstance(element, Tag) else str(element)).strip():
            return element, elements[at + 1:]
    return None, []


def printed_number(text: str) -> str | None:
    """A number as the contract keeps it: as printed, without trailing dot; `None` when nothing is printed."""
    return one_line(text).strip("* ").rstrip(".: ") or None


def _above(root: Tag, table: Tag | None) -> Iterator[Tag | NavigableString]:
    for element in flow(root):
        if element is table or (isinstance(element, Tag) and table is not None and table in element.find_all("table")):
            return
        yield element


def _within(tag: Tag, table: Tag | None) -> bool:
    return table is not None and any(parent is table for parent in tag.parents)


def _each_once(items: Sequence[Item]) -> tuple[Item, ...]:
    """Of items with one id the fullest, at the place of the first."""
    kept: dict[object, Item] = {}
    for at, item in enumerate(items):
        key = item.id or at
        if key not in kept or _size(item) > _size(kept[key]):
            kept[key] = item
    return tuple(kept.values())


def _size(item: Item) -> int:
    return sum(len(paragraph.text) for paragraph in item.paragraphs) + sum(map(len, item.agenda)) + len(item.documents)
