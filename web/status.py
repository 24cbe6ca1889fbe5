"""What the archive holds and how the nights went: the answer of `minutebook status`, for people and as JSON."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from archive.config import Config
from archive.model import Council
from archive.runs import Counts, Run
from archive.shapes import as_json
from archive.store import Store

STALE_AFTER = timedelta(hours=50)    # two nights, and a little for one that ran long
NEEDS_SOMEONE = {"failing", "stale", "unfinished", "never crawled"}

_MANY = 1_000_000

Shape = dict[str, Any]


def status(store: Store, config: Config, running: bool, now: datetime) -> Shape:
    """The state of every council that is registered or held, and of the index; `running` while a command writes."""
    registered = {each.council.id: each.council for each in config.councils}
    held = {council.id: council for council in store.councils()}
    runs = store.last_runs()
    councils = [
        _council(council, council.id in registered, runs.get(council.id), store.counts(council.id), running, now)
        for council in {**held, **registered}.values()
    ]
    return {"running": running, "councils": councils, "waiting_for_index": len(store.changes(_MANY))}


def needs_someone(shape: Shape) -> bool:
    """Whether a council fails or is stale, so that someone must look."""
    return any(council["state"] in NEEDS_SOMEONE for council in shape["councils"])


def _council(
    council: Council, registered: bool, run: Run | None, counts: Counts, running: bool, now: datetime
) -> Shape:
    newest = counts.newest_minutes
    return {
        "id": council.id,
        "name": council.name,
        "url": council.url,
        "state": _state(registered, run, running, now),
        "last_run": None if run is None else _run(run),
        "meetings": counts.meetings,
        "items": counts.items,
        "resolutions": counts.resolutions,
        "documents": counts.documents,
        "members": counts.members,
        "newest_minutes": newest.isoformat() if newest else None,
    }


def _state(registered: bool, run: Run | None, running: bool, now: datetime) -> str:
    if run is None:
        return "never crawled" if registered else "imported"
    if not registered:
        return "no longer registered"
    if run.finished is None:
        return "running" if running else "unfinished"
    if run.failures:
        return "failing"
    if now - run.finished > STALE_AFTER:
        return "stale"
    return "incomplete" if run.counts.get("missing") else "ok"


def _run(run: Run) -> Shape:
    return {
        "started": as_json(run.started),
        "finished": as_json(run.finished),
        "counts": dict(run.counts),
        "failures": [as_json(failure) for failure in run.failures],
    }


def status_text(shape: Shape, now: datetime) -> str:
    """The same for people: what is held, and for each council how its last night went."""
    if not shape["councils"]:
        return "Nothing is held yet. Register a council with: minutebook add URL"
    lines = [line for council in shape["councils"] for line in _lines(council, now)]
    if waiting := shape["waiting_for_index"]:
        what = "will be when the present run ends" if shape["running"] else "will be at the next crawl, or by reindex"
        lines.append(f"{waiting:,} meetings are not indexed yet; they {what}")
    return "\n".join(lines)


def _lines(council: Shape, now: datetime) -> Iterable[str]:
    yield f"{council['id']}  {council['name']}: {council['state']}"
    nouns = ("meetings", "items", "resolutions", "documents", "members")
    yield f"  holds {', '.join(f'{council[noun]:,} {noun}' for noun in nouns)}"
    if council["newest_minutes"]:
        yield f"  newest minutes of {council['newest_minutes']}"
    if run := council["last_run"]:
        ended = run["finished"] or run["started"]
        counts = ", ".join(f"{number} {outcome}" for outcome, number in run["counts"].items() if number)
        yield f"  last run {'ended' if run['finished'] else 'began'} {_ago(ended, now)}: {counts or 'nothing to count'}"
        for failure in run["failures"][:10]:
            yield f"  failed: {failure['what']} {failure['where']}: {failure['reason']}"
        if len(run["failures"]) > 10:
            yield f"  and {len(run['failures']) - 10} more failures; --json shows all"


def _ago(iso: str, now: datetime) -> str:
    hours = (now - datetime.fromisoformat(iso)).total_seconds() / 3600
    if hours < 1:
        return "less than an hour ago"
    return f"{hours:.0f} hours ago" if hours < 48 else f"{hours / 24:.0f} days ago"
