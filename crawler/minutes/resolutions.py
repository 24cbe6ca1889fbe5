"""The resolutions of an item: decisions with their clauses, movers and votes; motions with what became of them.

The lines are read once, in order. A decision takes the clauses and words that follow it until something ends it: the
next minute number, a heading, "Reasons for Decision", a speaker. A motion waits for its fate: carried, it is one
resolution with the RESOLVED that may follow; lost or withdrawn, it is listed with that outcome. What is said and voted
of an amendment is the amendment's own, and an amendment is no resolution.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archive.model import Action, Outcome, ParagraphKind
from crawler.blocks import BlockKind
from crawler.minutes.amendments import is_decided_by, without_amendment
from crawler.minutes.closings import closings, is_caption
from crawler.minutes.counting import counts
from crawler.minutes.decisions import Decision, action_within, find_decisions, is_unanimous
from crawler.minutes.drafts import Draft
from crawler.minutes.endings import is_reason_of_clause, opens_another, without_asides
from crawler.minutes.fates import Fate, fate, is_favour
from crawler.minutes.joining import goes_on, has_more, restarts, takes
from crawler.minutes.lines import Line
from crawler.minutes.motions import movers, opens_motion, words_moved_before
from crawler.minutes.moving import read_fate, read_motion
from crawler.minutes.polling import divisions, read_table, read_vote
from crawler.minutes.progress import LABEL_LENGTH, Progress, say
from crawler.minutes.reported import quoted_lines
from crawler.minutes.stems import holds
from crawler.minutes.undeclared import action_over, action_stated
from crawler.minutes.votes import Tally, voters
from crawler.numbers import follows

_BRACKET = re.compile(r"\([^()]{1,300}\)")
_VOTING = re.compile(r"\b(?:vote|voting|voted|division)\b", re.IGNORECASE)
_VOTE_ON = re.compile(r"\bon the (?:(?P<amendment>amendment)|(?:substantive |original |main )?motion)\b", re.IGNORECASE)
_ON_A_VOTE = re.compile(r"\bon a vote of [^.;:]{0,20}\b(?:for|in favour|to|against)\b[^.;:]{0,80}\Z", re.IGNORECASE)
_VOTE_BEFORE = 150   # characters before a deciding word in which it stands
_SHORTEST_MATTER = 3   # characters
_BELOW = 12   # lines under "Decision" in which its deciding word may stand
_LONGEST = 4000   # characters of a decision in which brackets name voters


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in some lines: a kind for each, and the drafts of resolutions in order of their first line."""

    kinds: tuple[ParagraphKind, ...]
    drafts: tuple[Draft, ...]


def find_resolutions(lines: Sequence[Line], *, decided: bool = False) -> Found:
    """The resolutions in `lines`, and what kind of paragraph each line is.

    `decided` says that the lines stand under the page's own "Decision:", where no deciding word need be printed.
    """
    now = Progress(lines, decided, divisions=divisions(lines))
    closing = closings(lines)
    quoted = quoted_lines([line.text for line in lines])
    for at, line in enumerate(lines):
        if at in quoted and now.open is None:
            now.latest = None
        else:
            _read(now, at, line, closing)
    now.settle_motion()
    now.forget_captions()
    _name_actions(now)
    now.done.sort(key=lambda draft: draft.at)
    now.settle_kinds()
    return Found(tuple(now.kinds), tuple(now.done))


def _read(now: Progress, at: int, line: Line, closing: Mapping[int, Decision]) -> None:
    if line.block.kind is BlockKind.TABLE:
        _read_table(now, at, line)
    elif takes(now, at, line) or _read_decision(now, at, line, closing) or read_vote(now, at, line):
        pass
    elif line.block.kind is BlockKind.HEADING or opens_another(line.text):
        _end(now, at, line)
    elif read_motion(now, at, line) or read_fate(now, at, line) or goes_on(now, at, line):
        pass
    elif not _read_undeclared(now, at, line):
        _read_prose(now, at, line)


# -- decisions


def _read_decision(now: Progress, at: int, line: Line, closing: Mapping[int, Decision]) -> bool:
    decisions = find_decisions(line.text)
    if decisions and _is_subheading(line):
        _caption(now, at, line, decisions[0], closing)
        return True
    if not decisions and at in closing and not (now.motion and fate(line.text)):
        decisions = (closing[at],)
    if _is_fate_of_motion(now, line, decisions):
        return False
    if not decisions or (line.block.kind is BlockKind.HEADING and len(line.text) > LABEL_LENGTH):
        return False
    for decision in decisions:
        _decide(now, at, line, decision)
    return True


