"""Running headers, footers and page numbers: known by their place at a page's edge and by coming back.

Words tell only what is none: a sentence's end may well come back at the top of two pages out of five.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median_low

from crawler.documents.sheet import Line, Table

Part = Line | Table

_DEPTH = 6         # lines from an edge that may be furniture
_ZONE = 0.16       # of a page's height
_SAME_PLACE = 9.0  # points
_NUMBERED = re.compile(
    r"(?:page|tudalen|p\.?)?\s*[|:–-]?\s*(\d{1,4})\s*[–-]?\s*(?:(?:of|o|/)\s*(\d{1,4}))?\s*[–-]?", re.IGNORECASE
)
# Words of a sentence, which no header has: "(g) AGREED that:", "the recommendations be approved."
_SAID = re.compile(r"\([a-z0-9]{1,4}\) |[a-z].*[.;,]\Z|.*\b(?:that|to|and|of|the)\W*\Z")


def without_furniture(pages: Sequence[Sequence[Part]], heights: Sequence[float]) -> list[list[Part]]:
    """`pages` (the parts of each in reading order) without furniture; a running header in words stays, once, first.

    A header may be all that names committee and day, so its first occurrence is kept at the head of its page.
    """
    edges = [_edges(page, height) for page, height in zip(pages, heights, strict=True)]
    seen = [_seen([page[side] for page in edges]) for side in (0, 1)]
    kept: list[list[Part]] = []
    told: set[str] = set()
    for page, (top, bottom) in zip(pages, edges, strict=True):
        heads = _outer(top, seen[0])
        feet = _outer(bottom, seen[1])
        new = [line for line in heads if _is_worded(line) and _key(line) not in told]
        told.update(map(_key, new))
        counted = [line for line in (*top, *bottom) if _is_counted(line)]
        gone = {id(line) for line in (*heads, *feet, *counted)}
        kept.append([*new, *(part for part in page if id(part) not in gone)])
    return kept


def _edges(page: Sequence[Part], height: float) -> tuple[list[Line], list[Line]]:
    """The lines near the top edge, from the edge inwards, and those near the bottom edge."""
    lines = sorted((part for part in page if isinstance(part, Line)), key=lambda line: -line.y)
    top = [line for line in lines if line.y > height * (1 - _ZONE)][:_DEPTH]
    bottom = [line for line in reversed(lines) if line.y < height * _ZONE][:_DEPTH]
    return top, bottom


def _key(line: Line) -> str:
    return re.sub(r"\d+", "0", "".join(line.text.split()).lower())


def _seen(edges: Sequence[Sequence[Line]]) -> dict[str, list[float]]:
    """The heights at which each text comes back at an edge of enough pages; without pages to compare, nothing."""
    heights: dict[str, list[float]] = {}
    for lines in edges:
        for key, y in {_key(line): line.y for line in lines}.items():
            heights.setdefault(key, []).append(y)
    enough = max(2, len(edges) * 2 // 5)
    said = {_key(line) for lines in edges for line in lines if _SAID.match(line.text)}
    seen = {key: places for key, places in heights.items() if len(places) >= enough and key not in said}
    return {key: places for key, places in seen.items() if _rivals(places, seen, edges) < len(places)}


def _rivals(places: Sequence[float], seen: Mapping[str, object], edges: Sequence[Sequence[Line]]) -> int:
    """How many pages have, in the same place, text that comes back nowhere: then it is the body's place."""
    place = median_low(places)
    once = [[line.y for line in lines if _key(line) not in seen and not _is_page_number(line)] for lines in edges]
    return sum(any(abs(y - place) <= _SAME_PLACE for y in heights) for heights in once)


def _outer(lines: Sequence[Line], seen: dict[str, list[float]]) -> list[Line]:
    """The furniture of one edge: an unbroken run from the edge, for a body line never stands outside it."""
    found: list[Line] = []
    for line in lines:
        beside = bool(found) and abs(found[-1].y - line.y) < line.size / 2
        places = Counter(abs(y - line.y) <= _SAME_PLACE for y in seen.get(_key(line), ()))
        if places[True] >= 2 or _is_page_number(line):
            found.append(line)
        elif not beside:
            break
    return found


def _is_page_number(line: Line) -> bool:
    match = _NUMBERED.fullmatch(line.text.strip())
    if not match:
        return False
    return bool(match[2]) or int(match[1]) == line.page or "age" in line.text


def _is_counted(line: Line) -> bool:
    """Whether it is "Page 2 of 3" on page 2: a page number even above the last lines of the text."""
    match = _NUMBERED.fullmatch(line.text.strip())
    return bool(match and match[2] and int(match[1]) == line.page and "age" in line.text)


def _is_worded(line: Line) -> bool:
    return not _NUMBERED.fullmatch(line.text.strip()) and sum(map(str.isalpha, line.text)) > 3
