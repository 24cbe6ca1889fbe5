"""One look at one meeting: by the web service or by its pages, and in Welsh as well where the site is bilingual."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from typing import Final

from archive import ids
from archive.errors import FetchError, Gone, LeftAlone, MinutebookError, OutOfBudget, PageError, Unreachable
from archive.model import Attendance, Meeting, MeetingStatus, MinutesStatus
from crawler.minutes.linking import linked
from crawler.moderngov import gaps, service, twins
from crawler.moderngov.doors import WELSH
from crawler.moderngov.homing import meeting_at_home
from crawler.moderngov.listings import is_legacy
from crawler.moderngov.meeting_pages import Around, MeetingPages, expected
from crawler.moderngov.urls import Method, Site
from crawler.moderngov.visit import Visit
from crawler.moderngov.vote_naming import VoteNaming
from crawler.printed.said import said_attendance
from crawler.source import Announced, Page, Reading

_REST: Final = timedelta(days=7)   # after which a site without Welsh pages is asked for one again
_LEGACY: Final = timedelta(days=365)    # no younger meeting has a legacy page
_UNTOLD_BY_PAGES: Final = frozenset({"restricted", "status"})

Pair = tuple[Meeting, Meeting | None]
"""A meeting in English, and in Welsh where the site shows it so."""


class Look:
    """One look at the meeting that is `announced`, by what `visit` asks."""

    def __init__(self, around: Around, announced: Announced, visit: Visit) -> None:
        self._around, self._announced, self._visit = around, announced, visit
        self._pages = MeetingPages(around, announced, visit)

    def read(self) -> Reading:
        """The meeting, whole as far as its parts can be had. Raises `PageError` or `FetchError` when it cannot."""
        if is_legacy(self._announced):
            return self._reading(self._pages.legacy(), None)
        try:
            return self._reading(*self._by_any_door())
        except (Gone, PageError, Unreachable) as error:
            if self._around.today - self._announced.start.date() < _LEGACY:
                raise
            return self._reading(self._legacy_instead_of(error), None)

    def _by_any_door(self) -> Pair:
        by_service = self._around.doors.through(Method.MEETING, self._by_service)
        if by_service is None:
            return self._by_pages()
        untold = self._untold_by_service(by_service)
        if gaps.lacks_minutes(by_service):
            return self._fuller(by_service, untold)
        self._visit.untold |= untold
        english, welsh = self._with_other_language(by_service)
        number = ids.local(self._announced.id)
        return VoteNaming(self._around, number, self._visit).named(english), welsh

    def _untold_by_service(self, found: Meeting) -> set[str]:
        """What a reply does not tell; whether minutes are a draft it does where the reply before said that they were.

        An empty attendance is one that nobody has entered, or that the site does not show.
        """
        before = self._visit.before(self._reply, found)
        untold = {"documents", "title", "votes"}
        if before is None or before.minutes is not MinutesStatus.DRAFT:
            untold.add("draft")
        return untold if found.attendance else untold | {"attendance"}

    def _legacy_instead_of(self, error: MinutebookError) -> Meeting:
        """An old meeting by its legacy page, where today's cannot be had; `error` where there is none either."""
        try:
            return self._pages.legacy()
        except (LeftAlone, OutOfBudget):
            raise
        except (FetchError, PageError):
            raise error from None

    def _reading(self, english: Meeting, welsh: Meeting | None) -> Reading:
        missed = any(each.what == "attendance" for each in self._visit.shortfalls)
        attendance = _listed(english, welsh) or (() if missed else _said(english, welsh))
        meeting = self._completed(replace(english, attendance=attendance))
        self._visit.untold |= _untold_of(meeting)
        twin: Meeting | None = None
        if welsh is not None:
            known = replace(welsh, attendance=attendance, start=meeting.start, status=meeting.status)
            twin = twins.welsh_twin(meeting, self._completed(known))
        shortfalls, untold = tuple(self._visit.shortfalls), frozenset(self._visit.untold)
        return Reading(meeting, (twin,) if twin else (), shortfalls, untold)

    def _completed(self, meeting: Meeting) -> Meeting:
        """`meeting` with what the lists know of it, where it does not say so itself; its people linked."""
        announced = self._announced
        whole = replace(
            meeting,
            id=announced.id,
            committee=announced.committee,
            title=meeting.title or announced.committee.name,
            start=_start(meeting.start, announced.start),
            status=_status(meeting.status, announced.note or ""),
            url=self._pages.address_of(meeting),
        )
        return linked(meeting_at_home(whole, self._site()), self._around.roster)

    def _site(self) -> Site:
        """The site with every base that it is known, or was seen today, to have besides."""
        site, welsh = self._around.site, self._around.welsh
        elsewhere = self._visit.elsewhere - ({welsh.base} if welsh else set())
        return replace(site, aliases=(*site.aliases, *sorted(elsewhere)))

    # By the web service

    def _by_service(self) -> Meeting:
        return self._visit.main(self._around.site.service_meeting(ids.local(self._announced.id)), self._reply)

    def _reply(self, page: Page) -> Meeting:
        """The meeting of a reply, without a title: what replies name are the committees to which items are referred."""
        found = service.read_meeting(page, self._around.council)
        return replace(expected(found, self._announced, page), title=None)

    def _fuller(self, by_service: Meeting, untold: set[str]) -> Pair:
        """The meeting from its pages, where the service gave no minutes; else what the service gave."""
        found = self._visit.attempt("minutes", self._pages.address(), self._by_pages, "paragraphs", "documents")
        if found is None:
            self._visit.untold |= untold
            return by_service, None
        english, welsh = found
        if gaps.has_minutes(english) or _in_welsh(by_service):
            return found
        self._visit.untold -= _UNTOLD_BY_PAGES | {"attendance"} if by_service.attendance else _UNTOLD_BY_PAGES
        self._visit.untold |= untold - {"attendance", "documents", "votes"}
        attendance = by_service.attendance or english.attendance
        return replace(by_service, documents=english.documents, attendance=attendance), welsh

    def _with_other_language(self, found: Meeting) -> Pair:
        """What the service gave, and the page in the language that it is not in (replies do not say which they are)."""
        on_host = self._pages.welsh_address()
        if on_host is not None:
            return found, self._welsh(on_host)
        state = self._around.doors.states().get(WELSH)
        if not found.items or (state and not state.worked and self._around.today - state.tried.date() <= _REST):
            return found, None
        in_welsh = _in_welsh(found)
        address = self._pages.address(twins.ENGLISH if in_welsh else twins.WELSH)
        if state is not None and state.worked:
            other = self._welsh(address)
        else:
            other = self._around.doors.through(WELSH, partial(self._first_in_other_language, address, in_welsh))
        return (other, found) if other is not None and in_welsh else (found, other)

    def _first_in_other_language(self, address: str, in_welsh: bool) -> Meeting:
        """The page in the other language; `PageError` where the site, as most do, has but one."""
        shown = self._pages.other(address)
        if twins.is_welsh_page(shown.page, shown.meeting) is in_welsh:
            raise PageError(address, "the meeting in another language", "the same language")
        return self._pages.whole(shown)

    # By pages

    def _by_pages(self) -> Pair:
        main = self._pages.main()
        language = twins.other_language(main.page, main.meeting)
        on_host = self._pages.welsh_address()
        if on_host is None and language == twins.ENGLISH:
            # The site shows Welsh unless it is asked for English. The English text is the meeting's own: no look
            # without it.
            english = self._pages.other(self._pages.address(language))
            own = self._visit.attempt("Welsh text", self._pages.address(), partial(self._pages.whole, main))
            return self._pages.with_parts(english, main.page), self._welsh_found(own)
        meeting = self._pages.with_parts(main, main.page)
        address = on_host or (self._pages.address(language) if language else None)
        return meeting, self._welsh(address) if address else None

    def _welsh(self, address: str) -> Meeting | None:
        """The meeting in its second language. Without it the first is still worth having."""
        found = self._visit.attempt("Welsh text", address, partial(self._whole, address))
        return self._welsh_found(found)

    def _whole(self, address: str) -> Meeting:
        return self._pages.whole(self._pages.other(address))

    def _welsh_found(self, found: Meeting | None) -> Meeting | None:
        """`found`, by which it is known that the site is bilingual."""
        if found is not None:
            self._around.doors.through(WELSH, lambda: found)
        return found


