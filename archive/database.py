"""The connection under the store: SQLite by default, any database that SQLAlchemy speaks by its address.

Brings the schema up to date when it opens, and lets nothing of SQLAlchemy out: what goes wrong is a `StoreError`.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, select, table
from sqlalchemy import column as column_of
from sqlalchemy.exc import ArgumentError, DataError, IntegrityError, SQLAlchemyError

from archive.errors import StoreError, Unfit
from archive.schema import REVISION

PATIENCE = 10.0
"""Seconds to wait for another writer."""

# What SQLite says, and what that means for whoever runs it.
_MEANINGS = {
    "database is locked": "another run is writing; try again when it is done",
    "database or disk is full": "the disk is full; make room and run the command again",
    "file is not a database": "is no database of Minutebook; move it away, or name another home",
    "disk image is malformed": "the database is damaged; put back a copy, or move it away and crawl again",
    "readonly database": "may not be written; check who owns it and its folder",
    "unable to open database file": "cannot be opened; check that its folder exists and may be written",
    "disk i/o error": "the disk does not read or write; check it and its free space",
}
_NOT_OPENED = ("unable to open database file", "disk i/o error", "database or disk is full", "readonly database")
_LITTLE = 64_000    # bytes free where SQLite has no room for what it keeps beside an open file


class Database:
    """An engine, and the two ways to use it. May be shared by threads.

    Where `brief`, a file that SQLite cannot open as ever, on a full or a read-only disk, is read as it stands. That is
    for a command that only reads and soon ends: it would not see what is written meanwhile, once there is room.
    """

    def __init__(self, address: str | Path, patience: float = PATIENCE, *, brief: bool = False) -> None:
        self._url = _url(address)
        self.name = self._url.database or str(self._url)
        try:
            self._open(self._url, patience)
        except StoreError as error:
            if not (brief and self._is_still(error)):
                raise
            self.close()
            self._open(_as_it_stands(self._url), patience)

    def _open(self, url: URL, patience: float) -> None:
        with self.translated():
            self._engine = _engine(url, patience)
            self._writes = self._engine.execution_options(minutebook_writes=True)    # made once: it takes a while
            self._migrate()

    def _is_still(self, error: StoreError) -> bool:
        """Whether a file that was refused is there, whole: nothing waits beside it that a writer left."""
        if self._url.get_backend_name() != "sqlite" or not any(each in _said(error) for each in _NOT_OPENED):
            return False
        waiting = Path(f"{self.name}-wal")
        return Path(self.name).is_file() and not (waiting.exists() and waiting.stat().st_size)

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the database until it is given back."""
        with self.translated(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it is kept at the end, nothing of it on an error."""
        with self.translated(), self._writes.begin() as connection:
            yield connection

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Whatever the database refuses inside is raised as a `StoreError` of one clear line."""
        try:
            yield
        except (DataError, IntegrityError) as error:
            raise Unfit(f"{self.name}: {_meaning(error)}") from error
        except SQLAlchemyError as error:
            raise StoreError(f"{self.name}: {self._why(error)}") from error
        except UnicodeEncodeError as error:
            raise Unfit(f"{self.name}: a text that is no Unicode ({error.reason})") from error

    def _why(self, error: SQLAlchemyError) -> str:
        """What the refusal means; SQLite says of a full and of a read-only disk alike that something failed."""
        folder = Path(self.name).parent
        if any(each in _said(error) for each in _NOT_OPENED) and folder.is_dir():
            if not os.access(folder, os.W_OK):
                return "its folder is read-only, so the database cannot be opened; let it be written, or copy the home"
            if shutil.disk_usage(folder).free < _LITTLE:
                return ("the disk is full, so the database cannot be opened or written; a site that runs goes on "
                        "answering: make room, and run the command again")
        return _meaning(error)

    def _migrate(self) -> None:
        with self.reading() as connection:
            revision = self._revision(connection)
        if revision == REVISION:
            return
        # Imported only where there is something to migrate: it would cost every command a sixth of a second.
        from archive.migrations import upgrade
        with self.writing() as connection:
            upgrade(connection, self.name)

    def _revision(self, connection: Connection) -> str | None:
        """The schema's revision as the database names it; `None` for an empty one."""
        tables = inspect(connection).get_table_names()
        if not tables:
            return None
        if "alembic_version" not in tables:
            raise StoreError(f"{self.name}: is a database of something else; move it away, or name another home")
        return connection.scalar(select(column_of("version_num")).select_from(table("alembic_version")))


def _url(address: str | Path) -> URL:
    if isinstance(address, str) and "://" in address:
        try:
            return make_url(address)
        except ArgumentError as error:
            raise StoreError(f"{address!r}: no database address that SQLAlchemy reads") from error
    return URL.create("sqlite", database=str(address))


def _as_it_stands(url: URL) -> URL:
    """The same file, which nobody is to write."""
    return url.set(database=f"file:{quote(str(url.database))}", query={"mode": "ro", "immutable": "1", "uri": "true"})


def _engine(url: URL, patience: float) -> Engine:
    if url.get_backend_name() != "sqlite":
        return _other_engine(url)
    engine = create_engine(url, connect_args={"timeout": patience})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _other_engine(url: URL) -> Engine:
    try:
        return create_engine(url)
    except ImportError as error:
        package = error.name or url.drivername
        raise StoreError(f"{url}: {package} is not installed; install that Python package") from error


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """WAL, so that readers never wait for the writer. NORMAL: a killed process loses nothing, a power cut at most the
    last transactions (never the file), and the next crawl brings those back; FULL would sync once for each meeting.
    """
    connection.isolation_level = None    # else the driver begins transactions by its own rules, and too late
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its place in the queue at once: a reader that turns writer half way cannot wait for another."""
    writes = connection.get_execution_options().get("minutebook_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _said(error: BaseException | None) -> str:
    """What the database itself said, in small letters."""
    cause = error.__cause__ if isinstance(error, StoreError) else error
    return str(getattr(cause, "orig", None) or cause).lower()


def _meaning(error: SQLAlchemyError) -> str:
    words = str(getattr(error, "orig", None) or error).splitlines()[0]
    return next((meaning for said, meaning in _MEANINGS.items() if said in words.lower()), words)
