"""What would help where nothing was found: leaving out a part, other days, other committees; and what is held."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from archive.model import Committee, CommitteeId, CouncilId
from archive.overview import Minuted
from archive.shapes import as_json
from index.engine import Searcher
from index.labels import Facet, Labels
from index.naming import is_identifier, names_committee
from index.query import DAY, Query
from index.tree import Also, Field, Leaf, Node, Or, Since, Until, any_of, conditions, field_of, fields, leaves
from index.tree import side_by_side as all_as_typed
from index.wording import to_text

MOST = 5
"""Parts to leave out, and other committees, that are named."""
MOST_TRIED = 12
"""Parts of the longest query of which each is left out in turn."""
FEWEST, FEW = 2, 8
"""Words of which any one may be looked for."""
_WORDS = Leaf | Also


@dataclass(frozen=True, slots=True)
class Other:
    """Another query, which finds `total` items; it leaves out `words`, or looks for any one of them."""

    words: str
    query: str
    total: int


@dataclass(frozen=True, slots=True)
class Held:
    """The meetings with minutes that are held of these committees (of all, where none was asked for) and these days."""

    committees: tuple[str, ...]
    since: date | None
    until: date | None
    meetings: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Help:
    """What finds something. `years` and `committees` have hits for the rest of the query when these are left out."""

    without: tuple[Other, ...]
    any_word: Other | None
    years: tuple[Facet, ...]
    committees: tuple[Facet, ...]
    held: Held

    def as_json(self) -> dict[str, Any]:
        """Its shape in the answer's JSON."""
        return dict(as_json(self))


class Holdings(Protocol):
    """What is asked of the store."""

    def committees(self) -> tuple[Committee, ...]:
        """All committees."""

    def minuted(
        self,
        councils: Collection[CouncilId] = (),
        committees: Collection[CommitteeId] = (),
        since: date | None = None,
        until: date | None = None,
    ) -> Minuted:
        """The meetings with minutes of these councils, committees and days."""


def helping(query: Query, engine: Searcher, labels: Labels, store: Holdings) -> Help:
    """What would help with `query`, which finds nothing."""
    return _Helper(query, engine, labels, store).help()


class _Helper:
    def __init__(self, query: Query, engine: Searcher, labels: Labels, store: Holdings) -> None:
        self._query, self._engine, self._labels, self._store = query, engine, labels, store
        self._parts = conditions(query.tree)

    def help(self) -> Help:
        """All of it."""
        without = self._without()
        any_word = self._any_word(max((each.total for each in without), default=0))
        return Help(without, any_word, self._widened(_is_day, DAY),
                    self._widened(_is_committee, "committee")[:MOST], self._held())

    def _total(self, tree: Node) -> int:
        return self._engine.search(replace(self._query, tree=tree, limit=0)).total

    def _without(self) -> tuple[Other, ...]:
        """Without each part in turn, days being one part together; where that is not enough, each word alone."""
        days = tuple(part for part in self._parts if _is_day(part))
        parts = [(part,) for part in self._parts if part not in days] + ([days] if days else [])
        if not 1 < len(parts) <= MOST_TRIED:
            return ()
        words = [part for part in self._parts if isinstance(part, _WORDS)]
        return self._others(parts) or self._others(
            [tuple(part for part in self._parts if part is not word) for word in words])

    def _others(self, left_out: Iterable[Sequence[Node]]) -> tuple[Other, ...]:
        """The queries that find something without these parts, those that find most first."""
        shorter = [(parts, self._rest(parts.__contains__)) for parts in left_out]
        found = [Other(to_text(all_as_typed(parts)), to_text(rest), self._total(rest))
                 for parts, rest in shorter if parts and any(leaves(rest))]
        return tuple(sorted((each for each in found if each.total), key=lambda each: -each.total)[:MOST])

    def _any_word(self, most: int) -> Other | None:
        """Any one of the words, where that finds more than `most`."""
        words = [part for part in self._parts if isinstance(part, _WORDS)]
        if not FEWEST <= len(words) <= FEW:
            return None
        tree = all_as_typed((any_of(words), self._rest(words.__contains__)))
        total = self._total(tree)
        return Other(" ".join(map(to_text, words)), to_text(tree), total) if total > most else None

    def _widened(self, narrows: Callable[[Node], bool], facet: str) -> tuple[Facet, ...]:
        """The values of `facet` that have hits for the rest, where the query narrows it."""
        if facet not in self._query.filters and not any(map(narrows, self._parts)):
            return ()
        filters = {name: node for name, node in self._query.filters.items() if name != facet}
        wider = replace(self._query, tree=self._rest(narrows), filters=filters, start=0, limit=1)
        return self._labels.facet(facet, self._engine.search(wider).facets.get(facet, {}))

    def _rest(self, left_out: Callable[[Node], bool]) -> Node:
        return all_as_typed(part for part in self._parts if not left_out(part))

    def _held(self) -> Held:
        asked = conditions(self._query.whole)
        since = max((part.day for part in asked if isinstance(part, Since)), default=None)
        until = min((part.day for part in asked if isinstance(part, Until)), default=None)
        councils = tuple(CouncilId(each) for each in _values(asked, "council"))
        wanted = _values(asked, "committee")
        named = [each for each in self._store.committees() if each.id
                 and any(names_committee(value, each.id, each.name) for value in wanted)]
        committees = tuple(each.id for each in named if each.id)
        held = self._store.minuted(councils, committees, since, until)
        names = tuple(dict.fromkeys(each.name for each in named))
        return Held(names, since, until, held.meetings, held.first, held.last)


def _is_day(part: Node) -> bool:
    return isinstance(part, Since | Until)


def _is_committee(part: Node) -> bool:
    return field_of(part) == "committee"


def _values(parts: Sequence[Node], name: str) -> tuple[str, ...]:
    """The values of the field `name` that `parts` ask for."""
    chosen = (part for part in parts if field_of(part) == name)
    return tuple(each.value for part in chosen for each in (part.parts if isinstance(part, Or) else (part,))
                 if isinstance(each, Field))


def names_of_nobody(tree: Node, total: int, finds: Callable[[Node], int]) -> Iterator[str]:
    """A sentence for each name of a committee or member in `tree`, which finds `total` items, that nobody has.

    What is asked for of all items that were found is somebody's name; the others are looked for.
    """
    sure = conditions(tree) if total else ()
    for each in dict.fromkeys(fields(tree)):
        if each.name in _NAMELESS and not (each in sure or is_identifier(each.value) or finds(each)):
            yield _NAMELESS[each.name].format(each.value[:40])


_NAMELESS = {"committee": "No committee here has “{}” in its name.", "member": "Nobody called “{}” is named here."}
