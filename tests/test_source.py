"""The walk over a ModernGov site by both doors: the bundled council's pages, and the ways in which sites differ."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from archive.errors import Blocked, FetchError, Gone, OutOfBudget, PageError, Unreachable
from archive.ids import local
from archive.model import Meeting, MeetingStatus, MinutesStatus
from crawler.moderngov.lists import MeetingLists, Span
from crawler.moderngov.source import ModernGovSource
from crawler.moderngov.urls import Site as MgSite
from crawler.network.answers import Answer
from crawler.sample import Options, Reply, Request, SampleCouncil, pages
from crawler.sample.site import View, read_parameters
from crawler.source import Announced, Page

ROOT = "http://127.0.0.1:8900/"


@cache
def sample() -> SampleCouncil:
    return SampleCouncil(meetings=10)


def well(_: Request) -> None:
    """No fault: both doors are open."""


def off(request: Request) -> Reply | None:
    """The web service is not there."""
    return Reply(b"no", status=404) if "mgwebservice" in request.path.lower() else None


@dataclass
class Site:
    """The sample's pages without a socket. `fault` answers first; `asked` is the log."""

    options: Options = field(default_factory=Options)
    fault: Callable[[Request], Reply | FetchError | None] = well
    asked: list[str] = field(default_factory=list)

    def get(self, url: str) -> Page:
        self.asked.append(url.removeprefix(ROOT))
        path = urlsplit(url).path.removeprefix("/").replace("%20", " ")
        request = Request("GET", path, read_parameters(url), {})
        reply = self.fault(request) or self.reply(request)
        if isinstance(reply, FetchError):
            raise reply
        location = dict(reply.headers).get("Location")
        if location is not None:
            return self.get(ROOT + location)
        return Answer(url, reply.status, "", reply.content_type, reply.body).page()

    def reply(self, request: Request, **changed: str) -> Reply:
        request = replace(request, parameters=dict(request.parameters) | changed)
        return pages.answer(View(sample(), self.options, ROOT), request)

    def source(self) -> ModernGovSource:
        return ModernGovSource(sample().council(ROOT), self.get, sample().today)

    def asked_of(self, name: str) -> list[str]:
        return [each for each in self.asked if name in each]


def truth(since: date = date.min, until: date = date.max) -> dict[str, str]:
    """Every meeting the sample announces in that time, with its start."""
    announced = (each for each in sample().announced if since <= each.day <= until)
    return {f"ambleshire/meetings/{each.id}": each.start.isoformat() for each in announced}


def seen(announced: Iterator[Announced]) -> dict[str, str]:
    return {each.id: each.start.replace(tzinfo=None).isoformat() for each in announced}


@cache
def some(status: MeetingStatus, minutes: MinutesStatus) -> Announced:
    """The latest meeting of the sample with that status."""
    newest_first = (sample().meeting(each.id) for each in reversed(sample().announced))
    one = next(each for each in newest_first if (each.status, each.minutes) == (status, minutes))
    assert one.id is not None
    assert one.committee is not None
    assert one.start is not None
    return Announced(one.id, one.committee, one.start)


def held() -> Announced:
    return some(MeetingStatus.HELD, MinutesStatus.PUBLISHED)


def words(meeting: Meeting) -> list[list[str]]:
    return [[paragraph.text for paragraph in item.paragraphs] for item in meeting.items]


@pytest.mark.parametrize("fault", [well, off])
def test_both_doors_find_all_committees_members_and_meetings(fault: Callable[[Request], Reply | None]) -> None:
    site = Site(fault=fault)
    source = site.source()
    assert set(source.committees()) == set(sample().committees())
    assert set(source.members()) == set(sample().members(ROOT))
    assert seen(source.announced(None, None)) == truth()


@pytest.mark.parametrize("fault", [well, off])
def test_a_span_of_days_is_all_that_is_announced_of_it(fault: Callable[[Request], Reply | None]) -> None:
    since, until = date(2025, 1, 15), date(2025, 6, 15)
    site = Site(fault=fault)
    assert seen(site.source().announced(since, until)) == truth(since, until)
    if fault is not off:
        assert len(site.asked_of("GetMeetings")) == 6   # one a month


