"""Which entries are a record that another entry gives better: a draft, a shorter notice, a reprint.

What makes two items one record is mostly what they stand among. Two documents of one committee and day are of one
sitting when a good part of what one says the other says too; then each item of the one is at most one item of the
other. A later meeting reprints an earlier one when it approves its minutes and holds nearly all of them. The same words
on another day are otherwise another decision, however often a clerk prints them.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import NamedTuple, Protocol

from index.wordings import TELLING, Wording, alike, reprinted, titles_alike

SITTING = 0.3
"""The share of the words of one of two documents that shows them to be of one sitting."""
AT_ONCE = 20
"""Words that show it where both print the same time; otherwise it takes `index.wordings.TELLING`."""
REPRINT = 0.8
"""The same of a meeting that a later one reprints, in at least so many items with numbers:"""
REPRINTED_ITEMS = 2

_MOST_COMPARED = 100_000    # pairs of items of two documents; a sitting has some dozens in each
_MOST_DOCUMENTS = 60    # of one committee and day that are compared


class Likeness(Protocol):
    """How alike two texts are."""

    def __call__(self, one: Wording, other: Wording, *, same_title: bool) -> float:
        """A share, 0.0 of those that are not one record."""


class Record(NamedTuple):
    """What is known of one entry.

    `day` is its ordinal and `time` the minutes after midnight, 0 when not known; `approves` are the days of the
    meetings whose minutes it approves, 0 for the one before.
    """

    id: str
    meeting: str
    council: str
    committee: str
    day: int
    time: int
    draft: bool
    procedural: bool
    approves: Sequence[int]
    title: str
    fingerprint: str
    wording: Wording

    @property
    def worth(self) -> tuple[bool, int, str, str]:
        """Of two records of one sitting that with the lesser is shown: approved, fuller, of the first meeting."""
        return self.draft, -self.wording.words, self.meeting, self.id


Pair = tuple[Record, Record]
Sitting = tuple[str, str, int]
Meetings = Mapping[str, Sequence[Record]]


def copies(records: Iterable[Record]) -> set[str]:
    """The identifiers of those that are to be left out; items of one meeting in printed order, each once."""
    sittings: dict[Sitting, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for each in records:
        if each.day and each.committee:
            sittings[each.council, each.committee, each.day][each.meeting].append(each)
    hidden = {each for meetings in sittings.values() for items in meetings.values() for each in _repeated(items)}
    for meetings in sittings.values():
        for one, other in combinations(meetings.values(), 2) if len(meetings) <= _MOST_DOCUMENTS else ():
            hidden.update(max(pair, key=lambda each: each.worth).id for pair in of_one_sitting(one, other))
    for earlier, later in _approved(sittings):
        hidden.update(reprint.id for _, reprint in of_reprint(earlier, later))
    return hidden


def of_one_sitting(one: Sequence[Record], other: Sequence[Record]) -> list[Pair]:
    """The items that two documents of a committee and day have in common; none when they are of two sittings.

    One pair shows it when both print the same time, since nobody sits twice at once, or word for word the same; else
    it takes two: an officer decides several like things a day, each by a notice of its own.
    """
    if len(one) * len(other) > _MOST_COMPARED or (one[0].time and other[0].time and one[0].time != other[0].time):
        return []
    telling, its_telling = _items(one), _items(other)
    pairs = paired(telling, its_telling, alike)
    evident = [(left, right) for left, right in pairs if titles_alike(left.title, right.title)]
    shared = sum(min(left.wording.words, right.wording.words) for left, right in evident)
    least = min(sum(each.wording.words for each in items) for items in (telling, its_telling))
    at_once = one[0].time == other[0].time > 0
    certain = at_once or len(evident) > 1 or any(
        left.fingerprint and left.fingerprint == right.fingerprint for left, right in evident)
    if not certain or shared < max(AT_ONCE if at_once else TELLING, SITTING * least):
        return []
    return pairs + paired(_items(one, routine=True), _items(other, routine=True), alike)


def of_reprint(earlier: Sequence[Record], later: Sequence[Record]) -> list[Pair]:
    """The items of `earlier` with those of `later` that reprint them; none when `later` is no reprint of it."""
    first, second = ([each for each in _items(items) if each.wording.words >= TELLING] for items in (earlier, later))
    pairs = paired(first, second, reprinted) if len(first) * len(second) <= _MOST_COMPARED else []
    shared = sum(left.wording.words for left, _ in pairs)
    numbered = sum(bool(left.wording.numbers) for left, _ in pairs)
    whole = sum(each.wording.words for each in first)
    return pairs if numbered >= REPRINTED_ITEMS and shared >= REPRINT * whole else []


def paired(one: Sequence[Record], other: Sequence[Record], likeness: Likeness) -> list[Pair]:
    """Each item with at most one that is alike: those with one title first, and of these the most alike."""
    found = []
    for left, right in product(one, other):
        same = titles_alike(left.title, right.title)
        if share := likeness(left.wording, right.wording, same_title=same):
            found.append((not same, -share, min(left.id, right.id), max(left.id, right.id), left, right))
    taken: set[str] = set()
    pairs: list[Pair] = []
    for _, _, _, _, left, right in sorted(found):
        if not {left.id, right.id} & taken:
            taken |= {left.id, right.id}
            pairs.append((left, right))
    return pairs


def _items(meeting: Sequence[Record], *, routine: bool = False) -> list[Record]:
    return [each for each in meeting if each.procedural == routine]


def _repeated(items: Sequence[Record]) -> Iterator[str]:
    """What one document gives twice, word for word."""
    first: dict[str, str] = {}
    for each in items:
        if each.fingerprint and first.setdefault(each.fingerprint, each.id) != each.id:
            yield each.id


def _approved(sittings: Mapping[Sitting, Meetings]) -> Iterator[tuple[Sequence[Record], Sequence[Record]]]:
    """Each meeting with a later one of its committee that approves its minutes."""
    days: dict[tuple[str, str], list[int]] = defaultdict(list)
    for council, committee, day in sorted(sittings):
        days[council, committee].append(day)
    for (council, committee, day), meetings in sittings.items():
        before = days[council, committee][:bisect_left(days[council, committee], day)]
        for later in meetings.values():
            for at in {said or before[-1] for each in later for said in each.approves} if before else ():
                yield from ((earlier, later) for earlier in sittings.get((council, committee, at), {}).values()
                            if at < day)
