"""What minutes say, small enough to be kept beside each entry, and whether two of them are one record printed twice.

A sketch is a sample of the text's runs of three words, chosen by their own hashes (so of a run that two texts share
both choose it or neither does) and thinned by halves until it is small: resemblance and containment of any two texts
can be told of it. Numbers are all kept, in order: a copy may correct a name or a word, but one that changes a sum, a
date, a vote or a reference amends the record.
"""

import hashlib
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

import numpy as np

from index.passages import Passage, Scope

ALIKE = 0.75
"""Of all runs of words of two texts, the share that both must have where the titles are one."""
NEARLY_EQUAL = 0.9
"""The same where the titles are not one, of a shorter text that stands in a longer, and of reprints."""
TELLING = 50
"""Words of which two items have the same by copying alone."""

_MOST = 256    # runs in a sketch
_FEWEST = 8    # runs of a sample that say how much of a text stands in another
_MOST_NUMBERS = 128
_BITS = 24
_WIDTH = 4    # characters for each hash: base 64 of three bytes
_FIRST, _SECOND, _THIRD = (np.uint64(each) for each in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9))
_HALF, _REST = np.uint64(29), np.uint64(64 - _BITS)
_ONE = np.array([True])
_PLAIN = bytes(ord(chr(each).lower()) if chr(each).isalnum() else 32 for each in range(128)) + bytes(128)
_ORDINAL = re.compile(rb"(?<=\d)(?:st|nd|rd|th)$")
_FOOTER = re.compile(rb"\bpage +\d{1,4}\b(?: +(?:of +)?\d{1,4}\b)?")
_PAGE = re.compile(r"[-–—. ]*\d{1,3}[-–—. ]*")
_LONGEST_PAGE = 10
_BESIDE = (Scope.TITLE, Scope.AGENDA)


class Wording(NamedTuple):
    """How many words minutes have, their numbers in order, and a sketch; footers of pages are no part of them.

    The sketch is a hexadecimal digit, how often it was halved, and then its hashes in order.
    """

    words: int = 0
    numbers: str = ""
    sketch: str = "0"

    def packed(self) -> str:
        """As one text, to be stored."""
        return f"{self.words} {self.numbers} {self.sketch}"

    @classmethod
    def unpacked(cls, stored: str) -> "Wording":
        """What `packed` made a text of."""
        words, numbers, sketch = stored.split(" ")
        return cls(int(words), numbers, sketch)


UNSAID = Wording()
"""That of an item without minutes."""


def words_of(texts: Iterable[Passage]) -> list[bytes]:
    """The words of the minutes among the passages of an item, all but its title and agenda, in small ASCII letters.

    What is not ASCII is left out: quotes and dashes that two copies print differently, and accents that one lost.
    """
    said = " ".join([each.text for each in texts if each.scope not in _BESIDE and not _is_page(each)])
    plain = said.encode("ascii", "ignore").translate(_PLAIN, b"'")
    return (_FOOTER.sub(b" ", plain) if b"page " in plain else plain).split()


def wording(words: Sequence[bytes]) -> Wording:
    """What these words say."""
    return Wording(len(words), _numbers(words), _sketch(words))


def fingerprint(title: str, words: Sequence[bytes]) -> str:
    """What only items with this key of a title and all of these words share; "" when they are too few to tell."""
    if len(words) < TELLING:
        return ""
    return hashlib.sha256(b" ".join((title.encode("utf-8", "replace"), *words))).hexdigest()[:16]


def alike(one: Wording, other: Wording, *, same_title: bool) -> float:
    """How alike two records of one sitting are, 0 to 1; 0.0 when they are not of one item, as far as can be seen.

    Every number of the shorter must be one of the longer's, in the same order.
    """
    less, more = sorted((one, other))
    if not less.words or (not same_title and less.words < max(TELLING, NEARLY_EQUAL / 2 * more.words)):
        return 0.0
    if not _within(less.numbers, more.numbers):
        return 0.0
    resemblance, contained = _compared(less.sketch, more.sketch)
    if same_title and contained >= NEARLY_EQUAL:
        return contained
    return resemblance if resemblance >= (ALIKE if same_title else NEARLY_EQUAL) else 0.0


