"""A printed page as words and drawn lines with their places in points, y upwards."""

import re
from dataclasses import dataclass

_THIN = 3.0   # points; a rule is drawn as a line or as a filled box this thin
_SHORT = 6.0
_FIGURE = re.compile(r"[(£€$+-]{0,3}\d[\d,]*(?:\.\d+)?[%km)]{0,2}|[-–—]|[nN]/?[aA]")


def is_figure(text: str) -> bool:
    """Whether `text` is a figure as a column of a table has it: "-1,429.8", "(3.5%)", or a dash for none."""
    return bool(_FIGURE.fullmatch(text))


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without space between them. `broken`: a hyphen stands here at the end of a printed line.

    `symbol` says that the font shows pictures, so that a letter may be a bullet; `hidden` that the word is not drawn:
    the layer of text beneath a scan.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool = False
    italic: bool = False
    symbol: bool = False
    broken: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight drawn line, as the box around it."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def upright(self) -> bool:
        """Whether it parts columns."""
        return self.right - self.left <= _THIN and self.top - self.bottom >= _SHORT

    @property
    def level(self) -> bool:
        """Whether it parts rows."""
        return self.top - self.bottom <= _THIN and self.right - self.left >= _SHORT


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page; `number` counts from 1. `stamps` are words printed aslant over it, such as DRAFT.

    `pictured` says that it is a picture, with hardly a word beside it: a scan.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()
    stamps: tuple[str, ...] = ()
    pictured: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of a line without a wide gap in it."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line.

    `left` is its outer place and `start` that of its text after a bullet; `first` is the width of its first word
    and `second` the place of the next; `broken` says that it ends with a hyphen; `column` tells the columns of a page
    apart; `aside` that it is a running head, over which the text goes on. `border` is the drawn right border of
    the cell that it ends in, where a page is laid out in cells.
    """

    page: int
    left: float
    right: float
    y: float
    size: float
    cells: tuple[Cell, ...]
    first: float
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    bullet: bool = False
    broken: bool = False
    column: int = 0
    start: float = 0.0
    second: float | None = None
    aside: bool = False
    border: float | None = None

    @property
    def text(self) -> str:
        """Its words with single spaces."""
        return " ".join(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """Cells in rows. `edges` are the places of its column borders."""

    page: int
    top: float
    rows: tuple[tuple[str, ...], ...]
    edges: tuple[float, ...]
    bottom: float = 0.0
