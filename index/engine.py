"""What a search engine is to this project, kept this small so that any can stand behind it.

An engine stores the terms of entries, finds the items of a tree, ranks them, counts them. What a term is, what a query
means, how a score is made and which paragraph is shown is decided elsewhere (`analysis`, `tree`, `ranking`,
`snippets`), so that every engine gives the same answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from archive.model import ItemId, MeetingId
from index.acronyms import Acronyms
from index.gathering import Gathered
from index.project import Entry
from index.query import Query

FACETS = ("council", "committee", "member", "topic", "kind", "action", "year", "month")


@dataclass(frozen=True, slots=True)
class Match:
    """An item that matches, with its score: above 0, or 0 when the query has nothing to rank by."""

    id: ItemId
    score: float


@dataclass(frozen=True, slots=True)
class Matches:
    """What matches a query: how many items, those asked for in order, and for each of `FACETS` how many by value.

    Each count is the total that choosing that value alone, instead of what is chosen of its facet, would give: what was
    typed holds always. So kinds count the items whose words stand in texts of that kind. Years and months (2021-05)
    are values of one facet, the day. A query that names no item (limit 0) has the total alone.
    """

    total: int = 0
    hits: tuple[Match, ...] = ()
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the archive's own texts teach about words.

    `words` gives each word of letters alone, folded and unstemmed, about how many texts of items have it.
    """

    words: Mapping[str, int] = field(default_factory=dict)


class Batch(Protocol):
    """Changes that become visible together, when the batch ends."""

    def put(self, meeting: MeetingId, entries: Iterable[Entry]) -> None:
        """Replaces all of that meeting's entries."""

    def remove(self, meeting: MeetingId) -> None:
        """Removes all of that meeting's entries, if there are any."""


@runtime_checkable
class Taking(Protocol):
    """A batch that takes what was gathered elsewhere too, may be in another process."""

    def take(self, gathered: Gathered) -> None:
        """Replaces all entries of the meetings that were gathered."""


class Searcher(Protocol):
    """What answers queries. Safe for many threads; raises `archive.errors.IndexFailure` alone."""

    def search(self, query: Query) -> Matches:
        """What matches, as of the last commit."""

    def lexicon(self) -> Lexicon:
        """The words of all that can be found, as of the last commit; made once for each, which takes a while."""

    def acronyms(self) -> Acronyms:
        """The acronyms of all that can be found, as of the last commit: the same object until the next."""


class SearchEngine(Searcher, Protocol):
    """One index: what answers, and takes in what it answers from. Raises `archive.errors.IndexFailure` alone."""

    def version(self) -> str | None:
        """The version of the projection that it holds; `None` when it is missing or unreadable."""

    def held(self) -> Mapping[MeetingId, Sequence[str]]:
        """The `source` of each entry of each meeting, as of the last commit; meetings without entries are not there.

        Raises `IndexFailure` also for damage that a search need not meet. Nobody may write meanwhile.
        """

    def reset(self, version: str) -> None:
        """Makes it an empty index of that version."""

    def batch(self) -> AbstractContextManager[Batch]:
        """One writer at a time; commits on leaving, discards when an exception passes."""

    def close(self) -> None:
        """Releases files; searching again opens them again."""
