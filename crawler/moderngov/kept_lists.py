"""What the kept lists of a ModernGov site announced, over all nights: by whichever door each of them was had.

Lists are asked for other days every night, so what is held cannot be found by asking for them anew: every kept one is
read. What the newest run had counts for more than what those before it had.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar
from urllib.parse import urlsplit

from archive import ids
from archive.captures import Capture
from archive.errors import CaptureError, FetchError, PageError
from archive.model import Committee, Council, MeetingId
from archive.runs import Failure, ending_of
from crawler.moderngov import pages, service
from crawler.moderngov.calendar import read_calendar
from crawler.moderngov.listings import is_legacy
from crawler.moderngov.urls import Method, Site, committee_number, page_name, parameters
from crawler.source import Announced, Page

log = logging.getLogger("minutebook.crawl")

_COMMITTEES: Final = ("mgListCommittees.aspx", "ieDocHome.aspx")
_CALENDARS: Final = ("mgCalendarMonthView.aspx", "mgCalendarAgendaView.aspx")
_LEGACY, _SERVICE, _PAGES, _CALENDAR = range(4)    # what counts for more in one run, as in a crawl

_T = TypeVar("_T")

PageOf = Callable[[Capture], Page]
"""The answer that a capture is. Raises `CaptureError`, or `FetchError` where it is no page."""


@dataclass(frozen=True, slots=True)
class KeptLists:
    """The `committees` and the meetings that are known by kept lists, and which addresses' lists cannot be read."""

    committees: tuple[Committee, ...]
    announced: tuple[Announced, ...]
    failures: tuple[Failure, ...]


class ListReader:
    """Reads the kept lists of the `council` whose site is `site`; `page` gives the answer that a capture is."""

    def __init__(self, site: Site, council: Council, page: PageOf) -> None:
        self._site, self._council, self._page = site, council, page
        self._unread: dict[str, str | None] = {}    # by address why not; `None` where some answer could be

    def read(self, kept: Iterable[Capture]) -> KeptLists:
        """What they have. Other captures than those of lists are passed by."""
        lists = [capture for capture in kept if _is_list(capture.url) and self._site.own(capture.url)]
        runs = _newest_first(lists)
        committees: dict[str, Committee] = {}
        for run in runs:
            for capture in run:
                for each in self._committees(capture):
                    committees.setdefault(ids.local(each.id or ""), each)
        announced: dict[MeetingId, Announced] = {}
        for run in runs:
            announced = self._of_run(run, committees) | announced
        failures = (Failure("list", url, reason) for url, reason in self._unread.items() if reason)
        return KeptLists(tuple(committees.values()), tuple(announced.values()), tuple(failures))

    def _committees(self, capture: Capture) -> tuple[Committee, ...]:
        method = _method(capture.url)
        if method == Method.COMMITTEES.lower():
            return self._attempt(capture, lambda page: service.read_committees(page, self._council))
        if page_name(capture.url) in _COMMITTEES:
            return self._attempt(capture, lambda page: pages.read_committees(page, self._council))
        return ()

    def _of_run(self, run: Sequence[Capture], committees: Mapping[str, Committee]) -> dict[MeetingId, Announced]:
        """What one run's lists had. A meeting of several committees is the older one's, as in a crawl."""
        best: dict[MeetingId, tuple[tuple[int, str, int], Announced]] = {}
        for capture in run:
            rank, found = self._meetings(capture, committees)
            for each in found:
                order = (*each.place, _LEGACY if is_legacy(each) else rank)
                if each.id not in best or order < best[each.id][0]:
                    best[each.id] = order, each
        return {identifier: each for identifier, (_, each) in best.items()}

    def _meetings(
        self, capture: Capture, committees: Mapping[str, Committee]
    ) -> tuple[int, tuple[Announced, ...]]:
        url, council = capture.url, self._council
        if _method(url) == Method.MEETINGS.lower():
            return _SERVICE, self._attempt(capture, lambda page: service.read_meetings(page, council))
        committee, month = committees.get(committee_number(url) or ""), _month(url)
        if page_name(url) == "ieListMeetings.aspx" and committee is not None:
            return _PAGES, self._attempt(capture, lambda page: pages.read_meeting_list(page, council, committee))
        if page_name(url) in _CALENDARS and month is not None:
            known = tuple(committees.values())
            return _CALENDAR, self._attempt(capture, lambda page: read_calendar(page, council, month, known))
        return _PAGES, ()

    def _attempt(self, capture: Capture, read: Callable[[Page], tuple[_T, ...]]) -> tuple[_T, ...]:
        """What a list says; nothing of one that is no list, which is a failure where its address never gave one."""
        try:
            found = read(self._page(capture))
        except (CaptureError, FetchError, PageError) as error:
            log.info("%s: %s: %s", capture.url, ending_of(error), error)
            self._unread.setdefault(capture.url, str(error))
            return ()
        self._unread[capture.url] = None
        return found


def _is_list(url: str) -> bool:
    known = (*_COMMITTEES, *_CALENDARS, "ieListMeetings.aspx")
    return page_name(url) in known or _method(url) in (Method.COMMITTEES.lower(), Method.MEETINGS.lower())


def _method(url: str) -> str | None:
    """The method of the web service that `url` calls, in lower case."""
    head, _, method = urlsplit(url).path.lower().rpartition("/")
    return method if head.endswith("mgwebservice.asmx") else None


def number_asked(url: str) -> str | None:
    """The number of the meeting that `url` asks the web service for."""
    number = parameters(url).get("lmeetingid", "") if _method(url) == Method.MEETING.lower() else ""
    return number if number.isascii() and number.isdecimal() else None


def _month(url: str) -> date | None:
    """The month of a calendar's page. `DD` is the year."""
    given = parameters(url)
    try:
        return date(int(given["dd"]), int(given["m"]), 1)
    except (KeyError, ValueError):
        return None


def _newest_first(lists: Iterable[Capture]) -> list[list[Capture]]:
    """The captures of each run, which has a file of its own; the newest run first, each in order."""
    runs: dict[str, list[Capture]] = {}
    for capture in sorted(lists, key=lambda each: each.fetched):
        runs.setdefault(capture.file, []).append(capture)
    return sorted(runs.values(), key=lambda run: run[-1].fetched, reverse=True)
