"""The walk along a site's calendar, a month a step: onwards from today, then back into the past."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from archive.errors import Blocked, FetchError, Gone, LeftAlone, OutOfBudget, PageError, Unreachable
from archive.model import Committee, Council, MeetingId
from crawler.moderngov.calendar import read_calendar
from crawler.moderngov.urls import Site
from crawler.source import Announced, Get

EMPTY_MONTHS: Final = 24        # in a row, before which there is nothing
_EMPTY_AHEAD: Final = 12        # the same of the future: calendars are made a year at a time
_FAILED_MONTHS: Final = 3       # in a row: the calendar is not there, or no longer

_View = Callable[[date], str]


class CalendarWalk:
    """One walk over the calendar of `site`, by the month view, or by the agenda view where that gives nothing."""

    def __init__(self, site: Site, get: Get, council: Council, committees: Sequence[Committee] = ()) -> None:
        self._get, self._council, self._committees = get, council, committees
        self._site = site
        self._views: list[_View] = [site.calendar_month, site.calendar_agenda]
        self._proven = False    # whether the first of the views has given a meeting: then its empty months are empty
        self._failures: list[FetchError | PageError] = []

    def meetings(self, since: date, until: date, today: date, most_empty: int | None) -> Iterator[Announced]:
        """The meetings of the months from `since` to `until`, each once.

        Goes back no further than `most_empty` months in a row without any (`None`: to `since`). Raises what the
        calendar raises when three months in a row fail, and `PageError` at the end when any did.
        """
        given = set[MeetingId]()
        present = max(min(today, until), since).replace(day=1)
        for months, most in ((_onwards(present, until), _EMPTY_AHEAD), (_backwards(present, since), most_empty)):
            for each in self._along(months, most):
                if each.id not in given:
                    given.add(each.id)
                    yield each
        if self._failures:
            found = f"{len(self._failures)} that failed; {self._failures[0]}"
            raise PageError(self._site.base, "a calendar of every month", found) from self._failures[0]

    def _along(self, months: Iterator[date], most_empty: int | None) -> Iterator[Announced]:
        empty, failed = 0, 0
        for month in months:
            try:
                found = self._of(month)
            except (OutOfBudget, LeftAlone):
                raise
            except (FetchError, PageError) as error:
                failed += 1
                if failed >= _FAILED_MONTHS:
                    raise
                self._failures.append(error)
                continue
            yield from found
            failed, empty = 0, 0 if found else empty + 1
            if most_empty is not None and empty >= most_empty:
                return

    def _of(self, month: date) -> tuple[Announced, ...]:
        """The meetings of a month by the first view that gives any; none where a view can be had and has none."""
        failures: list[Exception] = []
        for view in tuple(self._views):
            try:
                page = self._get(view(month))
                found = read_calendar(page, self._council, month, self._committees, self._site)
            except LeftAlone:
                raise
            except (Blocked, Gone, Unreachable, PageError) as error:
                failures.append(error)
                continue
            if found:
                self._views.sort(key=lambda each: each != view)
                self._proven = True
            if found or (self._proven and view == self._views[0]):
                return found
        if len(failures) == len(self._views):
            raise failures[0]
        return ()


def _onwards(first: date, until: date) -> Iterator[date]:
    while first <= until:
        yield first
        first = (first + timedelta(days=32)).replace(day=1)


def _backwards(after: date, since: date) -> Iterator[date]:
    while (after := (after - timedelta(days=1)).replace(day=1)) >= since.replace(day=1):
        yield after
