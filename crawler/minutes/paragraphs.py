"""Minutes: blocks become numbered paragraphs, each of a kind and with an anchor, and the resolutions among them."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from archive.model import Paragraph, Resolution
from crawler.blocks import Block
from crawler.minutes.lines import Line, lines
from crawler.minutes.resolutions import Found, find_resolutions
from crawler.minutes.speakers import speaker


class Minutes(NamedTuple):
    """The paragraphs of an item in printed order, and its resolutions in the order of their first paragraphs."""

    paragraphs: tuple[Paragraph, ...]
    resolutions: tuple[Resolution, ...]


def read_minutes(minutes: Sequence[Block], decision: Sequence[Block] = ()) -> Minutes:
    """The minutes and, before them, the decision printed apart; each read on its own, both anchored together.

    A resolution that both print is listed once, as the minutes print it.
    """
    read = [lines(section) for section in (decision, minutes)]
    found = [find_resolutions(section, decided=at == 0) for at, section in enumerate(read)]
    anchors = _anchors([line for section in read for line in section])
    starts = (0, len(read[0]))
    paragraphs = [
        each for section, what, start in zip(read, found, starts, strict=True)
        for each in _paragraphs(section, what, anchors[start:])
    ]  # fmt: skip
    decided, minuted = (
        [draft.built(anchors[start + draft.at]) for draft in what.drafts]
        for what, start in zip(found, starts, strict=True)
    )
    said = {_words(each) for each in minuted}
    return Minutes(tuple(paragraphs), (*(each for each in decided if _words(each) not in said), *minuted))


def _words(resolution: Resolution) -> tuple[str, str]:
    return resolution.action, re.sub(r"[\W_]+", " ", resolution.text).casefold().strip()


def _paragraphs(section: Sequence[Line], found: Found, anchors: Sequence[str]) -> list[Paragraph]:
    return [
        Paragraph(anchor, line.number, kind, line.text, speaker(kind, line.text))
        for line, kind, anchor in zip(section, found.kinds, anchors, strict=False)
    ]


def _anchors(printed: Sequence[Line]) -> list[str]:
    """The number where it is unique, else "p" and the position from 1."""
    times = Counter(line.number for line in printed)
    return [
        line.number if line.number is not None and times[line.number] == 1 else f"p{at}"
        for at, line in enumerate(printed, 1)
    ]
