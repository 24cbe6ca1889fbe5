"""The query language's words: a cleaned text cut into operators, brackets, phrases, filters and words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from itertools import takewhile
from typing import NamedTuple

from index.analysis import together
from index.dates import MONTHS, first_and_last
from index.tree import FIELDS

DATE_FIELDS = ("from", "to")
FILTERS = (*FIELDS, *DATE_FIELDS, "ref")
"""What may be typed before a colon. A reference is no field: it is looked for in the texts, whole."""
EXAMPLES = {"council": "westsussex", "committee": "scrutiny", "member": "russell", "topic": "housing",
            "kind": "resolution", "action": "approved", "from": "2021-05", "to": "2023",
            "ref": "18/00335/FUL"}

_TITLES = "kind:title looks in titles"
_SINCE, _UNTIL = "from:2021 finds what is since 2021", "to:2021 finds what is until 2021"
_MEANT = {
    "title": _TITLES, "titles": _TITLES, "intitle": _TITLES, "subject": _TITLES,
    "since": _SINCE, "after": _SINCE, "until": _UNTIL, "till": _UNTIL, "before": _UNTIL,
    "year": "from:2021 to:2021 finds what is of that year",
    "date": "from:2021-05-03 to:2021-05-03 finds what is of a day",
    "councillor": "member:russell finds who is named", "cllr": "member:russell finds who is named",
    "decision": "kind:resolution looks in decisions", "resolution": "kind:resolution looks in decisions",
    "reference": "ref:18/00335/FUL finds a reference",
}
"""By what is no filter, which filter is meant."""

_QUOTES = '"“”„«»'
_PLURAL = re.compile(r"(?<=[a-z])\([a-z]{1,3}\)")   # member(s), child(ren)
_RAW = re.compile(rf"(?:[^\s(){_QUOTES}]|{_PLURAL.pattern})+")
_QUOTED = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]*)([{_QUOTES}]?)")
_FILTER = re.compile(r"([A-Za-z]+):(.*)\Z")
_NEAR = re.compile(r"NEAR(?:/(.*))?\Z")
_PLAIN = re.compile(rf"[^-()*:{_QUOTES}][^()*:{_QUOTES}]*\Z")
_TOGETHER = 4    # words after one that may mean one thing with it
_TIMES = (r"(?:(?:the|of|last|next|this|past|previous|current|early|mid|late|start|beginning|end|ago|now|today|"
          r"yesterday|tomorrow|days?|weeks?|fortnights?|months?|quarters?|years?|decades?|spring|summer|autumn|winter|"
          r"christmas|easter|(?:mon|tues|wednes|thurs|fri|satur|sun)day|one|two|three|four|five|six|ten|"
          rf"{'|'.join(MONTHS)})\b|\d{{1,4}}(?:st|nd|rd|th)?\b)")
_OF_TIME = re.compile(rf"{_TIMES}\Z", re.IGNORECASE)
_NEXT_OF_TIME = re.compile(rf" ({_TIMES})(?=[ )]|\Z)", re.IGNORECASE)
_LONGEST_TIME = 4    # words


class Kind(StrEnum):
    """What a lexeme is."""

    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NEAR = "NEAR"
    NOT = "NOT"
    PHRASE = "phrase"
    WORD = "word"
    FILTER = "filter"


OPERANDS = (Kind.OPEN, Kind.NOT, Kind.PHRASE, Kind.WORD, Kind.FILTER)
"""What may begin an operand."""


class Lexeme(NamedTuple):
    """One lexeme; `text` is what was typed, a filter's name or a NEAR's distance, `value` a filter's value."""

    kind: Kind
    text: str = ""
    value: str = ""


def is_operator(text: str) -> bool:
    """Whether `text`, standing alone, is an operator."""
    return text in (Kind.AND, Kind.OR, Kind.NOT) or bool(_NEAR.match(text))


def _nearest(name: str) -> str:
    """What may have been meant by the filter `name`, which there is none of."""
    if name in _MEANT:
        return f" {_MEANT[name]}."
    near = get_close_matches(name, FILTERS, 1)
    return f" There is {near[0]}:, as in {near[0]}:{EXAMPLES[near[0]]}." if near else ""


