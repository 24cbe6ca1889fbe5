"""What somebody who is typing may be going to type: names, topics, acronyms and titles of the archive.

Made once for each commit: every name stands in a sorted list from each of its words on, so that those that begin as
was typed are one stretch of it, found by bisection; of a long stretch the foremost are taken by their rank.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

import numpy as np

from archive.model import Committee, Member
from archive.overview import Titled
from index import analysis
from index.acronyms import Acronyms
from index.labels import ACTIONS, KINDS
from index.lexemes import FILTERS, quotable
from index.naming import without_title
from index.short_forms import short_forms, without_slips
from index.tree import Field

MOST = 20
"""Suggestions that can be asked for at once."""
USUAL = 8
_LONGEST = 200      # characters of a text that is completed
_WORDS = 12         # words of a name from which on it is found
_TAIL = 4           # words at the end of a text that may be the beginning of a name
_END = "\U0010ffff"    # sorts after every letter


class Sort(StrEnum):
    """What is suggested."""

    MEMBER = "member"
    COMMITTEE = "committee"
    TOPIC = "topic"
    ACRONYM = "acronym"
    TITLE = "title"
    KIND = "kind"
    ACTION = "action"


_AT_FIRST = {Sort.MEMBER: 2, Sort.COMMITTEE: 2, Sort.TOPIC: 1, Sort.ACRONYM: 1, Sort.TITLE: 2}
"""How many of each are suggested before more of any other, where no filter was typed."""
_OF_FILTERS = {"member": Sort.MEMBER, "committee": Sort.COMMITTEE, "topic": Sort.TOPIC, "kind": Sort.KIND,
               "action": Sort.ACTION}
"""What is suggested after which filter's colon; nothing after others."""

Named = TypeVar("Named", Member, Committee)
Finds = Callable[[Field], int]
"""How many items a filter finds."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to search for: `query` is the text for the search box; `value` an identifier, or the words."""

    kind: Sort
    label: str
    value: str
    query: str


class _Names:
    """Suggestions of one kind, the foremost first, to be found by the beginnings of their words."""

    def __init__(self, named: Iterable[tuple[str, Suggestion]]) -> None:
        listed = [*named]
        self._suggestions = [suggestion for _, suggestion in listed]
        keys = sorted((key, rank) for rank, (name, _) in enumerate(listed) for key in _beginnings(name))
        self._keys = [key for key, _ in keys]
        self._ranks = np.array([rank for _, rank in keys], np.int64)

    def beginning(self, typed: str, most: int) -> list[Suggestion]:
        """The foremost that from one of their words on begin with `typed`; of all where that is nothing."""
        if not typed:
            return self._suggestions[:most]
        ranks = self._ranks[bisect_left(self._keys, typed):bisect_left(self._keys, typed + _END)]
        enough = most * _WORDS    # each is there once for each of its words at most
        if ranks.size > enough:
            ranks = np.partition(ranks, enough)[:enough]
        return [self._suggestions[rank] for rank in np.unique(ranks)[:most]]


def _beginnings(name: str) -> Iterator[str]:
    words = _folded(name).split()
    return (" ".join(words[at:]) for at in range(min(len(words), _WORDS)))


def _folded(text: str) -> str:
    return " ".join(analysis.fold(" ".join(chain for chain in analysis.chains(text))).split())


def _something(_: Field) -> int:
    return 1


