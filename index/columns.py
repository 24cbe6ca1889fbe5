"""What an index knows of its entries beside their texts, as columns: loaded once, then only read, by any thread.

A row is a JSON array, the form in which an engine stores it. Rows are numbered by the engine; where one identifier
stands in several places, only the row that `archive.store` would answer with is kept: that of the latest meeting, and
in it the first.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import NamedTuple

from archive.model import ItemId
from index.passages import Scope
from index.project import Entry
from index.ranking import occurrence, standing

Rows = set[int]


class Row(NamedTuple):
    """One entry; `day` is its proleptic ordinal, 0 when not known; `lengths` are positions by scope."""

    id: str
    meeting: str
    council: str
    committee: str | None
    committee_name: str
    day: int
    people: list[str]
    members: list[str]
    topics: list[str]
    procedural: bool
    decided: bool
    lengths: dict[str, int]


def packed(entry: Entry, lengths: Mapping[Scope, int]) -> bytes:
    """The row of `entry`, as stored."""
    row = Row(entry.id, entry.meeting, entry.council, entry.committee, entry.committee_name,
              entry.day.toordinal() if entry.day else 0, list(entry.people), list(entry.members), list(entry.topics),
              entry.procedural, entry.decided, {scope.value: length for scope, length in lengths.items()})
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()


def unpacked(stored: bytes) -> Row:
    """The row that `packed` made."""
    return Row(*json.loads(stored))


class Columns:
    """The rows that can be found, by number, and which of them have what. Postings number rows from 0 to `numbers`."""

    def __init__(self, rows: Mapping[int, Row], numbers: int) -> None:
        best: dict[str, int] = {}
        for number in sorted(rows, key=lambda each: (rows[each].day, rows[each].meeting, -each)):
            best[rows[number].id] = number
        self.rows: Mapping[int, Row] = {number: rows[number] for number in best.values()}
        self.all: frozenset[int] = frozenset(self.rows)
        self.hidden: frozenset[int] = frozenset(range(numbers)) - self.all
        self.standing = {number: standing(procedural=row.procedural, decided=row.decided)
                         for number, row in self.rows.items()}
        self.with_scope: dict[Scope, Rows] = {
            scope: {number for number, row in self.rows.items() if scope in row.lengths} for scope in Scope}

    def id_of(self, number: int) -> ItemId:
        """The identifier of a row's item."""
        return ItemId(self.rows[number].id)

    @cached_property
    def newest_first(self) -> list[int]:
        """Every row, latest day first, by identifier on one day, those without a day last."""
        return sorted(self.rows, key=lambda each: (-self.rows[each].day, self.rows[each].id))

    @cached_property
    def oldest_first(self) -> list[int]:
        """Every row, earliest day first, by identifier on one day, those without a day last."""
        return sorted(self.rows, key=lambda each: (not self.rows[each].day, self.rows[each].day, self.rows[each].id))

    @cached_property
    def place(self) -> dict[int, int]:
        """Each row's place among the newest first: what decides between equal scores."""
        return {number: at for at, number in enumerate(self.newest_first)}

    @cached_property
    def values(self) -> Mapping[str, Mapping[str, Rows]]:
        """For each facet but `kind` the rows of each value."""
        found: dict[str, dict[str, Rows]] = {
            name: defaultdict(set) for name in ("council", "committee", "member", "topic", "year")}
        for number, row in self.rows.items():
            found["council"][row.council].add(number)
            if row.committee:
                found["committee"][row.committee].add(number)
            if row.day:
                found["year"][f"{date.fromordinal(row.day).year:04}"].add(number)
            for name, several in (("member", row.members), ("topic", row.topics)):
                for value in several:
                    found[name][value].add(number)
        return found

    @cached_property
    def people(self) -> Mapping[str, Rows]:
        """The rows that name each person, by name as printed."""
        return _by((name, number) for number, row in self.rows.items() for name in row.people)

    @cached_property
    def committee_names(self) -> Mapping[str, Rows]:
        """The rows of committees with each name."""
        return _by((row.committee_name, number) for number, row in self.rows.items())

    @cached_property
    def weights(self) -> Mapping[Scope, Mapping[int, float]]:
        """What one occurrence in each scope of each row weighs."""
        return {scope: self._weights(scope) for scope in Scope}

    def _weights(self, scope: Scope) -> dict[int, float]:
        lengths = {number: self.rows[number].lengths[scope] for number in self.with_scope[scope]}
        average = max(sum(lengths.values()) / len(lengths), 1.0) if lengths else 1.0
        return {number: occurrence(scope, length, average) for number, length in lengths.items()}

    def between(self, since: int, until: int) -> Rows:
        """The rows of these days, both in."""
        return {number for number, row in self.rows.items() if row.day and since <= row.day <= until}


def _by(pairs: Iterable[tuple[str, int]]) -> Mapping[str, Rows]:
    found: dict[str, Rows] = defaultdict(set)
    for key, number in pairs:
        found[key].add(number)
    return found

