"""Reading again from the captures: the same answers as on the day, in the same order, and no network."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from build import COUNCIL, a_meeting, an_item

from archive.captures import Capture, Captures
from archive.errors import Blocked, Gone, PageError, Unreachable
from archive.ids import meeting_id
from archive.model import Council, Member
from archive.store import Store
from crawler.reparse import reparse
from crawler.replay import Remembered, Replay
from crawler.source import Announced, Get, Kept, Reading, nothing_kept

ROOT = "https://democracy.example.gov.uk/"
SAVED = b"Agenda item\n\nBus shelters\n\nTo consider a report.\n\nMinutes:\n\n4.1 The report was noted."
WHEN = datetime(2024, 5, 1, 12, tzinfo=UTC)
AMBLESHIRE = Council(COUNCIL, "Ambleshire County Council", ROOT, "moderngov")


class FakeClock:
    def now(self) -> datetime:
        return WHEN

    def seconds(self) -> float:
        return 0.0

    def sleep(self, seconds: float) -> None:
        raise AssertionError(f"nothing to wait {seconds} seconds for")


def kept(folder: Path, *answers: tuple[str, int, bytes]) -> tuple[Capture, ...]:
    with Captures(folder).run(WHEN) as writer:
        return tuple(writer.response(ROOT + path, status, "", (), body, WHEN) for path, status, body in answers)


def replay(folder: Path, *answers: tuple[str, int, bytes]) -> Replay:
    return Replay(kept(folder, *answers), Captures(folder))


def test_a_page_comes_back_as_it_was(tmp_path: Path) -> None:
    page = replay(tmp_path, ("a", 200, b"Agenda"), ("b", 200, b"Minutes"))(ROOT + "b")
    assert (page.url, page.status, page.body) == (ROOT + "b", 200, b"Minutes")


def test_redirects_lead_where_they_led(tmp_path: Path) -> None:
    get = replay(tmp_path, ("a", 302, b""), ("b", 503, b"busy"), ("b", 301, b""), ("c", 200, b"there"))
    page = get(ROOT + "a")
    assert (page.url, page.body) == (ROOT + "c", b"there")


def test_of_several_attempts_the_last_counts(tmp_path: Path) -> None:
    assert replay(tmp_path, ("a", 503, b"busy"), ("a", 200, b"here"))(ROOT + "a").body == b"here"


@pytest.mark.parametrize(("status", "error"), [(404, Gone), (403, Blocked), (500, Unreachable), (302, Unreachable)])
def test_failures_fail_again(status: int, error: type[Exception], tmp_path: Path) -> None:
    with pytest.raises(error, match=f"status {status}"):
        replay(tmp_path, ("a", status, b"no"))(ROOT + "a")


def test_what_was_not_answered_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Unreachable, match="was not answered when this meeting was fetched"):
        replay(tmp_path, ("a", 200, b"x"))(ROOT + "b")


def test_what_is_remembered_joins_tonight_unless_it_was_asked_tonight(tmp_path: Path) -> None:
    earlier = kept(tmp_path, ("page", 200, b"old"), ("a", 302, b""), ("b", 200, b"attended"), ("c", 404, b"no"))
    tonight = [replace(earlier[0], offset=7)]
    remembered = Remembered(lambda: earlier, Captures(tmp_path), tonight)
    page = remembered(ROOT + "page")
    assert (page and page.page.body, len(tonight)) == (b"old", 1)
    part = remembered(ROOT + "a")
    assert (part and part.page.body, part and part.fetched, tonight[1:]) == (b"attended", WHEN, list(earlier[1:3]))
    assert (remembered(ROOT + "c"), remembered(ROOT + "d")) == (None, None)


def test_what_is_damaged_is_not_remembered(tmp_path: Path) -> None:
    earlier = kept(tmp_path, ("a", 200, b"x"))
    (tmp_path / earlier[0].file).unlink()
    assert Remembered(lambda: earlier, Captures(tmp_path), [])(ROOT + "a") is None


class FakeSource:
    """Reads a meeting's venue from its page."""

    def __init__(self, council: Council, get: Get, roster: Sequence[Member]) -> None:
        self.council, self._get, self._roster = council, get, roster

    def members(self) -> tuple[Member, ...]:
        return ()

    def meeting(self, announced: Announced, _kept: Kept = nothing_kept) -> Reading:
        body = self._get(f"{ROOT}{announced.id.rsplit('/', 1)[1]}").body.decode()
        if body == "wall":
            raise PageError(ROOT, "a meeting", "a wall")
        return Reading(replace(a_meeting(announced.id.rsplit("/", 1)[1], an_item()), venue=body))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "minutebook.db")
    opened.save_council(AMBLESHIRE)
    yield opened
    opened.close()


def test_meetings_are_read_again_and_a_better_reading_is_a_new_version(store: Store, tmp_path: Path) -> None:
    captures = tmp_path / "captures"
    for local, venue in (("1", "Town Hall"), ("2", None)):
        meeting = replace(a_meeting(local, an_item()), venue=venue)
        store.save_meeting(meeting, kept(captures, (local, 200, b"Town Hall")), "0", WHEN)
    store.save_meeting(a_meeting("3"), kept(captures, ("3", 200, b"wall")), "0", WHEN)
    with Captures(captures).run(WHEN) as writer:
        saved_file = writer.resource("item.txt#committee=Cabinet&date=2021-03-02", "text/plain", SAVED, WHEN)
    store.save_meeting(a_meeting("f4", an_item("f4-1")), [saved_file], "0", WHEN)

    told: list[tuple[int, int]] = []
    report = reparse(
        COUNCIL, FakeSource, store, Captures(captures), FakeClock(), lambda done, total: told.append((done, total))
    )
    assert report.counts == {"same": 1, "changed": 2, "failed": 1}
    assert [(each.where, each.reason) for each in report.failures] == [
        (meeting_id(COUNCIL, "3"), f"{ROOT}: expected a meeting, found a wall")
    ]
    assert store.meeting(meeting_id(COUNCIL, "2")).venue == "Town Hall"
    assert len(store.versions(meeting_id(COUNCIL, "2"))) == 2
    assert store.captures_of(meeting_id(COUNCIL, "2"))[0].url == ROOT + "2"
    assert told[-1] == (4, 4)
    imported = store.meeting(meeting_id(COUNCIL, "f4"))
    assert (imported.committee, imported.start) == (a_meeting().committee, a_meeting().start)
    assert [(item.id, item.title) for item in imported.items] == [(f"{COUNCIL}/items/f4-1", "Bus shelters")]


def test_a_bug_in_one_meeting_stops_nothing(store: Store, tmp_path: Path) -> None:
    class Broken(FakeSource):
        def meeting(self, announced: Announced, _kept: Kept = nothing_kept) -> Reading:
            raise KeyError(announced.id)

    captures = tmp_path / "captures"
    for local in "12":
        store.save_meeting(a_meeting(local), kept(captures, (local, 200, b"x")), "0", WHEN)
    report = reparse(COUNCIL, Broken, store, Captures(captures), FakeClock())
    assert (report.counts, len(report.failures)) == ({"failed": 2}, 2)
    assert "bug: KeyError" in report.failures[0].reason
