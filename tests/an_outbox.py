"""A store in memory, with the outbox of `archive.store`, for tests of what indexes it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from build import a_meeting, an_item

from archive.errors import Damaged, UnknownId
from archive.model import Meeting, MeetingId


@dataclass(frozen=True)
class Change:
    sequence: int
    meeting: MeetingId


class Outbox:
    """A store in memory, with the outbox of `archive.store`."""

    def __init__(self, *meetings: Meeting) -> None:
        self.meetings: dict[MeetingId, Meeting] = {}
        self.waiting: dict[MeetingId, Change] = {}
        self.damaged: set[MeetingId] = set()
        self._sequence = 0
        for meeting in meetings:
            self.save(meeting)

    def save(self, meeting: Meeting) -> None:
        assert meeting.id
        self.meetings[meeting.id] = meeting
        self._wait(meeting.id)

    def forget(self, identifier: MeetingId) -> None:
        del self.meetings[identifier]
        self._wait(identifier)

    def _wait(self, identifier: MeetingId) -> None:
        self._sequence += 1
        self.waiting[identifier] = Change(self._sequence, identifier)

    def wait(self, lacking: Sequence[MeetingId]) -> None:
        for identifier in lacking:
            self._wait(identifier)

    def meeting(self, identifier: MeetingId) -> Meeting:
        if identifier not in self.meetings:
            raise UnknownId(identifier)
        if identifier in self.damaged:
            raise Damaged(identifier, "damaged")
        return self.meetings[identifier]

    def each_meeting(self, *, unread: list[MeetingId] | None = None) -> Iterator[Meeting]:
        for identifier in list(self.meetings):
            if identifier in self.damaged and unread is not None:
                unread.append(identifier)
            else:
                yield self.meeting(identifier)

    def changes(self, limit: int = 1000) -> tuple[Change, ...]:
        return tuple(sorted(self.waiting.values(), key=lambda change: change.sequence)[:limit])

    def done(self, taken: Sequence[Change]) -> None:
        for change in taken:
            if self.waiting.get(change.meeting) == change:
                del self.waiting[change.meeting]


def meeting(local: str, *titles: str) -> Meeting:
    return a_meeting(local, *(an_item(f"{local}{at}", title, "Some words.") for at, title in enumerate(titles)))
