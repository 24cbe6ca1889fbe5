"""Places in the texts of many rows at once, as sorted arrays of numbers: what `places` says of one text.

A key is the number of a row and a position in it, as one integer that sorts by row, then by position. A span is a key
and how many positions follow it, so that the spans of an array are those of `places.Place`, each once and in order.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from archive.errors import IndexFailure
from index.analysis import Pattern, Slot
from index.places import patterns, simple_leaves
from index.tree import Leaf, Near, Node, Or

Array = npt.NDArray[np.int64]
KeysOf = Callable[[Slot], Array]
"""The keys of a term in every row that has it: for a slot with `prefix`, of every term that begins so."""

_POSITION_BITS = 30    # of a key, below those of the row
_LENGTH = 11
_MOST_ROWS = 1 << 63 - _POSITION_BITS - _LENGTH    # four million
_LONGEST = (1 << _LENGTH) - 1
NONE: Array = np.empty(0, np.int64)


class Counts(NamedTuple):
    """How often something stands in each row that has it: `rows` ascending, each with its count."""

    rows: Array
    counts: Array


def held_by(made: Array | Counts) -> int:
    """How many bytes arrays take, for a `Memory`."""
    return sum(each.nbytes for each in made) if isinstance(made, tuple) else made.nbytes


def keys(rows: Array, counts: Array, positions: Array) -> Array:
    """The keys of a term in `rows`, ascending, of each of which `counts` says how many of `positions` are in it.

    Raises `IndexFailure` for a row that no key can hold: keys would say others.
    """
    if rows.size and rows[-1] >= _MOST_ROWS:
        raise IndexFailure(f"the index holds more than {_MOST_ROWS:,} items, counted with those removed since it was "
                           "built, so that phrases cannot be looked for: minutebook reindex leaves the removed ones "
                           "out; if that is not enough, keep some councils in another home")
    return np.repeat(rows << _POSITION_BITS, counts) | positions


def spans(leaf: Leaf | Or, keys_of: KeysOf) -> Array:
    """Every span of `leaf`; of a `Near`, the spans on either side that have one on the other."""
    if isinstance(leaf, Near):
        return _near(_sides(leaf.left, keys_of), _sides(leaf.right, keys_of), leaf.distance)
    return _sides(leaf, keys_of)


def counted(found: Array) -> Counts:
    """How many of the spans `found` each row has."""
    rows, counts = np.unique(found >> (_POSITION_BITS + _LENGTH), return_counts=True)
    return Counts(rows, counts)


def merged(several: Iterable[Array]) -> Array:
    """All that stands in any of these sorted arrays, each once."""
    given = [each for each in several if each.size]
    return np.unique(np.concatenate(given)) if len(given) > 1 else given[0] if given else NONE


def common(one: Array, other: Array) -> Array:
    """What stands in both of two sorted arrays: the shorter is looked up in the longer."""
    few, many = (one, other) if one.size <= other.size else (other, one)
    if not few.size:
        return NONE
    at = np.searchsorted(many, few)
    at[at == many.size] = 0
    found: Array = few[many[at] == few]
    return found


def _sides(node: Node, keys_of: KeysOf) -> Array:
    return merged(_of_pattern(pattern, keys_of) for leaf in simple_leaves(node) for pattern in patterns(leaf))


def _of_pattern(pattern: Pattern, keys_of: KeysOf) -> Array:
    several = [(slot.at, keys_of(slot)) for slot in pattern.slots]
    starts: Array | None = None
    for at, found in sorted(several, key=lambda each: each[1].size):
        starts = found - at if starts is None else common(starts, found - at)
        if not starts.size:
            return NONE
    return NONE if starts is None else (starts << _LENGTH) | min(pattern.width - 1, _LONGEST)


def _near(left: Array, right: Array, distance: int) -> Array:
    near = [chosen for one, other in ((left, right), (right, left)) for chosen in _following(one, other, distance)]
    return merged(near)


def _following(one: Array, other: Array, distance: int) -> Sequence[Array]:
    """The spans of `one` after which one of `other` begins, at most `distance` positions on; and those of `other`."""
    firsts, lasts = other >> _LENGTH, (one >> _LENGTH) + (one & _LONGEST)
    begin = np.searchsorted(firsts, lasts + 1)
    end = np.searchsorted(firsts, lasts + distance, side="right")
    has = end > begin
    covered = np.zeros(other.size + 1, np.int64)
    np.add.at(covered, begin[has], 1)
    np.add.at(covered, end[has], -1)
    return one[has], other[np.cumsum(covered[:-1]) > 0]
