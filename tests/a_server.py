"""A real server on loopback that misbehaves as it is told, a clock that only counts, and a fetcher between them."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from ssl import SSLContext
from typing import Any

from archive.captures import Captures
from crawler.network.addresses import host_of
from crawler.network.fetch import Fetcher, Limits
from crawler.network.politeness import user_agent
from crawler.network.shared import shared_by_all

Reply = Callable[[BaseHTTPRequestHandler], None]
AGENT = user_agent("clerk@example.org")
QUICK = Limits(delay=0.0, connect=2.0, read=2.0, total=5.0, size=100_000)


class FakeClock:
    """Sleeping only moves the hands."""

    def __init__(self) -> None:
        self.moment, self.slept = 0.0, list[float]()

    def now(self) -> datetime:
        return datetime(2024, 5, 1, tzinfo=UTC) + timedelta(seconds=self.moment)

    def seconds(self) -> float:
        return self.moment

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.moment += seconds


class Middle(Random):
    """Always the middle, so that what is waited can be told."""

    def random(self) -> float:
        return 0.5


@dataclass
class Site:
    """Paths and what they answer; `log` is what was asked, with the User-Agent, `headers` those of each request."""

    base: str = ""
    replies: dict[str, Reply | list[Reply]] = field(default_factory=dict)
    log: list[tuple[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.log if path != "/robots.txt"]


def said(body: bytes = b"<p>Agenda</p>", status: int = 200, **headers: str) -> Reply:
    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        sent = {"Content-Type": "text/html", "Content-Length": str(len(body))}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in sent.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def hangs_up(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def raw(*parts: bytes, apart: float = 0.0) -> Reply:
    """Sends what no decent server would, its parts so many seconds apart, and hangs up."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        for part in parts:
            try:
                handler.wfile.write(part)
            except OSError:
                return
            threading.Event().wait(apart)

    return reply


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    site: Site

    def do_GET(self) -> None:
        self.site.log.append((self.path, self.headers["User-Agent"]))
        self.site.headers.append(dict(self.headers.items()))
        reply = self.site.replies.get(self.path, said(b"nothing here", 404))
        if isinstance(reply, list):
            reply = reply.pop(0) if len(reply) > 1 else reply[0]
        reply(self)

    def log_message(self, *arguments: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *arguments: object) -> None:
        pass    # a client that hangs up is what some of these tests are about


@contextmanager
def serving(tls: SSLContext | None = None) -> Iterator[Site]:
    """A site on a free port of 127.0.0.1, with TLS when it is given."""
    found = Site()
    with Server(("127.0.0.1", 0), type("Bound", (Handler,), {"site": found})) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        found.base = f"http{'s' if tls else ''}://127.0.0.1:{server.server_address[1]}/"
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield found
        server.shutdown()


@contextmanager
def fetching(site: str, clock: FakeClock, folder: Path, **given: Any) -> Iterator[Fetcher]:
    """A fetcher of `site`, which the operator allows, with quick limits; `given` are its other arguments."""
    limits = replace(QUICK, **given.pop("limits", {}))
    given = {"allow": (host_of(site),), "shared": shared_by_all(clock, Middle()), "agent": AGENT} | given
    with (
        Captures(folder).run(clock.now()) as writer,
        closing(Fetcher(site, writer, clock, limits=limits, **given)) as fetcher,
    ):
        yield fetcher
