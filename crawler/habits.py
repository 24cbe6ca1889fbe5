"""What a council's own meetings show of its habits: which titles of its agendas are routine."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from archive.model import CouncilId, Item, Meeting, MeetingId, MinutesStatus
from archive.store import Store
from crawler.minutes.routine import Seen, learnt, plain, seen
from crawler.source import Reading

_LATEST: Final = 600      # meetings among which those with minutes are looked for
_EACH: Final = 12         # of one committee


def routine_titles(store: Store, council: CouncilId) -> frozenset[str]:
    """The plain titles that the latest meetings of the committees of `council` show to be routine."""
    return learnt(_items(store, council))


def with_habits(reading: Reading, routine: frozenset[str]) -> Reading:
    """`reading` with the items marked that are routine by their titles."""
    if not routine:
        return reading
    meeting, *translations = (_marked(each, routine) for each in (reading.meeting, *reading.translations))
    return replace(reading, meeting=meeting, translations=tuple(translations))


def _marked(meeting: Meeting, routine: frozenset[str]) -> Meeting:
    return replace(meeting, items=tuple(_item(item, routine) for item in meeting.items))


def _item(item: Item, routine: frozenset[str]) -> Item:
    return item if item.procedural or plain(item.title) not in routine else replace(item, procedural=True)


def _items(store: Store, council: CouncilId) -> Iterator[Seen]:
    times = defaultdict[str, int](int)
    for head in store.heads(council, limit=_LATEST):
        if head.minutes is MinutesStatus.NONE or head.id is None or head.committee is None:
            continue
        times[head.committee.name] += 1
        if times[head.committee.name] > _EACH:
            continue
        meeting = store.meeting(MeetingId(head.id))
        if any(item.paragraphs for item in meeting.items):    # else its minutes are a document of their own
            yield from (seen(head.committee.name, head.id, item) for item in meeting.items)
