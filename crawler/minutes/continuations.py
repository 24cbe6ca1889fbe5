"""Whether a decision goes on: the next label is its own, also after a heading, some names or a reason between."""

import re
from collections.abc import Sequence

from crawler.blocks import BlockKind
from crawler.minutes.decisions import find_decision
from crawler.minutes.drafts import Draft, is_finished
from crawler.minutes.endings import is_note, opens_another
from crawler.minutes.fates import fate
from crawler.minutes.lines import Line
from crawler.numbers import begins, follows, places

_ONE_MORE = re.compile(
    r"\b(?:additional|further|amended|extra) (?:\w+ ){0,2}conditions?\b[^.;:]{0,60}:-?\Z", re.IGNORECASE
)
_LEFT_OPEN = re.compile(r"(?:\b(?:that|to)|:-?|[–-])\Z", re.IGNORECASE)
BETWEEN = 12   # paragraphs without label that may stand between two clauses


def continues(draft: Draft, number: str, text: str, latest: str | None) -> bool:
    """Whether a numbered line is a clause of `draft`, and not the next minute after `latest`, the one before it."""
    if draft.clauses.goes_on_at(number):
        return True
    if _follows_parts(draft, number):
        return _alike(draft.clauses.first, text)
    if not draft.clauses and not begins(number) and not _lacks_first(draft, number):
        return False
    if draft.clauses and _is_of_another(draft, number):
        return False
    enclosing = [each for each in (draft.number, latest) if each and follows(each, number)]
    if not enclosing or (begins(number) and not draft.clauses):
        return True
    if find_decision(text) or not draft.clauses.fits(number):
        return False
    return _alike(draft.clauses.first, text) or not is_finished(draft.clauses.last)


def _follows_parts(draft: Draft, number: str) -> bool:
    """Whether a label follows the whole that the parts before it are of: 2 after 1.1 and 1.2."""
    label = (draft.clauses.label or "").strip("().:")
    whole, dotted, _ = label.rpartition(".")
    return bool(dotted) and whole.isdigit() and follows(whole, number)


def _lacks_first(draft: Draft, number: str) -> bool:
    """Whether a list begins with its second label after "that:": its first was lost, or is the item's own number."""
    is_second = any(place.ordinal == 2 and place.style.lower().startswith("a") for place in places(number))
    if number.startswith("(") and _ONE_MORE.search(draft.lead) and not (draft.number or "").startswith("("):
        return True
    if is_second and number.endswith(")") and _LEFT_OPEN.search(draft.lead):
        return True
    return is_second and draft.lead.endswith((":", ":-")) and not (draft.number and follows(draft.number, number))


def _is_of_another(draft: Draft, number: str) -> bool:
    """Whether a number in two parts begins the minutes after a decision: 5.1 after clause 2, which 2.1 would divide."""
    parent, dotted, _ = number.strip("().:").rpartition(".")
    labels = draft.clauses.labels
    known = parent in labels or any("." in label for label in labels)
    return bool(dotted) and begins(number) and not known and is_finished(draft.clauses.last)


def resumes(draft: Draft, between: Line, following: Sequence[Line], latest: str | None) -> bool:
    """Whether the labels of `draft` go on in the lines `following` the one `between`: (n), a heading or names, (o).

    After prose they do only where the next clause begins as the first one does.
    """
    if not draft.clauses:
        return False
    for line in following:
        if line.number is not None:
            goes_on = draft.clauses.continues(line.number) and continues(draft, line.number, line.text, latest)
            return goes_on and (not _is_prose(between) or _alike(draft.clauses.first, line.text))
        if line.block.kind is BlockKind.TABLE or find_decision(line.text) or fate(line.text):
            return False
    return False


def _is_prose(line: Line) -> bool:
    if line.block.kind is BlockKind.HEADING or is_note(line.text) or opens_another(line.text):
        return False
    return not line.text.endswith(":") and is_finished(line.text)


def _alike(one: str, other: str) -> bool:
    """Whether two clauses begin with the same word, as clauses do and the next minute does not."""
    return one.split(" ", 1)[0].lower() == other.split(" ", 1)[0].lower()
