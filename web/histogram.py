"""The hits by year, or by month of the one year that is asked for, as bars that lead to the hits of that time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.dates import MONTHS, first_and_last
from web.asking import Asked

if TYPE_CHECKING:
    from index.labels import Facet

HEIGHT = 40
_MOST_LABELLED = 14    # bars that all have room for their label
_EVERY = 5


@dataclass(frozen=True, slots=True)
class Bar:
    """A year or a month: `href` is the search for its hits, "" where it has none, `height` at most `HEIGHT`.

    `short` is the label below the bar, `said` the whole one; `labelled` says whether there is room for it.
    """

    short: str
    said: str
    count: int
    height: int
    href: str
    chosen: bool
    labelled: bool = True


@dataclass(frozen=True, slots=True)
class Histogram:
    """The bars of some years, or of the months of one `year`; then `wider` is the search of all years."""

    bars: tuple[Bar, ...]
    year: str = ""
    wider: str = ""


def histogram(asked: Asked, facets: "Mapping[str, Sequence[Facet]]") -> Histogram | None:
    """The bars of what `facets` count; `None` where all is of one year and of one month, or of no known day."""
    years = {facet.value: facet.count for facet in facets.get("year", ())}
    if not years:
        return None
    year = _one_year(asked) or (next(iter(years)) if len(years) == 1 else "")
    if year:
        months = {facet.value: facet.count for facet in facets.get("month", ()) if facet.value[:4] == year}
        wider = asked.without("from", "to").address if asked.values("from") or asked.values("to") else ""
        return Histogram(_months(asked, year, months), year, wider) if len(months) > 1 or wider else None
    return Histogram(_years(asked, years))


def _one_year(asked: Asked) -> str:
    """The year that both ends of what is asked for are in; "" when there is none."""
    since, until = first_and_last(asked.first("from")), first_and_last(asked.first("to"))
    return f"{since[0]:%Y}" if since and until and since[0].year == until[1].year else ""


def _years(asked: Asked, counts: Mapping[str, int]) -> tuple[Bar, ...]:
    every = [f"{year:04}" for year in range(int(min(counts)), int(max(counts)) + 1)]
    roomy = len(every) <= _MOST_LABELLED
    return tuple(_bar(asked, year, (year, year), counts, roomy or int(year) % _EVERY == 0) for year in every)


def _months(asked: Asked, year: str, counts: Mapping[str, int]) -> tuple[Bar, ...]:
    return tuple(_bar(asked, f"{year}-{at:02}", (month[:3], f"{month} {year}"), counts)
                 for at, month in enumerate(MONTHS, 1))


def _bar(asked: Asked, value: str, label: tuple[str, str], counts: Mapping[str, int], labelled: bool = True) -> Bar:
    count = counts.get(value, 0)
    most = max(counts.values(), default=1)
    narrowed = asked.without("from", "to").adding("from", value).adding("to", value)
    return Bar(*label, count, -(-HEIGHT * count // most), narrowed.address if count else "",
               asked.values("from") == asked.values("to") == (value,), labelled)
