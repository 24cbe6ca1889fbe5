"""The counts of votes as sentences state them: "26 votes for, 32 against", "by twelve votes to four", "For: 26"."""

import re
from typing import Literal

from crawler.minutes.stems import holds

Side = Literal["for", "against", "abstain"]

FOR = r"(?:in favou?r|for|ayes?|o blaid)"
AGAINST = r"(?:against|noes|nays|yn erbyn)"
ABSTAIN = r"(?:abstentions?|abstain(?:ed|ing|s)?|declin(?:ed|ing) to vote|(?:yn )?ymatal(?:iad(?:au)?|odd)?)"
SIDES = rf"(?:(?P<for>{FOR})|(?P<against>{AGAINST})|(?P<abstain>{ABSTAIN}))"
"""The words of the sides of a vote, in groups of their names."""

_LONGEST = 4000   # characters of a paragraph that states a vote: all names of a large council
_TEENS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: at for at, word in enumerate(_TEENS)} | {word: at * 10 for at, word in enumerate(_TENS, 2)}
_WORDS |= {"nil": 0, "none": 0, "zero": 0, "nobody": 0, "no one": 0, "no-one": 0, "dim": 0, "neb": 0}
_SPELLED = rf"(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_TEENS[1:10])}))?|no[- ]one|{'|'.join(_WORDS)}"
_ANY = rf"(?:[0-9]{{1,3}}|(?:{_SPELLED})\b)"
_COUNT = rf"(?P<count>{_ANY})"
_VOTERS = r"(?:members?|councillors?|votes?|aelodau|pleidlais|bleidlais)"
_OBJECT = r"(?: the (?:substantive |original |amended )?(?:motion|proposal|recommendations?))?"
_MARKS = r"(?: ?[:=–-] ?| ?\()"
_COUNT_FIRST = re.compile(
    rf"(?<![\w.,/-]){_COUNT} (?:other )?(?:{_VOTERS} )?(?:(?:having|had|have|has|were|was|being) )?"
    rf"(?:(?:voted|voting|votes?|cast|recorded) )?{SIDES}\b",
    re.IGNORECASE,
)
_SIDE_FIRST = re.compile(rf"\b{SIDES}{_OBJECT}{_MARKS}{_COUNT}(?![0-9]|[./][0-9]|%)", re.IGNORECASE)
_OPPOSED = rf"(?:{FOR}|{AGAINST}){_OBJECT}(?:{_MARKS}| )[0-9]{{1,3}}"
_SIDES_BARE = re.compile(rf"\b{_OPPOSED}\)?[,;.]? (?:and )?(?:votes? )?{_OPPOSED}\b", re.IGNORECASE)
_BARE_SIDE = re.compile(rf"\b{SIDES}{_OBJECT}(?:{_MARKS}| ){_COUNT}(?![0-9]|[./][0-9]|%)", re.IGNORECASE)
_TO = re.compile(
    rf"\b(?:(?:by|with|of|o) (?P<first>{_ANY}) (?P<votes>{_VOTERS} )?(?:to|i) (?P<second>{_ANY})"
    rf"|(?:carried|lost|defeated|agreed|approved|passed|voted) (?P<more>{_ANY}) ?(?:to|[-–]) ?(?P<fewer>{_ANY}))",
    re.IGNORECASE,
)
_SETTLED = re.compile(
    r"\b(?:carried|lost|defeated|rejected|resolved|agreed|approved|passed|majority|cariwyd|gollwyd)\b", re.IGNORECASE
)
_ROW = re.compile(   # "Vote: 7-0-1": for, against, abstained
    r"\bvot(?:e|es|ing)\b[^\w.;]{1,8}(?P<for>[0-9]{1,3}) ?[-–/:] ?(?P<against>[0-9]{1,3})"
    r"(?: ?[-–/:] ?(?P<abstain>[0-9]{1,3}))?(?![\w-]|[./:][0-9])",
    re.IGNORECASE,
)
_LOST = re.compile(r"\b(?:lost|defeated|rejected|not carried|(?-i:fell|FELL)|gollwyd|gwrthodwyd)\b", re.IGNORECASE)
_STATED = (
    rf"(?:{_ANY} votes? to {_ANY}|{_ANY} (?:members? |votes? )?(?:voting |cast )?(?:{FOR}|{AGAINST}|{ABSTAIN})\b)"
)
_POLL = re.compile(
    rf" ?(?:(?:by|with|on) )?(?:{_STATED}|(?:a majority )?of {_ANY} (?:votes? )?to {_ANY}\b)"
    rf"(?:(?:[,;]|,? and|,? with)+ {_STATED})*[,;]?",
    re.IGNORECASE,
)
_OTHER_POLL = re.compile(r"\b(?:survey|consultation|respondents?|residents|petition|referendum)\b", re.IGNORECASE)
_VOTING = re.compile(
    r"\bvot(?:e|es|ed|ing)\b|\bagainst\b|\babstain|\babstention|\byn erbyn\b|\b[pbm]h?leidl[ae]is|"
    r"\b(?:carried|lost|defeated) |\bmajority of\b",
    re.IGNORECASE,
)
_STEMS = ("vot", "against", "abst", "erbyn", "leidl", "carried ", "lost ", "defeated ", "majority of")    # of it
_OF_VOTE = ("vot", "against", "abst", "in favour", "carried", "lost", "declared", "division")
_LONGEST_VOTE = 300   # characters
_FOR_MOTION = re.compile(r"\bfor the (?:original )?motion\b", re.IGNORECASE)
_FOR_AMENDMENT = re.compile(r"\bfor the amendment\b", re.IGNORECASE)


