"""The minutes of a council that prints the counts of a recorded vote, and its names on a page of their own."""

from collections.abc import Sequence
from dataclasses import replace

from archive.model import ParagraphKind, Vote, VoteNames
from crawler.sample.council import WrittenItem
from crawler.sample.data import phrases
from crawler.sample.draft import Manner, Poll
from crawler.sample.line import Line, Look, Minuted
from crawler.sample.people import Councillor


def names_of(voters: Sequence[Councillor]) -> tuple[str, ...]:
    """The names of voters as their page prints them, without "Councillor"."""
    return tuple(one.name.removeprefix("Councillor ") for one in voters)


def names_apart(item: WrittenItem) -> WrittenItem:
    """The item as a clerk minutes it who leaves the names of a recorded vote to the vote's own page."""
    motion = item.draft.motion
    if motion is None or motion.poll is None or motion.manner not in (Manner.NAMES, Manner.TABLE):
        return item
    first, last = _printed(item.minuted.lines)
    return item if first == last else replace(item, minuted=_counted(item.minuted, motion.poll, first, last))


def _printed(lines: Sequence[Line]) -> tuple[int, int]:
    """Where the names stand: a table, or the lines of all sides after the last other line of the vote."""
    table = next((at for at, line in enumerate(lines) if line.look is Look.TABLE), None)
    if table is not None:
        return table, table + 1
    listed = [at for at, line in enumerate(lines) if line.kind is ParagraphKind.VOTE and "): " in line.text]
    return (listed[0], listed[-1] + 1) if listed else (0, 0)


def _counted(minutes: Minuted, poll: Poll, first: int, last: int) -> Minuted:
    """The minutes with the counts in place of the lines from `first` up to `last`."""
    counts = len(poll.for_), len(poll.against), len(poll.abstain)
    said = phrases()["vote-counts"][0].format(f=counts[0], a=counts[1], n=counts[2])
    gone = last - first - 1
    vote = Vote(*counts, VoteNames(*(names_of(side) for side in (poll.for_, poll.against, poll.abstain))))
    return Minuted(
        (*minutes.lines[:first], Line(said, ParagraphKind.VOTE), *minutes.lines[last:]),
        tuple((at - gone * (at >= last), replace(each, vote=vote)) for at, each in minutes.resolutions),
        minutes.decision - gone * (minutes.decision >= last),
    )
