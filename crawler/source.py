"""What a platform adapter is: it reads a council's site through a `get` that it is given, and never opens a socket.

The same adapter serves three callers: a live and polite `get` for `crawl`, one that answers from the captures for
`reparse`, one that answers from memory in tests. The walk is plain sequential code.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from archive.errors import MinutebookError, PageError
from archive.listings import Announced, Door
from archive.model import Committee, CommitteeId, Council, Meeting, Member

__all__ = [
    "Announced", "Get", "Kept", "KeptPage", "ListsFailed", "Page", "Reading", "Shortfall", "Source", "nothing_kept",
]  # fmt: skip


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
class KeptPage:
    """An answer of an earlier night, and when it was fetched."""

    page: Page
    fetched: datetime


Kept = Callable[[str], KeptPage | None]
"""The answer to an address from which a meeting was last read, if there was one and it can be read.

Using one counts as having fetched it: it becomes one of the captures from which the meeting is read now.
"""


def nothing_kept(_url: str) -> KeptPage | None:
    """What is kept of a meeting that is read for the first time."""
    return None


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A part of a meeting that could not be had: `what` ("attendance"), `where` (its address), and why."""

    what: str
    where: str
    error: MinutebookError


@dataclass(frozen=True, slots=True)
class Reading:
    """A meeting as its site shows it now.

    `translations` are the same meeting in other languages, each a meeting of its own (`archive.ids.twin`). `untold`
    names the fields of the meeting that say nothing this time, because their part could not be had, or because the way
    by which it was read never tells them: what is held of them stands (`archive.untold` has the names).
    """

    meeting: Meeting
    translations: tuple[Meeting, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()
    untold: frozenset[str] = frozenset()


class ListsFailed(PageError):
    """The lists of some committees could not be had, or not to their end; those of all others were had whole.

    Attribute: `committees`, the identifiers of those whose lists say nothing of what is missing.
    """

    def __init__(self, url: str, expected: str, found: str, committees: frozenset[CommitteeId]) -> None:
        super().__init__(url, expected, found)
        self.committees = committees


class Source(Protocol):
    """One council's site on one platform."""

    council: Council

    def ways(self) -> Mapping[str, Door]:
        """What became of each way into the site, to be kept for the next run, also of one that was stopped."""

    def committees(self) -> tuple[Committee, ...]:
        """All committees that the site lists. Raises `PageError` or `FetchError`."""

    def members(self) -> tuple[Member, ...]:
        """All members that the site lists."""

    def announced(self, since: date | None, until: date | None) -> Iterator[Announced]:
        """Every meeting the site announces in that range; one that several committees list once by each of them.

        Meetings of other days that its lists show are given as well. Raises, after all that could be had was given,
        `ListsFailed` where the other committees' lists were had, else `PageError` or `FetchError`.
        """

    def address(self, announced: Announced) -> str:
        """The page of an announced meeting, for people."""

    def meeting(self, announced: Announced, kept: Kept = nothing_kept) -> Reading:
        """One meeting, whole, as far as its parts can be had.

        What `kept` has is not asked again where the meeting's page shows that nothing changed. Raises `PageError` when
        the meeting's page is not what it should be, or `FetchError`.
        """