class Completion:
    """Completes texts from what the archive held when this was made, by what `finds` something."""

    def __init__(
        self,
        members: Iterable[Member],
        committees: Iterable[Committee],
        topics: Mapping[str, str],
        acronyms: Acronyms,
        titles: Iterable[Titled],
        finds: Finds = _something,
    ) -> None:
        self.acronyms = acronyms
        self._names = {
            Sort.MEMBER: _Names(_members(members, finds)),
            Sort.COMMITTEE: _Names(_committees(committees, finds)),
            Sort.TOPIC: _Names(_values(Sort.TOPIC, topics, finds)),
            Sort.ACRONYM: _Names(_acronyms(acronyms)),
            Sort.TITLE: _Names(_titles(titles)),
            Sort.KIND: _Names(_values(Sort.KIND, KINDS, finds)),
            Sort.ACTION: _Names(_values(Sort.ACTION, ACTIONS, finds)),
        }

    def __call__(self, text: str, most: int = USUAL) -> tuple[Suggestion, ...]:
        """What `text`, typed so far, may become: all of it, or else as much of its end as begins something.

        A title is offered for all of it only: after other words, which need not be in its item, it may find nothing.
        After the name of a filter its values are, from the first letter on and before it.
        """
        words = analysis.clean(text)[-_LONGEST:].split()
        for at in (0, *range(max(1, len(words) - _TAIL), len(words))) if words else ():
            tail = " ".join(words[at:])
            name, colon, value = tail.partition(":")
            if colon and name.lower() in FILTERS:
                chosen = _OF_FILTERS.get(name.lower())
                found = self._names[chosen].beginning(_folded(quotable(value)), most) if chosen else []
            else:
                typed = _folded(quotable(tail))
                found = self._foremost([kind for kind in _AT_FIRST if not (at and kind is Sort.TITLE)], typed, most)
            if found:
                return tuple(_after(words[:at], each) for each in found)
        return ()

    def _foremost(self, kinds: Sequence[Sort], typed: str, most: int) -> list[Suggestion]:
        if not typed:
            return []
        found = {kind: self._names[kind].beginning(typed, most) for kind in kinds}
        first = [each for kind, several in found.items() for each in several[:_AT_FIRST[kind]]]
        more = [each for kind, several in found.items() for each in several[_AT_FIRST[kind]:]]
        chosen = {*first[:most], *more[:max(0, most - len(first))]}
        return [each for several in found.values() for each in several if each in chosen]


def _after(words: Sequence[str], suggestion: Suggestion) -> Suggestion:
    query = " ".join((*words, suggestion.query))
    return Suggestion(suggestion.kind, suggestion.label, suggestion.value, query)


def _members(members: Iterable[Member], finds: Finds) -> Iterator[tuple[str, Suggestion]]:
    """Those whom items name, first those whom most do: as the archive knows them, or else as they are printed."""
    counted = [(finds(Field("member", each.id)) or finds(Field("member", without_title(each.name))), each)
               for each in members if analysis.chains(each.name)]
    for each in _most_found(counted):
        yield each.name, Suggestion(Sort.MEMBER, each.name, each.id, f"member:{_value(without_title(each.name))}")


def _committees(committees: Iterable[Committee], finds: Finds) -> Iterator[tuple[str, Suggestion]]:
    counted = [(finds(Field("committee", each.id or each.name)), each)
               for each in committees if analysis.chains(each.name)]
    for each in _most_found(counted):
        value = each.id or each.name
        yield each.name, Suggestion(Sort.COMMITTEE, each.name, value, f"committee:{_value(each.name)}")


def _values(kind: Sort, labels: Mapping[str, str], finds: Finds) -> Iterator[tuple[str, Suggestion]]:
    """The values of a filter that find something, by their labels and by themselves."""
    counted = [(finds(Field(kind.value, str(value))), value, label) for value, label in labels.items()]
    for count, value, label in sorted(counted, key=lambda each: -each[0]):
        if count:
            yield f"{label} {value}", Suggestion(kind, label, str(value), f"{kind}:{value}")


def _most_found(counted: Iterable[tuple[int, Named]]) -> list[Named]:
    found = ((count, each) for count, each in counted if count)
    return [each for _, each in sorted(found, key=lambda pair: (-pair[0], without_title(pair[1].name)))]


def _acronyms(acronyms: Acronyms) -> Iterator[tuple[str, Suggestion]]:
    for form in without_slips(short_forms(acronyms.values())):
        label = f"{form.short}: {'; '.join(form.usual)}"
        yield label, Suggestion(Sort.ACRONYM, label, form.short, form.short)


def _titles(titles: Iterable[Titled]) -> Iterator[tuple[str, Suggestion]]:
    """Titles once each, however written; those that many items have first, of equally many the latest."""
    several: dict[str, list[Titled]] = {}
    for each in titles:
        several.setdefault(_folded(each.title), []).append(each)
    counts = {key: sum(each.items for each in same) for key, same in several.items()}
    latest = {key: max(each.latest or date.min for each in same) for key, same in several.items()}
    for key in sorted(several, key=lambda each: (counts[each], latest[each], each), reverse=True):
        title = max(several[key], key=lambda each: (each.items, each.title)).title
        if key:
            yield title, Suggestion(Sort.TITLE, title, title, f'"{" ".join(quotable(title).split())}"')


def _value(name: str) -> str:
    return f'"{" ".join(quotable(name).split())}"'
