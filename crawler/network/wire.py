"""How `crawler.network.fetch` connects: to a checked address only, and no longer than a request may take in all.

The check and the connection are of the same resolved address, so a name cannot point elsewhere in between.
"""

import socket
import threading
import weakref
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.connection import create_connection

from crawler.network.addresses import Resolve, authority, is_public


class PrivateAddress(OSError):
    """The name leads into a private network, where only an operator may send us."""


class Wire:
    """Opens the connections. `allow` names the hosts with ports that may be on a private network."""

    def __init__(self, allow: Collection[str], resolve: Resolve) -> None:
        self._allow, self._resolve = frozenset(allow), resolve
        self._open: weakref.WeakSet[socket.socket] = weakref.WeakSet()

    def connect(self, connection: HTTPConnection) -> socket.socket:
        """A socket to a checked address of the connection's host. Raises `PrivateAddress` or another `OSError`."""
        host, port = connection.host, connection.port or connection.default_port
        addresses = self._resolve(host, port)
        if authority(host, port) not in self._allow:
            _check(host, addresses)
        return _first(addresses, port, connection)

    def opened(self, sock: socket.socket | None) -> None:
        """Notes a connection that is ready for use, to be cut when its request takes too long."""
        if sock is not None:
            self._open.add(sock)

    @contextmanager
    def at_most(self, seconds: float) -> Iterator[threading.Event]:
        """Cuts every connection after so many seconds and sets the event that is given.

        A timeout on the socket is not enough: a server may send one byte before each of them.
        """
        expired = threading.Event()
        timer = threading.Timer(seconds, self._cut, (expired,))
        timer.daemon = True
        timer.start()
        try:
            yield expired
        finally:
            timer.cancel()

    def _cut(self, expired: threading.Event) -> None:
        expired.set()
        for sock in list(self._open):
            try:
                socket.socket.shutdown(sock, socket.SHUT_RDWR)  # not the TLS one, which another thread is reading from
            except OSError:
                continue  # closed already


def _check(host: str, addresses: Collection[str]) -> None:
    private = [each for each in addresses if not is_public(each)]
    if private:
        raise PrivateAddress(f"{host} is {private[0]}, on a private network; only an operator may allow that")


def _first(addresses: Collection[str], port: int, connection: HTTPConnection) -> socket.socket:
    """A socket to the first of `addresses` that answers."""
    failure: OSError = OSError("the host has no address")
    for address in addresses:
        try:
            return create_connection((address, port), connection.timeout, socket_options=connection.socket_options)
        except OSError as refused:
            failure = refused
    raise failure


class WireAdapter(HTTPAdapter):
    """The transport of a session whose connections are opened by a `Wire`."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        super().__init__(pool_connections=4, pool_maxsize=1)

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
        """As in requests, with our own classes of connections."""
        super().init_poolmanager(*arguments, **named)
        self.poolmanager.pool_classes_by_scheme = _pools(self._wire)


def _pools(wire: Wire) -> Mapping[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return wire.connect(self)

        def connect(self) -> None:
            super().connect()
            wire.opened(self.sock)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return wire.connect(self)

        def connect(self) -> None:
            super().connect()
            wire.opened(self.sock)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return MappingProxyType({"http": PlainPool, "https": SecurePool})
