"""The headings of a section, printed before the item that opens it: at the end of the item before."""

import re
from collections.abc import Sequence

from crawler.blocks import Block, BlockKind
from crawler.minutes.decisions import find_decision
from crawler.minutes.votes import side_line
from crawler.numbers import typed

_TASK = re.compile(   # "APPEAL DISMISSED", and no heading of several: "ITEMS DEFERRED"
    r"(?!(?:items|matters|reports|applications|appeals|motions)\b)(?:[\w’'-]+ ){0,3}?"
    r"(?:carried|lost|withdrawn|agreed|noted|approved|refused|deferred|unanimous(?:ly)?|dismissed|allowed|upheld"
    r"|rejected|granted|permitted|refusal|delegated (?:approval|permission|consent))\W*$"
    r"|(?:actions?(?: points?| by)?|cam(?:au)? gweithredu)\b\s*(?:[:–-]|$)", re.IGNORECASE,
)


def section_length(body: Sequence[Block]) -> int:
    """How many blocks at the end of `body` are headings of the section that the next item opens."""
    count = 0
    while count < len(body) and _may_head(body[-1 - count]):
        count += 1
    return count if count < len(body) else 0


def _may_head(block: Block) -> bool:
    """Whether a block may head a section, and is no outcome and nobody's task in capitals: "ACTION: CLERK"."""
    said = side_line(block.text) is not None or find_decision(block.text) is not None or _TASK.match(block.text)
    return block.kind is BlockKind.HEADING and typed(block.text) is None and not said
