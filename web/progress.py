"""Progress for people: a bar for each thing under way on a terminal, silence elsewhere. Always on standard error."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

Steps = Callable[[int, int | None], None]
"""Told how many steps are behind us, of how many in all (`None` while nobody knows)."""

Bars = Callable[[str], Steps]
"""Makes a bar with that name; may be called from several threads."""


def unseen(_done: int, _total: int | None) -> None:
    """The steps of work that nobody watches."""


def _hidden(_doing: str) -> Steps:
    return unseen


@contextmanager
def bars() -> Iterator[Bars]:
    """Bars for the time of the block, when standard error is a terminal."""
    if not sys.stderr.isatty():
        yield _hidden
        return
    shown = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
             TimeRemainingColumn())
    with Progress(*shown, console=Console(stderr=True), transient=True) as progress:
        yield lambda doing: _bar(progress, doing)


def _bar(progress: Progress, doing: str) -> Steps:
    task = progress.add_task(doing, total=None)
    return lambda done, total: progress.update(task, completed=done, total=total)
