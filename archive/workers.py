"""A function over many tasks by all cores: answers in the order of the tasks, few of them in memory at a time."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import current_process, get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import Any, Final, TypeVar

from archive.errors import WorkerLost

_Task = TypeVar("_Task")
_Answer = TypeVar("_Answer")

AHEAD: Final = 4    # tasks for each worker that are under way or wait


def cores() -> int:
    """How many processors this process may use; one where it may have no processes of its own."""
    return 1 if current_process().daemon else len(os.sched_getaffinity(0))


def in_order(
    function: Callable[[_Task], _Answer], tasks: Iterable[_Task], workers: int
) -> Iterator[tuple[_Task, _Answer]]:
    """Each task with its answer. With one worker the work is done here, else in processes of their own.

    `function`, which is sent to each once, tasks and answers must be picklable then; what `function` raises comes out
    here. Raises `WorkerLost` when a process ended that should not have.
    """
    if workers < 2:
        for task in tasks:
            yield task, function(task)
        return
    under_way: deque[tuple[_Task, Future[_Answer]]] = deque()
    with ProcessPoolExecutor(workers, get_context("spawn"), initializer=_begin, initargs=(function,)) as pool:
        try:
            for task in tasks:
                under_way.append((task, pool.submit(_answer, task)))
                if len(under_way) >= workers * AHEAD:
                    done, future = under_way.popleft()
                    yield done, future.result()
            while under_way:
                done, future = under_way.popleft()
                yield done, future.result()
        except BrokenProcessPool as error:
            raise WorkerLost("a process that worked for this one ended: the system was out of memory, or somebody "
                             "ended it; run the same again") from error
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)    # whoever stops it waits for nothing
            raise


_given: list[Callable[[Any], Any]] = []    # in a worker: the function


def _begin(function: Callable[[Any], Any]) -> None:
    """Takes the function; leaves Ctrl-C to the process that gives the tasks, and ends with it, however that ends."""
    _given.append(function)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if parent := parent_process():
        Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _answer(task: Any) -> Any:
    return _given[-1](task)


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
