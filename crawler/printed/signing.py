"""Places to sign and to date, and page numbers typed as text: text of the document, but of none of its items."""

import re
from collections.abc import Sequence

from crawler.blocks import Block, BlockKind

_PLACE = re.compile(
    r"(?:_{4}|…{3}|\.{6}|-{6}).*|signed(?: as a (?:correct|true) record.{0,30})?\W*"
    r"|signed(?: by)?(?: the)?(?: (?:chair\w*|mayor|convener|provost|cadeirydd))?(?: dated?)?\W*"
    r"|dated?\W*|chair\w* dated?\W*",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"(?:(?:the )?(?:(?:vice|deputy|lord|town|county|city|parish)[ -])?(?:chair\w*|mayor|provost|convener|cathaoirleach"
    r"|cadeirydd|clerk|president|secretary|chief executive(?: officer)?)\s*[:,/]?\s*)+", re.IGNORECASE
)
_SIGNED = re.compile(r"sign|\bdated?\b|chair|mayor|clerk|cathaoirleach|cadeirydd|llofnod|dyddiad", re.IGNORECASE)
_RULED = re.compile(r"_{4}|…{3}|\.{6}")
_PAGE_OF = re.compile(r"page \d{1,4} of \d{1,4}", re.IGNORECASE)
_LONGEST = 160


def without_signing(blocks: Sequence[Block]) -> list[Block]:
    """`blocks` without those. An office alone is one beside another or at the end; elsewhere it says who is to act."""
    gone = [_is_place(block) for block in blocks]
    for at in (*range(len(blocks)), *range(len(blocks) - 1, -1, -1)):
        if not gone[at] and _is_office(blocks[at]):
            gone[at] = at == len(blocks) - 1 or (at > 0 and gone[at - 1]) or gone[at + 1]
    return [block for block, left_out in zip(blocks, gone, strict=True) if not left_out]


def _is_place(block: Block) -> bool:
    if block.kind is BlockKind.TABLE or len(block.text) > _LONGEST:
        return False
    ruled = _RULED.search(block.text) and _SIGNED.search(block.text)
    return bool(ruled or _PLACE.fullmatch(block.text) or _PAGE_OF.fullmatch(block.text))


def _is_office(block: Block) -> bool:
    return block.kind is not BlockKind.TABLE and len(block.text) < 60 and bool(_OFFICE.fullmatch(block.text))
