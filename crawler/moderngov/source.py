"""The walk over one council's ModernGov site, by whichever of its doors is open.

The web service gives a meeting with all its items in one answer, but is switched off or walled off on many sites; its
methods are tried each on its own, and what they do not give is read from the pages: the lists of each committee, and
where those cannot be had the calendar.
"""

import logging
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import partial
from typing import Final, TypeVar
from urllib.parse import urlsplit, urlunsplit

from archive import ids
from archive.errors import FetchError, LeftAlone, OutOfBudget, PageError
from archive.listings import Door
from archive.model import Committee, CommitteeId, Council, MeetingId, Member
from archive.rosters import as_listed
from crawler.documents.ocr import Recognise, recognised
from crawler.moderngov import pages, service
from crawler.moderngov.doors import LISTS, Doors
from crawler.moderngov.listings import is_legacy
from crawler.moderngov.lists import Listed, MeetingLists, Span, plain_committee
from crawler.moderngov.looking import Look
from crawler.moderngov.meeting_pages import Around
from crawler.moderngov.urls import Method, Site, base_of
from crawler.moderngov.visit import Visit
from crawler.source import Announced, Get, Kept, ListsFailed, Page, Reading, nothing_kept

log = logging.getLogger("minutebook.crawl")

_IN_A_ROW: Final = 10      # lists that fail by every door: then the site is in trouble, not the committees
_FEW_MONTHS: Final = 24    # so many steps are taken for all committees at once where no committee is known

_T = TypeVar("_T")


@dataclass(slots=True)
class _Walked:
    """What a walk over the lists came to: the meetings `given`, the committees whose lists were `had` whole, and why
    others could not be had.
    """

    given: set[MeetingId] = field(default_factory=set)
    had: set[CommitteeId | None] = field(default_factory=set)
    failures: list[FetchError | PageError] = field(default_factory=list)


