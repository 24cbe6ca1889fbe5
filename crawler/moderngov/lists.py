"""Which meetings a ModernGov site announces: by the web service in steps, or by the pages of each committee."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Final

from archive import ids
from archive.errors import PageError, Unreachable
from archive.model import LONDON, Committee, Council, MeetingId
from crawler.moderngov import pages, service
from crawler.moderngov.links import links
from crawler.moderngov.urls import Site, canonical, committee_number, page_name, parameters
from crawler.source import Announced, Get, Page

_FIRST_DAY: Final = date(1990, 1, 1)       # before any install
_AHEAD: Final = timedelta(days=3 * 366)    # calendars are published a year or two ahead
_CHUNK: Final = timedelta(days=5 * 366)    # what is asked when all at once was too much
_ALL_COMMITTEES: Final = ("0", "-1")       # which of them stands for all depends on the install
_MOST_PAGES: Final = 200                   # of one committee's list: a chain of links that does not end is no list


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `since` to `until`, both included."""

    since: date
    until: date

    @classmethod
    def of(cls, since: date | None, until: date | None, today: date) -> "Span":
        """The span between two days, either of which may be open."""
        return cls(since or _FIRST_DAY, until or today + _AHEAD)

    def holds(self, announced: Announced) -> bool:
        """Whether a meeting is in it. Some servers ignore the days that they are asked for."""
        return self.since <= announced.start.astimezone(LONDON).date() <= self.until

    def months(self) -> Iterator["Span"]:
        """The calendar months it touches, cut to it."""
        first = self.since
        while first <= self.until:
            following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
            yield Span(first, min(following - timedelta(days=1), self.until))
            first = following

    def chunks(self) -> Iterator["Span"]:
        """The same days in parts that a slow server can answer."""
        first = self.since
        while first <= self.until:
            yield Span(first, min(first + _CHUNK - timedelta(days=1), self.until))
            first += _CHUNK


class MeetingLists:
    """The lists of one site. Every method raises `FetchError` or `PageError` where a list cannot be had."""

    def __init__(self, site: Site, get: Get, council: Council) -> None:
        self._site, self._get, self._council = site, get, council

    def of_all(self, span: Span) -> tuple[Announced, ...]:
        """By the service, for all committees at once, month by month; empty where it does not know "all"."""
        for everyone in _ALL_COMMITTEES:
            found = dict[MeetingId, Announced]()
            for month in span.months():
                rows = self._by_service(everyone, month)
                found |= {each.id: each for each in rows if span.holds(each)}
                if not all(month.holds(each) for each in rows):
                    break   # the server ignores the days, and has told all it knows
            if found:
                return tuple(found.values())
        return ()

    def of_committee(self, committee: Committee, span: Span) -> tuple[Announced, ...]:
        """By the service, for one committee: all at once, or in parts where that is too much."""
        number = _number(committee)
        try:
            rows = self._by_service(number, span)
        except Unreachable:
            rows = tuple(chain.from_iterable(self._by_service(number, part) for part in span.chunks()))
        return tuple(each for each in rows if span.holds(each))

    def on_pages(self, committee: Committee, span: Span) -> tuple[Announced, ...]:
        """By the committee's own pages, along their links to earlier and later meetings."""
        found = dict[MeetingId, Announced]()
        start = self._site.meetings(_number(committee))
        waiting, seen = [start], {start}
        while waiting:
            page = self._get(waiting.pop())
            found |= {each.id: each for each in self._on_page(page, committee)}
            for link in _onward(page, _number(committee), span):
                if link not in seen:
                    seen.add(link)
                    waiting.append(link)
            if len(seen) > _MOST_PAGES:
                raise PageError(start, f"a list of at most {_MOST_PAGES} pages", "links that go on and on")
        return tuple(each for each in found.values() if span.holds(each))

    def _on_page(self, page: Page, committee: Committee) -> tuple[Announced, ...]:
        """The meetings on a page of the list; none where the list itself, and not an error page, says "no meetings"."""
        try:
            return pages.read_meeting_list(page, self._council, committee)
        except PageError:
            if page_name(page.url) == "ieListMeetings.aspx" and b"mgErrorTxt" in page.body:
                return ()
            raise

    def _by_service(self, committee: str, span: Span) -> tuple[Announced, ...]:
        page = self._get(self._site.service_meetings(committee, span.since, span.until))
        return service.read_meetings(page, self._council)


def _number(committee: Committee) -> str:
    return ids.local(committee.id or "")


def _onward(page: Page, committee: str, span: Span) -> Iterator[str]:
    """The links of a list's page to more of the same list, as far as they can lead into `span`."""
    for link in links(page):
        if committee_number(link.url) == committee and _leads_into(parameters(link.url), span):
            yield canonical(link.url)


def _leads_into(given: Mapping[str, str], span: Span) -> bool:
    """Whether a list's link with these parameters can show a day of `span`; `D` is a moment, yyyymmddhhmm."""
    way, moment, year = given.get("act", "").lower(), given.get("d", "")[:8], given.get("year", "")
    if way == "earlier":
        return not moment.isdecimal() or moment >= f"{span.since:%Y%m%d}"
    if way == "later":
        return not moment.isdecimal() or moment <= f"{span.until:%Y%m%d}"
    return len(year) == 4 and year.isdecimal() and span.since.year <= int(year) <= span.until.year
