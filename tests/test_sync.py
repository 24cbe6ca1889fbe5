import errno
import multiprocessing
import os
import resource
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from an_outbox import Outbox, meeting
from build import COUNCIL
from engines import ENGINES, closed_after

from archive import ids
from archive.errors import IndexFailure
from archive.model import Council, MeetingId
from archive.store import Store
from index.failing import refused
from index.generations import CurrentIndex, Generations, MakeEngine, open_index
from index.project import project
from index.query import parse
from index.sync import Indexed, rebuild, sync
from index.topics import Topic, Topics, standard_topics
from index.whoosh_engine import WhooshEngine

EVERYTHING = parse("")


@pytest.fixture
def searched() -> Iterator[Callable[..., CurrentIndex]]:
    with closed_after(open_index) as searched:
        yield searched


def found(folder: Path, text: str = "") -> list[str]:
    with closing(open_index(folder)) as index:
        return sorted(ids.local(hit.id) for hit in index.search(parse(text)).hits)


def test_takes_in_what_is_new_changed_and_gone(tmp_path: Path) -> None:
    store = Outbox(meeting("1", "Buses", "Trams"), meeting("2", "Schools"))
    assert sync(store, tmp_path) == Indexed(2, 3, 0, rebuilt=True)
    assert found(tmp_path) == ["10", "11", "20"]
    assert not store.waiting
    store.save(meeting("1", "Libraries"))
    store.save(meeting("3", "Parks"))
    store.forget(ids.meeting_id(COUNCIL, "2") or MeetingId(""))
    assert sync(store, tmp_path) == Indexed(2, 2, 1)
    assert found(tmp_path) == ["10", "30"]
    assert found(tmp_path, "bus") == []
    assert found(tmp_path, "library") == ["10"]
    assert sync(store, tmp_path) == Indexed()


def test_a_searcher_that_was_open_before_sees_what_is_new(
    tmp_path: Path, searched: Callable[..., CurrentIndex]
) -> None:
    store = Outbox(meeting("1", "Buses"))
    sync(store, tmp_path)
    index = searched(tmp_path)
    assert index.search(parse("bus")).total == 1
    store.save(meeting("2", "Buses again"))
    sync(store, tmp_path)
    assert index.search(parse("bus")).total == 2
    rebuild(Outbox(meeting("3", "Buses", "Bus stops", "Bus lanes")), tmp_path)
    assert index.search(parse("bus")).total == 3
    index.close()
    assert index.search(parse("bus")).total == 3


def test_an_index_of_another_version_is_built_anew(tmp_path: Path, searched: Callable[..., CurrentIndex]) -> None:
    store = Outbox(meeting("1", "Buses"))
    sync(store, tmp_path)
    topics = Topics([Topic("wheels", "Wheels", {"bus": 3.0})])
    assert sync(store, tmp_path, topics=topics).rebuilt
    assert searched(tmp_path).search(parse("topic:wheels")).total == 1


@pytest.mark.parametrize("damage", ["no version", "no table of contents", "no generation", "nonsense in current"])
def test_a_damaged_index_is_built_anew(damage: str, tmp_path: Path) -> None:
    store = Outbox(meeting("1", "Buses"))
    sync(store, tmp_path)
    (generation,) = tmp_path.glob("g-*")
    if damage == "no version":
        (generation / "version-2").unlink()
    elif damage == "no table of contents":
        for toc in generation.glob("*.toc"):
            toc.unlink()
    elif damage == "no generation":
        shutil.rmtree(generation)
    else:
        (tmp_path / "current").write_text("../../etc")
    assert sync(store, tmp_path).rebuilt
    assert found(tmp_path) == ["10"]


@pytest.mark.parametrize("damage", [
    lambda whole: b"\0" * len(whole), lambda whole: bytes(each ^ 255 for each in whole), lambda _: b"short"])
def test_a_damaged_segment_says_what_to_do(
    damage: Callable[[bytes], bytes], tmp_path: Path, searched: Callable[..., CurrentIndex]
) -> None:
    store = Outbox(meeting("1", "Buses"))
    sync(store, tmp_path)
    (segment,) = tmp_path.glob("g-*/*.seg")
    whole = segment.read_bytes()
    segment.unlink()    # a file that is mapped into memory is not to be written over
    segment.write_bytes(damage(whole))
    with pytest.raises(IndexFailure, match=r"cannot be searched \(.*\).* run: minutebook reindex\Z"):
        searched(tmp_path).search(EVERYTHING)
    assert rebuild(store, tmp_path).rebuilt
    assert found(tmp_path) == ["10"]


