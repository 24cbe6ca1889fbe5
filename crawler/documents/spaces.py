"""Spaces that a PDF sets as text of their own: where kerning makes one narrow, PDFium leaves it out of its text."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from crawler.documents.sheet import Word

Place = tuple[float, float]   # of a space: where it begins, and the height of its line
_FLAT = 0.01      # points: only a space has a box without height
_INSIDE = 0.1     # of the letter size: a space nearer to an end of a word stands before or after it
_LEAST = 0.08     # of the letter size: the gap that a reader sees; a fifth of it more parts words everywhere
_NEAR = 1.0       # points between the heights of a space and its line
_MOST = 2_000     # lone spaces of one page that are looked at

Spaces = Mapping[int, Sequence[Place]]


def spaces_by_height(places: Iterable[Place]) -> Spaces:
    """`places` by the whole points of their heights, from the left."""
    found: defaultdict[int, list[Place]] = defaultdict(list)
    for place in sorted(islice(places, _MOST)):
        found[round(place[1])].append(place)
    return found


def is_space(left: float, bottom: float, right: float, top: float) -> bool:
    """Whether text with this box shows nothing."""
    return top - bottom < _FLAT and right - left < _FLAT


def spaces_in(word: Word, spaces: Spaces) -> list[float]:
    """The places of the spaces that stand within `word`, from the left."""
    if not spaces:
        return []
    near = (spaces[height] for height in range(round(word.y) - 1, round(word.y) + 2) if height in spaces)
    return sorted(x for level in near for x, y in _between(level, word) if abs(y - word.y) < _NEAR)


def _between(level: Sequence[Place], word: Word) -> Sequence[Place]:
    """Those of `level`, places from the left, that stand between the ends of `word`."""
    margin, far = _INSIDE * word.size, float("inf")
    return level[bisect_right(level, (word.left + margin, far)):bisect_left(level, (word.right - margin, -far))]


def cuts(boxes: Sequence[tuple[float, float]], spaces: Iterable[float], size: float) -> list[int]:
    """The letters of a word, as their left and right ends, before which one of `spaces` stands in a gap to be seen."""
    found: list[int] = []
    at = 1
    for space in spaces:
        while at < len(boxes) and boxes[at][0] < space:
            at += 1
        if at < len(boxes) and boxes[at][0] - boxes[at - 1][1] > _LEAST * size:
            found.append(at)
            at += 1
    return found
