"""A report attached to an item: no minutes, so nothing is understood of it; its words page by page."""

from collections.abc import Sequence
from itertools import groupby

from archive.model import PrintedPage
from crawler.blocks import Block, BlockKind


def printed_pages(blocks: Sequence[Block]) -> tuple[PrintedPage, ...]:
    """The pages that the blocks of a PDF stand on, in order; a page without words is left out."""
    pages = groupby(blocks, key=lambda block: block.page or 1)
    return tuple(PrintedPage(number, "\n".join(map(_printed, of_page))) for number, of_page in pages)


def _printed(block: Block) -> str:
    if block.kind is BlockKind.TABLE:
        return "\n".join(" | ".join(row).strip() for row in block.rows)
    return f"{block.label} {block.text}" if block.label else block.text
