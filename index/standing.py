"""Where in the texts of an item those stand who are asked for by name, as they are printed there."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from archive.model import Attendance, Item, Person
from index.analysis import fold
from index.naming import TITLES, is_identifier, names_person, without_title
from index.project import names_of
from index.tree import Field, Node, Or, conditions, field_of

Standing = Callable[[str], tuple[tuple[int, int], ...]]
"""The characters of a text that name one of them, in order."""

_APOSTROPHE, _HYPHEN = "['\u2019\u02bc]", "[-\u2010\u2011]"
_WORD = re.compile(rf"[^\W_]+(?:(?:{_APOSTROPHE}|{_HYPHEN})[^\W_]+)*")
_LETTERS = re.compile(r"[^\W_]+")
_BEFORE = rf"(?<!\w)(?<!\w{_HYPHEN})(?<!\w{_APOSTROPHE})"
_AFTER = rf"(?:{_APOSTROPHE}s)?(?!\w|{_HYPHEN}\w|{_APOSTROPHE}\w)"
_TITLES = re.compile(rf"(?<!\w)(?:(?:{'|'.join(sorted(TITLES))})\b\.?\s{{1,3}}){{1,3}}\Z", re.IGNORECASE)
_LONGEST_TITLES = 60    # characters before a name
_INITIAL_BEFORE = re.compile(rf"(?<!\w)(?<!{_APOSTROPHE})([^\W\d_])(?:\.\s?|\s)\Z")
_INITIAL_AFTER = re.compile(r"\s?\(([^\W\d_])\b")


def members_asked(tree: Node) -> tuple[Field, ...]:
    """The members that `tree` filters by."""
    parts = (part for part in conditions(tree) if field_of(part) == "member")
    return tuple(each for part in parts for each in (part.parts if isinstance(part, Or) else (part,))
                 if isinstance(each, Field))


def standing(asked: Sequence[Field], item: Item, attendance: Sequence[Attendance]) -> Standing:
    """What finds those who are `asked` for in a text of `item`, by the names it prints of them and as they are typed.

    Where of several people of one family name somebody else is printed ("A Pennyfold"), it is not they.
    """
    typed = [without_title(each.value) for each in asked if not is_identifier(each.value)]
    forms = [_Form(each, True, False) for each in typed]
    others: list[_Form] = []
    for name, is_asked in _names(asked, item, attendance):
        part = _part(name, typed) if is_asked else ""
        (forms if is_asked else others).append(_Form(part or without_title(name), is_asked, not part))
    words = {word for form in forms for word in _folded(form.text)}
    return _finder([*forms, *(form for form in others if not words.isdisjoint(_folded(form.text)))])


class _Form(NamedTuple):
    text: str
    is_asked: bool
    is_whole: bool    # of the name as printed: nothing of it stands beside


def _names(asked: Sequence[Field], item: Item, attendance: Sequence[Attendance]) -> Iterator[tuple[str, bool]]:
    """The names that `item` prints, and whether each is of somebody who is asked for."""
    for person in item.people:
        yield person.name, any(_is_meant(each, person, attendance) for each in asked)
    known = {person.name for person in item.people}
    for resolution in item.resolutions:
        for name in (resolution.mover, resolution.seconder):
            if name and name not in known:
                yield name, any(not is_identifier(each.value) and names_person(each.value, name) for each in asked)


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
    return [re.sub(_APOSTROPHE, "", fold(word)) for word in _WORD.findall(name)]


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
            if form.is_asked and not (form.is_whole and _has_initial_beside(form.text, text, found)):
                yield (_with_titles(text, found.start()) if form.is_whole else found.start()), found.end()

    return lambda text: tuple(find(text)) if any(map(text.lower().__contains__, keys)) else ()


def _pattern(name: str) -> str:
    """What finds `name` however it is spaced; "" where it has no word."""
    made, last = "", 0
    for word in _WORD.finditer(name):
        made += _between(name[last:word.start()]) if made else ""
        made += "".join(_any_sign(letter) for letter in word.group())
        last = word.end()
    return made + (r"(?:\s?\))?" if made and "(" in name[:last] and "(" not in name[last:] else "")


def _any_sign(letter: str) -> str:
    return next((signs for signs in (_APOSTROPHE, _HYPHEN) if letter in signs[1:-1]), re.escape(letter))


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
