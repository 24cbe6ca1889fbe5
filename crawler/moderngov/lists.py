"""Which meetings a ModernGov site announces: by the web service in steps, by the pages of each committee, or by the
calendar; and which committees it has.
"""

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain
from typing import Final
from urllib.parse import urlsplit

from archive import ids
from archive.errors import FetchError, LeftAlone, OutOfBudget, PageError, Unreachable
from archive.model import LONDON, Committee, CommitteeId, Council, MeetingId
from crawler.moderngov import pages, service
from crawler.moderngov.calendar_walk import EMPTY_MONTHS, CalendarWalk
from crawler.moderngov.gaps import breaks_off
from crawler.moderngov.links import links
from crawler.moderngov.listings import as_answered
from crawler.moderngov.urls import Site, committee_number, page_name, parameters, plain_number
from crawler.source import Announced, Get, Page

log = logging.getLogger("minutebook.crawl")

_FIRST_DAY: Final = date(1990, 1, 1)       # before any install
_AHEAD: Final = timedelta(days=3 * 366)    # calendars are published a year or two ahead
_CHUNK: Final = timedelta(days=5 * 366)    # what is asked when all at once was too much
_ALL_COMMITTEES: Final = ("0", "-1")       # which of them stands for all depends on the install
_MOST_PAGES: Final = 200                   # of one committee's list: a chain of links that does not end is no list
_MOST_IDLE: Final = 20      # pages of it in a row that show nothing new
_MOST_INDEXES: Final = 5                   # lists of committees
_INDEXES: Final = frozenset(("mgListCommittees.aspx", "ieDocHome.aspx"))
_FORMER: Final = re.compile(
    r"\b(?:former|previous|past|historic\w*|old|archived?|dissolved|disbanded|inactive|expired|wound[- ]up|blaenorol|"
    r"all)\b.{0,40}\b(?:committees?|bodies|meetings|groups|pwyllgorau)\b", re.IGNORECASE
)


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

    def is_after(self, announced: Announced) -> bool:
        """Whether all of it is later than a meeting."""
        return announced.start.astimezone(LONDON).date() < self.since

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


@dataclass(frozen=True, slots=True)
class Listed:
    """The meetings of one committee's list, and why it could not be had to its end, if it could not."""

    found: tuple[Announced, ...] = ()
    failure: FetchError | PageError | None = None