def test_lists_along_links_stop_where_the_span_begins() -> None:
    site = Site(fault=off)
    source = site.source()
    dict(seen(source.announced(sample().today, None)))
    recent = len(site.asked_of("ieListMeetings"))
    dict(seen(source.announced(None, None)))
    assert recent < len(site.asked_of("ieListMeetings")) - recent or recent == len(sample().committees())


def test_a_server_that_ignores_the_days_is_filtered_and_asked_once() -> None:
    def ignores(request: Request) -> Reply | None:
        if not request.path.endswith("GetMeetings"):
            return None
        return site.reply(request, sfromdate="", stodate="")

    site = Site(fault=ignores)
    since, until = date(2025, 1, 1), date(2025, 6, 30)
    assert seen(site.source().announced(since, until)) == truth(since, until)
    assert len(site.asked_of("GetMeetings")) == 1


@pytest.mark.parametrize("unknown", [("0",), ("0", "-1")])
def test_what_stands_for_all_committees_depends_on_the_site(unknown: tuple[str, ...]) -> None:
    def knows(request: Request) -> Reply | None:
        if request.path.endswith("GetMeetings") and request.parameters["lcommitteeid"] in unknown:
            return Reply(b"<getmeetings><meetingscount> 0</meetingscount></getmeetings>", "text/xml")
        return None

    days = date(2025, 1, 1), date(2025, 6, 30)
    assert seen(Site(fault=knows).source().announced(*days)) == truth(*days)


def test_a_range_that_is_too_wide_is_asked_in_parts() -> None:
    def narrow(request: Request) -> Reply | None:
        if request.path.endswith("GetMeetings") and request.parameters["sfromdate"].endswith("1990"):
            until = int(request.parameters["stodate"][-4:])
            return Reply(b"timed out", status=500) if until > 2000 else None
        return None

    site = Site(fault=narrow)
    assert seen(site.source().announced(None, None)) == truth()
    assert not site.asked_of("ieListMeetings")


def test_each_method_is_judged_on_its_own() -> None:
    site = Site(fault=lambda request: Reply(b"no", status=500) if request.path.endswith("GetMeeting") else None)
    source = site.source()
    assert seen(source.announced(None, None)) == truth()
    for _ in range(5):
        assert source.meeting(held()).meeting.items
    assert len(site.asked_of("GetMeeting?")) == 3
    assert len(site.asked_of("ieListDocuments")) == 5


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


def test_a_site_that_goes_down_within_a_meeting_gives_no_half_of_it() -> None:
    def fault(request: Request) -> Reply | FetchError | None:
        return Unreachable(ROOT, "no answer") if request.path == "mgMeetingAttendance.aspx" else off(request)

    with pytest.raises(Unreachable):
        Site(fault=fault).source().meeting(held()).meeting


def test_an_empty_budget_is_passed_on() -> None:
    site = Site(fault=lambda _: OutOfBudget(ROOT, "used up"))
    with pytest.raises(OutOfBudget):
        site.source().meeting(held()).meeting
    with pytest.raises(OutOfBudget):
        list(site.source().announced(None, None))


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


WALL = Reply(b"<html><script src='/_Incapsula_Resource?x=1'></script></html>")


def test_a_wall_with_status_200_is_never_content() -> None:
    source = Site(fault=lambda _: WALL).source()
    with pytest.raises(Blocked, match="bot wall"):
        source.meeting(held()).meeting
    with pytest.raises(Blocked):
        source.committees()
    with pytest.raises(Blocked):
        source.members()
    with pytest.raises(Blocked):
        list(source.announced(None, None))


