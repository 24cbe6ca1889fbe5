"""One queue for each registered domain: whoever asks any of its hosts, from any thread, waits in the same line.

`democracy.kent.gov.uk` and `maps.kent.gov.uk` stand on the machines of one council, and every council under
`moderngov.co.uk` on those of one supplier. The rule for what is a registered domain is the Public Suffix List
(publicsuffix.org), which comes with its package. Hosts that have none (an IP address, a bare name) are each their own.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from math import inf
from threading import Condition, Lock
from typing import Final

from publicsuffixlist import PublicSuffixList

from crawler.clock import Clock
from crawler.network.addresses import host_of

_LOOK: Final = 0.25     # seconds between two looks at the clock while others are before us
_EXACT: Final = 1e-6    # seconds: less is rounding


class TooLate(Exception):
    """The turn would not come before the moment that was named as the latest."""


class Resting(Exception):
    """The domain asked to be left alone for longer than this caller waits. Attribute: `seconds` still to go."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:g} s to go")
        self.seconds = seconds


class _Queue:
    """One domain's: who stands in line, when the last request ended, and the pause that it asked for."""

    def __init__(self) -> None:
        self.line: deque[object] = deque()
        self.moved = Condition()
        self.ended: float | None = None
        self.pause = 0.0
        self.rests_until = -inf


class Queues:
    """The queues of all domains, shared by all fetchers of a process. Times are the clock's seconds."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._queues: dict[str, _Queue] = {}

    def key(self, url: str) -> str:
        """Whose queue `url` stands in: "kent.gov.uk", "moderngov.co.uk", "127.0.0.1:8900". Raises `ValueError`."""
        whole = host_of(url)
        host = whole.rpartition(":")[0]
        numeric = ":" in host or host.rpartition(".")[2].isdecimal()
        registered = None if numeric else self._suffixes.privatesuffix(host)
        return str(registered) if registered else whole

    @cached_property
    def _suffixes(self) -> PublicSuffixList:
        """Read when first needed: that takes 30 ms."""
        return PublicSuffixList()

    @contextmanager
    def turn(self, key: str, pause: float, *, patience: float = inf, latest: float = inf) -> Iterator[float | None]:
        """Holds the queue of `key` for one request, after `pause` seconds since the last one ended.

        The pause of the request before counts too, if it was the longer. Gives the seconds that were kept since that
        request ended, `None` for the first. Raises `Resting` when `rest` asks for more than `patience` seconds, and
        `TooLate` when the turn would not come before `latest`; neither waits. Stopping the clock ends every wait.
        """
        queue, ticket = self._queue(key), object()
        with queue.moved:
            queue.line.append(ticket)
        try:
            self._reach_front(queue, ticket, latest)
            self._keep_pause(queue, pause, patience, latest)
            kept = None if queue.ended is None else self._clock.seconds() - queue.ended
            try:
                yield kept
            finally:
                queue.pause = pause
                queue.ended = self._clock.seconds()
        finally:
            with queue.moved:
                queue.line.remove(ticket)
                queue.moved.notify_all()

    def rest(self, key: str, seconds: float) -> None:
        """Lets nobody ask the domain of `key` for so many seconds from now."""
        queue = self._queue(key)
        queue.rests_until = max(queue.rests_until, self._clock.seconds() + seconds)

    def _queue(self, key: str) -> _Queue:
        with self._lock:
            return self._queues.setdefault(key, _Queue())

    def _reach_front(self, queue: _Queue, ticket: object, latest: float) -> None:
        """Returns when all who came before have had their turn: in order, so that nobody starves."""
        with queue.moved:
            while queue.line[0] is not ticket:
                if self._clock.seconds() >= latest:
                    raise TooLate
                queue.moved.wait(_LOOK)

    def _keep_pause(self, queue: _Queue, pause: float, patience: float, latest: float) -> None:
        """Sleeps as long as the pause and the rest ask, and again when another rest is asked for meanwhile."""
        ready = -inf if queue.ended is None else queue.ended + max(pause, queue.pause)
        while (left := max(ready, queue.rests_until) - (now := self._clock.seconds())) > _EXACT:
            if queue.rests_until - now > patience:
                raise Resting(queue.rests_until - now)
            if now + left >= latest:
                raise TooLate
            self._clock.sleep(left)
        if now >= latest:
            raise TooLate
