"""Being welcome: robots.txt, pauses, a true name; by a clock that only counts."""

import codecs
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from math import inf
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import Blocked, Gone, LeftAlone, OutOfBudget, Unreachable
from crawler.network.addresses import Outside
from crawler.network.durations import spoken
from crawler.network.politeness import back_off, retry_after, user_agent
from crawler.network.robots import AnsweredRobots, RobotsCache
from crawler.network.rules import read_rules

ROBOTS = "https://democracy.example.gov.uk/robots.txt"
PAGE = "https://democracy.example.gov.uk/mgAi.aspx?ID=1"


class FakeClock:
    def __init__(self) -> None:
        self.moment, self.slept = 100.0, list[float]()

    def now(self) -> datetime:
        return datetime(2024, 5, 1, 12, tzinfo=UTC) + timedelta(seconds=self.moment - 100)

    def seconds(self) -> float:
        return self.moment

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.moment += seconds


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /mgAi.aspx", False),
        ("User-agent: *\nDisallow: /*?ID=", False),
        ("User-agent: *\nDisallow: /documents/", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Minutebook\nDisallow: /documents/", True),
        ("User-agent: minutebook\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: *\nDisallow: /\nAllow: /mgAi.aspx", True),
        ("\ufeffUser-agent: *\nDisallow: /", False),
        ("<html><h1>Page not found</h1></html>", True),
    ],
)
def test_robots_rules_are_obeyed(robots: str, allowed: bool) -> None:
    assert read_rules(ROBOTS, 200, robots.encode()).allows(PAGE) is allowed


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (410, True), (400, True), (451, True)])
def test_a_site_without_robots_allows_all(status: int, allowed: bool) -> None:
    assert read_rules(ROBOTS, status, b"User-agent: *\nDisallow: /").allows(PAGE) is allowed


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_the_mark_at_the_beginning_says_how_it_is_written(encoding: str) -> None:
    rules = read_rules(ROBOTS, 200, "User-agent: *\r\nDisallow: /mgAi.aspx\r\nCrawl-delay: 7".encode(encoding))
    assert (rules.allows(PAGE), rules.delay) == (False, 7.0)


def test_a_mark_of_the_other_order_of_bytes_counts_too() -> None:
    body = codecs.BOM_UTF16_BE + "User-agent: *\nDisallow: /".encode("utf-16-be")
    assert not read_rules(ROBOTS, 200, body).allows(PAGE)


