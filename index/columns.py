"""What an index knows of its entries beside their texts, as columns: loaded once, then only read, by any thread.

A row is a JSON array, the form in which an engine stores it. Rows are numbered by the engine; where one identifier
stands in several places, only the row that `archive.store` would answer with is kept: that of the latest meeting, and
in it the first; and of several records of one thing, one is (`index.copies`). Sets of rows
are masks: one truth value for each number.
"""

import json
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from archive.model import CouncilId, ItemId
from index.acronyms import Acronyms
from index.copies import Record, copies
from index.dates import in_words
from index.passages import Scope
from index.project import Entry
from index.ranking import freshness, occurrence, standing, titled
from index.setting import says
from index.wordings import Wording

Rows = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]
Shares = npt.NDArray[np.float64]


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
    actions: list[str]
    acronyms: list[list[str]]
    title: str
    fingerprint: str
    wording: str
    time: int
    draft: bool
    approves: list[int]
    lengths: dict[str, int]


def packed(entry: Entry, lengths: Mapping[Scope, int]) -> bytes:
    """The row of `entry`, as stored."""
    row = Row(entry.id, entry.meeting, entry.council, entry.committee, entry.committee_name,
              entry.day.toordinal() if entry.day else 0, list(entry.people), list(entry.members), list(entry.topics),
              entry.procedural, list(entry.actions), [list(each) for each in entry.acronyms],
              entry.title, entry.fingerprint, entry.wording.packed(), entry.time, entry.draft, list(entry.approves),
              {scope.value: length for scope, length in lengths.items()})
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()


def unpacked(stored: Iterable[bytes]) -> list[Row]:
    """The rows that `packed` made; all at once takes a third of the time that one after the other would."""
    return list(map(Row._make, json.loads(b"[%b]" % b",".join(stored))))


@lru_cache(maxsize=1 << 14)
def _month(day: int) -> str:
    return f"{date.fromordinal(day):%Y-%m}"


class Values:
    """Which rows have which of some values; a row may have several. `pairs` are in the order of rows."""

    def __init__(self, pairs: Iterable[tuple[str, int]], numbers: int) -> None:
        ordinals: dict[str, int] = {}
        of, rows = array("q"), array("q")
        for value, number in pairs:
            of.append(ordinals.setdefault(value, len(ordinals)))
            rows.append(number)
        self._ordinals, self._numbers = ordinals, numbers
        self._of, self._rows = np.array(of, np.int64), np.array(rows, np.int64)
        self._begin = np.searchsorted(self._rows, np.arange(numbers + 1))

    def having(self, wanted: Callable[[str], bool]) -> Rows:
        """The rows that have a value that is `wanted`."""
        chosen = np.fromiter(map(wanted, self._ordinals), np.bool_, len(self._ordinals))
        rows = np.zeros(self._numbers, np.bool_)
        rows[self._rows[chosen[self._of]]] = True
        return rows

    def of(self, value: str) -> Rows:
        """The rows that have `value`."""
        rows = np.zeros(self._numbers, np.bool_)
        rows[self._rows[self._of == self._ordinals.get(value, -1)]] = True
        return rows

    def counted(self, rows: Rows) -> dict[str, int]:
        """How many of `rows` have each value, where any has."""
        counts = np.bincount(self._of[self._pairs(rows)], minlength=len(self._ordinals)).tolist()
        return {value: count for value, count in zip(self._ordinals, counts, strict=True) if count}

    def _pairs(self, rows: Rows) -> Numbers | Rows:
        """The pairs of `rows`: of few, each one's are taken; of many, it is sooner to look through all pairs."""
        numbers = np.flatnonzero(rows)
        if numbers.size > self._numbers // 8:
            return rows[self._rows]
        first, several = self._begin[numbers], self._begin[numbers + 1] - self._begin[numbers]
        before = np.cumsum(several) - several
        return np.repeat(first - before, several) + np.arange(several.sum())


def _shown(numbers: Iterable[int], rows: Mapping[int, Row]) -> list[int]:
    """Those of `numbers`, in order, that are no copy of another."""
    inorder = sorted(numbers)
    hidden = copies(_record(rows[number]) for number in inorder)
    return [number for number in inorder if rows[number].id not in hidden]


def _said(row: Row) -> int:
    """How many positions a row has beside its title."""
    return sum(row.lengths.values()) - row.lengths.get(Scope.TITLE, 0)


def _record(row: Row) -> Record:
    return Record(row.id, row.meeting, row.council, row.committee_name.casefold(), row.day, row.time, row.draft,
                  row.procedural, row.approves, row.title, row.fingerprint, Wording.unpacked(row.wording))


