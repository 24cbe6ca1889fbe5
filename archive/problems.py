"""What a check finds."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that disagrees: `what` kind it is ("meeting", "version", "capture", "record", "database"), `where` (an
    identifier, or a file and an offset), and in `detail` what is wrong and, unless it is `mendable`, what to do.
    """

    what: str
    where: str
    detail: str
    mendable: bool


Step = Callable[[], None]
"""Called for each thing that was looked at."""
