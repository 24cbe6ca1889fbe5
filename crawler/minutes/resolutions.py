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
from crawler.minutes.closings import closings
from crawler.minutes.continuations import BETWEEN, continues, resumes
from crawler.minutes.decisions import Decision, find_decision, find_decisions, is_unanimous
from crawler.minutes.drafts import NEXT_PART, Draft, closes, is_finished
from crawler.minutes.endings import is_reason_of_clause, opens_another
from crawler.minutes.lines import Line
from crawler.minutes.motions import (
    MOVED_AFTER,
    Fate,
    Movers,
    fate,
    goes_on_as_notice,
    motion_before_amendment,
    moved_words,
    movers,
    opens_amendment,
    opens_motion,
    quotes_motion,
    words_moved_before,
)
from crawler.minutes.undeclared import action_over, action_stated
from crawler.minutes.votes import Side, Tally, counts, is_nobody, name_list, side_line, total, vote_table
from crawler.numbers import begins

_UNFINISHED = re.compile(r"(?:[:,–—-]|\b(?:and|or|that|to|the|a|ac|neu))\Z")
_MORE = re.compile(r";(?: and| or)?\Z")   # after a clause, so that the next paragraph is another one
_LABEL_LENGTH = 150


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in some lines: a kind for each, and the drafts of resolutions in order of their first line."""

    kinds: tuple[ParagraphKind, ...]
    drafts: tuple[Draft, ...]


def find_resolutions(lines: Sequence[Line], *, decided: bool = False) -> Found:
    """The resolutions in `lines`, and what kind of paragraph each line is.

    `decided` says that the lines stand under the page's own "Decision:", where no deciding word need be printed.
    """
    reader = _Reader(lines, decided)
    for at, line in enumerate(lines):
        reader.read(at, line)
    return reader.finish()


class _Reader:
    """Reads line after line; remembers what is open."""

    def __init__(self, lines: Sequence[Line], decided: bool) -> None:
        self._lines = lines
        self._decided = decided
        self._closings = closings(lines)
        self._kinds = [ParagraphKind.NARRATIVE] * len(lines)
        self._done: list[Draft] = []
        self._open: Draft | None = None      # takes the clauses and words that follow
        self._motion: Draft | None = None    # waits for its fate, or carried, for the RESOLVED that may follow
        self._amending = False
        self._latest: Draft | None = None    # what a vote printed now is about, when no motion is open
        self._loose = Tally()                 # a vote printed before its decision
        self._fate: Fate | None = None        # what became of a motion that was not printed, before its decision
        self._aside = False                   # reasons between the clauses of a decision
        self._side: Side | None = None        # names on this line are of this side
        self._voting = False                  # a vote was announced
        self._number: str | None = None       # the latest number outside decisions

    def read(self, at: int, line: Line) -> None:
        if line.block.kind is BlockKind.TABLE:
            self._read_table(at, line)
        elif self._takes_quotation(at, line):
            pass
        elif self._takes_clause(line):
            self._part(at, ParagraphKind.CLAUSE)
        elif self._takes_that(at, line) or self._read_decision(at, line) or self._read_vote(at, line):
            pass
        elif self._ends(line):
            self._end(at, line)
        elif self._read_motion(at, line) or self._read_fate(at, line) or self._goes_on(at, line):
            pass
        elif not self._read_undeclared(at, line):
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
        self._side, self._aside = None, False

    def _takes_quotation(self, at: int, line: Line) -> bool:
        """Whether the line belongs to the motion whose words are a quotation under way, and take it if so."""
        draft = self._open
        if draft is None or draft is not self._motion or not draft.quoting:
            return False
        if fate(line.text) and len(line.text) < _LABEL_LENGTH:
            draft.quoting = False
            return False
        is_bullet = line.number is None and line.block.kind is BlockKind.LIST_ITEM
        if is_bullet and draft.clauses.take(None, line.text, line.block.level):
            draft.quoting = not closes(line.text)
        else:
            draft.quote(line.number, line.text, line.block.level)
        self._part(at, ParagraphKind.CLAUSE)
        return True

    def _takes_that(self, at: int, line: Line) -> bool:
        """Whether a paragraph that begins with "That" follows "RESOLVED" alone, and take it if so."""
        draft = self._open
        if draft is None or draft is self._motion or not draft.is_heading or not NEXT_PART.match(line.text):
            return False
        return find_decision(line.text) is None and self._goes_on(at, line)

    def _takes_clause(self, line: Line) -> bool:
        draft = self._open
        if draft is None or not draft.awaits or opens_another(line.text):
            return False
        if line.number is None:
            is_bullet = line.block.kind is BlockKind.LIST_ITEM and side_line(line.text) is None
            return is_bullet and draft.clauses.take(None, line.text, line.block.level)
        if not continues(draft, line.number, line.text, self._number):
            return False
        return draft.clauses.take(line.number, line.text, line.block.level)

    def _goes_on(self, at: int, line: Line) -> bool:
        """Whether an unnumbered paragraph belongs to what is open, and take it if so."""
        draft = self._open
        if draft is None or line.number is not None or line.block.kind is BlockKind.HEADING:
            return False
        if draft.is_empty:
            if not draft.opens(line.text):
                return False
            self._say(draft, line.text)
            self._part(at, ParagraphKind.RESOLUTION)
        elif not draft.clauses:
            another = draft.has_another(line.text) or (draft is self._motion and goes_on_as_notice(line.text))
            if is_finished(draft.lead) and not another:
                return False
            draft.lengthen(line.text)
            self._part(at, ParagraphKind.CLAUSE if draft.clauses else ParagraphKind.RESOLUTION)
        elif draft.clauses.last_is_bare and (NEXT_PART.match(line.text) or _MORE.search(draft.clauses.last[-10:])):
            draft.clauses.take(None, line.text)
            self._part(at, ParagraphKind.CLAUSE)
        elif line.text[0].islower() or _UNFINISHED.search(draft.clauses.last[-10:]):
            draft.clauses.go_on(line.text)
            self._part(at, ParagraphKind.CLAUSE)
        elif (draft is self._motion and goes_on_as_notice(line.text)) or self._resumes(draft, at):
            if not self._aside:
                draft.clauses.go_on(line.text)
                self._part(at, ParagraphKind.CLAUSE)
        else:
            return False
        return True

    def _resumes(self, draft: Draft, at: int) -> bool:
        """Whether the labels of `draft` go on after the line at `at`."""
        return resumes(draft, self._lines[at], self._lines[at + 1:at + 1 + BETWEEN], self._number)

    # -- decisions

    def _read_decision(self, at: int, line: Line) -> bool:
        decisions = find_decisions(line.text) or tuple(filter(None, [self._closings.get(at)]))
        if not decisions or (line.block.kind is BlockKind.HEADING and len(line.text) > _LABEL_LENGTH):
            return False
        for decision in decisions:
            self._decide(at, line, decision)
        return True

    def _decide(self, at: int, line: Line, decision: Decision) -> None:
        before = self._done[-1] if self._done and self._done[-1] is self._latest else None
        draft = self._draft_of(at, line, decision)
        if before and ((before.is_heading and before is self._open) or (before.is_borrowed and draft.lead)):
            self._done.pop()
            draft.replace(before)
        if self._motion:
            self._decide_motion(draft, self._motion)
        self._done.append(draft)
        self._open = self._latest = draft
        self._motion, self._amending, self._side, self._aside = None, False, None, False
        self._loose, self._fate = Tally(), None

    def _draft_of(self, at: int, line: Line, decision: Decision) -> Draft:
        said = movers(decision.before)
        draft = Draft(at, line.number, decision.action, line.text, lead_lines=[at])
        draft.mover, draft.seconder = said.mover, said.seconder
        draft.unanimous, draft.tally = decision.unanimous, self._loose
        before = fate(decision.before)
        if known := before or (None if self._motion else self._fate):
            draft.outcome = known.outcome
        for side, count in counts(line.text).items():
            draft.tally.add(side, count)
        self._say(draft, decision.words or words_moved_before(decision.before))
        return draft

    def _say(self, draft: Draft, words: str) -> None:
        """Give `draft` its words; who moved it may stand after them: "That x be done. Proposed: A. Seconded: B"."""
        draft.say(words)
        if draft.mover is None and draft.seconder is None and (after := MOVED_AFTER.search(words)):
            said = movers(words[after.start():])
            draft.mover, draft.seconder = said.mover, said.seconder

    def _decide_motion(self, draft: Draft, motion: Draft) -> None:
        draft.adopt(motion)
        if draft.is_empty and not draft.opens("") and motion.is_settled_by(draft.action):
            draft.lead, draft.clauses = motion.lead, motion.clauses
            draft.outcome, draft.is_borrowed = draft.outcome or Outcome.CARRIED, True

    # -- motions, amendments and what became of them

    def _read_motion(self, at: int, line: Line) -> bool:
        found, said = fate(line.text), movers(line.text)
        if opens_amendment(line.text) and (found is None or found.amendment):
            if moved := motion_before_amendment(line.text):
                self._open_motion(at, line, movers(moved))
            self._open, self._amending, self._latest, self._loose = None, found is None, None, Tally()
            self._number = line.number or self._number
            return True
        if found is None and self._names_movers(line, said):
            return True
        known = self._motion.mover if self._motion else None
        opens = opens_motion(line.text) and not (found and (said.mover is None or known == said.mover))
        if not opens and (found or self._motion or not quotes_motion(line.text)):
            return False
        self._open_motion(at, line, said)
        return found is None or self._read_fate(at, line)

    def _open_motion(self, at: int, line: Line, said: Movers) -> None:
        self._settle_motion()
        motion = Draft(at, line.number, Action.RESOLVED, line.text, lead_lines=[at])
        motion.mover, motion.seconder = said.mover, said.seconder
        motion.say(line.text if quotes_motion(line.text) else moved_words(line.text))
        self._motion = self._open = motion
        self._amending, self._latest, self._loose = False, None, Tally()

    def _names_movers(self, line: Line, said: Movers) -> bool:
        """Whether a line of its own says who moved, or who seconded, the motion that is open, and take it if so."""
        motion = self._motion or (self._latest if MOVED_AFTER.match(line.text) else None)
        if motion is None or motion.outcome or (said.mover and motion.mover) or not (said.mover or said.seconder):
            return False
        motion.mover, motion.seconder = motion.mover or said.mover, motion.seconder or said.seconder
        if motion is self._motion and motion.is_empty:
            motion.say(moved_words(line.text))
        self._open = motion if motion.is_empty or motion.quoting else None
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
            self._fate = found
            return
        decided.outcome = found.outcome
        decided.unanimous = is_unanimous(text) if decided.unanimous is None else decided.unanimous
        if found.outcome is not Outcome.CARRIED and decided is self._motion:
            decided.action = Action.OTHER
            self._settle_motion()
            self._latest = decided

    # -- votes

    def _after(self, at: int) -> str:
        return self._lines[at + 1].text if at + 1 < len(self._lines) else ""

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
            self._tally().join(found)
            self._open = None

    def _read_vote(self, at: int, line: Line) -> bool:
        side = side_line(line.text)
        if side and (side.count is not None or side.rest or self._side or self._voting or name_list(self._after(at))):
            self._tally().add(side.side, side.count, name_list(side.rest))
            self._side = side.side
        elif self._side and line.number is None and is_nobody(line.text):
            self._tally().add(self._side, 0)
        elif self._side and line.number is None and (summed := total(line.text)) is not None:
            self._tally().add(self._side, summed)
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

    # -- everything else

    def _ends(self, line: Line) -> bool:
        return line.block.kind is BlockKind.HEADING or opens_another(line.text)

    def _end(self, at: int, line: Line) -> None:
        if line.block.kind is BlockKind.HEADING:
            self._kinds[at] = ParagraphKind.HEADING
            if self._open and (self._restarts(self._open, at) or self._resumes(self._open, at)):
                self._open.is_headed = True
                return
        if self._read_motion(at, line) or self._read_fate(at, line):
            return
        if self._open and self._resumes(self._open, at):
            self._aside = not is_reason_of_clause(line.text)
            if not self._aside:
                self._open.clauses.go_on(line.text)
                self._part(at, ParagraphKind.CLAUSE)
            return
        self._open, self._latest, self._fate = None, None, None

    def _restarts(self, draft: Draft, at: int) -> bool:
        """Whether a list of the decision begins after a heading within it (a budget's parts)."""
        following = self._lines[at + 1].number if at + 1 < len(self._lines) else None
        opened = draft.is_headed or (draft.clauses.last or draft.lead).endswith(":")
        return opened and draft.awaits and following is not None and begins(following)

    def _read_undeclared(self, at: int, line: Line) -> bool:
        """Whether a line decides without a word of its own: under "Decision:", or over clauses that each have one."""
        after = self._lines[at + 1] if at + 1 < len(self._lines) else None
        action = action_over(line, after) or (action_stated(line.text) if self._decided and not self._done else None)
        if action is None:
            return False
        draft = Draft(at, line.number, action, line.text, lead_lines=[at])
        self._say(draft, line.text)
        self._done.append(draft)
        self._open = self._latest = draft
        return True

    def _read_prose(self, at: int, line: Line) -> None:
        self._open = None
        self._number = line.number or self._number
        self._voting = bool(re.search(r"\b(?:vote|voting|voted|division)\b", line.text, re.IGNORECASE))
        found = counts(line.text)
        self._count(found)
        unanimous = is_unanimous(line.text)
        if self._latest and unanimous is not None and len(line.text) < _LABEL_LENGTH:
            self._latest.unanimous = unanimous
            self._kinds[at] = ParagraphKind.VOTE
        elif not found and not self._voting:
            self._latest = None
