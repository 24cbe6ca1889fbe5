"""A meeting by its pages: its own page in either language, and the pages of what that one leaves out."""

import logging
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Final

from archive import ids
from archive.errors import NeedsOcr, PageError, UnreadableFile
from archive.model import LONDON, Attendance, Council, Item, Meeting, MeetingStatus, Member
from crawler.documents.ocr import Recognise, read_or_recognised, recognised
from crawler.moderngov import gaps, pages, twins, votes
from crawler.moderngov.doors import Doors
from crawler.moderngov.legacy import read_legacy
from crawler.moderngov.urls import LEGACY_PAGE, Site, base_of, page_name, parameters
from crawler.moderngov.visit import Visit
from crawler.printed.reading import read_printed
from crawler.source import Announced, Page

log = logging.getLogger("minutebook.crawl")

_OFF: Final = (MeetingStatus.CANCELLED, MeetingStatus.POSTPONED)


@dataclass(frozen=True, slots=True)
class Around:
    """What reading any meeting of a site needs. `welsh` is the site's Welsh twin on a host of its own.

    `recognise` reads documents whose pages are pictures.
    """

    site: Site
    council: Council
    doors: Doors
    roster: tuple[Member, ...]
    today: date
    welsh: Site | None = None
    recognise: Recognise = recognised


@dataclass(frozen=True, slots=True)
class Shown:
    """A meeting as its page shows it, and the page."""

    meeting: Meeting
    page: Page


