"""robots.txt is obeyed, and where it cannot be had nothing else is asked."""

import pytest
from nights import COUNCIL, SPEED, Home, Serving, asked, pages

from crawler.sample import Reply, faults
from crawler.sample.faults import Look

MEETINGS = len(COUNCIL.announced)


def robots(*disallowed: str, delay: float = 0) -> str:
    lines = ["User-agent: *", *(f"Disallow: {each}" for each in disallowed), f"Crawl-delay: {delay:g}"]
    return "\n".join(lines if delay else lines[:-1]) + "\n"


def test_what_is_disallowed_is_never_asked(home: Home, serving: Serving) -> None:
    with serving(robots=robots("/mgWebService.asmx")) as site:
        report = home.crawl()
        assert (report.status, pages(site.log)["ieListDocuments.aspx"]) == (0, MEETINGS)
        assert site.log[0].target == "/robots.txt"
        assert asked(site.log).count("robots.txt") == 1
        assert not any("mgWebService" in each.target for each in site.log)


def test_a_part_that_is_disallowed_is_named_as_skipped(home: Home, serving: Serving) -> None:
    with serving(robots=robots("/mgMeetingAttendance.aspx"), service=False) as site:
        report = home.crawl()
        assert (report.status, report.counts["new"] + report.counts["none published"]) == (1, MEETINGS)
        assert {(each["what"], each["ending"]) for each in report.failures} == {("attendance", "skipped by robots")}
        assert "mgMeetingAttendance.aspx" not in pages(site.log)
        status, council = home.status()
        assert (status, council["state"]) == (1, "failing")
        assert {each["ending"] for each in council["coverage"]["gaps"]} == {"skipped by robots"}


def test_a_path_for_another_robot_is_open_to_us_and_ours_is_not(home: Home, serving: Serving) -> None:
    rules = "User-agent: Otherbot\nDisallow: /\n\nUser-agent: minutebook\nDisallow: /mgWebService.asmx/GetMeeting?\n"
    with serving(robots=rules) as site:
        assert home.crawl().status == 0
        assert pages(site.log)["GetMeeting"] == 0
        assert pages(site.log)["GetMeetings"] == len(COUNCIL.specs)


def test_everything_is_disallowed(home: Home, serving: Serving) -> None:
    with serving(robots=robots("/")) as site:
        report = home.crawl()
        assert asked(site.log) == ["robots.txt"]
        assert {each["ending"] for each in report.failures} == {"skipped by robots"}
        status, council = home.status()
        assert (report.status, status, council["state"], council["meetings"]) == (1, 1, "failing", 0)


def test_a_crawl_delay_is_kept(home: Home, serving: Serving) -> None:
    with serving(robots=robots("/ieDocSearch.aspx", delay=3)) as site:
        assert home.crawl("--since", "2026-09-01", "--until", "2026-09-30").status == 0
        pauses = site.pauses()
        assert len(pauses) > 5
        assert min(pauses[1:]) >= 3 / SPEED * 0.99    # robots.txt itself cannot say it before it is read
        [host] = home.run("--json", "status", "--requests").json["hosts"]
        assert host["mean_pause"] >= 2.5


def test_a_delay_is_kept_and_the_longer_one_wins(home: Home, serving: Serving) -> None:
    with serving(robots=robots("/ieDocSearch.aspx", delay=1)) as site:
        assert home.crawl("--since", "2026-09-01", "--until", "2026-09-30", "--delay", "4").status == 0
        assert min(site.pauses()) >= 4 / SPEED * 0.99


@pytest.mark.parametrize(("status", "times"), [(403, 1), (401, 1), (500, 1), (503, 4)])
def test_robots_that_cannot_be_had_stop_the_run(home: Home, serving: Serving, status: int, times: int) -> None:
    with serving(fault=faults.always(Reply(b"no", status=status), "robots.txt")) as site:
        report = home.crawl()
        assert asked(site.log) == ["robots.txt"] * times    # what fails in passing is asked again
        code, council = home.status()
        assert (report.status, code, council["state"]) == (1, 1, "failing")
        assert f"robots.txt answers status {status}" in council["last_run"]["stopped"]
        assert all("robots.txt" in each["reason"] for each in council["last_run"]["failures"])
        assert "robots.txt" in home.run("status").out


def test_a_wall_in_place_of_robots_stops_the_run(home: Home, serving: Serving) -> None:
    with serving(fault=faults.always(faults.stub(Look.INCAPSULA), "robots.txt")) as site:
        report = home.crawl()
        assert asked(site.log) == ["robots.txt"]
        assert (report.status, "Incapsula" in report.report["stopped"]) == (1, True)


def test_without_robots_all_is_open(home: Home, serving: Serving) -> None:
    with serving(fault=faults.always(Reply(b"none", status=404), "robots.txt")) as site:
        assert home.crawl().status == 0
        assert pages(site.log)["GetMeeting"] == MEETINGS
