"""The night job: `crawl`, and what it says at its end."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import click

from archive.config import Config, CouncilSettings
from archive.errors import IndexFailure
from archive.shapes import as_json
from crawler.run import RunReport, Scope
from index.sync import Indexed
from web.arguments import Day, chosen_councils
from web.crawling import Pace, crawl_all, delay_of, windows
from web.desk import Desk
from web.indexing import tell_unread, update_index
from web.logs import FORMATS, logging_as
from web.progress import bars, unseen

NO_CONTACT = (
    "Warning: no contact address is set, so a council's webmaster cannot ask who crawls. "
    "Give one with --contact, MINUTEBOOK_CONTACT, or contact = \"...\" in minutebook.toml"
)


@click.command()
@click.argument("councils", metavar="[ID]...", nargs=-1)
@click.option("--since", type=Day(), help="Only meetings of this day or later, as 2021, 2021-05 or 3/5/2021.")
@click.option("--until", type=Day(last=True), help="Only meetings of this day or earlier.")
@click.option("--full", is_flag=True, help="Look at everything again, as far back as the site goes.")
@click.option("--delay", type=click.FloatRange(min=0), metavar="SECONDS", help="The pause between two requests.")
@click.option("--jobs", type=click.IntRange(1, 32), default=1, show_default=True, help="Councils side by side.")
@click.option("--max-requests", type=click.IntRange(min=1), metavar="N", help="Stop after so many, of each council.")
@click.option("--max-minutes", type=click.FloatRange(min=0, min_open=True), metavar="N", help="Stop after so long.")
@click.option("--dry-run", is_flag=True, help="Ask for the lists only, and print what would be looked at.")
@click.option("--log-format", type=click.Choice(FORMATS), help="Log every event to standard error.")
@click.pass_obj
def crawl(
    desk: Desk,
    /,
    councils: Sequence[str],
    delay: float | None,
    jobs: int,
    max_requests: int | None,
    max_minutes: float | None,
    log_format: str | None,
    **scope: Any,
) -> int:
    """Fetch what is new or changed, of all councils or of those named; read it and index it."""
    if scope["since"] and scope["until"] and scope["since"] > scope["until"]:
        raise click.UsageError(f"--since {scope['since']} is after --until {scope['until']}: no day is between them")
    desk.logs_json = log_format == "json"
    config, pace = desk.config, Pace(delay, max_requests, max_minutes)
    chosen = chosen_councils(config, councils)
    _warn(desk, chosen, config, pace)
    with logging_as(log_format):
        reports, indexed = crawl_and_index(desk, chosen, Scope(**scope, windows=windows(config)), pace, jobs)
    desk.give([report_shape(report) for report in reports], "\n".join(map(report_text, reports)))
    unread = tell_unread(desk, indexed)
    return int(bool(unread) or not all(report.succeeded for report in reports))


def crawl_and_index(
    desk: Desk, councils: Sequence[CouncilSettings], scope: Scope, pace: Pace, jobs: int = 1
) -> tuple[tuple[RunReport, ...], Indexed]:
    """Crawl `councils` and index what is new: as councils are done, every few minutes, and at the end however it came.

    Raises `HomeLocked` when another run holds the home.
    """
    meanwhile = None if scope.dry_run else partial(_index_now, desk)
    indexed = Indexed()
    with desk.writing("crawl"), bars() as bar:
        try:
            reports = crawl_all(desk, councils, scope, pace, jobs, bar, meanwhile)
        finally:
            if not scope.dry_run:
                indexed = update_index(desk, bar("Indexing"))
    return reports, indexed


def _index_now(desk: Desk) -> None:
    """What is new so far. What fails here is tried again at the end, where it is an error."""
    try:
        update_index(desk, unseen)
    except IndexFailure as error:
        desk.say(f"Warning: {error}")


def _warn(desk: Desk, chosen: Sequence[CouncilSettings], config: Config, pace: Pace) -> None:
    if config.contact is None:
        desk.say(NO_CONTACT)
    for each in chosen:
        delay = delay_of(each, config, pace)
        if delay < 1 and not _is_local(each.council.url or ""):
            pause = f"a pause of {delay:g} s is short for a council's server; one second is usual"
            desk.say(f"Warning: {each.council.id}: {pause}")


def _is_local(url: str) -> bool:
    return urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1")


def report_shape(report: RunReport) -> dict[str, Any]:
    """A run's report as JSON."""
    return {
        "council": report.council, "counts": dict(report.counts), "requests": report.requests,
        "seconds": round(report.seconds, 1), "stopped": report.stopped,
        "failures": [as_json(failure) for failure in report.failures],
        "planned": [as_json(each.what) | {"url": each.url} for each in report.planned],
    }


def report_text(report: RunReport) -> str:
    """A run's report as a line, and one more for each failure."""
    counts = ", ".join(f"{number:,} {ending}" for ending, number in report.counts.items())
    said = counts or f"would look at {len(report.planned):,} meetings, has saved nothing"
    lines = [f"{report.council}: {said}; {report.requests:,} requests in {report.seconds:.0f} s"]
    lines += [f"  {_day(each.what.start)}  {each.what.committee.name}  {each.url}" for each in report.planned]
    lines += [f"  failed: {failure.what} {failure.where}: {failure.reason}" for failure in report.failures]
    return "\n".join([*lines, f"  stopped: {report.stopped}"] if report.stopped else lines)


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


COMMANDS = (crawl,)
