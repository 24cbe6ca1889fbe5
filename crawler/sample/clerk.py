"""Gives a draft the form of its committee's clerk, and says at once what a reader should find in it."""

from collections.abc import Iterable
from dataclasses import replace

from archive.model import Action, Clause, Outcome, ParagraphKind, Resolution
from crawler.sample.ballots import amendment_lines, moved_lines, vote_lines
from crawler.sample.data import Wish
from crawler.sample.draft import Draft, Manner, Motion, Remark
from crawler.sample.forms import FORMS, PLAIN, Form, clauses, labelled, passive, quoted
from crawler.sample.grammar import letter, sentence
from crawler.sample.line import Line, Look, Minuted
from crawler.sample.scene import Scene

_DASHED = ("committee", "resolved-dash", "resolved-that")
_BARELY_NOTED = ({Wish("note", "the report")}, {Wish("receive", "the report")})
_CLOSING = (("agreed", Action.AGREED), ("approved", Action.APPROVED), ("confirmed", Action.APPROVED))
_UNNUMBERED = (ParagraphKind.CLAUSE, ParagraphKind.VOTE)
Decided = tuple[list[Line], Resolution]    # its lines with those of the vote; the anchor is not known yet


def minuted(draft: Draft, scene: Scene, item_number: str) -> Minuted:
    """The minutes of `draft` in the form of the scene's committee; `item_number` is for paragraphs such as 27.1."""
    before, after = _lines(draft.remarks), _lines(draft.closing)
    for amendment in draft.amendments:
        before += amendment_lines(amendment, scene)
    if draft.motion is None:
        return _numbered(Minuted((*before, *after)), scene, item_number, draft)
    before += moved_lines(draft.motion, scene)
    lines, resolution = _decided(draft.motion, scene)
    if scene.spec.lead == "decision" and not draft.motion.closing:
        return _numbered(Minuted((*lines, *before, *after), ((0, resolution),), len(lines)), scene, item_number, draft)
    whole = Minuted((*before, *lines, *after), ((len(before), resolution),))
    return _numbered(whole, scene, item_number, draft)


def _lines(remarks: Iterable[Remark]) -> list[Line]:
    heading = {"heading": ParagraphKind.HEADING}
    return [Line(each.text, heading.get(each.look, ParagraphKind.NARRATIVE), look=Look(each.look)) for each in remarks]


def _numbered(minutes: Minuted, scene: Scene, item_number: str, draft: Draft) -> Minuted:
    """Numbers the paragraphs that have none yet, where the clerk numbers paragraphs at all."""
    style = scene.spec.paragraphs
    if style == "none" or (draft.procedural and style != "item"):
        return minutes
    count, lines = 0, []
    for at, line in enumerate(minutes.lines):
        own = line.number is None and line.look is Look.TEXT and line.kind not in _UNNUMBERED
        if own and at >= minutes.decision:
            count += 1
            lines.append(replace(line, number=_paragraph_number(style, count, item_number)))
        else:
            lines.append(line)
    resolutions = tuple((at, replace(each, number=lines[at].number)) for at, each in minutes.resolutions)
    return replace(minutes, lines=tuple(lines), resolutions=resolutions)


def _paragraph_number(style: str, count: int, item_number: str) -> str:
    """ "27.3", "(c)" or "3" of the third paragraph of item 27."""
    return {"item": f"{item_number}.{count}", "letter": f"({letter(count)})", "number": f"{count}"}[style]


def _decided(motion: Motion, scene: Scene) -> Decided:
    form = FORMS[scene.spec.lead]
    if not motion.carried:
        return _lost(motion, scene)
    if motion.closing:
        action = next((action for word, action in _CLOSING if f"were {word}" in motion.text), Action.OTHER)
        line = Line(motion.text, ParagraphKind.RESOLUTION)
        return _finished([line], (action, None, (), motion.text), motion, scene)
    if motion.text:
        return _in_its_own_words(motion, scene)
    if not motion.wishes and scene.spec.lead in ("plain-decision", "agreed"):
        return _finished([Line("NOTED.", ParagraphKind.RESOLUTION)], (Action.NOTED, None, (), "NOTED."), motion, scene)
    wishes = motion.wishes or (Wish("note", "the report"),)
    if form.action is Action.RECOMMENDED and set(wishes) in _BARELY_NOTED:
        form = PLAIN
    return _resolved([form.bend(each) for each in wishes], form, motion, scene)


def _in_its_own_words(motion: Motion, scene: Scene) -> Decided:
    lead = "RESOLVED – " if scene.spec.lead in _DASHED else "RESOLVED: "
    line = Line(lead + motion.text, ParagraphKind.RESOLUTION)
    return _finished([line], (Action.RESOLVED, None, (), motion.text), motion, scene)


def _resolved(said: list[str], form: Form, motion: Motion, scene: Scene) -> Decided:
    heading = [Line(form.heading, ParagraphKind.RESOLUTION, look=Look.HEADING)] if form.heading else []
    if len(said) == 1:
        text = form.one.format(clause=said[0])
        lines = [*heading, Line(text, ParagraphKind.RESOLUTION)]
        return _finished(lines, (form.action, None, (), quoted(text)), motion, scene)
    parts = clauses(said, form, scene.spec.labels)
    lead = quoted(form.many) or None
    lines = [*heading, Line(form.many, ParagraphKind.RESOLUTION), *(_clause(each, form) for each in parts)]
    text = " ".join([*([lead] if lead else []), *map(labelled, parts)])
    return _finished(lines, (form.action, lead, parts, text), motion, scene)


def _clause(each: Clause, form: Form) -> Line:
    look = Look.BULLET if each.label is None else Look.LIST if form.listed else Look.TEXT
    return Line(each.text, ParagraphKind.CLAUSE, each.label, look)


def _lost(motion: Motion, scene: Scene) -> Decided:
    text = "that " + "; and ".join(passive(each) for each in motion.wishes) + "."
    moved = ""
    if motion.mover and motion.seconder:
        moved = f"It was moved by {scene.member(motion.mover)} and seconded by {scene.member(motion.seconder)} "
    lines = [
        Line(sentence(moved + text)),
        Line("On being put to the vote the motion was declared LOST.", ParagraphKind.VOTE),
    ]
    return _finished(lines, (Action.OTHER, None, (), text), motion, scene)


def _finished(
    lines: list[Line], said: tuple[Action, str | None, tuple[Clause, ...], str], motion: Motion, scene: Scene
) -> Decided:
    """The lines with those of the vote, and the resolution that is `said` (action, lead, clauses, text) in them."""
    polled, vote = vote_lines(motion, scene)
    mover, seconder = (scene.member(each) if each else None for each in (motion.mover, motion.seconder))
    opposed = vote is not None and (vote.against or vote.names.against)
    said_so = motion.manner is Manner.UNANIMOUS or "unanimously" in lines[0].text
    unanimous = False if opposed else said_so or None
    outcome = _outcome([*lines, *polled])
    return [*lines, *polled], Resolution("", None, *said, mover, seconder, outcome, unanimous, vote)


def _outcome(lines: Iterable[Line]) -> Outcome | None:
    """What the lines say became of the motion; a count alone does not say it in words."""
    said = " ".join(line.text.lower() for line in lines)
    if "declared lost" in said:
        return Outcome.LOST
    return Outcome.CARRIED if "was carried" in said else None
