"""Which machines may be talked to: a council's own hosts, and on a private network only what the operator named."""

import socket
from collections.abc import Callable, Collection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import urlsplit

Resolve = Callable[[str, int], list[str]]
"""The IP addresses of a host, as text. Raises `OSError` (`socket.gaierror`)."""

_NAT64: Final = IPv6Network("64:ff9b::/96")


def host_of(url: str) -> str:
    """The host and port of `url`: "127.0.0.1:8900", "democracy.example.gov.uk:443". Raises `ValueError`."""
    parts = urlsplit(url)
    return authority((parts.hostname or "").rstrip("."), parts.port or (443 if parts.scheme == "https" else 80))


def authority(host: str, port: int) -> str:
    """A host and its port as one text."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def own_hosts(site: str, allow: Collection[str]) -> frozenset[str]:
    """The hosts that belong to the site at `site`: its own, the same by TLS, and those the operator named."""
    named = {host_of(site), *(each.lower() for each in allow)}
    return frozenset(named | {each.removesuffix(":80") + ":443" for each in named if each.endswith(":80")})


def resolve(host: str, port: int) -> list[str]:
    """The system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet: not loopback, link-local, private, reserved or multicast."""
    plain = _embedded(ip_address(address.split("%", 1)[0]))
    return plain.is_global and not plain.is_multicast


def _embedded(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 one only wraps, or `address` itself."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address
