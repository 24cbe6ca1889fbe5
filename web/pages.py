"""The pages of what the archive holds: every identifier is the path of one of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from archive.errors import InputError, UnknownId
from archive.ids import parse
from archive.model import (
    Attendance,
    AttendanceStatus,
    CommitteeId,
    CouncilId,
    DocumentId,
    Item,
    ItemId,
    Meeting,
    MeetingId,
    MemberId,
)
from index.query import Sort
from index.search import SearchRequest
from index.standing import members_asked, named
from web.approvals import approval_of
from web.filters import day, page_of
from web.history import VERSIONED, as_it_was, history, number_of_versions
from web.language import language_of
from web.linked import event
from web.shape import topics_shape
from web.twins import each_once, twin_of

if TYPE_CHECKING:
    from archive.store import Store
    from index.search import Search

_ROWS = 40    # meetings on one page of a committee
_NAMED = 10    # items shown that name a member
_RECENT = 12  # meetings shown of a council or a member
_LOOKED_AT = 100    # newest meetings of a member among which those attended are looked for
_THERE = (AttendanceStatus.PRESENT, AttendanceStatus.SUBSTITUTE, AttendanceStatus.IN_ATTENDANCE)


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way down to a page."""

    text: str
    href: str


class Pages:
    """Council, committee, member, meeting, item and document, each at its identifier."""

    def __init__(self, store: "Store", search: "Search") -> None:
        self._store, self._search = store, search

    def blueprint(self) -> Blueprint:
        """The routes; static ones such as /search go before `/<council>`."""
        pages = Blueprint("pages", __name__)
        pages.add_url_rule("/<council>", view_func=self.council, strict_slashes=False)
        for collection in ("committees", "members", "meetings", "items", "documents"):
            view = getattr(self, collection.removesuffix("s"))
            pages.add_url_rule(f"/<council>/{collection}/<local>", view_func=view)
        for collection in VERSIONED:
            pages.add_url_rule(f"/<council>/{collection}/<local>/versions", "versions", self.versions,
                               defaults={"collection": collection})
        return pages

    def council(self, council: str) -> str:
        """A council: its committees, members and newest meetings."""
        identifier = CouncilId(_known(council))
        found = self._store.council(identifier)
        counts = self._store.counts(identifier)
        return render_template(
            "council.html", council=found, counts=counts, crumbs=(),
            committees=self._store.committees(identifier), members=self._store.members(identifier),
            meetings=each_once(self._store, _RECENT, council=identifier, until=counts.newest_minutes))

    def committee(self, council: str, local: str) -> str:
        """A committee and its meetings, newest first."""
        identifier = CommitteeId(_known(f"{council}/committees/{local}"))
        page = max(1, request.args.get("page", 1, type=int))
        found = each_once(self._store, _ROWS + 1, (page - 1) * _ROWS, committee=identifier)
        return render_template(
            "committee.html", committee=self._store.committee(identifier), years=tuple(_by_year(found[:_ROWS])),
            page=page, more=len(found) > _ROWS, crumbs=self._above(council))

    def member(self, council: str, local: str) -> str:
        """A member: the items that name them and the meetings they came to."""
        identifier = MemberId(_known(f"{council}/members/{local}"))
        member = self._store.member(identifier)
        named = self._search(SearchRequest(member=(identifier,), sort=Sort.NEWEST, per_page=_NAMED))
        return render_template(
            "member.html", member=member, crumbs=self._above(council), named=named,
            heads=self._store.items([hit.item for hit in named.hits]),
            meetings=_attended(each_once(self._store, _LOOKED_AT, member=identifier), identifier)[:_RECENT])

    def meeting(self, council: str, local: str) -> str:
        """A meeting: who was there and what was on the agenda."""
        identifier = MeetingId(_known(f"{council}/meetings/{local}"))
        meeting = self._store.meeting(identifier)
        return render_template(
            "meeting.html", meeting=meeting, attendance=_by_status(meeting.attendance),
            twin=twin_of(self._store, identifier), expected=language_of(identifier),
            earlier=number_of_versions(self._store, identifier) - 1, approval=approval_of(self._store, meeting),
            linked_data=event(meeting, self._name(council), request.base_url),
            crumbs=self._above(council, replace(meeting, id=None)))

    def item(self, council: str, local: str) -> str:
        """An agenda item: its minutes, paragraph by paragraph, and its decisions."""
        identifier = ItemId(_known(f"{council}/items/{local}"))
        head, item = self._store.item(identifier)
        words = request.args.get("q", "").strip()
        members = [each for each in request.args.getlist("member") if each.strip()]
        looked_for = words or bool(members)
        marked = self._search.marked(words, members, head, item) if looked_for else ()
        boxed = self._named(words, members, head, item) if looked_for else frozenset()
        previous, following = _neighbours(self._store.meeting(MeetingId(str(head.id))), item)
        return render_template(
            "item.html", meeting=head, item=item, previous=previous, following=following,
            twin=twin_of(self._store, identifier), expected=language_of(identifier),
            earlier=number_of_versions(self._store, identifier) - 1,
            looked_for=looked_for, words=words, marked={each.text: each for each in marked},
            leading=[each for each in marked if each.anchor], named=boxed,
            topics=topics_shape(self._search.topics, item).get("topics", ()),
            cite=self._citation(council, head, item), crumbs=self._above(council, head))

    def _named(self, words: str, members: Sequence[str], head: Meeting, item: Item) -> frozenset[str]:
        """The names beside the minutes that are of a member who is looked for."""
        asked = self._search.read(SearchRequest(words, member=tuple(members)))
        return named(members_asked(asked.whole), item, head.attendance)

    def versions(self, council: str, collection: str, local: str) -> str:
        """How a meeting or an item changed, and when."""
        identifier = _known(f"{council}/{collection}/{local}")
        told = history(self._store, identifier)
        meeting, item = as_it_was(self._store, identifier, told["versions"][-1]["number"])
        above = self._above(council, meeting)
        return render_template(
            "versions.html", meeting=meeting, item=item, id=identifier, versions=told["versions"][::-1],
            expected=language_of(identifier),
            crumbs=(*above, Crumb(item.title, page_of(identifier))) if item else above)

    def document(self, council: str, local: str) -> str:
        """A document: what it belongs to and where the council keeps it."""
        meeting, item, document = self._store.document(DocumentId(_known(f"{council}/documents/{local}")))
        return render_template(
            "document.html", meeting=meeting, item=item, document=document, crumbs=self._above(council, meeting))

    def _above(self, council: str, meeting: Meeting | None = None) -> tuple[Crumb, ...]:
        crumbs = [Crumb(self._name(council), page_of(council))]
        if meeting and meeting.committee and meeting.committee.id:
            crumbs.append(Crumb(meeting.committee.name, page_of(meeting.committee.id)))
        if meeting and meeting.id:
            crumbs.append(Crumb(day(meeting.start), page_of(meeting.id)))
        return tuple(crumbs)

    def _name(self, council: str) -> str:
        return self._store.council(CouncilId(council)).name

    def _citation(self, council: str, meeting: Meeting, item: Item) -> str:
        """The item as one would cite it in a report, in plain text and without its address."""
        body = meeting.committee.name if meeting.committee else meeting.title
        number = f"item {item.number}" if item.number else None
        place = ", ".join(part for part in (self._name(council), body, day(meeting.start), number) if part)
        return f"{place}: {item.title}"


def _known(identifier: str) -> str:
    """`identifier` when it has the form of one; a path without that form names nothing."""
    try:
        parse(identifier)
    except InputError as error:
        raise UnknownId(str(error)) from error
    return identifier


def _attended(meetings: tuple[Meeting, ...], member: MemberId) -> tuple[Meeting, ...]:
    """Those of `meetings` at which `member` is recorded as having been there."""
    return tuple(
        meeting for meeting in meetings
        if any(each.member == member and each.status in _THERE for each in meeting.attendance))


def _neighbours(meeting: Meeting, item: Item) -> tuple[Item | None, Item | None]:
    at = [each.id for each in meeting.items].index(item.id)
    around = (None, *meeting.items, None)
    return around[at], around[at + 2]


def _by_year(meetings: tuple[Meeting, ...]) -> Iterator[tuple[int | None, tuple[Meeting, ...]]]:
    for year, found in groupby(meetings, lambda meeting: meeting.start.year if meeting.start else None):
        yield year, tuple(found)


def _by_status(attendance: tuple[Attendance, ...]) -> Iterator[tuple[AttendanceStatus, tuple[Attendance, ...]]]:
    for status in AttendanceStatus:
        if found := tuple(each for each in attendance if each.status is status):
            yield status, found
