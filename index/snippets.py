"""The paragraphs that best show why an item matched, and which of their words to mark; decided here alone."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial, reduce
from itertools import accumulate
from typing import NamedTuple

from archive.model import Attendance, Item
from index.analysis import CHAIN, Slot, phrase_pattern, width
from index.finder import Finder
from index.passages import Passage, Scope, passages
from index.places import Place, patterns, places, simple_leaves
from index.scoping import Scopes, narrowed, scoped_leaves
from index.standing import members_asked, standing
from index.tree import Leaf, Near, Node, Phrase, leaves, unexpanded

MOST = 3
_PARTICULAR = 3.0    # a phrase or a NEAR says more than a word
_NAMED = 0.5    # what was decided or said in the words that were typed comes before a list of names,
_NAMED_NEXT = 12.0    # which comes next, however many more have the words
_FACTORS = {Scope.RESOLUTION: 1.5, Scope.AGENDA: 0.7, Scope.VOTE: 0.7}
_HEADING = 0.5
_ANNOUNCES = re.compile(r"(?:[:\u2013\u2014-]|\bthat)\W*\Z", re.IGNORECASE)
_LONGEST_LEAD = 12    # words of what only announces; a longer lead says what was decided, its clauses in what way
_ENDING = 12    # characters of a text that may say that more follows

Mark = tuple[int, int]


class Marks(NamedTuple):
    """What to mark in a text, and which of that stands as typed."""

    marks: tuple[Mark, ...] = ()
    exact: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Snippet:
    """A paragraph of an item and the words to mark in it: character offsets into `text`, in order, without overlap.

    `exact` are those of the `marks` whose words stand as they were typed, case and accents aside: not another form of
    them ("schools" for "school") nor other words for the same thing.
    """

    anchor: str
    number: str | None
    kind: str
    text: str
    marks: tuple[Mark, ...] = ()
    exact: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of an item, best first, and how many further paragraphs match."""

    paragraphs: tuple[Snippet, ...] = ()
    more: int = 0


_Found = Mapping[Leaf, Sequence[Place]]


@dataclass(frozen=True, slots=True)
class _Candidate:
    passage: Passage
    position: int
    found: _Found
    named: tuple[Mark, ...]
    is_heading: bool
    factor: float
    worth: float

    @property
    def shows(self) -> Collection[Leaf | None]:
        """What is looked for and stands there; `None` is a member who is asked for."""
        return {*self.found, None} if self.named else self.found.keys()


