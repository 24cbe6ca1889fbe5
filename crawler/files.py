"""A saved file, whatever it is: recognised by its content, read by the reader for it, and given identifiers.

The same readers as for a site; what a site's address would say (which meeting, whose) may be given beside the file.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import PurePath
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from archive import ids
from archive.errors import NeedsOcr, PageError, UnreadableFile
from archive.model import (
    Committee,
    Council,
    CouncilId,
    Document,
    Item,
    Meeting,
    MeetingId,
    Member,
    MinutesStatus,
    start_of,
)
from crawler.blocks import Block, one_line
from crawler.documents.ocr import Recognise, read_or_recognised, recognised
from crawler.documents.plain import decoded, plain_blocks
from crawler.documents.reports import printed_pages
from crawler.documents.text import html_blocks
from crawler.documents.word import word_blocks
from crawler.minutes.linking import linked
from crawler.moderngov import pages, service
from crawler.moderngov.labels import ITEM_HEADS, Section, section_of
from crawler.moderngov.legacy import read_legacy
from crawler.moderngov.proof import moderngov_page, what_it_is
from crawler.moderngov.recognise import council_word
from crawler.moderngov.urls import LEGACY_PAGE, base_of, page_name
from crawler.printed.frontpage import read_front
from crawler.printed.reading import read_printed
from crawler.printed.said import said_attendance
from crawler.source import Page

MAX_BYTES = 40 * 1024 * 1024

_XML = re.compile(
    rb"<(?:[a-z]+:)?(meeting|committees|getmeetings|getmeetingsbydate|councillorsbyward|wards)[\s>]", re.IGNORECASE)
_MARKUP = re.compile(
    rb"<(?:!doctype|html|head|body|div|p|table|h[1-6]|title|meta|span|a|ul|font|center|script)\b", re.IGNORECASE)
_SITE = re.compile(
    rb"https?://[a-z0-9.-]+(?::[0-9]+)?/(?:[\w.-]+/){0,3}(?:(?:mg|ie|uu)[a-z0-9]+\.aspx|documents/[sgb][0-9])",
    re.IGNORECASE,
)
_CONTROL = bytes(byte for byte in range(32) if byte not in b"\t\n\v\f\r\x1b")
_LOOKED_AT = 1_000_000
_BINARY = (
    (b"\xd0\xcf\x11\xe0", "an old Word .doc file; save it as .docx or PDF and import that"),
    (b"\x89PNG", "a picture; Minutebook reads HTML, XML, PDF, Word and text"),
    (b"\xff\xd8\xff", "a picture; Minutebook reads HTML, XML, PDF, Word and text"),
    (b"\x1f\x8b", "a compressed file; unpack it and import what is in it"),
    (b"{\\rtf", "a rich text file; save it as .docx or PDF and import that"),
)


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of a file beside its content; `committee` and `day` overrule what the file says."""

    council: Council | None = None
    url: str | None = None
    committee: str | None = None
    day: date | None = None
    roster: Sequence[Member] = ()
    recognise: Recognise = recognised


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds. `alone` says that it is the page of one item, whose meeting it does not state.

    `report` is a document that is no minutes, with the words of its pages, and `no_minutes` says why it is none.

    `partial` says that it shows some item of each meeting only: such a meeting must not take the place of a whole one.
    """

    meetings: tuple[Meeting, ...] = ()
    committees: tuple[Committee, ...] = ()
    members: tuple[Member, ...] = ()
    alone: bool = False
    partial: bool = False
    report: Document | None = None
    no_minutes: str | None = None


NOTHING_GIVEN = Given()


def read_file(data: bytes, name: str, given: Given = NOTHING_GIVEN) -> Contents:
    """What the file `name` with the bytes `data` holds. Raises `UnreadableFile` or `PageError`, saying what it is."""
    if len(data) > MAX_BYTES:
        raise UnreadableFile(f"{name}: {len(data) / 2**20:.0f} MB is more than the {MAX_BYTES >> 20} MB that are read")
    if not data.strip(b"\xef\xbb\xbf\x00 \t\r\n"):
        raise UnreadableFile(f"{name}: is empty")
    if given.council is None:
        given = replace(given, council=council_of(data, given.url))
    contents = _reader(data, name)(data, name, given)
    placed = tuple(_placed(meeting, data, given, contents.partial) for meeting in contents.meetings)
    return replace(contents, meetings=placed)


def council_of(data: bytes, url: str | None = None) -> Council | None:
    """The council whose ModernGov site `url`, or a saved page or reply itself, names; `None` where neither does."""
    named = _SITE.search(data[:_LOOKED_AT]) if _MARKUP.search(data[:4096]) or _XML.search(data[:4096]) else None
    address = url or (named[0].decode("ascii") if named else "")
    word = council_word(address)
    return Council(ids.council_id(word), urlsplit(address).hostname or word, base_of(address)) if word else None


_Reader = Callable[[bytes, str, Given], Contents]


def _reader(data: bytes, name: str) -> _Reader:
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, what in _BINARY:
        if start.startswith(magic):
            raise UnreadableFile(f"{name}: is {what}")
    if b"%PDF-" in data[:1024]:
        return _pdf
    if start.startswith(b"PK"):
        return _word
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))    # UTF-16: its letters stand apart by zero bytes
    opening = start.replace(b"\x00", b"") if wide else start
    if _XML.search(opening[:2048]) and not re.match(rb"<!doctype html|<html", opening, re.I):
        return _service
    if not wide and len(start) - len(start.translate(None, _CONTROL)) > len(start) // 20:
        return _text    # letters in pairs of bytes, or no text at all, in which "<a" may stand by chance
    return _html if _MARKUP.search(opening) else _text


def _pdf(data: bytes, name: str, given: Given) -> Contents:
    """Printed minutes, else a report; of a scan that cannot be read here what its name says of the meeting.

    Where some of its pages are pictures that cannot be read here, the document is marked.
    """
    try:
        read = read_or_recognised(data, name, given.recognise)
    except NeedsOcr:
        return Contents((_scan(data, name, given),))
    try:
        (meeting,) = _printed(read.blocks, name, given).meetings
    except UnreadableFile as error:
        pages, unread = printed_pages(read.blocks), True if read.pictures else None
        report = Document(None, _title_of(name), given.url, "report", needs_ocr=unread, pages=pages)
        return Contents(report=report, no_minutes=str(error))
    marked = (_scanned(data, name, given),) if read.pictures else ()
    return Contents((replace(meeting, documents=(*meeting.documents, *marked)),))


def _scan(data: bytes, name: str, given: Given) -> Meeting:
    """The meeting of minutes whose pages are pictures: a document that needs OCR, and what the file's name says."""
    front = read_front((), name)
    body, day = given.committee or front.committee, given.day or front.day
    council = given.council.id if given.council else None
    scan = _scanned(data, name, given)
    return Meeting(
        id=None,
        council=council,
        committee=Committee(None, body) if body else None,
        title=body or scan.title,
        start=start_of(day, front.at) if day else None,
        minutes=front.minutes,
        documents=(scan,),
    )


