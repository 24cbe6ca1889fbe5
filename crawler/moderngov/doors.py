"""The ways by which a ModernGov site can be asked: each method of its web service, and whatever else may be shut.

Each door is judged on its own by what became of its calls, and what was learnt is kept from run to run: a council that
has its web service switched off is not asked by it every night, and one that switches it on is noticed within days.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Final, TypeVar

from archive.errors import Blocked, Gone, LeftAlone, PageError, Unreachable
from archive.listings import Door

log = logging.getLogger("minutebook.crawl")

LISTS: Final = "lists"          # the meetings of a committee, by its pages
CALENDAR: Final = "calendar"    # the meetings of all committees, by the calendar
WELSH: Final = "welsh"          # the pages in Welsh
VOTES: Final = "votes"          # the page of an item's recorded vote, where the minutes say that there was one
COUNTED: Final = "counted votes"    # the same page, where the minutes state a count and say no more

_NEVER_WORKED: Final = 3    # failures in a row that shut a door
_HAS_WORKED: Final = 10     # the same, of a door that gave something before
_REST: Final = timedelta(days=7)    # after which a shut door is tried once more
_NOTHING_KNOWN: Final[Mapping[str, Door]] = MappingProxyType({})
_NEVER: Final = datetime.min.replace(tzinfo=UTC)

_T = TypeVar("_T")


class Doors:
    """The doors of one council. `states` are those that the last run left (`states()`), `now` is when this run began.

    A door is shut by three failures in a row, by ten when it ever gave anything: one bad reply, or a service that is
    down for a minute, does not turn a council from one way of reading to another and back. Once shut it stays shut over
    the runs; a week after it was last tried, one call decides whether it stays so.
    """

    def __init__(self, states: Mapping[str, Door] = _NOTHING_KNOWN, now: datetime = _NEVER) -> None:
        self._states, self._now = dict(states), now

    def states(self) -> dict[str, Door]:
        """What is known of every door that was ever tried, to be kept for the next run."""
        return dict(self._states)

    def open(self, name: str) -> bool:
        """Whether the door `name` (a `Method`, or one of the names above) is worth a call now."""
        state = self._states.get(name)
        if state is None or state.failures < (_HAS_WORKED if state.worked else _NEVER_WORKED):
            return True
        return self._now - state.tried > _REST

    def through(self, name: str, call: Callable[[], _T]) -> _T | None:
        """What `call` (by the door `name`) gives; `None` when the door is shut, or the answer is none we can use.

        `OutOfBudget` and `LeftAlone` are passed on, for they say nothing of this door.
        """
        if not self.open(name):
            return None
        try:
            answer = call()
        except LeftAlone:
            raise
        except (Blocked, Gone, PageError, Unreachable) as error:
            self._failed(name)
            log.info("%s: %s", name, error)
            return None
        self._states[str(name)] = Door(worked=True, failures=0, tried=self._now)
        return answer

    def _failed(self, name: str) -> None:
        before = self._states.get(name)
        worked, failures = (before.worked, before.failures) if before else (False, 0)
        self._states[str(name)] = Door(worked, failures + 1, self._now)
