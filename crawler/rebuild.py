"""Reads all that a council's captures hold into a store that has nothing of it: the database was lost."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import Final, TypeVar

from archive import ids
from archive.captures import Capture, Captures
from archive.errors import CaptureError, FetchError, MinutebookError, PageError, Unreachable
from archive.evidence import leads_to
from archive.finding import ANSWERED
from archive.listings import Door
from archive.model import LONDON, Committee, Council, Meeting, MeetingId, Member
from archive.rosters import as_listed
from archive.runs import Failure
from archive.store import Store
from crawler.clock import Clock, today
from crawler.moderngov import pages, service
from crawler.moderngov.doors import VOTES
from crawler.moderngov.kept_lists import KeptLists, ListReader, number_asked
from crawler.moderngov.urls import Site, committee_number, is_meeting, meeting_number, page_name, parameters
from crawler.network.answers import Answer, is_redirect
from crawler.reparse import OpenSource
from crawler.run import Progress, RunReport, unwatched
from crawler.source import Announced, Page, Reading
from crawler.version import PARSER

log = logging.getLogger("minutebook.crawl")

_TRIES: Final = 8         # answers of one meeting, from the newest backwards, before it counts as unreadable
_LOOKS: Final = 20        # of one meeting, the last ones, that are read again
_REDIRECTS: Final = 10
_VOTES_PAGE: Final = "mgListRecordedVotesShort.aspx"

_T = TypeVar("_T")


class Kept:
    """All good answers that are kept, by address; of those with the same body the first and the last."""

    def __init__(self, each: Iterable[Capture], captures: Captures) -> None:
        self._captures = captures
        self._by_url: dict[str, dict[str, tuple[Capture, ...]]] = {}
        self._spellings: dict[tuple[str | None, ...], str] = {}
        for capture in each:
            if capture.status in ANSWERED or is_redirect(capture.status):
                same = self._by_url.setdefault(capture.url, {})
                several = sorted((*same.get(capture.sha256, ()), capture), key=_fetched)
                same[capture.sha256] = tuple(dict.fromkeys((several[0], several[-1])))
                if capture.status in ANSWERED and is_meeting(capture.url):
                    self._spellings[_thing(capture.url)] = capture.url

    def __iter__(self) -> Iterator[Capture]:
        for url in self._by_url:
            yield from self._of(url)

    def _of(self, url: str) -> Iterator[Capture]:
        for several in self._by_url.get(url, {}).values():
            yield from several

    def meetings(self, site: Site) -> dict[str, list[datetime]]:
        """The meetings of a site of which there is an answer: by number when each run began to look at them."""
        found: dict[str, dict[str, datetime]] = {}
        for url in self._by_url:
            number = number_asked(url) or (meeting_number(url) if is_meeting(url) else None)
            if number and site.own(url):
                looks = found.setdefault(number, {})
                for each in self._of(url):
                    looks[each.file] = min(each.fetched, looks.get(each.file, each.fetched))
        return {number: sorted(looks.values()) for number, looks in found.items()}

    def doors(self, site: Site) -> Mapping[str, Door]:
        """Which of the site's ways are known to be open, of those that are asked only where they are known to be."""
        votes = [each.fetched for each in self if page_name(each.url) == _VOTES_PAGE and site.own(each.url)]
        return {VOTES: Door(worked=True, failures=0, tried=max(votes))} if votes else {}

    def answers(self, *urls: str) -> list[Capture]:
        """The answers of these addresses that give the page, oldest first."""
        return sorted((each for url in urls for each in self._of(url) if each.status in ANSWERED), key=_fetched)

    def last(self, url: str, before: datetime | None) -> Capture | None:
        """The newest answer of an address, made before then; of a meeting's page also one by another spelling."""
        if url not in self._by_url and is_meeting(url):
            url = self._spellings.get(_thing(url), url)
        several = (each for each in self._of(url) if before is None or each.fetched < before)
        return max(several, key=_fetched, default=None)

    def page(self, capture: Capture) -> Page:
        """The answer that a capture is. Raises `CaptureError`, or `FetchError` for one that is no page."""
        body = self._captures.read(capture)
        return Answer(capture.url, capture.status, "", capture.content_type, body).page()

    def target(self, capture: Capture) -> str | None:
        """Where a redirect led."""
        return leads_to(self._captures, capture)


