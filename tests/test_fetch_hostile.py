"""The fetcher against servers that are out to harm it, or merely broken; and that nothing leads it elsewhere."""

import gzip
import re
import socket
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from itertools import repeat
from pathlib import Path

import pytest
from a_server import FakeClock, Reply, Site, fetching, raw, said, serving
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import InputError, LeftAlone, Unreachable
from crawler.network.addresses import host_of, own_hosts
from crawler.network.fetch import Fetcher
from crawler.network.watchdog import Watchdog

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
OUTSIDE = "outside the council's own hosts; if the council has moved there, add it to aliases of this council in minute"


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
        yield lambda **given: made.enter_context(
            fetching(site.base, clock, tmp_path, **{"limits": {"pauses": ()}} | given)
        )


def failure_of(fetcher: Fetcher, url: str) -> str:
    """Why `url` could not be had; the exception itself would keep the broken connection from being freed in order."""
    try:
        fetcher.get(url)
    except Unreachable as failure:
        return str(failure)
    pytest.fail("was had")


@pytest.mark.parametrize(
    ("reply", "said_of_it"),
    [
        (raw(HEAD + b"Content-Length: 99999999999\r\n\r\n<p>"), "IncompleteRead"),
        (raw(HEAD + b"Content-Length: -5\r\n\r\n<p>"), None),
        (raw(HEAD + b"Content-Length: 5, 7\r\n\r\n<p>ab"), "."),
        (raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n<p>"), "."),
        (raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n<p>ab"), "."),
        (raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n<p>"), "."),
        (raw(HEAD + b"X: " + b"y" * 1_000_000 + b"\r\n\r\n<p>"), "header line|LineTooLong|got more than"),
        (raw(HEAD, *repeat(b"X-Again: and again\r\n", 10_000)), "got more than 100 headers"),
        (raw(b"\x16\x03\x01\x00nonsense\r\n\r\n"), "."),
        (raw(b"HTTP/1.1 9999 What\r\n\r\n"), "."),
        (raw(b""), "."),
        (raw(HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"<p>" * 999)[:-9]), "packed answer breaks off"),
        (raw(HEAD + b"Content-Encoding: gzip\r\n\r\n<p>"), "cannot be unpacked: not packed as its header says"),
        (said(b"<p>", Content_Encoding="br"), "cannot be unpacked: packed as 'br', which was not asked for"),
        (said(b"", Content_Encoding=", ".join(["gzip"] * 200)), "cannot be unpacked: packed 200 times over"),
    ],
)
def test_what_is_broken_is_no_page(
    reply: Reply, said_of_it: str | None, site: Site, fetcher: Callable[..., Fetcher]
) -> None:
    site.replies["/a"] = reply
    one = fetcher()
    if said_of_it is None:
        assert one.get(site.base + "a").body == b"<p>"
        return
    failure = failure_of(one, site.base + "a")
    assert re.search(said_of_it, failure)
    assert "\n" not in failure
    assert len(failure) < 500


def test_a_bomb_takes_little_memory(site: Site, fetcher: Callable[..., Fetcher]) -> None:
    bomb = gzip.compress(bytes(30_000_000))
    site.replies |= {"/robots.txt": said(b"User-agent: *"), "/a": said(bomb, Content_Encoding="gzip")}
    one = fetcher()
    one.get(site.base + "robots.txt")
    tracemalloc.start()
    try:
        with pytest.raises(Unreachable, match="larger than 100,000 bytes"):
            one.get(site.base + "a")
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "reply",
    [
        raw(HEAD + b"\r\n", *repeat(b"x", 500), apart=0.01),                                  # a body without end
        raw(HEAD, *repeat(b"X: y\r\n", 90), *repeat(b"Z", 400), apart=0.01),                  # a head without end
        raw(*repeat(b"HTTP/1.1 100 Continue\r\n\r\n", 500), apart=0.01),                      # "go on" without end
        raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *repeat(b"1\r\nx\r\n", 500), apart=0.01),
    ],
)
def test_what_never_ends_is_cut(reply: Reply, site: Site, fetcher: Callable[..., Fetcher]) -> None:
    site.replies["/a"] = reply
    begun = time.monotonic()
    with pytest.raises(Unreachable, match=r"no whole answer within 0\.15 seconds"):
        fetcher(limits={"pauses": (), "total": 0.15}).get(site.base + "a")
    assert time.monotonic() - begun < 2


