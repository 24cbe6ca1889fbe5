"""One crawl of one council: what is announced is fetched, read and saved, and one bad meeting stops nothing.

Every meeting is saved whole or not at all, so a run may be killed at any moment and started again at once. What the
lists announce is kept (`archive.listings`), so a run that ends before its time is gone on with by the next.
"""

import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from types import MappingProxyType
from typing import Final, TypeVar

from archive.captures import Capture, Captures
from archive.errors import (
    CaptureError,
    Gone,
    LeftAlone,
    MinutebookError,
    OutOfBudget,
    PageError,
    StoreError,
    Unfit,
)
from archive.listings import Announced, Listing
from archive.model import CommitteeId, Meeting, MeetingId
from archive.runs import INTERRUPTED, Ending, Failure, RunId, ending_of
from archive.store import Saved, Store
from crawler.clock import Clock, today
from crawler.habits import routine_titles, with_habits
from crawler.replay import Remembered
from crawler.reports import EVERYTHING_DUE, Fetching, Planned, Progress, RunReport, Scope, unwatched
from crawler.rotation import first_listed, is_due
from crawler.source import ListsFailed, Reading, Source
from crawler.version import PARSER

__all__ = ["UNUSUAL", "Fetching", "Planned", "Progress", "RunReport", "Scope", "crawl", "unwatched"]

log = logging.getLogger("minutebook.crawl")

UNUSUAL: Final = "usual counts"
"""What failed, of a failure that says that a list has become much shorter than it was."""

_UNLISTED: Final = "lists that failed"
_IN_A_ROW: Final = 5       # pages that cannot be had, before the site is left alone
_WRONG: Final = 20         # the same, of pages that are no answer to what was asked
_FEW: Final = 10           # lists shorter than this have no usual length; ...
_SOME: Final = 3           # ... but when all of them is gone, that is unusual too

_T = TypeVar("_T")

def crawl(
    source: Source,
    fetching: Fetching,
    store: Store,
    captures: Captures,
    clock: Clock,
    scope: Scope = EVERYTHING_DUE,
    progress: Progress = unwatched,
) -> RunReport:
    """One crawl of the source's council. Raises `StoreError` when the run itself cannot be noted."""
    return _Crawl(source, fetching, store, captures, clock, scope).run(progress)


