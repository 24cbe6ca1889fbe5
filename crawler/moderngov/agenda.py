"""The table of agenda items on a meeting page, and what stands above it (moderngov.md 2.3)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from lxml.etree import _Element as Element

from archive import ids
from archive.model import CouncilId, Document, Item
from crawler.blocks import one_line
from crawler.documents.markup import all_text, ancestor, has_class, links_in
from crawler.documents.text import plain_text
from crawler.minutes.items import build_item
from crawler.minutes.titles import clean_title
from crawler.moderngov.labels import EXEMPT, Section, section_of
from crawler.moderngov.parts import (
    Part,
    blocks_under,
    decided,
    document_of,
    documents_of,
    flow,
    is_body,
    link_text,
    outside_bodies,
    parts_of,
)
from crawler.moderngov.urls import Site, absolute, base_of, item_number, kept_address, meeting_number
from crawler.numbers import typed

_ANCHOR = re.compile(r"\AAI([0-9]+)\Z")
_NUMBER_HEADS = frozenset({"no", "no.", "item no", "item no.", "number", "rhif", "rhif."})
_LONGEST_HEAD = 40    # characters of a column's head
_LONGEST_TITLE = 200
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
    cell: Element
    row: Element
    local: str | None = field(default=None)


def read_agenda(root: Element, url: str, council: CouncilId | None) -> Agenda:
    """The agenda under `root`, the middle of the meeting page at `url`. Items printed twice under one id are one."""
    table = _item_table(root)
    rows = list(_rows(table)) if table is not None else []
    items = [_item(row, url, council) for row in rows]
    head = [each for each in _above(root, table) if not isinstance(each, str)]
    parts = parts_of(each for each in head if each.tag not in ("h1", "h2"))
    within = set(links_in(table)) if table is not None else set()
    documents = [found for link in links_in(root) if link not in within and (found := document_of(link, url, council))]
    venue = next((_venue(part) for part in parts if part.section is Section.VENUE and part.text), None)
    notice = " ".join(part.text for part in parts if part.section is not Section.VENUE)
    return Agenda(_each_once(items), tuple(dict.fromkeys(documents)), venue, notice if _NOTICE.search(notice) else "")


def _venue(part: Part) -> str:
    """What a venue says, without the link to directions or a map after it."""
    text = part.text
    for element in part.elements:
        for link in reversed(list(element.iterdescendants("a"))):
            text = text.removesuffix(link_text(link)).rstrip() or text
    return text


def _item_table(root: Element) -> Element | None:
    """The table of items: the one with number cells, by class, else by a heading row that says so."""
    cell = next((each for each in root.iterdescendants() if has_class(each, "mgItemNumberCell")), None)
    if cell is not None:
        known = ancestor(cell, "table")
    else:
        known = next((each for each in root.iterdescendants("table") if has_class(each, "mgItemTable")), None)
    if known is not None:
        return known
    tables = islice(root.iterdescendants("table"), _MOST_TABLES)
    return next((each for each in tables if not _in_body(each) and _number_column(each) is not None), None)


def _in_body(tag: Element) -> bool:
    return any(map(is_body, tag.iterancestors()))


def _number_column(table: Element) -> int | None:
    """Which column the heading row calls "No."."""
    first = next(_own_rows(table), None)
    heads = [all_text(cell, _LONGEST_HEAD).lower() for cell in _cells(first)] if first is not None else []
    return next((at for at, head in enumerate(heads) if head in _NUMBER_HEADS), None)


def _own_rows(table: Element) -> Iterator[Element]:
    """The rows of `table` itself, not those of tables in its cells."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from child.iterchildren("tr")


def _cells(row: Element) -> list[Element]:
    return list(row.iterchildren("td", "th"))


def _rows(table: Element) -> Iterator[_Row]:
    column = _number_column(table)
    for at, row in enumerate(_own_rows(table)):
        cells = _cells(row)
        if not cells or (at == 0 and column is not None) or all(cell.tag == "th" for cell in cells):
            continue
        number = next((cell for cell in cells if has_class(cell, "mgItemNumberCell")), None)
        if number is None and len(cells) > 1:
            number = cells[column] if column is not None and column < len(cells) - 1 else cells[-2]
        cell = cells[-1]
        if cell is not number and all_text(cell):
            yield _Row(plain_text(number) if number is not None else "", cell, row, _local(row))


def _local(row: Element) -> str | None:
    """The item's own number: of an anchor in the row or just before it, else of a link that names it."""
    before = row.getprevious()
    near = [before] if before is not None and before.tag == "a" else []
    for tag in (*row.iter("tr", "a", "p", "span", "div", "td"), *near):
        for name in ("id", "name"):
            if found := _ANCHOR.match(tag.get(name) or ""):
                return found[1]
    links = (tag for tag in outside_bodies(row) if tag.tag == "a") if not _in_body(row) else iter(())
    numbers = (item_number(absolute("http://site.invalid/", link.get("href") or "") or "") for link in links)
    return next(filter(None, numbers), None)


def _item(row: _Row, url: str, council: CouncilId | None) -> Item:
    title, below = _title(row.cell)
    parts = parts_of(below)
    number = printed_number(row.number)
    heading = one_line(title) if isinstance(title, str) else plain_text(title) if title is not None else ""
    name = clean_title(heading)
    linked = [] if title is None or isinstance(title, str) else [title]
    documents = dict.fromkeys(documents_of([*linked, *_listing(parts)], url, council))
    local = row.local or ids.content_local(meeting_number(url) or url, number or "", name)
    number, name = numbered_title(number, name)
    known = Item(
        id=ids.item_id(council, local),     # of what stands where, for it is never to change
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
    )


def _listing(parts: Sequence[Part]) -> Iterator[Element]:
    """The elements that may list documents: those under their label, and lists and links that Word did not make."""
    for part in parts:
        for element in part.elements:
            if part.section is Section.DOCUMENTS:
                yield element
            elif not is_body(element):
                yield from links_in(element)


def _title(cell: Element) -> tuple[Element | str | None, list[Element | str]]:
    """The element that is the item's title, and those after it."""
    elements = list(flow(cell))
    for at, element in enumerate(elements):
        if isinstance(element, str) or all_text(element):
            return (None, elements[at:]) if _is_no_title(element) else (element, elements[at + 1:])
    return None, []


def _is_no_title(element: Element | str) -> bool:
    """Whether what comes first in a cell is the label of a section, or a text, of an item that has no title."""
    if isinstance(element, str) or has_class(element, "mgAiTitleTxt"):
        return False
    said = all_text(element, _LONGEST_TITLE + 1)
    if is_body(element):
        return len(said) > _LONGEST_TITLE
    return section_of(said) is not None and (said.endswith(":") or has_class(element, "mgSubItemTitleTxt"))


def numbered_title(number: str | None, title: str) -> tuple[str | None, str]:
    """An item's number and title; where no number is printed beside the title, the one typed before it."""
    found = typed(title) if number is None and title[:1].isdigit() else None
    return (found.number, found.rest) if found and found.certain and found.rest else (number, title)


def printed_number(text: str) -> str | None:
    """A number as the contract keeps it: as printed, without trailing dot; `None` when nothing is printed."""
    return one_line(text).strip("* ").rstrip(".: ") or None


def _above(root: Element, table: Element | None) -> Iterator[Element | str]:
    around = {table, *table.iterancestors()} if table is not None else set[Element | None]()
    for element in flow(root):
        if element in around:
            return
        yield element


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
