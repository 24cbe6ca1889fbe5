"""Progress for people: a bar for each thing under way on a terminal, silence elsewhere. Always on standard error."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from time import monotonic
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

Pages = Callable[[], int]
"""How many pages have been asked for so far."""

Steps = Callable[[int, int | None], None]
"""Told how many steps are behind us, of how many in all (`None` while nobody knows)."""

class Bars(Protocol):
    """Makes a bar with a name; may be called from several threads. `pages` shows them and their rate beside it."""

    def __call__(self, doing: str, pages: Pages | None = None, /) -> Steps:
        """The steps of that work."""


def unseen(_done: int, _total: int | None) -> None:
    """The steps of work that nobody watches."""


def _hidden(_doing: str, _pages: Pages | None = None) -> Steps:
    return unseen


@contextmanager
def bars() -> Iterator[Bars]:
    """Bars for the time of the block, when standard error is a terminal."""
    if not sys.stderr.isatty():
        yield _hidden
        return
    shown = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[pages]}"),
             TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*shown, console=Console(stderr=True), transient=True) as progress:
        yield partial(_bar, progress)


def _bar(progress: Progress, doing: str, pages: Pages | None = None) -> Steps:
    task, began = progress.add_task(doing, total=None, pages=""), monotonic()

    def step(done: int, total: int | None) -> None:
        progress.update(task, completed=done, total=total, pages=_pages(pages, monotonic() - began))

    return step


def _pages(pages: Pages | None, seconds: float) -> str:
    """ "120 pages, 0.9/s"."""
    if pages is None:
        return ""
    asked = pages()
    return f"{asked:,} pages, {asked / max(seconds, 0.001):.1f}/s"
