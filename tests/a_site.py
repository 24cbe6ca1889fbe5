"""A small site for the tests of the web room: a real store with one council, searched by an engine of thirty lines."""

from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from build import COUNCIL, a_meeting, an_item
from flask import Flask

from archive import ids
from archive.errors import IndexFailure
from archive.model import (
    LONDON,
    Action,
    Attendance,
    AttendanceStatus,
    Clause,
    Committee,
    Council,
    Declaration,
    Document,
    InterestKind,
    Item,
    ItemId,
    Meeting,
    MeetingStatus,
    Member,
    MemberId,
    MinutesStatus,
    Movement,
    MovementKind,
    Outcome,
    Paragraph,
    ParagraphKind,
    Person,
    Resolution,
    Term,
    Vote,
    VoteNames,
)
from archive.store import Store
from index.acronyms import Acronyms
from index.engine import Batch, Lexicon, Match, Matches
from index.passages import passages
from index.query import Query
from index.search import Search
from index.tree import Also, And, Field, Most, Node, Not, Or, Phrase, Prefix, Row, Setting, Word, conditions
from web.app import create_app

CHAIR = Member(
    MemberId("ambleshire/members/117"), "Cllr Margaret Thirlwell", "Green", "Skelbeck", "http://c.example/m?UID=117",
    (Term(date(2013, 5, 2), date(2017, 5, 3)), Term(date(2021, 5, 6), None)))
HIGHWAYS = Committee(ids.committee_id(COUNCIL, "170"), "Highways and Transport Scrutiny Committee")


def _line(anchor: str, number: str | None, kind: ParagraphKind, text: str) -> Paragraph:
    return Paragraph(anchor, number, kind, text)


BUSES = Item(
    ids.item_id(COUNCIL, "17213"), "27", "Evening and rural buses", url="http://c.example/mgAi.aspx?ID=17213",
    agenda=("The Committee is asked to consider the review of supported services.",),
    paragraphs=(
        _line("27.1", "27.1", ParagraphKind.NARRATIVE, "The Cabinet Member introduced the report on buses."),
        _line("27.2", "27.2", ParagraphKind.NARRATIVE, "<script>alert('27')</script> & <b>bold</b> was read out."),
        _line("p3", None, ParagraphKind.NARRATIVE, "Roedd y pwyllgor yn diolch i'r swyddogion am eu gwaith."),
        _line("27.3", "27.3", ParagraphKind.RESOLUTION, "That the Committee:"),
        _line("p5", "1", ParagraphKind.CLAUSE, "notes the fall in use; and"),
        _line("p6", "2", ParagraphKind.CLAUSE, "asks that evening journeys are kept."),
    ),
    resolutions=(Resolution(
        "27.3", "27.3", Action.RESOLVED, "That the Committee:",
        (Clause("1", "notes the fall in use; and"), Clause("2", "asks that evening journeys are kept.")),
        "That the Committee: notes the fall in use; and asks that evening journeys are kept.",
        "Cllr Thirlwell", "Cllr Okafor", Outcome.CARRIED, vote=Vote(9, 3, None, VoteNames(against=("Bray",)))),),
    documents=(
        Document(ids.document_id(COUNCIL, "s1"), "Report of the Director", "http://c.example/s1/Report.pdf", "PDF"),
        Document(ids.document_id(COUNCIL, "s2"), "Exempt appendix", restricted=True),
        Document(ids.document_id(COUNCIL, "s3"), "Odd address", "javascript:alert(3)"),
    ),
    people=(Person("Cllr Thirlwell", CHAIR.id), Person("Mr Haigh")),
    declarations=(Declaration("Cllr Thirlwell", CHAIR.id, InterestKind.PERSONAL, "27", "27.1"),
                  Declaration("Bray", None, None, None, "27.2")),
    movements=(Movement("Cllr T Bray", None, MovementKind.LEFT, "27.2"),),
)
MEETING = Meeting(
    ids.meeting_id(COUNCIL, "3129"), COUNCIL, HIGHWAYS, HIGHWAYS.name, datetime(2022, 11, 8, 10, 30, tzinfo=LONDON),
    MeetingStatus.HELD, MinutesStatus.DRAFT, "County Hall", "http://c.example/ieListDocuments.aspx?MId=3129",
    (Attendance("Cllr Margaret Thirlwell", "Chairman", AttendanceStatus.PRESENT, CHAIR.id),
     Attendance("Cllr T Bray", None, AttendanceStatus.APOLOGIES)),
    (an_item("17212", "Apologies", "Cllr Bray.", number="26", procedural=True), BUSES,
     an_item("17214", "Sale of land", number="28", restricted=True)))


def _border(suffix: str, title: str, *texts: str) -> Meeting:
    """A meeting whose minutes are there in two languages."""
    paragraphs = tuple(_line(f"9.{at}", f"9.{at}", ParagraphKind.NARRATIVE, text) for at, text in enumerate(texts, 1))
    item = an_item(f"901{suffix}", title, paragraphs=paragraphs)
    return a_meeting(f"90{suffix}", item, start=datetime(2019, 6, 4, 14, tzinfo=LONDON), committee="Border Committee")


