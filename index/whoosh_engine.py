"""The embedded engine: an index of Whoosh 2.7.4 in one folder, searched by our own execution of the query."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from whoosh.index import EmptyIndexError, FileIndex, LockError

from archive.errors import IndexFailure
from index.columns import Columns, Row
from index.engine import Batch, Matches
from index.execution import Execution
from index.memory import Memory
from index.query import Query
from index.whoosh_files import Writing, create, opened
from index.whoosh_postings import WhooshPostings

_VERSION = "version"
_REMEMBERED = 2_000_000    # postings of leaves asked for before
_ADVICE = "run: minutebook reindex"


@dataclass(frozen=True)
class _State:
    """One commit as every thread sees it."""

    generation: int
    segments: dict[str, list[Row]]
    columns: Columns
    memory: Memory


class WhooshEngine:
    """A `SearchEngine` in `folder`. A reader's files have one cursor each, so every thread has its own reader."""

    def __init__(self, folder: Path, patience: float = 10.0) -> None:
        self._folder, self._patience = folder, patience
        self._own = threading.local()
        self._lock = threading.Lock()
        self._state: _State | None = None
        self._files: FileIndex | None = None

    def version(self) -> str | None:
        """The version of the projection that it holds; `None` when it is missing or unreadable."""
        try:
            self._opened()
            return (self._folder / _VERSION).read_text(encoding="utf-8") or None
        except (IndexFailure, OSError, ValueError):
            return None

    def reset(self, version: str) -> None:
        """Makes it an empty index of that version."""
        with self._translated("made"):
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / _VERSION).unlink(missing_ok=True)
            create(self._folder)
            (self._folder / _VERSION).write_text(version, encoding="utf-8")
        self._files = self._state = None

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """One writer at a time, waited for a while; commits on leaving, discards when an exception passes."""
        files = self._opened()
        with self._translated("written"):
            writing = Writing(files, self._patience)
        try:
            yield writing
            with self._translated("written"):
                writing.commit()
        except BaseException:
            with suppress(IndexFailure), self._translated("tidied up"):    # what failed first is what to say
                writing.cancel()
            raise

    def search(self, query: Query) -> Matches:
        """What matches, as of the last commit."""
        files = self._opened()
        with self._translated("searched"):
            postings = self._postings(files)
            state = self._state_of(postings)
            return Execution(state.columns, postings, state.memory).answer(query)

    def close(self) -> None:
        """Releases this thread's files; others are released with their threads."""
        postings: WhooshPostings | None = getattr(self._own, "postings", None)
        if postings:
            postings.close()
        self._own = threading.local()
        self._files = self._state = None

    def _opened(self) -> FileIndex:
        if self._files is None:
            with self._translated("opened"):
                self._files = opened(self._folder)
        return self._files

    def _postings(self, files: FileIndex) -> WhooshPostings:
        """This thread's reader, of the last commit."""
        own: WhooshPostings | None = getattr(self._own, "postings", None)
        if own is None or own.generation != files.latest_generation():
            if own:
                own.close()
            own = self._own.postings = WhooshPostings(files.reader())
        return own

    def _state_of(self, postings: WhooshPostings) -> _State:
        with self._lock:
            state = self._state
            if state is None or state.generation != postings.generation:
                segments = postings.rows(state.segments if state else {})
                columns = Columns(postings.numbered(segments), postings.numbers)
                state = self._state = _State(postings.generation, segments, columns, Memory(_REMEMBERED))
            return state

    @contextmanager
    def _translated(self, done: str) -> Iterator[None]:
        """Whoosh raises bare exceptions of any kind on a damaged file: this is where they end."""
        try:
            yield
        except IndexFailure:
            raise
        except LockError as error:
            raise IndexFailure(f"{self._folder}: another process writes the index; try again later") from error
        except EmptyIndexError as error:
            raise IndexFailure(f"{self._folder}: there is no index; {_ADVICE}") from error
        except OSError as error:
            raise IndexFailure(f"{self._folder}: the index cannot be {done} ({error.strerror or error})") from error
        except Exception as error:
            raise IndexFailure(f"{self._folder}: the index cannot be {done} ({error!r:.200}); {_ADVICE}") from error
