"""When a meeting is looked at again: what still changes every night, what seldom does in rotation.

Minutes, decisions and corrections arrive weeks after a meeting, agendas days before it (moderngov.md, 4.3); what is
older hardly ever changes, so it is asked for once a week or once a year, on days spread evenly by its identifier.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from zlib import crc32

from archive.listings import Listing
from archive.model import LONDON

_WEEK: Final = 7
_PATIENT_AFTER: Final = 7    # looks in a row that failed, before a meeting is only tried again weekly


@dataclass(frozen=True, slots=True)
class Windows:
    """Days: how far back and ahead every night; how far back weekly, and how many between two such looks (`between`);
    and the longest between two looks at the rest.
    """

    back: int = 90
    ahead: int = 60
    weekly: int = 730
    longest: int = 365
    between: int = _WEEK

    def nightly(self, today: date) -> tuple[date, date]:
        """The first and last day of what is looked at every night."""
        return today - timedelta(days=self.back), today + timedelta(days=self.ahead)

    def weekly_from(self, today: date) -> date:
        """The first day of what is looked at once a week."""
        return today - timedelta(days=max(self.weekly, self.back))


USUAL: Final = Windows()


def is_due(listing: Listing, held: bool, today: date, windows: Windows) -> bool:
    """Whether to look at an announced meeting today; not at one that the site's lists have no more."""
    if listing.missed:
        return False
    if not held or (listing.ending is not None and listing.ending.failed):
        return listing.failures < _PATIENT_AFTER or _turn_has_come(listing, _WEEK, today)
    day = listing.what.start.astimezone(LONDON).date()
    first, last = windows.nightly(today)
    if first <= day <= last:
        return True
    weekly = day >= windows.weekly_from(today)
    return _turn_has_come(listing, windows.between if weekly else windows.longest, today)


def _turn_has_come(listing: Listing, period: int, today: date) -> bool:
    """Whether its day, one of every `period` days, was since it was last looked at."""
    if period < 1:
        return True
    turn = today - timedelta(days=(today.toordinal() - crc32(listing.what.id.encode())) % period)
    if listing.looked is None:
        return turn == today
    return listing.looked.astimezone(LONDON).date() < turn


def first_listed(today: date, windows: Windows, all_listed: date | None, weekly_listed: date | None) -> date | None:
    """The first day of which lists are asked today, `None` for as far back as the site goes.

    `all_listed` and `weekly_listed` are when lists were last had of everything, and of all that is looked at weekly.
    """
    if all_listed is None or today - all_listed >= timedelta(days=max(windows.longest, 1)):
        return None
    if weekly_listed is None or today - weekly_listed >= timedelta(days=windows.between):
        return windows.weekly_from(today)
    return windows.nightly(today)[0]
