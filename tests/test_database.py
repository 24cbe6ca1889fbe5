import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from build import COUNCIL, a_meeting, an_item
from sqlalchemy import MetaData, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from archive.captures import Capture
from archive.database import Database
from archive.errors import HomeTooNew, MinutebookError, StoreError
from archive.migrations import upgrade
from archive.runs import Failure, Run
from archive.schema import REVISION, metadata
from archive.shapes import as_json
from archive.store import Change, Store
from archive.versions import Saved, canonical, digest


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


def the_first_database(path: Path) -> None:
    """As the first version of the schema made and filled it."""
    engine = create_engine(f"sqlite:///{path}")
    tables = MetaData()
    with engine.begin() as connection:
        upgrade(connection, str(path), "0001")
        tables.reflect(connection)
        for name, values in FIRST_ROWS:
            connection.execute(tables.tables[name].insert().values(values))
    engine.dispose()


FETCHED = datetime(2026, 11, 22, 2, tzinfo=UTC)
THEN = FETCHED.replace(tzinfo=None)    # as the database has it
HELD = a_meeting("1", an_item("1"))
FIRST_ROWS: tuple[tuple[str, tuple[object, ...]], ...] = (
    ("councils", (COUNCIL, "Ambleshire", "https://a.example/", "moderngov")),
    ("captures", (1, "https://a.example/", THEN, 200, "text/html", "abc", "a.warc.gz", 7)),
    ("runs", (1, COUNCIL, THEN, THEN + timedelta(hours=1), {"new": 1})),
    ("failures", (1, 0, "meeting", "x", "no table")),
    ("meetings", (
        HELD.id, COUNCIL, "ambleshire/committees/cabinet", date(2021, 3, 2), datetime.combine(date(2021, 3, 2), time()),
        "published", 1, 0, 0, 1, canonical(as_json(HELD)),
    )),
    ("items", (HELD.id, 0, "ambleshire/items/1", canonical(as_json(HELD.items[0])))),
    ("versions", (HELD.id, 1, digest(HELD), THEN, THEN, "1", None)),
    ("meeting_captures", (HELD.id, 1, 0, 1)),
    ("changes", (5, HELD.id)),
)  # fmt: skip


def test_a_home_of_the_first_version_keeps_everything(path: Path) -> None:
    the_first_database(path)
    capture = Capture("https://a.example/", FETCHED, 200, "text/html", "abc", "a.warc.gz", 7)
    assert HELD.id is not None
    with closing(Store.open(path)) as store:
        assert store.meeting(HELD.id) == HELD
        assert store.captures_of(HELD.id) == tuple(store.each_capture()) == (capture,)
        assert store.changes() == (Change(5, HELD.id),)
        failure = Failure("meeting", "x", "no table")
        assert store.runs(COUNCIL) == (Run(FETCHED, FETCHED + timedelta(hours=1), {"new": 1}, (failure,)),)
        assert store.save_meeting(HELD, (capture,), "1", FETCHED) is Saved.SAME
        assert (len(store.councils()), store.listings(COUNCIL), list(store.requests())) == (1, {}, [])


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
