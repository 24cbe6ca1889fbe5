"""Words of a vocabulary that are spelt almost like another: by the steps of typing that lead from one to the other.

A step is a letter more, a letter less, another letter, or two neighbours that changed places (optimal string
alignment, after Damerau 1964). All words of one length are compared at once, as columns of letters: for 200,000 words
that takes 3 to 30 ms, less than a library in C that compares them one after the other, and no table of deletions is
kept, which would take a second for every 50,000 words to make.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import log
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

LONGEST = 24
SHORTEST = 3
STEP = 4.0
"""How unlikely a step is, as a logarithm: one in 55."""
_FIRST = 2.0    # likewise another first letter, which people seldom get wrong
_AFTER = "\U0010ffff"    # sorts after every letter

Letters = npt.NDArray[np.uint32]
Steps = npt.NDArray[np.uint8]


class Meant(NamedTuple):
    """A word that was perhaps meant, and how unlikely the slip is: what must be made up for by log of frequency."""

    word: str
    slip: float


class Spelling:
    """Finds the `words`, given with how frequent each is, that another may have been meant to be."""

    def __init__(self, words: Mapping[str, int]) -> None:
        self._frequency = words
        by_length: defaultdict[int, list[str]] = defaultdict(list)
        for word in sorted(words):
            if SHORTEST <= len(word) <= LONGEST:
                by_length[len(word)].append(word)
        self._words = dict(by_length)
        self._letters = {length: _columns(several, length) for length, several in by_length.items()}

    def near(self, word: str, most: int = 5, same_first: bool = False, farthest: int = 2) -> tuple[Meant, ...]:
        """The likeliest words but `word` itself that are few steps from it; with `same_first`, that begin as it does.

        Likely is what is frequent, for its slip. One step from a word of up to five letters, two from a longer one,
        none from one of two; never more than `farthest`.
        """
        if not SHORTEST <= len(word) <= LONGEST:
            return ()
        steps = min(1 if len(word) <= 5 else 2, farthest)
        found = [Meant(other, apart * STEP + _FIRST * (word[0] != other[0]))
                 for length in range(len(word) - steps, len(word) + steps + 1)
                 for other, apart in self._within(word, steps, length, same_first) if apart]
        found.sort(key=lambda each: (each.slip - log(max(self._frequency[each.word], 1)), each.word))
        return tuple(found[:most])

    def _within(self, word: str, steps: int, length: int, same_first: bool) -> Iterator[tuple[str, int]]:
        words = self._words.get(length, [])
        first, last = 0, len(words)
        if same_first:
            first, last = bisect_left(words, word[0]), bisect_left(words, word[0] + _AFTER)
        if first < last:
            apart = _apart(word, self._letters[length][:, first:last])
            for at in np.flatnonzero(apart <= steps):
                yield words[first + at], int(apart[at])


def _columns(words: list[str], length: int) -> Letters:
    """The letters of words of one length: a row for each place."""
    return np.frombuffer("".join(words).encode("utf-32-le"), "<u4").reshape(-1, length).T.copy()


def _apart(word: str, letters: Letters) -> Steps:
    """How many steps lead from `word` to each of the words that are the columns of `letters`."""
    length, number = letters.shape
    typed = [ord(letter) for letter in word]
    before: list[Steps] = []
    row = [np.full(number, at, np.uint8) for at in range(length + 1)]
    for at, letter in enumerate(typed, 1):
        same = letters == letter
        current = [np.full(number, at, np.uint8)]
        for place in range(1, length + 1):
            least = np.minimum(np.minimum(row[place], current[-1]) + 1, row[place - 1] + ~same[place - 1])
            if at > 1 and place > 1:
                crossed = same[place - 2] & (letters[place - 1] == typed[at - 2])
                least = np.where(crossed, np.minimum(least, before[place - 2] + 1), least)
            current.append(least.astype(np.uint8))
        before, row = row, current
    return row[length]
