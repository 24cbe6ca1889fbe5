"""Names of people as minutes print them: found in a text by their titles, taken apart, compared.

A plural title opens a list ("Councillors A, B and C"); each of its names is given that title in the singular.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from crawler.minutes.latest import LONG
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
    SHOUTED,
    SURNAMES,
    TITLES,
)

SINGULAR = {
    "Councillors": "Councillor", "Cllrs": "Cllr", "Crs": "Cr", "Messrs": "Mr", "Mesdames": "Mrs",
    "Aldermen": "Alderman", "Bailies": "Bailie", "Cynghorwyr": "Cynghorydd", "COUNCILLORS": "Councillor",
    "CLLRS": "Cllr",
}  # fmt: skip
ABBREVIATED = (
    "Cllr", "Cllrs", "Cr", "Crs", "Cyng", "Ald", "Mr", "Mrs", "Ms", "Mx", "Messrs", "Dr", "Prof", "Rev", "Revd", "Hon",
    "Capt", "Col", "Lt", "Sgt", "St", "Ven",
)  # fmt: skip
"""What a name begins with that is printed with a dot, which ends no sentence."""

_OFFICE_TITLES = ("Provost", "Convener", "Convenor", "Deputy")   # before a name alone: else they are the office itself
_NOT_ALONE = {"Hon", "Honorary", "County", "Father", "Judge", "Major", "CC", *_OFFICE_TITLES}
_ALONE = sorted((*(TITLES - _NOT_ALONE), *(title.upper() for title in SHOUTED)), key=len, reverse=True)
_TITLE = re.compile(
    r"(?<![\w’'-])(?:(?:County|Honorary|Hon\.?) )?"
    rf"(?:(?P<plural>{'|'.join(SINGULAR)})|(?P<office>{'|'.join(_OFFICE_TITLES)})|"
    rf"(?:(?<![A-Za-z] )|(?<=\band )|(?<=\bby )|(?<=\bfrom ))CC|(?:{'|'.join(_ALONE)}))\b\.?:?[ ]"
)
# Where a title may begin: by its first letter, then by what stands before it, which is many times as fast.
_OPENINGS = ("County ", "Honorary ", "Hon ", "Hon. ", "CC", *SINGULAR, *_OFFICE_TITLES, *_ALONE)
_OPENING = re.compile("|".join(
    f"{letter}(?<![\\w’'-]{letter})(?:{'|'.join(re.escape(each[1:]) for each in _OPENINGS if each[0] == letter)})"
    for letter in sorted({each[0] for each in _OPENINGS})))
_ARTICLE = re.compile(r"\A[Yy]r? (?=(?:Cynghor(?:ydd|wyr)|Cyng|Henadur)\b)")
_WORD = re.compile(r"\S+")
_NEXT = re.compile(r"(?: ?\([^()]{0,80}\))?(?:,? (?:and|AND|a|ac|&) |[,;] ?(?:and )?)")
_STYLED = re.compile(rf"(?: \([A-Z]\.?\))?(?:,? (?:{'|'.join(sorted(HONOURS))})\b\.?(?![\w’'-]))*")   # "Collins (M)"
_OFFICE_OF = re.compile(r" (?:of|for|to)\b| [^\W\d_]*[A-Z]")   # "Head of Finance", "Lord Mayor"
_GOES_ON = re.compile(r" (?:[^\W\d_]*[A-Z]|[0-9]|of\b|for\b)")
_BRACKETED = re.compile(r"\(([A-Z][a-z]+)\.?\)")   # "Councillor (Mrs) Smith"
_SHORT_SURNAME = re.compile(r"(?=[A-Z]*[AEIOUY])[A-Z]{3}")   # "Councillor FOX"
_INITIAL_AFTER = re.compile(r"(?<!\S)(\S+) (\([A-Z]\.?\))")   # "Collins (M)"
_MOST_TITLES, _MOST_NAMES = 8, 5
_SHORTENED = 3   # letters of a short forename
_LONGEST = 120   # characters: no name is longer
_MOST = 200      # names of one list
_MOST_KEPT = 1000    # texts whose names are remembered from one meeting to the next


class Printed(NamedTuple):
    """A name as printed, and where in the text it ends and starts; of one of a list without its title."""

    name: str
    end: int
    start: int = 0
    listed: bool = False    # after a plural title


@dataclass(frozen=True, slots=True)
class Parts:
    """A name taken apart, in lower case: its titles, its forenames or initials, its surname."""

    titles: frozenset[str]
    forenames: tuple[str, ...]
    surname: str


def names(text: str) -> Iterator[str]:
    """Every titled name in `text`, in order, as printed."""
    return (printed.name for printed in found_names(text))


def found_names(text: str) -> tuple[Printed, ...]:
    """Every titled name in `text`, in order, with its place."""
    return _of_short(text) if len(text) < LONG else _of_long(text)


def _found(text: str) -> tuple[Printed, ...]:
    return tuple(find_names(text))


# Who is named, speaks, declares and leaves is asked of each paragraph of a meeting.
_of_short, _of_long = lru_cache(maxsize=20_000)(_found), lru_cache(maxsize=200)(_found)


def without_article(name: str) -> str:
    """A name without the Welsh article before its title: "Y Cynghorydd Ada Fell"; "Y Chen" is somebody's initial."""
    return _ARTICLE.sub("", name)


