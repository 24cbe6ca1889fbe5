"""Budgets, dry runs, several councils at once, and books that agree with the log of the site."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from nights import AGENT, COUNCIL, SPEED, Home, Serving, asked, meetings_asked

from archive.home import Home as Folder
from archive.model import CouncilId
from crawler.sample import Logged, Options, Served, faults, serve

MEETINGS, COMMITTEES = len(COUNCIL.announced), len(COUNCIL.specs)


@pytest.mark.parametrize("budget", [1, 3, 8, 10])
def test_a_budget_of_requests_is_kept_to_the_request(home: Home, serving: Serving, budget: int) -> None:
    with serving() as site:
        report = home.crawl("--max-requests", str(budget))
        assert len(site.log) == budget == report.report["requests"]
        assert f"{budget} requests are used up" in report.report["stopped"]
        assert (report.status, report.failures) == (0, [])    # the operator's own limit: nobody need look


def test_the_next_night_goes_on_where_the_budget_ended(home: Home, serving: Serving) -> None:
    with serving() as site:
        home.crawl("--max-requests", "14")
        assert home.status()[1]["state"] == "incomplete"
        before, held = len(site.log), set(home.held())
        second = home.crawl()
        assert set(home.held()) == {each.id for each in COUNCIL.meetings()}
        assert 0 < len(held) < MEETINGS
        later = meetings_asked(site.log[before:], "GetMeeting")
        fresh = [each for each in COUNCIL.numbers() if f"ambleshire/meetings/{each}" not in held]
        assert [each for each in later if each in fresh] == fresh    # the newest first
        assert (second.status, home.status()[1]["state"]) == (0, "ok")


def test_nights_of_a_small_budget_come_to_the_end(home: Home, serving: Serving) -> None:
    with serving() as site:
        nights = 0
        while len(home.held() if nights else {}) < MEETINGS:
            nights += 1
            before = len(site.log)
            home.crawl("--max-requests", "14")
            assert len(site.log) - before <= 14
            home.clock.skip(1)
            assert nights <= MEETINGS
        assert set(home.held()) == {each.id for each in COUNCIL.meetings()}


def test_a_budget_of_minutes_is_kept(home: Home, serving: Serving) -> None:
    with serving() as site:
        report = home.crawl("--max-minutes", "0.5", "--delay", "5")
        assert (site.log[-1].began - site.log[0].began) * SPEED < 60
        assert 2 <= len(site.log) <= 7    # robots.txt, then one in five of the thirty seconds
        assert (report.status, "minutes are used up" in report.report["stopped"]) == (0, True)
        assert home.crawl().status == 0
        assert len(home.held()) == MEETINGS


def test_a_dry_run_asks_for_lists_alone_and_saves_nothing(home: Home, serving: Serving) -> None:
    with serving() as site:
        report = home.crawl("--dry-run")
        assert set(asked(site.log)) <= {"robots.txt", "GetCommittees", "GetMeetings", "ieListMeetings.aspx"}
        assert [each["id"].rsplit("/", 1)[1] for each in report.report["planned"]] == COUNCIL.numbers()
        with home.store() as store:
            assert (store.counts().meetings, store.listings(CouncilId("ambleshire")),
                    store.runs(CouncilId("ambleshire"))) == (0, {}, ())
        before = len(site.log)
        assert home.crawl().status == 0
        assert meetings_asked(site.log[before:], "GetMeeting") == COUNCIL.numbers()    # as it was planned


@contextmanager
def two_councils(home: Home, delay: float) -> Iterator[tuple[Served, Served]]:
    slow = Options(fault=faults.slow(seconds=delay))
    with serve(COUNCIL, options=slow) as one, serve(COUNCIL.later(), options=slow) as other:
        home.add(one.url, "ambleshire")
        home.add(other.url, "barsetshire")
        yield one, other


def overlaps(one: list[Logged], other: list[Logged]) -> int:
    return sum(a.began < b.ended and b.began < a.ended for a in one for b in other)


def test_two_councils_are_asked_side_by_side_and_each_one_at_a_time(home: Home) -> None:
    with two_councils(home, 0.03) as (one, other):
        answer = home.crawl("--jobs", "2", "--since", "2026-10-01")
        assert [each["counts"]["failed"] for each in answer.json] == [0, 0]
        assert (one.most_at_once(), other.most_at_once()) == (1, 1)
        assert overlaps(one.log, other.log) >= 3
        assert {each.user_agent for each in (*one.log, *other.log)} == {AGENT}


def test_by_default_one_council_comes_after_the_other(home: Home) -> None:
    with two_councils(home, 0.01) as (one, other):
        assert home.crawl("--since", "2026-10-01").status == 0
        assert overlaps(one.log, other.log) == 0


def test_councils_under_one_registered_domain_are_asked_in_one_queue(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On loopback each port is a domain of its own, so here the rule for what is one domain is made to name both."""
    monkeypatch.setattr("crawler.network.queues.Queues.key", lambda *_: "moderngov.co.uk")
    with two_councils(home, 0.01) as (one, other):
        answer = home.crawl("--jobs", "2", "--since", "2026-10-01", "--delay", "1")
        assert answer.status == 0
        both = sorted((*one.log, *other.log), key=lambda each: each.began)
        assert min(later.began - sooner.ended for sooner, later in pairwise(both)) >= 1 / SPEED * 0.99
        hosts = [each.host for each in both]
        assert sum(a != b for a, b in pairwise(hosts)) > 3    # in turns, so that none starves


