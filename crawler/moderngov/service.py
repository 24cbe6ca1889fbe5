"""Replies of ModernGov's web service: XML whose texts are HTML (moderngov.md 3.2).

Entities, network and DTDs are off. Replies may be wrapped in SOAP, hold control characters, say a wrong encoding,
have titles encoded twice, blanks before counts, and a line break in what is empty.
"""

import html
import re
from collections.abc import Sequence
from urllib.parse import urlsplit, urlunsplit

from lxml.etree import _Element as Element

from archive import ids
from archive.errors import PageError
from archive.model import (
    Attendance,
    Committee,
    Council,
    CouncilId,
    Document,
    Item,
    Meeting,
    MeetingStatus,
    Member,
    MinutesStatus,
    Term,
    start_of,
)
from crawler.blocks import Block, one_line
from crawler.documents.markup import too_much
from crawler.documents.text import html_blocks
from crawler.minutes.dates import uk_date, uk_time
from crawler.minutes.items import build_item
from crawler.minutes.titles import clean_title
from crawler.moderngov.agenda import numbered_title, printed_number
from crawler.moderngov.labels import EXEMPT, attendance_status, is_officer, meeting_status
from crawler.moderngov.reply import read_reply
from crawler.moderngov.urls import Site, absolute, base_of, kept_address
from crawler.source import Announced, Page

_BODIES = ("agendatext", "minutesnonemptyhtmlbody", "decisionnonemptyhtmlbody")
_MOST_TIMES = 4
_MARKUP = re.compile(r"</?[a-z][a-z0-9]{0,10}\b", re.IGNORECASE)
_ENCODED_MARKUP = re.compile(r"&lt;/?(?:p|div|span|br|ol|ul|li|table|h[1-6]|b|strong|em|i|u|font)\b", re.IGNORECASE)
_ENCODED_REFERENCE = re.compile(r"&amp;(#[0-9]{1,6};|#x[0-9a-f]{1,5};|[a-z]{2,8}[0-9]{0,2};)", re.IGNORECASE)
_TAGS = re.compile(r"</?(?:b|i|u|em|strong|span|p|div|br|font|sup|sub)\b[^<>]{0,300}>", re.IGNORECASE)


def read_meeting(page: Page, council: Council | None = None) -> Meeting:
    """The meeting of a GetMeeting reply, whole; of one that the site does not show, its agenda's titles alone.

    Raises `PageError` or `Blocked` when the answer is no such reply.
    """
    if found := too_much(page.body):
        raise PageError(page.url, "a GetMeeting reply", f"one {found}")
    reply = read_reply(page, "meeting", "a GetMeeting reply")
    number = _said(reply, "meetingid")
    day = uk_date(_said(reply, "meetingdate") or "")
    if number is None or (day is None and reply.find(".//agendaitems") is None):
        raise PageError(page.url, "a GetMeeting reply", "one without a meeting")
    site = _site(page)
    open_to_all = _is_shown(reply)
    listed = reply.iterfind(".//agendaitems/agendaitem")
    items = tuple(_item(each, page, _id(council), open_to_all and _is_shown(each)) for each in listed)
    minutes = _minutes(reply, items) if open_to_all else MinutesStatus.NONE
    attendees = reply.iterfind(".//attendees/attendee") if open_to_all else iter(())
    name = _committee(reply)
    return Meeting(
        id=ids.meeting_id(_id(council), number),
        council=_id(council),
        committee=Committee(None, name) if name else None,
        title=name,
        start=start_of(day, uk_time(_said(reply, "meetingtime") or "")) if day else None,
        status=_status(_said(reply, "meetingstatus") or "", minutes),
        minutes=minutes,
        venue=_said(reply, "meetinglocation"),
        url=site.meeting(None, number) if site else None,
        attendance=tuple(_attendance(each, _id(council)) for each in attendees),
        items=items,
    )


def _minutes(reply: Element, items: Sequence[Item]) -> MinutesStatus:
    if _is_true(reply, "minutepublished"):
        draft = "draft" in (_said(reply, "meetingstatus") or "").lower()
        return MinutesStatus.DRAFT if draft else MinutesStatus.PUBLISHED
    printed = any(item.paragraphs for item in items) and not _is_true(reply, "decisionpublished")
    return MinutesStatus.DRAFT if printed else MinutesStatus.NONE


