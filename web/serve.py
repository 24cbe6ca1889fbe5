"""The production server of the site: waitress, one process, a few threads."""

from types import TracebackType
from typing import Self

from flask import Flask
from waitress.server import create_server

from archive.errors import InputError

_BODY_LIMIT = 64 * 1024      # nothing is ever posted
_HEADER_LIMIT = 64 * 1024    # a query of 10,000 characters is 30,000 when every one is escaped


class Server:
    """A server that has its port already, so that `address` is true before it runs. Port 0 takes a free one.

    Raises `InputError` when the port is taken or not allowed.
    """

    def __init__(self, app: Flask, host: str = "127.0.0.1", port: int = 8000, threads: int = 8) -> None:
        try:
            self._server = create_server(
                app, host=host, port=port, threads=threads, ident=None, clear_untrusted_proxy_headers=True,
                max_request_body_size=_BODY_LIMIT, max_request_header_size=_HEADER_LIMIT)
        except (OSError, OverflowError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise InputError(f"cannot serve on {host} port {port}: {reason}; choose with --host and --port") from error
        self._host = host

    @property
    def port(self) -> int:
        """The port that it listens on."""
        listening = getattr(self._server, "effective_listen", None)  # there when the host has several addresses
        return int(listening[0][1] if listening else self._server.effective_port)

    @property
    def address(self) -> str:
        """What to open in a browser: "http://127.0.0.1:8000/"."""
        host = {"0.0.0.0": "localhost", "::": "localhost"}.get(self._host, self._host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"

    def run(self) -> None:
        """Serve until `close` is called, from another thread, or the process is interrupted."""
        self._server.run()

    def close(self) -> None:
        """Stop listening and let the threads end."""
        self._server.close()
        self._server.task_dispatcher.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
