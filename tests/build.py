"""Small builders of model values, so that a test names only what it is about."""

from datetime import date, datetime
from typing import Any

from archive import ids
from archive.model import (
    Action,
    Committee,
    CouncilId,
    Item,
    Meeting,
    MeetingStatus,
    MinutesStatus,
    Paragraph,
    ParagraphKind,
    Resolution,
    start_of,
)

COUNCIL = CouncilId("ambleshire")


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
