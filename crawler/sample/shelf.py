"""Keeps the pages that were asked for last, so that a page asked for again costs nothing."""

from collections import OrderedDict
from collections.abc import Callable, Hashable

from crawler.sample.asking import Reply

_MOST = 64 * 2**20


class Shelf:
    """Replies by what they answer, up to `most` bytes of them; those asked for longest ago make room."""

    def __init__(self, most: int = _MOST) -> None:
        self._most, self._held = most, 0
        self._replies: OrderedDict[Hashable, Reply] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Reply]) -> Reply:
        """The reply that is kept for `key`, or else the one that `make` makes."""
        if key in self._replies:
            self._replies.move_to_end(key)
            return self._replies[key]
        reply = self._replies[key] = make()
        self._held += len(reply.body)
        while self._held > self._most:
            _, gone = self._replies.popitem(last=False)
            self._held -= len(gone.body)
        return reply
