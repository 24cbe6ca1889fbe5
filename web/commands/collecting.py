"""Commands that bring minutes in: `add`, `crawl`, `import`, `reparse`, `reindex`."""

import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from archive import ids
from archive.config import CouncilSettings, add_council
from archive.errors import InputError
from archive.model import Council
from archive.shapes import as_json
from crawler.clock import SystemClock
from crawler.moderngov.recognise import PLATFORM, council_word, recognise, word_of_name
from crawler.network.addresses import host_of, is_public, resolve
from crawler.run import RunReport, Scope
from web.arguments import Address, Day, chosen_councils
from web.crawling import Pace, capturing, crawl_all, fetcher
from web.desk import Desk
from web.importing import Imported, Named, import_file
from web.indexing import rebuild_index, update_index
from web.progress import bars
from web.rereading import reparse_all

_NO_CONTACT = (
    "Warning: no contact address is set, so a council's webmaster cannot ask who crawls. "
    "Give one with --contact, MINUTEBOOK_CONTACT, or contact = \"...\" in minutebook.toml"
)


@click.command()
@click.argument("url", type=Address())
@click.option("--id", "given_id", metavar="ID", help="What addresses call it, as in westsussex/items/17213.")
@click.option("--name", help="The council's name; otherwise as its site gives it.")
@click.option("--contact", metavar="ADDRESS", help="Whom the site's webmaster can ask; goes into the User-Agent.")
@click.pass_obj
def add(desk: Desk, url: str, given_id: str | None, name: str | None, contact: str | None) -> None:
    """Register the council whose ModernGov site is at URL."""
    clock, allow = SystemClock(), _private_host(url)
    contact = contact or _asked_contact(desk)
    config = replace(desk.config, contact=contact or desk.config.contact)
    with desk.writing("add"), capturing(desk, clock) as writer:
        with closing(fetcher(url, allow, config, writer, clock, Pace(again=False))) as site:
            found = recognise(url, site.get)
        _check_new(desk, found.base)
        title = name or found.name or host_of(found.base)
        word = given_id or council_word(found.base) or word_of_name(title)
        council = Council(ids.council_id(word), title, found.base, PLATFORM)
        add_council(desk.home, council, allow, contact)
        desk.store.save_council(council)
    desk.give(as_json(council), f"{council.id}: {council.name}, {council.url}\nNow: minutebook crawl {council.id}")


def _check_new(desk: Desk, base: str) -> None:
    for each in desk.config.councils:
        if each.council.url == base:
            raise InputError(f"{base} is registered already, as {each.council.id}; crawl it with: minutebook crawl")


def _private_host(url: str) -> tuple[str, ...]:
    """The host and port of `url` where it stands on a private network: the operator's word opens that one alone."""
    host = host_of(url)
    name, _, port = host.rpartition(":")
    try:
        addresses = resolve(name.strip("[]"), int(port))
    except OSError as error:
        raise InputError(f"{url}: there is no host of that name; check its spelling") from error
    return () if all(map(is_public, addresses)) else (host,)


def _asked_contact(desk: Desk) -> str | None:
    if desk.config.contact:
        return None
    if sys.stdin.isatty():
        answer = click.prompt("Contact address for the User-Agent (empty for none)", default="", err=True)
        if answer.strip():
            return str(answer).strip()
    desk.say(_NO_CONTACT)
    return None


@click.command()
@click.argument("councils", metavar="[ID]...", nargs=-1)
@click.option("--since", type=Day(), help="Only meetings of this day or later, as 2021, 2021-05 or 3/5/2021.")
@click.option("--until", type=Day(last=True), help="Only meetings of this day or earlier.")
@click.option("--full", is_flag=True, help="Look at everything again, as far back as the site goes.")
@click.option("--delay", type=click.FloatRange(min=0), metavar="SECONDS", help="The pause between two requests.")
@click.option("--jobs", type=click.IntRange(1, 32), default=1, show_default=True, help="Councils side by side.")
@click.option("--max-requests", type=click.IntRange(min=1), metavar="N", help="Stop after so many, of each council.")
@click.option("--dry-run", is_flag=True, help="Ask for the lists only, and print what would be looked at.")
@click.pass_obj
def crawl(desk: Desk, /, councils: Sequence[str], delay: float | None, jobs: int, max_requests: int | None,
          **scope: Any) -> int:
    """Fetch what is new or changed, of all councils or of those named; read it and index it."""
    config = desk.config
    chosen = chosen_councils(config, councils)
    _warn(desk, chosen, config.contact, config.delay if delay is None else delay)
    looking, pace = Scope(**scope), Pace(delay, max_requests)
    with desk.writing("crawl"), bars() as bar:
        try:
            reports = crawl_all(desk, chosen, looking, pace, jobs, bar)
        finally:
            if not looking.dry_run:
                update_index(desk, bar("Indexing"))
    desk.give([report_shape(report) for report in reports], "\n".join(map(report_text, reports)))
    return int(not all(report.succeeded for report in reports))


