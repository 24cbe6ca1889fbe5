"""How the store finds what it holds: its queries, and what becomes of their rows. Inside a given connection."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, bindparam, func, select

from archive.captures import Capture
from archive.ids import WELSH
from archive.model import (
    CommitteeId,
    CouncilId,
    Document,
    DocumentId,
    Item,
    ItemId,
    Meeting,
    MeetingId,
    MemberId,
    MinutesStatus,
)
from archive.rows import OF_MEETING, to_head, to_item
from archive.runs import Counts
from archive.schema import attendance, captures, documents, items, meeting_captures, meetings, members

PARAMETERS = 500
"""Identifiers asked for in one statement."""

LATEST_FIRST = (meetings.c.start.desc().nulls_last(), meetings.c.id.desc())

ANSWERED = (200, 304)
"""The statuses of an answer that gives the page, or says that it is as it was."""


def item_rows(connection: Connection, identifiers: Sequence[ItemId]) -> dict[ItemId, tuple[Meeting, Item]]:
    """These items in the order asked for, each with its meeting without items; unknown ones are left out."""
    best: dict[str, tuple[str, str]] = {}
    for some in in_parts(identifiers):
        for identifier, body, head in connection.execute(_SEVERAL, {"some": some}):
            best.setdefault(identifier, (head, body))
    found = ((each, *best[each]) for each in identifiers if each in best)
    return {each: (_head(head), _item(body)) for each, head, body in found}


_SEVERAL = (
    select(items.c.id, items.c.body, meetings.c.head)
    .join(meetings)
    .where(items.c.id.in_(bindparam("some", expanding=True)))
    .order_by(*LATEST_FIRST, items.c.position)
)
"""Made once: every search executes it."""


# A page of results asks twice for its items, and the next page, or the next search, for many of the same meetings.
_head = lru_cache(maxsize=1 << 10)(to_head)


def _item(body: str) -> Item:
    return _kept(body) if len(body) <= _KEPT else to_item(body)


_KEPT = 1 << 15    # characters: what is longer is rare, and would take most of the memory
_kept = lru_cache(maxsize=1 << 11)(to_item)


def document_query(identifier: DocumentId) -> Select[Any]:
    """Where a document stands: its row, the meeting's head and the item's body."""
    place = (items.c.meeting == documents.c.meeting) & (items.c.position == documents.c.item)
    return (
        select(documents, meetings.c.head, items.c.body)
        .join(meetings, documents.c.meeting == meetings.c.id)
        .outerjoin(items, place)
        .where(documents.c.id == identifier)
        .order_by(*LATEST_FIRST, documents.c.item, documents.c.position)
        .limit(1)
    )


def document_of(row: Any) -> tuple[Meeting, Item | None, Document]:
    """What `document_query` found."""
    meeting = to_head(row.head)
    item = None if row.item == OF_MEETING else to_item(row.body)
    return meeting, item, (meeting if item is None else item).documents[row.position]


def chosen(
    council: CouncilId | None,
    committee: CommitteeId | None,
    member: MemberId | None,
    since: date | None,
    until: date | None,
) -> Iterator[ColumnElement[bool]]:
    """The conditions of `Store.heads`."""
    if council is not None:
        yield meetings.c.council == council
    if committee is not None:
        yield meetings.c.committee == committee
    if member is not None:
        yield meetings.c.id.in_(select(attendance.c.meeting).where(attendance.c.member == member))
    if since is not None:
        yield meetings.c.day >= since
    if until is not None:
        yield meetings.c.day <= until


def some_meetings(
    connection: Connection, council: CouncilId | None, after: str, most: int
) -> list[tuple[str, str, list[str]]]:
    """The next meetings after this identifier: identifier, head, and the body of each item."""
    some = of(council, meetings).where(meetings.c.id > after).order_by(meetings.c.id).limit(most)
    batch: dict[str, tuple[str, str, list[str]]] = {row.id: (row.id, row.head, []) for row in connection.execute(some)}
    theirs = select(items.c.meeting, items.c.body).where(items.c.meeting.in_(batch))
    for row in connection.execute(theirs.order_by(items.c.meeting, items.c.position)):
        batch[row.meeting][2].append(row.body)
    return list(batch.values())


def capture_query(identifier: MeetingId, number: int | None) -> Select[Any]:
    """The captures of a version of a meeting, in order."""
    links, version = meeting_captures.c, meetings.c.version if number is None else number
    linked = (links.meeting == meetings.c.id) & (links.number == version) & (meetings.c.id == identifier)
    query = select(captures).join(meeting_captures, links.capture == captures.c.id).join(meetings, linked)
    return query.order_by(links.position)


def latest_capture(url: str, answered: bool) -> Select[Any]:
    """The latest capture of an address; with `answered`, the latest that gave the page."""
    query = select(captures).where(captures.c.url == url)
    if answered:
        query = query.where(captures.c.status.in_(ANSWERED))
    return query.order_by(captures.c.fetched.desc(), captures.c.id.desc()).limit(1)


def capture_of(row: Any) -> Capture:
    """The capture of a row."""
    place = (row.file, row.offset)
    return Capture(row.url, row.fetched, row.status, row.content_type, row.sha256, *place, row.etag, row.modified)


def counts(connection: Connection, council: CouncilId | None) -> Counts:
    """How much is held; the Welsh text of a meeting whose English one is held is not counted again."""
    english = meetings.alias()
    again = select(english.c.id).where(english.c.id == func.substr(meetings.c.id, 1, _ENGLISH_LENGTH))
    once = [~(meetings.c.id.endswith(WELSH) & again.exists())]
    if council is not None:
        once.append(meetings.c.council == council)
    columns = [func.coalesce(func.sum(meetings.c[name]), 0) for name in ("items", "resolutions", "documents")]
    held = connection.execute(select(func.count(), *columns).select_from(meetings).where(*once)).one()
    newest = select(func.max(meetings.c.day)).where(meetings.c.minutes != MinutesStatus.NONE.value, *once)
    scans = select(func.count()).select_from(meetings).where(meetings.c.head.contains(_NEEDS_OCR), *once)
    listed = connection.scalar(of(council, members).with_only_columns(func.count(members.c.id)))
    return Counts(held[0], held[1], held[2], held[3], listed or 0, connection.scalar(newest),
                  connection.scalar(scans) or 0)


_NEEDS_OCR = '"needs_ocr":true'    # as canonical JSON has it, in which a quotation mark within a text is escaped
_ENGLISH_LENGTH = func.length(meetings.c.id) - len(WELSH)


def of(council: CouncilId | None, table: Table) -> Select[Any]:
    """All rows of a table, or those of one council."""
    return select(table) if council is None else select(table).where(table.c.council == council)


def in_parts(identifiers: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """As many at a time as a statement takes."""
    return (identifiers[at : at + PARAMETERS] for at in range(0, len(identifiers), PARAMETERS))