def _listed(english: Meeting, welsh: Meeting | None) -> tuple[Attendance, ...]:
    """Who attended as the site lists them, in either language."""
    return english.attendance or (welsh.attendance if welsh else ())


def _said(english: Meeting, welsh: Meeting | None) -> tuple[Attendance, ...]:
    """Who attended as the texts of the items say, in either language."""
    return said_attendance(english) or (said_attendance(welsh) if welsh else ())


def _untold_of(meeting: Meeting) -> frozenset[str]:
    """What any reading like this one does not tell: one thing has several addresses, midnight stands for no time."""
    untold = {"addresses"} if meeting.items else {"addresses", "agenda"}
    return frozenset(untold | {"time"} if meeting.start and meeting.start.time() == time(0, 0) else untold)


def _start(said: datetime | None, announced: datetime) -> datetime:
    """The start that a meeting says, with the time that its list has of the same day where it says but the day."""
    if said is None or (said.time() == time(0, 0) and said.date() == announced.date()):
        return announced
    return said


def _in_welsh(meeting: Meeting) -> bool:
    return twins.is_welsh(twins.texts_of(meeting))


def _status(said: MeetingStatus | None, note: str) -> MeetingStatus | None:
    """What a meeting's own page says of it, or the word that the list prints beside its date."""
    if said in (MeetingStatus.CANCELLED, MeetingStatus.POSTPONED, MeetingStatus.HELD):
        return said
    noted = {"cancel": MeetingStatus.CANCELLED, "postpone": MeetingStatus.POSTPONED}
    return next((status for word, status in noted.items() if word in note.casefold()), said)