class MeetingLists:
    """The lists of one site. Every method raises `FetchError` or `PageError` where a list cannot be had.

    A span says what is asked for. Meetings of other days that the lists show are given as well: one that was moved out
    of the span is still announced.

    By the service `of_all`, else `of_committee` for each committee; where that is shut `on_pages` for each committee;
    where neither can be had, or no committee is known, `on_calendar`.
    """

    def __init__(self, site: Site, get: Get, council: Council) -> None:
        self._site, self._get, self._council = site, get, council

    def committees(self) -> tuple[Committee, ...]:
        """The committees by the site's pages: those in office, and those that were wound up.

        Raises `FetchError` or `PageError` when no page lists any. Pages that add to the first one may be missing.
        """
        found, failure = dict[str, Committee](), None
        waiting, seen = [self._site.meetings_home(), self._site.committees()], 0
        while waiting and seen < _MOST_INDEXES:
            seen += 1
            try:
                page = self._get(waiting.pop())
                listed = pages.read_committees(page, self._council)
            except (OutOfBudget, LeftAlone):
                raise
            except (FetchError, PageError) as error:
                failure = failure or error
                log.info("a list of committees could not be read: %s", error)
                continue
            found = {_number(each): each for each in listed} | found
            waiting.extend(_former(page, self._site))
        if not found:
            raise failure or PageError(self._site.committees(), "a list of committees", "none in it")
        return tuple(found.values())

    def of_all(self, span: Span) -> tuple[Announced, ...]:
        """By the service, for all committees at once, month by month; empty where it does not know "all"."""
        for everyone in _ALL_COMMITTEES:
            found = dict[MeetingId, Announced]()
            for month in span.months():
                rows = self._by_service(everyone, month)
                found |= {each.id: each for each in rows}
                if not all(month.holds(each) for each in rows):
                    break   # the server ignores the days, and has told all it knows
            if found:
                return tuple(found.values())
        return ()

    def of_committee(self, committee: Committee, span: Span) -> tuple[Announced, ...]:
        """By the service, for one committee: all at once, or in parts where that is too much."""
        number = _number(committee)
        try:
            return self._by_service(number, span)
        except Unreachable:
            parts = tuple(span.chunks())
            if len(parts) < 2:      # the same again
                raise
            return tuple(chain.from_iterable(self._by_service(number, part) for part in parts))

    def on_calendar(self, span: Span, today: date, committees: Sequence[Committee] = ()) -> Iterator[Announced]:
        """By the calendar, for all committees, month by month from `today` onwards, then backwards; each meeting once.

        One that is a committee of `committees` is named as there. A month that cannot be had raises `PageError` after
        all others were given; `FetchError` or `PageError` is raised at once where the calendar seems not to be there.
        Stops backwards, when `span` has no first day, where two years have no meeting.
        """
        walk = CalendarWalk(self._site, self._get, self._council, committees)
        limit = None if span.since > _FIRST_DAY else EMPTY_MONTHS
        return walk.meetings(span.since, span.until, today, limit)

    def on_pages(self, committee: Committee, span: Span) -> Listed:
        """By the committee's own pages, along their links to earlier and later meetings, legacy ones among them.

        Where a page along the links cannot be had, or they do not end, what was found until then is given with why.
        """
        found = dict[MeetingId, Announced]()
        try:
            for shown in self._along_pages(committee, span):
                found |= {each.id: each for each in shown}
        except (OutOfBudget, LeftAlone):
            raise
        except (FetchError, PageError) as error:
            if not found:
                raise
            return Listed(tuple(found.values()), error)
        return Listed(tuple(found.values()))

    def _along_pages(self, committee: Committee, span: Span) -> Iterator[tuple[Announced, ...]]:
        """What each page of a committee's list shows; `PageError` where their links do not end."""
        start = self._site.meetings(_number(committee))
        waiting, asked, given = [(start, 0)], {start}, set[MeetingId]()
        while waiting:
            address, idle = waiting.pop()
            page = self._get(address)
            shown = self._on_page(page, committee)
            yield shown
            idle = 0 if any(each.id not in given for each in shown) else idle + 1
            given.update(each.id for each in shown)
            onward = [link for link in dict.fromkeys(self._onward(page, committee, shown, span)) if link not in asked]
            asked.update(onward)
            if onward and (idle >= _MOST_IDLE or len(asked) > _MOST_PAGES):
                raise PageError(start, f"a list of at most {_MOST_PAGES} pages", "links that go on and on")
            waiting.extend((link, idle) for link in onward)

    def _onward(self, page: Page, committee: Committee, shown: Sequence[Announced], span: Span) -> Iterator[str]:
        """The links of a list's page to more of the same list, as far as they can lead into `span`; of this site alone.

        Where all that the page shows was before the span, what is earlier is not asked for.
        """
        here = as_answered(self._site, page)    # it may have been answered by another host
        early = bool(shown) and all(span.is_after(each) for each in shown)
        for link in links(page):
            given = parameters(link.url)
            if committee_number(link.url) != _number(committee) or not _leads_into(given, span):
                continue
            if early and given.get("act", "").lower() == "earlier":
                continue
            if own := here.own(link.url):
                yield own

    def _on_page(self, page: Page, committee: Committee) -> tuple[Announced, ...]:
        """The meetings on a page of the list; none where the list itself, and not an error page, says "no meetings"."""
        try:
            return pages.read_meeting_list(page, self._council, committee, self._site)
        except PageError:
            says_none = page_name(page.url) == "ieListMeetings.aspx" and b"mgErrorTxt" in page.body
            if says_none and not breaks_off(page):
                return ()
            raise

    def _by_service(self, committee: str, span: Span) -> tuple[Announced, ...]:
        page = self._get(self._site.service_meetings(committee, span.since, span.until))
        return tuple(map(_plain, service.read_meetings(page, self._council)))


def _number(committee: Committee) -> str:
    return ids.local(committee.id or "")


def _plain(announced: Announced) -> Announced:
    """A meeting of the service by the numbers that the pages have for it and its committee."""
    return replace(announced, id=MeetingId(_of_plain(announced.id)), committee=plain_committee(announced.committee))


def plain_committee(committee: Committee) -> Committee:
    """A committee of the service by the number that the pages have for it."""
    return committee if committee.id is None else replace(committee, id=CommitteeId(_of_plain(committee.id)))


def _of_plain(identifier: str) -> str:
    number = ids.local(identifier)
    return identifier.removesuffix(number) + plain_number(number)


def _former(page: Page, site: Site) -> Iterator[str]:
    """The links of a list of committees to the list of those that there were."""
    here = as_answered(site, page)
    for link in links(page):
        own = here.own(link.url) if _FORMER.search(link.text) and committee_number(link.url) is None else None
        if own and page_name(own) in _INDEXES:
            yield f"{site.base}{page_name(own)}?{urlsplit(link.url).query}"    # as it is asked: its query says which


def _leads_into(given: Mapping[str, str], span: Span) -> bool:
    """Whether a list's link with these parameters can show a day of `span`; `D` is a moment, yyyymmddhhmm."""
    way, moment, year = given.get("act", "").lower(), given.get("d", "")[:8], given.get("year", "")
    if way == "earlier":
        return not moment.isdecimal() or moment >= f"{span.since:%Y%m%d}"
    if way == "later":
        return not moment.isdecimal() or moment <= f"{span.until:%Y%m%d}"
    return len(year) == 4 and year.isdecimal() and span.since.year <= int(year) <= span.until.year
