"""Saving a meeting: what becomes of the rows that are there, inside one transaction that `archive.store` gives."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from archive.captures import Capture
from archive.model import Meeting
from archive.rows import Row, Rows, packed, to_rows
from archive.schema import (
    attendance,
    captures,
    changes,
    committees,
    documents,
    items,
    meeting_captures,
    meetings,
    members,
    versions,
)
from archive.versions import Saved


def save(connection: Connection, meeting: Meeting, kept: Sequence[Capture], parser: str, seen: datetime) -> Saved:
    """Make `meeting` the current version of itself, unless it is that already; see `Store.save_meeting`."""
    rows = to_rows(meeting)
    current = _current(connection, rows)
    if current is not None and current.digest == rows.digest:
        _confirm(connection, rows, current, kept, parser, seen)
        return Saved.SAME
    number = 1 if current is None else current.number + 1
    if current is not None:
        _supersede(connection, rows, current.number)
    _write(connection, rows, number)
    version = {"meeting": rows.meeting["id"], "number": number, "digest": rows.digest}
    connection.execute(insert(versions), version | {"seen": seen, "last": seen, "parser": parser})
    _link(connection, rows, number, kept)
    _list_committee(connection, meeting)
    _list_members(connection, meeting)
    announce(connection, [rows.meeting["id"]])
    return Saved.NEW if current is None else Saved.CHANGED


def _current(connection: Connection, rows: Rows) -> Any | None:
    current = select(versions.c.number, versions.c.digest, versions.c.last).join(
        meetings, (meetings.c.id == versions.c.meeting) & (meetings.c.version == versions.c.number)
    )
    return connection.execute(current.where(versions.c.meeting == rows.meeting["id"])).one_or_none()


def _confirm(
    connection: Connection, rows: Rows, current: Any, kept: Sequence[Capture], parser: str, seen: datetime
) -> None:
    """The same again: only when it was last seen so, by which reader, and in which captures."""
    version = (versions.c.meeting == rows.meeting["id"]) & (versions.c.number == current.number)
    connection.execute(update(versions).where(version).values(parser=parser, last=max(seen, current.last)))
    if kept and seen >= current.last:
        links = meeting_captures.c
        mine = (links.meeting == rows.meeting["id"]) & (links.number == current.number)
        connection.execute(delete(meeting_captures).where(mine))
        _link(connection, rows, current.number, kept)


def _supersede(connection: Connection, rows: Rows, number: int) -> None:
    """Keep the version that was current, whole, and clear its place."""
    identity = rows.meeting["id"]
    head = connection.execute(select(meetings.c.head).where(meetings.c.id == identity)).scalar_one()
    bodies = connection.scalars(select(items.c.body).where(items.c.meeting == identity).order_by(items.c.position))
    version = (versions.c.meeting == identity) & (versions.c.number == number)
    connection.execute(update(versions).where(version).values(body=packed(head, tuple(bodies))))
    for table in (items, documents, attendance):
        connection.execute(delete(table).where(table.c.meeting == identity))


def _write(connection: Connection, rows: Rows, number: int) -> None:
    put(connection, meetings, rows.meeting | {"version": number})
    for table, several in ((items, rows.items), (documents, rows.documents), (attendance, rows.attendance)):
        if several:
            connection.execute(insert(table), several)


def _link(connection: Connection, rows: Rows, number: int, kept: Sequence[Capture]) -> None:
    found = [
        {"meeting": rows.meeting["id"], "number": number, "position": at, "capture": capture}
        for at, capture in enumerate(record(connection, kept))
    ]
    if found:
        connection.execute(insert(meeting_captures), found)


def _list_committee(connection: Connection, meeting: Meeting) -> None:
    """A committee that a meeting names exists, also when no list has it (any more)."""
    committee = meeting.committee
    if committee is None or committee.id is None:
        return
    if connection.scalar(select(committees.c.id).where(committees.c.id == committee.id)) is None:
        row = {"id": committee.id, "council": meeting.council, "name": committee.name}
        connection.execute(insert(committees), row)


def _list_members(connection: Connection, meeting: Meeting) -> None:
    """Who sat in a meeting is a member, also when the list has them no more; the list's own word counts for more."""
    named = {each.member: each.name for each in meeting.attendance if each.member}
    listed = set(connection.scalars(select(members.c.id).where(members.c.id.in_(named))))
    new = [{"id": each, "name": name} for each, name in named.items() if each not in listed]
    if new:
        connection.execute(insert(members), [row | {"council": meeting.council} for row in new])


def record(connection: Connection, kept: Iterable[Capture]) -> tuple[int, ...]:
    """The rows of these captures, made where they are missing, each once, in order."""
    wanted = {(capture.file, capture.offset): capture for capture in kept}
    if not wanted:
        return ()
    there = select(captures.c.file, captures.c.offset, captures.c.id).where(
        captures.c.file.in_({file for file, _ in wanted}), captures.c.offset.in_({offset for _, offset in wanted})
    )
    found: dict[tuple[str, int], int] = {(row.file, row.offset): row.id for row in connection.execute(there)}
    missing = {place: capture for place, capture in wanted.items() if place not in found}
    if missing:
        made = insert(captures).returning(captures.c.id, sort_by_parameter_order=True)
        rows = [_capture_row(capture) for capture in missing.values()]
        found.update(zip(missing, connection.scalars(made, rows), strict=True))
    return tuple(found[place] for place in wanted)


def _capture_row(capture: Capture) -> Row:
    return {column.name: getattr(capture, column.name) for column in captures.columns if column.name != "id"}


def announce(connection: Connection, changed: Sequence[str]) -> None:
    """Put meetings into the outbox; each stands there once, with the sequence of its latest change."""
    connection.execute(delete(changes).where(changes.c.meeting.in_(changed)))
    connection.execute(insert(changes), [{"meeting": meeting} for meeting in changed])


def put(connection: Connection, table: Table, row: Row) -> None:
    """Write the row of this `id`, new or in place of the old: an upsert that every database speaks."""
    if not connection.execute(update(table).where(table.c.id == row["id"]).values(row)).rowcount:
        connection.execute(insert(table), row)
