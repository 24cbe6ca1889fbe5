"""Gives a draft the form of its committee's clerk: numbers, lead-ins, clauses, votes; and says what a reader should find.

The lines are what is printed; the resolutions say how the lines belong together. Markup and truth are both made of them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import zip_longest

from archive.model import Action, Clause, Outcome, ParagraphKind, Resolution, Vote, VoteNames
from crawler.sample.data import Wish
from crawler.sample.draft import Draft, Manner, Motion, Poll
from crawler.sample.grammar import joined, letter, participle, roman, sentence, third_person
from crawler.sample.scene import Scene

_THAT = re.compile(r"\bthat\b", re.IGNORECASE)
_OF_THE_THING = ("and ", "listed ", "that ", "of ", "at ", "between ", "named ")
_KINDS = {"heading": ParagraphKind.HEADING}


class Look(StrEnum):
    """How a line is laid out; a number is typed before the text, or made by a list."""

    TEXT = "text"
    LIST = "list"
    BULLET = "bullet"
    HEADING = "heading"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Line:
    """One printed paragraph. A table has `rows`, and as its text the cells joined by " | " and the rows by " / "."""

    text: str
    kind: ParagraphKind = ParagraphKind.NARRATIVE
    number: str | None = None
    look: Look = Look.TEXT
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Minuted:
    """An item's lines as printed. `resolutions` are pairs of the position of the first line and the resolution, whose
    anchor is not yet known; `decision` counts the first lines, which stand under "Decision:" instead of "Minutes:"."""

    lines: tuple[Line, ...]
    resolutions: tuple[tuple[int, Resolution], ...]
    decision: int = 0


def minuted(draft: Draft, scene: Scene, item_number: str) -> Minuted:
    """The minutes of `draft` in the form of the scene's committee; `item_number` is for paragraphs such as 27.1."""
    lines = [Line(remark.text, _KINDS.get(remark.look, ParagraphKind.NARRATIVE), look=Look(remark.look)) for remark in draft.remarks]
    resolutions = []
    for amendment in draft.amendments:
        lines += _amendment(amendment, scene)
    if draft.motion:
        lines += _moved(draft.motion, scene)
        decided = _decided(draft.motion, scene)
        resolutions.append((len(lines), decided.resolution))
        lines += decided.lines
    closing = [Line(remark.text, _KINDS.get(remark.look, ParagraphKind.NARRATIVE), look=Look(remark.look)) for remark in draft.closing]
    if scene.spec.lead == "decision" and draft.motion:
        at = resolutions[0][0]
        lines, resolutions = lines[at:] + lines[:at], [(0, resolutions[0][1])]
        return _numbered(Minuted((*lines, *closing), tuple(resolutions), len(decided.lines)), scene, item_number, draft)
    return _numbered(Minuted((*lines, *closing), tuple(resolutions)), scene, item_number, draft)


def _numbered(minutes: Minuted, scene: Scene, item_number: str, draft: Draft) -> Minuted:
    """Numbers the paragraphs that have none yet, where the clerk numbers paragraphs at all."""
    label = _PARAGRAPH_NUMBERS[scene.spec.paragraphs]
    if draft.procedural and scene.spec.paragraphs != "item":
        return minutes
    count, lines = 0, []
    for at, line in enumerate(minutes.lines):
        own = line.number is None and line.look is Look.TEXT and line.kind not in (ParagraphKind.CLAUSE, ParagraphKind.VOTE)
        if own and at >= minutes.decision and label(1, item_number):
            count += 1
            line = replace(line, number=label(count, item_number))
        lines.append(line)
    numbers = [line.number for line in lines]
    resolutions = tuple((at, replace(each, number=numbers[at])) for at, each in minutes.resolutions)
    return replace(minutes, lines=tuple(lines), resolutions=resolutions)


_PARAGRAPH_NUMBERS: dict[str, Callable[[int, str], str | None]] = {
    "none": lambda count, item: None,
    "item": lambda count, item: f"{item}.{count}",
    "letter": lambda count, item: f"({letter((count - 1) % 26 + 1)})",
    "number": lambda count, item: f"{count}",
}
_LABELS: dict[str, Callable[[int], str]] = {
    "number": str,
    "paren-number": lambda at: f"({at})",
    "paren-letter": lambda at: f"({letter(at)})",
    "paren-roman": lambda at: f"({roman(at)})",
    "roman": lambda at: f"({roman(at)})",
    "bullet": lambda at: "",
}


