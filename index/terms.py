"""An item's passages as terms with positions, by scope: what an engine stores."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from index import analysis
from index.passages import Passage, Scope

APART = 200
"""Positions between two passages: more than any NEAR reaches."""


@dataclass(slots=True)
class Terms:
    """The terms of one scope of an item: their positions, and how many positions its texts take."""

    positions: dict[str, list[int]] = field(default_factory=dict)
    length: int = 0
    free: int = 0

    def add(self, passage: Passage) -> None:
        """Adds a passage: its number, then its text."""
        first = self.free
        after = analysis.positions(passage.number, first, self.positions, number=True) if passage.number else first
        after = analysis.positions(passage.text, after, self.positions)
        self.length += after - first
        self.free = after + APART


def terms(passages: Iterable[Passage]) -> dict[Scope, Terms]:
    """The terms of `passages`, by the scopes they have."""
    found: dict[Scope, Terms] = {}
    for passage in passages:
        found.setdefault(passage.scope, Terms()).add(passage)
    return found
