"""What one crawl may take of a site and of this machine."""

from dataclasses import dataclass
from math import inf
from typing import Final

from archive.errors import OutOfBudget


@dataclass(frozen=True, slots=True)
class Limits:
    """Times in seconds where nothing else is said, `size` in bytes after decompression.

    Some councils' servers need 90 seconds for an answer, hence the long `read`; `total` is for one answer in all.
    `pauses` are those before each new attempt at what failed in passing, give or take a half; a longer `Retry-After` is
    honoured up to `patience`, and so is the pause that a robots.txt asks for. `requests` and `minutes` are the run's
    budget, robots.txt and redirects included; `None` sets none. `most_requests` is no budget but the safety limit of a
    crawl that has lost its way.
    """

    delay: float = 1.0
    connect: float = 20.0
    read: float = 90.0
    total: float = 180.0
    size: int = 20_000_000
    redirects: int = 5
    pauses: tuple[float, ...] = (5.0, 10.0, 20.0)
    patience: float = 120.0
    requests: int | None = None
    minutes: float | None = None
    most_requests: int = 100_000

    def deadline(self, started: float) -> float:
        """The moment after which a run that began at `started` asks nothing more; `inf` without a budget of minutes."""
        return inf if self.minutes is None else started + self.minutes * 60

    def check_requests(self, url: str, made: int) -> None:
        """Raises `OutOfBudget` when a run that made so many requests may not make another, for `url`."""
        if self.requests is not None and made >= self.requests:
            raise OutOfBudget(url, f"the run's {self.requests} requests are used up")
        if made >= self.most_requests:
            raise OutOfBudget(url, f"the safety limit of {self.most_requests:,} requests in one run is reached")

    def out_of_time(self, url: str) -> OutOfBudget:
        """What to raise when the next request would be made after the deadline."""
        budget = "1 minute is" if self.minutes == 1 else f"{self.minutes:g} minutes are"
        return OutOfBudget(url, f"the run's {budget} used up")


DEFAULT_LIMITS: Final = Limits()
