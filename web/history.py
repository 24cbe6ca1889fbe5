"""What became of a meeting, or of an item of it: each version, when it was seen, how it differs from the one before."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING, Any

from archive.differences import Difference, differences
from archive.errors import InputError, UnknownId
from archive.ids import parse
from archive.model import Item, ItemId, Meeting, MeetingId
from archive.shapes import as_json
from archive.versions import Version
from web.filters import Piece

if TYPE_CHECKING:
    from archive.store import Store

Shape = dict[str, Any]

VERSIONED = ("meetings", "items")
"""What has versions."""

_WORDS = re.compile(r"\s+|[^\s]+")
_MOST_WORDS = 2000    # beyond, whole texts are set beside each other
_ALIKE = 0.3    # the share of words that two texts must have in common for their words to be compared


def history(store: "Store", identifier: str) -> Shape:
    """The versions of a meeting, oldest first; of an item those in which it is not as it was, or is there first.

    Raises `UnknownId`, and `InputError` for what has no versions.
    """
    collection = parse(identifier).collection
    if collection == "meetings":
        meeting, item = MeetingId(identifier), None
    elif collection == "items":
        item = ItemId(identifier)
        meeting = MeetingId(str(store.item(item)[0].id))
    else:
        raise InputError(f"{identifier}: only meetings and items have versions")
    return {"id": identifier, "versions": list(_stages(store, meeting, item))}


def number_of_versions(store: "Store", identifier: str) -> int:
    """How many versions there are to read of a meeting or an item; most have one."""
    meeting = identifier if "/meetings/" in identifier else str(store.item(ItemId(identifier))[0].id)
    known = len(store.versions(MeetingId(meeting)))
    return known if known == 1 or meeting == identifier else len(history(store, identifier)["versions"])


def as_it_was(store: "Store", identifier: str, number: int) -> tuple[Meeting, Item | None]:
    """A meeting, or an item with its meeting, in the version `number` of the meeting. Raises `UnknownId`."""
    if parse(identifier).collection == "meetings":
        return store.version(MeetingId(identifier), number), None
    if parse(identifier).collection != "items":
        raise InputError(f"{identifier}: only meetings and items have versions")
    meeting = store.version(MeetingId(str(store.item(ItemId(identifier))[0].id)), number)
    for item in meeting.items:
        if item.id == identifier:
            return meeting, item
    raise UnknownId(f"{identifier}: not in version {number} of {meeting.id}")


def _stages(store: "Store", meeting: MeetingId, item: ItemId | None) -> Iterator[Shape]:
    stage: Shape | None = None
    before: Meeting | None = None
    for version in store.versions(meeting):
        now = store.version(meeting, version.number)
        found = _between(before, now, item)
        there = item is None or any(each.id == item for each in now.items)
        if stage is None and there:
            stage = _stage(version, ())
        elif stage is not None and (found or item is None):
            yield stage
            stage = _stage(version, found)
        elif stage is not None:
            stage |= {"last": as_json(version.last), "parser": version.parser}
        before = now
    if stage is not None:
        yield stage


def _between(old: Meeting | None, new: Meeting, item: ItemId | None) -> tuple[Shape, ...]:
    """The differences as JSON; those of `item` alone, if one is given."""
    if old is None:
        return ()
    return tuple(_shape(each) for each in differences(old, new) if item in (None, each.where.item))


def _shape(difference: Difference) -> Shape:
    whole = as_json(difference)
    texts = {"old": whole["old"], "new": whole["new"]}
    return {"kind": whole["kind"], "change": whole["change"], **whole["where"], **texts}


def _stage(version: Version, found: Sequence[Shape]) -> Shape:
    return {"number": version.number, "seen": as_json(version.seen), "last": as_json(version.last),
            "parser": version.parser, "differences": list(found)}


def by_item(found: Sequence[Shape]) -> Iterator[tuple[tuple[str | None, str | None], tuple[Shape, ...]]]:
    """Differences as they come, those of one item together under its identifier and title."""
    for of, several in groupby(found, lambda each: (each["item"], each["title"])):
        yield of, tuple(several)


def changed_words(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Two texts in pieces, marked where they differ; whole when they are hardly alike, or too long to compare."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(before), len(after)) > _MOST_WORDS:
        return (Piece(old, True),), (Piece(new, True),)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return (Piece(old, True),), (Piece(new, True),)
    steps = matcher.get_opcodes()
    return (tuple(_pieces(before, [(step[0] != "equal", step[1], step[2]) for step in steps])),
            tuple(_pieces(after, [(step[0] != "equal", step[3], step[4]) for step in steps])))


def _pieces(words: Sequence[str], steps: Sequence[tuple[bool, int, int]]) -> Iterator[Piece]:
    for marked, start, end in steps:
        if start < end:
            yield Piece("".join(words[start:end]), marked)
