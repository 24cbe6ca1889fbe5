"""What a fetcher writes down, what it remembers, and what it may spend; against a real server on loopback."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from a_server import AGENT, QUICK, FakeClock, Middle, Reply, Site, fetching, hangs_up, said, serving

from archive.captures import Capture, Captures, CaptureWriter
from archive.errors import Blocked, CaptureError, Disallowed, FetchError, Gone, LeftAlone, OutOfBudget, Unreachable
from archive.model import CouncilId
from archive.runs import Asked
from crawler.clock import StoppableClock, SystemClock
from crawler.network.addresses import host_of
from crawler.network.answers import Answer
from crawler.network.fetch import Fetcher
from crawler.network.shared import shared_by_all

AMBLESHIRE = CouncilId("ambleshire")


@dataclass
class Books:
    """The ledger's lines, and the last capture of each address as the memory of a store would have it."""

    folder: Path
    lines: list[tuple[Asked, Capture | None]] = field(default_factory=list)
    damaged: bool = False

    def note(self, asked: Asked, capture: Capture | None) -> None:
        self.lines.append((asked, capture))

    def last(self, url: str) -> Capture | None:
        kept = [capture for _, capture in self.lines if capture and capture.url == url]
        return next((each for each in reversed(kept) if each.status in (200, 304)), None)

    def read(self, capture: Capture) -> bytes:
        if self.damaged:
            raise CaptureError("damaged")
        return Captures(self.folder).read(capture)

    @property
    def pages(self) -> list[Asked]:
        return [asked for asked, _ in self.lines if asked.why != "robots.txt"]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def books(tmp_path: Path) -> Books:
    return Books(tmp_path)


@pytest.fixture
def fetcher(site: Site, clock: FakeClock, books: Books, tmp_path: Path) -> Iterator[Callable[..., Fetcher]]:
    with ExitStack() as made:
        yield lambda **given: made.enter_context(
            fetching(
                site.base, clock, tmp_path,
                **{"ledger": books.note, "memory": books, "council": AMBLESHIRE} | given,
            )
        )  # fmt: skip


def takes(clock: FakeClock, seconds: float, reply: Reply) -> Reply:
    def slow(handler: BaseHTTPRequestHandler) -> None:
        clock.moment += seconds
        reply(handler)

    return slow


def test_the_ledger_has_every_request_and_what_it_was_for(
    site: Site, clock: FakeClock, books: Books, fetcher: Callable[..., Fetcher]
) -> None:
    site.replies |= {
        "/a": [said(b"busy", 503), hangs_up, said(b"", 302, Location="/b")],
        "/b": takes(clock, 2.5, said(b"there")),
    }
    one = fetcher(limits={"delay": 1.0})
    with one.recording("ambleshire/meetings/12"):
        one.get(site.base + "a")
        with one.recording("ambleshire/items/3"), pytest.raises(Gone):
            one.get(site.base + "gone")
    assert [(asked.url.removeprefix(site.base), asked.why, asked.status, asked.size) for asked, _ in books.lines] == [
        ("robots.txt", "robots.txt", 404, 12), ("a", "ambleshire/meetings/12", 503, 4),
        ("a", "ambleshire/meetings/12", 0, 0), ("a", "ambleshire/meetings/12", 302, 0),
        ("b", "ambleshire/meetings/12", 200, 5), ("gone", "ambleshire/items/3", 404, 12),
    ]  # fmt: skip
    assert [(asked.waited, asked.took) for asked, _ in books.lines] == [
        (None, 0.0), (1.0, 0.0), (5.0, 0.0), (10.0, 0.0), (1.0, 2.5), (1.0, 0.0)]  # fmt: skip
    assert {asked.council for asked, _ in books.lines} == {AMBLESHIRE}
    assert one.requests == len(books.lines) == len(site.log)
    assert [asked.at.second for asked, _ in books.lines] == [0, 1, 6, 16, 17, 20]


def test_the_ledger_has_the_capture_and_before_anything_reads_it(
    site: Site, clock: FakeClock, books: Books, tmp_path: Path
) -> None:
    class StopHereError(Exception):
        pass

    def note(asked: Asked, capture: Capture | None) -> None:
        books.note(asked, capture)
        if asked.url == site.base + "a":
            raise StopHereError

    site.replies["/a"] = said(b"minutes")
    with fetching(site.base, clock, tmp_path, ledger=note) as one, pytest.raises(StopHereError):
        one.get(site.base + "a")
    capture = books.lines[-1][1]
    assert capture is not None
    assert books.read(capture) == b"minutes"


def test_a_run_that_is_stopped_has_its_last_request_in_the_ledger(site: Site, books: Books, tmp_path: Path) -> None:
    clock = StoppableClock()

    def stops(handler: BaseHTTPRequestHandler) -> None:
        clock.stop()
        said(b"last")(handler)

    site.replies["/a"] = stops
    with (
        Captures(tmp_path).run(clock.now()) as writer,
        closing(
            Fetcher(
                site.base, writer, clock, agent=AGENT, allow=(host_of(site.base),), limits=QUICK, ledger=books.note)
        ) as one,
        pytest.raises(KeyboardInterrupt),
    ):  # fmt: skip
        one.get(site.base + "a")
    asked, capture = books.lines[-1]
    assert (asked.status, capture and books.read(capture)) == (200, b"last")


