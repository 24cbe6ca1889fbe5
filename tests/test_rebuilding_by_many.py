"""The index built by several processes: the same as by one, and what goes wrong in one of them is told."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from build import a_meeting, an_item
from engines import ENGINES, closed_after

from archive.errors import InputError, MinutebookError, WorkerLost
from archive.model import Meeting, MeetingId
from index.generations import MakeEngine, open_index
from index.query import parse
from index.sync import Indexed, rebuild

MANY = 40


class Meetings:
    """A store that nothing waits in."""

    def __init__(self, count: int, *last: Meeting) -> None:
        self._meetings = [*map(self._made, range(count)), *last]

    def _made(self, number: int) -> Meeting:
        items = (an_item(f"{number}-{at}", f"Buses {number}", f"Trams {at} ran.", "Noted.") for at in range(4))
        return a_meeting(str(number), *items)

    def meeting(self, identifier: MeetingId) -> Meeting:
        raise AssertionError(identifier)

    def each_meeting(self, *, unread: list[MeetingId] | None = None) -> Iterator[Meeting]:
        assert not unread
        yield from self._meetings

    def changes(self, limit: int = 1) -> tuple[()]:
        return ()[:limit]

    def done(self, taken: object) -> None:
        assert taken == ()

    def wait(self, lacking: object) -> None:
        assert lacking == ()


@pytest.fixture(autouse=True)
def _small_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.sync._TEXTS", 20)
    monkeypatch.setattr("index.sync._WORTH_PROCESSES", 3)


def workers_of_this() -> list[int]:
    """The processes that this one started to work for it."""
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text()
    return [int(each) for each in children.split()
            if b"spawn_main" in Path(f"/proc/{each}/cmdline").read_bytes()]


@pytest.mark.parametrize("make", ENGINES.values(), ids=ENGINES)
def test_many_build_the_same_as_one(make: MakeEngine, tmp_path: Path) -> None:
    seen = list[int]()
    store = Meetings(MANY, a_meeting("empty"))
    told = [rebuild(store, tmp_path / str(workers), lambda _: seen.append(len(workers_of_this())),
                    make=make, workers=workers) for workers in (1, 2)]
    assert told == [Indexed(MANY + 1, 4 * MANY, rebuilt=True)] * 2
    assert (min(seen[:MANY]), max(seen[MANY + 1:])) == (0, 2)
    assert not workers_of_this()
    with closed_after(open_index) as opened:
        one, two = (opened(tmp_path / str(workers), make) for workers in (1, 2))
        for text in ("", "buses", '"trams 3"', "noted NEAR/2 nothing", "bus 17", "tram*"):
            assert one.search(parse(text)) == two.search(parse(text))
        assert one.search(parse("tram*")).total == 4 * MANY


def test_a_small_archive_starts_no_process(tmp_path: Path) -> None:
    seen = list[int]()
    rebuild(Meetings(2), tmp_path, lambda _: seen.append(len(workers_of_this())), workers=2)
    assert seen == [0, 0]


def test_what_a_worker_cannot_read_is_named(tmp_path: Path) -> None:
    nameless = a_meeting("9", an_item("9", "Buses"), council=None)
    with pytest.raises(InputError, match=r"meetings/9.* has parts without identifier"):
        rebuild(Meetings(MANY, nameless), tmp_path, workers=2)


def test_a_worker_that_is_ended_fails_it_in_one_line(tmp_path: Path) -> None:
    rebuild(Meetings(1), tmp_path)

    def end_one(done: Indexed) -> None:
        if done.meetings == 5 and (workers := workers_of_this()):
            os.kill(workers[0], signal.SIGKILL)

    with pytest.raises(WorkerLost, match="run the same again") as told:
        rebuild(Meetings(50 * MANY), tmp_path, end_one, workers=2)
    assert isinstance(told.value, MinutebookError)
    with closed_after(open_index) as opened:
        assert opened(tmp_path).search(parse("tram*")).total == 4    # what was there answers


def test_whoever_stops_it_waits_for_no_more_than_what_is_under_way(tmp_path: Path) -> None:
    def stop(done: Indexed) -> None:
        raise KeyboardInterrupt

    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        rebuild(Meetings(50 * MANY), tmp_path, stop, workers=2)
    while workers_of_this():
        assert time.monotonic() < begun + 60
        time.sleep(0.05)
