"""The demonstration: the whole job on the bundled sample council, over real HTTP on loopback."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from socket import socket
from urllib.parse import urlsplit

import click

from archive.config import CouncilSettings, add_council
from archive.errors import InputError
from archive.model import Council, CouncilId
from crawler.moderngov.recognise import PLATFORM
from crawler.network.addresses import host_of
from crawler.run import Scope
from crawler.sample import SampleCouncil, Served, serve
from web.commands.crawling import crawl_and_index, report_text
from web.commands.serving import serve_site
from web.crawling import Pace
from web.desk import Desk

SAMPLE = CouncilId("ambleshire")
NAME = "Ambleshire County Council"
USUAL_PORT = 8901


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), help="The port of the site.  [default: 8000, or a free one]")
@click.option("--no-serve", is_flag=True, help="Crawl and index only.")
@click.pass_obj
def demo(desk: Desk, port: int | None, no_serve: bool) -> None:
    """Do the whole job on a bundled sample council, and serve the search site."""
    known = next((each for each in desk.config.councils if each.council.id == SAMPLE), None)
    with _sample_site(known) as site:
        desk.say(f"The sample council, {NAME}, is at {site.url}")
        settings = known or _registered(desk, site)
        [report], _ = crawl_and_index(desk, [settings], Scope(), Pace(delay=0))
        desk.say(report_text(report))
        if not no_serve:
            serve_site(desk, "127.0.0.1", _free(8000) if port is None else port)


@contextmanager
def _sample_site(known: CouncilSettings | None) -> Iterator[Served]:
    """The sample, where it was before, since its addresses are part of what is kept; at first where there is room."""
    before = urlsplit(known.council.url or "").port if known else None
    with ExitStack() as stack:
        try:
            site = stack.enter_context(serve(SampleCouncil(), before or USUAL_PORT))
        except OSError as error:
            if before:
                reason = f"port {before}, the sample council's in this home, is taken; stop what uses it"
                raise InputError(reason) from error
            site = stack.enter_context(serve(SampleCouncil()))
        yield site


def _registered(desk: Desk, site: Served) -> CouncilSettings:
    council, allow = Council(SAMPLE, NAME, site.url, PLATFORM), (host_of(site.url),)
    with desk.writing("demo"):
        add_council(desk.home, council, allow, None)
    return CouncilSettings(council, allow)


def _free(port: int) -> int:
    """`port`, or 0 (any) when somebody listens on it already."""
    with socket() as probe:
        return 0 if probe.connect_ex(("127.0.0.1", port)) == 0 else port
