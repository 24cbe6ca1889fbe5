"""A function over many tasks by all cores: answers in the order of the tasks, few of them in memory at a time.

Each worker has a connection of its own, and a thread here that talks over it. A worker that dies, even while it starts
or amid an answer, is the end of its connection, which the thread sees; nothing is shared that a dead one could hold.
"""

import os
import signal
import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import current_process, get_context, parent_process, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.reduction import ForkingPickler
from queue import SimpleQueue
from threading import Thread
from typing import Any, Final, TypeVar

from archive.errors import WorkerLost

_Task = TypeVar("_Task")
_Answer = TypeVar("_Answer")

AHEAD: Final = 4    # tasks for each worker that are under way or wait
_PATIENCE: Final = 5.0    # seconds in which a worker ends that was told to


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
    with _crew(function, workers) as submit:
        for task in tasks:
            under_way.append((task, submit(task)))
            if len(under_way) >= workers * AHEAD:
                done, future = under_way.popleft()
                yield done, future.result()
        while under_way:
            done, future = under_way.popleft()
            yield done, future.result()


class _Worker:
    """A process that works for this one; for one thread at a time."""

    def __init__(self, function: memoryview) -> None:
        self._function: memoryview | None = function
        self._connection, theirs = get_context("spawn").Pipe()
        with theirs:    # which only the process holds from then on
            self.process = get_context("spawn").Process(target=_work, args=(theirs,), daemon=True)
            self.process.start()

    def answer(self, task: Any) -> Any:
        """What the function gives and what it raises, either `None`; `EOFError` or `OSError` when nobody answers."""
        if self._function is not None:
            self._connection.send_bytes(self._function)
            self._function = None
        self._connection.send(task)
        return self._connection.recv()

    def end(self) -> None:
        """Waits until it has ended, which nobody may be talking to."""
        self._connection.close()
        self.process.join(_PATIENCE)
        self.process.kill()
        self.process.join()


@contextmanager
def _crew(function: Callable[[_Task], _Answer], workers: int) -> Iterator[Callable[[_Task], Future[_Answer]]]:
    """Workers to whom tasks may be given; those under way are dropped when something is raised meanwhile."""
    several, idle = list[_Worker](), SimpleQueue[_Worker]()
    pool = ThreadPoolExecutor(workers)

    def asked(task: _Task) -> _Answer:
        found: _Answer
        worker = idle.get()
        try:
            found, raised = worker.answer(task)
        except (EOFError, OSError) as error:
            _stop(several)
            raise WorkerLost("a process that worked for this one ended: the system was out of memory, or somebody "
                             "ended it; run the same again") from error
        finally:
            idle.put(worker)
        if raised:
            raise raised
        return found

    try:
        _start(several, ForkingPickler.dumps(function), workers)
        for worker in several:
            idle.put(worker)
        yield lambda task: pool.submit(asked, task)
    except BaseException:
        _stop(several)
        raise
    finally:
        pool.shutdown(cancel_futures=True)
        for worker in several:
            worker.end()


def _start(several: list[_Worker], function: memoryview, workers: int) -> None:
    """Starts so many into `several`.

    A process is given what it starts with through a pipe whose two ends are held here: were that more than a pipe
    holds, a process that dies before it has read it would leave this one writing for good. So it gets no command line,
    and the function later. SIGINT is blocked in each from its first moment, so that Ctrl-C is only for this one.
    """
    resource_tracker.ensure_running()    # to start it, which `Process` does else, would unblock SIGINT
    arguments = sys.argv
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        sys.argv = arguments[:1]
        while len(several) < workers:
            several.append(_Worker(function))
    finally:
        sys.argv = arguments
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _stop(several: Iterable[_Worker]) -> None:
    for each in several:
        each.process.terminate()


def _work(tasks: Connection) -> None:
    """In a worker: answers tasks until no more come. It leaves Ctrl-C to the process that gives them.

    It ends with that process, however that ends.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    if parent := parent_process():
        Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    with suppress(EOFError, OSError):
        function = tasks.recv()
        while True:
            tasks.send_bytes(_answered(function, tasks.recv()))


def _answered(function: Callable[[Any], Any], task: Any) -> memoryview:
    """What `function` gives and what it raises, with where; either `None`."""
    try:
        return ForkingPickler.dumps((function(task), None))
    except Exception as error:
        error.add_note(traceback.format_exc())
        return ForkingPickler.dumps((None, error))


def _leave(_signal: int, _frame: object) -> None:
    sys.exit(1)    # not at once: files that a task made for a while are removed


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
