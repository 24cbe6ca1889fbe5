"""Time as an argument: what asks the clock or sleeps is given one of these, in tests one that only counts."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from threading import Event
from typing import Protocol

from archive.model import LONDON


class Clock(Protocol):
    """The time of day, a steady count of seconds, and waiting."""

    def now(self) -> datetime:
        """The time, aware."""

    def seconds(self) -> float:
        """Seconds since some fixed moment; never goes backwards."""

    def sleep(self, seconds: float) -> None:
        """Returns after so many seconds."""


class SystemClock:
    """The machine's own clock, in UTC."""

    def now(self) -> datetime:
        """The time in UTC."""
        return datetime.now(UTC)

    def seconds(self) -> float:
        """The monotonic clock."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Blocks the thread."""
        time.sleep(seconds)


class StoppableClock(SystemClock):
    """The machine's clock until `stop` is called: then whoever waits or counts is interrupted, in any thread."""

    def __init__(self) -> None:
        self._stopped = Event()
        self._at_stop: list[Callable[[], None]] = []

    def when_stopped(self, action: Callable[[], None]) -> None:
        """Have `action` called by `stop`: what wakes a thread that waits for something else than this clock."""
        self._at_stop.append(action)

    def stop(self) -> None:
        """Interrupts every thread that uses this clock, at its next look at it."""
        self._stopped.set()
        for action in self._at_stop:
            action()

    def seconds(self) -> float:
        """The monotonic clock. Raises `KeyboardInterrupt` when stopped."""
        if self._stopped.is_set():
            raise KeyboardInterrupt
        return super().seconds()

    def sleep(self, seconds: float) -> None:
        """Blocks the thread. Raises `KeyboardInterrupt` when stopped meanwhile."""
        if self._stopped.wait(seconds):
            raise KeyboardInterrupt


def today(clock: Clock) -> date:
    """The day in London, where the councils' calendars are kept."""
    return clock.now().astimezone(LONDON).date()