def quotable(value: str) -> str:
    """`value` without quotation marks, which nothing in a phrase can stand for."""
    return re.sub(f"[{_QUOTES}]", " ", value)


def lexemes(text: str, notes: list[str]) -> list[Lexeme]:
    """The lexemes of `text`; what had to be repaired is added to `notes`."""
    return list(_Lexer(text, notes).read())


@dataclass
class _Lexer:
    text: str
    notes: list[str]
    at: int = field(default=0)

    def read(self) -> Iterator[Lexeme]:
        while self.at < len(self.text):
            first, after = self.text[self.at], self.text[self.at + 1:self.at + 2]
            if first in "() ":
                self.at += 1
                if first != " ":
                    yield Lexeme(Kind(first))
            elif first in _QUOTES:
                yield Lexeme(Kind.PHRASE, self._quoted())
            elif first == "-" and after.strip(" -)"):
                self.at += 1
                yield Lexeme(Kind.NOT, "-")
            else:
                yield self._raw()

    def _raw(self) -> Lexeme:
        raw = self._take(_RAW)
        if raw in (Kind.AND, Kind.OR, Kind.NOT):
            return Lexeme(Kind(raw), raw)
        if near := _NEAR.match(raw):
            return Lexeme(Kind.NEAR, self._distance(raw, near.group(1) or ""))
        if named := _FILTER.match(raw):
            name, value = named.group(1).lower(), named.group(2)
            if name in FILTERS:
                return self._filter(name, value)
            if value.strip("/") and not value.startswith("//"):
                self.notes.append(f"“{named.group(1)}:” is no filter; it was read as a word.{_nearest(name)}")
        return Lexeme(Kind.WORD, _PLURAL.sub("", self._together(raw)))

    def _together(self, raw: str) -> str:
        """`raw` and those after it that mean one thing together: "minute" and "64", "£2.2" and "million"."""
        if "*" in raw or self.text[self.at:self.at + 1] != " ":
            return raw
        after = self.text[self.at + 1:].split(" ", _TOGETHER)[:_TOGETHER]
        pieces = [raw, *takewhile(lambda piece: _PLAIN.match(piece) and not is_operator(piece), after)]
        several = " ".join(pieces[:together(pieces)])
        self.at += len(several) - len(raw)
        return several

    def _distance(self, raw: str, typed: str) -> str:
        """`typed` when it is a number of words; "" for the usual one."""
        if not typed.isdecimal() and raw != Kind.NEAR:
            self.notes.append(f"“{raw[:40]}” was not understood; it was read as NEAR. NEAR/5 means five words apart.")
        return typed if typed.isdecimal() else ""

    def _filter(self, name: str, value: str) -> Lexeme:
        if not value and self.text[self.at:self.at + 1] in tuple(_QUOTES):
            value = self._quoted()
        elif name in DATE_FIELDS and not first_and_last(value):
            value = self._longer_date(value)
        if value:
            return Lexeme(Kind.FILTER, name, value)
        example = f"{name}:{EXAMPLES[name]}"
        self.notes.append(f"“{name}:” needs a value right after it, as in {example}; it was read as a word.")
        return Lexeme(Kind.WORD, name)

    def _longer_date(self, value: str) -> str:
        """`from:3 May 2021`: `value` with the one or two words after it that make a date of it, if any do."""
        before, longer = self.at, value
        for _ in range(2):
            self.at += 1
            longer = f"{longer} {self._take(_RAW)}"
            if first_and_last(longer):
                return longer
        self.at = before
        return self._no_date(value)

    def _no_date(self, value: str) -> str:
        """`from:last year`: `value` with the words after it that speak of time with it; they are not to be found."""
        if not _OF_TIME.match(value):
            return value
        for _ in range(_LONGEST_TIME):
            if not (word := _NEXT_OF_TIME.match(self.text, self.at)):
                break
            value, self.at = f"{value} {word.group(1)}", word.end()
        return value

    def _quoted(self) -> str:
        quoted = _QUOTED.match(self.text, self.at)
        if quoted is None:
            return ""
        self.at = quoted.end()
        if not quoted.group(2):
            self.notes.append("A quotation mark was never closed; it was read as closed at the end.")
        return quoted.group(1).strip()

    def _take(self, form: re.Pattern[str]) -> str:
        found = form.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return found.group() if found else ""
