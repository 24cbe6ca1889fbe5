"""Something that is slow to make of the whole archive, kept from commit to commit, made while nobody waits."""

from collections.abc import Callable
from contextlib import suppress
from threading import Lock, Thread
from time import monotonic
from typing import Generic, TypeVar

from archive.errors import MinutebookError

Made = TypeVar("Made")

USUAL_AGE = 30.0
"""Seconds after which it is looked whether there is something new."""


class Kept(Generic[Made]):
    """What `make` gives, of what it gave before; threads may share it.

    Once `begin` was called, all making is done in a thread of its own, and whoever asks meanwhile is given what there
    was before. `make` gives back what it was given when nothing is new.
    """

    def __init__(
        self, make: Callable[[Made | None], Made], age: float = USUAL_AGE, clock: Callable[[], float] = monotonic
    ) -> None:
        self._make, self._age, self._clock = make, age, clock
        self._lock, self._making = Lock(), Lock()
        self._made: Made | None = None
        self._looked = -age
        self._begun = False

    def begin(self) -> Thread | None:
        """Starts making it, beside everything else; the thread, or `None` when one is at it."""
        with self._lock:
            self._begun = True
            if self._making.locked():
                return None
            self._looked = self._clock()
        thread = Thread(target=self._quietly, daemon=True)
        thread.start()
        return thread

    def get(self, wait: bool = True) -> Made | None:
        """What was made last. The first time it is made now; where it was begun, only who will `wait` waits for it.

        Raises what `make` raises, when it is made now.
        """
        made = self._made
        if made is None:
            return self._first() if wait or not self._begun else None
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
        with self._making, suppress(MinutebookError):
            self._made = self._make(self._made)
