"""The postings of many entries at once: made in any process, taken in by any engine.

A text is looked up chain by chain in a table of what each chain gives, and everything after that is done by numpy for
thousands of texts together: a term is not touched again for each of the places where it stands.
"""

from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from archive.errors import IndexFailure, MinutebookError
from archive.model import Meeting, MeetingId
from index import analysis
from index.columns import packed
from index.passages import Passage, Scope
from index.project import Entry, project
from index.spans import NONE, Array
from index.topics import Topics
from index.welsh import is_welsh

Four = npt.NDArray[np.uint32]

APART = 200
"""Positions between two passages of a scope: more than any NEAR reaches."""

_SCOPES = {scope: at for at, scope in enumerate(Scope)}
_LETTERS = {scope: chr(ord("a") + at) for at, scope in enumerate(sorted(Scope))}
_BY_LETTER = {letter: scope for scope, letter in _LETTERS.items()}
_SETTLED = 1 << 18       # chains of texts whose postings are made together
_ROW_BITS = 12
_MOST_ROWS = (1 << _ROW_BITS) - 1
_POSITION_BITS = 28
_POSITION, _ROW = (1 << _POSITION_BITS) - 1, (1 << _ROW_BITS) - 1
_MOST_HEADS = 1 << 63 - _POSITION_BITS    # of which each and a position are one integer
_MOST_TERMS = 1 << 19    # terms in the table before it is begun anew


class Slots(NamedTuple):
    """Postings by slot, which is a scope and a term (`slot`). `sizes` says of each how many rows have it.

    `rows` and `counts`, how often it stands in each, follow each other slot by slot; `positions` row by row.
    """

    slots: Sequence[str]
    sizes: Four
    rows: Four
    counts: Four
    positions: Four


class Kept(NamedTuple):
    """A meeting: its rows as `columns.packed` made them, and their sources; none of a meeting without items."""

    meeting: MeetingId
    rows: tuple[bytes, ...]
    sources: tuple[str, ...]


class Gathered(NamedTuple):
    """What an index has to hold of some meetings. Their rows are numbered from 0, one meeting after the other."""

    meetings: tuple[Kept, ...]
    postings: tuple[Slots, ...]

    @property
    def size(self) -> int:
        """How many rows there are."""
        return sum(len(each.rows) for each in self.meetings)


def slot(scope: Scope, term: str) -> str:
    """A term of a scope as one text. Those of one scope stand together when sorted, in the order of scopes' names."""
    return _LETTERS[scope] + term


def scope_and_term(slot: str) -> tuple[Scope, str]:
    """The same apart."""
    return _BY_LETTER[slot[0]], slot[1:]


class _Numbers(dict[str, int]):
    """The number of each chain in a table, which learns those that it has not met; one of a Welsh text is another."""

    def __init__(self, table: "_Table", *, welsh: bool) -> None:
        super().__init__()
        self._table, self._analyse = table, analysis.ANALYSE[welsh]

    def __missing__(self, chain: str) -> int:
        number = self[chain] = self._table.learnt(chain, self._analyse(chain))
        return number


class _Table:
    """What each chain gives: how many positions it takes, and its terms, numbered, with their places in it."""

    def __init__(self) -> None:
        self.english, self.welsh = _Numbers(self, welsh=False), _Numbers(self, welsh=True)
        self.chains: list[str] = []
        self.widths = array("I")
        self.firsts = array("I", (0,))    # where the terms of each begin
        self.terms, self.places = array("I"), array("I")
        self.opens, self.goes_on = bytearray(), bytearray()
        self.names: dict[str, int] = {}

    def learnt(self, chain: str, analysed: analysis.Analysed) -> int:
        """Takes in a chain; its number."""
        for token in analysed.terms:
            self.terms.append(self.named(token.term))
            self.places.append(token.position)
        self.firsts.append(len(self.terms))
        self.widths.append(analysed.width)
        self.opens.append(analysed.opens)
        self.goes_on.append(analysis.goes_on(chain))
        self.chains.append(chain)
        return len(self.chains) - 1

    def named(self, term: str) -> int:
        """The number of a term."""
        return self.names.setdefault(term, len(self.names))


class _Texts:
    """Texts looked up in a table, whose postings are still to be made."""

    def __init__(self) -> None:
        self.chains = array("I")
        self.lengths, self.groups, self.firsts = array("I"), array("q"), array("I")
        self.extra, self.at = array("q"), array("q")    # heads and positions that no chain gives by itself


