"""One look at one meeting: by either door, with what its page leaves out, and what cannot be had."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from moderngov_site import ROOT, Site, held, off, sample, some, well, words

from archive.errors import Blocked, FetchError, Gone, LeftAlone, OutOfBudget, PageError, Unreachable
from archive.ids import local
from archive.model import AttendanceStatus, Meeting, MeetingStatus, MinutesStatus
from crawler.moderngov.source import ModernGovSource
from crawler.sample import Options, Reply, Request
from crawler.source import Page

NUMBER = local(held().id)
PRINTED = frozenset([int(NUMBER)])
BY_SERVICE = {"addresses", "documents", "draft", "title", "votes"}
BY_PAGES = {"addresses", "restricted", "status"}
"""What each door does not tell."""


def length(meeting: Meeting) -> int:
    """How many characters that are no spaces its minutes have."""
    return sum(len("".join(text.split())) for item in words(meeting) for text in item)


def test_both_doors_read_the_same_minutes() -> None:
    by_service, by_pages = Site().source().meeting(held()).meeting, Site(fault=off).source().meeting(held()).meeting
    assert words(by_service) == words(by_pages)
    assert words(by_service) != [[]] * len(by_service.items)
    assert [each.id for each in by_service.items] == [each.id for each in by_pages.items]
    assert by_service.url == by_pages.url
    for each in (by_service, by_pages):
        assert (each.committee, each.start) == (held().committee, held().start)


def test_a_meeting_costs_one_request_by_the_service() -> None:
    site = Site()
    site.source().meeting(held())
    assert site.asked == [f"mgWebService.asmx/GetMeeting?lMeetingId={local(held().id)}"]


def test_cut_texts_are_read_from_the_items_own_pages() -> None:
    whole = Site(fault=off).source().meeting(held()).meeting
    site = Site(Options(truncate=120), off)
    assert words(site.source().meeting(held()).meeting) == words(whole)
    assert site.asked_of("mgAi.aspx")


def test_attendance_is_read_from_its_own_page() -> None:
    site = Site(fault=off)
    by_service, by_pages = Site().source().meeting(held()).meeting, site.source().meeting(held()).meeting
    assert {each.name for each in by_pages.attendance} == {each.name for each in by_service.attendance} != set()


@pytest.mark.parametrize("error", [Blocked, Gone, Unreachable])
def test_a_part_that_cannot_be_had_is_told_and_the_rest_is_read(error: type[FetchError]) -> None:
    def fault(request: Request) -> Reply | FetchError | None:
        return error(ROOT, "no") if request.path == "mgMeetingAttendance.aspx" else off(request)

    reading = Site(fault=fault).source().meeting(held())
    [shortfall] = reading.shortfalls
    assert reading.meeting.items
    assert reading.meeting.attendance == ()
    assert reading.untold == BY_PAGES | {"attendance"}
    assert (shortfall.what, shortfall.where) == ("attendance", f"{ROOT}mgMeetingAttendance.aspx?ID={NUMBER}")
    assert type(shortfall.error) is error


def test_who_sent_apologies_is_read_from_their_item_where_the_site_lists_nobody() -> None:
    def emptied(request: Request) -> Reply | None:
        if request.path == "mgMeetingAttendance.aspx":
            return Reply(re.sub(rb"<tr>.*</tr>", b"", site.reply(request).body, flags=re.DOTALL))
        return off(request)

    def unlisted(request: Request) -> Reply | None:
        reply = site.reply(request)
        return Reply(reply.body.replace(b"attendee", b"nobody"), reply.content_type)

    listed = Site().source().meeting(held()).meeting.attendance
    absent = {each.name.split()[-1] for each in listed if each.status is AttendanceStatus.APOLOGIES}
    for fault in (emptied, unlisted):
        site = Site(fault=fault)
        read = site.source().meeting(held()).meeting.attendance
        assert {each.name.split()[-1] for each in read if each.status is AttendanceStatus.APOLOGIES} == absent != set()
        assert AttendanceStatus.PRESENT not in {each.status for each in read}
        assert len(site.asked_of("mgMeetingAttendance.aspx")) == (fault is emptied)


@pytest.mark.parametrize("error", [OutOfBudget, LeftAlone, ZeroDivisionError])
def test_what_is_no_fault_of_a_part_is_passed_on(error: type[Exception]) -> None:
    def get(url: str) -> Page:
        if "Attendance" in url:
            raise error(url, "no")
        return site.get(url)

    site = Site(fault=off)
    with pytest.raises(error):
        ModernGovSource(sample().council(ROOT), get, sample().today).meeting(held())


def test_the_page_of_a_cut_item_that_fails_leaves_its_cut_text() -> None:
    def fault(request: Request) -> Reply | None:
        return Reply(b"no", status=404) if request.path == "mgAi.aspx" else off(request)

    reading = Site(Options(truncate=120), fault).source().meeting(held())
    assert reading.untold > BY_PAGES
    assert reading.untold - BY_PAGES < {each.id for each in reading.meeting.items}
    assert {each.what for each in reading.shortfalls} == {"item"}
    assert all("mgAi.aspx?ID=" in each.where for each in reading.shortfalls)
    assert any(words(reading.meeting))


def test_the_service_never_tells_a_meeting_s_own_documents_nor_votes() -> None:
    by_service, by_pages = Site().source().meeting(held()), Site(fault=off).source().meeting(held())
    assert (by_service.untold, by_service.shortfalls) == (BY_SERVICE, ())
    assert (by_pages.untold, by_pages.shortfalls) == (BY_PAGES, ())
    assert by_pages.meeting.documents


def test_an_agenda_by_the_service_is_worth_having_without_the_page_that_has_the_minutes() -> None:
    def fault(request: Request) -> Reply | None:
        return Reply(b"no", status=404) if request.path == "ieListDocuments.aspx" else None

    reading = Site(Options(printed_only=PRINTED), fault).source().meeting(held())
    assert reading.meeting.items
    assert reading.untold == BY_SERVICE | {"paragraphs"}
    assert [each.what for each in reading.shortfalls] == ["minutes"]


@pytest.mark.parametrize("fault", [well, off])
def test_minutes_in_print_alone_are_read_from_the_print(fault: Callable[[Request], Reply | None]) -> None:
    site = Site(Options(printed_only=PRINTED), fault)
    whole = site.source().meeting(held()).meeting
    assert length(whole) > 0.8 * length(Site().source().meeting(held()).meeting)
    assert len(site.asked_of("T=1")) == 1


def test_a_print_that_cannot_be_read_leaves_the_agenda() -> None:
    def fault(request: Request) -> Reply | None:
        return Reply(b"%PDF-1.4 broken", "application/pdf") if request.path.startswith("documents/g") else None

    reading = Site(Options(printed_only=PRINTED), fault).source().meeting(held())
    meeting = reading.meeting
    assert meeting.items
    assert reading.untold == BY_SERVICE - {"documents", "votes"} | {"paragraphs"}
    assert [each.what for each in reading.shortfalls] == ["printed minutes"]
    assert words(meeting) == [[]] * len(meeting.items)


def test_what_the_list_says_of_a_cancelled_meeting_counts() -> None:
    announced = replace(some(MeetingStatus.SCHEDULED, MinutesStatus.NONE), note="Cancelled")
    assert Site().source().meeting(announced).meeting.status is MeetingStatus.CANCELLED


def test_another_meeting_s_reply_is_not_taken_for_this_one_s() -> None:
    def wrong(request: Request) -> Reply | None:
        other = str(sample().announced[0].id)
        return site.reply(request, lmeetingid=other) if request.path.endswith("GetMeeting") else None

    site = Site(fault=wrong)
    assert words(site.source().meeting(held()).meeting) == words(Site().source().meeting(held()).meeting)
    assert site.asked_of("ieListDocuments")


def test_people_are_linked_to_who_attended_and_to_the_members_that_are_known() -> None:
    known = ((), sample().members(ROOT))
    sources = (ModernGovSource(sample().council(ROOT), Site().get, sample().today, members) for members in known)
    meetings = [source.meeting(held()).meeting for source in sources]
    linked = [{person.member for item in each.items for person in item.people} - {None} for each in meetings]
    assert linked[0] <= {each.member for each in meetings[0].attendance}
    assert len(linked[0]) > 1
    assert linked[0] <= linked[1]


@pytest.mark.parametrize("link", ["mgMeetingAttendance.aspx?ID=7", "documents/g7/Agenda frontsheet.pdf?T=0"])
def test_the_page_of_another_meeting_is_not_taken_for_this_one_s(link: str) -> None:
    with pytest.raises(PageError, match=rf"expected meeting {NUMBER}, found meeting 7"):
        Site(fault=page_with(f'<a href="{link}">Its own</a>')).source().meeting(held())


@pytest.mark.parametrize(
    "links",
    [
        "",
        '<a href="ieListDocuments.aspx?CId=1&MId=7">Previous meeting</a>',
        '<a href="mgMeetingAttendance.aspx?ID={0}">Attendance</a> <a href="documents/g7/Minutes.pdf?T=1">The last</a>',
        '<a href="documents/g7/Frontsheet.pdf?T=0">Moved</a> <a href="ieListDocuments.aspx?MID={0}#AI5">Item</a>',
    ],
)
def test_links_to_other_meetings_prove_nothing(links: str) -> None:
    assert Site(fault=page_with(links.format(NUMBER))).source().meeting(held()).meeting.items


def test_a_page_that_breaks_off_is_not_half_a_meeting() -> None:
    def cut(request: Request) -> Reply | None:
        if request.path != "ieListDocuments.aspx":
            return off(request)
        whole = site.reply(request).body
        return Reply(whole[: len(whole) * 2 // 3])

    site = Site(fault=cut)
    with pytest.raises(PageError, match="breaks off"):
        site.source().meeting(held())


def page_with(links: str) -> Callable[[Request], Reply | None]:
    """A meeting's page of one item that has these links above it; the web service is off."""
    row = '<tr><td class="mgItemNumberCell">1.</td><td><a name="AI5"></a><p class="mgAiTitleTxt">Buses</p></td></tr>'
    html = (
        f'<div id="modgov"><h1>Agenda</h1><h2>Council - 1 March 2020 6.30 pm</h2><div class="mgContent">{links}'
        f'<table class="mgItemTable">{row}</table></div></div>'
    )
    return lambda request: Reply(html.encode()) if request.path == "ieListDocuments.aspx" else off(request)
