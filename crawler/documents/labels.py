"""Which lines open a paragraph because their labels count on, (1), (2), (3), whatever ends the line before."""

from collections.abc import Iterable

from crawler.blocks import one_line
from crawler.documents.measures import LABEL
from crawler.numbers import follows, typed

LEVELS = 12    # paragraphs before a line whose labels may count on to its own: those above it, and those of one above
_LONGEST = 40   # characters of a line in which its label stands, with the word after it


def label_of(line: str) -> str | None:
    """The number that `line` certainly begins with."""
    start = line[:_LONGEST].lstrip()
    if not LABEL.match(start):
        return None
    found = typed(one_line(start))
    return found.number if found is not None and found.certain else None


def counts_on(labels: Iterable[str | None], line: str) -> bool:
    """Whether `line` begins with the number after one of `labels`, those of the lines before it."""
    number = label_of(line)
    return number is not None and any(label is not None and follows(label, number) for label in labels)
