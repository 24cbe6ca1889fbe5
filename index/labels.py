"""What people call the values of facets and filters, and how values with their counts are listed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from time import monotonic
from typing import Protocol

from archive.model import Action, Committee, Council, Member
from index.naming import is_identifier
from index.passages import Scope
from index.topics import Topics

MOST_VALUES = 100
"""Values named of one facet, those most found."""
FRESH = 5.0
"""Seconds for which names are taken to be what they were: a crawl brings new ones, and others for the same."""
DAYS = ("year", "month")
"""The facets of which every value is named, newest first."""

KINDS: Mapping[str, str] = {Scope.TITLE: "Titles", Scope.RESOLUTION: "Decisions", Scope.NARRATIVE: "Discussion",
                             Scope.VOTE: "Recorded votes", Scope.TABLE: "Tables", Scope.AGENDA: "Agenda papers"}

ACTIONS: Mapping[str, str] = {action: "Decided otherwise" if action is Action.OTHER else action.value.capitalize()
                              for action in Action}


@dataclass(frozen=True, slots=True)
class Facet:
    """How many items a value of a filter would find."""

    value: str
    label: str
    count: int


@lru_cache(maxsize=1 << 12)
def _month(value: str) -> str:
    return f"{date.fromisoformat(value + '-01'):%B %Y}"


class Names(Protocol):
    """What is asked of the store: everything that has a name."""

    def councils(self) -> tuple[Council, ...]:
        """All councils."""

    def committees(self) -> tuple[Committee, ...]:
        """All committees."""

    def members(self) -> tuple[Member, ...]:
        """All members."""


class Labels:
    """What people call a facet's value: of an identifier the name that the store has, or had `FRESH` seconds ago."""

    def __init__(self, store: Names, topics: Topics, clock: Callable[[], float] = monotonic) -> None:
        self._store, self._clock, self.topics = store, clock, topics
        self._fixed: dict[str, str] = {**topics.labels, **KINDS, **ACTIONS}
        self._names: tuple[float, dict[str, str]] = -FRESH, {}

    def __call__(self, name: str, value: str) -> str:
        """The label of `value`, which is one of the filter `name`."""
        if name == "month":
            return _month(value)
        if name in ("topic", "kind", "action", "year"):
            return self._fixed.get(value, value)
        if name != "council" and not is_identifier(value):
            return value
        return self._named().get(value, value)

    def facet(self, name: str, counts: Mapping[str, int], chosen: Sequence[str] = ()) -> tuple[Facet, ...]:
        """The values of a facet: years and months newest first, others most found first and not too many.

        Those that are `chosen` are always among them.
        """
        if name in DAYS:
            return tuple(Facet(value, self(name, value), counts[value]) for value in sorted(counts, reverse=True))
        values = sorted((-count, self(name, value), value) for value, count in counts.items())
        most = (each for at, each in enumerate(values) if at < MOST_VALUES or each[2] in chosen)
        return tuple(Facet(value, label, -fewer) for fewer, label, value in most)

    def _named(self) -> dict[str, str]:
        """All names by identifier, at most so old that nobody minds."""
        read, names = self._names
        if (now := self._clock()) - read >= FRESH:
            listed: Iterable[Council | Committee | Member] = (
                *self._store.councils(), *self._store.committees(), *self._store.members())
            names = {each.id: each.name for each in listed if each.id}
            self._names = now, names
        return names