class Snippets:
    """Chooses and marks paragraphs for the query `tree`, of one item after the other."""

    def __init__(self, tree: Node) -> None:
        self._scopes, self._asked = narrowed(tree), members_asked(tree)
        self._wanted = tuple(dict.fromkeys((each.leaf, each.scopes) for each in scoped_leaves(tree)))
        self._typed = frozenset(leaves(unexpanded(tree)))
        simple = (each for leaf, _ in self._wanted for each in simple_leaves(leaf))
        self._finder = Finder(slot for each in simple for pattern in patterns(each) for slot in pattern.slots)

    def of(self, item: Item, attendance: Sequence[Attendance] = ()) -> Shown:
        """The best paragraphs of `item`; when none matches, its first decision or else its first text.

        A title is no paragraph: what matches there alone is marked by `marks`. Where the query asks for members, what
        names them matches, whatever kind of text was asked for where none of that kind does; they may be asked for as
        the meeting's `attendance` lists them.
        """
        texts = [passage for passage in passages(item) if passage.scope is not Scope.TITLE]
        named = self._named(texts, item, attendance)
        candidates = [_candidate(passage, at, found, named[at]) for at, passage in enumerate(texts)
                      if (found := self._found(passage)) or named[at]]
        if any(each.passage.scope in self._scopes for each in candidates):
            best, opening = _best(candidates, MOST), []
        else:
            best = _best(candidates, 1)
            opening = [*_opening(texts, self._scopes)][:MOST - len(best)]
        marked = [_snippet(each.passage, *self._marks(each.passage, each.found, each.named)) for each in best]
        return Shown((*map(_snippet, opening), *marked), len(candidates) - len(best))

    def every(self, item: Item, attendance: Sequence[Attendance] = ()) -> tuple[Snippet, ...]:
        """Every text of `item` that matches, its title too, in printed order."""
        texts = passages(item)
        found = [(each, self._found(each), named)
                 for each, named in zip(texts, self._named(texts, item, attendance), strict=True)]
        return tuple(_snippet(each, *self._marks(each, words, named)) for each, words, named in found if words or named)

    def marks(self, text: str, scope: Scope = Scope.TITLE) -> Marks:
        """The words of `text`, which stands in `scope`, that the query looks for."""
        passage = Passage(scope, text)
        return self._marks(passage, self._found(passage))

    def _found(self, passage: Passage) -> _Found:
        """Where the leaves stand that are looked for in such a text. The words of its number come first."""
        terms = _positions(self._finder, passage)
        if not terms:
            return {}
        at = partial(_positions_of, terms)
        return {leaf: found for leaf, scopes in self._wanted if passage.scope in scopes and (found := places(leaf, at))}

    def _named(
        self, texts: Sequence[Passage], item: Item, attendance: Sequence[Attendance]
    ) -> list[tuple[Mark, ...]]:
        """Where in each of `texts` the members stand who are asked for."""
        if not self._asked:
            return [()] * len(texts)
        find = standing(self._asked, item, attendance)
        named = [find(each.text) for each in texts]
        inside = [marks if each.scope in self._scopes else () for each, marks in zip(texts, named, strict=True)]
        return inside if any(inside) else named

    def _marks(self, passage: Passage, found: _Found, named: Collection[Mark] = ()) -> Marks:
        if not (found or named):
            return Marks()
        text, first = passage.text, _first(passage)
        spans: dict[int, Mark] = {}
        for _, position, start, end in self._finder.tokens(text):
            at = first + position
            spans[at] = _around(spans[at], (start, end)) if at in spans else (start, end)
        order = sorted(spans)
        every, typed = {*named}, {*named}
        for leaf, places_of in found.items():
            marked = {mark for place in places_of if (mark := _mark(place, order, spans))}
            every |= marked
            if leaf in self._typed:
                typed |= {mark for mark in marked if _stands_as_typed(leaf, text[slice(*mark)])}
        marks = _merged(every)
        if typed == every:
            return Marks(marks, marks)
        exact = frozenset(_merged(typed))
        return Marks(marks, tuple(mark for mark in marks if mark in exact))


def _positions(finder: Finder, passage: Passage) -> Mapping[str, Collection[int]]:
    """The positions of what is looked for in a passage."""
    if not passage.number:
        return finder.positions(passage.text)
    there = finder.positions(passage.number, number=True)
    for term, found in finder.positions(passage.text, _first(passage)).items():
        there[term] = there[term] | found if term in there else found
    return there


def _first(passage: Passage) -> int:
    """The position of the first word of the text: after those of the number."""
    return _width(passage.number) if passage.number else 0


_width = lru_cache(maxsize=1 << 12)(width)


def _positions_of(terms: Mapping[str, Collection[int]], slot: Slot) -> Collection[int]:
    if not slot.prefix:
        return terms.get(slot.term, ())
    return set().union(*(at for term, at in terms.items() if term.startswith(slot.term)))


def _mark(place: Place, order: Sequence[int], spans: Mapping[int, Mark]) -> Mark | None:
    """The characters of a place, by what stands at each position; none when all of it is in the number."""
    if place[0] == place[1]:
        return spans.get(place[0])
    inside = [spans[at] for at in order[bisect_left(order, place[0]):bisect_right(order, place[1])]]
    return reduce(_around, inside) if inside else None


def _around(one: Mark, other: Mark) -> Mark:
    """From where the first of them begins to where the last ends."""
    return min(one[0], other[0]), max(one[1], other[1])


