"""What the store remembers from night to night: requests, runs, what sites announce, what is missing, doors."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from build import COUNCIL, SEEN, a_document, a_meeting, an_item, save

from archive import ids
from archive.captures import Capture
from archive.listings import Announced, Door, Listing
from archive.model import Committee, CommitteeId, CouncilId, Meeting, MeetingId, start_of
from archive.runs import Asked, Ending, Failure, Run
from archive.store import Saved, Store

DAY = timedelta(days=1)
CABINET = Committee(CommitteeId("ambleshire/committees/cabinet"), "Cabinet")
ONE = MeetingId("ambleshire/meetings/1")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "minutebook.sqlite")
    yield store
    store.close()


def announced(local: str = "1", day: date = date(2021, 3, 2), note: str | None = None) -> Announced:
    return Announced(MeetingId(f"ambleshire/meetings/{local}"), CABINET, start_of(day), note)


def night(store: Store, number: int, *found: Announced, **asked: Any) -> tuple[MeetingId, ...]:
    given: dict[str, Any] = {"since": None, "until": None, "count_missing": True, **asked}
    return store.save_announced(COUNCIL, found, at=SEEN + number * DAY, **given)


# Requests and captures


def test_a_request_is_noted_with_its_capture(store: Store) -> None:
    asked = Asked(COUNCIL, "https://a.example/", "list of meetings", SEEN, 200, 1234, None, 0.25)
    capture = Capture(asked.url, SEEN, 200, "text/html", "0" * 64, "a.warc.gz", 7, '"tag"', "then")
    store.save_request(asked, capture)
    store.save_request(replace(asked, status=0, at=SEEN + DAY, waited=1.5), None)
    assert list(store.requests()) == [asked, replace(asked, status=0, at=SEEN + DAY, waited=1.5)]
    assert tuple(store.each_capture()) == (capture,)
    save(store, a_meeting("1"), capture)
    assert store.captures_of(ONE) == tuple(store.each_capture()) == (capture,)


def test_the_ledger_is_read_oldest_first_by_council_and_time(store: Store) -> None:
    times = [2, 0, 1, 1] * 300
    for number, days in enumerate(times):
        council = (COUNCIL, CouncilId("other"), None)[number % 3]
        store.save_request(Asked(council, str(number), "", SEEN + days * DAY, 200, 0, 0.0, 0.0), None)
    every = list(store.requests())
    assert [asked.at for asked in every] == sorted(asked.at for asked in every)
    assert {asked.url for asked in every} == {str(number) for number in range(1200)}
    assert len(every) == 1200
    assert len(list(store.requests(COUNCIL))) == 400
    assert len(list(store.requests(since=SEEN + DAY))) == 900
    assert {asked.at for asked in store.requests(COUNCIL, since=SEEN + 2 * DAY)} == {SEEN + 2 * DAY}


def test_the_last_good_answer_of_an_address_is_found(store: Store) -> None:
    first = Capture("https://a.example/", SEEN, 200, "text/html", "0" * 64, "a.warc.gz", 1)
    several = [
        replace(first, status=status, offset=offset, fetched=SEEN + offset * DAY)
        for offset, status in enumerate((200, 304, 503, 404), 1)
    ]
    store.save_captures(several)
    assert store.capture_at(first.url) == several[3]
    assert store.capture_at(first.url, answered=True) == several[1]
    assert store.capture_at("https://b.example/", answered=True) is None


# Runs


def test_a_run_says_how_it_ended_and_what_failed_how(store: Store) -> None:
    failed = (Failure("meeting", "1", "a bot wall", Ending.BLOCKED), Failure("list", "2", "no table"))
    run = store.begin_run(COUNCIL, SEEN)
    begun = Run(SEEN, None, {}, ())
    assert store.runs(COUNCIL) == (begun,)
    store.finish_run(
        run, SEEN + DAY, {"new": 1}, failed, requests=7, stopped="out of budget", listed=date(2021, 1, 1)
    )
    ended = Run(SEEN, SEEN + DAY, {"new": 1}, failed, 7, "out of budget", date(2021, 1, 1))
    store.begin_run(COUNCIL, SEEN + 2 * DAY)
    store.begin_run(CouncilId("other"), SEEN)
    assert store.runs(COUNCIL) == (replace(begun, started=SEEN + 2 * DAY), ended)
    assert store.runs(COUNCIL, limit=1) == (replace(begun, started=SEEN + 2 * DAY),)
    assert store.runs(CouncilId("nowhere")) == ()


# What sites announce


def test_what_lists_have_is_known_with_its_days(store: Store) -> None:
    joint = replace(announced("2", date(2021, 7, 1), "Cancelled"), committee=Committee(None, "Joint Board"))
    late = Announced(MeetingId("ambleshire/meetings/3"), CABINET, datetime(2021, 7, 1, 23, 30, tzinfo=UTC))
    assert night(store, 0, announced(), joint, late, announced()) == ()
    assert store.listings(COUNCIL) == {each.id: Listing(each, SEEN) for each in (announced(), joint, late)}
    assert list(store.listings(COUNCIL, date(2021, 7, 1), date(2021, 7, 1))) == [joint.id]
    assert list(store.listings(COUNCIL, date(2021, 7, 2))) == [late.id]
    assert store.listings(CouncilId("other")) == {}


def test_a_look_is_noted_and_stands_when_lists_are_had_again(store: Store) -> None:
    night(store, 0, announced())
    for count in (1, 2):
        store.save_look(ONE, Ending.BLOCKED, "a bot wall", SEEN + DAY)
        assert store.listings(COUNCIL)[ONE].failures == count
    night(store, 2, announced(note="Minutes", day=date(2021, 3, 9)))
    looked = Listing(
        announced(note="Minutes", day=date(2021, 3, 9)), SEEN + 2 * DAY, 0, None, SEEN + DAY, Ending.BLOCKED,
        "a bot wall", 2,
    )  # fmt: skip
    assert store.listings(COUNCIL, date(2021, 3, 9))[ONE] == looked
    store.save_look(ONE, Ending.BUDGET, "enough", SEEN + 3 * DAY)
    assert store.listings(COUNCIL)[ONE] == looked
    store.save_look(ONE, Ending.SAME, None, SEEN + 3 * DAY)
    same = replace(looked, looked=SEEN + 3 * DAY, ending=Ending.SAME, reason=None, failures=0)
    assert store.listings(COUNCIL)[ONE] == same
    store.save_look(MeetingId("ambleshire/meetings/404"), Ending.NEW, None, SEEN)
    assert len(store.listings(COUNCIL)) == 1


def test_a_list_that_fails_half_way_changes_nothing(store: Store) -> None:
    def broken() -> Iterator[Announced]:
        yield announced()
        raise ConnectionError

    with pytest.raises(ConnectionError):
        store.save_announced(COUNCIL, broken(), None, None, SEEN, True)
    assert store.listings(COUNCIL) == {}


def test_only_lists_that_should_have_had_a_meeting_miss_it(store: Store) -> None:
    night(store, 0, announced("1", date(2021, 3, 2)), announced("2", date(2021, 4, 2)))
    night(store, 1, since=date(2021, 3, 3), until=date(2021, 4, 1))
    night(store, 2, count_missing=False)
    assert [each.missed for each in store.listings(COUNCIL).values()] == [0, 0]
    night(store, 3, since=date(2021, 4, 2), until=date(2021, 4, 2))
    night(store, 4, until=date(2021, 4, 2))
    first, second = store.listings(COUNCIL).values()
    assert (first.missed, first.missing) == (1, SEEN + 4 * DAY)
    assert (second.missed, second.missing, second.listed) == (2, SEEN + 3 * DAY, SEEN)
    night(store, 5, announced("2", date(2021, 4, 2)))
    second = store.listings(COUNCIL)[second.what.id]
    assert (second.missed, second.missing) == (0, None)


def test_a_meeting_that_lists_lack_for_a_week_is_marked_once_and_told_to_the_index(store: Store) -> None:
    meeting, capture = a_meeting("1", an_item("1")), Capture("u", SEEN, 200, "", "0" * 64, "f", 1)
    twin = replace(meeting, id=MeetingId(ids.twin(ONE)))
    for each in (meeting, twin, a_meeting("2")):
        save(store, each, capture)
    store.done(store.changes())
    night(store, 0, announced(), announced("3"))
    assert [night(store, number) for number in (1, 2, 7)] == [(), (), ()]
    assert night(store, 8) == (ONE,)
    assert night(store, 9) == ()
    unpublished = (SEEN + DAY).date()
    assert store.meeting(ONE) == replace(meeting, unpublished=unpublished)
    assert store.meeting(MeetingId(ids.twin(ONE))).unpublished == unpublished
    assert store.meeting(MeetingId("ambleshire/meetings/2")) == a_meeting("2")
    assert {change.meeting for change in store.changes()} == {ONE, ids.twin(ONE)}
    old, new = store.versions(ONE)
    assert (old.last, new.seen, new.parser) == (SEEN, SEEN + 8 * DAY, "1")
    assert store.captures_of(ONE) == (capture,)
    assert {head.unpublished for head in store.heads()} == {None, unpublished}


def test_a_meeting_that_is_found_again_loses_its_mark(store: Store) -> None:
    meeting = a_meeting("1", an_item("1"))
    save(store, meeting)
    night(store, 0, announced())
    for number in (1, 5, 9):
        night(store, number)
    assert store.meeting(ONE).unpublished
    assert store.save_meeting(meeting, (), "1", SEEN + 10 * DAY) is Saved.SAME
    night(store, 10, announced())
    assert store.meeting(ONE) == meeting
    assert len(store.versions(ONE)) == 3


def test_what_lists_lack_too_rarely_or_too_shortly_is_not_marked(store: Store) -> None:
    save(store, a_meeting("1"))
    night(store, 0, announced())
    assert [night(store, number) for number in (1, 30)] == [(), ()]
    night(store, 31, announced())
    assert [night(store, number) for number in (32, 33, 34, 35, 38)] == [()] * 5
    assert night(store, 39) == (ONE,)


@pytest.mark.parametrize(
    ("since", "until", "marked"),
    [
        (None, None, True),
        (SEEN.date() - 720 * DAY, None, False),     # on the 9th night not two years back
        (SEEN.date() - 721 * DAY, None, True),
        (None, SEEN.date() + 999 * DAY, False),     # it may have been moved to a later day
    ],
)
def test_only_lists_that_would_show_a_meeting_that_was_moved_mark_it(
    store: Store, since: date | None, until: date | None, marked: bool
) -> None:
    save(store, a_meeting("1"))
    night(store, 0, announced(day=SEEN.date()))
    for number in (1, 4, 8):
        assert night(store, number, since=SEEN.date() - 90 * DAY, until=SEEN.date() + 60 * DAY) == ()
    assert store.listings(COUNCIL)[ONE].missed == 3
    assert night(store, 9, since=since, until=until) == ((ONE,) if marked else ())
    assert bool(store.meeting(ONE).unpublished) is marked
    night(store, 10, announced(day=SEEN.date() + 81 * DAY), since=SEEN.date(), until=SEEN.date() + 60 * DAY)
    known = store.listings(COUNCIL)[ONE]
    assert (known.missed, known.what.start) == (0, start_of(SEEN.date() + 81 * DAY))
    assert store.meeting(ONE).unpublished is None


def test_what_a_list_that_failed_lacks_is_not_counted(store: Store) -> None:
    board = replace(announced("2"), committee=Committee(CommitteeId("ambleshire/committees/9"), "Board"))
    joint = replace(announced("3"), committee=Committee(None, "Joint Board"))
    night(store, 0, announced(), board, joint)
    night(store, 1, but=frozenset(("ambleshire/committees/9",)))
    assert [each.missed for each in store.listings(COUNCIL).values()] == [1, 0, 0]
    night(store, 2)
    assert [each.missed for each in store.listings(COUNCIL).values()] == [2, 1, 1]


# What a meeting's own page no longer shows


def saved(store: Store, meeting: Meeting, number: int, **look: Any) -> Saved:
    return store.save_meeting(meeting, (), "1", SEEN + number * DAY, **look)


def test_an_item_that_is_withdrawn_is_kept_and_marked_in_a_version(store: Store) -> None:
    whole = a_meeting("1", an_item("1"), an_item("2", "Parks", "Agreed."))
    less = replace(whole, items=whole.items[:1])
    nights = enumerate((whole, less, less))
    assert [saved(store, meeting, number) for number, meeting in nights] == ["new", "same", "same"]
    assert saved(store, less, 9) is Saved.CHANGED
    assert saved(store, less, 10) is Saved.SAME
    assert [item.unpublished for item in store.meeting(ONE).items] == [None, (SEEN + DAY).date()]
    assert saved(store, less, 10, observed=False) is Saved.SAME
    assert saved(store, whole, 11) is Saved.CHANGED
    assert [store.version(ONE, number) == whole for number in (1, 2, 3)] == [True, False, True]
    assert saved(store, less, 12) is Saved.SAME


def test_a_reader_that_reads_otherwise_decides_alone(store: Store) -> None:
    whole = a_meeting("1", an_item("1"), an_item("2"), documents=(a_document("s1"),))
    saved(store, whole, 0)
    less = replace(whole, items=whole.items[:1], documents=())
    assert saved(store, less, 0, observed=False) is Saved.CHANGED
    assert store.meeting(ONE) == less


def test_a_meeting_that_is_damaged_in_the_database_is_mended_by_a_new_reading(store: Store, tmp_path: Path) -> None:
    meeting = a_meeting("1", an_item("1"))
    saved(store, meeting, 0)
    for again, outcome in ((meeting, Saved.SAME), (replace(meeting, venue="Guildhall"), Saved.CHANGED)):
        with store.database.writing() as connection:
            connection.exec_driver_sql("UPDATE items SET body = '{'")
        store.done(store.changes())
        assert saved(store, again, 1) is outcome
        assert store.meeting(ONE) == again
        assert [change.meeting for change in store.changes()] == [ONE]


def test_the_welsh_text_is_not_counted_again(store: Store) -> None:
    for local in ("1", "1-cy", "2-cy"):
        save(store, a_meeting(local, an_item(local)))
    assert (store.counts().meetings, store.counts(COUNCIL).items) == (2, 2)


# Doors


def test_doors_are_remembered_by_council(store: Store) -> None:
    doors = {"service": Door(True, 0, SEEN), "calendar": Door(False, 3, SEEN + DAY)}
    store.save_doors(COUNCIL, doors)
    store.save_doors(CouncilId("other"), {"pages": Door(True, 1, SEEN)})
    assert store.doors(COUNCIL) == doors
    store.save_doors(COUNCIL, {"pages": Door(True, 0, SEEN)})
    assert store.doors(COUNCIL) == {"pages": Door(True, 0, SEEN)}
    store.save_doors(COUNCIL, {})
    assert (store.doors(COUNCIL), len(store.doors(CouncilId("other")))) == ({}, 1)
