"""A query said back: in English for people, and in the query language for addresses."""

import re
from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import TypeGuard

from index.analysis import together
from index.dates import in_words
from index.places import Simple
from index.query import Query, Sort
from index.tree import (
    Also,
    And,
    Everything,
    Field,
    Leaf,
    Most,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Row,
    Setting,
    Since,
    Until,
    Word,
    conditions,
    field_of,
    leaves,
    unexpanded,
    with_fields,
)

_SIMPLE = re.compile(r"[\w/.\-]+\Z")
_IN_SCOPE = {"title": "in the title", "resolution": "in resolutions", "narrative": "in the discussion",
             "vote": "in recorded votes", "table": "in tables", "agenda": "in the agenda papers"}
_WITHOUT = {"title": "without a title", "resolution": "without any resolution", "narrative": "without any discussion",
            "vote": "without a recorded vote", "table": "without a table", "agenda": "without agenda papers"}
_UNRANKED = {Sort.RELEVANCE: "newest first and routine items last", Sort.NEWEST: "newest first",
             Sort.OLDEST: "oldest first"}
_FILTERED = {"council": "of council {}", "committee": "of committee {}", "member": "naming {}", "topic": "on topic {}",
             "action": "that decided: {}"}


Label = Callable[[str, str], str]
"""What people call a filter's value, by the filter's name and the value."""


def explanation(query: Query, label: Label = lambda _, value: value) -> str:
    """How `query` was read, in a sentence; then its notes."""
    whole = query.whole
    said = "Everything" if isinstance(whole, Everything) else _sentence(_labelled(whole, label))
    order = "" if any(leaves(whole)) else f", {_UNRANKED[query.sort]}"
    return " ".join((f"{said}{order}.", *query.notes))


def _labelled(node: Node, label: Label) -> Node:
    return with_fields(node, lambda it: it if it.name == "kind" else Field(it.name, label(it.name, it.value)))


def _sentence(tree: Node) -> str:
    parts = conditions(tree)
    limits = [_said(part) for part in parts if _is_limit(part)]
    unwanted = [part.part for part in parts if isinstance(part, Not) and not _is_limit(part)]
    wanted = [part for part in parts if not isinstance(part, Not) and not _is_limit(part)]
    clauses = [f"with {_listed(wanted, 'and')}"] if wanted else []
    clauses += limits
    clauses += [f"without {_listed(unwanted, 'or')}"] if unwanted else []
    return f"Items {', '.join(clauses)}"


def _is_limit(part: Node) -> bool:
    inner = part.part if isinstance(part, Not) else part
    return isinstance(inner, Since | Until) or field_of(inner) is not None


def _listed(parts: Sequence[Node], conjunction: str) -> str:
    """Parts as an English list: words first, so that "any form of" is said once."""
    words = [part.text for part in parts if _has_forms(part)]
    said = [f"“{text}”" if at else f"any form of “{text}”" for at, text in enumerate(words)]
    said += [_said(part) for part in parts if not _has_forms(part)]
    *most, last = said
    return f"{', '.join(most)} {conjunction} {last}" if most else last


def _has_forms(part: Node) -> TypeGuard[Word]:
    return isinstance(part, Word) and not any(each.isdigit() for each in part.text)


def _is_kind(part: Node) -> TypeGuard[Field]:
    return isinstance(part, Field) and part.name == "kind"


def _said(node: Node) -> str:
    match node:
        case Near(left, right, distance):
            apart = "side by side with" if distance == 1 else f"within {distance} words of"
            return f"{_said(left)} {apart} {_said(right)}"
        case And(parts):
            return f"({_listed(parts, 'and')})"
        case Or(parts):
            return f"({_listed(parts, 'or')})" if field_of(node) is None else " or ".join(map(_said, parts))
        case Not(part):
            return _WITHOUT[part.value] if _is_kind(part) else f"not {_said(part)}"
        case Also(part, others):
            several = ", ".join(f"“{_text(other)}”" for other in others)
            said = _listed(conditions(part), "and")
            return f"({said}, or {several})" if isinstance(part, And) else f"{said} (or {several})"
        case Most(parts, least):
            return f"{least} or more of ({_listed(parts, 'and')})"
        case Setting(text):
            return f"“{text}” said by its committee's name or its day"
        case Word() | Phrase() | Row() | Prefix():
            return _leaf_said(node)
    return _filter_said(node)


def _text(leaf: Leaf) -> str:
    """The words of `leaf`, as they would be typed."""
    return to_text(leaf).strip('"')


def _leaf_said(leaf: Simple) -> str:
    if isinstance(leaf, Phrase):
        return f"exactly “{leaf.text}”"
    if isinstance(leaf, Prefix):
        return f"words beginning “{leaf.text}”"
    return f"any form of “{leaf.text}”" if _has_forms(leaf) or isinstance(leaf, Row) else f"“{leaf.text}”"


def _filter_said(part: Everything | Field | Since | Until) -> str:
    match part:
        case Since(day):
            return f"since {in_words(day)}"
        case Until(day):
            return f"until {in_words(day)}"
        case Field("kind", value):
            return _IN_SCOPE[value]
        case Field(name, value):
            return _FILTERED[name].format(f"“{value}”")
    return "everything"


def to_text(tree: Node) -> str:
    """`tree` as typed, in the query language, with no more brackets than needed; `parse` of it gives the same tree."""
    return _written(unexpanded(tree))


def _written(tree: Node) -> str:
    match tree:
        case Near(left, right, distance):
            return f"{_within(left, (Or,))} NEAR/{distance} {_within(right, (Or,))}"
        case And(parts):
            return _alternative(tree) if _run_together(parts) else " ".join(_within(part, (And,)) for part in parts)
        case Or(parts) | Most(parts):
            return " OR ".join(_alternative(part) for part in parts)
        case Not(part):
            return f"-{_within(part, (And, Or, Near))}"
        case Also(part):
            return _written(part)
        case Setting(text):
            return text
        case Word() | Phrase() | Row() | Prefix():
            return _leaf_text(tree)
    return _filter_text(tree)


def _run_together(parts: Sequence[Node]) -> bool:
    """Whether words among `parts`, side by side, would be read as one: "minute" and "64"."""
    rows = (list(takewhile(lambda part: isinstance(part, Word), parts[at:at + 5])) for at in range(len(parts)))
    return any(together([word.text for word in row if isinstance(word, Word)]) > 1 for row in rows)


def _within(part: Node, bracketed: tuple[type, ...]) -> str:
    text = _written(part)
    return f"({text})" if isinstance(part, bracketed) else text


def _alternative(part: Node) -> str:
    """A part of an OR: an AND binds closer, so it stands bare, but its own parts that bind less do not."""
    if isinstance(part, And):
        return " AND ".join(_within(inner, (And, Or)) for inner in part.parts)
    return _written(part)


def _leaf_text(leaf: Simple) -> str:
    if isinstance(leaf, Phrase | Row):
        return f'"{leaf.text}"'
    return f"{leaf.text}*" if isinstance(leaf, Prefix) else leaf.text


def _filter_text(part: Everything | Field | Since | Until) -> str:
    match part:
        case Since(day):
            return f"from:{day.isoformat()}"
        case Until(day):
            return f"to:{day.isoformat()}"
        case Field(name, value):
            return f"{name}:{value}" if _SIMPLE.match(value) else f'{name}:"{value}"'
    return ""
