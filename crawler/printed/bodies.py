"""The name of the body that met, from a title such as "MINUTES of a meeting of the County Council held in ..."."""

import re
from collections.abc import Sequence

from crawler.blocks import one_line

DAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?|ionawr|chwefror|mawrth|ebrill|mai|mehefin|gorffennaf|awst|medi|hydref|tachwedd|rhagfyr"
)
# A raised "th" comes out of text recognition as a quotation mark or a star.
DATE = re.compile(
    rf"{DAY}(?<!\d)(?P<day>[0-3]?\d)\s?(?:st|nd|rd|th|[\"”'’™°*]{{1,2}})?\s*(?:day\s+)?(?:of\s+)?[ ,.-]{{0,3}}"
    rf"(?P<month>{MONTH})[.,]?[ ,-]{{1,3}}(?P<year>(?:19|20)\d\d)", re.IGNORECASE,
)
SHORT_DATE = re.compile(
    r"(?<![\d./-])(?P<day>[0-3]?\d)[./-](?P<month>[01]?\d)[./-](?P<year>(?:19|20)?\d\d)(?![\d./-])"
)
TIME = re.compile(
    r"(?<![\d.:])\d{1,2}(?:[.:]\d\d)?\s*(?:[ap]\.?\s?m\b|noon\b|midday\b|y\.?\s?[bph]\b|yr hwyr|y bore|y prynhawn)",
    re.IGNORECASE,
)
KINDS = (
    "ordinary|annual|special|extraordinary|extra-ordinary|monthly|quarterly|adjourned|statutory|full|virtual|remote|"
    "online|hybrid|public|budget|re-scheduled|rescheduled|inaugural|first|joint|draft budgetary plan"
)
BODY = re.compile(
    r"\b(?:committee|council|cabinet|board|panel|executive|forum|group|assembly|authority|trust|commission|partnership|"
    r"sub-committee|subcommittee|spc|services|district|scrutiny|cyngor|pwyllgor|party|team)\b", re.IGNORECASE,
)
PLACE = re.compile(
    r"\b(?:(?:guild|shire|moot)?hall|chamber|house|room|centre|center|school|church|offices?|road|street|zoom|teams|"
    r"virtual|remote|building|library|pavilion|hub|club|hotel|theatre)\b", re.IGNORECASE,
)
_STOP = (   # where the name of a body ends
    rf"(?=(?:\s*,\s*|\s+)(?:(?:which |that )?(?:was |were )?held|(?:{KINDS}\s+)?meeting|convened|commencing|at"
    rf"|in(?!\s+common)|on)\b|\s*(?:,?\s+(?:the\s+)?council chamber"
    rf"|[\s,–—-]+{DAY}(?:\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|$|\())"
)
_OF_MEETING = re.compile(
    rf"\bminutes?\b.{{0,60}}?\b(?:meeting|sitting|proceedings)\b"
    rf"(?:(?:\s+(?:at|of))?(?:\s+(?:a|an|the))?(?:\s+(?:{KINDS}))*\s+meeting)?(?:\s+[‘'“\"]?in committee[’'”\"]?)?"
    rf"(?:\s+(?:of|for))?\s+(?:the\s+)?(?P<name>(?!held|on|at|in|of|which|the)\b.+?){_STOP}", re.IGNORECASE,
)
_OF_BODY = re.compile(
    rf"\bminutes\s*(?:of|for|[-–:])\s*(?:the\s+)?(?:(?:{KINDS})\s+)*"
    rf"(?P<name>(?!meeting|proceedings|previous|last).+?){_STOP}", re.IGNORECASE,
)
_MEETING_OF = re.compile(
    rf"(?:^|[–-]\s)(?:at\s+)?(?:(?:a|the|an)\s+)?(?:(?:{KINDS})\s+)*meeting\s+of\s+(?:the\s+)?(?P<name>.+?){_STOP}",
    re.IGNORECASE,
)
_COFNODION = re.compile(
    r"\bcofnodion\s+(?:o\s+)?[cg]yfarfod\s+(?:y\s+|yr\s+|o['’]r\s+)?(?P<name>.+?)"
    r"(?=,?\s+(?:a gynhaliwyd|ar|ddydd|am)\b|$)",
    re.IGNORECASE,
)
_BODY_FIRST = re.compile(   # "Planning Committee Meeting minutes held in ..."
    rf"^(?:draft\s+)?(?:the\s+)?(?:(?:{KINDS})\s+)*(?P<name>[^\W\d_][^.:;]{{2,100}}?)\s+(?:meeting\s+)?minutes,?\s+held\b",
    re.IGNORECASE,
)
_MEETING_FIRST = re.compile(rf"(?:the\s+)?(?:(?:{KINDS})\s+)*meeting\s+(?:of\s+)?(?:the\s+)?", re.IGNORECASE)
_MINUTES = re.compile(
    r"\b(?:(?:draft|unconfirmed|approved)\s+)?minutes(?:\s+of)?(?:\s+the)?(?:\s+meeting)?\b(?:\s+of(?:\s+the)?)?"
    r"|\ba\.?g\.?m\.?(?=\s|$)|\bheld on\b|\bmeeting\s*$", re.IGNORECASE,
)
_ROOM = re.compile(r"\b(?:committee|council|board|cabinet) (?:rooms?|chambers?|offices?|house)\b", re.IGNORECASE)
_WHERE = re.compile(r"(?:at|in|on|via|held)\b", re.IGNORECASE)
_SMALL = frozenset(("and", "of", "the", "for", "in", "at", "on", "to", "with"))
_ACRONYMS = frozenset(("SPC", "JPC", "HR", "IT", "ICT", "SEND", "LGPS", "NHS"))


