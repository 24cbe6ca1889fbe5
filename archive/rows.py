"""A meeting as rows of the store and back: pure, no SQL here. A row is a mapping of column names to values."""

import json
import zlib
from dataclasses import dataclass, replace
from typing import Any, cast

from archive.errors import Damaged, StoreError, Unfit
from archive.model import LONDON, Item, Meeting, MeetingId
from archive.shapes import as_json, decoder
from archive.versions import canonical, digest_of

Row = dict[str, Any]
OF_MEETING = -1
"""The `item` of a document that belongs to the meeting itself."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What a meeting is in the store, one tuple for each table that holds a part of it."""

    digest: str
    meeting: Row
    items: tuple[Row, ...]
    documents: tuple[Row, ...]
    attendance: tuple[Row, ...]


def to_rows(meeting: Meeting) -> Rows:
    """`meeting` as rows. Raises `Unfit` when it, or an item of it, has no identifier to be found by."""
    if meeting.id is None or meeting.council is None:
        raise Unfit(f"the meeting {_called(meeting)} has no identifier; say with --council whose it is")
    if meeting.start is not None and meeting.start.tzinfo is None:
        raise Unfit(f"{meeting.id}: its start has no time zone, so it is no instant")
    if nameless := [item.title for item in meeting.items if item.id is None]:
        raise Unfit(f"{meeting.id}: its item {nameless[0]!r} has no identifier, so it could never be found again")
    data = as_json(meeting)
    digest, bodies = digest_of(data), data.pop("items")
    return Rows(
        digest,
        _meeting_row(meeting) | {"head": canonical(data)},
        tuple(
            {"meeting": meeting.id, "position": at, "id": item.id, "body": canonical(body)}
            for at, (item, body) in enumerate(zip(meeting.items, bodies, strict=True))
        ),
        _document_rows(meeting),
        tuple({"meeting": meeting.id, "member": member} for member in _attending(meeting)),
    )


def _called(meeting: Meeting) -> str:
    committee = None if meeting.committee is None else meeting.committee.name
    day = "of unknown date" if meeting.start is None else f"of {meeting.start:%d %B %Y}"
    return f"{meeting.title or committee or meeting.url or 'without a title'} {day}"


def _meeting_row(meeting: Meeting) -> Row:
    return {
        "id": meeting.id,
        "council": meeting.council,
        "committee": None if meeting.committee is None else meeting.committee.id,
        "day": None if meeting.start is None else meeting.start.astimezone(LONDON).date(),
        "start": meeting.start,
        "minutes": meeting.minutes.value,
        "items": len(meeting.items),
        "resolutions": sum(len(item.resolutions) for item in meeting.items),
        "documents": len(meeting.documents) + sum(len(item.documents) for item in meeting.items),
    }


def _document_rows(meeting: Meeting) -> tuple[Row, ...]:
    owners = [(OF_MEETING, meeting.documents), *((at, item.documents) for at, item in enumerate(meeting.items))]
    return tuple(
        {"meeting": meeting.id, "item": owner, "position": at, "id": document.id}
        for owner, documents in owners
        for at, document in enumerate(documents)
        if document.id is not None
    )


def _attending(meeting: Meeting) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.member for line in meeting.attendance if line.member is not None))


def to_head(text: str) -> Meeting:
    """The meeting without its items, of the column `head`."""
    return cast("Meeting", _decoded(Meeting, text, items=[]))


def to_item(text: str) -> Item:
    """The item of the column `body`."""
    return cast("Item", _decoded(Item, text))


def to_meeting(head: str, bodies: tuple[str, ...]) -> Meeting:
    """The whole meeting, of its `head` and the `body` of each item in order."""
    return replace(to_head(head), items=tuple(to_item(body) for body in bodies))


def to_named(identifier: str, head: str, bodies: tuple[str, ...]) -> Meeting:
    """The same; raises `Damaged` with its identifier where it cannot be read."""
    try:
        return to_meeting(head, bodies)
    except StoreError as error:
        raise Damaged(identifier, str(error)) from error


def packed(head: str, bodies: tuple[str, ...]) -> bytes:
    """The whole meeting as one compressed text, for a version whose place another has taken."""
    return zlib.compress(canonical([head, *bodies]).encode("ascii"))


def unpacked(body: bytes, meeting: MeetingId) -> Meeting:
    """The meeting that `packed` made `body` of."""
    try:
        head, *bodies = json.loads(zlib.decompress(body))
    except (zlib.error, ValueError) as error:
        raise StoreError(f"{meeting}: an older version of it is damaged in the database") from error
    return to_meeting(head, tuple(bodies))


def _decoded(shape: type, text: str, **parts: Any) -> Any:
    try:
        return decoder(shape)({**json.loads(text), **parts})
    except (KeyError, TypeError, ValueError) as error:
        what = f"no {shape.__name__.lower()}: {text[:60]!r}"
        raise StoreError(f"damaged: what the database holds is {what}; put back a copy, or crawl again") from error
