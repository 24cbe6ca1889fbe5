"""The command that compares what the home holds in several places: `check`."""

import click

from web.checking import look, repair, report_shape, report_text
from web.desk import Desk
from web.indexing import chosen_engine
from web.progress import bars


@click.command()
@click.option("--repair", "repairing", is_flag=True, help="Mend what can be derived from the rest.")
@click.pass_obj
def check(desk: Desk, repairing: bool) -> int:
    """Compare store, captures and search index with each other; exit status 1, and a list, when they disagree."""
    store = desk.store    # before the home is locked, which makes one that is not there
    with desk.writing("check"), bars() as bar:
        found = look(desk.home, store, bar, chosen_engine(desk))
        left = repair(desk, found, bar) if repairing and found.problems else found
    engine = desk.config.engine
    desk.give(report_shape(found, left, engine), report_text(found, left, engine))
    return int(bool(left.problems))
