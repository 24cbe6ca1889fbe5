"""A query carried out on postings and columns: by sets of rows, in one pass for hits, total and facets.

What an engine's library gives is behind `Postings`; all else is the same for every engine that keeps its own postings.
"""

from collections.abc import Collection, Iterable, Mapping, Set
from datetime import date
from functools import reduce
from heapq import nsmallest
from typing import Protocol

from index import ranking
from index.analysis import Pattern, Slot
from index.columns import Columns, Rows
from index.engine import Match, Matches
from index.memory import Memory
from index.naming import is_identifier, names_committee, names_person
from index.passages import SCOPES, Scope
from index.places import patterns, places
from index.query import Query, Sort
from index.scoping import ALL_SCOPES, Scopes, narrowed, scoped_leaves
from index.tree import (
    And,
    Everything,
    Field,
    Leaf,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Since,
    Until,
    Word,
)

Found = Set[int]
Counts = Mapping[int, int]


class Postings(Protocol):
    """What the index holds of one term in one scope."""

    def counts(self, scope: Scope, term: str) -> Counts:
        """How often the term stands in each row that has it."""

    def positions(self, scope: Scope, term: str) -> Mapping[int, Collection[int]]:
        """Where it stands in each row that has it."""

    def beginning(self, scope: Scope, prefix: str) -> Collection[str]:
        """The terms that begin so."""


class Execution:
    """Answers queries on one state of an index; `memory` keeps what leaves gave, and may be shared by threads."""

    def __init__(self, columns: Columns, postings: Postings, memory: Memory) -> None:
        self._columns, self._postings, self._memory = columns, postings, memory

    def answer(self, query: Query) -> Matches:
        """What matches, ranked and counted."""
        found = self._rows(query.whole, ALL_SCOPES)
        return Matches(len(found), self._hits(query, found), self._facets(query, found))

    # Matching

    def _rows(self, node: Node, scopes: Scopes) -> Found:
        match node:
            case And(parts):
                return self._all(parts, narrowed(node, scopes))
            case Or(parts):
                return set().union(*(self._rows(part, scopes) for part in parts))
            case Not(part):
                return self._columns.all - self._rows(part, scopes)
            case Everything():
                return self._columns.all
            case Field() | Since() | Until():
                return self._filtered(node, narrowed(node, scopes))
        return self._having(node, scopes)

    def _all(self, parts: Iterable[Node], scopes: Scopes) -> Found:
        """Rows with every part: the smallest set first; what must not be there is taken away at the end."""
        wanted = [self._rows(part, scopes) for part in parts if not isinstance(part, Not)]
        found = reduce(lambda rows, more: rows & more, sorted(wanted, key=len)) if wanted else self._columns.all
        for part in parts:
            if found and isinstance(part, Not):
                found = found - self._rows(part.part, scopes)
        return found

    def _filtered(self, part: Field | Since | Until, scopes: Scopes) -> Found:
        columns = self._columns
        match part:
            case Since(day):
                return columns.between(day.toordinal(), date.max.toordinal())
            case Until(day):
                return columns.between(1, day.toordinal())
            case Field("kind", value):
                return columns.with_scope[SCOPES[value]] if SCOPES[value] in scopes else frozenset()
            case Field("committee", value) if not is_identifier(value):
                names = columns.committee_names
                return _union(rows for name, rows in names.items() if names_committee(value, None, name))
            case Field("member", value) if not is_identifier(value):
                return _union(rows for name, rows in columns.people.items() if names_person(value, name))
            case Field(name, value):
                return columns.values[name].get(value, frozenset())

    def _having(self, leaf: Leaf, scopes: Scopes) -> Found:
        return self._memory.once(("rows", leaf, scopes), lambda: frozenset(
            row for scope in scopes for row in self._occurrences(leaf, scope)))

    def _occurrences(self, leaf: Leaf, scope: Scope) -> Counts:
        """How often `leaf` stands in that scope of each row that has it."""
        return self._memory.once((leaf, scope), lambda: self._counted(leaf, scope))

    def _counted(self, leaf: Leaf, scope: Scope) -> Counts:
        if (term := _single_term(leaf)) is not None:
            return self._without_hidden(self._postings.counts(scope, term))
        text = _Texts(self._postings, scope)
        found = {row: len(places(leaf, text.in_row(row))) for row in text.candidates(leaf) - self._columns.hidden}
        return {row: count for row, count in found.items() if count}

    def _without_hidden(self, counts: Counts) -> Counts:
        hidden = self._columns.hidden
        return {row: count for row, count in counts.items() if row not in hidden} if hidden else counts

    # Ranking

    def _hits(self, query: Query, found: Found) -> tuple[Match, ...]:
        last = query.start + query.limit
        wanted = dict.fromkeys(scoped_leaves(query.whole)) if query.sort is Sort.RELEVANCE else ()
        scores = self._scores(wanted, found) if wanted else {}
        if scores:
            place = self._columns.place
            order = nsmallest(last, found, key=lambda row: (-scores[row], place[row]))
        else:
            order = self._by_day(query.sort, found, last)
        return tuple(Match(self._columns.id_of(row), scores.get(row, 0.0)) for row in order[query.start:])

    def _by_day(self, sort: Sort, found: Found, last: int) -> list[int]:
        rows = self._columns.oldest_first if sort is Sort.OLDEST else self._columns.newest_first
        order: list[int] = []
        for row in rows:
            if len(order) == last:
                break
            if row in found:
                order.append(row)
        return order

    def _scores(self, wanted: Iterable[tuple[Leaf, Scopes]], found: Found) -> dict[int, float]:
        scores = dict.fromkeys(found, 0.0)
        for leaf, scopes in wanted:
            weights = self._weights(leaf, scopes)
            for row in weights.keys() & found:
                scores[row] += weights[row]
        standing = self._columns.standing
        return {row: round(score * standing[row], 9) for row, score in scores.items()}

    def _weights(self, leaf: Leaf, scopes: Scopes) -> Mapping[int, float]:
        """What `leaf` adds to the score of each row that has it."""
        return self._memory.once(("weights", leaf, scopes), lambda: self._weighed(leaf, scopes))

    def _weighed(self, leaf: Leaf, scopes: Scopes) -> Mapping[int, float]:
        sums: dict[int, float] = {}
        for scope in sorted(scopes):
            per_occurrence = self._columns.weights[scope]
            for row, count in self._occurrences(leaf, scope).items():
                sums[row] = sums.get(row, 0.0) + count * per_occurrence[row]
        rarity = ranking.rarity(len(self._columns.all), len(sums))
        return {row: rarity * ranking.saturated(weight) for row, weight in sums.items()}

    # Counting

    def _facets(self, query: Query, found: Found) -> dict[str, dict[str, int]]:
        counts: dict[str, dict[str, int]] = {}
        for name, values in self._columns.values.items():
            rows = self._rows(query.choosing(name), ALL_SCOPES) if name in query.filters else found
            counts[name] = {value: count for value, having in values.items() if (count := len(having & rows))}
        return counts | {"kind": self._kinds(query)}

    def _kinds(self, query: Query) -> dict[str, int]:
        chosen = {scope.value: query.choosing("kind", Field("kind", scope.value)) for scope in Scope}
        counts = {scope: len(self._rows(within, ALL_SCOPES)) for scope, within in chosen.items()}
        return {scope: count for scope, count in counts.items() if count}