@given(st.binary(max_size=60), st.sampled_from([b"", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0"]))
def test_no_bytes_make_the_reading_of_rules_stumble(body: bytes, mark: bytes) -> None:
    with suppress(LeftAlone):
        assert read_rules(ROBOTS, 200, mark + body).delay >= 0


@pytest.mark.parametrize("status", [401, 403, 409, 429, 500, 502, 503])
def test_a_refusal_is_a_refusal_of_everything(status: int) -> None:
    with pytest.raises(LeftAlone, match=f"robots.txt answers status {status}, so nothing is asked"):
        read_rules(ROBOTS, status, b"")


@pytest.mark.parametrize(
    "stub",
    [
        b"<html><head><title>Just a moment...</title></head></html>",
        b"\xef\xbb\xbf\n <!DOCTYPE html><iframe src='/_Incapsula_Resource?x'>Request unsuccessful.</iframe>",
    ],
)
def test_the_stub_of_a_bot_wall_is_a_refusal_too(stub: bytes) -> None:
    with pytest.raises(LeftAlone, match=r"robots.txt answers with a bot wall \(\w+\), so nothing is asked"):
        read_rules(ROBOTS, 200, stub)


def test_rules_that_speak_of_a_wall_are_rules() -> None:
    rules = read_rules(ROBOTS, 200, b"# Access Denied to all who ask too often\nUser-agent: *\nDisallow: /mgAi.aspx")
    assert not rules.allows(PAGE)


@pytest.mark.parametrize(
    ("robots", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 7.5", 7.5),
        ("User-agent: *\nCrawl-delay: 2\n\nUser-agent: Minutebook\nCrawl-delay: 30", 30.0),
        ("User-agent: *\nRequest-rate: 1/20", 20.0),
        ("User-agent: *\nCrawl-delay: 120", 120.0),
        ("User-agent: *\nRequest-rate: 1/2m", 120.0),
        ("User-agent: *\nCrawl-delay: 86400\n\nUser-agent: Minutebook\nCrawl-delay: 3", 3.0),
        ("User-agent: *\nRequest-rate: 8/1", 0.125),
        *((f"User-agent: *\nCrawl-delay: {each}", 0.0) for each in ("soon", "-5", "nan", "inf", "-inf", "1e400", "")),
        *((f"User-agent: *\nRequest-rate: {each}", 0.0) for each in ("often", "-1/5", "1/-5", "0/5", "5/0", "/", "")),
        ("User-agent: *\nDisallow: /x", 0.0),
    ],
)
def test_the_delay_a_site_asks_for(robots: str, delay: float) -> None:
    assert read_rules(ROBOTS, 200, robots.encode()).delay == delay


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Crawl-delay: 121", "2 minutes"), ("Crawl-delay: 86400", "24 hours"),
        ("Crawl-delay: 1e10", "100 years or more"),
        ("Crawl-delay: 1000000000", "32 years"), ("Request-rate: 1/1h", "60 minutes"), ("Request-rate: 1/3d", "3 days"),
        (f"Request-rate: 1/{'9' * 400}", "100 years or more"),
    ],
)  # fmt: skip
def test_a_pause_that_no_crawl_can_keep_is_a_refusal(line: str, said: str) -> None:
    with pytest.raises(LeftAlone, match=f"robots.txt asks for a pause of {said}.* between two requests, which"):
        read_rules(ROBOTS, 200, f"User-agent: *\n{line}".encode())


def test_whose_patience_is_longer_keeps_the_longer_pause() -> None:
    assert read_rules(ROBOTS, 200, b"User-agent: *\nCrawl-delay: 300", patience=300).delay == 300
    with pytest.raises(LeftAlone):
        RobotsCache(lambda _: (200, b"User-agent: *\nCrawl-delay: 7"), patience=5).rules(PAGE)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 seconds"), (1, "1 second"), (0.6, "1 second"), (119.4, "119 seconds"), (120, "2 minutes"),
        (3600, "60 minutes"), (7200, "2 hours"), (86_400, "24 hours"), (172_800, "2 days"), (1e6, "12 days"),
        (1e9, "32 years"), (1e10, "100 years or more"), (inf, "100 years or more"),
    ],
)  # fmt: skip
def test_a_time_is_said_as_people_say_it(seconds: float, said: str) -> None:
    assert spoken(seconds) == said


def test_only_the_start_of_an_endless_robots_counts() -> None:
    body = b"User-agent: *\nAllow: /\n" + b"# filler\n" * 60_000 + b"Disallow: /"
    assert read_rules(ROBOTS, 200, body).allows(PAGE)


def test_robots_is_asked_once_a_host() -> None:
    asked: list[str] = []

    def ask(url: str) -> tuple[int, bytes]:
        asked.append(url)
        return 404, b""

    cache = RobotsCache(ask)
    for url in (PAGE, PAGE, "https://other.example/x", "http://democracy.example.gov.uk/x"):
        cache.rules(url)
    assert asked == [ROBOTS, "https://other.example/robots.txt", "http://democracy.example.gov.uk/robots.txt"]


def test_a_host_in_other_letters_is_not_asked_again() -> None:
    asked: list[str] = []

    def ask(url: str) -> tuple[int, bytes]:
        asked.append(url)
        return 404, b""

    cache = RobotsCache(ask)
    for host in ("café.gov.uk", "xn--caf-dma.gov.uk", "CAFÉ.gov.uk:443"):
        cache.rules(f"https://{host}/a")
    assert asked == ["https://café.gov.uk/robots.txt"]


