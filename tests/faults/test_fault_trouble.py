"""A server that is busy, slow, breaks off or leads astray: waited for, asked again, or left alone."""

from datetime import timedelta
from email.utils import format_datetime
from urllib.parse import urlsplit

import pytest
from nights import COUNCIL, PLAIN, SMALL, SPEED, Home, Serving, asked, pages

from crawler.sample import Method, Reply, Request, SampleCouncil, faults, serve
from crawler.sample.asking import moved
from crawler.sample.faults import Fault

MEETINGS = len(COUNCIL.announced)


def of_one(reply: Reply) -> Fault:
    """`reply` to whatever is asked of one meeting."""

    def fault(request: Request) -> Reply | None:
        return reply if request.number("mid", "lmeetingid") == PLAIN else None

    return fault


def the_pause_after(site: object, status: int) -> list[float]:
    """Seconds of the night's clock after each answer of that status until the next request."""
    answers = [each.status for each in sorted(site.log, key=lambda each: each.began)]
    return [pause * SPEED for pause, answer in zip(site.pauses(), answers, strict=False) if answer == status]


@pytest.mark.parametrize("status", [503, 429])
def test_retry_after_is_kept(home: Home, serving: Serving, status: int) -> None:
    busy = faults.busy(every=4, retry_after=25, status=status)
    with serving(fault=busy) as site:
        report = home.crawl()
        pauses = the_pause_after(site, status)
        assert (report.status, report.counts["new"] + report.counts["none published"]) == (0, MEETINGS)
        assert len(pauses) >= 3
        assert min(pauses) >= 25 * 0.99
        assert len(site.log) == report.report["requests"]


def test_retry_after_as_a_date_is_kept(home: Home, serving: Serving) -> None:
    until = format_datetime(home.clock.now() + timedelta(seconds=115), usegmt=True)
    with serving(fault=faults.busy("mgWebService.asmx/GetCommittees", retry_after=until, until=1)) as site:
        began = home.clock.seconds()
        assert home.crawl("--since", "2026-09-20").status == 0
        [pause] = the_pause_after(site, 503)
        assert 25 < pause < 120
        assert home.clock.seconds() - began > 60


def test_busy_without_a_date_is_backed_off_from(home: Home, serving: Serving) -> None:
    with serving(fault=faults.busy("mgWebService.asmx/GetCommittees", retry_after=None, until=3)) as site:
        assert home.crawl("--since", "2026-09-20").status == 0
        pauses = the_pause_after(site, 503)
        assert all(low <= pause for pause, low in zip(pauses, (2.5, 5, 10), strict=True))
        assert all(asked <= high for asked, high in zip(home.clock.slept, (7.5, 15, 30), strict=True))


def test_a_host_that_stays_busy_is_left_alone(home: Home, serving: Serving) -> None:
    with serving(fault=faults.busy(retry_after=1)) as site:
        report = home.crawl()
        assert report.status == 1
        assert len(site.log) <= 1 + 5 * 4    # robots.txt, and five failures of four attempts each
        assert "left alone" in report.report["stopped"]
        assert home.status()[1]["state"] == "failing"


def test_a_site_that_wants_an_hour_is_not_waited_for(home: Home, serving: Serving) -> None:
    with serving(fault=faults.busy(retry_after=3600)) as site:
        report = home.crawl()
        assert asked(site.log) == ["robots.txt", "GetCouncillorsByWard"]
        assert (report.status, "Retry-After" in report.report["stopped"]) == (1, True)


def test_resets_in_mid_body_are_asked_again(home: Home, serving: Serving) -> None:
    with serving(fault=faults.reset(every=4, after=100)) as site:
        report = home.crawl()
        resets = [each for each in site.log if each.cut]
        assert (report.status, report.counts["new"] + report.counts["none published"]) == (0, MEETINGS)
        assert len(resets) >= 3
        assert report.report["requests"] == len(site.log)
        with home.store() as store:
            lines = list(store.requests())
            assert [each.status for each in lines].count(0) == len(resets)


