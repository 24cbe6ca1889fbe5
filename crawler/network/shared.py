"""What all fetchers of one process have in common, so that together they are one guest and not many."""

from dataclasses import dataclass
from random import Random, SystemRandom

from crawler.clock import Clock
from crawler.network.breaker import Breaker
from crawler.network.queues import Queues
from crawler.network.robots import AnsweredRobots


@dataclass(frozen=True, slots=True)
class Shared:
    """`started` is the moment of the clock's seconds from which a run's budget of minutes counts."""

    clock: Clock
    queues: Queues
    breaker: Breaker
    robots: AnsweredRobots
    random: Random
    started: float


def shared_by_all(clock: Clock, random: Random | None = None) -> Shared:
    """What the fetchers of a run that begins now have in common; `random` spreads their attempts."""
    return Shared(clock, Queues(clock), Breaker(), AnsweredRobots(), random or SystemRandom(), clock.seconds())
