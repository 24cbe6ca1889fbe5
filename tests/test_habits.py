"""A council's habits, learnt from what is held, mark what is read next; what is held stands until it is read again."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from build import COUNCIL, a_meeting, an_item

from archive.model import Meeting, MinutesStatus, start_of
from archive.store import Store
from crawler.habits import routine_titles, with_habits
from crawler.source import Reading

NOTICE = "Webcasting notice"
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def a_night(at: int) -> Meeting:
    items = (
        an_item(f"{at}1", NOTICE, "Members were told that the meeting was webcast."),
        an_item(f"{at}2", f"Matter {chr(97 + at)}", "A long debate followed. " * 30),
    )
    return a_meeting(str(at), items=items, start=start_of(date(2026, 1, 1) + timedelta(days=at)),
                     minutes=MinutesStatus.PUBLISHED)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "minutebook.sqlite")
    for at in range(8):
        store.save_meeting(a_night(at), [], "2", NOW)
    yield store
    store.close()


def test_what_is_held_teaches_what_is_routine(store: Store) -> None:
    routine = routine_titles(store, COUNCIL)
    assert routine == {"webcasting notice"}
    marked = with_habits(Reading(a_night(9)), routine).meeting
    assert [item.procedural for item in marked.items] == [True, False]


def test_what_is_learnt_later_is_no_change_of_what_is_held(store: Store) -> None:
    marked = with_habits(Reading(a_night(1)), routine_titles(store, COUNCIL)).meeting
    assert store.save_meeting(marked, [], "2", NOW + timedelta(days=1)) == "same"
    assert store.save_meeting(marked, [], "3", NOW + timedelta(days=2), observed=False) == "changed"
    assert store.meeting(marked.id).items[0].procedural


def test_nothing_is_learnt_of_meetings_without_minutes(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "other.sqlite")
    for at in range(8):
        store.save_meeting(a_meeting(str(at), items=(an_item(f"{at}1", NOTICE),)), [], "2", NOW)
    assert routine_titles(store, COUNCIL) == frozenset()
    store.close()
