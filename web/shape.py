"""What is shown of one identifier: section 2's shape, the same for the `show` command and the API."""

from collections.abc import Sequence
from typing import Any

from archive.errors import UnknownId
from archive.ids import parse
from archive.model import CommitteeId, DocumentId, Item, ItemId, Meeting, MeetingId, MemberId
from archive.shapes import as_json
from archive.store import Store
from index.topics import Topics
from web.approvals import with_approval
from web.history import as_it_was

_HEAD = ("id", "council", "committee", "title", "start", "status", "minutes", "url", "unpublished")


def shape_of_version(store: Store, identifier: str, number: int) -> Any:
    """A meeting or an item as it was in that version of the meeting. Raises `InputError`, or `UnknownId`."""
    meeting, item = as_it_was(store, identifier.split("#", 1)[0].strip("/"), number)
    return as_json(meeting) if item is None else as_json(item) | {"meeting": head(meeting)}


def shape_of(store: Store, identifier: str, topics: Topics) -> Any:
    """The thing that `identifier` names, as JSON; an item with those of `topics` that it is about.

    Raises `InputError`, or `UnknownId` when nothing has that name.
    """
    plain = identifier.split("#", 1)[0].strip("/")
    parts = parse(plain)
    match parts.collection:
        case "meetings":
            return with_approval(store, store.meeting(MeetingId(plain)))
        case "items":
            meeting, item = store.item(ItemId(plain))
            return as_json(item) | topics_shape(topics, item) | {"meeting": head(meeting)}
        case "members":
            return as_json(store.member(MemberId(plain)))
        case "committees":
            return as_json(store.committee(CommitteeId(plain)))
        case "documents":
            return as_json(store.document(DocumentId(plain))[-1])
    return as_json(store.council(parts.council))


def topics_shape(topics: Topics, item: Item) -> dict[str, Any]:
    """The key `topics` of `item`, each with the words that caused it; nothing when it has none."""
    told = [{"id": each.topic, "label": topics.labels[each.topic], "words": list(each.words)}
            for each in topics.of_item(item)]
    return {"topics": told} if told else {}


def check_anchor(item: dict[str, Any], anchor: str) -> None:
    """Raises `UnknownId` when no paragraph of `item` stands at `anchor`."""
    if anchor not in {paragraph["anchor"] for paragraph in item["paragraphs"]}:
        raise UnknownId(f"{item['id']} has no paragraph {anchor!r}")


def head(meeting: Meeting) -> dict[str, Any]:
    """A meeting without what it holds, as it stands beside an item."""
    whole = as_json(meeting)
    return {name: whole[name] for name in _HEAD if name in whole}


def withdrawn(store: Store, items: Sequence[ItemId]) -> dict[str, str]:
    """Of `items` those that are no longer published, themselves or with their meeting: since which day, in ISO form."""
    since = {each: item.unpublished or meeting.unpublished for each, (meeting, item) in store.items(items).items()}
    return {each: day.isoformat() for each, day in since.items() if day}
