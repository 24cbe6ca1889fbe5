"""What is announced against what is held."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from build import COUNCIL, SEEN, a_meeting, save

from archive.coverage import Coverage
from archive.listings import Announced
from archive.model import Committee, CommitteeId, CouncilId, MeetingId, MeetingStatus, MinutesStatus, start_of
from archive.runs import Ending
from archive.store import Store

CABINET = Committee(CommitteeId("ambleshire/committees/cabinet"), "Cabinet")
BOARD = Committee(None, "Area Board")
MARCH, APRIL = date(2021, 3, 1), date(2021, 4, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "minutebook.sqlite")
    yield store
    store.close()


def announced(local: str, day: date, note: str | None = None, committee: Committee = CABINET) -> Announced:
    return Announced(MeetingId(f"ambleshire/meetings/{local}"), committee, start_of(day), note)


def test_each_committee_and_month_says_what_is_held_and_minuted(store: Store) -> None:
    found = [announced(str(number), date(2021, 3, number)) for number in (1, 2, 3, 4)]
    found += [announced("5", date(2021, 4, 1)), announced("6", date(2021, 3, 31), committee=BOARD)]
    store.save_announced(COUNCIL, found, None, None, SEEN, True)
    for local, minutes in (("1", MinutesStatus.NONE), ("2", MinutesStatus.DRAFT), ("3", MinutesStatus.PUBLISHED)):
        save(store, a_meeting(local, minutes=minutes))
    save(store, a_meeting("99", start=date(2021, 3, 5)))
    known = store.listings(COUNCIL)
    four, five, six = (known[MeetingId(f"ambleshire/meetings/{local}")] for local in "456")
    board = Coverage(BOARD, MARCH, 1, 0, 0, (six,), COUNCIL)
    march = Coverage(CABINET, MARCH, 4, 3, 2, (four,), COUNCIL)
    april = Coverage(CABINET, APRIL, 1, 0, 0, (five,), COUNCIL)
    assert store.coverage() == store.coverage(COUNCIL) == (board, march, april)
    assert store.coverage(COUNCIL, since=APRIL) == (april,)
    assert store.coverage(until=date(2021, 3, 30)) == (march,)
    assert store.coverage(CouncilId("other")) == ()


def test_a_gap_says_why(store: Store) -> None:
    one, two = announced("1", MARCH), announced("2", MARCH)
    store.save_announced(COUNCIL, [one, two], None, None, SEEN, True)
    save(store, a_meeting("1"))
    store.save_look(one.id, Ending.BLOCKED, "a bot wall", SEEN)
    store.save_look(two.id, Ending.RESTRICTED, None, SEEN)
    (month,) = store.coverage()
    assert (month.announced, month.held) == (2, 1)
    assert [(gap.what, gap.ending, gap.reason) for gap in month.gaps] == [
        (one, Ending.BLOCKED, "a bot wall"), (two, Ending.RESTRICTED, None)
    ]
    store.save_look(one.id, Ending.SAME, None, SEEN)
    assert [gap.what for gap in store.coverage()[0].gaps] == [two]


@pytest.mark.parametrize("note", ["Cancelled", "CANCELED - no business", "Wedi'i ganslo", "Canslwyd"])
def test_a_meeting_that_lists_call_cancelled_is_no_gap(store: Store, note: str) -> None:
    store.save_announced(COUNCIL, [announced("1", MARCH, note)], None, None, SEEN, True)
    assert store.coverage() == (Coverage(CABINET, MARCH, 1, 0, 0, (), COUNCIL),)


def test_a_held_meeting_that_was_cancelled_is_no_gap_when_a_look_fails(store: Store) -> None:
    store.save_announced(COUNCIL, [announced("1", MARCH)], None, None, SEEN, True)
    save(store, a_meeting("1", status=MeetingStatus.CANCELLED, minutes=MinutesStatus.NONE))
    store.save_look(MeetingId("ambleshire/meetings/1"), Ending.GONE, None, SEEN)
    assert store.coverage()[0].gaps == ()


def test_a_month_is_one_in_london_and_a_committee_has_its_last_name(store: Store) -> None:
    late = replace(announced("1", MARCH), start=datetime(2021, 6, 30, 23, 30, tzinfo=UTC))
    renamed = replace(CABINET, name="Executive")
    store.save_announced(COUNCIL, [late, announced("2", date(2021, 7, 2), committee=renamed)], None, None, SEEN, True)
    (month,) = store.coverage()
    assert (month.month, month.committee, month.announced) == (date(2021, 7, 1), renamed, 2)


def test_five_thousand_meetings_are_covered_in_a_blink(store: Store) -> None:
    found = [announced(str(number), date(2005, 1, 1) + timedelta(days=number)) for number in range(5000)]
    store.save_announced(COUNCIL, found, None, None, SEEN, True)
    begun = time.process_time()
    months = store.coverage(COUNCIL)
    assert time.process_time() - begun < 1
    assert sum(month.announced for month in months) == sum(len(month.gaps) for month in months) == 5000
