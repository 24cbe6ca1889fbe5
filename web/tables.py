"""The tables that an operator edits, taken up while the site is served."""

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Generic, TypeVar

Table = TypeVar("Table")


class Reread(Generic[Table]):
    """What `read` makes, made again, of what it was, when `stamp` gives another value; threads may share it."""

    def __init__(self, stamp: Callable[[], Hashable], read: Callable[[Table | None], Table]) -> None:
        self._stamp, self._read = stamp, read
        self._kept = stamp(), read(None)

    def __call__(self) -> Table:
        """The table as it is now."""
        before, table = self._kept
        if (now := self._stamp()) != before:
            table = self._read(table)
            self._kept = now, table
        return table


def stamp_of(path: Path) -> tuple[int, int, int] | None:
    """What changes with the file at `path`; `None` when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
