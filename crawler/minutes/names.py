"""Names of people as minutes print them: found in a text by their titles, taken apart, compared.

A plural title opens a list ("Councillors A, B and C"); each of its names is given that title in the singular.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from crawler.minutes.vocabulary import (
    ADDRESSED,
    CIVIL_TITLES,
    COUNCIL_TITLES,
    FEMALE,
    HONOURS,
    MALE,
    NO_NAMES,
    PARTICLES,
    PEERS,
    PLACES,
    SURNAMES,
    TITLES,
)

SINGULAR = {
    "Councillors": "Councillor", "Cllrs": "Cllr", "Crs": "Cr", "Messrs": "Mr", "Mesdames": "Mrs",
    "Aldermen": "Alderman", "Cynghorwyr": "Cynghorydd",
}  # fmt: skip
_ALONE = sorted(TITLES - {"Hon", "Honorary", "County", "Father", "Provost", "Judge", "Major"}, key=len, reverse=True)
_TITLE = re.compile(rf"(?<![\w’'-])(?:County )?(?:(?P<plural>{'|'.join(SINGULAR)})|(?:{'|'.join(_ALONE)}))\b\.?:?[ ]")
_WORD = re.compile(r"\S+")
_NEXT = re.compile(r"(?: ?\([^()]{0,80}\))?(?:,? (?:and|a|ac|&) |[,;] ?(?:and )?)")
_STYLED = re.compile(rf"(?: \([A-Z]\.?\))?(?:,? (?:{'|'.join(sorted(HONOURS))})\b\.?(?![\w’'-]))*")   # "Collins (M)"
_OFFICE_OF = re.compile(r" (?:of|for|to)\b| [^\W\d_]*[A-Z]")   # "Head of Finance", "Lord Mayor"
_LONGEST = 120   # characters: no name is longer
_MOST = 200      # names of one list


class Printed(NamedTuple):
    """A name as printed, and where in the text it ends."""

    name: str
    end: int


@dataclass(frozen=True, slots=True)
class Parts:
    """A name taken apart, in lower case: its titles, its forenames or initials, its surname."""

    titles: frozenset[str]
    forenames: tuple[str, ...]
    surname: str


def names(text: str) -> Iterator[str]:
    """Every titled name in `text`, in order, as printed."""
    return (printed.name for printed in find_names(text))


def find_names(text: str) -> Iterator[Printed]:
    """Every titled name in `text`, with its end."""
    at = 0
    while found := _TITLE.search(text, at):
        at = found.end()
        if found["plural"]:
            for printed in _listed(text, at, SINGULAR[found["plural"]]):
                yield printed
                at = printed.end
        elif name := _name(text, found.start()):
            yield name
            at = max(at, name.end)


def _name(text: str, start: int, listed: bool = False) -> Printed | None:
    """The name that stands at `start`, its titles first; in a list after a plural title it needs none of its own."""
    words: list[str] = []
    titles, end = 0, start
    for word in _WORD.finditer(text, start, min(len(text), start + _LONGEST)):
        core = _core(word.group())
        if not core or word.group()[0] in "([":   # a party, a ward, an office
            break
        after = text[word.start() + len(core) :][:40]
        surname = core in SURNAMES and _may_be_surname(core, words, titles, listed, after)
        if titles == len(words) and core.rstrip(".") in TITLES and not surname:
            titles += 1
        elif not (surname or _is_name_word(core, words, titles, after)):
            break
        mark = word.group()[len(core) :]
        words.append(core + "." if mark[:1] == "." and is_initials(core) and len(words) >= titles else core)
        end = word.start() + len(words[-1])
        if surname or _ends_name(mark, core, titles == len(words)) or len(words) - titles == 5:
            break
    while len(words) > titles and words[-1] in PARTICLES | {"of"}:
        words.pop()
    if words:
        words[-1] = words[-1].rstrip(".")
    if all(map(is_initials, words[titles:])):
        return None
    if styled := _STYLED.match(text, end):
        return Printed(" ".join(words) + styled[0].rstrip("."), styled.end())
    return Printed(" ".join(words), end)


def _core(word: str) -> str:
    """A word without the marks after it and the genitive."""
    return re.sub(r"['’]s\Z", "", word.rstrip(".,;:)]”\"’'!?"))


def _is_name_word(core: str, words: list[str], titles: int, after: str) -> bool:
    if core in NO_NAMES or core in HONOURS or any(map(str.isdigit, core)):
        return False
    if core in PARTICLES:
        return True
    peer = not PEERS.isdisjoint(words[:titles])
    if core == "of":   # Baroness Scott of Bybrook
        return len(words) > titles and peer
    if core in PLACES and len(words) == titles == 1 and peer and after[:4] != " of ":   # Lord Street
        return False
    return core[0].isupper()


def _may_be_surname(core: str, words: list[str], titles: int, listed: bool, after: str) -> bool:
    """Whether an office or title is somebody's surname here: "Cllr Mayor", "Mrs C Head", not "Head of Finance"."""
    if _OFFICE_OF.match(after):
        return False
    before = words[titles:]
    if before:
        return len(before) < 3 and (core not in ADDRESSED or all(map(is_initials, before)))
    own = words[-1:] if titles else []
    if (own and own[0] in COUNCIL_TITLES) or (listed and not own):
        return True
    return bool(own) and own[0] in CIVIL_TITLES and core not in ADDRESSED


