"""The store: every meeting whole, found by its identifiers, with its older versions and the captures it was read from.

All SQL of Minutebook is behind this class (`archive.schema`, `archive.saving`, `archive.database`). It raises
`StoreError` when the database refuses and `UnknownId` for what is not there.

One identifier may stand in several places: a report that two meetings have, an item that was moved, or listed twice.
All of them are kept. Asked for by its identifier alone, the answer is the one of the meeting that starts last, and in
it the first in order: a rule that does not depend on the order of crawling.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, delete, func, insert, select, update

from archive import saving
from archive.captures import Capture
from archive.database import PATIENCE, Database
from archive.errors import StoreError, UnknownId
from archive.model import (
    Committee,
    CommitteeId,
    Council,
    CouncilId,
    Document,
    DocumentId,
    Item,
    ItemId,
    Meeting,
    MeetingId,
    Member,
    MemberId,
    MinutesStatus,
)
from archive.rows import OF_MEETING, to_head, to_item, to_meeting, unpacked
from archive.runs import Counts, Failure, Run, RunId
from archive.schema import (
    attendance,
    captures,
    changes,
    committees,
    councils,
    documents,
    failures,
    items,
    meeting_captures,
    meetings,
    members,
    runs,
    versions,
)
from archive.versions import Saved, Version

__all__ = ["Change", "Counts", "Failure", "Run", "RunId", "Saved", "Store", "Version"]

_AT_ONCE = 50    # meetings in memory while all are read
_PARAMETERS = 500    # identifiers asked for in one statement

_LATEST_FIRST = (meetings.c.start.desc().nulls_last(), meetings.c.id.desc())


@dataclass(frozen=True, slots=True)
class Change:
    """A meeting that the index has not seen yet. A later change of the same meeting has a higher `sequence`."""

    sequence: int
    meeting: MeetingId


class Store:
    """Opened by `Store.open`; may be shared by threads. Reads never wait for a write."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, address: str | Path, patience: float = PATIENCE) -> "Store":
        """The store at a path or an SQLAlchemy URL, made or brought up to date if need be.

        A writer waits `patience` seconds for another. Raises `HomeTooNew` when a later version wrote it.
        """
        return cls(Database(address, patience))

    def close(self) -> None:
        """Give the connections back."""
        self._database.close()

    # Councils, committees, members

    def save_council(self, council: Council) -> None:
        """Keep `council`, in place of what was known of it."""
        with self._database.writing() as connection:
            saving.put(connection, councils, asdict(council))

    def councils(self) -> tuple[Council, ...]:
        """All councils, by identifier."""
        rows = self._rows(select(councils).order_by(councils.c.id))
        return tuple(Council(CouncilId(row.id), row.name, row.url, row.platform) for row in rows)

    def council(self, identifier: CouncilId) -> Council:
        """One council."""
        row = self._row(select(councils).where(councils.c.id == identifier), "council", identifier)
        return Council(CouncilId(row.id), row.name, row.url, row.platform)

    def save_committees(self, council: CouncilId, listed: Iterable[Committee]) -> None:
        """Keep what a list of committees says. Those that are on it no more stay: their meetings do too."""
        listed = tuple(listed)
        if nameless := [committee.name for committee in listed if committee.id is None]:
            raise StoreError(f"{council}: the committee {nameless[0]!r} has no identifier, so it cannot be listed")
        with self._database.writing() as connection:
            for committee in listed:
                saving.put(connection, committees, asdict(committee) | {"council": council})

    def committees(self, council: CouncilId | None = None) -> tuple[Committee, ...]:
        """All committees that are listed or have a meeting, by name."""
        rows = self._rows(_of(council, committees).order_by(committees.c.name, committees.c.id))
        return tuple(Committee(CommitteeId(row.id), row.name) for row in rows)

    def committee(self, identifier: CommitteeId) -> Committee:
        """One committee."""
        row = self._row(select(committees).where(committees.c.id == identifier), "committee", identifier)
        return Committee(CommitteeId(row.id), row.name)

    def save_members(self, council: CouncilId, listed: Iterable[Member]) -> None:
        """Keep what a list of members says. Those that are on it no more stay: they sat in its meetings."""
        with self._database.writing() as connection:
            for member in listed:
                saving.put(connection, members, asdict(member) | {"council": council})

    def members(self, council: CouncilId | None = None) -> tuple[Member, ...]:
        """All members that were ever listed, by name."""
        rows = self._rows(_of(council, members).order_by(members.c.name, members.c.id))
        return tuple(_member(row) for row in rows)

    def member(self, identifier: MemberId) -> Member:
        """One member."""
        return _member(self._row(select(members).where(members.c.id == identifier), "member", identifier))

    # Meetings

    def save_meeting(self, meeting: Meeting, captures: Sequence[Capture], parser: str, seen: datetime) -> Saved:
        """Keep `meeting`, whole, with the captures it was read from and its change for the index, or nothing of it.

        `seen` is when the site showed it so (the time of its captures, also when they are read again), `parser` the
        version of the reader. Nothing changes for a meeting that is the `SAME` but these: when it was last seen, by
        which reader and in which captures, so that they can be read again. What was current before stays readable.
        Raises `StoreError` for a meeting, or an item, without an identifier.
        """
        with self._database.writing() as connection:
            return saving.save(connection, meeting, captures, parser, seen)

    def meeting(self, identifier: MeetingId) -> Meeting:
        """One meeting, whole."""
        bodies = select(items.c.body).where(items.c.meeting == identifier).order_by(items.c.position)
        with self._database.reading() as connection:
            head = connection.scalar(select(meetings.c.head).where(meetings.c.id == identifier))
            if head is None:
                raise _unknown("meeting", identifier)
            return to_meeting(head, tuple(connection.scalars(bodies)))

    def item(self, identifier: ItemId) -> tuple[Meeting, Item]:
        """An item, and its meeting without items."""
        found = self.items([identifier])
        if identifier not in found:
            raise _unknown("item", identifier)
        return found[identifier]

    def items(self, identifiers: Sequence[ItemId]) -> dict[ItemId, tuple[Meeting, Item]]:
        """These items in the order asked for, each with its meeting without items; unknown ones are left out."""
        best: dict[str, Any] = {}
        for at in range(0, len(identifiers), _PARAMETERS):
            chosen = items.c.id.in_(identifiers[at : at + _PARAMETERS])
            several = select(items.c.id, items.c.body, items.c.meeting, meetings.c.head).join(meetings).where(chosen)
            for row in self._rows(several.order_by(*_LATEST_FIRST, items.c.position)):
                best.setdefault(row.id, row)
        heads = {row.meeting: to_head(row.head) for row in best.values()}
        wanted = [identifier for identifier in identifiers if identifier in best]
        return {each: (heads[best[each].meeting], to_item(best[each].body)) for each in wanted}

    def document(self, identifier: DocumentId) -> tuple[Meeting, Item | None, Document]:
        """A document, the item it belongs to (`None`: to the meeting itself), and the meeting without items."""
        row = self._row(
            select(documents, meetings.c.head, items.c.body)
            .join(meetings, documents.c.meeting == meetings.c.id)
            .outerjoin(items, (items.c.meeting == documents.c.meeting) & (items.c.position == documents.c.item))
            .where(documents.c.id == identifier)
            .order_by(*_LATEST_FIRST, documents.c.item, documents.c.position)
            .limit(1),
            "document", identifier,
        )
        meeting = to_head(row.head)
        item = None if row.item == OF_MEETING else to_item(row.body)
        return meeting, item, (meeting if item is None else item).documents[row.position]

    def heads(
        self,
        council: CouncilId | None = None,
        committee: CommitteeId | None = None,
        member: MemberId | None = None,
        since: date | None = None,
        until: date | None = None,
        newest_first: bool = True,
        limit: int | None = None,
        offset: int = 0,
    ) -> tuple[Meeting, ...]:
        """Meetings without their items, those of unknown date last; `since` and `until` are days in London, both in.

        `member` chooses the meetings whose attendance names this member, whatever the status.
        """
        order = _LATEST_FIRST if newest_first else (meetings.c.start.asc().nulls_last(), meetings.c.id)
        query = select(meetings.c.head).where(*_chosen(council, committee, member, since, until))
        rows = self._rows(query.order_by(*order).limit(limit).offset(offset))
        return tuple(to_head(row.head) for row in rows)

    def each_meeting(self, council: CouncilId | None = None) -> Iterator[Meeting]:
        """Every meeting, whole, by identifier; some at a time are in memory. What is saved meanwhile may be seen."""
        last = ""
        while batch := self._batch(council, last):
            yield from (to_meeting(head, tuple(bodies)) for _, head, bodies in batch)
            last = batch[-1][0]

    def _batch(self, council: CouncilId | None, after: str) -> list[tuple[str, str, list[str]]]:
        """The next meetings after this identifier: identifier, head, and the body of each item."""
        some = _of(council, meetings).where(meetings.c.id > after).order_by(meetings.c.id).limit(_AT_ONCE)
        with self._database.reading() as connection:
            batch: dict[str, tuple[str, str, list[str]]] = {
                row.id: (row.id, row.head, []) for row in connection.execute(some)
            }
            theirs = select(items.c.meeting, items.c.body).where(items.c.meeting.in_(batch))
            for row in connection.execute(theirs.order_by(items.c.meeting, items.c.position)):
                batch[row.meeting][2].append(row.body)
        return list(batch.values())

    # Versions and captures

    def versions(self, identifier: MeetingId) -> tuple[Version, ...]:
        """What is known of each version of a meeting, oldest first; the last is the current one."""
        rows = self._rows(select(versions).where(versions.c.meeting == identifier).order_by(versions.c.number))
        if not rows:
            raise _unknown("meeting", identifier)
        return tuple(Version(row.number, row.digest, row.seen, row.parser, row.last) for row in rows)

    def version(self, identifier: MeetingId, number: int) -> Meeting:
        """A meeting as it was in this version."""
        one = select(versions.c.body).where(versions.c.meeting == identifier, versions.c.number == number)
        row = self._row(one, f"version {number} of meeting", identifier)
        return self.meeting(identifier) if row.body is None else unpacked(row.body, identifier)

    def captures_of(self, identifier: MeetingId, number: int | None = None) -> tuple[Capture, ...]:
        """The captures that a meeting was read from, in order; those of its current version, or of that `number`."""
        links, version = meeting_captures.c, meetings.c.version if number is None else number
        linked = (links.meeting == meetings.c.id) & (links.number == version) & (meetings.c.id == identifier)
        query = select(captures).join(meeting_captures, links.capture == captures.c.id).join(meetings, linked)
        return tuple(_capture(row) for row in self._rows(query.order_by(links.position)))

    def save_captures(self, kept: Iterable[Capture]) -> None:
        """Keep captures that are no meeting's: lists, and what could not be read."""
        with self._database.writing() as connection:
            saving.record(connection, kept)

    def capture_of(self, sha256: str) -> Capture | None:
        """The first capture of a body with this SHA-256."""
        return self._capture(select(captures).where(captures.c.sha256 == sha256).order_by(captures.c.id))

    def capture_at(self, url: str) -> Capture | None:
        """The latest capture of an address."""
        latest = captures.c.fetched.desc(), captures.c.id.desc()
        return self._capture(select(captures).where(captures.c.url == url).order_by(*latest))

    def each_capture(self) -> Iterator[Capture]:
        """Every capture, oldest first; some at a time are in memory."""
        last = 0
        query = select(captures).order_by(captures.c.id).limit(_PARAMETERS)
        while rows := self._rows(query.where(captures.c.id > last)):
            yield from (_capture(row) for row in rows)
            last = rows[-1].id

    def _capture(self, query: Select[Any]) -> Capture | None:
        return next((_capture(row) for row in self._rows(query.limit(1))), None)

    # The outbox

    def changes(self, limit: int = 1000) -> tuple[Change, ...]:
        """What the index has still to take in, oldest change first, each meeting once."""
        rows = self._rows(select(changes).order_by(changes.c.sequence).limit(limit))
        return tuple(Change(row.sequence, MeetingId(row.meeting)) for row in rows)

    def done(self, taken: Sequence[Change]) -> None:
        """The index has taken these in. A meeting that has changed again meanwhile stays."""
        with self._database.writing() as connection:
            for at in range(0, len(taken), _PARAMETERS):
                some = [change.sequence for change in taken[at : at + _PARAMETERS]]
                connection.execute(delete(changes).where(changes.c.sequence.in_(some)))

    # Runs and counts

    def begin_run(self, council: CouncilId, started: datetime) -> RunId:
        """Note that a crawl of `council` has begun."""
        with self._database.writing() as connection:
            run = insert(runs).values(council=council, started=started, counts={}).returning(runs.c.id)
            return RunId(connection.execute(run).scalar_one())

    def finish_run(
        self, run: RunId, finished: datetime, counts: Mapping[str, int], failed: Sequence[Failure]
    ) -> None:
        """Note how a crawl ended."""
        rows = [
            {"run": run, "position": at, "what": each.what, "place": each.where, "reason": each.reason}
            for at, each in enumerate(failed)
        ]
        with self._database.writing() as connection:
            ended = update(runs).where(runs.c.id == run).values(finished=finished, counts=dict(counts))
            if not connection.execute(ended).rowcount:
                raise StoreError(f"run {run} was never begun")
            if rows:
                connection.execute(insert(failures), rows)

    def last_runs(self) -> dict[CouncilId, Run]:
        """The latest run of each council, also when it has not ended."""
        latest = select(func.max(runs.c.id)).group_by(runs.c.council)
        with self._database.reading() as connection:
            rows = connection.execute(select(runs).where(runs.c.id.in_(latest)).order_by(runs.c.council)).all()
            return {CouncilId(row.council): _run(connection, row) for row in rows}

    def counts(self, council: CouncilId | None = None) -> Counts:
        """How much is held of `council`, or of all."""
        of = [] if council is None else [meetings.c.council == council]
        columns = [func.coalesce(func.sum(meetings.c[name]), 0) for name in ("items", "resolutions", "documents")]
        with self._database.reading() as connection:
            held = connection.execute(select(func.count(), *columns).select_from(meetings).where(*of)).one()
            newest = select(func.max(meetings.c.day)).where(meetings.c.minutes != MinutesStatus.NONE.value, *of)
            listed = connection.scalar(_of(council, members).with_only_columns(func.count(members.c.id)))
            return Counts(held[0], held[1], held[2], held[3], listed or 0, connection.scalar(newest))

    def _rows(self, query: Select[Any]) -> Sequence[Any]:
        with self._database.reading() as connection:
            return connection.execute(query).all()

    def _row(self, query: Select[Any], noun: str, identifier: str) -> Any:
        rows = self._rows(query)
        if not rows:
            raise _unknown(noun, identifier)
        return rows[0]


def _unknown(noun: str, identifier: str) -> UnknownId:
    return UnknownId(f"{identifier}: no {noun} of that identifier in the archive")


def _of(council: CouncilId | None, table: Table) -> Select[Any]:
    return select(table) if council is None else select(table).where(table.c.council == council)


def _chosen(
    council: CouncilId | None,
    committee: CommitteeId | None,
    member: MemberId | None,
    since: date | None,
    until: date | None,
) -> Iterator[ColumnElement[bool]]:
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


def _member(row: Any) -> Member:
    return Member(MemberId(row.id), row.name, row.party, row.ward, row.url)


def _capture(row: Any) -> Capture:
    return Capture(row.url, row.fetched, row.status, row.content_type, row.sha256, row.file, row.offset)


def _run(connection: Connection, row: Any) -> Run:
    failed = connection.execute(select(failures).where(failures.c.run == row.id).order_by(failures.c.position))
    whats = tuple(Failure(each.what, each.place, each.reason) for each in failed)
    return Run(row.started, row.finished, row.counts, whats)
