"""How a browser numbers the items of lists: by `start`, `value`, `type`, `reversed` and the styles of CSS."""

import re
from dataclasses import dataclass
from functools import lru_cache

from lxml.etree import _Element as Element

_LONGEST_STYLE = 1000
_LAST_LETTER = 104    # of a list: "dddd"
_LABEL_STYLES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_LIST_STYLE = re.compile(
    r"list-style(?:-type)?:[^;]{0,40}?((?:lower|upper)-(?:alpha|latin|roman)|decimal|none|disc|circle|square)")


def style_of(tag: Element) -> str:
    """The style of `tag`, in small letters and without blanks."""
    style = tag.get("style")
    return _tight(style[:_LONGEST_STYLE]) if style else ""


@lru_cache(maxsize=2048)   # Word says the same of every paragraph
def _tight(style: str) -> str:
    return "".join(style.split()).lower()


@dataclass(slots=True)
class List:
    """A list under way: how its items are labelled (CSS's name; `None`: bullets), and the number of its next item."""

    style: str | None
    next: int = 1
    step: int = 1


def list_of(tag: Element) -> List:
    """The list that `tag` opens."""
    style = list_style(tag, None if tag.tag == "ul" else "decimal")
    if tag.get("reversed") is None:
        return List(style, number_in(tag.get("start"), 1))
    items = sum(1 for _ in tag.iterchildren("li"))
    return List(style, number_in(tag.get("start"), items), -1)


def list_style(tag: Element, otherwise: str | None) -> str | None:
    """How a list, or one item of it, is numbered (CSS's name for it); `None`: not at all."""
    named = _LIST_STYLE.search(style_of(tag))
    if named is None:
        return _LABEL_STYLES.get(tag.get("type") or "", otherwise)
    return None if named[1] in ("none", "disc", "circle", "square") else named[1].replace("latin", "alpha")


def number_in(value: object, otherwise: int) -> int:
    """The number that an attribute says, if it is one that can be meant."""
    plain = isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 6
    return int(str(value)) if plain else otherwise


def label(number: int, style: str) -> str:
    """The label that a browser shows for the item `number` of a list of `style` (CSS's name for it), without dot."""
    kind = style.partition("-")[2]
    if kind == "roman" and 0 < number < 40:
        text = "x" * (number // 10) + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[number % 10]
    elif kind == "alpha" and 0 < number <= _LAST_LETTER:
        text = chr(97 + (number - 1) % 26) * (1 + (number - 1) // 26)
    else:
        return str(number)
    return text.upper() if style.startswith("upper") else text
