"""Votes on a motion and on an amendment to it that one paragraph states: each sentence is of one of the two."""

import re

from crawler.minutes.counting import is_division
from crawler.minutes.drafts import Draft
from crawler.minutes.stems import holds

_SENTENCE_END = re.compile(
    r"(?<=[a-z0-9)”’\"][.;!?]) (?=[A-Z])|(?<=[A-Z]{4}[.;!?]) (?=[A-Z])|(?<=[.!?][\"”)]) (?=[A-Z])"
)
_AMENDMENT = re.compile(
    r"(?<!\()\b(?:amendments?|g?welliant)\b(?!\)| (?:Act|Regulations?|Order|Rules|Bill)\b)"
    r"(?: (?:to|of) (?:the|this) (?:original |substantive )?(?:motion|recommendations?|proposal))?",
    re.IGNORECASE,
)
_OF_BOTH = re.compile(
    r"\b(?:motion|[cg]ynnig|recommendations?|substantive|original|as amended|accepted|incorporated)\b", re.IGNORECASE
)
_OF_MOTION = re.compile(
    r"\b(?:motion|[cg]ynnig|recommendations?|substantive|original|propos(?:al|ition|ed)|resol\w+|decision|application|"
    r"agreed|approved|report|minutes|as amended)\b",
    re.IGNORECASE,
)
_NOT_WORDS = re.compile(r"[\W_]+")
_OPENING = re.compile(r"(?:that |to |be |and )+")


def without_amendment(text: str) -> str:
    """`text` without the sentences that say how an amendment was voted; all of it where it is of nothing else.

    A sentence that names neither goes with the one before it: "The amendment was put. There voted 4 for, 3 against."
    """
    if not holds(text, ("amendment", "welliant")) or is_division(text):
        return text
    kept: list[str] = []
    of_amendment = False
    for sentence in _SENTENCE_END.split(text):
        if _AMENDMENT.search(sentence):
            of_amendment = not _OF_BOTH.search(_AMENDMENT.sub("", sentence))
        elif _OF_MOTION.search(sentence):
            of_amendment = False
        if not of_amendment:
            kept.append(sentence)
    return " ".join(kept) if kept else text


def is_decided_by(draft: Draft, amendment: Draft | None, motion: Draft | None) -> bool:
    """Whether what was decided are the words of an amendment that carried, and not those of the motion."""
    if amendment is None or amendment.is_empty or draft.is_empty:
        return False
    said = _words(draft)
    return said == _words(amendment) and (motion is None or said != _words(motion))


def _words(draft: Draft) -> str:
    said = " ".join(filter(None, (draft.lead, *(part.text for part in draft.clauses.built()))))
    return _OPENING.sub("", _NOT_WORDS.sub(" ", said).casefold().strip(), count=1)
