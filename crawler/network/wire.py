"""How `crawler.network.transport` connects: to a checked address only, and no longer than a request may take in all.

The check and the connection are of the same resolved address, so a name cannot point elsewhere in between.
"""

import socket
import ssl
import weakref
from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from threading import Event
from types import MappingProxyType
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.connection import create_connection

from crawler.network.addresses import Resolve, authority, is_public
from crawler.network.watchdog import Watchdog


class ForbiddenAddress(OSError):
    """A machine that must not be talked to."""


class Wire:
    """Opens the connections, to `hosts` alone; `allow` names those of them that may be on a private network.

    Both are hosts with their ports. One request at a time.
    """

    def __init__(self, hosts: Collection[str], allow: Collection[str], resolve: Resolve) -> None:
        self._hosts, self._allow, self._resolve = frozenset(hosts), frozenset(allow), resolve
        self._opening: socket.socket | None = None
        self._open: weakref.WeakSet[socket.socket] = weakref.WeakSet()
        self._watchdog = Watchdog(self.cut)

    def connect(self, connection: HTTPConnection) -> socket.socket:
        """A socket to a checked address of the connection's host. Raises `ForbiddenAddress` or another `OSError`."""
        host, port = connection.host, connection.port or connection.default_port
        if authority(host, port) not in self._hosts:
            raise ForbiddenAddress(f"{authority(host, port)} is none of the council's own hosts")
        addresses = self._resolve(host, port)
        if authority(host, port) not in self._allow:
            _check(host, addresses)
        sock = _first(addresses, port, connection)
        self._opening = sock.dup()    # TLS takes the socket itself away while the two shake hands
        return sock

    @contextmanager
    def opening(self, connection: HTTPConnection) -> Iterator[None]:
        """Lets what is opened inside be cut when its request takes too long."""
        try:
            yield
        finally:
            opening, self._opening = self._opening, None
            if opening is not None:
                opening.close()
        if connection.sock is not None:
            self._open.add(connection.sock)

    def at_most(self, seconds: float) -> AbstractContextManager[Event]:
        """Cuts every connection after so many seconds and sets the event that is given.

        A timeout on the socket is not enough: a server may send one byte before each of them.
        """
        return self._watchdog.at_most(seconds)

    def close(self) -> None:
        """Ends the watch."""
        self._watchdog.close()

    def cut(self) -> None:
        """Breaks off whatever is under way, in any thread."""
        for sock in (*self._open, self._opening):
            if sock is None:
                continue
            try:
                socket.socket.shutdown(sock, socket.SHUT_RDWR)  # not the TLS one, which another thread is reading from
            except OSError:
                continue  # closed already


def _check(host: str, addresses: Collection[str]) -> None:
    private = [each for each in addresses if not is_public(each)]
    if private:
        raise ForbiddenAddress(f"{host} is {private[0]}, on a private network; only an operator may allow that")


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
    """The transport of a session whose connections are opened by a `Wire`, verified by `trust` where it is given."""

    def __init__(self, wire: Wire, trust: ssl.SSLContext | None = None) -> None:
        self._wire, self._trust = wire, trust
        super().__init__(pool_connections=4, pool_maxsize=1)

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
        """As in requests, with our own classes of connections."""
        if self._trust is not None:
            named["ssl_context"] = self._trust
        super().init_poolmanager(*arguments, **named)
        self.poolmanager.pool_classes_by_scheme = _pools(self._wire)


def _pools(wire: Wire) -> Mapping[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return wire.connect(self)

        def connect(self) -> None:
            with wire.opening(self):
                super().connect()

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return wire.connect(self)

        def connect(self) -> None:
            with wire.opening(self):
                super().connect()

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return MappingProxyType({"http": PlainPool, "https": SecurePool})
