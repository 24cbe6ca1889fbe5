"""What is told otherwise by another door, or not at all for a night, makes no other meeting of the one that is held."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from build import COUNCIL, a_document, a_meeting, an_item
from hypothesis import given
from hypothesis import strategies as st
from strategies import meetings

from archive import ids
from archive.keeping import Look, kept_with, paired
from archive.model import LONDON, Attendance, AttendanceStatus, Document, Item, Meeting, MemberId, Person
from archive.model import MeetingStatus as Status
from archive.model import MinutesStatus as Minutes
from archive.untold import told_by

NIGHT = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)
SITE = "https://democracy.example/"
HERE = (Attendance("Cllr Abel", None, AttendanceStatus.PRESENT),)
ALL = ("addresses", "agenda", "attendance", "documents", "draft", "paragraphs", "restricted", "status", "time", "title",
       "votes")  # fmt: skip
MINUTED = an_item("1", "Buses", "That it be so.")


def told(held: Meeting, read: Meeting, untold: Collection[str] = (), *, observed: bool = True) -> Meeting:
    return told_by(held, read, paired(held.items, read.items), untold, observed=observed)[0]


def member(local: str) -> MemberId | None:
    return ids.member_id(COUNCIL, local)


@given(held=meetings, untold=st.sets(st.sampled_from(ALL)), observed=st.booleans())
def test_what_is_held_is_told_as_it_is_held(held: Meeting, untold: set[str], observed: bool) -> None:
    assert told(held, held, untold, observed=observed).items == held.items


@given(held=meetings, read=meetings, untold=st.sets(st.sampled_from(ALL)))
def test_what_was_told_once_is_told_the_same_again(held: Meeting, read: Meeting, untold: set[str]) -> None:
    look = Look(NIGHT, untold=frozenset(untold))
    first = kept_with(held, replace(read, id=held.id), {}, look)
    assert kept_with(first.meeting, replace(read, id=held.id), first.absences, look).meeting == first.meeting


# Addresses


def linked(document: str, item: str = "mgAi.aspx?ID=1", title: str = "Report", home: str = SITE) -> Meeting:
    theirs = replace(a_document("s5005", title), url=document)
    return a_meeting("1", an_item("1", url=item, documents=(theirs,)), url=f"{home}ieListDocuments.aspx?MId=1")


BY_SERVICE, BY_PAGE = f"{SITE}mgConvert2PDF.aspx?ID=5005", f"{SITE}documents/s5005/Report.pdf"


@pytest.mark.parametrize(("first", "second"), [(BY_SERVICE, BY_PAGE), (BY_PAGE, BY_SERVICE)])
def test_a_document_keeps_its_address_on_one_site(first: str, second: str) -> None:
    assert told(linked(first), linked(second), {"addresses"}) == linked(first)
    assert told(linked(first), linked(second)) == linked(second)


@pytest.mark.parametrize(
    "read",
    [
        linked(f"{SITE}documents/s5005/Another.pdf", title="Another report"),
        linked(BY_PAGE.replace("https:", "http:")),
        linked(BY_PAGE.replace(SITE, "https://moved.example/")),
        linked(BY_PAGE, home=f"{SITE}modern.gov/"),
    ],
)
def test_an_address_changes_with_its_document_and_with_its_site(read: Meeting) -> None:
    assert told(linked(BY_SERVICE), read, {"addresses"}) == read


SPELLED = f"{SITE}documents/s5005/Minutes%20%2C%2014-07-2025%20Cabinet.pdf"


def test_a_link_that_reads_otherwise_is_to_the_title_that_its_address_spells() -> None:
    by_page = linked(SPELLED, title="Minutes of the last meeting")
    by_service = linked(BY_SERVICE, title="Minutes , 14/07/2025 Cabinet")
    assert told(by_page, by_service, {"addresses"}) == by_page
    assert told(by_service, by_page, {"addresses"}) == by_service


def test_a_link_that_reads_otherwise_than_before_is_taken_as_read() -> None:
    held, read = linked(SPELLED, title="Last minutes"), linked(SPELLED, title="Minutes of the last meeting")
    assert told(held, read, {"addresses"}) == read


def test_a_document_that_becomes_restricted_loses_its_address() -> None:
    read = linked(BY_PAGE)
    [document] = read.items[0].documents
    closed = replace(read, items=(replace(read.items[0], documents=(replace(document, url=None, restricted=True),)),))
    assert told(read, closed, {"addresses"}) == closed


def test_the_kind_of_a_document_is_known_by_one_door_alone() -> None:
    decision = Document(ids.document_id(COUNCIL, "s1"), "Notice", BY_PAGE, "decision")
    held = a_meeting("1", an_item(documents=(decision,)))
    assert told(held, a_meeting("1", an_item(documents=(replace(decision, kind=None),))), {"addresses"}) == held


# The meeting's own state


@pytest.mark.parametrize(
    ("item", "untold", "expected"),
    [
        (MINUTED, {"draft"}, Minutes.DRAFT),
        (MINUTED, (), Minutes.PUBLISHED),
        (an_item("1", "Buses", "That it be otherwise."), {"draft"}, Minutes.PUBLISHED),
        (an_item("2", "Buses", "That it be so."), {"draft"}, Minutes.PUBLISHED),
    ],
)
def test_a_draft_is_one_until_its_text_changes(item: Item, untold: Collection[str], expected: Minutes) -> None:
    held = a_meeting("1", MINUTED, minutes=Minutes.DRAFT)
    assert told(held, a_meeting("1", item), untold).minutes is expected


def test_minutes_that_are_taken_down_are_no_draft() -> None:
    held, read = (a_meeting("1", MINUTED, minutes=each) for each in (Minutes.DRAFT, Minutes.NONE))
    assert told(held, read, {"draft"}).minutes is Minutes.NONE


@pytest.mark.parametrize(
    ("title", "untold", "expected"),
    [("Buses", {"restricted"}, True), ("Land", {"restricted"}, False), ("Buses", (), False)],
)
def test_what_was_restricted_is_so_under_its_title(title: str, untold: Collection[str], expected: bool) -> None:
    held, read = a_meeting("1", an_item("1", "Buses", restricted=True)), a_meeting("1", an_item("1", title))
    assert told(held, read, untold).items[0].restricted is expected


@pytest.mark.parametrize(
    ("held", "read", "minutes", "untold", "expected"),
    [
        (Status.CANCELLED, Status.SCHEDULED, Minutes.NONE, {"status"}, Status.CANCELLED),
        (Status.POSTPONED, Status.SCHEDULED, Minutes.NONE, {"status"}, Status.POSTPONED),
        (Status.POSTPONED, Status.CANCELLED, Minutes.NONE, {"status"}, Status.CANCELLED),
        (Status.CANCELLED, Status.SCHEDULED, Minutes.NONE, (), Status.SCHEDULED),
        (Status.CANCELLED, Status.HELD, Minutes.PUBLISHED, {"status"}, Status.HELD),
        (Status.SCHEDULED, Status.HELD, Minutes.PUBLISHED, {"status"}, Status.HELD),
        (Status.HELD, Status.SCHEDULED, Minutes.NONE, {"status"}, Status.SCHEDULED),
    ],
)
def test_a_meeting_that_is_off_is_so_until_something_else_is_told(
    held: Status, read: Status, minutes: Minutes, untold: Collection[str], expected: Status
) -> None:
    before, now = a_meeting("1", status=held), a_meeting("1", status=read, minutes=minutes)
    assert told(before, now, untold).status is expected


def test_a_title_stands_where_a_door_does_not_tell_it() -> None:
    held, read = a_meeting("1", title="Cabinet"), a_meeting("1", title="Full Council")
    assert [told(held, read, each).title for each in ({"title"}, ())] == ["Cabinet", "Full Council"]
    assert told(replace(held, title=None), read, {"title"}).title == "Full Council"


@pytest.mark.parametrize(
    ("read", "untold", "stands"),
    [
        (datetime(2021, 3, 2, tzinfo=LONDON), {"time"}, True),
        (datetime(2021, 3, 2, tzinfo=LONDON), (), False),
        (datetime(2021, 3, 3, tzinfo=LONDON), {"time"}, False),
        (datetime(2021, 3, 2, 19, 0, tzinfo=LONDON), {"time"}, False),
    ],
)
def test_a_day_without_a_time_does_not_take_the_time_away(
    read: datetime, untold: Collection[str], stands: bool
) -> None:
    start = datetime(2021, 3, 2, 18, 30, tzinfo=LONDON)
    assert told(a_meeting("1", start=start), a_meeting("1", start=read), untold).start == (start if stands else read)


# A reading of less


def test_the_beginning_of_a_text_does_not_take_the_place_of_the_whole() -> None:
    whole, other = an_item("1", "Buses", "That it be so.", agenda=("A report.",)), an_item("2", "Parks", "Noted.")
    cut = an_item("1", "Buses", "That it", agenda=("A",))
    held, read = a_meeting("1", whole, other), a_meeting("1", cut, other)
    assert told(held, read, {str(cut.id)}) == held
    assert told(held, read, {str(other.id)}) == read
    assert told(a_meeting("1", other), a_meeting("1", other, cut), {str(cut.id)}) == a_meeting("1", other, cut)


def empty(**changes: Any) -> Meeting:
    return a_meeting("1", title="Council", status=Status.SCHEDULED, minutes=Minutes.NONE, **changes)


def test_a_reading_without_an_agenda_takes_nothing_away() -> None:
    held = a_meeting("1", MINUTED, attendance=HERE, venue="Town Hall", documents=(a_document("g1-t0"),))
    assert kept_with(held, empty(), {}, Look(NIGHT, untold=frozenset({"agenda"}))).meeting == held
    assert told(held, empty()).attendance == ()


def test_a_reading_without_an_agenda_may_tell_that_the_meeting_is_off() -> None:
    off = replace(empty(), status=Status.CANCELLED)
    assert told(a_meeting("1", MINUTED), off, {"agenda"}).status is Status.CANCELLED


def test_a_meeting_that_never_had_an_agenda_is_as_it_is_read() -> None:
    held = a_meeting("1", start=date(2021, 3, 1), venue="Town Hall")
    assert told(held, empty(venue="Library"), {"agenda"}) == empty(venue="Library")


# Members


def named(who: str | None, *texts: str, of: str = "Cllr Abel") -> Meeting:
    known = who and member(who)
    people = (Person(of, known or None),)
    there = (Attendance(of, None, AttendanceStatus.PRESENT, known or None),)
    return a_meeting("1", an_item("1", "Buses", *texts, people=people), attendance=there)


def test_who_left_the_council_is_still_who_it_was() -> None:
    held, read = named("7", "a"), named(None, "a")
    assert told(held, read) == held
    assert told(held, read, observed=False) == read


def test_another_member_is_taken_as_read() -> None:
    assert told(named("7", "a"), named("8", "a")) == named("8", "a")
    assert told(named("7", "a"), named(None, "a", of="Cllr Bray")) == named(None, "a", of="Cllr Bray")


def test_in_another_text_a_name_is_another_s_perhaps() -> None:
    read = told(named("7", "a"), named(None, "b"))
    assert [each.member for each in read.items[0].people] == [None]
    assert [each.member for each in read.attendance] == [member("7")]


def test_a_name_that_stood_for_two_stands_for_none() -> None:
    both = tuple(replace(HERE[0], member=member(each)) for each in "78")
    assert told(a_meeting("1", attendance=both), a_meeting("1", attendance=HERE)).attendance == HERE
