from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from urllib.request import urlopen

import pytest
from flask import Flask

from archive.errors import InputError
from web.serve import Server


@contextmanager
def serving(host: str) -> Iterator[str]:
    app = Flask(__name__)
    app.add_url_rule("/", view_func=lambda: "here")
    server = Server(app, host, port=0)
    thread = Thread(target=server.run)
    thread.start()
    try:
        yield server.address
    finally:
        server.close()
        thread.join(timeout=5)
    assert not thread.is_alive()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_the_address_is_true_before_it_runs(host: str) -> None:
    with serving(host) as address, urlopen(address, timeout=5) as answer:
        assert answer.read() == b"here"
        assert answer.headers["Server"] is None


def test_a_taken_port_is_one_clear_line() -> None:
    with Server(Flask(__name__), port=0) as first, pytest.raises(InputError, match=r"in use.*choose with --host"):
        Server(Flask(__name__), port=first.port)


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70000), ("no such host", 0), ("203.0.113.7", 0)])
def test_a_place_where_nobody_can_serve_is_one_clear_line(host: str, port: int) -> None:
    with pytest.raises(InputError, match=f"cannot serve on {host} port {port}"):
        Server(Flask(__name__), host, port)
