"""What the setting of an item says, which its own texts need not repeat: its committee's name and its day."""

from functools import lru_cache

from index.analysis import tokens, word_patterns


@lru_cache(maxsize=1 << 14)
def terms(said: str) -> frozenset[str]:
    """The terms of a committee's name, or of a day in words."""
    return frozenset(token.term for token in tokens(said))


def says(said: str, word: str) -> bool:
    """Whether a committee's name, or a day in words, has `word` in any form."""
    there = terms(said)
    return any(len(each.slots) == 1 and each.slots[0].term in there for each in word_patterns(word))
