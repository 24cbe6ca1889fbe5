"""What changed between two versions of a meeting, as a person would want to read it: pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from archive.aligning import by_key, by_likeness, moved
from archive.keeping import paired
from archive.model import (
    LONDON,
    Attendance,
    Committee,
    Declaration,
    Document,
    Item,
    ItemId,
    Meeting,
    Movement,
    Paragraph,
    Resolution,
    Vote,
)
from archive.shapes import as_json
from archive.versions import canonical


class Change(StrEnum):
    """What became of something."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Where:
    """The place in a meeting: the item, its number and title as one would say it, and the anchor of the paragraph or
    resolution or the identifier of the document in it; of the newer version where both have it. All `None` for the
    meeting itself.
    """

    item: ItemId | None = None
    title: str | None = None
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was, with its text then and now.

    `kind` is what it is: a field of the meeting ("status", "minutes", "start", "venue", ...), "attendance", "item",
    "item title" and other fields of an item, "agenda", "paragraph", "paragraph kind", "resolution" and "resolution
    outcome", "resolution vote" and others, "document" and "document title" and others, "person", "declaration",
    "movement", or "unpublished", the day since when the site no longer shows it. Of what moved, `old` and `new` are its
    places, counted from 1. Where nothing else changed, "speakers" or "anchors" stand for all of a meeting.
    """

    kind: str
    change: Change
    where: Where
    old: str | None = None
    new: str | None = None


_APART = {"items", "attendance", "documents", "agenda", "paragraphs", "resolutions", "people",
          "declarations", "movements"}
_OF_MEETING = Where()


def differences(old: Meeting, new: Meeting) -> tuple[Difference, ...]:
    """What changed, of the meeting first and then of its items; empty exactly when nothing did."""
    found = (
        *_fields("", old, new, _OF_MEETING),
        *_attendance(old.attendance, new.attendance),
        *_documents(old.documents, new.documents, _OF_MEETING),
        *_items(old.items, new.items),
    )
    if found or old == new:
        return found
    kind = "anchors" if _without_speakers(old) != _without_speakers(new) else "speakers"
    return (Difference(kind, Change.CHANGED, _OF_MEETING),)    # how paragraphs are named or read, not what they say


def _without_speakers(meeting: Meeting) -> tuple[tuple[Paragraph, ...], ...]:
    return tuple(tuple(replace(each, speaker=None) for each in item.paragraphs) for item in meeting.items)


def _fields(
    prefix: str, old: Any, new: Any, where: Where, without: frozenset[str] = frozenset()
) -> Iterator[Difference]:
    """The fields in which two values differ, apart from those that hold other parts."""
    for name in (field.name for field in fields(new)):
        before, now = getattr(old, name), getattr(new, name)
        if before != now and name not in _APART | without:
            kind = name if name == "unpublished" else f"{prefix}{name.rstrip('_')}"
            yield Difference(kind, Change.CHANGED, where, _said(before), _said(now))


def _said(value: Any) -> str | None:
    """A value in words; `None` for what is unknown."""
    if value is None or isinstance(value, str):
        return None if value is None else str(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Committee):
        return f"{value.name} ({value.id})" if value.id else value.name
    if isinstance(value, Vote):
        return _vote(value)
    if isinstance(value, datetime):
        return value.astimezone(LONDON).isoformat()
    return value.isoformat() if hasattr(value, "isoformat") else canonical(as_json(value))


def _vote(vote: Vote) -> str:
    sides = (
        ("for", vote.for_, vote.names.for_), ("against", vote.against, vote.names.against),
        ("abstaining", vote.abstain, vote.names.abstain),
    )  # fmt: skip
    return "; ".join(_side(word, count, names) for word, count, names in sides)


def _side(word: str, count: int | None, names: Sequence[str]) -> str:
    said = f"{'?' if count is None else count} {word}"
    return f"{said} ({', '.join(names)})" if names else said


def _added(kind: str, new: str, where: Where) -> Difference:
    return Difference(kind, Change.ADDED, where, None, new)


def _removed(kind: str, old: str, where: Where) -> Difference:
    return Difference(kind, Change.REMOVED, where, old, None)


def _moves(kind: str, pairs: Mapping[int, int], where: Sequence[Where]) -> Iterator[Difference]:
    """Of those that left the order of the others; `where` by their places in the new version."""
    for at in sorted(moved(pairs), key=lambda place: pairs[place]):
        yield Difference(kind, Change.MOVED, where[pairs[at]], str(at + 1), str(pairs[at] + 1))


# The meeting


def _attendance(old: Sequence[Attendance], new: Sequence[Attendance]) -> Iterator[Difference]:
    pairs = by_key(old, new, lambda line: (line.member, line.name))
    for at, line in enumerate(old):
        if at not in pairs:
            yield _removed("attendance", _line(line), _OF_MEETING)
    before = {there: old[at] for at, there in pairs.items()}
    for there, line in enumerate(new):
        if there not in before:
            yield _added("attendance", _line(line), _OF_MEETING)
        elif before[there] != line:
            yield Difference("attendance", Change.CHANGED, _OF_MEETING, _line(before[there]), _line(line))
    yield from _moves("attendance", pairs, [_OF_MEETING] * len(new))


def _line(line: Attendance) -> str:
    return ", ".join(said for said in (line.name, line.role, line.status.value) if said)


def _documents(old: Sequence[Document], new: Sequence[Document], where: Where) -> Iterator[Difference]:
    pairs = by_key(old, new, lambda document: document.id or document)
    for at, document in enumerate(old):
        if at not in pairs:
            yield _removed("document", document.title, replace(where, anchor=document.id))
    before = {there: old[at] for at, there in pairs.items()}
    places = [replace(where, anchor=document.id) for document in new]
    for there, document in enumerate(new):
        if there not in before:
            yield _added("document", document.title, places[there])
        else:
            yield from _fields("document ", before[there], document, places[there])
    yield from _moves("document", pairs, places)


# Items


def _items(old: Sequence[Item], new: Sequence[Item]) -> Iterator[Difference]:
    pairs = paired(old, new)
    for at, item in enumerate(old):
        if at not in pairs:
            yield _removed("item", _title(item), Where(item.id, _title(item)))
    before = {there: old[at] for at, there in pairs.items()}
    places = [Where(item.id, _title(item)) for item in new]
    for there, item in enumerate(new):
        if there not in before:
            yield _added("item", _title(item), places[there])
        else:
            yield from _item(before[there], item, places[there])
    yield from _moves("item", pairs, places)


def _title(item: Item) -> str:
    return f"{item.number} {item.title}" if item.number else item.title


def _item(old: Item, new: Item, where: Where) -> Iterator[Difference]:
    yield from _fields("item ", old, new, where)
    for before, now in by_likeness(old.agenda, new.agenda, str, str):
        if before != now:
            yield Difference("agenda", _change(before, now), where, before, now)
    minutes = tuple(_paragraphs(old.paragraphs, new.paragraphs, where))
    yield from minutes
    yield from _resolutions(old.resolutions, new.resolutions, where, told=bool(minutes))
    if not minutes:    # who is named, and did what, follows from the minutes
        yield from _people(old, new, where)
        yield from _acts("declaration", old.declarations, new.declarations, where)
        yield from _acts("movement", old.movements, new.movements, where)
    yield from _documents(old.documents, new.documents, where)


def _paragraphs(old: Sequence[Paragraph], new: Sequence[Paragraph], where: Where) -> Iterator[Difference]:
    """By number and text. An anchor is no difference: it only counts, where a paragraph has no number."""
    for before, now in by_likeness(old, new, lambda each: (each.number, each.text), lambda each: each.text):
        place = _at(where, before, now)
        if before is None or now is None:
            yield Difference("paragraph", _change(before, now), place, _numbered(before), _numbered(now))
        elif (before.number, before.text) != (now.number, now.text):
            yield Difference("paragraph", Change.CHANGED, place, _numbered(before), _numbered(now))
        elif before.kind != now.kind:
            yield Difference("paragraph kind", Change.CHANGED, place, before.kind.value, now.kind.value)


def _change(old: object | None, new: object | None) -> Change:
    if old is None:
        return Change.ADDED
    return Change.REMOVED if new is None else Change.CHANGED


def _at(where: Where, old: Paragraph | Resolution | None, new: Paragraph | Resolution | None) -> Where:
    part = old if new is None else new
    return replace(where, anchor=None if part is None else part.anchor)


def _numbered(paragraph: Paragraph | None) -> str | None:
    if paragraph is None:
        return None
    return f"{paragraph.number} {paragraph.text}" if paragraph.number else paragraph.text


_IN_PARAGRAPHS = frozenset({"anchor", "number", "lead", "clauses", "text"})


def _resolutions(
    old: Sequence[Resolution], new: Sequence[Resolution], where: Where, told: bool
) -> Iterator[Difference]:
    """What became of decisions. Their words are those of the paragraphs: when these have `told` what changed in them,
    it is not told twice.
    """
    for before, now in by_likeness(old, new, lambda each: each.text, lambda each: each.text):
        place = _at(where, before, now)
        if before is None or now is None:
            texts = [None if each is None else each.text for each in (before, now)]
            yield Difference("resolution", _change(before, now), place, *texts)
        else:
            yield from _decision(before, now, place, told)


def _decision(old: Resolution, new: Resolution, where: Where, told: bool) -> Iterator[Difference]:
    yield from _fields("resolution ", old, new, where, _IN_PARAGRAPHS)
    if not told and old.text != new.text:
        yield Difference("resolution", Change.CHANGED, where, old.text, new.text)
    elif not told and (old.lead, old.clauses) != (new.lead, new.clauses):
        yield Difference("resolution clauses", Change.CHANGED, where, _said(old.clauses), _said(new.clauses))


def _people(old: Item, new: Item, where: Where) -> Iterator[Difference]:
    pairs = by_key(old.people, new.people, lambda person: person)
    for at, person in enumerate(old.people):
        if at not in pairs:
            yield _removed("person", person.name, where)
    for there, person in enumerate(new.people):
        if there not in pairs.values():
            yield _added("person", person.name, where)
    yield from _moves("person", pairs, [where] * len(new.people))


def _acts(
    kind: str, old: Sequence[Declaration | Movement], new: Sequence[Declaration | Movement], where: Where
) -> Iterator[Difference]:
    """Of what people declared, and how they came and went."""
    for act in (each for each in old if each not in new):
        yield _removed(kind, _done(act), replace(where, anchor=act.anchor))
    for act in (each for each in new if each not in old):
        yield _added(kind, _done(act), replace(where, anchor=act.anchor))


def _done(act: Declaration | Movement) -> str:
    """Such an act in words, with whom it is linked to."""
    matter = f"item {act.matter}" if isinstance(act, Declaration) and act.matter else None
    return ", ".join(said for said in (act.name, act.member, act.kind and act.kind.value, matter) if said)
