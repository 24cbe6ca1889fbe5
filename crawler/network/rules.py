"""What a robots.txt says to us: what may be asked, and how often.

Rules: RFC 9309, with two stricter choices: a robots.txt that answers 401, 403, 409, 429 or 5xx, or not at all, means
that nothing is asked of the host, and so does a pause between requests with which no crawl would ever end.
"""

import codecs
from dataclasses import dataclass
from math import inf, isfinite
from typing import Final

from protego import Protego

from archive.errors import LeftAlone
from crawler.network.durations import spoken
from crawler.network.limits import DEFAULT_LIMITS
from crawler.network.politeness import PRODUCT
from crawler.walls import walled

_LONGEST: Final = 512_000     # bytes; RFC 9309 asks for at least 500 KiB
_REFUSALS: Final = (401, 403, 409, 429)
_ENCODINGS: Final = (    # by their marks; the one of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)


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
    text = _text(body[:_LONGEST])
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
