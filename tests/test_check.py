"""`minutebook check` on homes with real damage: what it says, with which exit status, and what `--repair` mends."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from build import COUNCIL, SEEN, a_document, a_meeting, an_item

from archive.captures import Captures
from archive.home import Home
from archive.model import Council, Meeting, MeetingId
from archive.store import Store
from index.generations import Generations
from index.sync import sync
from web.cli import run

MEETINGS = 4
ITEM = Path(__file__).parent / "pages" / "westsussex" / "item-as-text" / "mgAi.txt"


@dataclass(frozen=True)
class Answer:
    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class World:
    home: Home
    check: Callable[..., Answer]

    def sql(self, statement: str) -> None:
        with sqlite3.connect(self.home.database) as connection:
            assert connection.execute(statement).rowcount > 0, statement
        connection.close()

    def warc(self) -> Path:
        (path,) = self.home.captures.glob("*.warc.gz")
        return path

    def generation(self) -> Path:
        found = Generations(self.home.index).current()
        assert found
        return found

    def where(self) -> list[tuple[str, str]]:
        return [(each["what"], each["where"]) for each in self.check("--json").json["problems"]]


@pytest.fixture(scope="module")
def sound_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = Home(tmp_path_factory.mktemp("sound") / "home")
    home.prepare()
    store = Store.open(home.database)
    store.save_council(Council(COUNCIL, "Ambleshire"))
    with Captures(home.captures, store.capture_of).run(SEEN) as writer:
        for at in range(1, MEETINGS + 1):
            body = f"<h1>Meeting {at}</h1>".encode()
            capture = writer.response(f"http://c.example/{at}", 200, "OK", [("Content-Type", "text/html")], body, SEEN)
            items = (an_item(f"{at}1", f"Buses {at}", "Fares rose.", documents=(a_document(f"s{at}"),)),
                     an_item(f"{at}2", "Libraries", "Hours were cut."))
            store.save_meeting(a_meeting(str(at), *items), (capture,), "1", SEEN)
    sync(store, home.index)
    store.close()
    return home.folder


@pytest.fixture
def world(sound_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> World:
    home = Home(tmp_path / "home")
    shutil.copytree(sound_home, home.folder)

    def check(*arguments: str) -> Answer:
        status = run(["check", *arguments], {"MINUTEBOOK_HOME": str(home.folder)})
        return Answer(status, *capsys.readouterr())

    return World(home, check)


SOUND = "Checked 4 meetings, 4 captures, 8 indexed items: nothing disagrees"


def test_a_sound_home_says_what_was_looked_at(world: World) -> None:
    assert world.check() == Answer(0, f"{SOUND}\n", "")
    assert world.check("--repair") == Answer(0, f"{SOUND}\n", "")
    told = world.check("--json").json
    assert told.pop("generation").startswith("g-")
    assert told == {
        "engine": "whoosh", "meetings": 4, "captures": 4, "items": 8, "waiting": 0, "problems": [], "mended": []}


def lost_document(world: World) -> None:
    world.sql("delete from documents where meeting = 'ambleshire/meetings/3'")


def unknown_record(world: World) -> None:
    world.sql("delete from meeting_captures where meeting = 'ambleshire/meetings/1'")
    world.sql("delete from captures where url = 'http://c.example/1'")


def lost_entry(world: World) -> None:
    with closing(Generations(world.home.index).engine(world.generation())) as engine, engine.batch() as batch:
        batch.remove(MeetingId("ambleshire/meetings/3"))


def lost_announcement(world: World) -> None:
    store = Store.open(world.home.database)
    store.save_meeting(a_meeting("4", an_item("41", "Trams", "Rails."), an_item("42", "Libraries")), (), "1", SEEN)
    store.done(store.changes())
    store.close()


def stray_announcement(world: World) -> None:
    world.sql("insert into changes (meeting) values ('ambleshire/meetings/99')")


def other_version(world: World) -> None:
    (world.generation() / "version-2").write_text("1.0.none")


def lost_segment(world: World) -> None:
    next(world.generation().glob("*.seg")).unlink()


def flipped_segment(world: World) -> None:
    flip(next(world.generation().glob("*.seg")), 200)


def lost_index(world: World) -> None:
    shutil.rmtree(world.home.index)


def flip(path: Path, at: int) -> None:
    whole = bytearray(path.read_bytes())
    whole[at] ^= 0x10
    path.write_bytes(bytes(whole))


@pytest.mark.parametrize(("damage", "said"), [
    (lost_document, "meeting ambleshire/meetings/3: its rows do not say"),
    (unknown_record, "record "),
    (lost_entry, "index ambleshire/meetings/3: 2 items in the store, 0 in the index"),
    (lost_announcement, "index ambleshire/meetings/4: the index has it as it was before it changed"),
    (stray_announcement, "index ambleshire/meetings/99: waits to be indexed, but not in the store"),
    (other_version, "the index is of version 1.0.none"),
    (lost_segment, "not as it was written"),
    (flipped_segment, "not as it was written"),
    (lost_index, "there is no index"),
])
def test_what_can_be_derived_is_named_and_mended(world: World, damage: Callable[[World], None], said: str) -> None:
    damage(world)
    found = world.check()
    assert found.status == 1
    assert any(said in line and line.endswith("mend it with: minutebook check --repair") for line in found.lines)
    assert found.lines[-1].endswith(" problem") or found.lines[-1].endswith(" problems")
    mended = world.check("--repair")
    assert mended.status == 0, mended.out
    assert any(said in line and line.endswith("; mended") for line in mended.lines)
    assert mended.lines[-1].endswith(" mended")
    assert world.check() == Answer(0, f"{SOUND}\n", "")


def test_a_lost_text_is_read_again_from_what_was_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = Home(tmp_path / "home")
    environ = {"MINUTEBOOK_HOME": str(home.folder)}
    assert run(["import", str(ITEM), "--council", "westsussex", "--date", "3/11/2022"], environ) == 0
    before = list(_meetings(home))
    with sqlite3.connect(home.database) as connection:
        connection.execute("delete from items")
    connection.close()
    assert run(["check"], environ) == 1
    assert run(["check", "--repair"], environ) == 0
    assert list(_meetings(home)) == before
    capsys.readouterr()
    assert run(["check"], environ) == 0
    assert capsys.readouterr().out == "Checked 1 meeting, 1 capture, 1 indexed item: nothing disagrees\n"


def test_a_lost_text_that_cannot_be_read_again_is_not_called_mended(world: World) -> None:
    world.sql("delete from items where meeting = 'ambleshire/meetings/2' and position = 1")
    world.sql("delete from meeting_captures where meeting = 'ambleshire/meetings/2'")
    answer = world.check("--repair", "--json")
    assert answer.status == 1
    assert [each["where"] for each in answer.json["problems"]] == ["ambleshire/meetings/2"]
    assert "nothing is kept that it was read from" in answer.json["problems"][0]["detail"]


def _meetings(home: Home) -> Iterator[Meeting]:
    store = Store.open(home.database)
    yield from store.each_meeting()
    store.close()


def test_looking_mends_nothing(world: World) -> None:
    lost_entry(world)
    assert world.check("--json").json == world.check("--json").json
    assert world.where() == [("index", "ambleshire/meetings/3")]


def flipped_capture(world: World) -> None:
    flip(world.warc(), world.warc().stat().st_size - 60)


def lost_capture(world: World) -> None:
    world.warc().unlink()


@pytest.mark.parametrize(("damage", "lost"), [(flipped_capture, 1), (lost_capture, 4)])
def test_what_cannot_be_derived_stays_and_says_what_to_do(
    world: World, damage: Callable[[World], None], lost: int
) -> None:
    damage(world)
    found = world.check("--repair")
    assert found.status == 1
    assert len(found.lines) == lost + 1
    assert all(line.startswith("capture ") and "minutebook crawl" in line for line in found.lines[:-1])
    assert found.lines[-1].endswith(f": {lost} problem{'s' if lost > 1 else ''}")


def test_an_unreadable_meeting_does_not_hinder_the_mending_of_others(world: World) -> None:
    world.sql("update items set body = '{' where meeting = 'ambleshire/meetings/4' and position = 0")
    world.sql("delete from documents where meeting = 'ambleshire/meetings/1'")
    before = world.where()
    assert ("meeting", "ambleshire/meetings/1") in before
    assert ("meeting", "ambleshire/meetings/4") in before
    answer = world.check("--repair", "--json")
    assert answer.status == 1
    assert ("meeting", "ambleshire/meetings/1") in [(each["what"], each["where"]) for each in answer.json["mended"]]
    assert ("meeting", "ambleshire/meetings/4") in world.where()


def test_what_waits_to_be_indexed_is_no_problem(world: World) -> None:
    store = Store.open(world.home.database)
    store.save_meeting(a_meeting("5", an_item("51", "Parks")), (), "1", SEEN)
    store.close()
    assert world.check().lines == [
        "Checked 5 meetings, 4 captures, 8 indexed items (1 meeting still to be indexed): nothing disagrees"]


def test_it_does_not_run_beside_a_command_that_writes(world: World) -> None:
    with world.home.lock("crawl"):
        answer = world.check()
    assert (answer.status, answer.out) == (2, "")
    assert "crawl" in answer.err


def test_a_home_that_holds_nothing_is_not_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check"], {"MINUTEBOOK_HOME": str(tmp_path / "none")}) == 2
    assert "holds no archive yet" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


def test_a_lost_file_whose_answers_were_fetched_again_is_forgotten(world: World) -> None:
    lost_capture(world)
    store = Store.open(world.home.database)
    later = SEEN + timedelta(days=1)
    with Captures(world.home.captures, store.capture_of).run(later) as writer:
        for at in range(1, MEETINGS + 1):
            body = f"<h1>Meeting {at}</h1>".encode()
            capture = writer.response(f"http://c.example/{at}", 200, "OK", [], body, later)
            held = store.meeting(MeetingId(f"ambleshire/meetings/{at}"))
            store.save_meeting(held, (capture,), "1", later)
    store.close()
    found = world.check()
    assert found.status == 1
    assert all("its file is missing; a later answer is kept; mend it with" in line for line in found.lines[:-1])
    assert world.check("--repair").status == 0
    assert world.check() == Answer(0, f"{SOUND}\n", "")


def test_many_problems_of_one_file_are_one_line_for_people(world: World) -> None:
    store = Store.open(world.home.database)
    (first, *_) = store.each_capture()
    store.save_captures([replace(first, file="gone.warc.gz", offset=at) for at in range(1387)])
    store.close()
    found = world.check()
    [line, last] = found.lines
    assert line.startswith("capture gone.warc.gz: 1,387 problems (--json tells each), as of http://c.example/1: its")
    assert last.endswith(": 1,387 problems")
    assert len(world.check("--json").json["problems"]) == 1387