class Columns:
    """The rows that can be found, by number, and which of them have what. Postings number rows from 0 to `numbers`."""

    def __init__(self, rows: Mapping[int, Row], numbers: int) -> None:
        best: dict[str, int] = {}
        for number in sorted(rows, key=lambda each: (rows[each].day, rows[each].meeting, -each)):
            best[rows[number].id] = number
        self.rows: Mapping[int, Row] = {number: rows[number] for number in _shown(best.values(), rows)}
        self.numbers = numbers
        self.all: Rows = np.zeros(numbers, np.bool_)
        self.all[list(self.rows)] = True
        self.days = self._each(lambda row: row.day, np.int64)
        self.newest = max((row.day for row in self.rows.values()), default=0)
        self.values: Mapping[str, Values] = {
            "council": self._values(lambda row: (row.council,)),
            "committee": self._values(lambda row: (row.committee,) if row.committee else ()),
            "member": self._values(lambda row: row.members),
            "topic": self._values(lambda row: row.topics),
            "action": self._values(lambda row: row.actions),
            "year": self._values(lambda row: (_month(row.day)[:4],) if row.day else ()),
            "month": self._values(lambda row: (_month(row.day),) if row.day else ()),
        }

    def id_of(self, number: int) -> ItemId:
        """The identifier of a row's item."""
        return ItemId(self.rows[number].id)

    @cached_property
    def standing(self) -> Shares:
        """What each row's score is multiplied by, whatever is asked."""
        kinds = self._each(lambda row: standing(procedural=row.procedural, said=_said(row)), np.float64)
        fresh: Shares = freshness(self.days.astype(np.float64), self.newest)
        return kinds * fresh

    @cached_property
    def telling_first(self) -> Numbers:
        """Every row, those of routine items after all others, else as `newest_first`."""
        routine = self._each(lambda row: row.procedural, np.bool_)[self.newest_first]
        return np.concatenate((self.newest_first[~routine], self.newest_first[routine]))

    @cached_property
    def titled(self) -> Shares:
        """What it is multiplied by besides when its title was typed."""
        return self._each(lambda row: titled(procedural=row.procedural), np.float64)

    @cached_property
    def titles(self) -> Values:
        """The rows with each key of a title."""
        return self._values(lambda row: (row.title,))

    @cached_property
    def people(self) -> Values:
        """The rows that name each person, by name as printed."""
        return self._values(lambda row: row.people)

    @cached_property
    def committee_names(self) -> Values:
        """The rows of committees with each name."""
        return self._values(lambda row: (row.committee_name,))

    @cached_property
    def day_names(self) -> Values:
        """The rows of each day, in words."""
        return self._values(lambda row: (in_words(date.fromordinal(row.day)),) if row.day else ())

    def set_by(self, word: str) -> Rows:
        """The rows whose committee's name or day says `word`."""
        return self.committee_names.having(lambda name: says(name, word)) | self.day_names.having(
            lambda day: says(day, word))

    @cached_property
    def newest_first(self) -> Numbers:
        """Every row, latest day first, by identifier on one day, those without a day last."""
        return self._ordered(lambda row: -row.day)

    @cached_property
    def oldest_first(self) -> Numbers:
        """Every row, earliest day first, by identifier on one day, those without a day last."""
        return self._ordered(lambda row: row.day or date.max.toordinal() + 1)

    @cached_property
    def place(self) -> Numbers:
        """Each row's place among the newest first: what decides between equal scores."""
        places = np.zeros(self.numbers, np.int64)
        places[self.newest_first] = np.arange(len(self.rows))
        return places

    @cached_property
    def lengths(self) -> Mapping[Scope, Numbers]:
        """How many positions each scope of each row has; -1 where it has none."""
        return {scope: self._lengths(scope) for scope in Scope}

    def _lengths(self, scope: Scope) -> Numbers:
        return self._each(lambda row: row.lengths.get(scope, -1), np.int64, -1)

    @cached_property
    def with_scope(self) -> Mapping[Scope, Rows]:
        """The rows that have texts in each scope."""
        return {scope: lengths >= 0 for scope, lengths in self.lengths.items()}

    @cached_property
    def acronyms(self) -> Acronyms:
        """Of each council its short forms, of those the long forms, and in how many rows."""
        found: dict[CouncilId, dict[str, Counter[str]]] = {}
        for row in self.rows.values():
            for short, long in row.acronyms:
                found.setdefault(CouncilId(row.council), {}).setdefault(short, Counter())[long] += 1
        return found

    @cached_property
    def weights(self) -> Mapping[Scope, Shares]:
        """What one occurrence in each scope of each row weighs."""
        return {scope: self._weights(scope) for scope in Scope}

    def _weights(self, scope: Scope) -> Shares:
        return np.where(self.with_scope[scope], occurrence(scope, self._whole_lengths, self._average), 0.0)

    @cached_property
    def _whole_lengths(self) -> Shares:
        """How many positions each row has in all."""
        return self._each(lambda row: sum(row.lengths.values()), np.float64)

    @cached_property
    def _average(self) -> float:
        return max(float(self._whole_lengths[self.all].mean()), 1.0) if self.rows else 1.0

    def between(self, since: int, until: int) -> Rows:
        """The rows of these days, both in."""
        return (self.days >= max(since, 1)) & (self.days <= until)

    def _each(self, value: Callable[[Row], float], kind: npt.DTypeLike, without: float = 0) -> npt.NDArray[Any]:
        column = np.full(self.numbers, without, kind)
        column[list(self.rows)] = [value(row) for row in self.rows.values()]
        return column

    def _values(self, values: Callable[[Row], Iterable[str]]) -> Values:
        return Values(((value, number) for number, row in self.rows.items() for value in values(row)), self.numbers)

    def _ordered(self, by: Callable[[Row], int]) -> Numbers:
        return np.array(sorted(self.rows, key=lambda each: (by(self.rows[each]), self.rows[each].id)), np.int64)
