"""The paragraphs that best show why an item matched, and which of their words to mark; decided here alone."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from archive.model import Item
from index import analysis
from index.analysis import Slot, Token
from index.passages import Passage, Scope, passages
from index.places import Place, places
from index.scoping import Scopes, narrowed, scoped_leaves
from index.tree import Leaf, Near, Node, Phrase

MOST = 3
_PARTICULAR = 3.0    # a phrase or a NEAR says more than a word
_RESOLUTION = 1.5
_AGENDA = 0.7

Mark = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A paragraph of an item and the words to mark in it: character offsets into `text`, in order, without overlap."""

    anchor: str
    number: str | None
    kind: str
    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of an item, best first, and how many further paragraphs match."""

    paragraphs: tuple[Snippet, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class _Candidate:
    passage: Passage
    position: int
    marks: tuple[Mark, ...]
    found: frozenset[Leaf]


def shown(tree: Node, item: Item, most: int = MOST) -> Shown:
    """The best paragraphs of `item` for the query `tree`; when none matches, its first decision or else first text.

    A title is no paragraph: what matches there alone is marked by `marks`.
    """
    texts = [passage for passage in passages(item) if passage.scope is not Scope.TITLE]
    wanted = tuple(scoped_leaves(tree))
    found = [each for at, passage in enumerate(texts) if (each := _candidate(passage, at, wanted)).found]
    if not found:
        return Shown(tuple(_snippet(passage, ()) for passage in _opening(texts, narrowed(tree))))
    best = _best(found, most)
    return Shown(tuple(_snippet(each.passage, each.marks) for each in best), len(found) - len(best))


def marks(tree: Node, text: str, scope: Scope = Scope.TITLE) -> tuple[Mark, ...]:
    """The words of `text`, which stands in `scope`, that the query `tree` looks for."""
    return _candidate(Passage(scope, text), 0, tuple(scoped_leaves(tree))).marks


def _candidate(passage: Passage, position: int, wanted: Iterable[tuple[Leaf, Scopes]]) -> _Candidate:
    text = _Text(passage)
    found: dict[Leaf, list[Place]] = {}
    for leaf, scopes in wanted:
        if passage.scope in scopes and (at := places(leaf, text.positions_of)):
            found[leaf] = at
    return _Candidate(passage, position, text.marks(place for at in found.values() for place in at), frozenset(found))


class _Text:
    """A passage with its terms looked up by position; those of its number come first and have no offsets."""

    def __init__(self, passage: Passage) -> None:
        numbers = list(analysis.tokens(passage.number)) if passage.number else []
        self._first = max((token.position for token in numbers), default=-1) + 1
        self._positions: dict[str, set[int]] = {}
        self._starts: dict[int, int] = {}
        self._ends: dict[int, int] = {}
        for token in numbers:
            self._positions.setdefault(token.term, set()).add(token.position)
        for token in analysis.tokens(passage.text):
            self._add(token)

    def _add(self, token: Token) -> None:
        position = token.position + self._first
        self._positions.setdefault(token.term, set()).add(position)
        if position not in self._starts:    # the first term at a position is the part itself
            self._starts[position], self._ends[position] = token.start, token.end

    def positions_of(self, slot: Slot) -> Collection[int]:
        if not slot.prefix:
            return self._positions.get(slot.term, ())
        return set().union(*(at for term, at in self._positions.items() if term.startswith(slot.term)))

    def marks(self, found: Iterable[Place]) -> tuple[Mark, ...]:
        offsets = sorted({(self._starts[max(first, self._first)], self._ends[last])
                          for first, last in found if last in self._ends})
        merged: list[Mark] = []
        for start, end in offsets:
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return tuple(merged)


def _best(found: Sequence[_Candidate], most: int) -> list[_Candidate]:
    """The paragraphs that together show most: each next one is judged by what the ones before do not show."""
    chosen: list[_Candidate] = []
    seen: frozenset[Leaf] = frozenset()
    while len(chosen) < min(most, len(found)):
        rest = [each for each in found if each not in chosen]
        best = max(rest, key=lambda each: (_worth(each, seen), -each.position))
        if chosen and not best.found - seen and len(best.found) < len(chosen[0].found):
            break
        chosen.append(best)
        seen |= best.found
    return chosen


def _worth(candidate: _Candidate, seen: frozenset[Leaf]) -> float:
    worth = sum(_PARTICULAR if isinstance(leaf, Phrase | Near) else 1.0 for leaf in candidate.found)
    fresh = sum(2.0 for leaf in candidate.found if leaf not in seen)
    scope = {Scope.RESOLUTION: _RESOLUTION, Scope.AGENDA: _AGENDA}.get(candidate.passage.scope, 1.0)
    return (worth + fresh) * scope + min(len(candidate.marks), 5) / 100


def _opening(texts: Sequence[Passage], scopes: Scopes) -> Sequence[Passage]:
    readable = [each for each in texts if each.scope in scopes and each.kind not in ("heading", "document")]
    decided = [each for each in readable if each.scope is Scope.RESOLUTION]
    return (decided or readable)[:1]


def _snippet(passage: Passage, found: tuple[Mark, ...]) -> Snippet:
    return Snippet(passage.anchor, passage.number, passage.kind, passage.text, found)
