"""Something that is slow to make of the whole archive, kept from commit to commit, made while nobody waits."""

from collections.abc import Callable
from contextlib import suppress
from threading import Lock, Thread
from time import monotonic
from typing import Generic, TypeVar

from archive.errors import MinutebookError

Made = TypeVar("Made")

USUAL_AGE = 30.0
"""Seconds after which whoever asks has it looked whether there is something new: a crawl commits again and again."""


class Kept(Generic[Made]):
    """What `make` gives, of what it gave before; threads may share it.

    Once `begin` was called, all making is done in a thread of its own, and whoever asks meanwhile is given what there
    was before. `make` gives back what it was given when nothing is new.
    """

    def __init__(
        self, make: Callable[[Made | None], Made], age: float = USUAL_AGE, clock: Callable[[], float] = monotonic
    ) -> None:
        self._make, self._age, self._clock = make, age, clock
        self._making = Lock()
        self._made: Made | None = None
        self._looked = -age
        self._begun = False

    def begin(self) -> Thread | None:
        """Starts making it, beside everything else; the thread, or `None` when one is at it."""
        self._begun = True
        if not self._making.acquire(blocking=False):
            return None
        self._looked = self._clock()
        thread = Thread(target=self._quietly, daemon=True)    # which gives the lock back
        try:
            thread.start()
        except RuntimeError:    # no more threads are to be had; another time
            self._making.release()
            return None
        return thread

    def get(self, wait: bool = True) -> Made | None:
        """What was made last. The first time it is made now; where it was begun, only who will `wait` waits for it.

        Raises what `make` raises, when it is made now.
        """
        made = self._made
        if made is None and (wait or not self._begun):
            return self._first()
        if self._clock() - self._looked > self._age:
            self.begin()
        return made

    def _first(self) -> Made:
        with self._making:
            if self._made is None:
                self._made, self._looked = self._make(None), self._clock()
            return self._made

    def _quietly(self) -> None:
        """What cannot be made now, since the index is being changed or closed, is made at another time."""
        try:
            with suppress(MinutebookError):
                self._made = self._make(self._made)
        finally:
            self._making.release()
