"""The wiring of `reparse`: everything that is held, or that captures alone still hold, read again from them."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from archive.captures import Captures
from archive.checking import take_in
from archive.config import CouncilSettings
from archive.listings import Door
from archive.model import Council, CouncilId, Member
from crawler.clock import SystemClock, today
from crawler.documents.ocr import Remembering
from crawler.moderngov.doors import Doors
from crawler.moderngov.source import ModernGovSource
from crawler.moderngov.urls import Site, base_of
from crawler.rebuild import Kept, rebuild
from crawler.reparse import reparse
from crawler.run import RunReport
from crawler.source import Get
from web.desk import Desk
from web.progress import Bars

_NO_DOORS: Final[Mapping[str, Door]] = MappingProxyType({})


def rebuild_all(desk: Desk, councils: Sequence[CouncilId], bars: Bars) -> tuple[RunReport, ...]:
    """Bring back what the captures hold of councils (these, or all in the settings) of which the store has nothing.

    That is so where the database was lost: no meeting is held, or no crawl is known, though meetings were captured.
    """
    captures, clock = Captures(desk.home.captures, desk.store.capture_of), SystemClock()
    take_in(desk.store, captures, None)
    lost = [each for each in desk.config.councils
            if (not councils or each.council.id in councils) and _has_nothing(desk, each.council)]
    if not lost:
        return ()
    kept, reports = Kept(desk.store.each_capture(), captures), []
    for each in lost:
        site = _site(each)
        if kept.meetings(site):
            desk.store.save_council(each.council)
            source = _Sources(desk, clock, kept.doors(site)).of
            step = bars(each.council.name)
            reports.append(rebuild(each.council, site, source, desk.store, kept, clock, step))
    return tuple(reports)


def reparse_all(desk: Desk, councils: Sequence[CouncilId], bars: Bars) -> tuple[RunReport, ...]:
    """Read what is held of `councils`, or of all, again; the reports in their order. Raises `UnknownId`."""
    chosen = [desk.store.council(each) for each in councils] if councils else desk.store.councils()
    clock = SystemClock()
    captures = Captures(desk.home.captures, desk.store.capture_of)
    source, recognise = _Sources(desk, clock).of, Remembering(desk.home.recognised)
    return tuple(
        reparse(each.id, source, desk.store, captures, clock, bars(each.name), recognise) for each in chosen
    )


class _Sources:
    """Makes the source of a council by the settings; each begins with the `doors` that are known."""

    def __init__(self, desk: Desk, clock: SystemClock, doors: Mapping[str, Door] = _NO_DOORS) -> None:
        self._settings, self._clock = {each.council.id: each for each in desk.config.councils}, clock
        self._doors = dict(doors)
        self._recognise = Remembering(desk.home.recognised)

    def of(self, council: Council, get: Get, roster: Sequence[Member]) -> ModernGovSource:
        """A `crawler.reparse.OpenSource`."""
        own = self._settings.get(council.id)
        welsh, aliases = (own.welsh, own.aliases) if own else (None, ())
        doors = Doors(self._doors, self._clock.now())
        return ModernGovSource(
            council, get, today(self._clock), roster, doors=doors, welsh=welsh, aliases=aliases,
            recognise=self._recognise)


def _has_nothing(desk: Desk, council: Council) -> bool:
    return bool(council.url) and (not desk.store.held(council.id) or not desk.store.runs(council.id, 1))


def _site(settings: CouncilSettings) -> Site:
    base = base_of(settings.council.url or "")
    return Site(base, tuple(urlunsplit(urlsplit(base)._replace(netloc=host)) for host in settings.aliases))
