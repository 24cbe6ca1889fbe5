"""What a reading does not speak of stands as it is held: a part that could not be had takes nothing away.

Beside the fields of a meeting, `untold` names what one way to read a site tells and another does not: "addresses" (one
thing has several), "agenda" (there is none, so that nothing else counts), "draft" (whether published minutes are still
a draft), "restricted" (of items), "status" (that a meeting is off), "time" (of its start) and "title". The identifier
of an item stands for its texts, of which there is but the beginning.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import time
from typing import TypeVar

from archive.addresses import with_addresses
from archive.model import (
    Attendance,
    Declaration,
    Item,
    Meeting,
    MeetingStatus,
    MemberId,
    MinutesStatus,
    Movement,
    Person,
    Resolution,
    Vote,
    VoteNames,
)

Linked = TypeVar("Linked", Attendance, Person, Declaration, Movement)
"""What names somebody and may say which member that is."""

_WORD = re.compile(r"[^\W\d_]+")
_OFF = (MeetingStatus.CANCELLED, MeetingStatus.POSTPONED)


def told_by(
    held: Meeting, read: Meeting, pairs: Mapping[int, int], untold: Collection[str], *, observed: bool = True
) -> tuple[Meeting, bool]:
    """The reading with what is `untold` taken from `held`, and whether the held minutes stand.

    `pairs` says which held item (by its place) is which of the reading. `observed` is false when old captures are read
    again: the members to whom they link are those of now, and so is what is known of the council's habits.
    """
    before = {there: held.items[at] for at, there in pairs.items()}
    told, stands = _with_parts(held, read, before, untold)
    told = _with_state(held, told, before, untold)
    if "addresses" in untold:
        told = with_addresses(held, told, before)
    return (_with_habits(_with_members(held, told, before), before) if observed else told), stands


def _with_parts(
    held: Meeting, read: Meeting, before: Mapping[int, Item], untold: Collection[str]
) -> tuple[Meeting, bool]:
    attendance = _attendance(held, read) if "attendance" in untold else read.attendance
    documents = held.documents if "documents" in untold else read.documents
    told = replace(read, attendance=attendance, documents=documents)
    if "votes" in untold:
        items = tuple(_with_votes(item, before.get(at, item)) for at, item in enumerate(told.items))
        told = replace(told, items=items)
    items = tuple(
        _with_texts(item, before.get(at, item)) if item.id in untold else item for at, item in enumerate(told.items)
    )
    told = replace(told, items=items)
    if "paragraphs" not in untold or _has_minutes(read) or not _has_minutes(held):
        return told, False
    items = tuple(_with_minutes(item, before.get(at, item)) for at, item in enumerate(told.items))
    return replace(told, items=items, minutes=held.minutes), True


def _has_minutes(meeting: Meeting) -> bool:
    return any(item.paragraphs for item in meeting.items)


def _with_texts(item: Item, of: Item) -> Item:
    return replace(_with_minutes(item, of), agenda=of.agenda) if of.paragraphs else item


def _with_minutes(item: Item, of: Item) -> Item:
    return replace(
        item, paragraphs=of.paragraphs, resolutions=of.resolutions, people=of.people, declarations=of.declarations,
        movements=of.movements, approves=of.approves)


# What a meeting says of itself


def _attendance(held: Meeting, read: Meeting) -> tuple[Attendance, ...]:
    """The attendance where a site's own list is not told: what the texts of the items say is better than nothing.

    What is held stands, for it may be of that list; unless those very texts name everybody in it.
    """
    if not held.attendance or (read.attendance and _says_all(held)):
        return read.attendance
    return held.attendance


def _says_all(meeting: Meeting) -> bool:
    """Whether the routine items of a meeting print the last name of everybody who is in its attendance."""
    routine = (item for item in meeting.items if item.procedural or item.number is None)
    said = {word for item in routine for each in item.paragraphs for word in _WORD.findall(each.text)}
    return all(said.issuperset(_WORD.findall(line.name)[-1:]) for line in meeting.attendance)


def _with_state(held: Meeting, read: Meeting, before: Mapping[int, Item], untold: Collection[str]) -> Meeting:
    """The reading with what is held of the meeting's own state: of one that is empty now nothing counts but that it
    is off.
    """
    emptied = "agenda" in untold and bool(held.items) and not read.items
    told = replace(
        read,
        title=held.title or read.title if emptied or "title" in untold else read.title,
        start=held.start if "time" in untold and _same_day_without_time(held, read) else read.start,
        status=_status(held, read, emptied=emptied, untold="status" in untold),
        minutes=held.minutes if emptied or ("draft" in untold and _still_draft(held, read, before)) else read.minutes,
    )
    if emptied:
        return replace(told, attendance=held.attendance or told.attendance, venue=held.venue or told.venue)
    if "restricted" not in untold:
        return told
    items = tuple(_as_restricted(item, before.get(at)) for at, item in enumerate(told.items))
    return replace(told, items=items)


def _same_day_without_time(held: Meeting, read: Meeting) -> bool:
    """Whether a reading has but the day of the held start: midnight stands for "no time printed"."""
    if held.start is None or read.start is None:
        return read.start is None
    return held.start.date() == read.start.date() and read.start.time() == time(0, 0)


def _status(held: Meeting, read: Meeting, *, emptied: bool, untold: bool) -> MeetingStatus | None:
    """A meeting that is off is so until something else is told of it, or its minutes are there."""
    if read.status in _OFF:
        return read.status
    stands = untold and held.status in _OFF and read.minutes is MinutesStatus.NONE
    return held.status if stands or (emptied and held.status) else read.status


def _still_draft(held: Meeting, read: Meeting, before: Mapping[int, Item]) -> bool:
    if (held.minutes, read.minutes) != (MinutesStatus.DRAFT, MinutesStatus.PUBLISHED):
        return False
    return all(at in before and before[at].paragraphs == item.paragraphs for at, item in enumerate(read.items))


def _as_restricted(item: Item, held: Item | None) -> Item:
    stands = held is not None and held.restricted and held.title == item.title
    return replace(item, restricted=True) if stands else item


# Links to members: lists of members change, minutes do not


def _with_members(held: Meeting, read: Meeting, before: Mapping[int, Item]) -> Meeting:
    """The reading with the members that were known where the same people are named still."""
    attendance = _known(read.attendance, held.attendance)
    items = tuple(
        _with_people(item, before[at]) if at in before and before[at].paragraphs == item.paragraphs else item
        for at, item in enumerate(read.items)
    )
    return replace(read, attendance=attendance, items=items)


def _with_habits(read: Meeting, before: Mapping[int, Item]) -> Meeting:
    """The reading with what was taken for routine before, and what was not: what is learnt later is no change."""
    items = tuple(
        replace(item, procedural=before[at].procedural) if at in before and before[at].title == item.title else item
        for at, item in enumerate(read.items)
    )
    return replace(read, items=items)


def _with_people(item: Item, held: Item) -> Item:
    return replace(
        item, people=_known(item.people, held.people), declarations=_known(item.declarations, held.declarations),
        movements=_known(item.movements, held.movements))


def _known(read: tuple[Linked, ...], held: tuple[Linked, ...]) -> tuple[Linked, ...]:
    """Those that were read, with the members that were known of the same names."""
    known = _members(held)
    return tuple(each if each.member else replace(each, member=known.get(each.name)) for each in read)


def _members(people: Iterable[Attendance | Person | Declaration | Movement]) -> dict[str, MemberId]:
    """The members by their printed names; none of a name that stands for several."""
    found: dict[str, set[MemberId | None]] = {}
    for each in people:
        found.setdefault(each.name, set()).add(each.member)
    return {name: each for name, members in found.items() if len(members) == 1 for each in members if each is not None}


# Votes


def _with_votes(item: Item, held: Item) -> Item:
    """The item with the names that were known of its votes, where the resolution is still the same."""
    voted = (each for each in held.resolutions if each.vote and each.vote.names != VoteNames())
    named = {(each.anchor, each.text): each for each in voted}
    resolutions = (_with_names(each, named.get((each.anchor, each.text))) for each in item.resolutions)
    return replace(item, resolutions=tuple(resolutions))


def _contradicts(said: Vote, held: Vote) -> bool:
    """Whether a vote has names of its own, or prints another count."""
    counts = zip((said.for_, said.against, said.abstain), (held.for_, held.against, held.abstain), strict=True)
    return said.names != VoteNames() or any(new is not None and new != old for new, old in counts)


def _with_names(resolution: Resolution, held: Resolution | None) -> Resolution:
    if held is None or held.vote is None:
        return resolution
    if resolution.vote is not None and _contradicts(resolution.vote, held.vote):
        return resolution
    return replace(resolution, vote=held.vote, outcome=resolution.outcome or held.outcome)
