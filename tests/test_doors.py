"""The doors of a site: shut by failures in a row, remembered from run to run, tried again at times."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import Blocked, Disallowed, Gone, LeftAlone, MinutebookError, OutOfBudget, PageError, Unreachable
from archive.listings import Door
from crawler.moderngov.doors import CALENDAR, Doors
from crawler.moderngov.urls import Method

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
URL = "https://democracy.example.gov.uk/"
DOWN = Unreachable(URL, "status 500")


def failing(error: MinutebookError = DOWN) -> Callable[[], str]:
    def call() -> str:
        raise error

    return call


def gives() -> str:
    return "answer"


def failed(doors: Doors, times: int, name: str = Method.MEETING) -> Doors:
    for _ in range(times):
        assert doors.through(name, failing()) is None
    return doors


def test_three_failures_shut_a_door_that_never_worked() -> None:
    doors = failed(Doors(now=NOW), 2)
    assert doors.open(Method.MEETING)
    assert not failed(doors, 1).open(Method.MEETING)
    assert doors.through(Method.MEETING, gives) is None
    assert doors.open(Method.MEETINGS)
    assert doors.states() == {"GetMeeting": Door(worked=False, failures=3, tried=NOW)}


def test_ten_failures_shut_one_that_has_worked() -> None:
    doors = Doors({Method.MEETING: Door(worked=True, failures=0, tried=NOW - timedelta(days=1))}, NOW)
    assert failed(doors, 9).open(Method.MEETING)
    assert not failed(doors, 1).open(Method.MEETING)


def test_an_answer_begins_the_count_again() -> None:
    doors = failed(Doors(now=NOW), 2)
    assert doors.through(Method.MEETING, gives) == "answer"
    assert doors.states()["GetMeeting"] == Door(worked=True, failures=0, tried=NOW)
    assert failed(doors, 9).open(Method.MEETING)


def test_failures_in_a_row_count_over_the_runs() -> None:
    doors = Doors(now=NOW)
    for night in range(3):
        doors = failed(Doors(doors.states(), NOW + timedelta(days=night)), 1)
    assert not doors.open(Method.MEETING)


@pytest.mark.parametrize("worked", [True, False])
def test_a_shut_door_stays_shut_for_a_week_and_one_call_then_decides(worked: bool) -> None:
    shut = {Method.MEETING: Door(worked, 10, NOW)}
    for days in (0, 1, 7):
        assert not Doors(shut, NOW + timedelta(days=days)).open(Method.MEETING)
    later = NOW + timedelta(days=7, seconds=1)
    again = failed(Doors(shut, later), 1)
    assert again.states()["GetMeeting"] == Door(worked, 11, later)
    assert not again.open(Method.MEETING)
    assert not Doors(again.states(), later + timedelta(days=6)).open(Method.MEETING)
    better = Doors(shut, later)
    assert better.through(Method.MEETING, gives) == "answer"
    assert failed(better, 9).open(Method.MEETING)


@pytest.mark.parametrize("error", [OutOfBudget(URL, "used up"), LeftAlone(URL, "failed too often")])
def test_what_says_nothing_of_the_door_is_passed_on(error: MinutebookError) -> None:
    doors = Doors(now=NOW)
    with pytest.raises(type(error)):
        doors.through(CALENDAR, failing(error))
    assert doors.states() == {}


@pytest.mark.parametrize(
    "error", [Blocked(URL, "a wall"), Disallowed(URL, "robots.txt"), Gone(URL, "404"), DOWN, PageError(URL, "a", "b")]
)
def test_whatever_else_goes_wrong_counts_for_its_own_door(error: MinutebookError) -> None:
    doors = Doors(now=NOW)
    for _ in range(3):
        assert doors.through(CALENDAR, failing(error)) is None
    assert not doors.open(CALENDAR)
    assert doors.open(Method.MEETING)


@given(st.lists(st.booleans(), max_size=40))
def test_a_door_is_shut_by_the_failures_since_it_last_gave_something(went_well: list[bool]) -> None:
    doors = Doors(now=NOW)
    row, worked, shut = 0, False, False
    for well in went_well:
        doors.through(CALENDAR, gives if well else failing())
        if not shut:
            row, worked = (0, True) if well else (row + 1, worked)
            shut = row >= (10 if worked else 3)
        assert doors.open(CALENDAR) is not shut
