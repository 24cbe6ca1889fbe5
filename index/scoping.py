"""Which scopes each part of a query is looked for in, as its `kind:` filters say, and what it counts for."""

from collections.abc import Iterator
from typing import NamedTuple

from index.passages import SCOPES, Scope
from index.ranking import AKIN
from index.tree import Also, And, Field, Leaf, Most, Node, Or, conditions, field_of

Scopes = frozenset[Scope]
ALL_SCOPES: Scopes = frozenset(Scope)


class Wanted(NamedTuple):
    """A leaf that can make an item match or rank higher, the scopes in which it does, and its share of a full score."""

    leaf: Leaf
    scopes: Scopes = ALL_SCOPES
    share: float = 1.0


def narrowed(tree: Node, scopes: Scopes = ALL_SCOPES) -> Scopes:
    """The scopes in which the parts of `tree` are looked for, where `tree` itself is in `scopes`."""
    for part in conditions(tree):
        if field_of(part) == "kind":
            values = part.parts if isinstance(part, Or) else (part,)
            scopes &= {SCOPES[value.value] for value in values if isinstance(value, Field)}
    return scopes


def scoped_leaves(tree: Node, scopes: Scopes = ALL_SCOPES) -> Iterator[Wanted]:
    """Every leaf that can make an item match, with the scopes in which it does."""
    if isinstance(tree, Leaf):
        yield Wanted(tree, scopes)
    elif isinstance(tree, Or | Most):
        for part in tree.parts:
            yield from scoped_leaves(part, scopes)
    elif isinstance(tree, Also):
        yield from scoped_leaves(tree.part, scopes)
        yield from (Wanted(other, scopes, AKIN) for other in tree.others)
    elif isinstance(tree, And):
        for part in tree.parts:
            yield from scoped_leaves(part, narrowed(tree, scopes))
