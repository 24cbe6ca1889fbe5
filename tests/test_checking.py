"""What a check of store and captures finds, and what it mends."""

import gzip
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from build import COUNCIL, SEEN, a_document, a_meeting, an_item, save

from archive import warc
from archive.captures import Capture, Captures
from archive.checking import Problem, check, mend, take_in
from archive.listings import Announced
from archive.model import Attendance, AttendanceStatus, DocumentId, MeetingId, MemberId
from archive.runs import Asked, Ending
from archive.store import Store

ONE = MeetingId("ambleshire/meetings/1")
DAY = timedelta(days=1)
URL = "https://a.example/mgAi.aspx?ID="
HEADERS = [("Content-Type", "text/html"), ("ETag", '"7"'), ("Last-Modified", "then")]
HERE = (Attendance("Cllr Abel", None, AttendanceStatus.PRESENT, MemberId("ambleshire/members/7")),)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "minutebook.sqlite")
    yield store
    store.close()


@pytest.fixture
def captures(tmp_path: Path, store: Store) -> Captures:
    return Captures(tmp_path / "captures", store.capture_of)


def crawled(store: Store, captures: Captures, *bodies: bytes, night: int = 0) -> tuple[Capture, ...]:
    """One run that keeps these and a 304 of the first, and a meeting that was read from them."""
    at = SEEN + night * DAY
    with captures.run(at) as writer:
        kept = [writer.response(f"{URL}{number}", 200, "OK", HEADERS, body, at) for number, body in enumerate(bodies)]
        kept.append(writer.not_modified(f"{URL}0", [], kept[0], at))
        kept.append(writer.resource("Minutes of 2 March.pdf", "application/pdf", b"%PDF", at))
    for capture in kept:
        store.save_request(Asked(COUNCIL, capture.url, "", at, capture.status, 0, None, 0.1), capture)
    item = an_item("1", documents=(a_document("s1"),))
    save(store, a_meeting("1", item, attendance=HERE, venue=f"Hall {night}"), *kept)
    return tuple(kept)


def statement(store: Store, words: str) -> None:
    with store.database.writing() as connection:
        connection.exec_driver_sql(words)


def found(store: Store, captures: Captures) -> list[tuple[str, str, bool]]:
    return [(problem.what, problem.where, problem.mendable) for problem in check(store, captures)]


def mended(store: Store, captures: Captures) -> list[bool]:
    return [mend(store, captures, problem) for problem in check(store, captures)]


def test_a_home_as_it_was_written_has_no_problem(store: Store, captures: Captures) -> None:
    assert found(store, captures) == []
    crawled(store, captures, b"one", b"two", b"one")
    crawled(store, captures, b"one", b"three", night=1)
    steps: list[tuple[int, int]] = []
    assert list(check(store, captures, lambda done, total: steps.append((done, total)))) == []
    assert steps == [(done, 10) for done in range(1, 11)]


# Meetings and versions


@pytest.mark.parametrize(("words", "said"), [
    ("UPDATE meetings SET items = 9", "items"),
    ("UPDATE meetings SET day = '1999-01-01', minutes = 'none'", "day, minutes"),
    ("UPDATE versions SET digest = hex(zeroblob(32))", "digest"),
    ("DELETE FROM documents", "places of documents"),
    ("UPDATE attendance SET member = 'x'", "places of attendance"),
    ("UPDATE items SET id = 'x'", "places of items"),
])  # fmt: skip
def test_rows_that_disagree_with_their_meeting_are_derived_again(
    store: Store, captures: Captures, words: str, said: str
) -> None:
    crawled(store, captures, b"one")
    before = store.meeting(ONE)
    store.done(store.changes())
    statement(store, words)
    (problem,) = check(store, captures)
    assert problem == Problem("meeting", ONE, f"its rows do not say what it says itself: {said}", True)
    assert mend(store, captures, problem)
    assert found(store, captures) == []
    assert (store.meeting(ONE), [change.meeting for change in store.changes()]) == (before, [ONE])
    assert store.document(DocumentId("ambleshire/documents/s1"))[0].id == ONE