def test_a_council_that_fails_stops_no_other(home: Home) -> None:
    with serve(COUNCIL, options=Options(fault=faults.wall())) as one, serve(COUNCIL) as other:
        home.add(one.url, "ambleshire")
        home.add(other.url, "barsetshire")
        answer = home.crawl("--jobs", "2")
        assert answer.status == 1
        states = {each["id"]: each["state"] for each in home.run("--json", "status").json["councils"]}
        assert states == {"ambleshire": "failing", "barsetshire": "ok"}
        assert len(home.held("barsetshire")) == MEETINGS


def test_every_request_names_us_and_whom_to_ask(home: Home, serving: Serving) -> None:
    with serving(service=False, truncate=300, fault=faults.busy(every=7, retry_after=1)) as site:
        home.crawl()
        assert {each.user_agent for each in site.log} == {AGENT}
        assert "clerk@example.org" in AGENT
        assert not any({"Cookie", "Authorization"} & each.headers.keys() for each in site.log)
        assert {each.method for each in site.log} == {"GET"}


@pytest.mark.parametrize("options", [{}, {"service": False}])
def test_the_ledger_is_the_log_of_the_site_line_by_line(
    home: Home, serving: Serving, options: dict[str, bool]
) -> None:
    with serving(fault=faults.busy(every=6, retry_after=1), **options) as site:
        report = home.crawl()
        with home.store() as store:
            lines = list(store.requests(CouncilId("ambleshire")))
        log = site.asked()
        targets = [f"{urlsplit(each.url).path}?{urlsplit(each.url).query}".rstrip("?") for each in lines]
        assert targets == [each.target for each in log]
        assert [each.status for each in lines] == [each.status for each in log]
        assert [each.size for each in lines] == [each.size for each in log]
        assert [each.waited is None for each in lines] == [True] + [False] * (len(log) - 1)
        assert len(lines) == report.report["requests"]
        summed = home.run("--json", "status", "--requests").json
        [host] = summed["hosts"]
        assert summed["user_agent"] == AGENT
        assert (host["requests"], host["bytes"]) == (len(log), sum(each.size for each in log))
        assert sum(host["statuses"].values()) == len(log)
        assert host["statuses"]["503"] == sum(each.status == 503 for each in log) > 0
        assert host["reasons"]["robots.txt"] == 1
        assert sum(host["reasons"].values()) == len(log)


def test_what_a_request_was_for_is_told(home: Home, serving: Serving) -> None:
    with serving() as site:
        home.crawl()
        with home.store() as store:
            whys = {each.url.removeprefix(site.url).partition("?")[0]: each.why for each in store.requests()}
        assert whys["robots.txt"] == "robots.txt"
        assert whys["mgWebService.asmx/GetCommittees"] == "list of committees"
        assert whys["mgWebService.asmx/GetMeetings"] == "list of meetings"
        assert whys["mgWebService.asmx/GetMeeting"].startswith("ambleshire/meetings/")


def test_a_second_crawl_on_the_same_home_is_refused_and_asks_nothing(home: Home, serving: Serving) -> None:
    with serving() as site, Folder(home.folder).lock("crawl"):
        answer = home.crawl()
        assert (answer.status, answer.out, site.log) == (2, "", [])
        assert "crawl" in answer.err
        assert answer.err.count("\n") == 1


def test_budgets_smaller_than_the_lists_come_to_the_end_all_the_same(home: Home, serving: Serving) -> None:
    """A first crawl asks eleven lists before any meeting; where they used up a night, meetings come first the next."""
    with serving() as site:
        for _ in range(12):
            home.crawl("--max-requests", "9")
            home.clock.skip(1)
        assert len(home.held()) == MEETINGS
        assert site.log
