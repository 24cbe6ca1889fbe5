"""What the store gives to whoever indexes it: its meetings whole, and the outbox of what has changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select

from archive import finding, saving
from archive.errors import Damaged, UnknownId
from archive.model import CouncilId, Meeting, MeetingId
from archive.overview import Overview
from archive.rows import to_named
from archive.schema import changes, items, meetings

_AT_ONCE = 50    # meetings in memory while all are read


@dataclass(frozen=True, slots=True)
class Change:
    """A meeting that the index has not seen yet. A later change of the same meeting has a higher `sequence`."""

    sequence: int
    meeting: MeetingId


class Outbox(Overview):
    """What the store answers an index."""

    def meeting(self, identifier: MeetingId) -> Meeting:
        """One meeting, whole. Raises `Damaged` for one that cannot be read."""
        bodies = select(items.c.body).where(items.c.meeting == identifier).order_by(items.c.position)
        with self.database.reading() as connection:
            head = connection.scalar(select(meetings.c.head).where(meetings.c.id == identifier))
            if head is None:
                raise unknown("meeting", identifier)
            return to_named(identifier, head, tuple(connection.scalars(bodies)))

    def each_meeting(
        self, council: CouncilId | None = None, *, unread: list[MeetingId] | None = None
    ) -> Iterator[Meeting]:
        """Every meeting, whole, by identifier; some at a time are in memory. What is saved meanwhile may be seen.

        One that cannot be read is left out and added to `unread`; without that list it raises `Damaged`.
        """
        last = ""
        while batch := self._batch(council, last):
            for identifier, head, bodies in batch:
                try:
                    meeting = to_named(identifier, head, tuple(bodies))
                except Damaged:
                    if unread is None:
                        raise
                    unread.append(MeetingId(identifier))
                else:
                    yield meeting
            last = batch[-1][0]

    def _batch(self, council: CouncilId | None, after: str) -> list[tuple[str, str, list[str]]]:
        with self.database.reading() as connection:
            return finding.some_meetings(connection, council, after, _AT_ONCE)

    def changes(self, limit: int = 1000) -> tuple[Change, ...]:
        """What the index has still to take in, oldest change first, each meeting once."""
        with self.database.reading() as connection:
            rows = connection.execute(select(changes).order_by(changes.c.sequence).limit(limit)).all()
        return tuple(Change(row.sequence, MeetingId(row.meeting)) for row in rows)

    def done(self, taken: Sequence[Change]) -> None:
        """The index has taken these in. A meeting that has changed again meanwhile stays."""
        with self.database.writing() as connection:
            for some in finding.in_parts([change.sequence for change in taken]):
                connection.execute(delete(changes).where(changes.c.sequence.in_(some)))

    def wait(self, lacking: Sequence[MeetingId]) -> None:
        """The index lacks these, so they wait for it."""
        if lacking:
            with self.database.writing() as connection:
                saving.announce(connection, lacking)

    def unreadable(self, most: int = 200) -> tuple[MeetingId, ...]:
        """Which of the `most` meetings that have waited longest the index cannot take in, since they are damaged."""
        found = list[MeetingId]()
        for change in self.changes(most):
            try:
                self.meeting(change.meeting)
            except UnknownId:
                pass
            except Damaged:
                found.append(change.meeting)
        return tuple(found)


def unknown(noun: str, identifier: str) -> UnknownId:
    """The failure to raise for what is not there."""
    return UnknownId(f"{identifier}: no {noun} of that identifier in the archive")
