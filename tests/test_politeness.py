"""Being welcome: robots.txt, pauses, a true name; by a clock that only counts."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import Blocked, Gone, LeftAlone, OutOfBudget, Unreachable
from crawler.network.politeness import RobotsCache, back_off, read_rules, retry_after, user_agent

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


@pytest.mark.parametrize("status", [401, 403, 429, 500, 502, 503])
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
        ("User-agent: *\nCrawl-delay: soon", 0.0),
        ("User-agent: *\nDisallow: /x", 0.0),
    ],
)
def test_the_delay_a_site_asks_for(robots: str, delay: float) -> None:
    assert read_rules(ROBOTS, 200, robots.encode()).delay == delay


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
