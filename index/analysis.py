"""What a term is. No other module, and no engine, decides that.

A text is a row of chains: runs of letters and digits, joined or not by hyphens, slashes, dots, ampersands. A chain's
parts stand at successive positions. A part gives its exact form ("planning": folded, no apostrophes) and, when it has
no digit, its English stem in a namespace of its own ("=plan") at the same position. Beside its parts a chain gives:

* a reference, that is a chain with a digit and a slash, dot, ampersand or underscore (18/00335/FUL, 77/21, 27.21):
  itself, and each run of two or more of its parts;
* an amount (£1.2m, £1,200): itself with and without the currency; commas between thousands are not text;
* letters and digits in one part (S106, KD5678): its digits, and its letters where they are two or more;
* a compound (co-operation, B&NES, U.K.): its parts joined (cooperation);
* a post code printed as two words: both joined.

Folding takes away case, accents and compatibility forms, so Ynys Môn is found by "ynys mon". Offsets are characters of
the text as it was given.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import Stemmer

ANALYSIS = "1"
"""To be raised with every change of what this module makes of a text: an index of another analysis is rebuilt."""

LONGEST_TERM = 80
COMMON_WORDS = frozenset((
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it", "of", "on", "or", "that", "the",
    "this", "to", "was", "were", "with",
))
"""Bare words that are left out: nearly every item has them, and the rest means to have none. In quotes they count."""

_LETTERS = "\\w\u0300-\u036f"
_APOSTROPHES = "'\u2019\u02bc"
_THOUSANDS = r"(?<=\d),(?=\d{3}(?!\w))"
_CHAIN = re.compile(rf"[£$€]?[{_LETTERS}]+(?:(?:[{_APOSTROPHES}\-\u2010\u2011\u2013/.&]|{_THOUSANDS})[{_LETTERS}]+)*")
_PART = re.compile(
    rf"(?:[^\W_]|[\u0300-\u036f])+(?:(?:[{_APOSTROPHES}]|{_THOUSANDS})(?:[^\W_]|[\u0300-\u036f])+)*"
)
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}]s\Z", re.IGNORECASE)
_DROPPED = re.compile(rf"[{_APOSTROPHES},]")
_PIECE = re.compile(r"\d+|[^\W\d_]{2,}")
_POSTCODE = re.compile(r"([a-z]{1,2}\d[a-z\d]?) (\d[a-z]{2})\Z")
_JOINED_POSTCODE = re.compile(r"[a-z]{1,2}\d[a-z\d]?\d[a-z]{2}\Z")
_DASHES = re.compile("[\u2010\u2011\u2013]")
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_PARTING = re.compile("[\\s\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"})
_MOST_PARTS = 6
_IRREGULAR = {"buse": "bus", "gase": "gas", "children": "child", "women": "woman", "men": "man", "byelaw": "bylaw"}
"""Stems of forms that Snowball keeps apart from their singular, where minutes are full of both."""


class Token(NamedTuple):
    """A term of a text: its position counts chain parts from 0, `start` and `end` are character offsets."""

    term: str
    position: int
    start: int
    end: int


class Slot(NamedTuple):
    """One term of a pattern, `at` positions after its first; with `prefix`, any term that begins so."""

    term: str
    at: int = 0
    prefix: bool = False


class Pattern(NamedTuple):
    """What is looked for in a text: terms at fixed distances, `width` positions in all."""

    slots: tuple[Slot, ...]
    width: int = 1


class _Part(NamedTuple):
    text: str
    start: int
    end: int


class _Analysed(NamedTuple):
    """A chain taken apart: how many positions it takes, its terms placed from its start, and the terms alone."""

    width: int
    terms: tuple[Token, ...]
    names: frozenset[str] = frozenset()


def clean(text: str) -> str:
    """`text` as archived texts are: NFC, one line, single spaces, without invisible characters and controls."""
    return _PARTING.sub(" ", unicodedata.normalize("NFC", _INVISIBLE.sub("", text))).strip()


def fold(text: str) -> str:
    """`text` without case, accents and compatibility forms."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    return "".join(each for each in apart if not unicodedata.combining(each))


def chains(text: str) -> tuple[str, ...]:
    """The chains of `text`, as typed, that hold at least one term."""
    return tuple(found.group() for found in _CHAIN.finditer(text) if _analyse(found.group()).width)


def tokens(text: str) -> Iterable[Token]:
    """Every term of `text`, in the order of positions."""
    return Finder((Slot("", prefix=True),)).tokens(text)