def test_a_handshake_that_never_ends_is_cut(clock: FakeClock, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        def drips() -> None:
            connection, _ = listening.accept()
            with connection:
                for each in b"\x16\x03\x03\x40\x00" + bytes(400):    # a record of 16 KB, byte by byte
                    try:
                        connection.send(bytes([each]))
                    except OSError:
                        return
                    threading.Event().wait(0.01)

        threading.Thread(target=drips, daemon=True).start()
        url, limits = f"https://127.0.0.1:{listening.getsockname()[1]}/", {"pauses": (), "total": 0.15}
        with fetching(url, clock, tmp_path, limits=limits) as one, pytest.raises(LeftAlone, match="no whole answer"):
            one.get(url)


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "ftp://127.0.0.1/a", "gopher://127.0.0.1:1/",
        "http://127.0.0.1:1/a", "http://127.0.0.1/a", "http://localhost/a", "http://[::ffff:127.0.0.1]/a",
        "http://2130706433/a", "http://0x7f.1/a", "http://0/a", "http://127.0.0.1%2f@evil.example/", "//evil.example",
        "http://127.0.0.1:99999/", "http://127.0.0.1:x/", "http://evil.example\\@127.0.0.1/", "http://１２７.0.0.1/",
        "http://bücher.example/", "http://xn--bcher-kva.example/", "https://127.0.0.1/", "http://\x00/",
    ],
)  # fmt: skip
def test_nothing_leads_out_of_the_site(target: str, site: Site, fetcher: Callable[..., Fetcher]) -> None:
    site.replies["/a"] = said(b"", 302, Location=target.encode().decode("latin-1"))
    one = fetcher()
    for url in (site.base + "a", target):
        with pytest.raises(Unreachable, match=OUTSIDE):
            one.get(url)
    assert site.paths == ["/a"]


@given(st.text(st.sampled_from("htps:/\\@.%#?[]127x0\t\n\0ａ"), max_size=25))
def test_no_address_makes_it_stumble(text: str) -> None:
    with suppress(ValueError):
        host_of(text)


def test_a_redirect_with_a_password_is_not_followed(site: Site, fetcher: Callable[..., Fetcher]) -> None:
    there = site.base.replace("//", "//clerk:secret@") + "b"
    site.replies |= {"/a": said(b"", 302, Location=there), "/b": said()}
    with pytest.raises(Unreachable, match="under a user's name") as failure:
        fetcher().get(site.base + "a")
    assert "secret" not in str(failure.value)
    assert site.paths == ["/a"]


def test_what_a_name_means_is_asked_once_and_that_machine_is_talked_to(
    site: Site, clock: FakeClock, tmp_path: Path
) -> None:
    answers = [["127.0.0.1"], ["8.8.8.8"]]    # a name that changes between two questions
    port = host_of(site.base).rpartition(":")[2]
    url = f"http://council.example:{port}/"
    site.replies["/a"] = said(b"here")
    with fetching(url, clock, tmp_path, resolve=lambda *_: answers.pop(0)) as one:
        assert one.get(url + "a").body == b"here"
    assert answers == [["8.8.8.8"]]


def test_one_private_address_among_others_is_enough(site: Site, clock: FakeClock, tmp_path: Path) -> None:
    url = f"http://council.example:{host_of(site.base).rpartition(':')[2]}/"
    with (
        fetching(url, clock, tmp_path, allow=(), resolve=lambda *_: ["8.8.8.8", "127.0.0.1"]) as one,
        pytest.raises(LeftAlone, match=r"council\.example is 127\.0\.0\.1, on a private network"),
    ):
        one.get(url)
    assert site.log == []


@pytest.mark.parametrize(("allowed", "ending"), [("moved.example", None), ("other.example", "on a private network")])
def test_an_alias_is_the_councils_own_but_not_allowed_on_a_private_network(
    allowed: str, ending: str | None, site: Site, clock: FakeClock, tmp_path: Path
) -> None:
    port = host_of(site.base).rpartition(":")[2]
    site.replies |= {"/a": said(b"", 301, Location=f"http://moved.example:{port}/b"), "/b": said(b"there")}
    with fetching(
        site.base, clock, tmp_path, allow=(host_of(site.base), f"{allowed}:{port}"),
        aliases=(f"Moved.example:{port}",), resolve=lambda *_: ["127.0.0.1"],
    ) as one:  # fmt: skip
        if ending is None:
            assert one.get(site.base + "a").body == b"there"
        else:
            with pytest.raises(LeftAlone, match=ending):
                one.get(site.base + "a")