class AsOf:
    """A `Get` that answers as the site did before a moment (`None`: at last); `used` are the captures that it took."""

    def __init__(self, kept: Kept, before: datetime | None = None) -> None:
        self._kept, self._before = kept, before
        self.used: list[Capture] = []

    def __call__(self, url: str) -> Page:
        """The page as it was. Raises `FetchError` and `CaptureError`."""
        at: str | None = url
        for _ in range(_REDIRECTS):
            capture = self._kept.last(at, self._before) if at else None
            if capture is None:
                break
            self.used.append(capture)
            if not is_redirect(capture.status):
                return self._kept.page(capture)
            at = self._kept.target(capture)
        raise Unreachable(url, "no answer of it is kept")

    @property
    def newest(self) -> datetime | None:
        """When the newest answer that was taken was fetched."""
        return max((each.fetched for each in self.used), default=None)


def rebuild(
    council: Council, site: Site, open_source: OpenSource, store: Store, kept: Kept, clock: Clock,
    progress: Progress = unwatched,
) -> RunReport:
    """Reads what is kept of the `council` whose site is `site`, and keeps it as on the day on which it was fetched.

    Each meeting is read as the runs found it, oldest first, so that it has its versions; where its newest answers
    cannot be read, those before them count. What was announced and never fetched is left to the next crawl. Raises
    `StoreError`.
    """
    return _Rebuild(council, site, open_source, store, kept, clock).run(progress)


