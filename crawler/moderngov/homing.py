"""One site by its several hosts: whichever of them shows an address, it is kept under the site's own base. All pure."""

from collections.abc import Iterable
from dataclasses import replace

from archive.model import Document, Item, Meeting
from crawler.moderngov.urls import Site, absolute, base_of, document_key, item_number


def at_home(url: str, site: Site) -> str:
    """`url` under the base of `site`, else as it is; `url` itself where it is none of the site's addresses."""
    whole, here = absolute(url, url), base_of(url)
    if whole is None or here == site.base or site.own(url) is None:
        return url
    return site.base + whole[len(here):]


def meeting_at_home(meeting: Meeting, site: Site) -> Meeting:
    """`meeting` with the addresses of its items and documents under the base of `site`."""
    items = (replace(_at_home(each, site), documents=_all_at_home(each.documents, site)) for each in meeting.items)
    return replace(meeting, items=tuple(items), documents=_all_at_home(meeting.documents, site))


def _all_at_home(documents: Iterable[Document], site: Site) -> tuple[Document, ...]:
    return tuple(
        replace(each, url=at_home(each.url, site)) if each.url and document_key(each.url) else each
        for each in documents
    )


def _at_home(item: Item, site: Site) -> Item:
    return replace(item, url=at_home(item.url, site)) if item.url and item_number(item.url) else item
