"""The engine for large archives: an index of tantivy in one folder, searched by our own execution of the query."""

import json
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock

from archive.errors import IndexFailure
from archive.model import MeetingId
from index.acronyms import Acronyms
from index.columns import Columns, Row
from index.engine import Batch, Lexicon, Matches
from index.execution import Execution
from index.failing import ADVICE, FULL, full, refused
from index.memory import Memory
from index.query import Query
from index.seals import Commit, announce, broken, seal
from index.spans import held_by
from index.tantivy_files import BUSY, KILLED, Held, Writing, create, searching
from index.tantivy_postings import TantivyPostings

VERSION = "tantivy-2"    # to be raised when the files hold something else: an older index then has no version
_META = "meta.json"       # what the last commit holds; replaced by every commit
_REMEMBERED = 150_000_000    # bytes of what was read for leaves asked for before

_LITTLE = 1_000_000       # bytes free where there is no room for a segment
_PANIC = "PanicException"    # of pyo3, whose module cannot be imported; no `Exception`

_Commit = tuple[int, ...]


@dataclass(frozen=True)
class _State:
    """One commit, for every thread."""

    commit: _Commit
    postings: TantivyPostings
    rows: dict[Held, list[Row]]
    columns: Columns
    memory: Memory

    @cached_property
    def lexicon(self) -> Lexicon:
        return Lexicon(self.postings.words())


class TantivyEngine:
    """A `SearchEngine` in `folder`."""

    def __init__(self, folder: Path, patience: float = 10.0) -> None:
        self._folder, self._patience = folder, patience
        self._lock = Lock()
        self._state: _State | None = None

    def version(self) -> str | None:
        """The version of the projection that it holds; `None` when it is missing or unreadable."""
        try:
            version = (self._folder / VERSION).read_text(encoding="utf-8")
            with self._translated("opened"):
                searching(self._folder)
        except (IndexFailure, OSError, ValueError):
            return None
        return version or None

    def held(self) -> Mapping[MeetingId, Sequence[str]]:
        """The `source` of each entry of each meeting, as of the last commit, if all files are as they were written."""
        found = defaultdict[MeetingId, list[str]](list)
        with self._translated("read"):
            if spoiled := broken(self._folder, self._last()):
                raise IndexFailure(f"{self._folder / spoiled[0]}: not as it was written; {ADVICE}")
            for meeting, sources in self._present().postings.sources():
                found[MeetingId(meeting)] += sources
        return found

    def reset(self, version: str) -> None:
        """Makes it an empty index of that version."""
        with self._translated("made"):
            self._folder.mkdir(parents=True, exist_ok=True)
            create(self._folder)
            self._seal()
            (self._folder / VERSION).write_text(version, encoding="utf-8")
        self.close()

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """One writer at a time, waited for a while; commits on leaving, discards when an exception passes."""
        with self._translated("written"):
            writing = Writing(self._folder, self._patience)
        try:
            yield writing
            with self._translated("written"):
                announce(self._folder)
                writing.commit()
                self._seal()
        except BaseException:
            with suppress(IndexFailure), self._translated("tidied up"):    # what failed first is what to say
                writing.cancel()
            raise

    def search(self, query: Query) -> Matches:
        """What matches, as of the last commit."""
        with self._translated("searched"):
            state = self._present()
            return Execution(state.columns, state.postings, state.memory).answer(query)

    def lexicon(self) -> Lexicon:
        """The words of all that can be found, as of the last commit; made once for each."""
        with self._translated("read"):
            return self._present().lexicon

    def acronyms(self) -> Acronyms:
        """The acronyms of all that can be found, as of the last commit: the same object until the next."""
        with self._translated("read"):
            return self._present().columns.acronyms

    def close(self) -> None:
        """Releases files; a search that is under way keeps its own to its end."""
        with self._lock:
            self._state = None

    def _present(self) -> _State:
        """The last commit; it is read under the lock: once, whoever asks meanwhile."""
        with self._lock:
            commit = self._commit()
            if self._state is None or self._state.commit != commit:
                postings = TantivyPostings(searching(self._folder))
                rows = postings.rows(self._state.rows if self._state else {})
                columns = Columns(postings.numbered(rows), postings.numbers)
                self._state = _State(commit, postings, rows, columns, Memory(_REMEMBERED, held_by))
            return self._state

    def _commit(self) -> _Commit:
        found = (self._folder / _META).stat()
        return found.st_ino, found.st_mtime_ns, found.st_size

    def _seal(self) -> None:
        last = self._last()
        seal(self._folder, last.record, {each.name: each for each in self._folder.iterdir()
                                         if each.name == last.record or last.has(each.name)})

    def _last(self) -> Commit:
        """The last commit: the files of its segments, which their names begin with, and its deletions."""
        segments = json.loads((self._folder / _META).read_text(encoding="utf-8"))["segments"]
        present = {each["segment_id"].replace("-", ""): each["deletes"] or {} for each in segments}

        def has(name: str) -> bool:
            segment, *rest = name.split(".")
            return segment in present and (rest[-1] != "del" or rest[0] == str(present[segment].get("opstamp")))

        return Commit(_META, has)

    def _is_full(self, said: str) -> bool:
        """Whether the disk is what failed. Of a thread that writes tantivy says only that it failed."""
        return any(f"os error {each}" in said for each in FULL) or (
            KILLED in said and shutil.disk_usage(self._folder).free < _LITTLE)

    @contextmanager
    def _translated(self, done: str) -> Iterator[None]:
        """tantivy raises `ValueError` for all that goes wrong, and panics on damage: this is where they end."""
        try:
            yield
        except IndexFailure:
            raise
        except FileNotFoundError as error:
            raise IndexFailure(f"{self._folder}: there is no index; {ADVICE}") from error
        except OSError as error:
            raise refused(self._folder, done, error) from error
        except BaseException as error:
            if not isinstance(error, Exception) and type(error).__name__ != _PANIC:
                raise
            if self._is_full(str(error)):
                raise full(self._folder, done) from error
            if BUSY in str(error):
                raise IndexFailure(f"{self._folder}: another process writes the index; try again later") from error
            raise IndexFailure(f"{self._folder}: the index cannot be {done} ({_line(error)}); {ADVICE}") from error


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]
