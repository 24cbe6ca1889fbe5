"""The index, written and built anew by processes that are killed at random moments, and read by others meanwhile."""

import multiprocessing
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random

import pytest
from build import COUNCIL, a_meeting, an_item

from archive.model import Council
from archive.store import Store
from index.checking import compare, mend
from index.execution import Postings
from index.generations import Generations, MakeEngine, open_index
from index.passages import Scope
from index.query import parse
from index.sync import rebuild, sync
from index.tantivy_engine import TantivyEngine
from index.tantivy_files import searching
from index.tantivy_postings import TantivyPostings
from index.whoosh_engine import WhooshEngine
from index.whoosh_files import opened, reading
from index.whoosh_postings import WhooshPostings

MEETINGS, MOMENTS = 60, 30
NEW, OLD = parse("trains"), parse("trams")
FORK = multiprocessing.get_context("fork")
SEEN = datetime(2024, 1, 1, tzinfo=UTC)
WITHIN = 1.0    # seconds after which readers of other processes answer from what was written

Write = Callable[..., object]    # a store, the folder, and the engine as `make`
ENGINES: dict[str, MakeEngine] = {"whoosh": WhooshEngine, "tantivy": TantivyEngine}


class Home:
    """A store whose meetings all changed since its index was made."""

    def __init__(self, folder: Path, make: MakeEngine) -> None:
        self.address, self.index, self.make = folder / "store.sqlite", folder / "index", make

    def begin(self) -> None:
        with_store(self, lambda store: store.save_council(Council(COUNCIL, "Ambleshire")))
        self.save("trams")
        with_store(self, lambda store: sync(store, self.index, make=self.make))
        self.save("trains")

    def save(self, word: str) -> None:
        def saved(store: Store) -> None:
            for number in range(MEETINGS):
                text = f"The {word} of line {number} ran. " * 9    # what is put twice for one day is found once
                items = (an_item(f"{number}{at}", f"{word} {at}", text) for at in range(4))
                store.save_meeting(a_meeting(str(number), *items), (), "1", SEEN)
        with_store(self, saved)

    def copied(self, folder: Path) -> "Home":
        folder.mkdir()
        shutil.copy(self.address, folder)
        shutil.copytree(self.index, folder / "index")
        return Home(folder, self.make)

    def totals(self) -> tuple[int, int]:
        """How many items there are as they were, and as they are."""
        with closing(open_index(self.index, self.make)) as index:
            return index.search(OLD).total, index.search(NEW).total


def with_store(home: Home, work: Callable[[Store], object]) -> None:
    store = Store.open(home.address)
    try:
        work(store)
    finally:
        store.close()


def writing(home: Home, write: Write) -> BaseProcess:
    process = FORK.Process(target=with_store, args=(home, lambda store: write(store, home.index, make=home.make)))
    process.start()
    return process


@pytest.fixture(scope="module", params=ENGINES)
def changed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("changed"), ENGINES[request.param])
    home.begin()
    return home


@pytest.mark.kill
@pytest.mark.parametrize("write", [sync, rebuild])
def test_killed_at_thirty_moments_the_old_or_the_new_answers_and_the_next_run_mends(
    write: Write, changed: Home, tmp_path: Path
) -> None:
    whole, undisturbed = changed.copied(tmp_path / "whole"), time.monotonic()
    writing(whole, write).join()
    took, items = time.monotonic() - undisturbed, 4 * MEETINGS
    assert whole.totals() == (0, items)
    random, seen = Random(5), set[tuple[int, int]]()
    for moment in range(MOMENTS):
        home = changed.copied(tmp_path / str(moment))
        process = writing(home, write)
        time.sleep(random.uniform(0.0, took))
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
        seen.add(home.totals())
        assert home.totals() in ((items, 0), (0, items))
        store = Store.open(home.address)
        found = compare(store, home.index, make=home.make)
        assert not found.unusable, found.problems
        mend(store, home.index, found, make=home.make)
        assert compare(store, home.index, make=home.make).problems == ()
        assert store.changes() == ()
        store.close()
        assert home.totals() == (0, items)
        shutil.rmtree(home.index.parent)
    assert (items, 0) in seen    # some moment came before the end


def _watch(home: Home, told: Connection) -> None:
    index = open_index(home.index, home.make)
    before = -1
    while True:
        total = index.search(NEW).total
        if total != before:
            told.send((time.monotonic(), total))
        before = total
        time.sleep(0.01)


@pytest.fixture
def readers(changed: Home, tmp_path: Path) -> Iterator[tuple[Home, list[Connection]]]:
    home = changed.copied(tmp_path / "read")
    processes, ends = [], []
    for _ in range(3):
        ours, theirs = FORK.Pipe(duplex=False)
        processes.append(FORK.Process(target=_watch, args=(home, theirs), daemon=True))
        ends.append(ours)
        processes[-1].start()
    yield home, ends
    for process in processes:
        process.kill()
        process.join()


@pytest.mark.kill
def test_readers_in_other_processes_see_what_was_written_within_a_second(
    readers: tuple[Home, list[Connection]]
) -> None:
    home, ends = readers
    assert [end.recv()[1] for end in ends] == [0, 0, 0]
    for write, word, total in ((sync, "", 4 * MEETINGS), (rebuild, "trams", 0), (sync, "trains", 4 * MEETINGS)):
        if word:
            home.save(word)
        writing(home, write).join()
        written = time.monotonic()
        for end in ends:
            assert end.poll(5 * WITHIN)
            moment, found = end.recv()
            assert found == total    # all of the batch, or nothing of it
            assert moment - written < WITHIN


@contextmanager
def read_by(home: Home, generation: Path) -> Iterator[Postings]:
    """The postings of a generation, as they are now."""
    if home.make is TantivyEngine:
        yield TantivyPostings(searching(generation))
    else:
        with closing(WhooshPostings(*reading(opened(generation), 0))) as postings:
            yield postings


@pytest.mark.kill
def test_who_reads_while_another_writes_keeps_what_was_there(changed: Home, tmp_path: Path) -> None:
    home = changed.copied(tmp_path / "view")
    generation = Generations(home.index).current()
    assert generation
    with read_by(home, generation) as postings:
        for write in (sync, rebuild):    # one changes these files, the other removes them
            writing(home, write).join()
            assert len(postings.counts(Scope.TITLE, "trams").rows) == 4 * MEETINGS
            assert not len(postings.counts(Scope.TITLE, "trains").rows)
    assert home.totals() == (0, 4 * MEETINGS)


@pytest.mark.kill
def test_who_searches_while_the_index_is_built_anew_goes_over_to_it(changed: Home, tmp_path: Path) -> None:
    home = changed.copied(tmp_path / "over")
    with closing(open_index(home.index, home.make)) as index:
        assert index.search(OLD).total == 4 * MEETINGS
        writing(home, rebuild).join()
        assert (index.search(OLD).total, index.search(NEW).total) == (0, 4 * MEETINGS)
