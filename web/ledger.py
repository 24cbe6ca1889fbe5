"""The ledger of requests, summed up for the webmaster of a council: who asked, how often, how fast, what for."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from archive.runs import Asked
from archive.shapes import as_json

Shape = dict[str, Any]


@dataclass(slots=True)
class HostLedger:
    """What was asked of one host. `shortest` and `waited` are pauses in seconds, `took` the seconds of all answers."""

    first: datetime
    last: datetime
    requests: int = 0
    size: int = 0
    took: float = 0.0
    waited: float = 0.0
    pauses: int = 0
    shortest: float | None = None
    statuses: Counter[int] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, asked: Asked) -> None:
        """Count one more request."""
        self.last = asked.at
        self.requests += 1
        self.size += asked.size
        self.took += asked.took
        self.statuses[asked.status] += 1
        self.reasons["meetings" if "/meetings/" in asked.why else asked.why or "other"] += 1
        if asked.waited is not None:
            self.pauses += 1
            self.waited += asked.waited
            self.shortest = asked.waited if self.shortest is None else min(self.shortest, asked.waited)


def by_host(requests: Iterable[Asked]) -> dict[str, HostLedger]:
    """The requests of each host, in the order in which the hosts were first asked."""
    hosts: dict[str, HostLedger] = {}
    for asked in requests:
        host = urlsplit(asked.url).netloc
        if host not in hosts:
            hosts[host] = HostLedger(asked.at, asked.at)
        hosts[host].add(asked)
    return hosts


def ledger_shape(hosts: dict[str, HostLedger], agent: str) -> Shape:
    """The same as JSON: pauses and times in seconds, sizes in bytes; status "0" stands for no answer."""
    return {"user_agent": agent, "hosts": [_host(name, host) for name, host in hosts.items()]}


def _host(name: str, host: HostLedger) -> Shape:
    return {
        "host": name,
        "first": as_json(host.first),
        "last": as_json(host.last),
        "requests": host.requests,
        "bytes": host.size,
        "seconds_answering": round(host.took, 1),
        "shortest_pause": None if host.shortest is None else round(host.shortest, 3),
        "mean_pause": round(host.waited / host.pauses, 3) if host.pauses else None,
        "statuses": {str(status): count for status, count in sorted(host.statuses.items())},
        "reasons": dict(host.reasons.most_common()),
    }


def ledger_text(shape: Shape) -> str:
    """The same for people, to be sent to a webmaster as it is."""
    if not shape["hosts"]:
        return "No request has been made."
    lines = [f"Requests go out as: {shape['user_agent']}"]
    for host in shape["hosts"]:
        lines += ["", *_host_lines(host)]
    return "\n".join(lines)


def _host_lines(host: Shape) -> Iterator[str]:
    first, last = (datetime.fromisoformat(host[end]) for end in ("first", "last"))
    statuses = (f"{_status(status)} {count:,} times" for status, count in host["statuses"].items())
    reasons = (f"{reason} {count:,}" for reason, count in host["reasons"].items())
    yield f"{host['host']}: {host['requests']:,} requests, {host['bytes'] / 1e6:,.1f} MB"
    yield f"  from {first:%d %B %Y %H:%M} to {last:%d %B %Y %H:%M} UTC"
    yield f"  one at a time; {_pauses(host)}; the answers took {host['seconds_answering']:,} s in all"
    yield f"  answered: {', '.join(statuses)}"
    yield f"  asked for: {', '.join(reasons)}"


def _pauses(host: Shape) -> str:
    if host["shortest_pause"] is None:
        return "asked once"
    return f"pauses of {host['shortest_pause']:g} s at the least, {host['mean_pause']:g} s in the mean"


def _status(status: str) -> str:
    return "not at all" if status == "0" else f"status {status}"