@pytest.mark.parametrize("words", [
    "UPDATE items SET body = '{'", "UPDATE meetings SET head = '[]'", "UPDATE items SET body = replace(body, '}', '')"
])  # fmt: skip
def test_a_meeting_that_cannot_be_read_is_named_with_what_to_do(
    store: Store, captures: Captures, words: str
) -> None:
    crawled(store, captures, b"one")
    statement(store, words)
    (problem,) = check(store, captures)
    assert (problem.what, problem.where, problem.mendable) == ("meeting", ONE, False)
    assert "`minutebook reparse`" in problem.detail
    assert not mend(store, captures, problem)
    assert not mend(store, captures, replace(problem, mendable=True))


@pytest.mark.parametrize(("words", "where"), [
    ("UPDATE versions SET body = x'00' WHERE number = 1", f"{ONE} version 1"),
    ("UPDATE versions SET body = NULL WHERE number = 1", f"{ONE} version 1"),
    ("UPDATE versions SET digest = hex(zeroblob(32)) WHERE number = 1", f"{ONE} version 1"),
    ("DELETE FROM versions WHERE number = 2", ONE),
])  # fmt: skip
def test_a_version_that_is_damaged_or_lost_is_named(
    store: Store, captures: Captures, words: str, where: str
) -> None:
    for night in range(3):
        crawled(store, captures, b"one", night=night)
    statement(store, words)
    assert found(store, captures) == [("version", where, False)]


def test_rows_that_refer_to_nothing_are_named(store: Store, captures: Captures, tmp_path: Path) -> None:
    crawled(store, captures, b"one")
    with closing(sqlite3.connect(tmp_path / "minutebook.sqlite")) as other, other:    # its foreign keys are off
        other.execute("UPDATE meeting_captures SET capture = 99 WHERE position = 0")
    (problem,) = check(store, captures)
    assert problem.what == "database"
    assert "a row of meeting_captures refers to nothing in captures" in problem.detail


def test_a_database_that_cannot_be_read_is_a_problem(store: Store, captures: Captures) -> None:
    crawled(store, captures, b"one")
    statement(store, "DROP TABLE attendance")
    (*_, problem) = check(store, captures)
    assert (problem.what, problem.where.endswith("minutebook.sqlite"), problem.mendable) == ("database", True, False)


def test_many_meetings_are_all_looked_at(store: Store, captures: Captures) -> None:
    for local in range(120):
        save(store, a_meeting(str(local), an_item(str(local))))
    statement(store, "UPDATE meetings SET resolutions = 1")
    assert len(found(store, captures)) == 120
    assert all(mended(store, captures))
    assert found(store, captures) == []


# Captures and records


def test_a_record_that_the_store_does_not_know_is_made_known(store: Store, captures: Captures) -> None:
    crawled(store, captures, b"one", b"two", b"one")
    crawled(store, captures, b"one", night=1)
    before = tuple(store.each_capture())
    statement(store, "DELETE FROM meeting_captures")
    statement(store, "DELETE FROM captures")
    problems = list(check(store, captures))
    assert {(problem.what, problem.mendable) for problem in problems} == {("record", True)}
    assert f"{URL}1" in problems[1].detail
    assert all(mend(store, captures, problem) for problem in problems)
    assert tuple(store.each_capture()) == before
    assert all(mend(store, captures, problem) for problem in problems)
    assert found(store, captures) == []


def test_a_capture_whose_file_or_record_is_missing_is_named_with_its_address(
    store: Store, captures: Captures
) -> None:
    (first, *_) = crawled(store, captures, b"one")
    lost = replace(first, offset=99_999, url="https://a.example/lost")
    gone = replace(first, file="gone.warc.gz", url="https://a.example/gone")
    store.save_captures([lost, gone])
    problems = list(check(store, captures))
    assert [problem.where for problem in problems] == [f"{first.file}:99999", f"gone.warc.gz:{first.offset}"]
    assert "https://a.example/lost: its record is missing; `minutebook crawl --full`" in problems[0].detail
    assert not any(mend(store, captures, problem) for problem in problems)


