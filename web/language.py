"""Which paragraphs are Welsh, so that a screen reader pronounces them so (WCAG 2.2, criterion 3.1.2)."""

import re

# The words that hold a Welsh sentence together and that English does not have.
_FUNCTION_WORDS = frozenset(re.findall(r"\S+", """
    a'i a'r ac ar bod bu bydd byddai cael dros drwy eich ein ei er eu fel fod gael gan gyda gyda'r hefyd hon hwn hyn i
    i'r i'w mae nad neu nid o o'i o'r oedd oes ond os rhai rhwng roedd sy sydd trwy wedi wrth y ydy ym yn yng yr yw"""))
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ENOUGH_WORDS = 4
_ENOUGH_SHARE = 0.3


def language(text: str) -> str | None:
    """The code "cy" when `text` is Welsh by its function words; `None` when it is not, or is too short to tell."""
    words = [word.replace("’", "'") for word in _WORD.findall(text[:600]) if word.islower()]  # names tell nothing
    if len(words) < _ENOUGH_WORDS:
        return None
    welsh = sum(word in _FUNCTION_WORDS for word in words)
    return "cy" if welsh / len(words) >= _ENOUGH_SHARE else None