def body_of(lines: Sequence[str]) -> str | None:
    """The body that the lines of a title block say met: by a sentence that names it, else by the line that does."""
    for line in (*lines, " ".join(lines)):
        if name := _said(line):
            return name
    named = [name for line in lines if (name := tidy(without_date(line))) and _may_be_body(name)]
    own = [name for name in named if not re.search(r"\b(?:council|cyngor)$", name, re.IGNORECASE)]
    return own[-1] if own else named[-1] if named else None


def _may_be_body(name: str) -> bool:
    """Whether a line of a title names a body, and not where it met: "at in Committee Room 2, Town Hall"."""
    rest = _ROOM.sub("", name)
    return bool(BODY.search(rest)) and not is_place(name) and not _WHERE.match(name)


def body_of_name(stem: str) -> str | None:
    """The body that a file's name says met."""
    plain = re.sub(r"\S*\d{4}-\d\d-\d\d", "", stem)
    if name := _said(plain):
        return name
    pieces = [tidy(without_date(piece)) for piece in re.split(r"\s+[-–]+\s*|\s*[-–]+\s+|--", plain)]
    named = [piece for piece in pieces if piece and BODY.search(piece)]
    return named[-1] if named else None


def _said(sentence: str) -> str | None:
    for form in (_OF_MEETING, _OF_BODY, _MEETING_OF, _COFNODION, _BODY_FIRST):
        match = form.search(sentence)
        if match and (name := tidy(match["name"])) and BODY.search(name):
            return name
    return None


def is_place(line: str) -> bool:
    """Whether `line` names a place to meet and no body."""
    return bool(PLACE.search(line)) and not re.search(r"\b(?:committee|panel|board|cabinet)\b", line, re.IGNORECASE)


def without_date(line: str) -> str:
    """`line` without date, time and the words that say it heads minutes."""
    return TIME.sub("", _MINUTES.sub("", DATE.sub("", SHORT_DATE.sub("", line))))


def tidy(name: str) -> str | None:
    """`name` without the marks around it and in small letters if it is in capitals; `None` when it can be no name."""
    name = _MEETING_FIRST.sub("", one_line(name), count=1) if _MEETING_FIRST.match(one_line(name)) else one_line(name)
    name = name.strip(" ,.:;–—-|()")
    if not 3 < len(name) <= 120:
        return None
    return cased(name) if name.isupper() else name


def cased(name: str) -> str:
    """A name in capitals as it would be written: "Corporate Parenting Panel"."""
    words = [word if word in _ACRONYMS else word.lower() for word in name.split()]
    shown = [word if at and word in _SMALL else _capital(word) for at, word in enumerate(words)]
    return re.sub(r"(?<=[’'])S\b", "s", " ".join(shown))


def _capital(word: str) -> str:
    parts = re.split(r"(?<=-)", word)
    return "".join(part if at and part.rstrip("-") in _SMALL else _raised(part) for at, part in enumerate(parts))


def _raised(part: str) -> str:
    return re.sub(r"[^\W\d_]", lambda letter: letter[0].upper(), part, count=1)
