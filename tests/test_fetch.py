"""The fetcher against a real server on loopback that misbehaves in every way a site can."""

import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from a_server import AGENT, QUICK, FakeClock, Site, fetching, hangs_up, said, serving

from archive.captures import Captures
from archive.errors import Blocked, Disallowed, FetchError, Gone, LeftAlone, OutOfBudget, Unreachable
from crawler.network.addresses import host_of, is_public, own_hosts
from crawler.network.fetch import Fetcher


def drips(handler: BaseHTTPRequestHandler) -> None:
    """A byte now and then: never long enough apart for a timeout on the socket."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    for _ in range(200):
        try:
            handler.wfile.write(b"x")
            handler.wfile.flush()
        except OSError:
            return
        threading.Event().wait(0.02)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def fetcher(site: Site, clock: FakeClock, tmp_path: Path) -> Iterator[Callable[..., Fetcher]]:
    with ExitStack() as made:
        yield lambda **limits: made.enter_context(fetching(site.base, clock, tmp_path, limits=limits))


def test_a_page_is_had_under_our_own_name(site: Site, fetcher: Callable[..., Fetcher]) -> None:
    site.replies["/mgAi.aspx?ID=1"] = said("<p>Llanelli – ŵ</p>".encode())
    page = fetcher().get(site.base + "mgAi.aspx?ID=1")
    assert (page.status, page.content_type, page.body.decode()) == (200, "text/html", "<p>Llanelli – ŵ</p>")
    assert site.log == [("/robots.txt", AGENT), ("/mgAi.aspx?ID=1", AGENT)]


def test_robots_is_asked_once_and_obeyed(site: Site, fetcher: Callable[..., Fetcher]) -> None:
    site.replies |= {"/robots.txt": said(b"User-agent: *\nDisallow: /private/"), "/a": said(), "/private/b": said()}
    one = fetcher()
    one.get(site.base + "a")
    with pytest.raises(Disallowed, match="does not allow"):
        one.get(site.base + "private/b")
    assert [path for path, _ in site.log] == ["/robots.txt", "/a"]


@pytest.mark.parametrize("status", [401, 403, 409, 429, 500, 503])
def test_a_refused_robots_means_that_nothing_is_asked(status: int, site: Site, fetcher: Callable[..., Fetcher]) -> None:
    site.replies |= {"/robots.txt": said(b"no", status), "/a": said()}
    one = fetcher(pauses=())
    for _ in range(2):
        with pytest.raises(LeftAlone, match=f"robots.txt answers status {status}"):
            one.get(site.base + "a")
    assert [path for path, _ in site.log] == ["/robots.txt"]


def test_the_longer_of_both_delays_is_kept(site: Site, clock: FakeClock, fetcher: Callable[..., Fetcher]) -> None:
    site.replies |= {"/robots.txt": said(b"User-agent: *\nCrawl-delay: 7"), "/a": said()}
    one = fetcher(delay=2.0)
    one.get(site.base + "a")
    one.get(site.base + "a")
    assert clock.slept == [7.0, 7.0]


@pytest.mark.parametrize("line", ["Crawl-delay: 86400", "Request-rate: 1/1d"])
def test_a_delay_that_no_crawl_can_keep_means_that_nothing_is_asked(
    line: str, site: Site, clock: FakeClock, fetcher: Callable[..., Fetcher]
) -> None:
    site.replies |= {"/robots.txt": said(f"User-agent: *\n{line}".encode()), "/a": said()}
    with pytest.raises(LeftAlone, match="a pause of 24 hours between two requests, which no crawl can keep; ask the"):
        fetcher().get(site.base + "a")
    assert (site.paths, clock.slept, len(site.log)) == ([], [], 1)


def test_a_robots_that_leads_elsewhere_advises_nothing(site: Site, fetcher: Callable[..., Fetcher]) -> None:
    site.replies["/robots.txt"] = said(b"", 301, Location="http://clerk:secret@example.org/robots.txt")
    there = r"/a: its robots\.txt leads to http://example\.org/robots\.txt, which is not the council's; nothing"
    with pytest.raises(LeftAlone, match=there) as failure:
        fetcher().get(site.base + "a")
    assert "alias" not in str(failure.value)
    assert len(site.log) == 1


def test_what_fails_in_passing_is_asked_again(site: Site, clock: FakeClock, fetcher: Callable[..., Fetcher]) -> None:
    site.replies["/a"] = [said(b"busy", 503), hangs_up, said(b"busy", 503, Retry_After="60"), said(b"here")]
    assert fetcher().get(site.base + "a").body == b"here"
    assert clock.slept == [5.0, 10.0, 60.0]


def test_a_retry_after_beyond_patience_ends_it(site: Site, clock: FakeClock, fetcher: Callable[..., Fetcher]) -> None:
    site.replies["/a"] = said(b"busy", 429, Retry_After="3600")
    one = fetcher()
    with pytest.raises(Blocked, match="status 429"):
        one.get(site.base + "a")
    with pytest.raises(LeftAlone, match=r"asks to be left alone for another 60 minutes \(Retry-After\)"):
        one.get(site.base + "b")
    assert (site.paths, clock.slept) == (["/a"], [])


@pytest.mark.parametrize("status", [401, 403, 429, 451, 500, 503])
def test_whoever_refuses_may_say_for_how_long(
    status: int, site: Site, clock: FakeClock, fetcher: Callable[..., Fetcher]
) -> None:
    site.replies |= {"/a": said(b"no", status, Retry_After="90"), "/b": said()}
    one = fetcher(pauses=())
    with pytest.raises(FetchError, match=f"status {status}"):
        one.get(site.base + "a")
    one.get(site.base + "b")
    assert (site.paths, clock.slept) == (["/a", "/b"], [90.0])


@pytest.mark.parametrize("wish", ["86400", "9" * 400])
def test_who_refuses_for_long_is_not_asked_again(wish: str, site: Site, fetcher: Callable[..., Fetcher]) -> None:
    site.replies["/a"] = said(b"no", 403, Retry_After=wish)
    one = fetcher()
    with pytest.raises(Blocked, match="status 403"):
        one.get(site.base + "a")
    with pytest.raises(LeftAlone, match=r"another (24 hours|100 years or more) \(Retry-After\)"):
        one.get(site.base + "b")
    assert site.paths == ["/a"]


@pytest.mark.parametrize("wish", [None, "-5", "soon", "Wed, 21 Oct 2015 07:28:00 GMT", "0"])
def test_a_wish_without_sense_is_none(
    wish: str | None, site: Site, clock: FakeClock, fetcher: Callable[..., Fetcher]
) -> None:
    site.replies |= {"/a": said(b"no", 403, **({"Retry_After": wish} if wish else {})), "/b": said()}
    one = fetcher()
    with pytest.raises(Blocked):
        one.get(site.base + "a")
    one.get(site.base + "b")
    assert clock.slept == []


def test_a_wish_with_a_page_or_beside_a_missing_one_is_none(
    site: Site, clock: FakeClock, fetcher: Callable[..., Fetcher]
) -> None:
    site.replies |= {"/a": said(Retry_After="90"), "/b": said(b"", 404, Retry_After="90")}
    one = fetcher()
    one.get(site.base + "a")
    with pytest.raises(Gone):
        one.get(site.base + "b")
    one.get(site.base + "a")
    assert clock.slept == []


def test_a_conflict_is_asked_again_as_the_servers_own_fault(
    site: Site, clock: FakeClock, fetcher: Callable[..., Fetcher]
) -> None:
    site.replies |= {
        "/a": [said(b"", 409), said(b"", 409, Retry_After="60"), said(b"here")], "/b": said(b"", 409),
    }  # fmt: skip
    one = fetcher()
    assert one.get(site.base + "a").body == b"here"
    with pytest.raises(Unreachable, match="status 409 Conflict"):
        one.get(site.base + "b")
    assert (site.paths, clock.slept) == (["/a"] * 3 + ["/b"] * 4, [5.0, 60.0, 5.0, 10.0, 20.0])


@pytest.mark.parametrize(
    ("status", "error"),
    [(404, Gone), (410, Gone), (403, Blocked), (401, Blocked), (451, Blocked), (500, Unreachable), (503, Unreachable)],
)
def test_each_status_ends_as_its_own_error(
    status: int, error: type[FetchError], site: Site, fetcher: Callable[..., Fetcher]
) -> None:
    site.replies["/a"] = said(b"no", status)
    with pytest.raises(error, match=f"/a: status {status}"):
        fetcher().get(site.base + "a")


def test_redirects_inside_the_site_are_followed(site: Site, fetcher: Callable[..., Fetcher]) -> None:
    site.replies |= {"/a": said(b"", 302, Location="moved here.aspx?ID=1"), "/moved%20here.aspx?ID=1": said(b"there")}
    page = fetcher().get(site.base + "a")
    assert (page.url, page.body) == (site.base + "moved%20here.aspx?ID=1", b"there")


def test_redirects_without_end_end(site: Site, fetcher: Callable[..., Fetcher]) -> None:
    site.replies |= {f"/{number}": said(b"", 302, Location=f"/{number + 1}") for number in range(9)}
    with pytest.raises(Unreachable, match=r"more than 5 redirects, the last to .*/6"):
        fetcher().get(site.base + "0")
    assert len(site.paths) == 6


def test_a_circle_of_redirects_is_gone_round_once(site: Site, fetcher: Callable[..., Fetcher]) -> None:
    site.replies |= {"/a": said(b"", 302, Location="/b"), "/b": said(b"", 302, Location="/a#again")}
    with pytest.raises(Unreachable, match=f"{site.base}a: redirects in a circle, back to {site.base}a"):
        fetcher().get(site.base + "a")
    assert site.paths == ["/a", "/b"]


@pytest.mark.parametrize(
    "target", ["http://example.org/a", "http://127.0.0.1:1/a", "file:///etc/passwd", "//localhost/a", "http://[::1"]
)
def test_a_redirect_out_of_the_site_is_not_followed(
    target: str, site: Site, fetcher: Callable[..., Fetcher]
) -> None:
    site.replies["/a"] = said(b"", 302, Location=target)
    with pytest.raises(Unreachable, match="outside the council's own hosts"):
        fetcher().get(site.base + "a")


@pytest.mark.parametrize("url", ["http://example.org/", "ftp://127.0.0.1/a", "file:///etc/passwd", "nonsense"])
def test_nothing_outside_the_site_is_asked(url: str, fetcher: Callable[..., Fetcher]) -> None:
    with pytest.raises(Unreachable, match="outside the council's own hosts"):
        fetcher().get(url)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:127.0.0.1"])
def test_a_name_that_leads_into_a_private_network_is_refused(
    address: str, site: Site, clock: FakeClock, tmp_path: Path
) -> None:
    port = host_of(site.base).rsplit(":", 1)[1]
    with Captures(tmp_path).run(clock.now()) as writer:
        one = Fetcher(
            f"http://council.example:{port}/", writer, clock, agent=AGENT, limits=QUICK,
            resolve=lambda *_: [address],
        )
        with pytest.raises(Blocked, match=f"council.example is {address}, on a private network"):
            one.get(f"http://council.example:{port}/a")
    assert (site.log, clock.slept) == ([], [])


def test_a_host_without_address_is_not_asked_again(clock: FakeClock, tmp_path: Path) -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with Captures(tmp_path).run(clock.now()) as writer:
        one = Fetcher("http://council.example/", writer, clock, agent=AGENT, resolve=unknown)
        with pytest.raises(Blocked, match=r"no such host: council\.example"):
            one.get("http://council.example/a")
    assert clock.slept == []


def test_a_page_that_is_too_large_is_refused(site: Site, fetcher: Callable[..., Fetcher]) -> None:
    site.replies["/a"] = said(b"x" * 200_000)
    with pytest.raises(Unreachable, match="larger than 100,000 bytes"):
        fetcher().get(site.base + "a")


def test_the_body_of_a_redirect_is_limited_too(site: Site, fetcher: Callable[..., Fetcher]) -> None:
    site.replies["/a"] = said(gzip.compress(b"\0" * 200_000), 302, Location="/b", Content_Encoding="gzip")
    with pytest.raises(Unreachable, match="larger than 100,000 bytes"):
        fetcher().get(site.base + "a")


def test_size_is_counted_after_decompression(site: Site, fetcher: Callable[..., Fetcher]) -> None:
    site.replies |= {
        "/bomb": said(gzip.compress(b"\0" * 50_000_000, 9), Content_Encoding="gzip"),
        "/a": said(gzip.compress(b"Agenda"), Content_Encoding="gzip"),
    }
    one = fetcher()
    with pytest.raises(Unreachable, match="larger than 100,000 bytes"):
        one.get(site.base + "bomb")
    assert one.get(site.base + "a").body == b"Agenda"


def test_a_body_that_breaks_off_is_no_page(site: Site, clock: FakeClock, fetcher: Callable[..., Fetcher]) -> None:
    def breaks_off(handler: BaseHTTPRequestHandler) -> None:
        said(b"<p>half of the min", Content_Length="4000")(handler)
        handler.close_connection = True

    site.replies["/a"] = breaks_off
    with pytest.raises(Unreachable):
        fetcher(pauses=(1.0,)).get(site.base + "a")
    assert (site.paths, clock.slept) == (["/a", "/a"], [1.0])


def test_a_slow_answer_is_cut_in_all(site: Site, fetcher: Callable[..., Fetcher]) -> None:
    site.replies["/a"] = drips
    with pytest.raises(Unreachable, match=r"no whole answer within 0\.15 seconds"):
        fetcher(total=0.15).get(site.base + "a")


def test_silence_is_an_answer_too_late(site: Site, fetcher: Callable[..., Fetcher]) -> None:
    def sleeps(handler: BaseHTTPRequestHandler) -> None:
        threading.Event().wait(0.3)

    site.replies["/a"] = sleeps
    with pytest.raises(Unreachable, match="no answer in time"):
        fetcher(read=0.1, pauses=()).get(site.base + "a")


def test_a_picture_is_no_page(site: Site, fetcher: Callable[..., Fetcher]) -> None:
    site.replies["/a"] = said(b"\x89PNG", Content_Type="image/png")
    with pytest.raises(Unreachable, match="is image/png"):
        fetcher().get(site.base + "a")


def test_the_budget_is_kept(site: Site, fetcher: Callable[..., Fetcher]) -> None:
    site.replies["/a"] = said()
    one = fetcher(requests=2)
    one.get(site.base + "a")
    with pytest.raises(OutOfBudget, match="2 requests are used up"):
        one.get(site.base + "a")
    assert len(site.log) == one.requests == 2


def test_every_response_is_kept_before_it_is_judged(
    site: Site, fetcher: Callable[..., Fetcher], tmp_path: Path
) -> None:
    site.replies |= {"/a": said(b"see there", 302, Location="/b"), "/b": said(b"broken", 500)}
    one = fetcher()
    with one.recording() as captures, pytest.raises(Unreachable):
        one.get(site.base + "a")
    assert [(each.url, each.status) for each in captures] == [(site.base + "a", 302), (site.base + "b", 500)]
    assert [Captures(tmp_path).read(each) for each in captures] == [b"see there", b"broken"]


def test_cookies_are_not_kept(site: Site, fetcher: Callable[..., Fetcher]) -> None:
    seen: list[str | None] = []

    def reply(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.headers["Cookie"])
        said(Set_Cookie="ASP.NET_SessionId=1; path=/")(handler)

    site.replies["/a"] = reply
    one = fetcher()
    one.get(site.base + "a")
    one.get(site.base + "a")
    assert seen == [None, None]


def test_proxies_of_the_system_are_not_used(
    site: Site, fetcher: Callable[..., Fetcher], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    site.replies["/a"] = said()
    assert fetcher().get(site.base + "a").status == 200


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2606:4700::1111", True), ("192.168.1.1", False), ("100.64.0.1", False), ("0.0.0.1", False),
        ("224.0.0.1", False), ("fe80::1%eth0", False), ("fc00::1", False), ("64:ff9b::7f00:1", False),
        ("::127.0.0.1", False), ("::ffff:0:127.0.0.1", False), ("64:ff9b:1::7f00:1", False), ("fec0::1", False),
        ("64:ff9b::808:808", True), ("2002:7f00:1::", False), ("::ffff:10.0.0.1", False), ("::", False),
    ],
)  # fmt: skip
def test_what_the_open_internet_is(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_tls_of_the_same_host_is_inside_the_site() -> None:
    assert own_hosts("http://Democracy.example.gov.uk/x", ("127.0.0.1:8900",)) == {
        "democracy.example.gov.uk:80", "democracy.example.gov.uk:443", "127.0.0.1:8900",
    }
