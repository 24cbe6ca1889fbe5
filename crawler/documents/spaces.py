"""Spaces that a PDF sets as text of their own: where kerning makes one narrow, PDFium leaves it out of its text."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from crawler.documents.sheet import Word

Place = tuple[float, float]   # of a space: where it begins, and the height of its line
_FLAT = 0.01      # points: only a space has a box without height
_INSIDE = 0.1     # of the letter size: a space nearer to an end of a word stands before or after it
_LEAST = 0.08     # of the letter size: the gap that a reader sees; a fifth of it more parts words everywhere
_NEAR = 1.0       # points between the heights of a space and its line
_MOST = 2_000     # lone spaces of one page that are looked at

Spaces = Mapping[int, Sequence[Place]]


def spaces_by_height(places: Iterable[Place]) -> Spaces:
    """`places` by the whole points of their heights."""
    found: defaultdict[int, list[Place]] = defaultdict(list)
    for _, place in zip(range(_MOST), places, strict=False):
        found[round(place[1])].append(place)
    return found


def is_space(left: float, bottom: float, right: float, top: float) -> bool:
    """Whether text with this box shows nothing."""
    return top - bottom < _FLAT and right - left < _FLAT


def spaces_in(word: Word, spaces: Spaces) -> list[float]:
    """The places of the spaces that stand within `word`, from the left."""
    if not spaces:
        return []
    near = (place for height in (-1, 0, 1) for place in spaces.get(round(word.y) + height, ()))
    margin = _INSIDE * word.size
    return sorted(
        x for x, y in near if abs(y - word.y) < _NEAR and word.left + margin < x < word.right - margin
    )


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