class _Texts:
    """One scope of every row, for leaves that are about places."""

    def __init__(self, postings: Postings, scope: Scope) -> None:
        self._postings, self._scope = postings, scope
        self._read: dict[Slot, list[Mapping[int, Collection[int]]]] = {}

    def in_row(self, row: int) -> "_InRow":
        return _InRow(self, row)

    def candidates(self, node: Node) -> Rows:
        """The rows in which `node` may have places: all its terms are there."""
        match node:
            case Near(left, right):
                return self.candidates(left) & self.candidates(right)
            case Or(parts):
                return set().union(*(self.candidates(part) for part in parts))
            case Word() | Phrase() | Prefix():
                return set().union(*(self._with_all(pattern) for pattern in patterns(node)))
        return set()

    def _with_all(self, pattern: Pattern) -> Rows:
        return set.intersection(*(set().union(*self.of_slot(slot)) for slot in pattern.slots))

    def of_slot(self, slot: Slot) -> list[Mapping[int, Collection[int]]]:
        """The positions of every term that fits `slot`."""
        if slot not in self._read:
            terms = self._postings.beginning(self._scope, slot.term) if slot.prefix else (slot.term,)
            self._read[slot] = [self._postings.positions(self._scope, term) for term in terms]
        return self._read[slot]


class _InRow:
    """The positions of slots in one row."""

    def __init__(self, texts: _Texts, row: int) -> None:
        self._texts, self._row = texts, row

    def __call__(self, slot: Slot) -> Collection[int]:
        several = [positions[self._row] for positions in self._texts.of_slot(slot) if self._row in positions]
        return several[0] if len(several) == 1 else set().union(*several)


def _single_term(leaf: Leaf) -> str | None:
    """The one term that `leaf` amounts to, when it does."""
    if isinstance(leaf, Near):
        return None
    several = patterns(leaf)
    slots = several[0].slots if len(several) == 1 else ()
    return slots[0].term if len(slots) == 1 and not slots[0].prefix else None


def _union(several: Iterable[Found]) -> Found:
    return set().union(*several)
