"""What sites announce, and by which ways they are asked: the rows of it.

Inside a transaction that `archive.store` gives.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from archive import ids, saving
from archive.keeping import day_of, vanished
from archive.listings import Announced, Door, Listing
from archive.model import LONDON, Committee, CommitteeId, CouncilId, MeetingId
from archive.rows import Row
from archive.runs import Ending
from archive.schema import doors, listings

_WIDE: Final = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Lists:
    """What the lists of a site had: `found`, asked for from `since` until `until` (days in London, both in), `at` what
    time, and whether what they had not counts as missing, but for the committees that `but` names.
    """

    found: Sequence[Announced]
    since: date | None
    until: date | None
    at: datetime
    count_missing: bool
    but: Collection[str] = frozenset()

    def lack(self, listing: Listing) -> bool:
        """Whether the lists should have had a meeting that they had not. Whose one is must be known, with `but`."""
        day, committee = _day(listing.what), listing.what.committee.id
        inside = (self.since is None or day >= self.since) and (self.until is None or day <= self.until)
        return inside and not (self.but and (committee is None or committee in self.but))

    @property
    def wide(self) -> bool:
        """Whether a meeting that was moved, to any later day or by up to two years back, would have been seen."""
        return self.until is None and (self.since is None or day_of(self.at) - self.since >= _WIDE)


def known(
    connection: Connection, council: CouncilId, since: date | None = None, until: date | None = None
) -> dict[MeetingId, Listing]:
    """What is known of each meeting that a council ever announced, by date; days in London, both in."""
    query = select(listings).where(listings.c.council == council).order_by(listings.c.start, listings.c.id)
    if since is not None:
        query = query.where(listings.c.day >= since)
    if until is not None:
        query = query.where(listings.c.day <= until)
    return {MeetingId(row.id): listing_of(row) for row in connection.execute(query)}


def listing_of(row: Any) -> Listing:
    """The listing of a row that has all columns of `listings`."""
    committee = Committee(None if row.committee is None else CommitteeId(row.committee), row.name)
    what = Announced(MeetingId(row.id), committee, row.start.astimezone(LONDON), row.note)
    ending = None if row.ending is None else Ending(row.ending)
    return Listing(what, row.listed, row.missed, row.missing, row.looked, ending, row.reason, row.failures)


def announce(connection: Connection, council: CouncilId, lists: Lists) -> tuple[MeetingId, ...]:
    """Keep what lists had and count what they had not; the meetings that are marked now. See `Store.save_announced`."""
    before = known(connection, council)
    found = {each.id: each for each in lists.found}
    _write(connection, council, found, before, lists.at)
    back = [meeting for meeting in found if meeting in before and before[meeting].missed]
    for meeting in _with_twins(back):
        saving.mark(connection, meeting, None, lists.at)
    if not lists.count_missing:
        return ()
    absent = [each for each in before.values() if each.what.id not in found and lists.lack(each)]
    return _count(connection, absent, lists.at, marking=lists.wide)


def _write(
    connection: Connection, council: CouncilId, found: Mapping[MeetingId, Announced],
    before: Mapping[MeetingId, Listing], at: datetime,
) -> None:
    """New rows for what was never listed; of the others only what lists say, never how the last look ended."""
    rows = [_row(each) | {"listed": at} for each in found.values()]
    new = [row | {"council": council, "missed": 0, "failures": 0} for row in rows if row["id"] not in before]
    again = [
        {"of": row.pop("id"), "missed": 0, "missing": None, **row} for row in rows if row["id"] in before
    ]
    if new:
        connection.execute(insert(listings), new)
    if again:
        connection.execute(update(listings).where(listings.c.id == bindparam("of")), again)


def _row(announced: Announced) -> Row:
    return {
        "id": announced.id, "committee": announced.committee.id, "name": announced.committee.name,
        "day": _day(announced), "start": announced.start, "note": announced.note,
    }  # fmt: skip


def _day(announced: Announced) -> date:
    return day_of(announced.start)


def _count(
    connection: Connection, absent: Sequence[Listing], at: datetime, *, marking: bool
) -> tuple[MeetingId, ...]:
    """One more run has missed these; with `marking`, marks the held ones that were missed often and long enough."""
    if not absent:
        return ()
    counted = [(each.what.id, each.missed + 1, each.missing or at) for each in absent]
    rows = [{"of": meeting, "missed": missed, "missing": missing} for meeting, missed, missing in counted]
    connection.execute(update(listings).where(listings.c.id == bindparam("of")), rows)
    if not marking:
        return ()
    gone = {meeting: missing for meeting, missed, missing in counted if vanished(missed, missing, at)}
    marked = [meeting for meeting, missing in gone.items() if saving.mark(connection, meeting, day_of(missing), at)]
    for meeting, missing in gone.items():
        saving.mark(connection, MeetingId(ids.twin(meeting)), day_of(missing), at)
    return tuple(marked)


def _with_twins(meetings: Sequence[MeetingId]) -> list[MeetingId]:
    """These, and the same meetings in the other language."""
    return [*meetings, *(MeetingId(ids.twin(meeting)) for meeting in meetings)]


_LOOKED = update(listings).where(listings.c.id == bindparam("of"))
_FAILED = _LOOKED.values(failures=listings.c.failures + 1)


def look(connection: Connection, meeting: MeetingId, ending: Ending, reason: str | None, at: datetime) -> None:
    """Note how a look at an announced meeting ended; one for which there was no budget was none."""
    if ending is Ending.BUDGET:
        return
    values = {"of": meeting, "looked": at, "ending": ending.value, "reason": reason}
    if ending.failed:
        connection.execute(_FAILED, values)
    else:
        connection.execute(_LOOKED, values | {"failures": 0})


def doors_of(connection: Connection, council: CouncilId) -> dict[str, Door]:
    """By which ways a council's site was asked, by name."""
    rows = connection.execute(select(doors).where(doors.c.council == council).order_by(doors.c.name))
    return {row.name: Door(row.worked, row.failures, row.tried) for row in rows}


def replace_doors(connection: Connection, council: CouncilId, ways: Mapping[str, Door]) -> None:
    """Keep these in place of all that was known of the council's."""
    connection.execute(delete(doors).where(doors.c.council == council))
    rows = [
        {"council": council, "name": name, "worked": door.worked, "failures": door.failures, "tried": door.tried}
        for name, door in ways.items()
    ]
    if rows:
        connection.execute(insert(doors), rows)
