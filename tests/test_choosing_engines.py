"""What an engine holds after any row of batches, and which engine a home uses."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pytest
from build import SEEN, a_meeting, an_item
from engines import agreed, closed_after, filled
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_engine import MemoryEngine

from archive.config import ENGINES
from archive.errors import IndexFailure, InputError
from archive.home import Home
from archive.model import Meeting
from archive.store import Store
from index.engine import SearchEngine
from index.engines import engine
from index.generations import Generations, open_index
from index.project import project, version
from index.query import parse
from index.sync import rebuild
from index.tantivy_engine import TantivyEngine
from index.tantivy_files import Writing, parts, searching
from index.topics import standard_topics
from web.cli import run

BUILDING = "building it first, as minutebook reindex does\n"
WORDS = ("bus", "tram", "park", "school places")


def a_version(number: int, word: str, items: int) -> Meeting:
    return a_meeting(str(number), *(an_item(f"{number}{at}", f"{word} {at}", f"The {word} and the {WORDS[at]}.")
                                    for at in range(items)))


changes = st.tuples(st.integers(0, 3), st.sampled_from(WORDS), st.integers(-1, 3))    # -1: the meeting goes
batches = st.lists(st.lists(changes, max_size=4), max_size=6)


def take_in(engine: SearchEngine, changed: Sequence[tuple[int, str, int]]) -> None:
    with engine.batch() as batch:
        for number, word, items in changed:
            meeting = a_version(number, word, max(items, 0))
            assert meeting.id
            if items < 0:
                batch.remove(meeting.id)
            else:
                batch.put(meeting.id, project(meeting, standard_topics()))


@pytest.fixture
def tantivy() -> Iterator[Callable[..., TantivyEngine]]:
    with closed_after(TantivyEngine) as tantivy:
        yield tantivy


@pytest.mark.parametrize("at_once", [1, 8_000_000])
@settings(max_examples=8, deadline=None)
@given(batches=batches)
def test_any_row_of_batches_leaves_what_was_put_last(at_once: int, batches: list[list[tuple[int, str, int]]]) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch, \
            closed_after(TantivyEngine) as opened:
        patch.setattr("index.tantivy_files._AT_ONCE", at_once)
        memory, tantivy = filled(MemoryEngine()), filled(opened(Path(folder)))
        for batch in batches:
            take_in(memory, batch)
            take_in(tantivy, batch)
            assert tantivy.held() == memory.held()
            for text in ("", "bus", '"the tram"', "school NEAR/2 places", "par*", "bus -tram"):
                agreed(memory, tantivy, parse(text))


def test_small_batches_leave_few_files_and_nothing_of_what_was_replaced(
    tmp_path: Path, tantivy: Callable[..., TantivyEngine]
) -> None:
    engine = filled(tantivy(tmp_path), *(a_version(number, "bus", 3) for number in range(20)))
    for number in range(20):
        take_in(engine, [(number, "tram", 3)])
    assert engine.search(parse("bus -tram")).total == 0
    meta = json.loads((tmp_path / "meta.json").read_text())
    segments = {each["segment_id"].replace("-", "") for each in meta["segments"]}
    files = {each.name for each in tmp_path.iterdir()}
    assert {name.split(".")[0] for name in files if len(name.split(".")[0]) == 32} == segments
    assert len(segments) < 9
    assert len(parts(searching(tmp_path))) < 6


def test_a_batch_that_fails_leaves_what_was_and_lets_the_next_begin(
    tmp_path: Path, tantivy: Callable[..., TantivyEngine]
) -> None:
    engine = filled(tantivy(tmp_path, patience=0.1), a_version(1, "bus", 2))
    meeting = a_version(1, "tram", 1)
    assert meeting.id
    with pytest.raises(AttributeError), engine.batch() as batch:
        batch.put(meeting.id, [*project(meeting, standard_topics()), None])    # type: ignore[list-item]
    assert engine.search(parse("bus")).total == 2
    with engine.batch(), pytest.raises(IndexFailure, match="another process writes the index"), engine.batch():
        pass
    take_in(engine, [(1, "tram", 1)])
    assert engine.search(parse("tram")).total == 1


@pytest.mark.parametrize(("said", "free", "told"), [
    ("An IO error occurred: 'No space left on device (os error 28)'", 10**9, "the disk is full"),
    ("An index writer was killed..", 4096, "the disk is full"),
    ("An index writer was killed..", 10**9, "run: minutebook reindex"),
])
def test_a_full_disk_is_told_from_other_failures(
    said: str, free: int, told: str, tmp_path: Path, tantivy: Callable[..., TantivyEngine],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(_: Writing) -> None:
        raise ValueError(said)

    engine = filled(tantivy(tmp_path), a_version(1, "bus", 2))
    monkeypatch.setattr(Writing, "commit", fail)
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=free))
    with pytest.raises(IndexFailure, match=told):
        take_in(engine, [(2, "tram", 1)])
    monkeypatch.undo()
    assert engine.search(parse("bus OR tram")).total == 2
    take_in(engine, [(2, "tram", 1)])


def test_an_index_that_another_version_made_says_so_and_what_to_do(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store.sqlite")
    for name in ENGINES:
        rebuild(store, tmp_path / name, make=engine(name))
        with closing(open_index(tmp_path / name, engine(name), "0.0.of-old")) as index:
            for ask in (lambda index=index: index.search(parse("bus")), index.lexicon, index.acronyms):
                with pytest.raises(IndexFailure, match=r"another version of Minutebook .*; run: minutebook reindex"):
                    ask()
    store.close()


class Worked:
    """A home with two items, and commands on it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home, self._capsys = Home(folder), capsys
        folder.mkdir()
        store = Store.open(self.home.database)
        store.save_meeting(a_version(1, "bus", 2), (), "1", SEEN)
        store.close()

    def set(self, name: str) -> None:
        self.home.settings.write_text(f'[index]\nengine = "{name}"\n')

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        status = run(arguments, {"MINUTEBOOK_HOME": str(self.home.folder)})
        return (status, *self._capsys.readouterr())


