"""Votes as minutes print them: counts in a sentence, "For (57)" with names below, "Voting for: A and B", tables."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from archive.model import Vote, VoteNames
from crawler.minutes.names import names
from crawler.minutes.vocabulary import PARTICLES

Side = Literal["for", "against", "abstain"]

_FOR = r"(?:in favour|for|ayes?|o blaid)"
_AGAINST = r"(?:against|noes|nays|yn erbyn)"
_ABSTAIN = r"(?:abstentions?|abstain(?:ed|ing)?|ymatal)"
_OBJECT = (
    r"(?: (?:of )?(?:the )?(?:substantive |original |amended )?"
    r"(?:motion|amendment|proposal|recommendations?|resolution|cynnig))?"
)
_SIDE = re.compile(
    r"(?:those |members |councillors )?(?:(?:voting|votes?|voted|number)(?: cast)? )?"
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
_SIDES_BARE = re.compile(rf"\b{_FOR} [0-9]{{1,3}}[,;]? (?:and )?{_AGAINST} [0-9]{{1,3}}\b", re.IGNORECASE)
_BARE_SIDE = re.compile(
    rf"\b(?:(?P<for>{_FOR})|(?P<against>{_AGAINST})|(?P<abstain>{_ABSTAIN})) {_COUNT}(?![0-9]|[./][0-9]|%)",
    re.IGNORECASE,
)
_TO = re.compile(r"\b(?:by|with) (?P<for>[0-9]{1,3}) votes? to (?P<against>[0-9]{1,3})\b", re.IGNORECASE)
_STATED = (
    rf"(?:[0-9]{{1,3}} votes? to [0-9]{{1,3}}|"
    rf"{_COUNT.replace('?P<count>', '?:')} (?:members? |votes? )?(?:voting |cast )?(?:{_FOR}|{_AGAINST}|{_ABSTAIN})\b)"
)
_POLL = re.compile(rf" ?(?:(?:by|with|on) )?{_STATED}(?:(?:[,;]|,? and|,? with)+ {_STATED})*[,;]?", re.IGNORECASE)
_OTHER_POLL = re.compile(r"\b(?:survey|consultation|respondents?|residents|petition|referendum)\b", re.IGNORECASE)
_MARK = re.compile(r"(?:[xX✓✔√✗✘*•●]|[yY](?:es)?|1)\Z")
_TOTAL_WORD = r"(?:(?:totals?|cyfanswm)(?: (?:number )?(?:of )?(?:votes?|members|councillors))?)"
_TOTAL = re.compile(rf"\W*{_TOTAL_WORD}?\W*\Z", re.IGNORECASE)
_SUMMED = re.compile(
    rf"\W*(?P<word>{_TOTAL_WORD})?\W*(?P<number>[0-9]{{1,3}})(?: votes?| members| councillors)?\W*\Z", re.IGNORECASE
)
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

    def join(self, other: "Tally") -> None:
        """Add what another one counts and names."""
        self.counts.update(other.counts)
        for side, listed in other.names.items():
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
    if is_nobody(rest):
        return SideLine(_side(found), 0, "")
    trailing = re.search(r"[(–-] ?([0-9]{1,3})\)?\.?\Z", rest)
    count = _number(number) if number else int(trailing[1]) if trailing else None
    if count is None and rest and not _name_list(rest):
        return None
    return SideLine(_side(found), count, rest)


def is_nobody(text: str) -> bool:
    """Whether `text` says that nobody voted so: "None", "Nil (0)"."""
    return re.sub(r"[\W0]+", "", text).lower() in ("none", "nil", "dim", "neb")


def total(text: str) -> int | None:
    """The count that a line below the names of one side gives: "Total: 40"; `None` when it is no such line."""
    found = _SUMMED.match(text)
    return int(found["number"]) if found and found["word"] else None


def poll_at_start(text: str) -> int:
    """How many characters at the start of `text` state a vote: "by 8 votes for, 3 against"; 0 when none do."""
    found = _POLL.match(text)
    return found.end() if found else 0


def _count_in(text: str) -> object:
    return _SIDE_FIRST.search(text) or _COUNT_FIRST.search(text)


def counts(text: str) -> dict[Side, int]:
    """The counts that a sentence states: "26 votes for, 32 against", "For: 26 Against: 32 Abstention: 0"."""
    if len(text) > _LONGEST or not _VOTING.search(text) or _OTHER_POLL.search(text):
        return {}
    found: dict[Side, int] = {}
    side_first = list((_BARE_SIDE if _SIDES_BARE.search(text) else _SIDE_FIRST).finditer(text))
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
    named = 0 < len(words) < 5 and words[-1][0].isupper() and all(_is_part(word) for word in words)
    return named and len(text) > 1 and not is_nobody(text)


def _is_part(word: str) -> bool:
    return word in PARTICLES or (word[0].isupper() and not word.isdigit())


def vote_table(rows: Sequence[Sequence[str]]) -> Tally | None:
    """The vote that a table holds: sides as columns (names or marks below) or as rows, or each name with its side."""
    tally = Tally()
    if rows and _is_side_row(rows[0]):
        for column, head in enumerate(rows[0]):
            if side := side_line(head):
                _add_column(tally, side, column, rows)
    elif sum(side_line(row[0]) is not None for row in rows if row) >= 2:
        for row in rows:
            if row and (side := side_line(row[0])):
                _add_cells(tally, side, row[1:])
    elif sum(_vote_of(row) is not None for row in rows) >= 2:
        for row in rows:
            if voted := _vote_of(row):
                tally.add(voted, None, (row[0].strip(),))
    return tally if tally else None


def _is_side_row(row: Sequence[str]) -> bool:
    return sum(side_line(cell) is not None for cell in row if cell) >= 2


def _vote_of(row: Sequence[str]) -> Side | None:
    """The side of one who has a row of his own: "Councillor A | For"."""
    side = side_line(row[-1]) if len(row) > 1 and row[0].strip() else None
    return side.side if side and side.count is None and not side.rest else None


def _add_column(tally: Tally, side: SideLine, column: int, rows: Sequence[Sequence[str]]) -> None:
    """Add what stands below the head of a side: names and a count, or marks beside the names of the first column."""
    tally.add(side.side, side.count, _name_list(side.rest))
    beside_names = side_line(rows[0][0]) is None
    for row in rows[1:]:
        cell = row[column].strip() if column < len(row) else ""
        if beside_names and _MARK.match(cell) and not _TOTAL.match(row[0]):
            tally.add(side.side, None, (row[0].strip(),))
        else:
            _add_cells(tally, side, (cell,))


def _add_cells(tally: Tally, side: SideLine, cells: Iterable[str]) -> None:
    tally.add(side.side, side.count, _name_list(side.rest))
    for cell in filter(None, cells):
        if summed := _SUMMED.match(cell):
            tally.add(side.side, int(summed["number"]))
        else:
            tally.add(side.side, 0 if is_nobody(cell) else None, _name_list(cell))
