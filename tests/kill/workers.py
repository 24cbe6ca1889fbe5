"""Nurseries side by side, and what a home is compared with."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from typing import Any, TypeVar

from processes import Nursery

Begun = Callable[[Path], Path]
"""Makes a home that holds a little."""

WORKERS = 2
_T = TypeVar("_T")


@dataclass(frozen=True)
class Workers:
    """As many nurseries as are used side by side."""

    free: Queue[Nursery]

    def each(self, work: Callable[[Nursery, _T], None], several: Iterable[_T]) -> None:
        """Do `work` for `several`, side by side; the first failure of them is raised."""

        def one(what: _T) -> None:
            with self.one() as nursery:
                work(nursery, what)

        with ThreadPoolExecutor(WORKERS) as pool:
            for _ in pool.map(one, several):
                pass

    @contextmanager
    def one(self) -> Iterator[Nursery]:
        """One of them for a while."""
        nursery = self.free.get()
        try:
            yield nursery
        finally:
            self.free.put(nursery)


@dataclass(frozen=True)
class Undisturbed:
    """What a home holds after one crawl that nothing disturbed, and how many requests that took."""

    state: dict[str, Any]
    requests: int
    meetings: int
