"""One crawl of one council: what is announced is fetched, read and saved, and one bad meeting stops nothing.

Every meeting is saved whole or not at all, so a run may be killed at any moment and started again at once. What ends
before its time says so in its report and looks at everything again the next time.
"""

import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from types import MappingProxyType
from typing import Final, Protocol, TypeVar

from archive.captures import Capture
from archive.errors import Gone, MinutebookError, OutOfBudget, PageError
from archive.model import LONDON, CouncilId, MeetingId
from archive.runs import Failure, RunId
from archive.store import Store
from archive.versions import Saved
from crawler.clock import Clock, today
from crawler.source import Announced, Source
from crawler.version import PARSER

log = logging.getLogger("minutebook.crawl")

_BACK: Final = timedelta(days=90)      # minutes, decisions and corrections arrive late
_AHEAD: Final = timedelta(days=60)
_IN_A_ROW: Final = 10                  # pages that cannot be had, before the site is left alone

_T = TypeVar("_T")

Progress = Callable[[int, int], None]
"""Told how many meetings are done, of how many."""


class Fetching(Protocol):
    """What a run needs to know of the one who fetches (`crawler.network.fetch.Fetcher`)."""

    requests: int

    def recording(self) -> AbstractContextManager[Sequence[Capture]]:
        """Collects the captures of what is fetched inside."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a run looks at. By default everything at a council's first crawl, later what is due (`_due`).

    `since` and `until` are days, both included. `full` looks at everything again. A `dry_run` asks for the lists only,
    saves nothing and reports what it would have looked at.
    """

    since: date | None = None
    until: date | None = None
    full: bool = False
    dry_run: bool = False

    @property
    def chosen(self) -> bool:
        """Whether the operator said what to look at."""
        return self.full or self.since is not None or self.until is not None


EVERYTHING_DUE: Final = Scope()


@dataclass(frozen=True, slots=True)
class RunReport:
    """How a run ended. `counts` are by outcome: announced, skipped, new, changed, same, failed, missing.

    `missing` are announced meetings that are not held. `stopped` says why the run ended before its time. `planned` is
    what a dry run would have looked at. A run is a success when nothing failed.
    """

    council: CouncilId
    counts: Mapping[str, int]
    failures: tuple[Failure, ...] = ()
    requests: int = 0
    seconds: float = 0.0
    stopped: str | None = None
    planned: tuple[Announced, ...] = ()

    @property
    def succeeded(self) -> bool:
        """Whether nobody need look at this run."""
        return not self.failures


def unwatched(_done: int, _total: int) -> None:
    """The progress of a run that nobody watches."""


def crawl(
    source: Source,
    fetching: Fetching,
    store: Store,
    clock: Clock,
    scope: Scope = EVERYTHING_DUE,
    progress: Progress = unwatched,
) -> RunReport:
    """One crawl of the source's council. Raises `StoreError` when the run itself cannot be noted."""
    return _Crawl(source, fetching, store, clock, scope).run(progress)


