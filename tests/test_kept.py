from collections.abc import Callable
from threading import Event
from threading import enumerate as enumerate_threads

import pytest

from archive.errors import IndexFailure
from index.kept import Kept


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def counting(failing: Callable[[int], bool] = lambda _: False) -> Callable[[int | None], int]:
    made = iter(range(1, 100))

    def make(before: int | None) -> int:
        number = next(made)
        if failing(number):
            raise IndexFailure("being changed")
        return number

    return make


def test_it_is_made_once_by_who_first_needs_it() -> None:
    kept = Kept(counting())
    assert [kept.get(), kept.get(), kept.get(wait=False)] == [1, 1, 1]


def test_once_begun_only_who_will_wait_waits() -> None:
    going = Event()

    def make(before: str | None) -> str:
        assert going.wait(5)
        return "made"

    kept = Kept(make)
    thread = kept.begin()
    assert thread
    assert kept.get(wait=False) is None
    assert kept.begin() is None
    going.set()
    assert kept.get() == "made"
    thread.join()


def test_what_is_old_serves_until_the_new_is_made() -> None:
    clock, going, numbers = Clock(), Event(), iter((1, 2))

    def make(before: int | None) -> int:
        assert before is None or going.wait(5)
        return next(numbers)

    kept = Kept(make, age=10, clock=clock)
    assert kept.get() == 1
    clock.now, others = 11, {*enumerate_threads()}
    assert [kept.get(), kept.get()] == [1, 1]
    (making,) = {*enumerate_threads()} - others
    going.set()
    making.join()
    clock.now = 21
    assert [kept.get(), kept.get()] == [2, 2]
    assert {*enumerate_threads()} <= others


def test_what_cannot_be_made_in_the_background_leaves_what_there_was() -> None:
    kept = Kept(counting(lambda number: number == 2))
    assert kept.get() == 1
    thread = kept.begin()
    assert thread
    thread.join()
    assert kept.get() == 1


def test_what_could_not_be_made_when_it_was_begun_is_made_when_it_is_asked_for_later() -> None:
    clock = Clock()
    kept = Kept(counting(lambda number: number == 1), age=10, clock=clock)
    thread = kept.begin()
    assert thread
    thread.join()
    assert kept.get(wait=False) is None
    clock.now = 11
    assert kept.get(wait=False) is None
    assert kept.get() == 2


def test_what_fails_otherwise_leaves_it_to_be_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("threading.excepthook", lambda _: None)

    def make(before: int | None) -> int:
        if before is None:
            return 1
        raise ValueError("unforeseen")

    kept = Kept(make)
    assert kept.get() == 1
    for _ in range(2):
        thread = kept.begin()
        assert thread
        thread.join()
    assert kept.get() == 1


def test_where_no_thread_is_to_be_had_it_is_made_at_another_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: object) -> None:
        raise RuntimeError("can't start new thread")

    kept = Kept(counting())
    with monkeypatch.context() as patched:
        patched.setattr("index.kept.Thread.start", refused)
        assert kept.begin() is None
    assert kept.get() == 1


def test_what_cannot_be_made_now_is_said() -> None:
    with pytest.raises(IndexFailure):
        Kept(counting(lambda _: True)).get()