def _is_subheading(line: Line) -> bool:
    """Whether a line is "Decision" and names a part of the minutes; "DECISION" shouts the deciding word itself."""
    return line.number is None and is_caption(line.text) and not line.text.isupper()


def _caption(now: Progress, at: int, line: Line, decision: Decision, closing: Mapping[int, Decision]) -> None:
    """Read "Decision" as the heading of what follows: of the line that decides, else of words that it makes decide."""
    if not _decides_below(now, at, closing):
        _decide(now, at, line, decision)
        now.done[-1].lead_lines = []
        now.captions.append(now.done[-1])
    else:
        now.open = now.latest = None
    now.kinds[at] = ParagraphKind.HEADING


def _name_actions(now: Progress) -> None:
    """Let what stands under "Decision" say what was done: "Decision" and then "Approved subject to conditions"."""
    for draft in now.done:
        if draft.action is Action.OTHER and is_caption(draft.printed.rstrip(":")):
            draft.action = action_within(draft.lead, Action.OTHER)


def _decides_below(now: Progress, at: int, closing: Mapping[int, Decision]) -> bool:
    """Whether a line below the heading at `at` has a deciding word of its own, before another part begins."""
    for below in range(at + 1, min(at + 1 + _BELOW, len(now.lines))):
        line = now.lines[below]
        if below in closing or find_decisions(line.text):
            return not is_caption(line.text)
        if line.block.kind is not BlockKind.PARAGRAPH or opens_another(line.text):
            return False
    return False


def _is_fate_of_motion(now: Progress, line: Line, decisions: Sequence[Decision]) -> bool:
    """Whether a line decides no more than the motion that is open: "He put the motion and it was agreed."."""
    if now.motion is None or any(decision.words for decision in decisions) or line.text.endswith(":"):
        return False
    agreed = all(decision.action in (Action.AGREED, Action.APPROVED) for decision in decisions)
    return agreed and fate(line.text) is not None and not opens_motion(line.text)


def _decide(now: Progress, at: int, line: Line, decision: Decision) -> None:
    before = now.done[-1] if now.done and now.done[-1] is now.latest else None
    if _is_of_next_part(now, line, decision):
        now.settle_motion()
    draft = _draft_of(now, at, line, decision)
    if before and ((before.is_heading and before is now.open) or (before.is_borrowed and draft.lead)):
        now.done.pop()
        draft.replace(before)
        if before.is_borrowed and before.unanimous is not None and len(before.printed) < LABEL_LENGTH:
            now.kinds[before.at] = ParagraphKind.VOTE
            draft.lead_lines = [each for each in draft.lead_lines if each != before.at]
    if before and before is now.open and draft.awaits:
        draft.clauses.follow(before.clauses.label)
    now.done.append(draft)
    now.open = now.latest = draft
    if decision.apart and now.motion:
        return
    if now.amendment and now.amendment.outcome is Outcome.CARRIED and is_decided_by(draft, now.amendment, now.motion):
        draft.adopt(now.amendment)
    elif now.motion:
        _decide_motion(draft, now.motion)
    now.motion, now.amendment, now.amending, now.side, now.aside = None, None, False, None, False
    now.loose, now.fate, now.divided = Tally(), None, False


def _is_of_next_part(now: Progress, line: Line, decision: Decision) -> bool:
    """Whether a line is a numbered part after the one whose motion carried, and names itself what it decides.

    "a) Mill Lane - object. Proposed A, seconded B. All in favour." and then "b) Pond. Noted.".
    """
    motion = now.motion
    if motion is None or motion.outcome is None or decision.words or not (motion.number and line.number):
        return False
    return follows(motion.number, line.number) and len(decision.before) > _SHORTEST_MATTER


