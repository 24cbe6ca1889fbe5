"""What is found when doors of a site are shut or lie: every meeting, by the way that is left."""

from urllib.parse import urlsplit

import pytest
from nights import COUNCIL, FewMeetings, Home, Serving, meetings_asked, mended, pages, parameters, truth

from archive.model import MinutesStatus
from crawler.sample import Method, Served

MEETINGS, COMMITTEES = len(COUNCIL.announced), len(COUNCIL.specs)
TEN_YEARS = FewMeetings(every=61)
SERVICE = ("GetCouncillorsByWard", "GetCommittees", "GetMeetings", "GetMeeting")


def assert_all_held(home: Home, site: Served) -> None:
    held, true = home.held(), truth(site)
    assert set(held) == set(true)
    for identifier, meeting in true.items():
        assert [item.id for item in held[identifier].items] == [item.id for item in meeting.items]
        assert [p.text for item in held[identifier].items for p in item.paragraphs] == [
            p.text for item in meeting.items for p in item.paragraphs]


@pytest.mark.parametrize("wrong", [Method.OFF, Method.ERROR, Method.BLOCKED, Method.WRONG, Method.EMPTY])
def test_the_service_is_off(home: Home, serving: Serving, wrong: Method) -> None:
    with serving(methods={"*": wrong}) as site:
        first = home.crawl()
        night = pages(site.log)
        assert (first.status, first.counts["new"] + first.counts["none published"]) == (0, MEETINGS)
        assert_all_held(home, site)
        assert [night[name] for name in ("GetCouncillorsByWard", "GetCommittees", "GetMeeting")] == [1, 1, 3]
        assert night["GetMeetings"] <= 2 * COMMITTEES
        assert [night["ieListMeetings.aspx"], night["ieListDocuments.aspx"]] == [COMMITTEES, MEETINGS]
        before = len(site.log)
        home.clock.skip(1)
        second = home.crawl()
        assert (second.status, second.counts["same"]) == (0, first.counts["new"])
        assert not {"GetMeetings", "GetMeeting"} & pages(site.log[before:]).keys()    # it is remembered
        assert home.status()[0] == 0


@pytest.mark.parametrize(
    ("method", "instead", "times"),
    [
        ("GetCouncillorsByWard", "mgMemberIndex.aspx", 1),
        ("GetCommittees", "mgListCommittees.aspx", 1),
        ("GetMeetings", "ieListMeetings.aspx", COMMITTEES),
        ("GetMeeting", "ieListDocuments.aspx", MEETINGS),
    ],
)
def test_one_method_is_off_and_the_others_are_used(
    home: Home, serving: Serving, method: str, instead: str, times: int
) -> None:
    with serving(methods={method: Method.OFF}) as site:
        assert home.crawl().status == 0
        night = pages(site.log)
        assert night[instead] == times
        whole = {"GetCouncillorsByWard": 1, "GetCommittees": 1, "GetMeetings": COMMITTEES, "GetMeeting": MEETINGS}
        assert {name: night[name] for name in SERVICE if name != method} == {
            name: count for name, count in whole.items() if name != method}
        assert night[method] <= 3
        assert_all_held(home, site)
        with home.store() as store:
            listed = {each.id for each in COUNCIL.members()}
            assert listed <= {each.id for each in store.members()}
            assert {each.id for each in store.committees()} == {each.id for each in COUNCIL.committees()}


def test_the_service_is_open_again_after_a_week(home: Home, serving: Serving) -> None:
    with serving(service=False) as site:
        home.crawl()
        mended(site)
        for day in (1, 7):
            before = len(site.log)
            home.clock.skip(day)
            assert home.crawl().status == 0
            assert (pages(site.log[before:])["GetMeeting"] > 0) == (day == 7)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (("0", "-1"), ["0", "0"]),
        (("-1",), ["0", "0", "-1", "-1"]),
        ((), ["0", "0", "-1", "-1", "172", "132", "170", "130"]),
    ],
)
def test_which_number_means_all_committees(
    home: Home, serving: Serving, known: tuple[str, ...], expected: list[str]
) -> None:
    with serving(all_committees=frozenset(known)) as site:
        assert home.crawl("--since", "2026-08-01", "--until", "2026-09-30").status == 0
        lists = [parameters(each)["lcommitteeid"] for each in site.log if "GetMeetings?" in each.target]
        assert sorted(lists) == sorted(expected)
        assert lists[:4] == expected[:4]
        wanted = [each for each in COUNCIL.announced if "2026-08-01" <= str(each.day) <= "2026-09-30"]
        assert sorted(meetings_asked(site.log, "GetMeeting")) == sorted(str(each.id) for each in wanted)


