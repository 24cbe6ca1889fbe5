"""The store: every meeting whole, found by its identifiers, with its older versions and the captures it was read from.

All SQL of Minutebook is behind this class, in modules that work inside the transactions that it gives: `archive.saving`
and `archive.finding` for meetings, `archive.announcing` and `archive.coverage` for what sites announce,
`archive.ledger` for requests and runs, `archive.outbox` for the index, over `archive.schema` and `archive.database`. It
raises `StoreError` when the database refuses and `UnknownId` for what is not there.

One identifier may stand in several places: a report that two meetings have, an item that was moved, or listed twice.
All of them are kept. Asked for by its identifier alone, the answer is the one of the meeting that starts last, and in
it the first in order: a rule that does not depend on the order of crawling.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Select, select

from archive import announcing, finding, ledger, membership, saving
from archive.announcing import Lists
from archive.captures import Capture
from archive.coverage import Coverage, covered
from archive.database import PATIENCE, Database
from archive.errors import Unfit
from archive.keeping import Look
from archive.ledger import Finish
from archive.listings import Announced, Door, Listing
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
)
from archive.outbox import Change, Outbox, unknown
from archive.rows import to_head, unpacked
from archive.runs import Asked, Counts, Ending, Failure, Run, RunId
from archive.saving import Reading
from archive.schema import captures, committees, councils, meetings, members, versions
from archive.versions import Saved, Version

__all__ = ["Change", "Counts", "Failure", "Run", "RunId", "Saved", "Store", "Version"]

class Store(Outbox):
    """Opened by `Store.open`; may be shared by threads. Reads never wait for a write."""

    @classmethod
    def open(cls, address: str | Path, patience: float = PATIENCE, *, brief: bool = False) -> "Store":
        """The store at a path or an SQLAlchemy URL, made or brought up to date if need be.

        A writer waits `patience` seconds for another. Raises `HomeTooNew` when a later version wrote it. For `brief`
        see `Database`.
        """
        return cls(Database(address, patience, brief=brief))

    def close(self) -> None:
        """Give the connections back."""
        self.database.close()

    # Councils, committees, members

    def save_council(self, council: Council) -> None:
        """Keep `council`, in place of what was known of it."""
        with self.database.writing() as connection:
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
            raise Unfit(f"{council}: the committee {nameless[0]!r} has no identifier, so it cannot be listed")
        with self.database.writing() as connection:
            for committee in listed:
                saving.put(connection, committees, asdict(committee) | {"council": council})

    def committees(self, council: CouncilId | None = None) -> tuple[Committee, ...]:
        """All committees that are listed or have a meeting, by name."""
        rows = self._rows(finding.of(council, committees).order_by(committees.c.name, committees.c.id))
        return tuple(Committee(CommitteeId(row.id), row.name) for row in rows)

    def committee(self, identifier: CommitteeId) -> Committee:
        """One committee."""
        row = self._row(select(committees).where(committees.c.id == identifier), "committee", identifier)
        return Committee(CommitteeId(row.id), row.name)

    def save_members(self, council: CouncilId, listed: Iterable[Member], on: date | None = None) -> None:
        """Keep what a list of members says, the site's own `on` that day. Those that are on it no more stay."""
        with self.database.writing() as connection:
            membership.save(connection, council, tuple(listed), on)

    def members(self, council: CouncilId | None = None) -> tuple[Member, ...]:
        """All members that were ever listed, by name."""
        rows = self._rows(finding.of(council, members).order_by(members.c.name, members.c.id))
        return tuple(map(membership.member_of, rows))

    def roster(self, council: CouncilId) -> tuple[Member, ...]:
        """All members, with when they were in office as far as that is known (`archive.rosters`)."""
        with self.database.reading() as connection:
            return membership.roster(connection, council)

    def member(self, identifier: MemberId) -> Member:
        """One member."""
        row = self._row(select(members).where(members.c.id == identifier), "member", identifier)
        return membership.member_of(row)

    # Meetings

    def save_meeting(
        self,
        meeting: Meeting,
        captures: Sequence[Capture],
        parser: str,
        seen: datetime,
        *,
        observed: bool = True,
        untold: frozenset[str] = frozenset(),
    ) -> Saved:
        """Keep `meeting`, whole, with the captures it was read from and its change for the index, or nothing of it.

        `seen` is when the site showed it so (the time of its captures, also when they are read again), `parser` the
        version of the reader. `observed` is false when captures are read again, `untold` names fields of the meeting
        that say nothing this time ("attendance", "documents", "paragraphs"): what is held of them stands. What else is
        held and was not read is kept beside it, and marked when its absence lasts (`archive.keeping`).

        Nothing changes for a meeting that is the `SAME` but these: when it was last seen, by which reader and in which
        captures, so that they can be read again. What was current before stays readable. Raises `StoreError` for a
        meeting, or an item, without an identifier.
        """
        reading = Reading(meeting, captures, parser, Look(seen, observed, untold))
        with self.database.writing() as connection:
            return saving.save(connection, reading)

    def item(self, identifier: ItemId) -> tuple[Meeting, Item]:
        """An item, and its meeting without items."""
        found = self.items([identifier])
        if identifier not in found:
            raise unknown("item", identifier)
        return found[identifier]

    def items(self, identifiers: Sequence[ItemId]) -> dict[ItemId, tuple[Meeting, Item]]:
        """These items in the order asked for, each with its meeting without items; unknown ones are left out."""
        with self.database.reading() as connection:
            return finding.item_rows(connection, identifiers)

    def document(self, identifier: DocumentId) -> tuple[Meeting, Item | None, Document]:
        """A document, the item it belongs to (`None`: to the meeting itself), and the meeting without items."""
        return finding.document_of(self._row(finding.document_query(identifier), "document", identifier))

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
        order = finding.LATEST_FIRST if newest_first else (meetings.c.start.asc().nulls_last(), meetings.c.id)
        query = select(meetings.c.head).where(*finding.chosen(council, committee, member, since, until))
        rows = self._rows(query.order_by(*order).limit(limit).offset(offset))
        return tuple(to_head(row.head) for row in rows)

    def held(self, council: CouncilId) -> set[MeetingId]:
        """The meetings of `council` that are here."""
        return {MeetingId(row.id) for row in self._rows(select(meetings.c.id).where(meetings.c.council == council))}

    # Versions and captures

    def versions(self, identifier: MeetingId) -> tuple[Version, ...]:
        """What is known of each version of a meeting, oldest first; the last is the current one."""
        rows = self._rows(select(versions).where(versions.c.meeting == identifier).order_by(versions.c.number))
        if not rows:
            raise unknown("meeting", identifier)
        return tuple(Version(row.number, row.digest, row.seen, row.parser, row.last) for row in rows)

    def version(self, identifier: MeetingId, number: int) -> Meeting:
        """A meeting as it was in this version."""
        one = select(versions.c.body).where(versions.c.meeting == identifier, versions.c.number == number)
        row = self._row(one, f"version {number} of meeting", identifier)
        return self.meeting(identifier) if row.body is None else unpacked(row.body, identifier)

    def captures_of(self, identifier: MeetingId, number: int | None = None) -> tuple[Capture, ...]:
        """The captures that a meeting was read from, in order; those of its current version, or of that `number`."""
        return tuple(finding.capture_of(row) for row in self._rows(finding.capture_query(identifier, number)))

    def save_captures(self, kept: Iterable[Capture]) -> None:
        """Keep captures that are no meeting's: lists, and what could not be read."""
        with self.database.writing() as connection:
            saving.record(connection, kept)

    def capture_of(self, sha256: str) -> Capture | None:
        """The first capture of a body with this SHA-256."""
        return self._capture(select(captures).where(captures.c.sha256 == sha256).order_by(captures.c.id))

    def capture_at(self, url: str, answered: bool = False) -> Capture | None:
        """The latest capture of an address; with `answered`, the latest of status 200 or 304."""
        return self._capture(finding.latest_capture(url, answered))

    def each_capture(self) -> Iterator[Capture]:
        """Every capture, oldest first; some at a time are in memory."""
        last = 0
        query = select(captures).order_by(captures.c.id).limit(finding.PARAMETERS)
        while rows := self._rows(query.where(captures.c.id > last)):
            yield from (finding.capture_of(row) for row in rows)
            last = rows[-1].id

    def _capture(self, query: Select[Any]) -> Capture | None:
        return next((finding.capture_of(row) for row in self._rows(query.limit(1))), None)

    # What sites announce, and how they are asked

    def listings(
        self, council: CouncilId, since: date | None = None, until: date | None = None
    ) -> dict[MeetingId, Listing]:
        """What is known of each meeting that a council ever announced, by date; days in London, both in."""
        with self.database.reading() as connection:
            return announcing.known(connection, council, since, until)

    def save_announced(
        self,
        council: CouncilId,
        found: Iterable[Announced],
        since: date | None,
        until: date | None,
        at: datetime,
        count_missing: bool,
        but: Collection[str] = (),
    ) -> tuple[MeetingId, ...]:
        """Keep what the lists of a council had `at` that time, asked for these days in London, both in.

        With `count_missing`, known meetings of those days that they lack count as missed, `but` those of committees so
        named. Held ones missed often and long enough (`archive.keeping`), by lists of two years back and all ahead now,
        are marked `unpublished`, their Welsh too, and returned. One found again loses its mark; others stay untouched.
        """
        lists = Lists(tuple(found), since, until, at, count_missing, frozenset(but))
        with self.database.writing() as connection:
            return announcing.announce(connection, council, lists)

    def save_look(self, meeting: MeetingId, ending: Ending, reason: str | None, at: datetime) -> None:
        """Note how a look at an announced meeting ended. One for which there was no budget was none; nor is there
        anything to note of a meeting that no list had.
        """
        with self.database.writing() as connection:
            announcing.look(connection, meeting, ending, reason, at)

    def doors(self, council: CouncilId) -> dict[str, Door]:
        """How asking a council's site has gone, by the name of each way."""
        with self.database.reading() as connection:
            return announcing.doors_of(connection, council)

    def save_doors(self, council: CouncilId, ways: Mapping[str, Door]) -> None:
        """Keep these in place of all that was known of the council's ways."""
        with self.database.writing() as connection:
            announcing.replace_doors(connection, council, ways)

    def coverage(
        self, council: CouncilId | None = None, since: date | None = None, until: date | None = None
    ) -> tuple[Coverage, ...]:
        """By committee and month, what is announced against what is held; days in London, both in."""
        with self.database.reading() as connection:
            return covered(connection, council, since, until)

    # Requests, runs and counts

    def save_request(self, asked: Asked, capture: Capture | None) -> None:
        """Note a request in the ledger, with the capture that was made of its answer just now."""
        with self.database.writing() as connection:
            ledger.note(connection, asked, capture)

    def requests(self, council: CouncilId | None = None, since: datetime | None = None) -> Iterator[Asked]:
        """The ledger, oldest first; some at a time are in memory."""
        after = None
        while batch := self._lines(council, since, after):
            yield from (asked for _, asked in batch)
            after = batch[-1][1].at, batch[-1][0]

    def _lines(
        self, council: CouncilId | None, since: datetime | None, after: tuple[datetime, int] | None
    ) -> list[tuple[int, Asked]]:
        with self.database.reading() as connection:
            return ledger.lines(connection, council, since, after)

    def begin_run(self, council: CouncilId, started: datetime) -> RunId:
        """Note that a crawl of `council` has begun."""
        with self.database.writing() as connection:
            return ledger.begin(connection, council, started)

    def finish_run(
        self,
        run: RunId,
        finished: datetime,
        counts: Mapping[str, int],
        failed: Sequence[Failure],
        *,
        requests: int = 0,
        stopped: str | None = None,
        listed: date | None = None,
    ) -> None:
        """Note how a crawl ended (`archive.runs.Run`)."""
        with self.database.writing() as connection:
            ledger.finish(connection, run, Finish(finished, counts, failed, requests, stopped, listed))

    def runs(self, council: CouncilId, limit: int = 30) -> tuple[Run, ...]:
        """The latest runs of one council, newest first."""
        with self.database.reading() as connection:
            return ledger.of_council(connection, council, limit)

    def last_listed(self, council: CouncilId, first: date) -> date | None:
        """The day of the latest run whose lists were had from the day `first` on, or from before it."""
        with self.database.reading() as connection:
            return ledger.last_listed(connection, council, first)

    def counts(self, council: CouncilId | None = None) -> Counts:
        """How much is held of `council`, or of all; the Welsh texts of bilingual meetings are not counted again."""
        with self.database.reading() as connection:
            return finding.counts(connection, council)

    def _rows(self, query: Select[Any]) -> Sequence[Any]:
        with self.database.reading() as connection:
            return connection.execute(query).all()

    def _row(self, query: Select[Any], noun: str, identifier: str) -> Any:
        rows = self._rows(query)
        if not rows:
            raise unknown(noun, identifier)
        return rows[0]
