"""Words that a printer broke at the end of a line: whether the hyphen belongs to the word.

No dictionary: a document's own other words decide, and where they do not, how its halves look.
"""

import re
from collections.abc import Iterable, Iterator

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
# Endings that no English word is: what follows a hyphen and looks so was cut off a longer word.
_ENDINGS = re.compile(
    r"(?:[a-z]{0,3}(?:tion|sion|cian|ment|ness|ance|ence|able|ible|ally|ity|ities|ical|ious|eous|ive|ively|ing|ings|ers?|ors?"
    r"|ed|ly|al|ary|ory|ist|ism|ise|ised|ising|ist|ture|tures|tions|sions|ments|tees?|lor|lors|ty|cy|ry|ny|my|gy)s?)\Z"
)

_TENS = frozenset(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"))


def whole_words(lines: Iterable[tuple[str, bool]]) -> Iterator[str]:
    """Printed lines (text, and whether it ends with a hyphen) without the halves of words that were broken."""
    halved = False
    for text, broken in lines:
        words = text.split(" ")
        yield " ".join(words[1 if halved else 0 : -1 if broken else None])
        halved = broken


class Vocabulary:
    """The words that a document prints unbroken."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words = {word.lower() for text in texts for word in _WORD.findall(text)}
        self._parts = {part for word in self._words for part in re.split("-", word)}

    def rejoin(self, before: str, after: str) -> str:
        """`before`, which ended with a hyphen that is no longer in it, and `after` as the text they print together."""
        first, second = re.split(r"[^\w’'-]", before)[-1], (_WORD.match(after) or [""])[0]
        return before + ("-" if self._belongs(first, second) else "") + after

    def _belongs(self, first: str, second: str) -> bool:
        if first.isupper() and second.isupper():
            return (first + second).lower() not in self._words
        whole = not second or not first or not second[0].islower() or not first[-1].isalpha()
        if whole or "-" in first or first.lower() in _TENS:
            return True
        return self._joins_parts(first.lower(), second.partition("-")[0].lower())

    def _joins_parts(self, one: str, two: str) -> bool:
        if one + two in self._words:
            return False
        if f"{one}-{two}" in self._words or (one in self._parts and two in self._parts):
            return True
        if two in self._parts:
            return len(two) > 3
        return one in self._parts and len(one) > 3 and len(two) > 4 and not _ENDINGS.match(two)
