"""The tantivy index in a folder: what is written there. With `tantivy_postings`, all that knows tantivy.

What was written at one time is a part; its rows are numbered from 0. A term of a scope of a part is one of tantivy's
documents: its rows, how often it stands in each, and where, as four-byte integers in one stored field. tantivy's own
postings would be read through Python's objects, a hundred times slower, and give neither frequencies nor positions,
which ranking needs. A meeting of a part is a document too, with its rows, and so is the part itself, with its words.
tantivy finds these by their terms, keeps what one commit wrote together, and forgets what is deleted.
"""

import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
import tantivy

from archive.model import MeetingId
from index.collected import Block, Collected, joined, renumbered
from index.gathering import Gathered, Gathering, Slots, scope_and_term, slot
from index.passages import Scope
from index.project import Entry

KIND, MEETING, PART, HELD = "kind", "meeting", "part", "held"
MEETINGS, PARTS = "meetings", "parts"
BUSY = "LockBusy"
"""What tantivy says where another writes."""
KILLED = "writer was killed"
"""What it says where a thread of the writer failed."""
_HEAP = 32_000_000      # bytes that tantivy takes before it writes a segment
_AT_ONCE = 8_000_000    # occurrences in memory before a part is written
_READ = 5_000           # slots of an earlier part that are read at a time
_AGAIN = 0.05           # seconds after which a lock that is held is tried again


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for scope in Scope:
        builder.add_text_field(scope.value, stored=True, tokenizer_name="raw", index_option="basic")
    for name in (KIND, MEETING):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field(PART, stored=True, indexed=True)
    builder.add_bytes_field(HELD, stored=True)
    return builder.build()


SCHEMA = _schema()


def _query(field: str, value: str | int) -> tantivy.Query:
    """The documents with that term. Deleting by a term alone finds no numbers: it takes them for signed ones."""
    return tantivy.Query.term_query(SCHEMA, field, value)


def packed(found: Block) -> bytes:
    """A slot of one part in the form that `block` reads."""
    numbers = found.rows, found.counts, found.positions
    return b"".join((found.rows.size.to_bytes(4, "little"), *(each.astype("<u4").tobytes() for each in numbers)))


def block(stored: bytes) -> Block:
    """The block that was stored."""
    numbers = np.frombuffer(stored, "<u4")
    size = int(numbers[0])
    return Block(numbers[1:size + 1], numbers[size + 1:2 * size + 1], numbers[2 * size + 1:])


class Held(NamedTuple):
    """A meeting in a part: the number of its first row, its rows as `columns.packed` made them, and their sources."""

    meeting: str
    part: int
    first: int
    rows: tuple[bytes, ...]
    sources: tuple[str, ...]

    def stored(self) -> bytes:
        """It in the form that `held` reads: a row is one line of JSON."""
        head = json.dumps([self.meeting, self.part, self.first, self.sources]).encode()
        return b"\n".join((head, *self.rows))


def held(stored: bytes) -> Held:
    """The meeting that was stored."""
    head, *rows = stored.split(b"\n")
    meeting, part, first, sources = json.loads(head)
    return Held(meeting, part, first, tuple(rows), tuple(sources))


class Part(NamedTuple):
    """One part: its number, how many rows it numbers, and in how many texts it has each word."""

    number: int
    size: int
    words: Mapping[str, int]

    def stored(self) -> bytes:
        """It in the form that `part` reads."""
        return json.dumps(self).encode()


def part(stored: bytes) -> Part:
    """The part that was stored."""
    return Part(*json.loads(stored))


def create(folder: Path) -> None:
    """Makes an empty index there; whatever index was there is gone."""
    for each in folder.iterdir():
        if each.is_file():
            each.unlink()
    tantivy.Index(SCHEMA, path=str(folder))


def searching(folder: Path) -> tantivy.Searcher:
    """The last commit in `folder`; it stays what it is."""
    return _opened(folder).searcher()


def _opened(folder: Path) -> tantivy.Index:
    index = tantivy.Index.open(str(folder))
    index.config_reader("manual")    # else a thread of its own watches the folder
    return index


def stored(searcher: tantivy.Searcher, field: str, value: str | int) -> Iterator[tantivy.Document]:
    """The documents that have `value` in `field`, as they were stored."""
    if searcher.num_docs:
        query = _query(field, value)
        for _, address in searcher.search(query, limit=searcher.num_docs, count=False).hits:
            yield searcher.doc(address)


def stored_bytes(searcher: tantivy.Searcher, field: str, value: str | int) -> Iterator[bytes]:
    """What those documents hold."""
    return (bytes(document[HELD][0]) for document in stored(searcher, field, value))


def parts(searcher: tantivy.Searcher) -> list[Part]:
    """Every part, in the order in which they were written."""
    return sorted(map(part, stored_bytes(searcher, KIND, PARTS)), key=lambda each: each.number)


