"""The small language in which the sample's sentences are written, and the words that English bends.

`[a|b|c]` is a choice, and may hold choices; `{12-40}`, `{1.5-4.2}` and `{1,200-3,400}` are numbers drawn from a range
and printed in its form; `{name}` is asked of the scene in which the sentence is spoken.
"""

import re
from collections.abc import Callable
from random import Random

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{([^{}]+)\}")
_RANGE = re.compile(r"(\d[\d,]*(?:\.\d+)?)-(\d[\d,]*(?:\.\d+)?)\Z")
_SMALL = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_IN_FIGURES = re.compile(
    r"(?:grade|page|section|zone|conditions?|and|to|by|Years?|number|Bridleway|paragraph|over|until) \Z"
)
_UNITS = re.compile(r" ?(?:per |million|billion|p\.m|a\.m|tonne|metres?\b|mega|and \d|points|hectares|[^\w\s,;)]|\Z)")
_STRAY_COMMA = re.compile(r",(?=\s*[,.;:)]|\s*\Z)")
_SENTENCE_END = (".", "?", "!", ":", ";", "”", "’")

Slots = Callable[[str], str]


def expand(pattern: str, rng: Random, slots: Slots) -> str:
    """`pattern` with its choices made by `rng` and its slots filled by `slots`; single spaces."""
    while (choice := _CHOICE.search(pattern)) is not None:
        pattern = pattern[: choice.start()] + rng.choice(choice[1].split("|")) + pattern[choice.end() :]

    def fill(slot: re.Match[str]) -> str:
        span = _RANGE.match(slot[1])
        if span is None:
            return slots(slot[1])
        drawn = number_in(span[1], span[2], rng)
        return _SMALL[int(drawn)] if _is_counted(drawn, pattern, slot) else drawn

    filled = " ".join(_SLOT.sub(fill, pattern).split())
    return _STRAY_COMMA.sub("", filled.replace(" ,", ",").replace(" .", "."))


def _is_counted(drawn: str, pattern: str, slot: re.Match[str]) -> bool:
    """Whether a number is written out: a small one that counts things, not an amount, a share or a reference."""
    before, after = pattern[: slot.start()], pattern[slot.end() :]
    if len(drawn) != 1 or drawn == "0" or _IN_FIGURES.search(before) or _UNITS.match(after):
        return False
    return (not before or before.endswith(" ")) and after.startswith(" ")


def number_in(low: str, high: str, rng: Random) -> str:
    """A number from `low` to `high`, with as many decimals as `low` has and commas where either has one."""
    decimals = len(low.partition(".")[2])
    factor = 10**decimals
    least, most = (round(float(each.replace(",", "")) * factor) for each in (low, high))
    drawn = rng.randint(least, most)
    return f"{drawn / factor:,.{decimals}f}" if "," in low + high else f"{drawn / factor:.{decimals}f}"


def sentence(text: str) -> str:
    """`text` as a sentence of its own: a capital first and a stop last."""
    opened = text[:1].upper() + text[1:]
    return opened if opened.endswith(_SENTENCE_END) else opened + "."


def joined(names: list[str] | tuple[str, ...], word: str = "and") -> str:
    """ "A", "A and B", "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {word} {names[-1]}"


def third_person(verb: str) -> str:
    """ "notes" of "note", "refers" of "refer"; the sample's verbs are regular but for "be"."""
    if verb.endswith(("s", "sh", "ch", "x")):
        return verb + "es"
    return verb[:-1] + "ies" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + "s"


_DOUBLED = {
    "refer": "referred",
    "defer": "deferred",
    "permit": "permitted",
    "submit": "submitted",
    "commit": "committed",
}
_IRREGULAR = {
    "draw": "drawn",
    "set": "set",
    "hold": "held",
    "bring": "brought",
    "give": "given",
    "put": "put",
    "keep": "kept",
    "make": "made",
    "write": "written",
    "take": "taken",
    "withdraw": "withdrawn",
    "seek": "sought",
}


def participle(verb: str) -> str:
    """ "noted" of "note", "referred" of "refer", "kept" of "keep"."""
    known = _DOUBLED.get(verb) or _IRREGULAR.get(verb)
    if known:
        return known
    if verb.endswith("e"):
        return verb + "d"
    return verb[:-1] + "ied" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + "ed"


_TEENS = range(11, 14)


def ordinal(day: int) -> str:
    """ "1st" of 1, "12th" of 12."""
    return f"{day}{'th' if day % 100 in _TEENS else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def roman(number: int) -> str:
    """ "iv" of 4, up to twelve."""
    return _ROMAN[number - 1]


def letter(number: int) -> str:
    """ "a" of 1."""
    return "abcdefghijklmnopqrstuvwxyz"[number - 1]
