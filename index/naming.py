"""What a filter's value names: an identifier, or words of a committee's or a person's name."""

from collections.abc import Container, Sequence
from functools import lru_cache
from itertools import dropwhile

from archive import ids
from archive.errors import InputError
from index import analysis

TITLES = frozenset((
    "ald", "alderman", "baroness", "cllr", "councillor", "cyng", "cynghorydd", "dame", "dr", "lady", "lord", "miss",
    "mr", "mrs", "ms", "mx", "prof", "professor", "rev", "revd", "reverend", "sir",
))
"""What may stand before a name; a name is sought without it, since minutes and lists of members differ in it."""


def is_identifier(value: str) -> bool:
    """Whether `value` has the form of an identifier, which no name has: "Planning / Cynllunio" is one."""
    if value.count("/") != 2:
        return False
    try:
        return ids.parse(value).collection is not None
    except InputError:
        return False


def names_committee(value: str, identifier: str | None, name: str) -> bool:
    """Whether `value` means this committee: its identifier, or words of its name in any form."""
    return value == identifier if is_identifier(value) else _stems(value) <= _stems(name)


def names_person(value: str, name: str) -> bool:
    """Whether each word of `value` stands in the printed `name`, letter for letter but for case and accents.

    Titles before the name in `value` need not stand there, unless it is nothing else; of the words that stand before
    the family name, initials may be in their place ("M Fellbright" for "Montgomery Fellbright", no "F Montgomery").
    """
    asked, printed = _untitled(value), _words(name)
    missing = {word for word in asked if word not in printed}
    return not missing or (all(len(word) == 1 for word in missing) and _by_initials(asked, missing, name))


def without_title(name: str) -> str:
    """`name` as printed, but for the titles before it; all of it when it is nothing else."""
    words = name.split()
    return " ".join([*dropwhile(lambda word: set(_words(word)) <= TITLES, words)] or words)


def _by_initials(asked: Sequence[str], initials: Container[str], name: str) -> bool:
    """Whether `initials` of what is asked are, in their order, those of words before the first that stands whole."""
    first, comma, rest = name.partition(",")
    family_first = comma and len(_untitled(first)) == 1    # Fellbright, Montgomery
    inorder = (*_words(rest), *_words(first)) if family_first else _words(name)
    whole = [inorder.index(word) for word in asked if word not in initials and len(word) > 1]
    given = (word[:1] for word in inorder[:min(whole, default=0)] if word not in TITLES)
    return all(letter in given for letter in asked if letter in initials)


def _untitled(name: str) -> tuple[str, ...]:
    words = _words(name)
    return tuple(dropwhile(TITLES.__contains__, words)) or words


@lru_cache(maxsize=1 << 14)    # the same few names stand in item after item
def _words(name: str) -> tuple[str, ...]:
    pattern = analysis.phrase_pattern(name)
    return tuple(slot.term for slot in pattern.slots) if pattern else ()


@lru_cache(maxsize=1 << 12)
def _stems(name: str) -> frozenset[str]:
    return frozenset(analysis.stems(name))
