"""Saving a meeting: what becomes of the rows that are there, inside one transaction that `archive.store` gives."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, literal, select, update

from archive.captures import Capture
from archive.errors import StoreError
from archive.keeping import Absence, Absences, Look, kept_with
from archive.model import Meeting, MeetingId
from archive.rows import Row, Rows, packed, to_head, to_meeting, to_rows
from archive.schema import (
    absences,
    attendance,
    captures,
    changes,
    committees,
    councils,
    documents,
    items,
    meeting_captures,
    meetings,
    members,
    versions,
)
from archive.versions import Saved

# Made once: SQLAlchemy takes as long to put a statement together as SQLite to answer it.
_CURRENT = (
    select(versions.c.number, versions.c.digest, versions.c.last, versions.c.parser, meetings.c.head)
    .join(meetings, (meetings.c.id == versions.c.meeting) & (meetings.c.version == versions.c.number))
    .where(versions.c.meeting == bindparam("of"))
)
_ABSENCES = select(absences).where(absences.c.meeting == bindparam("of"))
_BODIES = select(items.c.body).where(items.c.meeting == bindparam("of")).order_by(items.c.position)
_COMMITTEE = select(committees.c.id).where(committees.c.id == bindparam("of"))
_CONFIRMED = update(versions).where(
    (versions.c.meeting == bindparam("of")) & (versions.c.number == bindparam("which"))
)
_LINKS = delete(meeting_captures).where(
    (meeting_captures.c.meeting == bindparam("of")) & (meeting_captures.c.number == bindparam("which"))
)
_MEMBERS = select(members.c.id).where(members.c.id.in_(bindparam("named", expanding=True)))
_CHANGE = delete(changes).where(changes.c.meeting == bindparam("of"))
_PLACE = select(captures.c.id).where(
    (captures.c.file == bindparam("in_file")) & (captures.c.offset == bindparam("at"))
)
_UPDATES = {
    table: update(table).where(table.c.id == bindparam("of")) for table in (meetings, councils, committees, members)
}
_INSERTS = {table: insert(table) for table in (
    meetings, councils, committees, members, items, documents, attendance, versions, changes, meeting_captures,
)}


@dataclass(frozen=True, slots=True)
class Reading:
    """A meeting as it was read: from which captures, by which `parser`, and what that look tells of its site."""

    meeting: Meeting
    captures: Sequence[Capture]
    parser: str
    look: Look


def save(connection: Connection, reading: Reading) -> Saved:
    """Make the meeting that was read the current version of itself, unless it is that already, with what of the held
    one stands; see `Store.save_meeting`.
    """
    rows = to_rows(reading.meeting)
    identity = rows.meeting["id"]
    current = _current(connection, identity)
    if current is None:
        _begin(connection, rows, reading, 1)
        return Saved.NEW
    kept = _kept(connection, reading, rows, current)
    if kept != reading.meeting:
        rows = to_rows(kept)
    if current.digest == rows.digest:
        _confirm(connection, rows, current, reading)
        _heal(connection, rows, current)
        return Saved.SAME
    _supersede(connection, rows, current.number)
    _begin(connection, rows, replace(reading, meeting=kept), current.number + 1)
    return Saved.CHANGED


def mark(connection: Connection, meeting: MeetingId, unpublished: date | None, at: datetime) -> bool:
    """Set or take off the mark of a held meeting, as a new version of it; whether that changed anything.

    A mark that is there already keeps its day.
    """
    current = _current(connection, meeting)
    if current is None or (to_head(current.head).unpublished is None) == (unpublished is None):
        return False
    marked = replace(to_meeting(current.head, _bodies(connection, meeting)), unpublished=unpublished)
    rows = to_rows(marked)
    _supersede(connection, rows, current.number)
    _begin(connection, rows, Reading(marked, (), current.parser, Look(at)), current.number + 1)
    links = meeting_captures.c
    same = select(links.meeting, literal(current.number + 1), links.position, links.capture).where(
        links.meeting == meeting, links.number == current.number
    )
    connection.execute(insert(meeting_captures).from_select(["meeting", "number", "position", "capture"], same))
    return True


def _kept(connection: Connection, reading: Reading, rows: Rows, current: Any) -> Meeting:
    """The meeting with what of the held one stands; notes what is absent."""
    identity = rows.meeting["id"]
    absent = _absences(connection, identity)
    if current.digest == rows.digest and not absent:
        return reading.meeting
    try:
        held = to_meeting(current.head, _bodies(connection, identity))
    except StoreError:    # damaged: nothing can be taken from it, and the new reading is what mends it
        return reading.meeting
    kept = kept_with(held, reading.meeting, absent, reading.look)
    if kept.absences != absent:
        _note_absences(connection, identity, kept.absences)
    return kept.meeting


def _absences(connection: Connection, meeting: str) -> Absences:
    rows = connection.execute(_ABSENCES, {"of": meeting})
    return {row.id: Absence(row.since, row.last, row.missed) for row in rows}


def _note_absences(connection: Connection, meeting: str, absent: Absences) -> None:
    connection.execute(delete(absences).where(absences.c.meeting == meeting))
    rows = [
        {"meeting": meeting, "id": each, "since": row.since, "last": row.last, "missed": row.missed}
        for each, row in absent.items()
    ]
    if rows:
        connection.execute(insert(absences), rows)


def _bodies(connection: Connection, meeting: str) -> tuple[str, ...]:
    return tuple(connection.scalars(_BODIES, {"of": meeting}))


def _current(connection: Connection, meeting: str) -> Any | None:
    """The current version's row and the meeting's head."""
    return connection.execute(_CURRENT, {"of": meeting}).one_or_none()


def _begin(connection: Connection, rows: Rows, reading: Reading, number: int) -> None:
    """Make these rows the current version, known to be of that number."""
    _write(connection, rows, number)
    seen = reading.look.seen
    version = {"meeting": rows.meeting["id"], "number": number, "digest": rows.digest}
    connection.execute(_INSERTS[versions], version | {"seen": seen, "last": seen, "parser": reading.parser})
    _link(connection, rows, number, reading.captures)
    _list_committee(connection, reading.meeting)
    _list_members(connection, reading.meeting)
    announce(connection, [rows.meeting["id"]])


def _confirm(connection: Connection, rows: Rows, current: Any, reading: Reading) -> None:
    """The same again: only when it was last seen so, by which reader, and in which captures."""
    seen, kept = reading.look.seen, reading.captures
    which = {"of": rows.meeting["id"], "which": current.number}
    connection.execute(_CONFIRMED, which | {"parser": reading.parser, "last": max(seen, current.last)})
    if kept and seen >= current.last:
        connection.execute(_LINKS, which)
        _link(connection, rows, current.number, kept)


def _heal(connection: Connection, rows: Rows, current: Any) -> None:
    """Write a meeting again whose text is not what its version says: the database was damaged."""
    bodies = tuple(row["body"] for row in rows.items)
    if (current.head, _bodies(connection, rows.meeting["id"])) != (rows.meeting["head"], bodies):
        _clear(connection, rows.meeting["id"])
        _write(connection, rows, current.number)
        announce(connection, [rows.meeting["id"]])


def _supersede(connection: Connection, rows: Rows, number: int) -> None:
    """Keep the version that was current, whole, and clear its place."""
    identity = rows.meeting["id"]
    head = connection.execute(select(meetings.c.head).where(meetings.c.id == identity)).scalar_one()
    version = (versions.c.meeting == identity) & (versions.c.number == number)
    connection.execute(update(versions).where(version).values(body=packed(head, _bodies(connection, identity))))
    _clear(connection, identity)


def _clear(connection: Connection, meeting: str) -> None:
    for table in (items, documents, attendance):
        connection.execute(delete(table).where(table.c.meeting == meeting))


def _write(connection: Connection, rows: Rows, number: int) -> None:
    put(connection, meetings, rows.meeting | {"version": number})
    for table, several in ((items, rows.items), (documents, rows.documents), (attendance, rows.attendance)):
        if several:
            connection.execute(_INSERTS[table], several)


def _link(connection: Connection, rows: Rows, number: int, kept: Sequence[Capture]) -> None:
    found = [
        {"meeting": rows.meeting["id"], "number": number, "position": at, "capture": capture}
        for at, capture in enumerate(record(connection, kept))
    ]
    if found:
        connection.execute(_INSERTS[meeting_captures], found)


def _list_committee(connection: Connection, meeting: Meeting) -> None:
    """A committee that a meeting names exists, also when no list has it (any more)."""
    committee = meeting.committee
    if committee is None or committee.id is None:
        return
    if connection.scalar(_COMMITTEE, {"of": committee.id}) is None:
        row = {"id": committee.id, "council": meeting.council, "name": committee.name}
        connection.execute(insert(committees), row)


def _list_members(connection: Connection, meeting: Meeting) -> None:
    """Who sat in a meeting is a member, also when the list has them no more; the list's own word counts for more."""
    named = {each.member: each.name for each in meeting.attendance if each.member}
    listed = set(connection.scalars(_MEMBERS, {"named": list(named)}))
    new = [{"id": each, "name": name} for each, name in named.items() if each not in listed]
    if new:
        connection.execute(insert(members), [row | {"council": meeting.council} for row in new])