def _status(said: str, minutes: MinutesStatus) -> MeetingStatus:
    """By substring: "Confirmed; Rescheduled from 24 September 2026" is neither cancelled nor postponed."""
    off = meeting_status(said)
    if off is not None:
        return off
    return MeetingStatus.SCHEDULED if minutes is MinutesStatus.NONE else MeetingStatus.HELD


def _committee(reply: Element) -> str | None:
    """The committee that all items name; the reply itself does not say whose meeting it is."""
    for tag in ("refertocommittee", "committeetitle"):
        named = {_title(each.text or "") for each in reply.iterfind(f".//{tag}")} - {""}
        if len(named) == 1:
            return named.pop()
    return None


def _is_shown(element: Element) -> bool:
    """Whether the site shows a meeting or an item to the public; what it does not say, it shows."""
    return (_said(element, "isdisplayallowed") or "").lower() not in ("false", "0")


def _item(
    agendaitem: Element, page: Page, council: CouncilId | None, shown: bool
) -> Item:
    """An item of the agenda; of one that is not `shown` nothing but its title, and the names of its documents."""
    number, site = _said(agendaitem, "agendaitemid"), _site(page)
    printed = _number(_said(agendaitem, "fulldisplaynumberformat") or "")
    item_number, title = numbered_title(printed, _title(_said(agendaitem, "agendaitemtitle") or ""))
    bodies = {tag: _body(agendaitem, tag) if shown else () for tag in _BODIES}
    documents = agendaitem.iterfind("linkeddocuments/linkeddoc")
    known = Item(
        id=ids.item_id(council, number),
        number=item_number,
        title=title,
        restricted=not shown or _is_true(agendaitem, "isrestricted") or bool(EXEMPT.search(title)),
        url=site.item(number) if site and number else None,
        documents=tuple(_document(each, page, council, shown) for each in documents),
    )
    return build_item(
        known,
        agenda=bodies["agendatext"],
        minutes=bodies["minutesnonemptyhtmlbody"],
        decision=bodies["decisionnonemptyhtmlbody"],
    )


def _body(agendaitem: Element, tag: str) -> tuple[Block, ...]:
    body = _as_html(agendaitem.findtext(tag) or "")
    return html_blocks(body) if body.strip() else ()


def _as_html(body: str) -> str:
    """A body as HTML: some are encoded once more than others, whole or in their references ("&amp;nbsp;") alone."""
    if not _MARKUP.search(body) and _ENCODED_MARKUP.search(body):
        body = html.unescape(body)
    return _ENCODED_REFERENCE.sub(r"&\1", body)


def _number(printed: str) -> str | None:
    """The number of an item; a section's heading has none, which some replies write as 0."""
    number = printed_number(_unescaped(printed))
    return None if number == "0" else number


def _document(linked: Element, page: Page, council: CouncilId | None, shown: bool) -> Document:
    number = _said(linked, "attachmentid")
    restricted = not shown or _is_true(linked, "isrestricted")
    return Document(
        ids.document_id(council, f"s{number}" if number else None),
        _title(_said(linked, "title") or ""),
        None if restricted else _address(linked.findtext("url") or "", page),
        "decision" if _is_true(linked, "isdecisionattachment") else None,
        restricted,
    )


def _address(url: str, page: Page) -> str | None:
    """`url` as a whole address; by https where the site itself is, for replies say http at times."""
    site = _site(page)
    whole = absolute(site.base if site else "", url) if url.strip() else None
    if whole is None:
        return None
    parts, own = urlsplit(whole), urlsplit(site.base if site else "")
    secure = parts.scheme == "http" and own.scheme == "https" and parts.netloc == own.netloc
    return urlunsplit(parts._replace(scheme="https")) if secure else whole


