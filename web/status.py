"""What the archive holds and how the nights went: the answer of `minutebook status`, for people and as JSON."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from archive.config import ENGINES, Config
from archive.coverage import Coverage
from archive.errors import UnknownId
from archive.listings import Listing
from archive.model import Council, CouncilId
from archive.runs import Run
from archive.shapes import as_json
from archive.store import Store
from crawler.run import UNUSUAL

DAMAGED = ("it is damaged in the database, so the index has not taken it in; `minutebook reparse` or "
           "`minutebook crawl --full` reads it again")

STALE_AFTER = timedelta(hours=50)    # two nights, and a little for one that ran long


class State(StrEnum):
    """How a council's part of the archive is doing; docs/operating.md says what to do about each."""

    OK = "ok"
    INCOMPLETE = "incomplete"
    RUNNING = "running"
    FAILING = "failing"
    UNUSUAL = "unusual"
    STALE = "stale"
    UNFINISHED = "unfinished"
    NEVER = "never crawled"
    IMPORTED = "imported"
    UNREGISTERED = "no longer registered"


NEEDS_SOMEONE = frozenset((State.FAILING, State.UNUSUAL, State.STALE, State.UNFINISHED, State.NEVER))

_MANY = 1_000_000
_REMEMBERED = 1000    # runs among which the last success is looked for: some years of nights
_SHOWN = 10    # failures and gaps that people are shown

Shape = dict[str, Any]


def status(
    store: Store, config: Config, running: bool, now: datetime, months: bool = False, only: CouncilId | None = None
) -> Shape:
    """The state of every council that is registered or held, and of the index; `running` while a command writes.

    With `months` the coverage is told for each committee and month too. `only` chooses one council; `UnknownId` when
    there is none.
    """
    registered = {each.council.id: each.council for each in config.councils}
    known = {council.id: council for council in store.councils()} | registered
    if only is not None and only not in known:
        raise UnknownId(f"{only}: no council of that identifier; there are: {', '.join(known) or 'none yet'}")
    councils = [
        _council(store, council, council.id in registered, running, now, months)
        for council in known.values() if only in (None, council.id)
    ]
    waiting = len(store.changes(_MANY))
    unreadable = store.unreadable() if waiting else ()
    return {"running": running, "councils": councils, "waiting_for_index": waiting,
            "unreadable_for_index": list(unreadable), "engine": config.engine}


def needs_someone(shape: Shape) -> bool:
    """Whether a council fails or is stale, or the index cannot take in a meeting, so that someone must look."""
    failing = any(council["state"] in NEEDS_SOMEONE for council in shape["councils"])
    return failing or bool(shape["unreadable_for_index"])


def _council(store: Store, council: Council, registered: bool, running: bool, now: datetime, months: bool) -> Shape:
    counts, runs = store.counts(council.id), store.runs(council.id, _REMEMBERED)
    newest = counts.newest_minutes
    success = next((run.finished for run in runs if run.succeeded), None)
    coverage = _coverage(store, council.id, months)
    return {
        "id": council.id,
        "name": council.name,
        "url": council.url,
        "state": _state(registered, runs[0] if runs else None, success, running, now, coverage).value,
        "last_run": _run(runs[0]) if runs else None,
        "last_success": as_json(success),
        "meetings": counts.meetings,
        "items": counts.items,
        "resolutions": counts.resolutions,
        "documents": counts.documents,
        "needs_ocr": counts.needs_ocr,
        "members": counts.members,
        "newest_minutes": newest.isoformat() if newest else None,
        "coverage": coverage,
    }


def _state(
    registered: bool, run: Run | None, success: datetime | None, running: bool, now: datetime, coverage: Shape
) -> State:
    if run is None:
        return State.NEVER if registered else State.IMPORTED
    if not registered:
        return State.UNREGISTERED
    if run.finished is None:
        return State.RUNNING if running else State.UNFINISHED
    return _ended(run, success, now, coverage)


def _ended(run: Run, success: datetime | None, now: datetime, coverage: Shape) -> State:
    if run.failures:
        return State.UNUSUAL if all(failure.what == UNUSUAL for failure in run.failures) else State.FAILING
    if success is None or now - success > STALE_AFTER:
        return State.STALE
    return State.INCOMPLETE if run.stopped or coverage["gaps"] else State.OK


def _run(run: Run) -> Shape:
    return {
        "started": as_json(run.started),
        "finished": as_json(run.finished),
        "stopped": run.stopped,
        "requests": run.requests,
        "counts": dict(run.counts),
        "failures": [as_json(failure) for failure in run.failures],
    }


def _coverage(store: Store, council: CouncilId, months: bool) -> Shape:
    """What the site announces against what is held, with the reason for every gap, the newest meeting first."""
    rows, held = store.coverage(council), store.held(council)
    gaps = sorted((gap for row in rows for gap in row.gaps), key=lambda gap: gap.what.start, reverse=True)
    told: Shape = {
        "announced": sum(row.announced for row in rows),
        "held": sum(row.held for row in rows),
        "with_minutes": sum(row.minuted for row in rows),
        "gaps": [_gap(gap, gap.what.id in held) for gap in gaps],
    }
    return told | {"months": [_month(row) for row in rows]} if months else told


