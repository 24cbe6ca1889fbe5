"""Numbers printed apart from what they number: on a line of their own before a title, or after names, counting them;
and those that only their row tells to be numbers: "PL41 APOLOGIES", "PL42 MINUTES".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from crawler.blocks import Block, BlockKind
from crawler.minutes.votes import name_list
from crawler.numbers import typed

ITEM = r"(?:agenda\s+)?(?:item|eitem)\s*(?:no\.?|number)?\s*"
MARK_ALONE = re.compile(rf"\(?\s*{ITEM}[:.]?\s*([0-9]{{1,3}}[a-z]?(?:\.[0-9]+)?)\s*\.?\s*\)?", re.IGNORECASE)
_MARK_BEFORE = re.compile(   # "Item 4: Roads", "Min.45 - Library"
    rf"{ITEM}([0-9]{{1,3}}[a-z]?)\s*[:.–-]?\s+(?=\S)"
    r"|min(?:ute|\.)\s*(?:no\.?|number)?\s*([0-9]{1,4})\s*[:.–-]?\s+(?-i:(?=[A-Z]))", re.IGNORECASE,
)
_HEADS = re.compile(rf"{ITEM}([0-9]{{1,3}}[a-z]?)\s*[:.]?", re.IGNORECASE)
_CODED = re.compile(r"([A-Z]{1,4})\s?([0-9]{1,4})[.:]?\s+(?:[–-]\s+)?(?=[A-Z0-9“])")
_FEWEST_CODED = 3   # that follow one another: one or two are a road's or a policy's, A41 and EN9
_COUNT = re.compile(r"\([0-9]{1,3}\)")


def marked_number(text: str) -> tuple[str, str] | None:
    """The number that `text` opens with after a word for it, "Item 4" or "Minute 45", and the rest."""
    found = _MARK_BEFORE.match(text)
    return (found[1] or found[2], text[found.end() :]) if found else None


def with_numbers_joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """`blocks`, with a number that is printed alone as the label of the block after it.

    "Item 4" alone numbers the heading after it, unless it stands under headings in this document, and then is left
    there. A number in brackets alone under names counts them, and stays with them.
    """
    every = _with_codes_apart(list(_with_counts_joined(blocks)))
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


def _with_codes_apart(blocks: Sequence[Block]) -> list[Block]:
    """`blocks`, in which letters and a figure before a heading are its label, where most such figures count on."""
    codes = {at: found for at, block in enumerate(blocks) if (found := _code(block)) is not None}
    numbers: dict[str, list[int]] = {}
    for found in codes.values():
        numbers.setdefault(found[1], []).append(int(found[2]))
    counted = {letters for letters, all_ in numbers.items() if _count_on(all_)}
    return [
        replace(block, label=found[0].strip(" .:–-"), text=block.text[found.end() :])
        if (found := codes.get(at)) is not None and found[1] in counted else block
        for at, block in enumerate(blocks)
    ]  # fmt: skip


def _code(block: Block) -> re.Match[str] | None:
    heads = block.label is None and (block.kind is BlockKind.HEADING or block.bold)
    return _CODED.match(block.text) if heads else None


def _count_on(numbers: Sequence[int]) -> bool:
    steps = sum(two == one + 1 for one, two in pairwise(numbers))
    return steps + 1 >= _FEWEST_CODED and steps * 2 >= len(numbers) - 1


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
