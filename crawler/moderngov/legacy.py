"""Meetings of before about 2008 (`CeListDocuments.aspx`): one page made of a Word document, with everything in it.

Most are a table whose columns are Item, Description and Resolution (or Minute, Decision, Action; in Welsh too), with
lists of who was there above it or in its rows; others are plain minutes (`crawler.printed`). Such items have no numbers
of the platform: they are named after the meeting's number, their own, and their title.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice, takewhile
from typing import Final

from lxml.etree import _Element as Element

from archive import ids
from archive.errors import PageError, UnreadableFile
from archive.model import (
    Attendance,
    Committee,
    Council,
    Item,
    Meeting,
    MeetingStatus,
    MinutesStatus,
    start_of,
)
from crawler.blocks import Block
from crawler.documents.markup import links_in
from crawler.documents.text import html_blocks, plain_text
from crawler.minutes.dates import uk_datetime
from crawler.minutes.items import build_item
from crawler.minutes.people import attendance
from crawler.moderngov.labels import meeting_status
from crawler.moderngov.legacy_table import ItemTable, Row, file_of, item_tables, read_rows, text_after
from crawler.moderngov.pages import committee_name
from crawler.moderngov.proof import (
    MOST_BYTES,
    error_text,
    headings,
    is_moderngov,
    keeps_out,
    middle,
    page_title,
    refused,
    tree_of,
)
from crawler.moderngov.urls import committee_number, kept_address, meeting_number, parameters
from crawler.printed.frontpage import Front, read_front
from crawler.printed.reading import read_printed
from crawler.printed.rollcall import split_rolls
from crawler.source import Page

_EXPECTED: Final = "a legacy meeting"
_MOST_FILES: Final = 500
_MOST_ABOVE: Final = 2_000  # lines that are printed before the table
_LINES: Final = ("p", "h1", "h2", "h3", "h4", "li", "td")


def read_legacy(page: Page, council: Council | None = None) -> Meeting:
    """The meeting of a legacy page, whole. Raises `PageError` when there are no minutes in it, or `Blocked`.

    The meeting and its committee are numbered by the page's address. A page that only links to the minutes as a file
    gives a meeting without items, with that file as its document.
    """
    tree = _tree(page)
    root = middle(tree) if is_moderngov(tree) else tree
    named = next((head for head in headings(root) if uk_datetime(head)), page_title(tree))
    tables = item_tables(root)
    try:
        if tables:
            found = _of_tables(root, tables, page, council)
        else:
            found = _of_text(root, page, council, named)
    except UnreadableFile as error:
        found = _of_files(root, page, council)
        if not found.documents or not is_moderngov(tree):
            raise refused(page, _EXPECTED, tree) from error
    return _completed(found, named, page, council)


def _tree(page: Page) -> Element:
    """The tree of a page that may lack ModernGov's marks: Word's own page was sent as it is on some sites."""
    start = page.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if len(page.body) > MOST_BYTES or start != b"<":
        raise refused(page, _EXPECTED)
    tree = tree_of(page, _EXPECTED)
    if keeps_out(page, tree) or error_text(tree) is not None:
        raise refused(page, _EXPECTED, tree)
    return tree


def _of_tables(root: Element, tables: Sequence[ItemTable], page: Page, council: Council | None) -> Meeting:
    rows = list(_rows(root, tables, page, council))
    above = [piece for block in _above(root, tables[0].element) for piece in split_rolls(block)]
    roll = [block for row in rows for block in row.roll]
    front = read_front((*above, *roll), "")
    times: Counter[tuple[str, str]] = Counter()
    items = []
    for row in rows:
        if row.is_item:
            times[row.number or "", row.title] += 1
            items.append(_item(row, times[row.number or "", row.title], page, council))
    return _meeting(front, tuple(items), attendance(front.roll), council)


def _rows(root: Element, tables: Sequence[ItemTable], page: Page, council: Council | None) -> Iterator[Row]:
    """The rows of all tables; what is printed below a table belongs to the last item in it."""
    between: dict[int, list[Block]] = defaultdict(list)
    for passed, block in text_after(root, tables):
        between[passed].append(block)
    for passed, table in enumerate(tables, 1):
        rows = list(read_rows(table, page, council))
        yield from rows[:-1]
        for last in rows[-1:]:
            yield replace(last, minutes=(*last.minutes, *between[passed])) if last.is_item else last


def _above(root: Element, table: Element) -> tuple[Block, ...]:
    """What is printed before the tables, at most the last lines of it."""
    before = takewhile(lambda tag: tag is not table, root.iterdescendants())
    lines = deque((tag for tag in before if tag.tag in _LINES), _MOST_ABOVE)
    innermost = (tag for tag in lines if next(tag.iterdescendants(*_LINES), None) is None)
    return tuple(Block(text) for tag in innermost if (text := plain_text(tag)))


def _meeting(
    front: Front, items: tuple[Item, ...], present: tuple[Attendance, ...], council: Council | None
) -> Meeting:
    return Meeting(
        id=None,
        council=council.id if council else None,
        committee=Committee(None, front.committee) if front.committee else None,
        title=front.committee,
        start=start_of(front.day, front.at) if front.day else None,
        minutes=front.minutes,
        venue=front.venue,
        attendance=present,
        items=items,
    )


def _item(row: Row, time: int, page: Page, council: Council | None) -> Item:
    local = _local(page, row.number, row.title, time)
    known = Item(ids.item_id(council.id if council else None, local), row.number, row.title, documents=row.documents)
    return build_item(known, agenda=(), minutes=row.minutes, decision=row.decision)


def _local(page: Page, number: str | None, title: str, time: int) -> str:
    """An item's name: of its meeting, number and title; of several alike, also which of them it is."""
    again = (str(time),) if time > 1 else ()
    return ids.content_local(meeting_number(page.url) or page.url, number or "", title, *again)


