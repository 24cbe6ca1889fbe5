"""What would help where nothing was found, as links that keep the filters that were chosen."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.query import parse
from index.tree import Node, Since, Until, conditions, field_of, side_by_side
from index.wording import to_text
from web.asking import Asked
from web.filters import counted, day
from web.narrowing import Choice

if TYPE_CHECKING:
    from index.helping import Held, Help, Other
    from index.labels import Facet


@dataclass(frozen=True, slots=True)
class Helpful:
    """Links to what finds something, and a sentence about what is held of what was asked for."""

    without: tuple[Choice, ...]
    any_word: Choice | None
    years: tuple[Choice, ...]
    committees: tuple[Choice, ...]
    held: str


def helpful(asked: Asked, found: "Help | None") -> Helpful | None:
    """`found` as links beside the search `asked`; `None` when there was something to find."""
    if found is None:
        return None
    return Helpful(
        tuple(_other(asked, each) for each in found.without),
        _other(asked, found.any_word) if found.any_word else None,
        tuple(_years(asked, found.years)), tuple(_committees(asked, found.committees)), _held(found.held))


def _other(asked: Asked, other: "Other") -> Choice:
    return Choice(other.words, _reworded(asked, other.query).address, other.total)


def _reworded(asked: Asked, query: str) -> Asked:
    others = asked.without("q")
    return others.adding("q", query) if query else others


def _years(asked: Asked, years: "Iterable[Facet]") -> Iterable[Choice]:
    wider = _wider(asked.without("from", "to"), lambda part: isinstance(part, Since | Until))
    for each in years:
        yield Choice(each.label, wider.adding("from", each.value).adding("to", each.value).address, each.count)


def _committees(asked: Asked, committees: "Iterable[Facet]") -> Iterable[Choice]:
    wider = _wider(asked.without("committee"), lambda part: field_of(part) == "committee")
    for each in committees:
        yield Choice(each.label, wider.adding("committee", each.value).address, each.count)


def _wider(asked: Asked, left_out: Callable[[Node], bool]) -> Asked:
    """The same without those parts of what was typed."""
    parts = conditions(parse(asked.first("q")).tree)
    return _reworded(asked, to_text(side_by_side(part for part in parts if not left_out(part))))


def _held(held: "Held") -> str:
    """What is held of the committees and days that were asked for, in a sentence; "" where neither was."""
    days = " ".join([*([f"since {day(held.since)}"] if held.since else []),
                     *([f"until {day(held.until)}"] if held.until else [])])
    if not (held.committees or days):
        return ""
    asked = " ".join([*([f"of {_listed(held.committees)}"] if held.committees else []), *([days] if days else [])])
    said = f"{asked[0].upper()}{asked[1:]} the archive holds"
    if not held.meetings:
        return f"{said} no minutes."
    span = f" of {day(held.first)}" if held.first == held.last else f", from {day(held.first)} to {day(held.last)}"
    return f"{said} the minutes of {counted(held.meetings, 'meeting')}{span}."


def _listed(names: tuple[str, ...]) -> str:
    *most, last = names[:4] if len(names) <= 4 else (*names[:3], f"{len(names) - 3} more")
    return f"{', '.join(most)} and {last}" if most else last
