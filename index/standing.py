"""Where in the texts of an item those stand who are asked for by name, as they are printed there."""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from archive.model import Attendance, Item, Person
from index.analysis import fold
from index.naming import (
    APOSTROPHE,
    OF_NAMES,
    TITLES,
    is_identifier,
    names_person,
    spelt,
    untitled,
    without_title,
    words_of,
)
from index.project import names_of
from index.tree import Field, Node, Or, conditions, field_of

Standing = Callable[[str], tuple[tuple[int, int], ...]]
"""The characters of a text that name one of them, in order."""

_HYPHEN = "[-\u2010\u2011]"
_WORD = re.compile(rf"[^\W_]+(?:(?:{APOSTROPHE}|{_HYPHEN})[^\W_]+)*")
_LETTERS = re.compile(r"[^\W_]+")
_BEFORE = rf"(?<!\w)(?<!\w{_HYPHEN})(?<!\w{APOSTROPHE})(?<!\b\w{APOSTROPHE}\s)"
_AFTER = rf"(?:{APOSTROPHE}s)?(?!\w|{_HYPHEN}\w|{APOSTROPHE}\w)"
_TITLES = re.compile(rf"(?<!\w)(?:(?:{'|'.join(sorted(TITLES))})\b\.?\s{{1,3}}){{1,3}}\Z", re.IGNORECASE)
_LONGEST_TITLES = 60    # characters before a name
_INITIAL_BEFORE = re.compile(rf"(?<!\w)(?<!{APOSTROPHE})([^\W\d_])(?:\.\s?|\s)\Z")
_PARTED = re.compile(rf"(?:{OF_NAMES})(?={APOSTROPHE})", re.IGNORECASE)
_OFFICES = frozenset(("cllr", "councillor", "cyng", "cynghorydd"))
_OFFICE = re.compile(
    r"(?<!\w)(?:cllrs?|councillors?|cyng|c?h?nghynghorydd|[cg]h?ynghorydd|cynghorwyr)\b\.?\s{1,3}\Z", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\([^()]*\)?")
_HONOURS = frozenset(("bem", "cbe", "dbe", "dl", "jp", "kbe", "mbe", "mp", "ms", "obe"))
_INITIAL_AFTER = re.compile(r"\s?\(([^\W\d_])\b")


def members_asked(tree: Node) -> tuple[Field, ...]:
    """The members that `tree` filters by."""
    parts = (part for part in conditions(tree) if field_of(part) == "member")
    return tuple(each for part in parts for each in (part.parts if isinstance(part, Or) else (part,))
                 if isinstance(each, Field))


def standing(asked: Sequence[Field], item: Item, attendance: Sequence[Attendance]) -> Standing:
    """What finds those who are `asked` for in a text of `item`, by the names it prints of them and as they are typed.

    Where of several people of one family name somebody else is printed ("A Pennyfold"), it is not they; where nobody
    else is of their family name, "Councillor Pennyfold" is.
    """
    typed = [without_title(spelt(each.value)) for each in asked if not is_identifier(each.value)]
    forms = [_Form(each, True, False) for each in typed]
    others: list[_Form] = []
    names = _names(asked, item, attendance)
    for name, is_asked in names.items():
        part = _part(spelt(name), typed) if is_asked else ""
        (forms if is_asked else others).append(_Form(part or without_title(spelt(name)), is_asked, not part))
    alone = [_folded(each.text) for each in forms]
    forms += [_Form(each, True, True, True) for each in _families(names, names) if _folded(each) not in alone]
    words = {word for form in forms for word in _folded(form.text)}
    return _finder([*forms, *(form for form in others if not words.isdisjoint(_folded(form.text)))])


def named(asked: Sequence[Field], item: Item, attendance: Sequence[Attendance]) -> frozenset[str]:
    """The names that `item` prints of those who are `asked` for: of people, movers, voters, as each is printed."""
    return frozenset(name for name, is_asked in _names(asked, item, attendance).items() if is_asked)


class _Form(NamedTuple):
    text: str
    is_asked: bool
    is_whole: bool    # of the name as printed: nothing of it stands beside
    is_titled: bool = False    # it means them only after "Councillor"


def _names(asked: Sequence[Field], item: Item, attendance: Sequence[Attendance]) -> dict[str, bool]:
    """The names that `item` prints, and whether each is of somebody who is asked for."""
    if not asked:
        return {}
    people = (*item.people, *(Person(each.name, each.member) for each in item.declarations),
              *(Person(each.name, each.member) for each in item.movements))
    known: dict[str, bool] = {}
    for person in people:
        known[person.name] = known.get(person.name, False) or any(
            _is_meant(each, person, attendance) for each in asked)
    linked = {person.name for person in people if person.member}
    others = dict.fromkeys(name for name in _movers_and_voters(item) if name not in known)
    if others:
        words = _by_words(known)
        known |= {name: words.get(untitled(name), False) or any(
            not is_identifier(each.value) and names_person(each.value, name) for each in asked) for name in others}
    families = {words_of(each) for each in _families(known, linked)}
    if not families:
        return known
    return {name: is_asked or (name not in linked and _is_alone(name, families)) for name, is_asked in known.items()}


def _by_words(known: Mapping[str, bool]) -> dict[tuple[str, ...], bool]:
    """Whether the names of those words, whatever title is before them, are all of somebody who is asked for."""
    words: dict[tuple[str, ...], bool] = {}
    for name, is_asked in known.items():
        words[untitled(name)] = is_asked and words.get(untitled(name), True)
    return words


def _movers_and_voters(item: Item) -> Iterator[str]:
    for resolution in item.resolutions:
        names = resolution.vote.names if resolution.vote else None
        voters = (*names.for_, *names.against, *names.abstain) if names else ()
        yield from filter(None, (resolution.mover, resolution.seconder, *voters))


def _is_alone(name: str, families: Container[tuple[str, ...]]) -> bool:
    """Whether `name` is one of these family names, with no title but a councillor's."""
    words, family = words_of(name), untitled(name)
    return family in families and _OFFICES.issuperset(words[:len(words) - len(family)])


def _families(names: Mapping[str, bool], linked: Container[str]) -> list[str]:
    """The family names, as printed, of those asked for, which of all `names` nobody else has.

    Who is called by a family name alone and is `linked` to nobody is nobody else.
    """
    families = {words_of(family): family for name, is_asked in names.items() if is_asked and (family := _family(name))}
    inside = {word for words in families for word in words}
    others = {word for name, is_asked in names.items() if not is_asked and not inside.isdisjoint(words_of(name))
              and (name in linked or not _is_alone(name, families)) for word in words_of(name)}
    return [family for words, family in families.items() if others.isdisjoint(words)]


def _family(name: str) -> str:
    """The family name in `name`, as printed; "" where it is one word that may be a given name, or there is none."""
    first, comma, rest = _IN_BRACKETS.sub(" ", spelt(name)).partition(",")
    words = [each for each in _WORD.findall(without_title(first)) if fold(each) not in TITLES | _HONOURS]
    is_only = len(words) == 1 and not (comma and rest.strip()) and len(untitled(name)) == 1
    return words[-1] if words and len(words[-1]) > 1 and (not is_only or len(words_of(name)) > 1) else ""


def _is_meant(asked: Field, person: Person, attendance: Sequence[Attendance]) -> bool:
    if person.member and person.member in (asked.value, *asked.meant):
        return True
    return not is_identifier(asked.value) and any(
        names_person(asked.value, name) for name in names_of(person, attendance))


def _part(name: str, typed: Iterable[str]) -> str:
    """What of `name` was typed, as `name` has it."""
    words, folded = [*_WORD.finditer(name)], _folded(name)
    for each in map(_folded, typed):
        for at in range(len(folded) - len(each) + 1):
            if each and folded[at:at + len(each)] == each:
                return name[words[at].start():words[at + len(each) - 1].end()]
    return ""


def _folded(name: str) -> list[str]:
    return [re.sub(APOSTROPHE, "", fold(word)) for word in _WORD.findall(name)]


def _finder(forms: Iterable[_Form]) -> Standing:
    first = {_pattern(form.text): form for form in sorted(forms, key=lambda each: each.is_asked)}
    patterns = sorted(filter(None, first), key=len, reverse=True)
    inorder = [first[pattern] for pattern in patterns]
    keys = {max(_LETTERS.findall(form.text), key=len).lower() for form in inorder if form.is_asked}
    if not keys:
        return lambda _: ()
    any_of = re.compile(f"{_BEFORE}(?:{'|'.join(f'({each})' for each in patterns)}){_AFTER}", re.IGNORECASE)

    def find(text: str) -> Iterator[tuple[int, int]]:
        for found in any_of.finditer(text):
            form = inorder[(found.lastindex or 0) - 1]
            if form.is_asked and not (form.is_whole and _has_initial_beside(form.text, text, found)) and not (
                form.is_titled and not _OFFICE.search(text[max(0, found.start() - _LONGEST_TITLES):found.start()])
            ):
                yield (_with_titles(text, found.start()) if form.is_whole else found.start()), found.end()

    return lambda text: tuple(find(text)) if any(map(text.lower().__contains__, keys)) else ()


def _pattern(name: str) -> str:
    """What finds `name` however it is spaced; "" where it has no word."""
    made, last = "", 0
    for word in _WORD.finditer(name):
        made += _between(name[last:word.start()]) if made else ""
        made += _any_signs(word.group())
        last = word.end()
    return made + (r"(?:\s?\))?" if made and "(" in name[:last] and "(" not in name[last:] else "")


def _any_signs(word: str) -> str:
    """What finds `word` with any apostrophes and hyphens, and with a space after the apostrophe of O’ Donnell."""
    parted = _PARTED.match(word)
    at = parted.end() + 1 if parted else 0
    first, rest = ("".join(map(_any_sign, part)) for part in (word[:at], word[at:]))
    return rf"{first}\s{{0,2}}{rest}" if at else rest


def _any_sign(letter: str) -> str:
    return next((signs for signs in (APOSTROPHE, _HYPHEN) if letter in signs[1:-1]), re.escape(letter))


def _between(printed: str) -> str:
    sign = next((each for each in "(,)" if each in printed), "")
    return rf"\s?{re.escape(sign)}\s?" if sign else r"[.\s]{1,3}" if printed.strip(". ") == "" else r"\W{1,3}"


def _has_initial_beside(name: str, text: str, found: re.Match[str]) -> bool:
    """Whether a family name that is printed alone elsewhere has an initial here: then it is somebody else's."""
    if len(_WORD.findall(name)) > 1:
        return False
    beside = _INITIAL_BEFORE.search(text[max(0, found.start() - 4):found.start()]) or _INITIAL_AFTER.match(
        text, found.end())
    return bool(beside and beside.group(1).isupper())


def _with_titles(text: str, start: int) -> int:
    titles = _TITLES.search(text[max(0, start - _LONGEST_TITLES):start])
    return start - len(titles.group()) if titles else start
