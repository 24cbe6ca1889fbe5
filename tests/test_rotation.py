"""When a meeting is looked at again: every night, in weekly or yearly rotation, or patiently after failures."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from build import COUNCIL
from hypothesis import given
from hypothesis import strategies as st

from archive.ids import meeting_id
from archive.listings import Announced, Listing
from archive.model import LONDON, Committee
from archive.runs import Ending
from crawler.rotation import USUAL, Windows, first_listed, is_due

TODAY = date(2026, 9, 30)


def listing(day: date, looked: date | None = None, local: str = "1", **known: object) -> Listing:
    start = datetime.combine(day, time(18), LONDON)
    announced = Announced(meeting_id(COUNCIL, local), Committee(None, "Cabinet"), start)
    at = None if looked is None else datetime.combine(looked, time(3), UTC)
    return Listing(announced, datetime(2026, 1, 1, tzinfo=UTC), looked=at, **{"ending": Ending.SAME, **known})


@pytest.mark.parametrize(("days", "due"), [(-90, True), (60, True), (0, True), (-91, False), (61, False)])
def test_what_still_changes_is_due_every_night(days: int, due: bool) -> None:
    today = TODAY
    while is_due(listing(TODAY - timedelta(days=200), today - timedelta(days=1)), True, today, USUAL):
        today += timedelta(days=1)    # a night that is not this meeting's turn
    day = today + timedelta(days=days)
    assert is_due(listing(day, today - timedelta(days=1)), True, today, USUAL) == due


@pytest.mark.parametrize(("days", "period"), [(-91, 7), (-730, 7), (-731, 365), (-9000, 365), (61, 7)])
@given(local=st.integers(1, 10**6).map(str), first=st.integers(0, 400))
def test_what_is_older_has_its_turn_once_in_a_period(days: int, period: int, local: str, first: int) -> None:
    begun = TODAY + timedelta(days=first)
    looked, turns = begun, []
    for night in range(1, 2 * period + 1):
        today = begun + timedelta(days=night)
        if is_due(listing(today + timedelta(days=days), looked, local), True, today, USUAL):
            looked = today
            turns.append(night)
    assert len(turns) == 2
    assert turns[1] - turns[0] == period


def test_the_turns_of_many_are_spread_over_the_nights() -> None:
    old = [listing(TODAY - timedelta(days=400), TODAY - timedelta(days=1), str(each)) for each in range(700)]
    due = [sum(is_due(each, True, TODAY + timedelta(days=night), USUAL) for each in old) for night in range(7)]
    assert due[-1] == 700
    assert all(60 < later - earlier < 140 for earlier, later in pairwise([0, *due]))


def test_a_missed_turn_is_made_up_for() -> None:
    old = listing(TODAY - timedelta(days=400), TODAY - timedelta(days=7))
    assert is_due(old, True, TODAY, USUAL)


def test_what_is_not_held_is_tried_nightly_for_a_week_then_weekly() -> None:
    yesterday = TODAY - timedelta(days=1)
    for failures in range(7):
        assert is_due(listing(date(2001, 1, 1), yesterday, failures=failures), False, TODAY, USUAL)
    tried = [is_due(listing(date(2001, 1, 1), yesterday, failures=7, local=str(each)), False, TODAY, USUAL)
             for each in range(70)]
    assert 0 < tried.count(True) < 30
    assert is_due(listing(date(2001, 1, 1), TODAY - timedelta(days=7), failures=7), False, TODAY, USUAL)


def test_what_is_held_and_failed_last_is_tried_again() -> None:
    failed = listing(date(2001, 1, 1), TODAY - timedelta(days=1), ending=Ending.GONE, failures=1)
    assert is_due(failed, True, TODAY, USUAL)


def test_lists_reach_as_far_as_their_turn() -> None:
    yesterday, week, year = (TODAY - timedelta(days=days) for days in (1, 7, 365))
    assert first_listed(TODAY, USUAL, None, None) is None
    assert first_listed(TODAY, USUAL, yesterday, yesterday) == TODAY - timedelta(days=90)
    assert first_listed(TODAY, USUAL, week, week) == TODAY - timedelta(days=730)
    assert first_listed(TODAY, USUAL, year, yesterday) is None


def test_windows_of_nothing_are_possible() -> None:
    narrow = Windows(0, 0, 0, 0)
    assert first_listed(TODAY, narrow, TODAY - timedelta(days=1), None) is None
    assert is_due(listing(date(2001, 1, 1), TODAY), True, TODAY, narrow)