def test_all_fetchers_of_a_process_are_one_guest(site: Site, books: Books, tmp_path: Path) -> None:
    clock, at_once, most = SystemClock(), threading.Semaphore(1), list[bool]()

    def reply(handler: BaseHTTPRequestHandler) -> None:
        most.append(at_once.acquire(blocking=False))
        threading.Event().wait(0.002)
        at_once.release()
        said()(handler)

    site.replies["/a"] = reply
    shared = shared_by_all(clock)

    def crawl(writer: CaptureWriter) -> None:
        allow = (host_of(site.base),)
        with closing(Fetcher(site.base, writer, clock, agent=AGENT, allow=allow, limits=QUICK, shared=shared)) as one:
            for _ in range(10):
                one.get(site.base + "a")

    with Captures(tmp_path).run(clock.now()) as writer, ThreadPoolExecutor(4) as pool:
        list(pool.map(crawl, [writer] * 4))
    assert most == [True] * 40


def test_councils_on_one_host_ask_its_robots_once(
    site: Site, clock: FakeClock, fetcher: Callable[..., Fetcher]
) -> None:
    site.replies |= {"/robots.txt": said(b"User-agent: *\nDisallow: /b"), "/a": said()}
    shared = shared_by_all(clock, Middle())
    for _ in range(3):
        one = fetcher(shared=shared)
        one.get(site.base + "a")
        with pytest.raises(Disallowed):
            one.get(site.base + "b")
    assert [path for path, _ in site.log] == ["/robots.txt", "/a", "/a", "/a"]


def test_what_is_not_taken_is_in_the_ledger_without_capture(
    site: Site, books: Books, fetcher: Callable[..., Fetcher]
) -> None:
    site.replies |= {"/a": said(b"x" * 200_000), "/b": said(b"\x89PNG", Content_Type="image/png"), "/c": hangs_up}
    one = fetcher(limits={"pauses": ()})
    for path in "abc":
        with pytest.raises(Unreachable):
            one.get(site.base + path)
    assert [(asked.status, asked.size, capture) for asked, capture in books.lines[1:]] == [
        (200, 0, None), (200, 0, None), (0, 0, None)]  # fmt: skip


def test_what_is_got_outside_a_recording_is_not_collected(site: Site, fetcher: Callable[..., Fetcher]) -> None:
    site.replies |= {"/a": said(b"a"), "/b": said(b"b"), "/c": said(b"c")}
    one = fetcher()
    with one.recording() as outer:
        one.get(site.base + "a")
        with one.recording() as inner:
            one.get(site.base + "b")
    one.get(site.base + "c")
    assert [[each.url[-1] for each in found] for found in (outer, inner)] == [["a"], ["b"]]


@pytest.mark.parametrize(
    ("validators", "sent"),
    [
        ({"ETag": '"1a2b"'}, {"If-None-Match": '"1a2b"'}),
        ({"ETag": 'W/"1a2b"'}, {"If-None-Match": 'W/"1a2b"'}),
        ({"Last_Modified": "Wed, 01 May 2024 11:00:00 GMT"}, {"If-Modified-Since": "Wed, 01 May 2024 11:00:00 GMT"}),
    ],
)
def test_what_did_not_change_is_not_sent_again(
    validators: dict[str, str], sent: dict[str, str], site: Site, books: Books, fetcher: Callable[..., Fetcher]
) -> None:
    site.replies["/a"] = [said(b"<p>Minutes", **validators), said(b"", 304)]
    one = fetcher()
    with one.recording("list"):
        first = one.get(site.base + "a")
    with one.recording("list") as captures:
        second, third = one.get(site.base + "a"), one.get(site.base + "a")
    assert first == second == third
    assert (second.status, second.content_type, second.body) == (200, "text/html", b"<p>Minutes")
    asked = [{name: each.get(name) for name in ("If-None-Match", "If-Modified-Since")} for each in site.headers[1:]]
    assert [{name: value for name, value in each.items() if value} for each in asked] == [{}, sent, sent]
    assert [(each.status, each.size) for each in books.pages] == [(200, 10), (304, 0), (304, 0)]
    assert [(each.status, books.read(each)) for each in captures] == [(304, b"<p>Minutes")] * 2
    replayed = Answer(captures[0].url, captures[0].status, "", captures[0].content_type, books.read(captures[0]))
    assert replayed.page() == second


def test_what_changed_comes_anew_with_new_validators(site: Site, fetcher: Callable[..., Fetcher]) -> None:
    site.replies["/a"] = [said(b"one", ETag='"1"'), said(b"two", ETag='"2"'), said(b"", 304)]
    one = fetcher()
    assert [one.get(site.base + "a").body for _ in range(3)] == [b"one", b"two", b"two"]
    assert [each.get("If-None-Match") for each in site.headers[1:]] == [None, '"1"', '"2"']


