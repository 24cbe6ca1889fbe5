"""What a platform adapter is: it reads a council's site through a `get` that it is given, and never opens a socket.

The same adapter serves three callers: a live and polite `get` for `crawl`, one that answers from the captures for
`reparse`, one that answers from memory in tests. The walk is plain sequential code.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from archive.model import Committee, Council, Meeting, MeetingId, Member


@dataclass(frozen=True, slots=True)
class Page:
    """One answer: `url` is the address that answered (after redirects), `body` its bytes as decoded from transport."""

    url: str
    status: int
    content_type: str
    body: bytes


Get = Callable[[str], Page]
"""Asks one address. Raises `archive.errors.FetchError` (`Blocked`, `Gone`, `Unreachable`)."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A meeting that the site's lists announce: what is needed to fetch it and to know that something is missing."""

    id: MeetingId
    committee: Committee
    start: datetime
    note: str | None = None   # what the list prints beside the date: "Cancelled", "Agenda", ...


class Source(Protocol):
    """One council's site on one platform."""

    council: Council

    def committees(self) -> tuple[Committee, ...]:
        """All committees that the site lists. Raises `PageError` or `FetchError`."""

    def members(self) -> tuple[Member, ...]:
        """All members that the site lists."""

    def announced(self, since: date | None, until: date | None) -> Iterator[Announced]:
        """Every meeting the site announces in that range, each once."""

    def meeting(self, announced: Announced) -> Meeting:
        """One meeting, whole. Raises `PageError` when a page is not what it should be."""
