"""A query carried out on postings and columns: by masks of rows, in one pass for hits, total and facets.

What an engine's library gives is behind `Postings`; all else is the same for every engine that keeps its own postings.
"""

from collections.abc import Collection, Iterable
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import Protocol

import numpy as np

from index import ranking
from index.analysis import Slot
from index.closeness import title_asked, together
from index.columns import Columns, Numbers, Rows, Shares
from index.engine import Match, Matches
from index.memory import Memory
from index.naming import is_identifier, names_committee, names_person
from index.passages import SCOPES, Scope
from index.places import patterns
from index.query import DAY, Query, Sort
from index.scoping import ALL_SCOPES, Scopes, Wanted, narrowed, scoped_leaves
from index.spans import Array, Counts, counted, merged, spans
from index.tree import (
    Also,
    And,
    Everything,
    Field,
    Leaf,
    Most,
    Near,
    Node,
    Not,
    Or,
    Setting,
    Since,
    Until,
    settings,
    unexpanded,
)


class Postings(Protocol):
    """What the index holds of one term in one scope."""

    def counts(self, scope: Scope, term: str) -> Counts:
        """How often the term stands in each row that has it."""

    def keys(self, scope: Scope, term: str) -> Array:
        """Where it stands in each row that has it, as keys of `index.spans`."""

    def beginning(self, scope: Scope, prefix: str) -> Collection[str]:
        """The terms that begin so."""


