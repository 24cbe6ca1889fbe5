"""The two languages of a bilingual site: which one a meeting's page is in, where the other one is, and how they pair.

Pages in Welsh and English have the same numbers (moderngov.md 4.5). The English text keeps the numbers as identifiers,
whichever language the site shows first; the Welsh text is its twin (`archive.ids.twin`). All pure.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from archive import ids
from archive.model import Item, ItemId, Meeting, MeetingId
from crawler.moderngov.links import links
from crawler.moderngov.urls import Site, base_of, meeting_number, page_name, parameters
from crawler.source import Page

ENGLISH: Final = "0"    # values of `LLL`
WELSH: Final = "1"

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Words that no text of some length goes without, and that the other language does not have.
_WELSH_WORDS = frozenset((
    "y", "yr", "yn", "ac", "ar", "wedi", "gan", "mae", "oedd", "bod", "gyda", "hyn", "fod", "eu", "ei", "ni", "dim",
    "neu", "gyfer", "roedd", "dylid", "cyfarfod", "cyfarfodydd", "pwyllgor", "cofnodion", "penderfyniad", "rhaglen",
    "eitem", "cyngor", "dydd", "lleoliad", "ymddiheuriadau", "datganiadau", "buddiannau", "adroddiad", "cynghorydd",
))  # fmt: skip
_ENGLISH_WORDS = frozenset((
    "the", "of", "and", "to", "that", "was", "were", "for", "with", "by", "be", "is", "it", "which", "from", "this",
    "meeting", "committee", "minutes", "decision", "agenda", "item", "council", "apologies", "declarations", "report",
    "interests", "councillor",
))  # fmt: skip
_WELSH_PAGE = re.compile(rb"<html\b[^>]{0,300}?\blang\s*=\s*[\"']?cy\b", re.IGNORECASE)


def is_welsh(texts: Sequence[str]) -> bool:
    """Whether `texts` are in Welsh, and not in both languages side by side or in English with Welsh names."""
    words = [word.lower() for text in texts for word in _WORD.findall(text)]
    return _count(words, _WELSH_WORDS) > 2 * _count(words, _ENGLISH_WORDS)


def is_welsh_page(page: Page, meeting: Meeting) -> bool:
    """Whether a meeting's page is one in Welsh: it says so, or its meeting's texts are."""
    return bool(_WELSH_PAGE.search(page.body[:5000])) or is_welsh(texts_of(meeting))


def texts_of(meeting: Meeting) -> list[str]:
    """All that a site's clerks wrote of a meeting: titles, agenda, minutes."""
    return [text for item in meeting.items for text in _texts(item)]


def _texts(item: Item) -> list[str]:
    return [item.title, *item.agenda, *(each.text for each in item.paragraphs)]


def other_language(page: Page, meeting: Meeting) -> str | None:
    """The `LLL` by which a meeting's page leads to itself in the other language; `None` where it does not."""
    number = meeting_number(page.url)
    offered = {
        parameters(link.url).get("lll") for link in links(page)
        if page_name(link.url) == "ieListDocuments.aspx" and meeting_number(link.url) == number
    } & {ENGLISH, WELSH}  # fmt: skip
    if len(offered) == 2:
        return ENGLISH if is_welsh_page(page, meeting) else WELSH
    return next(iter(offered), None) if parameters(page.url).get("lll") not in offered else None


def item_beside(page: str, item: str) -> str:
    """The address of an item's page in the language of the meeting's page at `page`."""
    site, language = Site(base_of(page)), parameters(page).get("lll")
    return site.page("mgAi.aspx", ID=item, LLL=language) if language in (ENGLISH, WELSH) else site.item(item)


def items_beside(meeting: Meeting, page: str) -> Meeting:
    """The meeting of the page at `page`, its items with their addresses in that page's language."""
    if parameters(page).get("lll") not in (ENGLISH, WELSH):
        return meeting
    items = (replace(each, url=item_beside(page, ids.local(each.id)) if each.id and each.url else None)
             for each in meeting.items)  # fmt: skip
    return replace(meeting, items=tuple(items))


def welsh_twin(english: Meeting, welsh: Meeting) -> Meeting | None:
    """`welsh`, whose identifiers are those of the site, as the twin of `english`; `None` where it is not translated."""
    if english.id is None or not _is_translated(english, welsh):
        return None
    same_length = len(english.items) == len(welsh.items)
    known = {item.id for item in english.items}
    items = tuple(
        replace(item, id=_twin_of(english.items[at].id if same_length and item.id not in known else item.id))
        for at, item in enumerate(welsh.items)
    )
    return replace(welsh, id=MeetingId(ids.twin(english.id)), items=items)


def _twin_of(identifier: ItemId | None) -> ItemId | None:
    return None if identifier is None else ItemId(ids.twin(identifier))


def _is_translated(english: Meeting, welsh: Meeting) -> bool:
    """Whether a text of `welsh` is another one than in `english`, and is not English itself."""
    known = set(texts_of(english))
    words = [word.lower() for text in texts_of(welsh) if text not in known for word in _WORD.findall(text)]
    return bool(words) and _count(words, _WELSH_WORDS) >= _count(words, _ENGLISH_WORDS)


def _count(words: Sequence[str], known: frozenset[str]) -> int:
    return sum(word in known for word in words)
