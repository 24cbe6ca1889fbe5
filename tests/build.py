"""Small builders of model values, so that a test names only what it is about."""

from datetime import UTC, date, datetime
from typing import Any

from archive import ids
from archive.captures import Capture
from archive.model import (
    Action,
    Committee,
    CouncilId,
    Document,
    Item,
    Meeting,
    MeetingStatus,
    MinutesStatus,
    Paragraph,
    ParagraphKind,
    Resolution,
    start_of,
)
from archive.store import Saved, Store

COUNCIL = CouncilId("ambleshire")
SEEN = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)


def a_paragraph(text: str, number: str | None = None, kind: ParagraphKind = ParagraphKind.NARRATIVE) -> Paragraph:
    return Paragraph(number or "p1", number, kind, text)


def a_resolution(text: str, number: str | None = None, action: Action = Action.RESOLVED) -> Resolution:
    return Resolution(number or "p1", number, action, None, (), text)


def an_item(local: str = "1", title: str = "Bus services", *texts: str, **changes: Any) -> Item:
    paragraphs = tuple(a_paragraph(text, f"1.{at}") for at, text in enumerate(texts, 1))
    fields: dict[str, Any] = {"number": "1", "title": title, "paragraphs": paragraphs, **changes}
    return Item(ids.item_id(COUNCIL, local), **fields)


def a_meeting(
    local: str = "1",
    *items: Item,
    start: datetime | date = date(2021, 3, 2),
    committee: str = "Cabinet",
    **changes: Any,
) -> Meeting:
    fields: dict[str, Any] = {
        "council": COUNCIL,
        "committee": Committee(ids.committee_id(COUNCIL, ids.slug(committee)), committee),
        "title": committee,
        "start": start if isinstance(start, datetime) else start_of(start),
        "status": MeetingStatus.HELD,
        "minutes": MinutesStatus.PUBLISHED,
        "items": items,
        **changes,
    }
    return Meeting(ids.meeting_id(COUNCIL, local), **fields)


def save(store: Store, meeting: Meeting, *captures: Capture, parser: str = "1", seen: datetime = SEEN) -> Saved:
    return store.save_meeting(meeting, captures, parser, seen)


def a_document(local: str, title: str = "Report") -> Document:
    return Document(ids.document_id(COUNCIL, local), title)
