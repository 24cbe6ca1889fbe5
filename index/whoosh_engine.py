"""The embedded engine: an index of Whoosh 2.7.4 in one folder, searched by our own execution of the query."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from whoosh.index import EmptyIndexError, FileIndex, LockError

from archive.errors import IndexFailure
from archive.model import MeetingId
from index.acronyms import Acronyms
from index.columns import Columns, Row
from index.engine import Batch, Lexicon, Matches
from index.execution import Execution
from index.failing import ADVICE, refused
from index.memory import Memory
from index.query import Query
from index.seals import SEALS, broken
from index.spans import held_by
from index.whoosh_files import Writing, create, opened, present, reading
from index.whoosh_postings import WhooshPostings

VERSION = "version-2"    # to be raised when the files hold something else: an older index then has no version
_REMEMBERED = 150_000_000    # bytes of what was read for leaves asked for before


@dataclass(frozen=True)
class _State:
    """One commit as every thread sees it."""

    generation: int
    segments: dict[str, list[Row]]
    columns: Columns
    memory: Memory


class WhooshEngine:
    """A `SearchEngine` in `folder`. A reader's files have one cursor each, so no two searches share one at a time."""

    def __init__(self, folder: Path, patience: float = 10.0) -> None:
        self._folder, self._patience = folder, patience
        self._lock = Lock()
        self._free: list[WhooshPostings] = []
        self._state: _State | None = None
        self._files: FileIndex | None = None
        self._lexicon: tuple[int, Lexicon] | None = None

    def version(self) -> str | None:
        """The version of the projection that it holds; `None` when it is missing or unreadable."""
        try:
            self._opened()
            return (self._folder / VERSION).read_text(encoding="utf-8") or None
        except (IndexFailure, OSError, ValueError):
            return None

    def held(self) -> Mapping[MeetingId, Sequence[str]]:
        """The `source` of each entry of each meeting, as of the last commit, if all files are as they were written."""
        with self._translated("read"):
            if spoiled := broken(self._folder, present(self._folder)):
                raise IndexFailure(f"{self._folder / spoiled[0]}: not as it was written; {ADVICE}")
        files, found = self._opened(), defaultdict[MeetingId, list[str]](list)
        with self._translated("read"), self._reading(files) as postings:
            for meeting, source in postings.sources():
                found[MeetingId(meeting)].append(source)
        return found

    def reset(self, version: str) -> None:
        """Makes it an empty index of that version."""
        with self._translated("made"):
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / VERSION).unlink(missing_ok=True)
            (self._folder / SEALS).unlink(missing_ok=True)
            create(self._folder)
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
                writing.commit()
        except BaseException:
            with suppress(IndexFailure), self._translated("tidied up"):    # what failed first is what to say
                writing.cancel()
            raise

    def search(self, query: Query) -> Matches:
        """What matches, as of the last commit."""
        files = self._opened()
        with self._translated("searched"), self._reading(files) as postings:
            state = self._state_of(postings)
            return Execution(state.columns, postings, state.memory).answer(query)

    def lexicon(self) -> Lexicon:
        """The words of all that can be found, as of the last commit; made once for each."""
        files = self._opened()
        with self._translated("read"), self._reading(files) as postings:
            state = self._state_of(postings)
            with self._lock:
                known = self._lexicon
            if known is None or known[0] != state.generation:
                known = self._lexicon = state.generation, Lexicon(postings.words())
            return known[1]

    def acronyms(self) -> Acronyms:
        """The acronyms of all that can be found, as of the last commit: the same object until the next."""
        files = self._opened()
        with self._translated("read"), self._reading(files) as postings:
            return self._state_of(postings).columns.acronyms

    def close(self) -> None:
        """Releases files; a search that is under way keeps its own to its end."""
        with self._lock:
            free, self._free = self._free, []
            self._files = self._state = self._lexicon = None
        for postings in free:
            postings.close()

    def _opened(self) -> FileIndex:
        with self._lock, self._translated("opened"):
            if self._files is None:
                self._files = opened(self._folder)
            return self._files

    @contextmanager
    def _reading(self, files: FileIndex) -> Iterator[WhooshPostings]:
        """A reader of the last commit for one search; given back after it, unless the search failed."""
        latest = files.latest_generation()
        postings = self._taken(latest) or WhooshPostings(*reading(files, latest))
        kept = False
        try:
            yield postings
            with self._lock:
                kept = files is self._files
                self._free += [postings] if kept else []
        finally:
            if not kept:
                postings.close()

    def _taken(self, generation: int) -> WhooshPostings | None:
        """A free reader of that commit; those of older commits are closed."""
        with self._lock:
            old = [postings for postings in self._free if postings.generation != generation]
            self._free = [postings for postings in self._free if postings.generation == generation]
            taken = self._free.pop() if self._free else None
        for postings in old:
            postings.close()
        return taken

    def _state_of(self, postings: WhooshPostings) -> _State:
        with self._lock:
            state = self._state
            if state is None or state.generation != postings.generation:
                segments = postings.rows(state.segments if state else {})
                columns = Columns(postings.numbered(segments), postings.numbers)
                state = self._state = _State(postings.generation, segments, columns, Memory(_REMEMBERED, held_by))
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
            raise IndexFailure(f"{self._folder}: there is no index; {ADVICE}") from error
        except OSError as error:
            raise refused(self._folder, done, error) from error
        except Exception as error:
            raise IndexFailure(f"{self._folder}: the index cannot be {done} ({error!r:.200}); {ADVICE}") from error
