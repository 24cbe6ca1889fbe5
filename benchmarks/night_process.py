"""One night's crawl of one council in a process of its own; prints what it cost as one JSON value.

The crawl is wired as `minutebook crawl --delay 0` wires it, but for the clock, which says that it is the sample's own
day and as many more. CPU time is split while it runs, by the clock of the crawl's own thread: *parsing* is all that
passes inside the source's methods but outside of the `get` and the `kept` that it calls, lists as well as meetings;
whatever else the process does is *fetching and bookkeeping*. Parts of the latter are timed the same way.
"""

import argparse
import json
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from archive.captures import CaptureWriter
from archive.config import CouncilSettings, add_council
from archive.home import Home
from archive.listings import Announced
from archive.model import LONDON, Committee, Council, Member
from archive.store import Store
from crawler.clock import SystemClock, today
from crawler.moderngov.doors import Doors
from crawler.moderngov.source import ModernGovSource
from crawler.rotation import USUAL
from crawler.run import RunReport, crawl
from crawler.sample.council import ID, NAME, TODAY
from crawler.source import Get, Kept, KeptPage, Page, Reading, nothing_kept
from web.crawling import Pace, night
from web.desk import Desk
from web.indexing import update_index
from web.progress import unseen

MARKS = (1000, 2500, 5000)
"""Meetings after which the peak of the memory is noted."""


class NightClock(SystemClock):
    """The machine's clock, set to noon of the sample's day and `days` more when it is made."""

    def __init__(self, days: int) -> None:
        noon = datetime.combine(TODAY + timedelta(days=days), time_of_day(12), UTC)
        self._ahead = noon - datetime.now(UTC)

    def now(self) -> datetime:
        """The time in UTC, moved."""
        return super().now() + self._ahead


