"""The table of a legacy meeting's page: its columns, by what their heads are called, and its rows as items."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import islice
from typing import Final

from lxml.etree import _Element as Element

from archive import ids
from archive.model import Council, Document
from crawler.blocks import Block, BlockKind
from crawler.documents.markup import all_text, ancestor, links_in
from crawler.documents.text import html_blocks, plain_text
from crawler.minutes.decisions import find_decision
from crawler.minutes.titles import clean_title
from crawler.moderngov.parts import document_of
from crawler.moderngov.urls import absolute
from crawler.numbers import typed
from crawler.printed.rollcall import is_names, opens_roll
from crawler.source import Page

_MOST_ROWS: Final = 2_000
_MOST_TABLES: Final = 100
_LONGEST_TITLE: Final = 200
_HEAD_ROWS: Final = 6       # among which the one that names the columns is looked for
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


def item_table(root: Element) -> tuple[Element, Mapping[int, Column]] | None:
    """The table of items, the innermost that names its columns, and what each of its columns holds."""
    for table in reversed(list(islice(root.iterdescendants("table"), _MOST_TABLES))):
        for row in _rows(table, _HEAD_ROWS):
            columns = _columns(row)
            held = set(columns.values())
            if held & {Column.DECISION, Column.MINUTES} and held & {Column.NUMBER, Column.TITLE}:
                return table, columns
    return None


def _rows(table: Element, most: int) -> Iterator[Element]:
    """The rows of `table` itself."""
    for row in islice(table.iterdescendants("tr"), most * 4):
        if ancestor(row, "table") is table:
            yield row
            most -= 1
        if not most:
            return


def _cells(row: Element) -> list[Element]:
    return list(row.iterchildren("td", "th"))


def _columns(row: Element) -> dict[int, Column]:
    found: dict[int, Column] = {}
    for at, cell in enumerate(_cells(row)):
        said = re.sub(r"[\W_]+", " ", all_text(cell, 100)[:60]).strip()
        column = next((column for column, form in _FORMS if form.match(said)), None)
        if column is not None:
            found[at] = column
    return found


def read_rows(
    table: Element, columns: Mapping[int, Column], page: Page, council: Council | None
) -> Iterator[Row]:
    """The rows below the heads; one that goes on with the item above it is joined to it."""
    last: Row | None = None
    for row in _rows(table, _MOST_ROWS):
        if _columns(row) and len(_columns(row)) >= min(2, len(columns)):
            continue
        read = _row(_cells(row), columns, page, council)
        if read is None:
            continue
        if last is not None and not read.number and not read.title and last.is_item:
            last = _joined(last, read)
            continue
        if last is not None:
            yield last
        last = read
    if last is not None:
        yield last


def _joined(above: Row, below: Row) -> Row:
    """An item with the row that goes on with it."""
    apart = bool(above.decision)    # else what was decided is printed with the minutes, and so is more of it
    return replace(
        above,
        minutes=(*above.minutes, *below.minutes, *(() if apart else below.decision)),
        decision=(*above.decision, *(below.decision if apart else ())),
        documents=(*above.documents, *below.documents),
    )


def _row(cells: Sequence[Element], columns: Mapping[int, Column], page: Page, council: Council | None) -> Row | None:
    held: dict[Column, tuple[Block, ...]] = {}
    for at, cell in enumerate(cells):
        column = columns.get(at, Column.TITLE if len(cells) == 1 else None)
        if column is not None:
            held[column] = (*held.get(column, ()), *html_blocks(cell))
    if not any(held.values()):
        return None
    number, title, below = _titled(held)
    decision = held.get(Column.DECISION, ())
    after = tuple(Block(f"Action: {block.text}") for block in held.get(Column.ACTION, ()))
    plain = any(find_decision(block.text) for block in decision)    # it says so itself: read where it is printed
    minutes = (*below, *held.get(Column.MINUTES, ()), *(decision if plain else ()), *after)
    opening = Block(title, BlockKind.HEADING)
    said = (*minutes, *(() if plain else decision))
    lists = title and said and opens_roll(opening) and (not number or all(is_names(block.text) for block in said))
    roll = (opening, *said) if lists else ()
    links = (link for cell in cells for link in links_in(cell))
    documents = tuple(found for link in links if (found := file_of(link, page, council)))
    return Row(number, title, minutes, () if plain else decision, documents, roll)


def _titled(held: Mapping[Column, tuple[Block, ...]]) -> tuple[str | None, str, tuple[Block, ...]]:
    """The number, the title, and what is printed below the title in the same cell."""
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
    url, title = absolute(page.url, link.get("href") or ""), clean_title(plain_text(link))
    if known or url is None or not title or not _OWN_FILE.search(url):
        return known
    kind = "minutes" if re.search(r"\b(?:minutes|cofnodion)\b", title, re.IGNORECASE) else None
    return Document(ids.document_id(identifier, ids.content_local(url.partition("?")[0])), title, url, kind)


