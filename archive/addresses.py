"""The addresses of items and documents: one thing has several on one site, of which the held one stands. All pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from archive.model import Document, Item, Meeting

_WORD = re.compile(r"\w+")


def with_addresses(held: Meeting, read: Meeting, before: Mapping[int, Item]) -> Meeting:
    """The reading with the addresses that are held of the same items and documents, unless the site has moved.

    `before` are the held items by the places of the same in the reading.
    """
    if held.url and read.url and _place(held.url) != _place(read.url):
        return read
    known: dict[str, Document] = {each.id: each for each in _documents(held) if each.id is not None}
    items = tuple(
        replace(
            item,
            url=_address(before[at].url, item.url) if at in before and before[at].title == item.title else item.url,
            documents=_as_known(item.documents, known),
        )
        for at, item in enumerate(read.items)
    )
    return replace(read, items=items, documents=_as_known(read.documents, known))


def _documents(meeting: Meeting) -> Iterable[Document]:
    yield from meeting.documents
    for item in meeting.items:
        yield from item.documents


def _as_known(documents: Iterable[Document], known: Mapping[str, Document]) -> tuple[Document, ...]:
    return tuple(
        _as_held(each, known[each.id]) if each.id is not None and each.id in known else each for each in documents
    )


def _as_held(document: Document, held: Document) -> Document:
    if held.restricted != document.restricted or not _same_title(held, document):
        return document
    address, kind = _address(held.url, document.url), document.kind or held.kind
    return replace(document, title=held.title if address == held.url else document.title, url=address, kind=kind)


def _same_title(one: Document, other: Document) -> bool:
    """Whether both have one title: the link to a document may read otherwise, but its address ends in the title."""
    return one.title == other.title or _words(one.title) == _spelled(other) or _words(other.title) == _spelled(one)


def _words(title: str) -> list[str]:
    return _WORD.findall(title.casefold())


def _spelled(document: Document) -> list[str] | None:
    """The words of the file name at the end of a document's address."""
    name = unquote(urlsplit(document.url or "").path.rpartition("/")[2]).rpartition(".")[0]
    return _words(name) or None


def _address(held: str | None, read: str | None) -> str | None:
    if held is None or read is None:
        return held or read
    one, other = urlsplit(held), urlsplit(read)
    return held if (one.scheme, one.netloc) == (other.scheme, other.netloc) else read


def _place(url: str) -> tuple[str, str, str]:
    """Where a page lies: its host and folder."""
    parts = urlsplit(url)
    return parts.scheme, parts.netloc, parts.path.rpartition("/")[0]
