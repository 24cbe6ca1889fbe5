"""What a run is asked to look at, and how it says what it did."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from archive.captures import Capture
from archive.listings import Announced
from archive.model import LONDON, CouncilId
from archive.runs import Failure
from crawler.rotation import USUAL, Windows

Progress = Callable[[int, int], None]
"""Told how many meetings are done, of how many."""


class Fetching(Protocol):
    """What a run needs to know of the one who fetches (`crawler.network.fetch.Fetcher`)."""

    @property
    def requests(self) -> int:
        """How many were made so far."""

    def recording(self, why: str = "") -> AbstractContextManager[list[Capture]]:
        """Collects the captures of what is fetched inside; `why` is what the ledger says that it is for."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a run looks at. By default everything at a council's first crawl, later what is due (`crawler.rotation`).

    `since` and `until` are days, both included. `full` looks at everything again. A `dry_run` asks for the lists only,
    saves nothing and reports what it would have looked at.
    """

    since: date | None = None
    until: date | None = None
    full: bool = False
    dry_run: bool = False
    windows: Windows = USUAL

    @property
    def chosen(self) -> bool:
        """Whether the operator said what to look at."""
        return self.full or self.since is not None or self.until is not None

    def holds(self, announced: Announced) -> bool:
        """Whether a meeting is of the days that the operator chose."""
        day = announced.start.astimezone(LONDON).date()
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


EVERYTHING_DUE: Final = Scope()


@dataclass(frozen=True, slots=True)
class Planned:
    """A meeting that a dry run would have looked at, and the address of its page."""

    what: Announced
    url: str


@dataclass(frozen=True, slots=True)
class RunReport:
    """How a run ended.

    `counts` are those of the lists that were asked (members, committees, announced meetings), one for each ending of
    a look at a meeting, failed (everything that failed, lists and parts too), missing (ever announced, but not held)
    and, where there are any, meetings no longer published and, of a run that was stopped, not looked at.
    `stopped` says why the run ended before its time. `planned` is what a dry run would have looked at.
    """

    council: CouncilId
    counts: Mapping[str, int]
    failures: tuple[Failure, ...] = ()
    requests: int = 0
    seconds: float = 0.0
    stopped: str | None = None
    planned: tuple[Planned, ...] = ()

    @property
    def succeeded(self) -> bool:
        """Whether nobody need look at this run."""
        return not self.failures


def unwatched(_done: int, _total: int) -> None:
    """The progress of a run that nobody watches."""
