"""The lists of who was there that printed minutes begin with: "PRESENT: ...", "Also present", "Apologies - ..."."""

import re
from collections.abc import Iterator
from dataclasses import replace

from crawler.blocks import Block, BlockKind

_PEOPLE = r"(?:members?|councillors?)"
_BODIES = "co-opted|independent|lay|voting|non-voting|cabinet|committee|panel|board|other|county|district|town|parish"
_WHO = "|".join((
    "in the chair", "officiating", "yn bresennol", "presennol", "ymddiheuriadau", "public gallery", "public", "press",
    rf"(?:(?:also|those|{_PEOPLE}|officers?|others?) )?(?:present|in attendance|attending|absent)",
    "(?:and )?(?:officials?|officers?)",
    "(?:officials?|officers?|staff|advis[eo]rs?|guests?|observers?|clerk)(?: also)?(?: present| in attendance)?",
    r"apolog(?:y|ies)(?: for (?:absence|lateness))?(?: (?:and|&) substitut\w+)?",
    r"substitut(?:es?|ions?)(?: members?)?",
    rf"(?:{_BODIES}|borough|city|oireachtas|elected) {_PEOPLE}(?: present| in attendance)?",
    r"members?(?: of the (?:public|press|committee|council|board|panel|press and public))?",
    "(?:deputy )?mayor", "sectoral interests?", "(?:vice[- ])?chair(?:man|person|woman)?", "councillors?",
))
_HOW = r"(?: (?:in the chair|virtually|remotely|online|via (?:zoom|teams)))?(?: \([^)]{1,40}\))?"
_LABEL = re.compile(rf"(?:{_WHO}){_HOW}\s*(?P<end>[:=–-]+|$)\s*(?P<rest>.*)", re.IGNORECASE)
_FURTHER = re.compile(rf"(?<=[.;])\s+(?=(?:{_WHO}){_HOW}\s*:)", re.IGNORECASE)
_RUN_ON = re.compile(   # "PRESENT Cllr A, Cllr B": no mark after the label
    r"(?:also )?(?:members? )?(?:present|in attendance|apologies|yn bresennol)\b\s*"
    r"(?=(?:cllrs?|councillors?|mr|mrs|ms|miss|dr|sir)\b)", re.IGNORECASE,
)
_EXCUSED = re.compile(r"(?:an )?apolog(?:y|ies)\b.{0,80}\bfrom\b", re.IGNORECASE)
_LINKING = frozenset(("and", "of", "the", "for", "de", "le", "van", "with", "via", "from", "in", "to", "as", "at", "on",
                      "by", "also", "plus", "a", "an"))


def opens_roll(block: Block) -> bool:
    """Whether `block` begins a list of who was there; a numbered one is an item."""
    if block.label is not None:
        return False
    if block.kind is BlockKind.TABLE:
        return bool(block.rows and block.rows[0]) and bool(_LABEL.fullmatch(block.rows[0][0].strip() or "-"))
    label = _LABEL.fullmatch(block.text)
    if label and (label["end"] or len(block.text) < 60):
        return len(label["rest"]) < 80 or ":" in label["end"] or is_names(label["rest"])
    return bool(_RUN_ON.match(block.text))


def split_rolls(block: Block) -> Iterator[Block]:
    """`block` cut where a further list begins on the same line: "Present: Cllr A. Apologies: Cllr B."."""
    if block.kind is BlockKind.TABLE or not opens_roll(block):
        yield block
        return
    for piece in _FURTHER.split(block.text):
        yield replace(block, text=piece.strip())


def goes_on(block: Block) -> bool:
    """Whether `block`, after one that opened or went on with a list, is more of it."""
    return block.kind is BlockKind.TABLE or (block.kind is not BlockKind.HEADING and is_names(block.text))


def is_names(text: str) -> bool:
    """Whether `text` is a list of names and offices and no sentence."""
    words = re.findall(r"[^\W\d_][\w’'.-]*", text)
    small = [word for word in words if word[0].islower() and word not in _LINKING]
    return bool(words) and len(small) * 4 <= len(words)


def says_excused(block: Block) -> bool:
    """Whether `block` is a sentence about apologies: it names people and is text of the minutes."""
    return bool(_EXCUSED.match(block.text))
