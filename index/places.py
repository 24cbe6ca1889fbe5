"""Where in a text a leaf of a query stands, in positions; what is text here may be a passage or an index's postings."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache

from index.analysis import Pattern, Slot, phrase_pattern, prefix_pattern, row_pattern, word_patterns
from index.tree import Leaf, Near, Node, Or, Phrase, Prefix, Row, Word

Simple = Word | Phrase | Row | Prefix
"""A leaf that stands at one place in a text."""

Place = tuple[int, int]
"""The first and the last position of one occurrence."""

PositionsOf = Callable[[Slot], Collection[int]]
"""Where a term stands: for a slot with `prefix`, every term that begins so."""


@lru_cache(maxsize=1 << 10)
def patterns(leaf: Simple) -> tuple[Pattern, ...]:
    """The patterns of which any one is an occurrence of `leaf`."""
    if isinstance(leaf, Word):
        return word_patterns(leaf.text)
    make = {Phrase: phrase_pattern, Row: row_pattern, Prefix: prefix_pattern}[type(leaf)]
    pattern = make(leaf.text)
    return () if pattern is None else (pattern,)


def simple_leaves(node: Node) -> Iterable[Simple]:
    """The words, phrases, rows and beginnings of which a leaf is made: one, or those on both sides of a `Near`."""
    if isinstance(node, Near):
        yield from simple_leaves(node.left)
        yield from simple_leaves(node.right)
    elif isinstance(node, Or):
        for part in node.parts:
            yield from simple_leaves(part)
    elif isinstance(node, Simple):
        yield node


def places(leaf: Leaf | Or, positions_of: PositionsOf) -> list[Place]:
    """Every place of `leaf`, in order; of a `Near`, the places on either side that have one on the other."""
    if isinstance(leaf, Near):
        return _near(_sides(leaf.left, positions_of), _sides(leaf.right, positions_of), leaf.distance)
    return _sides(leaf, positions_of)


def _sides(node: Node, positions_of: PositionsOf) -> list[Place]:
    found: set[Place] = set()
    for leaf in simple_leaves(node):
        for pattern in patterns(leaf):
            found.update(_of_pattern(pattern, positions_of))
    return sorted(found)


def _of_pattern(pattern: Pattern, positions_of: PositionsOf) -> Iterable[Place]:
    first, *rest = pattern.slots
    starts = {position - first.at for position in positions_of(first)}
    for slot in rest:
        if not starts:
            break
        starts &= {position - slot.at for position in positions_of(slot)}
    return [(start, start + pattern.width - 1) for start in starts] if starts else ()


def _near(left: Sequence[Place], right: Sequence[Place], distance: int) -> list[Place]:
    found: set[Place] = set()
    for one, other in ((left, right), (right, left)):
        firsts = [first for first, _ in other]
        for place in one:
            partners = other[bisect_left(firsts, place[1] + 1):bisect_right(firsts, place[1] + distance)]
            if partners:
                found.update((place, *partners))
    return sorted(found)
