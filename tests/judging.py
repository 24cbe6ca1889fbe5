"""Queries with judged answers, and how well a ranked list answers them.

A file of `tests/relevance/` holds queries as people type them:

    [[query]]
    asked = "bin collections"
    kind = "topic"                       what sort of query it is
    wanted = "what whoever asks is after"
    kept_aside = true                    of the third that no ranking is tuned on
    exact = ["2018-04-10 | keys of answers"]     grade 3: exactly it
    about = []                                   grade 2: about it
    touches = []                                 grade 1: touches it
    beside = []                                  grade 0: looked at, and of no use; so is all that has no key

A key finds its items again when items are cut otherwise, or numbered otherwise. It is a place, "|" and words:

    2018-04-10 | words             an item of that day: by its whole title, else words in its title, else in its text
    2018-04-10 Cabinet | words     likewise, of a committee with that word in its name
    2018-04-10 | *                 every item of that day
    any title | words              every item with that title, or these words in it where none has it
    any text | words               every item that says so

A key with a day and words says more of an item than the others, whatever its grade; of keys alike the highest counts.
"""

import math
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from archive.model import ItemId, Meeting

GRADES = {"exact": 3, "about": 2, "touches": 1, "beside": 0}
FIRST = 10
"""How many of the first hits are looked at."""

_KEYS = frozenset(("asked", "kind", "wanted", "kept_aside", *GRADES))
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?: (.+))?")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Listed:
    """An item as it is judged: a day, a committee, a title and a text. `body` is the text as printed."""

    id: ItemId
    day: date | None
    committee: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Key:
    """Which items are meant: of a day, of those with a title, or (`day` and `in_titles` not given) with a text.

    `words` is empty for every item of the day.
    """

    text: str
    words: str
    day: date | None = None
    committee: str = ""
    in_titles: bool = False

    @property
    def is_of_one(self) -> bool:
        return self.day is not None and bool(self.words)


@dataclass(frozen=True, slots=True)
class Judged:
    """A query with the grades of the items that its keys mean."""

    asked: str
    kind: str
    wanted: str
    kept_aside: bool
    grades: tuple[tuple[Key, int], ...]


def plain(text: str) -> str:
    """The words of a text between single spaces, small, without marks; an apostrophe parts no word."""
    return " ".join(_WORD.findall(re.sub("['’]", "", text.lower())))


def key_of(text: str) -> Key:
    """Raises `ValueError` where `text` is no key."""
    place, bar, words = text.partition(" | ")
    if not bar or not (plain(words) or words == "*"):
        raise ValueError(f"{text!r} is not a place, a bar and words")
    if place in {"any title", "any text"}:
        return Key(text, plain(words), in_titles=place == "any title")
    found = _DAY.fullmatch(place)
    if not found:
        raise ValueError(f"{text!r} names neither a day nor 'any title' or 'any text'")
    return Key(text, plain(words), date.fromisoformat(found[1]), plain(found[2] or ""))


def judged_in(file: Path) -> list[Judged]:
    """The queries of `file`. Raises `ValueError` for what is none."""
    return [_judged(query) for query in tomllib.loads(file.read_text(encoding="utf-8"))["query"]]


def _judged(query: Mapping[str, object]) -> Judged:
    if not query.keys() <= _KEYS:
        raise ValueError(f"{query.get('asked')!r} has {', '.join(query.keys() - _KEYS)}")
    grades = tuple((key_of(key), grade) for name, grade in GRADES.items() for key in _strings(query.get(name, ())))
    asked, kind, wanted = (str(query[name]) for name in ("asked", "kind", "wanted"))
    return Judged(asked, kind, wanted, bool(query.get("kept_aside")), grades)


def _strings(value: object) -> Iterator[str]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"{value!r} is no list")    # noqa: TRY004 - what is wrong is the file, not the program
    yield from map(str, value)


class Items:
    """The items of an archive, found by keys."""

    def __init__(self, meetings: Iterable[Meeting]) -> None:
        self.listed = tuple(_listed(meetings))
        self.by_id = {item.id: item for item in self.listed}

    @cached_property
    def _plain(self) -> dict[ItemId, tuple[str, str]]:
        """The title and all the text of each, to be looked through by whole words: a space at either end."""
        return {item.id: (f" {plain(item.title)} ", f" {plain(item.title)} {plain(item.body)} ")
                for item in self.listed}

    @cached_property
    def _days(self) -> dict[date | None, list[Listed]]:
        days = defaultdict(list)
        for item in self.listed:
            days[item.day].append(item)
        return days

    def found(self, key: Key) -> list[ItemId]:
        """The items that `key` means, none where there are none."""
        if key.day is None:
            return self._tried(key, self.listed, self._in_titles if key.in_titles else (self._in_text,))
        there = [item for item in self._days[key.day] if key.committee in plain(item.committee)]
        return self._tried(key, there, (*self._in_titles, self._in_text)) if key.words else [one.id for one in there]

    def _tried(
        self, key: Key, among: Sequence[Listed], tests: Iterable[Callable[[ItemId, str], bool]]
    ) -> list[ItemId]:
        """Those that pass the first test that any of them passes."""
        words = f" {key.words} "
        return next(filter(None, ([item.id for item in among if test(item.id, words)] for test in tests)), [])

    @property
    def _in_titles(self) -> tuple[Callable[[ItemId, str], bool], ...]:
        return (lambda item, words: words == self._plain[item][0], lambda item, words: words in self._plain[item][0])

    def _in_text(self, item: ItemId, words: str) -> bool:
        return words in self._plain[item][1]

    def grades(self, query: Judged) -> dict[ItemId, int]:
        """The grade of each item that `query` has judged."""
        wide: dict[ItemId, int] = {}
        of_one: dict[ItemId, int] = {}
        for key, grade in query.grades:
            into = of_one if key.is_of_one else wide
            for item in self.found(key):
                into[item] = max(grade, into.get(item, 0))
        return wide | of_one

    def lost(self, query: Judged) -> list[str]:
        """The keys of `query` that mean no item."""
        return [key.text for key, _ in query.grades if not self.found(key)]


def _listed(meetings: Iterable[Meeting]) -> Iterator[Listed]:
    for meeting in meetings:
        day = meeting.start.date() if meeting.start else None
        for item in meeting.items:
            body = "\n".join((*item.agenda, *(each.text for each in item.paragraphs)))
            assert item.id
            yield Listed(item.id, day, meeting.committee.name if meeting.committee else "", item.title, body)


@dataclass(frozen=True, slots=True)
class Answered:
    """How well a query was answered. `judged` is the share of the first hits that any key means."""

    ndcg: float
    success: bool
    empty: bool
    judged: float


def answered(hits: Sequence[ItemId], grades: Mapping[ItemId, int]) -> Answered:
    """`hits`, best first, against the grades. Success is a first hit that is about what was wanted, or exactly it."""
    best = _gain(sorted(grades.values(), reverse=True))
    first = hits[:FIRST]
    gain = _gain([grades.get(hit, 0) for hit in first])
    return Answered(
        ndcg=gain / best if best else 0.0,
        success=bool(first) and grades.get(first[0], 0) >= GRADES["about"],
        empty=not hits,
        judged=sum(hit in grades for hit in first) / len(first) if first else 1.0,
    )


def _gain(grades: Sequence[int]) -> float:
    """The discounted cumulative gain of the first ten (Järvelin and Kekäläinen 2002; gains of 2^grade - 1)."""
    return sum(float(2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:FIRST]))
