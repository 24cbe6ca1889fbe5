"""The walk over one council's ModernGov site, by whichever of its two front doors is open.

The web service gives a meeting with all its items in one answer, but is switched off or walled off on many sites; its
methods are tried each on its own, and what they do not give is read from the pages.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TypeVar

from archive import ids
from archive.errors import Blocked, FetchError, Gone, OutOfBudget, PageError, UnreadableFile
from archive.model import Attendance, Committee, Council, Item, Meeting, MeetingStatus, Member
from crawler.documents.pdf import pdf_blocks
from crawler.minutes.people import linked
from crawler.moderngov import gaps, pages, service
from crawler.moderngov.doors import Doors
from crawler.moderngov.lists import MeetingLists, Span
from crawler.moderngov.urls import Method, Site, base_of
from crawler.printed.reading import read_printed
from crawler.source import Announced, Get, Kept, Page, Reading, nothing_kept

log = logging.getLogger("minutebook.crawl")

_T = TypeVar("_T")


class ModernGovSource:
    """A `crawler.source.Source`. `roster` are its members where the site's list is not read (again)."""

    def __init__(self, council: Council, get: Get, today: date, roster: Sequence[Member] = ()) -> None:
        if council.url is None:
            raise ValueError(f"{council.id} has no address")
        self.council = council
        self._get, self._today = get, today
        self._site = Site(base_of(council.url))
        self._doors = Doors()
        self._lists = MeetingLists(self._site, get, council)
        self._roster = tuple(roster)
        self._committees: tuple[Committee, ...] = ()

    def committees(self) -> tuple[Committee, ...]:
        """All committees that the site lists; `PageError` also where it lists none."""
        found = self._doors.through(Method.COMMITTEES, self._committees_by_service)
        self._committees = found or self._committees_on_page()
        return self._committees

    def _committees_by_service(self) -> tuple[Committee, ...]:
        page = self._get(self._site.service_committees())
        return _some(service.read_committees(page, self.council), page, "committees")

    def _committees_on_page(self) -> tuple[Committee, ...]:
        page = self._get(self._site.committees())
        return _some(pages.read_committees(page, self.council), page, "committees")

    def members(self) -> tuple[Member, ...]:
        """All members that the site lists, whom meetings link to from now on; `PageError` where it lists none."""
        found = self._doors.through(Method.COUNCILLORS, self._members_by_service) or self._members_on_page()
        self._roster = found
        return found

    def _members_by_service(self) -> tuple[Member, ...]:
        page = self._get(self._site.service_councillors())
        return _some(service.read_members(page, self.council), page, "councillors")

    def _members_on_page(self) -> tuple[Member, ...]:
        page = self._get(self._site.members())
        return _some(pages.read_members(page, self.council), page, "members")

    def announced(self, since: date | None, until: date | None) -> Iterator[Announced]:
        """Every meeting that is announced between two days, both included; without one, as far as the site goes.

        A committee whose list cannot be had raises `PageError` after those of all the others.
        """
        span = Span.of(since, until, self._today)
        committees = self._committees or self.committees()
        if sum(1 for _ in span.months()) <= len(committees):
            everywhere = self._doors.through(Method.MEETINGS, partial(self._lists.of_all, span))
            if everywhere:
                yield from everywhere
                return
        failures: list[FetchError | PageError] = []
        for committee in committees:
            try:
                yield from self._of_committee(committee, span)
            except OutOfBudget:
                raise
            except (FetchError, PageError) as error:
                failures.append(error)
        if failures:
            expected = f"lists of meetings of {len(committees)} committees"
            raise PageError(self._site.base, expected, f"{len(failures)} that failed; {failures[0]}") from failures[0]

    def _of_committee(self, committee: Committee, span: Span) -> tuple[Announced, ...]:
        found = self._doors.through(Method.MEETINGS, partial(self._lists.of_committee, committee, span))
        return self._lists.on_pages(committee, span) if found is None else found

    def meeting(self, announced: Announced, _kept: Kept = nothing_kept) -> Reading:
        """One meeting, whole. Raises `PageError` when a page is not what it should be, or `FetchError`."""
        found = self._doors.through(Method.MEETING, partial(self._meeting_by_service, announced))
        if found is None or gaps.lacks_minutes(found):
            found = self._fuller(found, announced)
        return Reading(_completed(linked(found, self._roster), announced, self._site))

    def _meeting_by_service(self, announced: Announced) -> Meeting:
        page = self._get(self._site.service_meeting(ids.local(announced.id)))
        return _expected(service.read_meeting(page, self.council, self._roster), announced, page)

    def _fuller(self, by_service: Meeting | None, announced: Announced) -> Meeting:
        """The meeting from its pages, where the service gave nothing or no minutes; else what the service gave."""
        found = self._meeting_on_page(announced)
        if gaps.lacks_minutes(found):
            found = self._with_printed(found)
        return found if by_service is None or gaps.has_minutes(found) else by_service

    def _meeting_on_page(self, announced: Announced) -> Meeting:
        number = ids.local(announced.id)
        committee = announced.committee.id and ids.local(announced.committee.id)
        page = self._get(self._site.meeting(committee, number))
        found = _expected(pages.read_meeting(page, self.council, self._roster), announced, page)
        cut = gaps.cut_items(page, found)
        items = tuple(self._whole_item(each) if each.id and ids.local(each.id) in cut else each for each in found.items)
        attendance = found.attendance or (self._attendance(number) if gaps.attendance_linked(page) else ())
        return replace(found, items=items, attendance=attendance)

    def _whole_item(self, item: Item) -> Item:
        """An item with the text of its own page, where the meeting's page cuts it."""
        page = self._get(self._site.item(ids.local(item.id or "")))
        whole = pages.read_item(page, self.council, self._roster)
        return replace(
            item,
            agenda=whole.agenda or item.agenda,
            paragraphs=whole.paragraphs,
            resolutions=whole.resolutions,
            people=whole.people,
        )

    def _attendance(self, number: str) -> tuple[Attendance, ...]:
        """The attendance page. Without it a meeting is still worth having; a site that is down comes back."""
        try:
            page = self._get(self._site.attendance(number))
            return pages.read_attendance(page, self.council, self._roster)
        except (Blocked, Gone, PageError) as error:
            log.warning("meeting %s: the attendance could not be read: %s", number, error)
            return ()

    def _with_printed(self, meeting: Meeting) -> Meeting:
        """The meeting with what its printed minutes say. Without them its agenda is still worth having."""
        document = gaps.printed_minutes(meeting)
        if document is None or document.url is None:
            return meeting
        try:
            page = self._get(document.url)
            printed = self._printed(page, meeting)
        except (Blocked, Gone, PageError, UnreadableFile) as error:
            log.warning("%s: the printed minutes could not be read: %s", meeting.id, error)
            return meeting
        return gaps.with_printed(meeting, printed)

    def _printed(self, page: Page, meeting: Meeting) -> Meeting:
        return read_printed(
            pdf_blocks(page.body, page.url),
            name=page.url,
            council=self.council.id,
            committee=meeting.committee.name if meeting.committee else None,
            day=meeting.start.date() if meeting.start else None,
            roster=self._roster,
        )


