"""Running headers, footers and page numbers: known by their place at a page's edge and by coming back.

A line comes back cell by cell, so that a name is known beside a number that changes sides. A number comes back where it
stays the same or counts the pages: "46. Apologies" is no "42. Apologies" that came back. Words tell only what is none:
a sentence's end may well come back at the top of two pages out of five. What changes from page to page is furniture
where it always stands at one height, set off from the text: at the foot, beside a page's number, or in smaller print.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import pairwise
from statistics import median_low

from crawler.documents.sheet import Cell, Line, Table

Part = Line | Table

_OPENING = 3       # pages whose running heads are the document's: a title page and left pages may have none
_DEPTH = 6         # lines from an edge that may be furniture
_ZONE = 0.16       # of a page's height
_SAME_PLACE = 9.0  # points
_LEVEL = 2.0       # points: what stands at one height
_SET_OFF = 1.8     # of the letter size: the least space below a running head whose words change
_SMALLER = 0.92    # of the usual letter size
_MOST_NUMBERS = 4  # of a cell that may count the pages
_NUMBERED = re.compile(
    r"(?:page|tudalen|p\.?)?\s*[|:–-]?\s*(\d{1,4})\s*[–-]?\s*(?:(?:of|o|/)\s*(\d{1,4}))?\s*[–-]?(?:\s*\|\s*page)?",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"[ivxlc]{1,8}", re.IGNORECASE)
_THING = re.compile(r"(?:agenda)?(?:minute|item|application|motion|question|appendix)(?:no\.?|number)?[\d/.:-]+\Z")
# Words of a sentence, which no header has: "(g) AGREED that:", "the recommendations be approved."
_LABELLED = re.compile(r"\([a-z0-9]{1,4}\) ")
_ENDS_SAID = re.compile(r"\b(?:that|to|and|of|the)\W{0,9}\Z")
_LAST = 20         # letters of a line's end that tell it
# The paper's own mark on a first page: the body's letters and the day, "FRA 18.04.24".
_MARKED = re.compile(r"[A-Z][A-Za-z&]{0,5}\W{0,3}\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})")

# What a browser prints around a page: "11/23/26, 12:48 PM   Minutes", "https://… 1/3".
_STAMP = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}, \d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?")
_ADDRESS = re.compile(r"(?:file|https?)://\S+(?: \d{1,4} ?/ ?\d{1,4})?")


def without_furniture(pages: Sequence[Sequence[Part]], heights: Sequence[float]) -> list[list[Part]]:
    """`pages` (the parts of each in reading order) without furniture; a running header in words stays, once, aside.

    A header may be all that names committee and day, so its first occurrence is kept: at the head of the document if
    it first stands on one of its first pages, else at the head of its page. So are words at an edge that change and
    that the text does not say.
    """
    pages = [_as_typed(page, height) for page, height in zip(pages, heights, strict=True)]
    edges = [_edges(page, height) for page, height in zip(pages, heights, strict=True)]
    runs = _runs(edges)
    counted = {id(line) for page in edges for side in page for line in side if _is_counted(line)}
    counted |= {id(line) for top, _ in edges[:1] for line in top[:1] if _MARKED.fullmatch(line.text)}
    gone = {id(line) for side in runs for page in side for line in page} | counted
    changing = [_changing([page[side] for page in edges], pages, gone, is_foot=side == 1) for side in (0, 1)]
    moved = {id(line) for side in changing for page in side for line in page}
    said = _said(pages, gone | moved)
    told: set[str] = set()
    kept: list[list[Part]] = []
    rows: set[str] = set()   # of the pages before: a table's heads come back at the top of each of its pages
    for at, page in enumerate(pages):
        heads = list(_told([line for line in runs[0][at] if line.text not in rows], told))
        new = [*heads, *_untold((*changing[0][at], *changing[1][at]), told, said)]
        if 0 < at < _OPENING:
            kept[0][:0] = heads
            new = new[len(heads) :]
        kept.append([*new, *(part for part in page if id(part) not in gone and id(part) not in moved)])
        rows.update(part.text for part in kept[-1] if isinstance(part, Line) and len(part.cells) > 1)
    return kept


def _as_typed(page: Sequence[Part], height: float) -> Sequence[Part]:
    """A page without what a browser that printed it set around it: the day and hour above, the address below."""
    top, bottom = _edges(page, height)
    if not bottom or not _ADDRESS.fullmatch(bottom[0].text):
        return page
    stamped = next((line for line in top[:1] if _STAMP.fullmatch(line.cells[0].text)), None)
    title = replace(stamped, cells=stamped.cells[1:]) if stamped and len(stamped.cells) > 1 else None
    kept = (title if part is stamped else part for part in page if part is not bottom[0])
    return [part for part in kept if part is not None]


def _edges(page: Sequence[Part], height: float) -> tuple[list[Line], list[Line]]:
    """The lines near the top edge, from the edge inwards, and those near the bottom edge."""
    lines = sorted((part for part in page if isinstance(part, Line) and not part.aside), key=lambda line: -line.y)
    top = [line for line in lines if line.y > height * (1 - _ZONE)][:_DEPTH]
    bottom = [line for line in reversed(lines) if line.y < height * _ZONE][:_DEPTH]
    return top, bottom


def _runs(edges: Sequence[tuple[list[Line], list[Line]]]) -> list[list[list[Line]]]:
    """The furniture of the top edges of all pages, and of their bottom edges.

    A page is numbered once: where figures alone do so, words with a number that rises are headings, "Minute 34".
    """
    sides = [[page[side] for page in edges] for side in (0, 1)]
    runs = [_side_runs(side, may_count=True) for side in sides]
    figures = sum(any(_is_figure(cell) for side in runs for line in side[at] for cell in line.cells)
                  for at in range(len(edges)))  # fmt: skip
    return [_side_runs(side, may_count=False) for side in sides] if figures * 2 > len(edges) else runs


def _side_runs(edges: Sequence[Sequence[Line]], *, may_count: bool) -> list[list[Line]]:
    seen = _seen(edges, may_count)
    return [_outer(lines, seen, may_count) for lines in edges]


def _signs(line: Line, cell: Cell, may_count: bool) -> Iterator[str]:
    """What a cell has in common with others that come back: its text, or it with one number told by its page's."""
    text = "".join(cell.text.split()).lower()
    yield text
    if (may_count and not _THING.match(text) and not text.endswith((".", ";", ","))) or _is_figure(cell):
        for number in list(re.finditer(r"\d{1,6}", text))[:_MOST_NUMBERS]:
            yield f"{text[: number.start()]}#{int(number[0]) - line.page}{text[number.end() :]}"
    if len(line.cells) == 1 and _is_figure(cell):
        yield "#"


