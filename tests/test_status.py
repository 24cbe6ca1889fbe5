"""What `status` says in the morning: states, coverage with its gaps, the ledger, and the log as JSON lines."""

import json
import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from build import COUNCIL, a_meeting, an_item

from archive.config import Config, CouncilSettings
from archive.errors import UnknownId
from archive.ids import committee_id, meeting_id
from archive.listings import Announced
from archive.model import LONDON, Committee, Council, CouncilId
from archive.runs import Asked, Ending, Failure
from archive.store import Store
from crawler.run import UNUSUAL
from web.ledger import by_host, ledger_shape, ledger_text
from web.logs import logging_as
from web.status import needs_someone, status, status_text

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
NIGHT = NOW - timedelta(hours=6)
AMBLESHIRE = Council(COUNCIL, "Ambleshire County Council", "https://democracy.example/", "moderngov")
CABINET = Committee(committee_id(COUNCIL, "170"), "Cabinet")
CONFIG = Config(councils=(CouncilSettings(AMBLESHIRE),))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "minutebook.db")
    opened.save_council(AMBLESHIRE)
    yield opened
    opened.close()


def a_run(store: Store, *failures: Failure, finished: datetime | None = NIGHT, **more: Any) -> None:
    run = store.begin_run(COUNCIL, NIGHT - timedelta(minutes=5))
    if finished is not None:
        store.finish_run(run, finished, more.pop("counts", {"new": 3}), failures, **more)


def state(store: Store, running: bool = False, config: Config = CONFIG) -> Any:
    [council] = status(store, config, running, NOW)["councils"]
    return council["state"]


FAILED = Failure("meeting", "ambleshire/meetings/1", "status 404", Ending.GONE)
SHORT = Failure(UNUSUAL, COUNCIL, "the site lists 1 meetings where it had 30")


@pytest.mark.parametrize(
    ("runs", "expected", "looked_at"),
    [
        ([], "never crawled", True),
        ([{}], "ok", False),
        ([{"failures": (FAILED,)}], "failing", True),
        ([{"failures": (SHORT,)}], "unusual", True),
        ([{"failures": (SHORT, FAILED)}], "failing", True),
        ([{"finished": NOW - timedelta(hours=51)}], "stale", True),
        ([{"finished": NOW - timedelta(hours=49)}], "ok", False),
        ([{}, {"finished": None}], "unfinished", True),
        ([{"failures": (FAILED,)}, {}], "ok", False),
        ([{"stopped": "the run's 5 requests are used up"}], "incomplete", False),
        ([{"stopped": "interrupted", "counts": {"new": 5}}], "stale", True),
        ([{"stopped": "the run's 5 requests are used up", "counts": {"out of budget": 1}}], "stale", True),
    ],
)
def test_states(store: Store, runs: list[dict[str, Any]], expected: str, looked_at: bool) -> None:
    for run in runs:
        a_run(store, *run.pop("failures", ()), **run)
    assert state(store) == expected
    assert needs_someone(status(store, CONFIG, False, NOW)) == looked_at


def test_states_of_what_is_not_registered_or_under_way(store: Store) -> None:
    assert state(store, config=Config()) == "imported"
    a_run(store, finished=None)
    assert (state(store, running=True), state(store, config=Config())) == ("running", "no longer registered")


def announce(store: Store, *days: date) -> list[Announced]:
    found = [Announced(meeting_id(COUNCIL, str(at)), CABINET, datetime(day.year, day.month, day.day, 18, tzinfo=LONDON))
             for at, day in enumerate(days, 1)]
    store.save_announced(COUNCIL, found, None, None, NIGHT, count_missing=True)
    return found


def test_coverage_names_every_gap_and_its_reason(store: Store) -> None:
    held, failed, waiting = announce(store, date(2026, 3, 2), date(2026, 3, 9), date(2026, 4, 6))
    store.save_meeting(a_meeting("1", an_item(), start=held.start), (), "1", NIGHT)
    store.save_look(held.id, Ending.NEW, None, NIGHT)
    store.save_look(failed.id, Ending.BLOCKED, "a bot wall (Incapsula)", NIGHT)
    a_run(store)
    shape = status(store, CONFIG, False, NOW, months=True)
    [council] = shape["councils"]
    coverage = council["coverage"]
    assert [coverage[key] for key in ("announced", "held", "with_minutes")] == [3, 1, 1]
    assert {gap["meeting"]: (gap["ending"], gap["reason"]) for gap in coverage["gaps"]} == {
        failed.id: ("blocked", "a bot wall (Incapsula)"), waiting.id: (None, "not looked at yet")}
    rows = {row["month"]: (row["announced"], row["held"], row["gaps"]) for row in coverage["months"]}
    assert rows == {"2026-03": (2, 1, 1), "2026-04": (1, 0, 1)}
    assert council["state"] == "incomplete"
    assert [gap["meeting"] for gap in coverage["gaps"]] == [waiting.id, failed.id]
    text = status_text(shape, NOW)
    assert "of 3 meetings announced 1 are held, 1 with minutes" in text
    assert f"gap: {failed.id}, Cabinet, 9 March 2026: a bot wall (Incapsula)" in text
    assert "2026-03     2 announced    1 held" in text


