"""What was found of the latest texts, for functions that are asked of one paragraph again and again."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

LONG = 20_000   # characters of a text

T = TypeVar("T")


def latest(most: int) -> Callable[[Callable[[str], T]], Callable[[str], T]]:
    """A function that keeps what it found of the `most` latest texts, and of only one that is long.

    A paragraph may be as long as a document, so that it is the texts' length that tells what keeping them takes.
    """

    def kept(find: Callable[[str], T]) -> Callable[[str], T]:
        of_short, of_long = lru_cache(maxsize=most)(find), lru_cache(maxsize=1)(find)

        @wraps(find)
        def found(text: str) -> T:
            return of_short(text) if len(text) < LONG else of_long(text)

        return found

    return kept