def _is_figure(cell: Cell) -> bool:
    return bool(_NUMBERED.fullmatch(cell.text.strip()))


def _seen(edges: Sequence[Sequence[Line]], may_count: bool) -> dict[str, list[float]]:
    """The heights at which each cell comes back at an edge of enough pages; without pages to compare, nothing."""
    heights: dict[str, list[float]] = {}
    said: set[str] = set()
    for lines in edges:
        of_page = {sign: line.y for line in lines for cell in line.cells for sign in _signs(line, cell, may_count)}
        for sign, y in of_page.items():
            heights.setdefault(sign, []).append(y)
        speaking = [line for line in lines if _says(line)]
        said.update(sign for line in speaking for cell in line.cells for sign in _signs(line, cell, may_count))
    enough = max(2, len(edges) * 2 // 5)
    seen = {sign: places for sign, places in heights.items() if len(places) >= enough and sign not in said}
    bare = [[line for line in lines if not _is_number(line)] for lines in edges]
    once = [[line.y for line in lines if not _comes_back(line, seen, may_count)] for lines in bare]
    return {sign: places for sign, places in seen.items() if _rivals(places, once) < len(places)}


def _comes_back(line: Line, seen: Mapping[str, object], may_count: bool) -> bool:
    return any(sign in seen for cell in line.cells for sign in _signs(line, cell, may_count))


def _rivals(places: Sequence[float], once: Sequence[Sequence[float]]) -> int:
    """How many pages have, in the same place, text that comes back nowhere: then it is the body's place."""
    place = median_low(places)
    return sum(any(abs(y - place) <= _SAME_PLACE for y in heights) for heights in once)


def _outer(lines: Sequence[Line], seen: Mapping[str, Sequence[float]], may_count: bool) -> list[Line]:
    """The furniture of one edge: an unbroken run from the edge, for a body line never stands outside it."""
    found: list[Line] = []
    for line in lines:
        beside = bool(found) and abs(found[-1].y - line.y) < line.size / 2
        if _is_number(line) or all(_is_seen(line, cell, seen, may_count) for cell in line.cells):
            found.append(line)
        elif not beside:
            break
    return found


def _is_seen(line: Line, cell: Cell, seen: Mapping[str, Sequence[float]], may_count: bool) -> bool:
    signs = _signs(line, cell, may_count)
    return any(sum(abs(y - line.y) <= _SAME_PLACE for y in seen.get(sign, ())) > 1 for sign in signs)


def _changing(
    edges: Sequence[Sequence[Line]], pages: Sequence[Sequence[Part]], gone: Set[int], *, is_foot: bool
) -> list[list[Line]]:
    """The lines of one edge whose words change from page to page, where their place shows that they are furniture."""
    small = _SMALLER * _usual_size(pages)
    pitch = _usual_pitch(pages)
    left = [[line for line in lines if id(line) not in gone] for lines in edges]
    heights = sorted({round(lines[0].y) for lines in left if lines}, reverse=not is_foot)
    for place in heights[:_DEPTH]:
        all_there = [[line for line in lines if abs(line.y - place) < _LEVEL] for lines in edges]
        bands = [[line for line in lines if id(line) not in gone] for lines in all_there]
        pages_there = sum(map(bool, all_there))
        if pages_there < 2 or pages_there * 4 < len(edges) * 3:
            continue
        if not all(_is_set_off(band, page, gone, pitch) for band, page in zip(bands, pages, strict=True)):
            continue
        numbered = _are_beside_numbers(all_there, edges)
        smaller = all(line.size < small for band in bands for line in band)
        if numbered or (pages_there > 2 and (is_foot or smaller)):
            return bands
    return [[] for _ in edges]


def _usual_size(pages: Sequence[Sequence[Part]]) -> float:
    sizes = sorted(line.size for page in pages for line in page if isinstance(line, Line))
    return median_low(sizes) if sizes else 0.0


def _usual_pitch(pages: Sequence[Sequence[Part]]) -> float:
    lines = [line for page in pages for line in page if isinstance(line, Line)]
    falls = sorted(one.y - two.y for one, two in pairwise(lines) if one.page == two.page and one.y > two.y)
    return falls[len(falls) // 4] if falls else 0.0   # the spaces between paragraphs and below heads are wider


def _is_set_off(band: Sequence[Line], page: Sequence[Part], gone: Set[int], pitch: float) -> bool:
    """Whether nothing of the text stands as near as lines of one paragraph do, and it is no sentence of it."""
    own = {id(line) for line in band}
    near = (
        abs(part.y - line.y) < max(_SET_OFF * line.size, 1.5 * pitch)
        for line in band for part in page
        if isinstance(part, Line) and id(part) not in own and id(part) not in gone
    )  # fmt: skip
    return not any(near) and not any(_says(line) for line in band)


def _are_beside_numbers(bands: Sequence[Sequence[Line]], edges: Sequence[Sequence[Line]]) -> bool:
    """Whether page numbers stand beside the lines, and not always before them as the numbers of headings do."""
    places: Counter[bool | None] = Counter()
    for band, lines in zip(bands, edges, strict=True):
        near = [each for line in band for each in lines if abs(each.y - line.y) < _SET_OFF * line.size]
        first = min((line.left for line in band), default=0.0)
        cells = [(line, cell) for line in near for cell in line.cells if _is_figure(cell)]
        if band:
            places[any(line not in band or cell.left > first for line, cell in cells) if cells else None] += 1
    return places[True] * 3 >= places.total() and places[None] * 4 <= places.total()


def _said(pages: Sequence[Sequence[Part]], gone: Set[int]) -> set[str]:
    lines = (part for page in pages for part in page if isinstance(part, Line) and id(part) not in gone)
    return {word for line in lines for word in _words(line.text)}


def _told(lines: Sequence[Line], told: set[str]) -> Iterator[Line]:
    """Those words of a page's head that no page before has told."""
    for line in lines:
        cells = tuple(cell for cell in line.cells if _is_worded(cell) and _key(cell) not in told)
        told.update(map(_key, cells))
        if cells:
            first = cells[0].left if cells != line.cells else line.start
            yield replace(line, cells=cells, start=first, right=cells[-1].right, aside=line.page > 1)


def _untold(lines: Sequence[Line], told: set[str], said: set[str]) -> Iterator[Line]:
    """Those lines at a page's edges with words that neither the text nor a page before tells."""
    return (line for line in _told(lines, told) if not said.issuperset(_words(line.text)))


def _key(cell: Cell) -> str:
    return re.sub(r"\d+", "0", "".join(cell.text.split()).lower())


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _says(line: Line) -> bool:
    """Whether the words of a line are a sentence's."""
    text = line.text
    closes = "a" <= text[:1] <= "z" and text.endswith((".", ";", ","))
    return closes or bool(_LABELLED.match(text) or _ENDS_SAID.search(text[-_LAST:]))


def _is_number(line: Line) -> bool:
    match = _NUMBERED.fullmatch(line.text.strip())
    if not match:
        return False
    return bool(match[2]) or int(match[1]) == line.page or "age" in line.text


def _is_counted(line: Line) -> bool:
    """Whether it is "Page 2 of 3" on page 2: a page number even above the last lines of the text."""
    match = _NUMBERED.fullmatch(line.text.strip())
    return bool(match and match[2] and int(match[1]) == line.page and "age" in line.text)


def _is_worded(cell: Cell) -> bool:
    return not _is_figure(cell) and not _ROMAN.fullmatch(cell.text) and sum(map(str.isalpha, cell.text)) > 3