class _Rebuild:
    def __init__(
        self, council: Council, site: Site, open_source: OpenSource, store: Store, kept: Kept, clock: Clock
    ) -> None:
        self._council, self._site, self._open, self._store = council, site, open_source, store
        self._kept, self._clock = kept, clock
        self._roster: Sequence[Member] = ()    # whom the site last listed, to whom a crawl links
        self._counts: Counter[str] = Counter()
        self._failures: list[Failure] = []
        self._held: set[MeetingId] = set()

    def run(self, progress: Progress) -> RunReport:
        begun, council = self._clock.seconds(), self._council.id
        self._held = self._store.held(council)
        listed = self._attempt("list of members", council, self._members) or ()
        lists = ListReader(self._site, self._council, self._kept.page).read(self._kept)
        self._failures += lists.failures
        self._save_lists(lists)
        announced = {each.id: each for each in lists.announced}
        wanted = self._kept.meetings(self._site)
        for done, (number, looks) in enumerate(wanted.items()):
            progress(done, len(wanted))
            if identifier := ids.meeting_id(council, number):
                what = announced.get(identifier)
                read = partial(self._meeting, identifier, what, lists.committees, looks)
                self._attempt("meeting", identifier, read)
        progress(len(wanted), len(wanted))
        self._counts.update(members=len(listed), failed=len(self._failures))
        self._counts["missing"] = len({each.id for each in lists.announced} - self._store.held(council))
        seconds = self._clock.seconds() - begun
        return RunReport(council, MappingProxyType(dict(self._counts)), tuple(self._failures), seconds=seconds)

    def _members(self) -> tuple[Member, ...]:
        """Whoever is on the newest list that can be read; the older ones say since when, and who left."""
        for capture in self._kept.answers(self._site.service_councillors(), self._site.members()):
            by_service = capture.url == self._site.service_councillors()
            read = service.read_members if by_service else pages.read_members
            with suppress(CaptureError, FetchError, PageError):
                self._save_members(read(self._kept.page(capture), self._council), capture.fetched)
        listed, _, fetched = self._back(lambda get: self._open(self._council, get, ()).members())
        self._save_members(listed, fetched)
        self._roster = as_listed(listed, self._store.roster(self._council.id), today(self._clock))
        return listed

    def _save_members(self, listed: Sequence[Member], fetched: datetime) -> None:
        self._store.save_members(self._council.id, listed, fetched.astimezone(LONDON).date())

    def _save_lists(self, lists: KeptLists) -> None:
        own = [each.fetched for each in self._kept if self._site.own(each.url)]
        council, at = self._council.id, max(own, default=self._clock.now())
        self._store.save_committees(council, lists.committees)
        self._store.save_announced(council, lists.announced, None, None, at, count_missing=False)
        self._counts.update(committees=len(lists.committees), announced=len(lists.announced))

    def _meeting(
        self, identifier: MeetingId, announced: Announced | None, committees: Sequence[Committee],
        looks: Sequence[datetime],
    ) -> None:
        """Save a meeting as each look found it, oldest first: what was taken from it since is in its versions."""
        what = announced or self._back(lambda get: self._unlisted(get, identifier, committees))[0]

        def read(get: AsOf) -> Reading:
            return self._open(self._council, get, self._roster).meeting(what)

        for following in looks[-_LOOKS:][1:]:
            get = AsOf(self._kept, following)
            try:
                self._save(read(get), get.used, get.newest or following)
            except (CaptureError, FetchError, PageError) as error:
                log.info("%s before %s: %s", identifier, following, error)
        saved = self._save(*self._back(read))
        self._counts[saved if identifier in self._held else "new"] += 1

    def _save(self, reading: Reading, used: Sequence[Capture], seen: datetime) -> str:
        for each in reading.translations:
            self._store.save_meeting(each, used, PARSER, seen, observed=False)
        return str(self._store.save_meeting(
            reading.meeting, used, PARSER, seen, observed=False, untold=reading.untold))

    def _unlisted(self, get: AsOf, identifier: MeetingId, committees: Sequence[Committee]) -> Announced:
        """What a meeting says of itself that no kept list has."""
        number, by_number = ids.local(identifier), {ids.local(each.id or ""): each for each in committees}
        address = self._site.meeting(None, number)
        try:
            meeting = service.read_meeting(get(self._site.service_meeting(number)), self._council)
        except (FetchError, PageError):
            meeting = pages.read_meeting(get(address), self._council)
        listed = self._kept.last(address, None)
        of_page = by_number.get(committee_number(listed.url) or "") if listed else None
        committee = of_page or _named(meeting, committees)
        if committee is None or meeting.start is None:
            raise PageError(address, "a meeting with its committee and date", "one that says neither, and no list does")
        return Announced(identifier, committee, meeting.start)

    def _back(self, read: Callable[[AsOf], _T]) -> tuple[_T, tuple[Capture, ...], datetime]:
        """What is read from the newest answers, or those before them where these are no good; from which, and of when.

        Raises why the newest cannot be read where no others can.
        """
        before, first = None, None
        for _ in range(_TRIES):
            get = AsOf(self._kept, before)
            try:
                found = read(get)
            except (CaptureError, FetchError, PageError) as error:
                first = first or error
                if get.newest is None:
                    break
                before = get.newest
            else:
                return found, tuple(get.used), get.newest or self._clock.now()
        raise first or Unreachable(self._site.base, "nothing is kept")

    def _attempt(self, what: str, where: str, action: Callable[[], _T]) -> _T | None:
        try:
            return action()
        except MinutebookError as error:
            self._failures.append(Failure(what, where, str(error)))
        except Exception as error:
            log.exception("%s %s", what, where)
            reason = f"bug: {type(error).__name__}: {error}; the log has the details"
            self._failures.append(Failure(what, where, reason))
        return None


def _fetched(capture: Capture) -> datetime:
    return capture.fetched


def _thing(url: str) -> tuple[str | None, ...]:
    """What a meeting's page shows, whichever its committee is said to be."""
    return page_name(url), meeting_number(url), parameters(url).get("lll")


def _named(meeting: Meeting, committees: Sequence[Committee]) -> Committee | None:
    """The listed committee of that name."""
    name = meeting.committee.name if meeting.committee else ""
    return next((each for each in committees if each.name.casefold() == name.casefold()), None)