def test_what_is_held_and_could_not_be_renewed_is_told_apart(store: Store) -> None:
    [held] = announce(store, date(2026, 3, 2))
    store.save_meeting(a_meeting("1", an_item(), start=held.start), (), "1", NIGHT)
    store.save_look(held.id, Ending.BROKEN, "attendance: an error page", NIGHT)
    a_run(store)
    shape = status(store, CONFIG, False, NOW)
    assert shape["councils"][0]["coverage"]["gaps"][0]["held"] is True
    assert f"not renewed: {held.id}, Cabinet, 2 March 2026: attendance: an error page" in status_text(shape, NOW)


def test_one_council_is_chosen_and_must_be_there(store: Store) -> None:
    assert [each["id"] for each in status(store, CONFIG, False, NOW, only=COUNCIL)["councils"]] == [COUNCIL]
    with pytest.raises(UnknownId, match="no council of that identifier; there are: ambleshire"):
        status(store, CONFIG, False, NOW, only=CouncilId("nope"))


def test_a_failed_run_says_how_old_the_last_success_is(store: Store) -> None:
    a_run(store, finished=NOW - timedelta(days=3))
    a_run(store, FAILED, stopped="5 failures in a row")
    shape = status(store, CONFIG, False, NOW)
    assert shape["councils"][0]["last_success"] == (NOW - timedelta(days=3)).isoformat()
    text = status_text(shape, NOW)
    said = ("last success 3 days ago", "stopped before its time: 5 failures", f"failed: meeting {FAILED.where}")
    assert all(each in text for each in said)


def asked(url: str, seconds: float, waited: float | None, answer: int = 200, why: str = "list of meetings") -> Asked:
    return Asked(COUNCIL, url, why, NIGHT + timedelta(seconds=seconds), answer, 1000, waited, 0.25)


def test_the_ledger_is_summed_up_by_host() -> None:
    lines = [asked("https://a.example/1", 0, None, why="robots.txt"), asked("https://a.example/2", 2, 1.5),
             asked("https://b.example/1", 3, None, 0), asked("https://a.example/3", 4, 1.0, why="x/meetings/7")]
    shape = ledger_shape(by_host(lines), "Minutebook/0.1 (+clerk@example.org)")
    first, second = shape["hosts"]
    assert (first["host"], first["requests"], first["bytes"], first["shortest_pause"], first["mean_pause"]) == (
        "a.example", 3, 3000, 1.0, 1.25)
    assert first["reasons"] == {"robots.txt": 1, "list of meetings": 1, "meetings": 1}
    assert second["statuses"] == {"0": 1}
    text = ledger_text(shape)
    assert "Minutebook/0.1 (+clerk@example.org)" in text
    assert "pauses of 1 s at the least, 1.25 s in the mean" in text
    assert "asked once" in text
    assert "not at all 1 times" in text
    assert ledger_text(ledger_shape({}, "x")) == "No request has been made."


def test_the_log_is_json_lines(capsys: pytest.CaptureFixture[str]) -> None:
    log = logging.getLogger("minutebook.crawl")
    with logging_as("json"):
        log.info("%s: %s", "ambleshire", {"new": 3}, extra={"council": "ambleshire", "new": 3})
        log.error("meeting", exc_info=KeyError("Ynys Môn"))
    log.info("after the log was closed")
    told, failed = map(json.loads, capsys.readouterr().err.splitlines())
    assert (told["level"], told["logger"]) == ("INFO", "minutebook.crawl")
    assert (told["council"], told["new"]) == ("ambleshire", 3)
    assert datetime.fromisoformat(told["time"]).tzinfo is not None
    assert "Ynys Môn" in failed["exc_info"]


@pytest.mark.parametrize("form", ["text", None])
def test_the_log_as_text_or_not_at_all(form: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    with logging_as(form):
        logging.getLogger("minutebook.fetch").info("https://a.example/ 200")
    assert ("INFO minutebook.fetch: https://a.example/ 200" in capsys.readouterr().err) == (form == "text")


