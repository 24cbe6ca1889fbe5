"""What became of a motion or an amendment: carried, lost or withdrawn, in the words of minutes (moderngov.md 5.2)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.model import Outcome
from crawler.minutes.latest import latest
from crawler.minutes.prose import SENTENCE_END
from crawler.minutes.stems import holds

_STEMS = (
    "carried", "passed", "derbyniwyd", "lost", "defeated", "fell", "rejected", "gwrthodwyd", "withdrawn", "tynnwyd",
    "agreed", "approved", "adopted", "cariwyd", "pasiwyd", "collwyd", "gollwyd", "syrthiodd", "trechwyd", "disgynnodd",
    "in favour", "withdrew", "became the",
)  # fmt: skip
_SUBJECT_STEMS = (    # of whatever a fate is said of, and of who seconded it
    "motion", "amendment", "propos", "second", "recommend", "resolution", "it was", "this was", "ynnig", "welliant",
)  # fmt: skip
_FATE = re.compile(
    r"\b(?P<no>not )?(?:"
    r"(?P<carried>carried(?! (?:out|forward|over)\b)|passed(?! (?:to|on|away|through)\b)|derbyniwyd|cariwyd|pasiwyd)|"
    r"(?P<became>became the (?:finding|decision|resolution)\b)|"
    r"(?P<lost>lost|defeated|(?-i:fell|FELL)(?! (?:to|by|from|on|under|in)\b)|rejected|gwrthodwyd|[cg]ollwyd|syrthiodd|"
    r"trechwyd|disgynnodd)|"
    r"(?P<withdrawn>withdrawn|(?P<withdrew>withdrew)|tynnwyd yn ôl)|"
    r"(?P<agreed>(?:(?<=was )|(?<=were )|(?<= and ))(?:then |duly |unanimously )?(?:agreed|approved|adopted)"
    r"(?! (?:to|that)\b)))\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"\b(?P<amendment>amendments?|g?welliant)\b|"
    r"\b(?:motion|(?-i:[Tt]his was(?= [A-Z]{4})|[Ii]t was(?= [A-Z]{4}))|"
    r"(?:this|it) was(?= (?:then )?put to (?:the|a) vote and (?:then |duly )?(?:carried|lost|defeated)\b)|"
    r"(?:this|it) was(?= (?:then |duly |unanimously )?(?:carried|defeated|passed|lost(?= by [0-9]|\W*\Z))\b)|"
    r"proposal|proposition|resolution|recommendations?|[cg]ynnig)\b",
    re.IGNORECASE,
)
# "Agreed" and the like are a fate only right after "the motion was", or "the motion was put to the vote and".
_SUBJECT_WAS = re.compile(
    r"\b(?:(?P<amendment>amendment)|motion|(?P<asked>proposal|proposition|recommendations?)(?: (?:in|of) the report)?)"
    r"(?:,? as amended,?)?(?:(?:,? which)?|(?: set out (?:in|at) [^.;:]{1,60}?)?"
    r" to (?:the|a) vote,? (?:(?:and|when) it|which)) "
    r"(?:was|were) (?:(?:then |duly )?(?:put|voted on)\b[^.;:]{0,40}? and )?",
    re.IGNORECASE,
)
_WITHDREW = re.compile(
    r" (?:the|that|this|his|her|their)(?: [\w’'-]+){0,2} (?:(?P<amendment>amendment)|motion|proposal|proposition)\b",
    re.IGNORECASE,
)
_BODY_SETTLES = re.compile(   # "The Council, without a division, agreed the motion."
    r"(?:\A|[.;:] )(?:The )?(?:[A-Z][\w’'-]* ){0,5}?(?:Council|Committee|Sub-Committee|Board|Panel|Cabinet|Authority|"
    r"Executive|Members|meeting)(?:,(?: [\w’'-]+){1,8},)? (?:then |thereupon |therefore |unanimously |duly ){0,3}"
    r"(?:(?P<carried>agreed|approved|adopted|carried|passed)|(?P<lost>rejected|defeated)) "
    r"(?:the|this) (?:substantive |original |amended )?(?:motion|proposition|(?P<amendment>amendment))\b"
)
_BY_VOTE = re.compile(r"\bvot(?:e|ed|ing)\b|\bdivision\b", re.IGNORECASE)
_WELSH_SUBJECT = re.compile(r" (?:y|yr) (?:(?P<amendment>g?welliant)|[cg]ynnig)\b", re.IGNORECASE)
_SECONDED = re.compile(
    r"\bseconded\b[^.;]{0,120}(?:,|\band\b)"
    r"(?: (?:it|this|motion|was|then|duly|unanimously|up?on|on|being|put|to|the|a|vote|declared)){0,10} \Z",
    re.IGNORECASE,
)
_ENDS = re.compile(r"(?: unanimously| by all(?: present)?| nem\.? con)?\W*\Z")
_ALONE = re.compile(
    r"\W*(?:(?:vote|result|motion|outcome)(?: ?[:–-])? )?(?:declared )?"
    r"(?:(?:not )?carried|passed|lost|defeated|withdrawn)"
    r"(?P<how> [^.;]{1,100}|[,:(–-][^.;]{1,100})?\W*\Z",
    re.IGNORECASE,
)
_HOW = re.compile(
    r"\W*(?:unanimously|nem|without (?:a vote|division|dissent)|"
    r"on (?:a (?:show|vote|division|count)|the \w+ casting)|by|with|[0-9]{1,3}\b|for\b|votes?\b)",
    re.IGNORECASE,
)
_LAST_SENTENCE = re.compile(
    r"[.!?)”\"] (?=(?:Motion |Vote: )?(?:Carried|CARRIED|Lost|LOST|Defeated|DEFEATED|Withdrawn|Not carried)\b)"
)
_FAVOUR = re.compile(r"[.,;!?)”] (?:and )?(?:all (?:were |voted )?in favour|agreed by all)\.?\Z", re.IGNORECASE)
_CARRIED = re.compile(r"\b(?:carried|passed|lost|defeated)\b", re.IGNORECASE)
_ASSENT = re.compile(
    r"\W*(?:all (?:(?:members|present|councillors) )?(?:(?:were |voted )?in favour|agreed|(?:voted )?for)|agreed by all"
    r"(?: present)?|unanimous(?: vote)?)\W*",
    re.IGNORECASE,
)
_SECONDING = re.compile(r"\bseconded\b", re.IGNORECASE)
_LONGEST = 1500   # characters of a paragraph that says what became of a motion
_NEVER = re.compile(r"\b(?:if|had been|(?:motion|amendment) were|(?<!declared to )be)\W*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a motion, or of an amendment."""

    outcome: Outcome
    amendment: bool
    unanimous: bool | None = None   # None: it does not say


