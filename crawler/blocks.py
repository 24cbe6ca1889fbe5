"""What every reader (HTML, PDF, Word, plain text) makes first: a document as a flat list of blocks in printed order.

A block knows what its markup or its place on the page says; what it means is decided later (`crawler.minutes`).
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

# Soft hyphens, zero-width marks and bidirectional controls are no text; other controls and lone surrogates part words.
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_PARTING = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")    # white space besides is what `split` knows


class BlockKind(StrEnum):
    """What a block is by its markup or its look."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list item"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of text, already one line (`one_line`).

    `label` is a number or letter that markup keeps apart from the text: a list number made by `<ol>`, a cell of its
    own, Word's numbering. A label that is typed is still in `text`. `level` counts list nesting or indentation steps
    from 0. `bold` says that all of the block is bold. `rows` holds a table's cells, and `text` then the same, cells
    joined by " | " and rows by " / ". `page` counts from 1 where there are pages. `language` is "cy" where the markup
    says that the text is Welsh.
    """

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    label: str | None = None
    level: int = 0
    bold: bool = False
    rows: tuple[tuple[str, ...], ...] = ()
    page: int | None = None
    language: str | None = None


def one_line(text: str) -> str:
    """`text` as the contract keeps it: NFC, one line, single spaces, no no-break spaces, soft hyphens or controls."""
    visible = text if text.isascii() else unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return " ".join(_PARTING.sub(" ", visible).split())
