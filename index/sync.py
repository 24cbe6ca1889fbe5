"""Keeping the index in step with the store: the store's outbox is drained into it, or all of it is built anew.

Both may be repeated, and killed at any point: a change leaves the outbox after the index has committed it, and a new
generation answers only when it is whole.
"""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Protocol, TypeVar

from archive.errors import Damaged, IndexFailure, UnknownId
from archive.model import Meeting, MeetingId
from archive.workers import in_order
from index.engine import Batch, SearchEngine, Taking
from index.gathering import Gatherer
from index.generations import Generations, MakeEngine
from index.project import project, version
from index.topics import Topics, standard_topics
from index.whoosh_engine import WhooshEngine

_AT_ONCE = 500    # changed meetings in one batch
_TEXTS = 2_000    # texts of meetings that are read together: a quarter of a second's work
_WORTH_PROCESSES = 50
"""Such tasks, 17,000 items, for which to start processes.

They take half as much again of two processors' time, and of memory, to take a third off the writer's: with half as many
tasks that was slower than one process, with somewhat more of them faster.
"""
_ALL = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Indexed:
    """What was done: meetings and items put in, meetings removed, and whether the index was built anew.

    `unread` names the meetings that the store cannot read: they wait on, and the index has them as before, if at all.
    """

    meetings: int = 0
    items: int = 0
    removed: int = 0
    rebuilt: bool = False
    unread: tuple[MeetingId, ...] = ()

    def __add__(self, other: "Indexed") -> "Indexed":
        return Indexed(self.meetings + other.meetings, self.items + other.items, self.removed + other.removed,
                       self.rebuilt or other.rebuilt, tuple(dict.fromkeys(self.unread + other.unread)))


Progress = Callable[[Indexed], None]
"""Told now and then what was done so far."""


class Waiting(Protocol):
    """A change that the index has still to take in."""

    @property
    def meeting(self) -> MeetingId:
        """The meeting that changed, or is no more."""


Change = TypeVar("Change", bound=Waiting)


class Outbox(Protocol[Change]):
    """What is asked of the store."""

    def meeting(self, identifier: MeetingId, /) -> Meeting:
        """One meeting, whole. Raises `UnknownId`, or `Damaged` for one that cannot be read."""

    def each_meeting(self, *, unread: list[MeetingId] | None = None) -> Iterator[Meeting]:
        """Every meeting, whole. One that cannot be read is added to `unread`, or else raises `Damaged`."""

    def changes(self, limit: int = ...) -> tuple[Change, ...]:
        """What the index has still to take in."""

    def done(self, taken: Sequence[Change], /) -> None:
        """The index has taken these in."""

    def wait(self, lacking: Sequence[MeetingId], /) -> None:
        """The index lacks these, so they wait for it."""


def silent(_: Indexed) -> None:
    """The progress that nobody watches."""


def sync(
    store: Outbox[Change],
    folder: Path,
    progress: Progress = silent,
    topics: Topics | None = None,
    make: MakeEngine = WhooshEngine,
    again: Sequence[MeetingId] = (),
    workers: int = 1,
) -> Indexed:
    """Takes every change of `store` into the index in `folder`, or builds it anew: when missing, or of another version.

    The meetings `again` are taken in though nothing announces them. Raises `IndexFailure` or `StoreError`; what was
    committed before stays, the rest waits in the outbox. For `workers` see `rebuild`.
    """
    topics, generations = topics or standard_topics(), Generations(folder, make)
    with generations.writing():
        generations.tidy()    # a run that was killed may have left what fills the disk
        current = generations.current()
        engine = generations.engine(current) if current else None
        if engine is None or engine.version() != version(topics):
            return _rebuild(store, generations, topics, progress, workers)
        done = _take_in_all(store, engine, again, topics, progress, Indexed())
        store.wait(done.unread)
        return _drain(store, engine, topics, progress, done)


def rebuild(
    store: Outbox[Change],
    folder: Path,
    progress: Progress = silent,
    topics: Topics | None = None,
    make: MakeEngine = WhooshEngine,
    workers: int = 1,
) -> Indexed:
    """Builds the index in `folder` anew, beside the one that goes on answering, and switches over in one step.

    With `workers` the texts of a large archive are read by so many processes. They import the main module, so that a
    program that asks for them must do its work under `if __name__ == "__main__":`. Raises `WorkerLost` when one dies.
    """
    topics, generations = topics or standard_topics(), Generations(folder, make)
    with generations.writing():
        return _rebuild(store, generations, topics, progress, workers)


