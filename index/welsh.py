"""Which texts are Welsh, and which words of theirs are another's form at the beginning.

A text is Welsh when it has two of Welsh's commonest words and more of them than of English's: a title has too few to
tell, and counts as English. There is no stemmer of Welsh: its words are as printed. Only the letter that Welsh changes
at the beginning of a word is undone (Gyngor, Nghyngor and Chyngor are Cyngor), in words of four letters or more, where
hardly a word then looks like another one. A g that was dropped altogether is not put back.
"""

from collections.abc import Sequence

_WELSH = frozenset((
    "y", "yr", "yn", "ac", "ar", "gan", "wedi", "mae", "oedd", "bod", "fod", "â", "ei", "eu", "ym", "yng", "gyda",
    "drwy", "dros", "neu", "nad", "nid", "sydd", "hyn", "hynny", "gyfer", "rhwng", "fel", "hefyd", "i'r", "i’r", "o'r",
    "o’r", "a'r", "a’r", "Y", "Yr", "Yn", "Mae", "Roedd", "Nid", "Bod", "Gan", "Ar",
))
_ENGLISH = frozenset((
    "the", "of", "and", "to", "in", "that", "for", "was", "were", "be", "by", "on", "with", "it", "as", "from", "which",
    "had", "an", "not", "this", "would", "have", "The", "That", "This", "It", "In",
))
_BEGINNINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ngh", ("c",)), ("chw", ()), ("ng", ("g",)), ("mh", ("p",)), ("nh", ("t",)), ("ph", ("p",)), ("th", ("t",)),
    ("ch", ("c",)), ("dd", ("d",)), ("ff", ()), ("ll", ()), ("rh", ()), ("g", ("c",)), ("b", ("p",)), ("d", ("t",)),
    ("f", ("b", "m")), ("l", ("ll",)), ("r", ("rh",)),
)
_SHORTEST = 4
_AS_THEY_ARE = frozenset(("gall", "gold", "dart", "band", "bath", "ball", "fact", "fund", "game"))
"""Words that would become frequent English ones."""


def is_welsh(words: Sequence[str]) -> bool:
    """Whether a text of these words, as printed, is Welsh."""
    if _WELSH.isdisjoint(words):
        return False
    there = set(words)
    welsh = len(there & _WELSH)
    return welsh > 1 and welsh > len(there & _ENGLISH)


def radicals(word: str) -> tuple[str, ...]:
    """What the folded `word` may be without the change of its first letter: none, one or two words."""
    if len(word) < _SHORTEST or word in _AS_THEY_ARE:
        return ()
    for changed, plain in _BEGINNINGS:
        if word.startswith(changed):
            return tuple(each + word[len(changed):] for each in plain)
    return ()
