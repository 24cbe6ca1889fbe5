"""What is said of an index that disagrees with its store, on every engine, and what mending makes of it."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from build import a_meeting, an_item, save
from engines import ENGINES
from hypothesis import given
from hypothesis import strategies as st
from memory_engine import MemoryEngine

from archive.model import Meeting, MeetingId
from archive.store import Store
from index.checking import Comparison, compare, mend
from index.engine import SearchEngine
from index.generations import Generations
from index.project import project, version
from index.sync import Indexed, sync
from index.topics import read_topics, standard_topics
from index.whoosh_engine import WhooshEngine

ONE = a_meeting("1", an_item("11", "Bus services", "Fares rose."), an_item("12", "Libraries"))
OTHER = a_meeting("2", an_item("21", "Drainage", "A culvert."))
BARE = a_meeting("3")
OTHER_TOPICS = read_topics('[x]\nlabel = "X"\nstrong = ["bus"]\n', "x.toml")


class Kept:
    """Makes engines that remember what they held for their folder, as files would."""

    def __init__(self) -> None:
        self._made: dict[Path, MemoryEngine] = {}

    def __call__(self, folder: Path) -> MemoryEngine:
        return self._made.setdefault(folder, MemoryEngine())


class World:
    """A store, and the index beside it."""

    def __init__(self, folder: Path, make: Callable[[Path], SearchEngine]) -> None:
        self.folder, self.make = folder / "index", make
        self.store = Store.open(folder / "db")

    def save(self, *meetings: Meeting) -> None:
        for meeting in meetings:
            save(self.store, meeting)

    def sync(self) -> Indexed:
        return sync(self.store, self.folder, make=self.make)

    def compare(self) -> Comparison:
        return compare(self.store, self.folder, make=self.make)

    def said(self) -> list[tuple[str, str]]:
        return [(each.where, each.detail) for each in self.compare().problems]

    def mend(self) -> Indexed:
        return mend(self.store, self.folder, self.compare(), make=self.make)

    def engine(self) -> SearchEngine:
        generation = Generations(self.folder, self.make).current()
        assert generation
        return self.make(generation)

    def put(self, meeting: Meeting) -> None:
        assert meeting.id
        with closing(self.engine()) as engine, engine.batch() as batch:
            batch.put(meeting.id, project(meeting, standard_topics()))

    def remove(self, meeting: Meeting) -> None:
        assert meeting.id
        with closing(self.engine()) as engine, engine.batch() as batch:
            batch.remove(meeting.id)


@pytest.fixture(params=["memory", *ENGINES])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path, ENGINES.get(request.param) or Kept())
    world.save(ONE, OTHER, BARE)
    world.sync()
    yield world
    world.store.close()


def test_an_index_in_step_has_no_problem(world: World) -> None:
    assert world.compare() == Comparison((), items=3)
    world.save(a_meeting("4", an_item("41", "Parks")), a_meeting("2", an_item("21", "Drains")))
    assert world.compare() == Comparison((), items=3, waiting=2)
    world.sync()
    assert world.compare() == Comparison((), items=4)


def test_a_meeting_that_the_index_lost_is_named_and_taken_in_again(world: World) -> None:
    world.remove(ONE)
    assert world.said() == [("ambleshire/meetings/1", "2 items in the store, 0 in the index")]
    assert world.mend() == Indexed(meetings=1, items=2)
    assert world.compare() == Comparison((), items=3)


def test_a_meeting_that_is_only_in_the_index_is_named_and_goes(world: World) -> None:
    world.put(a_meeting("9", an_item("91", "Phantom")))
    assert world.said() == [("ambleshire/meetings/9", "in the index, but not in the store")]
    assert world.mend() == Indexed(removed=1)
    assert world.compare() == Comparison((), items=3)


def test_a_change_whose_row_in_the_outbox_was_lost_is_named(world: World) -> None:
    world.save(a_meeting("2", an_item("21", "Drainage", "Another culvert.")))
    world.store.done(world.store.changes())
    assert world.said() == [("ambleshire/meetings/2", "the index has it as it was before it changed")]
    assert world.mend() == Indexed(meetings=1, items=1)
    assert world.compare().problems == ()


def test_no_index_is_a_problem_where_there_is_something_to_index(tmp_path: Path) -> None:
    world = World(tmp_path, WhooshEngine)
    assert world.compare() == Comparison(())
    world.save(ONE)
    assert world.said() == [(str(world.folder), "there is no index")]
    assert world.mend().rebuilt
    assert world.compare() == Comparison((), items=2)
    world.store.close()


def test_an_index_of_another_version_is_a_problem(world: World) -> None:
    found = compare(world.store, world.folder, topics=OTHER_TOPICS, make=world.make)
    assert found.unusable
    assert "the index is of version " in found.problems[0].detail
    mend(world.store, world.folder, found, topics=OTHER_TOPICS, make=world.make)
    assert compare(world.store, world.folder, topics=OTHER_TOPICS, make=world.make) == Comparison((), items=3)


def test_what_a_stopped_run_left_of_an_index_is_named_and_goes(world: World) -> None:
    left = world.folder / "g-left"
    left.mkdir()
    (left / "half").write_bytes(bytes(2_540_000))
    told = "2.5 MB of an index that does not answer: a run that built one, or replaced it, was stopped"
    assert world.said() == [(str(left), told)]
    assert not world.compare().unusable
    assert world.mend() == Indexed()
    assert not left.exists()
    assert world.compare() == Comparison((), items=3)


def is_spare(path: Path) -> bool:
    """Whether an index is whole without it: locks, and what tantivy would have to remove."""
    return path.name.lower().endswith("lock") or path.name == ".managed.json"


@pytest.mark.parametrize("engine", ENGINES)
def test_any_file_of_the_index_may_be_missing(tmp_path: Path, engine: str) -> None:
    world = World(tmp_path, ENGINES[engine])
    world.save(ONE, OTHER)
    world.sync()
    names = sorted(each.relative_to(world.folder) for each in world.folder.rglob("*")
                   if each.is_file() and not is_spare(each))
    assert len(names) >= 4
    for at in range(len(names)):
        present = sorted(each for each in world.folder.rglob("*")
                         if each.is_file() and not is_spare(each))
        present[at].unlink()
        found = world.compare()
        assert found.unusable, present[at]
        assert len(found.problems) == 1
        mend(world.store, world.folder, found, make=world.make)
        assert world.compare() == Comparison((), items=3)
    world.store.close()


def flip(path: Path, at: int) -> None:
    """Changes a bit in place, as a disk does; the file may be mapped, so it is not cut off and written anew."""
    with path.open("r+b") as file:
        file.seek(at)
        [byte] = file.read(1)
        file.seek(at)
        file.write(bytes([byte ^ 1]))


@pytest.mark.parametrize("engine", ENGINES)
def test_any_file_of_the_index_may_be_damaged(tmp_path: Path, engine: str) -> None:
    world = World(tmp_path, ENGINES[engine])
    world.save(ONE, OTHER)
    world.sync()
    for each in sorted(world.folder.rglob("*")):
        whole = each.read_bytes() if each.is_file() else b""
        for at in range(0, len(whole), max(len(whole) // 16, 1)):
            flip(each, at)
            assert world.compare().unusable or is_spare(each), (each, at)
            flip(each, at)
    assert world.compare() == Comparison((), items=3)
    world.store.close()


@pytest.mark.parametrize("later", [-1, 1])
def test_a_commit_of_another_time_is_noticed(tmp_path: Path, later: int) -> None:
    world = World(tmp_path, ENGINES["tantivy"])
    world.save(ONE, OTHER)
    world.sync()
    [path] = world.folder.glob("g-*/meta.json")
    meta = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(meta | {"opstamp": meta["opstamp"] + later}), encoding="utf-8")
    assert world.compare().unusable
    world.store.close()


def test_a_store_that_cannot_be_read_is_said_once_and_lays_no_blame_on_the_index(world: World) -> None:
    with world.store.database.writing() as connection:
        connection.exec_driver_sql("update items set body = '{' where meeting = 'ambleshire/meetings/2'")
    [problem] = world.compare().problems
    assert (problem.where, problem.mendable) == ("the store", False)
    assert "damaged" in problem.detail


def test_a_row_of_the_outbox_that_names_no_meeting_is_a_problem_and_goes(world: World) -> None:
    with world.store.database.writing() as connection:
        connection.exec_driver_sql("insert into changes (meeting) values ('ambleshire/meetings/404')")
    assert world.said() == [("ambleshire/meetings/404", "waits to be indexed, but not in the store")]
    assert world.mend().removed
    assert world.compare() == Comparison((), items=3)
    assert world.store.changes() == ()


MEETINGS = st.sampled_from([MeetingId(f"ambleshire/meetings/{at}") for at in range(4)])
STATES = st.dictionaries(MEETINGS, st.integers(1, 3))


@given(STATES, STATES, st.sets(MEETINGS))
def test_it_names_just_what_differs(stored: dict[str, int], indexed: dict[str, int], waiting: set[str]) -> None:
    def meeting(identifier: str, state: int) -> Meeting:
        local = identifier.rsplit("/", 1)[-1]
        return a_meeting(local, an_item(f"{local}1", f"State {state}"), *([an_item(f"{local}2")] * (state == 3)))

    engine = MemoryEngine()
    folder = Path("index")
    outbox = _Outbox({each: meeting(each, state) for each, state in stored.items()}, waiting)
    engine.reset(version(standard_topics()))
    for each, state in indexed.items():
        engine.put(MeetingId(each), project(meeting(each, state), standard_topics()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Generations, "current", lambda _: folder / "g-1")
        found = compare(outbox, folder, make=lambda _: engine)
    different = {each for each in stored.keys() | indexed.keys() if stored.get(each) != indexed.get(each)}
    assert {each.where for each in found.problems} == (different - waiting) | (waiting - stored.keys())
    assert set(found.behind) == {each.where for each in found.problems}


class _Change:
    def __init__(self, meeting: str) -> None:
        self.meeting = MeetingId(meeting)


class _Outbox:
    def __init__(self, meetings: dict[str, Meeting], waiting: set[str]) -> None:
        self._meetings, self._waiting = meetings, waiting

    def meeting(self, identifier: MeetingId) -> Meeting:
        return self._meetings[identifier]

    def each_meeting(self, *, unread: list[MeetingId] | None = None) -> Iterator[Meeting]:
        assert not unread
        return iter(self._meetings.values())

    def changes(self, limit: int = 1000) -> tuple[_Change, ...]:
        return tuple(_Change(each) for each in sorted(self._waiting))[:limit]

    def done(self, taken: object) -> None:
        raise NotImplementedError

    def wait(self, lacking: object) -> None:
        raise NotImplementedError