def test_no_index_says_what_to_do(tmp_path: Path, searched: Callable[..., CurrentIndex]) -> None:
    with pytest.raises(IndexFailure, match="minutebook reindex"):
        searched(tmp_path).search(EVERYTHING)
    assert searched(tmp_path).version() is None


def test_one_generation_is_left_and_what_a_dead_run_left_goes(tmp_path: Path) -> None:
    store = Outbox(meeting("1", "Buses"))
    (tmp_path / "g-left").mkdir()
    for _ in range(3):
        rebuild(store, tmp_path)
    assert len(list(tmp_path.glob("g-*"))) == 1


def test_searches_are_answered_while_it_is_built_anew(tmp_path: Path, searched: Callable[..., CurrentIndex]) -> None:
    store = Outbox(*(meeting(str(number), "Buses") for number in range(20)))
    sync(store, tmp_path)
    index = searched(tmp_path)
    totals: list[int] = []

    def look(_: Indexed) -> None:
        totals.append(index.search(parse("bus")).total)

    rebuild(store, tmp_path, progress=look)
    assert totals == [20] * 20


def test_what_changes_while_it_is_built_anew_is_not_lost(tmp_path: Path) -> None:
    store = Outbox(meeting("1", "Buses"), meeting("2", "Trams"))
    late = [meeting("1", "Libraries"), meeting("3", "Parks")]

    def change(_: Indexed) -> None:
        while late:
            store.save(late.pop())

    rebuild(store, tmp_path, progress=change)
    assert found(tmp_path, "library OR park") == ["10", "30"]
    assert found(tmp_path, "bus") == []
    assert not store.waiting


def test_a_batch_that_fails_changes_nothing(tmp_path: Path) -> None:
    store = Outbox(meeting("1", "Buses"))
    sync(store, tmp_path)
    store.save(meeting("2", "Trams"))

    def fail(_: Indexed) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        sync(store, tmp_path, progress=fail)
    assert found(tmp_path) == ["10"]
    assert sync(store, tmp_path) == Indexed(1, 1)
    with pytest.raises(ZeroDivisionError):
        rebuild(store, tmp_path, progress=fail)
    assert found(tmp_path) == ["10", "20"]


