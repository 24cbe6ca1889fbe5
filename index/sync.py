"""Keeping the index in step with the store: the store's outbox is drained into it, or all of it is built anew.

Both may be repeated, and killed at any point: a change leaves the outbox after the index has committed it, and a new
generation answers only when it is whole.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from archive.errors import UnknownId
from archive.model import Meeting, MeetingId
from index.engine import Batch, SearchEngine
from index.generations import Generations, MakeEngine
from index.project import project, version
from index.topics import Topics, standard_topics
from index.whoosh_engine import WhooshEngine

_AT_ONCE = 500    # changed meetings in one batch
_ALL = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Indexed:
    """What was done: meetings and items put in, meetings removed, and whether the index was built anew."""

    meetings: int = 0
    items: int = 0
    removed: int = 0
    rebuilt: bool = False

    def __add__(self, other: "Indexed") -> "Indexed":
        return Indexed(self.meetings + other.meetings, self.items + other.items, self.removed + other.removed,
                       self.rebuilt or other.rebuilt)


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
        """One meeting, whole. Raises `UnknownId`."""

    def each_meeting(self) -> Iterator[Meeting]:
        """Every meeting, whole."""

    def changes(self, limit: int = ...) -> tuple[Change, ...]:
        """What the index has still to take in."""

    def done(self, taken: Sequence[Change], /) -> None:
        """The index has taken these in."""


def silent(_: Indexed) -> None:
    """The progress that nobody watches."""


def sync(
    store: Outbox[Change],
    folder: Path,
    progress: Progress = silent,
    topics: Topics | None = None,
    make: MakeEngine = WhooshEngine,
    again: Sequence[MeetingId] = (),
) -> Indexed:
    """Takes every change of `store` into the index in `folder`, or builds it anew: when missing, or of another version.

    The meetings `again` are taken in though nothing announces them. Raises `IndexFailure` or `StoreError`; what was
    committed before stays, the rest waits in the outbox.
    """
    topics, generations = topics or standard_topics(), Generations(folder, make)
    with generations.writing():
        current = generations.current()
        engine = generations.engine(current) if current else None
        if engine is None or engine.version() != version(topics):
            return _rebuild(store, generations, topics, progress)
        done = _take_in_all(store, engine, again, topics, progress, Indexed())
        return _drain(store, engine, topics, progress, done)


def rebuild(
    store: Outbox[Change],
    folder: Path,
    progress: Progress = silent,
    topics: Topics | None = None,
    make: MakeEngine = WhooshEngine,
) -> Indexed:
    """Builds the index in `folder` anew, beside the one that goes on answering, and switches over in one step."""
    topics, generations = topics or standard_topics(), Generations(folder, make)
    with generations.writing():
        return _rebuild(store, generations, topics, progress)


def _rebuild(store: Outbox[Change], generations: Generations, topics: Topics, progress: Progress) -> Indexed:
    before = store.changes(_ALL)
    generation = generations.begin()
    engine = generations.engine(generation)
    engine.reset(version(topics))
    done = Indexed(rebuilt=True)
    with engine.batch() as batch:
        for meeting in store.each_meeting():
            done += _put(batch, meeting, topics)
            progress(done)
    generations.switch(generation)
    store.done(before)    # not sooner: were this to die now, the old generation would miss them
    return _drain(store, engine, topics, progress, done)


def _drain(
    store: Outbox[Change], engine: SearchEngine, topics: Topics, progress: Progress, done: Indexed
) -> Indexed:
    while changes := store.changes(_AT_ONCE):
        done = _take_in_all(store, engine, [change.meeting for change in changes], topics, progress, done)
        store.done(changes)
    engine.close()
    return done


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
            for identifier in dict.fromkeys(meetings):
                done += _take_in(store, batch, identifier, topics)
                progress(done)
    return done


def _take_in(store: Outbox[Change], batch: Batch, identifier: MeetingId, topics: Topics) -> Indexed:
    try:
        meeting = store.meeting(identifier)
    except UnknownId:
        batch.remove(identifier)
        return Indexed(removed=1)
    return _put(batch, meeting, topics)


def _put(batch: Batch, meeting: Meeting, topics: Topics) -> Indexed:
    entries = project(meeting, topics)
    if meeting.id:
        batch.put(meeting.id, entries)
    return Indexed(1, len(entries))
