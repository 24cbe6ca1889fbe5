import shutil
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from build import COUNCIL, SEEN, a_document, a_meeting, an_item, save
from hypothesis import given, settings
from strategies import meetings

from archive import ids
from archive.captures import Capture
from archive.errors import StoreError, UnknownId
from archive.model import (
    Attendance,
    AttendanceStatus,
    Committee,
    CouncilId,
    DocumentId,
    ItemId,
    Meeting,
    MeetingId,
    MemberId,
    MinutesStatus,
)
from archive.shapes import as_json
from archive.store import Change, Saved, Store
from archive.versions import digest

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "minutebook.sqlite"
    Store.open(path).close()
    return path


@pytest.fixture
def store(tmp_path: Path, empty: Path) -> Iterator[Store]:
    store = Store.open(shutil.copy(empty, tmp_path))
    yield store
    store.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, empty: Path) -> Iterator[Store]:
    store = Store.open(shutil.copy(empty, tmp_path_factory.mktemp("shared")))
    yield store
    store.close()


def a_capture(offset: int, fetched: datetime = SEEN, url: str = "https://ambleshire.example/mgAi.aspx") -> Capture:
    return Capture(url, fetched, 200, "text/html", f"{offset:064x}", "2026-11-23T0210-1.warc.gz", offset)


def alone(store: Store, meeting: Meeting) -> Saved:
    """Saved so that nothing of what was held before stands beside it."""
    return store.save_meeting(meeting, (), "1", SEEN, observed=False)


# What is saved is loaded


@given(meeting=meetings)
def test_any_meeting_saved_is_loaded_equal(shared: Store, meeting: Meeting) -> None:
    assert meeting.id is not None
    alone(shared, meeting)
    loaded = shared.meeting(meeting.id)
    assert loaded == meeting
    assert as_json(loaded) == as_json(meeting)
    assert save(shared, meeting) is Saved.SAME


@settings(max_examples=25)
@given(meeting=meetings, before=meetings)
def test_any_version_stays_readable_whatever_follows(shared: Store, before: Meeting, meeting: Meeting) -> None:
    assert meeting.id is not None
    alone(shared, replace(before, id=meeting.id))
    number = shared.versions(meeting.id)[-1].number
    alone(shared, meeting)
    assert shared.version(meeting.id, number) == replace(before, id=meeting.id)
    assert shared.meeting(meeting.id) == meeting


@settings(max_examples=25)
@given(meeting=meetings)
def test_every_item_and_document_is_found_by_its_identifier(shared: Store, meeting: Meeting) -> None:
    save(shared, meeting)
    for item in meeting.items:
        assert item.id is not None
        assert shared.item(item.id)[1].id == item.id
        for document in item.documents:
            assert document.id is None or shared.document(document.id)[2].id == document.id


def test_a_new_meeting_a_same_one_and_a_changed_one(store: Store) -> None:
    meeting = a_meeting("1", an_item("1", "Buses", "First."))
    assert save(store, meeting) is Saved.NEW
    assert save(store, meeting) is Saved.SAME
    assert save(store, replace(meeting, venue="Guildhall")) is Saved.CHANGED
    assert store.meeting(MeetingId("ambleshire/meetings/1")).venue == "Guildhall"


def test_an_item_comes_with_the_head_of_its_meeting(store: Store) -> None:
    meeting = a_meeting("1", an_item("1"), an_item("2", "Libraries", "Open."))
    save(store, meeting)
    assert store.item(ItemId("ambleshire/items/2")) == (replace(meeting, items=()), meeting.items[1])


def test_items_come_in_the_order_asked_for_without_the_unknown(store: Store) -> None:
    save(store, a_meeting("1", an_item("1"), an_item("2")))
    save(store, a_meeting("2", an_item("3")))
    wanted = [ItemId(f"ambleshire/items/{local}") for local in ("3", "9", "1")]
    assert list(store.items(wanted)) == [wanted[0], wanted[2]]
    assert store.items([]) == {}


def test_more_items_than_a_statement_takes_are_found(store: Store) -> None:
    save(store, a_meeting("1", *(an_item(str(local)) for local in range(600))))
    assert len(store.items([ItemId(f"ambleshire/items/{local}") for local in range(40_000)])) == 600


def test_documents_are_found_in_items_and_in_meetings(store: Store) -> None:
    item = an_item("1", documents=(a_document("s1"), a_document("s2")))
    meeting = a_meeting("1", item, documents=(a_document("s3"),))
    save(store, meeting)
    head = replace(meeting, items=())
    assert store.document(DocumentId("ambleshire/documents/s2")) == (head, item, a_document("s2"))
    assert store.document(DocumentId("ambleshire/documents/s3")) == (head, None, a_document("s3"))


def test_what_is_not_there_is_unknown(store: Store) -> None:
    unknown: list[tuple[Any, str]] = [
        (store.council, "nowhere"), (store.committee, "a/committees/1"), (store.member, "a/members/1"),
        (store.meeting, "a/meetings/1"), (store.item, "a/items/1"), (store.document, "a/documents/1"),
        (store.versions, "a/meetings/1"),
    ]
    for ask, identifier in unknown:
        with pytest.raises(UnknownId, match=f"^{identifier}: no "):
            ask(identifier)


