"""The production server of the site: waitress, one process, a few threads."""

import socket
from ipaddress import IPv4Address, IPv6Address
from types import TracebackType
from typing import Any, Self

from flask import Flask
from waitress.server import create_server
from waitress.wasyncore import close_all

from archive.errors import InputError

_EVERYWHERE = (str(IPv4Address(0)), str(IPv6Address(0)))
_BODY_LIMIT = 64 * 1024      # nothing is ever posted
_HEADER_LIMIT = 128 * 1024   # a query of 10,000 characters is up to 120,000 when every one is escaped


class Server:
    """A server that has its port already, so that `address` is true before it runs. Port 0 takes a free one.

    Raises `InputError` when the host is not here or the port is taken.
    """

    def __init__(self, app: Flask, host: str = "127.0.0.1", port: int = 8000, threads: int = 8) -> None:
        listening = _listen(host, port)
        self._host, self.port = host, int(listening.getsockname()[1])
        self._open: dict[int, Any] = {}
        self._running = False
        self._server = create_server(
            app, map=self._open, sockets=[listening], threads=threads, ident=None, clear_untrusted_proxy_headers=True,
            max_request_body_size=_BODY_LIMIT, max_request_header_size=_HEADER_LIMIT)

    @property
    def address(self) -> str:
        """What to open in a browser: "http://127.0.0.1:8000/"."""
        host = "localhost" if self._host in _EVERYWHERE else self._host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"

    def run(self) -> None:
        """Serve until `close` is called, from another thread, or the process is interrupted."""
        self._running = True
        try:
            self._server.run()
        finally:
            self._running = False

    def close(self) -> None:
        """Stop listening and end the connections; `run` returns soon after."""
        if self._running:
            self._server.trigger.pull_trigger(self._end)  # in the thread that waits for these very sockets
        else:
            self._end()

    def _end(self) -> None:
        close_all(self._open)
        self._server.task_dispatcher.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _listen(host: str, port: int) -> socket.socket:
    if not 0 <= port < 2**16:
        raise _refusal(host, port, "a port is a number up to 65535")
    try:
        family, *_, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(place[:2], family=family)
    except (OSError, UnicodeError) as error:
        raise _refusal(host, port, error.strerror if isinstance(error, OSError) else str(error)) from error


def _refusal(host: str, port: int, reason: str | None) -> InputError:
    return InputError(f"cannot serve on {host} port {port}: {reason}; choose with --host and --port")
