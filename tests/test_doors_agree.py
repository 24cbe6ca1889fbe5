"""A meeting is the same by either door and by any host, and what breaks off tells nothing."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

import pytest
from moderngov_site import NIGHT, ROOT, Site, held, off, sample, some, words

from archive.errors import PageError
from archive.ids import local
from archive.keeping import Look, kept_with
from archive.listings import Door
from archive.model import (
    LONDON,
    Attendance,
    AttendanceStatus,
    Council,
    CouncilId,
    Meeting,
    MeetingStatus,
    MinutesStatus,
)
from crawler.moderngov import service
from crawler.moderngov.doors import WELSH, Doors
from crawler.moderngov.homing import at_home
from crawler.moderngov.source import ModernGovSource
from crawler.moderngov.urls import Site as Addresses
from crawler.sample import Options, Reply, Request
from crawler.source import Announced, Page, Reading

NUMBER = local(held().id)
PRINTED = frozenset([int(NUMBER)])
PAGE, ATTENDANCE, ITEM = "ieListDocuments.aspx", "mgMeetingAttendance.aspx", "mgAi.aspx"
ALIAS, STRANGER = "http://127.0.0.1:8955/", "http://127.0.0.1:8966/modern.gov/"
Change = Callable[[bytes], bytes]


def changed(name: str, change: Change, *, service_too: bool = False, options: Options | None = None) -> Site:
    """A site whose pages of that name are changed so; without its service unless that is meant too."""

    def fault(request: Request) -> Reply | None:
        if name.lower() not in request.path.lower():
            return None if service_too else off(request)
        reply = site.reply(request)
        return Reply(change(reply.body), reply.content_type)

    site = Site(options or Options(), fault)
    return site


def read(site: Site, announced: Announced | None = None) -> Reading:
    return site.source().meeting(announced or held())


def then(first: Reading, second: Reading) -> Meeting:
    """What is held after both."""
    return kept_with(first.meeting, second.meeting, {}, Look(NIGHT, untold=second.untold)).meeting


# One door and the other


def test_after_one_door_the_other_changes_nothing() -> None:
    by_service, by_pages = read(Site()), read(Site(fault=off))
    assert replace(then(by_service, by_pages), documents=()) == by_service.meeting
    assert then(by_pages, by_service) == by_pages.meeting


def test_a_draft_is_told_by_the_pages_and_stands_by_the_service() -> None:
    draft = read(changed(PAGE, lambda body: body.replace(b"and minutes", b"and draft minutes")))
    published = read(changed("GetMeeting", lambda body: body.replace(b"Draft", b""), service_too=True))
    assert (draft.meeting.minutes, published.meeting.minutes) == (MinutesStatus.DRAFT, MinutesStatus.PUBLISHED)
    assert then(draft, published).minutes is MinutesStatus.DRAFT


def test_a_service_that_said_draft_tells_that_it_is_none_any_more() -> None:
    drafted = changed("GetMeeting", lambda body: body.replace(b"<minutepublished>True", b"<minutepublished>False"),
                      service_too=True)  # fmt: skip
    first = read(drafted)
    kept = drafted.another(1)
    drafted.fault = lambda _: None
    second = drafted.source().meeting(held(), kept)
    assert first.meeting.minutes is MinutesStatus.DRAFT
    assert then(first, second).minutes is MinutesStatus.PUBLISHED


def test_an_attendance_that_is_not_linked_to_is_not_told() -> None:
    link = ATTENDANCE.encode()
    bare = read(changed(PAGE, lambda body: body.replace(link, b"mgElsewhere.aspx")))
    whole = read(Site()).meeting.attendance
    assert ("attendance" in bare.untold, bare.shortfalls) == (True, ())
    assert then(read(Site()), bare).attendance == whole
    assert set() < by_surname(bare.meeting.attendance) < by_surname(whole)    # those whom its item of apologies names


def by_surname(attendance: Iterable[Attendance]) -> set[tuple[str, AttendanceStatus]]:
    return {(each.name.split()[-1], each.status) for each in attendance}


def test_an_empty_attendance_by_the_service_is_not_told() -> None:
    emptied = changed("GetMeeting", lambda body: body.replace(b"attendee", b"nobody"), service_too=True)
    assert "attendance" in read(emptied).untold


def test_the_time_of_a_meeting_is_that_of_its_list_where_its_page_has_none() -> None:
    hour = f"{held().start:%I.%M %p}".lstrip("0").lower().encode()
    site = changed(PAGE, lambda body: body.replace(hour, b""))
    assert hour in Site(fault=off).get(f"{ROOT}{PAGE}?MId={NUMBER}").body
    assert read(site).meeting.start == held().start
    other = replace(held(), start=datetime(2001, 2, 3, 10, 0, tzinfo=LONDON))
    assert read(site, other).meeting.start == datetime.combine(held().start, datetime.min.time(), LONDON)


def test_the_committee_to_which_items_are_referred_is_not_the_meeting_s() -> None:
    def referred(body: bytes) -> bytes:
        return body.replace(b"</agendaitem>", b"<refertocommittee>Full Council</refertocommittee></agendaitem>")

    site = changed("GetMeeting", referred, service_too=True)
    assert read(site).meeting.title == held().committee.name


def test_pages_that_do_not_say_so_do_not_take_back_that_a_meeting_is_off() -> None:
    announced = some(MeetingStatus.SCHEDULED, MinutesStatus.NONE)
    by_service = read(Site(), replace(announced, note="Postponed"))
    assert then(by_service, read(Site(fault=off), announced)).status is MeetingStatus.POSTPONED


def test_pages_that_said_so_do_take_it_back() -> None:
    announced = some(MeetingStatus.SCHEDULED, MinutesStatus.NONE)
    site = changed(PAGE, lambda body: body.replace(b"<h1", b"<h1>Agenda CANCELLED</h1><h1", 1))
    first = read(site, announced)
    kept = site.another(1)
    site.fault = off
    assert first.meeting.status is MeetingStatus.CANCELLED
    assert then(first, site.source().meeting(announced, kept)).status is MeetingStatus.SCHEDULED


# What is not there, or not whole


def test_minutes_whose_print_is_not_linked_to_stand() -> None:
    whole = read(Site(Options(printed_only=PRINTED), off))
    site = changed(PAGE, lambda body: body.replace(f"documents/g{NUMBER}".encode(), b"gone"),
                   options=Options(printed_only=PRINTED))  # fmt: skip
    missing = read(site)
    assert "paragraphs" in missing.untold
    assert missing.meeting.minutes is not MinutesStatus.NONE
    assert words(then(whole, missing)) == words(whole.meeting) != [[]]


def test_a_reply_of_nothing_is_none() -> None:
    nothing = b"<meeting><meetingid>305</meetingid></meeting>"
    page = Page(f"{ROOT}mgWebService.asmx/GetMeeting", 200, "text/xml", nothing)
    with pytest.raises(PageError, match="one without a meeting"):
        service.read_meeting(page, Council(CouncilId("ambleshire"), "Ambleshire"))


def test_a_reply_without_items_takes_nothing_away() -> None:
    whole = read(Site())

    def emptied(body: bytes) -> bytes:
        head = body.partition(b"<agendaitems>")[0].replace(b"<minutepublished>True", b"<minutepublished>")
        return head + b"</meeting>"

    nothing = read(changed("GetMeeting", emptied, service_too=True))
    assert nothing.meeting.items == ()
    assert then(whole, nothing) == whole.meeting


@pytest.mark.parametrize(("name", "what"), [(ATTENDANCE, "attendance"), (ITEM, "item")])
def test_a_part_that_breaks_off_falls_short_and_is_asked_again(name: str, what: str) -> None:
    site = changed(name, lambda body: body[: len(body) * 3 // 4], options=Options(truncate=120))
    short = read(site)
    assert {each.what for each in short.shortfalls} == {what}
    kept = site.another(1)
    site.fault = off
    again = site.source().meeting(held(), kept)
    assert again.shortfalls == ()
    assert site.asked_of(name)


def test_a_print_that_breaks_off_falls_short() -> None:
    site = changed("documents/g", lambda body: body[: len(body) - 40], options=Options(printed_only=PRINTED))
    [shortfall] = read(site).shortfalls
    assert (shortfall.what, "breaks off" in str(shortfall.error)) == ("printed minutes", True)


# Hosts


@pytest.mark.parametrize("elsewhere", [ALIAS, STRANGER])
@pytest.mark.parametrize("door", [off, lambda _: None])
def test_a_site_that_answers_by_another_host_keeps_its_addresses(
    elsewhere: str, door: Callable[[Request], Reply | None]
) -> None:
    site = Site(fault=door)

    def get(url: str) -> Page:
        page = site.get(url)
        body = page.body.replace(ROOT.encode(), elsewhere.encode())
        return replace(page, url=url.replace(ROOT, elsewhere), body=body)

    doors = Doors({WELSH: Door(worked=False, failures=3, tried=NIGHT)}, NIGHT)
    council = sample().council(ROOT)
    found = ModernGovSource(council, get, sample().today, doors=doors, aliases=("127.0.0.1:8955",)).meeting(held())
    assert found == read(Site(fault=door))


def test_an_address_of_somebody_else_is_left_as_it_is() -> None:
    site = Addresses(ROOT, (ALIAS,))
    assert at_home("https://elsewhere.example/documents/s1/A.pdf", site) == "https://elsewhere.example/documents/s1/A.pdf"
    assert at_home(f"{ALIAS}documents/s1/A.pdf", site) == f"{ROOT}documents/s1/A.pdf"
    assert at_home(f"{ALIAS}mgAi.aspx?ID=7&LLL=0", site) == f"{ROOT}mgAi.aspx?ID=7&LLL=0"
