"""Asks the robots.txt of a host once, for all councils on it; where it cannot be had nothing is asked of the host."""

from collections.abc import Callable
from threading import Lock
from urllib.parse import urljoin, urlsplit

from archive.errors import Blocked, Gone, LeftAlone, Unreachable
from crawler.network.addresses import Outside, host_of
from crawler.network.limits import DEFAULT_LIMITS
from crawler.network.rules import Rules, read_rules


class _Answered:
    """What one host's robots.txt was found to say, if it was asked: the rules, or why nothing is asked of the host."""

    def __init__(self) -> None:
        self.asking = Lock()
        self.said: Rules | str | None = None


class AnsweredRobots:
    """What the robots.txt of each host answered, shared by all fetchers of a process, which ask in one name."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._hosts: dict[tuple[str, str], _Answered] = {}

    def of(self, url: str) -> _Answered:
        """What is known of the host of `url`."""
        with self._lock:
            return self._hosts.setdefault(_site(url), _Answered())


class RobotsCache:
    """The rules of each host, asked once. `ask` gives status and body of an address, or raises `FetchError`.

    What a host answers is kept in `answered`, for other councils on it too; that it cannot be had is kept here, since
    that may be for this council's settings. `patience` is the longest pause between two requests, in seconds, that a
    crawl can keep. Never more than one thread at a time asks for the robots.txt of one host.
    """

    def __init__(
        self,
        ask: Callable[[str], tuple[int, bytes]],
        answered: AnsweredRobots | None = None,
        patience: float = DEFAULT_LIMITS.patience,
    ) -> None:
        self._ask, self._answered, self._patience = ask, answered or AnsweredRobots(), patience
        self._missing: dict[tuple[str, str], str] = {}

    def rules(self, url: str) -> Rules:
        """The rules for the host of `url`. Raises `LeftAlone` when nothing may be asked of it."""
        found = self._missing.get(_site(url)) or self._found(url)
        if isinstance(found, str):
            raise LeftAlone(url, found)
        return found

    def _found(self, url: str) -> Rules | str:
        """The rules, or why there are none: not the failure itself, which would hold on to its connection."""
        answered, robots = self._answered.of(url), urljoin(url, "/robots.txt")
        with answered.asking:
            if answered.said is None:
                try:
                    status, body = self._ask(robots)
                except (Blocked, Gone, Unreachable) as failure:
                    return self._missing.setdefault(_site(url), _said_of(failure))
                answered.said = self._read(robots, status, body)
            return answered.said

    def _read(self, robots: str, status: int, body: bytes) -> Rules | str:
        try:
            return read_rules(robots, status, body, self._patience)
        except LeftAlone as refusal:
            return refusal.reason


def _said_of(failure: Blocked | Gone | Unreachable) -> str:
    """Why nothing is asked of a site whose robots.txt cannot be had."""
    if isinstance(failure, LeftAlone):
        return failure.reason
    if isinstance(failure, Outside):
        return f"its robots.txt leads to {failure.target}, which is not the council's; nothing is asked of this site"
    return f"robots.txt cannot be had ({failure.reason}), so nothing is asked of this site"


def _site(url: str) -> tuple[str, str]:
    """What has a robots.txt of its own: a host, by its scheme."""
    return urlsplit(url).scheme, host_of(url)