class _Crawl:
    def __init__(
        self, source: Source, fetching: Fetching, store: Store, captures: Captures, clock: Clock, scope: Scope
    ) -> None:
        self._source, self._fetching, self._store, self._clock = source, fetching, store, clock
        self._captures, self._scope, self._council = captures, scope, source.council.id
        self._begun, self._asked_before = clock.seconds(), fetching.requests
        self._before = store.runs(self._council)
        self._since, self._until = self._range()
        self._held = store.held(self._council)
        self._counts: Counter[str] = Counter()
        self._failures: list[Failure] = []
        self._in_a_row = self._wrong = 0
        self._looked = set[MeetingId]()
        self._stopped: str | None = None
        self._listed = False
        self._unlisted: frozenset[CommitteeId] = frozenset()

    def run(self, progress: Progress) -> RunReport:
        if self._scope.dry_run:
            found = self._announced()
            known = self._store.listings(self._council)
            fresh = {each.id: Listing(each, self._clock.now()) for each in found}
            due = (each.what for each in self._due({**fresh, **known}))
            return self._report(tuple(Planned(each, self._source.address(each)) for each in due))
        run = self._store.begin_run(self._council, self._clock.now())
        try:
            if self._is_starved():
                self._look_at_all(self._due(self._store.listings(self._council)), progress)
            self._look_at_lists()
            self._look_at_all(self._due(self._store.listings(self._council)), progress)
        except KeyboardInterrupt:
            self._stopped = INTERRUPTED
            self._end(run)
            raise
        self._end(run)
        return self._report()

    def _is_starved(self) -> bool:
        """Whether the last run's budget was used up by lists: then meetings come first for once."""
        last = next(iter(self._before), None)
        return last is not None and last.stopped is not None and not any(last.counts.get(each) for each in Ending)

    # Lists

    def _range(self) -> tuple[date | None, date | None]:
        """The days whose lists are asked for: open ahead wherever more than what is due every night is asked for."""
        if self._scope.chosen:
            return self._scope.since, self._scope.until
        day, windows = today(self._clock), self._scope.windows
        everything = self._store.last_listed(self._council, date.min)
        weekly = self._store.last_listed(self._council, windows.weekly_from(day))
        first = first_listed(day, windows, everything, weekly)
        nightly, ahead = windows.nightly(day)
        return first, ahead if first == nightly else None

    def _look_at_lists(self) -> None:
        with self._fetching.recording("list of members") as captures:
            members = self._attempt("list of members", self._council, self._source.members)
        self._store.save_members(self._council, members or (), today(self._clock))
        self._store.save_captures(captures)
        with self._fetching.recording("list of committees") as captures:
            committees = self._attempt("list of committees", self._council, self._source.committees)
        self._store.save_committees(self._council, committees or ())
        self._store.save_captures(captures)
        for noun, listed in (("members", members), ("committees", committees)):
            if listed is not None:
                self._is_usual(noun, len(listed), self._counted_before(noun))
                self._counts[noun] = len(listed)
        self._save_announced(self._announced())

    def _announced(self) -> tuple[Announced, ...]:
        """What the site's lists announce. What was listed before a failure counts."""
        found: dict[MeetingId, Announced] = {}
        with self._fetching.recording("list of meetings") as captures:
            listed = self._attempt("list of meetings", self._council, partial(self._collect, found))
        self._listed = (listed is not None or bool(self._unlisted)) and self._stopped is None
        if not self._scope.dry_run:
            self._store.save_captures(captures)
        return tuple(found.values())

    def _collect(self, found: dict[MeetingId, Announced]) -> bool:
        try:
            for each in self._source.announced(self._since, self._until):
                other = found.get(each.id)
                if other is None or each.place < other.place:
                    found[each.id] = each
        except ListsFailed as failure:
            self._unlisted = failure.committees
            raise
        return True

    def _save_announced(self, found: Sequence[Announced]) -> None:
        """Keep what is announced; what is no longer counts as missed, unless the lists are no good."""
        known = self._store.listings(self._council)
        before = sum(1 for each in known.values() if not each.missed and self._is_asked_for(each.what))
        now = sum(map(self._is_asked_for, found))
        good = self._listed and self._is_usual("meetings", now, before)
        if self._unlisted:     # the list of the committee that has a meeting may be the one that failed
            found = [replace(each, committee=known[each.id].what.committee) if each.id in known else each
                     for each in found]
        gone = self._store.save_announced(
            self._council, found, self._since, self._until, self._clock.now(), count_missing=good, but=self._unlisted)
        self._counts["announced"] = now
        if self._unlisted:
            self._counts[_UNLISTED] = len(self._unlisted)
        if gone:
            self._counts["no longer published"] = len(gone)

    def _is_asked_for(self, announced: Announced) -> bool:
        """Whether a meeting is of the days whose lists were asked for; lists show others too."""
        return Scope(self._since, self._until).holds(announced)

    def _counted_before(self, noun: str) -> int:
        """How long a list was when it was last had."""
        return next((run.counts[noun] for run in self._before if noun in run.counts), 0)

    def _is_usual(self, noun: str, now: int, before: int) -> bool:
        """Whether a list is about as long as it was; a failure where it has lost more than half of what it had, or all.

        An operator who looks at everything again believes what the lists say.
        """
        lost = now * 2 < before if before >= _FEW else not now and before >= _SOME
        if not lost or self._scope.full:
            return True
        reason = f"the site lists {now:,} {noun} where it had {before:,}; what is held stays: look at the site"
        self._failures.append(Failure(UNUSUAL, self._council, reason))
        return False

    # Meetings

    def _due(self, listings: Mapping[MeetingId, Listing]) -> list[Listing]:
        """What to look at, newest first; what failed the last time comes last, and keeps no others waiting."""
        due = [each for each in listings.values() if self._is_due(each)]
        newest = sorted(due, key=lambda each: (each.what.start, each.what.id), reverse=True)
        return sorted(newest, key=lambda each: each.failures > 0)

    def _is_due(self, listing: Listing) -> bool:
        if listing.what.id in self._looked:
            return False
        if self._scope.chosen:
            return not listing.missed and self._scope.holds(listing.what)
        return is_due(listing, listing.what.id in self._held, today(self._clock), self._scope.windows)

    def _look_at_all(self, due: Sequence[Listing], progress: Progress) -> None:
        for done, listing in enumerate(due):
            if self._stopped is not None:
                break
            progress(done, len(due))
            self._look_at(listing.what)
        else:
            progress(len(due), len(due))
        left = sum(1 for listing in due if listing.what.id not in self._looked)
        if left:
            self._counts["not looked at"] = left

    def _look_at(self, announced: Announced) -> None:
        self._looked.add(announced.id)
        with self._fetching.recording(announced.id) as captures:
            earlier = partial(self._store.captures_of, announced.id) if announced.id in self._held else tuple
            kept = Remembered(earlier, self._captures, captures)
            read = partial(self._read, announced, kept, captures)
            ending = self._attempt("meeting", announced.id, read)
        if ending is None:
            self._store.save_captures(captures)
            return
        self._counts[ending.value] += 1
        self._held.add(announced.id)

    @cached_property
    def _routine(self) -> frozenset[str]:
        return routine_titles(self._store, self._council)

    def _read(self, announced: Announced, kept: Remembered, captures: Sequence[Capture]) -> Ending:
        reading = with_habits(self._source.meeting(announced, kept), self._routine)
        now = self._clock.now()
        saved = self._store.save_meeting(reading.meeting, captures, PARSER, now, untold=reading.untold)
        for each in reading.translations:
            self._store.save_meeting(each, captures, PARSER, now, untold=reading.untold)
        ending, reason = _ending(reading, saved), None
        noted = ending
        for part in reading.shortfalls:
            noted, reason = ending_of(part.error), f"{part.what}: {part.error}"
            self._failures.append(Failure(part.what, part.where, str(part.error), noted))
        self._store.save_look(announced.id, noted, reason, now)
        return ending

    def _attempt(self, what: str, where: str, action: Callable[[], _T]) -> _T | None:
        """What `action` gives, or `None` with the failure noted: the edge at which one bad page stops nothing."""
        if self._stopped is not None:
            return None
        try:
            result = action()
        except MinutebookError as error:
            self._note(what, where, error, str(error))
            return None
        except Exception as error:
            log.exception("%s %s", what, where)
            self._note(what, where, error, f"bug: {type(error).__name__}: {error}; the log has the details")
            return None
        self._in_a_row = self._wrong = 0
        return result

    def _note(self, what: str, where: str, error: Exception, reason: str) -> None:
        if isinstance(error, CaptureError | StoreError) and not isinstance(error, Unfit):
            self._stopped = "nothing more could be kept"    # the fault is this machine's, not the site's
            self._failures.append(Failure("home", self._council, reason))
            return
        if isinstance(error, LeftAlone):    # it was not asked
            self._stopped = error.reason
            self._failures.append(Failure("site", self._council, error.reason, Ending.BLOCKED))
            self._looked.discard(MeetingId(where))
            return
        self._note_look(what, where, error, reason)

    def _note_look(self, what: str, where: str, error: Exception, reason: str) -> None:
        ending = ending_of(error)
        if what == "meeting":
            self._counts[ending.value] += 1
            self._store.save_look(MeetingId(where), ending, reason, self._clock.now())
        if isinstance(error, OutOfBudget):    # the operator's own limit: nobody need look
            self._stopped = error.reason
            return
        self._failures.append(Failure(what, where, reason, ending))
        self._wrong += 1
        self._in_a_row = 0 if isinstance(error, Gone | PageError) else self._in_a_row + 1
        if self._in_a_row >= _IN_A_ROW or self._wrong >= _WRONG:
            self._stopped = f"{self._wrong} failures in a row; the last: {reason}"

    # The end

    def _end(self, run: RunId) -> None:
        gaps = (gap for month in self._store.coverage(self._council) for gap in month.gaps)
        missing = sum(1 for gap in gaps if gap.what.id not in self._held)
        self._counts.update(failed=len(self._failures), missing=missing)
        asked = self._fetching.requests - self._asked_before
        listed = (self._since or date.min) if self._is_listed() else None
        self._store.save_doors(self._council, self._source.ways())    # first: a run that ended asks for fewer lists
        self._store.finish_run(
            run, self._clock.now(), self._counts, self._failures,
            requests=asked, stopped=self._stopped, listed=listed)
        said = ", ".join(f"{number} {what}" for what, number in self._counts.items())
        log.info("%s: %s; %d requests", self._council, said, asked, extra={"council": self._council, **self._counts})

    def _is_listed(self) -> bool:
        """Whether the lists were had, asked as far ahead as every night.

        Those that fail two nights in a row must not make all others be asked in full every night.
        """
        if not self._listed or (self._unlisted and not (self._before and self._before[0].counts.get(_UNLISTED))):
            return False
        return self._until is None or self._until >= self._scope.windows.nightly(today(self._clock))[1]

    def _report(self, planned: tuple[Planned, ...] = ()) -> RunReport:
        seconds = self._clock.seconds() - self._begun
        asked = self._fetching.requests - self._asked_before
        counts = MappingProxyType(dict(self._counts))
        return RunReport(self._council, counts, tuple(self._failures), asked, seconds, self._stopped, planned)


def _ending(reading: Reading, saved: Saved) -> Ending:
    """How a look ended that read a meeting."""
    if saved is Saved.CHANGED:
        return Ending.CHANGED
    if _is_restricted(reading.meeting):
        return Ending.RESTRICTED
    if not reading.meeting.items and not reading.meeting.documents:
        return Ending.NONE_PUBLISHED
    return Ending(saved.value)


def _is_restricted(meeting: Meeting) -> bool:
    return bool(meeting.items) and all(item.restricted for item in meeting.items)
