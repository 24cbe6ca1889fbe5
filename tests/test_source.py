"""The walk over a ModernGov site by all its doors: what it announces, and the ways in which sites differ."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest
from moderngov_site import NIGHT, ROOT, Site, held, off, sample, seen, truth, well

from archive.errors import Blocked, FetchError, LeftAlone, OutOfBudget, PageError
from archive.ids import local
from archive.listings import Announced, Door
from crawler.moderngov.doors import LISTS, Doors
from crawler.moderngov.listings import is_legacy
from crawler.moderngov.lists import MeetingLists, Span
from crawler.moderngov.source import ModernGovSource
from crawler.moderngov.urls import Method as Service
from crawler.moderngov.urls import Site as MgSite
from crawler.sample import Method, Options, Reply, Request
from crawler.source import ListsFailed


@pytest.mark.parametrize("fault", [well, off])
def test_both_doors_find_all_committees_members_and_meetings(fault: Callable[[Request], Reply | None]) -> None:
    site = Site(fault=fault)
    source = site.source()
    assert set(source.committees()) == set(sample().committees())
    listed = sample().members(ROOT)
    assert set(source.members()) == set(listed if fault is well else (replace(each, terms=()) for each in listed))
    assert seen(source.announced(None, None)) == truth()


def within(found: Iterable[Announced], since: date, until: date = date.max) -> Iterator[Announced]:
    """Those of these days: lists show others as well."""
    return (each for each in found if since <= each.start.date() <= until)


@pytest.mark.parametrize("fault", [well, off])
def test_a_span_of_days_is_all_that_is_announced_of_it(fault: Callable[[Request], Reply | None]) -> None:
    since, until = date(2025, 1, 15), date(2025, 6, 15)
    site = Site(fault=fault)
    assert seen(within(site.source().announced(since, until), since, until)) == truth(since, until)
    if fault is not off:
        assert len(site.asked_of("GetMeetings")) == 6   # one a month


def test_lists_along_links_stop_where_the_span_begins() -> None:
    site = Site(fault=off)
    source = site.source()
    dict(seen(source.announced(sample().today, None)))
    recent = len(site.asked_of("ieListMeetings"))
    dict(seen(source.announced(None, None)))
    assert recent < len(site.asked_of("ieListMeetings")) - recent or recent == len(sample().committees())


def test_a_server_that_ignores_the_days_is_asked_once_and_all_it_told_is_announced() -> None:
    def ignores(request: Request) -> Reply | None:
        if not request.path.endswith("GetMeetings"):
            return None
        return site.reply(request, sfromdate="", stodate="")

    site = Site(fault=ignores)
    since, until = date(2025, 1, 1), date(2025, 6, 30)
    assert seen(site.source().announced(since, until)) == truth()
    assert len(site.asked_of("GetMeetings")) == 1


@pytest.mark.parametrize("unknown", [("0",), ("0", "-1")])
def test_what_stands_for_all_committees_depends_on_the_site(unknown: tuple[str, ...]) -> None:
    def knows(request: Request) -> Reply | None:
        if request.path.endswith("GetMeetings") and request.parameters["lcommitteeid"] in unknown:
            return Reply(b"<getmeetings><meetingscount> 0</meetingscount></getmeetings>", "text/xml")
        return None

    days = date(2025, 1, 1), date(2025, 6, 30)
    assert seen(within(Site(fault=knows).source().announced(*days), *days)) == truth(*days)


def test_a_range_that_is_too_wide_is_asked_in_parts() -> None:
    def narrow(request: Request) -> Reply | None:
        if request.path.endswith("GetMeetings") and request.parameters["sfromdate"].endswith("1990"):
            until = int(request.parameters["stodate"][-4:])
            return Reply(b"timed out", status=500) if until > 2000 else None
        return None

    site = Site(fault=narrow)
    assert seen(site.source((LISTS,)).announced(None, None)) == truth()
    assert not site.asked_of("ieListMeetings")


def test_each_method_is_judged_on_its_own() -> None:
    site = Site(fault=lambda request: Reply(b"no", status=500) if request.path.endswith("GetMeeting") else None)
    source = site.source()
    assert seen(source.announced(None, None)) == truth()
    for _ in range(5):
        assert source.meeting(held()).meeting.items
    assert len(site.asked_of("GetMeeting?")) == 3
    assert len(site.asked_of("ieListDocuments")) == 5


def test_an_empty_budget_is_passed_on() -> None:
    site = Site(fault=lambda _: OutOfBudget(ROOT, "used up"))
    with pytest.raises(OutOfBudget):
        site.source().meeting(held())
    with pytest.raises(OutOfBudget):
        list(site.source().announced(None, None))


WALL = Reply(b"<html><script src='/_Incapsula_Resource?x=1'></script></html>")


def test_a_wall_with_status_200_is_never_content() -> None:
    source = Site(fault=lambda _: WALL).source()
    with pytest.raises(Blocked, match="bot wall"):
        source.meeting(held())
    with pytest.raises(Blocked):
        source.committees()
    with pytest.raises(Blocked):
        source.members()
    with pytest.raises(Blocked):
        list(source.announced(None, None))


def test_a_list_without_anything_is_no_list() -> None:
    def empty(request: Request) -> Reply | None:
        names = {
            "mgListCommittees.aspx": "Committees",
            "ieDocHome.aspx": "Committees",
            "mgMemberIndex.aspx": "Your Councillors",
        }
        if request.path in names:
            return Reply(f'<div id="modgov"><h1>{names[request.path]}</h1><div class="mgContent"></div></div>'.encode())
        return Reply(b"<committees><committeescount> 0</committeescount></committees>") if off(request) else None

    source = Site(fault=empty).source()
    with pytest.raises(PageError, match="expected a list of committees, found none in it"):
        source.committees()
    with pytest.raises(PageError, match="expected a list of members, found none in it"):
        source.members()


@pytest.mark.parametrize("those", [1, 12])
def test_a_committee_without_meetings_is_no_failure_but_a_council_without_any_is(those: int) -> None:
    without = {local(each.id or "") for each in sample().committees()[:those]}

    def none_of_it(request: Request) -> Reply | None:
        if request.path == "ieListMeetings.aspx" and request.parameters["cid"] in without:
            return Reply(
                b'<div id="modgov"><h1>Browse meetings</h1><div class="mgContent">'
                b'<p class="mgErrorTxt">There are no meetings for the selected period.</p></div></div>'
            )
        return off(request)

    source = Site(fault=none_of_it).source()
    if those == 1:
        assert list(source.announced(None, None))
        return
    with pytest.raises(PageError, match="a meeting in any of 12 committees, found none in their lists"):
        list(source.announced(None, None))
    assert list(source.announced(date(2025, 1, 1), None)) == list(source.announced(None, date(1999, 1, 1))) == []


def test_one_committee_that_fails_does_not_hide_the_others() -> None:
    broken = local(sample().committees()[0].id or "")

    def fault(request: Request) -> Reply | None:
        if request.path == "ieListMeetings.aspx" and request.parameters["cid"] == broken:
            return Reply(b"", status=500)
        return off(request)

    found: list[str] = []
    with pytest.raises(ListsFailed, match="1 that failed") as failed:
        found.extend(each.id for each in Site(fault=fault).source().announced(None, None))
    assert failed.value.committees == {f"ambleshire/committees/{broken}"}
    expected = {f"ambleshire/meetings/{each.id}" for each in sample().announced if str(each.committee.id) != broken}
    assert set(found) == expected


def test_links_that_go_on_and_on_are_no_list() -> None:
    broken = local(sample().committees()[0].id or "")

    def endless(request: Request) -> Reply | None:
        if request.path != "ieListMeetings.aspx" or request.parameters["cid"] != broken:
            return off(request)
        moment = int(request.parameters.get("d", "202409010000")) - 1
        link = f"ieListMeetings.aspx?Act=earlier&CId={request.parameters['cid']}&D={moment}"
        content = f'<h1>Browse meetings</h1><div class="mgContent"><a href="{link}">Earlier</a></div>'
        return Reply(f'<div id="modgov">{content}</div>'.encode())

    site = Site(fault=endless)
    lists = MeetingLists(MgSite(ROOT), site.get, sample().council(ROOT))
    with pytest.raises(PageError, match="links that go on and on"):
        lists.on_pages(sample().committees()[0], Span(date(1990, 1, 1), date(2027, 1, 1)))
    assert len(site.asked) <= 200
    with pytest.raises(ListsFailed) as failed:
        list(site.source().announced(None, None))
    assert failed.value.committees == {f"ambleshire/committees/{broken}"}


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


def without_lists(request: Request) -> Reply | None:
    return Reply(b"no", status=404) if request.path == "ieListMeetings.aspx" else off(request)


def test_where_no_committee_s_list_can_be_had_the_calendar_gives_all() -> None:
    site = Site(fault=without_lists)
    since = date(2024, 1, 1)
    assert seen(site.source().announced(since, None)) == truth(since)
    assert len(site.asked_of("ieListMeetings")) == 3    # after which that door is shut


def test_where_no_committees_are_listed_the_calendar_gives_all() -> None:
    def fault(request: Request) -> Reply | None:
        listed = request.path in ("mgListCommittees.aspx", "ieDocHome.aspx")
        return Reply(b"no", status=404) if listed else off(request)

    since = date(2024, 1, 1)
    assert seen(Site(fault=fault).source().announced(since, None)) == truth(since)


def test_lists_and_a_calendar_that_fail_are_a_failure() -> None:
    def fault(request: Request) -> Reply | None:
        return Reply(b"no", status=404) if request.path.startswith("mgCalendar") else without_lists(request)

    with pytest.raises(ListsFailed, match=r"lists of meetings of 12 committees, found 10 that failed") as failed:
        list(Site(fault=fault).source().announced(date(2024, 1, 1), None))
    assert failed.value.committees == {each.id for each in sample().committees()}


def test_each_meeting_is_announced_once_by_whatever_lists() -> None:
    known = sample().committees()
    broken = {local(each.id or "") for each in known[1:]}

    def fault(request: Request) -> Reply | None:
        if request.path == "ieListMeetings.aspx" and request.parameters["cid"] in broken:
            return Reply(b"no", status=404)
        return off(request)

    since = date(2024, 1, 1)
    found = [each.id for each in Site(fault=fault).source().announced(since, None)]
    assert len(found) == len(set(found)) == len(truth(since))


@pytest.mark.parametrize("error", [OutOfBudget, LeftAlone])
def test_a_host_that_is_to_be_left_alone_is_left_alone(error: type[FetchError]) -> None:
    site = Site(fault=lambda request: error(ROOT, "no") if request.path == "ieListMeetings.aspx" else off(request))
    with pytest.raises(error):
        list(site.source().announced(None, None))
    assert len(site.asked_of("ieListMeetings")) == 1


@pytest.mark.parametrize("listed", [True, False])
def test_legacy_meetings_are_announced_once_whether_or_not_the_service_knows_them(listed: bool) -> None:
    site = Site(Options(legacy=2024, legacy_listed=listed))
    found = list(site.source().announced(None, None))
    assert len(found) == len({each.id for each in found})
    assert {each.id for each in found} == set(truth())
    assert {is_legacy(each) for each in found if each.start.year < 2024 and "ancel" not in (each.note or "")} == {True}
    site.another(0)
    assert seen(site.source().announced(date(2025, 1, 1), None)) == truth(date(2025, 1, 1))
    assert not site.asked_of("ieListMeetings")


def test_pages_that_only_add_to_the_service_may_be_missing() -> None:
    site = Site(Options(lists=False))
    assert seen(site.source().announced(None, None)) == truth()
    assert len(site.asked_of("ieListMeetings")) == 3


@pytest.mark.parametrize("since", [None, date(2025, 1, 1)])
def test_a_service_that_says_none_of_everything_is_not_believed(since: date | None) -> None:
    site = Site(Options(methods={"GetMeetings": Method.EMPTY}))
    first = since or date.min
    assert seen(within(site.source().announced(since, None), first)) == truth(first)
    source = site.source()
    list(source.announced(since, None))
    site.another(0)
    assert seen(within(source.announced(since, None), first)) == truth(first)
    assert not site.asked_of("GetMeetings")    # it is left alone
    quiet = date(2090, 1, 1)
    assert list(within(site.source().announced(quiet, quiet), quiet)) == []


def many(count: int) -> Callable[[Request], Reply | None]:
    """The web service lists so many committees, and neither it nor the pages have a list of any one's meetings."""
    listed = "".join(f"<committee><committeeid>{at}</committeeid><committeetitle>C{at}</committeetitle></committee>"
                     for at in range(1, count + 1))

    def fault(request: Request) -> Reply | None:
        if request.path.endswith("GetCommittees"):
            return Reply(f"<committees>{listed}</committees>".encode(), "text/xml")
        return Reply(b"<script>location='/new'</script>")

    return fault


