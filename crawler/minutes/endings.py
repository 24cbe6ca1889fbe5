"""What ends a decision: the labels under which minutes go on after it ("Reasons for Decision:", "Note:")."""

import re

from crawler.minutes.counting import is_all_of_vote
from crawler.minutes.fates import fate, is_assent
from crawler.minutes.motions import movers

_ENDS = re.compile(
    r"\W*(?:(?:the )?reasons? (?:for|given)\b|(?:alternative |other )?options? (?:considered|and)\b|"
    r"alternative options|alternatives? (?:options? )?considered|(?:the )?rhesymau? (?:dros|am)|"
    r"post[ -]meeting note|n\.?b\.?[ :–-]|the meeting (?:closed|ended|adjourned)|"
    r"(?:reasons?|notes?|actions?|background|implementation|conflicts? of interest|further information|contact|"
    r"wards? affected|summary of discussion|declarations? of interest|rhesymau?)(?: ?[:–-]|\W*\Z))",
    re.IGNORECASE,
)
_REASON_OF_CLAUSE = re.compile(r"\W*(?:reasons?|rheswm|notes?) ?[:–-]", re.IGNORECASE)


_NOTE = re.compile(r"\[[^\[\]]*\]\.?\Z|\([^()]{20,}\)\.?\Z")
_MOVEMENT = re.compile(
    r"[^.;:]{3,120} (?:left|joined|entered|re-?entered|re-?joined|returned to|arrived at|withdrew from|vacated) "
    r"(?:the )?(?:meeting|room|chamber|hall|chair)\b[^.;:]{0,80}\.?\Z"
)


_ASIDE_BEGINS = re.compile(
    r"(?<=[.;!?)”]) \(?(?:(?P<mover>(?i:Proposed|Proposer|Prop|Moved|Mover|Seconded|Seconder|Sec|Cynigiwyd|Eiliwyd)\b)|"
    r"(?P<vote>(?:All|Agreed by|Carried|CARRIED|Passed|Unanimous|Votes?|Voting)\b)|"
    r"(?=(?:Cllrs?|Councillors?|Alderman|Mr|Mrs|Ms|Miss|Dr|The Chair\w*|The Mayor)\b))"
)
_CAME_OR_WENT = re.compile(
    r"[^.;:]{3,80} (?:then )?(?:returned|re-?joined|re-?entered|left|withdrew|arrived|joined|rejoined)\b"
    r"(?: (?:to |from )?(?:the )?(?:meeting|room|chamber|hall))?(?: at [0-9][0-9.:]* ?[ap]?\.?m?\.?)?"
    r"(?: ?\([^()]{1,20}\))?[.)]*"
)
_MOVING = re.compile(
    r"\(?(?:Proposed|Proposer|Prop|Moved|Mover|Seconded|Seconder|Sec|Cynigiwyd|Eiliwyd)\b(?! (?!by|gan)(?-i:[a-z]))",
    re.IGNORECASE,
)
_POINTED = re.compile(r"\b((?i:prop|sec)|Mr|Mrs|Ms|Dr|Cllr|[A-Z])\.")
_LONGEST_ASIDE = 200
# A sentence of what somebody said after the decision, or of the end of the meeting.
_TOLD_AFTER = re.compile(
    r"(?<=[a-z0-9)”’\"][.;!?]) (?=(?:Councillor|Cllr|Alderman|Mr|Mrs|Ms|Miss|Dr|"
    r"The (?:Vice-)?Chair\w*|The Mayor|The Clerk)\b\.?(?: [A-Z][\w.’'-]*){0,4} (?:then |also )?"
    r"(?:thanked|congratulated|commented|asked whether|remarked|welcomed|expressed|said|replied|reported|explained)\b|"
    r"The (?:meeting|hearing) (?:closed|ended|adjourned|concluded|finished|was closed) (?:at|on)\b)"
)
_LAST_BRACKET = re.compile(r" ?\((?P<said>[^()]{3,120})\)(?P<stop>\.?)\Z")
_TITLED = r"(?:Cllr|Councillor|Cr|Mr|Mrs|Ms|Miss|Dr)\b\.? ?[A-Z][^()/,;:]{1,40}?"
_PAIR = re.compile(rf"(?P<mover>{_TITLED}) ?/ ?(?P<seconder>{_TITLED})")


def moved_in_bracket(words: str) -> tuple[str, str] | None:
    """Who moved and who seconded by no more than their names in a bracket at the end: "(Cllr Oak/Cllr Elm)"."""
    bracket = _LAST_BRACKET.search(words, max(0, len(words) - _LONGEST_ASIDE))
    pair = _PAIR.fullmatch(bracket["said"]) if bracket else None
    return (pair["mover"], pair["seconder"]) if pair else None


def without_asides(words: str) -> str:
    """The words of a decision without what stands after them, be it in brackets: who moved it, how it was voted, who
    came or went.
    """
    if told := _TOLD_AFTER.search(words):
        words = words[:told.start()]
    if bracket := _LAST_BRACKET.search(words, max(0, len(words) - _LONGEST_ASIDE)):
        said = bracket["said"]
        if is_all_of_vote(said) or _PAIR.fullmatch(said) or _names_both(said):
            words = words[:bracket.start()] + bracket["stop"]
    for found in reversed(tuple(_ASIDE_BEGINS.finditer(words, max(0, len(words) - _LONGEST_ASIDE)))):
        said = words[found.start(found.lastgroup or 0):].lstrip(" (")
        if _is_aside(found["mover"], found["vote"], said):
            words = words[:found.start()]
    return words


def _names_both(said: str) -> bool:
    """Whether `said` begins as who moved does, and names who seconded too: "prop Cllr Oak, sec Cllr Elm"."""
    known = movers(said)
    return bool(_MOVING.match(said) and known.mover and known.seconder)


def _says_movers(said: str) -> bool:
    """Whether every sentence of `said` says who proposed or seconded."""
    known = movers(said)
    sentences = re.split(r"[.;] ", _POINTED.sub(r"\1", said))
    return bool(known.mover or known.seconder) and all(_MOVING.match(sentence) for sentence in sentences)


def _is_aside(mover: str | None, vote: str | None, said: str) -> bool:
    """Whether `said`, which begins as who moved or how it was voted begin, or with a name, says no more than that."""
    if mover:
        return _says_movers(said)
    return _is_vote(said) if vote else bool(_CAME_OR_WENT.fullmatch(said))


def _is_vote(said: str) -> bool:
    """Whether `said` says no more than how it was voted: "All in favour.", "Carried.", "Vote: 5 for, 1 against."."""
    return is_assent(said) or fate(said) is not None or is_all_of_vote(said)


def is_note(text: str) -> bool:
    """Whether `text` is a note by the way, in brackets or of somebody's coming and going: no part of a clause."""
    return bool(_NOTE.match(text) or _MOVEMENT.match(text))


def opens_another(text: str) -> bool:
    """Whether `text` opens another part of the minutes: "Reasons for Decision:", "Note:"."""
    return text.lstrip("([*“\"‘'")[:1].isupper() and bool(_ENDS.match(text))


def is_reason_of_clause(text: str) -> bool:
    """Whether `text` gives the reason of the one clause before it, as planning conditions do: "Reason: Safety"."""
    return bool(_REASON_OF_CLAUSE.match(text))