class MeetingPages:
    """The pages of one meeting, asked in one visit. Methods raise `PageError` or `FetchError` unless they say else."""

    def __init__(self, around: Around, announced: Announced, visit: Visit) -> None:
        self._around, self._announced, self._visit = around, announced, visit
        self._site, self._council = around.site, around.council
        self._number = ids.local(announced.id)
        self._committee = announced.committee.id and ids.local(announced.committee.id)

    def address(self, language: str | None = None) -> str:
        """The meeting's page, in a language (`LLL`) or as the site shows it by itself."""
        if language is None:
            return self._site.meeting(self._committee, self._number)
        given = {"CId": self._committee} if self._committee else {}
        return self._site.page("ieListDocuments.aspx", **given, MId=self._number, LLL=language)

    def welsh_address(self) -> str | None:
        """The meeting's page on the Welsh host, where the site has one."""
        welsh = self._around.welsh
        return None if welsh is None else welsh.meeting(self._committee, self._number)

    def address_of(self, meeting: Meeting) -> str:
        """The page that shows `meeting` in its language."""
        url = meeting.url or ""
        welsh = self._around.welsh
        apart = "lll" in parameters(url) or page_name(url) == LEGACY_PAGE or (welsh and base_of(url) == welsh.base)
        return url if apart else self.address()

    def main(self) -> Shown:
        """The meeting's page; texts that it cuts are still cut. Pages say what is restricted by titles at most, and
        that a meeting is off not at all where the web service alone does: unless they said so the time before.
        """
        shown = self._visit.main(self.address(), self._read)
        self._visit.untold.add("restricted")
        before = self._visit.before(self._read, shown)
        if before is None or before.meeting.status not in _OFF:
            self._visit.untold.add("status")
        return shown

    def legacy(self) -> Meeting:
        """The meeting by the one page that sites of before about 2008 had for it."""
        day = self._announced.start.astimezone(LONDON).date()
        url = self._site.legacy(self._committee, self._number, day)
        found = self._visit.main(url, partial(read_legacy, council=self._council))
        return replace(found, url=url)

    def other(self, address: str) -> Shown:
        """The meeting's page in its second language; texts that it cuts are still cut."""
        return self._visit.part(address, self._read)

    def whole(self, shown: Shown) -> Meeting:
        """The meeting with the texts that its page cuts."""
        cut = gaps.cut_items(shown.page, shown.meeting)
        items = (self._whole_item(each, shown.page) if _is_among(each, cut) else each for each in shown.meeting.items)
        return replace(shown.meeting, items=tuple(items))

    def _read(self, page: Page) -> Shown:
        if gaps.breaks_off(page):
            raise PageError(page.url, "a whole page of a meeting", "one that breaks off")
        found = expected(pages.read_meeting(page, self._council), self._announced, page)
        other = gaps.another_meeting(page, found, self._number)
        if other is not None:
            raise PageError(page.url, f"meeting {self._number}", f"meeting {other}")
        return Shown(twins.items_beside(found, page.url), page)

    def with_parts(self, shown: Shown, page: Page) -> Meeting:
        """The meeting with what else the site has of it, as the links of `page` say; what fails is a shortfall."""
        meeting = self._with_whole_items(shown)
        if not meeting.attendance and gaps.attendance_linked(page):
            meeting = replace(meeting, attendance=self._attendance())
        meeting = self._with_votes(meeting, page)
        whole = self._with_printed(meeting) if gaps.lacks_minutes(meeting) else meeting
        if not whole.attendance and not gaps.attendance_linked(page):
            self._visit.untold.add("attendance")
        return whole

    def _with_whole_items(self, shown: Shown) -> Meeting:
        items = list(shown.meeting.items)
        cut = gaps.cut_items(shown.page, shown.meeting)
        for at, item in enumerate(items):
            if _is_among(item, cut):
                read = partial(self._whole_item, item, shown.page)
                items[at] = self._visit.attempt("item", _address_of(item, shown.page), read, item.id or "") or item
        return replace(shown.meeting, items=tuple(items))

    def _whole_item(self, item: Item, page: Page) -> Item:
        """An item with the text of its own page, which is always asked: the meeting's page shows no change of it."""
        read = partial(pages.read_item, council=self._council)
        whole = self._visit.part(_address_of(item, page), read, shown_whole=False)
        return replace(
            item,
            agenda=whole.agenda or item.agenda,
            paragraphs=whole.paragraphs,
            resolutions=whole.resolutions,
            people=whole.people,
            declarations=whole.declarations,
            movements=whole.movements,
        )

    def _attendance(self) -> tuple[Attendance, ...]:
        url = self._site.attendance(self._number)
        read = partial(pages.read_attendance, council=self._council)
        found = self._visit.attempt("attendance", url, partial(self._visit.part, url, read), "attendance")
        return found or ()

    def _with_votes(self, meeting: Meeting, page: Page) -> Meeting:
        """The meeting with the names of its recorded votes, where its minutes have them not."""
        found: list[tuple[str | None, votes.RecordedVote]] = []
        for link in votes.votes_links(page, self._site, self._number, meeting):
            read = partial(self._visit.part, link.url, votes.read_votes)
            recorded = self._visit.attempt("recorded votes", link.url, read, "votes")
            found.extend((link.item, vote) for vote in recorded or ())
        return votes.with_votes(meeting, found) if found else meeting

    def _with_printed(self, meeting: Meeting) -> Meeting:
        """The meeting with what its printed minutes say. Without them its agenda is still worth having."""
        document = gaps.printed_minutes(meeting)
        if document is None or document.url is None:    # not linked this time, or written in a way that is not known
            self._visit.untold.add("paragraphs")
            return meeting
        told = ("paragraphs",) if meeting.attendance else ("paragraphs", "attendance")
        read = partial(self._visit.document, document.url, partial(self._printed, meeting))
        try:
            printed = self._visit.attempt("printed minutes", document.url, read, *told)
        except NeedsOcr as error:    # kept, and read once it can be; no failure of this look
            log.info("%s", error)
            self._visit.untold.update(told)
            return gaps.with_scan(meeting, document)
        if printed is None:
            return meeting
        minutes, is_whole = printed
        return gaps.with_printed(meeting if is_whole else gaps.with_scan(meeting, document), minutes)

    def _printed(self, meeting: Meeting, page: Page) -> tuple[Meeting, bool]:
        """The meeting of printed minutes, and whether the words of all their pages could be read."""
        read = read_or_recognised(page.body, page.url, self._around.recognise)
        try:
            minutes = read_printed(
                read.blocks,
                name=page.url,
                council=self._council.id,
                committee=meeting.committee.name if meeting.committee else None,
                day=meeting.start.date() if meeting.start else None,
            )
        except UnreadableFile as error:
            if read.pictures:    # what makes them minutes may stand on those
                raise NeedsOcr(f"{page.url}: needs OCR: some of its pages are pictures") from error
            raise
        return minutes, not read.pictures


def expected(meeting: Meeting, announced: Announced, page: Page) -> Meeting:
    """`meeting`, unless it says that it is another one than was asked for: then `PageError`."""
    if meeting.id not in (None, announced.id):
        raise PageError(page.url, f"meeting {announced.id}", f"meeting {meeting.id}")
    return meeting


def _is_among(item: Item, numbers: frozenset[str]) -> bool:
    return item.id is not None and ids.local(item.id) in numbers


def _address_of(item: Item, page: Page) -> str:
    return twins.item_beside(page.url, ids.local(item.id or ""))
