"""Blocks with their numbers out of their texts; a number that is only possible counts where it continues a sequence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from crawler.blocks import Block, BlockKind
from crawler.numbers import Typed, follows, places, typed


@dataclass(frozen=True, slots=True)
class Line:
    """A block with its number out of its text."""

    number: str | None
    text: str
    block: Block


def lines(blocks: Sequence[Block]) -> tuple[Line, ...]:
    """`blocks` with their numbers out of their texts; a number printed alone is the next block's."""
    candidates = [_candidate(block) for block in _with_lone_numbers(blocks)]
    numbers = [found.number if found else None for _, found in candidates]
    return tuple(_line(block, found, at, numbers) for at, (block, found) in enumerate(candidates))


def _candidate(block: Block) -> tuple[Block, Typed | None]:
    if block.kind is BlockKind.TABLE:
        return block, None
    found = typed(block.text)
    if block.label is None:
        return block, found
    label = block.label.strip().rstrip(".:")
    if found and found.number.strip("()") == label.strip("()"):
        return block, Typed(label, found.rest, True)
    return block, Typed(label, block.text, True)


def _line(block: Block, found: Typed | None, at: int, numbers: list[str | None]) -> Line:
    if found and (found.certain or _in_sequence(found.number, at, numbers)):
        return Line(found.number, found.rest, block)
    return Line(None, block.text, block)


def _in_sequence(number: str, at: int, numbers: list[str | None]) -> bool:
    """Whether the nearest numbers of the same style before or after `at` continue to or from `number`."""
    styles = {place.style for place in places(number)}
    nearby = range(at - 1, max(-1, at - 40), -1), range(at + 1, min(len(numbers), at + 40))
    before, after = (next((n for i in span if (n := numbers[i]) and _shares(n, styles)), None) for span in nearby)
    return bool((before and follows(before, number)) or (after and follows(number, after)))


def _shares(number: str, styles: set[str]) -> bool:
    return any(place.style in styles for place in places(number))


def _with_lone_numbers(blocks: Sequence[Block]) -> Iterator[Block]:
    """Join a block that is a number alone ("1829.") to the paragraph after it, as that paragraph's label."""
    lone: Block | None = None
    for block in blocks:
        if lone is not None and _lacks_number(block):
            yield replace(block, label=lone.text)
            lone = None
            continue
        if lone is not None:
            yield lone
        lone = block if _is_lone(block) else None
        if lone is None:
            yield block
    if lone is not None:
        yield lone


def _lacks_number(block: Block) -> bool:
    found = typed(block.text)
    return block.label is None and block.kind is not BlockKind.TABLE and not (found and found.certain)


def _is_lone(block: Block) -> bool:
    if block.label is not None or block.kind is BlockKind.TABLE or len(block.text) > 12:
        return False
    found = typed(block.text)
    return found is not None and not found.rest and found.certain