@pytest.mark.parametrize("which", [0, 1, 2, 3])
def test_damage_in_a_file_costs_what_it_hits(store: Store, captures: Captures, which: int) -> None:
    kept = crawled(store, captures, b"one", b"two")
    path = captures.folder / kept[0].file
    whole = bytearray(path.read_bytes())
    whole[kept[which].offset + 30] ^= 0xFF
    path.write_bytes(whole)
    places = {where for what, where, _ in found(store, captures) if what == "capture"}
    hit = {f"{kept[which].file}:{kept[which].offset}"}
    assert places == hit
    assert len(found(store, captures)) == 1


def test_captures_that_are_lost_between_others_are_named(store: Store, captures: Captures) -> None:
    kept = crawled(store, captures, *(f"body {number}".encode() for number in range(600)))
    store.save_captures([replace(kept[number], offset=kept[number].offset + 1) for number in (0, 300, 599)])
    hit = [f"{kept[number].file}:{kept[number].offset + 1}" for number in (0, 300, 599)]
    assert [where for _, where, _ in found(store, captures)] == hit
    whole = bytearray((captures.folder / kept[0].file).read_bytes())
    whole[kept[400].offset + 30] ^= 0xFF
    (captures.folder / kept[0].file).write_bytes(whole)
    assert [where for _, where, _ in found(store, captures)] == [
        *hit[:2], f"{kept[0].file}:{kept[400].offset}", hit[2]
    ]


def test_a_body_that_is_another_is_damage(store: Store, captures: Captures) -> None:
    (first, *_) = crawled(store, captures, b"one")
    statement(store, "UPDATE captures SET sha256 = hex(zeroblob(32)) WHERE id = 1")
    problems = list(check(store, captures))
    assert {problem.where for problem in problems} == {f"{first.file}:{first.offset}"}
    assert "its body is damaged" in problems[0].detail


