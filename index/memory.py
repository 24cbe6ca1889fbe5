"""What was worked out once and may be needed again: the least recently used goes when there is too much."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

Made = TypeVar("Made")


class Memory:
    """Keeps results that together are at most `limit`, as `size` tells of each, or else the last one alone.

    Threads may share it.
    """

    def __init__(self, limit: int, size: Callable[[Any], int]) -> None:
        self._limit, self._size, self._held = limit, size, 0
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` gave for `key`, now or before. Two threads may make the same; either result serves."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                made: Made = self._kept[key]
                return made
        made = make()
        with self._lock:
            if key not in self._kept:
                self._kept[key] = made
                self._held += self._size(made)
            while self._held > self._limit and len(self._kept) > 1:
                self._held -= self._size(self._kept.popitem(last=False)[1])
        return made
