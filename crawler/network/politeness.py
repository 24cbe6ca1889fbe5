"""How a guest behaves on a council's server: robots.txt obeyed, a pause between requests, a name and an address given.

Rules: RFC 9309 (robots), with two stricter choices: a robots.txt that answers 401, 403, 409, 429 or 5xx, or not at all,
means that nothing is asked of the host, and so does a pause between requests with which no crawl would ever end.
"""

import codecs
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from math import inf, isfinite
from random import Random
from typing import Final
from urllib.parse import urljoin, urlsplit

from protego import Protego

from archive.errors import Blocked, Gone, LeftAlone, Unreachable
from crawler.clock import Clock
from crawler.network.addresses import Outside, host_of
from crawler.network.durations import spoken
from crawler.network.limits import DEFAULT_LIMITS
from crawler.walls import walled

PRODUCT: Final = "Minutebook"
VERSION: Final = "0.1"
_ROBOTS_LIMIT: Final = 512_000     # bytes; RFC 9309 asks for at least 500 KiB
_REFUSALS: Final = (401, 403, 409, 429)
_ENCODINGS: Final = (    # by their marks; the one of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)


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


def read_rules(url: str, status: int, body: bytes, patience: float = DEFAULT_LIMITS.patience) -> Rules:
    """The rules in the robots.txt answered at `url`; without one all is allowed.

    Raises `LeftAlone` when it is refused, when what came in its place is the page of a bot wall, or when it asks for
    more than `patience` seconds between two requests.
    """
    if status in _REFUSALS or not 200 <= status < 500:
        raise LeftAlone(url, f"robots.txt answers status {status}, so nothing is asked of this site; try again later")
    if status >= 300:
        return Rules(None)
    text = _text(body[:_ROBOTS_LIMIT])
    if kind := walled(text.encode()):
        raise LeftAlone(url, f"robots.txt answers with {kind}, so nothing is asked of this site; try again later")
    robots = Protego.parse(text)
    delay = max(_crawl_delay(robots), _rate(robots))
    if delay > patience:
        said = f"robots.txt asks for a pause of {spoken(delay)} between two requests, which no crawl can keep"
        raise LeftAlone(url, f"{said}; ask the council, nothing is asked of this site")
    return Rules(robots, delay)


def _text(body: bytes) -> str:
    """A robots.txt, in UTF-8 as RFC 9309 has it or in the encoding whose mark it begins with."""
    encoding = next((name for mark, name in _ENCODINGS if body.startswith(mark)), "utf-8")
    return body.decode(encoding, "replace").removeprefix("\ufeff")


def _crawl_delay(robots: Protego) -> float:
    """Seconds by the `Crawl-delay` line, 0 where there is none that makes sense."""
    delay = float(robots.crawl_delay(PRODUCT) or 0)
    return max(0.0, delay) if isfinite(delay) else 0.0


def _rate(robots: Protego) -> float:
    """Seconds a request by the `Request-rate` line, 0 where there is none that makes sense."""
    rate = robots.request_rate(PRODUCT)
    if rate is None or rate.requests <= 0 or rate.seconds <= 0:
        return 0.0
    try:
        return float(rate.seconds / rate.requests)
    except OverflowError:    # a number of hundreds of digits
        return inf


class RobotsCache:
    """The rules of each host, asked once. `ask` gives status and body of an address, or raises `FetchError`.

    `patience` is the longest pause between two requests, in seconds, that a crawl can keep.
    """

    def __init__(self, ask: Callable[[str], tuple[int, bytes]], patience: float = DEFAULT_LIMITS.patience) -> None:
        self._ask, self._patience = ask, patience
        self._rules: dict[tuple[str, str], Rules | str] = {}

    def rules(self, url: str) -> Rules:
        """The rules for the host of `url`. Raises `LeftAlone` when nothing may be asked of it."""
        host = (urlsplit(url).scheme, host_of(url))
        if host not in self._rules:
            self._rules[host] = self._read(urljoin(url, "/robots.txt"))
        found = self._rules[host]
        if isinstance(found, str):
            raise LeftAlone(url, found)
        return found

    def _read(self, robots: str) -> Rules | str:
        """The rules, or why there are none: not the failure itself, which would hold on to its connection."""
        try:
            return read_rules(robots, *self._ask(robots), self._patience)
        except LeftAlone as refusal:
            return refusal.reason
        except Outside as elsewhere:
            said = f"its robots.txt leads to {elsewhere.target}, which is not the council's"
            return f"{said}; nothing is asked of this site"
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