def _scanned(data: bytes, name: str, given: Given) -> Document:
    council = given.council.id if given.council else None
    return Document(ids.document_id(council, ids.content_local(data)), _title_of(name), given.url, needs_ocr=True)


def _title_of(name: str) -> str:
    return one_line(PurePath(name).stem.replace("_", " "))


def _word(data: bytes, name: str, given: Given) -> Contents:
    return _printed(word_blocks(data, name), name, given)


def _text(data: bytes, name: str, given: Given) -> Contents:
    """The text of an item's page as a browser shows it, else printed minutes as text."""
    text = decoded(data, name)
    if _is_item_text(text):
        item = pages.read_item_text(text, given.url or name, given.council)
        return Contents((_around(item, given),), alone=True, partial=True)
    return _printed(plain_blocks(data, name), name, given)


def _is_item_text(text: str) -> bool:
    """Whether text was copied from an item's page: its heading comes first, or two of its labels stand alone."""
    printed = [line for line in map(one_line, text.splitlines()) if line]
    labels = {section_of(line) for line in printed if line.endswith(":")}
    return bool(printed and ITEM_HEADS.fullmatch(printed[0])) or {Section.MINUTES, Section.DOCUMENTS} <= labels


def _printed(blocks: Sequence[Block], name: str, given: Given) -> Contents:
    council = given.council.id if given.council else None
    meeting = read_printed(
        blocks, name=name, council=council, committee=given.committee, day=given.day)
    return Contents((meeting,))


def _service(data: bytes, name: str, given: Given) -> Contents:
    """A reply of the web service, known by its root element."""
    page = Page(given.url or name, 200, "text/xml", data)
    found = _XML.search(data.replace(b"\x00", b"")[:4096])
    root = found[1].lower() if found else b""
    if root == b"meeting":
        return Contents((service.read_meeting(page, given.council),))
    if root in (b"committees", b"councillorsbyward", b"wards") and given.council is None:
        raise UnreadableFile(f"{name}: is a list of a council's committees or members, no minutes; import keeps it")
    if root == b"committees":
        return _some(Contents(committees=service.read_committees(page, given.council)), name, "committees")
    if root in (b"councillorsbyward", b"wards"):
        return _some(Contents(members=service.read_members(page, given.council)), name, "members")
    raise PageError(name, "a meeting (GetMeeting)", "a list of meetings, which holds no minutes")


def _some(contents: Contents, name: str, what: str) -> Contents:
    if not (contents.members or contents.committees):
        raise PageError(name, f"a list of {what}", "an empty one")
    return contents


def _html(data: bytes, name: str, given: Given) -> Contents:
    """A saved page of ModernGov; a page of another maker is read as printed minutes when it looks like them."""
    page = Page(given.url or name, 200, "text/html", data)
    try:
        moderngov_page(page, "minutes")
    except PageError as error:
        if not what_it_is(page).startswith("a page that is not ModernGov's"):
            raise
        try:
            return _printed(html_blocks(data), name, given)
        except UnreadableFile:
            raise error from None
    return _moderngov(page, given)


