"""Who moves or seconds within a sentence that says more: "Councillor A, in moving the report, said", "Councillor B
welcomed the plan and moved that it be adopted"."""

import re
from dataclasses import dataclass

from crawler.minutes.names import Printed, find_names
from crawler.minutes.prose import SENTENCE_END
from crawler.minutes.stems import holds

_STEMS = ("moving", "proposing", "seconding", "moved", "proposed", "seconded")
_ASIDES = r"(?:,? [A-Z]{2,4}\b|,? ?\([^()]{0,80}\))*"
_IN_MOVING = re.compile(
    rf"{_ASIDES},? (?:in|when|on|upon|whilst) (?:formally )?(?:(?P<moves>moving|proposing)|seconding)\b"
    r"(?= (?:the|this|his|her|their|it|approval|adoption|that|and)\b)(?! (?:the|an?) amendment)"
)
_IN_MOVING_FIRST = re.compile(   # "In moving the motion, Councillor A said"
    r"(?:In|On|Upon|When) (?:formally )?(?:(?P<moves>moving|proposing)|seconding) (?:the|this|his|her|their|it)\b"
    r"(?! amendment)"
)
_OBJECT = (
    r"(?:that\b|approval\b|refusal\b|deferral\b|acceptance\b|adoption\b|it(?= ?[.,;]|\Z)|"
    r"(?:the|its|his|her|their|an?|this|both)(?: [\w’'-]+){0,3}? "
    r"(?:motion|recommendations?|report|adoption|proposals?|minutes|approval|refusal|deferral|acceptance|resolution)\b)"
)
_AND_MOVED = re.compile(
    r"(?:,| and|;|,? but) (?:(?:he|she|they|then|therefore|so|accordingly|formally|duly|thus|also) ){0,3}"
    rf"(?:(?P<moves>moved|proposed)(?= {_OBJECT})|seconded(?! by\b))\b"
)
_THE_OFFICE = re.compile(
    r"(?:The )(?:Deputy |Vice[- ])?(?:Lord )?(?:Chair(?:man|woman|person)?|Convener|Convenor|Mayor|Provost|Leader)"
    r"(?:(?= [a-z])|(?=, (?:in|when|on|upon) ))"
)
_BEFORE = re.compile(r"[A-Z][^.;:]{1,120}, |(?:(?:[A-Z][\w’'-]*|of|for|the|and|&) ){1,10}")
_NOT_SUBJECT = re.compile(r"\b(?:by|of|from|with|to|and|that|for|than|as|between|against) \Z")
_MOST_SENTENCES = 12
_OPENING = 2000   # characters of a paragraph in which somebody moves


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who moves and who seconds; `words` is where in the text the words moved begin, `None` when they are not there."""

    mover: str | None = None
    seconder: str | None = None
    words: int | None = None


def moved_in_speech(text: str) -> Spoken:
    """Who moves and who seconds in sentences whose subject they are, and that have another verb before."""
    found = Spoken()
    if not holds(text, _STEMS):
        return found
    at = 0
    for sentence in SENTENCE_END.split(text[:_OPENING], maxsplit=_MOST_SENTENCES):
        if holds(sentence, _STEMS) and (subject := _subject(sentence)):
            found = _joined(found, sentence, at, subject)
        at += len(sentence) + 1
    return found


def _joined(found: Spoken, sentence: str, at: int, subject: Printed) -> Spoken:
    """`found` with what one more sentence says, which begins `at`."""
    verb = (
        _IN_MOVING_FIRST.match(sentence)
        or _IN_MOVING.match(sentence, subject.end)
        or _AND_MOVED.search(sentence, subject.end)
    )
    if verb is None:
        return found
    if not verb["moves"]:
        return found if found.seconder else Spoken(found.mover, subject.name, found.words)
    if found.mover:
        return found
    begins = verb.end() + 1
    words = at + begins if sentence.startswith("that ", begins) and verb["moves"].endswith("ed") else None
    return Spoken(subject.name, found.seconder, words)


def _subject(sentence: str) -> Printed | None:
    """Whom a sentence is about, by the name or the office that it begins with, an introduction before it left out."""
    if office := _THE_OFFICE.match(sentence):
        return Printed(office[0], office.end())
    name = next(find_names(sentence[:400]), None)
    if name is None or name.listed:
        return None
    before = sentence[:name.start]
    return name if not before or (_BEFORE.fullmatch(before) and not _NOT_SUBJECT.search(before)) else None
