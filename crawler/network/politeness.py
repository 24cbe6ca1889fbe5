"""How a guest behaves on a council's server: a name and an address given, time left between attempts.

Its third part, that robots.txt is obeyed, is `crawler.network.rules`, asked for by `crawler.network.robots`.
"""

from collections.abc import Sequence
from email.utils import parsedate_to_datetime
from random import Random
from typing import Final

from crawler.clock import Clock

PRODUCT: Final = "Minutebook"
VERSION: Final = "0.1"


def user_agent(contact: str | None) -> str:
    """The honest name under which every request goes out: `Minutebook/0.1 (+contact)`."""
    plain = "".join(each for each in contact or "" if each.isascii() and each.isprintable()).strip()
    return f"{PRODUCT}/{VERSION} (+{plain})" if plain else f"{PRODUCT}/{VERSION}"


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