def _rebuild(
    store: Outbox[Change], generations: Generations, topics: Topics, progress: Progress, workers: int
) -> Indexed:
    before, done, unread = store.changes(_ALL), Indexed(rebuilt=True), list[MeetingId]()
    with _begun(generations) as engine:
        engine.reset(version(topics))
        with engine.batch() as batch:
            for each in _put(batch, store.each_meeting(unread=unread), topics, workers):
                done += each
                progress(done)
    store.done(before)    # not sooner: were this to die now, the old generation would miss them
    done += Indexed(unread=tuple(unread))
    store.wait(done.unread)
    return _drain(store, engine, topics, progress, done)


@contextmanager
def _begun(generations: Generations) -> Iterator[SearchEngine]:
    """The engine of a new generation, which answers in place of the old from the end on, or goes where that fails.

    What is half built takes as much room as the whole, and may be why the disk is full.
    """
    generation = generations.begin()
    engine = generations.engine(generation)
    try:
        yield engine
        generations.switch(generation)
    except BaseException:
        engine.close()
        with suppress(IndexFailure):    # what failed first is what to say
            generations.tidy()
        raise


def _drain(
    store: Outbox[Change], engine: SearchEngine, topics: Topics, progress: Progress, done: Indexed
) -> Indexed:
    while changes := _waiting(store, done.unread):
        done = _take_in_all(store, engine, [change.meeting for change in changes], topics, progress, done)
        store.done([change for change in changes if change.meeting not in done.unread])
    engine.close()
    return done


def _waiting(store: Outbox[Change], unread: Collection[MeetingId]) -> list[Change]:
    """The next changes, but those of meetings that cannot be read."""
    return [change for change in store.changes(_AT_ONCE + len(unread)) if change.meeting not in unread]


def _take_in_all(
    store: Outbox[Change],
    engine: SearchEngine,
    meetings: Sequence[MeetingId],
    topics: Topics,
    progress: Progress,
    done: Indexed,
) -> Indexed:
    """Takes `meetings` in as one batch; what is `done` then, with what was done before."""
    if meetings:
        with engine.batch() as batch:
            gone, unread = list[MeetingId](), list[MeetingId]()
            for each in _put(batch, _there(store, dict.fromkeys(meetings), gone, unread), topics):
                done += each
                progress(done)
            for identifier in gone:
                batch.remove(identifier)
                done += Indexed(removed=1)
                progress(done)
        done += Indexed(unread=tuple(unread))
    return done


def _there(
    store: Outbox[Change], identifiers: Iterable[MeetingId], gone: list[MeetingId], unread: list[MeetingId]
) -> Iterator[Meeting]:
    """The meetings that are still in the store; the others are added to `gone`, those it cannot read to `unread`."""
    for identifier in identifiers:
        try:
            yield store.meeting(identifier)
        except UnknownId:
            gone.append(identifier)
        except Damaged:
            unread.append(identifier)


def _put(batch: Batch, meetings: Iterable[Meeting], topics: Topics, workers: int = 1) -> Iterator[Indexed]:
    """Takes `meetings` in; what was done, for each."""
    if isinstance(batch, Taking):
        tasks = _several(meetings)
        first = deque(islice(tasks, _WORTH_PROCESSES if workers > 1 else 0))
        several = workers if len(first) == _WORTH_PROCESSES else 1
        held = (first.popleft() for _ in range(len(first)))    # which are forgotten as they are done
        for _, gathered in in_order(Gatherer(topics), chain(held, tasks), several):
            batch.take(gathered)
            yield from (Indexed(1, len(each.rows)) for each in gathered.meetings)
        return
    for meeting in meetings:
        entries = project(meeting, topics)
        if meeting.id:
            batch.put(meeting.id, entries)
        yield Indexed(1, len(entries))


def _several(meetings: Iterable[Meeting]) -> Iterator[tuple[Meeting, ...]]:
    """The meetings in tasks of about `_TEXTS` texts."""
    some, texts = list[Meeting](), 0
    for meeting in meetings:
        some.append(meeting)
        texts += 1 + sum(1 + len(item.paragraphs) for item in meeting.items)
        if texts >= _TEXTS:
            yield tuple(some)
            some, texts = [], 0
    if some:
        yield tuple(some)
