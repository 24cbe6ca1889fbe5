"""What a filter's value names: an identifier, or words of a committee's or a person's name."""

from functools import lru_cache
from itertools import dropwhile

from index import analysis

TITLES = frozenset((
    "ald", "alderman", "baroness", "cllr", "councillor", "cyng", "cynghorydd", "dame", "dr", "lady", "lord", "miss",
    "mr", "mrs", "ms", "mx", "prof", "professor", "rev", "revd", "reverend", "sir",
))
"""What may stand before a name; a name is sought without it, since minutes and lists of members differ in it."""


def is_identifier(value: str) -> bool:
    """Whether `value` is an identifier, which names have no slash to be taken for."""
    return "/" in value


def names_committee(value: str, identifier: str | None, name: str) -> bool:
    """Whether `value` means this committee: its identifier, or words of its name in any form."""
    return value == identifier if is_identifier(value) else set(analysis.stems(value)) <= set(analysis.stems(name))


def names_person(value: str, name: str) -> bool:
    """Whether each word of `value` stands in the printed `name`, letter for letter but for case and accents.

    Titles before the name in `value` need not stand there, unless it is nothing else.
    """
    asked = _words(value)
    return set(tuple(dropwhile(TITLES.__contains__, asked)) or asked) <= set(_words(name))


def without_title(name: str) -> str:
    """`name` as printed, but for the titles before it; all of it when it is nothing else."""
    words = name.split()
    return " ".join([*dropwhile(lambda word: set(_words(word)) <= TITLES, words)] or words)


@lru_cache(maxsize=1 << 14)    # the same few names stand in item after item
def _words(name: str) -> tuple[str, ...]:
    pattern = analysis.phrase_pattern(name)
    return tuple(slot.term for slot in pattern.slots) if pattern else ()
