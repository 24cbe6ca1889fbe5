"""What has some of what was asked for, where little or nothing has all of it."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from index.query import Query
from index.tree import Also, Leaf, Most, Node, Not, Or, Setting, Word, conditions, side_by_side
from index.wording import to_text

LONGEST = 12
"""Words of the longest query that some of may do."""


ENOUGH = 5
"""Items with both of two words from which those with one are no help any more."""


class Widened(NamedTuple):
    """A query for items that have some of `words`, but not all that was asked for."""

    query: Query
    words: tuple[str, ...]


def widened(query: Query, finds: Callable[[Query], int], total: int) -> Widened | None:
    """What asks for half of the words of `query` or more, which finds `total` items.

    `None` where that would be no help: it has fewer than two words, or very many, or two that enough items have.

    A word may also be one of the committee's name or of the day; one that nothing has, as `finds` tells, is not counted
    among them. Filters hold as before.
    """
    parts = conditions(query.tree)
    words = [part for part in parts if isinstance(part, Leaf | Also)]
    rest = [part for part in parts if part not in words]
    if not 1 < len(words) <= LONGEST or (len(words) == 2 and total >= ENOUGH):
        return None
    known = [word for word in words if finds(replace(query, tree=side_by_side((_anywhere(word), *rest))))]
    if not known:
        return None
    some = Most(tuple(map(_anywhere, known)), (len(known) + 1) // 2)
    return Widened(
        replace(query, tree=side_by_side((some, Not(query.tree), *rest)), start=0), tuple(map(to_text, known)))


def _anywhere(part: Node) -> Node:
    """`part`, or where it is a word the same as the setting says it."""
    typed = part.part if isinstance(part, Also) else part
    return Or((part, Setting(typed.text))) if isinstance(typed, Word) else part