@latest(32)   # a line is asked three times
def fate(text: str) -> Fate | None:
    """What `text` says became of a motion or an amendment; `None` when it says nothing of the kind."""
    if not holds(text, _STEMS):
        return None
    sentence = text[_last_sentence(text):]
    if _is_alone(sentence):
        return Fate(_outcome(_FATE.search(sentence)), amendment=False)
    if len(text) > _LONGEST or not holds(text, _SUBJECT_STEMS):
        return None
    if settled := _BODY_SETTLES.search(text):
        return Fate(Outcome.CARRIED if settled["carried"] else Outcome.LOST, amendment=settled["amendment"] is not None)
    last: Fate | None = None
    for match in _FATE.finditer(text):
        subject = _subject(text, match)
        if subject and not _NEVER.search(text, max(0, match.start() - 30), match.start()):
            last = Fate(_outcome(match), amendment=bool(subject.groupdict().get("amendment")))
    if last is None and _FAVOUR.search(text, max(0, len(text) - 60)) and _SECONDING.search(text):
        return Fate(Outcome.CARRIED, amendment=False)
    return last


def is_assent(text: str) -> bool:
    """Whether `text` says that everybody was for what was moved: "All in favour.", "Agreed by all."."""
    return bool(_ASSENT.fullmatch(text))


def is_favour(text: str) -> bool:
    """Whether `text` says that all were in favour, and no word of anything carried."""
    return not _CARRIED.search(text) and bool(_FAVOUR.search(text, max(0, len(text) - 60)))


def settling_sentence(text: str) -> str:
    """The sentence of `text` that says what became of a motion; all of `text` when no sentence does by itself."""
    sentences = SENTENCE_END.split(text)
    return next((each for each in reversed(sentences) if fate(each)), text)


def before_fate(text: str) -> str:
    """`text` without a last sentence that is no more than a fate: "that the gate be painted. Carried." """
    start = _last_sentence(text)
    if start and _is_alone(text[start:]):
        return text[:start].rstrip()
    favour = _FAVOUR.search(text, max(0, len(text) - 60))
    return text[:favour.start() + 1] if favour else text


def _last_sentence(text: str) -> int:
    """Where the last sentence of `text` begins that may be a fate alone; 0 when there is none."""
    *_, start = (0, *(match.end() for match in _LAST_SENTENCE.finditer(text)))
    return start


def _is_alone(sentence: str) -> bool:
    alone = _ALONE.match(sentence)
    return alone is not None and (alone["how"] is None or bool(_HOW.match(alone["how"])))


def _subject(text: str, verb: re.Match[str]) -> re.Match[str] | None:
    """What a fate is said of: the motion or the amendment named before it (in Welsh after it), or who seconded it."""
    start = max(0, verb.start() - 150)
    if verb["withdrew"]:
        return _WITHDREW.match(text, verb.end())
    if verb["agreed"]:
        found = _last(_SUBJECT_WAS.finditer(text, start, verb.start("agreed")))
        if found and found.end() == verb.start("agreed"):
            return found if not found["asked"] or _BY_VOTE.search(text, start, verb.end()) else None
        return _SECONDED.search(text, start, verb.start()) if _ENDS.match(text, verb.end()) else None
    found = _last(_SUBJECT.finditer(text, start, verb.end()))
    return found or _WELSH_SUBJECT.match(text, verb.end()) or _SECONDED.search(text, start, verb.start())


def _last(matches: Iterator[re.Match[str]]) -> re.Match[str] | None:
    return max(matches, key=lambda match: match.start(), default=None)


def _outcome(match: re.Match[str] | None) -> Outcome:
    if match is None or match["carried"] or match["agreed"] or match["became"]:
        return Outcome.LOST if match and match["no"] else Outcome.CARRIED
    return Outcome.LOST if match["lost"] else Outcome.WITHDRAWN
