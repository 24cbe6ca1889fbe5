"""One queue for each registered domain, and a breaker for each host: by a clock that only counts, and by threads."""

import threading
import time
from collections.abc import Callable

import pytest
from a_server import FakeClock
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import LeftAlone
from crawler.clock import StoppableClock, SystemClock
from crawler.network.breaker import Breaker
from crawler.network.queues import Queues, Resting, TooLate


def ask(queues: Queues, clock: FakeClock, key: str, pause: float, takes: float = 0.0) -> float | None:
    with queues.turn(key, pause) as kept:
        clock.moment += takes
    return kept


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://democracy.kent.gov.uk/x", "kent.gov.uk"), ("https://www.kent.gov.uk/", "kent.gov.uk"),
        ("http://Kent.gov.uk.:8080/", "kent.gov.uk"), ("https://ashbeck.moderngov.co.uk/", "moderngov.co.uk"),
        ("https://a.b.moderngov.co.uk/", "moderngov.co.uk"), ("https://cyfarfodydd.sir.gov.wales/", "gov.wales"),
        ("https://democracy.example.llyw.cymru/", "llyw.cymru"),
        ("https://one.azurewebsites.net/", "one.azurewebsites.net"),
        ("http://127.0.0.1:8900/", "127.0.0.1:8900"), ("http://10.1:80/", "10.1:80"),
        ("https://[2001:db8::1]/", "[2001:db8::1]:443"),
        ("http://localhost:81/", "localhost:81"), ("https://gov.uk/", "gov.uk:443"),
        ("https://cyngor.tŷ.example.cymru/", "example.cymru"),
        ("https://café.gov.uk/", "xn--caf-dma.gov.uk"), ("https://xn--caf-dma.gov.uk/", "xn--caf-dma.gov.uk"),
        ("https://democracy.CAFÉ.gov.uk./", "xn--caf-dma.gov.uk"),
    ],
)  # fmt: skip
def test_whose_queue_an_address_stands_in(url: str, key: str) -> None:
    assert Queues(FakeClock()).key(url) == key


def test_the_pause_runs_from_the_end_of_the_last_request() -> None:
    clock = FakeClock()
    queues = Queues(clock)
    assert ask(queues, clock, "a", 2.0, takes=5) is None
    assert ask(queues, clock, "b", 2.0) is None
    clock.moment += 0.5
    assert ask(queues, clock, "a", 2.0) == 2.0
    assert clock.slept == [1.5]
    clock.moment += 30
    assert ask(queues, clock, "a", 2.0) == 30.0
    assert clock.slept == [1.5]


def test_the_longer_pause_of_two_requests_stands_between_them() -> None:
    clock = FakeClock()
    queues = Queues(clock)
    kept = [ask(queues, clock, "a", pause) for pause in (1.0, 1.0, 30.0, 1.0, 1.0)]
    assert kept == [None, 1.0, 30.0, 30.0, 1.0]


def test_nobody_asks_while_the_domain_rests() -> None:
    clock = FakeClock()
    queues = Queues(clock)
    queues.rest("a", 60.0)
    queues.rest("a", 10.0)
    assert (ask(queues, clock, "b", 1.0), ask(queues, clock, "a", 1.0)) == (None, None)
    assert clock.slept == [60.0]


def test_who_has_less_patience_than_the_rest_takes_does_not_wait() -> None:
    clock = FakeClock()
    queues = Queues(clock)
    queues.rest("a", 3600.0)
    with pytest.raises(Resting, match="3600"), queues.turn("a", 1.0, patience=120.0):
        pytest.fail("had a turn")
    assert clock.slept == []
    clock.moment += 3500
    with queues.turn("a", 1.0, patience=120.0):
        assert clock.slept == [100.0]


@pytest.mark.parametrize(("latest", "slept"), [(10.0, [5.0]), (4.0, []), (5.0, []), (0.0, [])])
def test_no_wait_begins_that_would_end_too_late(latest: float, slept: list[float]) -> None:
    clock = FakeClock()
    queues = Queues(clock)
    ask(queues, clock, "a", 5.0)
    try:
        with queues.turn("a", 5.0, latest=latest):
            pass
    except TooLate:
        assert not slept
    assert clock.slept == slept


