"""Postings collected until an engine writes them, sorted by slot: in memory, and beyond that in a file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import merge
from itertools import compress, groupby, pairwise
from operator import itemgetter
from typing import IO, NamedTuple

import numpy as np

from index.gathering import Four, Slots, ranges
from index.spans import Array

_AT_ONCE = 1 << 19    # positions that are put in order together


class Block(NamedTuple):
    """What is known of a slot: the rows that have it, ascending, how often each has it, and where, row by row."""

    rows: Four
    counts: Four
    positions: Four


Found = tuple[str, Block]
"""A slot (`index.gathering.slot`), and what is known of it."""


class _Numbers(dict[str, int]):
    """The number of each slot, in the order in which they were met."""

    def __missing__(self, slot: str) -> int:
        number = self[slot] = len(self)
        return number


class _Pieces(NamedTuple):
    """What was collected, in the order in which it came; slots are numbered."""

    slots: list[Four]
    sizes: list[Four]
    rows: list[Four]
    counts: list[Four]
    positions: list[Four]


class Collected:
    """Postings in memory; what comes later is of later rows."""

    def __init__(self) -> None:
        self._numbers, self._pieces = _Numbers(), _Pieces([], [], [], [], [])
        self.occurrences = self.size = 0
        """How many places of terms, and how many bytes, were collected."""

    def add(self, found: Slots, first: int = 0) -> None:
        """Adds postings whose rows are numbered from `first` on."""
        numbers = np.fromiter(map(self._numbers.__getitem__, found.slots), np.uint32, len(found.slots))
        added = numbers, found.sizes, found.rows + np.uint32(first), found.counts, found.positions
        for pieces, piece in zip(self._pieces, added, strict=True):
            pieces.append(piece)
        self.occurrences += found.positions.size
        self.size += 4 * (found.positions.size + 2 * found.rows.size + 3 * found.sizes.size)

    def blocks(self) -> Iterator[Found]:
        """Everything, sorted by slot. It is forgotten then."""
        for some in self.sorted():
            yield from _cut(some)

    def sorted(self) -> Iterator[Slots]:
        """The same, many slots at a time."""
        names = sorted(self._numbers)
        place = np.empty(len(names), np.int64)
        place[[self._numbers[name] for name in names]] = np.arange(len(names))
        pieces = self._pieces
        self._numbers, self._pieces, self.occurrences, self.size = _Numbers(), _Pieces([], [], [], [], []), 0, 0
        return _in_order(names, place, pieces) if names else iter(())


def _in_order(names: Sequence[str], place: Array, pieces: _Pieces) -> Iterator[Slots]:
    """The postings of `pieces`, which number slots by where `place` says which of `names` each is."""
    numbers, sizes, rows, counts, positions = map(_whole, pieces)
    slots, lengths = place[numbers], sizes.astype(np.int64)
    first_row = np.cumsum(lengths) - lengths
    places = np.add.reduceat(counts, first_row, dtype=np.int64)
    first_place = np.cumsum(places) - places
    order = np.argsort(slots, kind="stable")
    begins = np.searchsorted(slots[order], np.arange(len(names) + 1))    # where those of each slot begin in `order`
    done = np.concatenate(([0], np.cumsum(places[order])))[begins]
    cuts = np.unique(np.searchsorted(done, np.arange(0, done[-1] + _AT_ONCE, _AT_ONCE)).clip(max=len(names)))
    for first, last in pairwise(cuts.tolist()):
        these = order[begins[first]:begins[last]]
        row, where = ranges(first_row[these], lengths[these]), ranges(first_place[these], places[these])
        size = np.add.reduceat(lengths[these], begins[first:last] - begins[first]).astype(np.uint32)
        yield Slots(names[first:last], size, rows[row], counts[row], positions[where])


def _whole(pieces: list[Four]) -> Four:
    """The pieces as one; they are forgotten, since nothing takes more memory."""
    whole = np.concatenate(pieces)
    pieces.clear()
    return whole


def _cut(some: Slots) -> Iterator[Found]:
    """The slots apart."""
    ends = np.cumsum(some.sizes, dtype=np.int64)
    ended = np.concatenate(([0], np.cumsum(some.counts, dtype=np.int64)))[ends]
    row = place = 0
    for name, end, last in zip(some.slots, ends.tolist(), ended.tolist(), strict=True):
        yield name, Block(some.rows[row:end], some.counts[row:end], some.positions[place:last])
        row, place = end, last


def joined(found: Iterable[Found]) -> Slots:
    """Several slots, one at least, as one piece."""
    slots, blocks = zip(*found, strict=True)
    sizes = np.array([each.rows.size for each in blocks], np.uint32)
    return Slots(slots, sizes, *map(np.concatenate, zip(*blocks, strict=True)))


def renumbered(some: Slots, numbers: Array) -> Slots:
    """The same postings with the rows as `numbers` numbers them: those of -1 are left out, the others keep order."""
    rows = numbers[some.rows]
    kept = rows >= 0
    before = np.concatenate(([0], np.cumsum(kept)))
    ends = np.concatenate(([0], np.cumsum(some.sizes, dtype=np.int64)))
    sizes = np.diff(before[ends])
    slots = tuple(compress(some.slots, (sizes > 0).tolist()))
    positions = some.positions[np.repeat(kept, some.counts)]
    return Slots(slots, sizes[sizes > 0].astype(np.uint32), rows[kept].astype(np.uint32), some.counts[kept], positions)


class Spilling:
    """Postings of which no more than so many bytes are in memory, the rest in a file, made where one is needed."""

    def __init__(self, most: float, make_file: Callable[[], IO[bytes]]) -> None:
        self._most, self._make_file = most, make_file
        self._collected = Collected()
        self._file: IO[bytes] | None = None
        self._runs: list[tuple[int, int]] = []

    def add(self, found: Slots, first: int = 0) -> None:
        """Adds postings whose rows are numbered from `first` on."""
        self._collected.add(found, first)
        if self._collected.size > self._most:
            self._spill()

    def blocks(self) -> Iterator[Found]:
        """Everything, sorted by slot. It is forgotten then."""
        if not self._file:
            return self._collected.blocks()
        runs = [_read(self._file, *run) for run in self._runs]
        several = merge(*runs, self._collected.blocks(), key=itemgetter(0))
        return ((name, _one([block for _, block in same])) for name, same in groupby(several, itemgetter(0)))

    def _spill(self) -> None:
        self._file = self._file or self._make_file()
        first = self._file.tell()
        for some in self._collected.sorted():
            for part in (np.frombuffer("\n".join(some.slots).encode(), np.uint8), *some[1:]):
                np.save(self._file, part)
        self._runs.append((first, self._file.tell()))


def _read(file: IO[bytes], first: int, end: int) -> Iterator[Found]:
    """One run of what was spilled; others are read in between."""
    while first < end:
        file.seek(first)
        slots, *numbers = (np.load(file) for _ in Slots._fields)
        first = file.tell()
        yield from _cut(Slots(slots.tobytes().decode().split("\n"), *numbers))


def _one(blocks: Sequence[Block]) -> Block:
    return blocks[0] if len(blocks) == 1 else Block(*map(np.concatenate, zip(*blocks, strict=True)))