@dataclass(frozen=True, slots=True)
class _Decided:
    lines: list[Line]
    resolution: Resolution


@dataclass(frozen=True, slots=True)
class _Form:
    """A clerk's way with a decision: what stands before it (`{lead}` the words that lead in), and the bending of clauses."""

    one: str                   # a single clause; "{clause}"
    many: str                  # the line before several; the part after "That" is the resolution's lead
    bend: Callable[[Wish], str]
    action: Action
    heading: str = ""          # a line of its own before
    listed: bool = False       # clauses by <ol>, not typed
    full_stops: bool = False   # each clause a sentence


def active(each: Wish) -> str:
    """ "notes the report"."""
    return _words(third_person(each.verb), each.object, each.rest)


def passive(each: Wish) -> str:
    """ "the report be noted"; what belongs to the thing itself stays with it: "the plan and its targets be approved"."""
    done = participle(each.verb)
    if each.object.startswith("that "):
        return _words("it be", done, each.object, each.rest)
    if each.rest.startswith(_OF_THE_THING):
        return _words(each.object, each.rest, "be", done)
    return _words(each.object, "be", done, each.rest)


def bare(each: Wish) -> str:
    """ "note the report"."""
    return _words(each.verb, each.object, each.rest)


def infinitive(each: Wish) -> str:
    """ "to note the report"."""
    return "to " + bare(each)


def _words(*parts: str) -> str:
    return " ".join(part for part in parts if part)


_FORMS = {
    "committee": _Form("Resolved – That the Committee {clause}.", "Resolved – That the Committee:", active, Action.RESOLVED, listed=True, full_stops=True),
    "resolved-that": _Form("RESOLVED – That {clause}.", "RESOLVED – That:", passive, Action.RESOLVED),
    "decision": _Form("RESOLVED – That Cabinet {clause}.", "RESOLVED – That Cabinet:", active, Action.RESOLVED, full_stops=True),
    "agreed": _Form("AGREED that {clause}.", "AGREED that:", passive, Action.AGREED),
    "resolved-colon": _Form("RESOLVED: That {clause}.", "RESOLVED that:", passive, Action.RESOLVED),
    "recommended": _Form("RECOMMENDED that Cabinet {clause}.", "RECOMMENDED that Cabinet:-", bare, Action.RECOMMENDED),
    "heading": _Form("That {clause}.", "That:", passive, Action.RESOLVED, heading="RESOLVED", listed=True, full_stops=True),
    "resolved-dash": _Form("RESOLVED – That {clause}.", "RESOLVED – That:", passive, Action.RESOLVED),
    "plain-decision": _Form("The Committee AGREED {clause}.", "The Committee AGREED:", infinitive, Action.AGREED, heading="DECISION", full_stops=True),
    "board": _Form("Resolved:- That the Board {clause}.", "Resolved:- That the Board:", active, Action.RESOLVED),
    "unanimous": _Form("RESOLVED (unanimously): That {clause}.", "RESOLVED (unanimously) that:", passive, Action.RESOLVED),
    "welsh": _Form("RESOLVED – That {clause}.", "RESOLVED – That:", passive, Action.RESOLVED),
}  # fmt: skip
_PLAIN = _Form("RESOLVED: That {clause}.", "RESOLVED that:", passive, Action.RESOLVED)
_NOTED = {Wish("note", "the report"), Wish("receive", "the report")}


def _decided(motion: Motion, scene: Scene) -> _Decided:
    form = _FORMS[scene.spec.lead]
    if not motion.carried:
        return _lost(motion, scene)
    if not motion.wishes:
        return _noted(motion, form, scene)
    if form.action is Action.RECOMMENDED and len(motion.wishes) == 1 and motion.wishes[0] in _NOTED:
        form = _PLAIN
    return _resolved(motion, form, scene)


