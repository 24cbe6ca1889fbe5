"""What a meeting's page leaves out, and the filling in."""

import pytest
from build import COUNCIL, a_meeting, an_item

from archive.errors import Gone, OutOfBudget
from archive.ids import document_id, item_id
from archive.model import Document, MinutesStatus
from crawler.moderngov.doors import Doors
from crawler.moderngov.gaps import attendance_linked, cut_items, lacks_minutes, printed_minutes, with_printed
from crawler.moderngov.links import Link, links
from crawler.moderngov.urls import Method
from crawler.source import Page

ROOT = "https://democracy.example.gov.uk/"
MEETING = a_meeting("9", an_item("71", "Apologies", number="1"), an_item("72", "Buses", number="2"))


def page(html: str) -> Page:
    return Page(ROOT + "ieListDocuments.aspx?MId=9", 200, "text/html", html.encode())


@pytest.mark.parametrize(
    ("html", "cut"),
    [
        ('<a href="mgAi.aspx?ID=72">view the full minutes text for item 2.</a>', {"72"}),
        ('<a href="mgAi.aspx?id=72">View the full\n agenda text</a>', {"72"}),
        ('<a href="ieListDocuments.aspx?MId=9#AI71">view the full decision text for item 1</a>', {"71"}),
        ('<a href="ieIssueDetails.aspx?IId=5">... view the full minutes text for item 2.</a>', {"72"}),
        ('<a href="ieIssueDetails.aspx?IId=5">view the full minutes text for item 99</a>', set()),
        ('<a href="mgAi.aspx?ID=72">Buses</a> <a href="x.aspx">view the full list of members of the panel</a>', set()),
        ("", set()),
    ],
)
def test_cut_texts_are_told_by_their_links(html: str, cut: set[str]) -> None:
    assert cut_items(page(html), MEETING) == cut


def test_attendance_is_told_by_its_link() -> None:
    assert attendance_linked(page('<a href="MGMeetingAttendance.aspx?ID=9">Attendance details</a>'))
    assert not attendance_linked(page('<a href="mgUserInfo.aspx?UID=9">Cllr Bell</a>'))


def test_links_are_whole_and_on_one_line() -> None:
    html = '<a href="mgAi.aspx?ID=1">Bus\n <b>strategy</b></a><a name="AI1">no</a><a href="mailto:x@y.z">no</a>'
    assert list(links(page(html))) == [Link("Bus strategy", ROOT + "mgAi.aspx?ID=1")]
    assert list(links(Page(ROOT, 200, "", b"\x00\xff%PDF"))) == list(links(Page(ROOT, 200, "", b""))) == []


def test_minutes_are_lacking_when_they_are_said_to_be_there() -> None:
    assert lacks_minutes(MEETING)
    assert not lacks_minutes(a_meeting("9", minutes=MinutesStatus.NONE))
    assert not lacks_minutes(a_meeting("9", an_item("1", "Buses", "The Cabinet noted it.")))


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("documents/g9/Printed minutes 2nd-Mar-2021 10.00 Cabinet.pdf?T=1", True),
        ("mgConvert2PDF.aspx?ID=9&T=1", True),
        ("documents/g9/Public reports pack.pdf?T=10", False),
        ("documents/g8/Printed minutes of the last meeting.pdf?T=1", False),
        ("documents/s9/Minutes of the last meeting.pdf", False),
    ],
)
def test_printed_minutes_are_told_by_what_selects_them(url: str, found: bool) -> None:
    document = Document(document_id(COUNCIL, "g9"), "Printed minutes", ROOT + url)
    assert printed_minutes(a_meeting("9", documents=(document,))) == (document if found else None)


def test_printed_minutes_go_to_the_items_of_the_same_title() -> None:
    printed = a_meeting(
        "f1",
        an_item("f1", "APOLOGIES", "There were none.", number="17"),
        an_item("f2", "Urgent business", "None."),
        an_item("f3", "Buses", "The Cabinet noted the report."),
    )
    whole = with_printed(MEETING, printed)
    assert [(item.id, item.number, item.title) for item in whole.items] == [
        (item_id(COUNCIL, "71"), "1", "Apologies"),
        (item_id(COUNCIL, "f2"), "1", "Urgent business"),
        (item_id(COUNCIL, "72"), "2", "Buses"),
    ]
    assert [item.paragraphs[0].text for item in whole.items] == [
        "There were none.", "None.", "The Cabinet noted the report.",
    ]
    assert whole.id == MEETING.id


def test_items_of_one_title_are_filled_in_order() -> None:
    meeting = a_meeting("9", an_item("71", "Petitions"), an_item("72", "Petitions"))
    printed = a_meeting("f1", an_item("f1", "Petitions", "First."), an_item("f2", "Petitions", "Second."))
    assert [item.paragraphs[0].text for item in with_printed(meeting, printed).items] == ["First.", "Second."]


def fails() -> int:
    raise Gone(ROOT, "status 404")


def test_a_method_that_never_worked_is_left_alone_after_three_failures_and_the_others_are_not() -> None:
    doors, calls = Doors(), []
    for _ in range(5):
        assert doors.through(Method.MEETING, lambda: calls.append(1) or fails()) is None
    assert len(calls) == 3
    assert doors.through(Method.COMMITTEES, lambda: 7) == 7


def test_a_method_that_works_may_fail_for_one_meeting() -> None:
    doors = Doors()
    for _ in range(20):
        assert doors.through(Method.MEETING, fails) is None
        assert doors.through(Method.MEETING, lambda: 7) == 7


def test_an_empty_budget_is_no_fault_of_the_service() -> None:
    def used_up() -> int:
        raise OutOfBudget(ROOT, "used up")

    with pytest.raises(OutOfBudget):
        Doors().through(Method.MEETING, used_up)
