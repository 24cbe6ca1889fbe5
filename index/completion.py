"""What somebody who is typing may be going to type: names, topics, acronyms and titles of the archive.

Made once for each commit: every name stands in a sorted list from each of its words on, so that those that begin as
was typed are one stretch of it, found by bisection; of a long stretch the foremost are taken by their rank. After other
words only what is found together with them is offered: one search for the words counts it.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

import numpy as np

from archive.model import Committee, Member, MemberId
from archive.overview import Titled
from index import analysis
from index.acronyms import Acronyms
from index.engine import Matches
from index.labels import ACTIONS, KINDS
from index.lexemes import FILTERS, quotable
from index.naming import APOSTROPHE, is_identifier, spelt, without_title
from index.short_forms import short_forms, without_slips
from index.tree import Field

MOST = 20
"""Suggestions that can be asked for at once."""
USUAL = 8
_LONGEST = 200      # characters of a text that is completed
_WORDS = 12         # words of a name from which on it is found
_TAIL = 4           # words at the end of a text that may be the beginning of a name
_END = "\U0010ffff"    # sorts after every letter
_LOOKED_AT = 20     # names that no facet counts, for each of which it is looked whether it is found with the words;
_ACRONYMS_LOOKED_AT = 2    # of acronyms fewer: what they stand for is looked for too


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
Answers = Callable[[str, int], Matches]
"""What a text finds, and so many items of it: with none the total alone."""


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

    def beginning(self, typed: str, most: int | None) -> list[Suggestion]:
        """The foremost, or all, that from one of their words on begin with `typed`; of all where that is nothing."""
        if not typed:
            return self._suggestions[:most]
        ranks = self._ranks[bisect_left(self._keys, typed):bisect_left(self._keys, typed + _END)]
        enough = most * _WORDS if most else ranks.size    # each is there once for each of its words at most
        if ranks.size > enough:
            ranks = np.partition(ranks, enough)[:enough]
        return [self._suggestions[rank] for rank in np.unique(ranks)[:most]]


def _beginnings(name: str) -> Iterator[str]:
    words = _folded(name).split()
    return (" ".join(words[at:]) for at in range(min(len(words), _WORDS)))


def _folded(text: str) -> str:
    """The words of `text` as they are compared: "&" is a word of its own, as it is where a name is sought."""
    chains = analysis.chains(spelt(text).replace("&", " and "))
    return " ".join(re.sub(APOSTROPHE, "", analysis.fold(" ".join(chains))).split())


def _something(_: Field) -> int:
    return 1


class Completion:
    """Completes texts from what the archive held when this was made, by what `finds` something.

    After other words, where something `answers` them, by what they find now.
    """

    def __init__(
        self,
        members: Iterable[Member],
        committees: Iterable[Committee],
        topics: Mapping[str, str],
        acronyms: Acronyms,
        titles: Iterable[Titled],
        finds: Finds = _something,
        answers: Answers | None = None,
    ) -> None:
        self.acronyms, self._answers = acronyms, answers
        listed = [each for each in members if analysis.chains(each.name)]
        linked = {each.id: finds(Field("member", each.id)) for each in listed}
        self._uncounted = frozenset(member for member, count in linked.items() if not count)
        self._names = {
            Sort.MEMBER: _Names(_members(listed, linked, finds)),
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
        for at in _beginnings_of_ends(words):
            before, tail = " ".join(words[:at]), " ".join(words[at:])
            if _is_left_open(before):    # all that follows is in its quotation marks
                continue
            kinds, typed = _asked(tail)
            if at:
                found = self._beside(before, [kind for kind in kinds if kind is not Sort.TITLE], typed, most)
            else:
                found = _in_turn({kind: self._names[kind].beginning(typed, most) for kind in kinds}, most)
            if found:
                return tuple(_after(before, each) for each in found)
        return ()

    def _beside(self, before: str, kinds: Sequence[Sort], typed: str, most: int) -> list[Suggestion]:
        """Of those that begin so, what is found together with the words `before`; what is found most often first."""
        if not self._answers:
            return _in_turn({kind: self._names[kind].beginning(typed, most) for kind in kinds}, most)
        several = {kind: self._names[kind].beginning(typed, None) for kind in kinds}
        if not any(several.values()):
            return []
        beside = _Beside(before, self._answers, self._uncounted)
        return _in_turn({kind: beside.foremost(found, most) for kind, found in several.items()}, most)


class _Beside:
    """Counts what is found together with the words before it."""

    def __init__(self, before: str, answers: Answers, uncounted: Container[str]) -> None:
        self._before, self._answers, self._uncounted = before, answers, uncounted
        self._facets = answers(before, 1).facets
        self._left = {Sort.ACRONYM: _ACRONYMS_LOOKED_AT, Sort.MEMBER: _LOOKED_AT, Sort.COMMITTEE: _LOOKED_AT}

    def foremost(self, suggestions: Iterable[Suggestion], most: int) -> list[Suggestion]:
        counted = ((self._count(each), each) for each in suggestions)
        return [each for _, each in sorted((pair for pair in counted if pair[0]), key=lambda pair: -pair[0])][:most]

    def _count(self, suggestion: Suggestion) -> int:
        """How many items have it and the words: as a facet says, or where none counts it, as a search does."""
        if suggestion.kind is not Sort.ACRONYM and (
            count := self._facets.get(suggestion.kind, {}).get(suggestion.value, 0)
        ):
            return count
        if self._is_counted(suggestion) or not (self._left[suggestion.kind] and self._facets):
            return 0
        self._left[suggestion.kind] -= 1
        return self._answers(f"{self._before} {suggestion.query}", 0).total

    def _is_counted(self, suggestion: Suggestion) -> bool:
        """Whether a facet counts what it finds: not a name that nothing links to a list of the council."""
        match suggestion.kind:
            case Sort.MEMBER:
                return suggestion.value not in self._uncounted
            case Sort.COMMITTEE:
                return is_identifier(suggestion.value)
        return suggestion.kind in (Sort.TOPIC, Sort.KIND, Sort.ACTION)


def _is_left_open(text: str) -> bool:
    """Whether a quotation mark in `text` is not closed there."""
    marks = sum(typed != kept for typed, kept in zip(text, quotable(text), strict=True))
    return marks % 2 == 1


def _beginnings_of_ends(words: Sequence[str]) -> list[int]:
    """Where that which is completed may begin: at first, at a filter, or among the last words."""
    filters = [at for at, word in enumerate(words) if word.partition(":")[0].lower() in FILTERS and ":" in word]
    ends = range(max(0, len(words) - _TAIL), len(words))
    return sorted({0, *filters[-1:], *ends}) if words else []


def _asked(tail: str) -> tuple[Sequence[Sort], str]:
    """What kinds of things `tail` may begin, and the words that it begins them with."""
    name, colon, value = tail.partition(":")
    if colon and name.lower() in FILTERS:
        chosen = _OF_FILTERS.get(name.lower())
        return ([chosen] if chosen else []), _folded(quotable(value))
    typed = _folded(quotable(tail))
    return ([*_AT_FIRST] if typed else []), typed


def _in_turn(found: Mapping[Sort, Sequence[Suggestion]], most: int) -> list[Suggestion]:
    """Some of each kind, and then more of any."""
    if len(found) == 1:
        return [each for several in found.values() for each in several[:most]]
    first = [each for kind, several in found.items() for each in several[:_AT_FIRST[kind]]]
    more = [each for kind, several in found.items() for each in several[_AT_FIRST[kind]:]]
    chosen = {*first[:most], *more[:max(0, most - len(first))]}
    return [each for several in found.values() for each in several if each in chosen]


def _after(before: str, suggestion: Suggestion) -> Suggestion:
    return replace(suggestion, query=f"{before} {suggestion.query}") if before else suggestion


def _members(
    members: Iterable[Member], linked: Mapping[MemberId, int], finds: Finds
) -> Iterator[tuple[str, Suggestion]]:
    """Those whom items name, first those whom most do: as the archive knows them, or else as they are printed."""
    counted = [(linked[each.id] or finds(Field("member", without_title(each.name))), each) for each in members]
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
