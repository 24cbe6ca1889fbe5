"""One request out, one whole answer in, within limits of time and size; what fails is said in our own words."""

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import requests
from urllib3.exceptions import HTTPError

from archive.errors import Unreachable
from crawler.network.addresses import host_of
from crawler.network.limits import Limits
from crawler.network.tls import HINT, trust
from crawler.network.unpacking import ACCEPTED, BrokenOff, TooLarge, Undecodable, unpacked
from crawler.network.wire import ForbiddenAddress, Wire, WireAdapter

_CHUNK: Final = 16_384
_NO_PAGES: Final = ("image/", "video/", "audio/", "font/")
_ACCEPT: Final = "text/html,application/xhtml+xml,application/xml;q=0.9,application/pdf;q=0.8,*/*;q=0.5"


class NoAnswer(Unreachable):
    """The host gave no whole answer."""


class Interrupted(NoAnswer):
    """The answer did not come or broke off; another attempt may succeed."""


class Unwanted(Unreachable):
    """The host answered, with what is not taken: too large, a picture, packed in a strange way. Attribute: `status`."""

    def __init__(self, url: str, reason: str, status: int) -> None:
        super().__init__(url, reason)
        self.status = status


@dataclass(frozen=True, slots=True)
class Exchange:
    """A response as it came, `body` as decoded from transport."""

    status: int
    reason: str
    headers: Mapping[str, str]
    body: bytes


class Transport:
    """Makes the requests. `agent` is the User-Agent, `certificate` a PEM file to be believed beside the usual ones.

    Raises `InputError` when that file cannot be read.
    """

    def __init__(self, wire: Wire, limits: Limits, agent: str, certificate: Path | None) -> None:
        self._wire, self._limits = wire, limits
        self._adapter = WireAdapter(wire, trust(certificate))
        self._headers = {"User-Agent": agent, "Accept": _ACCEPT, "Accept-Encoding": ACCEPTED}

    def exchange(self, url: str, conditions: Mapping[str, str]) -> Exchange:
        """The answer to a GET of `url`, with the headers `conditions` besides. Raises `NoAnswer` or `Unwanted`.

        The adapter is asked itself: a session would read the body of a redirect without limit, keep cookies, and take
        proxies and passwords from the environment.
        """
        limits = self._limits
        with self._wire.at_most(limits.total) as expired:
            try:
                request = requests.Request("GET", url, headers={**self._headers, **conditions}).prepare()
                with self._adapter.send(request, stream=True, timeout=(limits.connect, limits.read)) as response:
                    body = _body(url, response, limits.size)
                    if expired.is_set():    # without a promised length, what was cut looks like an end
                        raise TimeoutError
                    return Exchange(response.status_code, response.reason or "", response.headers, body)
            except (requests.RequestException, HTTPError, OSError, ValueError) as error:
                if expired.is_set():
                    raise NoAnswer(url, f"no whole answer within {limits.total:g} seconds") from error
                raise _translated(url, error) from error

    def abort(self) -> None:
        """Breaks off the request that is under way; may be called from any thread."""
        self._wire.cut()

    def close(self) -> None:
        """Closes the connections."""
        self._adapter.close()
        self._wire.close()


def _body(url: str, response: requests.Response, size: int) -> bytes:
    """The whole body, as decoded from transport."""
    status, kind = response.status_code, response.headers.get("Content-Type", "").lower()
    if response.ok and kind.startswith(_NO_PAGES):
        raise Unwanted(url, f"is {kind}, no page", status)
    try:
        chunks = response.raw.stream(_CHUNK, decode_content=False)
        return unpacked(chunks, response.headers.get("Content-Encoding", ""), size)
    except TooLarge as failure:
        raise Unwanted(url, f"is larger than {size:,} bytes", status) from failure
    except Undecodable as failure:
        raise Unwanted(url, f"cannot be unpacked: {failure}", status) from failure
    except BrokenOff as failure:
        raise Interrupted(url, "the packed answer breaks off") from failure


def _translated(url: str, error: Exception) -> NoAnswer:
    """What a foreign exception means to us; `Interrupted` when another attempt may succeed."""
    cause = _root(error)
    if isinstance(error, requests.exceptions.SSLError):
        return NoAnswer(url, f"its TLS certificate cannot be verified ({cause}); {HINT}")
    if isinstance(cause, socket.gaierror) and cause.errno != socket.EAI_AGAIN:
        return NoAnswer(url, f"no such host: {host_of(url).rpartition(':')[0]}")
    if isinstance(error, requests.Timeout) or isinstance(cause, TimeoutError):
        return Interrupted(url, "no answer in time")
    final = isinstance(cause, ForbiddenAddress) or isinstance(error, ValueError)
    return (NoAnswer if final else Interrupted)(url, _one_line(str(cause)) or type(cause).__name__)


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]


def _root(error: BaseException) -> BaseException:
    """The first cause of a chain of exceptions."""
    cause = error.__cause__ or error.__context__
    return error if cause is None else _root(cause)
