"""Writing a segment of a Whoosh index from postings that are sorted already.

Whoosh sorts postings one by one, through files of pickles, and checks each again when it writes it: three quarters of
the time that indexing took. Here whole blocks are handed to what writes them, in the very format that 2.7.4 reads.
"""
# mypy: allow-subclassing-any

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, groupby, islice, pairwise
from typing import Any

import numpy as np
from whoosh.codec.whoosh3 import W3PostingsWriter
from whoosh.reading import SegmentReader, TermNotFound
from whoosh.writing import SegmentWriter

from index.collected import Block, Spilling, joined, renumbered
from index.gathering import Slots, scope_and_term, slot
from index.passages import Scope

_SIZE = 4        # bytes of a position
_READ = 2_000    # slots of an earlier segment that are read at a time


class Writer(SegmentWriter):
    """Whoosh's writer, to which postings are given many at a time; `most` bytes of them are in memory."""

    def __init__(self, files: Any, codec: Any, most: float, timeout: float) -> None:
        super().__init__(files, codec=codec, timeout=timeout)
        self._postings = Spilling(most, self._temporary)

    def take(self, some: Iterable[Slots]) -> None:
        """Adds the postings of documents that are added next: the first of them has row 0."""
        for each in some:
            self._postings.add(each, self.docnum)

    def add_postings_to_pool(self, reader: SegmentReader, startdoc: int, docmap: Mapping[int, int] | None) -> None:
        """Adds the postings of a segment that is merged: Whoosh calls it, after it has added the documents."""
        numbers = np.full(reader.doc_count_all(), -1, np.int64)
        moved = docmap if docmap is not None else {number: startdoc + number for number in range(numbers.size)}
        numbers[list(moved)] = list(moved.values())
        for some in _postings(reader):
            self._postings.add(renumbered(some, numbers))
        for name in sorted({*reader.indexed_field_names()} - {*Scope}):
            for term in reader.lexicon(name):
                for number in map(moved.get, reader.postings(name, term).all_ids()):
                    self.pool.add((name, term, number, 1.0, b""))

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        fields = self.fieldwriter
        fields.add_postings(self.schema, None, self.pool.iter_postings())
        for scope, found in groupby(self._postings.blocks(), lambda each: scope_and_term(each[0])[0]):
            fields.start_field(scope.value, self.schema[scope.value])
            fields._postwriter = _Blocks(fields._postfile, self.codec._blocklimit)
            for name, block in found:
                fields.start_term(scope_and_term(name)[1].encode())
                fields._postwriter.put(block)
                fields.finish_term()
            fields.finish_field()
        fields.close()

    def _temporary(self) -> Any:
        return self.temp_storage().create_file("postings", mode="w+b").raw_file()


class _Blocks(W3PostingsWriter):
    """Writes the postings of a term, whole blocks at a time. Each weighs 1: Whoosh scores nothing here."""

    def put(self, block: Block) -> None:
        """Takes all postings of the term that was started."""
        rows, places = block.rows.tolist(), block.positions.tobytes()
        ends = accumulate((_SIZE * count for count in block.counts.tolist()), initial=0)
        values = [places[first:end] for first, end in pairwise(ends)]
        for first in range(0, len(rows), self._blocklimit):
            if first:
                self._write_block()
            self._ids, self._values = rows[first:first + self._blocklimit], values[first:first + self._blocklimit]
            self._weights, self._maxweight = [1.0] * len(self._ids), 1.0

    def _mini_weights(self) -> None:
        """What stands for weights of 1."""


def blocks(segment: SegmentReader, scope: Scope, term: bytes) -> Iterator[tuple[Sequence[int], Sequence[bytes]]]:
    """The postings of a term in one segment, block by block: rows, and the positions in each; none where it has none.

    They are read through members that Whoosh keeps to itself; asking for each posting costs six times as much. 2.7.4 of
    2016 is the last of its author's releases, so nothing will move under it.
    """
    try:
        matcher = segment._terms.matcher(scope.value, term, segment.schema[scope.value].format)
    except TermNotFound:
        return
    while True:
        matcher._read_ids()
        matcher._read_values()
        yield matcher._ids, matcher._values
        if matcher._lastblock:
            return
        matcher._goto(matcher._nextoffset)


def _postings(segment: SegmentReader) -> Iterator[Slots]:
    """All postings of a segment's scopes, many terms at a time."""
    fields = {*segment.indexed_field_names()}
    terms = ((scope, term) for scope in Scope if scope in fields for term in segment.lexicon(scope.value))
    while some := [*islice(terms, _READ)]:
        yield joined((slot(scope, term.decode()), _block(blocks(segment, scope, term))) for scope, term in some)


def _block(found: Iterable[tuple[Sequence[int], Sequence[bytes]]]) -> Block:
    rows, values = zip(*found, strict=True)
    several = [*chain.from_iterable(values)]
    counts = np.fromiter(map(len, several), np.uint32, len(several)) // _SIZE
    return Block(np.array([*chain.from_iterable(rows)], np.uint32), counts, np.frombuffer(b"".join(several), np.uint32))