class Gathering:
    """Gathers the postings of entries. For one thread; it may be used again once it gave what it gathered."""

    def __init__(self) -> None:
        self._table, self._texts = _Table(), _Texts()
        self._meetings, self._postings = list[Kept](), list[Slots]()
        self._rows = self._first = 0
        self.occurrences = 0
        """How many occurrences of terms were gathered so far, those of the last texts not counted."""

    def put(self, meeting: MeetingId, entries: Iterable[Entry]) -> None:
        """Adds all entries of a meeting."""
        rows, sources = list[bytes](), list[str]()
        for entry in entries:
            rows.append(packed(entry, self._read(entry.passages)))
            sources.append(entry.source)
            self._rows += 1
            if len(self._texts.chains) >= _SETTLED or self._rows - self._first >= _MOST_ROWS:
                self._settle()
        self._meetings.append(Kept(meeting, tuple(rows), tuple(sources)))

    def gathered(self) -> Gathered:
        """What was gathered; it is forgotten then."""
        self._settle()
        found = Gathered(tuple(self._meetings), tuple(self._postings))
        self._meetings, self._postings = [], []
        self._rows = self._first = self.occurrences = 0
        return found

    def _read(self, passages: Iterable[Passage]) -> dict[Scope, int]:
        """Looks up the texts of one entry; how many positions they take, by scope."""
        free, lengths = dict[Scope, int](), dict[Scope, int]()
        for passage in passages:
            first = free.get(passage.scope, 0)
            after = self._number(passage.scope, passage.number, first) if passage.number else first
            after = self._text(passage.scope, passage.text, after)
            lengths[passage.scope] = lengths.get(passage.scope, 0) + after - first
            free[passage.scope] = after + APART
        return lengths

    def _number(self, scope: Scope, number: str, first: int) -> int:
        terms, width = _cited_by(number)
        for term in terms:
            self._extra(scope, term, first)
        return self._text(scope, number, first) if width is None else first + width

    def _text(self, scope: Scope, text: str, first: int) -> int:
        """Looks up a text whose first position that is; the next free one."""
        chains, texts, table = analysis.CHAIN.findall(text), self._texts, self._table
        if not chains:
            return first
        numbers = list(map((table.welsh if is_welsh(chains) else table.english).__getitem__, chains))
        texts.chains.extend(numbers)
        texts.lengths.append(len(numbers))
        texts.firsts.append(first)
        texts.groups.append(_SCOPES[scope] << _ROW_BITS | self._rows - self._first)
        return first + sum(map(table.widths.__getitem__, numbers))

    def _extra(self, scope: Scope, term: str, position: int) -> None:
        name = self._table.named(term) * len(_SCOPES) + _SCOPES[scope]
        self._texts.extra.append(name << _ROW_BITS | self._rows - self._first)
        self._texts.at.append(position)

    def _settle(self) -> None:
        """Makes the postings of the texts that were looked up."""
        if self._texts.lengths or self._texts.extra:
            heads, positions = _places(self._table, self._texts)
            self._postings += [_slots(self._table, heads, positions, self._first)] if heads.size else []
            self.occurrences += heads.size
        self._texts, self._first = _Texts(), self._rows
        if len(self._table.names) > _MOST_TERMS:
            self._table = _Table()


@lru_cache(maxsize=1 << 12)
def _cited_by(number: str) -> tuple[tuple[str, ...], int | None]:
    """The terms by which that number is cited, and how many positions it takes; `None` where it is a text too."""
    chains = analysis.CHAIN.findall(number)
    return tuple(analysis.cited_by(chains)), analysis.width(number) if analysis.is_plain(chains) else None


class Gatherer:
    """Gathers what an index has to hold of some meetings, in whatever process; what it learns of chains is kept."""

    def __init__(self, topics: Topics) -> None:
        self._topics = topics
        self._gathering: Gathering | None = None

    def __call__(self, meetings: Sequence[Meeting]) -> Gathered:
        """Raises `InputError` as `project` does, and `IndexFailure` that names the meeting for what is a bug."""
        gathering, self._gathering = self._gathering or Gathering(), None
        for meeting in meetings:
            try:
                gathering.put(MeetingId(str(meeting.id)), project(meeting, self._topics))
            except MinutebookError:
                raise
            except Exception as error:
                raise IndexFailure(f"meeting {meeting.id} cannot be indexed: bug: {error!r:.200}") from error
        gathered, self._gathering = gathering.gathered(), gathering
        return gathered


