"""What a filter's value names: an identifier, or words of a committee's or a person's name."""

import re
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
APOSTROPHE = "['\u2019\u02bc]"
OF_NAMES = r"[^\W\d_]|ma?c|d[ae]ll"
"""What an apostrophe parts from the rest of one word of a name: O’Donnell, D’Arcy, Dell’Acqua."""
_PARTED = re.compile(rf"(?<![\w'\u2018\u2019\u02bc.-])((?:{OF_NAMES}){APOSTROPHE})\s{{1,2}}(?=[^\W\d_])", re.IGNORECASE)


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
    return value == identifier if is_identifier(value) else stems_of(value) <= stems_of(name)


def names_person(value: str, name: str) -> bool:
    """Whether each word of `value` stands in the printed `name`, letter for letter but for case and accents.

    Titles before the name in `value` need not stand there, unless it is nothing else; of the words that stand before
    the family name, initials may be in their place ("M Fellbright" for "Montgomery Fellbright", no "F Montgomery").
    """
    asked, printed = untitled(value), words_of(name)
    missing = {word for word in asked if word not in printed}
    return not missing or (all(len(word) == 1 for word in missing) and _by_initials(asked, missing, name))


def without_title(name: str) -> str:
    """`name` as printed, but for the titles before it; all of it when it is nothing else."""
    words = name.split()
    return " ".join([*dropwhile(lambda word: set(words_of(word)) <= TITLES, words)] or words)


def spelt(name: str) -> str:
    """`name` without the space that titles print after an apostrophe: O’ Donnell is O’Donnell."""
    return _PARTED.sub(r"\1", name)


def _by_initials(asked: Sequence[str], initials: Container[str], name: str) -> bool:
    """Whether `initials` of what is asked are, in their order, those of words before the first that stands whole."""
    first, comma, rest = name.partition(",")
    family_first = comma and len(untitled(first)) == 1    # Fellbright, Montgomery
    inorder = (*words_of(rest), *words_of(first)) if family_first else words_of(name)
    whole = [inorder.index(word) for word in asked if word not in initials and len(word) > 1]
    given = (word[:1] for word in inorder[:min(whole, default=0)] if word not in TITLES)
    return all(letter in given for letter in asked if letter in initials)


def untitled(name: str) -> tuple[str, ...]:
    """The words of a person's name as `words_of`, without the titles before it; all of it when it is nothing else."""
    words = words_of(name)
    return tuple(dropwhile(TITLES.__contains__, words)) or words


@lru_cache(maxsize=1 << 14)    # the same few names stand in item after item
def words_of(name: str) -> tuple[str, ...]:
    """The words of a person's name, without case and accents."""
    pattern = analysis.phrase_pattern(spelt(name))
    return tuple(slot.term for slot in pattern.slots) if pattern else ()


@lru_cache(maxsize=1 << 12)
def stems_of(name: str) -> frozenset[str]:
    """The words of a committee's name in their common forms."""
    return frozenset(analysis.stems(name))
