"""Which part of one sequence is which of another: what stayed, was changed, added, removed or moved. Pure."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TypeVar

Part = TypeVar("Part")
Pair = tuple[Part | None, Part | None]
"""The old and the new; `None` where there is none."""

_ALIKE = 0.5    # of the words: less is another text
_MOST = 10_000    # comparisons of texts in one place; a longer passage that changed is paired in order


def by_likeness(
    old: Sequence[Part], new: Sequence[Part], same: Callable[[Part], Hashable], words: Callable[[Part], str]
) -> Iterator[Pair[Part]]:
    """Texts in their order: those that are the `same`, those that share most of their `words`, and the others."""
    matcher = SequenceMatcher(None, [same(each) for each in old], [same(each) for each in new], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield from zip(old[a:b], new[c:d], strict=True)
        else:
            yield from _likest(old[a:b], new[c:d], words)


def _likest(old: Sequence[Part], new: Sequence[Part], words: Callable[[Part], str]) -> Iterator[Pair[Part]]:
    """The pairs, in order, that share the most words together."""
    if len(old) * len(new) > _MOST:
        yield from zip_longest(old, new)
        return
    before, now = [_counted(words(each)) for each in old], [_counted(words(each)) for each in new]
    alike = [[_alike(each, other) for other in now] for each in before]
    best = _best(alike, len(old), len(new))
    a = b = 0
    while a < len(old) or b < len(new):
        both = a < len(old) and b < len(new)
        if both and alike[a][b] and best[a][b] == alike[a][b] + best[a + 1][b + 1]:
            yield old[a], new[b]
            a, b = a + 1, b + 1
        elif a < len(old) and best[a][b] == best[a + 1][b]:
            yield old[a], None
            a += 1
        else:
            yield None, new[b]
            b += 1


def _best(alike: Sequence[Sequence[float]], height: int, width: int) -> list[list[float]]:
    """How much can be paired of what follows each place."""
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for a in reversed(range(height)):
        for b in reversed(range(width)):
            paired = alike[a][b] + best[a + 1][b + 1] if alike[a][b] else 0.0
            best[a][b] = max(paired, best[a + 1][b], best[a][b + 1])
    return best


def _counted(text: str) -> Counter[str]:
    return Counter(text.split())


def _alike(one: Counter[str], other: Counter[str]) -> float:
    """The share of words in common, 0 when it is too small."""
    together = one.total() + other.total()
    share = 2 * (one & other).total() / together if together else 1.0
    return share if share >= _ALIKE else 0.0


def by_key(old: Sequence[Part], new: Sequence[Part], key: Callable[[Part], Hashable]) -> dict[int, int]:
    """The places of what has the same key, the first with the first where several have it."""
    places: dict[Hashable, list[int]] = {}
    for at, part in enumerate(new):
        places.setdefault(key(part), []).append(at)
    for several in places.values():
        several.reverse()
    pairs = {at: places.get(key(part), []) for at, part in enumerate(old)}
    return {at: several.pop() for at, several in pairs.items() if several}


def moved(pairs: Mapping[int, int]) -> frozenset[int]:
    """The old places of those that left the order of the others: as few as possible."""
    order = [pairs[at] for at in sorted(pairs)]
    stay = _increasing(order)
    return frozenset(at for at, new in zip(sorted(pairs), order, strict=True) if new not in stay)


def _increasing(numbers: Sequence[int]) -> frozenset[int]:
    """A longest increasing run of numbers that are all different, by patience sorting."""
    tops: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        pile = bisect_left(tops, number)
        before[number] = tops[pile - 1] if pile else None
        tops[pile : pile + 1] = [number]
    run: list[int] = []
    last = tops[-1] if tops else None
    while last is not None:
        run.append(last)
        last = before[last]
    return frozenset(run)