class Execution:
    """Answers queries on one state of an index; `memory` keeps what leaves gave, and may be shared by threads."""

    def __init__(self, columns: Columns, postings: Postings, memory: Memory) -> None:
        self._columns, self._postings, self._memory = columns, postings, memory

    def answer(self, query: Query) -> Matches:
        """What matches, ranked and counted."""
        found = self._rows(query.whole, ALL_SCOPES)
        total = int(np.count_nonzero(found))
        return Matches(total, self._hits(query, found), self._facets(query, found)) if query.limit else Matches(total)

    # Matching

    def _rows(self, node: Node, scopes: Scopes) -> Rows:
        match node:
            case And(parts):
                inner = narrowed(node, scopes)
                return reduce(and_, (self._rows(part, inner) for part in parts))
            case Or(parts):
                return reduce(or_, (self._rows(part, scopes) for part in parts))
            case Not(part):
                return self._columns.all & ~self._rows(part, scopes)
            case Also(part, others):
                return reduce(or_, (self._rows(each, scopes) for each in (part, *others)))
            case Most(parts, least):
                return self._at_least(least, [self._rows(part, scopes) for part in parts])
            case Setting(word):
                return self._memory.once(node, lambda: self._columns.all & self._columns.set_by(word))
            case Everything():
                return self._columns.all
            case Field() | Since() | Until():
                return self._filtered(node, narrowed(node, scopes))
        return self._having(node, scopes)

    def _at_least(self, least: int, several: Iterable[Rows]) -> Rows:
        counts = np.zeros(self._columns.numbers, np.int64)
        for rows in several:
            counts += rows
        return counts >= least

    def _filtered(self, part: Field | Since | Until, scopes: Scopes) -> Rows:
        columns = self._columns
        match part:
            case Since(day):
                return columns.between(day.toordinal(), date.max.toordinal())
            case Until(day):
                return columns.between(1, day.toordinal())
            case Field("kind", value):
                return columns.with_scope[SCOPES[value]] if SCOPES[value] in scopes else np.zeros_like(columns.all)
            case Field(name, value, meant):
                return self._memory.once(part, lambda: reduce(
                    or_, map(self._columns.values[name].of, meant), self._valued(name, value)))

    def _valued(self, name: str, value: str) -> Rows:
        columns = self._columns
        if name == "committee" and not is_identifier(value):
            return columns.committee_names.having(lambda printed: names_committee(value, None, printed))
        if name == "member" and not is_identifier(value):
            return columns.people.having(lambda printed: names_person(value, printed))
        return columns.values[name].of(value)

    def _having(self, leaf: Leaf, scopes: Scopes) -> Rows:
        rows = np.zeros_like(self._columns.all)
        for scope in scopes:
            rows[self._occurrences(leaf, scope).rows] = True
        return rows

    def _occurrences(self, leaf: Leaf, scope: Scope) -> Counts:
        """How often `leaf` stands in that scope of each row that has it."""
        return self._memory.once((leaf, scope), lambda: self._visible(self._counted(leaf, scope)))

    def _counted(self, leaf: Leaf, scope: Scope) -> Counts:
        having = [found for term in _single_terms(leaf) if (found := self._postings.counts(scope, term)).rows.size]
        if len(having) == 1:
            return having[0]
        return counted(spans(leaf, lambda slot: self._keys(slot, scope)))

    def _keys(self, slot: Slot, scope: Scope) -> Array:
        if slot.prefix:
            return merged(self._postings.keys(scope, term) for term in self._postings.beginning(scope, slot.term))
        return self._memory.once((slot.term, scope), lambda: self._postings.keys(scope, slot.term))

    def _visible(self, found: Counts) -> Counts:
        kept = self._columns.all[found.rows]
        return found if kept.all() else Counts(found.rows[kept], found.counts[kept])

    # Ranking

    def _hits(self, query: Query, found: Rows) -> tuple[Match, ...]:
        last = query.start + query.limit
        asked = query.whole
        wanted, around = tuple(dict.fromkeys(scoped_leaves(asked))), tuple(dict.fromkeys(settings(asked)))
        if query.sort is not Sort.RELEVANCE or not (wanted or around):
            inorder = self._inorder(query.sort)
            return tuple(Match(self._columns.id_of(row), 0.0) for row in inorder[found[inorder]][query.start:last])
        scores = self._scores((*wanted, *together(asked)), around)
        if title := title_asked(asked):
            named = self._columns.titles.of(title)
            scores[named] *= self._columns.titled[named]
        scores = self._typed_first(asked, found, scores.round(9))
        order = self._best(np.flatnonzero(found), scores, last)
        return tuple(Match(self._columns.id_of(row), float(scores[row])) for row in order[query.start:])

    def _inorder(self, sort: Sort) -> Numbers:
        """Every row, where there is nothing to rank by."""
        match sort:
            case Sort.OLDEST:
                return self._columns.oldest_first
            case Sort.NEWEST:
                return self._columns.newest_first
        return self._columns.telling_first

    def _typed_first(self, asked: Node, found: Rows, scores: Shares) -> Shares:
        """`scores` with what was found by other words alone below all that has the words as typed."""
        plain = unexpanded(asked)
        if plain == asked:
            return scores
        as_typed = found & self._rows(plain, ALL_SCOPES)
        otherwise = found & ~as_typed
        if as_typed.any() and otherwise.any():
            scores[otherwise] = ranking.below(scores[otherwise], float(scores[as_typed].min())).round(9)
        return scores

    def _best(self, rows: Numbers, scores: Shares, last: int) -> Numbers:
        """Of `rows` the `last` with the highest scores, in order."""
        if rows.size > last > 0:
            least = np.partition(scores[rows], rows.size - last)[rows.size - last]
            rows = rows[scores[rows] >= least]
        return rows[np.lexsort((self._columns.place[rows], -scores[rows]))][:last]

    def _scores(self, wanted: Iterable[Wanted], around: Iterable[Setting]) -> Shares:
        scores = np.zeros(self._columns.numbers)
        for leaf, scopes, share in wanted:
            scores += share * self._weights(leaf, scopes)
        for setting in around:
            scores += self._saturated(np.where(self._rows(setting, ALL_SCOPES), ranking.SETTING, 0.0))
        return scores * self._columns.standing

    def _weights(self, leaf: Leaf, scopes: Scopes) -> Shares:
        """What `leaf` adds to the score of each row that has it."""
        sums = np.zeros(self._columns.numbers)
        for scope in sorted(scopes):
            rows, counts = self._occurrences(leaf, scope)
            sums[rows] += counts * self._columns.weights[scope][rows]
        return self._saturated(sums)

    def _saturated(self, sums: Shares) -> Shares:
        rarity = ranking.rarity(len(self._columns.rows), int(np.count_nonzero(sums > 0)))
        return rarity * ranking.saturated(sums)

    # Counting

    def _facets(self, query: Query, found: Rows) -> dict[str, dict[str, int]]:
        counts: dict[str, dict[str, int]] = {}
        for name, values in self._columns.values.items():
            group = DAY if name == "month" else name
            rows = self._rows(query.choosing(group), ALL_SCOPES) if group in query.filters else found
            counts[name] = values.counted(rows)
        return counts | {"kind": self._kinds(query)}

    def _kinds(self, query: Query) -> dict[str, int]:
        chosen = {scope.value: query.choosing("kind", Field("kind", scope.value)) for scope in Scope}
        counts = {scope: int(np.count_nonzero(self._rows(within, ALL_SCOPES))) for scope, within in chosen.items()}
        return {scope: count for scope, count in counts.items() if count}


def _single_terms(leaf: Leaf) -> tuple[str, ...]:
    """The terms any of which `leaf` amounts to, when each of its patterns is one term."""
    several = () if isinstance(leaf, Near) else patterns(leaf)
    if any(len(pattern.slots) > 1 or pattern.slots[0].prefix for pattern in several):
        return ()
    return tuple(pattern.slots[0].term for pattern in several)
