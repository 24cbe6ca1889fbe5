"""The one place that makes an agenda item of its parts: the page, the web service and printed minutes all end here."""

import re
from collections.abc import Sequence
from dataclasses import replace

from archive.model import Action, Item
from crawler.blocks import Block
from crawler.minutes.approvals import approves
from crawler.minutes.declarations import declared
from crawler.minutes.movements import moved
from crawler.minutes.once import each_once
from crawler.minutes.paragraphs import read_minutes
from crawler.minutes.people import named
from crawler.minutes.titles import is_procedural

_OF_MINUTES = re.compile(r"(?:[0-9]+[a-z]?\.? )?(?:minutes?|cofnodion)\b", re.IGNORECASE)


def build_item(
    known: Item,
    *,
    agenda: Sequence[Block],
    minutes: Sequence[Block],
    decision: Sequence[Block] = (),
) -> Item:
    """`known` (what is printed around an item) with what its agenda's text, its decision and its minutes say.

    What both the decision and the minutes print is read once. People are those that the minutes name.
    """
    decided, minuted = each_once(decision, minutes)
    read = read_minutes(minuted, decided)
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
    approved = approves(item)
    return replace(item, approves=approved, procedural=item.procedural or _approves_minutes(item, approved))


def _approves_minutes(item: Item, approved: Sequence[str]) -> bool:
    """Whether an item is about minutes, whatever body it names, and they are approved: those of others are noted."""
    said = approved or any(each.action is Action.APPROVED for each in item.resolutions)
    return bool(said and _OF_MINUTES.match(item.title))