def _noted(motion: Motion, form: _Form, scene: Scene) -> _Decided:
    """A bare "noted", or a procedural motion whose text is its own."""
    if motion.text:
        text = "RESOLVED – " + motion.text if scene.spec.lead in ("committee", "resolved-dash", "resolved-that") else "RESOLVED: " + motion.text
        return _finished([Line(text, ParagraphKind.RESOLUTION)], Action.RESOLVED, None, (), motion.text, motion, scene)
    if scene.spec.lead in ("plain-decision", "agreed"):
        return _finished([Line("NOTED.", ParagraphKind.RESOLUTION)], Action.NOTED, None, (), "NOTED.", motion, scene)
    plain = _PLAIN if form.action is Action.RECOMMENDED else form
    return _resolved(replace(motion, wishes=(Wish("note", "the report"),)), plain, scene)


def _resolved(motion: Motion, form: _Form, scene: Scene) -> _Decided:
    heading = [Line(form.heading, ParagraphKind.RESOLUTION, look=Look.HEADING)] if form.heading else []
    said = [form.bend(each) for each in motion.wishes]
    if len(said) == 1:
        text = form.one.format(clause=said[0])
        lines = [*heading, Line(text, ParagraphKind.RESOLUTION)]
        return _finished(lines, form.action, None, (), _quoted(text), motion, scene)
    clauses = _clauses(said, form, scene.spec.labels)
    listed = Look.LIST if form.listed else Look.TEXT
    lines = [*heading, Line(form.many, ParagraphKind.RESOLUTION)]
    lines += [Line(each.text, ParagraphKind.CLAUSE, each.label, listed if each.label else Look.BULLET) for each in clauses]
    lead = _quoted(form.many) or None
    text = " ".join([*([lead] if lead else []), *map(_labelled, clauses)])
    return _finished(lines, form.action, lead, clauses, text, motion, scene)


def _quoted(text: str) -> str:
    """What is resolved, without the words that lead in: "That the Committee:"."""
    found = _THAT.search(text)
    return text[found.start() :] if found else text.partition("AGREED")[2].strip(" :")


def _labelled(clause: Clause) -> str:
    """A clause with its label, as one would quote it."""
    dot = "." if (clause.label or "").isdecimal() else ""
    return f"{clause.label}{dot} {clause.text}" if clause.label else clause.text


def _clauses(said: list[str], form: _Form, labels: str) -> tuple[Clause, ...]:
    ends = ["."] * len(said) if form.full_stops else [";"] * (len(said) - 2) + ["; and", "."]
    label = _LABELS[labels]
    texts = [sentence(each) if form.full_stops else each + end for each, end in zip(said, ends, strict=True)]
    return tuple(Clause(label(at) or None, text) for at, text in enumerate(texts, 1))


def _lost(motion: Motion, scene: Scene) -> _Decided:
    text = "that " + "; and ".join(passive(each) for each in motion.wishes) + "."
    moved = ""
    if motion.mover and motion.seconder:
        moved = f"It was moved by {scene.member(motion.mover)} and seconded by {scene.member(motion.seconder)} "
    lines = [Line(sentence(moved + text)), Line("On being put to the vote the motion was declared LOST.", ParagraphKind.VOTE)]
    return _finished(lines, Action.OTHER, None, (), text, motion, scene)


def _finished(
    lines: list[Line], action: Action, lead: str | None, clauses: tuple[Clause, ...], text: str, motion: Motion, scene: Scene,
) -> _Decided:  # fmt: skip
    vote_lines, vote = _vote(motion, scene)
    unanimous = motion.manner is Manner.UNANIMOUS or "unanimously" in lines[0].text
    stated = bool(vote_lines) or not motion.carried
    outcome = (Outcome.CARRIED if motion.carried else Outcome.LOST) if stated else None
    resolution = Resolution(
        "", None, action, lead, clauses, text,
        mover=scene.member(motion.mover) if motion.mover else None,
        seconder=scene.member(motion.seconder) if motion.seconder else None,
        outcome=outcome, unanimous=unanimous, vote=vote,
    )  # fmt: skip
    return _Decided([*lines, *vote_lines], resolution)