class _Crawl:
    """`whole` in a run's counts says that all that was ever announced is held, so that the next may look at less."""

    def __init__(self, source: Source, fetching: Fetching, store: Store, clock: Clock, scope: Scope) -> None:
        self._source, self._fetching, self._store, self._clock = source, fetching, store, clock
        self._scope, self._council = scope, source.council.id
        self._begun, self._asked_before = clock.seconds(), fetching.requests
        last = store.last_runs().get(self._council)
        self._known_whole = last is not None and bool(last.counts.get("whole"))
        self._held = {head.id for head in store.heads(self._council)}
        self._counts: Counter[str] = Counter()
        self._failures: list[Failure] = []
        self._in_a_row = 0
        self._stopped: str | None = None

    def run(self, progress: Progress) -> RunReport:
        if self._scope.dry_run:
            return self._report(planned=tuple(filter(self._is_due, self._announced())))
        run = self._store.begin_run(self._council, self._clock.now())
        announced: list[Announced] = []
        try:
            self._read_people_and_committees()
            announced = self._announced()
            due = [each for each in announced if self._is_due(each)]
            self._counts.update(announced=len(announced), skipped=len(announced) - len(due))
            self._look_at_all(due, progress)
        except KeyboardInterrupt:
            self._stopped = "interrupted"
            self._end(run, announced)
            raise
        self._end(run, announced)
        return self._report()

    def _read_people_and_committees(self) -> None:
        with self._fetching.recording() as captures:
            members = self._attempt("list of members", self._council, self._source.members)
            committees = self._attempt("list of committees", self._council, self._source.committees)
        self._store.save_members(self._council, members or ())
        self._store.save_committees(self._council, committees or ())
        self._store.save_captures(captures)

    def _announced(self) -> list[Announced]:
        """What the site's lists announce, newest first. What was listed before a failure counts."""
        found: dict[MeetingId, Announced] = {}
        with self._fetching.recording() as captures:
            self._attempt("list of meetings", self._council, partial(self._collect, found))
        self._store.save_captures(captures)
        return sorted(found.values(), key=lambda each: (each.start, each.id), reverse=True)

    def _collect(self, found: dict[MeetingId, Announced]) -> bool:
        for each in self._source.announced(*self._range()):
            found.setdefault(each.id, each)
        return True

    def _range(self) -> tuple[date | None, date | None]:
        """The days whose lists are asked for: all there are, until all that was ever announced is held."""
        if self._scope.chosen:
            return self._scope.since, self._scope.until
        day = today(self._clock)
        return (day - _BACK, day + _AHEAD) if self._known_whole else (None, None)

    def _is_due(self, announced: Announced) -> bool:
        """Whether to look at a meeting: it was asked for, is not held, or is of the time when things change."""
        day, now = announced.start.astimezone(LONDON).date(), today(self._clock)
        return self._scope.chosen or announced.id not in self._held or now - _BACK <= day <= now + _AHEAD

    def _look_at_all(self, due: Sequence[Announced], progress: Progress) -> None:
        for done, announced in enumerate(due):
            if self._stopped is not None:
                return
            progress(done, len(due))
            with self._fetching.recording() as captures:
                saved = self._attempt("meeting", announced.id, partial(self._look_at, announced, captures))
            if saved is None:
                self._store.save_captures(captures)
            else:
                self._counts[saved.value] += 1
                self._held.add(announced.id)
        progress(len(due), len(due))

    def _look_at(self, announced: Announced, captures: Sequence[Capture]) -> Saved:
        meeting = self._source.meeting(announced).meeting
        return self._store.save_meeting(meeting, captures, PARSER, self._clock.now())

    def _attempt(self, what: str, where: str, action: Callable[[], _T]) -> _T | None:
        """What `action` gives, or `None` with the failure noted: the edge at which one bad page stops nothing."""
        try:
            result = action()
        except MinutebookError as error:
            self._note(what, where, error, str(error))
            return None
        except Exception as error:
            log.exception("%s %s", what, where)
            self._note(what, where, error, f"bug: {type(error).__name__}: {error}; the log has the details")
            return None
        self._in_a_row = 0
        return result

    def _note(self, what: str, where: str, error: Exception, reason: str) -> None:
        if isinstance(error, OutOfBudget):    # the operator's own limit: nobody need look
            self._stopped = error.reason
            return
        self._failures.append(Failure(what, where, reason))
        self._in_a_row = 0 if isinstance(error, Gone | PageError) else self._in_a_row + 1
        if self._in_a_row >= _IN_A_ROW:
            self._stopped = f"{_IN_A_ROW} failures in a row; the last: {reason}"

    def _end(self, run: RunId, announced: Sequence[Announced]) -> None:
        missing = sum(1 for each in announced if each.id not in self._held)
        listed = not any(each.what == "list of meetings" for each in self._failures)
        everything = self._known_whole or self._range() == (None, None)
        whole = everything and listed and not missing and self._stopped is None
        self._counts.update(failed=len(self._failures), missing=missing, whole=int(whole))
        self._store.finish_run(run, self._clock.now(), self._counts, self._failures)

    def _report(self, planned: tuple[Announced, ...] = ()) -> RunReport:
        seconds = self._clock.seconds() - self._begun
        asked = self._fetching.requests - self._asked_before
        counts = MappingProxyType(dict(self._counts))
        return RunReport(self._council, counts, tuple(self._failures), asked, seconds, self._stopped, planned)
