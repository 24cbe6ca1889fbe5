"""The Whoosh index in a folder: what is written there. With `whoosh_postings`, all that knows Whoosh 2.7.4.

An item is a document: one field for each scope with our own terms and their positions, one that finds the documents of
a meeting, one column with everything else, and one that says what the entry was made from. Whoosh analyses nothing and
scores nothing.
"""
# mypy: allow-subclassing-any

from array import array
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from whoosh import formats, index
from whoosh.codec.whoosh3 import W3Codec
from whoosh.fields import COLUMN, ID, FieldType, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import IndexReader, SegmentReader, TermNotFound

from archive.model import MeetingId
from index.columns import packed
from index.passages import Scope
from index.project import Entry
from index.terms import terms

ROW = "row"
SOURCE = "source"
MEETING = "meeting"
_BLOCK = 4096    # postings in one block: they are always read to the end, never skipped in
_MEMORY = 64     # megabytes of postings in memory before Whoosh writes them to temporary files


class _TermsField(FieldType):
    """A scope: terms with their positions as four-byte integers, given ready made."""

    def __init__(self) -> None:
        super().__init__(formats.Format(), analyzer=None)

    def index(self, value: Mapping[str, list[int]], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term, positions in value.items():
            yield term.encode(), len(positions), 1.0, array("I", positions).tobytes()


SCHEMA = Schema(**{scope.value: _TermsField() for scope in Scope}, **{MEETING: ID(), ROW: COLUMN(), SOURCE: COLUMN()})


def create(folder: Path) -> None:
    """Makes an empty index there; whatever index was there is gone."""
    index.create_in(str(folder), SCHEMA)


def opened(folder: Path) -> index.FileIndex:
    """The index there; `whoosh.index.EmptyIndexError` when there is none.

    Its files are read where something is asked of them: mapped, Whoosh would copy each whole into every reader.
    """
    return index.FileIndex(FileStorage(str(folder), supports_mmap=False), schema=SCHEMA)


def reading(files: index.FileIndex, latest: int) -> tuple[IndexReader, int]:
    """A reader of the last commit, and which that is; one of an index without documents does not know: `latest`."""
    reader = files.reader()
    generation = reader.generation()
    return reader, latest if generation is None else int(generation)


class Writing:
    """One batch being written; whoever makes it calls `commit` or `cancel`. Waits `patience` seconds for another."""

    def __init__(self, files: index.FileIndex, patience: float) -> None:
        self._files, self._patience = files, patience
        self._begin()

    def _begin(self) -> None:
        codec = W3Codec(blocklimit=_BLOCK)
        codec.length_stats = False    # only Whoosh's scoring would read them
        self._writer = self._files.writer(timeout=self._patience, codec=codec, limitmb=_MEMORY)
        self._reader = self._writer.reader()
        self._put: set[MeetingId] = set()

    def put(self, meeting: MeetingId, entries: Iterable[Entry]) -> None:
        """Replaces all of that meeting's entries."""
        self.remove(meeting)
        self._put.add(meeting)
        for entry in entries:
            by_scope = terms(entry.passages)
            lengths = {scope: found.length for scope, found in by_scope.items()}
            fields = {scope.value: found.positions for scope, found in by_scope.items()}
            stored = {MEETING: str(meeting), ROW: packed(entry, lengths), SOURCE: entry.source.encode()}
            self._writer.add_document(**fields, **stored)

    def remove(self, meeting: MeetingId) -> None:
        """Removes all of that meeting's entries. Whoosh deletes what is committed only, so what was put is, first."""
        if meeting in self._put:
            self.commit()
            self._begin()
        for number in self._of(meeting):
            self._writer.delete_document(number)

    def _of(self, meeting: MeetingId) -> list[int]:
        try:
            return list(self._reader.postings(MEETING, str(meeting)).all_ids())
        except TermNotFound:
            return []

    def commit(self) -> None:
        """Makes the batch visible, in one step."""
        self._reader.close()
        self._writer.commit(mergetype=_merge)

    def cancel(self) -> None:
        """Forgets the batch. The lock is given back even when the disk is too full to tidy up."""
        try:
            self._reader.close()
            self._writer.cancel()
        finally:
            if not self._writer.is_closed and self._writer.writelock:
                self._writer.writelock.release()


def _merge(writer: Any, segments: list[Any]) -> list[Any]:
    """Merges what is not much larger than what is written: few segments, and each item is rewritten but a few times."""
    kept = sorted(segments, key=lambda segment: int(segment.doc_count_all()))
    size = writer.doc_count()
    while kept and kept[0].doc_count_all() <= 2 * size:
        segment = kept.pop(0)
        size += segment.doc_count_all()
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return kept