def width(text: str) -> int:
    """How many positions `text` takes."""
    return sum(_analyse(chain).width for chain in _CHAIN.findall(text))


def positions(text: str, first: int, into: dict[str, list[int]]) -> int:
    """Adds the positions of every term of `text` to `into`, counted from `first`; returns the next free position.

    What `tokens` gives without offsets, for indexing: the inner loop of a rebuild.
    """
    position, before = first, ""
    for chain in _CHAIN.findall(text):
        width, terms, _ = _analyse(chain)
        for term, at, _, _ in terms:
            into.setdefault(term, []).append(position + at)
        if before and (joined := _postcode(before, chain)):
            into.setdefault(joined, []).append(position - 1)
        position, before = position + width, chain
    return position


class Finder:
    """Finds in texts the terms that some slots look for; what it made of a chain it keeps for the next text."""

    def __init__(self, slots: Iterable[Slot]) -> None:
        wanted = frozenset(slots)
        self._terms = {slot.term for slot in wanted if not slot.prefix}
        self._prefixes = tuple(slot.term for slot in wanted if slot.prefix)
        self._postcodes = bool(self._prefixes) or any(_JOINED_POSTCODE.match(term) for term in self._terms)
        self._seen: dict[str, _Analysed] = {}
        self._with_terms: set[str] = set()

    def tokens(self, text: str) -> Iterable[Token]:
        """Of `tokens(text)` those that are looked for."""
        there = set(_CHAIN.findall(text))    # most texts have none of them, and this says so much sooner
        for chain in there.difference(self._seen):
            self._see(chain)
        return () if self._with_terms.isdisjoint(there) and not self._postcodes else self._tokens(text)

    def _tokens(self, text: str) -> Iterator[Token]:
        position, before = 0, None
        for found in _CHAIN.finditer(text):
            chain = found.group()
            width, terms, _ = self._seen[chain]
            for term, at, start, end in terms:
                yield Token(term, position + at, found.start() + start, found.start() + end)
            if before and (joined := _postcode(before.group(), chain)) and self._wants(joined):
                yield Token(joined, position - 1, before.start(), found.end())
            position, before = position + width, found

    def _see(self, chain: str) -> None:
        width, terms, names = _analyse(chain)
        if self._prefixes or not self._terms.isdisjoint(names):
            terms = tuple(token for token in terms if self._wants(token.term))
            self._seen[chain] = _Analysed(width, terms)
            self._with_terms.update([chain] if terms else [])
        else:
            self._seen[chain] = _Analysed(width, ())

    def _wants(self, term: str) -> bool:
        return term in self._terms or term.startswith(self._prefixes)


def stems(text: str) -> list[str]:
    """One term a position: the stem of each part of `text`, or its exact form where it has a digit."""
    return [stem for chain in _CHAIN.findall(text) for stem in _stems(chain)]


def is_common(word: str) -> bool:
    """Whether `word` is one of `COMMON_WORDS`, however written."""
    return fold(word) in COMMON_WORDS


def key(text: str) -> str:
    """What two spellings of a title share: the stems of its words but for common ones, in order, each once."""
    words = (chain for chain in _CHAIN.findall(text) if not is_common(chain))
    return " ".join(dict.fromkeys(stem for chain in words for stem in _stems(chain)))


def word_patterns(chain: str) -> tuple[Pattern, ...]:
    """The patterns of which any one finds the word `chain` in any form; a reference only as a whole."""
    parts = _parts(chain)
    if not parts:
        return ()
    if whole := _whole(chain, parts):
        return (Pattern((Slot(whole),), len(parts)),)
    apart = Pattern(tuple(Slot(_searched(part.text), at) for at, part in enumerate(parts)), len(parts))
    joined = _joined(chain, parts)
    return (apart, Pattern((Slot(_searched(joined)),), len(parts))) if joined else (apart,)


def phrase_pattern(text: str) -> Pattern | None:
    """The exact words of `text` in order, stop words included; `None` when it has none."""
    return _in_order(text, _exact)


def row_pattern(text: str) -> Pattern | None:
    """The words of `text` in order, each in any form; `None` when it has none."""
    return _in_order(text, _searched)


def _in_order(text: str, term: Callable[[str], str]) -> Pattern | None:
    slots: list[Slot] = []
    width = 0
    for chain in _CHAIN.findall(text):
        parts = _parts(chain)
        if parts and (whole := _whole(chain, parts)):
            slots.append(Slot(whole, width))
        else:
            slots.extend(Slot(term(part.text), width + at) for at, part in enumerate(parts))
        width += len(parts)
    return Pattern(tuple(slots), width) if slots else None


