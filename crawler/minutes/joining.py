"""The lines that belong to what is open: its clauses, the rest of a quotation, paragraphs without label."""

import re

from archive.model import ParagraphKind
from crawler.blocks import BlockKind
from crawler.minutes.continuations import BETWEEN, continues, resumes
from crawler.minutes.decisions import find_decision
from crawler.minutes.drafts import NEXT_PART, Draft, begins_anew, closes, is_finished, stops
from crawler.minutes.endings import is_note, opens_another
from crawler.minutes.fates import fate
from crawler.minutes.lines import Line
from crawler.minutes.motions import Movers, goes_on_as_notice, movers
from crawler.minutes.progress import LABEL_LENGTH, Progress, say
from crawler.minutes.votes import side_line
from crawler.numbers import begins

_UNFINISHED = re.compile(r"(?:[:,–—-]|\b(?:and|or|that|to|the|a|ac|neu))\Z")
_LONGEST_HEAD = 100   # characters of a line over some of the clauses
_ENTRY = re.compile(r"[A-Z][^:.;]{1,60}: [^.;:]{2,150}")   # of a list whose lines have heads
_MORE = re.compile(r";(?: and| or)?\Z")   # after a clause, so that the next paragraph is another one


def takes(now: Progress, at: int, line: Line) -> bool:
    """Whether the line belongs by its form to what is open: a quotation's rest, a clause, "That" below "RESOLVED"."""
    return _takes_quotation(now, at, line) or _takes_clause(now, at, line) or _takes_that(now, at, line)


def _takes_quotation(now: Progress, at: int, line: Line) -> bool:
    """Whether the line belongs to the motion whose words are a quotation under way, and take it if so."""
    draft = now.open
    if draft is None or draft is not now.motion or not draft.quoting:
        return False
    if fate(line.text) and len(line.text) < LABEL_LENGTH:
        draft.quoting = False
        return False
    if line.block.kind is BlockKind.HEADING and line.number is None:
        now.kinds[at] = ParagraphKind.HEADING
        return True
    is_bullet = line.number is None and line.block.kind is BlockKind.LIST_ITEM
    if is_bullet and draft.clauses.take(None, line.text, line.block.level):
        draft.quoting = not closes(line.text)
    else:
        draft.quote(line.number, line.text, line.block.level)
    now.part(at, ParagraphKind.CLAUSE)
    return True


def _takes_clause(now: Progress, at: int, line: Line) -> bool:
    """Whether the line is a numbered clause, or one of a list, of what is open, and take it if so."""
    draft = now.open
    if draft is None or not draft.awaits or opens_another(line.text):
        return False
    if draft is now.motion and draft.is_empty and movers(line.text).mover:
        return False
    if line.number is None:
        if line.block.kind is not BlockKind.LIST_ITEM or side_line(line.text):
            return False
    elif not continues(draft, line.number, line.text, now.number):
        return False
    if not draft.clauses.take(line.number, line.text, line.block.level):
        return False
    now.part(at, ParagraphKind.CLAUSE)
    return True


def _takes_that(now: Progress, at: int, line: Line) -> bool:
    """Whether a paragraph that begins with "That" follows "RESOLVED" alone, and take it if so."""
    draft = now.open
    if draft is None or draft is now.motion or not draft.is_heading or not NEXT_PART.match(line.text):
        return False
    return find_decision(line.text) is None and goes_on(now, at, line)


def goes_on(now: Progress, at: int, line: Line) -> bool:
    """Whether an unnumbered paragraph belongs to what is open, and take it if so."""
    draft = now.open
    if draft is None or line.number is not None or line.block.kind is BlockKind.HEADING:
        return False
    if draft.is_empty:
        if not draft.opens(line.text):
            return False
        say(draft, line.text)
        now.part(at, ParagraphKind.RESOLUTION)
        return True
    return _adds_to(now, draft, at, line) if draft.clauses else _lengthens(now, draft, at, line)


def _lengthens(now: Progress, draft: Draft, at: int, line: Line) -> bool:
    another = draft.has_another(line.text) or (draft is now.motion and goes_on_as_notice(line.text))
    if draft.lists(line.text):
        now.part(at, ParagraphKind.CLAUSE)
        return True
    left_off = draft.lead.endswith(",") and line.block.kind is BlockKind.PARAGRAPH and begins_anew(line.text)
    if (is_finished(draft.lead) or stops(draft.lead, line.text) or left_off) and not another:
        return False
    draft.lengthen(line.text)
    now.part(at, ParagraphKind.CLAUSE if draft.clauses else ParagraphKind.RESOLUTION)
    return True


def _adds_to(now: Progress, draft: Draft, at: int, line: Line) -> bool:
    """Whether a paragraph is one more clause without label, or goes on with the last clause, and add it if so."""
    clauses = draft.clauses
    if is_note(line.text) and has_more(now, draft, at):
        return True
    if draft.lists(line.text) or _heads_more(now, draft, at):
        pass
    elif _is_entry(now, draft, at) or _is_bare_clause(draft, line.text):
        clauses.take(None, line.text)
    elif line.text[0].islower() or _UNFINISHED.search(clauses.last[-10:]):
        clauses.go_on(line.text)
    elif (draft is now.motion and goes_on_as_notice(line.text)) or has_more(now, draft, at):
        if now.aside:
            return True
        clauses.go_on(line.text)
    else:
        return False
    now.part(at, ParagraphKind.CLAUSE)
    return True


def _is_bare_clause(draft: Draft, text: str) -> bool:
    """Whether `text` is one more clause without label after another one."""
    return draft.clauses.last_is_bare and bool(NEXT_PART.match(text) or _MORE.search(draft.clauses.last[-10:]))


def _is_entry(now: Progress, draft: Draft, at: int) -> bool:
    """Whether the line at `at` is one of two or more after a clause's colon: "Planning: Oak, Elm", "Audit: Ash"."""
    line, after = now.lines[at], now.after(at)
    if not _ENTRY.fullmatch(line.text) or side_line(line.text) or movers(line.text) != Movers(None, None):
        return False
    if draft.clauses.last.endswith((":", ":-")):
        return after is not None and after.number is None and bool(_ENTRY.fullmatch(after.text))
    return draft.clauses.last_is_bare and bool(_ENTRY.fullmatch(draft.clauses.last))


def _heads_more(now: Progress, draft: Draft, at: int) -> bool:
    """Whether the line at `at` is a heading in words over the clauses after it ("In addition:"), and add it if so."""
    line, after = now.lines[at], now.after(at)
    if after is None or after.number is None or not line.text.endswith(":") or len(line.text) > _LONGEST_HEAD:
        return False
    return has_more(now, draft, at) and draft.clauses.head(line.text, after.number)


def has_more(now: Progress, draft: Draft, at: int) -> bool:
    """Whether the labels of `draft` go on after the line at `at`."""
    return resumes(draft, now.lines[at], now.lines[at + 1:at + 1 + BETWEEN], now.number)


def restarts(now: Progress, draft: Draft, at: int) -> bool:
    """Whether a list of the decision begins after a heading within it (a budget's parts)."""
    after = now.after(at)
    following = after.number if after else None
    opened = draft.is_headed or draft.clauses.last.endswith(":") if draft.clauses else bool(draft.lead)
    return opened and draft.awaits and following is not None and begins(following)
