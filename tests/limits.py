"""What is promised of any input of five megabytes, and nested ten thousand deep: measured in CPU, not by the clock."""

import resource
import sys
import time
from collections.abc import Callable

MOST_SECONDS = 2.0
MOST_MEGABYTES = 300


def cpu_seconds(work: Callable[[], object], tries: int = 1) -> float:
    """The CPU that `work` takes in this thread, of several tries the least: others on the machine add nothing.

    What waits for memory that others use adds something nevertheless, and so it is tried again when it took too long.
    Where coverage is measured, half of the time is that measuring.
    """
    least, share = float("inf"), 0.5 if sys.gettrace() else 1.0
    for _ in range(tries):
        begun = time.thread_time()
        work()
        least = min(least, share * (time.thread_time() - begun))
        if least < MOST_SECONDS:
            break
    return least


def held_megabytes() -> int:
    """The most memory that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
