"""What of a held meeting stands beside a new reading of it, so that nothing is lost: pure.

What a site no longer shows is kept in its place. It is counted each time a site is seen without it, and marked
`unpublished` once that was so often and long enough. What comes back loses its mark.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import chain
from types import MappingProxyType
from typing import TypeVar

from archive.model import LONDON, Document, Item, Meeting
from archive.untold import told_by

RUNS, LASTING = 3, timedelta(days=7)
"""A site must lack something in that many runs over at least that time before we say that it is no longer published:
pages fail in part, and clerks take an agenda down for an hour to put up the next one.
"""

Part = TypeVar("Part", Document, Item)


@dataclass(frozen=True, slots=True)
class Absence:
    """Something that a site no longer shows: `since` when, when it was seen so `last`, and in how many runs."""

    since: datetime
    last: datetime
    missed: int


Absences = Mapping[str, Absence]
"""By the identifier of the item or document."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is to be held of a meeting, and what of it is absent from its site."""

    meeting: Meeting
    absences: Absences


@dataclass(frozen=True, slots=True)
class Look:
    """One reading of a meeting: when its site showed it so, and what it does not speak of.

    `observed` is false when old captures are read again: that tells nothing new of the site. `untold` names fields
    of the meeting ("attendance", "documents", "paragraphs", "votes" and those of `archive.untold`) that say nothing
    this time.
    """

    seen: datetime
    observed: bool = True
    untold: frozenset[str] = field(default=frozenset())


def day_of(moment: datetime) -> date:
    """The day in London."""
    return moment.astimezone(LONDON).date()


def vanished(missed: int, since: datetime, last: datetime) -> bool:
    """Whether something that was missed so often, from then till then, is to be called no longer published."""
    return missed >= RUNS and last - since >= LASTING


def kept_with(held: Meeting, read: Meeting, absences: Absences, look: Look) -> Kept:
    """The meeting to keep when `held` is in the store and `read` is how its site shows it now.

    An item that is listed twice with one identifier is two; a document is the same wherever in the meeting it stands,
    so one that moved is not absent. What has no identifier cannot be missed.
    """
    pairs = paired(held.items, read.items)
    told, stands = told_by(held, read, pairs, look.untold, observed=look.observed)
    shown = _document_ids((read.documents, *(item.documents for item in read.items)))
    lost = {at: item for at, item in enumerate(held.items) if at not in pairs and not _repeats(item, read.items, shown)}
    gone = _ids(lost.values())
    missing = _missing_documents(held, told, pairs, shown) | (frozenset() if stands else gone)
    counted = _counted(absences, missing, shown | (_ids(read.items) - gone), look)
    carried = (missing if look.observed else missing & counted.keys()) | (gone if stands else frozenset())
    keeping = _Keeping(carried, shown, counted)
    documents = keeping.documents(held.documents, told.documents)
    items = keeping.items(held.items, told.items, pairs, lost)
    whole = replace(told, items=items, documents=documents, unpublished=held.unpublished)
    there = _all_ids(whole)
    return Kept(whole, MappingProxyType({each: row for each, row in counted.items() if each in there}))


@dataclass(frozen=True, slots=True)
class _Keeping:
    """How parts come to stand beside a reading: what is `carried`, which documents the site has `shown`, and what is
    absent.
    """

    carried: frozenset[str]
    shown: frozenset[str]
    absences: Absences

    def items(
        self, held: Sequence[Item], read: Sequence[Item], pairs: Mapping[int, int], lost: Mapping[int, Item]
    ) -> tuple[Item, ...]:
        before = {there: held[at].documents for at, there in pairs.items()}
        whole = [
            replace(item, documents=self.documents(before[at], item.documents)) if at in before else item
            for at, item in enumerate(read)
        ]
        carried = {
            at: replace(self._marked(item), documents=tuple(map(self._cleared, item.documents)))
            for at, item in lost.items() if item.id in self.carried
        }  # fmt: skip
        return _in_place(whole, len(held), pairs, carried)

    def documents(self, held: Sequence[Document], read: Sequence[Document]) -> tuple[Document, ...]:
        places: dict[object, int] = {}
        for at, document in enumerate(read):
            places.setdefault(document.id or document, at)
        keys = [document.id or document for document in held]
        pairs = {at: places[key] for at, key in enumerate(keys) if key in places}
        carried = {
            at: self._marked(document)
            for at, document in enumerate(held) if at not in pairs and document.id in self.carried
        }  # fmt: skip
        return _in_place([self._cleared(document) for document in read], len(held), pairs, carried)

    def _marked(self, part: Part) -> Part:
        row = self.absences.get(str(part.id))
        if part.unpublished is not None or row is None or not vanished(row.missed, row.since, row.last):
            return part
        return replace(part, unpublished=day_of(row.since))

    def _cleared(self, document: Document) -> Document:
        return replace(document, unpublished=None) if document.unpublished and document.id in self.shown else document


