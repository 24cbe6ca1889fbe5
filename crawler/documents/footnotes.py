"""Notes in small print at the foot of a page, which a number in its text refers to: read after that paragraph."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median_low

from crawler.documents.sheet import Cell, Line, Table

Part = Line | Table

_SMALLER = 0.92     # of the usual letter size
_NEAR = 2.0         # of the letter size: the widest fall from one line of notes to the next
_OPENS = re.compile(r"(\d{1,2}|[*†‡§])(?:[.)]|(?=[ A-Z“‘]))\s?(?=\S)")
_FIGURE = re.compile(r"\W*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_COUNTED = re.compile(   # numbers that are none of a note: "item 1"
    r"\b(?:items?|paragraphs?|pages?|appendix|appendices|sections?|tables?|minutes?|no\.?|number|part|question|motion"
    r"|stage|phase|january|february|march|april|may|june|july|august|september|october|november|december) \Z",
    re.IGNORECASE,
)


def with_notes_placed(pages: Sequence[Sequence[Part]]) -> list[list[Part]]:
    """`pages` (the parts of each in reading order) with each note aside, after the line whose number refers to it.

    What nothing refers to is no note, and stays where it is.
    """
    sizes = [line.size for page in pages for line in page if isinstance(line, Line)]
    small = _SMALLER * median_low(sizes) if sizes else 0.0
    return [_placed(page, small) for page in pages]


def _placed(page: Sequence[Part], small: float) -> list[Part]:
    lines = _small_print(page, small)
    notes = list(_notes(lines)) if lines else []
    if not notes:
        return list(page)
    own = {id(line) for line in lines}
    body = [part for part in page if id(part) not in own]
    after: dict[int, list[Line]] = {}
    at = 0
    for note in notes:
        found = next((place for place in range(at, len(body)) if _refers(body[place], note)), None)
        if found is None:
            return list(page)
        after.setdefault(found, []).append(_as_one(note))
        at = found
    return [piece for place, part in enumerate(body) for piece in (part, *after.get(place, ()))]


def _small_print(page: Sequence[Part], small: float) -> list[Line]:
    """The lines in small print at the foot of a page, from the first that opens a note, its number left out."""
    lines = sorted((part for part in page if isinstance(part, Line)), key=lambda line: -line.y)
    while lines and _FIGURE.fullmatch(lines[-1].text):
        lines.pop()
    first = len(lines)
    while first and lines[first - 1].size < small:
        first -= 1
    if first == 0:   # a page all in small print
        return []
    foot = lines[first:]
    opens = next((at for at, line in enumerate(foot) if _OPENS.match(line.text)), len(foot))
    near = all(one.y - two.y < _NEAR * max(one.size, two.size) for one, two in pairwise(foot[opens:]))
    return foot[opens:] if near else []


def _notes(lines: Sequence[Line]) -> Iterator[list[Line]]:
    note: list[Line] = []
    for line in lines:
        if note and _OPENS.match(line.text) and abs(line.left - lines[0].left) < line.size:
            yield note
            note = []
        note.append(line)
    yield note


def _refers(part: Part, note: Sequence[Line]) -> bool:
    """Whether the number of `note` stands in a line right after a word, or apart and counts nothing else."""
    found = _OPENS.match(note[0].text)
    if found is None or isinstance(part, Table):
        return False
    sign = re.escape(found[1])
    for each in re.finditer(rf"(?<=[^\W\d]|[.,;:)”’\"])( ?){sign}(?!\w)(?![.,]\d)", part.text):
        if not each[1] or (not _COUNTED.search(part.text[: each.start() + 1]) and not found[1].isdigit()):
            return True
    return bool(re.search(rf"\d(?:,\d{{3}})+{sign}(?!\d)", part.text))   # "£212,0002"


def _as_one(note: Sequence[Line]) -> Line:
    text = note[0].text + ("-" if note[0].broken else "")
    for line in note[1:]:
        text = text[:-1] + line.text if text.endswith("-") and line.text[:1].islower() else f"{text} {line.text}"
        text += "-" if line.broken else ""
    cell = Cell(text, note[0].left, max(line.right for line in note))
    return replace(note[0], cells=(cell,), right=cell.right, broken=False, aside=True)