def _meeting(page: Page, council: Council | None) -> Meeting:
    """A meeting's page, of today's layout or the one before 2008, whose whole minutes are one Word table."""
    found = None if page_name(page.url) == LEGACY_PAGE else pages.read_meeting(page, council)
    if found is not None and found.items:
        return found
    try:
        return read_legacy(page, council)
    except PageError:
        if found is None:
            raise
        return found


def _moderngov(page: Page, given: Given) -> Contents:
    """Each page has its own heading, so at most one of the readers takes it."""
    council = given.council
    readers: tuple[Callable[[], Contents], ...] = (
        lambda: Contents((_meeting(page, council),)),
        lambda: Contents((_around(pages.read_item(page, council), given),), alone=True, partial=True),
        lambda: Contents((pages.read_decision(page, council),), partial=True),
        lambda: Contents(pages.read_issue(page, council), partial=True),
        lambda: Contents(members=pages.read_members(page, council)),
        lambda: Contents(committees=pages.read_committees(page, council)),
    )
    for read in readers:
        try:
            contents = read()
        except PageError:
            continue
        if contents.meetings or contents.members or contents.committees:
            return contents
    raise PageError(page.url, "an agenda item, a meeting, a decision, an issue or members", what_it_is(page))


def _around(item: Item, given: Given) -> Meeting:
    """The meeting of an item that stands alone, as far as it is given."""
    committee = Committee(None, given.committee) if given.committee else None
    council = given.council.id if given.council else None
    minutes = MinutesStatus.PUBLISHED if item.paragraphs else MinutesStatus.NONE
    start = start_of(given.day) if given.day else None
    return Meeting(None, council, committee, given.committee, start, minutes=minutes, items=(item,))


def _placed(meeting: Meeting, data: bytes, given: Given, partial: bool) -> Meeting:
    """`meeting` with what is given, and with identifiers when its council is known."""
    council = given.council.id if given.council else None
    committee, start = _committee(meeting, given.committee, council), _start(meeting.start, given.day)
    title = meeting.title or (committee.name if committee else None)
    present = meeting.attendance or (() if partial else said_attendance(meeting))
    whole = replace(meeting, committee=committee, start=start, title=title, attendance=present)
    known = linked(whole, given.roster)
    if council is None:
        return known
    own = None if partial or meeting.id is None else ids.local(meeting.id)
    local = own or _local(known, data, partial)
    items = (item if item.id else _item_of(item, council, local, at) for at, item in enumerate(known.items, 1))
    return replace(known, id=ids.meeting_id(council, local), council=council, items=tuple(items))


def _committee(meeting: Meeting, given: str | None, council: CouncilId | None) -> Committee | None:
    said = meeting.committee
    if given is None and (said is None or said.id is not None):
        return said
    name = given or (said.name if said else "")
    return Committee(ids.committee_id(council, ids.slug(name) or "unnamed"), name)


def _start(said: datetime | None, given: date | None) -> datetime | None:
    return said if given is None or (said and said.date() == given) else start_of(given)


def _local(meeting: Meeting, data: bytes, partial: bool) -> str:
    """A name for a meeting that no site numbered.

    By committee and start where both are known, so that the same minutes in another file are the same meeting; a part
    of a meeting by its item, or by the file.
    """
    said = (meeting.committee.name if meeting.committee else "", meeting.start.isoformat() if meeting.start else "")
    if not partial:
        return ids.content_local(*said) if all(said) else ids.content_local(data)
    known = next((item.id for item in meeting.items if item.id), None)
    return f"of-{ids.local(known)}" if known else ids.content_local(*said, data)


def _item_of(item: Item, council: CouncilId, local: str, at: int) -> Item:
    return replace(item, id=ids.item_id(council, f"{local}-{at}"))


def renamed(meeting: Meeting, identifier: MeetingId) -> Meeting:
    """`meeting` under another identifier, its items too where they are named after it."""
    council, old, new = ids.parse(identifier).council, ids.local(meeting.id or ""), ids.local(identifier)
    items = (
        _item_of(item, council, new, at) if ids.local(item.id or "") == f"{old}-{at}" else item
        for at, item in enumerate(meeting.items, 1)
    )
    return replace(meeting, id=identifier, items=tuple(items))


def kept_name(name: str, given: Given) -> str:
    """The name under which a file is kept: its own, and after a `#` what the operator said of it."""
    said = {"committee": given.committee, "date": given.day.isoformat() if given.day else None}
    known = {key: value for key, value in said.items() if value}
    plain = quote(name, safe=" /()[]{}',;=+&!@$~")    # a name may hold a # of its own
    return f"{plain}#{urlencode(known)}" if known else plain


def given_with(kept: str, given: Given) -> tuple[str, Given]:
    """The file's own name, and `given` with what the operator said of it when it was kept (`kept_name`)."""
    name, _, said = kept.partition("#")
    known = dict(parse_qsl(said))
    day = known.get("date")
    return unquote(name), replace(given, committee=known.get("committee"), day=date.fromisoformat(day) if day else None)
