"""What a site announces, what became of each announced meeting, and by which ways the site can be asked."""

from dataclasses import dataclass
from datetime import datetime

from archive.model import Committee, MeetingId
from archive.runs import Ending


@dataclass(frozen=True, slots=True)
class Announced:
    """A meeting that the site's lists announce: what is needed to fetch it and to know that something is missing."""

    id: MeetingId
    committee: Committee
    start: datetime
    note: str | None = None   # what the list prints beside the date: "Cancelled", "Agenda", ...

    @property
    def place(self) -> tuple[int, str]:
        """Of two committees that list one meeting the lower has it, whatever the order of the lists: the older one."""
        number = (self.committee.id or "").rpartition("/")[2]
        return int(number) if number.isdecimal() else 0, number


@dataclass(frozen=True, slots=True)
class Listing:
    """What is known of an announced meeting: when lists had it, and how the last look at it ended.

    `listed` is when a list last had it. `missed` counts the runs since then whose lists should have had it and had it
    not, `missing` is when the first of them was. `looked` is when it was last looked at, `ending` and `reason` how
    that ended, `failures` how many looks in a row have failed.
    """

    what: Announced
    listed: datetime
    missed: int = 0
    missing: datetime | None = None
    looked: datetime | None = None
    ending: Ending | None = None
    reason: str | None = None
    failures: int = 0


@dataclass(frozen=True, slots=True)
class Door:
    """How asking a site by one way has gone: whether it `worked` ever, its `failures` in a row, when `tried` last."""

    worked: bool
    failures: int
    tried: datetime