# One identifier in several places


def test_an_item_listed_twice_is_kept_twice_and_found_once(store: Store) -> None:
    meeting = a_meeting("1", an_item("7", "First"), an_item("8"), an_item("7", "Again"))
    save(store, meeting)
    assert store.meeting(MeetingId("ambleshire/meetings/1")) == meeting
    assert store.item(ItemId("ambleshire/items/7"))[1].title == "First"


@pytest.mark.parametrize("later_first", [True, False])
def test_an_item_that_moved_is_found_in_the_later_meeting(store: Store, later_first: bool) -> None:
    march = a_meeting("1", an_item("7", "Deferred"), start=date(2021, 3, 2))
    april = a_meeting("2", an_item("7", "Decided"), start=date(2021, 4, 6))
    undated = replace(a_meeting("3", an_item("7", "Undated")), start=None)
    for meeting in [april, march, undated] if later_first else [undated, march, april]:
        save(store, meeting)
    assert store.item(ItemId("ambleshire/items/7"))[1].title == "Decided"
    alone(store, replace(april, items=()))
    assert store.item(ItemId("ambleshire/items/7"))[1].title == "Deferred"
    assert store.meeting(MeetingId("ambleshire/meetings/1")) == march


def test_a_document_of_two_meetings_is_found_in_the_later(store: Store) -> None:
    for local, day in (("1", 2), ("2", 9)):
        save(store, a_meeting(local, an_item(local, documents=(a_document("s1"),)), start=date(2021, 3, day)))
    assert store.document(DocumentId("ambleshire/documents/s1"))[0].id == "ambleshire/meetings/2"


# What cannot be kept


@pytest.mark.parametrize("unknown", [{"id": None}, {"council": None}])
def test_a_meeting_without_identifier_is_refused(store: Store, unknown: dict[str, None]) -> None:
    with pytest.raises(StoreError, match="meeting Cabinet of 02 March 2021 has no identifier; say with --council"):
        save(store, replace(a_meeting(), **unknown))
    assert store.heads() == ()


def test_an_item_without_identifier_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="its item 'Buses' has no identifier"):
        save(store, a_meeting("1", replace(an_item("1", "Buses"), id=None)))
    assert store.counts().items == 0


def test_a_committee_without_identifier_is_kept_in_its_meeting_only(store: Store) -> None:
    meeting = a_meeting("1", committee="Cabinet")
    save(store, replace(meeting, committee=Committee(None, "Joint Board")))
    assert store.meeting(MeetingId("ambleshire/meetings/1")).committee == Committee(None, "Joint Board")
    assert store.committees() == ()
    with pytest.raises(StoreError, match="'Joint Board' has no identifier"):
        store.save_committees(COUNCIL, [Committee(None, "Joint Board")])


def test_a_start_without_time_zone_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="meetings/1: its start has no time zone"):
        save(store, a_meeting("1", start=SEEN.replace(tzinfo=None)))


# Versions, captures


def test_versions_say_when_each_was_seen_and_who_read_it(store: Store) -> None:
    draft = a_meeting("1", an_item("1", "Buses", "Draft."), minutes=MinutesStatus.DRAFT)
    published = replace(draft, minutes=MinutesStatus.PUBLISHED)
    save(store, draft)
    save(store, draft, parser="2", seen=SEEN + DAY)
    save(store, draft, parser="2", seen=SEEN)
    save(store, published, parser="2", seen=SEEN + 2 * DAY)
    save(store, draft, parser="2", seen=SEEN + 3 * DAY)
    versions = store.versions(MeetingId("ambleshire/meetings/1"))
    assert [(version.number, version.parser, version.seen, version.last) for version in versions] == [
        (1, "2", SEEN, SEEN + DAY),
        (2, "2", SEEN + 2 * DAY, SEEN + 2 * DAY),
        (3, "2", SEEN + 3 * DAY, SEEN + 3 * DAY),
    ]
    assert [version.digest for version in versions] == [digest(draft), digest(published), digest(draft)]
    kept = [store.version(MeetingId("ambleshire/meetings/1"), number) for number in (1, 2, 3)]
    assert kept == [draft, published, draft]
    with pytest.raises(UnknownId, match="no version 4 of meeting"):
        store.version(MeetingId("ambleshire/meetings/1"), 4)


def test_a_meeting_knows_its_latest_captures_and_each_version_its_own(store: Store) -> None:
    meeting, identifier = a_meeting("1"), MeetingId("ambleshire/meetings/1")
    save(store, meeting, a_capture(1), a_capture(2), a_capture(1))
    assert store.captures_of(identifier) == (a_capture(1), a_capture(2))
    save(store, meeting, a_capture(9, SEEN + DAY), a_capture(8, SEEN + DAY), seen=SEEN + DAY)
    latest = (a_capture(9, SEEN + DAY), a_capture(8, SEEN + DAY))
    assert store.captures_of(identifier) == latest
    save(store, meeting, a_capture(1), seen=SEEN)
    save(store, meeting, seen=SEEN + 2 * DAY)
    assert store.captures_of(identifier) == latest
    save(store, replace(meeting, venue="Guildhall"), a_capture(3), seen=SEEN + 3 * DAY)
    assert store.captures_of(identifier) == (a_capture(3),)
    assert store.captures_of(identifier, 1) == latest
    assert store.captures_of(MeetingId("ambleshire/meetings/2")) == ()


