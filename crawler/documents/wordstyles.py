"""How a paragraph of a Word file looks: heading, bold, indentation, through its styles."""

from collections.abc import Iterator
from dataclasses import dataclass

from docx.document import Document
from docx.oxml.ns import qn
from lxml.etree import _Element as Element

_CHAIN = 20          # styles based on each other
_STEP = 720          # twentieths of a point: half an inch, Word's own step of indentation
_OFF = ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Look:
    """`style` names the paragraph's style (its id); `level` counts steps of indentation.

    `bold` and `underlined` are what all of its text is.
    """

    style: str | None
    heading: bool
    bold: bool
    underlined: bool
    level: int


class Styles:
    """The styles of a document."""

    def __init__(self, document: Document) -> None:
        elements = document.styles.element.iterchildren(qn("w:style"))
        self._styles = {style.get(qn("w:styleId")): style for style in elements}
        self._default = next((key for key, style in self._styles.items() if _is_default(style)), None)

    def look(self, paragraph: Element) -> Look:
        """The look of `paragraph`.

        Text that was typed on after a heading keeps its style; with the style's bold and line taken off it is none.
        """
        named = _value(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}"))
        style = named or self._default
        chain = self._chain(style)
        headed = any(self._is_heading(each) for each in chain)
        inherited = _first(chain, f"{qn('w:rPr')}/{qn('w:b')}")
        bold = [self._is_bold(run, inherited) for run in paragraph.iter(qn("w:r")) if _has_text(run)]
        lines = list(_underlines(paragraph, chain))
        undone = _is_on(inherited) and bool(bold) and not any(bold) and not any(lines)
        level = self._level(paragraph, chain)
        return Look(style, headed and not undone, bool(bold) and all(bold), bool(lines) and all(lines), level)

    def _chain(self, style: str | None) -> list[Element]:
        chain: list[Element] = []
        while style in self._styles and len(chain) < _CHAIN:
            chain.append(self._styles[style])
            style = _value(chain[-1].find(qn("w:basedOn")))
        return chain

    def _is_heading(self, style: Element) -> bool:
        name = (_value(style.find(qn("w:name"))) or "").lower()
        return name.startswith(("heading", "title", "subtitle"))

    def _is_bold(self, run: Element, inherited: Element | None) -> bool:
        own = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
        if own is not None:
            return _is_on(own)
        named = _value(run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}"))
        styled = _first(self._chain(named), f"{qn('w:rPr')}/{qn('w:b')}") if named else None
        return _is_on(styled if styled is not None else inherited)

    def _level(self, paragraph: Element, chain: list[Element]) -> int:
        found = _first([paragraph, *chain], f"{qn('w:pPr')}/{qn('w:ind')}")
        left = found.get(qn("w:left"), found.get(qn("w:start"), "0")) if found is not None else "0"
        return max(0, min(8, round(float(left) / _STEP))) if left.lstrip("-").isdigit() else 0


def _value(element: Element | None) -> str | None:
    return element.get(qn("w:val")) if element is not None else None


def _first(elements: list[Element], path: str) -> Element | None:
    return next((found for each in elements if (found := each.find(path)) is not None), None)


def _is_on(flag: Element | None) -> bool:
    return flag is not None and (_value(flag) or "true").lower() not in _OFF


def _underlines(paragraph: Element, chain: list[Element]) -> Iterator[bool]:
    """Of each run with text, whether it is underlined, by itself or by the style."""
    inherited = _first(chain, f"{qn('w:rPr')}/{qn('w:u')}")
    for run in paragraph.iter(qn("w:r")):
        if _has_text(run):
            own = run.find(f"{qn('w:rPr')}/{qn('w:u')}")
            yield _is_on(own if own is not None else inherited)


def _is_default(style: Element) -> bool:
    return style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true")


def _has_text(run: Element) -> bool:
    return any((text.text or "").strip() for text in run.iter(qn("w:t")))
