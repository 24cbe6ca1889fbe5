"""The forms of one word, a part of a chain of `index.analysis`: as printed, and by which it is found.

Folding takes away case, accents and compatibility forms. A bare word is found by its English stem, in a namespace of
its own ("=plan"); in a Welsh text it is as printed there ("=cyngor").
"""

import re
import unicodedata
from collections.abc import Iterator

import Stemmer

from index import glued
from index.families import APART
from index.irregular import IRREGULAR
from index.welsh import radicals

LONGEST_TERM = 80
_APOSTROPHES = "'\u2019\u02bc"
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}]s\Z", re.IGNORECASE)
_DROPPED = re.compile(rf"[{_APOSTROPHES},]")
_PIECE = re.compile(r"\d+|[^\W\d_]{2,}")
_DASHES = re.compile("[\u2010\u2011\u2013]")
_PLAIN = {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"}
_IRREGULAR = {"buse": "bus", "gase": "gas", "children": "child", "women": "woman", "men": "man", "byelaw": "bylaw",
              "saint": "st", "closur": "close", "licenc": "licens", "practis": "practic", "defenc": "defens",
              "offenc": "offens", "analysi": "analys", "diagnosi": "diagnos"}
"""Stems of forms that Snowball keeps apart, where minutes are full of both."""
_IZE = re.compile(r"(?<=[a-z]{3}[iy])z(?=(?:e[drs]?|ers|ing|ations?|ational(?:ly)?|able)\Z)")
"""The z of organize and organization, which are organise and organisation."""
_COUNCILLORS = frozenset((
    "cllr", "cllrs", "councilor", "councilors", "councillor", "councillors", "cyng", "cynghorydd", "cynghorwyr",
    "gynghorydd", "gynghorwyr", "nghynghorydd", "chynghorydd",
))
_COUNCILLOR = "=councillor"


def fold(text: str) -> str:
    """`text` without case, accents and compatibility forms."""
    if text.isascii():
        return text.lower()
    text = text.casefold()
    for letter, plain in _PLAIN.items():
        text = text.replace(letter, plain)
    apart = unicodedata.normalize("NFKD", text)
    marks = [ord(each) for each in {*apart} if unicodedata.combining(each)]
    return apart.translate(dict.fromkeys(marks)) if marks else apart


def spelled(text: str) -> str:
    """A chain folded, without commas and apostrophes, with plain hyphens: how it is printed makes no difference."""
    return _DROPPED.sub("", dashed(fold(text)))[:LONGEST_TERM]


def dashed(text: str) -> str:
    """`text` with plain hyphens for every kind of them."""
    return _DASHES.sub("-", text)


def exact(text: str) -> str:
    """The exact form of a part."""
    return _DROPPED.sub("", fold(text))[:LONGEST_TERM]


def has_digit(text: str) -> bool:
    """Whether a digit of any script is in `text`."""
    return any(each.isdigit() for each in text)


def searched(text: str) -> str:
    """The term by which a bare word is found: its stem, or its exact form where it has a digit."""
    plain = exact(text)
    if has_digit(plain):
        return plain
    stem = _stem(exact(_POSSESSIVE.sub("", text)))
    return _COUNCILLOR if stem in _COUNCILLORS else "=" + stem


def printed(text: str) -> str:
    """The term by which a bare word is found in a Welsh text."""
    plain = exact(text)
    if has_digit(plain):
        return plain
    return _COUNCILLOR if plain in _COUNCILLORS else "=" + plain


def english_terms(text: str) -> Iterator[str]:
    """Every term of a part of an English text."""
    plain = exact(text)
    yield plain
    yield searched(text)
    if has_digit(plain):
        for piece in _PIECE.findall(plain):
            yield from (piece, searched(piece))
    for half in glued.halves(text):
        yield from (exact(half), searched(half))


def welsh_terms(text: str) -> Iterator[str]:
    """Every term of a part of a Welsh text."""
    plain = exact(text)
    if has_digit(plain):
        yield from english_terms(text)
        return
    yield plain
    for form in (plain, *radicals(plain)):
        yield printed(form)


def _stem(word: str) -> str:
    # A stemmer is not to be shared between threads; making one costs half a microsecond, and chains are cached.
    if word in APART:
        return APART[word]
    stem = str(Stemmer.Stemmer("english", 0).stemWord(_IZE.sub("s", IRREGULAR.get(word, word))))
    return _IRREGULAR.get(stem, stem)
