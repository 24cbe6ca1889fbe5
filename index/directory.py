"""Whom and what the archive lists under a name that is asked for."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from archive.model import Committee, Member
from index.naming import is_identifier, names_committee, names_person
from index.tree import Field

_REMEMBERED = 1000    # names asked for


class Directory:
    """The lists of members and committees as they were when this was made. Safe for many threads.

    Minutes that print "Cllr Larkmere" and have the link to the member do not say "Zoë Larkmere"; a committee's earlier
    meetings stand under its earlier name.
    """

    def __init__(self, members: Iterable[Member], committees: Iterable[Committee]) -> None:
        self._members, self._committees = tuple(members), tuple(committees)
        self._found = lru_cache(maxsize=_REMEMBERED)(self._look_up)

    def meant(self, typed: Field) -> Field:
        """`typed` with all whom it names, where it asks for a name."""
        return typed if is_identifier(typed.value) else replace(typed, meant=self._found(typed.name, typed.value))

    def _look_up(self, name: str, value: str) -> tuple[str, ...]:
        return tuple(sorted(set(self._named(name, value))))

    def _named(self, name: str, value: str) -> Iterator[str]:
        if name == "member":
            yield from (each.id for each in self._members if names_person(value, each.name))
        elif name == "committee":
            yield from (each.id for each in self._committees if each.id and names_committee(value, each.id, each.name))
