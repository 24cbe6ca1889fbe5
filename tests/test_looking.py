"""One look at one meeting: by either door, with what its page leaves out, and what cannot be had."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from moderngov_site import ROOT, Site, held, off, sample, some, well, words

from archive.errors import Blocked, FetchError, Gone
from archive.ids import local
from archive.model import MeetingStatus, MinutesStatus
from crawler.moderngov.source import ModernGovSource
from crawler.sample import Options, Reply, Request


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
    site.source().meeting(held()).meeting
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


@pytest.mark.parametrize("error", [Blocked, Gone])
def test_a_meeting_without_its_attendance_is_still_worth_having(error: type[FetchError]) -> None:
    def fault(request: Request) -> Reply | FetchError | None:
        return error(ROOT, "no") if request.path == "mgMeetingAttendance.aspx" else off(request)

    meeting = Site(fault=fault).source().meeting(held()).meeting
    assert meeting.items
    assert meeting.attendance == ()


@pytest.mark.parametrize("fault", [well, off])
def test_minutes_in_print_alone_are_read_from_the_print(fault: Callable[[Request], Reply | None]) -> None:
    printed = frozenset([int(local(held().id))])
    site = Site(Options(printed_only=printed), fault)
    whole = site.source().meeting(held()).meeting
    wanted = sum(map(len, " ".join(text for item in words(Site().source().meeting(held()).meeting) for text in item).split()))
    got = sum(map(len, " ".join(text for item in words(whole) for text in item).split()))
    assert got > 0.8 * wanted
    assert len(site.asked_of("T=1")) == 1


def test_a_print_that_cannot_be_read_leaves_the_agenda() -> None:
    def fault(request: Request) -> Reply | None:
        return Reply(b"%PDF-1.4 broken", "application/pdf") if request.path.startswith("documents/g") else None

    site = Site(Options(printed_only=frozenset([int(local(held().id))])), fault)
    meeting = site.source().meeting(held()).meeting
    assert meeting.items
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
