"""The demonstration: the whole job on the bundled sample council, over real HTTP on loopback."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import click

from archive.config import CouncilSettings, add_council
from archive.errors import InputError
from archive.model import Council, CouncilId
from crawler.clock import SystemClock
from crawler.moderngov.recognise import PLATFORM
from crawler.network.addresses import host_of
from crawler.run import Scope
from crawler.sample import SampleCouncil, Served, serve
from web.commands.collecting import report_text
from web.commands.serving import serve_site
from web.crawling import Pace, crawl_all
from web.desk import Desk
from web.indexing import update_index
from web.progress import bars

SAMPLE = CouncilId("ambleshire")
NAME = "Ambleshire County Council"
USUAL_PORT = 8901


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port of the site.")
@click.option("--no-serve", is_flag=True, help="Crawl and index only.")
@click.pass_obj
def demo(desk: Desk, port: int, no_serve: bool) -> None:
    """Do the whole job on a bundled sample council, and serve the search site."""
    known = next((each for each in desk.config.councils if each.council.id == SAMPLE), None)
    with _sample_site(known) as site:
        desk.say(f"The sample council, {NAME}, is at {site.url}")
        settings = known or _registered(desk, site)
        with desk.home.lock("demo"), bars() as bar:
            [report] = crawl_all(desk, [settings], SystemClock(), Scope(), Pace(delay=0), 1, bar)
            update_index(desk, bar("Indexing"))
        desk.say(report_text(report))
        if not no_serve:
            serve_site(desk, "127.0.0.1", port)


@contextmanager
def _sample_site(known: CouncilSettings | None) -> Iterator[Served]:
    """The sample, where it was before, since its addresses are part of what is kept; the first time on a usual port."""
    port = urlsplit(known.council.url or "").port if known else USUAL_PORT
    try:
        with serve(SampleCouncil(), port or 0) as site:
            yield site
    except OSError as error:
        raise InputError(f"port {port} is needed for the sample council and is taken: stop what uses it") from error


def _registered(desk: Desk, site: Served) -> CouncilSettings:
    council, allow = Council(SAMPLE, NAME, site.url, PLATFORM), (host_of(site.url),)
    with desk.home.lock("demo"):
        add_council(desk.home, council, allow, None)
    return CouncilSettings(council, allow)
