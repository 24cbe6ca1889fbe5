"""Minutes: blocks become numbered paragraphs, each of a kind and with an anchor, and the resolutions among them."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from archive.model import Paragraph, Resolution
from crawler.blocks import Block
from crawler.minutes.lines import Line, lines
from crawler.minutes.resolutions import Found, find_resolutions


class Minutes(NamedTuple):
    """The paragraphs of an item in printed order, and its resolutions in the order of their first paragraphs."""

    paragraphs: tuple[Paragraph, ...]
    resolutions: tuple[Resolution, ...]


def read_minutes(*sections: Sequence[Block]) -> Minutes:
    """The minutes printed in `sections` (a decision, the minutes), each read on its own, all anchored together."""
    read = [lines(section) for section in sections]
    found = [find_resolutions(section) for section in read]
    anchors = _anchors([line for section in read for line in section])
    paragraphs: list[Paragraph] = []
    resolutions: list[Resolution] = []
    for section, what in zip(read, found, strict=True):
        here = anchors[len(paragraphs):]
        resolutions.extend(draft.built(here[draft.at]) for draft in what.drafts)
        paragraphs.extend(_paragraphs(section, what, here))
    return Minutes(tuple(paragraphs), tuple(resolutions))


def _paragraphs(section: Sequence[Line], found: Found, anchors: Sequence[str]) -> list[Paragraph]:
    return [
        Paragraph(anchor, line.number, kind, line.text)
        for line, kind, anchor in zip(section, found.kinds, anchors, strict=False)
    ]


def _anchors(printed: Sequence[Line]) -> list[str]:
    """The number where it is unique, else "p" and the position from 1."""
    times = Counter(line.number for line in printed)
    return [
        line.number if line.number is not None and times[line.number] == 1 else f"p{at}"
        for at, line in enumerate(printed, 1)
    ]
