"""The projection: a meeting as the entries that engines hold, one for each of its items."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from archive.errors import InputError
from archive.model import (
    PREVIOUS,
    Action,
    Attendance,
    CommitteeId,
    CouncilId,
    Item,
    ItemId,
    Meeting,
    MeetingId,
    MemberId,
    MinutesStatus,
    Outcome,
    Person,
    Resolution,
)
from archive.versions import digest
from index import analysis
from index.acronyms import Acronym, acronyms
from index.passages import Passage, passages
from index.topics import Topics
from index.wordings import UNSAID, Wording, fingerprint, wording, words_of

_VERBS = {"refused": Action.REFUSED, "rejected": Action.REFUSED, "approved": Action.APPROVED,
          "granted": Action.APPROVED, "adopted": Action.APPROVED, "agreed": Action.AGREED, "noted": Action.NOTED,
          "received": Action.NOTED, "deferred": Action.DEFERRED, "referred": Action.REFERRED,
          "recommended": Action.RECOMMENDED}
_BE = re.compile(rf"(?<!\bnot )\bbe (?:(?!not\b)\w+ly )?({'|'.join(_VERBS)})\b", re.IGNORECASE)
PROJECTION = "7"
"""To be raised with every change of what an entry holds: an index of another projection is rebuilt."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One agenda item as engines see it.

    `day` is `None` when the meeting's date is not known. `people` are the names as printed and, of members, also as
    the meeting's attendance lists them; `members` are those known to be of the council. `actions` are those of its
    resolutions that stand, `acronyms` those that its texts explain. `title` is the key of its title, `fingerprint` that
    of its minutes, "" of short ones; `wording` is what they say. `time` is in minutes after midnight, 0 when not known;
    `approves` are the days, as ordinals, of the meetings whose minutes it approves, 0 for the one before. `source` is
    the digest of the meeting (`archive.versions`) it was made from.
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
    actions: tuple[Action, ...] = ()
    acronyms: tuple[Acronym, ...] = ()
    title: str = ""
    fingerprint: str = ""
    wording: Wording = UNSAID
    time: int = 0
    draft: bool = False
    approves: tuple[int, ...] = ()


def version(topics: Topics) -> str:
    """The version of the projection: it changes with this module, the analysis and the table of topics."""
    return f"{PROJECTION}.{analysis.ANALYSIS}.{topics.digest}"


def is_understood(found: str, wanted: str) -> bool:
    """Whether who wants an index of one version can ask one of another: they may differ in the table of topics."""
    return found.rpartition(".")[0] == wanted.rpartition(".")[0]


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
    texts, title = passages(item), analysis.key(item.title)
    words = words_of(texts)
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
        actions=tuple(dict.fromkeys(action for each in item.resolutions for action in _actions(each))),
        acronyms=acronyms(passage.text for passage in texts),
        title=title,
        fingerprint=fingerprint(title, words),
        wording=wording(words),
        time=meeting.start.hour * 60 + meeting.start.minute if meeting.start else 0,
        draft=meeting.minutes is MinutesStatus.DRAFT,
        approves=tuple(_approved(item.approves)),
    )


def _actions(resolution: Resolution) -> Iterator[Action]:
    """What a resolution that stands did: by its deciding word, and by the verbs of what it decided ("be refused")."""
    if resolution.outcome in (Outcome.LOST, Outcome.WITHDRAWN):
        return
    yield resolution.action
    for verb in _BE.findall(resolution.text):
        yield _VERBS[verb.lower()]


def _approved(days: Iterable[str]) -> Iterator[int]:
    for each in days:
        if each == PREVIOUS:
            yield 0
        else:
            with suppress(ValueError):    # what was imported as JSON may hold any text
                yield date.fromisoformat(each).toordinal()


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
