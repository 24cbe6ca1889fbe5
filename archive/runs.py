"""What is kept of each crawl, and what a council's part of the archive amounts to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NewType

RunId = NewType("RunId", int)


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that went wrong in a run: `what` failed, `where` (an address or identifier), and the `reason`."""

    what: str
    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Run:
    """One crawl of one council. `finished` is `None` while it runs, or for ever when it was killed."""

    started: datetime
    finished: datetime | None
    counts: Mapping[str, int]
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is held; `newest_minutes` is the day of the latest meeting that has minutes, draft or published."""

    meetings: int
    items: int
    resolutions: int
    documents: int
    members: int
    newest_minutes: date | None