def _of_text(
    root: Element, page: Page, council: Council | None, named: str
) -> Meeting:
    """The meeting of a page that is plain minutes, without a table of items."""
    start = _start(named, page)
    found = read_printed(
        html_blocks(root),
        name=page.url,
        council=council.id if council else None,
        committee=committee_name(named),
        day=start.date() if start else None,
    )
    times: Counter[tuple[str, str]] = Counter()
    items = []
    for item in found.items:
        key = item.number or "", item.title
        times[key] += 1
        local = _local(page, item.number, item.title, times[key])
        items.append(replace(item, id=ids.item_id(council.id if council else None, local)))
    return replace(found, items=tuple(items))


def _of_files(root: Element, page: Page, council: Council | None) -> Meeting:
    """A meeting whose page has no minutes itself, but links to files."""
    found = (file_of(link, page, council) for link in islice(links_in(root), _MOST_FILES))
    documents = tuple(dict.fromkeys(filter(None, found)))
    return Meeting(id=None, council=None, committee=None, title=None, start=None, documents=documents)


def _start(named: str, page: Page) -> datetime | None:
    """When it began: by the page's heading, and what it leaves open by the address (`DF`, a day or a moment)."""
    printed, asked = uk_datetime(named), uk_datetime(parameters(page.url).get("df", ""))
    if printed and asked and printed.date() == asked.date():
        return max(printed, asked)
    return printed or asked


def _completed(found: Meeting, named: str, page: Page, council: Council | None) -> Meeting:
    """`found` with what the page's heading and its address say."""
    identifier = council.id if council else None
    said = found.committee.name if found.committee else None
    name = committee_name(named) or said
    start = _start(named, page) or found.start
    if start is None and not found.items:
        raise PageError(page.url, f"{_EXPECTED} with its date", "none")
    committee = Committee(ids.committee_id(identifier, committee_number(page.url)), name) if name else None
    return replace(
        found,
        id=ids.meeting_id(identifier, meeting_number(page.url)),
        council=identifier,
        committee=committee,
        title=name,
        start=start,
        status=meeting_status(named) or MeetingStatus.HELD,
        minutes=found.minutes if found.items else MinutesStatus.NONE,
        url=kept_address(page.url),
    )
