"""Which paragraphs are Welsh, so that a screen reader pronounces them so (WCAG 2.2, criterion 3.1.2)."""

import re

from archive.ids import is_welsh

# The words that hold a Welsh sentence together and that English does not have.
_FUNCTION_WORDS = frozenset(re.findall(r"\S+", """
    a'i a'r ac ar bod bu bydd byddai cael dros drwy eich ein ei er eu fel fod gael gan gyda gyda'r hefyd hon hwn hyn i
    i'r i'w mae nad neu nid o o'i o'r oedd oes ond os rhai rhwng roedd sy sydd trwy wedi wrth y ydy ym yn yng yr yw"""))
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ENOUGH_WORDS = 4
_ENOUGH_SHARE = 0.3
_HARDLY_ANY = 0.1    # of such words in a text that is not Welsh, where Welsh is what one expects


def language(text: str, expected: str | None = None) -> str | None:
    """The code "cy" when `text` is Welsh by its function words; `None` when it is not, or is too short to tell.

    Where Welsh is `expected` ("cy"), as on a page that is Welsh, a text too short to tell is Welsh.
    """
    words = [word.replace("’", "'") for word in _WORD.findall(text[:600]) if word.islower()]  # names tell nothing
    if len(words) < _ENOUGH_WORDS:
        return expected
    share = sum(word in _FUNCTION_WORDS for word in words) / len(words)
    return "cy" if share >= (_HARDLY_ANY if expected else _ENOUGH_SHARE) else None


def language_of(identifier: str) -> str | None:
    """The language in which the texts of a meeting or an item are expected, where that is not English."""
    return "cy" if is_welsh(identifier) else None
