"""Measures whole nights: the sample council crawled over HTTP on loopback, first from nothing, then as the days go by.

    make bench                                                        5,000 meetings, as the last part of it
    .venv/bin/python benchmarks/crawls.py --crawled 1000 --by-pages 620   a smaller council, this part alone

The site, each night's crawl and each peer are processes of their own (`site_process.py`, `night_process.py`,
`peer_process.py`). The peers ask the same site the same addresses of meetings: `requests` reads and forgets them,
`warcio` keeps each exchange in a WARC file besides; neither keeps anything else.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from table import HEAD, Row

from archive.home import Home
from archive.store import Store

COMMITTEES = 60
MEETINGS, BY_PAGES = 5000, 1000
_BESIDE = Path(__file__).parent
_ASKED_BY_PEERS = 500
_PARTS = ("WARC", "ledger", "earlier answers", "saving meetings", "noting looks", "listings")

Figures = dict[str, Any]


@dataclass(frozen=True)
class Site:
    """The sample in a process of its own; `way` says in words how it is read."""

    url: str
    way: str
    process: subprocess.Popen[str]

    def asked(self, word: str = "") -> int:
        """How many requests it had since this was asked last; `word` is one of those that the process knows."""
        assert self.process.stdin
        assert self.process.stdout
        print(word, file=self.process.stdin, flush=True)
        return int(self.process.stdout.readline())


@contextmanager
def site_of(meetings: int, *, pages: bool) -> Iterator[Site]:
    words = [sys.executable, _BESIDE / "site_process.py", f"--meetings={meetings}", f"--committees={COMMITTEES}"]
    words += ["--pages"] if pages else []
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        try:
            yield Site(process.stdout.readline().strip(), "by its pages" if pages else "by the web service", process)
        finally:
            process.stdin.close()


def night(site: Site, home: Path, day: int, *, index: bool = False) -> Figures:
    """One night's crawl; the ledger must have as many requests as the site has answered."""
    words = [sys.executable, _BESIDE / "night_process.py", f"--home={home}", f"--url={site.url}", f"--day={day}"]
    done = subprocess.run([*words, *(["--index"] if index else [])], check=True, stdout=subprocess.PIPE, text=True)
    figures: Figures = json.loads(done.stdout)
    assert not figures["failures"], figures
    asked = site.asked()
    assert figures["requests"] == asked, f"{figures['requests']} by the ledger, {asked} by the site"
    return figures


def peer(site: Site, home: Path, kind: str) -> Figures:
    """The same addresses of meetings, asked by another."""
    with closing(Store.open(Home(home).database)) as store:
        meetings = (asked.url for asked in store.requests() if "/meetings/" in asked.why)
        urls = "\n".join(islice(meetings, _ASKED_BY_PEERS))
    site.asked("again")
    words = [sys.executable, _BESIDE / "peer_process.py", kind, home / "peer.warc.gz"]
    done = subprocess.run(words, input=urls, check=True, stdout=subprocess.PIPE, text=True)
    site.asked()
    figures: Figures = json.loads(done.stdout)
    return figures


def speed(figures: Figures, site: Site, home: Path) -> Iterator[Row]:
    """The first crawl: pages a second, and where the CPU's time went, in milliseconds a page."""
    pages, spent = figures["requests"], figures["spent"]
    floor, keeping = peer(site, home, "requests"), peer(site, home, "warcio")
    held = sum(count for count, _ in figures["meetings"].values())
    first = f"first crawl {site.way}, {held:,} meetings"
    yield Row(first, pages / figures["seconds"], "pages/s", "requests alone", floor["pages"] / floor["seconds"])
    yield Row("– CPU in all", 1000 * figures["cpu"] / pages, "ms/page")
    yield Row("– of it parsing", 1000 * spent["parsing"] / pages, "ms/page")
    beside = 1000 * (figures["cpu"] - spent["parsing"]) / pages
    peers = 1000 * keeping["cpu"] / keeping["pages"]
    yield Row("– of it fetching and bookkeeping (aim: under 3)", beside, "ms/page", "requests and warcio", peers)
    least = 1000 * floor["cpu"] / floor["pages"]
    yield Row("– – requests", 1000 * spent["requests"] / pages, "ms/page", "requests alone", least)
    for part in _PARTS:
        yield Row(f"– – {part}", 1000 * spent.get(part, 0) / pages, "ms/page")


