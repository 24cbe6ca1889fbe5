"""Serves the sample council on the loopback address, for the demonstration and for tests."""

import socket
import struct
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from threading import Lock, Thread
from urllib.parse import unquote, urlsplit

from archive.model import Meeting
from crawler.sample import pages, shown
from crawler.sample.asking import Reply, Request, read_parameters
from crawler.sample.council import SampleCouncil
from crawler.sample.options import Options, Welsh
from crawler.sample.shelf import Shelf
from crawler.sample.site import View

_HOST = "127.0.0.1"
_CONDITIONS = ("If-None-Match", "If-Modified-Since")
_LOGGED = (*_CONDITIONS, "Accept-Language", "Accept-Encoding", "Cookie", "Authorization", "From")
_DRIPS = 16
_Connection = socket.socket | tuple[bytes, socket.socket]  # as socketserver types it: of TCP, a socket
_RESET = struct.pack("ii", 1, 0)  # closing sends a reset, not an end


@dataclass(frozen=True, slots=True)
class Logged:
    """One answered request: `target` is the path with its query as it was asked, `size` the bytes of body sent.

    `began` and `ended` are `time.monotonic` seconds: when the request had been read, and when the last of the answer
    was about to be sent. `host` is the Host header; `headers` are those that say more than the address, as far as
    they were sent: the conditional ones, language, encoding, cookie, authorisation, From. `cut`: the connection was
    reset, by the site or by the client.
    """

    method: str
    target: str
    status: int
    user_agent: str
    size: int
    began: float = 0.0
    ended: float = 0.0
    host: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False


@dataclass
class Served:
    """A running site: its base address with closing slash, and what it was asked so far.

    The log is in the order in which the answers ended; `asked` has it in the order of asking. `view` is what is shown;
    `twin` the base of the Welsh site where that has a host of its own, `twin_view` what is shown there; it is logged
    here too.
    """

    url: str
    view: View
    twin: str = ""
    twin_view: View | None = None
    log: list[Logged] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def show(self, council: SampleCouncil) -> None:
        """Shows `council` from the next request on: another day, or the same one edited."""
        self.view = replace(self.view, council=council, kept=Shelf())
        self.twin_view = self.twin_view and replace(self.twin_view, council=council, kept=Shelf())

    def meetings(self) -> tuple[Meeting, ...]:
        """What a reader of the whole site should find (`crawler.sample.shown`)."""
        return shown.meetings(self.view)

    def welsh_meetings(self) -> tuple[Meeting, ...]:
        """The Welsh twins of the meetings."""
        return shown.welsh_meetings(self.view)

    def asked(self, host: str = "") -> list[Logged]:
        """The log in the order of asking, of `host` ("127.0.0.1:8901") alone where it is given."""
        return sorted((each for each in self.log if host in ("", each.host)), key=lambda each: each.began)

    def most_at_once(self, host: str = "") -> int:
        """How many requests were being answered at the same moment, at the most."""
        asked = self.asked(host)
        steps = sorted([(each.began, 1) for each in asked] + [(each.ended, -1) for each in asked])
        running = most = 0
        for _, step in steps:
            running += step
            most = max(most, running)
        return most

    def pauses(self, host: str = "") -> list[float]:
        """The seconds from the end of each answer to the next request, in the order of asking."""
        return [later.began - sooner.ended for sooner, later in pairwise(self.asked(host))]


@contextmanager
def serve(council: SampleCouncil, port: int = 0, options: Options | None = None) -> Iterator[Served]:
    """Serves `council` on loopback until the context ends; port 0 takes a free one. `OSError` when it is taken.

    When the context ends all connections are closed, and the port can be taken again at once.
    """
    chosen = options or Options()
    with ExitStack() as stack:
        server = stack.enter_context(_Server(port, chosen.prefix))
        served = server.served = Served(server.base, View(council, chosen, server.base))
        if chosen.welsh is Welsh.TWIN_HOST:
            other = stack.enter_context(_Server(0, chosen.prefix, server))
            served.twin, served.view = other.base, replace(served.view, twin=other.base)
            served.twin_view = View(council, chosen, other.base, server.base, welsh=True)
            stack.enter_context(_running(other))
        stack.enter_context(_running(server))
        yield served


@contextmanager
def _running(server: "_Server") -> Iterator[None]:
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.hang_up()


