"""The command that tells the truth in the morning: `status`."""

from datetime import UTC, date, datetime, time
from typing import Final

import click

from archive.ids import council_id
from archive.model import LONDON, CouncilId
from crawler.clock import SystemClock
from crawler.network.politeness import user_agent
from web.arguments import Day
from web.desk import Desk
from web.ledger import by_host, ledger_shape, ledger_text
from web.status import needs_someone, status, status_text

_ALL: Final = datetime(1, 1, 1, tzinfo=UTC)


@click.command("status")
@click.option("--coverage", "months", is_flag=True, help="Tell it for each committee and month.")
@click.option("--requests", "ledger", is_flag=True, help="Sum up every request made, for a council's webmaster.")
@click.option("--council", metavar="ID", help="Only this council.")
@click.option("--since", type=Day(), metavar="DATE", help="The requests since this day only.")
@click.pass_obj
def status_(desk: Desk, months: bool, ledger: bool, council: str | None, since: date | None) -> int:
    """Say what is held of each council and how its last run went; exit status 1 when someone must look."""
    if since and not ledger:
        raise click.UsageError("--since chooses among requests; give it with --requests")
    now, only = SystemClock().now(), council_id(council) if council else None
    shape = status(desk.store, desk.config, desk.home.is_locked(), now, months, only)
    if ledger:
        _give_ledger(desk, only, since)
        return 0
    desk.give(shape, status_text(shape, now))
    return int(needs_someone(shape))


def _give_ledger(desk: Desk, council: CouncilId | None, since: date | None) -> None:
    first = datetime.combine(since, time(), LONDON) if since else _ALL
    asked = desk.store.requests(council, first)
    shape = ledger_shape(by_host(asked), user_agent(desk.config.contact))
    desk.give(shape, ledger_text(shape))


COMMANDS = (status_,)