def memory(figures: Figures) -> Iterator[Row]:
    yield Row("memory before the first crawl", figures["start"], "MB")
    for mark, most in figures["memory"].items():
        when = "its new meetings were indexed" if mark == "index" else f"{int(mark):,} meetings"
        yield Row(f"peak memory after {when} (aim: under 250)", most, "MB")
    yield Row(f"indexing the {figures['counts']['new']:,} new meetings afterwards", figures["indexing"], "s")


def quiet(figures: Figures, site: Site) -> Iterator[Row]:
    """A night after nothing has changed, against one request for each committee's list and each recent meeting."""
    (recent, for_recent), (older, for_older) = figures["recent"], figures["older"]
    others = sum(figures["other"].values())
    bound = f"{COMMITTEES} lists and {recent:,} recent meetings:"
    asked = others + for_recent
    yield Row(f"night with nothing changed {site.way}: lists, robots.txt, recent meetings", asked, "requests", bound,
              COMMITTEES + recent)  # fmt: skip
    yield Row("– older meetings, in their weekly or yearly turn", for_older, "requests", "meetings due", older)


def each(first: Figures, same: Figures, changed: Figures, site: Site) -> Iterator[Row]:
    """Requests for one meeting, by what became of it."""
    for ending, of in (("new", first), ("same", same), ("changed", changed)):
        meetings, asked = of["meetings"][ending]
        yield Row(f"requests a meeting {site.way}: {ending} ({meetings:,} meetings)", asked / meetings, "requests")


def commands(home: Path) -> Iterator[Row]:
    """Whole commands, from their start to their end; the peer is the same program doing nothing."""
    start, status = (statistics.median(_command(home, word) for _ in range(3)) for word in ("--version", "status"))
    yield Row("`minutebook status` (aim: under 2)", status, "s", "`minutebook --version`", start)
    yield Row("`minutebook check`", _command(home, "check"), "s", "`minutebook --version`", start)


def _command(home: Path, word: str) -> float:
    """Seconds that it took; it may end with 1, for the sample's nights are not those of the machine's clock."""
    main = "import sys; from web.cli import main; sys.exit(main())"
    begun = time.monotonic()
    done = subprocess.run([sys.executable, "-c", main, f"--home={home}", word], check=False, capture_output=True)
    assert done.returncode in (0, 1), done.stderr
    return time.monotonic() - begun


def by_service(meetings: int, home: Path) -> Iterator[Row]:
    with site_of(meetings, pages=False) as site:
        first = night(site, home, 0, index=True)
        yield from (*speed(first, site, home), *memory(first), *commands(home))
        yield from nights(first, site, home)


def by_pages(meetings: int, home: Path) -> Iterator[Row]:
    with site_of(meetings, pages=True) as site:
        first = night(site, home, 0)
        yield from speed(first, site, home)
        yield from nights(first, site, home)


def nights(first: Figures, site: Site, home: Path) -> Iterator[Row]:
    """The nights after the first: nothing has changed, then a little has."""
    same = night(site, home, 1)
    yield from quiet(same, site)
    site.asked("changed")
    yield from each(first, same, night(site, home, 2), site)


def rows(meetings: int, pages: int) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        yield from by_service(meetings, Path(folder) / "service")
        yield from by_pages(pages, Path(folder) / "pages")


def options(arguments: argparse.ArgumentParser) -> None:
    arguments.add_argument("--crawled", type=int, default=MEETINGS, metavar="N",
                           help="about how many meetings are crawled by the web service")  # fmt: skip
    arguments.add_argument("--by-pages", type=int, default=BY_PAGES, metavar="N", help="and by pages")


def main(words: Sequence[str] | None = None) -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options(arguments)
    given = arguments.parse_args(words)
    print(HEAD, flush=True)
    for row in rows(given.crawled, given.by_pages):
        print(row, flush=True)


if __name__ == "__main__":
    main()