@pytest.mark.parametrize(("worked", "failures", "asked"), [(True, 0, 20), (False, 0, 6), (False, 3, 0)])
def test_ten_lists_in_a_row_that_fail_by_every_door_end_the_walk(worked: bool, failures: int, asked: int) -> None:
    site = Site(fault=many(60))
    states = {name: Door(worked=worked, failures=failures, tried=NIGHT) for name in (LISTS, Service.MEETINGS)}
    source = ModernGovSource(sample().council(ROOT), site.get, NIGHT.date(), doors=Doors(states, NIGHT))
    with pytest.raises(PageError, match="of 60 committees, found 10 that failed"):
        list(source.announced(None, None))
    assert len(site.asked) == 1 + asked + 6    # the committees, the lists, three months of the calendar by two views


def test_lists_that_fail_here_and_there_end_nothing() -> None:
    broken = {local(each.id or "") for each in sample().committees()[::2]}

    def fault(request: Request) -> Reply | None:
        if request.path == "ieListMeetings.aspx" and request.parameters["cid"] in broken:
            return Reply(b"", status=500)
        return off(request)

    source = Site(fault=fault).source()
    with pytest.raises(PageError, match=f"of 12 committees, found {len(broken)} that failed"):
        list(source.announced(None, None))


@pytest.mark.parametrize(
    "answer",
    [b"<script>location='/new'</script>", b"", b"<title>SharePoint</title><p>Sorry, this site moved</p>",
     b"<div id='modgov'><h1>Error</h1><p class='mgErrorTxt'>no</p></div>"],
)  # fmt: skip
def test_a_site_that_is_another_one_is_soon_given_up(answer: bytes) -> None:
    site = Site(fault=lambda _: Reply(answer))
    source = site.source()
    for attempt in (source.members, source.committees, lambda: list(source.announced(None, None))):
        with pytest.raises(PageError):
            attempt()
    months = 36 if b"mgErrorTxt" in answer else 3    # in a calendar's place it is a month without meetings
    assert len(site.asked) == 2 + 3 + 2 * months    # members, committees, the calendar by both views


def test_each_day_another_committee_s_list_is_asked_first() -> None:
    committees = [local(each.id or "") for each in sample().committees()]
    asked = []
    for day in range(len(committees)):
        site = Site(day=day)
        list(site.source((LISTS,)).announced(None, None))
        asked.append([parse_qs(urlsplit(each).query)["lCommitteeId"][0] for each in site.asked_of("GetMeetings")])
    assert all(sorted(each) == sorted(committees) for each in asked)
    assert sorted(each[0] for each in asked) == sorted(committees)
    first = asked[0]
    assert asked[1] == [*first[1:], first[0]]
