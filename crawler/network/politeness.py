"""How a guest behaves on a council's server: robots.txt obeyed, a pause between requests, a name and an address given.

Rules: RFC 9309 (robots), with one stricter choice: a robots.txt that answers 401, 403, 429 or 5xx, or not at all,
means that nothing is asked of the host.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from random import Random
from typing import Final
from urllib.parse import urljoin

from protego import Protego

from archive.errors import Blocked, Gone, LeftAlone, Unreachable
from crawler.clock import Clock
from crawler.walls import walled

PRODUCT: Final = "Minutebook"
VERSION: Final = "0.1"
_ROBOTS_LIMIT: Final = 512_000     # bytes; RFC 9309 asks for at least 500 KiB
_REFUSALS: Final = (401, 403, 429)


def user_agent(contact: str | None) -> str:
    """The honest name under which every request goes out: `Minutebook/0.1 (+contact)`."""
    plain = "".join(each for each in contact or "" if each.isascii() and each.isprintable()).strip()
    return f"{PRODUCT}/{VERSION} (+{plain})" if plain else f"{PRODUCT}/{VERSION}"


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host's robots.txt says to us. `delay` is its crawl-delay in seconds, 0 where it asks for none."""

    robots: Protego | None
    delay: float = 0.0

    def allows(self, url: str) -> bool:
        """Whether `url` may be asked."""
        return self.robots is None or bool(self.robots.can_fetch(url, PRODUCT))


def read_rules(url: str, status: int, body: bytes) -> Rules:
    """The rules in the robots.txt answered at `url`; without one all is allowed.

    Raises `LeftAlone` when it is refused, or when what came in its place is the page of a bot wall.
    """
    if status in _REFUSALS or not 200 <= status < 500:
        raise LeftAlone(url, f"robots.txt answers status {status}, so nothing is asked of this site; try again later")
    if status >= 300:
        return Rules(None)
    if kind := walled(body[:_ROBOTS_LIMIT]):
        raise LeftAlone(url, f"robots.txt answers with {kind}, so nothing is asked of this site; try again later")
    robots = Protego.parse(body[:_ROBOTS_LIMIT].decode("utf-8", "replace").removeprefix("\ufeff"))
    return Rules(robots, max(float(robots.crawl_delay(PRODUCT) or 0), _rate(robots)))


def _rate(robots: Protego) -> float:
    """Seconds a request by the `Request-rate` line, 0 where there is none."""
    rate = robots.request_rate(PRODUCT)
    return rate.seconds / rate.requests if rate is not None and rate.requests else 0.0


class RobotsCache:
    """The rules of each host, asked once. `ask` gives status and body of an address, or raises `FetchError`."""

    def __init__(self, ask: Callable[[str], tuple[int, bytes]]) -> None:
        self._ask = ask
        self._rules: dict[str, Rules | str] = {}

    def rules(self, url: str) -> Rules:
        """The rules for the host of `url`. Raises `LeftAlone` when its robots.txt cannot be had."""
        robots = urljoin(url, "/robots.txt")
        if robots not in self._rules:
            self._rules[robots] = self._read(robots)
        found = self._rules[robots]
        if isinstance(found, str):
            raise LeftAlone(url, found)
        return found

    def _read(self, robots: str) -> Rules | str:
        """The rules, or why there are none: not the failure itself, which would hold on to its connection."""
        try:
            return read_rules(robots, *self._ask(robots))
        except LeftAlone as refusal:
            return refusal.reason
        except (Blocked, Gone, Unreachable) as failure:
            return f"robots.txt cannot be had ({failure.reason}), so nothing is asked of this site"


def back_off(pauses: Sequence[float], random: Random) -> list[float]:
    """The seconds to wait before each new attempt: `pauses`, each by a half more or less, so that not all come back
    at the same moment.
    """
    return [pause * random.uniform(0.5, 1.5) for pause in pauses]


def retry_after(value: str | None, clock: Clock) -> float | None:
    """The seconds that a `Retry-After` header (a number or a date, RFC 9110) asks to wait; `None` without one."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - clock.now()).total_seconds())
    except (ValueError, TypeError, OverflowError):  # no date, or one without a zone
        return None
