"""One look at one meeting: which of its answers are asked, which are taken from the last look, and what falls short.

The meeting's own answer is always asked. Where it says what it said the last time, the parts of the meeting that have
addresses of their own (attendance, votes, texts in Welsh) are taken from then, for a week; documents for as long as the
site prints the same beside their links.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, TypeVar

from archive.errors import Blocked, Gone, LeftAlone, MinutebookError, PageError, Unreachable, UnreadableFile
from archive.model import LONDON
from crawler.moderngov.gaps import breaks_off
from crawler.moderngov.homing import at_home
from crawler.moderngov.links import links
from crawler.moderngov.sameness import same_content
from crawler.moderngov.urls import Site, base_of, document_key
from crawler.source import Get, Kept, KeptPage, Page, Shortfall

log = logging.getLogger("minutebook.crawl")

_FRESH: Final = timedelta(days=7)   # for so long a part is not asked again while the meeting's own answer is the same

_T = TypeVar("_T")


class Visit:
    """`shortfalls` are the parts that could not be had, `untold` names the fields of the meeting that they tell.

    Every page is read under the base by which it was asked: `elsewhere` are the bases to which that was redirected.
    """

    def __init__(self, get: Get, kept: Kept, today: date) -> None:
        self._get, self._kept, self._today = get, kept, today
        self._same = False
        self._before: Page | None = None
        self._now: Page | None = None
        self.shortfalls: list[Shortfall] = []
        self.untold: set[str] = set()
        self.elsewhere: set[str] = set()

    def main(self, url: str, read: Callable[[Page], _T]) -> _T:
        """The meeting's own answer as `read` reads it: by the web service, then its page if that is needed as well.

        Raises what asking and reading raise.
        """
        kept = self._fresh(url)
        if kept is not None:
            try:
                found = read(kept.page)
            except (PageError, Blocked):
                pass
            else:
                self._before = self._now = kept.page
                return found
        page = self._ask(url)
        before = self._held(url)
        self._now, self._before = page, before.page if before else None
        self._same = before is not None and same_content(before.page, page)
        return read(page)

    def before(self, read: Callable[[Page], _T], now: _T) -> _T | None:
        """What the meeting's own answer that was asked last, and says `now`, said the time before; `None` where that is
        not kept.
        """
        if self._same:
            return now
        try:
            return read(self._before) if self._before is not None else None
        except (Blocked, PageError):
            return None

    def part(self, url: str, read: Callable[[Page], _T], *, shown_whole: bool = True) -> _T:
        """A part of the meeting. One whose changes the meeting's own answer does not show (`shown_whole`) is asked."""
        return self._read(url, read, self._fresh(url) if shown_whole else None)

    def known(self, url: str, read: Callable[[Page], _T]) -> _T | None:
        """A part of the meeting from what is kept of it; `None` where it must be asked. Nothing is asked here."""
        kept = self._fresh(url)
        try:
            return _whole(read, kept.page) if kept else None
        except (Blocked, PageError):
            return None

    def document(self, url: str, read: Callable[[Page], _T]) -> _T:
        """A document of the meeting: asked once, and again when what the meeting's page prints of it has changed."""
        return self._read(url, read, self._held(url) if self._printed_as_before(url) else None)

    def attempt(self, what: str, where: str, action: Callable[[], _T], *untold: str) -> _T | None:
        """What `action` gives; `None`, noted as a shortfall, where that part of the meeting cannot be had.

        `OutOfBudget`, `LeftAlone` and bugs are passed on.
        """
        try:
            return action()
        except LeftAlone:
            raise
        except (Blocked, Gone, PageError, UnreadableFile, Unreachable) as error:
            self.fall_short(what, where, error, *untold)
            return None

    def fall_short(self, what: str, where: str, error: MinutebookError, *untold: str) -> None:
        """Note that a part could not be had."""
        log.info("%s: %s: %s", where, what, error)
        self.shortfalls.append(Shortfall(what, where, error))
        self.untold.update(untold)

    def _read(self, url: str, read: Callable[[Page], _T], kept: KeptPage | None) -> _T:
        """What `read` makes of the kept answer; of a new one where none is kept, or what is kept was no good."""
        if kept is not None:
            try:
                return _whole(read, kept.page)
            except (Blocked, PageError, UnreadableFile):
                log.debug("%s: what is kept cannot be read, so it is asked again", url)
        return _whole(read, self._ask(url))

    def _ask(self, url: str) -> Page:
        page = self._get(url)
        here = base_of(page.url)
        if here != base_of(url):
            self.elsewhere.add(here)
        return _as_asked(page, url)

    def _held(self, url: str) -> KeptPage | None:
        kept = self._kept(url)
        return replace(kept, page=_as_asked(kept.page, url)) if kept else None

    def _fresh(self, url: str) -> KeptPage | None:
        """The kept answer of `url`, if nothing says that the part may have changed since."""
        kept = self._held(url) if self._same else None
        return kept if kept and self._today - kept.fetched.astimezone(LONDON).date() < _FRESH else None

    def _printed_as_before(self, url: str) -> bool:
        return self._before is not None and self._now is not None and (
            self._same or _label(self._before, url) == _label(self._now, url) is not None)


def _as_asked(page: Page, url: str) -> Page:
    """The page under the base of the address that was asked: sites redirect to their other hosts for a night."""
    return replace(page, url=at_home(page.url, Site(base_of(url), (base_of(page.url),))))


def _whole(read: Callable[[Page], _T], page: Page) -> _T:
    if breaks_off(page):
        raise PageError(page.url, "a whole answer", "one that breaks off")
    return read(page)


def _label(page: Page, document: str) -> str | None:
    """What `page` prints as the link to a document, its size with it; `None` where it does not link to it."""
    key = document_key(document)
    return next((link.text for link in links(page) if document_key(link.url) == key), None)
