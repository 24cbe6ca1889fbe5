"""Reads every meeting of a council again from the captures it came from, without network."""

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from types import MappingProxyType

from archive.captures import Capture, Captures
from archive.errors import MinutebookError, Unreachable
from archive.model import Council, CouncilId, Meeting, Member
from archive.runs import Failure
from archive.store import Store
from crawler.answers import Answer, is_redirect
from crawler.clock import Clock
from crawler.run import Progress, RunReport, unwatched
from crawler.source import Announced, Get, Page, Source
from crawler.version import PARSER

log = logging.getLogger("minutebook.crawl")

OpenSource = Callable[[Council, Get, Sequence[Member]], Source]
"""Makes the source of a council from how it asks pages and the members known."""


class Replay:
    """A `Get` that answers from the captures of one meeting, in the order in which they were made."""

    def __init__(self, kept: Sequence[Capture], captures: Captures) -> None:
        self._kept, self._captures = kept, captures
        self._last = {capture.url: at for at, capture in enumerate(kept)}   # of several attempts the last counts

    def __call__(self, url: str) -> Page:
        """The page as it was. Raises what its first asking raised, and `CaptureError`."""
        if url not in self._last:
            raise Unreachable(url, "was not answered when this meeting was fetched")
        at = self._last[url]
        capture = self._kept[at]
        if is_redirect(capture.status) and at + 1 < len(self._kept) and self._kept[at + 1].url != url:
            return self(self._kept[at + 1].url)
        body = self._captures.read(capture)
        return Answer(url, capture.status, "", capture.content_type, body).page()


def reparse(
    council: CouncilId,
    open_source: OpenSource,
    store: Store,
    captures: Captures,
    clock: Clock,
    progress: Progress = unwatched,
) -> RunReport:
    """Reads what is held of `council` again; meetings that were imported from files are skipped."""
    begun, counts, failures = clock.seconds(), Counter[str](), list[Failure]()
    known, roster = store.council(council), store.members(council)
    heads = store.heads(council)
    for done, head in enumerate(heads):
        progress(done, len(heads))
        try:
            outcome = _read_again(head, lambda get: open_source(known, get, roster), store, captures)
        except MinutebookError as error:
            failures.append(Failure("meeting", head.id or "", str(error)))
            outcome = "failed"
        except Exception as error:
            log.exception("meeting %s", head.id)
            reason = f"bug: {type(error).__name__}: {error}; the log has the details"
            failures.append(Failure("meeting", head.id or "", reason))
            outcome = "failed"
        counts[outcome] += 1
    progress(len(heads), len(heads))
    seconds = clock.seconds() - begun
    return RunReport(council, MappingProxyType(dict(counts)), tuple(failures), seconds=seconds)


def _read_again(
    head: Meeting, source_by: Callable[[Get], Source], store: Store, captures: Captures
) -> str:
    """What became of one meeting. Its source is its own: which doors were open is of the day it was fetched."""
    if head.id is None or head.committee is None or head.start is None:
        return "skipped"
    kept = store.captures_of(head.id)
    if not kept or not all(capture.status for capture in kept):
        return "skipped"
    source = source_by(Replay(kept, captures))
    meeting = source.meeting(Announced(head.id, head.committee, head.start, head.status))
    return store.save_meeting(meeting, kept, PARSER, max(capture.fetched for capture in kept)).value