BORDER = _border("", "Footbridge repairs", "The decking of the footbridge is to be renewed.", "The cost was noted.")
BORDER_WELSH = _border(
    "-cy", "Atgyweirio'r bont droed", "Bydd bwrdd y bont droed yn cael ei adnewyddu.", "Nodwyd y gost.",
    "The officer read out a letter in English from the contractor.")
BEFORE = _border("", "Footbridge repairs", "The decking of the footbridge is to be painted.", "Thanks were given.",
                 "The cost was noted.")
WITHDRAWN = a_meeting(
    "91", an_item("911", "Ferry landing", "The landing stage was closed.", unpublished=date(2022, 11, 3), documents=(
        Document(ids.document_id(COUNCIL, "s91"), "Survey of the landing", "http://c.example/s91/Survey.pdf",
                 unpublished=date(2022, 11, 3)),)),
    start=datetime(2018, 2, 6, tzinfo=LONDON), committee="Border Committee", unpublished=date(2022, 12, 1))


class NaiveEngine:
    """Finds the items whose texts hold every word of the query, anywhere; a filter by member as well."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.broken = False

    def search(self, query: Query) -> Matches:
        if self.broken:
            raise IndexFailure("the index cannot be read; run minutebook reindex")
        found = [Match(ItemId(str(item.id)), 1.0) for meeting in self._store.each_meeting()
                 for item in meeting.items if _matches(query, item)]
        facets = {"topic": {"transport": 2, "housing": 1}, "committee": {str(HIGHWAYS.id): len(found)}}
        return Matches(len(found), tuple(found[query.start:query.start + query.limit]), facets if found else {})

    def lexicon(self) -> Lexicon:
        return Lexicon()

    def acronyms(self) -> Acronyms:
        return {COUNCIL: {"HTSC": {HIGHWAYS.name: 3}, "SLA": {"service level agreement": 2, "Sale of Land Act": 1}}}

    def version(self) -> str | None:
        return "1"

    def reset(self, version: str) -> None:
        raise NotImplementedError

    def batch(self) -> AbstractContextManager[Batch]:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError


def _matches(query: Query, item: Item) -> bool:
    texts = " ".join(passage.text for passage in passages(item)).lower()
    members = {part.value for part in conditions(query.whole) if isinstance(part, Field) and part.name == "member"}
    return _holds(query.tree, texts) and members <= {person.member for person in item.people}


def _holds(node: Node, texts: str) -> bool:
    match node:
        case And(parts):
            return all(_holds(part, texts) for part in parts)
        case Or(parts):
            return any(_holds(part, texts) for part in parts)
        case Most(parts, least):
            return sum(_holds(part, texts) for part in parts) >= least
        case Not(part):
            return not _holds(part, texts)
        case Also(part):
            return _holds(part, texts)
        case Word(text) | Phrase(text) | Prefix(text) | Row(text):
            return text.lower() in texts
    return not isinstance(node, Setting)


def a_store(folder: Path) -> Store:
    """A store with one council, two committees and two dozen meetings."""
    store = Store.open(folder / "minutebook.db")
    seen = datetime(2023, 1, 1, tzinfo=UTC)
    store.save_council(Council(COUNCIL, "Ambleshire County Council", "http://c.example/"))
    store.save_committees(COUNCIL, [HIGHWAYS])
    store.save_members(COUNCIL, [CHAIR])
    store.save_meeting(MEETING, (), "1", seen)
    expected = tuple(Attendance(f"Cllr {number}", None, AttendanceStatus.EXPECTED) for number in range(60))
    cancelled = replace(a_meeting("9", start=datetime(2024, 5, 1, tzinfo=LONDON), attendance=expected),
                        status=MeetingStatus.CANCELLED)
    store.save_meeting(replace(cancelled, minutes=MinutesStatus.NONE), (), "1", seen)
    away = (Attendance("Cllr Thirlwell", None, AttendanceStatus.APOLOGIES, CHAIR.id),
            Attendance("Cllr Former", None, AttendanceStatus.PRESENT, MemberId("ambleshire/members/9")))
    store.save_meeting(a_meeting("8", start=datetime(2022, 9, 1, tzinfo=LONDON), attendance=away), (), "1", seen)
    for number in range(24):
        item = an_item(f"5{number}", f"Library hours {number}", "Opening hours of libraries.")
        store.save_meeting(a_meeting(f"5{number}", item), (), "1", seen)
    for at, meeting in enumerate((BEFORE, BORDER, BORDER_WELSH, WITHDRAWN)):
        store.save_meeting(meeting, (), "1", seen.replace(month=at + 1))
    return store


def a_site(folder: Path) -> tuple[Flask, NaiveEngine]:
    """The application over `a_store`, and its engine."""
    store = a_store(folder)
    engine = NaiveEngine(store)
    return create_app(store, Search(engine, store)), engine
