"""Whether the database holds what it says it holds: each meeting against its own rows, each version readable."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from archive import saving
from archive.database import Database
from archive.errors import StoreError
from archive.model import LONDON, MeetingId
from archive.problems import Problem, Step
from archive.rows import Row, Rows, to_meeting, to_rows, unpacked
from archive.runs import Ending
from archive.schema import attendance, documents, items, listings, meetings, versions
from archive.versions import digest

_AT_ONCE = 50    # meetings in memory
_AGAIN = "`minutebook reparse` or `minutebook crawl --full` reads it again"
_COPY = "put back a copy of the home"
_FOUND_BY = ("council", "committee", "day", "start", "minutes", "items", "resolutions", "documents")
_PLACES: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (items, ("position", "id")), (documents, ("item", "position", "id")), (attendance, ("member",)),
)  # fmt: skip


def database_problems(database: Database) -> Iterator[Problem]:
    """What SQLite itself finds wrong with its file; nothing of another database, which has its own means."""
    with database.reading() as connection:
        if connection.dialect.name != "sqlite":
            return
        damage = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check(20)") if row[0] != "ok"]
        lost = [(row[0], row[2]) for row in connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(20)]
    for said in damage:
        yield Problem("database", database.name, f"{said}; {_COPY}", False)
    for table, parent in lost:
        detail = f"a row of {table} refers to nothing in {parent}; {_COPY}"
        yield Problem("database", database.name, detail, False)


def how_many(connection: Connection) -> int:
    """How many meetings there are to look at."""
    return connection.scalar(select(func.count()).select_from(meetings)) or 0


def meeting_problems(database: Database, step: Step) -> Iterator[Problem]:
    """What is wrong with meetings and their versions; some at a time are in memory."""
    last = ""
    while batch := _batch(database, last):
        for held in batch:
            yield from _problems(held)
            step()
        last = batch[-1].row.id


def listing_problems(database: Database) -> Iterator[Problem]:
    """The meetings that were read once, are listed still, and are not held."""
    read = [ending.value for ending in Ending if not ending.failed and ending is not Ending.BUDGET]
    lost = select(listings.c.id, listings.c.looked).outerjoin(meetings, meetings.c.id == listings.c.id).where(
        meetings.c.id.is_(None), listings.c.missed == 0, listings.c.ending.in_(read))
    with database.reading() as connection:
        rows = connection.execute(lost.order_by(listings.c.id)).all()
    for row in rows:
        day = f"{row.looked.astimezone(LONDON).date():%d/%m/%Y}" if row.looked else "an unknown day"
        detail = f"was looked at on {day} and is not held; the next crawl fetches it"
        yield Problem("meeting", row.id, detail, False)


@dataclass(frozen=True, slots=True)
class _Held:
    """A meeting's row, the bodies of its items, the rows that find its parts, and its versions."""

    row: Any
    bodies: Sequence[str]
    places: Sequence[Sequence[tuple[Any, ...]]]
    versions: Sequence[Any]


def _batch(database: Database, after: str) -> list[_Held]:
    with database.reading() as connection:
        rows = connection.execute(
            select(meetings).where(meetings.c.id > after).order_by(meetings.c.id).limit(_AT_ONCE)
        ).all()
        return [_held(connection, row) for row in rows]


def _held(connection: Connection, row: Any) -> _Held:
    bodies = connection.scalars(select(items.c.body).where(items.c.meeting == row.id).order_by(items.c.position))
    places = []
    for table, names in _PLACES:
        columns = [table.c[name] for name in names]
        found = connection.execute(select(*columns).where(table.c.meeting == row.id))
        places.append(sorted(tuple(each) for each in found))
    several = connection.execute(select(versions).where(versions.c.meeting == row.id).order_by(versions.c.number))
    return _Held(row, tuple(bodies), places, several.all())


def _problems(held: _Held) -> Iterator[Problem]:
    yield from _version_problems(held)
    identity = held.row.id
    try:
        rows = to_rows(to_meeting(held.row.head, tuple(held.bodies)))
    except StoreError as error:
        yield Problem("meeting", identity, f"{error}: {_AGAIN}", False)
        return
    if rows.meeting["id"] != identity:
        yield Problem("meeting", identity, f"holds {rows.meeting['id']}: damaged; {_AGAIN}", False)
    elif wrong := list(_wrong(held, rows)):
        yield Problem("meeting", identity, f"its rows do not say what it says itself: {', '.join(wrong)}", True)


def _version_problems(held: _Held) -> Iterator[Problem]:
    identity, current = held.row.id, held.row.version
    numbers = [version.number for version in held.versions]
    if numbers != list(range(1, current + 1)):
        detail = f"should have versions 1 to {current}, has {numbers}; {_COPY}"
        yield Problem("version", identity, detail, False)
    for version in held.versions:
        if version.number != current and (said := _old_damage(version)):
            yield Problem("version", f"{identity} version {version.number}", f"{said}; {_COPY}", False)


def _old_damage(version: Any) -> str | None:
    if version.body is None:
        return "an older version without its text"
    try:
        meeting = unpacked(version.body, version.meeting)
    except StoreError as error:
        return str(error)
    return None if digest(meeting) == version.digest else "its text is not what was kept"


def _wrong(held: _Held, rows: Rows) -> Iterator[str]:
    """The names of what disagrees."""
    yield from (name for name in _FOUND_BY if getattr(held.row, name) != rows.meeting[name])
    current = [version.digest for version in held.versions if version.number == held.row.version]
    if current and current != [rows.digest]:
        yield "digest"
    for (table, names), found, wanted in zip(_PLACES, held.places, _parts(rows), strict=True):
        if found != sorted(tuple(row[name] for name in names) for row in wanted):
            yield f"places of {table.name}"


def _parts(rows: Rows) -> tuple[tuple[Row, ...], ...]:
    return rows.items, rows.documents, rows.attendance


def mend_meeting(connection: Connection, identity: MeetingId) -> bool:
    """Write the rows of a meeting again from what it says itself, and tell the index; whether it could be read."""
    row = connection.execute(select(meetings).where(meetings.c.id == identity)).one_or_none()
    if row is None:
        return False
    try:
        rows = to_rows(to_meeting(row.head, tuple(_held(connection, row).bodies)))
    except StoreError:
        return False
    if rows.meeting["id"] != identity:
        return False
    connection.execute(update(meetings).where(meetings.c.id == identity).values(rows.meeting))
    version = (versions.c.meeting == identity) & (versions.c.number == row.version)
    connection.execute(update(versions).where(version).values(digest=rows.digest))
    for (table, _), wanted in zip(_PLACES, _parts(rows), strict=True):
        connection.execute(delete(table).where(table.c.meeting == identity))
        if wanted:
            connection.execute(insert(table), wanted)
    saving.announce(connection, [identity])
    return True
