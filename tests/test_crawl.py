"""The whole of a crawl over HTTP on loopback: robots, delay, captures, store; then again, and from the captures."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.captures import Captures
from archive.errors import InputError
from archive.store import Store
from crawler.moderngov.recognise import Recognised, recognise
from crawler.moderngov.source import ModernGovSource
from crawler.network.addresses import host_of
from crawler.network.fetch import Fetcher, Limits
from crawler.network.politeness import user_agent
from crawler.reparse import reparse
from crawler.run import RunReport, Scope, crawl
from crawler.sample import Options, SampleCouncil, Served, serve

AGENT = user_agent("clerk@example.org")
SAMPLE = SampleCouncil(meetings=10)
RECENT = Scope(since=SAMPLE.today - timedelta(days=45), until=SAMPLE.today + timedelta(days=15))


class FakeClock:
    def __init__(self) -> None:
        self.moment, self.slept = 0.0, list[float]()

    def now(self) -> datetime:
        return datetime(2026, 9, 30, 3, tzinfo=UTC) + timedelta(seconds=self.moment)

    def seconds(self) -> float:
        return self.moment

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.moment += seconds


class Home:
    """A store, captures and a clock, and one crawl of a served site after another."""

    def __init__(self, folder: Path) -> None:
        self.store = Store.open(folder / "minutebook.db")
        self.captures = Captures(folder / "captures", self.store.capture_of)
        self.clock = FakeClock()

    def crawl(self, site: Served, scope: Scope = RECENT, **limits: int) -> RunReport:
        council = SAMPLE.council(site.url)
        self.store.save_council(council)
        with self.captures.run(self.clock.now()) as writer:
            fetcher = self.fetcher(site, writer, **limits)
            source = ModernGovSource(council, fetcher.get, SAMPLE.today)
            try:
                return crawl(source, fetcher, self.store, self.captures, self.clock, scope)
            finally:
                fetcher.close()

    def fetcher(self, site: Served, writer: object, **limits: int) -> Fetcher:
        allow, bounds = (host_of(site.url),), Limits(**limits)
        return Fetcher(site.url, writer, self.clock, agent=AGENT, allow=allow, limits=bounds)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = Home(tmp_path)
    yield made
    made.store.close()


@pytest.mark.parametrize("options", [Options(), Options(service=False, truncate=200), Options(prefix="/moderngov")])
def test_a_crawl_holds_what_the_site_has_and_a_second_one_changes_nothing(options: Options, home: Home) -> None:
    with serve(SAMPLE, options=options) as site:
        first, second = home.crawl(site), home.crawl(site)
    announced = [
        each.id for each in SAMPLE.meetings(site.url)
        if each.id and each.start and RECENT.since and RECENT.until
        and RECENT.since <= each.start.date() <= RECENT.until
    ]  # fmt: skip
    assert first.succeeded
    assert first.counts["new"] == len(announced) > 2
    assert {each.id for each in home.store.heads()} == set(announced)
    assert (second.counts["same"], second.counts.get("new"), second.succeeded) == (len(announced), None, True)
    for identifier in announced:
        held, true = home.store.meeting(identifier), SAMPLE.meeting(int(identifier.rsplit("/", 1)[1]), site.url)
        assert [item.id for item in held.items] == [item.id for item in true.items]
        assert (held.committee, held.start) == (true.committee, true.start)

    again = reparse(
        first.council, lambda council, get, known: ModernGovSource(council, get, SAMPLE.today, known),
        home.store, home.captures, home.clock,
    )  # fmt: skip
    assert again.counts == {"same": len(announced)}


def test_the_site_sees_a_polite_guest(home: Home) -> None:
    with serve(SAMPLE) as site:
        report = home.crawl(site)
    assert {each.user_agent for each in site.log} == {AGENT}
    assert site.log[0].target == "/robots.txt"
    assert [each.target for each in site.log].count("/robots.txt") == 1
    assert len(site.log) == report.requests
    assert home.clock.slept == pytest.approx([1.0] * (report.requests - 1))   # a second after each but the last


def test_robots_may_shut_the_service_and_leave_the_pages(home: Home) -> None:
    robots = "User-agent: *\nDisallow: /mgWebService.asmx\nCrawl-delay: 5\n"
    with serve(SAMPLE, options=Options(robots=robots)) as site:
        report = home.crawl(site)
    assert report.succeeded
    assert not any("mgWebService" in each.target for each in site.log)
    assert set(home.clock.slept) == {5.0}


def test_robots_may_shut_the_site(home: Home) -> None:
    with serve(SAMPLE, options=Options(robots="User-agent: *\nDisallow: /\n")) as site:
        report = home.crawl(site)
    assert [each.target for each in site.log] == ["/robots.txt"]
    assert {each.what for each in report.failures} == {"list of members", "list of committees", "list of meetings"}
    assert all("robots.txt of the site does not allow" in each.reason for each in report.failures)


def test_the_budget_of_a_run_is_kept_and_the_next_goes_on(home: Home) -> None:
    with serve(SAMPLE) as site:
        first = home.crawl(site, requests=8)
        asked = len(site.log)
        second = home.crawl(site)
    assert (asked, first.requests, first.stopped) == (8, 8, "the run's 8 requests are used up")
    assert second.succeeded
    assert first.counts["new"] == 1
    assert second.counts["new"] + first.counts["new"] == len(home.store.heads())


def test_every_meeting_knows_the_responses_it_was_read_from(home: Home) -> None:
    with serve(SAMPLE) as site:
        home.crawl(site)
    for head in home.store.heads():
        assert head.id is not None
        capture, *_ = home.store.captures_of(head.id)
        assert capture.url.endswith(f"GetMeeting?lMeetingId={head.id.rsplit('/', 1)[1]}")
        assert b"<meetingid>" in home.captures.read(capture)


def test_the_site_is_recognised_under_its_prefix_and_not_beside_it(home: Home) -> None:
    with serve(SAMPLE, options=Options(prefix="/moderngov")) as site, home.captures.run(home.clock.now()) as writer:
        fetcher = home.fetcher(site, writer)
        assert recognise(site.url, fetcher.get) == Recognised(site.url, "Ambleshire County Council")
        assert recognise(site.url + "mgAi.aspx?ID=0", fetcher.get).base == site.url
        with pytest.raises(InputError, match="not recognised as a ModernGov site"):
            recognise(site.url.removesuffix("moderngov/"), fetcher.get)
        fetcher.close()