def test_a_list_without_anything_is_no_list() -> None:
    def empty(request: Request) -> Reply | None:
        names = {"mgListCommittees.aspx": "Committees", "mgMemberIndex.aspx": "Your Councillors"}
        if request.path in names:
            return Reply(f'<div id="modgov"><h1>{names[request.path]}</h1><div class="mgContent"></div></div>'.encode())
        return Reply(b"<committees><committeescount> 0</committeescount></committees>") if off(request) else None

    source = Site(fault=empty).source()
    with pytest.raises(PageError, match="expected a list of committees, found none in it"):
        source.committees()
    with pytest.raises(PageError, match="expected a list of members, found none in it"):
        source.members()


def test_a_committee_without_meetings_is_no_failure() -> None:
    def none_of_it(request: Request) -> Reply | None:
        if request.path == "ieListMeetings.aspx":
            return Reply(
                b'<div id="modgov"><h1>Browse meetings</h1><div class="mgContent">'
                b'<p class="mgErrorTxt">There are no meetings for the selected period.</p></div></div>'
            )
        return off(request)

    assert list(Site(fault=none_of_it).source().announced(None, None)) == []


def test_one_committee_that_fails_does_not_hide_the_others() -> None:
    broken = local(sample().committees()[0].id or "")

    def fault(request: Request) -> Reply | None:
        if request.path == "ieListMeetings.aspx" and request.parameters["cid"] == broken:
            return Reply(b"", status=500)
        return off(request)

    found: list[str] = []
    with pytest.raises(PageError, match="1 that failed"):
        found.extend(each.id for each in Site(fault=fault).source().announced(None, None))
    expected = {f"ambleshire/meetings/{each.id}" for each in sample().announced if str(each.committee.id) != broken}
    assert set(found) == expected


def test_links_that_go_on_and_on_are_no_list() -> None:
    def endless(request: Request) -> Reply | None:
        moment = int(request.parameters.get("d", "202409010000")) - 1
        link = f"ieListMeetings.aspx?Act=earlier&CId={request.parameters['cid']}&D={moment}"
        content = f'<h1>Browse meetings</h1><div class="mgContent"><a href="{link}">Earlier</a></div>'
        return Reply(f'<div id="modgov">{content}</div>'.encode())

    site = Site(fault=endless)
    lists = MeetingLists(MgSite(ROOT), site.get, sample().council(ROOT))
    with pytest.raises(PageError, match="links that go on and on"):
        lists.on_pages(sample().committees()[0], Span(date(1990, 1, 1), date(2027, 1, 1)))
    assert len(site.asked) <= 200


def test_people_are_linked_to_who_attended_and_to_the_members_that_are_known() -> None:
    known = ((), sample().members(ROOT))
    sources = (ModernGovSource(sample().council(ROOT), Site().get, sample().today, members) for members in known)
    meetings = [source.meeting(held()).meeting for source in sources]
    linked = [{person.member for item in each.items for person in item.people} - {None} for each in meetings]
    assert linked[0] <= {each.member for each in meetings[0].attendance}
    assert len(linked[0]) > 1
    assert linked[0] <= linked[1]


@pytest.mark.parametrize(
    ("since", "until", "months"),
    [
        (date(2024, 1, 31), date(2024, 3, 1),
         ["2024-01-31 2024-01-31", "2024-02-01 2024-02-29", "2024-03-01 2024-03-01"]),
        (date(2023, 12, 31), date(2024, 1, 1), ["2023-12-31 2023-12-31", "2024-01-01 2024-01-01"]),
        (date(2024, 2, 2), date(2024, 2, 1), []),
    ],
)  # fmt: skip
def test_months_of_a_span(since: date, until: date, months: list[str]) -> None:
    assert [f"{each.since} {each.until}" for each in Span(since, until).months()] == months


def test_chunks_cover_a_span_without_a_gap() -> None:
    chunks = list(Span(date(1990, 1, 1), date(2027, 9, 30)).chunks())
    assert (chunks[0].since, chunks[-1].until) == (date(1990, 1, 1), date(2027, 9, 30))
    assert all((after.since - before.until).days == 1 for before, after in pairwise(chunks))

