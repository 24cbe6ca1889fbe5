"""A query as a small frozen tree, the same for every engine, and the few rules that keep each tree in one form.

The unit that matches is the agenda item: the parts of an `And` may stand in different paragraphs of it. A leaf
(`Word`, `Phrase`, `Row`, `Prefix`, `Near`) matches within one paragraph, one agenda text or the title.

A `Field("kind", ...)` in an `And` is also the scope of its other parts: their words must stand in texts of that kind.
Inside that scope a further one narrows it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

FIELDS = ("council", "committee", "member", "topic", "kind", "action")
SINGLE = ("council", "committee", "kind")
"""Fields of which an item, or a text, has one value only: side by side, two values of them are alternatives."""


@dataclass(frozen=True, slots=True)
class Everything:
    """All items."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word or reference as typed (one chain of `index.analysis`), found in any form."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Exactly these words, in this order."""

    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """Several words side by side, each in any form. Never typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin so; `text` without the asterisk."""

    text: str


@dataclass(frozen=True, slots=True)
class Near:
    """Two of the leaves above, or `Or`s of them, in either order, at most `distance` words apart (1: side by side)."""

    left: "Node"
    right: "Node"
    distance: int


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more parts."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of two or more parts."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """All items but those of `part`."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class Also:
    """`part`, or other words for the same thing: what has those alone matches too, and ranks lower. Never typed."""

    part: "Node"
    others: tuple["Leaf", ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """Items whose committee's name or whose day says this word, in any form. Never typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Most:
    """Items of at least `least` of `parts`. Never typed."""

    parts: tuple["Node", ...]
    least: int


@dataclass(frozen=True, slots=True)
class Field:
    """Items with this value of one of `FIELDS`: an identifier, or words of a committee's or a member's name.

    `meant` are the identifiers of all whom the archive lists under such a name: what has one of those matches too,
    whatever it prints. Never typed.
    """

    name: str
    value: str
    meant: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Since:
    """Items of meetings on `day` or later."""

    day: date


@dataclass(frozen=True, slots=True)
class Until:
    """Items of meetings on `day` or earlier."""

    day: date


Leaf = Word | Phrase | Row | Prefix | Near
Node = Everything | Leaf | And | Or | Not | Also | Setting | Most | Field | Since | Until


def all_of(parts: Iterable[Node]) -> Node:
    """The `And` of `parts` in its one form: flat, each part once, alternatives of one single-valued field together."""
    flat: dict[Node, None] = {}
    for part in parts:
        inner = part.parts if isinstance(part, And) and not has_scope(part) else (part,)
        flat.update(dict.fromkeys(inner))
    flat.pop(Everything(), None)
    grouped = _alternatives_together(list(flat))
    return And(grouped) if len(grouped) > 1 else grouped[0] if grouped else Everything()


def side_by_side(parts: Iterable[Node]) -> Node:
    """The `And` of `parts` as they are, flat and each once: values of one field are no alternatives here.

    A filter by kind among them narrows the words of all.
    """
    flat = dict.fromkeys(inner for part in parts for inner in conditions(part))
    flat.pop(Everything(), None)
    return And(tuple(flat)) if len(flat) > 1 else next(iter(flat), Everything())


def any_of(parts: Iterable[Node]) -> Node:
    """The `Or` of `parts` in its one form: flat, each part once."""
    flat: dict[Node, None] = {}
    for part in parts:
        flat.update(dict.fromkeys(part.parts if isinstance(part, Or) else (part,)))
    if not flat or Everything() in flat:
        return Everything()
    return Or(tuple(flat)) if len(flat) > 1 else next(iter(flat))


def negated(part: Node) -> Node:
    """The opposite of `part`; twice is once."""
    return part.part if isinstance(part, Not) else Not(part)


def conditions(tree: Node) -> tuple[Node, ...]:
    """The parts that all must hold."""
    return tree.parts if isinstance(tree, And) else (tree,)


def field_of(part: Node) -> str | None:
    """The field that `part` filters by, when it is a filter: one value or alternatives of one field."""
    values = part.parts if isinstance(part, Or) else (part,)
    names = {each.name if isinstance(each, Field) else None for each in values}
    return names.pop() if len(names) == 1 else None


def has_scope(tree: Node) -> bool:
    """Whether `tree` scopes its own parts by kind."""
    return any(field_of(part) == "kind" for part in conditions(tree))


def wanted(tree: Node) -> Iterator[Node]:
    """`tree` and each part of it that can make an item match: those under no `Not`, a `Near` as one."""
    yield tree
    if isinstance(tree, And | Or | Most):
        for part in tree.parts:
            yield from wanted(part)
    elif isinstance(tree, Also):
        yield from wanted(tree.part)
        yield from tree.others


def leaves(tree: Node) -> Iterator[Leaf]:
    """The leaves that can make an item match."""
    return (part for part in wanted(tree) if isinstance(part, Leaf))


def settings(tree: Node) -> Iterator[Setting]:
    """What the settings of items may say."""
    return (part for part in wanted(tree) if isinstance(part, Setting))


def unexpanded(tree: Node) -> Node:
    """`tree` as it was typed: without the other words of any `Also`."""
    match tree:
        case Also(part):
            return part
        case And(parts):
            return And(tuple(inner for part in parts for inner in _words_typed(part)))
        case Or(parts):
            return Or(tuple(map(unexpanded, parts)))
        case Most(parts, least):
            return Most(tuple(map(unexpanded, parts)), least)
        case Not(part):
            return Not(unexpanded(part))
    return tree


def _words_typed(part: Node) -> tuple[Node, ...]:
    return conditions(unexpanded(part)) if isinstance(part, Also) else (unexpanded(part),)


def fields(tree: Node) -> Iterator[Field]:
    """Every filter by field, wherever it stands."""
    if isinstance(tree, Field):
        yield tree
    elif isinstance(tree, And | Or):
        for part in tree.parts:
            yield from fields(part)
    elif isinstance(tree, Not):
        yield from fields(tree.part)


def with_fields(tree: Node, change: Callable[[Field], Node]) -> Node:
    """`tree` with every filter by field changed."""
    match tree:
        case And(parts):
            return And(tuple(with_fields(part, change) for part in parts))
        case Or(parts):
            return Or(tuple(with_fields(part, change) for part in parts))
        case Not(part):
            return Not(with_fields(part, change))
        case Field():
            return change(tree)
    return tree


def _alternatives_together(parts: list[Node]) -> tuple[Node, ...]:
    names = [field_of(part) for part in parts]
    merged: list[Node] = []
    for at, (name, part) in enumerate(zip(names, parts, strict=True)):
        if name not in SINGLE:
            merged.append(part)
        elif name not in names[:at]:
            merged.append(any_of(other for other, its in zip(parts, names, strict=True) if its == name))
    return tuple(merged)
