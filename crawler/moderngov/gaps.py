"""What a meeting's page or reply leaves out, and how it is filled in from elsewhere on the site. All pure.

Long texts are cut ("view the full minutes text for item 5"), attendance has a page of its own, and some councils
publish their minutes as one printed PDF alone.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from archive import ids
from archive.model import Document, Item, Meeting, MinutesStatus
from crawler.moderngov.links import Link, links
from crawler.moderngov.urls import document_key, item_number, meeting_number, page_name
from crawler.source import Page

_FULL_TEXT = re.compile(
    r"\b(?:view|read|see) the full\b.*?(?:\bfor item (?P<number>[\w./()-]+?)\.?)?\Z", re.IGNORECASE
)
_OPENED = re.compile(rb"<html[\s>]", re.IGNORECASE)
_CLOSED = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)
_PRINT, _PRINT_ENDS = b"%PDF", b"%%EOF"
_WORD = re.compile(r"\w+")
_TELLING = 4    # words of a title: "Apologies" may open another one


def cut_items(page: Page, meeting: Meeting) -> frozenset[str]:
    """The local numbers of the items whose text `page` cuts, as its links to the full text say."""
    return frozenset(number for link in links(page) for number in _cut(link, meeting))


def _cut(link: Link, meeting: Meeting) -> Iterator[str]:
    found = _FULL_TEXT.search(link.text)
    if found is None:
        return
    named = item_number(link.url)
    if named is not None:
        yield named
    elif found["number"]:
        yield from (ids.local(each.id) for each in meeting.items if each.id and each.number == found["number"])


def breaks_off(page: Page) -> bool:
    """Whether a page, or a print, begins as a whole one does and does not end so: it does not show all that it has."""
    if page.body.lstrip().startswith(_PRINT):
        return _PRINT_ENDS not in page.body
    return bool(_OPENED.search(page.body)) and not _CLOSED.search(page.body)


def attendance_linked(page: Page) -> bool:
    """Whether a meeting's page says that its attendance has a page."""
    return any(page_name(link.url) == "mgMeetingAttendance.aspx" for link in links(page))


def another_meeting(page: Page, meeting: Meeting, number: str) -> str | None:
    """The number of the meeting that `page` shows in place of `number`; `None` where nothing says that it does.

    The page does not state its number, but its attendance and its own documents (agenda, printed minutes) are made of
    it. Meetings before and after it are linked to as well, so others alone prove nothing.
    """
    keys = [document_key(each.url) for each in meeting.documents if each.url]
    own = [key.number for key in keys if key and key.letter == "g"]
    named = set(own)
    for link in links(page):
        key, linked = document_key(link.url), meeting_number(link.url)
        if linked and page_name(link.url) == "mgMeetingAttendance.aspx":
            own.append(linked)
        named.update(filter(None, (linked, key.number if key and key.letter == "g" else None)))
    return own[0] if own and number not in named else None


def has_minutes(meeting: Meeting) -> bool:
    """Whether any item of `meeting` has a text of its minutes."""
    return any(item.paragraphs for item in meeting.items)


def lacks_minutes(meeting: Meeting) -> bool:
    """Whether minutes are said to be there that none of the items has: they are in a printed document then."""
    return meeting.minutes is not MinutesStatus.NONE and not has_minutes(meeting)


def printed_minutes(meeting: Meeting) -> Document | None:
    """The meeting's document that is its minutes, printed; not those of the meeting before, which may be there too."""
    number = meeting.id and ids.local(meeting.id)
    return next((each for each in meeting.documents if _is_printed_minutes(each, number)), None)


def _is_printed_minutes(document: Document, meeting: str | None) -> bool:
    if document.url is None or document.restricted:
        return False
    key = document_key(document.url)
    return key is not None and key.letter == "g" and key.rendition == "1" and meeting in (None, key.number)


def with_printed(meeting: Meeting, printed: Meeting) -> Meeting:
    """`meeting` with the minutes that its printed document has, each at the item of the same title.

    A printed item that the site does not list comes after the one that it follows in print.
    """
    items = list(meeting.items)
    place = 0
    for item in printed.items:
        at = next((index for index, own in enumerate(items) if _same_item(own, item)), None)
        if at is None:
            items.insert(place, item)
            place += 1
        else:
            items[at] = _minuted(items[at], item)
            place = at + 1
    attendance = meeting.attendance or printed.attendance
    return replace(meeting, items=tuple(items), attendance=attendance, venue=meeting.venue or printed.venue)


def with_scan(meeting: Meeting, scan: Document) -> Meeting:
    """`meeting` with the mark on one of its documents that its pages are pictures whose words cannot be read here."""
    marked = (replace(each, needs_ocr=True) if each is scan else each for each in meeting.documents)
    return replace(meeting, documents=tuple(marked))


def _same_item(own: Item, printed: Item) -> bool:
    """Whether both titles are the same words, or the shorter one, if it tells anything, opens the longer."""
    if own.paragraphs:
        return False
    shorter, longer = sorted((_words(own.title), _words(printed.title)), key=len)
    return shorter == longer if len(shorter) < _TELLING else shorter == longer[: len(shorter)]


def _words(title: str) -> list[str]:
    return _WORD.findall(title.casefold())


def _minuted(own: Item, printed: Item) -> Item:
    return replace(
        own,
        number=own.number or printed.number,
        paragraphs=printed.paragraphs,
        resolutions=printed.resolutions,
        people=printed.people,
        declarations=printed.declarations,
        movements=printed.movements,
        approves=printed.approves,
    )
