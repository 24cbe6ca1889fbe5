"""Which earlier minutes an item approves, and at which later meeting minutes were approved."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from archive.model import (
    PREVIOUS,
    Committee,
    CommitteeId,
    Council,
    CouncilId,
    Item,
    ItemId,
    Meeting,
    MeetingId,
    MeetingStatus,
    start_of,
)
from archive.store import Store
from crawler.blocks import Block
from crawler.minutes.approvals import approves
from crawler.minutes.dates import uk_dates
from crawler.minutes.items import build_item
from web.approvals import approval_of, with_approval

MARCH = ("2026-03-12",)


def item(title: str, *texts: str, agenda: str = "") -> Item:
    return build_item(
        Item(None, "2", title), agenda=[Block(agenda)] if agenda else [], minutes=[Block(text) for text in texts])


@pytest.mark.parametrize(
    ("title", "text", "agenda"),
    [
        ("Minutes", "RESOLVED – That the minutes of the meeting of 12 March 2026 be approved as a correct record.", ""),
        ("Minutes of the previous meeting", "The minutes of 12th March, 2026 were agreed and signed by the Chair.", ""),
        ("Minutes", "RESOLVED: That they be confirmed.", "To confirm the minutes of the meeting on 12 March 2026."),
        ("Minutes of the meeting held on 12 March 2026", "Agreed.", ""),
        ("Cofnodion", "PENDERFYNWYD cadarnhau cofnodion y cyfarfod a gynhaliwyd ar 12 Mawrth 2026.", ""),
        ("Minutes", "Subject to adding Councillor Holm's apologies the minutes of 12/03/2026 were approved.", ""),
    ],
)
def test_an_item_says_whose_minutes_it_approves(title: str, text: str, agenda: str) -> None:
    assert approves(item(title, text, agenda=agenda)) == MARCH


@pytest.mark.parametrize("text", ["RESOLVED that the minutes be approved.", "The minutes were agreed."])
def test_without_a_day_they_are_those_of_the_last_meeting(text: str) -> None:
    assert approves(item("Minutes of the last meeting", text)) == (PREVIOUS,)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Minutes", "RESOLVED that the minutes of the Health Panel of 12 March 2026 be noted."),
        ("Minutes", "The minutes of 12 March 2026 would be submitted to the next meeting for approval."),
        ("Minutes", "RESOLVED that approval of the minutes of 12 March 2026 be deferred."),
        ("Budget monitoring", "The minutes of 12 March 2026 were approved."),
        ("Minutes", ""),
    ],
)
def test_what_is_no_approval(title: str, text: str) -> None:
    assert approves(item(title, *filter(None, [text]))) == ()


def test_several_days() -> None:
    assert uk_dates("held on 3rd and 17th March 2026 and on 1 April 2026") == (
        date(2026, 3, 3), date(2026, 3, 17), date(2026, 4, 1))
    assert uk_dates("nothing of 31 February 2026") == ()


# At which later meeting


def held(local: str, day: date, *items: Item, committee: str = "norham/committees/7", **known: Any) -> Meeting:
    return Meeting(
        MeetingId(f"norham/meetings/{local}"), CouncilId("norham"), Committee(CommitteeId(committee), "Cabinet"),
        "Cabinet", start_of(day), items=items, **known)  # fmt: skip


def approving(local: str, *said: str) -> Item:
    return Item(ItemId(f"norham/items/{local}"), "2", "Minutes", approves=said)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "minutebook.sqlite")
    store.save_council(Council(CouncilId("norham"), "Norham"))
    yield store
    store.close()


FIRST = held("1", date(2026, 3, 12))


@pytest.mark.parametrize(
    ("later", "by"),
    [
        ([held("2", date(2026, 4, 9), approving("21", "2026-03-12"))], "norham/items/21"),
        ([held("2", date(2026, 4, 9), approving("21", PREVIOUS))], "norham/items/21"),
        ([held("2", date(2026, 4, 9)), held("3", date(2026, 5, 9), approving("31", "2026-03-12"))], "norham/items/31"),
        ([held("2", date(2026, 4, 9)), held("3", date(2026, 5, 9), approving("31", PREVIOUS))], None),
        ([held("2", date(2026, 4, 9), approving("21", "2026-02-12"))], None),
        ([held("2", date(2026, 4, 9), approving("21", "2026-03-12"), committee="norham/committees/8")], None),
        ([held("0", date(2026, 2, 9), approving("01", "2026-03-12"))], None),
        (
            [held("2", date(2026, 4, 9), status=MeetingStatus.CANCELLED),
             held("3", date(2026, 5, 9), approving("31", PREVIOUS))], "norham/items/31",
        ),
        ([], None),
    ],
)  # fmt: skip
def test_the_later_meeting_that_approved_the_minutes(store: Store, later: list[Meeting], by: str | None) -> None:
    for meeting in (FIRST, *later):
        store.save_meeting(meeting, [], "2", datetime(2026, 6, 1, tzinfo=UTC))
    found = approval_of(store, FIRST)
    assert (found and found.item) == by
    assert ("approved" in with_approval(store, FIRST)) is (by is not None)
