"""Motions and amendments: who moved and seconded them, and what became of them (moderngov.md 5.2)."""

import re
from dataclasses import dataclass

from archive.model import Outcome
from crawler.minutes.names import names

_MOVED_BY = re.compile(
    r"\b(?:(?:moved|proposed|nominated|cynigiwyd)(?: (?:by|gan)\b|(?= ?[:–-])) ?|"
    r"(?:proposer|mover|cynigydd)(?= ?[:–-]) ?|(?:motion|proposition|proposal) of (?=[A-Z]))[:–-]? ?",
    re.IGNORECASE,
)
_SECONDED_BY = re.compile(
    r"\b(?:(?:seconded|eiliwyd)(?: (?:by|gan)\b|(?= ?[:–-])) ?|(?:seconder|eilydd)(?= ?[:–-]) ?)[:–-]? ?", re.IGNORECASE
)
_MOVES = re.compile(
    r",? (?:(?:and )?seconded by [^,.;:]{3,60},? )?(?:(?:then|formally|duly) )?(?:proposed|moved|nominated)\b",
    re.IGNORECASE,
)
_SECONDS = re.compile(r",? (?:(?:then|formally|duly|in turn) )?(?:seconded|eiliodd)(?! by)\b", re.IGNORECASE)
_MOVING = re.compile(
    r"\b(?:moved|proposed|proposer|seconded|motion|amendment|cynigiwyd|cynnig|gwelliant)\b", re.IGNORECASE
)
_AMENDMENT = re.compile(r"\b(?:amendments?|gwelliant)\b", re.IGNORECASE)
_MOTION_HEAD = re.compile(
    r"\W*(?:(?:ORIGINAL |SUBSTANTIVE )?MOTION|(?:Original |Substantive )?Motion)(?: [0-9]{1,2})?(?:\W*\Z| ?[:–-])"
)
_AMENDMENT_HEAD = re.compile(
    r"\W*(?:(?:FIRST|SECOND|THIRD|First|Second|Third) )?(?:AMENDMENT|Amendment)(?: [0-9]{1,2})?(?:\W*\Z| ?[:–-])"
)
_SUBJECT = re.compile(
    r"\b(?P<amendment>amendments?|gwelliant)\b|"
    r"\b(?P<motion>motion|proposal|proposition|resolution|recommendations?|cynnig)\b",
    re.IGNORECASE,
)
_FATE = re.compile(
    r"\b(?P<no>not )?(?:(?P<carried>carried(?! (?:out|forward|over)\b)|passed(?! (?:to|on|away|through)\b)|derbyniwyd)|"
    r"(?P<lost>lost|defeated|fell(?! (?:to|by|from|on|under|in)\b)|rejected|gwrthodwyd)|"
    r"(?P<withdrawn>withdrawn|tynnwyd yn ôl))\b",
    re.IGNORECASE,
)
_ALONE = re.compile(r"\W*(?:carried|lost|defeated|withdrawn)(?: unanimously| nem\.? con\.?)?\W*\Z", re.IGNORECASE)
_OPENING = 2000   # characters of a paragraph in which its movers are named
_LONGEST = 1500   # characters of a paragraph that says what became of a motion
_NEVER = re.compile(r"\b(?:if|had been|(?<!declared to )be)\W*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Movers:
    """Who moved and who seconded, as printed."""

    mover: str | None
    seconder: str | None


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a motion, or of an amendment."""

    outcome: Outcome
    amendment: bool


def movers(text: str) -> Movers:
    """Who moved and seconded according to `text`, each `None` when it does not say."""
    if not _MOVING.search(text):
        return Movers(None, None)
    text = text[:_OPENING]
    both = re.search(r"\b(?:moved|proposed) and seconded by ", text, re.IGNORECASE)
    if both:
        pair = list(names(text[both.end():both.end() + 200]))[:2]
        return Movers(pair[0] if pair else None, pair[1] if len(pair) > 1 else None)
    return Movers(_said(text, _MOVED_BY, _MOVES), _said(text, _SECONDED_BY, _SECONDS))


def _said(text: str, passive: re.Pattern[str], active: re.Pattern[str]) -> str | None:
    """The name after "moved by", or before "moved"."""
    for match in passive.finditer(text):
        name = next(names(text[match.end():match.end() + 120]), None)
        if name and text.find(name.split()[0], match.end()) - match.end() < 60:
            return name
    for name in names(text[:600]):
        at = text.find(name) + len(name)
        after = re.sub(r"\A(?:,? [A-Z]{2,4}\b|,? ?\([^()]{0,80}\))*", "", text[at:at + 200])
        if active.match(after):
            return name
    return None


def opens_amendment(text: str) -> bool:
    """Whether `text` moves an amendment."""
    found = movers(text)
    return bool(_AMENDMENT_HEAD.match(text)) or (found.mover is not None and bool(_AMENDMENT.search(text[:400])))


def opens_motion(text: str) -> bool:
    """Whether `text` moves a motion."""
    return bool(_MOTION_HEAD.match(text)) or movers(text).mover is not None


def fate(text: str) -> Fate | None:
    """What `text` says became of a motion or an amendment; `None` when it says nothing of the kind."""
    if _ALONE.match(text):
        return Fate(_outcome(_FATE.search(text)), amendment=False)
    if len(text) > _LONGEST:
        return None
    last: Fate | None = None
    for match in _FATE.finditer(text):
        subjects = list(_SUBJECT.finditer(text, max(0, match.start() - 150), match.end()))
        if subjects and not _NEVER.search(text, max(0, match.start() - 30), match.start()):
            last = Fate(_outcome(match), amendment=subjects[-1]["amendment"] is not None)
    return last


def _outcome(match: re.Match[str] | None) -> Outcome:
    if match is None or match["carried"]:
        return Outcome.LOST if match and match["no"] else Outcome.CARRIED
    return Outcome.LOST if match["lost"] else Outcome.WITHDRAWN