@pytest.mark.parametrize("tail", [1, 15, 60])
def test_what_a_kill_left_of_a_record_is_no_problem(store: Store, captures: Captures, tail: int) -> None:
    (first, *_) = crawled(store, captures, b"one")
    with (captures.folder / first.file).open("ab") as file:
        file.write(gzip.compress(b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 900\r\n\r\n" + b"x" * 40)[:tail])
    assert found(store, captures) == []


def test_a_record_that_is_cut_off_though_the_store_knows_it_is_damage(store: Store, captures: Captures) -> None:
    kept = crawled(store, captures, b"one")
    path = captures.folder / kept[0].file
    path.write_bytes(path.read_bytes()[:-5])
    assert found(store, captures) == [("capture", f"{kept[-1].file}:{kept[-1].offset}", False)]
    path.write_bytes(b"")
    assert len(found(store, captures)) == 3


def test_a_problem_of_another_place_is_not_mended_here(store: Store, captures: Captures) -> None:
    for what, where in (("index", "x"), ("record", "nowhere:7"), ("record", "nothing"), ("meeting", "a/meetings/404")):
        assert not mend(store, captures, Problem(what, where, "", True))


def fetched_again(store: Store, captures: Captures, lost: Capture, body: bytes = b"again", status: int = 200) -> None:
    """A later night, in which the same address answers, and the meeting is read from that."""
    at = SEEN + 5 * DAY
    with captures.run(at) as writer:
        capture = writer.response(lost.url, status, "", HEADERS, body, at)
    store.save_request(Asked(COUNCIL, lost.url, "", at, status, 0, None, 0.1), capture)
    store.save_meeting(a_meeting("1", an_item("1"), venue="Hall 5"), (capture,), "1", at)


def damaged(captures: Captures, capture: Capture) -> None:
    path = captures.folder / capture.file
    whole = bytearray(path.read_bytes())
    whole[capture.offset + 30] ^= 0xFF
    path.write_bytes(whole)


def test_a_lost_capture_is_forgotten_where_a_later_answer_is_kept(store: Store, captures: Captures) -> None:
    (first, *_) = crawled(store, captures, b"one", b"two")
    damaged(captures, first)
    (problem,) = check(store, captures)
    assert not problem.mendable
    fetched_again(store, captures, first)
    (problem,) = check(store, captures)
    assert (problem.what, problem.where, problem.mendable) == ("capture", f"{first.file}:{first.offset}", True)
    assert problem.detail.endswith("; a later answer is kept")
    before = len(store.captures_of(ONE, 1))
    assert mend(store, captures, problem)
    assert len(store.captures_of(ONE, 1)) == before - 1
    while left := list(check(store, captures)):    # the 304 that had its body
        assert [each.what for each in left] == ["capture"]
        assert all(mend(store, captures, each) for each in left)
    assert [each.url for each in store.each_capture()] == [f"{URL}1", "Minutes of 2 March.pdf", f"{URL}0"]


@pytest.mark.parametrize("status", [404, 503])
def test_what_is_no_page_stands_in_for_none(store: Store, captures: Captures, status: int) -> None:
    (first, *_) = crawled(store, captures, b"one")
    damaged(captures, first)
    fetched_again(store, captures, first, b"no", status)
    assert not any(mended(store, captures))


def test_what_the_current_version_was_read_from_is_not_forgotten(store: Store, captures: Captures) -> None:
    (first, *_) = crawled(store, captures, b"one")
    damaged(captures, first)
    with captures.run(SEEN + DAY) as writer:
        store.save_captures([writer.response(first.url, 200, "", HEADERS, b"later", SEEN + DAY)])
    assert not any(mended(store, captures))


def test_a_body_that_is_another_does_not_come_back_as_an_unknown_record(store: Store, captures: Captures) -> None:
    (first, *_, last) = crawled(store, captures, b"one")
    path = captures.folder / first.file
    whole, end = path.read_bytes(), next(warc.each(path, first.offset)).end
    record = gzip.decompress(whole[first.offset:end]).replace(b"one", b"eno")
    path.write_bytes(whole[:first.offset] + gzip.compress(record))
    fetched_again(store, captures, first)
    for _ in range(3):
        mended(store, captures)
    assert found(store, captures) == [("capture", f"{last.file}:{last.offset}", False)]    # it was cut off here


def test_records_behind_damage_are_taken_in(store: Store, captures: Captures) -> None:
    kept = crawled(store, captures, b"one", b"two", b"three")
    damaged(captures, kept[1])
    statement(store, "DELETE FROM meeting_captures")
    statement(store, "DELETE FROM captures")
    assert take_in(store, captures, None) == len(kept) - 1
    assert {each.offset for each in store.each_capture()} == {each.offset for each in kept} - {kept[1].offset}


def test_a_meeting_that_was_read_and_is_not_held_is_named(store: Store, captures: Captures) -> None:
    meeting = a_meeting("1", an_item("1"))
    assert meeting.committee
    assert meeting.start
    lists = [Announced(MeetingId(f"ambleshire/meetings/{number}"), meeting.committee, meeting.start)
             for number in range(1, 5)]
    store.save_announced(COUNCIL, lists, None, None, SEEN, count_missing=False)
    save(store, meeting)
    store.save_look(lists[0].id, Ending.SAME, None, SEEN)
    store.save_look(lists[1].id, Ending.NEW, None, SEEN)
    store.save_look(lists[2].id, Ending.BROKEN, "a page", SEEN)
    assert list(check(store, captures)) == [Problem(
        "meeting", lists[1].id, "was looked at on 23/11/2026 and is not held; the next crawl fetches it", False)]
