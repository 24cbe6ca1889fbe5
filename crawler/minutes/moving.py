"""The lines that move a motion or an amendment, and those that say what became of it."""

import re
from dataclasses import replace

from archive.model import Action, Outcome, ParagraphKind
from crawler.blocks import BlockKind
from crawler.minutes.amendments import without_amendment
from crawler.minutes.counting import counts, is_all_of_vote, is_division
from crawler.minutes.decisions import action_of, is_unanimous
from crawler.minutes.drafts import Draft
from crawler.minutes.fates import Fate, before_fate, fate, is_assent, is_favour, settling_sentence
from crawler.minutes.lines import Line
from crawler.minutes.motions import (
    MOVED_AFTER,
    Movers,
    accepts_amendment,
    alters_motion,
    has_no_seconder,
    motion_before_amendment,
    moved_words,
    movers,
    notice_given,
    opens_amendment,
    opens_motion,
    quotes_motion,
    restates_motion,
)
from crawler.minutes.names import compatible, parts
from crawler.minutes.progress import LABEL_LENGTH, Progress
from crawler.minutes.votes import Tally, asked_to_be_recorded

# What carried a motion, by its own word: "it was agreed", "All agreed"; "that it be approved. Carried." says neither.
_APPLICATION = re.compile(
    r"\b(?:application|permission|consent|licen[cs]e)(?: (?:was|be))?(?: therefore| accordingly)? "
    r"(refused|granted|approved|deferred)\W*\Z",
    re.IGNORECASE,
)
_SAID = re.compile(r"(?:\b(?:was|were|and|all)(?: [a-z]+ly)? |\A\W*)(agreed|approved|adopted)\b", re.IGNORECASE)


def read_motion(now: Progress, at: int, line: Line) -> bool:
    """Whether the line moves something, or says who did, and take it if so."""
    found, said = fate(line.text), movers(line.text)
    if (now.motion or said.mover) and has_no_seconder(line.text):
        if not (now.amending or opens_amendment(line.text)):
            now.settle_motion()
        now.open, now.amending = None, False
        return True
    if _is_of_amendment(now, at, line, found) or (found is None and _is_of_motion(now, at, line, said)):
        return True
    if found and not found.amendment and _moves_and_settles(now, at, line, said):
        _names_movers(now, at, line, said)
        return read_fate(now, at, line)
    known = now.motion.mover if now.motion else None
    opens = opens_motion(line.text) and not (found and (said.mover is None or known == said.mover))
    if not opens and found is None and now.motion and now.motion.is_empty and quotes_motion(line.text):
        now.motion.say(line.text)
        now.open = now.motion
        now.part(at, ParagraphKind.RESOLUTION)
        return True
    if not opens and found is None and (words := notice_given(line.text)):
        _open_notice(now, at, line, words)
        return True
    if not opens and (found or now.motion or not quotes_motion(line.text)):
        return False
    _open_motion(now, at, line, said)
    return found is None or read_fate(now, at, line)


def _moves_and_settles(now: Progress, at: int, line: Line, said: Movers) -> bool:
    """Whether a line with a fate says who moved what stands above it: "Proposed by A, seconded by B and carried"."""
    if now.motion is None:
        return now.latest is not None and _moves_what_is_above(now, at, line)
    known = now.motion.mover or now.motion.seconder or now.motion.is_empty
    return not known and said.mover is not None and not moved_words(before_fate(line.text))


def _is_of_amendment(now: Progress, at: int, line: Line, found: Fate | None) -> bool:
    """Whether the line moves an amendment, or says below an amendment's heading who did, and take it if so."""
    said = movers(line.text)
    mover = said.mover
    alters = now.motion is not None and alters_motion(line.text)
    if (alters or now.amending) and found is None and accepts_amendment(line.text):
        now.open, now.amending, now.amendment_awaits = None, False, False
        return True
    if now.amendment_awaits and mover:
        now.amendment_awaits, now.open = False, None
        if now.amendment:
            now.amendment.mover, now.amendment.seconder = mover, said.seconder
        return True
    if not (alters or opens_amendment(line.text)) or (found and not found.amendment):
        return False
    if moved := motion_before_amendment(line.text):
        _open_motion(now, at, line, movers(moved))
    now.open, now.amending, now.latest, now.loose = None, found is None, None, Tally()
    now.amendment_awaits = now.amending and mover is None
    if now.amending:
        now.amendment = _amendment(at, line, said)
    now.number = line.number or now.number
    return True


def _amendment(at: int, line: Line, said: Movers) -> Draft:
    moved = Draft(at, line.number, Action.OTHER, line.text, mover=said.mover, seconder=said.seconder)
    moved.say(moved_words(line.text) if said.mover else "")
    return moved


def _is_of_motion(now: Progress, at: int, line: Line, said: Movers) -> bool:
    """Whether the line says who moved the motion that is open, or prints it as amended, and take it if so."""
    after = now.after(at)
    if now.motion is None or after is None or not restates_motion(line.text):
        return _names_movers(now, at, line, said)
    now.motion.restate(at + 1, after.number, line.text)
    now.open, now.amending, now.amendment_awaits = now.motion, False, False
    return True


