"""Numbers printed apart from what they number: on a line of their own before a title, or after names, counting them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from crawler.blocks import Block, BlockKind
from crawler.minutes.votes import name_list
from crawler.numbers import typed

ITEM = r"(?:agenda\s+)?(?:item|eitem)\s*(?:no\.?|number)?\s*"
MARK_ALONE = re.compile(rf"\(?\s*{ITEM}[:.]?\s*([0-9]{{1,3}}[a-z]?(?:\.[0-9]+)?)\s*\.?\s*\)?", re.IGNORECASE)
_HEADS = re.compile(rf"{ITEM}([0-9]{{1,3}}[a-z]?)\s*[:.]?", re.IGNORECASE)
_COUNT = re.compile(r"\([0-9]{1,3}\)")


def with_numbers_joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """`blocks`, with a number that is printed alone as the label of the block after it.

    "Item 4" alone numbers the heading after it, unless it stands under headings in this document, and then is left
    there. A number in brackets alone under names counts them, and stays with them.
    """
    every = list(_with_counts_joined(blocks))
    marks_first = _marks_stand_first(every)
    lone: Block | None = None
    for block in every:
        if lone is not None:
            if block.label is None and block.kind is not BlockKind.TABLE and not _lone_number(block, marks_first):
                yield replace(block, label=_lone_number(lone, marks_first), level=min(lone.level, block.level))
                lone = None
                continue
            yield lone
            lone = None
        if _lone_number(block, marks_first):
            lone = block
        else:
            yield block
    if lone is not None:
        yield lone


def _marks_stand_first(blocks: Sequence[Block]) -> bool:
    """Whether "Item 4" alone stands over headings more often than under them."""
    over = sum(bool(_HEADS.fullmatch(one.text)) and two.kind is BlockKind.HEADING for one, two in pairwise(blocks))
    under = sum(bool(_HEADS.fullmatch(two.text)) and one.kind is BlockKind.HEADING for one, two in pairwise(blocks))
    return over > under


def _with_counts_joined(blocks: Iterable[Block]) -> Iterator[Block]:
    before: Block | None = None
    for block in blocks:
        if before is not None and _COUNT.fullmatch(block.text) and _are_names(before):
            before = replace(before, text=f"{before.text} {block.text}")
            continue
        if before is not None:
            yield before
        before = block
    if before is not None:
        yield before


def _are_names(block: Block) -> bool:
    return block.kind is not BlockKind.TABLE and block.label is None and bool(name_list(block.text))


def _lone_number(block: Block, marks_first: bool) -> str | None:
    """The number that `block` is and no more."""
    if block.label is not None or block.kind is BlockKind.TABLE or len(block.text) > 20:
        return None
    if marks_first and (mark := _HEADS.fullmatch(block.text)):
        return mark[1]
    found = typed(block.text) if len(block.text) <= 12 else None
    return block.text if found is not None and not found.rest else None