@dataclass
class Stopwatch:
    """CPU seconds of this thread by what they went into; what is timed inside of something else is not part of it."""

    spent: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    inner: list[float] = field(default_factory=list)

    @contextmanager
    def on(self, what: str) -> Iterator[None]:
        """Times what is done inside."""
        begun = time.thread_time()
        self.inner.append(0.0)
        try:
            yield
        finally:
            took = time.thread_time() - begun
            self.spent[what] += took - self.inner.pop()
            if self.inner:
                self.inner[-1] += took

    def wrapped(self, what: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """`call`, timed."""

        def timed(*given: Any, **named: Any) -> Any:
            with self.on(what):
                return call(*given, **named)

        return timed


class TimedSource:
    """A source whose own work is timed as parsing."""

    def __init__(self, source: ModernGovSource, watch: Stopwatch) -> None:
        self._source, self._watch, self.council = source, watch, source.council

    def committees(self) -> tuple[Committee, ...]:
        """Those of the source."""
        with self._watch.on("parsing"):
            return self._source.committees()

    def members(self) -> tuple[Member, ...]:
        """Those of the source."""
        with self._watch.on("parsing"):
            return self._source.members()

    def announced(self, since: date | None, until: date | None) -> Iterator[Announced]:
        """Those of the source, each timed."""
        found = self._source.announced(since, until)
        while True:
            with self._watch.on("parsing"):
                each = next(found, None)
            if each is None:
                return
            yield each

    def meeting(self, announced: Announced, kept: Kept = nothing_kept) -> Reading:
        """That of the source."""

        def timed_kept(url: str) -> KeptPage | None:
            with self._watch.on("what is kept"):
                return kept(url)

        with self._watch.on("parsing"):
            return self._source.meeting(announced, timed_kept)


def timed_get(get: Get, watch: Stopwatch) -> Get:
    def timed(url: str) -> Page:
        with watch.on("requests"):
            return get(url)

    return timed


def time_parts(store: Store, writer: CaptureWriter, watch: Stopwatch) -> None:
    """Time those parts of bookkeeping that are calls of the store and of the captures."""
    for of, name, what in (
        (store, "save_request", "ledger"), (store, "capture_at", "earlier answers"), (store, "capture_of", "WARC"),
        (writer, "response", "WARC"), (store, "save_meeting", "saving meetings"), (store, "save_look", "noting looks"),
        (store, "listings", "listings"), (store, "save_announced", "listings"), (store, "heads", "listings"),
    ):  # fmt: skip
        setattr(of, name, watch.wrapped(what, getattr(of, name)))


def peak() -> float:
    """The most memory that this process had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def one_night(desk: Desk, settings: CouncilSettings, clock: SystemClock, figures: dict[str, Any]) -> RunReport:
    """The crawl, as `web.crawling.crawl_all` does it for each council."""
    council, store, watch, memory = settings.council, desk.store, Stopwatch(), figures["memory"]

    def step(done: int, total: int) -> None:
        if done in MARKS or done == total:
            memory[f"{done}"] = peak()

    store.save_council(council)
    with night(desk, desk.config, Pace(delay=0), clock) as tonight:
        time_parts(store, tonight.writer, watch)
        doors = Doors(store.doors(council.id), clock.now())
        with closing(tonight.fetcher(council.url or "", settings)) as site:
            get = timed_get(site.get, watch)
            source = ModernGovSource(council, get, today(clock), store.members(council.id), doors=doors)
            begun, worked = time.monotonic(), time.process_time()
            report = crawl(TimedSource(source, watch), site, store, tonight.captures, clock, progress=step)
            figures["seconds"], figures["cpu"] = time.monotonic() - begun, time.process_time() - worked
        store.save_doors(council.id, doors.states())
    figures["spent"] = dict(watch.spent)
    return report


def asked_for(store: Store, council: Council, since: datetime, day: date) -> dict[str, Any]:
    """The requests of one night by the ledger: for lists, and for meetings by how their look ended and by their age."""
    requests = Counter(asked.why for asked in store.requests(council.id, since))
    first, last = USUAL.nightly(day)
    found: dict[str, Any] = {"meetings": {}, "recent": [0, 0], "older": [0, 0]}
    for listing in store.listings(council.id).values():
        asked = requests.pop(listing.what.id, 0)
        if not asked or listing.ending is None:
            continue
        recent = first <= listing.what.start.astimezone(LONDON).date() <= last
        ending = found["meetings"].setdefault(listing.ending.value, [0, 0])
        for count in (ending, found["recent" if recent else "older"]):
            count[0] += 1
            count[1] += asked
    return found | {"other": dict(requests)}


def settings_of(home: Home, url: str) -> CouncilSettings:
    """The sample at `url`, registered in that home."""
    council, allow = Council(ID, NAME, url, "moderngov"), (urlsplit(url).netloc,)
    home.prepare()
    if not home.settings.exists():
        add_council(home, council, allow, "bench@example.org")
    return CouncilSettings(council, allow)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--home", type=Path, required=True)
    arguments.add_argument("--url", required=True, help="the sample's site (benchmarks/site_process.py)")
    arguments.add_argument("--day", type=int, default=0, help="which day after the sample's own it is")
    arguments.add_argument("--index", action="store_true", help="index what is new, as the command does at the end")
    given = arguments.parse_args()
    figures: dict[str, Any] = {"start": peak(), "memory": {}}
    desk, clock = Desk(given.home, {}), NightClock(given.day)
    with closing(desk), desk.writing("benchmark"):
        settings, began = settings_of(desk.home, given.url), clock.now()
        report = one_night(desk, settings, clock, figures)
        figures |= {"requests": report.requests, "counts": dict(report.counts), "failures": len(report.failures)}
        figures |= asked_for(desk.store, settings.council, began, today(clock))
        if given.index:
            begun = time.monotonic()
            update_index(desk, unseen)
            figures["indexing"] = time.monotonic() - begun
            figures["memory"]["index"] = peak()
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
