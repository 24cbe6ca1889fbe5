"""The texts of an agenda item as search sees them: one passage for each text that is matched and shown as a whole."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from archive.model import Item, ParagraphKind


class Scope(StrEnum):
    """Where in an item a text stands: the values of `kind:` and of the facet `kind`.

    `narrative` holds the headings of the minutes too, and `resolution` the clauses; `agenda` is the summary of the
    report and the titles of public documents.
    """

    TITLE = "title"
    RESOLUTION = "resolution"
    NARRATIVE = "narrative"
    VOTE = "vote"
    TABLE = "table"
    AGENDA = "agenda"


SCOPES: Mapping[str, Scope] = {**{str(scope): scope for scope in Scope}, "heading": Scope.NARRATIVE,
                               "clause": Scope.RESOLUTION, "decision": Scope.RESOLUTION, "decisions": Scope.RESOLUTION,
                               "minutes": Scope.NARRATIVE, "discussion": Scope.NARRATIVE}
"""What may be typed after `kind:`; every kind of paragraph is among it, and what the pages call two of them."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of an item. No phrase and no NEAR reaches from one passage into the next.

    `anchor`, `number` and `kind` are those of the paragraph it is; an agenda text has those of `AGENDA`, the title
    of a document those of `DOCUMENT`, the item's title none. The number is searched as words before the text, unless it
    is a plain one.
    """

    scope: Scope
    text: str
    number: str | None = None
    anchor: str = ""
    kind: str = ""


class Source(NamedTuple):
    """Where a text that is no paragraph stands: the section of the item's page, and what kind of text it is."""

    anchor: str
    kind: str


AGENDA = Source("agenda", "agenda")
DOCUMENT = Source("documents", "document")


def passages(item: Item) -> tuple[Passage, ...]:
    """Every passage of `item`: title, agenda, then the minutes in printed order."""
    return tuple(_passages(item))


def _passages(item: Item) -> Iterator[Passage]:
    yield Passage(Scope.TITLE, item.title, item.number)
    for text in item.agenda:
        yield Passage(Scope.AGENDA, text, None, *AGENDA)
    for document in item.documents:
        if not document.restricted:
            yield Passage(Scope.AGENDA, document.title, None, *DOCUMENT)
    for paragraph in item.paragraphs:
        yield Passage(SCOPES[paragraph.kind], paragraph.text, paragraph.number, paragraph.anchor, paragraph.kind)
    yield from _resolutions_beside(item)


def _resolutions_beside(item: Item) -> Iterator[Passage]:
    """Resolutions that no paragraph prints: a decision that came without its minutes."""
    printed = {paragraph.anchor for paragraph in item.paragraphs}
    for resolution in item.resolutions:
        if resolution.anchor not in printed:
            kind = ParagraphKind.RESOLUTION
            yield Passage(Scope.RESOLUTION, resolution.text, resolution.number, resolution.anchor, kind)