def _said(item: Item) -> Item:
    """What an item says, whatever is attached to it."""
    return replace(item, documents=(), unpublished=None)


_LIKENESS: tuple[Callable[[Item], object], ...] = (
    lambda item: item,
    _said,
    lambda item: (item.restricted, item.number, item.title),
    lambda item: (item.restricted, item.title),
    lambda _item: True,
)
"""In what two items of one identifier agree, the likest first."""


def paired(held: Sequence[Item], read: Sequence[Item]) -> dict[int, int]:
    """Which held item is which read one, by their places. Of several with one identifier the likest are paired."""
    before, now = _places(held), _places(read)
    pairs: dict[int, int] = {}
    for identifier in before.keys() & now.keys():
        olds, news = before[identifier], now[identifier]
        if len(olds) == len(news) == 1:
            pairs[olds[0]] = news[0]
        else:
            pairs |= _likest(held, read, olds, news)
    return pairs


def _places(items: Sequence[Item]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, item in enumerate(items):
        places.setdefault(item.id or "", []).append(place)
    return places


def _likest(held: Sequence[Item], read: Sequence[Item], olds: list[int], news: list[int]) -> dict[int, int]:
    pairs: dict[int, int] = {}
    left = sorted(olds, key=lambda old: (held[old].unpublished is not None, old))
    for likeness in _LIKENESS:
        for new in [each for each in news if each not in pairs.values()]:
            old = next((each for each in left if likeness(held[each]) == likeness(read[new])), None)
            if old is not None:
                pairs[old] = new
                left.remove(old)
    return pairs


def _repeats(item: Item, read: Sequence[Item], shown: Collection[str]) -> bool:
    """Whether an item that is listed once less only says what is read elsewhere: its list was printed twice."""
    others = (each for each in read if each.id == item.id)
    return _document_ids([item.documents]) <= frozenset(shown) and any(_said(each) == _said(item) for each in others)


def _missing_documents(
    held: Meeting, told: Meeting, pairs: Mapping[int, int], shown: Collection[str]
) -> frozenset[str]:
    """Documents that stood where the reading speaks, and are nowhere in it. Those of a lost item are lost with it."""
    lists = [(held.documents, told.documents)]
    lists += [(held.items[at].documents, told.items[there].documents) for at, there in pairs.items()]
    absent = (_document_ids([before]) - _document_ids([now]) for before, now in lists)
    return frozenset(chain.from_iterable(absent)) - frozenset(shown)


def _counted(absences: Absences, missing: Iterable[str], present: Collection[str], look: Look) -> dict[str, Absence]:
    """What is absent after this look. A look of no later time than the last, or at old captures, counts nothing."""
    counted = {each: row for each, row in absences.items() if each not in present}
    if look.observed:
        for each in missing:
            row = counted.get(each, Absence(look.seen, look.seen, 0))
            if row.missed == 0 or look.seen > row.last:
                counted[each] = replace(row, last=look.seen, missed=row.missed + 1)
    return counted


def _in_place(
    read: Sequence[Part], held: int, pairs: Mapping[int, int], carried: Mapping[int, Part]
) -> tuple[Part, ...]:
    """`read` with what is `carried` of the `held` parts, each after the part that it followed."""
    after: dict[int, list[Part]] = {}
    place = -1
    for at in range(held):
        place = pairs.get(at, place)
        if at in carried:
            after.setdefault(place, []).append(carried[at])
    kept = list(after.get(-1, ()))
    for there, part in enumerate(read):
        kept.append(part)
        kept.extend(after.get(there, ()))
    return tuple(kept)


def _ids(items: Iterable[Item]) -> frozenset[str]:
    return frozenset(item.id for item in items if item.id is not None)


def _document_ids(lists: Iterable[Iterable[Document]]) -> frozenset[str]:
    return frozenset(document.id for documents in lists for document in documents if document.id is not None)


def _all_ids(meeting: Meeting) -> frozenset[str]:
    return _ids(meeting.items) | _document_ids((meeting.documents, *(item.documents for item in meeting.items)))
