"""Deciding words that decide nothing here: those of a quotation, and those by which another decision is told.

"Dr Oak said that the Board had on 1 March RESOLVED to close it"; 'The report stated: "The Panel RESOLVED that it be"'.
"""

import re
from collections.abc import Sequence

from crawler.minutes.latest import latest

_SAYING = (
    r"(?:stated?|states|said|says|reads?|recorded|records|wrote|writes|written|reported|reports|replied|told|quoted?|"
    r"quoting|quotes|noted|extract|added|explained)"
)
# What opens a quotation that is this meeting's own: a motion's words, or the decision as it was read out.
_OWN = re.compile(
    r"\b(?:mov(?:ed|es|ing)|propos(?:ed|es|al|ing|ition)|second(?:ed|ing)|motions?|amendment|decisions?|determination|"
    r"resolved|resolutions?|agreed|recommend\w*)\b",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(rf"\b{_SAYING}\b[^.;]{{0,80}}[:,] ?\Z", re.IGNORECASE)
_OPENS_LINES = re.compile(rf"[^“”\"]{{0,300}}\b{_SAYING}\b[^.;“”\"]{{0,80}}:\W{{0,2}}", re.IGNORECASE)
_QUOTATION = re.compile(r"(?<=[:,])(?P<gap> ?)(?:“[^“”]{1,4000}(?:”|\Z)|\"[^\"]{1,4000}\")")
_BEFORE = 120   # characters before a quotation that say whose words it holds
# Before the deciding word: "had on 1 March", "said that the Roads Panel". What follows an "and" may be of this meeting.
_TOLD = re.compile(
    r"\bhad(?: (?:already|previously|since|then|also|[a-z]+ly))?,?"
    r"(?: (?:on|in|at|during|since) (?!(?:favour|principle)\b)[^.,;:]{1,40})?,? \Z|"
    r"\bha(?:s|ve)(?: (?:already|previously))?,? (?:on|in|at|during|since) (?=[^.,;:]{0,30}[0-9])[^.,;:]{1,40},? \Z|"
    r"\b(?:said|stated|recalled|explained|reported|mentioned|commented|replied) that "
    r"(?!it\b)(?:(?!(?:and|but|it|so)\b)[\w’'-]+ ){1,8}\Z",
    re.IGNORECASE,
)
_MOST_LINES = 12   # of a quotation that fills paragraphs


def is_told(text: str, at: int) -> bool:
    """Whether a deciding word at `at` of `text` is in a quotation of others' words, or tells of what they decided."""
    if _TOLD.search(text, max(0, at - _BEFORE), at):
        return True
    return any(start < at < end for start, end in _quotations(text))


@latest(8)   # asked for every deciding word of a paragraph
def _quotations(text: str) -> tuple[tuple[int, int], ...]:
    """Where `text` quotes what somebody else said or wrote."""
    if '"' not in text and "“" not in text:
        return ()
    found = (quotation.span() for quotation in _QUOTATION.finditer(text))
    return tuple(span for span in found if _is_of_others(text[max(0, span[0] - _BEFORE):span[0]]))


def _is_of_others(before: str) -> bool:
    return bool(_INTRODUCED.search(before)) and not _OWN.search(before)


def quoted_lines(texts: Sequence[str]) -> frozenset[int]:
    """Where paragraphs belong to a quotation that the one before them opens: "Appendix 1 stated:" and what it said."""
    found: set[int] = set()
    for at, text in enumerate(texts[:-1]):
        if at not in found and texts[at + 1][:1] in ("“", '"') and _introduces(text):
            end = _end_of_quotation(texts, at + 1)
            found.update(range(at + 1, end + 1))
    return frozenset(found)


def _introduces(text: str) -> bool:
    return text.endswith((":", ":-", ": -")) and bool(_OPENS_LINES.fullmatch(text)) and not _OWN.search(text)


def _end_of_quotation(texts: Sequence[str], start: int) -> int:
    """The last line of the quotation that opens the line at `start`; the one before it where it never closes."""
    depth = 0
    for at in range(start, min(len(texts), start + _MOST_LINES)):
        text = texts[at]
        depth += text.count("“") - text.count("”") + text.count('"') % 2 * (-1 if depth else 1)
        if depth <= 0:
            return at
    return start - 1
