"""The Whoosh index in a folder: what is written there. With `whoosh_postings`, all that knows Whoosh 2.7.4.

An item is a document: one field for each scope with our own terms and their positions, one that finds the documents of
a meeting, one column with everything else, and one that says what the entry was made from. Whoosh analyses nothing and
scores nothing.
"""
# mypy: allow-subclassing-any

from collections.abc import Iterable
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from time import sleep
from typing import Any

from whoosh import formats, index
from whoosh.codec.whoosh3 import W3Codec
from whoosh.fields import COLUMN, ID, FieldType, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import IndexReader, SegmentReader, TermNotFound

from archive.model import MeetingId
from index.gathering import Gathered, Gathering
from index.passages import Scope
from index.project import Entry
from index.seals import Commit, on_disk, seal
from index.whoosh_writing import Writer

ROW = "row"
SOURCE = "source"
MEETING = "meeting"
_BLOCK = 4096    # postings in one block: they are always read to the end, never skipped in
_MEMORY = 64     # megabytes of postings in memory before they are written to a temporary file
_NAME = "MAIN"   # what Whoosh calls an index that nobody named
_TRIES = 10      # a commit may remove a file between the reading of its name and its opening
_AGAIN = 0.05    # seconds from one of them to the next
_WRITTEN_ONCE = ".toc", ".seg"    # tables of contents, each of one commit, and segments


class _TermsField(FieldType):
    """A scope: terms with their positions as four-byte integers, which `Writer` is given ready made."""

    def __init__(self) -> None:
        super().__init__(formats.Format(), analyzer=None)


SCHEMA = Schema(**{scope.value: _TermsField() for scope in Scope}, **{MEETING: ID(), ROW: COLUMN(), SOURCE: COLUMN()})