def _warn(desk: Desk, chosen: Sequence[CouncilSettings], contact: str | None, delay: float) -> None:
    if contact is None:
        desk.say(_NO_CONTACT)
    public = [each.council.id for each in chosen if not _is_local(each.council.url or "")]
    if delay < 1 and public:
        desk.say(f"Warning: a pause of {delay:g} s is short for a council's server; one second is usual")


def _is_local(url: str) -> bool:
    return urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1")


def report_shape(report: RunReport) -> dict[str, Any]:
    """A run's report as JSON."""
    return {
        "council": report.council, "counts": dict(report.counts), "requests": report.requests,
        "seconds": round(report.seconds, 1), "stopped": report.stopped,
        "failures": [as_json(failure) for failure in report.failures],
        "planned": [as_json(each) for each in report.planned],
    }


def report_text(report: RunReport) -> str:
    """A run's report as a line, and one more for each failure."""
    counts = ", ".join(f"{number:,} {outcome}" for outcome, number in report.counts.items() if outcome != "whole")
    lines = [f"{report.council}: {counts or 'nothing saved'}; {report.requests:,} requests in {report.seconds:.0f} s"]
    lines += [f"  would look at {each.id}, {each.committee.name}, {each.start:%d/%m/%Y}" for each in report.planned]
    lines += [f"  failed: {failure.what} {failure.where}: {failure.reason}" for failure in report.failures]
    return "\n".join([*lines, f"  stopped: {report.stopped}"] if report.stopped else lines)


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--council", metavar="ID", help="Whose files they are; otherwise whose site they name, or `imported`.")
@click.option("--committee", metavar="NAME", help="The committee; otherwise as the file says.")
@click.option("--date", "day", type=Day(), help="The day of the meeting; otherwise as the file says.")
@click.pass_obj
def import_(desk: Desk, files: Sequence[Path], council: str | None, committee: str | None, day: date | None) -> int:
    """Read saved pages, XML replies, PDF, Word or text files into the archive."""
    named, clock = Named(ids.council_id(council) if council else None, committee, day), SystemClock()
    done: list[Imported] = []
    with desk.writing("import"), bars() as bar:
        step = bar("Importing")
        with capturing(desk, clock) as writer:
            for at, path in enumerate(files, 1):
                done.append(import_file(desk.store, writer, path, named, clock.now()))
                step(at, len(files))
        update_index(desk, bar("Indexing"))
    desk.give([as_json(each) for each in done], "\n".join(each.line for each in done))
    return int(any(each.refused for each in done))


@click.command()
@click.argument("councils", metavar="[ID]...", nargs=-1)
@click.pass_obj
def reparse(desk: Desk, councils: Sequence[str]) -> int:
    """Read everything again from the kept captures, without network, and index what reads differently."""
    with desk.writing("reparse"), bars() as bar:
        reports = reparse_all(desk, tuple(ids.council_id(each) for each in councils), bar)
        update_index(desk, bar("Indexing"))
    desk.give([report_shape(report) for report in reports], "\n".join(map(report_text, reports)))
    return int(not all(report.succeeded for report in reports))


@click.command()
@click.pass_obj
def reindex(desk: Desk) -> None:
    """Rebuild the search index from the store; searches keep being answered meanwhile."""
    with desk.writing("reindex"), bars() as bar:
        done = rebuild_index(desk, bar("Indexing"))
    counted = {"meetings": done.meetings, "items": done.items}
    desk.give(counted, f"Indexed {done.items:,} items of {done.meetings:,} meetings")


COMMANDS = (add, crawl, import_, reparse, reindex)
