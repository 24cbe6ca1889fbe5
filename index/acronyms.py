"""Acronyms and what they stand for, where a text says both: "the Integrated Front Door (IFD)", "IFD (Integrated …)".

By the method of Schwartz and Hearst (2003): the letters of the short form are looked for from right to left in the few
words before it, and its first letter must begin a word. Here a short form is mostly capitals and a long one has two
words or more, since brackets in minutes hold much else. Their method is content with "Participation Network" for PPN,
so words of which each begins with a letter of the short form are looked for first.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from archive.model import CouncilId

LONGEST = 10
"""Letters of the longest short form."""

_BRACKET = re.compile(r"\(\s*[\"'“‘]?([^()]{2,120}?)[\"'”’]?\s*\)")
_SHORT = re.compile(rf"(?=.*[A-Z].*[A-Z])[A-Za-z][A-Za-z0-9&/-]{{1,{LONGEST - 1}}}\Z")
_LAST_SHORT = re.compile(rf"(?<![\w/&-])([A-Za-z][A-Za-z0-9&/-]{{1,{LONGEST - 1}}})\s*\Z")
_BREAK = re.compile(r"[.;:!?()“”\"]\s")
_BRACKETS = re.compile(r"[()\[\]]")
_WORD = re.compile(r"\S+")
_BEFORE = 200    # characters before a bracket: no long form is longer
_SMALL = frozenset(("a", "an", "and", "at", "by", "for", "formerly", "from", "in", "now", "of", "on", "or", "the", "to",
                    "with", "&", "y", "yr"))
_MARKS = "\"'“”‘’(["


Acronyms = Mapping[CouncilId, Mapping[str, Mapping[str, int]]]
"""Of each council its short forms, of those the long forms printed beside them, and in how many items."""


class Acronym(NamedTuple):
    """A short form and the long form printed beside it, both as printed."""

    short: str
    long: str


def acronyms(texts: Iterable[str]) -> tuple[Acronym, ...]:
    """The acronyms that `texts` explain, each once."""
    return tuple(dict.fromkeys(found for text in texts if "(" in text for found in _explained(text)))


def _explained(text: str) -> Iterator[Acronym]:
    for bracket in _BRACKET.finditer(text):
        inside, before = bracket.group(1), text[max(0, bracket.start() - _BEFORE):bracket.start()].rstrip()
        if _SHORT.match(inside):
            if long := _long(inside, _BREAK.split(before)[-1]):
                yield _singular(inside, long)
        elif (short := _LAST_SHORT.search(before)) and _SHORT.match(short.group(1)):
            long = _long(short.group(1), inside)
            if long and len(long) == len(inside):
                yield _singular(short.group(1), long)


def _long(short: str, text: str) -> str | None:
    """The end of `text` that `short` abbreviates, if any does."""
    letters = [each for each in short if each.isalnum()]
    most = min(len(letters) + 5, len(letters) * 2)
    words = [*_WORD.finditer(text)][-most:]
    if len(words) < 2:
        return None
    near = text[words[0].start():]
    start = _initials(letters, near)
    start = _matched(letters, near) if start is None else start
    if start is None:
        return None
    long = near[start:].strip(" ,–-\"“”‘’")
    apart = long.lower().split()
    several = len(apart) > 1 and apart[0] not in _SMALL and short.lower() not in apart
    return long if several and len(long) > len(short) and not _BRACKETS.search(long) else None


def _initials(letters: list[str], text: str) -> int | None:
    """Where in `text` the words begin that begin with `letters`, in order and to its end; small words may have none."""
    left = {len(letters)}    # how many letters may be left at this word
    for word in reversed([*_WORD.finditer(text)]):
        plain = word.group().strip(_MARKS).lower()
        small = plain in _SMALL
        began = {each - 1 for each in left if plain.startswith(letters[each - 1].lower())}
        if 0 in began and not small:
            return word.start() + len(word.group()) - len(word.group().lstrip(_MARKS))
        left = (began | left if small else began) - {0}
    return None


def _matched(letters: list[str], text: str) -> int | None:
    """Where in `text` the first of `letters` begins a word, when all stand in it from there in order."""
    at = len(text)
    for number, letter in reversed([*enumerate(letters)]):
        at -= 1
        while at >= 0 and (text[at].lower() != letter.lower() or (number == 0 and at > 0 and text[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
    return at


def _singular(short: str, long: str) -> Acronym:
    """EHCPs (education, health and care plans) as one of them."""
    if short[-1] == "s" and short[-2].isupper() and long[-1] == "s":
        return Acronym(short[:-1], long[:-3] + "y" if long.endswith("ies") else long[:-1])
    return Acronym(short, long)
