"""Work by several processes: in order, few at a time, and what goes wrong in one of them is told."""

import os
from collections.abc import Iterator

import pytest

from crawler.workers import AHEAD, cores, in_order


def squared(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


def refused(number: int) -> int:
    raise ValueError(f"no {number}")


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
