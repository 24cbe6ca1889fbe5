import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from build import a_meeting, an_item
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from archive.database import Database
from archive.errors import HomeTooNew, MinutebookError, StoreError
from archive.schema import REVISION, metadata
from archive.store import Store
from archive.versions import Saved


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "minutebook.sqlite"


@contextmanager
def refused(words: str, error: type[MinutebookError] = StoreError) -> Iterator[None]:
    with pytest.raises(error, match=words) as caught:
        yield
    assert "\n" not in str(caught.value)


def run(path: Path, statement: str, *values: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement, values)


def save(store: Store, local: str) -> Saved:
    meeting = a_meeting(local, an_item(local))
    assert meeting.start is not None
    return store.save_meeting(meeting, (), "1", meeting.start)


# The schema


def test_the_migrations_make_just_the_tables_of_the_schema(path: Path) -> None:
    Store.open(path).close()
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == REVISION
    engine.dispose()


def test_the_schema_names_the_last_migration() -> None:
    assert ScriptDirectory("archive/migrations").get_current_head() == REVISION


def test_an_address_opens_the_same_database_as_a_path(path: Path) -> None:
    with closing(Store.open(path)) as store:
        save(store, "1")
    with closing(Store.open(f"sqlite:///{path}")) as store:
        assert store.counts().meetings == 1


def test_a_database_in_memory_serves_for_a_test() -> None:
    with closing(Store.open("sqlite://")) as store:
        assert save(store, "1") is Saved.NEW


def test_readers_do_not_wait_and_foreign_keys_hold(path: Path) -> None:
    with closing(Database(path)) as database, database.reading() as connection:
        pragmas = {name: connection.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "foreign_keys")}
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1}


# What is no database of ours


def test_a_later_version_is_not_touched(path: Path) -> None:
    Store.open(path).close()
    run(path, "UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    with refused("minutebook.sqlite: written by a later version of Minutebook; update Minutebook", HomeTooNew):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_left_alone(path: Path) -> None:
    path.write_bytes(b"Minutes of the Cabinet\n" * 100)
    with refused("minutebook.sqlite: is no database of Minutebook; move it away, or name another home"):
        Store.open(path)
    assert path.read_bytes().startswith(b"Minutes of")


def test_a_database_of_something_else_is_left_alone(path: Path) -> None:
    run(path, "CREATE TABLE recipes (name TEXT)")
    with refused("is a database of something else; move it away"):
        Store.open(path)


@pytest.mark.parametrize("address", ["://", "no-such-database://here/x", "sqlite://host/x"])
def test_an_address_that_leads_nowhere_is_refused(address: str) -> None:
    with refused(" "):
        Store.open(address)


def test_a_database_without_its_driver_is_refused() -> None:
    with refused("pymssql is not installed; install that Python package"):
        Store.open("mssql+pymssql://here/minutes")


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with refused("minutebook.sqlite: cannot be opened; check that its folder exists"):
        Store.open(tmp_path / "nowhere" / "minutebook.sqlite")


# What a database may refuse


def test_a_writer_waits_for_another_and_then_says_so(path: Path) -> None:
    with closing(Store.open(path, patience=0.05)) as store:
        save(store, "1")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with refused("minutebook.sqlite: another run is writing; try again when it is done") as caught:
                save(store, "2")
            assert store.counts().meetings == 1
            other.execute("ROLLBACK")
        assert save(store, "2") is Saved.NEW
    assert caught is None


def test_what_the_driver_said_is_chained(path: Path) -> None:
    with closing(Store.open(path)) as store:
        run(path, "DROP TABLE changes")
        with pytest.raises(StoreError) as caught:
            store.changes()
    assert isinstance(caught.value.__cause__, SQLAlchemyError)


def test_a_full_disk_is_said_and_what_was_stored_is_there(path: Path) -> None:
    with closing(Store.open(path)) as store:
        save(store, "1")
    statement = text("INSERT INTO councils (id, name) VALUES (:id, :name)")
    with closing(Database(path)) as database, refused("the disk is full; make room"), database.writing() as connection:
        pages = connection.scalar(text("PRAGMA page_count"))
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        for number in range(100):
            connection.execute(statement, {"id": str(number), "name": "x" * 9999})
    with closing(Store.open(path)) as store:
        assert (store.counts().meetings, store.councils()) == (1, ())


def test_a_damaged_database_is_said_to_be_one(path: Path) -> None:
    with closing(Store.open(path)) as store:
        for local in range(60):
            save(store, str(local))
    whole = bytearray(path.read_bytes())
    whole[4096:] = b"\x7f" * (len(whole) - 4096)
    path.write_bytes(whole)
    with refused("the database is damaged; put back a copy"):
        Store.open(path)


@pytest.mark.parametrize("head", ["{}", "[]", "no JSON", '{"id": 1}'])
def test_a_damaged_row_is_said_to_be_one(path: Path, head: str) -> None:
    with closing(Store.open(path)) as store:
        save(store, "1")
        run(path, "UPDATE meetings SET head = ?", head)
        with refused("damaged"):
            store.heads()


def test_a_damaged_version_is_said_to_be_one(path: Path) -> None:
    with closing(Store.open(path)) as store:
        save(store, "1")
        run(path, "UPDATE versions SET body = x'00'")
        meeting = store.heads()[0].id
        assert meeting is not None
        with refused("ambleshire/meetings/1: an older version of it is damaged"):
            store.version(meeting, 1)


def test_a_text_that_is_no_unicode_is_refused(path: Path) -> None:
    with closing(Store.open(path)) as store, refused("a text that is no Unicode"):
        store.save_meeting(a_meeting("1", committee="Cabinet \ud800"), (), "1", a_meeting().start)
