"""The numbered and lettered parts of a decision as a tree: 1. (a) i., whatever the styles, also when lists restart."""

import re
from dataclasses import dataclass, field
from itertools import islice

from archive.model import Clause
from crawler.numbers import Place, begins, follows, places, typed

_INLINE = re.compile(r"(?:[:;–-]|\b(?:that|to|committee|council|cabinet),?) (\((?:1|a|A|i)\)) ?(?=\w)", re.IGNORECASE)
_BARE_NEXT = re.compile(r"[.;] ([0-9]{1,2})\. (?=[A-Z])")   # after "1. " at the start
_INLINE_NEXT = re.compile(r"(?:[;,.:]|\band|\bor) (\((?:[0-9]{1,2}|[a-z]|[ivx]{2,5})\)) ?(?=\w)", re.IGNORECASE)

_DEEPEST = 8
_MOST_OPENINGS = 8   # labels in one paragraph that are tried as the first of its clauses


@dataclass(slots=True)
class _Part:
    """A clause under way."""

    label: str | None
    level: int
    text: str
    places: tuple[Place, ...] = ()    # where its label can stand, as far as its neighbours have settled it
    continued: tuple[Place, ...] = ()    # where the label before it stood, which its own parts go on from
    parts: list["_Part"] = field(default_factory=list)

    def built(self) -> Clause:
        return Clause(self.label, self.text, tuple(part.built() for part in self.parts))


class Clauses:
    """Takes the lines after a decision's lead one by one and says of each whether it is a clause."""

    def __init__(self) -> None:
        self._top: list[_Part] = []
        self._path: list[_Part] = []    # from the top down to the clause under way
        self._elder: str | None = None    # the last label of the decision before, whose list this one goes on with

    def __bool__(self) -> bool:
        return bool(self._top)

    @property
    def last(self) -> str:
        """The text of the clause under way; "" before the first one."""
        return self._path[-1].text if self._path else ""

    @property
    def first(self) -> str:
        """The text of the first clause; "" before it."""
        return self._top[0].text if self._top else ""

    @property
    def alone(self) -> str | None:
        """The text of the only clause, where that one has no label; else `None`."""
        only = self._top[0] if len(self._top) == 1 else None
        return only.text if only and only.label is None and not only.parts else None

    @property
    def all_bare(self) -> bool:
        """Whether there are clauses, and none has a label or parts."""
        return bool(self._top) and not any(part.label or part.parts for part in self._top)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels from the top down to the clause under way, without brackets and stops."""
        return tuple(part.label.strip("().:") for part in self._path if part.label)

    @property
    def last_is_bare(self) -> bool:
        """Whether the clause under way has no label."""
        return bool(self._path) and self._path[-1].label is None

    @property
    def label(self) -> str | None:
        """The label of the last clause at the top; `None` without one."""
        return self._top[-1].label if self._top else None

    def follow(self, elder: str | None) -> None:
        """Expect clauses that go on with the list of the decision before, whose last label was `elder`."""
        self._elder = elder

    def goes_on_at(self, label: str) -> bool:
        """Whether `label` is the next in the list of the decision before."""
        return self._elder is not None and not self._top and follows(self._elder, label)

    def fits(self, label: str) -> bool:
        """Whether `label` would continue some list here."""
        return self._depth_of(label) is not None

    def continues(self, label: str) -> bool:
        """Whether `label` is the very next after that of a clause that is still open: (o) after (n), 3 after 2(b)."""
        possible = places(label)
        return any(
            _is_next(one, two) for part in self._path for one in (*part.places, *part.continued) for two in possible)

    def take(self, label: str | None, text: str, level: int = 0) -> bool:
        """Add a clause where its label puts it; `False`, and nothing added, when the label continues nothing here."""
        depth = self._depth_of_bullet(level) if label is None else self._depth_of(label)
        if depth is None:
            return False
        depth = min(depth, _DEEPEST)
        part = _Part(label, level, text, self._settled(label, depth))
        del self._path[depth:]
        (self._path[-1].parts if self._path else self._top).append(part)
        self._path.append(part)
        return True

    def head(self, text: str, label: str) -> bool:
        """Add a clause without label that holds those from `label` on: "In addition:" between (n) and (o)."""
        possible = places(label)
        for depth in range(len(self._path) - 1, -1, -1):
            before = self._path[depth].places
            if any(_is_next(one, two) for one in before for two in possible):
                part = _Part(None, 0, text, continued=before)
                del self._path[depth:]
                (self._path[-1].parts if self._path else self._top).append(part)
                self._path.append(part)
                return True
        return False

    def go_on(self, text: str) -> None:
        """Add to the clause under way a paragraph that has no label of its own."""
        if self._path:
            self._path[-1].text += f" {text}"

    def built(self) -> tuple[Clause, ...]:
        """The finished clauses."""
        return tuple(part.built() for part in self._top)

    def _settled(self, label: str | None, depth: int) -> tuple[Place, ...]:
        """Of the places that `label` can have the one after its elder sibling's, or the first of a new list."""
        possible = places(label) if label else ()
        elder = self._path[depth].places if depth < len(self._path) else ()
        after = tuple(place for place in possible if any(_is_next(each, place) for each in elder))
        return after or tuple(place for place in possible if place.ordinal == 1) or possible

    def _depth_of(self, label: str) -> int | None:
        possible = places(label)
        for depth in range(len(self._path) - 1, -1, -1):
            if any(_is_next(one, two) for one in self._path[depth].places for two in possible):
                return depth
            if any(_is_next(one, two) for one in self._path[depth].continued for two in possible):
                return depth + 1
        first = tuple(place for place in possible if place.ordinal == 1)
        if first or not self._path:
            return self._depth_of_restart(label, first)
        for depth in range(len(self._path) - 1, -1, -1):
            if _skips(self._path[depth].places, possible) or _is_after_parts(self._path[depth].label, label):
                return depth
        return None

    def _depth_of_restart(self, label: str, first: tuple[Place, ...]) -> int:
        """A new list belongs under the clause under way, unless that one is of the same style: then beside it."""
        styles = {place.style for place in first}
        for depth, part in enumerate(self._path):
            if part.label == label or any(place.style in styles for place in part.places):
                return depth + 1 if part is self._path[-1] and part.text.endswith(":") else depth
        return len(self._path)

    def _depth_of_bullet(self, level: int) -> int:
        for depth, part in enumerate(self._path):
            if part.label is None and part.level >= level:
                return depth
        return len(self._path)