def _merged(found: Iterable[Mark]) -> tuple[Mark, ...]:
    merged: list[Mark] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _stands_as_typed(leaf: Leaf, printed: str) -> bool:
    """Whether what is printed there is what was typed, as a phrase would find it."""
    if isinstance(leaf, Phrase):
        return True
    return any(isinstance(each, Phrase) or _as_phrase(each.text) == _as_phrase(printed) for each in simple_leaves(leaf))


_as_phrase = lru_cache(maxsize=1 << 12)(phrase_pattern)


def _best(candidates: Sequence[_Candidate], most: int) -> list[_Candidate]:
    """The paragraphs that together show most: each next one is judged by what the ones before do not show."""
    chosen: list[_Candidate] = []
    seen: set[Leaf | None] = set()
    rest = list(candidates)
    bare = {each.position: _bare(each.passage.text) for each in rest} if len(rest) > 1 else {}
    while rest and len(chosen) < most:
        best = max(rest, key=lambda each: (each.worth + _fresh(each, seen), -each.position))
        if chosen and not _worth_showing(best, chosen[0], seen):
            break
        chosen.append(best)
        seen.update(best.shows)
        rest = [each for each in rest if each is not best and bare[each.position] != bare[best.position]]
    return chosen


def _bare(text: str) -> str:
    """What two printings of the same text share."""
    return text.casefold().strip(" .;:,")


def _worth_showing(candidate: _Candidate, first: _Candidate, seen: Collection[Leaf | None]) -> bool:
    """Whether a further paragraph shows something else, or as much as the first, or a decision."""
    as_much = len(candidate.shows) >= len(first.shows)
    decides = candidate.passage.scope is Scope.RESOLUTION and not candidate.is_heading
    return as_much or decides or any(each not in seen for each in candidate.shows)


def _fresh(candidate: _Candidate, seen: Collection[Leaf | None]) -> float:
    """What a paragraph is worth for what it shows first."""
    named = _NAMED_NEXT if seen else _NAMED
    return sum(named if each is None else 2.0 for each in candidate.shows if each not in seen) * candidate.factor


def _candidate(passage: Passage, position: int, found: _Found, named: tuple[Mark, ...]) -> _Candidate:
    is_heading = _is_heading(passage)
    factor = _HEADING if is_heading else _FACTORS.get(passage.scope, 1.0)
    worth = sum(_PARTICULAR if isinstance(leaf, Phrase | Near) else 1.0 for leaf in found)
    worth += _NAMED if named else 0.0
    marks = {place for at in found.values() for place in at} | {*named}
    return _Candidate(passage, position, found, named, is_heading, factor, worth * factor + min(len(marks), 5) / 100)


def _is_heading(passage: Passage) -> bool:
    """Whether `passage` only announces what follows: a heading, or "DECISION" or "RESOLVED – That:" before clauses."""
    if passage.scope is not Scope.RESOLUTION:
        return passage.kind == "heading"
    text = passage.text
    most = _LONGEST_LEAD if _ANNOUNCES.search(text[-_ENDING:]) else 3 if text.isupper() else 1
    return _has_at_most(most, text)


def _has_at_most(most: int, text: str) -> bool:
    """Whether `text` takes so few positions: the rest of a long one is not looked at."""
    words = accumulate(width(chain.group()) for chain in CHAIN.finditer(text))
    return all(count <= most for count in words)


def _opening(texts: Sequence[Passage], scopes: Scopes) -> Sequence[Passage]:
    readable = [each for each in texts if each.scope in scopes and each.kind not in ("heading", "document")]
    decided: dict[str, Passage] = {}
    for each in readable:
        if each.scope is Scope.RESOLUTION:
            decided.setdefault(each.text, each)
    told = [each for each in decided.values() if not _is_heading(each)]
    return told[:MOST] or [*decided.values()][:1] or readable[:1]


def _snippet(passage: Passage, marks: tuple[Mark, ...] = (), exact: tuple[Mark, ...] = ()) -> Snippet:
    return Snippet(passage.anchor, passage.number, passage.kind, passage.text, marks, exact)
