"""The numbered and lettered parts of a decision as a tree: 1. (a) i., whatever the styles, also when lists restart."""

from dataclasses import dataclass, field

from archive.model import Clause
from crawler.numbers import Place, begins, follows, places

_DEEPEST = 8


@dataclass(slots=True)
class _Part:
    """A clause under way."""

    label: str | None
    level: int
    text: str
    parts: list["_Part"] = field(default_factory=list)

    def built(self) -> Clause:
        return Clause(self.label, self.text, tuple(part.built() for part in self.parts))


class Clauses:
    """Takes the lines after a decision's lead one by one and says of each whether it is a clause."""

    def __init__(self) -> None:
        self._top: list[_Part] = []
        self._path: list[_Part] = []    # from the top down to the clause under way

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
    def last_is_bare(self) -> bool:
        """Whether the clause under way has no label."""
        return bool(self._path) and self._path[-1].label is None

    def fits(self, label: str) -> bool:
        """Whether `label` would continue some list here."""
        return self._depth_of(label) is not None

    def take(self, label: str | None, text: str, level: int = 0) -> bool:
        """Add a clause where its label puts it; `False`, and nothing added, when the label continues nothing here."""
        depth = self._depth_of_bullet(level) if label is None else self._depth_of(label)
        if depth is None:
            return False
        part = _Part(label, level, text)
        del self._path[min(depth, _DEEPEST):]
        (self._path[-1].parts if self._path else self._top).append(part)
        self._path.append(part)
        return True

    def go_on(self, text: str) -> None:
        """Add to the clause under way a paragraph that has no label of its own."""
        if self._path:
            self._path[-1].text += f" {text}"

    def built(self) -> tuple[Clause, ...]:
        """The finished clauses."""
        return tuple(part.built() for part in self._top)

    def _depth_of(self, label: str) -> int | None:
        for depth in range(len(self._path) - 1, -1, -1):
            sibling = self._path[depth].label
            if sibling is not None and follows(sibling, label):
                return depth
        if begins(label):
            return self._depth_of_restart(label)
        for depth in range(len(self._path) - 1, -1, -1):
            sibling = self._path[depth].label
            if sibling is not None and _skips(places(sibling), places(label)):
                return depth
        return None if self._path else 0

    def _depth_of_restart(self, label: str) -> int:
        """A new list belongs under the clause under way, unless that one is of the same style: then beside it."""
        styles = {place.style for place in places(label)}
        for depth, part in enumerate(self._path):
            if part.label == label or (part.label and styles & {place.style for place in places(part.label)}):
                return depth + 1 if part is self._path[-1] and part.text.endswith(":") else depth
        return len(self._path)

    def _depth_of_bullet(self, level: int) -> int:
        for depth, part in enumerate(self._path):
            if part.label is None and part.level >= level:
                return depth
        return len(self._path)


def _skips(before: tuple[Place, ...], after: tuple[Place, ...]) -> bool:
    """Whether `after` stands a little later in a sequence of `before`: a number left out, or one printed twice."""
    return any(one.style == two.style and 0 <= two.ordinal - one.ordinal <= 3 for one in before for two in after)


def in_words(clauses: tuple[Clause, ...]) -> str:
    """The clauses as one would quote them: each with its label, in one line."""
    return " ".join(" ".join(filter(None, (_printed(c.label), c.text, in_words(c.clauses)))) for c in clauses)


def _printed(label: str | None) -> str | None:
    return label if label is None or label.endswith(")") else f"{label}."
