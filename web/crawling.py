"""The wiring of a crawl: settings, captures, polite fetchers that stand in shared queues, and a source a council."""

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Final
from urllib.parse import urlsplit

from archive.captures import Capture, Captures, CaptureWriter
from archive.checking import take_in
from archive.config import Config, CouncilSettings
from archive.errors import InputError
from archive.model import Council, CouncilId
from archive.runs import Failure
from archive.store import Store
from crawler.clock import Clock, StoppableClock, today
from crawler.documents.ocr import Remembering
from crawler.moderngov.doors import Doors
from crawler.moderngov.recognise import PLATFORM
from crawler.moderngov.source import ModernGovSource
from crawler.network.fetch import Fetcher
from crawler.network.limits import Limits
from crawler.network.memory import Memory as EarlierAnswers
from crawler.network.memory import no_memory
from crawler.network.politeness import user_agent
from crawler.network.shared import Shared, shared_by_all
from crawler.rotation import Windows
from crawler.run import RunReport, Scope, crawl
from web.desk import Desk
from web.progress import Bars

log = logging.getLogger("minutebook.crawl")

MEANWHILE: Final = 300.0
"""Seconds of a crawl after which what is new is indexed: a first crawl takes days, and is to be searched meanwhile."""

_NEVER: Final = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Pace:
    """What the command line says of manners.

    `delay` in seconds (`None` as in the settings), `requests` for each council, `minutes` for the whole command.
    `again` says whether what fails in passing is asked again; not while somebody waits at a terminal.
    """

    delay: float | None = None
    requests: int | None = None
    minutes: float | None = None
    again: bool = True


def delay_of(settings: CouncilSettings | None, config: Config, pace: Pace) -> float:
    """Seconds between two requests: as the command line says, else the council's own settings, else those of all."""
    if pace.delay is not None:
        return pace.delay
    own = settings.delay if settings else None
    return config.delay if own is None else own


def windows(config: Config) -> Windows:
    """When meetings are looked at again, by the settings."""
    return Windows(
        config.nightly_days_back, config.nightly_days_ahead, config.weekly_days_back, config.longest_days_between,
        config.weekly_days_between)


class Memory:
    """A `crawler.network.memory.Memory`: what the store knows of the answers of earlier nights."""

    def __init__(self, store: Store, captures: Captures) -> None:
        self._store, self.read = store, captures.read

    def last(self, url: str) -> Capture | None:
        """The last good capture of that address."""
        return self._store.capture_at(url, answered=True)


@dataclass(frozen=True, slots=True)
class Night:
    """What all councils of one command share: the manners, the queues and the captures."""

    desk: Desk
    config: Config
    pace: Pace
    captures: Captures
    writer: CaptureWriter
    shared: Shared
    stopper: StoppableClock

    def fetcher(self, url: str, settings: CouncilSettings | None = None, allow: Sequence[str] = ()) -> Fetcher:
        """A polite fetcher for the site at `url`, by the settings of its council if it has any."""
        store = self.desk.store
        return Fetcher(
            url,
            self.writer,
            self.shared.clock,
            agent=user_agent(self.config.contact),
            allow=settings.allow if settings else allow,
            aliases=_aliases(settings),
            certificate=settings.certificate if settings else None,
            council=settings.council.id if settings else None,
            limits=self._limits(settings),
            ledger=store.save_request,
            memory=self._memory(settings),
            shared=self.shared,
        )

    def _memory(self, settings: CouncilSettings | None) -> EarlierAnswers:
        """What earlier nights left; nothing at a first crawl, whose thousands of pages need not be looked for."""
        first = settings is not None and not self.desk.store.runs(settings.council.id, limit=1)
        return no_memory if first else Memory(self.desk.store, self.captures)

    def _limits(self, settings: CouncilSettings | None) -> Limits:
        return Limits(
            delay=delay_of(settings, self.config, self.pace),
            read=self.config.timeout,
            size=self.config.max_page_bytes,
            pauses=Limits().pauses if self.pace.again else (),
            requests=self.pace.requests,
            minutes=self.pace.minutes,
        )


def _aliases(settings: CouncilSettings | None) -> tuple[str, ...]:
    """The hosts that are the council's own besides that of its address."""
    if settings is None:
        return ()
    welsh = (urlsplit(settings.welsh).netloc,) if settings.welsh else ()
    return settings.aliases + welsh


