"""A process that takes a change into the index, killed before each step that it takes on the disk."""

import multiprocessing
import os
import shutil
import signal
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import pytest
from build import a_meeting, an_item, save
from engines import ENGINES

from archive.store import Store
from index.checking import compare
from index.generations import Generations, MakeEngine, open_index
from index.query import parse
from index.sync import sync

pytestmark = pytest.mark.kill

FORK = multiprocessing.get_context("fork")
STEPS = frozenset({
    "posix.mkdir", "posix.rmdir", "posix.remove", "posix.unlink", "posix.rename", "posix.replace", "posix.fsync",
    "IndexWriter.commit", "IndexWriter.garbage_collect_files", "IndexWriter.wait_merging_threads", "Connection.commit",
})
COMMIT = {"whoosh": "posix.rename", "tantivy": "IndexWriter.commit"}    # from here on the new commit holds
OLD, NEW = parse("trams"), parse("trains")


@dataclass(frozen=True)
class Home:
    """A store, and the index beside it."""

    folder: Path
    make: MakeEngine

    @property
    def index(self) -> Path:
        return self.folder / "index"

    def store(self) -> Store:
        return Store.open(self.folder / "db")

    def begin(self) -> None:
        """Makes a store of which one meeting changed since its index was made."""
        with closing(self.store()) as store:
            save(store, a_meeting("1", an_item("11", "Trams"), an_item("12", "Libraries")))
            save(store, a_meeting("2", *(an_item(f"2{at}", "Drainage", "A culvert.") for at in range(9))))
            sync(store, self.index, make=self.make)
            save(store, a_meeting("1", an_item("11", "Trains"), an_item("12", "Libraries")))

    def copied(self, name: str) -> "Home":
        shutil.copytree(self.folder, self.folder.with_name(name))
        return Home(self.folder.with_name(name), self.make)

    def generation(self) -> Path:
        generation = Generations(self.index, self.make).current()
        assert generation
        return generation

    def totals(self) -> tuple[int, int]:
        with closing(open_index(self.index, self.make)) as index:
            return index.search(OLD).total, index.search(NEW).total

    def is_unusable(self) -> bool:
        with closing(self.store()) as store:
            found = compare(store, self.index, make=self.make)
        assert found.unusable == bool(found.problems), found
        return found.unusable

    def is_noticed(self, path: Path) -> bool:
        """Whether it is noticed that `path` is spoiled."""
        whole = path.read_bytes()
        path.write_bytes(bytes([*whole[:-1], whole[-1] ^ 1]))
        noticed = self.is_unusable()
        path.write_bytes(whole)
        return noticed


def _sync_until(home: Home, last: int, journal: Path) -> None:
    """Takes the change in; dies before the step of number `last`. The `journal` names the steps until then."""
    taken = 0

    def watched(_: FrameType, event: str, called: object) -> None:
        nonlocal taken
        module, name = getattr(called, "__module__", None), getattr(called, "__qualname__", "")
        step = f"{module}.{name}" if module == "posix" else name
        if event == "c_call" and step in STEPS:
            taken += 1
            sys.setprofile(None)
            with journal.open("a", encoding="utf-8") as file:
                file.write(step + "\n")
            if taken == last:
                os.kill(os.getpid(), signal.SIGKILL)
            sys.setprofile(watched)

    with closing(home.store()) as store:
        sys.setprofile(watched)
        sync(store, home.index, make=home.make)
        sys.setprofile(None)


def killed_before(home: Home, last: int) -> list[str] | None:
    """The steps that were taken, and the one that was not; `None` when there were fewer."""
    journal = home.folder / "journal"
    process = FORK.Process(target=_sync_until, args=(home, last, journal))
    process.start()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return journal.read_text(encoding="utf-8").splitlines() if process.exitcode else None


@pytest.fixture
def begun(engine: str, tmp_path: Path) -> Home:
    home = Home(tmp_path / "begun", ENGINES[engine])
    home.folder.mkdir()
    home.begin()
    return home


@pytest.mark.parametrize("engine", ENGINES)
def test_killed_before_each_step_the_index_is_sound_and_the_next_run_takes_the_change_in(
    engine: str, begun: Home
) -> None:
    last = 1
    while steps := killed_before(home := begun.copied(str(last)), last):
        holds = COMMIT[engine] in steps[:-1]
        assert home.totals() == ((0, 1) if holds else (1, 0)), steps
        assert not home.is_unusable(), steps
        assert home.is_noticed(home.generation() / "seals.json"), steps
        with closing(home.store()) as store:
            assert not sync(store, home.index, make=home.make).rebuilt, steps
            assert store.changes() == ()
        assert home.totals() == (0, 1)
        assert not home.is_unusable(), steps
        shutil.rmtree(home.folder)
        last += 1
    assert last > len(STEPS)
    assert home.totals() == (0, 1)


def files(home: Home) -> set[Path]:
    """Those of the generation, but for locks and what tantivy would have to remove."""
    return {each for each in home.generation().iterdir()
            if each.is_file() and not each.name.lower().endswith("lock") and each.name != ".managed.json"}


def killed_at_the_commit(begun: Home, engine: str, after: int) -> Home:
    """A home whose process died before its commit, or so many steps later."""
    last = 1
    while COMMIT[engine] != (killed_before(begun.copied(f"{last}"), last) or [COMMIT[engine]])[-1]:
        last += 1
    home = begun.copied(f"later{after}")
    steps = killed_before(home, last + after)
    assert steps
    assert steps[-1 - after] == COMMIT[engine]
    return home


@pytest.mark.parametrize("engine", ENGINES)
def test_killed_before_the_commit_what_is_spoiled_is_noticed(engine: str, begun: Home) -> None:
    before = {each.name for each in files(begun)}
    home = killed_at_the_commit(begun, engine, 0)
    assert all(home.is_noticed(each) for each in files(home) if each.name in before)


@pytest.mark.parametrize("engine", ENGINES)
def test_killed_after_the_commit_what_is_spoiled_is_noticed(engine: str, begun: Home) -> None:
    """Of what the commit of tantivy made nobody knows yet how it was written."""
    before = {each.name for each in files(begun)}
    record = {name for name in before if name.endswith(".toc") or name == "meta.json"}
    home = killed_at_the_commit(begun, engine, 1)
    known = {each for each in files(home) if engine != "tantivy" or each.name in before}
    known = {each for each in known if each.name not in record}
    assert len(known) > 4
    assert all(home.is_noticed(each) for each in known)
