"""The folder of the index: whole generations beside each other, and a file that names the one that answers.

    index/current        the name of a generation; replaced in one step
    index/g-.../         a generation: one engine's folder
    index/writing.lock   held while one process writes; the system drops it with its process

A generation that no `current` names is either being built or was left by a process that died; whoever holds the lock
removes it. A reader that finds its generation gone looks at `current` again.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TypeVar
from uuid import uuid4

from filelock import FileLock, Timeout

from archive.errors import IndexFailure
from index.acronyms import Acronyms
from index.engine import Lexicon, Matches, SearchEngine
from index.project import is_understood
from index.query import Query
from index.seals import on_disk
from index.whoosh_engine import WhooshEngine

_CURRENT = "current"
_PREFIX = "g-"

Answer = TypeVar("Answer")
MakeEngine = Callable[[Path], SearchEngine]


class Generations:
    """The generations in `folder`, each the folder of an engine that `make` opens."""

    def __init__(self, folder: Path, make: MakeEngine = WhooshEngine) -> None:
        self._folder, self._make = folder, make

    def current(self) -> Path | None:
        """The folder of the generation that answers; `None` when there is none yet."""
        try:
            name = (self._folder / _CURRENT).read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise IndexFailure(f"{self._folder / _CURRENT}: cannot be read; run: minutebook reindex") from error
        return self._folder / name if name.startswith(_PREFIX) and Path(name).name == name else None

    def engine(self, generation: Path) -> SearchEngine:
        """The engine of one generation."""
        return self._make(generation)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Holds the right to write. Raises `IndexFailure` when another process has it."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self._folder / "writing.lock", timeout=0):
                yield
        except Timeout as error:
            raise IndexFailure(f"{self._folder}: another run writes the index; try again when it is done") from error
        except OSError as error:
            raise IndexFailure(f"{self._folder}: cannot be written ({error.strerror or error})") from error

    def begin(self) -> Path:
        """A new generation's empty folder, which nothing names yet; what was left behind is removed first."""
        self.tidy()
        generation = self._folder / f"{_PREFIX}{uuid4().hex[:12]}"
        generation.mkdir()
        return generation

    def switch(self, generation: Path) -> None:
        """Makes `generation` the one that answers, in one step, and removes the others.

        All of it is on the disk before it is named, so that a power cut leaves one or the other whole.
        """
        waiting = self._folder / f"{_CURRENT}.new"
        waiting.write_text(generation.name, encoding="utf-8")
        for each in (*generation.iterdir(), generation, waiting):
            on_disk(each)
        waiting.replace(self._folder / _CURRENT)
        on_disk(self._folder)
        self.tidy()

    def tidy(self) -> None:
        """Removes every generation but the current one. An open file of one stays readable where the system allows."""
        for each in self._others():
            shutil.rmtree(each, ignore_errors=True)

    def left(self) -> tuple[Path, ...]:
        """The generations that a run left which was stopped, beside the current one.

        None while another process writes, which may build one.
        """
        if self.current() is None or not self._others():
            return ()
        try:
            with self.writing():
                return self._others()
        except IndexFailure:
            return ()

    def _others(self) -> tuple[Path, ...]:
        """The generations that do not answer."""
        current = self.current()
        return tuple(sorted(each for each in self._folder.glob(f"{_PREFIX}*") if each != current))


class _Held:
    """The engine of a generation, and how many ask it just now."""

    def __init__(self, generation: Path, engine: SearchEngine) -> None:
        self.generation, self.engine, self.asking = generation, engine, 0


class CurrentIndex:
    """A `Searcher` that always answers from the current generation: what a server holds.

    It looks at every search which generation is current, so a rebuild in another process is seen at once. An index of
    another version than the one `wanted` is not asked, since its rows and terms may be others, unless but its topics
    are. The engine of a generation that was replaced is closed by the last who asks it: one asked after it was closed
    would open its files again.
    """

    def __init__(self, generations: Generations, wanted: str | None = None) -> None:
        self._generations, self._wanted = generations, wanted
        self._fitting: Path | None = None
        self._lock = Lock()
        self._held: _Held | None = None

    def generation(self) -> Path | None:
        """Which generation is current; `None` when that cannot be told."""
        try:
            return self._generations.current()
        except IndexFailure:
            return None

    def version(self) -> str | None:
        """The version of the current generation; `None` when there is none that can be read."""
        generation = self._generations.current()
        if generation is None:
            return None
        with self._engine(generation) as engine:
            return engine.version()

    def search(self, query: Query) -> Matches:
        """What matches in the current generation."""
        return self._asked(lambda engine: engine.search(query))

    def lexicon(self) -> Lexicon:
        """The words of the current generation."""
        return self._asked(lambda engine: engine.lexicon())

    def acronyms(self) -> Acronyms:
        """The acronyms of the current generation."""
        return self._asked(lambda engine: engine.acronyms())

    def close(self) -> None:
        """Releases the engine; a question under way is answered before. Asking again opens it again."""
        with self._lock:
            self._let_go()

    def _asked(self, ask: Callable[[SearchEngine], Answer]) -> Answer:
        """What the current generation answers; asked again when it was replaced meanwhile."""
        generation = self._present()
        try:
            return self._answer(generation, ask)
        except IndexFailure:
            switched = self._present()
            if switched == generation:
                raise
            return self._answer(switched, ask)

    def _present(self) -> Path:
        generation = self._generations.current()
        if generation is None:
            raise IndexFailure("there is no index yet; run: minutebook reindex")
        return generation

    def _answer(self, generation: Path, ask: Callable[[SearchEngine], Answer]) -> Answer:
        """What a generation answers that can be understood; one that cannot be read says so itself."""
        with self._engine(generation) as engine:
            if self._wanted and self._fitting != generation:
                found = engine.version()
                if found is not None and not is_understood(found, self._wanted):
                    raise IndexFailure(f"{generation}: the index was made by another version of Minutebook ({found}); "
                                       "run: minutebook reindex, and restart what was running")
                self._fitting = generation
            return ask(engine)

    @contextmanager
    def _engine(self, generation: Path) -> Iterator[SearchEngine]:
        """The engine of a generation, for one question."""
        with self._lock:
            if self._held is None or self._held.generation != generation:
                self._let_go()
                self._held = _Held(generation, self._generations.engine(generation))
            held = self._held
            held.asking += 1
        try:
            yield held.engine
        finally:
            with self._lock:
                held.asking -= 1
                if held is not self._held and not held.asking:
                    held.engine.close()

    def _let_go(self) -> None:
        """Holds no engine any more; the lock is held."""
        held, self._held = self._held, None
        if held and not held.asking:
            held.engine.close()


def open_index(folder: Path, make: MakeEngine = WhooshEngine, wanted: str | None = None) -> CurrentIndex:
    """The index in `folder` (the home's), as searches use it. Nothing is read before the first search."""
    return CurrentIndex(Generations(folder, make), wanted)