@contextmanager
def night(desk: Desk, config: Config, pace: Pace, clock: StoppableClock) -> Iterator[Night]:
    """What a command needs that asks the network; its captures are closed at the end."""
    captures = Captures(desk.home.captures, desk.store.capture_of)
    with captures.run(clock.now()) as writer:
        yield Night(desk, config, pace, captures, writer, shared_by_all(clock), clock)


def crawl_all(
    desk: Desk,
    councils: Sequence[CouncilSettings],
    scope: Scope,
    pace: Pace,
    jobs: int,
    bars: Bars,
    meanwhile: Callable[[], None] | None = None,
) -> tuple[RunReport, ...]:
    """Crawl `councils`, at most `jobs` at once and one request at a time each; the reports in their order.

    Those whose last success is longest ago come first, so that a budget does not starve the same ones every night.
    `meanwhile` is called whenever a council is done, and every few minutes. What goes wrong in one council stops no
    other: settings that cannot be used are its failure, and what is no failure of a council is raised at the end.
    """
    clock = StoppableClock()
    with night(desk, desk.config, pace, clock) as tonight, ThreadPoolExecutor(max_workers=jobs) as pool:
        _take_in(tonight, councils)
        one = partial(_crawl_one, tonight, scope, bars)
        runs = {each.council.id: pool.submit(one, each) for each in _longest_ago_first(desk.store, councils)}
        try:
            _await(set(runs.values()), meanwhile)
        except BaseException:
            clock.stop()
            pool.shutdown(cancel_futures=True)
            raise
        return tuple(runs[each.council.id].result() for each in councils)


def _take_in(tonight: Night, councils: Sequence[CouncilSettings]) -> None:
    """What a run that was killed had kept and not noted yet: nothing is missing in the captures, nor unknown."""
    store = tonight.desk.store
    killed = [run.started for each in councils for run in store.runs(each.council.id, 1) if run.finished is None]
    if taken := take_in(store, tonight.captures, min(killed, default=None)):
        log.info("%d answers that a killed run had kept are known now", taken)


def _await(waiting: set[Future[RunReport]], meanwhile: Callable[[], None] | None) -> None:
    while waiting:
        _, waiting = wait(waiting, MEANWHILE, FIRST_COMPLETED)
        if meanwhile is not None and waiting:
            meanwhile()


def _longest_ago_first(store: Store, councils: Sequence[CouncilSettings]) -> list[CouncilSettings]:
    def last(settings: CouncilSettings) -> datetime:
        done = (run.finished for run in store.runs(settings.council.id) if run.succeeded)
        return next(done, None) or _NEVER

    return sorted(councils, key=last)


def _crawl_one(tonight: Night, scope: Scope, bars: Bars, settings: CouncilSettings) -> RunReport:
    council, store, clock = settings.council, tonight.desk.store, tonight.shared.clock
    store.save_council(council)
    doors = Doors(store.doors(council.id), clock.now())
    try:
        _check_platform(council)
        fetcher = tonight.fetcher(council.url or "", settings)
    except InputError as error:    # of this council's own settings: the others go on
        return _not_begun(store, council.id, clock, f"{tonight.desk.home.settings}: councils.{council.id}: {error}")
    with closing(fetcher) as site:
        tonight.stopper.when_stopped(site.abort)
        source = ModernGovSource(
            council, site.get, today(clock), store.roster(council.id), doors=doors, welsh=settings.welsh,
            aliases=settings.aliases, recognise=Remembering(tonight.desk.home.recognised))
        step = bars(council.name, lambda: site.requests)
        return crawl(source, site, store, tonight.captures, clock, scope, step)


def _not_begun(store: Store, council: CouncilId, clock: Clock, reason: str) -> RunReport:
    """A run that could not begin, noted as one that failed."""
    failures = (Failure("settings", council, reason),)
    store.finish_run(store.begin_run(council, clock.now()), clock.now(), {"failed": 1}, failures)
    return RunReport(council, {"failed": 1}, failures)


def _check_platform(council: Council) -> None:
    if council.platform != PLATFORM:
        raise InputError(f"platform {council.platform!r} is unknown; known is {PLATFORM!r}")