def _is_next(before: Place, after: Place) -> bool:
    """Whether `after` is the next in a sequence; capitals and small letters are taken for each other (A, b, c)."""
    return before.style.lower() == after.style.lower() and before.ordinal + 1 == after.ordinal


def _is_after_parts(before: str | None, label: str) -> bool:
    """Whether `label` follows the whole that `before` is a part of: 2 after 1.3."""
    whole, dotted, _ = (before or "").strip("().:").rpartition(".")
    return bool(dotted) and whole.isdigit() and follows(whole, label.strip("().:"))


def _skips(before: tuple[Place, ...], after: tuple[Place, ...]) -> bool:
    """Whether `after` stands a little later in a sequence of `before`: a number left out, or one printed twice."""
    return any(one.style == two.style and 0 <= two.ordinal - one.ordinal <= 3 for one in before for two in after)


def split_inline(words: str) -> tuple[str, list[tuple[str, str]]]:
    """A paragraph's lead and the clauses in it: "That (1) the report be noted; and (2) thanks be given".

    A label alone at the start is a clause's too ("1. That A be done"); one that nothing follows, in the midst, is text.
    """
    first = typed(words)
    if first and first.certain and begins(first.number) and first.rest:
        return "", _inline(words, [(first.number, 0, len(words) - len(first.rest))])
    for found in islice(_INLINE.finditer(words), _MOST_OPENINGS):
        parts = _inline(words, [(found[1], found.start(1), found.end())]) if begins(found[1]) else []
        if len(parts) > 1 and all(len(text) > 8 for _, text in parts):
            return words[:found.start(1)].strip(), parts
    return words, []


def _inline(words: str, found: list[tuple[str, int, int]]) -> list[tuple[str, str]]:
    """The clauses of `words` from the first label `found` on, each with the text as far as the next label."""
    following = _BARE_NEXT if found[0][0].strip(".").isdigit() and not found[0][1] else _INLINE_NEXT
    for later in following.finditer(words, found[0][2]):
        if follows(found[-1][0], later[1]):
            found.append((later[1], later.start(1), later.end()))
    ends = [start for _, start, _ in found[1:]] + [len(words)]
    return [(label, words[start:end].strip()) for (label, _, start), end in zip(found, ends, strict=True)]


def in_words(clauses: tuple[Clause, ...]) -> str:
    """The clauses as one would quote them, in one line: each with its label; those without parted by semicolons."""
    text = ""
    for clause in clauses:
        said = " ".join(filter(None, (_printed(clause.label), clause.text, in_words(clause.clauses))))
        parted = clause.label is not None or not text[-1:].isalnum() or text.endswith((" and", " or"))
        mark = " " if parted else "; "
        text += f"{mark}{said}" if text else said
    return text


def _printed(label: str | None) -> str | None:
    return label if label is None or label.endswith(")") else f"{label}."