def forget_names() -> None:
    """Let go of the texts of a meeting that is read: those of the longest take as much memory as the meeting."""
    _of_long.cache_clear()
    if _of_short.cache_info().currsize > _MOST_KEPT:
        _of_short.cache_clear()


def find_names(text: str) -> Iterator[Printed]:
    """The same, as far as they are asked for."""
    at = 0
    while opening := _OPENING.search(text, at):
        found = _TITLE.match(text, opening.start())
        if found is None:
            at = opening.start() + 1
            continue
        at = found.end()
        if found["plural"]:
            kind = text[found.start() : found.start("plural")]   # "County "
            for printed in _listed(text, at, kind + SINGULAR[found["plural"]]):
                yield printed
                at = printed.end
        elif (name := _name(text, found.start())) and not (found["office"] and _is_office(text, at, name)):
            yield name
            at = max(at, name.end)


def _is_office(text: str, after: int, name: Printed) -> bool:
    """Whether "Provost" or "Deputy" is no style of a name here: "Deputy Monitoring Officer", "Provost Councillor A"."""
    first = _WORD.match(text, after)
    return bool(_GOES_ON.match(text, name.end)) or first is None or is_title(_core(first.group()))


def _name(text: str, start: int, listed: bool = False) -> Printed | None:
    """The name that stands at `start`, its titles first; in a list after a plural title it needs none of its own."""
    words: list[str] = []
    ends: list[int] = []
    titles = 0
    for word in _WORD.finditer(text, start, min(len(text), start + _LONGEST)):
        core = _core(word.group())
        if not core or word.group()[0] in "([":   # a party, a ward, an office
            bracketed = _BRACKETED.fullmatch(word.group()) if titles == len(words) else None
            if bracketed is None or bracketed[1] not in TITLES:
                break
            titles += 1
            words.append(word.group())
            ends.append(word.end())
            continue
        if core.lower() == "the" and 0 < titles == len(words) and _TITLE.match(text, word.end() + 1):
            titles += 1    # Councillor the Reverend A B
            words.append(word.group())
            ends.append(word.end())
            continue
        after = text[word.start() + len(core) :][:40]
        surname = core in SURNAMES and _may_be_surname(core, words, titles, listed, after)
        titled = titles == len(words) and is_title(core) and not surname
        titles += titled
        if not (titled or surname or _is_name_word(core, words, titles, after)):
            break
        mark = word.group()[len(core) :]
        words.append(core + "." if mark[:1] == "." and (titled or is_initials(core) or core == "St") else core)
        ends.append(word.start() + len(words[-1]))
        most = len(words) - titles == _MOST_NAMES or titles == _MOST_TITLES
        if surname or most or _ends_name(mark, core, titles == len(words)):
            break
    while len(words) > titles and words[-1] in PARTICLES | {"of"}:
        words.pop()
    return _printed(text, words, titles, start, ends[len(words) - 1] if words else start)


def _printed(text: str, words: list[str], titles: int, start: int, end: int) -> Printed | None:
    """The name of these words with the honours after it, if there is a surname among them."""
    if words:
        words[-1] = words[-1].rstrip(".")
    if all(map(is_initials, words[titles:])) and not (words[titles:] and _SHORT_SURNAME.fullmatch(words[-1])):
        return None
    styled = _STYLED.match(text, end)
    if styled is None:
        return Printed(" ".join(words), end, start)
    return Printed(" ".join(words) + styled[0].rstrip("."), styled.end(), start)


@lru_cache(maxsize=8192)
def is_title(word: str) -> bool:
    """Whether `word` is a title before a name, in capitals too where that is usual."""
    plain = word.rstrip(".")
    return plain in TITLES or (plain.isupper() and plain.title() in SHOUTED)