def record(connection: Connection, kept: Iterable[Capture]) -> tuple[int, ...]:
    """The rows of these captures, made where they are missing, each once, in order."""
    wanted = {(capture.file, capture.offset): capture for capture in kept}
    if not wanted:
        return ()
    found: dict[tuple[str, int], int] = {}
    for file, at in wanted:
        row = connection.scalar(_PLACE, {"in_file": file, "at": at})
        if row is not None:
            found[file, at] = row
    missing = {place: capture for place, capture in wanted.items() if place not in found}
    if missing:
        made = insert(captures).returning(captures.c.id, sort_by_parameter_order=True)
        rows = [capture_row(capture) for capture in missing.values()]
        found.update(zip(missing, connection.scalars(made, rows), strict=True))
    return tuple(found[place] for place in wanted)


def capture_row(capture: Capture) -> Row:
    """The row of a capture."""
    return {column.name: getattr(capture, column.name) for column in captures.columns if column.name != "id"}


def announce(connection: Connection, changed: Sequence[str]) -> None:
    """Put meetings into the outbox; each stands there once, with the sequence of its latest change."""
    for meeting in changed:
        connection.execute(_CHANGE, {"of": meeting})
    connection.execute(_INSERTS[changes], [{"meeting": meeting} for meeting in changed])


def put(connection: Connection, table: Table, row: Row) -> None:
    """Write the row of this `id`, new or in place of the old: an upsert that every database speaks."""
    values = {name: value for name, value in row.items() if name != "id"}
    if not connection.execute(_UPDATES[table], values | {"of": row["id"]}).rowcount:
        connection.execute(_INSERTS[table], row)
