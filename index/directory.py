"""Whom and what the archive lists under a name that is asked for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from archive.model import Committee, Member
from index.naming import is_identifier, names_committee, names_person, stems_of, untitled, words_of
from index.tree import Field

Named = TypeVar("Named", Member, Committee)

_REMEMBERED = 1000    # names asked for


class Directory:
    """The lists of members and committees as they were when this was made. Safe for many threads.

    Minutes that print "Cllr Larkmere" and have the link to the member do not say "Zoë Larkmere"; a committee's earlier
    meetings stand under its earlier name.
    """

    def __init__(self, members: Sequence[Member], committees: Sequence[Committee]) -> None:
        self._listed = members, committees
        self._members = _by_word((word, each) for each in members for word in set(words_of(each.name)))
        self._committees = _by_word((word, each) for each in committees for word in stems_of(each.name))
        self._found = lru_cache(maxsize=_REMEMBERED)(self._look_up)

    def lists(self, members: Sequence[Member], committees: Sequence[Committee]) -> bool:
        """Whether these are what this was made of."""
        return self._listed == (members, committees)

    def meant(self, typed: Field) -> Field:
        """`typed` with all whom it names, where it asks for a name."""
        return typed if is_identifier(typed.value) else replace(typed, meant=self._found(typed.name, typed.value))

    def _look_up(self, name: str, value: str) -> tuple[str, ...]:
        """By one of the words, which stands in every name that is meant: the longest is no initial, if any is none."""
        if name == "member":
            word = max(untitled(value), key=len, default="")
            return _ids(each for each in self._members.get(word, ()) if names_person(value, each.name))
        if name == "committee":
            word = max(stems_of(value), key=len, default="")
            return _ids(each for each in self._committees.get(word, ()) if names_committee(value, each.id, each.name))
        return ()


def _by_word(pairs: Iterable[tuple[str, Named]]) -> Mapping[str, list[Named]]:
    found: dict[str, list[Named]] = {}
    for word, each in pairs:
        found.setdefault(word, []).append(each)
    return found


def _ids(listed: Iterable[Member | Committee]) -> tuple[str, ...]:
    return tuple(sorted({each.id for each in listed if each.id}))
