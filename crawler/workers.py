"""A function over many tasks by all cores: answers in the order of the tasks, few of them in memory at a time."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Final, TypeVar

_Task = TypeVar("_Task")
_Answer = TypeVar("_Answer")

AHEAD: Final = 4    # tasks for each worker that are under way or wait


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0))


def in_order(
    function: Callable[[_Task], _Answer], tasks: Iterable[_Task], workers: int
) -> Iterator[tuple[_Task, _Answer]]:
    """Each task with its answer. With one worker the work is done here, else in processes of their own.

    `function`, tasks and answers are sent between processes then, so that they must be picklable; what `function`
    raises comes out here.
    """
    if workers < 2:
        for task in tasks:
            yield task, function(task)
        return
    under_way: deque[tuple[_Task, Future[_Answer]]] = deque()
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        try:
            for task in tasks:
                under_way.append((task, pool.submit(function, task)))
                if len(under_way) >= workers * AHEAD:
                    done, future = under_way.popleft()
                    yield done, future.result()
            while under_way:
                done, future = under_way.popleft()
                yield done, future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
