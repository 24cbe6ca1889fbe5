"""A line of a list of who was there, cut into pieces: at its marks, at "and" between people, brackets set apart."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.minutes.names import ABBREVIATED, is_bare_name, names
from crawler.minutes.rollwords import GROUPS, has_part, is_beside
from crawler.minutes.vocabulary import HONOURS, TITLES

EDGES = " .,:;–—-&"
_BRACKET = re.compile(   # not "Leddin (J)"; but "(Area Manager (East))"
    r"\((?!(?:[A-Z]\.?|Mrs?\.?|Ms\.?|Miss|Mx|Dr\.?)\))((?:[^()]|\([^()]{0,100}\)){0,200})\)"
)
_MOST_JOINED = 20    # words "and" within an office
_MARK = 0xF0000   # a private place: one sign stands for each bracket
_STARS = re.compile(r"(?<=\w)[*†‡]+|[*†‡]+(?=\w)")   # of a note below the list
_MARKS = re.compile("[\U000f0000-\U000ffffd]")
_TITLE_DOT = "".join(rf"(?<!\b{title})" for title in ABBREVIATED)
_CLAUSE = re.compile(rf";|(?<=[^\W\d_A-Z][^\W\d_A-Z]|.[\U000f0000-\U000ffffd]){_TITLE_DOT}\. (?=[A-Z])")
_PIECE = re.compile(r",| \| | / | plus ")
_AND = re.compile(r"(?:\A| )(?:and|&|ac|a) ")
_GAP = re.compile(r"(?<=[\U000f0000-\U000ffffd]) (?=[A-Z])")   # "Ada Fell (Chair) Ben Gray"
COUNTED = re.compile(   # "and 4 members of the public", "3 parishioners": nobody in particular
    r"\b(?:(?:and|plus|with|together with) )?(?:[0-9]+|no|some|one"
    r"|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?-i:an?)"
    r"|several|about|over)(?: (?-i:[a-z])\w*){0,3}? (?:public|press|parishioners?|residents?|electors?|visitors?"
    r"|guests?|observers?|persons?|people|students?|reporters?)"
    r"(?: (?:was|were))?(?: (?:also|present|in attendance))*\b",
    re.IGNORECASE,
)
_INITIALLED = re.compile(
    r"(?<![\w.’'-])(?:(?:[A-Z]\.? ?){1,3}(?<=[. ])|[A-Z]{2} )(?:(?:[Vv]an|[Dd]e|[Vv]on|Ll?\.|St\.?) )?"
    r"(?P<surname>[A-Z][\w’'-]*[a-z])(?: \([A-Z]\.?\))?"
    rf"(?:,? (?:{'|'.join(sorted(HONOURS))})\b\.?(?![\w’'-]))*"
)
_FIRM = re.compile(r"[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)? (?:LLP|Ltd|Limited|plc|PLC|Associates|Partners|Solicitors)\b")
_LETTER = re.compile(r" \([A-Z]\.?\)\Z")   # of a forename: "Leddin (J)"


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of a line: text without its brackets, and those; whether "and" stood before it."""

    text: str
    notes: tuple[str, ...] = ()
    last: bool = False


def clauses(text: str) -> Iterator[Iterator[Atom]]:
    """The pieces of `text`, of each clause for itself; whom it only counts is left out."""
    masked, notes = _masked(text)
    return (_atoms(part, notes) for part in _CLAUSE.split(COUNTED.sub("", masked)))


def without_notes(text: str) -> str:
    """`text` without brackets and head counts."""
    return _MARKS.sub("", COUNTED.sub("", _masked(text)[0]))


def _masked(text: str) -> tuple[str, list[str]]:
    """`text` with a sign in place of each bracket, and what the brackets hold."""
    notes: list[str] = []

    def kept(found: re.Match[str]) -> str:
        notes.append(found[1])
        return chr(_MARK + len(notes) - 1)

    return _GAP.sub(", ", _BRACKET.sub(kept, _STARS.sub("", _MARKS.sub("", text)))), notes


def _atoms(clause: str, notes: Sequence[str]) -> Iterator[Atom]:
    for piece in _PIECE.split(clause):
        for at, text in enumerate(_parted(piece.strip())):
            said = tuple(notes[ord(mark) - _MARK] for mark in _MARKS.findall(text) if ord(mark) - _MARK < len(notes))
            last = at > 0 or bool(_AND.match(piece.strip()))
            core = _MARKS.sub("", text).strip()
            if core.strip(EDGES) or said:
                yield Atom(re.sub(r"\s+", " ", core), said, last)


def _parted(piece: str) -> list[str]:
    """`piece` cut at each "and" that stands between people and not within an office or a body's name."""
    parts = _AND.split(piece)
    if not parts[0]:
        parts = parts[1:]
    joints = _AND.findall(piece.lstrip())
    joints = joints[-(len(parts) - 1):] if len(parts) > 1 else []
    out = parts[:1]
    joined = 0
    for joint, part in zip(joints, parts[1:], strict=True):
        beside = (_is_beside(part) and not _is_person(out[-1])) or (_FIRM.match(part) and len(out[-1].split()) == 1)
        joined = joined + 1 if joined < _MOST_JOINED and beside else 0
        if joined:
            out[-1] = f"{out[-1]}{joint}{part}"
        else:
            out.append(part)
    return out


def _is_beside(text: str) -> bool:
    bare = _MARKS.sub("", text).strip(EDGES)
    return is_beside(bare) and not any(names(bare)) and not initialled(bare)


def _is_person(text: str) -> bool:
    bare = _MARKS.sub("", text).strip(EDGES)
    return any(names(bare)) or bool(initialled(bare)) or (len(bare.split()) > 1 and is_unmarked(bare))


def is_unmarked(text: str) -> bool:
    """Whether `text` looks like a name without title, and like no office and no body."""
    bare = _LETTER.sub("", text)
    return is_bare_name(bare) and bare not in TITLES and not is_beside(bare)


def initialled(text: str) -> list[re.Match[str]]:
    """The names with initials in `text`: "J H Todd", "R. Lane OBE"; and no body's letters: "NHS Westmarsh"."""
    found = _INITIALLED.finditer(text)
    return [each for each in found if not has_part(each["surname"]) and each[0].split(" ")[0].lower() not in GROUPS]
