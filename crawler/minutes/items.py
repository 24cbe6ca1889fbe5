"""The one place that makes an agenda item of its parts: the page, the web service and printed minutes all end here."""

import re
from collections.abc import Sequence
from dataclasses import replace

from archive.model import Item
from crawler.blocks import Block
from crawler.minutes.approvals import approves
from crawler.minutes.declarations import declared
from crawler.minutes.movements import moved
from crawler.minutes.paragraphs import Minutes, read_minutes
from crawler.minutes.people import named
from crawler.minutes.titles import is_procedural

_SHORT = 40   # characters
_NOT_WORDS = re.compile(r"[\W_]+")


def build_item(
    known: Item,
    *,
    agenda: Sequence[Block],
    minutes: Sequence[Block],
    decision: Sequence[Block] = (),
) -> Item:
    """`known` (what is printed around an item) with what its agenda's text, its decision and its minutes say.

    A decision that the minutes repeat (or the other way round) is read once. People are those that the minutes name.
    """
    read = _read(decision, minutes)
    tables = {block.text: block.rows for block in (*decision, *minutes) if block.rows}
    item = replace(
        known,
        procedural=is_procedural(known.title),
        agenda=tuple(" ".join(filter(None, (block.label, block.text))) for block in agenda),
        paragraphs=read.paragraphs,
        resolutions=read.resolutions,
        people=named(paragraph.text for paragraph in read.paragraphs),
        declarations=declared(known.title, read.paragraphs, tables),
        movements=moved(read.paragraphs),
    )
    return replace(item, approves=approves(item))


def _read(decision: Sequence[Block], minutes: Sequence[Block]) -> Minutes:
    """Both sections read, but one only when it prints all of the other one."""
    if _repeats(minutes, decision):
        return read_minutes(minutes) if len(minutes) > len(decision) else read_minutes((), decision)
    return read_minutes((), decision) if _repeats(decision, minutes) else read_minutes(minutes, decision)


def _repeats(whole: Sequence[Block], part: Sequence[Block]) -> bool:
    """Whether `whole` prints all of `part`; a short text ("Approved.") is repeated by a paragraph of its own only."""
    said = _words(part)
    if len(said) < _SHORT:
        return not said or said in (_words((block,)) for block in whole)
    return f" {said} " in f" {_words(whole)} "


def _words(blocks: Sequence[Block]) -> str:
    return _NOT_WORDS.sub(" ", " ".join(block.text for block in blocks)).casefold().strip()
