"""The wiring of `reparse`: everything that is held, read again from the kept captures."""

from collections.abc import Sequence

from archive.captures import Captures
from archive.model import Council, CouncilId, Member
from crawler.clock import SystemClock, today
from crawler.moderngov.source import ModernGovSource
from crawler.reparse import reparse
from crawler.run import RunReport
from crawler.source import Get
from web.desk import Desk
from web.progress import Bars


def reparse_all(desk: Desk, councils: Sequence[CouncilId], bars: Bars) -> tuple[RunReport, ...]:
    """Read what is held of `councils`, or of all, again; the reports in their order. Raises `UnknownId`."""
    chosen = [desk.store.council(each) for each in councils] if councils else desk.store.councils()
    clock = SystemClock()
    captures = Captures(desk.home.captures, desk.store.capture_of)

    settings = {each.council.id: each for each in desk.config.councils}

    def source(council: Council, get: Get, roster: Sequence[Member]) -> ModernGovSource:
        own = settings.get(council.id)
        welsh, aliases = (own.welsh, own.aliases) if own else (None, ())
        return ModernGovSource(council, get, today(clock), roster, welsh=welsh, aliases=aliases)

    return tuple(reparse(each.id, source, desk.store, captures, clock, bars(each.name)) for each in chosen)