def _places(table: _Table, texts: _Texts) -> tuple[Array, Array]:
    """Each place where a term stands, sorted: its head, which is its number and scope and its row, and its position."""
    extra = np.array(texts.extra, np.int64), np.array(texts.at, np.int64)
    heads, positions = map(np.concatenate, zip(*_of_texts(table, texts), extra, strict=True))
    if heads.max(initial=0) >= _MOST_HEADS or positions.max(initial=0) > _POSITION:    # of a text of many megabytes
        order = np.lexsort((positions, heads))
        return heads[order], positions[order]
    keys = np.sort(heads << _POSITION_BITS | positions)    # one number each, which sorts faster
    return keys >> _POSITION_BITS, keys & _POSITION


def _of_texts(table: _Table, texts: _Texts) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
    """Heads and positions of what each chain gives by itself, and of what several give together."""
    chains, lengths = np.array(texts.chains, np.int64), np.array(texts.lengths, np.int64)
    ends = np.cumsum(lengths)
    widths = np.array(table.widths, np.int64)[chains]
    before = np.cumsum(widths) - widths
    firsts = np.array(texts.firsts, np.int64) - before[ends - lengths]
    positions = before + np.repeat(firsts, lengths)
    groups = np.repeat(np.array(texts.groups, np.int64), lengths)
    of_chain = np.array(table.firsts, np.int64)
    several = np.diff(of_chain)[chains]
    at = ranges(of_chain[chains], several)
    terms, places = np.array(table.terms, np.int64)[at], np.array(table.places, np.int64)[at]
    single = _heads(terms, np.repeat(groups, several)), np.repeat(positions, several) + places
    return single, _joined(table, chains, ends, groups, positions)


def _joined(table: _Table, chains: Array, ends: Array, groups: Array, positions: Array) -> tuple[Array, Array]:
    """Heads and positions of what several chains of a text mean together."""
    opens, goes_on = (np.frombuffer(bytes(each), np.bool_) for each in (table.opens, table.goes_on))
    may = opens[chains[:-1]] & goes_on[chains[1:]]
    may[ends[:-1] - 1] = False    # the next chain is another text's
    found = list[tuple[int, int]]()
    places = np.flatnonzero(may)
    for at, end in zip(places.tolist(), ends[np.searchsorted(ends, places, "right")].tolist(), strict=True):
        several = [table.chains[each] for each in chains[at:min(at + analysis.TOGETHER, end)].tolist()]
        found += ((table.named(term), at) for term, _ in analysis.joined_from(several, 0))
    if not found:
        return NONE, NONE
    terms, where = np.array(found, np.int64).T
    return _heads(terms, groups[where]), positions[where]


def _heads(terms: Array, groups: Array) -> Array:
    return (terms * len(_SCOPES) + (groups >> _ROW_BITS)) << _ROW_BITS | groups & _ROW


def _slots(table: _Table, heads: Array, positions: Array, first: int) -> Slots:
    """The postings of sorted places; rows are numbered from `first`."""
    terms = list(table.names)
    starts = _starts(heads)
    heads = heads[starts]
    names = heads >> _ROW_BITS
    begins = _starts(names)
    slots = [slot(_IN_ORDER[each % len(_SCOPES)], terms[each // len(_SCOPES)]) for each in names[begins].tolist()]
    numbers = _lengths(begins, names.size), (heads & _ROW) + first, _lengths(starts, positions.size), positions
    return Slots(slots, *(each.astype(np.uint32) for each in numbers))


_IN_ORDER = tuple(_SCOPES)


def _starts(numbers: Array) -> Array:
    """Where in sorted `numbers` another begins."""
    return np.flatnonzero(np.concatenate(([True], numbers[1:] != numbers[:-1])))


def _lengths(starts: Array, size: int) -> Array:
    return np.diff(starts, append=size)


def ranges(firsts: Array, lengths: Array) -> Array:
    """The numbers from each of `firsts` on, so many as `lengths` says, one range after the other."""
    before = np.cumsum(lengths) - lengths
    return np.repeat(firsts - before, lengths) + np.arange(int(lengths.sum()))