def _open_motion(now: Progress, at: int, line: Line, said: Movers) -> None:
    now.settle_motion()
    motion = Draft(at, line.number, Action.OTHER, line.text)
    motion.mover, motion.seconder = said.mover, said.seconder
    words = line.text if quotes_motion(line.text) else moved_words(before_fate(line.text))
    motion.say(words)
    motion.in_speech = said.in_speech and motion.is_empty
    if not motion.is_empty and line.block.kind is not BlockKind.HEADING:
        motion.lead_lines.append(at)
    now.motion = now.open = motion
    now.amending, now.divided, now.latest, now.loose, now.amendment = False, False, None, Tally(), None


def _open_notice(now: Progress, at: int, line: Line, words: str) -> None:
    """Open the motion of which the line is the notice; who moves it is said below it, if anybody does."""
    _open_motion(now, at, line, Movers(None, None))
    if now.motion:
        now.motion.say(words)
        now.motion.is_notice, now.motion.lead_lines = True, [at]
        now.open = now.motion if now.motion.quoting else None


def _names_movers(now: Progress, at: int, line: Line, said: Movers) -> bool:
    """Whether a line of its own says who moved, or who seconded, the motion that is open, and take it if so."""
    motion = now.motion or (now.latest if _moves_what_is_above(now, at, line) else None)
    if motion is None or motion.outcome or now.amending:
        return False
    again = motion.mover is not None and _moves_again(motion.mover, line.text, said)
    if (said.mover and motion.mover and not again) or not (said.mover or said.seconder):
        return False
    motion.mover, motion.seconder = motion.mover or said.mover, motion.seconder or said.seconder
    if motion is now.motion and motion.is_empty:
        motion.say(moved_words(line.text))
    now.open = motion if motion.is_empty or motion.quoting else None
    return True


def _moves_again(mover: str, text: str, said: Movers) -> bool:
    """Whether a line says no more than that the mover of the motion that is open moves it."""
    if said.mover is None or moved_words(text):
        return False
    return said.in_speech or compatible(parts(mover), parts(said.mover))


def _moves_what_is_above(now: Progress, at: int, line: Line) -> bool:
    """Whether a line says who moved the decision above it, and not the motion below: "Moved by A," and "That"."""
    after = now.after(at)
    if line.text.endswith((",", " and", ":")) or (after and after.text.startswith(("That ", "“That "))):
        return False
    return bool(MOVED_AFTER.match(line.text))


def read_fate(now: Progress, at: int, line: Line) -> bool:
    """Whether the line says what became of a motion or an amendment, and take it if so."""
    found = fate(line.text)
    if found is None and now.motion and not now.motion.outcome and not now.amending and is_assent(line.text):
        found = Fate(Outcome.CARRIED, amendment=False)
        now.motion.is_assented = True
    if found is None:
        return False
    of_vote = len(line.text) < LABEL_LENGTH or is_all_of_vote(line.text)
    if of_vote and not (opens_motion(line.text) and now.motion):
        now.kinds[at] = ParagraphKind.VOTE
    if is_division(line.text):
        now.divide()
    now.amending = now.amending or (found.amendment and not now.divided)
    now.count(counts(without_amendment(line.text)))
    for side, listed in asked_to_be_recorded(line.text).items():
        now.tally().add(side, None, listed)
    if now.motion and not found.amendment and not now.amending and now.motion.seconder is None:
        _second(now.motion, movers(line.text))
    _apply(now, at, found, line.text)
    now.open, now.side, now.voting = None, None, False
    now.number = line.number or now.number
    return True


def _second(motion: Draft, said: Movers) -> None:
    """Take who seconded `motion` from the line that says what became of it: "It was seconded by B and carried"."""
    if said.mover is None or said.mover == motion.mover:
        motion.seconder = said.seconder


def _apply(now: Progress, at: int, found: Fate, text: str) -> None:
    if found.amendment and now.divided and found.outcome is Outcome.CARRIED:
        now.prefer_amendment()
        return
    if found.amendment or (now.amending and not re.search(r"\bmotion\b", text, re.IGNORECASE)):
        now.amending, now.loose = False, Tally()
        if now.amendment:
            now.amendment.outcome = found.outcome
        return
    now.amending = False
    decided = now.motion or now.latest
    if decided is now.motion and decided and decided.in_speech:
        decided.at, decided.number, decided.printed = at, now.lines[at].number, settling_sentence(text)
    if decided is None:
        now.fate = replace(found, unanimous=is_assent(text) or is_unanimous(without_amendment(text)))
        return
    if decided is now.motion or not is_favour(text):
        decided.outcome = found.outcome
    if decided is now.motion and (said := _APPLICATION.findall(text[-80:]) or _SAID.findall(text[-80:])):
        decided.action = action_of(said[-1])
    if decided.unanimous is None:
        decided.unanimous = is_assent(text) or is_unanimous(without_amendment(text))
    if found.outcome is not Outcome.CARRIED and decided is now.motion:
        decided.action = Action.OTHER
        now.settle_motion()
        now.latest = decided
