"""When a process is killed: by what it has asked the site, or by the clock."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Timer

from homes import Site
from processes import Running

from crawler.sample import Request


class Killer:
    """Sends a process a signal at a moment that what the site sees of it decides."""

    def __init__(self, number: int = signal.SIGKILL) -> None:
        self._number, self._started, self._timer = number, Event(), Timer(0, print)
        self.process: Running | None = None

    def begin(self, process: Running) -> None:
        self.process = process
        self._started.set()

    def kill(self) -> None:
        self._started.wait(10)
        assert self.process is not None
        self.process.send(self._number)

    def kill_in(self, seconds: float) -> None:
        """Kill after so long, and no sooner by any earlier word."""
        self._timer.cancel()
        self._timer = Timer(seconds, self.kill)
        self._timer.daemon = True
        self._timer.start()

    def seen(self, _request: Request) -> None:
        """The site was asked something."""

    def end(self) -> None:
        self._timer.cancel()


class AtRequest(Killer):
    """So long after the request of that number came; before it is answered, if no later than that."""

    def __init__(self, request: int, late: float, number: int = signal.SIGKILL) -> None:
        super().__init__(number)
        self._left, self._late = request, late

    def seen(self, _request: Request) -> None:
        self._left -= 1
        if not self._left and self._late:
            self.kill_in(self._late)
        elif not self._left:
            self.kill()


class AtStart(Killer):
    """So long after it began."""

    def __init__(self, late: float, number: int = signal.SIGKILL) -> None:
        super().__init__(number)
        self._late = late

    def begin(self, process: Running) -> None:
        super().begin(process)
        self.kill_in(self._late)


class WhenQuiet(Killer):
    """So long after the last request: when the index is written."""

    def __init__(self, late: float, number: int = signal.SIGKILL) -> None:
        super().__init__(number)
        self._late = late

    def seen(self, _request: Request) -> None:
        self.kill_in(self._late)


@contextmanager
def watched(site: Site, home: Path, killer: Killer) -> Iterator[None]:
    with site.telling(home, killer.seen):
        try:
            yield
        finally:
            killer.end()