def test_captures_are_found_by_content_and_by_address(store: Store) -> None:
    first, again = a_capture(1), replace(a_capture(2, SEEN + DAY), sha256=a_capture(1).sha256)
    store.save_captures([first, again])
    store.save_captures([again])
    assert store.capture_of(first.sha256) == first
    assert store.capture_at(first.url) == again
    assert store.capture_of("f" * 64) is None
    assert store.capture_at("https://elsewhere.example/") is None
    assert tuple(store.each_capture()) == (first, again)


# The outbox


def test_the_outbox_holds_each_changed_meeting_once(store: Store) -> None:
    one, two = a_meeting("1"), a_meeting("2")
    save(store, one)
    save(store, two)
    save(store, two)
    save(store, replace(one, venue="Guildhall"))
    assert [change.meeting for change in store.changes()] == ["ambleshire/meetings/2", "ambleshire/meetings/1"]
    assert [change.meeting for change in store.changes(limit=1)] == ["ambleshire/meetings/2"]


def test_a_change_made_while_the_index_works_stays(store: Store) -> None:
    meeting = a_meeting("1")
    save(store, meeting)
    taken = store.changes()
    save(store, replace(meeting, venue="Guildhall"))
    store.done(taken)
    (left,) = store.changes()
    store.done([left])
    store.done([left, Change(999, MeetingId("ambleshire/meetings/9"))])
    assert store.changes() == ()
    save(store, meeting)
    assert store.changes()[0].sequence > left.sequence


def test_nothing_of_a_refused_meeting_is_kept(store: Store, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "minutebook.sqlite") as other:
        other.execute("CREATE TRIGGER no BEFORE INSERT ON changes BEGIN SELECT RAISE(ABORT, 'no outbox'); END")
    other.close()
    with pytest.raises(StoreError, match="no outbox"):
        save(store, a_meeting("1", an_item("1")), a_capture(1))
    assert (store.heads(), store.committees(), store.capture_of(a_capture(1).sha256)) == ((), (), None)


# Lists


def test_heads_are_chosen_ordered_and_paged(store: Store) -> None:
    member = MemberId("ambleshire/members/7")
    here = (Attendance("Cllr Abel", "Chair", AttendanceStatus.PRESENT, member),)
    save(store, a_meeting("1", an_item("1"), start=date(2021, 3, 2), attendance=here * 2))
    save(store, a_meeting("2", start=date(2021, 6, 1), committee="Planning"))
    save(store, a_meeting("3", start=date(2020, 1, 7)))
    save(store, replace(a_meeting("4", attendance=here), start=None))
    save(store, replace(a_meeting("5", start=date(2019, 1, 1)), council=CouncilId("other")))

    def found(**chosen: Any) -> list[str]:
        return [ids.local(head.id or "") for head in store.heads(**chosen)]

    assert found() == ["2", "1", "3", "5", "4"]
    assert found(newest_first=False) == ["5", "3", "1", "2", "4"]
    assert found(council="ambleshire", limit=2, offset=1) == ["1", "3"]
    assert found(committee="ambleshire/committees/planning") == ["2"]
    assert found(member=member) == ["1", "4"]
    assert found(since=date(2020, 1, 7), until=date(2021, 3, 2)) == ["1", "3"]
    assert all(head.items == () for head in store.heads())


def test_a_day_is_a_day_in_london(store: Store) -> None:
    save(store, a_meeting("1", start=datetime(2021, 7, 1, 23, 30, tzinfo=UTC)))
    assert store.heads(since=date(2021, 7, 2))
    assert not store.heads(until=date(2021, 7, 1))


def test_each_meeting_comes_whole_and_may_be_changed_on_the_way(store: Store) -> None:
    all_of_them = {f"ambleshire/meetings/{local}": a_meeting(str(local), an_item(str(local))) for local in range(120)}
    for meeting in all_of_them.values():
        save(store, meeting)
    seen = {}
    for meeting in store.each_meeting():
        save(store, replace(meeting, venue="Guildhall"))
        seen[meeting.id] = replace(meeting, venue=None)
    assert seen == all_of_them
    assert list(store.each_meeting(CouncilId("other"))) == []


# Several at once


def test_readers_read_while_a_writer_writes(store: Store) -> None:
    save(store, a_meeting("0", an_item("0")))
    problems: list[Exception] = []
    over = threading.Event()

    def read() -> None:
        try:
            while not over.is_set():
                assert len(list(store.each_meeting())) >= 1
                store.item(ItemId("ambleshire/items/0"))
        except (AssertionError, StoreError, UnknownId) as error:
            problems.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for local in range(1, 30):
        save(store, a_meeting(str(local), an_item(str(local))))
    over.set()
    for reader in readers:
        reader.join()
    assert problems == []