def reprinted(one: Wording, other: Wording, *, same_title: bool) -> float:
    """The same of the minutes of two days: they may well repeat a good deal and be no reprint."""
    if not same_title or min(one.words, other.words) < TELLING or one.numbers != other.numbers:
        return 0.0
    resemblance, _ = _compared(one.sketch, other.sketch)
    return resemblance if resemblance >= NEARLY_EQUAL else 0.0


def titles_alike(one: str, other: str) -> bool:
    """Whether these keys of titles are of one item: the same but for words, such as numbers, that one has besides."""
    if one == other:
        return True
    first, second = _words(one), _words(other)
    return bool(first and second) and (first <= second or second <= first)


@lru_cache(maxsize=1 << 12)
def _words(title: str) -> frozenset[str]:
    return frozenset(title.split())


# Making

def _is_page(passage: Passage) -> bool:
    """Whether it is a page's number alone; in a table it may be anything."""
    text = passage.text
    return len(text) < _LONGEST_PAGE and passage.scope is not Scope.TABLE and _PAGE.fullmatch(text) is not None


def _sketch(words: Sequence[bytes]) -> str:
    if not words:
        return "0"
    hashes = np.zeros(max(len(words), 3), np.uint64)
    hashes[:len(words)] = np.fromiter(map(crc32, words), np.uint64, len(words))
    mixed = hashes[:-2] * _FIRST ^ hashes[1:-1] * _SECOND ^ hashes[2:] * _THIRD
    runs = ((mixed ^ mixed >> _HALF) * _FIRST) >> _REST
    runs.sort()
    runs = runs[np.concatenate((_ONE, runs[1:] != runs[:-1]))]
    halved = 0
    while len(runs) > _MOST:
        halved += 1
        runs = runs[:np.searchsorted(runs, 1 << _BITS - halved)]
    return f"{halved:x}" + b64encode(runs.astype(">u4").view(np.uint8).reshape(-1, 4)[:, 1:].tobytes()).decode()


def _numbers(words: Iterable[bytes]) -> str:
    found = [_ORDINAL.sub(b"", each) for each in words if not each.isalpha()]
    if len(found) > _MOST_NUMBERS:
        return "=" + hashlib.sha256(b" ".join(found)).hexdigest()[:16]
    return b64encode(b"".join([(crc32(each) & 0xFFFFFF).to_bytes(3, "big") for each in found])).decode()


# Comparing

def _within(less: str, more: str) -> bool:
    """Whether the numbers `less` are among `more`, in order."""
    if less == more:
        return True
    if len(less) > len(more) or "=" in (less[:1], more[:1]):
        return False
    rest = iter(_each(more))
    return all(number in rest for number in _each(less))


def _each(hashes: str) -> Iterable[str]:
    return (hashes[at:at + _WIDTH] for at in range(0, len(hashes), _WIDTH))


def _compared(one: str, other: str) -> tuple[float, float]:
    """How much two texts share of all they have, and how much of the one stands in the other."""
    first, second = _runs(one), _runs(other)
    limit = 1 << _BITS - max(int(one[:1], 16), int(other[:1], 16))
    if one[:1] != other[:1]:
        first = frozenset(each for each in first if each < limit)
        second = frozenset(each for each in second if each < limit)
    shared = len(first & second)
    return shared / (len(first | second) or 1), shared / len(first) if len(first) >= _FEWEST else 0.0


@lru_cache(maxsize=1 << 10)
def _runs(sketch: str) -> frozenset[int]:
    found = np.frombuffer(b64decode(sketch[1:]), np.uint8).reshape(-1, 3).astype(np.int64)
    return frozenset((found @ np.array((1 << 16, 1 << 8, 1))).tolist())