class _Part:
    """The postings and meetings of a part that is being written; its rows are numbered as they come."""

    def __init__(self, number: int) -> None:
        self.number, self.size = number, 0
        self.meetings: dict[MeetingId, Held] = {}
        self.postings = Collected()

    def add(self, found: Gathered) -> None:
        """Adds what was gathered of some meetings."""
        for each in found.postings:
            self.postings.add(each, self.size)
        for meeting, rows, sources in found.meetings:
            if rows:
                self.meetings[meeting] = Held(meeting, self.number, self.size, rows, sources)
            self.size += len(rows)

    def take(self, before: Part, meetings: Iterable[Held], postings: Iterable[Slots]) -> None:
        """Adds those `meetings` of an earlier part, and of its postings theirs."""
        numbers = np.full(before.size, -1, np.int64)
        for each in sorted(meetings, key=lambda each: each.first):
            numbers[each.first:each.first + len(each.rows)] = np.arange(self.size, self.size + len(each.rows))
            self.meetings[MeetingId(each.meeting)] = each._replace(part=self.number, first=self.size)
            self.size += len(each.rows)
        for some in postings:
            self.postings.add(renumbered(some, numbers))


class Writing:
    """One batch being written; whoever makes it calls `commit` or `cancel`. Waits `patience` seconds for another."""

    def __init__(self, folder: Path, patience: float) -> None:
        self._folder, self._writer = folder, _writer(_opened(folder), patience)
        with ExitStack() as unless_begun:
            unless_begun.callback(self._writer.wait_merging_threads)    # which gives the lock back
            self._writer.garbage_collect_files()    # what a batch left that failed, may be for want of room
            self._parts = parts(searching(folder))
            unless_begun.pop_all()
        self._gone: set[MeetingId] = set()
        self._part = _Part(max((each.number for each in self._parts), default=0) + 1)
        self._gathering = Gathering()

    def put(self, meeting: MeetingId, entries: Iterable[Entry]) -> None:
        """Replaces all of that meeting's entries."""
        self._gathering.put(meeting, entries)
        self.take(self._gathering.gathered())

    def take(self, gathered: Gathered) -> None:
        """Replaces all entries of the meetings that were gathered."""
        for each in gathered.meetings:
            self.remove(each.meeting)
        self._part.add(gathered)
        if self._part.postings.occurrences >= _AT_ONCE:
            self._flush()

    def remove(self, meeting: MeetingId) -> None:
        """Removes all of that meeting's entries."""
        self._gone.add(meeting)
        self._part.meetings.pop(meeting, None)
        self._writer.delete_documents_by_term(MEETING, str(meeting))

    def commit(self) -> None:
        """Makes the batch visible, in one step, and removes the files that it left over."""
        self._merge(searching(self._folder))
        self._flush()
        self._writer.commit()
        self._writer.garbage_collect_files()
        self._writer.wait_merging_threads()

    def cancel(self) -> None:
        """Forgets the batch and gives the lock back."""
        try:
            self._writer.rollback()
        finally:
            self._writer.wait_merging_threads()

    def _flush(self) -> None:
        """Gives the part collected so far to the writer, and begins another."""
        part, words = self._part, Counter[str]()
        for each, found in part.postings.blocks():
            scope, term = scope_and_term(each)
            self._write(part.number, packed(found), (scope.value, term))
            if term.isalpha():
                words[term] += found.rows.size
        for meeting, rows in part.meetings.items():
            self._write(part.number, rows.stored(), (KIND, MEETINGS), (MEETING, meeting))
        if part.size:
            self._write(part.number, Part(part.number, part.size, words).stored(), (KIND, PARTS))
        self._part = _Part(part.number + 1)

    def _write(self, number: int, content: bytes, *texts: tuple[str, str]) -> None:
        document = tantivy.Document()
        for field, text in texts:
            document.add_text(field, text)
        document.add_unsigned(PART, number)
        document.add_bytes(HELD, content)
        self._writer.add_document(document)

    def _merge(self, before: tantivy.Searcher) -> None:
        """Takes in earlier parts of which not much more is left than is written: few parts, each written a few times.

        What was deleted of them is left behind then.
        """
        left = defaultdict[int, list[Held]](list)
        for meeting in map(held, stored_bytes(before, KIND, MEETINGS)):
            if meeting.meeting not in self._gone:
                left[meeting.part].append(meeting)
        rows = {number: sum(len(each.rows) for each in meetings) for number, meetings in left.items()}
        for each in sorted(self._parts, key=lambda each: rows.get(each.number, 0)):
            if rows.get(each.number, 0) > 2 * self._part.size or self._part.postings.occurrences >= _AT_ONCE:
                break
            self._part.take(each, left[each.number], _postings(before, each.number))
            self._writer.delete_documents_by_query(_query(PART, each.number))


def _postings(searcher: tantivy.Searcher, number: int) -> Iterator[Slots]:
    """The postings of a part, many slots at a time."""
    found = ((slot(scope, document[scope.value][0]), block(document[HELD][0]))
             for document in stored(searcher, PART, number) for scope in Scope
             if document.get_first(scope.value) is not None)    # else it is a meeting's, or the part's own
    while some := [*islice(found, _READ)]:
        yield joined(some)


def _writer(index: tantivy.Index, patience: float) -> tantivy.IndexWriter:
    until = time.monotonic() + patience
    while True:
        try:
            return index.writer(_HEAP, num_threads=1)
        except ValueError as error:
            if BUSY not in str(error) or time.monotonic() >= until:
                raise
        time.sleep(_AGAIN)
