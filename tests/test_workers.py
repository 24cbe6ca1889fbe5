"""Work by several processes: in order, few at a time, and what goes wrong in one of them is told."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

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


def slow(number: int) -> int:
    time.sleep(0.2)
    return number


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


def test_a_worker_that_ends_is_told_in_a_line() -> None:
    with pytest.raises(WorkerLost, match="run the same again"):
        list(in_order(ended, range(20), 2))


PARENT = """
from test_workers import slow
from archive.workers import in_order

if __name__ == "__main__":
    for number, _ in in_order(slow, range(1000), 2):
        print(number, flush=True)
"""


@pytest.mark.parametrize(("sent", "said"), [(signal.SIGINT, "KeyboardInterrupt"), (signal.SIGKILL, "")])
def test_workers_end_with_the_process_that_they_work_for(sent: signal.Signals, said: str, tmp_path: Path) -> None:
    program = tmp_path / "parent.py"
    program.write_text(PARENT)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((*sys.path, str(Path(__file__).parent)))}
    with subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          env=environment, start_new_session=True) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline() == "0\n"
        os.killpg(process.pid, sent) if sent is signal.SIGINT else process.kill()
        error = process.stderr.read()    # comes to its end when no worker is left to write there
        assert error.count("Traceback") == bool(said)
        assert said in error
