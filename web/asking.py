"""What the address of a search asks for, and the addresses of its neighbours: a filter more or less, another order."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

FILTERS = ("council", "committee", "member", "topic", "kind", "action", "from", "to")
OPTIONS = ("q", *FILTERS, "sort", "page", "per_page", "synonyms")


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of one search, as given: name and value pairs, without empty ones."""

    pairs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, options: MultiDict[str, str]) -> Self:
        """What of `options` is one of ours, each pair once."""
        given = ((name, value.strip()) for name in OPTIONS for value in options.getlist(name))
        return cls(tuple(dict.fromkeys((name, value) for name, value in given if value)))

    def values(self, name: str) -> tuple[str, ...]:
        """All values of `name`."""
        return tuple(value for each, value in self.pairs if each == name)

    def first(self, name: str) -> str:
        """The first value of `name`; "" without one."""
        return next(iter(self.values(name)), "")

    @property
    def filters(self) -> tuple[tuple[str, str], ...]:
        """The pairs that narrow the search."""
        return tuple(pair for pair in self.pairs if pair[0] in FILTERS)

    def adding(self, name: str, value: str) -> "Asked":
        """The same with one value more, from its first page."""
        return self._from_first_page((*self.pairs, (name, value)))

    def without(self, *names: str, value: str | None = None) -> "Asked":
        """The same without these names, or without their one `value`, from its first page."""
        return self._from_first_page(
            (name, given) for name, given in self.pairs if name not in names or value not in (None, given))

    def on_page(self, number: int) -> "Asked":
        """The same, further on."""
        return Asked((*self.without().pairs, ("page", str(number))) if number > 1 else self.without().pairs)

    @property
    def address(self) -> str:
        """The path of its results page."""
        return "/search" + (f"?{urlencode(self.pairs)}" if self.pairs else "")

    @property
    def marking(self) -> str:
        """The options by which an item's page marks what was found there."""
        return urlencode([pair for pair in self.pairs if pair[0] in ("q", "member")])

    @staticmethod
    def _from_first_page(pairs: Iterable[tuple[str, str]]) -> "Asked":
        return Asked(tuple(dict.fromkeys(pair for pair in pairs if pair[0] != "page")))