def test_a_date_filter_is_ignored(home: Home, serving: Serving) -> None:
    with serving(ignores_dates=True) as site:
        report = home.crawl("--since", "2026-09-01", "--until", "2026-09-30")
        wanted = sorted(str(each.id) for each in COUNCIL.announced if "2026-09-01" <= str(each.day) <= "2026-09-30")
        assert (report.status, report.counts["announced"]) == (0, len(wanted))
        assert sorted(meetings_asked(site.log, "GetMeeting")) == wanted
        before = len(site.log)
        home.clock.skip(1)
        second = home.crawl()
        assert second.status == 0
        assert pages(site.log[before:])["GetMeetings"] <= COMMITTEES
        assert_all_held(home, site)


def test_only_the_calendar_is_left(home: Home, serving: Serving) -> None:
    with serving(service=False, lists=False) as site:
        report = home.crawl("--since", "2026-07-01")
        night = pages(site.log)
        assert (report.status, report.counts["announced"]) == (0, MEETINGS)
        assert night["ieListMeetings.aspx"] <= COMMITTEES
        assert night["mgCalendarMonthView.aspx"] > 3
        assert "mgCalendarWeekView.aspx" not in night    # robots.txt does not allow it
        assert_all_held(home, site)


def test_ten_years_are_found_by_the_links_to_earlier_meetings(home: Home, serving: Serving) -> None:
    with serving(TEN_YEARS, service=False) as site:
        assert home.crawl().status == 0
        assert_all_held(home, site)
        lists = [each.target for each in site.log if "ieListMeetings" in each.target]
        assert len(lists) == len(set(lists))


@pytest.mark.parametrize("options", [{"service": False}, {}, {"legacy_listed": True}])
def test_legacy_meetings_are_read_from_their_one_page(home: Home, serving: Serving, options: dict[str, bool]) -> None:
    old = [each for each in TEN_YEARS.announced if each.day.year < 2020 and not each.fate]
    legacy = {f"ambleshire/meetings/{each.id}" for each in old}
    with serving(TEN_YEARS, legacy=2020, **options) as site:
        report = home.crawl()
        asked_by_page = meetings_asked(site.log, "CeListDocuments.aspx")
        true, held = truth(site), home.held()
        assert report.status == 0, report.failures
        assert sorted(asked_by_page) == sorted(each.rsplit("/", 1)[1] for each in legacy)
        assert set(held) == set(true)
        for identifier in legacy:
            texts = " ".join(p.text for item in held[identifier].items for p in item.paragraphs)
            said = [p.text for item in true[identifier].items for p in item.paragraphs]
            assert held[identifier].minutes is MinutesStatus.PUBLISHED
            assert sum(each in texts for each in said) > 0.9 * len(said)


def on_two_hosts(site: Served) -> dict[str, list[str]]:
    other = urlsplit(site.url).netloc.replace("127.0.0.1", "localhost")
    return {"aliases": [other], "allow": [other]}


@pytest.mark.parametrize("options", [{"service": False}, {}, {"service": False, "prefix": "/moderngov"}])
def test_a_meeting_of_many_addresses_is_one_meeting(home: Home, serving: Serving, options: dict[str, object]) -> None:
    with serving(aliases=True, settings=on_two_hosts, **options) as site:
        report = home.crawl()
        assert (report.status, report.counts["announced"]) == (0, MEETINGS)
        assert_all_held(home, site)
        name = "GetMeeting" if not options else "ieListDocuments.aspx"
        assert sorted(meetings_asked(site.log, name)) == sorted(COUNCIL.numbers())