def _ends_name(mark: str, core: str, is_title: bool) -> bool:
    """Whether the mark after a word ends the name; the dot of a title or an initial does not."""
    return bool(mark) and not (mark == "." and (is_title or is_initials(core)))


def is_initials(word: str) -> bool:
    """Whether `word` is initials: "J", "R.W.", "AB"."""
    letters = word.replace(".", "")
    return 0 < len(letters) <= 3 and letters.isupper()


def _listed(text: str, start: int, title: str) -> Iterator[Printed]:
    """The names of a list after a plural title."""
    at = start
    for _ in range(_MOST):
        printed = _name(text, at, listed=True)
        if printed is None:
            return
        yield Printed(with_title(printed.name, title), printed.end)
        following = _NEXT.match(text, printed.end)
        if not following:
            return
        at = following.end()


def with_title(name: str, title: str) -> str:
    """`name` with the `title` of its list, unless it has one as high: "Mrs Smith" is "Councillor Mrs Smith"."""
    first, _, rest = name.partition(" ")
    return name if rest and first.rstrip(".") in TITLES - CIVIL_TITLES else f"{title} {name}"


@lru_cache(maxsize=8192)   # every name is compared with every member of the council
def parts(name: str) -> Parts:
    """`name` taken apart; honours and marks after it are left out, and "Collins (M)" is M Collins."""
    name = re.sub(r"\A(.*?)(\S+) (\([A-Z]\.?\))", r"\1\3 \2", name)
    words = [word.strip(".,()") for word in name.replace(".", ". ").split()]
    kept = [word for word in words if word and word not in HONOURS]
    titles = frozenset(word.lower() for word in kept if word in TITLES)
    plain = [_plain(word) for word in kept if word not in TITLES]
    return Parts(titles, tuple(plain[:-1]), plain[-1] if plain else "")


def _plain(word: str) -> str:
    return re.sub(r"['’‘`-]", "", word).casefold()


def compatible(one: Parts, other: Parts) -> bool:
    """Whether both names can be one person's: surnames alike, forenames or initials agreeing where both have any."""
    if one.surname != other.surname or not one.surname or _contradict(one.titles, other.titles):
        return False
    return all(_same(first, second) for first, second in zip(one.forenames, other.forenames, strict=False))


def _contradict(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool((one & MALE and other & FEMALE) or (one & FEMALE and other & MALE))


def _same(first: str, second: str) -> bool:
    """Whether two forenames agree; an initial agrees with every name that it begins."""
    return first[:1] == second[:1] if min(len(first), len(second)) == 1 else first == second


def is_bare_name(text: str) -> bool:
    """Whether `text` looks like a name without title: "R W Gough", "McKay", "Ó Ceallaigh"."""
    words = text.split()
    return 0 < len(words) < 6 and not is_initials(words[-1]) and all(_is_part(word.strip(".,")) for word in words)


def _is_part(word: str) -> bool:
    return bool(word) and word not in NO_NAMES and (word[0].isupper() or word in PARTICLES)
