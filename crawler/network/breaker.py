"""Leaves a host alone that fails again and again: what is broken or shut is not helped by being asked all night."""

from threading import Lock
from typing import Final

from archive.errors import LeftAlone
from crawler.network.addresses import host_of

IN_A_ROW: Final = 5


class Breaker:
    """Counts for each host the failures in a row; shared by all fetchers of a process, and its word holds for its run.

    Whoever asks says how it ended: `failed` (no answer, a server's error, a refusal) or `answered` (any page, and also
    that there is none).
    """

    def __init__(self, most: int = IN_A_ROW) -> None:
        self._most, self._lock = most, Lock()
        self._failures: dict[str, int] = {}
        self._last: dict[str, str] = {}

    def check(self, url: str) -> None:
        """Raises `LeftAlone` when the host of `url` failed too often in a row."""
        host = host_of(url)
        with self._lock:
            failures, last = self._failures.get(host, 0), self._last.get(host, "")
        if failures >= self._most:
            said = f"{failures} failures in a row of {host}, the last: {last}; left alone until the next run"
            raise LeftAlone(url, said)

    def failed(self, url: str, reason: str) -> None:
        """Notes that the host of `url` failed."""
        host = host_of(url)
        with self._lock:
            self._failures[host] = self._failures.get(host, 0) + 1
            self._last[host] = reason

    def answered(self, url: str) -> None:
        """Notes that the host of `url` answered: what went before counts no more."""
        with self._lock:
            self._failures.pop(host_of(url), None)