class _Server(ThreadingHTTPServer):
    """A port on loopback; the `twin` of another shows the Welsh pages of the same site."""

    daemon_threads = True
    request_queue_size = 64
    served: Served

    def __init__(self, port: int, prefix: str, twin: "_Server | None" = None) -> None:
        super().__init__((_HOST, port), _Handler)
        self.prefix = f"/{prefix.strip('/')}/" if prefix.strip("/") else "/"
        self.base = f"http://{_HOST}:{self.server_port}{self.prefix}"
        self._welsh = twin is not None
        if twin is not None:
            self.served = twin.served
        self._open: set[socket.socket] = set()

    @property
    def view(self) -> View:
        """What is shown now."""
        return self.served.twin_view if self._welsh and self.served.twin_view else self.served.view

    def process_request(self, request: _Connection, client_address: object) -> None:
        """Answers a connection in a thread of its own."""
        if isinstance(request, socket.socket):
            self._open.add(request)
            super().process_request(request, client_address)

    def shutdown_request(self, request: _Connection) -> None:
        """Closes a connection: by a reset where its answer was cut."""
        if not isinstance(request, socket.socket):
            return
        self._open.discard(request)
        if request.fileno() >= 0 and request.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8) == _RESET:
            self.close_request(request)
        else:
            super().shutdown_request(request)

    def handle_error(self, request: _Connection, client_address: object) -> None:
        """Says what went wrong, unless it is that somebody hung up."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)

    def hang_up(self) -> None:
        """Ends the connections that are still open."""
        for each in tuple(self._open):
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # it has ended by itself


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Microsoft-IIS/10.0"
    sys_version = ""
    disable_nagle_algorithm = True  # else every answer waits for the client's delayed acknowledgement
    server: _Server

    def do_GET(self) -> None:
        began = time.monotonic()
        self._send(self._reply("GET"), began)

    def _reply(self, method: str) -> Reply:
        path = unquote(urlsplit(self.path).path)
        if path == "/robots.txt" and self.server.prefix != "/":
            path = self.server.prefix + "robots.txt"
        request = Request(
            method, path.removeprefix(self.server.prefix), read_parameters(self.path), dict(self.headers.items())
        )
        view = self.server.view
        fault = view.options.fault(request)
        if fault is not None and fault.instead:
            return fault
        if not path.startswith(self.server.prefix):
            return Reply(b"<html><body>Not found</body></html>", status=404)
        with self.server.served.lock:  # pages are written one at a time: they share the kept meetings
            reply = pages.answer(view, request)
        return reply if fault is None else replace(reply, seconds=fault.seconds, drip=fault.drip, cut=fault.cut)

    def _send(self, reply: Reply, began: float) -> None:
        """Sends the answer in pieces, and logs it just before the last: who has it all can read it in the log."""
        time.sleep(reply.seconds)
        head, *pieces = self._pieces(reply)
        sent, cut = 0, reply.cut is not None
        try:
            for piece in pieces:
                self.wfile.write(head)
                head = piece
                sent += len(piece)
                time.sleep(reply.drip)
        except ConnectionError:
            cut = True
            raise
        finally:
            self.server.served.log.append(self._logged(reply.status, sent, began, cut))
        self.wfile.write(head)
        if reply.cut is not None:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            raise ConnectionResetError("cut as asked")

    def _pieces(self, reply: Reply) -> list[bytes]:
        """The head of the answer, then its body in one piece, or in the drips and as far as the reply wants it."""
        lines = [f"HTTP/1.1 {reply.status} {self.responses.get(reply.status, ('',))[0]}"]
        headers = [("Server", self.server_version), ("Date", self.date_time_string())]
        if reply.status != 304:
            headers += [("Content-Type", reply.content_type), ("Content-Length", str(len(reply.body)))]
        lines += [f"{name}: {value}" for name, value in (*headers, *reply.headers)]
        head = "\r\n".join([*lines, "", ""]).encode("latin-1")
        body = reply.body if reply.cut is None else reply.body[: reply.cut]
        step = max(1, -(-len(body) // _DRIPS)) if reply.drip else max(1, len(body))
        return [head, *(body[at : at + step] for at in range(0, len(body), step))]

    def _logged(self, status: int, size: int, began: float, cut: bool) -> Logged:
        agent, host = self.headers.get("User-Agent", ""), self.headers.get("Host", "")
        told = {name: self.headers[name] for name in _LOGGED if name in self.headers}
        return Logged(self.command, self.path, status, agent, size, began, time.monotonic(), host, told, cut)

    def log_message(self, *_: object) -> None:
        """Nothing on standard error: `Served.log` is the log."""