class ModernGovSource:
    """A `crawler.source.Source`.

    `roster` are its members, as far as they are known before the site's list is read (again). `doors` are those that
    the last run left. `welsh` is the base of the site's Welsh pages where they have a host of their own, `aliases`
    are its other hosts.
    `recognise` reads the words of printed minutes that are pictures.
    """

    def __init__(
        self,
        council: Council,
        get: Get,
        today: date,
        roster: Sequence[Member] = (),
        doors: Doors | None = None,
        welsh: str | None = None,
        aliases: Sequence[str] = (),
        recognise: Recognise = recognised,
    ) -> None:
        if council.url is None:
            raise ValueError(f"{council.id} has no address")
        self.council = council
        self._get, self._today = get, today
        base = base_of(council.url)
        self._site = Site(base, tuple(urlunsplit(urlsplit(base)._replace(netloc=host)) for host in aliases))
        self._welsh = Site(base_of(welsh)) if welsh else None
        self._doors = doors or Doors(now=datetime.combine(today, time(), UTC))
        self._lists = MeetingLists(self._site, get, council)
        self._roster = tuple(roster)
        self._recognise = recognise
        self._committees: tuple[Committee, ...] = ()
        self._no_committees: FetchError | PageError | None = None
        self._doubt: PageError | None = None
        self._service_lists = False     # whether the service has listed a meeting: until then its "none" is doubted

    def ways(self) -> Mapping[str, Door]:
        """What became of each way into the site."""
        return self._doors.states()

    def committees(self) -> tuple[Committee, ...]:
        """All committees that the site lists; `PageError` also where it lists none."""
        try:
            found = self._doors.through(Method.COMMITTEES, self._committees_by_service)
            self._committees = found or self._lists.committees()
        except (FetchError, PageError) as error:
            self._no_committees = error
            raise
        return self._committees

    def _committees_by_service(self) -> tuple[Committee, ...]:
        page = self._get(self._site.service_committees())
        found = map(plain_committee, service.read_committees(page, self.council))
        return _some(tuple(found), page, "committees")

    def members(self) -> tuple[Member, ...]:
        """All members that the site lists, whom meetings link to from now on; `PageError` where it lists none."""
        found = self._doors.through(Method.COUNCILLORS, self._members_by_service) or self._members_on_page()
        self._roster = as_listed(found, self._roster, self._today)
        return found

    def _members_by_service(self) -> tuple[Member, ...]:
        page = self._get(self._site.service_councillors())
        return _some(service.read_members(page, self.council), page, "councillors")

    def _members_on_page(self) -> tuple[Member, ...]:
        page = self._get(self._site.members())
        return _some(pages.read_members(page, self.council), page, "members")

    def announced(self, since: date | None, until: date | None) -> Iterator[Announced]:
        """Every meeting that is announced between two days, both included; without one, all there are.

        A meeting is given once by each committee that lists it; so are those of other days that the lists show.

        Lists that cannot be had raise `ListsFailed` after all others were given, unless the calendar stands in for
        them (`PageError` or `FetchError` where the committees are not known). After ten in a row no others are asked.
        Which committee's list is asked first changes from day to day, so that nights whose budget is smaller than all
        the lists come to every one of them; the order says nothing.
        Where all there are is asked for, the pages are asked besides the web service, which may not know legacy ones,
        and a site that lists no meeting at all raises `PageError`.
        """
        span = Span.of(since, until, self._today)
        committees, failures = self._known_committees()
        if sum(1 for _ in span.months()) <= (len(committees) or _FEW_MONTHS):
            everywhere = self._doors.through(Method.MEETINGS, partial(self._lists.of_all, span))
            if everywhere:
                yield from everywhere
                return
        walked = _Walked(failures=failures)
        gave_up = yield from self._by_committees(committees, span, walked, everything=since is None)
        self._shut_what_lies()
        if gave_up or len(failures) * 2 > len(committees):
            yield from self._by_calendar(span, committees, walked)
        elif failures:
            raise self._lists_failed(committees, walked) from failures[0]
        if since is None and span.until >= self._today and not walked.given:
            raise PageError(self._site.base, f"a meeting in any of {len(committees)} committees", "none in their lists")

    def _by_committees(
        self, committees: Sequence[Committee], span: Span, walked: _Walked, *, everything: bool
    ) -> Generator[Announced, None, bool]:
        """What the lists of the committees have; whether so many in a row failed that it was given up."""
        in_a_row = 0
        for committee in _in_turn(committees, self._today):
            try:
                listed = self._of_committee(committee, span, everything=everything)
            except (OutOfBudget, LeftAlone):
                raise
            except (FetchError, PageError) as error:
                walked.failures.append(error)
                in_a_row += 1
                if in_a_row == _IN_A_ROW:
                    return True
                continue
            in_a_row = 0
            if listed.failure is None:
                walked.had.add(committee.id)
            else:
                walked.failures.append(listed.failure)
            walked.given.update(each.id for each in listed.found)
            yield from _new(listed.found, set())
        return False

    def _known_committees(self) -> tuple[tuple[Committee, ...], list[FetchError | PageError]]:
        """The committees, or why they cannot be had; asked once."""
        if self._no_committees is not None and not isinstance(self._no_committees, OutOfBudget | LeftAlone):
            return (), [self._no_committees]
        try:
            return self._committees or self.committees(), []
        except (OutOfBudget, LeftAlone):
            raise
        except (FetchError, PageError) as error:
            return (), [error]

    def _of_committee(self, committee: Committee, span: Span, *, everything: bool) -> Listed:
        """The meetings of a committee by the service, else by its pages; by both where the service may not know all."""
        shown: Listed | None = None

        def by_service() -> tuple[Announced, ...]:
            nonlocal shown
            rows = self._lists.of_committee(committee, span)
            if not rows and not self._service_lists:
                shown = self._added_by_pages(committee, span)
                asked_for = tuple(filter(span.holds, shown.found if shown else ()))
                self._doubt = _doubt(committee, asked_for, self._site) or self._doubt
                raise self._doubt or _NothingToTell
            self._service_lists = self._service_lists or bool(rows)
            return rows

        try:
            found = self._doors.through(Method.MEETINGS, by_service)
        except _NothingToTell:
            return shown or Listed()
        if found is None:
            return self._on_pages(committee, span) if shown is None else shown
        if everything and shown is None:
            shown = self._added_by_pages(committee, span)
        added = shown.found if shown else ()
        legacy = tuple(filter(is_legacy, added))    # first, for the service does not say so
        return Listed(legacy + found + added)

    def _shut_what_lies(self) -> None:
        """Leaves a service alone that has listed nothing at all, where the pages have: it would each night again."""
        if self._doubt is None or self._service_lists:
            return
        doubt = self._doubt

        def lies() -> None:
            raise doubt

        while self._doors.open(Method.MEETINGS):
            self._doors.through(Method.MEETINGS, lies)

    def _added_by_pages(self, committee: Committee, span: Span) -> Listed | None:
        """What the pages have of a committee whose list the service gave; they may be missing."""
        return self._doors.through(LISTS, partial(self._lists.on_pages, committee, span))

    def _on_pages(self, committee: Committee, span: Span) -> Listed:
        """A committee's list by its pages, if those are worth asking for."""
        failure: FetchError | PageError = PageError(self._site.base, f"the meetings of {committee.name}", _SHUT)

        def pages_of_it() -> Listed:
            nonlocal failure
            try:
                return self._lists.on_pages(committee, span)
            except (FetchError, PageError) as error:
                failure = error
                raise

        found = self._doors.through(LISTS, pages_of_it)
        if found is None:
            raise failure
        return found

    def _by_calendar(self, span: Span, committees: tuple[Committee, ...], walked: _Walked) -> Iterator[Announced]:
        """What the calendar has besides what was given; why the lists failed is raised where it cannot be had whole.

        So it is where there is no meeting by either: a site in trouble shows the same error page everywhere, which in
        the place of a calendar is that of a month without meetings.
        """
        log.info("%s: %d lists of meetings failed, so the calendar is read", self._site.base, len(walked.failures))
        try:
            yield from _new(self._lists.on_calendar(span, self._today, committees), walked.given)
        except (OutOfBudget, LeftAlone):
            raise
        except (FetchError, PageError) as error:
            raise self._lists_failed(committees, walked) from error
        if not walked.given:
            raise self._lists_failed(committees, walked)

    def _lists_failed(self, committees: Sequence[Committee], walked: _Walked) -> FetchError | PageError:
        """Why lists could not be had, and whose; only the first reason where it is not known who there is."""
        failures = walked.failures
        if not committees:
            return failures[0]
        expected = f"lists of meetings of {len(committees)} committees"
        found = f"{len(failures)} that failed; {failures[0]}"
        failed = frozenset(each.id for each in committees if each.id is not None and each.id not in walked.had)
        return ListsFailed(self._site.base, expected, found, failed)

    def address(self, announced: Announced) -> str:
        """The page of an announced meeting."""
        committee = announced.committee.id and ids.local(announced.committee.id)
        return self._site.meeting(committee, ids.local(announced.id))

    def meeting(self, announced: Announced, kept: Kept = nothing_kept) -> Reading:
        """One meeting, whole as far as its parts can be had.

        Raises `PageError` when its own page is not what it should be, or `FetchError`.
        """
        around = Around(self._site, self.council, self._doors, self._roster, self._today, self._welsh, self._recognise)
        return Look(around, announced, Visit(self._get, kept, self._today)).read()