def _gap(listing: Listing, held: bool) -> Shape:
    """`held` says that an earlier reading is kept of what could not be had whole the last time."""
    return {
        "meeting": listing.what.id,
        "committee": listing.what.committee.name,
        "start": as_json(listing.what.start),
        "held": held,
        "looked": as_json(listing.looked),
        "ending": as_json(listing.ending),
        "reason": _reason(listing),
    }


def _reason(listing: Listing) -> str:
    if listing.looked is None or listing.ending is None:
        return "not looked at yet"
    return listing.reason if listing.ending.failed and listing.reason else "held once and lost; it is fetched again"


def _month(row: Coverage) -> Shape:
    return {
        "committee": as_json(row.committee),
        "month": f"{row.month:%Y-%m}",
        "announced": row.announced,
        "held": row.held,
        "with_minutes": row.minuted,
        "gaps": len(row.gaps),
    }


def status_text(shape: Shape, now: datetime) -> str:
    """The same for people: what is held, and for each council how its last night went."""
    if not shape["councils"]:
        return "Nothing is held yet. Register a council with: minutebook add URL"
    lines = [line for council in shape["councils"] for line in _lines(council, now)]
    unreadable = shape["unreadable_for_index"]
    lines += [f"not indexed: {each}: {DAMAGED}" for each in unreadable[:_SHOWN]]
    if len(unreadable) > _SHOWN:
        lines.append(f"and {len(unreadable) - _SHOWN} more meetings that are damaged; --json shows all")
    if waiting := shape["waiting_for_index"] - len(unreadable):
        what = "will be when the present run ends" if shape["running"] else "will be at the next crawl, or by reindex"
        lines.append(f"{waiting:,} meetings are not indexed yet; they {what}")
    if shape["engine"] != ENGINES[0]:
        lines.append(f"Searched by the engine {shape['engine']}")
    return "\n".join(lines)


def _lines(council: Shape, now: datetime) -> Iterable[str]:
    yield f"{council['id']}  {council['name']}: {council['state']}"
    nouns = ("meetings", "items", "resolutions", "documents", "members")
    yield f"  holds {', '.join(f'{council[noun]:,} {noun}' for noun in nouns)}"
    if council["needs_ocr"]:
        yield f"  {council['needs_ocr']:,} with minutes of which pages are pictures: needs OCR (docs/operating.md)"
    if council["newest_minutes"]:
        yield f"  newest minutes of {council['newest_minutes']}"
    if run := council["last_run"]:
        yield from _run_lines(run, council["last_success"], now)
    yield from _coverage_lines(council["coverage"])


def _run_lines(run: Shape, success: str | None, now: datetime) -> Iterable[str]:
    ended = run["finished"] or run["started"]
    counts = ", ".join(f"{number:,} {outcome}" for outcome, number in run["counts"].items() if number)
    yield f"  last run {'ended' if run['finished'] else 'began'} {_ago(ended, now)}: {counts or 'nothing to count'}"
    if run["stopped"]:
        yield f"  stopped before its time: {run['stopped']}"
    if success != run["finished"]:
        yield f"  last success {_ago(success, now)}" if success else "  no run has succeeded yet"
    for failure in run["failures"][:_SHOWN]:
        yield f"  failed: {failure['what']} {failure['where']}: {failure['reason']}"
    if len(run["failures"]) > _SHOWN:
        yield f"  and {len(run['failures']) - _SHOWN} more failures; --json shows all"


def _coverage_lines(coverage: Shape) -> Iterable[str]:
    if not coverage["announced"]:
        return
    yield "  of {announced:,} meetings announced {held:,} are held, {with_minutes:,} with minutes".format(**coverage)
    for gap in coverage["gaps"][:_SHOWN]:
        day = datetime.fromisoformat(gap["start"])
        what = "not renewed" if gap["held"] else "gap"
        yield f"  {what}: {gap['meeting']}, {gap['committee']}, {day.day} {day:%B %Y}: {gap['reason']}"
    if len(coverage["gaps"]) > _SHOWN:
        yield f"  and {len(coverage['gaps']) - _SHOWN:,} more gaps; --json shows all"
    for row in coverage.get("months", ()):
        yield "  {month}  {announced:>4} announced {held:>4} held {with_minutes:>4} with minutes  ".format(**row) + (
            row["committee"]["name"] + (f"  ({row['gaps']} gaps)" if row["gaps"] else ""))


def _ago(iso: str, now: datetime) -> str:
    hours = (now - datetime.fromisoformat(iso)).total_seconds() / 3600
    if hours < 1:
        return "less than an hour ago"
    return f"{hours:.0f} hours ago" if hours < 48 else f"{hours / 24:.0f} days ago"
