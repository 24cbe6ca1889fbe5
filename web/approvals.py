"""At which later meeting a meeting's minutes were approved: read off that meeting, and kept nowhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from archive.ids import is_welsh
from archive.model import LONDON, PREVIOUS, ItemId, Meeting, MeetingId, MeetingStatus
from archive.shapes import as_json
from archive.store import Store

_LOOKED_AT: Final = 4    # meetings after it
_LATEST: Final = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Approval:
    """The later meeting, its start, and the item by which it approved the minutes."""

    meeting: MeetingId
    item: ItemId
    start: datetime


def approval_of(store: Store, meeting: Meeting) -> Approval | None:
    """Where the minutes of `meeting` were approved; `None` where no later meeting of its committee is known to have."""
    if meeting.start is None or meeting.committee is None or meeting.committee.id is None:
        return None
    day = meeting.start.astimezone(LONDON).date()
    later = store.heads(committee=meeting.committee.id, since=day + timedelta(days=1), until=day + _LATEST,
                        newest_first=False, limit=2 * _LOOKED_AT)  # fmt: skip
    held = [each for each in later if _can_approve(each, meeting)]
    for at, each in enumerate(held[:_LOOKED_AT]):
        names = {day.isoformat(), PREVIOUS} if at == 0 else {day.isoformat()}
        if found := _found(store.meeting(MeetingId(str(each.id))), names):
            return found
    return None


def with_approval(store: Store, meeting: Meeting) -> dict[str, Any]:
    """The JSON of `meeting`, with one more key where its minutes are known to be approved: `approved`."""
    shape: dict[str, Any] = as_json(meeting)
    approval = approval_of(store, meeting)
    return shape | ({"approved": as_json(approval)} if approval else {})


def _can_approve(later: Meeting, meeting: Meeting) -> bool:
    off = later.status in (MeetingStatus.CANCELLED, MeetingStatus.POSTPONED)
    return not off and is_welsh(later.id or "") == is_welsh(meeting.id or "")


def _found(later: Meeting, names: set[str]) -> Approval | None:
    approving = (item for item in later.items if item.id and not names.isdisjoint(item.approves))
    item = next(approving, None)
    if item is None or item.id is None or later.id is None or later.start is None:
        return None
    return Approval(later.id, item.id, later.start)
