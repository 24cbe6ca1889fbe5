"""The wiring of a crawl: settings, captures, a polite fetcher and the platform's source, council by council."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass

from archive.captures import Captures, CaptureWriter
from archive.config import Config, CouncilSettings
from archive.errors import InputError
from archive.model import Council
from crawler.clock import Clock, StoppableClock, today
from crawler.moderngov.recognise import PLATFORM
from crawler.moderngov.source import ModernGovSource
from crawler.network.fetch import Fetcher, Limits
from crawler.network.politeness import user_agent
from crawler.run import RunReport, Scope, crawl
from web.desk import Desk
from web.progress import Bars


@dataclass(frozen=True, slots=True)
class Pace:
    """What the command line says of manners: `delay` in seconds (`None` as in the settings), `requests` a council.

    `again` says whether what fails in passing is asked again; not while somebody waits at a terminal.
    """

    delay: float | None = None
    requests: int | None = None
    again: bool = True


def limits(config: Config, pace: Pace) -> Limits:
    """What a crawl may take of a site, by the settings and the command line."""
    delay = config.delay if pace.delay is None else pace.delay
    pauses = Limits().pauses if pace.again else ()
    return Limits(
        delay=delay, read=config.timeout, size=config.max_page_bytes, pauses=pauses, requests=pace.requests)


@contextmanager
def capturing(desk: Desk, clock: Clock) -> Iterator[CaptureWriter]:
    """A writer for the captures of one command."""
    with Captures(desk.home.captures, desk.store.capture_of).run(clock.now()) as writer:
        yield writer


def fetcher(url: str, allow: Iterable[str], config: Config, writer: CaptureWriter, clock: Clock, pace: Pace) -> Fetcher:
    """A polite fetcher for the site at `url`."""
    agent = user_agent(config.contact)
    return Fetcher(url, writer, clock, agent=agent, allow=tuple(allow), limits=limits(config, pace))


def crawl_all(
    desk: Desk, councils: Sequence[CouncilSettings], scope: Scope, pace: Pace, jobs: int, bars: Bars
) -> tuple[RunReport, ...]:
    """Crawl `councils`, at most `jobs` at once and one request at a time each; the reports in their order.

    Raises `InputError` for a platform that no source is known for.
    """
    config, clock = desk.config, StoppableClock()
    for each in councils:
        _check_platform(each.council)
    with capturing(desk, clock) as writer:

        def one(settings: CouncilSettings) -> RunReport:
            council = settings.council
            desk.store.save_council(council)
            with closing(fetcher(council.url or "", settings.allow, config, writer, clock, pace)) as site:
                source = ModernGovSource(council, site.get, today(clock), desk.store.members(council.id))
                return crawl(source, site, desk.store, clock, scope, bars(council.name))

        if jobs == 1:
            return tuple(map(one, councils))
        with ThreadPoolExecutor(max_workers=jobs) as pool:
            try:
                return tuple(pool.map(one, councils))
            except BaseException:
                clock.stop()
                pool.shutdown(cancel_futures=True)
                raise


def _check_platform(council: Council) -> None:
    if council.platform != PLATFORM:
        raise InputError(f"council {council.id!r}: platform {council.platform!r} is unknown; known is {PLATFORM!r}")