def test_a_site_in_other_letters_is_one_site(site: Site, clock: FakeClock, tmp_path: Path) -> None:
    port = host_of(site.base).rpartition(":")[2]
    url, plain = f"http://café.example:{port}/", f"http://xn--caf-dma.example:{port}/"
    site.replies |= {"/a": said(b"", 302, Location=plain + "b"), "/b": said(b"there")}
    allow, limits = (f"CAFÉ.example:{port}",), {"delay": 1.0}
    with fetching(url, clock, tmp_path, allow=allow, limits=limits, resolve=lambda *_: ["127.0.0.1"]) as one:
        assert one.get(url + "a").body == one.get(plain + "b").body == b"there"
    assert [path for path, _ in site.log] == ["/robots.txt", "/a", "/b", "/b"]
    assert clock.slept == [1.0, 1.0, 1.0]


def test_whose_hosts_are_own() -> None:
    assert own_hosts("https://a.gov.uk/x", (), ("B.gov.uk", "c.gov.uk:8443", "tŷ.wales")) == {
        "a.gov.uk:443", "a.gov.uk:80", "b.gov.uk:80", "b.gov.uk:443", "c.gov.uk:8443", "xn--t-foa.wales:80",
        "xn--t-foa.wales:443",
    }  # fmt: skip
    assert own_hosts("https://a.gov.uk:8443/", ()) == {"a.gov.uk:8443"}


@pytest.mark.parametrize("host", ["café.gov.uk", "CAFÉ.gov.uk.", "xn--caf-dma.gov.uk", "XN--CAF-DMA.GOV.UK"])
def test_a_host_is_one_in_whatever_letters(host: str) -> None:
    own = {"xn--caf-dma.gov.uk:80", "xn--caf-dma.gov.uk:443"}
    assert own_hosts(f"https://{host}/", ()) == own
    assert own_hosts("https://xn--caf-dma.gov.uk/", (f"{host}:80",), (host,)) == own


@pytest.mark.parametrize("name", ["a.gov.uk:port", "[::1", "a.gov.uk:99999"])
def test_what_is_named_and_no_host_is_said(name: str) -> None:
    with pytest.raises(InputError, match=f"alias '{re.escape(name)}' is no host"):
        own_hosts("https://a.gov.uk/", (), (name,))
    with pytest.raises(InputError, match=f"allow '{re.escape(name)}' is no host"):
        own_hosts("https://a.gov.uk/", (name,))


def test_a_page_is_what_it_is_whatever_its_type_says(site: Site, fetcher: Callable[..., Fetcher]) -> None:
    site.replies |= {
        "/a": said(b"%PDF-1.7", Content_Type="text/html"), "/b": said(b"<p>", Content_Type="\xff nonsense; charset="),
        "/c": said(b"<p>", Content_Type="IMAGE/png"),
    }
    one = fetcher()
    assert [one.get(site.base + path).body for path in "ab"] == [b"%PDF-1.7", b"<p>"]
    with pytest.raises(Unreachable, match="is image/png, no page"):
        one.get(site.base + "c")


def test_one_thread_watches_all_requests(site: Site, fetcher: Callable[..., Fetcher]) -> None:
    site.replies["/a"] = said()
    others, one = set(threading.enumerate()), fetcher()
    watching = set[threading.Thread]()
    for _ in range(20):
        one.get(site.base + "a")
        watching |= {each for each in threading.enumerate() if each.name == "watchdog"} - others
    assert len(watching) == 1
    one.close()
    watching.pop().join(2)
    assert not {each for each in threading.enumerate() if each.name == "watchdog"} - others


def test_the_watchdog_cuts_what_takes_too_long_and_nothing_else() -> None:
    cut = threading.Event()
    dog = Watchdog(cut.set)
    with dog.at_most(60) as expired:
        pass
    with dog.at_most(0.02) as second:
        assert cut.wait(2)
    assert (expired.is_set(), second.is_set()) == (False, True)
    cut.clear()
    with dog.at_most(60):
        assert not cut.wait(0.05)
    dog.close()


def test_a_host_that_takes_no_connection_is_asked_again_and_then_left_alone(clock: FakeClock, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
    with fetching(url, clock, tmp_path) as one, pytest.raises(LeftAlone, match=r"robots\.txt cannot be had"):
        one.get(url)
    assert clock.slept == [5.0, 10.0, 20.0]