def test_a_page_that_always_breaks_off_is_broken_and_the_rest_is_read(home: Home, serving: Serving) -> None:
    with serving(SMALL, fault=of_one(Reply(b"", instead=False, cut=200))) as site:
        report = home.crawl()
        assert report.status == 1
        assert [(each["what"], each["ending"]) for each in report.failures] == [("meeting", "broken page")]
        assert len(home.held()) == len(SMALL.announced) - 1
        assert len([each for each in site.log if each.cut]) <= 4 * 2    # by the service and by its page
        [gap] = home.status()[1]["coverage"]["gaps"]
        assert (gap["meeting"], gap["ending"]) == (f"ambleshire/meetings/{PLAIN}", "broken page")


def test_slow_answers_are_not_waited_for_and_the_run_goes_on(home: Home, serving: Serving) -> None:
    with serving(methods={"GetMeeting": Method.SLOW}, slow=0.3, hasty=True) as site:
        report = home.crawl(MINUTEBOOK_TIMEOUT="0.1")
        assert (report.status, report.counts["new"] + report.counts["none published"]) == (0, MEETINGS)
        assert pages(site.log)["GetMeeting"] <= 3 * 4    # a method that failed thrice is shut
        assert pages(site.log)["ieListDocuments.aspx"] == MEETINGS


def test_an_answer_that_trickles_is_read_to_its_end(home: Home, serving: Serving) -> None:
    with serving(fault=faults.slow("mgWebService.asmx/GetCommittees", seconds=0.2, drip=True)) as site:
        assert home.crawl("--since", "2026-09-20", MINUTEBOOK_TIMEOUT="0.1").status == 0
        [slow] = [each for each in site.log if "GetCommittees" in each.target]
        assert slow.ended - slow.began > 0.15


def test_a_redirect_loop_is_broken_and_the_rest_is_read(home: Home, serving: Serving) -> None:
    with serving(SMALL, fault=of_one(moved(f"ieListDocuments.aspx?MId={PLAIN}")), service=False) as site:
        report = home.crawl()
        [failure] = report.failures
        assert (report.status, failure["ending"], "circle" in failure["reason"]) == (1, "broken page", True)
        assert len([each for each in site.log if each.status == 302]) <= 6
        assert len(home.held()) == len(SMALL.announced) - 1


def test_redirects_without_an_end_are_followed_five_times(home: Home, serving: Serving) -> None:
    def on_and_on(request: Request) -> Reply | None:
        if request.number("mid") != PLAIN:
            return None
        return moved(f"ieListDocuments.aspx?MId={PLAIN}&J={(request.number('j') or 0) + 1}")

    with serving(SMALL, fault=on_and_on, service=False) as site:
        report = home.crawl()
        [failure] = report.failures
        assert ("more than 5 redirects" in failure["reason"], len(home.held())) == (True, len(SMALL.announced) - 1)
        assert len([each for each in site.log if each.status == 302]) == 6


@pytest.mark.parametrize("where", ["http://outside.invalid/x", "http://169.254.169.254/latest/", "ftp://127.0.0.1/x"])
def test_a_redirect_out_of_the_site_is_not_followed(home: Home, serving: Serving, where: str) -> None:
    with serving(SMALL, fault=of_one(moved(where)), service=False) as site:
        report = home.crawl()
        [failure] = report.failures
        assert (report.status, failure["ending"]) == (1, "broken page")
        assert "outside the council's own hosts" in failure["reason"]
        assert len(home.held()) == len(SMALL.announced) - 1
        assert all(each.host == urlsplit(site.url).netloc for each in site.log)


def test_another_port_of_the_same_machine_is_another_host(home: Home, serving: Serving) -> None:
    with serve(SampleCouncil(meetings=0)) as other, serving(SMALL, fault=of_one(moved(other.url)), service=False):
        assert home.crawl().status == 1
        assert other.log == []
