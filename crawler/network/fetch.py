"""The only place that talks to the network: one address in, one whole answer out, kept before anything reads it.

Whatever comes from outside is limited: the hosts, the machines behind them, redirects, time, size after decompression.
"""

import logging
import socket
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from urllib.parse import urldefrag, urljoin, urlsplit

import requests
from requests.utils import requote_uri
from urllib3.exceptions import HTTPError

from archive.captures import Capture, CaptureWriter
from archive.errors import Blocked, OutOfBudget, Unreachable
from crawler.clock import Clock
from crawler.network.addresses import Resolve, host_of, own_hosts, resolve
from crawler.network.answers import Answer
from crawler.network.politeness import Pace, RobotsCache, retry_after
from crawler.network.wire import PrivateAddress, Wire, WireAdapter
from crawler.source import Page

log = logging.getLogger("minutebook.fetch")

_CHUNK: Final = 65_536
_PASSING: Final = (429, 502, 503, 504)              # worth asking again
_NO_PAGES: Final = ("image/", "video/", "audio/", "font/")
_ACCEPT: Final = "text/html,application/xhtml+xml,application/xml;q=0.9,application/pdf;q=0.8,*/*;q=0.5"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one crawl may take of a site and of this machine; times in seconds, `size` in bytes after decompression.

    Some councils' servers need 90 seconds for an answer, hence the long `read`; `total` is for one answer in all.
    `pauses` are those before each new attempt at what failed in passing; a longer `Retry-After` is honoured up to
    `patience`. `requests` is the budget, robots.txt and redirects included; `None` sets none.
    """

    delay: float = 1.0
    connect: float = 20.0
    read: float = 90.0
    total: float = 180.0
    size: int = 20_000_000
    redirects: int = 5
    pauses: tuple[float, ...] = (5.0, 10.0, 20.0)
    patience: float = 120.0
    requests: int | None = None


DEFAULT_LIMITS: Final = Limits()


class _Interrupted(Unreachable):
    """The answer did not come or broke off; another attempt may succeed."""


class Fetcher:
    """Asks the pages of one council's site, one at a time. `get` is a `crawler.source.Get`.

    `site` is any address of the site: its host is the only one that is asked, beside those of `allow` ("host:port",
    which the operator named, and which alone may be on a private network). `agent` is the User-Agent.
    """

    def __init__(
        self,
        site: str,
        captures: CaptureWriter,
        clock: Clock,
        *,
        agent: str,
        allow: Collection[str] = (),
        limits: Limits = DEFAULT_LIMITS,
        resolve: Resolve = resolve,
    ) -> None:
        self.requests = 0
        self._captures, self._clock, self._limits = captures, clock, limits
        self._hosts = own_hosts(site, allow)
        self._wire = Wire([each.lower() for each in allow], resolve)
        self._adapter = WireAdapter(self._wire)
        self._headers = {"User-Agent": agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate"}
        self._pace = Pace(clock)
        self._robots = RobotsCache(self._ask_robots)
        self._recorded: list[Capture] = []

    def get(self, url: str) -> Page:
        """The page at `url`. Raises `Blocked`, `Gone`, `OutOfBudget`, `Unreachable`, or `CaptureError`."""
        return self._follow(url, obey=True).page()

    @contextmanager
    def recording(self) -> Iterator[list[Capture]]:
        """Collects the captures of all that is got inside, redirects and failures too, in order."""
        self._recorded = []
        yield self._recorded

    def close(self) -> None:
        """Closes the connections."""
        self._adapter.close()

    def _ask_robots(self, url: str) -> tuple[int, bytes]:
        answer = self._follow(url, obey=False)
        return answer.status, answer.body

    def _follow(self, url: str, *, obey: bool) -> Answer:
        """The answer at the end of the redirects from `url`, inside the site."""
        here = url
        for _ in range(self._limits.redirects + 1):
            answer = self._patiently(here, self._pause(here, obey=obey), keep=obey)
            if answer.target is None:
                return answer
            here = self._inside(_target(answer.url, answer.target), answer.url)
        raise Unreachable(url, f"more than {self._limits.redirects} redirects, the last to {here}")

    def _pause(self, url: str, *, obey: bool) -> float:
        """The pause to keep before asking `url`; raises when it must not be asked."""
        self._inside(url, url)
        if not obey:
            return self._limits.delay
        rules = self._robots.rules(url)
        if not rules.allows(url):
            raise Blocked(url, "robots.txt of the site does not allow this page")
        return max(self._limits.delay, rules.delay)

    def _inside(self, target: str, asked: str) -> str:
        """`target` itself, if it is on a host of the site."""
        try:
            inside = urlsplit(target).scheme in ("http", "https") and host_of(target) in self._hosts
        except ValueError:
            inside = False
        if not inside:
            raise Unreachable(asked, f"leads to {target}, outside the council's own hosts")
        return target

    def _patiently(self, url: str, pause: float, *, keep: bool) -> Answer:
        """One answer, asked for again after what fails in passing."""
        for wait in self._limits.pauses:
            try:
                answer = self._ask(url, pause, keep=keep)
            except _Interrupted as failure:
                log.info("%s; asked again in %g s", failure, wait)
                self._clock.sleep(wait)
                continue
            asked = retry_after(answer.retry_after, self._clock) or 0.0
            if answer.status not in _PASSING or asked > self._limits.patience:
                return answer
            self._clock.sleep(max(wait, asked))
        return self._ask(url, pause, keep=keep)

    def _ask(self, url: str, pause: float, *, keep: bool) -> Answer:
        """One request: waits its turn, and keeps the response before it is looked at."""
        if self._limits.requests is not None and self.requests >= self._limits.requests:
            raise OutOfBudget(url, f"the run's {self._limits.requests} requests are used up")
        host = urlsplit(url).hostname or ""
        self._pace.wait(host, pause)
        self.requests += 1
        begun = self._clock.seconds()
        try:
            response, body = self._exchange(url)
        finally:
            self._pace.ended(host)
        log.info("%s %d %d bytes in %.2f s", url, response.status_code, len(body), self._clock.seconds() - begun)
        capture = self._captures.response(
            url, response.status_code, response.reason or "", response.headers.items(), body, self._clock.now()
        )
        if keep:
            self._recorded.append(capture)
        headers = response.headers
        return Answer(
            url, response.status_code, response.reason or "", headers.get("Content-Type", ""), body,
            location=headers.get("Location"), retry_after=headers.get("Retry-After"),
        )

    def _exchange(self, url: str) -> tuple[requests.Response, bytes]:
        """The response and its whole body, as decoded from transport.

        The adapter is asked itself: a session would read the body of a redirect without limit, keep cookies, and take
        proxies and passwords from the environment.
        """
        limits = self._limits
        with self._wire.at_most(limits.total) as expired:
            try:
                request = requests.Request("GET", url, headers=self._headers).prepare()
                with self._adapter.send(request, stream=True, timeout=(limits.connect, limits.read)) as response:
                    return response, _body(url, response, limits.size)
            except (requests.RequestException, HTTPError, OSError) as error:
                if expired.is_set():
                    raise Unreachable(url, f"no whole answer within {limits.total:g} seconds") from error
                raise _translated(url, error) from error


def _target(url: str, location: str) -> str:
    """Where the answer at `url` leads."""
    try:
        return requote_uri(urldefrag(urljoin(url, location)).url)
    except (ValueError, requests.RequestException):   # what cannot be read leads nowhere inside
        return location


def _body(url: str, response: requests.Response, size: int) -> bytes:
    kind = response.headers.get("Content-Type", "").lower()
    if response.ok and kind.startswith(_NO_PAGES):
        raise Unreachable(url, f"is {kind}, no page")
    body = bytearray()
    for chunk in response.raw.stream(_CHUNK, decode_content=True):
        body += chunk
        if len(body) > size:
            raise Unreachable(url, f"is larger than {size:,} bytes")
    return bytes(body)


def _translated(url: str, error: Exception) -> Unreachable:
    """What a foreign exception means to us; `_Interrupted` when another attempt may succeed."""
    cause = _root(error)
    if isinstance(error, requests.exceptions.SSLError):
        return Unreachable(url, f"its TLS certificate cannot be verified: {cause}")
    if isinstance(cause, socket.gaierror) and cause.errno != socket.EAI_AGAIN:
        return Unreachable(url, f"no such host: {urlsplit(url).hostname}")
    if isinstance(error, requests.Timeout) or isinstance(cause, TimeoutError):
        return _Interrupted(url, "no answer in time")
    final = isinstance(cause, PrivateAddress) or isinstance(error, ValueError)
    return (Unreachable if final else _Interrupted)(url, str(cause) or type(cause).__name__)


def _root(error: BaseException) -> BaseException:
    """The first cause of a chain of exceptions."""
    cause = error.__cause__ or error.__context__
    return error if cause is None else _root(cause)
