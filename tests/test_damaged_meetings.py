"""A meeting that is damaged in the database: named, counted and seen in status, and in nobody else's way."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from an_outbox import Outbox, meeting
from build import COUNCIL, a_meeting, an_item, save

from archive.errors import Damaged
from archive.home import Home
from archive.model import Council, MeetingId
from archive.store import Store
from index import sync as syncing
from index.generations import open_index
from index.query import parse
from index.sync import Indexed, rebuild, sync
from web.cli import run

BAD = MeetingId("ambleshire/meetings/2")
DAMAGE = "update items set body = '{' where meeting = ?"


def found(folder: Path) -> list[str]:
    with closing(open_index(folder)) as index:
        return sorted(hit.id for hit in index.search(parse("")).hits)


def test_a_sync_takes_in_the_others_and_keeps_it_waiting_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syncing, "_AT_ONCE", 2)
    store = Outbox(*(meeting(str(number), "Buses") for number in range(5)))
    sync(store, tmp_path)
    for number in range(1, 6):
        store.save(meeting(str(number), "Buses", "Trams"))
    store.damaged = {BAD}
    assert sync(store, tmp_path) == Indexed(4, 8, unread=(BAD,))
    assert set(store.waiting) == {BAD}
    assert len(found(tmp_path)) == 10    # one of 0, one of 2 as it was, two of each of the others
    assert sync(store, tmp_path) == Indexed(unread=(BAD,))
    store.damaged = set()
    assert sync(store, tmp_path) == Indexed(1, 2)
    assert not store.waiting


def test_a_rebuild_leaves_it_out_and_lets_it_wait(tmp_path: Path) -> None:
    store = Outbox(*(meeting(str(number), "Buses") for number in range(4)))
    sync(store, tmp_path)
    store.damaged = {BAD}
    assert rebuild(store, tmp_path) == Indexed(3, 3, rebuilt=True, unread=(BAD,))
    assert set(store.waiting) == {BAD}
    assert len(found(tmp_path)) == 3
    store.damaged = set()
    assert sync(store, tmp_path) == Indexed(1, 1)
    store.damaged = {BAD}
    assert sync(store, tmp_path, again=[BAD]) == Indexed(unread=(BAD,))
    assert set(store.waiting) == {BAD}


def test_the_store_names_it_and_gives_the_others(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path / "db")) as store:
        for local in "123":
            save(store, a_meeting(local, an_item(f"{local}1")))
        with store.database.writing() as connection:
            connection.exec_driver_sql(DAMAGE, (BAD,))
        named = rf"\A{BAD}: damaged: what the database holds is no item: '{{'; put back a copy"
        with pytest.raises(Damaged, match=named):
            store.meeting(BAD)
        with pytest.raises(Damaged, match=named):
            list(store.each_meeting())
        unread: list[MeetingId] = []
        assert [each.id for each in store.each_meeting(unread=unread)] == [
            "ambleshire/meetings/1", "ambleshire/meetings/3"]
        assert unread == [BAD]
        assert store.unreadable() == (BAD,)
        store.done(store.changes())
        assert store.unreadable() == ()
        store.wait(unread)
        assert [each.meeting for each in store.changes()] == [BAD]


@pytest.fixture
def minutebook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    home = Home(tmp_path)
    home.prepare()
    with closing(Store.open(home.database)) as store:
        store.save_council(Council(COUNCIL, "Ambleshire"))
        for local in "123":
            save(store, a_meeting(local, an_item(f"{local}1")))
    with closing(sqlite3.connect(home.database)) as connection, connection:
        connection.execute(DAMAGE, (BAD,))

    def command(*arguments: Any) -> tuple[int, str, str]:
        status = run([str(each) for each in arguments], {"MINUTEBOOK_HOME": str(tmp_path)})
        return status, *capsys.readouterr()

    return command


def test_every_command_that_indexes_says_it_and_status_goes_on_saying_it(
    minutebook: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    said = (f"{BAD}: it is damaged in the database, so the index has not taken it in; `minutebook reparse` or "
            "`minutebook crawl --full` reads it again")
    status, out, err = minutebook("reindex")
    assert (status, out, err.splitlines()[-1]) == (1, "Indexed 2 items of 2 meetings\n", said)
    minutes = tmp_path / "minutes.txt"
    minutes.write_text("Llanfair Parish Council\nMinutes of the meeting held on 4 May 2021\nPresent: Cllr A Pryce\n\n"
                       "1. Apologies\nNone were received.\n\n2. Footpaths\nRESOLVED to clear the path.\n")
    status, out, err = minutebook("import", minutes, "--council", "llanfair")
    assert (status, out.split()[0], err.splitlines()[-1]) == (1, "stored", said)
    status, out, _ = minutebook("status")
    assert (status, out.splitlines()[-1]) == (1, f"not indexed: {said}")
    assert len(found(tmp_path / "index")) == 4
