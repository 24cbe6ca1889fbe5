"""Votes as minutes print them: counts in a sentence, "For (57)" with names below, "Voting for: A and B", tables."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from archive.model import Vote, VoteNames
from crawler.minutes.names import names

Side = Literal["for", "against", "abstain"]

_FOR = r"(?:in favour|for|ayes?|o blaid)"
_AGAINST = r"(?:against|noes|nays|yn erbyn)"
_ABSTAIN = r"(?:abstentions?|abstain(?:ed|ing)?|ymatal)"
_OBJECT = (
    r"(?: (?:of )?(?:the )?(?:substantive |original |amended )?"
    r"(?:motion|amendment|proposal|recommendations?|resolution|cynnig))?"
)
_SIDE = re.compile(
    r"(?:(?:those |members |councillors )?(?:voting|votes?|voted|number)(?: cast)? )?"
    rf"(?:(?P<for>{_FOR})|(?P<against>{_AGAINST})|(?P<abstain>{_ABSTAIN}))(?: from voting)?{_OBJECT}"
    r"(?: \(no vote cast\))?"
    r"(?: ?[-–:]? ?\(?(?P<number>[0-9]{1,3}|nil|none)(?: votes?)?\)?)?(?P<mark> ?[:–-]+| ?\.?\Z|(?<=\)))(?P<rest>.*)\Z",
    re.IGNORECASE,
)
_LONGEST = 4000   # characters of a paragraph that states a vote: all names of a large council
_SPELLED = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_NUMBER_WORDS = {word: at for at, word in enumerate(_SPELLED)} | {"nil": 0, "none": 0, "zero": 0, "dim": 0}
_COUNT = rf"(?P<count>[0-9]{{1,3}}|{'|'.join(_NUMBER_WORDS)})"
_COUNT_FIRST = re.compile(
    rf"\b{_COUNT} (?:(?:members?|councillors?|votes?)(?: cast)? )?(?:(?:voted|voting|votes?|were|was|cast) )?"
    rf"(?:(?P<for>{_FOR})|(?P<against>{_AGAINST})|(?P<abstain>{_ABSTAIN}))\b",
    re.IGNORECASE,
)
_SIDE_FIRST = re.compile(
    rf"\b(?:(?P<for>{_FOR})|(?P<against>{_AGAINST})|(?P<abstain>{_ABSTAIN}))(?: ?[:=–-] ?| ?\(){_COUNT}"
    r"(?![0-9]|[./][0-9]|%)",
    re.IGNORECASE,
)
_TO = re.compile(r"\b(?:by|with) (?P<for>[0-9]{1,3}) votes? to (?P<against>[0-9]{1,3})\b", re.IGNORECASE)
_VOTING = re.compile(
    r"\bvot(?:e|es|ed|ing)\b|\bagainst\b|\babstain|\babstention|\byn erbyn\b|\bpleidlais", re.IGNORECASE
)


@dataclass(slots=True)
class Tally:
    """A vote under way: counts and names per side, as far as printed."""

    counts: dict[Side, int] = field(default_factory=dict)
    names: dict[Side, list[str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.counts or any(self.names.values()))

    def add(self, side: Side, count: int | None, listed: Iterable[str] = ()) -> None:
        """Add what one line says of one side."""
        if count is not None:
            self.counts[side] = count
        self.names.setdefault(side, []).extend(listed)

    def built(self) -> Vote | None:
        """The finished vote; `None` when nothing was said."""
        if not self:
            return None
        listed = {side: tuple(dict.fromkeys(found)) for side, found in self.names.items()}
        return Vote(
            self.counts.get("for"),
            self.counts.get("against"),
            self.counts.get("abstain"),
            VoteNames(listed.get("for", ()), listed.get("against", ()), listed.get("abstain", ())),
        )


@dataclass(frozen=True, slots=True)
class SideLine:
    """A line that opens one side of a vote: its count, and the names that stand on the same line."""

    side: Side
    count: int | None
    rest: str


def side_line(text: str) -> SideLine | None:
    """What `text` says when it opens one side of a vote: "For (57)", "Against: Councillors A and B (2)"."""
    if len(text) > _LONGEST:
        return None
    found = _SIDE.match(text)
    if not found or _count_in(found["rest"]) is not None:
        return None
    number, rest = found["number"], found["rest"].strip()
    if not number and not found["mark"].strip(" .") and rest == "" and len(text) < 4:
        return None
    trailing = re.search(r"[(–-] ?([0-9]{1,3})\)?\.?\Z", rest)
    count = _number(number) if number else int(trailing[1]) if trailing else None
    if count is None and rest and not _name_list(rest):
        return None
    return SideLine(_side(found), count, rest)


def _count_in(text: str) -> object:
    return _SIDE_FIRST.search(text) or _COUNT_FIRST.search(text)


def counts(text: str) -> dict[Side, int]:
    """The counts that a sentence states: "26 votes for, 32 against", "For: 26 Against: 32 Abstention: 0"."""
    if len(text) > _LONGEST or not _VOTING.search(text):
        return {}
    found: dict[Side, int] = {}
    side_first = list(_SIDE_FIRST.finditer(text))
    for match in side_first or _COUNT_FIRST.finditer(text):
        found.setdefault(_side(match), _number(match["count"]))
    if both := _TO.search(text):
        found.setdefault("for", int(both["for"]))
        found.setdefault("against", int(both["against"]))
    return found if len(found) > 1 else {}


def _side(match: re.Match[str]) -> Side:
    return "for" if match["for"] else "against" if match["against"] else "abstain"


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBER_WORDS[text.lower()]


def name_list(text: str) -> tuple[str, ...]:
    """The names of a line that is nothing but names: titled ones, else what commas part; empty when it is prose."""
    return tuple(_name_list(text))


def _name_list(text: str) -> list[str]:
    bare = re.sub(r"[(–-] ?[0-9]{1,3}\)?\.?\Z", "", text).strip(" .")
    titled = list(names(bare))
    if titled:
        return titled if len(" ".join(titled)) * 2 > len(bare) - 20 else []
    listed = [name.strip() for name in re.split(r",| and |;| a | ac |&", bare) if name.strip()]
    return listed if listed and all(_is_bare_name(name) for name in listed) else []


def _is_bare_name(text: str) -> bool:
    words = text.split()
    return 0 < len(words) < 5 and all(word[0].isupper() and not word.isdigit() for word in words) and len(text) > 1


def vote_table(rows: Sequence[Sequence[str]]) -> Tally | None:
    """The vote that a table holds, sides as columns or as rows; `None` when it holds none."""
    tally = Tally()
    if rows and _is_side_row(rows[0]):
        for column, head in enumerate(rows[0]):
            if side := side_line(head):
                _add_cells(tally, side, [row[column] for row in rows[1:] if column < len(row)])
    elif sum(side_line(row[0]) is not None for row in rows if row) >= 2:
        for row in rows:
            if row and (side := side_line(row[0])):
                _add_cells(tally, side, row[1:])
    return tally if tally else None


def _is_side_row(row: Sequence[str]) -> bool:
    return sum(side_line(cell) is not None for cell in row if cell) >= 2


def _add_cells(tally: Tally, side: SideLine, cells: Iterable[str]) -> None:
    tally.add(side.side, side.count, _name_list(side.rest))
    for cell in filter(None, cells):
        if cell.strip("() ").isdigit():
            tally.add(side.side, int(cell.strip("() ")))
        else:
            tally.add(side.side, None, _name_list(cell))
