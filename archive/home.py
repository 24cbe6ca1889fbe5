"""The one folder that holds everything: settings, database, captures, index. Nothing is written outside it."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from archive.errors import HomeError, HomeLocked


@dataclass(frozen=True, slots=True)
class Home:
    """Where things are in the home folder, and who may write there now."""

    folder: Path

    @property
    def settings(self) -> Path:
        """The settings file, `minutebook.toml`; it need not exist."""
        return self.folder / "minutebook.toml"

    @property
    def synonyms(self) -> Path:
        """The operator's own table of synonyms, `synonyms.toml`; it need not exist."""
        return self.folder / "synonyms.toml"

    @property
    def topics(self) -> Path:
        """The operator's own table of topics, `topics.toml`; it need not exist."""
        return self.folder / "topics.toml"

    @property
    def database(self) -> Path:
        """The SQLite file of the store."""
        return self.folder / "minutebook.sqlite"

    @property
    def captures(self) -> Path:
        """The folder of WARC files."""
        return self.folder / "captures"

    @property
    def recognised(self) -> Path:
        """The folder of scans with the layer of text that was read off them: made anew when it is gone."""
        return self.folder / "recognised"

    @property
    def index(self) -> Path:
        """The folder of the search index, which can always be rebuilt."""
        return self.folder / "index"

    def prepare(self) -> None:
        """Make the folder if need be. Raises `HomeError` when it cannot be made or written."""
        try:
            self.folder.mkdir(exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder):
                pass
        except FileNotFoundError as error:
            raise HomeError(f"{self.folder}: the folder above does not exist; make it or name another home") from error
        except (FileExistsError, NotADirectoryError) as error:
            raise HomeError(f"{self.folder}: is a file, and the home must be a folder; name another home") from error
        except OSError as error:
            raise HomeError(f"{self.folder}: cannot be written ({error.strerror}); name another home") from error

    @contextmanager
    def lock(self, doing: str) -> Iterator[None]:
        """Hold the home while `doing` something that writes. Raises `HomeLocked` naming who holds it already.

        The system drops the lock with its process, however that ended: what a killed run leaves behind locks nothing.
        """
        self.prepare()
        held = FileLock(self.folder / "lock", timeout=0)
        try:
            held.acquire()
            self._note.write_text(f"process {os.getpid()}, {doing}", encoding="utf-8")
        except Timeout as error:
            raise HomeLocked(f"{self.folder}: in use by {self._holder()}; wait until that is done") from error
        except OSError as error:
            advice = "make room on the disk" if error.errno == errno.ENOSPC else "check who owns it"
            raise HomeError(f"{self.folder}: cannot be locked ({error.strerror}); {advice}") from error
        try:
            yield
        finally:
            self._note.unlink(missing_ok=True)
            held.release()

    @property
    def _note(self) -> Path:
        return self.folder / "lock.txt"

    def is_locked(self) -> bool:
        """Whether a command that writes holds the home now."""
        lock = self.folder / "lock"
        if not lock.exists():
            return False
        try:
            with FileLock(lock, timeout=0):
                return False
        except (Timeout, OSError):
            return True

    def _holder(self) -> str:
        """Who holds the lock, what for and since when, in UTC: the time is that of the note."""
        with suppress(OSError, UnicodeDecodeError):
            since = datetime.fromtimestamp(self._note.stat().st_mtime, UTC)
            return f"{self._note.read_text(encoding='utf-8')}, since {since:%Y-%m-%d %H:%M} UTC"
        return "another process"
