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
from crawler.minutes.decisions import Decision, find_decision, is_unanimous
from crawler.minutes.drafts import NEXT_PART, Draft, is_finished
from crawler.minutes.lines import Line
from crawler.minutes.motions import Fate, Movers, fate, movers, opens_amendment, opens_motion
from crawler.minutes.votes import Side, Tally, counts, is_nobody, name_list, side_line, vote_table
from crawler.numbers import begins, follows

_ENDS = re.compile(
    r"\W*(?:(?:the )?reasons? (?:for|given)\b|(?:alternative |other )?options? (?:considered|and)\b|"
    r"alternative options|alternatives? (?:options? )?considered|(?:the )?rhesymau? (?:dros|am)|"
    r"post[ -]meeting note|n\.?b\.?[ :–-]|the meeting (?:closed|ended|adjourned)|"
    r"(?:reasons?|notes?|actions?|background|implementation|conflicts? of interest|further information|contact|"
    r"wards? affected|summary of discussion|declarations? of interest|rhesymau?)(?: ?[:–-]|\W*\Z))",
    re.IGNORECASE,
)
_UNFINISHED = re.compile(r"(?:[:,–—-]|\b(?:and|or|that|to|the|a|ac|neu))\Z")
_MOTION_WORDS = re.compile(r"\bthat\b|:-?|\bto\b", re.IGNORECASE)
_LABEL_LENGTH = 150


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in some lines: a kind for each, and the drafts of resolutions in order of their first line."""

    kinds: tuple[ParagraphKind, ...]
    drafts: tuple[Draft, ...]


def find_resolutions(lines: Sequence[Line]) -> Found:
    """The resolutions in `lines`, and what kind of paragraph each line is."""
    reader = _Reader(lines)
    for at, line in enumerate(lines):
        reader.read(at, line)
    return reader.finish()


class _Reader:
    """Reads line after line; remembers what is open."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._kinds = [ParagraphKind.NARRATIVE] * len(lines)
        self._done: list[Draft] = []
        self._open: Draft | None = None      # takes the clauses and words that follow
        self._motion: Draft | None = None    # waits for its fate, or carried, for the RESOLVED that may follow
        self._amending = False
        self._latest: Draft | None = None    # what a vote printed now is about, when no motion is open
        self._loose = Tally()                 # a vote printed before its decision
        self._side: Side | None = None        # names on this line are of this side
        self._voting = False                  # a vote was announced
        self._number: str | None = None       # the latest number outside decisions

    def read(self, at: int, line: Line) -> None:
        if line.block.kind is BlockKind.TABLE:
            self._read_table(at, line)
        elif self._takes_clause(line):
            self._part(at, ParagraphKind.CLAUSE)
        elif self._read_decision(at, line) or self._read_vote(at, line):
            pass
        elif self._ends(line):
            self._end(at, line)
        elif self._read_motion(at, line) or self._read_fate(at, line) or self._goes_on(at, line):
            pass
        else:
            self._read_prose(at, line)

    def finish(self) -> Found:
        self._settle_motion()
        self._done.sort(key=lambda draft: draft.at)
        for draft in self._done:
            if draft.outcome in (None, Outcome.CARRIED):
                for at in draft.lead_lines:
                    self._kinds[at] = ParagraphKind.RESOLUTION
                for at in draft.clause_lines:
                    self._kinds[at] = ParagraphKind.CLAUSE
        return Found(tuple(self._kinds), tuple(self._done))

    # -- clauses and further words of what is open

    def _part(self, at: int, kind: ParagraphKind) -> None:
        if self._open:
            (self._open.clause_lines if kind is ParagraphKind.CLAUSE else self._open.lead_lines).append(at)
        self._side = None

    def _takes_clause(self, line: Line) -> bool:
        draft = self._open
        if draft is None or not draft.awaits or _opens_another(line.text):
            return False
        if line.number is None:
            is_bullet = line.block.kind is BlockKind.LIST_ITEM and side_line(line.text) is None
            return is_bullet and draft.clauses.take(None, line.text, line.block.level)
        if not self._continues(draft, line.number, line.text):
            return False
        return draft.clauses.take(line.number, line.text, line.block.level)

    def _continues(self, draft: Draft, number: str, text: str) -> bool:
        """Whether a numbered line is a clause of `draft`, and not the next numbered minute."""
        if not draft.clauses and not begins(number):
            return False
        enclosing = [each for each in (draft.number, self._number) if each and follows(each, number)]
        if not enclosing or (begins(number) and not draft.clauses):
            return True
        if find_decision(text) or not draft.clauses.fits(number):
            return False
        return _alike(draft.clauses.first, text) or not is_finished(draft.clauses.last)

    def _goes_on(self, at: int, line: Line) -> bool:
        """Whether an unnumbered paragraph belongs to what is open, and take it if so."""
        draft = self._open
        if draft is None or line.number is not None or line.block.kind is BlockKind.HEADING:
            return False
        if draft.is_empty:
            if not draft.opens(line.text):
                return False
            draft.say(line.text)
            self._part(at, ParagraphKind.RESOLUTION)
        elif not draft.clauses:
            if is_finished(draft.lead):
                return False
            draft.lengthen(line.text)
            self._part(at, ParagraphKind.CLAUSE if draft.clauses else ParagraphKind.RESOLUTION)
        elif draft.clauses.last_is_bare and NEXT_PART.match(line.text):
            draft.clauses.take(None, line.text)
            self._part(at, ParagraphKind.CLAUSE)
        elif line.text[0].islower() or _UNFINISHED.search(draft.clauses.last[-10:]):
            draft.clauses.go_on(line.text)
            self._part(at, ParagraphKind.CLAUSE)
        else:
            return False
        return True

    # -- decisions

    def _read_decision(self, at: int, line: Line) -> bool:
        decision = find_decision(line.text)
        if decision is None or (line.block.kind is BlockKind.HEADING and len(line.text) > _LABEL_LENGTH):
            return False
        before = self._done[-1] if self._done and self._done[-1] is self._latest else None
        draft = self._draft_of(at, line, decision)
        if before and ((before.is_heading and before is self._open) or (before.is_borrowed and draft.lead)):
            self._done.pop()
            self._replace(before, draft)
        if self._motion:
            self._decide_motion(draft, self._motion)
        self._done.append(draft)
        self._open = self._latest = draft
        self._motion, self._amending, self._side, self._loose = None, False, None, Tally()
        return True

    def _draft_of(self, at: int, line: Line, decision: Decision) -> Draft:
        said = movers(decision.before)
        draft = Draft(at, line.number, decision.action, line.text, lead_lines=[at])
        draft.mover, draft.seconder = said.mover, said.seconder
        draft.unanimous, draft.tally = decision.unanimous, self._loose
        if before := fate(decision.before):
            draft.outcome = before.outcome
        for side, count in counts(line.text).items():
            draft.tally.add(side, count)
        draft.say(decision.words)
        return draft

    def _replace(self, empty: Draft, draft: Draft) -> None:
        """A decision word alone on its line is the heading of the decision after it: one resolution, not two."""
        draft.adopt(empty)
        if draft.number is None:
            draft.at, draft.number = empty.at, empty.number
            draft.lead_lines = empty.lead_lines + draft.lead_lines
        if draft.action is Action.OTHER:
            draft.action = empty.action

    def _decide_motion(self, draft: Draft, motion: Draft) -> None:
        draft.adopt(motion)
        if draft.is_empty and not draft.opens("") and not motion.is_empty:
            draft.lead, draft.clauses = motion.lead, motion.clauses
            draft.outcome, draft.is_borrowed = draft.outcome or Outcome.CARRIED, True

    # -- motions, amendments and what became of them

    def _read_motion(self, at: int, line: Line) -> bool:
        found, said = fate(line.text), movers(line.text)
        if opens_amendment(line.text) and (found is None or found.amendment):
            self._open, self._amending, self._latest, self._loose = None, found is None, None, Tally()
            self._number = line.number or self._number
            return True
        if found is None and self._names_movers(said):
            return True
        known = self._motion.mover if self._motion else None
        if not opens_motion(line.text) or (found and (said.mover is None or known == said.mover)):
            return False
        self._open_motion(at, line, said)
        return found is None or self._read_fate(at, line)

    def _open_motion(self, at: int, line: Line, said: Movers) -> None:
        self._settle_motion()
        motion = Draft(at, line.number, Action.RESOLVED, line.text, lead_lines=[at])
        motion.mover, motion.seconder = said.mover, said.seconder
        motion.say(_moved_words(line.text))
        self._motion = self._open = motion
        self._amending, self._latest, self._loose = False, None, Tally()

    def _names_movers(self, said: Movers) -> bool:
        """Whether a line of its own says who moved, or who seconded, the motion that is open, and take it if so."""
        motion = self._motion
        if motion is None or motion.outcome or (said.mover and motion.mover) or not (said.mover or said.seconder):
            return False
        motion.mover, motion.seconder = motion.mover or said.mover, motion.seconder or said.seconder
        self._open = motion if motion.is_empty else None
        return True

    def _settle_motion(self) -> None:
        """List a carried motion that no RESOLVED followed; forget one that nothing became of."""
        if self._motion and self._motion.outcome is not None:
            self._done.append(self._motion)
        self._motion = None

    def _read_fate(self, at: int, line: Line) -> bool:
        found = fate(line.text)
        if found is None:
            return False
        if len(line.text) < _LABEL_LENGTH and not opens_motion(line.text):
            self._kinds[at] = ParagraphKind.VOTE
        self._count(counts(line.text))
        self._apply(found, line.text)
        self._open, self._side, self._voting = None, None, False
        self._number = line.number or self._number
        return True

    def _apply(self, found: Fate, text: str) -> None:
        if found.amendment or (self._amending and not re.search(r"\bmotion\b", text, re.IGNORECASE)):
            self._amending, self._loose = False, Tally()
            return
        self._amending = False
        decided = self._motion or self._latest
        if decided is None:
            return
        decided.outcome = found.outcome
        decided.unanimous = decided.unanimous or is_unanimous(text)
        if found.outcome is not Outcome.CARRIED and decided is self._motion:
            decided.action = Action.OTHER
            self._settle_motion()
            self._latest = decided

    # -- votes

    def _tally(self) -> Tally:
        if self._amending:
            return Tally()
        decided = self._motion or self._latest
        return decided.tally if decided else self._loose

    def _count(self, found: Mapping[Side, int]) -> None:
        tally = self._tally()
        for side, count in found.items():
            tally.add(side, count)

    def _read_table(self, at: int, line: Line) -> None:
        found = vote_table(line.block.rows)
        self._kinds[at] = ParagraphKind.VOTE if found else ParagraphKind.TABLE
        if found:
            tally = self._tally()
            for side in ("for", "against", "abstain"):
                if side in found.counts or side in found.names:
                    tally.add(side, found.counts.get(side), found.names.get(side, ()))
            self._open = None

    def _read_vote(self, at: int, line: Line) -> bool:
        side = side_line(line.text)
        if side and (side.count is not None or side.rest or self._side or self._voting or self._names_follow(at)):
            self._tally().add(side.side, side.count, name_list(side.rest))
            self._side = side.side
        elif self._side and line.number is None and is_nobody(line.text):
            self._tally().add(self._side, 0)
        elif self._side and line.number is None and not fate(line.text) and (listed := name_list(line.text)):
            self._tally().add(self._side, None, listed)
        elif len(line.text) < _LABEL_LENGTH and not fate(line.text) and (found := counts(line.text)):
            self._count(found)
        else:
            self._side = None
            return False
        self._kinds[at] = ParagraphKind.VOTE
        self._open = None
        return True

    def _names_follow(self, at: int) -> bool:
        """Whether the line after a side's head ("For") is nothing but names."""
        return at + 1 < len(self._lines) and bool(name_list(self._lines[at + 1].text))

    # -- everything else

    def _ends(self, line: Line) -> bool:
        return line.block.kind is BlockKind.HEADING or _opens_another(line.text)

    def _end(self, at: int, line: Line) -> None:
        if line.block.kind is BlockKind.HEADING:
            self._kinds[at] = ParagraphKind.HEADING
            if self._open and self._is_within(self._open, at):
                self._open.is_headed = True
                return
        if self._read_motion(at, line) or self._read_fate(at, line):
            return
        self._open, self._latest = None, None

    def _is_within(self, draft: Draft, at: int) -> bool:
        """Whether a heading stands between the clauses of a long decision (a budget), as the next line says."""
        following = self._lines[at + 1] if at + 1 < len(self._lines) else None
        if following is None or following.number is None or not draft.awaits:
            return False
        if begins(following.number):
            return draft.is_headed or (draft.clauses.last or draft.lead).endswith(":")
        return bool(draft.clauses) and self._continues(draft, following.number, following.text)

    def _read_prose(self, at: int, line: Line) -> None:
        self._open = None
        self._number = line.number or self._number
        self._voting = bool(re.search(r"\b(?:vote|voting|voted|division)\b", line.text, re.IGNORECASE))
        found = counts(line.text)
        self._count(found)
        if self._latest and is_unanimous(line.text) and len(line.text) < _LABEL_LENGTH:
            self._latest.unanimous = True
            self._kinds[at] = ParagraphKind.VOTE
        elif not found and not self._voting:
            self._latest = None


def _moved_words(text: str) -> str:
    """The words of a motion in the paragraph that moves it; "" when they come after it."""
    start = max((text.find(name) + len(name) for name in filter(None, _both(text))), default=0)
    found = _MOTION_WORDS.search(text, start)
    if not found:
        return ""
    return text[found.end():].strip() if found[0].startswith(":") else text[found.start():].strip()


def _both(text: str) -> tuple[str | None, str | None]:
    said = movers(text)
    return said.mover, said.seconder


def _opens_another(text: str) -> bool:
    """Whether `text` opens another part of the minutes: "Reasons for Decision:", "Note:"."""
    return text.lstrip("([*“\"‘'")[:1].isupper() and bool(_ENDS.match(text))


def _alike(one: str, other: str) -> bool:
    """Whether two clauses begin with the same word, as clauses do and the next minute does not."""
    return one.split(" ", 1)[0].lower() == other.split(" ", 1)[0].lower()
