"""Faults that are laid inside a child of the nursery, at seams that are not Minutebook's own.

`moments` counts what is done to the disk, in order: each commit of the database (before it and after it), each write
to a file of captures (when half of it is written and when all of it is), each replaced or renamed file of the index.
With `{"kill": n}` the process is killed at the n-th of them. `{"journal": file}` lists them; with `"copy": home` and
`"copies": folder` the home is copied to `folder/homeN` at each.
"""

import errno
import os
import shutil
import signal
from collections.abc import Callable
from io import FileIO
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect
from whoosh.filedb.filestore import FileStorage

import archive.captures
from archive.store import Store

Moment = Callable[[str], None]


def lay(trap: dict[str, Any]) -> None:
    """Lay what `trap` names; nothing for an empty one."""
    if "kill" in trap or "journal" in trap:
        moment = _moments(trap)
        _at_commits(moment)
        _at_captures(moment)
        _at_renames(moment)
    if "captures_full" in trap:
        archive.captures.FileIO = _full_after(trap["captures_full"])
    if "pages" in trap:
        event.listen(Engine, "connect", lambda connection, _: _limit(connection, trap["pages"]))
    if "index_full" in trap:
        _fill_index()
    if "patience" in trap:
        opened = Store.open
        Store.open = lambda address, **_: opened(address, trap["patience"])


def _moments(trap: dict[str, Any]) -> Moment:
    passed: list[str] = []

    def moment(name: str) -> None:
        passed.append(name)
        if "journal" in trap:
            with Path(trap["journal"]).open("a", encoding="utf-8") as file:
                file.write(name + "\n")
        if "copies" in trap:
            shutil.copytree(trap["copy"], Path(trap["copies"]) / f"{Path(trap['copy']).name}{len(passed)}")
        if len(passed) == trap.get("kill"):
            os.kill(os.getpid(), signal.SIGKILL)

    return moment


def _at_commits(moment: Moment) -> None:
    committed = DefaultDialect.do_commit

    def do_commit(dialect: DefaultDialect, connection: Any) -> None:
        moment("before commit")
        committed(dialect, connection)
        moment("after commit")

    DefaultDialect.do_commit = do_commit


def _at_captures(moment: Moment) -> None:
    class Watched(FileIO):
        def write(self, data: Any) -> int:
            half = super().write(bytes(data)[: len(data) // 2])
            moment("half a capture")
            whole = half + super().write(bytes(data)[half:])
            moment("after capture")
            return whole

    archive.captures.FileIO = Watched


def _at_renames(moment: Moment) -> None:
    for name in ("rename", "replace"):
        renamed = getattr(os, name)

        def watched(*args: Any, renamed: Callable[..., None] = renamed, name: str = name, **more: Any) -> None:
            moment(f"before {name}")
            renamed(*args, **more)
            moment(f"after {name}")

        setattr(os, name, watched)


def _full_after(room: int) -> type[FileIO]:
    """Files of captures on a disk with so many bytes left; what does not fit is written in part, then refused."""
    left = [room]

    class Full(FileIO):
        def write(self, data: Any) -> int:
            some = bytes(data)[: left[0]]
            if not some:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            left[0] -= len(some)
            return super().write(some)

    return Full


def _limit(connection: Any, more: int) -> None:
    """A database that may grow by so many pages: SQLite answers as on a full disk."""
    [pages] = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages + more}").close()


def _fill_index() -> None:
    def create_file(storage: FileStorage, name: str, **_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), name)

    FileStorage.create_file = create_file