def _core(word: str) -> str:
    """A word without the marks after it and the genitive."""
    core = word.rstrip(".,;:)]”\"’'!?*†‡")
    return core[:-2] if core.endswith(("'s", "’s")) else core


def _is_name_word(core: str, words: list[str], titles: int, after: str) -> bool:
    if core in NO_NAMES or core in HONOURS or any(map(str.isdigit, core)):
        return False
    if core.isupper() and core.title() in NO_NAMES:
        return False
    if core in PARTICLES:
        return True
    peer = not PEERS.isdisjoint(words[:titles])
    if core == "of":   # Baroness Scott of Bybrook
        return len(words) > titles and peer
    if core in PLACES and len(words) == titles == 1 and peer and after[:4] != " of ":   # Lord Street
        return False
    return core[0].isupper() or (core[:2] in ("d'", "d’") and core[2:3].isupper())


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
    return bool(mark) and not (mark == "." and (is_title or is_initials(core) or core == "St"))


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
        yield Printed(with_title(printed.name, title), printed.end, printed.start, listed=True)
        following = _NEXT.match(text, printed.end)
        if not following:
            return
        at = following.end()


def with_title(name: str, title: str) -> str:
    """`name` with the `title` of its list, unless it has one as high: "Mrs Smith" is "Councillor Mrs Smith"."""
    first, _, rest = name.partition(" ")
    own = rest and is_title(first) and first.rstrip(".").title() not in CIVIL_TITLES
    return name if own else f"{title} {name}"


@lru_cache(maxsize=8192)   # every name is compared with every member of the council
def parts(name: str) -> Parts:
    """`name` taken apart, without accents; honours and marks after it are left out, and "Collins (M)" is M Collins."""
    name = _INITIAL_AFTER.sub(r"\2 \1", without_article(name), count=1)
    words = [word.strip(".,()") for word in name.replace(".", ". ").split()]
    kept = [word for word in words if word and word not in HONOURS]
    titles = frozenset(word.lower() for word in kept if is_title(word))
    plain = [_plain(word) for word in kept if not is_title(word) and word.lower() != "the"]
    return Parts(titles, tuple(plain[:-1]), plain[-1] if plain else "")


def _plain(word: str) -> str:
    if word.isascii():
        return re.sub(r"['`-]", "", word).casefold()
    bare = "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))
    return re.sub(r"['’‘`-]", "", bare).casefold()


def compatible(one: Parts, other: Parts) -> bool:
    """Whether both names can be one person's: surnames alike, forenames or initials agreeing where both have any."""
    if _contradict(one.titles, other.titles):
        return False
    return any(_agree(first, second) for first, mine in _surnames(one) for second, theirs in _surnames(other)
               if mine == theirs != "")


def surnames(person: Parts) -> frozenset[str]:
    """The surnames that a name may have: "Bethan Lloyd Jones" is a Jones, or a Lloyd-Jones."""
    return frozenset(surname for _, surname in _surnames(person))


def _surnames(person: Parts) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Each way to part forenames from surname."""
    apart = (person.forenames, person.surname)
    if not person.forenames or len(person.forenames[-1]) == 1:
        return (apart,)
    return apart, (person.forenames[:-1], person.forenames[-1] + person.surname)


def _agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if all(_same(first, second) for first, second in zip(one, other, strict=False)):
        return True
    return _goes_by(one, other) or _goes_by(other, one)


def _goes_by(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether somebody of the `full` names may be called by the later ones alone: "Lloyd Jones" is Emma Lloyd Jones."""
    return 0 < len(short) < len(full) and full[-len(short):] == short and all(len(name) > 1 for name in short)


def _contradict(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool((one & MALE and other & FEMALE) or (one & FEMALE and other & MALE))


def _same(first: str, second: str) -> bool:
    """Whether two forenames agree; an initial agrees with every name that it begins, and so does Chris."""
    short, full = sorted((first, second), key=len)
    return full.startswith(short) if len(short) == 1 or len(short) >= _SHORTENED else short == full


def is_bare_name(text: str) -> bool:
    """Whether `text` looks like a name without title: "R W Gough", "McKay", "Ó Ceallaigh"."""
    words = text.split()
    return 0 < len(words) < 6 and not is_initials(words[-1]) and all(_is_part(word.strip(".,")) for word in words)


def _is_part(word: str) -> bool:
    return bool(word) and word not in NO_NAMES and (word[0].isupper() or word in PARTICLES)