def _attendance(attendee: Element, council: CouncilId | None) -> Attendance:
    number, role = (attendee.get("memberid") or "").strip(), _title(attendee.get("roledescription") or "")
    return Attendance(
        _title(attendee.get("name") or ""),
        role or None,
        attendance_status(attendee.get("attendance") or ""),
        None if is_officer(role) else ids.member_id(council, number or None),
    )


def read_meetings(page: Page, council: Council) -> tuple[Announced, ...]:
    """The meetings of a GetMeetings or GetAllMeetingsByDate reply; those without a date are left out."""
    others = ("getmeetingsbydate", "getallmeetingsbydate", "meetings")
    reply = read_reply(page, "getmeetings", "a GetMeetings reply", *others)
    found: list[Announced] = []
    for meeting in reply.iter("meeting"):
        around = next(meeting.iterancestors("committee"), meeting)
        number, day = _said(meeting, "meetingid"), uk_date(_said(meeting, "meetingdate") or "")
        identifier = ids.meeting_id(council.id, number)
        if identifier and day:
            start = start_of(day, uk_time(_said(meeting, "meetingtime") or ""))
            found.append(Announced(identifier, _committee_of(around, council), start, _said(meeting, "meetingstatus")))
    return tuple(found)


def _committee_of(element: Element, council: Council | None) -> Committee:
    number = _said(element, "committeeid")
    return Committee(ids.committee_id(_id(council), number), _title(_said(element, "committeetitle") or ""))


def read_committees(page: Page, council: Council | None = None) -> tuple[Committee, ...]:
    """The committees of a GetCommittees reply, those that were wound up among them: their minutes stay."""
    reply = read_reply(page, "committees", "a GetCommittees reply")
    kept = (each for each in reply.iter("committee") if not _is_true(each, "committeedeleted"))
    return tuple(_committee_of(each, council) for each in kept if _said(each, "committeeid"))


def read_members(page: Page, council: Council | None = None) -> tuple[Member, ...]:
    """The councillors of a GetCouncillorsByWard reply, each once; empty when the site has none in it."""
    reply = read_reply(page, "councillorsbyward", "a GetCouncillorsByWard reply")
    found: dict[str, Member] = {}
    for ward in reply.iter("ward"):
        for councillor in ward.iter("councillor"):
            if member := _member(councillor, ward, page, council):
                found.setdefault(member.id, member)
    return tuple(found.values())


def _member(councillor: Element, ward: Element, page: Page, council: Council | None) -> Member | None:
    number, site = _said(councillor, "councillorid"), _site(page)
    identifier, name = ids.member_id(_id(council), number), _title(_said(councillor, "fullusername") or "")
    if identifier is None or number is None or not name:
        return None
    party = _title(_said(councillor, "politicalpartytitle") or "") or None
    place = _title(_said(ward, "wardtitle") or "") or None
    terms = tuple(dict.fromkeys(filter(None, map(_term, councillor.iterfind("termsofoffice/termofoffice")))))
    return Member(identifier, name, party, place, site.member(number) if site else None, terms)


def _term(said: Element) -> Term | None:
    """A term of office; an end that is "unspecified" has not come. One without a start, or that ends before it, says
    nothing.
    """
    start, end = (uk_date(_said(said, tag) or "") for tag in ("startdate", "enddate"))
    return None if start is None or (end is not None and end < start) else Term(start, end)


def _said(element: Element, tag: str) -> str | None:
    """The text of a child on one line; `None` when it is missing or empty."""
    return one_line(element.findtext(tag) or "") or None


def _is_true(element: Element, tag: str) -> bool:
    return (_said(element, tag) or "").lower() in ("true", "1")


def _title(text: str) -> str:
    """A title, which is encoded once more than the XML says, without markup and what trails it."""
    return clean_title(_TAGS.sub(" ", _unescaped(text)))


def _unescaped(text: str) -> str:
    """`text` with its references read, however many times over they were encoded."""
    for _ in range(_MOST_TIMES):
        if "&" not in text or (plain := html.unescape(text)) == text:
            break
        text = plain
    return text


def _site(page: Page) -> Site | None:
    return Site(base_of(page.url)) if kept_address(page.url) else None


def _id(council: Council | None) -> CouncilId | None:
    return council.id if council else None