def prefix_pattern(chain: str) -> Pattern | None:
    """The words that begin as `chain` does, unstemmed; `None` when it has no term."""
    parts = _parts(chain)
    if not parts:
        return None
    if whole := _whole(chain, parts):
        return Pattern((Slot(whole, 0, prefix=True),), len(parts))
    exact = [_exact(part.text) for part in parts]
    first = tuple(Slot(term, at) for at, term in enumerate(exact[:-1]))
    return Pattern((*first, Slot(exact[-1], len(first), prefix=True)), len(parts))


@lru_cache(maxsize=1 << 15)
def _stems(chain: str) -> tuple[str, ...]:
    return tuple(_searched(part.text) for part in _parts(chain))


@lru_cache(maxsize=1 << 15)
def _analyse(chain: str) -> _Analysed:
    parts = _parts(chain)
    found = [Token(term, at, part.start, part.end) for at, part in enumerate(parts) for term in _part_terms(part.text)]
    if parts:
        found += _chain_terms(chain, parts)
    once = {(token.term, token.position): token for token in reversed(found)}
    return _Analysed(len(parts), tuple(reversed(once.values())), frozenset(term for term, _ in once))


def _parts(chain: str) -> tuple[_Part, ...]:
    found = (_Part(each.group(), each.start(), each.end()) for each in _PART.finditer(chain))
    return tuple(part for part in found if _exact(part.text))


def _part_terms(text: str) -> Iterator[str]:
    exact = _exact(text)
    yield exact
    yield _searched(text)
    if _has_digit(exact):
        for piece in _PIECE.findall(exact):
            yield from (piece, _searched(piece))


def _chain_terms(chain: str, parts: tuple[_Part, ...]) -> Iterator[Token]:
    if whole := _whole(chain, parts):
        yield Token(whole, 0, 0, parts[-1].end)
    if whole or _is_reference(chain):
        yield from _runs(chain, parts)
    elif joined := _joined(chain, parts):
        yield from (Token(term, 0, parts[0].start, parts[-1].end) for term in _part_terms(joined))


def _runs(chain: str, parts: tuple[_Part, ...]) -> Iterator[Token]:
    if not 2 <= len(parts) <= _MOST_PARTS:
        return
    for first in range(len(parts) - 1):
        for last in range(first + 1, len(parts)):
            start, end = parts[first].start, parts[last].end
            yield Token(_spelled(chain[start:end]), first, start, end)


def _whole(chain: str, parts: tuple[_Part, ...]) -> str | None:
    """The one term of a reference or an amount."""
    if _has_digit(chain) and (chain[0] in "£$€" or (len(parts) > 1 and _is_reference(chain))):
        return _spelled(chain[: parts[-1].end])
    return None


def _is_reference(chain: str) -> bool:
    return _has_digit(chain) and any(joint in chain for joint in "/.&_")


def _joined(chain: str, parts: tuple[_Part, ...]) -> str | None:
    joints = {_DASHES.sub("-", chain[left.end:right.start]) for left, right in pairwise(parts)}
    initials = joints == {"."} and all(len(part.text) == 1 for part in parts)
    if initials or (joints and joints <= {"-", "&"}):
        return "".join(part.text for part in parts)[:LONGEST_TERM]
    return None


def _postcode(before: str, chain: str) -> str | None:
    if len(chain) != 3 or len(before) > 4 or not chain[0].isdigit():
        return None
    found = _POSTCODE.match(f"{before} {chain}".lower())
    return "".join(found.groups()) if found else None


def _spelled(text: str) -> str:
    return _DROPPED.sub("", _DASHES.sub("-", fold(text)))[:LONGEST_TERM]


def _exact(text: str) -> str:
    return _DROPPED.sub("", fold(text))[:LONGEST_TERM]


def _searched(text: str) -> str:
    """The term by which a bare word is found: its stem, or its exact form where it has a digit."""
    exact = _exact(text)
    return exact if _has_digit(exact) else "=" + _stem(_exact(_POSSESSIVE.sub("", text)))


def _stem(word: str) -> str:
    # A stemmer is not to be shared between threads; making one costs half a microsecond, and chains are cached.
    stem = str(Stemmer.Stemmer("english", 0).stemWord(word))
    return _IRREGULAR.get(stem, stem)


def _has_digit(text: str) -> bool:
    return any(each.isdigit() for each in text)
