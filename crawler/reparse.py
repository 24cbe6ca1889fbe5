"""Reads every meeting of a council again from the captures it came from, without network, by all cores."""

import logging
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final

from archive import ids
from archive.captures import Capture, Captures
from archive.errors import CaptureError, FetchError, MinutebookError, PageError, Unreachable
from archive.model import Council, CouncilId, Meeting, Member
from archive.rosters import as_listed
from archive.runs import Failure
from archive.store import Store
from archive.workers import cores, in_order
from crawler.clock import Clock, today
from crawler.documents.ocr import Recognise, recognised
from crawler.files import Given, given_with, read_file, renamed
from crawler.habits import routine_titles, with_habits
from crawler.network.answers import Answer
from crawler.replay import Replay
from crawler.run import Progress, RunReport, unwatched
from crawler.source import Announced, Get, Page, Reading, Source
from crawler.version import PARSER

log = logging.getLogger("minutebook.crawl")

_WORTH_PROCESSES: Final = 60    # meetings; for fewer, starting processes takes longer than reading

OpenSource = Callable[[Council, Get, Sequence[Member]], Source]
"""Makes the source of a council from how it asks pages and the members known. It is sent to other processes."""


def reparse(
    council: CouncilId,
    open_source: OpenSource,
    store: Store,
    captures: Captures,
    clock: Clock,
    progress: Progress = unwatched,
    recognise: Recognise = recognised,
) -> RunReport:
    """Reads what is held of `council` again, what was fetched and what was imported; scans by `recognise`."""
    begun, counts, failures = clock.seconds(), Counter[str](), list[Failure]()
    known = store.council(council)
    roster = _roster(known, open_source, store, captures, today(clock))
    heads = [head for head in store.heads(council) if not ids.is_welsh(head.id or "")]   # read with its English twin
    tasks = (_Task(head, store.captures_of(head.id) if head.id else ()) for head in heads)
    reader = _Rereader(captures.folder, Given(known, roster=roster, recognise=recognise), open_source)
    routine = routine_titles(store, council)
    workers = cores() if len(heads) >= _WORTH_PROCESSES else 1
    for done, (task, read) in enumerate(in_order(reader, tasks, workers)):
        progress(done, len(heads))
        habitual = with_habits(read, routine) if isinstance(read, Reading) else read
        outcome, failure = _ended(store, task, habitual, clock.now())
        failures += [failure] if failure else []
        counts[outcome] += 1
    progress(len(heads), len(heads))
    seconds = clock.seconds() - begun
    return RunReport(council, MappingProxyType(dict(counts)), tuple(failures), seconds=seconds)


@dataclass(frozen=True, slots=True)
class _Task:
    """A meeting that is held, and the captures that it was read from."""

    head: Meeting
    kept: Sequence[Capture]


@dataclass(frozen=True, slots=True)
class _Failed:
    """Why a meeting cannot be read again; `details` are for the log."""

    reason: str
    details: str = ""


@dataclass(frozen=True, slots=True)
class _Rereader:
    """Reads meetings from captures, in whatever process; `None` where there is nothing to read one from."""

    captures: Path
    given: Given
    open_source: OpenSource

    def __call__(self, task: _Task) -> Reading | _Failed | None:
        try:
            return _read(task.head, task.kept, Captures(self.captures), self.given, self.open_source)
        except MinutebookError as error:
            return _Failed(str(error))
        except Exception as error:
            return _bug(error)


def _bug(error: Exception) -> _Failed:
    reason = f"bug: {type(error).__name__}: {error}; the log has the details"
    return _Failed(reason, "".join(traceback.format_exception(error)))


def _ended(store: Store, task: _Task, read: Reading | _Failed | None, now: datetime) -> tuple[str, Failure | None]:
    """Saves what was read; the word for how it ended, and the failure if it is one."""
    if isinstance(read, Reading):
        try:
            return _saved(store, read, task.kept, max((each.fetched for each in task.kept), default=now)), None
        except MinutebookError as error:
            read = _Failed(str(error))
        except Exception as error:
            read = _bug(error)
    if read is None:
        return "skipped", None
    if read.details:
        log.error("meeting %s: %s", task.head.id, read.details)
    return "failed", Failure("meeting", task.head.id or "", read.reason)


def _saved(store: Store, read: Reading, kept: Sequence[Capture], fetched: datetime) -> str:
    """Saves what was read again; what became of the meeting itself. It says nothing of what the site shows by now."""
    for each in read.translations:
        store.save_meeting(each, kept, PARSER, fetched, observed=False, untold=read.untold)
    return str(store.save_meeting(read.meeting, kept, PARSER, fetched, observed=False, untold=read.untold))


def _roster(
    council: Council, open_source: OpenSource, store: Store, captures: Captures, now: date
) -> Sequence[Member]:
    """The members as the site last listed them, whom a crawl links to; all that are known where no list is kept."""
    known = store.roster(council.id)

    def last_kept(url: str) -> Page:
        capture = store.capture_at(url)
        if capture is None:
            raise Unreachable(url, "was never asked")
        return Answer(url, capture.status, "", capture.content_type, captures.read(capture)).page()

    try:
        listed = open_source(council, last_kept, known).members() if council.url else ()
        return as_listed(listed, known, now) if listed else known
    except (CaptureError, FetchError, PageError):
        return known


def _read(
    head: Meeting, kept: Sequence[Capture], captures: Captures, given: Given, open_source: OpenSource
) -> Reading | None:
    """The meeting of `head` read from its captures; `None` when there is nothing to read it from."""
    if not kept or head.id is None or given.council is None:
        return None
    if not kept[-1].status:
        return Reading(_imported(head, kept[-1], captures.read(kept[-1]), given))
    if head.committee is None or head.start is None:
        return None
    source = open_source(given.council, Replay(kept, captures), given.roster)    # its doors are those of that day
    return source.meeting(Announced(head.id, head.committee, head.start, head.status))


def _imported(head: Meeting, kept: Capture, data: bytes, given: Given) -> Meeting:
    """The meeting from its file. It keeps its identifier: made of what was read, it must not move when more is read."""
    name, said = given_with(kept.url, given)
    meetings = read_file(data, name, said).meetings
    found = meetings[0] if len(meetings) == 1 else next((each for each in meetings if each.id == head.id), None)
    if found is None or head.id is None:
        raise PageError(name, f"meeting {head.id}", "others only: the file is read otherwise now; import it again")
    return renamed(found, head.id)
