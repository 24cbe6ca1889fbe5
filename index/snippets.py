"""The paragraphs that best show why an item matched, and which of their words to mark; decided here alone."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from archive.model import Attendance, Item, Person
from index.analysis import Finder, Slot, Token, width
from index.naming import is_identifier, names_person
from index.passages import Passage, Scope, passages
from index.places import Place, patterns, places, simple_leaves
from index.project import names_of
from index.scoping import Scopes, narrowed, scoped_leaves
from index.tree import Everything, Field, Leaf, Near, Node, Or, Phrase, any_of, conditions, field_of

MOST = 3
_PARTICULAR = 3.0    # a phrase or a NEAR says more than a word
_FACTORS = {Scope.RESOLUTION: 1.5, Scope.AGENDA: 0.7, Scope.VOTE: 0.7}
_HEADING = 0.5
_ANNOUNCES = re.compile(r"(?:[:\u2013\u2014-]|\bthat)\W*\Z", re.IGNORECASE)
_ENDING = 12    # characters of a text that may say that more follows

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


class Snippets:
    """Chooses and marks paragraphs for the query `tree`, of one item after the other."""

    def __init__(self, tree: Node) -> None:
        self._tree, self._scopes = tree, narrowed(tree)
        self._wanted = tuple(dict.fromkeys(scoped_leaves(tree)))
        simple = (each for leaf, *_ in self._wanted for each in simple_leaves(leaf))
        self._finder = Finder(slot for each in simple for pattern in patterns(each) for slot in pattern.slots)

    def of(self, item: Item, attendance: Sequence[Attendance] = ()) -> Shown:
        """The best paragraphs of `item`; when none matches, its first decision or else its first text.

        A title is no paragraph: what matches there alone is marked by `marks`. A query of filters alone shows where the
        members that it asks for are named; they may be asked for as the meeting's `attendance` lists them.
        """
        if not self._wanted and (named := _naming(self._tree, item, attendance)):
            return Snippets(named).of(item)
        texts = [passage for passage in passages(item) if passage.scope is not Scope.TITLE]
        found = [each for at, passage in enumerate(texts) if (each := self._candidate(passage, at)).found]
        if not found:
            return Shown(tuple(_snippet(passage, ()) for passage in _opening(texts, self._scopes)))
        best = _best(found, MOST)
        return Shown(tuple(_snippet(each.passage, each.marks) for each in best), len(found) - len(best))

    def marks(self, text: str, scope: Scope = Scope.TITLE) -> tuple[Mark, ...]:
        """The words of `text`, which stands in `scope`, that the query looks for."""
        return self._candidate(Passage(scope, text), 0).marks

    def _candidate(self, passage: Passage, position: int) -> _Candidate:
        text = _Text(passage, self._finder)
        found: dict[Leaf, list[Place]] = {}
        for leaf, scopes, _ in self._wanted:
            if passage.scope in scopes and text.positions and (at := places(leaf, text.positions_of)):
                found[leaf] = at
        marks = text.marks(place for at in found.values() for place in at)
        return _Candidate(passage, position, marks, frozenset(found))


class _Text:
    """What a finder finds in a passage, by position; the words of its number come first and have no offsets."""

    def __init__(self, passage: Passage, finder: Finder) -> None:
        self.positions: dict[str, set[int]] = {}
        self._tokens: list[Token] = []
        first = 0
        if passage.number:
            first = width(passage.number)
            for token in finder.tokens(passage.number, number=True):
                self.positions.setdefault(token.term, set()).add(token.position)
        for token in finder.tokens(passage.text):
            self._tokens.append(token._replace(position=first + token.position))
            self.positions.setdefault(token.term, set()).add(first + token.position)

    def positions_of(self, slot: Slot) -> Collection[int]:
        if not slot.prefix:
            return self.positions.get(slot.term, ())
        return set().union(*(at for term, at in self.positions.items() if term.startswith(slot.term)))

    def marks(self, found: Iterable[Place]) -> tuple[Mark, ...]:
        merged: list[Mark] = []
        for start, end in sorted(mark for place in found if (mark := self._mark(place))):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return tuple(merged)

    def _mark(self, place: Place) -> Mark | None:
        inside = [token for token in self._tokens if place[0] <= token.position <= place[1]]
        return (min(token.start for token in inside), max(token.end for token in inside)) if inside else None


def _best(found: Sequence[_Candidate], most: int) -> list[_Candidate]:
    """The paragraphs that together show most: each next one is judged by what the ones before do not show."""
    chosen: list[_Candidate] = []
    seen: frozenset[Leaf] = frozenset()
    while len(chosen) < min(most, len(found)):
        shown = {each.passage.text for each in chosen}
        rest = [each for each in found if each.passage.text not in shown]
        if not rest:
            break
        best = max(rest, key=lambda each: (_worth(each, seen), -each.position))
        if chosen and not _worth_showing(best, chosen[0], seen):
            break
        chosen.append(best)
        seen |= best.found
    return chosen


def _worth_showing(candidate: _Candidate, first: _Candidate, seen: frozenset[Leaf]) -> bool:
    """Whether a further paragraph shows something else, or as much as the first, or a decision."""
    fresh, as_much = candidate.found - seen, len(candidate.found) >= len(first.found)
    decides = candidate.passage.scope is Scope.RESOLUTION and not _is_heading(candidate.passage)
    return bool(fresh) or as_much or decides


def _worth(candidate: _Candidate, seen: frozenset[Leaf]) -> float:
    worth = sum(_PARTICULAR if isinstance(leaf, Phrase | Near) else 1.0 for leaf in candidate.found)
    fresh = sum(2.0 for leaf in candidate.found if leaf not in seen)
    factor = _HEADING if _is_heading(candidate.passage) else _FACTORS.get(candidate.passage.scope, 1.0)
    return (worth + fresh) * factor + min(len(candidate.marks), 5) / 100


def _is_heading(passage: Passage) -> bool:
    """Whether `passage` only announces what follows: a heading, or "DECISION" or "RESOLVED – That:" before clauses."""
    if passage.scope is not Scope.RESOLUTION:
        return passage.kind == "heading"
    words = width(passage.text)
    return words <= 1 or (words <= 3 and passage.text.isupper()) or bool(_ANNOUNCES.search(passage.text[-_ENDING:]))


def _naming(tree: Node, item: Item, attendance: Sequence[Attendance]) -> Node | None:
    """What finds the names, as `item` prints them, of the members that `tree` filters by."""
    asked = {value.value for part in conditions(tree) if field_of(part) == "member"
             for value in (part.parts if isinstance(part, Or) else (part,)) if isinstance(value, Field)}
    words = {value for value in asked if not is_identifier(value)}
    names = {person.name for person in item.people if person.member in asked
             or any(_listed(value, person, attendance) for value in words)}
    named = any_of(Phrase(each) for each in sorted(names | words))
    return None if isinstance(named, Everything) else named


def _listed(value: str, person: Person, attendance: Sequence[Attendance]) -> bool:
    """Whether `value` names this person by the list of attendance and not as printed."""
    printed, *listed = names_of(person, attendance)
    return not names_person(value, printed) and any(names_person(value, name) for name in listed)


def _opening(texts: Sequence[Passage], scopes: Scopes) -> Sequence[Passage]:
    readable = [each for each in texts if each.scope in scopes and each.kind not in ("heading", "document")]
    decided: dict[str, Passage] = {}
    for each in readable:
        if each.scope is Scope.RESOLUTION:
            decided.setdefault(each.text, each)
    told = [each for each in decided.values() if not _is_heading(each)]
    return told[:MOST] or [*decided.values()][:1] or readable[:1]


def _snippet(passage: Passage, found: tuple[Mark, ...]) -> Snippet:
    return Snippet(passage.anchor, passage.number, passage.kind, passage.text, found)
