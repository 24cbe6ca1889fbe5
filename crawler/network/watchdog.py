"""One thread that cuts short what takes too long: a timer for each request would be a thread for each request."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf
from threading import Condition, Event, Thread
from time import monotonic


class Watchdog:
    """Calls `cut` when what it watches, one thing at a time, takes longer than it may. Starts its thread when needed.

    The thread sleeps until the earliest moment at which it could be needed, and is not woken by what ends in time. The
    clock is the machine's own, since it is the machine's sockets that are watched.
    """

    def __init__(self, cut: Callable[[], None]) -> None:
        self._cut = cut
        self._changed = Condition()
        self._deadline, self._wakes = inf, inf
        self._expired = Event()
        self._thread: Thread | None = None
        self._closed = False

    @contextmanager
    def at_most(self, seconds: float) -> Iterator[Event]:
        """Cuts what is done inside after so many seconds, and sets the event that is given."""
        expired = Event()
        with self._changed:
            self._deadline, self._expired = monotonic() + seconds, expired
            self._start()
            if self._wakes > self._deadline:
                self._changed.notify()
        try:
            yield expired
        finally:
            with self._changed:
                self._deadline = inf

    def close(self) -> None:
        """Ends the thread."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def _start(self) -> None:
        if self._thread is None:
            self._thread = Thread(target=self._watch, name="watchdog", daemon=True)
            self._thread.start()

    def _watch(self) -> None:
        with self._changed:
            while not self._closed:
                if self._deadline <= monotonic():
                    self._deadline = inf
                    self._expired.set()
                    self._cut()
                self._wakes = self._deadline
                self._changed.wait(None if self._wakes == inf else max(0.0, self._wakes - monotonic()))
