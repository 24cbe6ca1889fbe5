"""What ends a decision: the labels under which minutes go on after it ("Reasons for Decision:", "Note:")."""

import re

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


def is_note(text: str) -> bool:
    """Whether `text` is a note by the way, in brackets or of somebody's coming and going: no part of a clause."""
    return bool(_NOTE.match(text) or _MOVEMENT.match(text))


def opens_another(text: str) -> bool:
    """Whether `text` opens another part of the minutes: "Reasons for Decision:", "Note:"."""
    return text.lstrip("([*“\"‘'")[:1].isupper() and bool(_ENDS.match(text))


def is_reason_of_clause(text: str) -> bool:
    """Whether `text` gives the reason of the one clause before it, as planning conditions do: "Reason: Safety"."""
    return bool(_REASON_OF_CLAUSE.match(text))
