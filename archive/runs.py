"""What is kept of each crawl: how it ended, how each look ended, every request; and how much is held."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NewType

from archive.errors import Blocked, Disallowed, Gone, OutOfBudget
from archive.model import CouncilId

RunId = NewType("RunId", int)


class Ending(StrEnum):
    """How a look at a list, a meeting or a part of one ended."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    NONE_PUBLISHED = "none published"
    RESTRICTED = "restricted"
    BLOCKED = "blocked"
    BROKEN = "broken page"
    GONE = "gone"
    ROBOTS = "skipped by robots"
    BUDGET = "out of budget"

    @property
    def failed(self) -> bool:
        """Whether nothing could be read, so that somebody should know."""
        return self in (Ending.BLOCKED, Ending.BROKEN, Ending.GONE, Ending.ROBOTS)


_LOOKED: Final = tuple(ending.value for ending in Ending if ending is not Ending.BUDGET)

INTERRUPTED: Final = "interrupted"
"""Why a run stopped that somebody ended."""


def ending_of(error: Exception) -> Ending:
    """How a look ended that raised `error`."""
    known = ((OutOfBudget, Ending.BUDGET), (Disallowed, Ending.ROBOTS), (Blocked, Ending.BLOCKED), (Gone, Ending.GONE))
    return next((ending for kind, ending in known if isinstance(error, kind)), Ending.BROKEN)


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that went wrong in a run: `what` failed, `where` (an address or identifier), and the `reason`."""

    what: str
    where: str
    reason: str
    ending: Ending = Ending.BROKEN


@dataclass(frozen=True, slots=True)
class Run:
    """One crawl of one council. `finished` is `None` while it runs, or for ever when it was killed.

    `stopped` says why it ended before its time. `listed` is the first day of which the site's lists were asked for and
    had (1 January 1 for everything), `None` when they could not be had.
    """

    started: datetime
    finished: datetime | None
    counts: Mapping[str, int]
    failures: tuple[Failure, ...]
    requests: int = 0
    stopped: str | None = None
    listed: date | None = None

    @property
    def succeeded(self) -> bool:
        """Whether it ended, nobody need look at it, and it got somewhere.

        One whose budget was used up before it had looked at a single meeting has not, nor one that was interrupted.
        """
        if self.finished is None or self.failures:
            return False
        return self.stopped is None or (self.stopped != INTERRUPTED and any(map(self.counts.get, _LOOKED)))


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is held; `newest_minutes` is the day of the latest meeting that has minutes, draft or published.

    `needs_ocr` are the meetings with a document of their own of which pages are pictures that could not be read. The
    Welsh texts of bilingual meetings are not counted again.
    """

    meetings: int
    items: int
    resolutions: int
    documents: int
    members: int
    newest_minutes: date | None
    needs_ocr: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it was made: the ledger's line.

    `why` names what it was for ("list of meetings", "ambleshire/meetings/12"). `status` is 0 without an answer, `size`
    the body's bytes. `waited` are the seconds between the end of the last request to that host's domain and this one
    (`None` for the first), `took` those until its answer was there.
    """

    council: CouncilId | None
    url: str
    why: str
    at: datetime
    status: int
    size: int
    waited: float | None
    took: float
