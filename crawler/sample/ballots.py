"""How moving, amending and voting are minuted."""

from itertools import zip_longest

from archive.model import ParagraphKind, Vote, VoteNames
from crawler.sample.data import phrases
from crawler.sample.draft import Manner, Motion, Poll
from crawler.sample.grammar import joined, sentence
from crawler.sample.line import Line, Look
from crawler.sample.scene import Scene


def moved_lines(motion: Motion, scene: Scene) -> list[Line]:
    """The line that says who moved and seconded a motion that is carried."""
    if not motion.mover or not motion.seconder or not motion.carried:
        return []
    mover, seconder = scene.member(motion.mover), scene.member(motion.seconder)
    return [Line(scene.pick(phrases()["moved"]).format(mover=mover, seconder=seconder))]


def amendment_lines(motion: Motion, scene: Scene) -> list[Line]:
    """An amendment with what became of it."""
    if not motion.mover or not motion.seconder or not motion.poll:
        return []
    mover, seconder = scene.member(motion.mover), scene.member(motion.seconder)
    opening = scene.pick(phrases()["amendment-moved"])
    result = scene.pick(phrases()["amendment-carried" if motion.carried else "amendment-lost"])
    for_, against, abstain = _counts(motion.poll)
    counts = f"{for_} voting for, {against} against and {abstain} abstaining"
    return [
        Line(opening.format(mover=mover, seconder=seconder, text=sentence(motion.text))),
        Line(result.format(counts=counts), ParagraphKind.VOTE),
    ]


def _counts(poll: Poll) -> tuple[int, int, int]:
    return len(poll.for_), len(poll.against), len(poll.abstain)


def vote_lines(motion: Motion, scene: Scene) -> tuple[list[Line], Vote | None]:
    """The lines that minute a vote, and the vote as they state it."""
    if motion.poll is None:
        spoken = motion.manner is Manner.UNANIMOUS and scene.spec.lead != "unanimous"
        return ([Line("The motion was carried unanimously.", ParagraphKind.VOTE)] if spoken else []), None
    for_, against, abstain = _counts(motion.poll)
    if motion.manner is Manner.COUNT:
        counted = scene.pick(phrases()["vote-counts"]).format(f=for_, a=against, n=abstain)
        return [Line(counted, ParagraphKind.VOTE)], Vote(for_, against, abstain)
    names = _names(motion.poll, scene)
    if motion.manner is Manner.TABLE:
        return _table(names), Vote(for_, against, abstain, names)
    # A side without voters is not printed.
    return _lists(names), Vote(for_ or None, against or None, abstain or None, names)


def _names(poll: Poll, scene: Scene) -> VoteNames:
    sides = (poll.for_, poll.against, poll.abstain)
    return VoteNames(*(tuple(map(scene.member, sorted(side, key=lambda one: one.surname))) for side in sides))


def _lists(names: VoteNames) -> list[Line]:
    opening = Line("A recorded vote was requested and taken, with the following result:")
    sides = (("For", names.for_), ("Against", names.against), ("Abstained", names.abstain))
    said = [f"{side} ({len(voters)}): {_listed(voters)}" for side, voters in sides if voters]
    return [opening, *(Line(text, ParagraphKind.VOTE) for text in said)]


def _listed(names: tuple[str, ...]) -> str:
    """ "Councillors A, B and C." of the names with their titles."""
    address = names[0].split()[0]
    if len(names) == 1 or address not in ("Councillor", "Cllr"):
        return joined(names) + "."
    return f"{address}s {joined([name.removeprefix(address + ' ') for name in names])}."


def _table(names: VoteNames) -> list[Line]:
    """A table with a column for each side, a name in each cell, the counts last."""
    sides = (names.for_, names.against, names.abstain)
    totals = tuple(f"Total: {len(side)}" for side in sides)
    rows = (("For the motion", "Against the motion", "Abstained"), *zip_longest(*sides, fillvalue=""), totals)
    text = " / ".join(" | ".join(cell for cell in row if cell) for row in rows)
    return [Line(text, ParagraphKind.VOTE, look=Look.TABLE, rows=rows)]
