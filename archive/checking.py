"""Whether the store and the captures hold what they say they hold, and the mending of what can be derived."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count

from archive import evidence, wholeness
from archive.captures import Captures
from archive.database import Database
from archive.errors import StoreError
from archive.model import MeetingId
from archive.problems import Problem
from archive.store import Store

__all__ = ["Problem", "Progress", "check", "mend", "take_in"]

Progress = Callable[[int, int], None]
"""Told how many meetings and captures were looked at, and of how many."""


def _unseen() -> None:
    pass


def _silent(_done: int, _total: int) -> None:
    pass


def check(store: Store, captures: Captures, progress: Progress = _silent) -> Iterator[Problem]:
    """What is wrong, as it is found; some of it is in memory at a time, and nothing is changed.

    Looks at the database itself, at each meeting against its own rows, at each older version, and at each capture
    against the files, which are read once and in order. Where the database cannot be read, that is the last problem.
    """
    try:
        yield from _found(store.database, captures, progress)
    except StoreError as error:
        yield Problem("database", store.database.name, str(error), False)


def _found(database: Database, captures: Captures, progress: Progress) -> Iterator[Problem]:
    done = count(1)
    with database.reading() as connection:
        total = wholeness.how_many(connection) + evidence.how_many(connection)

    def step() -> None:
        progress(min(next(done), total), total)

    yield from wholeness.database_problems(database)
    yield from wholeness.meeting_problems(database, step)
    yield from wholeness.listing_problems(database)
    yield from evidence.capture_problems(database, captures, step)


def take_in(store: Store, captures: Captures, since: datetime | None) -> int:
    """Let the store know the records that it does not know, of files written `since` then and of files of which it
    knows nothing; how many there were.

    A run that is killed between keeping an answer and noting it leaves one, a power cut perhaps many.
    """
    named, taken = evidence.named(store.database), 0
    for path in sorted(captures.folder.glob("*.warc.gz")):
        if path.name in named and (since is None or path.stat().st_mtime < since.timestamp()):
            continue
        for each in [*evidence.file_problems(store.database, captures, path.name, _unseen)]:
            taken += each.what == "record" and mend(store, captures, each)
    return taken


def mend(store: Store, captures: Captures, problem: Problem) -> bool:
    """Mend what a check has found, in one transaction; whether it is mended.

    A meeting's rows are derived from the meeting, whose change goes to the index; the capture of a record from that. A
    capture whose body is lost is forgotten where a later answer stands in for it.
    """
    if not problem.mendable:
        return False
    with store.database.writing() as connection:
        if problem.what == "meeting":
            return wholeness.mend_meeting(connection, MeetingId(problem.where))
        if problem.what == "capture":
            return evidence.forget(connection, problem.where)
        return problem.what == "record" and evidence.mend_record(connection, captures.folder, problem.where)
