"""Word's automatic numbering as Word would print it (ECMA-376, part 1, 17.9).

A paragraph names a list and a level in it; lists that share one definition count on together.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from docx.document import Document
from docx.oxml.ns import qn
from lxml.etree import _Element as Element

_LEVELS = 9
_MOST = 4000   # the last number that is written in letters; more of them are no list but an attack
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class Number:
    """What is printed before a paragraph: `label`, or a bullet; `level` from 0."""

    label: str | None
    level: int
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int
    legal: bool


class Numbering:
    """The lists of a document, counting as its paragraphs are read in order."""

    def __init__(self, document: Document) -> None:
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._styled: dict[str, Element] = {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[str] = set()
        for style in document.styles.element.iterchildren(qn("w:style")):
            found = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if found is not None:
                self._styled[style.get(qn("w:styleId"))] = found
        self._based = {
            style.get(qn("w:styleId")): _value(style, "w:basedOn")
            for style in document.styles.element.iterchildren(qn("w:style"))
        }
        root = _numbering_part(document)
        if root is not None:
            self._read(root)

    def _read(self, root: Element) -> None:
        abstract = {each.get(qn("w:abstractNumId")): each for each in root.iterchildren(qn("w:abstractNum"))}
        for each in root.iterchildren(qn("w:num")):
            identity, named = each.get(qn("w:numId")), _value(each, "w:abstractNumId")
            if identity is None or named is None or named not in abstract:
                continue
            defined = abstract[named].iterchildren(qn("w:lvl"))
            levels = {int(level.get(qn("w:ilvl"), "0")): _level(level) for level in defined}
            restarts = {}
            for change in each.iterchildren(qn("w:lvlOverride")):
                at = int(change.get(qn("w:ilvl"), "0"))
                if (level := change.find(qn("w:lvl"))) is not None:
                    levels[at] = _level(level)
                if (start := _value(change, "w:startOverride")) is not None:
                    restarts[at] = int(start)
            self._lists[identity], self._restarts[identity] = (named, levels), restarts

    def take(self, paragraph: Element, style: str | None) -> Number | None:
        """The number of the next paragraph of the document; `None` when Word prints none."""
        named = self._named(paragraph, style)
        if named is None or named[0] not in self._lists:
            return None
        identity, at = named
        counted, levels = self._lists[identity]
        if at not in levels:
            return None
        self._step(identity, counted, at, levels)
        level = levels[at]
        if level.form == "bullet":
            return Number(None, at, bullet=True)
        counts = self._counts[counted]

        def shown(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            other = levels.get(place, level)
            form = "decimal" if level.legal else other.form
            return _FORMS.get(form, str)(counts.get(place, other.start))

        label = re.sub(r"%([1-9])", shown, level.text).strip() if level.form != "none" else ""
        return Number(label or None, at)

    def _named(self, paragraph: Element, style: str | None) -> tuple[str, int] | None:
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        inherited = self._inherited(style)
        sources = [each for each in (own, inherited) if each is not None]
        identity = next((found for each in sources if (found := _value(each, "w:numId"))), None)
        at = next((found for each in sources if (found := _value(each, "w:ilvl"))), "0")
        return (identity, min(int(at), _LEVELS - 1)) if identity and identity != "0" else None

    def _inherited(self, style: str | None) -> Element | None:
        for _ in range(_LEVELS):
            if style is None or style in self._styled:
                break
            style = self._based.get(style)
        return self._styled.get(style) if style else None

    def _step(self, identity: str, counted: str, at: int, levels: dict[int, _Level]) -> None:
        counts = self._counts[counted]
        if identity not in self._begun:
            self._begun.add(identity)
            for place, start in self._restarts[identity].items():
                counts[place] = start - 1
        for place in range(at):
            counts.setdefault(place, levels[place].start if place in levels else 1)
        counts[at] = counts.get(at, levels[at].start - 1) + 1
        for deeper in range(at + 1, _LEVELS):
            counts.pop(deeper, None)


def _numbering_part(document: Document) -> Element | None:
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/numbering") and not relation.is_external:
            return getattr(relation.target_part, "element", None)
    return None


def _level(element: Element) -> _Level:
    start = _value(element, "w:start")
    legal = element.find(qn("w:isLgl")) is not None
    return _Level(
        _value(element, "w:numFmt") or "decimal", _value(element, "w:lvlText") or "", int(start) if start else 1, legal
    )


def _value(element: Element, name: str) -> str | None:
    found = element.find(qn(name))
    return found.get(qn("w:val")) if found is not None else None


def _letters(number: int) -> str:
    """a to z, then aa, bb and so on, as Word counts."""
    if not 0 < number <= _MOST:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    if not 0 < number <= _MOST:
        return str(number)
    out = ""
    for value, sign in _ROMAN:
        out += sign * (number // value)
        number %= value
    return out


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}