def test_a_request_that_fails_ends_its_turn_too() -> None:
    clock = FakeClock()
    queues = Queues(clock)

    def fails() -> None:
        with queues.turn("a", 1.0):
            clock.moment += 3
            raise OSError("reset")

    with pytest.raises(OSError, match="reset"):
        fails()
    assert ask(queues, clock, "a", 1.0) == 1.0


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 9), st.floats(0, 9), st.floats(0, 9)), max_size=20))
def test_whatever_is_asked_the_pause_is_kept(requests: list[tuple[str, float, float, float]]) -> None:
    clock, ended = FakeClock(), dict[str, float]()
    queues = Queues(clock)
    for key, pause, takes, idle in requests:
        clock.moment += idle
        with queues.turn(key, pause) as kept:
            assert (kept is None) == (key not in ended)
            if kept is not None:
                assert kept == pytest.approx(clock.moment - ended[key])
                assert kept >= pause - 1e-5
            clock.moment += takes
        ended[key] = clock.moment


def in_threads(count: int, work: Callable[[int], None]) -> list[threading.Thread]:
    threads = [threading.Thread(target=work, args=(number,), daemon=True) for number in range(count)]
    for each in threads:
        each.start()
    return threads


def test_one_request_at_a_time_and_every_thread_has_its_turn() -> None:
    queues, order, lock = Queues(SystemClock()), list[int](), threading.Lock()

    def work(number: int) -> None:
        for _ in range(20):
            with queues.turn("a", 0.0):
                assert lock.acquire(blocking=False)
                order.append(number)
                time.sleep(0)
                lock.release()

    with queues.turn("a", 0.0):
        threads = in_threads(4, work)
        while len(queues._queue("a").line) < 5:
            time.sleep(0.001)
    for each in threads:
        each.join(10)
    assert len(order) == 80
    assert sorted(order[:4]) == [0, 1, 2, 3]    # who comes back stands behind those who wait


def test_domains_do_not_wait_for_each_other() -> None:
    queues, met = Queues(SystemClock()), threading.Barrier(2)

    def work(number: int) -> None:
        with queues.turn(f"domain {number}", 60.0):
            met.wait(5)

    for each in in_threads(2, work):
        each.join(10)
    assert not met.broken


def test_who_stands_in_line_is_interrupted_with_the_clock() -> None:
    clock, stopped = StoppableClock(), list[int]()
    queues = Queues(clock)

    def work(number: int) -> None:
        try:
            with queues.turn("a", 0.0):
                pytest.fail("had a turn")
        except KeyboardInterrupt:
            stopped.append(number)

    def stops() -> None:
        with queues.turn("a", 0.0):
            threads = in_threads(3, work)
            clock.stop()
            for each in threads:
                each.join(10)

    with pytest.raises(KeyboardInterrupt):
        stops()
    assert sorted(stopped) == [0, 1, 2]


def test_a_rest_is_interrupted_with_the_clock() -> None:
    clock = StoppableClock()
    queues = Queues(clock)
    queues.rest("a", 3600.0)
    threading.Timer(0.02, clock.stop).start()
    with pytest.raises(KeyboardInterrupt), queues.turn("a", 0.0):
        pytest.fail("had a turn")


def test_a_host_that_fails_again_and_again_is_left_alone() -> None:
    breaker, page = Breaker(most=3), "https://democracy.example.gov.uk/a"
    for reason in ("status 500", "status 503", "no answer in time"):
        breaker.check(page)
        breaker.failed(page, reason)
    said = r"3 failures in a row of democracy\.example\.gov\.uk:443, the last: no answer in time; left alone until the"
    with pytest.raises(LeftAlone, match=said) as left:
        breaker.check("https://democracy.example.gov.uk/b")
    assert left.value.url == "https://democracy.example.gov.uk/b"
    breaker.check("https://other.example.gov.uk/")


def test_an_answer_makes_up_for_failures() -> None:
    breaker, page = Breaker(most=2), "https://democracy.example.gov.uk/a"
    for _ in range(5):
        breaker.failed(page, "status 500")
        breaker.answered(page)
    breaker.failed(page, "status 500")
    breaker.check(page)