@pytest.fixture
def worked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Worked:
    return Worked(tmp_path / "home", capsys)


@pytest.mark.parametrize("name", ENGINES)
def test_an_index_of_an_older_version_is_called_that(worked: Worked, name: str) -> None:
    worked.set(name)
    worked("reindex")
    [mark] = [each for each in worked.home.index.glob("g-*/*-2") if each.name in ("version-2", "tantivy-2")]
    mark.rename(mark.with_name(mark.name.replace("-2", "-1")))
    status, _, said = worked("search", "bus")
    assert (status, said) == (
        0, f"{worked.home.index}: the search index is of another version of Minutebook; {BUILDING}")
    assert worked("search", "bus")[::2] == (0, "")


def test_the_engine_of_the_settings_is_built_searched_and_named(worked: Worked) -> None:
    assert worked("search", "bus")[::2] == (
        0, f"{worked.home.index}: has no search index that the engine whoosh can read; {BUILDING}")
    assert worked("search", "bus")[::2] == (0, "")
    worked.set("tantivy")
    status, out, said = worked("search", "bus", "--json")    # built anew for the engine chosen
    assert (status, json.loads(out)["total"]) == (0, 2)
    assert said == f"{worked.home.index}: has no search index that the engine tantivy can read; {BUILDING}"
    assert worked("reindex")[0] == 0
    assert list(worked.home.index.glob("g-*/tantivy-2"))
    assert worked("check")[1].endswith("2 indexed items (tantivy): nothing disagrees\n")
    assert json.loads(worked("status", "--json")[1])["engine"] == json.loads(worked("check", "--json")[1])["engine"]
    worked.set("whoosh")
    assert json.loads(worked("search", "bus", "--json")[1])["total"] == 2


def test_an_index_of_an_earlier_version_is_built_anew_before_it_is_searched(worked: Worked) -> None:
    assert worked("reindex")[0] == 0
    (found,) = worked.home.index.glob("g-*/version-2")
    found.write_text("0.0.of-old")
    with Generations(worked.home.index).writing():
        status, out, said = worked("search", "bus", "--json")
    assert (status, out) == (2, "")
    why, locked, refused = (line.split(": ", 1)[1] for line in said.splitlines())
    assert why == f"the search index is of another version of Minutebook, or of other topics; {BUILDING.strip()}"
    assert locked == "another run writes the index; try again when it is done"
    assert refused.endswith("another version of Minutebook (0.0.of-old); run: minutebook reindex, "
                            "and restart what was running")
    status, out, said = worked("search", "bus", "--json")
    assert (status, json.loads(out)["total"], said.count("\n")) == (0, 2, 1)
    (found,) = worked.home.index.glob("g-*/version-2")
    assert found.read_text() == version(standard_topics())


def test_an_engine_that_is_unknown_or_not_installed_is_one_line(
    worked: Worked, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked.set("lucene")
    status, out, said = worked("search", "bus")
    assert (status, out) == (2, "")
    assert said.endswith("index.engine: there is no engine 'lucene'; known are whoosh, tantivy\n")
    assert said.count("\n") == 1
    worked.set("tantivy")
    monkeypatch.setitem(sys.modules, "tantivy", None)
    for command in (("search", "bus"), ("reindex",), ("check",)):
        status, out, said = worked(*command)
        assert (status, out) == (2, "")
        assert 'run: pip install "minutebook[tantivy]"' in said
        assert said.count("\n") == 1
    with pytest.raises(InputError, match="not installed"):
        engine("tantivy")