def test_what_cannot_be_read_any_more_is_asked_as_if_new(
    site: Site, books: Books, fetcher: Callable[..., Fetcher]
) -> None:
    site.replies["/a"] = said(b"one", ETag='"1"')
    one = fetcher()
    one.get(site.base + "a")
    books.damaged = True
    assert one.get(site.base + "a").body == b"one"
    assert "If-None-Match" not in site.headers[-1]


def test_not_modified_without_being_asked_is_no_answer(
    site: Site, books: Books, fetcher: Callable[..., Fetcher]
) -> None:
    site.replies["/a"] = said(b"", 304)
    one = fetcher()
    with one.recording() as captures, pytest.raises(Unreachable, match="nothing changed"):
        one.get(site.base + "a")
    assert (captures, [each.status for each in books.pages]) == ([], [304])


@pytest.mark.parametrize("etag", ["\x7f", "“1”", "\xa0"])
def test_validators_that_fit_no_header_are_left_out(
    etag: str, site: Site, books: Books, fetcher: Callable[..., Fetcher]
) -> None:
    site.replies["/a"] = said(b"one", ETag=etag.encode().decode("latin-1"))
    one = fetcher()
    assert [one.get(site.base + "a").body for _ in range(2)] == [b"one", b"one"]
    assert "If-None-Match" not in site.headers[-1]


def test_the_minutes_of_a_run_are_kept(site: Site, clock: FakeClock, fetcher: Callable[..., Fetcher]) -> None:
    site.replies["/a"] = takes(clock, 600, said())
    one = fetcher(limits={"minutes": 30})
    for _ in range(3):
        one.get(site.base + "a")
    with pytest.raises(OutOfBudget, match="the run's 30 minutes are used up"):
        one.get(site.base + "a")
    assert (len(site.paths), clock.slept) == (3, [])


def test_no_wait_is_begun_that_would_end_after_the_last_minute(
    site: Site, clock: FakeClock, fetcher: Callable[..., Fetcher]
) -> None:
    site.replies["/a"] = said(b"busy", 503, Retry_After="61")
    with pytest.raises(OutOfBudget, match="the run's 1 minute is used up"):
        fetcher(limits={"minutes": 1}).get(site.base + "a")
    assert (site.paths, clock.slept) == (["/a"], [])


def test_the_minutes_count_from_the_beginning_of_the_run(
    site: Site, clock: FakeClock, fetcher: Callable[..., Fetcher]
) -> None:
    shared = shared_by_all(clock, Middle())
    clock.moment += 61
    with pytest.raises(OutOfBudget):
        fetcher(limits={"minutes": 1}, shared=shared).get(site.base + "a")
    assert site.log == []


def test_a_crawl_that_has_lost_its_way_ends(site: Site, fetcher: Callable[..., Fetcher]) -> None:
    site.replies["/a"] = said()
    one = fetcher(limits={"most_requests": 3})
    one.get(site.base + "a")
    one.get(site.base + "a")
    with pytest.raises(OutOfBudget, match="the safety limit of 3 requests in one run is reached"):
        one.get(site.base + "a")


@pytest.mark.parametrize("reply", [said(b"", 500), said(b"", 403), said(b"", 429), said(b"", 451), hangs_up])
def test_a_host_that_fails_again_and_again_is_left_alone_by_all(
    reply: Reply, site: Site, clock: FakeClock, fetcher: Callable[..., Fetcher]
) -> None:
    site.replies |= dict.fromkeys((f"/{number}" for number in range(9)), reply)
    shared = shared_by_all(clock, Middle())
    one, other = (fetcher(shared=shared, limits={"pauses": ()}) for _ in range(2))
    for number in range(5):
        with pytest.raises(FetchError) as failure:
            one.get(f"{site.base}{number}")
        assert not isinstance(failure.value, LeftAlone)
    for each in (one, other):
        with pytest.raises(LeftAlone, match=r"5 failures in a row of 127\.0\.0\.1:\d+, the last: .*; left alone"):
            each.get(f"{site.base}6")
    assert len(site.paths) == 5


def test_missing_pages_and_answers_of_any_kind_leave_the_host_in_use(
    site: Site, fetcher: Callable[..., Fetcher]
) -> None:
    site.replies |= {"/shut": said(b"", 403), "/huge": said(b"x" * 200_000)}
    one = fetcher()
    for _ in range(4):
        for path, error in (("shut", Blocked), ("shut", Blocked), ("gone", Gone), ("huge", Unreachable)):
            with pytest.raises(error) as failure:
                one.get(site.base + path)
            assert not isinstance(failure.value, LeftAlone)


def test_what_is_asked_again_in_vain_is_one_failure(site: Site, fetcher: Callable[..., Fetcher]) -> None:
    site.replies["/a"] = said(b"busy", 503)
    one = fetcher()
    for _ in range(5):
        with pytest.raises(Unreachable, match="status 503"):
            one.get(site.base + "a")
    with pytest.raises(LeftAlone, match="the last: status 503 Service Unavailable"):
        one.get(site.base + "a")
    assert len(site.paths) == 5 * 4
