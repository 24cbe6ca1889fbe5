"""What is remembered of crawling itself: each request and its capture, each run and its failures.

Inside a transaction that `archive.store` gives.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, or_, select, update

from archive.captures import Capture
from archive.errors import StoreError
from archive.model import LONDON, CouncilId
from archive.runs import Asked, Ending, Failure, Run, RunId
from archive.saving import capture_row
from archive.schema import captures, failures, requests, runs

AT_ONCE = 500
"""Requests in memory while all are read."""

_REQUEST, _CAPTURE = insert(requests), insert(captures)
_ASKED = tuple(field.name for field in fields(Asked))    # `asdict` would copy each value: half the cost of a line


@dataclass(frozen=True, slots=True)
class Finish:
    """How a run ended; see `archive.runs.Run`."""

    finished: datetime
    counts: Mapping[str, int]
    failed: Sequence[Failure]
    requests: int = 0
    stopped: str | None = None
    listed: date | None = None


def note(connection: Connection, asked: Asked, capture: Capture | None) -> None:
    """The ledger's line of a request, and what was captured of its answer: a capture that was made just now."""
    connection.execute(_REQUEST, {name: getattr(asked, name) for name in _ASKED})
    if capture is not None:
        connection.execute(_CAPTURE, capture_row(capture))


def lines(
    connection: Connection, council: CouncilId | None, since: datetime | None, after: tuple[datetime, int] | None
) -> list[tuple[int, Asked]]:
    """The next lines of the ledger after that time and row, each with its row; oldest first."""
    query = select(requests).order_by(requests.c.at, requests.c.id).limit(AT_ONCE)
    if council is not None:
        query = query.where(requests.c.council == council)
    if since is not None:
        query = query.where(requests.c.at >= since)
    if after is not None:
        at, row = after
        query = query.where(requests.c.at >= at, or_(requests.c.at > at, requests.c.id > row))
    return [(each.id, _asked(each)) for each in connection.execute(query)]


def begin(connection: Connection, council: CouncilId, started: datetime) -> RunId:
    """Note that a crawl of `council` has begun."""
    run = insert(runs).values(council=council, started=started, counts={}, requests=0).returning(runs.c.id)
    return RunId(connection.execute(run).scalar_one())


def finish(connection: Connection, run: RunId, ended: Finish) -> None:
    """Note how a crawl ended."""
    values = {
        "finished": ended.finished, "counts": dict(ended.counts), "requests": ended.requests,
        "stopped": ended.stopped, "listed": ended.listed,
    }  # fmt: skip
    if not connection.execute(update(runs).where(runs.c.id == run).values(values)).rowcount:
        raise StoreError(f"run {run} was never begun")
    rows = [_failure_row(run, at, each) for at, each in enumerate(ended.failed)]
    if rows:
        connection.execute(insert(failures), rows)


def of_council(connection: Connection, council: CouncilId, limit: int) -> tuple[Run, ...]:
    """The latest runs of one council, newest first."""
    query = select(runs).where(runs.c.council == council).order_by(runs.c.id.desc()).limit(limit)
    return tuple(run for _, run in _runs(connection, query))


def last_listed(connection: Connection, council: CouncilId, first: date) -> date | None:
    """The day in London of the latest run whose lists were had from the day `first` on, or from before it."""
    reaching = (runs.c.council == council) & (runs.c.listed <= first)
    started = connection.scalar(select(func.max(runs.c.started)).where(reaching))
    return None if started is None else started.astimezone(LONDON).date()


def _runs(connection: Connection, query: Select[Any]) -> Iterable[tuple[str, Run]]:
    rows = connection.execute(query).all()
    failed: dict[int, list[Failure]] = {row.id: [] for row in rows}
    theirs = select(failures).where(failures.c.run.in_(failed)).order_by(failures.c.run, failures.c.position)
    for row in connection.execute(theirs):
        failed[row.run].append(_failure(row))
    return [(row.council, _run(row, tuple(failed[row.id]))) for row in rows]


def _run(row: Any, failed: tuple[Failure, ...]) -> Run:
    return Run(row.started, row.finished, row.counts, failed, row.requests, row.stopped, row.listed)


def _failure_row(run: RunId, at: int, failure: Failure) -> dict[str, Any]:
    said = {"what": failure.what, "place": failure.where, "reason": failure.reason, "ending": failure.ending.value}
    return {"run": run, "position": at, **said}


def _failure(row: Any) -> Failure:
    """A failure of before endings were noted was one of reading, as far as is known."""
    return Failure(row.what, row.place, row.reason, Ending(row.ending) if row.ending else Ending.BROKEN)


def _asked(row: Any) -> Asked:
    council = None if row.council is None else CouncilId(row.council)
    return Asked(council, row.url, row.why, row.at, row.status, row.size, row.waited, row.took)
