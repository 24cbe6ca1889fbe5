"""What goes wrong with the sample's site when it is told to, as its own log and a client see it."""

import urllib.error
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException

import pytest

from crawler.sample import Options, Reply, Request, SampleCouncil, Served, faults, serve
from crawler.sample.faults import Fault, Look

COUNCIL = SampleCouncil(meetings=0)


def asked(path: str) -> Request:
    return Request("GET", path, {}, {})


def statuses(fault: Fault, *paths: str) -> list[int]:
    """The status of each answer, 0 for none."""
    return [reply.status if (reply := fault(asked(path))) else 0 for path in paths]


def read(url: str, **headers: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as reply:
            return reply.status, reply.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def served(fault: Fault) -> Options:
    return Options(fault=fault)


def test_busy_now_and_then_and_for_a_while() -> None:
    assert statuses(faults.busy(every=3), *["a.aspx"] * 7) == [0, 0, 503, 0, 0, 503, 0]
    assert statuses(faults.busy(until=2, status=429), *["a.aspx"] * 4) == [429, 429, 0, 0]
    reply = faults.busy(retry_after=7)(asked("a.aspx"))
    assert reply
    assert reply.headers == (("Retry-After", "7"),)


def test_only_the_pages_on_which_it_is_are_counted() -> None:
    fault = faults.busy("ieListDocuments", every=2)
    assert statuses(fault, "ielistdocuments.aspx", "mgAi.aspx", "IELISTDOCUMENTS.aspx") == [0, 0, 503]
    assert statuses(faults.busy(), "robots.txt") == [0]
    assert statuses(faults.busy("robots.txt"), "robots.txt") == [503]


def test_the_first_fault_that_answers_is_the_answer() -> None:
    fault = faults.first_of(faults.busy("mgAi"), faults.wall(after=1, look=Look.FORBIDDEN))
    assert statuses(fault, "mgAi.aspx", "a.aspx", "b.aspx", "mgAi.aspx") == [503, 0, 403, 503]


def test_a_single_request_can_fail() -> None:
    assert statuses(faults.once(Reply(b"", status=500), at=2), *["a"] * 3) == [0, 500, 0]


@pytest.mark.parametrize("look", Look)
def test_no_wall_looks_like_modern_gov(look: Look) -> None:
    reply = faults.stub(look)
    assert b"modgov" not in reply.body
    assert reply.status == {Look.FORBIDDEN: 403, Look.ERROR: 302}.get(look, 200)
    assert len(reply.body) < 500


def test_requests_are_counted_right_from_many_threads() -> None:
    fault = faults.busy(every=2)
    with ThreadPoolExecutor(8) as pool:
        found = Counter(pool.map(lambda _: statuses(fault, "a")[0], range(400)))
    assert found == {0: 200, 503: 200}


def test_a_reset_is_logged_with_what_was_sent() -> None:
    with serve(COUNCIL, options=served(faults.reset(after=700))) as site:
        with pytest.raises((OSError, HTTPException)):
            read(site.url + "mgListCommittees.aspx")
        [logged] = site.log
    assert (logged.status, logged.size, logged.cut) == (200, 700, True)


def test_a_slow_page_is_the_page() -> None:
    with serve(COUNCIL, options=served(faults.slow("mgList", seconds=0.03))) as site:
        status, body = read(site.url + "mgListCommittees.aspx")
    assert (status, b'id="modgov"' in body) == (200, True)
    assert site.log[0].ended - site.log[0].began >= 0.03


def test_a_page_can_arrive_drop_by_drop() -> None:
    with serve(COUNCIL, options=served(faults.slow("mgList", seconds=0.03, drip=True))) as site:
        _, body = read(site.url + "mgListCommittees.aspx")
    assert body.rstrip().endswith(b"-->")
    assert site.log[0].size == len(body)
    assert site.log[0].ended - site.log[0].began >= 0.03


def test_a_redirect_loop_never_ends() -> None:
    with serve(COUNCIL, options=served(faults.redirect_loop("mgAi"))) as site:
        with pytest.raises(urllib.error.HTTPError, match="infinite loop"):
            urllib.request.urlopen(site.url + "mgAi.aspx?ID=1")
        assert len({each.target for each in site.log}) == 3


def test_a_page_can_lead_elsewhere() -> None:
    reply = faults.redirect("http://10.0.0.1/", "mgAi")(asked("mgAi.aspx"))
    assert reply
    assert dict(reply.headers)["Location"] == "http://10.0.0.1/"


def test_the_log_tells_times_hosts_and_conditions() -> None:
    with serve(COUNCIL) as site:
        read(site.url + "robots.txt", **{"User-Agent": "Minutebook/1", "If-None-Match": '"a"'})
        read(site.url.replace("127.0.0.1", "localhost") + "robots.txt")
    first, second = site.log
    assert first.headers["If-None-Match"] == '"a"'
    assert first.began <= first.ended <= second.began
    assert (first.host, second.host) == (site.url[7:-1], site.url[7:-1].replace("127.0.0.1", "localhost"))
    assert site.pauses() == [second.began - first.ended]
    assert site.asked(second.host) == [second]
    assert site.pauses(second.host) == []


def test_the_log_tells_how_many_were_asked_at_once() -> None:
    def ask_all(site: Served, hands: int) -> int:
        with ThreadPoolExecutor(hands) as pool:
            list(pool.map(read, [site.url + "robots.txt"] * 4))
        return site.most_at_once()

    late = served(faults.slow("robots.txt", seconds=0.05))
    with serve(COUNCIL, options=late) as site:
        assert ask_all(site, 4) == 4
    with serve(COUNCIL, options=late) as site:
        assert ask_all(site, 1) == 1