def _some(found: tuple[_T, ...], page: Page, what: str) -> tuple[_T, ...]:
    """`found`, which is never empty: an empty list is a page that changed, not a council without members."""
    if not found:
        raise PageError(page.url, f"a list of {what}", "none in it")
    return found


def _expected(meeting: Meeting, announced: Announced, page: Page) -> Meeting:
    if meeting.id not in (None, announced.id):
        raise PageError(page.url, f"meeting {announced.id}", f"meeting {meeting.id}")
    return meeting


def _completed(meeting: Meeting, announced: Announced, site: Site) -> Meeting:
    """`meeting` with what the lists know of it, where it does not say so itself."""
    committee = announced.committee.id and ids.local(announced.committee.id)
    return replace(
        meeting,
        id=announced.id,
        committee=announced.committee,
        title=meeting.title or announced.committee.name,
        start=meeting.start or announced.start,
        status=_status(meeting.status, announced.note or ""),
        url=site.meeting(committee, ids.local(announced.id)),
    )


def _status(said: MeetingStatus | None, note: str) -> MeetingStatus | None:
    """What a meeting's own page says of it, or the word that the list prints beside its date."""
    if said in (MeetingStatus.CANCELLED, MeetingStatus.POSTPONED, MeetingStatus.HELD):
        return said
    noted = {"cancel": MeetingStatus.CANCELLED, "postpone": MeetingStatus.POSTPONED}
    return next((status for word, status in noted.items() if word in note.casefold()), said)
