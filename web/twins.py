"""Bilingual councils: one meeting in two languages, shown once in lists, each text linked with the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from archive.errors import UnknownId
from archive.ids import is_welsh, twin
from archive.model import ItemId, Meeting, MeetingId

if TYPE_CHECKING:
    from archive.store import Store

_LEAST_AT_ONCE = 24


@dataclass(frozen=True, slots=True)
class Twin:
    """The same text in another language: its identifier, the language's code and its own name for itself."""

    id: str
    code: str
    language: str


def twin_of(store: "Store", identifier: str) -> Twin | None:
    """The other text of a meeting or an item, when the archive has it."""
    other = twin(identifier)
    held = store.items([ItemId(other)]) if "/items/" in other else _is_held(store, other)
    if not held:
        return None
    return Twin(other, "cy", "Cymraeg") if is_welsh(other) else Twin(other, "en", "English")


def each_once(store: "Store", wanted: int, offset: int = 0, **chosen: Any) -> tuple[Meeting, ...]:
    """`Store.heads` of what is `chosen`, without the Welsh texts of meetings that are there in English too."""
    return tuple(islice(_each_once(store, max(2 * wanted, _LEAST_AT_ONCE), chosen), offset, offset + wanted))


def _each_once(store: "Store", at_once: int, chosen: dict[str, Any]) -> Iterator[Meeting]:
    seen: set[str] = set()
    at = 0
    while heads := store.heads(**chosen, limit=at_once, offset=at):
        seen.update(str(head.id) for head in heads)
        for head in heads:
            identifier = str(head.id)
            if not is_welsh(identifier) or not (twin(identifier) in seen or _is_held(store, twin(identifier))):
                yield head
        at += len(heads)


def _is_held(store: "Store", meeting: str) -> bool:
    try:
        return bool(store.versions(MeetingId(meeting)))
    except UnknownId:
        return False
