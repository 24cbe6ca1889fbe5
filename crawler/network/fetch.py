"""The only place that talks to the network: one address in, one whole answer out, kept before anything reads it.

Whatever comes from outside is limited: the hosts, the machines behind them, redirects, time, size after decompression.
Each layer does one thing: `transport` makes a request, `recorder` writes it down, `patience` waits and asks again,
and the fetcher knows which addresses may be asked.
"""

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import requests
from requests.utils import requote_uri

from archive.captures import Capture, CaptureWriter
from archive.errors import Disallowed, Unreachable
from archive.model import CouncilId
from crawler.clock import Clock
from crawler.network.addresses import Outside, Resolve, host_of, named_hosts, own_hosts, resolve
from crawler.network.answers import Answer
from crawler.network.limits import DEFAULT_LIMITS, Limits
from crawler.network.memory import Ledger, Memory, no_ledger, no_memory
from crawler.network.patience import Patience
from crawler.network.recorder import Books, Recorder
from crawler.network.robots import RobotsCache
from crawler.network.shared import Shared, shared_by_all
from crawler.network.transport import Transport
from crawler.network.wire import Wire
from crawler.source import Page

__all__ = ["DEFAULT_LIMITS", "Fetcher", "Limits"]


class Fetcher:
    """Asks the pages of one council's site, one at a time. `get` is a `crawler.source.Get`.

    `site` is any address of the site: its host is the only one that is asked, beside the `aliases` ("host" or
    "host:port") and those of `allow` ("host:port", which the operator named, and which alone may be on a private
    network). `agent` is the User-Agent; `certificate` a PEM file to be believed beside the usual certificates.

    Every request is told to the `ledger` under the name of `council`, robots.txt, redirects and failures too. `memory`
    knows the earlier answers, so that what did not change is not sent again. All fetchers of a process should be given
    the same `shared`. Raises `InputError` when the certificate cannot be read.
    """

    def __init__(
        self,
        site: str,
        captures: CaptureWriter,
        clock: Clock,
        *,
        agent: str,
        council: CouncilId | None = None,
        allow: Collection[str] = (),
        aliases: Collection[str] = (),
        certificate: Path | None = None,
        limits: Limits = DEFAULT_LIMITS,
        ledger: Ledger = no_ledger,
        memory: Memory = no_memory,
        shared: Shared | None = None,
        resolve: Resolve = resolve,
    ) -> None:
        self._limits, self._hosts = limits, own_hosts(site, allow, aliases)
        wire = Wire(self._hosts, named_hosts(allow, "allow"), resolve)
        self._transport = Transport(wire, limits, agent, certificate)
        self._recorder = Recorder(self._transport, Books(captures, ledger, memory, council), clock)
        shared = shared or shared_by_all(clock)
        self._patience = Patience(self._recorder, limits, shared)
        self._robots = RobotsCache(self._ask_robots, shared.robots, limits.patience)

    @property
    def requests(self) -> int:
        """How many were made so far, robots.txt, redirects and new attempts included."""
        return self._patience.requests

    def get(self, url: str) -> Page:
        """The page at `url`. Raises `Blocked`, `Gone`, `OutOfBudget`, `Unreachable`, or `CaptureError`."""
        return self._follow(url, obey=True).page()

    @contextmanager
    def recording(self, why: str = "") -> Iterator[list[Capture]]:
        """Collects the captures of all that is got inside, redirects and failures too, in order.

        `why` is what the ledger says that they are for: "list of meetings", "ambleshire/meetings/12".
        """
        recorded: list[Capture] = []
        with self._recorder.recording(why, recorded):
            yield recorded

    def abort(self) -> None:
        """Breaks off the request that is under way, for whoever stops the run from another thread."""
        self._transport.abort()

    def close(self) -> None:
        """Closes the connections."""
        self._transport.close()

    def _ask_robots(self, url: str) -> tuple[int, bytes]:
        with self._recorder.recording("robots.txt", None):
            answer = self._follow(url, obey=False)
        return answer.status, answer.body

    def _follow(self, url: str, *, obey: bool) -> Answer:
        """The answer at the end of the redirects from `url`, inside the site."""
        here, seen = self._inside(url, url), set[str]()
        for _ in range(self._limits.redirects + 1):
            seen.add(here)
            answer = self._patience.ask(here, self._pause(here) if obey else self._limits.delay)
            if answer.target is None:
                return answer
            here = self._inside(_target(answer.url, answer.target), answer.url)
            if here in seen:    # without cookies it would say the same again
                raise Unreachable(url, f"redirects in a circle, back to {here}")
        raise Unreachable(url, f"more than {self._limits.redirects} redirects, the last to {here}")

    def _pause(self, url: str) -> float:
        """The pause to keep before asking `url`. Raises `LeftAlone` or `Disallowed` when it must not be asked."""
        rules = self._robots.rules(url)
        if not rules.allows(url):
            raise Disallowed(url, "robots.txt of the site does not allow this page")
        return max(self._limits.delay, rules.delay)

    def _inside(self, target: str, asked: str) -> str:
        """`target` itself, if it is on a host of the site and carries no password."""
        try:
            parts = urlsplit(target)
            inside = parts.scheme in ("http", "https") and host_of(target) in self._hosts
        except ValueError:
            inside = False
        if not inside:
            raise Outside(asked, _shown(target))
        if "@" in parts.netloc:
            raise Unreachable(asked, f"leads to {parts.hostname} under a user's name, and we have none")
        return target


def _shown(target: str) -> str:
    """An address without a user's name and password, to be printed."""
    return re.sub(r"(?<=//)[^/?#]*@", "", target)


def _target(url: str, location: str) -> str:
    """Where the answer at `url` leads."""
    try:
        return requote_uri(urldefrag(urljoin(url, location)).url)
    except (ValueError, requests.RequestException):   # what cannot be read leads nowhere inside
        return location