def test_councils_on_one_host_ask_its_robots_once() -> None:
    answered, asked, begun = AnsweredRobots(), list[str](), threading.Barrier(4)

    def ask(url: str) -> tuple[int, bytes]:
        asked.append(url)
        return 200, b"User-agent: *\nCrawl-delay: 7"

    def crawl(number: int) -> float:
        cache = RobotsCache(ask, answered)
        begun.wait(5)
        return cache.rules(f"{PAGE}{number}").delay

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(crawl, range(4))) == [7.0] * 4
    assert asked == [ROBOTS]


def test_what_a_host_refuses_it_refuses_all_councils_on_it() -> None:
    answered = AnsweredRobots()
    for ask in (lambda _: (403, b""), lambda _: (200, b"")):
        with pytest.raises(LeftAlone, match="status 403"):
            RobotsCache(ask, answered).rules(PAGE)


@pytest.mark.parametrize(
    "failure", [Unreachable(ROBOTS, "no answer in time"), OutOfBudget(ROBOTS, "used up"), Outside(ROBOTS, "x"),
                LeftAlone(ROBOTS, "on a private network")]
)  # fmt: skip
def test_what_one_council_cannot_have_another_may(failure: Exception) -> None:
    def ask(url: str) -> tuple[int, bytes]:
        raise failure

    answered = AnsweredRobots()
    with pytest.raises((LeftAlone, OutOfBudget)):
        RobotsCache(ask, answered).rules(PAGE)
    assert RobotsCache(lambda _: (404, b""), answered).rules(PAGE).allows(PAGE)


@pytest.mark.parametrize(
    "failure", [Unreachable(ROBOTS, "no answer in time"), Gone(ROBOTS, "status 404"), Blocked(ROBOTS, "status 451")]
)
def test_a_robots_that_cannot_be_had_stops_the_site_once_and_for_all(failure: Exception) -> None:
    asked: list[str] = []

    def ask(url: str) -> tuple[int, bytes]:
        asked.append(url)
        raise failure

    cache = RobotsCache(ask)
    for _ in range(3):
        with pytest.raises(LeftAlone, match=r"robots\.txt cannot be had") as blocked:
            cache.rules(PAGE)
        assert blocked.value.url == PAGE
    assert asked == [ROBOTS]


def test_an_empty_budget_is_not_remembered_as_a_refusal() -> None:
    def ask(url: str) -> tuple[int, bytes]:
        raise OutOfBudget(url, "used up")

    with pytest.raises(OutOfBudget):
        RobotsCache(ask).rules(PAGE)


class Thrown(Random):
    def __init__(self, *thrown: float) -> None:
        super().__init__()
        self.thrown = list(thrown)

    def random(self) -> float:
        return self.thrown.pop(0)


def test_new_attempts_are_spread() -> None:
    assert back_off((5.0, 10.0, 20.0), Thrown(0.0, 0.5, 0.75)) == [2.5, 10.0, 25.0]


@given(st.integers())
def test_new_attempts_stay_near_their_time(seed: int) -> None:
    waits = back_off((5.0, 10.0, 20.0), Random(seed))
    assert all(pause / 2 <= wait <= pause * 1.5 for wait, pause in zip(waits, (5.0, 10.0, 20.0), strict=True))


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None), ("30", 30.0), (" 30 ", 30.0), ("Wed, 01 May 2024 12:01:00 GMT", 60.0),
        ("Wed, 01 May 2024 11:00:00 GMT", 0.0), ("soon", None), ("-5", None), ("", None),
        ("Wed, 01 May 2024 12:01:00 -0000", None), ("Wed, 01 May 99999999999999999999 12:01:00 GMT", None),
    ],
)  # fmt: skip
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, FakeClock()) == seconds


def test_the_name_is_true_and_fits_a_header() -> None:
    assert user_agent("clerk@example.org") == "Minutebook/0.1 (+clerk@example.org)"
    assert user_agent(None) == user_agent("  ") == "Minutebook/0.1"
    assert user_agent("a\r\nX-Evil: 1") == "Minutebook/0.1 (+aX-Evil: 1)"
