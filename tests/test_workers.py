"""Work by several processes: in order, few at a time, and what goes wrong in one of them is told."""

import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain, repeat
from pathlib import Path
from threading import Thread, Timer

import pytest

from archive.errors import WorkerLost
from archive.workers import AHEAD, cores, in_order


def squared(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


def refused(number: int) -> int:
    raise ValueError(f"no {number}")


def ended(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL if number == 3 else 0)
    return number


def ended_amid_an_answer(number: int) -> bytes:
    if number == 3:
        Timer(0.1, os.kill, (os.getpid(), signal.SIGKILL)).start()
        return bytes(200_000_000)
    return b""


def slow(number: int) -> int:
    time.sleep(0.2)
    return number


class Laden:
    """A function that takes more than a pipe holds."""

    def __init__(self) -> None:
        self._ballast = os.urandom(300_000)

    def __call__(self, number: int) -> int:
        return number + len(self._ballast)


@pytest.mark.parametrize("workers", [1, 2])
def test_answers_come_in_the_order_of_the_tasks(workers: int) -> None:
    found = list(in_order(squared, range(40), workers))
    assert [(task, answer) for task, (answer, _) in found] == [(number, number * number) for number in range(40)]
    assert (os.getpid() in {process for _, (_, process) in found}) is (workers == 1)


def test_no_more_tasks_are_taken_than_the_workers_need() -> None:
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    answers = in_order(squared, tasks(), 2)
    next(answers)
    assert len(taken) <= 2 * AHEAD + 1
    answers.close()


@pytest.mark.parametrize("workers", [1, 2])
def test_what_a_task_raises_comes_out(workers: int) -> None:
    with pytest.raises(ValueError, match="no 0"):
        list(in_order(refused, range(3), workers))


def test_there_is_a_core() -> None:
    assert cores() >= 1


@pytest.mark.parametrize("function", [ended, ended_amid_an_answer])
def test_a_worker_that_ends_is_told_in_a_line(function: Callable[[int], object]) -> None:
    with pytest.raises(WorkerLost, match="run the same again"):
        deque(in_order(function, chain(range(20), repeat(0)), 2), maxlen=0)


def started(parent: int = os.getpid()) -> list[int]:
    """The processes that `parent` started to work for it."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text()
    return [int(each) for each in children.split()
            if b"spawn_main" in Path(f"/proc/{each}/cmdline").read_bytes()]


def kill_the_first(after: float) -> None:
    while not (those := started()):
        time.sleep(0.001)
    time.sleep(after)
    os.kill(those[0], signal.SIGKILL)


@pytest.mark.parametrize("after", [0, 0.02, 0.1, 0.4])
def test_a_worker_that_ends_while_it_starts_is_told_in_seconds(after: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["minutebook", "import", *map(str, range(50_000))])
    killer = Thread(target=kill_the_first, args=(after,))
    begun = time.monotonic()
    killer.start()
    with pytest.raises(WorkerLost):
        deque(in_order(Laden(), repeat(1), 2), maxlen=0)
    killer.join()
    assert time.monotonic() - begun < 20
    assert not started()
    assert len(sys.argv) > 50_000


PARENT = """
from test_workers import slow
from archive.workers import in_order

if __name__ == "__main__":
    for number, _ in in_order(slow, range(1000), 2):
        print(number, flush=True)
"""


@contextmanager
def a_parent(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A program with two workers, in a group of its own."""
    program = folder / "parent.py"
    program.write_text(PARENT)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((*sys.path, str(Path(__file__).parent)))}
    with subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          env=environment, start_new_session=True) as process:
        yield process


@pytest.mark.parametrize(("sent", "said"), [(signal.SIGINT, "KeyboardInterrupt"), (signal.SIGKILL, "")])
def test_workers_end_with_the_process_that_they_work_for(sent: signal.Signals, said: str, tmp_path: Path) -> None:
    with a_parent(tmp_path) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline() == "0\n"
        os.killpg(process.pid, sent) if sent is signal.SIGINT else process.kill()
        error = process.stderr.read()    # comes to its end when no worker is left to write there
        assert error.count("Traceback") == bool(said)
        assert said in error


@pytest.mark.parametrize("after", [0, 0.01, 0.05, 0.2])
def test_ctrl_c_while_workers_start_is_told_by_the_one_they_work_for_alone(after: float, tmp_path: Path) -> None:
    with a_parent(tmp_path) as process:
        while not started(process.pid):
            time.sleep(0.001)
        time.sleep(after)
        os.killpg(process.pid, signal.SIGINT)
        _, error = process.communicate(timeout=20)
        assert error.count("Traceback") == 1
        assert error.endswith("\nKeyboardInterrupt\n")