def _moved(motion: Motion, scene: Scene) -> list[Line]:
    if not motion.mover or not motion.seconder or not motion.carried:
        return []
    mover, seconder = scene.member(motion.mover), scene.member(motion.seconder)
    forms = (
        "It was moved by {a} and seconded by {b} that the recommendations in the report be agreed.",
        "The recommendations were moved by {a} and seconded by {b}.",
        "Moved by {a}, seconded by {b}.",
        "On the motion of {a}, seconded by {b}, the recommendations were put.",
    )
    return [Line(scene.pick(forms).format(a=mover, b=seconder))]


def _amendment(motion: Motion, scene: Scene) -> list[Line]:
    if not motion.mover or not motion.seconder or not motion.poll:
        return []
    mover, seconder = scene.member(motion.mover), scene.member(motion.seconder)
    moved = scene.pick((
        "The following amendment was moved by {a} and seconded by {b}: {text}",
        "{a} moved and {b} seconded, as an amendment: {text}",
        "By way of amendment it was moved by {a} and seconded by {b}: {text}",
    ))
    counts = f"{len(motion.poll.for_)} voting for, {len(motion.poll.against)} against and {len(motion.poll.abstain)} abstaining"
    if motion.carried:
        result = scene.pick(("The amendment was put to the vote and declared CARRIED ({c}), and became part of the substantive motion.", "On being put to the vote, with {c}, the amendment was CARRIED."))
    else:
        result = scene.pick(("The amendment was put to the vote and declared LOST ({c}).", "On being put to the vote, with {c}, the amendment was LOST.", "The amendment, on being put, was declared to be LOST ({c})."))
    text = moved.format(a=mover, b=seconder, text=sentence(motion.text))
    return [Line(text), Line(result.format(c=counts), ParagraphKind.VOTE)]


def _vote(motion: Motion, scene: Scene) -> tuple[list[Line], Vote | None]:
    """The lines that minute a vote, and the vote as they state it."""
    if motion.poll is None:
        unanimous = motion.manner is Manner.UNANIMOUS and scene.spec.lead != "unanimous"
        return ([Line("The motion was carried unanimously.", ParagraphKind.VOTE)] if unanimous else []), None
    for_, against, abstain = (len(each) for each in (motion.poll.for_, motion.poll.against, motion.poll.abstain))
    if motion.manner is Manner.COUNT:
        form = scene.pick(("(Voting: {f} for, {a} against, {n} abstentions)", "For: {f} Against: {a} Abstentions: {n}", "Votes for: {f}; votes against: {a}; abstentions: {n}."))
        return [Line(form.format(f=for_, a=against, n=abstain), ParagraphKind.VOTE)], Vote(for_, against, abstain)
    names = _names(motion.poll, scene)
    vote = Vote(for_, against, abstain, names)
    return (_vote_table(names) if motion.manner is Manner.TABLE else _vote_lists(names)), vote


def _names(poll: Poll, scene: Scene) -> VoteNames:
    printed = [tuple(scene.member(each) for each in sorted(side, key=lambda one: one.surname)) for side in (poll.for_, poll.against, poll.abstain)]
    return VoteNames(*printed)


def _vote_lists(names: VoteNames) -> list[Line]:
    opening = Line("A recorded vote was requested and taken, with the following result:", ParagraphKind.NARRATIVE)
    sides = (("For", names.for_), ("Against", names.against), ("Abstained", names.abstain))
    return [opening, *(Line(f"{side} ({len(voters)}): {_listed(voters)}", ParagraphKind.VOTE) for side, voters in sides if voters)]


def _listed(names: tuple[str, ...]) -> str:
    """ "Councillors A, B and C" of the names with their titles."""
    address = names[0].split()[0]
    if len(names) == 1 or address not in ("Councillor", "Cllr"):
        return joined(names) + "."
    return f"{address}s {joined([name.removeprefix(address + ' ') for name in names])}."


def _vote_table(names: VoteNames) -> list[Line]:
    """A table with a column for each side, a name in each cell, the counts last."""
    sides = (names.for_, names.against, names.abstain)
    totals = tuple(f"Total: {len(side)}" for side in sides)
    rows = (("For the motion", "Against the motion", "Abstained"), *zip_longest(*sides, fillvalue=""), totals)
    text = " / ".join(" | ".join(cell for cell in row if cell) for row in rows)
    return [Line(text, ParagraphKind.VOTE, look=Look.TABLE, rows=rows)]
