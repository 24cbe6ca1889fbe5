"""What search means, as plainly as it can be said: every entry is read anew for every query.

Real engines must give the same items, totals and facets. Only the terms (`index.analysis`), the formula of ranking
(`index.ranking`), what a filter's value names (`index.naming`) and how alike two texts are (`index.wordings`) are
shared with them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from memory_copies import copies_among

from archive.model import CouncilId, MeetingId
from index import analysis, ranking
from index.acronyms import Acronyms
from index.closeness import title_asked, together
from index.dates import in_words
from index.engine import FACETS, Lexicon, Match, Matches
from index.naming import is_identifier, names_committee, names_person
from index.passages import SCOPES, Passage, Scope
from index.places import patterns
from index.project import Entry
from index.query import Query, Sort
from index.setting import says
from index.tree import (
    Also,
    And,
    Everything,
    Field,
    Most,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Row,
    Setting,
    Since,
    Until,
    Word,
    conditions,
    field_of,
    settings,
    unexpanded,
)

EVERYWHERE = frozenset(Scope)
Text = dict[int, set[str]]    # the terms at each position


class MemoryEngine:
    def __init__(self) -> None:
        self._version: str | None = None
        self._meetings: dict[MeetingId, tuple[Entry, ...]] = {}
        self._texts: dict[Passage, Text] = {}

    def version(self) -> str | None:
        return self._version

    def held(self) -> Mapping[MeetingId, Sequence[str]]:
        return {meeting: [entry.source for entry in entries] for meeting, entries in self._meetings.items() if entries}

    def reset(self, version: str) -> None:
        self._version, self._meetings = version, {}

    @contextmanager
    def batch(self) -> Iterator["MemoryEngine"]:
        before = dict(self._meetings)
        try:
            yield self
        except BaseException:
            self._meetings = before
            raise

    def put(self, meeting: MeetingId, entries: Iterable[Entry]) -> None:
        self._meetings[meeting] = tuple(entries)

    def remove(self, meeting: MeetingId) -> None:
        self._meetings.pop(meeting, None)

    def lexicon(self) -> Lexicon:
        words = Counter[str]()
        for entry in self._entries():
            by_scope = {(each.scope, word) for each in entry.passages for found in self._text(each).values()
                        for word in found}
            words.update(word for _, word in by_scope if word.isalpha())
        return Lexicon(words)

    def acronyms(self) -> Acronyms:
        found: dict[CouncilId, dict[str, Counter[str]]] = {}
        for entry in self._entries():
            for short, long in entry.acronyms:
                found.setdefault(entry.council, {}).setdefault(short, Counter())[long] += 1
        return found

    def close(self) -> None:
        pass

    # Searching

    def search(self, query: Query) -> Matches:
        found = self._matching(query.tree, query.filters)
        if not query.limit:
            return Matches(len(found))
        scores = self._scores(query, found)
        unranked = query.sort is Sort.RELEVANCE and not [*_leaves(query.whole, EVERYWHERE), *settings(query.whole)]
        found.sort(key=lambda entry: (unranked and entry.procedural, _order(query.sort, scores[entry.id], entry)))
        page = found[query.start:query.start + query.limit]
        return Matches(len(found), tuple(Match(entry.id, scores[entry.id]) for entry in page), self._facets(query))

    def _entries(self) -> list[Entry]:
        """Of several entries for one item, that of the latest meeting counts, and in it the first."""
        best: dict[str, Entry] = {}
        for _, entries in sorted(self._meetings.items()):
            for entry in reversed(entries):
                other = best.get(entry.id)
                if other is None or _day(entry) >= _day(other):
                    best[entry.id] = entry
        hidden = copies_among([*best.values()])
        return [entry for entry in best.values() if entry.id not in hidden]

    def _matching(self, tree: Node, filters: Mapping[str, Node]) -> list[Entry]:
        """What was typed must hold, in texts of the chosen kinds, and each choice by itself."""
        scopes = _narrowed(filters.values(), EVERYWHERE)
        return [entry for entry in self._entries() if self._matches(tree, entry, scopes)
                and all(self._matches(chosen, entry, EVERYWHERE) for chosen in filters.values())]

    def _matches(self, node: Node, entry: Entry, scopes: frozenset[Scope]) -> bool:
        match node:
            case And(parts):
                return all(self._matches(part, entry, _narrowed(parts, scopes)) for part in parts)
            case Or(parts):
                inner = scopes if field_of(node) != "kind" else _narrowed((node,), scopes)
                return any(self._matches(part, entry, inner) for part in parts)
            case Not(part):
                return not self._matches(part, entry, scopes)
            case Also(part, others):
                return any(self._matches(each, entry, scopes) for each in (part, *others))
            case Most(parts, least):
                return sum(self._matches(part, entry, scopes) for part in parts) >= least
            case Setting(word):
                day = in_words(entry.day) if entry.day else ""
                return says(entry.committee_name, word) or says(day, word)
            case Field("kind", value):
                return SCOPES[value] in scopes and any(each.scope is SCOPES[value] for each in entry.passages)
            case Everything() | Field() | Since() | Until():
                return _passes(node, entry)
        return any(self._places(node, passage) for passage in entry.passages if passage.scope in scopes)

    def _places(self, leaf: Node, passage: Passage) -> set[tuple[int, int]]:
        """First and last position of every occurrence, found by trying each."""
        match leaf:
            case Near(left, right, distance):
                ones, others = self._places(left, passage), self._places(right, passage)
                return {place for one in ones for other in others if 1 <= _gap(one, other) <= distance
                        for place in (one, other)}
            case Or(parts):
                return {place for part in parts for place in self._places(part, passage)}
            case Word() | Phrase() | Row() | Prefix():
                text = self._text(passage)
                return {(first, first + pattern.width - 1) for pattern in patterns(leaf) for first in text if all(
                    _stands(slot.term, slot.prefix, text.get(first + slot.at, set())) for slot in pattern.slots)}
        raise AssertionError(leaf)

    def _text(self, passage: Passage) -> Text:
        if passage not in self._texts:
            number = _terms(passage.number or "", number=True)
            first = analysis.width(passage.number or "")
            self._texts[passage] = number | {first + at: found for at, found in _terms(passage.text).items()}
        return self._texts[passage]

    # Ranking

    def _scores(self, query: Query, found: list[Entry]) -> dict[str, float]:
        scores = dict.fromkeys((entry.id for entry in found), 0.0)
        if query.sort is not Sort.RELEVANCE:
            return scores
        everyone = self._entries()
        wanted = (*dict.fromkeys(_leaves(query.tree, _narrowed(query.filters.values(), EVERYWHERE))),
                  *together(query.whole))
        weighed = [(share, {each.id: self._weight(leaf, each, scopes, everyone) for each in everyone})
                   for leaf, scopes, share in wanted]
        weighed += [(1.0, {each.id: ranking.SETTING * self._matches(setting, each, EVERYWHERE) for each in everyone})
                    for setting in dict.fromkeys(settings(query.whole))]
        for share, weights in weighed:
            rarity = ranking.rarity(len(everyone), sum(weight > 0 for weight in weights.values()))
            for entry in found:
                scores[entry.id] += share * rarity * ranking.saturated(weights[entry.id])
        newest = max((_day(entry) for entry in everyone), default=0)
        for entry in found:
            said = sum(self._width(each) for each in entry.passages if each.scope is not Scope.TITLE)
            scores[entry.id] *= ranking.standing(procedural=entry.procedural, said=said)
            scores[entry.id] *= ranking.freshness(_day(entry), newest)
            if entry.title == title_asked(query.whole):
                scores[entry.id] *= ranking.titled(procedural=entry.procedural)
        scores = {each: round(score, 9) for each, score in scores.items()}
        as_typed = {entry.id for entry in self._matching(unexpanded(query.tree), query.filters)} & scores.keys()
        least = min((scores[each] for each in as_typed), default=None)
        if least is not None:
            scores.update({each: round(ranking.below(scores[each], least), 9) for each in scores.keys() - as_typed})
        return scores

    def _weight(self, leaf: Node, entry: Entry, scopes: frozenset[Scope], everyone: list[Entry]) -> float:
        average = max(sum(map(self._length, everyone)) / len(everyone), 1.0)
        weight = 0.0
        for scope in sorted(scopes):
            count = sum(len(self._places(leaf, each)) for each in entry.passages if each.scope is scope)
            weight += count * ranking.occurrence(scope, self._length(entry), average)
        return weight

    def _length(self, entry: Entry) -> int:
        return sum(map(self._width, entry.passages))

    def _width(self, passage: Passage) -> int:
        return analysis.width(passage.number or "") + analysis.width(passage.text)

    # Counting

    def _facets(self, query: Query) -> dict[str, dict[str, int]]:
        counts = {name: Counter[str]() for name in FACETS}
        for name in FACETS:
            group = "year" if name == "month" else name
            others = {other: chosen for other, chosen in query.filters.items() if other != group}
            if name == "kind":
                for scope in Scope:
                    instead = {**others, "kind": Field("kind", scope.value)}
                    counts["kind"][scope.value] = len(self._matching(query.tree, instead))
            else:
                for entry in self._matching(query.tree, others):
                    counts[name].update(_values(name, entry))
        return {name: dict(+counter) for name, counter in counts.items()}


def _passes(part: Everything | Field | Since | Until, entry: Entry) -> bool:
    match part:
        case Since(day):
            return entry.day is not None and entry.day >= day
        case Until(day):
            return entry.day is not None and entry.day <= day
        case Field("committee", value, meant):
            return entry.committee in meant or names_committee(value, entry.committee, entry.committee_name)
        case Field("member", value, meant):
            return not {*entry.members}.isdisjoint((value, *meant)) or (
                not is_identifier(value) and any(names_person(value, name) for name in entry.people))
        case Field(name, value):
            return value in _values(name, entry)
    return True


def _terms(text: str, *, number: bool = False) -> Text:
    found: Text = {}
    for token in analysis.tokens(text, number=number):
        found.setdefault(token.position, set()).add(token.term)
    return found


def _stands(term: str, prefix: bool, there: set[str]) -> bool:
    return any(each.startswith(term) for each in there) if prefix else term in there


def _gap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(other[0] - one[1], one[0] - other[1])


def _narrowed(parts: Iterable[Node], scopes: frozenset[Scope]) -> frozenset[Scope]:
    for part in parts:
        if field_of(part) == "kind":
            values = part.parts if isinstance(part, Or) else (part,)
            scopes &= {SCOPES[value.value] for value in values if isinstance(value, Field)}
    return scopes


def _leaves(tree: Node, scopes: frozenset[Scope], share: float = 1.0) -> Iterator[tuple[Node, frozenset[Scope], float]]:
    match tree:
        case Word() | Phrase() | Row() | Prefix() | Near():
            yield tree, scopes, share
        case Most(parts):
            for part in parts:
                yield from _leaves(part, scopes)
        case Also(part, others):
            yield from _leaves(part, scopes, share)
            for other in others:
                yield from _leaves(other, scopes, ranking.AKIN)
        case And(parts) | Or(parts):
            inner = _narrowed(conditions(tree), scopes)
            for part in parts:
                yield from _leaves(part, inner)


def _values(name: str, entry: Entry) -> tuple[str, ...]:
    match name:
        case "council":
            return (entry.council,)
        case "committee":
            return (entry.committee,) if entry.committee else ()
        case "member":
            return entry.members
        case "topic":
            return entry.topics
        case "action":
            return entry.actions
        case "month":
            return (f"{entry.day:%Y-%m}",) if entry.day else ()
    return (f"{entry.day.year:04}",) if entry.day else ()


def _day(entry: Entry) -> int:
    return entry.day.toordinal() if entry.day else 0


def _order(sort: Sort, score: float, entry: Entry) -> tuple[float, bool, int, str]:
    day = _day(entry)
    if sort is Sort.OLDEST:
        return 0.0, not day, day, entry.id
    return -score, not day, -day, entry.id
