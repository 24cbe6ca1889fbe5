"""Which entries repeat another, as plainly as it can be said: each with each, for every query."""

from collections.abc import Callable, Sequence

from archive.model import ItemId, MeetingId
from index.copies import AT_ONCE, REPRINT, REPRINTED_ITEMS, SITTING
from index.project import Entry
from index.wordings import TELLING, alike, reprinted, titles_alike

Pairs = list[tuple[Entry, Entry]]


def copies_among(entries: Sequence[Entry]) -> set[ItemId]:
    """Those given again in their own meeting, better in another document of its sitting, or by an earlier meeting."""
    meetings: dict[MeetingId, list[Entry]] = {}
    for entry in entries:
        if entry.day and entry.committee_name:
            meetings.setdefault(entry.meeting, []).append(entry)
    hidden = {entry.id for items in meetings.values() for at, entry in enumerate(items)
              if entry.fingerprint and entry.fingerprint in [each.fingerprint for each in items[:at]]}
    for one in meetings.values():
        for other in meetings.values():
            if one is not other and _body(one[0]) == _body(other[0]):
                if one[0].day == other[0].day:
                    hidden |= {left.id for left, right in _sitting(one, other) if _worth(left) > _worth(right)}
                elif _day(one[0]) in _approved(other, [each for items in meetings.values() for each in items]):
                    hidden |= {right.id for _, right in _reprint(one, other)}
    return hidden


def _sitting(one: list[Entry], other: list[Entry]) -> Pairs:
    if one[0].time and other[0].time and one[0].time != other[0].time:
        return []
    pairs = _paired(_telling(one), _telling(other), alike)
    evident = [(left, right) for left, right in pairs if titles_alike(left.title, right.title)]
    equal = [left for left, right in evident if left.fingerprint and left.fingerprint == right.fingerprint]
    at_once = one[0].time > 0 and other[0].time > 0
    least = min(_words(_telling(one)), _words(_telling(other)))
    shared = sum(min(left.wording.words, right.wording.words) for left, right in evident)
    needed = AT_ONCE if at_once else TELLING
    if not (at_once or equal or len(evident) > 1) or shared < needed or shared < SITTING * least:
        return []
    routine = ([each for each in items if each.procedural] for items in (one, other))
    return pairs + _paired(*routine, alike)


def _reprint(earlier: list[Entry], later: list[Entry]) -> Pairs:
    first, second = ([each for each in _telling(items) if each.wording.words >= TELLING] for items in (earlier, later))
    pairs = _paired(first, second, reprinted)
    with_numbers = [left for left, _ in pairs if left.wording.numbers]
    enough = _words([left for left, _ in pairs]) >= REPRINT * _words(first)
    return pairs if enough and len(with_numbers) >= REPRINTED_ITEMS else []


def _paired(one: list[Entry], other: list[Entry], likeness: Callable[..., float]) -> Pairs:
    """The best pair of all, then the best of what is left, and so on."""
    found = []
    for left in one:
        for right in other:
            same = titles_alike(left.title, right.title)
            if share := likeness(left.wording, right.wording, same_title=same):
                found.append((not same, -share, min(left.id, right.id), max(left.id, right.id), left, right))
    pairs: Pairs = []
    while found:
        *_, left, right = min(found)
        pairs.append((left, right))
        found = [each for each in found if not {left.id, right.id} & {each[2], each[3]}]
    return pairs


def _approved(later: list[Entry], everyone: list[Entry]) -> set[int]:
    """The days whose minutes a meeting approves."""
    before = [_day(each) for each in everyone if _body(each) == _body(later[0]) and _day(each) < _day(later[0])]
    return {day or max(before) for each in later for day in each.approves if before} & set(before)


def _body(entry: Entry) -> tuple[str, str]:
    return entry.council, entry.committee_name.casefold()


def _worth(entry: Entry) -> tuple[bool, int, str, str]:
    return entry.draft, -entry.wording.words, entry.meeting, entry.id


def _telling(entries: list[Entry]) -> list[Entry]:
    return [each for each in entries if not each.procedural]


def _words(entries: list[Entry]) -> int:
    return sum(each.wording.words for each in entries)


def _day(entry: Entry) -> int:
    return entry.day.toordinal() if entry.day else 0