def _draft_of(now: Progress, at: int, line: Line, decision: Decision) -> Draft:
    said = movers(decision.before)
    if said.mover is None and said.seconder is None:
        said = movers(decision.aside)
    draft = Draft(at, line.number, decision.action, line.text, lead_lines=[at])
    draft.mover, draft.seconder = said.mover, said.seconder
    draft.unanimous, draft.tally = decision.unanimous, now.loose
    after = decision.words[len(without_asides(decision.words)):]
    before = fate(decision.before) or (None if decision.before and not after else _fate_after(after or decision.words))
    if known := before or (None if now.motion else now.fate):
        draft.outcome = known.outcome
        draft.unanimous = known.unanimous if draft.unanimous is None else draft.unanimous
    elif _ON_A_VOTE.search(decision.before[-_VOTE_BEFORE:]) or (
        decision.action is Action.AGREED and counts(f"vote {decision.aside}")
    ):
        draft.outcome = Outcome.CARRIED
    for said_aside in (decision.aside, *_BRACKET.findall(line.text[:_LONGEST])):
        for side, listed in voters(said_aside).items():
            draft.tally.add(side, None, listed)
    for side, count in (counts(without_amendment(line.text)) or counts(f"vote {decision.aside}")).items():
        draft.tally.add(side, count)
    say(draft, decision.words or words_moved_before(decision.before))
    return draft


def _fate_after(said: str) -> Fate | None:
    """What is said to have become of a decision after its words, unless only that all were in favour."""
    return None if is_favour(said) else fate(said)


def _decide_motion(draft: Draft, motion: Draft) -> None:
    draft.adopt(motion)
    if draft.is_empty and not draft.opens("") and motion.is_settled_by(draft.action):
        draft.lead, draft.clauses = motion.lead, motion.clauses
        draft.is_borrowed = True
        if draft.outcome is None and (draft.tally or draft.unanimous is not None):   # "Agreed unanimously." is a vote
            draft.outcome = Outcome.CARRIED


# -- everything else


def _read_table(now: Progress, at: int, line: Line) -> None:
    """Read a table, and end the decision whose words it holds ("That these replies be sent:") unless labels go on."""
    if _is_survey(line):
        now.kinds[at] = ParagraphKind.TABLE
    else:
        read_table(now, at, line)
    after = now.after(at)
    if now.open and now.open.lead and not now.open.clauses and not (after and after.number):
        now.open = None


def _is_survey(line: Line) -> bool:
    """Whether a table has counts in two rows or more, side by side: what residents answered, place by place."""
    counted = [sum(cell.strip().isdecimal() for cell in row[1:]) for row in line.block.rows[1:]]
    return sum(count > 1 for count in counted) > 1


def _end(now: Progress, at: int, line: Line) -> None:
    if line.block.kind is BlockKind.HEADING:
        now.kinds[at] = ParagraphKind.HEADING
        if now.open and (restarts(now, now.open, at) or has_more(now, now.open, at)):
            now.open.is_headed = True
            return
    if read_motion(now, at, line) or read_fate(now, at, line):
        return
    if now.open and has_more(now, now.open, at):
        now.aside = not is_reason_of_clause(line.text)
        if not now.aside:
            now.open.clauses.go_on(line.text)
            now.part(at, ParagraphKind.CLAUSE)
        return
    now.open, now.latest, now.fate = None, None, None


def _read_undeclared(now: Progress, at: int, line: Line) -> bool:
    """Whether a line decides without a word of its own: under "Decision:", or over clauses that each have one."""
    action = action_over(line, now.after(at))
    action = action or (action_stated(line.text) if now.decided and not now.done else None)
    if action is None:
        return False
    draft = Draft(at, line.number, action, line.text, lead_lines=[at])
    say(draft, line.text)
    now.done.append(draft)
    now.open = now.latest = draft
    return True


def _read_prose(now: Progress, at: int, line: Line) -> None:
    now.open = None
    now.number = line.number or now.number
    now.voting = holds(line.text, ("vot", "division")) and bool(_VOTING.search(line.text))
    if now.voting and (of := _VOTE_ON.search(line.text)):
        now.amending = of["amendment"] is not None
    if now.amendment_awaits and now.amendment and now.amendment.is_empty:
        now.amendment.say(line.text)
    text = without_amendment(line.text)
    found = counts(text)
    now.count(found)
    unanimous = is_unanimous(text)
    if now.latest and unanimous is not None and len(line.text) < LABEL_LENGTH:
        now.latest.unanimous = unanimous
        now.kinds[at] = ParagraphKind.VOTE
    elif not found and not now.voting:
        now.latest = None
