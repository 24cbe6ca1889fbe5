"""The lines of a vote: its tables, the heads of its sides, names and totals below them, counts in a sentence."""

import re
from collections.abc import Sequence

from archive.model import ParagraphKind
from crawler.blocks import BlockKind
from crawler.minutes.counting import counts, is_division
from crawler.minutes.fates import fate
from crawler.minutes.lines import Line
from crawler.minutes.motions import moved_words, opens_motion
from crawler.minutes.progress import LABEL_LENGTH, Progress
from crawler.minutes.votes import (
    SideLine,
    Tally,
    division_side,
    is_ballot,
    is_nobody,
    name_list,
    names_others,
    side_line,
    sides_within,
    total,
    vote_table,
    voters,
)

_COUNTED = re.compile(r"\(([0-9]{1,3})\)\W*\Z")   # how many, after their names
_LONGEST = 600   # characters of a sentence that names who voted how


def divisions(lines: Sequence[Line]) -> frozenset[int]:
    """Where in `lines` the sides of divisions between a motion and an amendment open: "Motion (5)", "Amendment (3)".

    One side follows the other, nothing but names and totals between them.
    """
    found: set[int] = set()
    before: tuple[int, SideLine] | None = None
    for at, line in enumerate(lines):
        side = None if line.block.kind is BlockKind.TABLE else division_side(line.text)
        if side and (side.count is not None or side.rest):
            if before and before[1].amendment != side.amendment:
                found |= {before[0], at}
            before = at, side
        elif before and not (is_nobody(line.text) or total(line.text) or name_list(line.text)):
            before = None
    return frozenset(found)


def read_table(now: Progress, at: int, line: Line) -> None:
    """Take a table, which is a vote's or holds something else."""
    found = vote_table(line.block.rows)
    now.kinds[at] = ParagraphKind.VOTE if found else ParagraphKind.TABLE
    if found:
        if is_division(line.text):
            now.divide()
        now.tally().join(found)
        now.open = None


def read_vote(now: Progress, at: int, line: Line) -> bool:
    """Whether the line states a vote, or a part of one, and take it if so."""
    if sides := _sides(now, at, line):
        for side in sides:
            _tally_of(now, side).add(side.side, side.count, name_list(side.rest))
        now.side = sides[-1].side
    elif not (_continues_side(now, line) or _names_voters(now, line) or _counts(now, line) or is_ballot(line.text)):
        now.side = None
        return False
    now.kinds[at] = ParagraphKind.VOTE
    now.open = None
    return True


def _tally_of(now: Progress, side: SideLine) -> Tally:
    """The vote that a side is of: one for or against an amendment by its words is not the motion's."""
    return Tally() if side.amendment and not now.divided else now.tally()


def _sides(now: Progress, at: int, line: Line) -> tuple[SideLine, ...]:
    """The sides that open on this line."""
    if at in now.divisions and (side := division_side(line.text)):
        now.divide()
        return (side,)
    if sides := sides_within(line.text):
        if len({side.amendment for side in sides}) > 1 and is_division(line.text):
            now.divide()
        return sides
    side = side_line(line.text)
    return (side,) if side and _opens_side(now, at, side) else ()


def _opens_side(now: Progress, at: int, side: SideLine) -> bool:
    after = now.after(at)
    known = side.count is not None or side.rest or now.side or now.voting
    return bool(known or (after and name_list(after.text)))


def _continues_side(now: Progress, line: Line) -> bool:
    """Whether the line goes on below the head of a side: nobody, a total, names."""
    if now.side is None or line.number is not None:
        return False
    if names_others(line.text):
        now.side = None
        return True
    if is_nobody(line.text):
        now.tally().add(now.side, 0)
    elif (summed := total(line.text)) is not None:
        now.tally().add(now.side, summed)
    elif not fate(line.text) and (listed := name_list(line.text)):
        counted = _COUNTED.search(line.text)
        now.tally().add(now.side, int(counted[1]) if counted and int(counted[1]) == len(listed) else None, listed)
    else:
        return False
    return True


def _names_voters(now: Progress, line: Line) -> bool:
    """Whether the line says no more than who voted how on what was just moved or decided."""
    if len(line.text) > _LONGEST or fate(line.text):
        return False
    found = voters(line.text)
    if len(found) < 2 and not (now.motion or now.latest or now.voting):
        return False
    for side, listed in found.items():
        now.tally().add(side, None, listed)
    return bool(found)


def _counts(now: Progress, line: Line) -> bool:
    if len(line.text) >= LABEL_LENGTH or fate(line.text) or not (found := counts(line.text)):
        return False
    if opens_motion(line.text) and moved_words(line.text):
        return False
    if is_division(line.text):
        now.divide()
    now.count(found)
    return True
