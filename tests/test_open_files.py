"""What a server that searches day and night has open of an index: what answers, once, and nothing of what was."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from time import monotonic, sleep
from unittest.mock import Mock

import pytest
from engines import ENGINES, closed_after
from test_sync import EVERYTHING, Outbox, a_full_disk, meeting

from archive.errors import IndexFailure
from index.engine import Matches
from index.execution import Execution
from index.generations import CurrentIndex, Generations, MakeEngine, open_index
from index.query import Query, parse
from index.search import Search
from index.sync import rebuild, sync
from index.tantivy_engine import TantivyEngine
from index.whoosh_engine import WhooshEngine
from web.regularly import regularly

GONE = " (deleted)"


@pytest.fixture
def searched() -> Iterator[Callable[..., CurrentIndex]]:
    with closed_after(open_index) as searched:
        yield searched


def open_in(folder: Path) -> Counter[str]:
    """How often this process has each file of the folder open, or mapped; one that was removed is called so."""
    names = [line.split(maxsplit=5)[5] for line in Path("/proc/self/maps").read_text().splitlines() if "/" in line]
    found = Counter(dict.fromkeys(names, 1))
    for each in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):    # that of this very listing
            found[str(each.readlink())] += 1
    return Counter({name: count for name, count in found.items() if name.startswith(f"{folder}/")})


@pytest.mark.parametrize("make", ENGINES.values())
def test_nights_of_commits_and_rebuilds_gather_no_files(
    make: MakeEngine, tmp_path: Path, searched: Callable[..., CurrentIndex]
) -> None:
    store = Outbox(*(meeting(str(number), "Buses") for number in range(20)))
    sync(store, tmp_path, make=make)
    index = searched(tmp_path, make)
    for night in range(30):
        store.save(meeting(str(night % 20), "Buses", "Trams"))
        sync(store, tmp_path, make=make)
        if night % 5 == 4:
            rebuild(store, tmp_path, make=make)
        assert index.search(parse("bus")).total == 20
        assert index.lexicon().words
        found = open_in(tmp_path)
        assert found
        assert set(found.values()) == {1}
        assert not [name for name in found if name.endswith(GONE)]
    index.close()
    assert not open_in(tmp_path)


@pytest.mark.parametrize("make", ENGINES.values())
@pytest.mark.parametrize("write", [sync, rebuild])
def test_who_is_searching_keeps_what_was_there_and_then_gives_it_back(
    make: MakeEngine, write: Callable[..., object], tmp_path: Path, searched: Callable[..., CurrentIndex],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store, totals = Outbox(meeting("1", "Buses"), meeting("2", "Buses")), list[int]()
    sync(store, tmp_path, make=make)
    index = searched(tmp_path, make)
    answer = Execution.answer

    def at_length(execution: Execution, query: Query) -> Matches:
        """Another writes and searches between the beginning of the first search and its end."""
        if not totals:
            totals.append(0)
            store.save(meeting("3", "Buses"))
            write(store, tmp_path, make=make)
            totals.append(index.search(query).total)
            if write is rebuild:
                assert [name for name in open_in(tmp_path) if name.endswith(GONE)]
        return answer(execution, query)

    monkeypatch.setattr(Execution, "answer", at_length)
    assert index.search(parse("bus")).total == 2
    assert totals == [0, 3]
    assert index.search(parse("bus")).total == 3
    found = open_in(tmp_path)
    assert found
    assert not [name for name in found if name.endswith(GONE)]


@pytest.mark.parametrize("make", ENGINES.values())
@pytest.mark.parametrize("write", [sync, rebuild])
def test_who_is_not_asked_lets_go_of_what_was_removed(
    make: MakeEngine, write: Callable[..., object], tmp_path: Path, searched: Callable[..., CurrentIndex]
) -> None:
    store = Outbox(*(meeting(str(number), "Buses") for number in range(20)))
    sync(store, tmp_path, make=make)
    search = Search(searched(tmp_path, make), Mock())
    search.look()
    for number in range(20):
        store.save(meeting(str(number), "Trams"))
    write(store, tmp_path, make=make)
    assert [name for name in open_in(tmp_path) if name.endswith(GONE)]
    with regularly(search.look, 0.01):
        until(lambda: not [name for name in open_in(tmp_path) if name.endswith(GONE)])
    assert open_in(tmp_path)


def test_what_is_done_regularly_ends_with_its_block() -> None:
    times = list[float]()
    with regularly(lambda: times.append(monotonic()), 0.01):
        until(lambda: len(times) >= 3)
    done = len(times)
    sleep(0.05)
    assert len(times) == done


def until(true: Callable[[], bool]) -> None:
    """Waits for it, but not for ever."""
    ends = monotonic() + 20
    while not true():
        assert monotonic() < ends
        sleep(0.01)


def test_an_engine_that_was_replaced_is_closed_by_the_last_who_asks_it(tmp_path: Path) -> None:
    store, said = Outbox(meeting("1", "Buses")), list[str]()
    sync(store, tmp_path)

    class Slow(WhooshEngine):
        """Asked, it waits for another generation that answers, before it opens a file."""

        def __init__(self, folder: Path) -> None:
            super().__init__(folder)
            self._name = "first" if not said else "second"

        def search(self, query: Query) -> Matches:
            if self._name == "first":
                said.append("asked")
                (generation,) = tmp_path.glob("g-*")
                kept = generation.rename(tmp_path / "kept")
                rebuild(store, tmp_path)
                kept.rename(generation)
                index.search(query)
            said.append(f"{self._name} answers")
            return super().search(query)

        def close(self) -> None:
            said.append(f"{self._name} closed")
            super().close()

    index = open_index(tmp_path, Slow)
    assert index.search(EVERYTHING).total == 1
    assert said == ["asked", "second answers", "first answers", "first closed"]
    index.close()
    assert said[-1] == "second closed"
    assert not open_in(tmp_path)


def test_a_reader_that_lacks_one_of_its_segments_keeps_none_open(
    tmp_path: Path, searched: Callable[..., CurrentIndex], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.whoosh_files._AGAIN", 0)
    store = Outbox(*(meeting(str(number), "Buses") for number in range(20)))
    sync(store, tmp_path)
    store.save(meeting("20", "Buses"))
    sync(store, tmp_path)
    segments = sorted(tmp_path.glob("g-*/*.seg"))
    assert len(segments) == 2
    for each in segments:
        away = each.rename(tmp_path / "away")
        with pytest.raises(IndexFailure, match="No such file") as failed:
            searched(tmp_path).search(EVERYTHING)
        assert not open_in(tmp_path), failed    # which has yet all that failed
        away.rename(each)
    assert searched(tmp_path).search(EVERYTHING).total == 21


@pytest.mark.parametrize("make", ENGINES.values())
def test_a_batch_that_a_full_disk_ends_leaves_nothing_open(make: MakeEngine, tmp_path: Path) -> None:
    store = Outbox(meeting("1", "Buses"))
    sync(store, tmp_path, make=make)
    store.save(meeting("2", *(f"Tram number {number}" for number in range(50))))
    with a_full_disk(), pytest.raises(IndexFailure) as failed:
        sync(store, tmp_path, make=make)
    assert not open_in(tmp_path), failed
    with a_full_disk(), pytest.raises(IndexFailure) as failed:
        rebuild(store, tmp_path, make=make)
    assert not open_in(tmp_path), failed
    assert sync(store, tmp_path, make=make).items == 50


@pytest.mark.parametrize(("make", "fails"), [
    (WhooshEngine, "index.whoosh_files.index.FileIndex._reader"), (TantivyEngine, "index.tantivy_files.parts")])
def test_a_batch_that_cannot_begin_lets_the_next_begin(
    make: Callable[..., WhooshEngine | TantivyEngine], fails: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError

    sync(Outbox(meeting("1", "Buses")), tmp_path, make=make)
    generation = Generations(tmp_path).current()
    assert generation
    with closing(make(generation, patience=0.1)) as engine:
        monkeypatch.setattr(fails, fail)
        with pytest.raises(IndexFailure) as failed, engine.batch():
            pass
        monkeypatch.undo()
        assert not [name for name in open_in(tmp_path) if "lock" in name.lower()], failed
        with engine.batch():
            pass
        assert engine.search(EVERYTHING).total == 1
