"""Which paragraphs are Welsh, so that a screen reader pronounces them so (WCAG 2.2, criterion 3.1.2)."""

import re

# The words that hold a Welsh sentence together and that English does not have.
_FUNCTION_WORDS = frozenset(
    "ac ar ei eu ein eich fel gan gyda hyn i mae nad neu nid o oedd oes ond os roedd sydd sy trwy wedi wrth y yn yng ym "
    "yr ydy yw bod fod bydd cael dros drwy er hwn hon gael hefyd rhai rhwng bu byddai a'r a'i i'r i'w o'r o'i gyda'r".split())
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ENOUGH_WORDS = 4
_ENOUGH_SHARE = 0.3


def language(text: str) -> str | None:
    """The code "cy" when `text` is Welsh by its function words; `None` when it is not, or is too short to tell."""
    words = [word.replace("’", "'").lower() for word in _WORD.findall(text[:600])]
    if len(words) < _ENOUGH_WORDS:
        return None
    welsh = sum(word in _FUNCTION_WORDS for word in words)
    return "cy" if welsh / len(words) >= _ENOUGH_SHARE else None
