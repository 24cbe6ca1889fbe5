"""The links that narrow a search or widen it again: facets with counts, filters in use, orders, pages."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from web.asking import Asked
from web.filters import amount

if TYPE_CHECKING:
    from index.labels import Facet

_TITLES = {"topic": "Topic", "kind": "Found in", "action": "Decision", "committee": "Committee",
           "member": "Member", "year": "Year", "council": "Council"}
_FILTER_NAMES = {"from": "From", "to": "Until", "kind": "Found in"}
_ORDERS = (("relevance", "Best match"), ("newest", "Newest first"), ("oldest", "Oldest first"))
_SHOWN = 6    # choices of a facet that are not behind "more"


@dataclass(frozen=True, slots=True)
class Choice:
    """A link to the same search with one thing changed; `chosen` when it is so already."""

    label: str
    href: str
    count: int = 0
    chosen: bool = False
    depth: int = 0    # how many other choices of the facet it stands below


@dataclass(frozen=True, slots=True)
class FacetLinks:
    """One facet: the choices that are shown, and the rest behind them."""

    name: str
    title: str
    first: tuple[Choice, ...]
    rest: tuple[Choice, ...]


Parents = Mapping[str, str | None]
"""Of every topic the one it is below."""


def facets(
    asked: Asked, found: "Mapping[str, Iterable[Facet]]", parents: Parents = MappingProxyType({})
) -> Iterator[FacetLinks]:
    """The facets that leave something to choose, each choice adding its filter or taking it away.

    Topics stand below those that `parents` names, and no family of them is parted.
    """
    for name, title in _TITLES.items():
        families = _families(asked, name, tuple(found.get(name, ())), parents)
        families.sort(key=lambda family: not any(choice.chosen for choice in family))
        choices = [choice for family in families for choice in family]
        if len(choices) > 1 or any(choice.chosen for choice in choices):
            shown = 0
            for family in families:
                if shown < _SHOWN or any(choice.chosen for choice in family):
                    shown += len(family)
            yield FacetLinks(name, title, tuple(choices[:shown]), tuple(choices[shown:]))


def _families(
    asked: Asked, name: str, found: "Sequence[Facet]", parents: Parents
) -> list[list[Choice]]:
    """The choices of one facet, each with those below it, in the order found."""
    values = {facet.value for facet in found}
    below: dict[str | None, list[Facet]] = defaultdict(list)
    for facet in found:
        parent = parents.get(facet.value) if name == "topic" else None
        below[parent if parent in values else None].append(facet)
    families: list[list[Choice]] = []
    for first in below[None]:
        waiting, family = [(first, 0)], []
        while waiting:
            facet, depth = waiting.pop(0)
            family.append(replace(_choice(asked, name, facet), depth=depth))
            waiting = [(each, depth + 1) for each in below[facet.value]] + waiting
        families.append(family)
    return families


def _choice(asked: Asked, name: str, facet: "Facet") -> Choice:
    if name == "year":
        return _year(asked, facet)
    chosen = facet.value in asked.values(name)
    other = asked.without(name, value=facet.value) if chosen else asked.adding(name, facet.value)
    return Choice(facet.label, other.address, facet.count, chosen)


def _year(asked: Asked, facet: "Facet") -> Choice:
    """A year is a filter of two ends, so that the fields for dates show it too."""
    chosen = asked.values("from") == asked.values("to") == (facet.value,)
    without = asked.without("from", "to")
    other = without if chosen else without.adding("from", facet.value).adding("to", facet.value)
    return Choice(facet.label, other.address, facet.count, chosen)


def chips(asked: Asked, labels: Mapping[tuple[str, str], str]) -> tuple[Choice, ...]:
    """The filters in use, each a link to the search without it; `labels` has the names of identifiers."""
    return tuple(
        Choice(f"{_FILTER_NAMES.get(name, _TITLES.get(name, name))}: {labels.get((name, value), value)}",
               asked.without(name, value=value).address)
        for name, value in asked.filters)


def labels(found: "Mapping[str, Iterable[Facet]]") -> dict[tuple[str, str], str]:
    """The label of every value that a facet names."""
    return {(name, facet.value): facet.label for name, several in found.items() for facet in several}


def orders(asked: Asked, current: str) -> tuple[Choice, ...]:
    """The orders of results."""
    usual = asked.without("sort")
    return tuple(
        Choice(label, (usual if order == "relevance" else usual.adding("sort", order)).address, chosen=order == current)
        for order, label in _ORDERS)


def pagination(asked: Asked, page: int, last: int) -> dict[str, Any]:
    """The parameters of GOV.UK's pagination; empty when there is but one page."""
    if last < 2:
        return {}
    numbers = sorted({1, last, *(each for each in (page - 1, page, page + 1) if 1 <= each <= last)})
    items: list[dict[str, Any]] = []
    for before, number in zip((0, *numbers), numbers, strict=False):
        if number - before > 1:
            items.append({"ellipsis": True})
        items.append({"number": amount(number), "href": asked.on_page(number).address, "current": number == page})
    links: dict[str, Any] = {"landmarkLabel": "Pages of results", "items": items}
    if page > 1:
        links["previous"] = {"href": asked.on_page(min(page - 1, last)).address}
    if page < last:
        links["next"] = {"href": asked.on_page(page + 1).address}
    return links