class _Files(FileStorage):
    """The files of a folder that one reader or one batch has open. `close` gives them back, and the lock of a batch.

    Whoosh closes what it opened where all goes well; where it fails half-way, as in opening a reader whose last segment
    is damaged or was just removed, it forgets the rest. It closes this with the reader. Files are read where something
    is asked of them: mapped, Whoosh would copy each whole into every reader.
    """

    def __init__(self, folder: Path | str) -> None:
        super().__init__(str(folder), supports_mmap=False)
        self._kept = ExitStack()

    def open_file(self, name: str, **settings: Any) -> Any:
        return self._keep(super().open_file(name, **settings))

    def create_file(self, name: str, **settings: Any) -> Any:
        return self._keep(super().create_file(name, **settings))

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Makes a commit hold, in one step: Whoosh renames nothing but its table of contents. It is sealed before."""
        folder = Path(self.folder)
        files = {each.name: each for each in folder.iterdir() if each.suffix in _WRITTEN_ONCE}
        seal(folder, newname, {**files, newname: folder / oldname})
        super().rename_file(oldname, newname, safe)
        on_disk(folder)

    def temp_storage(self, name: str | None = None) -> "_Files":
        temporary = _Files(super().temp_storage(name).folder)
        temporary._kept = self._kept
        return temporary

    def lock(self, name: str) -> Any:
        lock = super().lock(name)
        self._kept.callback(lambda: lock.release() if lock.fd is not None else None)
        return lock

    def close(self) -> None:
        self._kept.close()

    def _keep(self, file: Any) -> Any:
        self._kept.callback(_shut, file.raw_file())
        return file


def _shut(file: Any) -> None:
    """Closes a file. What it could not write, on a full disk, Whoosh has failed to write before."""
    with suppress(OSError):
        file.close()


def create(folder: Path) -> None:
    """Makes an empty index there; whatever index was there is gone."""
    with closing(_Files(folder)) as files:
        index.FileIndex.create(files, SCHEMA)


def opened(folder: Path) -> index.FileIndex:
    """The index there, with none of its files open; `whoosh.index.EmptyIndexError` when there is none."""
    with closing(_Files(folder)) as files:
        return index.FileIndex(files, schema=SCHEMA)


def present(folder: Path) -> Commit:
    """The last commit there: its table of contents, and its segments, which the names of their files begin with."""
    with closing(_Files(folder)) as files:
        contents = index.TOC.read(files, _NAME, schema=SCHEMA)
    segments = {each.segment_id() for each in contents.segments}
    return Commit(index.TOC._filename(_NAME, contents.generation), lambda name: name.split(".")[0] in segments)


def reading(files: index.FileIndex, latest: int) -> tuple[IndexReader, int]:
    """A reader of the last commit, and which that is; one of an index without documents does not know: `latest`.

    Closing it closes all that it has open.
    """
    reader = _reader_soon(files.storage.folder)
    generation = reader.generation()
    return reader, latest if generation is None else int(generation)


def _reader_soon(folder: str) -> IndexReader:
    for _ in range(_TRIES - 1):
        with suppress(FileNotFoundError):
            return _reader(folder)
        sleep(_AGAIN)
    return _reader(folder)


def _reader(folder: str) -> IndexReader:
    with ExitStack() as unless_read:
        files = unless_read.enter_context(closing(_Files(folder)))
        toc = index.TOC.read(files, _NAME, schema=SCHEMA)
        reader = index.FileIndex._reader(files, SCHEMA, toc.segments, toc.generation)
        unless_read.pop_all()
    return reader


class Writing:
    """One batch being written; whoever makes it calls `commit` or `cancel`. Waits `patience` seconds for another."""

    def __init__(self, folder: Path, patience: float) -> None:
        self._folder, self._patience = folder, patience
        self._gathering = Gathering()
        self._begin()

    def _begin(self) -> None:
        codec = W3Codec(blocklimit=_BLOCK)
        codec.length_stats = False    # only Whoosh's scoring would read them
        with ExitStack() as unless_begun:
            written, self._read = (unless_begun.enter_context(closing(_Files(self._folder))) for _ in range(2))
            files = index.FileIndex(written, schema=SCHEMA)
            self._writer = Writer(files, codec, _MEMORY * 1_000_000, self._patience)
            self._reader = files._reader(self._read, SCHEMA, self._writer.segments, self._writer.generation)
            self._open = unless_begun.pop_all()
        self._put: set[MeetingId] = set()

    def put(self, meeting: MeetingId, entries: Iterable[Entry]) -> None:
        """Replaces all of that meeting's entries."""
        self._gathering.put(meeting, entries)
        self.take(self._gathering.gathered())

    def take(self, gathered: Gathered) -> None:
        """Replaces all entries of the meetings that were gathered."""
        for each in gathered.meetings:
            self.remove(each.meeting)
        self._writer.take(gathered.postings)
        for meeting, rows, sources in gathered.meetings:
            self._put.add(meeting)
            for row, source in zip(rows, sources, strict=True):
                self._writer.add_document(**{MEETING: str(meeting), ROW: row, SOURCE: source.encode()})

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
        self._read.close()
        self._writer.commit(mergetype=_merge)
        self._open.close()

    def cancel(self) -> None:
        """Forgets the batch. The lock and the files are given back even when the disk is too full to tidy up."""
        with self._open:
            self._read.close()
            if not self._writer.is_closed:
                self._writer.cancel()


def _merge(writer: Any, segments: list[Any]) -> list[Any]:
    """Merges what is not much larger than what is written: few segments, and each item is rewritten but a few times."""
    kept = sorted(segments, key=lambda segment: int(segment.doc_count_all()))
    size = writer.doc_count()
    while kept and kept[0].doc_count_all() <= 2 * size:
        segment = kept.pop(0)
        size += segment.doc_count_all()
        with closing(_Files(writer.storage.folder)) as files:
            writer.add_reader(SegmentReader(files, writer.schema, segment))
    return kept
