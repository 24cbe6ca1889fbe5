"""Serves the sample council on the loopback address, for the demonstration and for tests."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from urllib.parse import unquote, urlsplit

from crawler.sample import pages
from crawler.sample.council import SampleCouncil
from crawler.sample.site import Options, Reply, Request, View, read_parameters

_HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Logged:
    """One answered request: `target` is the path with its query as it was asked."""

    method: str
    target: str
    status: int
    user_agent: str
    size: int


@dataclass
class Served:
    """A running site: its base address with closing slash, and what it was asked so far, in order."""

    url: str
    log: list[Logged] = field(default_factory=list)


@contextmanager
def serve(council: SampleCouncil, port: int = 0, options: Options | None = None) -> Iterator[Served]:
    """Serves `council` on loopback until the context ends; port 0 takes a free one. `OSError` when it is taken."""
    chosen = options or Options()
    with _Server(council, port, chosen) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server.served
        finally:
            server.shutdown()
            thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, council: SampleCouncil, port: int, options: Options) -> None:
        super().__init__((_HOST, port), _Handler)
        prefix = "/" + options.prefix.strip("/") if options.prefix.strip("/") else ""
        self.prefix = prefix + "/"
        self.served = Served(f"http://{_HOST}:{self.server_port}{self.prefix}")
        self.view = View(council, options, self.served.url)
        self.lock = Lock()  # pages are written one at a time: they share the council's few kept meetings


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Microsoft-IIS/10.0"
    sys_version = ""
    disable_nagle_algorithm = True  # else every answer waits for the client's delayed acknowledgement
    server: _Server

    def do_GET(self) -> None:
        self._send(self._reply("GET"))

    def _reply(self, method: str) -> Reply:
        path = unquote(urlsplit(self.path).path)
        if path == "/robots.txt" and self.server.prefix != "/":
            path = self.server.prefix + "robots.txt"
        request = Request(
            method, path.removeprefix(self.server.prefix), read_parameters(self.path), dict(self.headers.items())
        )
        fault = self.server.view.options.fault(request)
        if fault is not None:
            return fault
        if not path.startswith(self.server.prefix):
            return Reply(b"<html><body>Not found</body></html>", status=404)
        with self.server.lock:
            return pages.answer(self.server.view, request)

    def _send(self, reply: Reply) -> None:
        if reply.seconds:
            time.sleep(reply.seconds)
        self.server.served.log.append(
            Logged(self.command, self.path, reply.status, self.headers.get("User-Agent", ""), len(reply.body))
        )
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body)))
        for name, value in reply.headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, *_: object) -> None:
        """Nothing on standard error: `Served.log` is the log."""
