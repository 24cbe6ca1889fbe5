"""Disk full, database locked, a second crawl, and being told to stop: one clear line, and the next run mends it."""

import signal
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from homes import Site, assert_same, assert_whole, found, held
from killers import AtRequest, Killer, WhenQuiet, watched
from processes import Ended, Nursery, Running, Started, environment
from workers import Undisturbed

from archive.store import Store
from crawler.sample import Reply, Request
from web.desk import Desk

pytestmark = pytest.mark.kill

FULL = ("No space left", "the disk is full")


def _database(home: Path) -> Path:
    return home / "minutebook.sqlite"


def assert_intact(home: Path, undisturbed: Undisturbed) -> None:
    """What is held is whole, each meeting as it is in the undisturbed home."""
    with closing(sqlite3.connect(_database(home))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    with closing(Store.open(_database(home))) as store:
        assert [each for each in held(store)["meetings"] if each not in undisturbed.state["meetings"]] == []


def assert_mended(nursery: Nursery, home: Path, undisturbed: Undisturbed, trail: object) -> None:
    """The next run makes it what it had been without the disturbance."""
    answer = nursery.run(home, "crawl")
    assert answer.status == 0, (trail, answer)
    assert_same(home, undisturbed.state, str(trail))


def said(answer: Ended) -> list[str]:
    """The lines that it printed."""
    return [line for line in (answer.out + answer.err).splitlines() if line.strip()]


def assert_says_that_the_disk_is_full(answer: Ended, trail: object) -> None:
    assert answer.status in (1, 2), (trail, answer)
    assert "Traceback" not in answer.out + answer.err, (trail, answer)
    assert any(words in line for line in said(answer) for words in FULL), (trail, answer)


# Disk full

_TRAPS: tuple[Mapping[str, Any], ...] = (
    {"captures_full": 0}, {"captures_full": 900}, {"captures_full": 10_000}, {"captures_full": 20_000},
    {"pages": 5}, {"pages": 50}, {"pages": 70}, {"index_full": True},
)


@pytest.mark.parametrize("trap", _TRAPS, ids=lambda trap: " ".join(f"{key} {value}" for key, value in trap.items()))
def test_a_full_disk(
    nursery: Nursery, site: Site, undisturbed: Undisturbed, tmp_path: Path, trap: Mapping[str, Any]
) -> None:
    home = site.new_home(tmp_path / "full")
    assert_says_that_the_disk_is_full(nursery.run(home, "crawl", trap=trap), trap)
    assert_intact(home, undisturbed)
    assert_mended(nursery, home, undisturbed, trap)


@contextmanager
def _small_disk(folder: Path, size: str) -> Iterator[None]:
    """A file system of that size at `folder`; skips the test where none may be mounted."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", folder]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no small file system may be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize("size", ["60k", "500k", "700k"])
def test_a_disk_that_is_really_full(
    nursery: Nursery, site: Site, undisturbed: Undisturbed, tmp_path: Path, size: str
) -> None:
    disk = tmp_path / "disk"
    with _small_disk(disk, size):
        home = site.new_home(disk / f"full{size}")
        assert_says_that_the_disk_is_full(nursery.run(home, "crawl"), size)
        subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
        assert_intact(home, undisturbed)
        assert_mended(nursery, home, undisturbed, size)


def test_a_full_disk_is_said_once_and_is_no_fault_of_the_site(nursery: Nursery, site: Site, tmp_path: Path) -> None:
    answer = nursery.run(site.new_home(tmp_path / "once"), "crawl", trap={"captures_full": 10_000})
    lines = [line for line in said(answer) if any(words in line for words in FULL)]
    assert len(lines) == 1, answer
    assert "broken page" not in answer.out, answer


# Database locked


@contextmanager
def _locking(home: Path) -> Iterator[None]:
    """Another process's write, which takes long."""
    with closing(sqlite3.connect(_database(home), isolation_level=None, check_same_thread=False)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


def test_a_database_that_is_locked_from_the_beginning(
    nursery: Nursery, site: Site, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    home = site.new_home(tmp_path / "locked")
    Store.open(_database(home)).close()
    with _locking(home):
        answer = nursery.run(home, "crawl", trap={"patience": 0.1})
    assert answer.status == 2
    [line] = said(answer)
    assert line == f"Error: {_database(home)}: another run is writing; try again when it is done"
    assert_mended(nursery, home, undisturbed, "locked")


@pytest.mark.parametrize("request_number", [2, 9, 14])
def test_a_database_that_is_locked_on_the_way(
    nursery: Nursery, site: Site, undisturbed: Undisturbed, tmp_path: Path, request_number: int
) -> None:
    home, locked = site.new_home(tmp_path / f"locked{request_number}"), _Lock(tmp_path, request_number)
    with locked, site.telling(home, locked.seen):
        answer = nursery.run(home, "crawl", trap={"patience": 0.1})
    assert answer.status in (1, 2), answer
    assert "Traceback" not in answer.out + answer.err
    assert any("another run is writing" in line for line in said(answer)), answer
    assert_intact(home, undisturbed)
    assert_mended(nursery, home, undisturbed, f"locked at request {request_number}")


class _Lock:
    """Locks the database at a request, until it is left."""

    def __init__(self, folder: Path, number: int) -> None:
        self._home, self._left = folder / f"locked{number}", number
        self._held: Any = None

    def __enter__(self) -> "_Lock":
        return self

    def __exit__(self, *_: object) -> None:
        if self._held:
            self._held.__exit__(None, None, None)

    def seen(self, _request: Request) -> None:
        self._left -= 1
        if not self._left:
            self._held = _locking(self._home)
            self._held.__enter__()


# A second crawl


class _Gate:
    """Stops whoever asks for the n-th time until it is opened."""

    def __init__(self, number: int) -> None:
        self._left, self.reached, self.opened = number, Event(), Event()

    def seen(self, _request: Request) -> Reply | None:
        self._left -= 1
        if not self._left:
            self.reached.set()
            assert self.opened.wait(30)
        return None


def test_a_second_crawl_names_the_first(
    nursery: Nursery, site: Site, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    home, gate = site.new_home(tmp_path / "twice"), _Gate(17)
    with site.telling(home, gate.seen):
        first = Started(home, "crawl")
        try:
            assert gate.reached.wait(30)
            second = nursery.run(home, "crawl")
        finally:
            gate.opened.set()
            ended = first.wait()
    assert second.status == 2
    [line] = said(second)
    assert line.startswith(f"Error: {home}: in use by process {first.pid}, crawl, since 20")
    assert (ended.status, ended.err) == (0, ""), ended
    assert_whole(nursery, home, undisturbed.state, "crawled twice at once")


# Told to stop


def _stopped(nursery: Nursery, site: Site, home: Path, killer: Killer) -> Ended:
    with watched(site, home, killer):
        process: Running = nursery.start(home, "crawl")
        killer.begin(process)
        return process.wait()


def _assert_stopped_well(nursery: Nursery, home: Path, undisturbed: Undisturbed, answer: Ended) -> None:
    assert answer.status == 1, answer
    assert said(answer) == ["Error: stopped; what was finished is kept"]
    with closing(Desk(home, environment(home))) as desk:
        assert desk.store.changes() == ()
        meetings = held(desk.store)["meetings"]
        assert 0 < len(meetings) < undisturbed.meetings
        assert found(desk)[""]["total"] == sum(len(each["items"]) for each in meetings)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_told_to_stop_it_saves_and_indexes_what_was_read(
    nursery: Nursery, site: Site, undisturbed: Undisturbed, tmp_path: Path, number: int
) -> None:
    home = site.new_home(tmp_path / "stopped")
    answer = _stopped(nursery, site, home, AtRequest(undisturbed.requests - 7, 0.0, number))
    _assert_stopped_well(nursery, home, undisturbed, answer)
    asked: list[int] = []
    with site.telling(home, lambda request: asked.append(request.number("lmeetingid", "mid") or 0)):
        assert_mended(nursery, home, undisturbed, "stopped")
    assert 0 < len({*asked} - {0}) < undisturbed.meetings


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_told_to_stop_while_it_indexes(
    nursery: Nursery, site: Site, undisturbed: Undisturbed, tmp_path: Path, number: int
) -> None:
    home = site.new_home(tmp_path / "indexing")
    answer = _stopped(nursery, site, home, WhenQuiet(0.1, number))
    assert answer.status in (0, 1), answer
    assert_mended(nursery, home, undisturbed, "stopped 0.1 s after the last request")
