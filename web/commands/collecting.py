"""Commands that bring minutes in, all but `crawl`: `add`, `import`, `reparse`, `reindex`."""

import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from archive import ids
from archive.captures import Captures
from archive.config import add_council
from archive.errors import InputError
from archive.model import Council
from archive.shapes import as_json
from crawler.clock import StoppableClock, SystemClock
from crawler.documents.ocr import Remembering
from crawler.moderngov.recognise import PLATFORM, Recognised, council_word, recognise, word_of_name
from crawler.network.addresses import host_of, is_public, resolve
from crawler.network.fetch import Fetcher
from web.arguments import Address, Day
from web.commands.crawling import NO_CONTACT, report_shape, report_text
from web.crawling import Pace, night
from web.desk import Desk
from web.importing import Imported, Named, import_file
from web.indexing import rebuild_index, tell_unread, update_index
from web.progress import bars
from web.rereading import rebuild_all, reparse_all

NOTHING_HELD = "Nothing is held that could be read again"


@click.command()
@click.argument("url", type=Address())
@click.option("--id", "given_id", metavar="ID", help="What addresses call it, as in westsussex/items/17213.")
@click.option("--name", help="The council's name; otherwise as its site gives it.")
@click.option("--contact", metavar="ADDRESS", help="Whom the site's webmaster can ask; goes into the User-Agent.")
@click.pass_obj
def add(desk: Desk, url: str, given_id: str | None, name: str | None, contact: str | None) -> None:
    """Register the council whose ModernGov site is at URL."""
    clock, allow = StoppableClock(), _private_host(url)
    contact = contact or _asked_contact(desk)
    config = replace(desk.config, contact=contact or desk.config.contact)
    with desk.writing("add"):
        with night(desk, config, Pace(again=False), clock) as shared, closing(shared.fetcher(url, allow=allow)) as site:
            found = _recognised(url, site)
        _check_new(desk, found.base)
        title = name or found.name or host_of(found.base)
        word = given_id or council_word(found.base) or word_of_name(title)
        council = Council(ids.council_id(word), title, found.base, PLATFORM)
        add_council(desk.home, council, allow, contact)
        desk.store.save_council(council)
    desk.give(as_json(council), f"{council.id}: {council.name}, {council.url}\nNow: minutebook crawl {council.id}")


def _recognised(url: str, site: Fetcher) -> Recognised:
    with site.recording("recognition"):
        return recognise(url, site.get)


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
    desk.say(NO_CONTACT)
    return None


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
    recognise = Remembering(desk.home.recognised)
    with desk.writing("import"), bars() as bar:
        step = bar("Importing")
        with Captures(desk.home.captures, desk.store.capture_of).run(clock.now()) as writer:
            for at, path in enumerate(files, 1):
                done.append(import_file(desk.store, writer, path, named, clock.now(), recognise))
                step(at, len(files))
        indexed = update_index(desk, bar("Indexing"))
    desk.give([as_json(each) for each in done], "\n".join(each.line for each in done))
    return int(bool(tell_unread(desk, indexed)) or any(each.refused for each in done))


@click.command()
@click.argument("councils", metavar="[ID]...", nargs=-1)
@click.pass_obj
def reparse(desk: Desk, councils: Sequence[str]) -> int:
    """Read everything again from the kept captures, without network, and index what reads differently.

    Where the database was lost, what the captures hold of registered councils is brought back.
    """
    chosen = tuple(ids.council_id(each) for each in councils)
    with desk.writing("reparse"), bars() as bar:
        rebuilt = rebuild_all(desk, chosen, bar)
        done = {report.council for report in rebuilt}
        known = chosen or tuple(each.id for each in desk.store.councils())
        left = tuple(each for each in known if each not in done)
        reports = (*rebuilt, *(reparse_all(desk, left, bar) if left else ()))
        indexed = update_index(desk, bar("Indexing"))
    said = "\n".join(map(report_text, reports)) if any(report.counts for report in reports) else NOTHING_HELD
    desk.give([report_shape(report) for report in reports], said)
    return int(bool(tell_unread(desk, indexed)) or not all(report.succeeded for report in reports))


@click.command()
@click.pass_obj
def reindex(desk: Desk) -> int:
    """Rebuild the search index from the store; searches keep being answered meanwhile.

    Meetings that are damaged in the store are left out and named; exit status 1 then.
    """
    with desk.writing("reindex"), bars() as bar:
        done = rebuild_index(desk, bar("Indexing"))
    counted = {"meetings": done.meetings, "items": done.items, "unreadable": list(done.unread)}
    desk.give(counted, f"Indexed {done.items:,} items of {done.meetings:,} meetings")
    return int(bool(tell_unread(desk, done)))


COMMANDS = (add, import_, reparse, reindex)
