"""Parts of a page that its file gives late, put where they stand.

Browsers print a list, a float or a box after all that surrounds it: what was read last then belongs further up.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from crawler.documents.sheet import Line, Table

Part = Line | Table

_ABOVE, _BELOW = 0.6, 0.2   # of the letter size: how far the letters of a line reach from its height
_MOST = 800                 # parts of one page that are looked at


def in_place(parts: Sequence[Part]) -> list[Part]:
    """`parts` of one page in the order of their heights, if that is plain: nothing late stands beside anything.

    Columns, lists side by side and the cells of a table without drawn lines go up the page too, and stay as given.
    """
    late = _late(parts)
    if not late or len(parts) > _MOST or any(isinstance(part, Line) and part.column for part in parts):
        return list(parts)
    spans = sorted(_span(part) for part in parts)
    bottoms, reached = [bottom for bottom, _ in spans], list(accumulate((top for _, top in spans), max))
    if not all(_is_alone(_span(parts[at]), bottoms, reached) for at in late):
        return list(parts)
    return sorted(parts, key=lambda part: -_span(part)[1])


def _late(parts: Sequence[Part]) -> list[int]:
    """The places of parts that stand higher than one before them, by more than the letters of a line do."""
    late: list[int] = []
    lowest = float("inf")
    for at, part in enumerate(parts):
        bottom, top = _span(part)
        if bottom >= lowest + (top - bottom) / 2:
            late.append(at)
        lowest = min(lowest, bottom)
    return late


def _span(part: Part) -> tuple[float, float]:
    if isinstance(part, Table):
        return part.bottom, part.top
    return part.y - _BELOW * part.size, part.y + _ABOVE * part.size


def _is_alone(span: tuple[float, float], bottoms: Sequence[float], reached: Sequence[float]) -> bool:
    """Whether no other part shares a height with one of them: the `bottoms` of all from below, and how high all up to
    each of those have `reached`.
    """
    bottom, top = span
    at = bisect_left(bottoms, bottom)
    above = at + 1 == len(bottoms) or bottoms[at + 1] >= top
    return above and (at == 0 or reached[at - 1] <= bottom)
