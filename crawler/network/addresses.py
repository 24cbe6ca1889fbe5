"""Which machines may be talked to: a council's own hosts, and on a private network only what the operator named."""

import socket
from collections.abc import Callable, Collection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import urlsplit

from urllib3.util import parse_url

from archive.errors import InputError, Unreachable

Resolve = Callable[[str, int], list[str]]
"""The IP addresses of a host, as text. Raises `OSError` (`socket.gaierror`)."""

_NAT64: Final = IPv6Network("64:ff9b::/96")
_GLOBAL: Final = IPv6Network("2000::/3")     # all that is given out for the open internet so far (RFC 4291, IANA)


class Outside(Unreachable):
    """An address leads to a host that is not the council's. Attribute: `target`, without a user's name and password."""

    def __init__(self, url: str, target: str) -> None:
        super().__init__(url, f"leads to {target}, outside the council's own hosts; if the council has moved there, "
                              "add it to aliases of this council in minutebook.toml")
        self.target = target


def host_of(url: str) -> str:
    """The host and port of `url`: "127.0.0.1:8900", "democracy.example.gov.uk:443". Raises `ValueError`.

    A name in other letters than ASCII is given as it is asked for, "xn--...".
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    plain = host if host.isascii() else (parse_url(url).host or "").rstrip(".")
    return authority(plain, parts.port or (443 if parts.scheme == "https" else 80))


def authority(host: str, port: int) -> str:
    """A host and its port as one text."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def own_hosts(site: str, allow: Collection[str], aliases: Collection[str] = ()) -> frozenset[str]:
    """The hosts that belong to the site at `site`: its own, and those the operator named.

    `allow` are "host:port", `aliases` other names of the council's, each "host" or "host:port". On the standard ports a
    host is the council's own with TLS and without it. Raises `InputError` for an alias that is no host.
    """
    named = {host_of(site), *named_hosts(allow, "allow"), *named_hosts(aliases, "alias")}
    return frozenset(named.union(*map(_by_other_scheme, named)))


def named_hosts(names: Collection[str], what: str) -> frozenset[str]:
    """Hosts that somebody named, "host" or "host:port", each as `host_of` has it.

    Raises `InputError` for one that is no host; `what` is its name in the settings.
    """
    return frozenset(_named(each, what) for each in names)


def _named(name: str, what: str) -> str:
    try:
        return host_of(f"http://{name}")
    except ValueError as error:
        raise InputError(f"{what} {name!r} is no host: give a name, or a name and a port as in name:8080") from error


def _by_other_scheme(host: str) -> set[str]:
    name, _, port = host.rpartition(":")
    other = {"80": "443", "443": "80"}.get(port)
    return {f"{name}:{other}"} if other else set()


def resolve(host: str, port: int) -> list[str]:
    """The system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet: not loopback, link-local, private, reserved or multicast."""
    plain = _embedded(ip_address(address.split("%", 1)[0]))
    return plain.is_global and not plain.is_multicast and (isinstance(plain, IPv4Address) or plain in _GLOBAL)


def _embedded(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 one only wraps, or `address` itself."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address
