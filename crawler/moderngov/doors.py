"""The two front doors of a ModernGov site: the web service, method by method, and the pages behind it."""

import logging
from collections import Counter
from collections.abc import Callable
from typing import Final, TypeVar

from archive.errors import Blocked, Gone, PageError, Unreachable
from crawler.moderngov.urls import Method

log = logging.getLogger("minutebook.crawl")

_NEVER_WORKED: Final = 3    # failures in a row that shut a method's door
_HAS_WORKED: Final = 10     # the same, of a method that gave something before

_T = TypeVar("_T")


class Doors:
    """Which methods of the web service answer, each judged on its own by what became of its calls."""

    def __init__(self) -> None:
        self._failures: Counter[Method] = Counter()
        self._worked: set[Method] = set()

    def open(self, method: Method) -> bool:
        """Whether `method` is still worth asking."""
        return self._failures[method] < (_HAS_WORKED if method in self._worked else _NEVER_WORKED)

    def through(self, method: Method, call: Callable[[], _T]) -> _T | None:
        """What `call` (one of `method`) gives; `None` when the door is shut, or the answer is none we can use."""
        if not self.open(method):
            return None
        try:
            answer = call()
        except (Blocked, Gone, PageError, Unreachable) as error:
            self._failures[method] += 1
            log.info("web service, %s: %s", method, error)
            return None
        self._failures[method] = 0
        self._worked.add(method)
        return answer
