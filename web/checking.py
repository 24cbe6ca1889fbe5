"""The comparison of all that a home holds: its store, its captures and its search index; and the mending of it."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from archive import evidence, wholeness
from archive.captures import Captures
from archive.checking import Problem, check, mend
from archive.config import ENGINES
from archive.errors import StoreError
from archive.home import Home
from archive.ids import parse
from archive.model import MeetingId
from archive.shapes import as_json
from archive.store import Store
from archive.versions import digest
from index import checking as indexing
from index.checking import Comparison, compare
from index.generations import MakeEngine
from web.desk import Desk
from web.filters import counted
from web.indexing import chosen_engine, topics_of
from web.progress import Bars
from web.rereading import reparse_all

Shape = dict[str, Any]

_OF_FILES = ("capture", "record")
_ROUNDS = 8    # a body may be that of a record that refers to another, and so on
_MANY = 5    # problems of one file that are told one by one


@dataclass(frozen=True, slots=True)
class Findings:
    """What was looked at, and what disagrees: in the store and the captures (`kept`), and between store and `index`."""

    meetings: int
    captures: int
    kept: tuple[Problem, ...]
    index: Comparison

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All of them, the store's and the captures' first: what is wrong there may be why the index differs."""
        return (*self.kept, *self.index.problems)


def look(home: Home, store: Store, bars: Bars, make: MakeEngine) -> Findings:
    """Compare everything; nothing is changed. `make` opens the index.

    Raises `StoreError` when the database cannot be read at all.
    """
    with store.database.reading() as connection:
        meetings, captures = wholeness.how_many(connection), evidence.how_many(connection)
    kept = tuple(check(store, _captures(home, store), bars("Store and captures")))
    compared = bars("Search index")
    index = compare(store, home.index, lambda done: compared(done, meetings), topics_of(home), make=make)
    return Findings(meetings, captures, kept, index)


def repair(desk: Desk, found: Findings, bars: Bars) -> Findings:
    """Mend what can be: the store, its lost texts from the captures, from both the index; what disagrees then.

    Raises what these raise.
    """
    home, store, make = desk.home, desk.store, chosen_engine(desk)
    captures, step = _captures(home, store), bars("Mending")
    meetings = [each.where for each in found.kept if each.what == "meeting" and each.mendable]
    lost = [each for each in meetings if _is_lost(store, each)]
    for done, problem in enumerate(found.kept, 1):
        mend(store, captures, problem)
        step(done, len(found.kept))
    if any(each.what == "capture" and each.mendable for each in found.kept):
        _forget_more(store, captures)
    unread = _read_again(desk, lost, bars)
    indexed = bars("Mending the index")
    with suppress(StoreError):    # a meeting that cannot be read is what the next look finds
        indexing.mend(store, home.index, found.index, lambda done: indexed(done.meetings, None), topics_of(home), make)
    left = look(home, store, bars, make)
    return replace(left, kept=(*left.kept, *unread))


def _forget_more(store: Store, captures: Captures) -> None:
    """Mend what shows only when lost captures are forgotten: others whose bodies were theirs."""
    for _ in range(_ROUNDS):
        if not sum(mend(store, captures, each) for each in check(store, captures) if each.what in _OF_FILES):
            return


def _is_lost(store: Store, meeting: str) -> bool:
    """Whether a meeting is no more what was saved: its rows then agree once mended, but what is gone is gone."""
    identifier = MeetingId(meeting)
    return digest(store.meeting(identifier)) != store.versions(identifier)[-1].digest


def _read_again(desk: Desk, meetings: Sequence[str], bars: Bars) -> tuple[Problem, ...]:
    """Bring back the lost texts of `meetings` by reading their captures again; those that could not be."""
    councils = sorted({parse(each).council for each in meetings})
    reports = reparse_all(desk, councils, bars) if councils else ()
    reasons = {failure.where: failure.reason for report in reports for failure in report.failures}
    for each in meetings:
        if not desk.store.captures_of(MeetingId(each)):
            reasons[each] = "nothing is kept that it was read from"
    return tuple(
        Problem("meeting", each, f"part of it is lost ({reasons[each]}); `minutebook crawl --full` fetches it", False)
        for each in meetings if each in reasons)


def _captures(home: Home, store: Store) -> Captures:
    return Captures(home.captures, store.capture_of)


def report_shape(found: Findings, left: Findings, engine: str) -> Shape:
    """What was `found` and what is `left` of it after mending, as JSON; `engine` is what the settings name."""
    return {
        "engine": engine, "generation": left.index.generation,
        "meetings": left.meetings, "captures": left.captures, "items": left.index.items, "waiting": left.index.waiting,
        "problems": as_json(left.problems), "mended": as_json(_mended(found, left)),
    }


def report_text(found: Findings, left: Findings, engine: str) -> str:
    """The same for people: a line for each problem, and a last one that sums up."""
    mended = _mended(found, left)
    lines = [f"{each}; mended" for each in _told(mended)]
    lines += [f"{each}; mend it with: minutebook check --repair"
              for each in _told([each for each in left.problems if each.mendable])]
    lines += _told([each for each in left.problems if not each.mendable])
    looked = (f"Checked {counted(left.meetings, 'meeting')}, {counted(left.captures, 'capture')}, "
              f"{counted(left.index.items, 'indexed item')}{f' ({engine})' if engine != ENGINES[0] else ''}")
    waiting = f" ({counted(left.index.waiting, 'meeting')} still to be indexed)" if left.index.waiting else ""
    return "\n".join([*lines, f"{looked}{waiting}: {_verdict(mended, left.problems)}"])


def _mended(found: Findings, left: Findings) -> tuple[Problem, ...]:
    still = {(each.what, each.where) for each in left.problems}
    return tuple(each for each in found.problems if (each.what, each.where) not in still)


def _told(problems: Sequence[Problem]) -> list[str]:
    """A line for each problem; one for all captures, or records, of a file that has many such."""
    several: dict[str, list[Problem]] = {}
    for each in problems:
        several.setdefault(_file(each), []).append(each)
    return [line for file, those in several.items()
            for line in ([_summed(file, those)] if file and len(those) > _MANY else map(_said, those))]


def _file(problem: Problem) -> str:
    """Whose problem it is, of those of a file; empty for others."""
    return f"{problem.what} {problem.where.rpartition(':')[0]}" if problem.what in _OF_FILES else ""


def _summed(file: str, problems: Sequence[Problem]) -> str:
    return f"{file}: {counted(len(problems), 'problem')} (--json tells each), as of {problems[0].detail}"


def _said(problem: Problem) -> str:
    return f"{problem.what} {problem.where}: {problem.detail}"


def _verdict(mended: Sequence[Problem], left: Sequence[Problem]) -> str:
    parts = [f"{counted(len(mended), 'problem')} mended"] if mended else []
    parts += [f"{counted(len(left), 'problem')} left" if mended else counted(len(left), "problem")] if left else []
    return ", ".join(parts) or "nothing disagrees"
