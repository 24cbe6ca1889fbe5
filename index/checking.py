"""Whether the index holds what the store holds: meeting by meeting, by what each entry says it was made from."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from archive.checking import Problem
from archive.errors import IndexFailure, StoreError
from archive.model import Meeting, MeetingId
from archive.versions import digest
from index.engine import SearchEngine
from index.generations import Generations, MakeEngine
from index.project import version
from index.query import Query
from index.sync import Change, Indexed, Outbox, Progress, rebuild, silent, sync
from index.topics import Topics, standard_topics
from index.tree import Everything
from index.whoosh_engine import WhooshEngine

_ALL = 1_000_000_000
_NAMED = 5    # damaged meetings in one line

Steps = Callable[[int], None]
"""Told how many meetings were compared."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What disagrees, and what would mend it: taking in the meetings `behind`, or all of them anew when `unusable`.

    `items` are those the index holds, `waiting` the meetings that the outbox names: they are not compared.
    `generation` names the one that answers; `None` when there is none, or when which one cannot be read.
    """

    problems: tuple[Problem, ...]
    items: int = 0
    waiting: int = 0
    behind: tuple[MeetingId, ...] = ()
    unusable: bool = False
    generation: str | None = field(default=None, compare=False)


def _unseen(_: int) -> None:
    pass


def compare(
    store: Outbox[Change],
    folder: Path,
    steps: Steps = _unseen,
    topics: Topics | None = None,
    make: MakeEngine = WhooshEngine,
) -> Comparison:
    """The index in `folder` beside the store and its outbox; nothing is changed. An index that fails is a problem."""
    generations = Generations(folder, make)
    found = _looked(store, generations, folder, steps, topics)
    return replace(found, generation=_answers(generations), problems=(*found.problems, *_left(generations)))


def _left(generations: Generations) -> Iterator[Problem]:
    """What takes room for nothing."""
    with suppress(IndexFailure, OSError):    # said already where which one answers cannot be told; or it goes just now
        for each in generations.left():
            size = sum(file.stat().st_size for file in each.rglob("*") if file.is_file())
            yield _problem(str(each), f"{size / 1_000_000:.1f} MB of an index that does not answer: a run that built "
                                      "one, or replaced it, was stopped")


def _looked(
    store: Outbox[Change], generations: Generations, folder: Path, steps: Steps, topics: Topics | None
) -> Comparison:
    waiting = {change.meeting for change in store.changes(_ALL)}
    try:
        held = _held(generations, version(topics or standard_topics()))
    except IndexFailure as error:
        return Comparison((_problem(str(folder), str(error)),), waiting=len(waiting), unusable=True)
    if held is None and not waiting and next(store.each_meeting(unread=[]), None) is None:
        return Comparison(())
    if held is None:
        return Comparison((_problem(str(folder), "there is no index"),), waiting=len(waiting), unusable=True)
    return _compared(store, held, waiting, steps)


def mend(
    store: Outbox[Change],
    folder: Path,
    found: Comparison,
    progress: Progress = silent,
    topics: Topics | None = None,
    make: MakeEngine = WhooshEngine,
) -> Indexed:
    """Makes the index hold what the store holds, and empties the outbox. Raises `IndexFailure` or `StoreError`."""
    if found.unusable:
        return rebuild(store, folder, progress, topics, make)
    return sync(store, folder, progress, topics, make, found.behind)


def _answers(generations: Generations) -> str | None:
    """The name of the generation that answers."""
    with suppress(IndexFailure):
        current = generations.current()
        return current.name if current else None
    return None


def _held(generations: Generations, present: str) -> Mapping[MeetingId, Sequence[str]] | None:
    """What the current generation holds; `None` when there is none. Raises `IndexFailure` for one of no use."""
    generation = generations.current()
    if generation is None:
        return None
    engine = generations.engine(generation)
    try:
        return _answering(engine, generation, present)
    finally:
        engine.close()


def _answering(engine: SearchEngine, generation: Path, present: str) -> Mapping[MeetingId, Sequence[str]]:
    found = engine.version()
    if found is None:
        raise IndexFailure(f"{generation.name}: the index is missing or cannot be read")
    if found != present:
        raise IndexFailure(f"{generation.name}: the index is of version {found}, and {present} is wanted")
    held = engine.held()
    engine.search(Query(Everything(), limit=1))
    return held


def _compared(
    store: Outbox[Change], held: Mapping[MeetingId, Sequence[str]], waiting: Collection[MeetingId], steps: Steps
) -> Comparison:
    problems: dict[str, Problem] = {}
    unknown, unread = set(held) | set(waiting), list[MeetingId]()
    try:
        for done, meeting in enumerate(store.each_meeting(unread=unread), 1):
            identifier = MeetingId(str(meeting.id))
            unknown.discard(identifier)
            if identifier not in waiting and (said := _difference(meeting, held.get(identifier, ()))):
                problems[identifier] = _problem(identifier, said)
            steps(done)
    except StoreError as error:
        unreadable = Problem("index", "the store", f"cannot be read, so the index cannot be compared: {error}", False)
        return Comparison((*problems.values(), unreadable), _count(held), len(waiting), _meetings(problems))
    for identifier in sorted(unknown.difference(unread)):
        where = "waits to be indexed" if identifier in waiting else "in the index"
        problems[identifier] = _problem(identifier, f"{where}, but not in the store")
    damaged = [Problem("index", "the store", f"{_several(unread)} damaged, so the index cannot be compared", False)]
    told = (*problems.values(), *(damaged if unread else ()))
    return Comparison(told, _count(held), len(waiting), _meetings(problems))


def _several(meetings: Sequence[MeetingId]) -> str:
    """The first few of them, and whether it or they are."""
    more = f" and {len(meetings) - _NAMED} more" if len(meetings) > _NAMED else ""
    return f"{', '.join(meetings[:_NAMED])}{more} {'is' if len(meetings) == 1 else 'are'}"


def _difference(meeting: Meeting, sources: Sequence[str]) -> str | None:
    """How the entries of `meeting` differ from what they should be."""
    if len(sources) != len(meeting.items):
        return f"{len(meeting.items)} items in the store, {len(sources)} in the index"
    if set(sources) - {digest(meeting)}:
        return "the index has it as it was before it changed"
    return None


def _problem(where: str, detail: str) -> Problem:
    return Problem("index", where, detail, True)


def _count(held: Mapping[MeetingId, Sequence[str]]) -> int:
    return sum(map(len, held.values()))


def _meetings(problems: Mapping[str, Problem]) -> tuple[MeetingId, ...]:
    return tuple(map(MeetingId, problems))