@contextmanager
def a_full_disk() -> Iterator[None]:
    """Every write beyond the first bytes of a file fails, as the system's limit on the size of files makes it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (256, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_one_line_and_the_next_batch_goes_on(tmp_path: Path) -> None:
    store = Outbox(meeting("1", "Buses"))
    sync(store, tmp_path)
    store.save(meeting("2", *(f"Tram number {number}" for number in range(50))))
    with a_full_disk(), pytest.raises(IndexFailure, match=r"the index cannot be written \(File too large\)"):
        sync(store, tmp_path)
    assert found(tmp_path) == ["10"]
    assert len(store.waiting) == 1
    with a_full_disk(), pytest.raises(IndexFailure, match="cannot be"):
        rebuild(store, tmp_path)
    assert sync(store, tmp_path).items == 50
    assert len(found(tmp_path, "tram OR bus")) == 20


def test_a_full_disk_says_what_to_do(tmp_path: Path) -> None:
    error = refused(tmp_path, "written", OSError(errno.ENOSPC, "No space left on device"))
    assert str(error) == (f"{tmp_path}: the disk is full, so the index cannot be written; searches go on with what was "
                          "there: make room, then run the same again")


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    store = Outbox(meeting("1", "Buses"))
    sync(store, tmp_path)
    with Generations(tmp_path).writing(), pytest.raises(IndexFailure, match="another run writes the index"):
        sync(store, tmp_path)
    (generation,) = tmp_path.glob("g-*")
    engine, other = WhooshEngine(generation), WhooshEngine(generation, patience=0.1)
    with engine.batch(), pytest.raises(IndexFailure, match="another process"), other.batch():
        pass


@pytest.mark.parametrize("make", ENGINES.values())
@pytest.mark.parametrize("read", [1, 2, 5])
def test_what_was_written_before_is_taken_in_few_terms_at_a_time(
    read: int, make: MakeEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("tantivy_files", "whoosh_writing"):
        monkeypatch.setattr(f"index.{module}._READ", read)
    meetings = [meeting(str(number), "Bus lanes") for number in range(12)]
    with closing(make(tmp_path)) as engine:
        engine.reset("1")
        for some in (meetings, meetings[:8], [meeting("99")], meetings[2:10]):
            with engine.batch() as batch:
                for each in some:
                    assert each.id
                    batch.put(each.id, project(each, standard_topics()))
            assert engine.search(parse('"bus lanes"')).total == 12


@pytest.mark.parametrize("make", ENGINES.values())
def test_a_meeting_put_twice_in_one_batch_is_there_once(tmp_path: Path, make: MakeEngine) -> None:
    first, second = meeting("1", "Buses", "Trams"), meeting("1", "Parks")
    with closing(make(tmp_path / "engine")) as engine:
        engine.reset("1")
        with engine.batch() as batch:
            for each in (first, second):
                assert each.id
                batch.put(each.id, project(each, standard_topics()))
        assert engine.search(EVERYTHING).total == 1


@pytest.mark.parametrize("make", ENGINES.values())
def test_many_threads_search_while_one_writes(
    tmp_path: Path, make: MakeEngine, searched: Callable[..., CurrentIndex]
) -> None:
    store = Outbox(*(meeting(str(number), "Buses", "School places") for number in range(10)))
    sync(store, tmp_path, make=make)
    index = searched(tmp_path, make)
    expected = index.search(parse('bus OR "school places"')).total
    wrong: list[object] = []
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            try:
                total = index.search(parse('bus OR "school places"')).total
            except IndexFailure as error:
                wrong.append(error)
            else:
                if total != expected:
                    wrong.append(total)

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for number in range(5):
        store.save(meeting(str(number), "Buses", "School places"))
        sync(store, tmp_path, make=make)
    rebuild(store, tmp_path, make=make)
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_with_the_store_itself(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store.sqlite")
    store.save_council(Council(COUNCIL, "Ambleshire"))
    seen = datetime(2024, 1, 1, tzinfo=UTC)
    store.save_meeting(meeting("1", "Buses", "Trams"), (), "1", seen)
    assert sync(store, tmp_path / "index") == Indexed(1, 2, 0, rebuilt=True)
    assert store.changes() == ()
    store.save_meeting(meeting("1", "Buses", "Trains"), (), "1", seen)
    store.save_meeting(meeting("2", "Parks"), (), "1", seen)
    assert sync(store, tmp_path / "index") == Indexed(2, 3)
    assert found(tmp_path / "index") == ["10", "11", "20"]
    assert rebuild(store, tmp_path / "index").items == 3
    store.close()


def _sync_until(address: Path, folder: Path, meetings: int, told: Connection) -> None:
    def progress(done: Indexed) -> None:
        if done.meetings == meetings:
            told.send(done.meetings)
            time.sleep(60)

    sync(Store.open(address), folder, progress=progress)


@pytest.mark.kill
def test_killed_within_a_batch_it_leaves_what_was_and_goes_on(tmp_path: Path) -> None:
    """Killed at random moments: `tests/kill/test_kill_index.py`."""
    address, folder = tmp_path / "store.sqlite", tmp_path / "index"
    store = Store.open(address)
    store.save_council(Council(COUNCIL, "Ambleshire"))
    seen = datetime(2024, 1, 1, tzinfo=UTC)
    sync(store, folder)
    context = multiprocessing.get_context("spawn")
    for round_, meetings in enumerate((1, 7, 14, 20)):
        for number in range(20):
            store.save_meeting(meeting(str(number), f"Buses {round_}"), (), "1", seen)
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_sync_until, args=(address, folder, meetings, theirs))
        process.start()
        assert ours.poll(60)
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
        assert process.exitcode == -signal.SIGKILL
        ours.close()
        theirs.close()
        with closing(open_index(folder)) as index:
            assert index.search(EVERYTHING).total == 0
        assert len(store.changes()) == 20
    sync(store, folder)
    assert found(folder, '"Buses 3"') == sorted(f"{number}0" for number in range(20))
    assert store.changes() == ()
    store.close()
