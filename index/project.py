"""The projection: a meeting as the entries that engines hold, one for each of its items."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from archive.errors import InputError
from archive.model import (
    Attendance,
    CommitteeId,
    CouncilId,
    Item,
    ItemId,
    Meeting,
    MeetingId,
    MemberId,
    Outcome,
    Person,
)
from archive.versions import digest
from index.analysis import ANALYSIS
from index.passages import Passage, passages
from index.topics import Topics

PROJECTION = "3"
"""To be raised with every change of what an entry holds: an index of another projection is rebuilt."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One agenda item as engines see it.

    `day` is `None` when the meeting's date is not known. `people` are the names as printed and, of members, also as
    the meeting's attendance lists them; `members` are those known to be of the council. `decided` says that a motion
    was carried or a resolution stands. `source` is the digest of the meeting (`archive.versions`) it was made from.
    """

    id: ItemId
    meeting: MeetingId
    council: CouncilId
    committee: CommitteeId | None
    committee_name: str
    day: date | None
    passages: tuple[Passage, ...]
    source: str
    people: tuple[str, ...] = ()
    members: tuple[MemberId, ...] = ()
    topics: tuple[str, ...] = ()
    procedural: bool = False
    decided: bool = False


def version(topics: Topics) -> str:
    """The version of the projection: it changes with this module, the analysis and the table of topics."""
    return f"{PROJECTION}.{ANALYSIS}.{topics.digest}"


def project(meeting: Meeting, topics: Topics) -> tuple[Entry, ...]:
    """The entries of `meeting`, whether or not it has minutes or a date.

    Raises `InputError` when the meeting, its council or an item has no identifier: only what is stored is indexed.
    """
    if meeting.id is None or meeting.council is None or any(item.id is None for item in meeting.items):
        raise InputError(f"meeting {meeting.id or meeting.title!r} has parts without identifier; import it first")
    source = digest(meeting)
    return tuple(_entry(meeting, item, meeting.id, meeting.council, source, topics) for item in meeting.items)


def _entry(
    meeting: Meeting, item: Item, its_meeting: MeetingId, council: CouncilId, source: str, topics: Topics
) -> Entry:
    texts = passages(item)
    return Entry(
        id=ItemId(str(item.id)),
        meeting=its_meeting,
        council=council,
        committee=meeting.committee.id if meeting.committee else None,
        committee_name=meeting.committee.name if meeting.committee else "",
        day=meeting.start.date() if meeting.start else None,
        passages=texts,
        source=source,
        people=_names(item, meeting.attendance),
        members=tuple(dict.fromkeys(person.member for person in item.people if person.member)),
        topics=() if item.procedural else topics.of(texts),
        procedural=item.procedural,
        decided=any(each.outcome not in (Outcome.LOST, Outcome.WITHDRAWN) for each in item.resolutions),
    )


def _names(item: Item, attendance: Sequence[Attendance]) -> tuple[str, ...]:
    people = (name for person in item.people for name in names_of(person, attendance))
    movers = (name for each in item.resolutions for name in (each.mover, each.seconder) if name)
    return tuple(dict.fromkeys((*people, *movers)))


def names_of(person: Person, attendance: Sequence[Attendance]) -> tuple[str, ...]:
    """The names of somebody who is named in an item: as printed there, and as the meeting's attendance lists them.

    Minutes print "Cllr Larkmere" of the member whom their own list of attendance calls "Councillor Zoë Larkmere".
    """
    listed = (each.name for each in attendance if person.member and each.member == person.member)
    return tuple(dict.fromkeys((person.name, *listed)))
