"""Which scopes each part of a query is looked for in, as its `kind:` filters say."""

from collections.abc import Iterator

from index.passages import SCOPES, Scope
from index.tree import And, Field, Leaf, Node, Or, conditions, field_of

Scopes = frozenset[Scope]
ALL_SCOPES: Scopes = frozenset(Scope)


def narrowed(tree: Node, scopes: Scopes = ALL_SCOPES) -> Scopes:
    """The scopes in which the parts of `tree` are looked for, where `tree` itself is in `scopes`."""
    for part in conditions(tree):
        if field_of(part) == "kind":
            values = part.parts if isinstance(part, Or) else (part,)
            scopes &= {SCOPES[value.value] for value in values if isinstance(value, Field)}
    return scopes


def scoped_leaves(tree: Node, scopes: Scopes = ALL_SCOPES) -> Iterator[tuple[Leaf, Scopes]]:
    """Every leaf that can make an item match, with the scopes in which it does."""
    if isinstance(tree, Leaf):
        yield tree, scopes
    elif isinstance(tree, Or):
        for part in tree.parts:
            yield from scoped_leaves(part, scopes)
    elif isinstance(tree, And):
        for part in tree.parts:
            yield from scoped_leaves(part, narrowed(tree, scopes))
