"""Reading a Whoosh index: postings and rows of one reader, which belongs to one thread."""

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from whoosh.columns import VarBytesColumn
from whoosh.reading import IndexReader, SegmentReader

from index.columns import Row, unpacked
from index.passages import Scope
from index.spans import NONE, Array, Counts, keys
from index.whoosh_files import ROW, SOURCE
from index.whoosh_writing import blocks

_SIZE = array("I").itemsize


class WhooshPostings:
    """`index.execution.Postings` of one Whoosh reader, which shows the commit `generation`."""

    def __init__(self, reader: IndexReader, generation: int) -> None:
        self._reader, self.generation = reader, generation
        leaves = reader.leaf_readers()    # an empty index has one leaf, which is no segment
        self._segments = [(leaf, first) for leaf, first in leaves if isinstance(leaf, SegmentReader)]

    def close(self) -> None:
        """Gives the files back."""
        self._reader.close()

    @property
    def numbers(self) -> int:
        """How many rows are numbered, the deleted ones too."""
        return int(self._reader.doc_count_all())

    def rows(self, read_before: Mapping[str, list[Row]]) -> dict[str, list[Row]]:
        """The rows of each segment, in order, by the segment's identifier; those read before are not read again."""
        return {name: read_before.get(name) or unpacked(_column(segment, ROW))
                for segment, _ in self._segments if (name := str(segment.segment().segment_id()))}

    def numbered(self, rows: Mapping[str, list[Row]]) -> dict[int, Row]:
        """The rows that are not deleted, by the number that postings have for them."""
        return {first + number: row
                for segment, first in self._segments
                for number, row in enumerate(rows[str(segment.segment().segment_id())])
                if not segment.is_deleted(number)}

    def sources(self) -> Iterator[tuple[str, str]]:
        """For each row that is not deleted its meeting, and what it was made from."""
        for segment, _ in self._segments:
            pairs = zip(unpacked(_column(segment, ROW)), _column(segment, SOURCE), strict=True)
            for number, (row, source) in enumerate(pairs):
                if not segment.is_deleted(number):
                    yield row.meeting, source.decode()

    def counts(self, scope: Scope, term: str) -> Counts:
        """How often the term stands in each row that has it; deleted rows too."""
        rows, values = self._blocks(scope, term)
        return Counts(rows, _counts(values))

    def keys(self, scope: Scope, term: str) -> Array:
        """Where the term stands in each row that has it, as keys of `index.spans`; deleted rows too."""
        rows, values = self._blocks(scope, term)
        return keys(rows, _counts(values), np.frombuffer(b"".join(values), np.uint32).astype(np.int64))

    def _blocks(self, scope: Scope, term: str) -> tuple[Array, list[bytes]]:
        """The rows that have the term, ascending, and the positions in each, as stored."""
        rows, values = [NONE], list[bytes]()
        for segment, first in self._segments:
            for numbers, stored in blocks(segment, scope, term.encode()):
                rows.append(np.array(numbers, np.int64) + first)
                values += stored
        return np.concatenate(rows), values

    def words(self) -> Counter[str]:
        """The words of letters alone, and how many texts have each; deleted rows count too."""
        found = Counter[str]()
        for segment, _ in self._segments:
            for scope in set(Scope) & set(segment.indexed_field_names()):
                for term, info in segment.iter_field(scope):
                    if (word := term.decode()).isalpha():
                        found[word] += info.doc_frequency()
        return found

    def beginning(self, scope: Scope, prefix: str) -> set[str]:
        """The terms that begin so."""
        return {term.decode() for segment, _ in self._segments if scope in segment.indexed_field_names()
                for term in segment.expand_prefix(scope.value, prefix)}


def _column(segment: SegmentReader, name: str) -> Iterator[bytes]:
    if segment.has_column(name):
        yield from segment.column_reader(name, VarBytesColumn())


def _counts(values: Sequence[bytes]) -> Array:
    return np.fromiter(map(len, values), np.int64, len(values)) // _SIZE
