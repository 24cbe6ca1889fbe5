"""The wiring of a crawl: settings, captures, a polite fetcher and the platform's source, council by council."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass

from archive.captures import Captures, CaptureWriter
from archive.config import Config, CouncilSettings
from crawler.clock import Clock, today
from crawler.moderngov.source import ModernGovSource
from crawler.network.fetch import Fetcher, Limits
from crawler.network.politeness import user_agent
from crawler.run import RunReport, Scope, crawl
from web.desk import Desk
from web.progress import Bars


@dataclass(frozen=True, slots=True)
class Pace:
    """What the command line says of manners: `delay` in seconds (`None` as in the settings), `requests` a council."""

    delay: float | None = None
    requests: int | None = None


def limits(config: Config, pace: Pace) -> Limits:
    """What a crawl may take of a site, by the settings and the command line."""
    delay = config.delay if pace.delay is None else pace.delay
    return Limits(delay=delay, read=config.timeout, size=config.max_page_bytes, requests=pace.requests)


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
    desk: Desk, councils: Sequence[CouncilSettings], clock: Clock, scope: Scope, pace: Pace, jobs: int, bars: Bars
) -> tuple[RunReport, ...]:
    """Crawl `councils`, at most `jobs` at once and one request at a time each; the reports in their order."""
    config = desk.config
    with capturing(desk, clock) as writer, ThreadPoolExecutor(max_workers=jobs) as pool:

        def one(settings: CouncilSettings) -> RunReport:
            council = settings.council
            desk.store.save_council(council)
            with closing(fetcher(council.url or "", settings.allow, config, writer, clock, pace)) as site:
                source = ModernGovSource(council, site.get, today(clock), desk.store.members(council.id))
                return crawl(source, site, desk.store, clock, scope, bars(council.name))

        return tuple(pool.map(one, councils))