_SHUT: Final = "that such lists have failed in a row and are left alone for a week"


class _NothingToTell(Exception):
    """A committee has no meetings by either door, which says nothing of the doors."""


def _in_turn(committees: Sequence[Committee], today: date) -> Sequence[Committee]:
    """The committees from another one on each day."""
    first = today.toordinal() % len(committees) if committees else 0
    return (*committees[first:], *committees[:first])


def _doubt(committee: Committee, shown: Sequence[Announced], site: Site) -> PageError | None:
    """What is wrong with a service that knows no meeting of a committee: some say "none" of everything."""
    known = sum(1 for each in shown if not is_legacy(each))
    if not known:
        return None
    found = f"none, though its pages show {known}"
    return PageError(site.service(Method.MEETINGS), f"the meetings of {committee.name}", found)


def _new(found: Iterator[Announced] | Sequence[Announced], given: set[MeetingId]) -> Iterator[Announced]:
    """Those of `found` that are not among `given`, which they join."""
    for each in found:
        if each.id not in given:
            given.add(each.id)
            yield each


def _some(found: tuple[_T, ...], page: Page, what: str) -> tuple[_T, ...]:
    """`found`, which is never empty: an empty list is a page that changed, not a council without members."""
    if not found:
        raise PageError(page.url, f"a list of {what}", "none in it")
    return found
