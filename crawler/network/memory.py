"""What a fetcher writes down of every request, and what it knows of earlier answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from archive.captures import Capture
from archive.errors import CaptureError
from archive.runs import Asked

Ledger = Callable[[Asked, Capture | None], None]
"""Notes one request that was made, with the capture of its answer (`None` without one)."""

_GOOD: Final = (200, 304)


def no_ledger(_asked: Asked, _capture: Capture | None) -> None:
    """Notes nothing."""


class Memory(Protocol):
    """The answers of earlier nights."""

    def last(self, url: str) -> Capture | None:
        """The last good capture of that address, if there is one."""

    def read(self, capture: Capture) -> bytes:
        """Its body. Raises `CaptureError` when it cannot be read any more."""


class NoMemory:
    """Of nights of which nothing is known."""

    def last(self, _url: str) -> Capture | None:
        """Nothing."""
        return None

    def read(self, capture: Capture) -> bytes:
        """Raises `CaptureError`."""
        raise CaptureError(f"{capture.url}: nothing is remembered of it")


no_memory: Final = NoMemory()


@dataclass(frozen=True, slots=True)
class Earlier:
    """An answer that the site may say to be good still, and the headers that ask so (RFC 9110, section 13)."""

    capture: Capture
    body: bytes
    conditions: Mapping[str, str]


def earlier_answer(url: str, memory: Memory) -> Earlier | None:
    """What to ask about when `url` is asked again: an answer that came with validators and can still be read."""
    capture = memory.last(url)
    if capture is None or capture.status not in _GOOD:
        return None
    given = {"If-None-Match": capture.etag, "If-Modified-Since": capture.modified}
    conditions = {name: value for name, value in given.items() if value and _fits_header(value)}
    if not conditions:
        return None
    try:
        return Earlier(capture, memory.read(capture), conditions)
    except CaptureError:    # then the page is asked as if it were new
        return None


def _fits_header(value: str) -> bool:
    return value.isascii() and value.isprintable() and value == value.strip()