def poll_at_start(text: str) -> int:
    """How many characters at the start of `text` state a vote: "by 8 votes for, 3 against"; 0 when none do."""
    found = _POLL.match(text)
    return found.end() if found else 0


def is_all_of_vote(text: str) -> bool:
    """Whether each sentence of `text`, which counts votes, says something of the vote, and none is long."""
    if len(text) > _LONGEST_VOTE or not counts(text):
        return False
    return all(holds(sentence, _OF_VOTE) for sentence in re.split(r"[.;] ", text))


def states_count(text: str) -> bool:
    """Whether `text` states how many took a side."""
    return bool(_SIDE_FIRST.search(text) or _COUNT_FIRST.search(text))


def is_division(text: str) -> bool:
    """Whether a sentence sets the votes for a motion against those for an amendment."""
    return bool(_FOR_MOTION.search(text) and _FOR_AMENDMENT.search(text))


def counts(text: str) -> dict[Side, int]:
    """The counts that a sentence states: "26 votes for, 32 against", "For: 26 Against: 32 Abstention: 0".

    In a division between a motion and an amendment who is for the amendment is against the motion.
    """
    if len(text) > _LONGEST or not holds(text, _STEMS) or not _VOTING.search(text) or _OTHER_POLL.search(text):
        return {}
    if is_division(text):
        text = _FOR_AMENDMENT.sub("against", text)
    found: dict[Side, int] = {}
    side_first = list((_BARE_SIDE if _SIDES_BARE.search(text) else _SIDE_FIRST).finditer(text))
    stated = side_first + list(_COUNT_FIRST.finditer(text, side_first[-1].end() if side_first else 0))
    for match in stated:
        found.setdefault(side_of(match), number(match["count"]))
    for side, count in _opposed(text).items():
        found.setdefault(side, count)
    return found if len(found) > 1 or any(map(_is_vote, stated)) else {}


def _is_vote(match: re.Match[str]) -> bool:
    """Whether a count of one side alone is a vote: "one abstention", "two members voting against"."""
    said = match[0].lower()
    return match["for"] is None and (" abst" in said or " vot" in said) and " ha" not in said


def _opposed(text: str) -> dict[Side, int]:
    """What "carried by 23 votes to 14" counts; what was lost had fewer for it, whichever is printed first."""
    if row := _ROW.search(text):
        sides: tuple[Side, ...] = ("for", "against", "abstain")
        return {side: int(row[side]) for side in sides if row[side]}
    both = _TO.search(text)
    if both is None:
        return {}
    around = max(0, both.start() - 80), min(len(text), both.end() + 80)
    if both["first"] and not both["votes"] and not _SETTLED.search(text, *around):
        return {}
    pair = number(both["first"] or both["more"]), number(both["second"] or both["fewer"])
    more, fewer = sorted(pair) if _LOST.search(text, *around) else pair
    return {"for": more, "against": fewer}


def side_of(match: re.Match[str]) -> Side:
    """The side that a match of `SIDES` names."""
    return "for" if match["for"] else "against" if match["against"] else "abstain"


def number(text: str) -> int:
    """The number that a count is, in figures or in words: "forty-one" is 41."""
    if text.isdigit():
        return int(text)
    word = text.lower()
    if word in _WORDS:
        return _WORDS[word]
    return sum(_WORDS[part] for part in re.split("[- ]", word))
