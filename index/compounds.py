"""Words written apart and together: "wind farm" and windfarm, "pot holes" and potholes, as the archive itself has them.

Two words of a query side by side that together are a word of the archive, or one that the archive has as two as well,
become an `Also`: as typed, or the other way. What has the other way alone ranks lower.

That both mean one thing the archive says, by how many items have each: where it has the two side by side no more often
than it has the word, they are another way of writing it ("pot holes"); where it has them more often, they must belong
together: the rarer of them stands side by side with the other too often for chance ("car park", but not "over time" and
overtime).
"""

from collections.abc import Callable, Iterator

from index.akin import MOST_ADDED, MOST_OTHERS
from index.analysis import fold, is_common, key
from index.memory import Memory
from index.tree import Also, And, Leaf, Node, Or, Row, Word, leaves, wanted

HELD = 2
"""Items that have a word which is none by mistake, as two that lost the space between them are."""

_SHORTEST = 6    # letters of a word that is two
_PART = 3        # letters of a part of it that was typed as one word
_LONGEST = 32
_MUCH = 4        # times as many items with two words side by side as with the word; above, they must belong together
_TOGETHER = 3    # of so many items with the rarer of two words that belong together, one or more has both side by side
_OFTEN = 25      # likewise of words that are so often side by side that it is no chance
_CHANCE = 50     # items with a word, for one with its halves side by side, from which on that may be chance
_REMEMBERED = 5000
_NONE = frozenset(("no", "not"))

Finds = Callable[[Node], int]


class Compounds:
    """Adds them to queries; `finds` says how many items a tree has, `commit` is another object after each change."""

    def __init__(self, finds: Finds, commit: Callable[[], object]) -> None:
        self._finds, self._commit = finds, commit
        self._told: tuple[object, Memory] | None = None

    def expanded(self, tree: Node) -> Node:
        """`tree`, to which other words may have been added, with the other ways of writing its words."""
        if not any(isinstance(leaf, Word) for leaf in leaves(tree)):
            return tree
        commit, told = self._commit(), self._told
        if told is None or told[0] is not commit:
            told = self._told = commit, Memory(_REMEMBERED, lambda _: 1)
        left = MOST_ADDED - sum(len(each.others) for each in wanted(tree) if isinstance(each, Also))
        return _Expansion(_Archive(self._finds, told[1]), left).of(tree)


class _Archive:
    """What the archive says of words, each asked once."""

    def __init__(self, finds: Finds, told: Memory) -> None:
        self._finds, self._told = finds, told

    def together(self, first: str, second: str) -> str | None:
        """The word that these two are, if they are one."""
        joined = first + second
        if not _SHORTEST <= len(joined) <= _LONGEST:
            return None
        return self._told.once((first, second), lambda: joined if self._joins(first, second) else None)

    def apart(self, word: str) -> str | None:
        """The two words that `word` is, if the archive has them side by side."""
        return self._told.once(word, lambda: self._parted(word)) if _SHORTEST <= len(word) <= _LONGEST else None

    def _joins(self, first: str, second: str) -> bool:
        whole = self._finds(Word(first + second))
        return whole >= HELD and self._means_one(first, second, self._finds(Row(f"{first} {second}")), whole)

    def _parted(self, word: str) -> str | None:
        halves = [(word[:at], word[at:]) for at in range(_PART, len(word) - _PART + 1)
                  if _is_part(word[:at]) and _is_part(word[at:])]
        rows = [Row(" ".join(each)) for each in halves]
        if not rows or not self._finds(Or(tuple(rows)) if len(rows) > 1 else rows[0]):
            return None
        whole = self._finds(Word(word))
        found = [(self._finds(row), row.text, each) for row, each in zip(rows, halves, strict=True)]
        meant = ((count, text) for count, text, (first, second) in sorted(found, reverse=True)
                 if count * _CHANCE >= max(whole, 1) and self._means_one(first, second, count, whole))
        return next(meant, ("", None))[1]

    def _means_one(self, first: str, second: str, side_by_side: int, whole: int) -> bool:
        if side_by_side <= whole:
            return True
        rarer = min(self._finds(Word(first)), self._finds(Word(second)))
        return side_by_side * (_TOGETHER if side_by_side > _MUCH * whole else _OFTEN) >= rarer


class _Expansion:
    """One query's: what is added to one word is no longer to be had for the next."""

    def __init__(self, archive: _Archive, left: int) -> None:
        self._archive, self._left = archive, left

    def of(self, node: Node) -> Node:
        match node:
            case Or(parts):
                return Or(tuple(map(self.of, parts)))
            case And(parts):
                row = tuple(self._in_row(parts))
                return And(row) if len(row) > 1 else row[0]
            case Word() | Also():
                return self._alone(node)
        return node

    def _in_row(self, parts: tuple[Node, ...]) -> Iterator[Node]:
        typed = {key(part.text) for part in parts if isinstance(part, Word)}
        at = 0
        while at < len(parts):
            pair = parts[at:at + 2]
            joined = self._joined(pair)
            if joined and key(joined) not in typed:
                yield self._with(And(pair), Word(joined))
                at += 2
            else:
                yield self._alone(parts[at])
                at += 1

    def _joined(self, pair: tuple[Node, ...]) -> str | None:
        words = [*filter(None, map(_letters, pair))] if self._left > 0 else []
        return self._archive.together(*words) if len(words) == len(pair) == 2 else None

    def _alone(self, part: Node) -> Node:
        """One part; what there are other words for keeps them, and one more may come to them."""
        if not isinstance(part, Word | Also):
            return self.of(part)
        typed = part.part if isinstance(part, Also) else part
        if isinstance(typed, And):
            joined = self._joined(typed.parts)
            return self._with(part, Word(joined)) if joined else part
        word = _letters(typed) if self._left > 0 else ""
        two = self._archive.apart(word) if word else None
        return self._with(part, Row(two)) if two else part

    def _with(self, part: Node, other: Leaf) -> Node:
        """`part` with one more `other` word for it, unless it has that or too many."""
        typed, others = (part.part, part.others) if isinstance(part, Also) else (part, ())
        known = {key(each.text) for each in others if isinstance(each, Word | Row)}
        if len(others) >= MOST_OTHERS or (isinstance(other, Word | Row) and key(other.text) in known):
            return part
        self._left -= 1
        return Also(typed, (*others, other))


def _letters(part: Node) -> str:
    """The folded word that `part` looks for, where it may be half of another or two: of letters, and no short form."""
    if not isinstance(part, Word) or not part.text.isalpha() or sum(map(str.isupper, part.text)) > 1:
        return ""
    word = fold(part.text)
    return "" if is_common(word) or word in _NONE else word


def _is_part(word: str) -> bool:
    return not (is_common(word) or word in _NONE)
