"""The printed lines of an item: markup and truth are both made of them."""

from dataclasses import dataclass, replace
from enum import StrEnum

from archive.model import Clause, ParagraphKind, Resolution


class Look(StrEnum):
    """How a line is laid out; a number is typed before the text, or made by a list."""

    TEXT = "text"
    LIST = "list"
    BULLET = "bullet"
    HEADING = "heading"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Line:
    """One printed paragraph. A table has `rows`, and as its text the cells joined by " | " and the rows by " / "."""

    text: str
    kind: ParagraphKind = ParagraphKind.NARRATIVE
    number: str | None = None
    look: Look = Look.TEXT
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Minuted:
    """An item's lines as printed.

    `resolutions` are pairs of the position of the first line, counted from 0, and the resolution, whose anchor is not
    known yet. `decision` counts the first lines, which stand under "Decision:" instead of "Minutes:".
    """

    lines: tuple[Line, ...] = ()
    resolutions: tuple[tuple[int, Resolution], ...] = ()
    decision: int = 0


def typeset(minutes: Minuted) -> Minuted:
    """The minutes with curly apostrophes, as Word makes them while one types."""
    lines = tuple(replace(line, text=curly(line.text)) for line in minutes.lines)
    return replace(minutes, lines=lines, resolutions=tuple((at, _curly(each)) for at, each in minutes.resolutions))


def _curly(each: Resolution) -> Resolution:
    clauses = tuple(Clause(clause.label, curly(clause.text)) for clause in each.clauses)
    return replace(each, text=curly(each.text), clauses=clauses)


def curly(text: str) -> str:
    """`text` with curly apostrophes."""
    return text.replace("'", "’")
