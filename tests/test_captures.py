import gzip
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from archive.captures import Capture, Captures, CaptureWriter
from archive.errors import CaptureError

STARTED = datetime(2026, 11, 23, 2, 10, 30, 250000, tzinfo=UTC)
HTML = [("Content-Type", "text/html; charset=utf-8"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")]
URL = "https://ambleshire.example/mgAi.aspx?ID=1"


class Memory:
    """The captures of earlier runs, as the store remembers them."""

    def __init__(self) -> None:
        self.first: dict[str, Capture] = {}

    def keep(self, *captures: Capture) -> None:
        for capture in captures:
            self.first.setdefault(capture.sha256, capture)


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest.fixture
def captures(tmp_path: Path, memory: Memory) -> Captures:
    return Captures(tmp_path / "captures", memory.first.get)


def respond(writer: CaptureWriter, body: bytes, url: str = URL, **changes: Any) -> Capture:
    given: dict[str, Any] = {"status": 200, "reason": "OK", "headers": HTML, "fetched": STARTED, **changes}
    return writer.response(url=url, body=body, **given)


def records(captures: Captures, file: str) -> list[dict[str, Any]]:
    """The file as warcio itself reads it, digests checked."""
    found = []
    with (captures.folder / file).open("rb") as source:
        for record in ArchiveIterator(source, check_digests="raise"):
            http = record.http_headers
            found.append({
                "fields": dict(record.rec_headers.headers),
                "status": http and f"{http.protocol} {http.statusline}",
                "headers": http and http.headers,
                "body": record.content_stream().read(),
            })
    return found


@contextmanager
def refused(words: str) -> Iterator[None]:
    with pytest.raises(CaptureError, match=words) as caught:
        yield
    assert "\n" not in str(caught.value)


def test_what_is_captured_is_read(captures: Captures) -> None:
    with captures.run(STARTED) as writer:
        page = respond(writer, b"<p>Minutes</p>\r\n\r\nmore")
        nothing = respond(writer, b"", "https://ambleshire.example/empty", status=404, reason="Not Found")
        file = writer.resource("Minutes of 2 March.pdf", "application/pdf", b"%PDF-1.7", STARTED)
        assert captures.read(page) == b"<p>Minutes</p>\r\n\r\nmore"    # before the run has ended
    assert captures.read(nothing) == b""
    assert captures.read(file) == b"%PDF-1.7"
    assert (page.url, page.status, page.content_type) == (URL, 200, "text/html; charset=utf-8")
    assert (file.url, file.status, file.content_type) == ("Minutes of 2 March.pdf", 0, "application/pdf")


def test_the_file_is_a_standard_one(captures: Captures) -> None:
    with captures.run(STARTED) as writer:
        page = respond(writer, b"<p>Minutes</p>")
        writer.resource("Minutes of 2 March.pdf", "application/pdf", b"%PDF-1.7", STARTED)
    assert page.file == "2026-11-23T0210-1.warc.gz"
    information, response, resource = records(captures, page.file)
    assert information["fields"]["WARC-Type"] == "warcinfo"
    assert information["fields"]["WARC-Filename"] == page.file
    assert b"software: Minutebook" in information["body"]
    assert response["fields"]["WARC-Type"] == "response"
    assert response["fields"]["WARC-Target-URI"] == URL
    assert response["fields"]["WARC-Date"] == "2026-11-23T02:10:30.250000Z"
    assert response["fields"]["WARC-Payload-Digest"].startswith("sha256:")
    assert response["status"] == "HTTP/1.1 200 OK"
    assert response["headers"] == [*HTML, ("Content-Length", "14")]
    assert response["body"] == b"<p>Minutes</p>"
    assert resource["fields"]["WARC-Target-URI"] == "file:///Minutes%20of%202%20March.pdf"
    assert (resource["fields"]["WARC-Type"], resource["body"]) == ("resource", b"%PDF-1.7")


def test_headers_do_not_lie_about_the_body(captures: Captures) -> None:
    sent = [("Content-Encoding", "gzip"), ("transfer-encoding", "chunked"), ("Content-Length", "9"), ("ETag", '"7"')]
    with captures.run(STARTED) as writer:
        page = respond(writer, b"<p>decoded</p>", headers=sent)
    (_, response) = records(captures, page.file)
    assert response["body"] == b"<p>decoded</p>"
    assert response["headers"] == [
        ("X-Archive-Orig-Content-Encoding", "gzip"), ("X-Archive-Orig-transfer-encoding", "chunked"),
        ("X-Archive-Orig-Content-Length", "9"), ("ETag", '"7"'), ("Content-Length", "14"),
    ]


def test_a_site_cannot_break_out_of_its_record(captures: Captures) -> None:
    sent = [("X-A\r\nX-B", "1\r\n\r\nWARC/1.1\r\nWARC-Type: response"), ("X-Ü", "Ĉefo"), ("Content-Type", "a\nb")]
    with captures.run(STARTED) as writer:
        page = respond(writer, b"body", "https://a.example/ü x\r\n?q", reason="O\r\nK", headers=sent)
        after = respond(writer, b"after")
    assert [record["body"] for record in records(captures, page.file)[1:]] == [b"body", b"after"]
    assert (captures.read(page), captures.read(after)) == (b"body", b"after")
    assert records(captures, page.file)[1]["fields"]["WARC-Target-URI"] == "https://a.example/%C3%BC%20x%0D%0A?q"


@given(st.lists(st.binary(max_size=300), max_size=6), st.text(max_size=30))
def test_any_body_is_read_as_it_was(tmp_path_factory: pytest.TempPathFactory, bodies: list[bytes], text: str) -> None:
    captures = Captures(tmp_path_factory.mktemp("any"))
    with captures.run(STARTED) as writer:
        kept = [respond(writer, body, headers=[("X-Any", text), ("Content-Type", text)]) for body in bodies]
    assert [captures.read(capture) for capture in kept] == bodies


# The same content once


def test_the_same_body_is_kept_once_in_a_run(captures: Captures) -> None:
    body = bytes(range(256)) * 400
    with captures.run(STARTED) as writer:
        first = respond(writer, body)
        second = respond(writer, body, "https://ambleshire.example/again", fetched=STARTED + timedelta(seconds=2))
    _, response, revisit = records(captures, first.file)
    assert revisit["fields"]["WARC-Type"] == "revisit"
    assert revisit["fields"]["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert revisit["fields"]["WARC-Refers-To-Target-URI"] == response["fields"]["WARC-Target-URI"]
    assert revisit["fields"]["WARC-Refers-To-Date"] == response["fields"]["WARC-Date"]
    assert revisit["fields"]["WARC-Payload-Digest"] == response["fields"]["WARC-Payload-Digest"]
    assert revisit["status"] == "HTTP/1.1 200 OK"
    assert captures.read(second) == captures.read(first) == body
    assert (second.url, second.sha256) == ("https://ambleshire.example/again", first.sha256)


def test_the_same_body_is_kept_once_over_many_runs(captures: Captures, memory: Memory) -> None:
    kept = []
    for night in range(3):
        with captures.run(STARTED + timedelta(days=night)) as writer:
            kept.append(respond(writer, b"the same every night"))
        memory.keep(kept[-1])
    assert [records(captures, capture.file)[1]["fields"]["WARC-Type"] for capture in kept] == [
        "response", "revisit", "revisit"
    ]
    for capture in kept[1:]:
        assert records(captures, capture.file)[1]["fields"]["WARC-Refers-To-Filename"] == kept[0].file
    assert {captures.read(capture) for capture in kept} == {b"the same every night"}


def test_a_revisit_refers_to_the_original_also_when_a_revisit_is_what_is_known(
    captures: Captures, memory: Memory
) -> None:
    with captures.run(STARTED) as writer:
        original = respond(writer, b"the same")
        memory.keep(respond(writer, b"the same"))
    with captures.run(STARTED) as writer:
        again = respond(writer, b"the same")
    fields = records(captures, again.file)[1]["fields"]
    assert (fields["WARC-Refers-To-Filename"], int(fields["WARC-Refers-To-File-Offset"])) == (
        original.file, original.offset
    )


def test_what_cannot_be_read_any_more_is_kept_again(captures: Captures, memory: Memory) -> None:
    with captures.run(STARTED) as writer:
        lost = respond(writer, b"the same")
    memory.keep(lost)
    (captures.folder / lost.file).unlink()
    with captures.run(STARTED + timedelta(days=1)) as writer:
        kept = respond(writer, b"the same")
    assert records(captures, kept.file)[1]["fields"]["WARC-Type"] == "response"
    assert captures.read(kept) == b"the same"


def test_an_imported_file_is_kept_once(captures: Captures, memory: Memory) -> None:
    with captures.run(STARTED) as writer:
        first = writer.resource("a.pdf", "application/pdf", b"%PDF", STARTED)
        second = writer.resource("b.pdf", "application/pdf", b"%PDF", STARTED)
    assert [record["fields"]["WARC-Type"] for record in records(captures, first.file)] == [
        "warcinfo", "resource", "revisit"
    ]
    assert captures.read(second) == b"%PDF"


# Files


def test_a_run_without_a_response_leaves_no_file(captures: Captures) -> None:
    with captures.run(STARTED):
        pass
    assert not captures.folder.exists()


def test_no_run_writes_into_the_file_of_another(captures: Captures) -> None:
    with captures.run(STARTED) as one, captures.run(STARTED) as two:
        files = [respond(one, b"1").file, respond(two, b"2").file, respond(one, b"3").file]
    assert files == ["2026-11-23T0210-1.warc.gz", "2026-11-23T0210-2.warc.gz", "2026-11-23T0210-1.warc.gz"]


def test_a_run_that_failed_keeps_what_it_had(captures: Captures) -> None:
    kept = []

    def fail() -> None:
        with captures.run(STARTED) as writer:
            kept.append(respond(writer, b"before"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert captures.read(kept[0]) == b"before"


def test_threads_may_share_a_writer(captures: Captures) -> None:
    kept: list[tuple[bytes, Capture]] = []

    def work(name: int) -> None:
        for count in range(20):
            body = f"{name % 2} {count}".encode() * 50
            kept.append((body, respond(writer, body)))

    with captures.run(STARTED) as writer:
        threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert all(captures.read(capture) == body for body, capture in kept)
    kinds = [record["fields"]["WARC-Type"] for record in records(captures, kept[0][1].file)]
    assert (kinds.count("response"), kinds.count("revisit")) == (40, 40)


def test_a_writer_that_is_closed_writes_no_more(captures: Captures) -> None:
    with captures.run(STARTED) as writer:
        respond(writer, b"in time")
    with refused("the captures of this run are closed"):
        respond(writer, b"too late")


# What goes wrong


@pytest.fixture
def page(captures: Captures) -> Capture:
    with captures.run(STARTED) as writer:
        respond(writer, b"first")
        return respond(writer, b"<p>Minutes</p>" * 500)


def test_a_missing_file_is_named(captures: Captures, page: Capture) -> None:
    (captures.folder / page.file).unlink()
    with refused(f"{page.file}: no record can be read at {page.offset}: No such file"):
        captures.read(page)


@pytest.mark.parametrize("left", [0, 5, 40])
def test_a_truncated_file_is_named_with_the_place(captures: Captures, page: Capture, left: int) -> None:
    path = captures.folder / page.file
    path.write_bytes(path.read_bytes()[: page.offset + left])
    with refused(f"{page.file}.* {page.offset}"):
        captures.read(page)


@pytest.mark.parametrize("offset", [-1, 1, 7, 10_000_000])
def test_an_offset_where_no_record_is(captures: Captures, page: Capture, offset: int) -> None:
    with refused(f"{page.file}.* {offset}"):
        captures.read(replace(page, offset=offset))


@given(st.integers(0, 400), st.binary(min_size=1, max_size=20))
def test_damage_is_noticed(tmp_path_factory: pytest.TempPathFactory, place: int, damage: bytes) -> None:
    captures = Captures(tmp_path_factory.mktemp("damage"))
    with captures.run(STARTED) as writer:
        page = respond(writer, bytes(range(200)))
    path = captures.folder / page.file
    whole = path.read_bytes()
    path.write_bytes(whole[: page.offset + place] + damage + whole[page.offset + place + len(damage):])
    with suppress(CaptureError):    # or, where the damage does no harm, the body as it was
        assert captures.read(page) == bytes(range(200))


def test_another_body_than_the_captured_is_not_given_out(captures: Captures, page: Capture) -> None:
    with refused(f"{page.file} at {page.offset}: not the body captured from {URL[:20]}.*: damaged"):
        captures.read(replace(page, sha256="0" * 64))


@pytest.mark.parametrize("file", ["../secret", "/etc/passwd", "", ".."])
def test_no_file_outside_the_folder_is_read(captures: Captures, page: Capture, file: str) -> None:
    with refused(" "):
        captures.read(replace(page, file=file))


@pytest.mark.parametrize("lines", ["", "WARC-Refers-To-Filename: loop.warc.gz\r\nWARC-Refers-To-File-Offset: 0\r\n"])
def test_a_revisit_that_leads_nowhere_is_refused(captures: Captures, page: Capture, lines: str) -> None:
    record = f"WARC/1.1\r\nWARC-Type: revisit\r\n{lines}Content-Length: 0\r\n\r\n\r\n\r\n".encode()
    (captures.folder / "loop.warc.gz").write_bytes(gzip.compress(record))
    with refused("loop.warc.gz at 0: "):
        captures.read(replace(page, file="loop.warc.gz", offset=0))


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "captures").write_bytes(b"")
    with refused("captures: cannot be written"), Captures(tmp_path / "captures").run(STARTED) as writer:
        respond(writer, b"x")


def test_a_disk_that_fails_at_the_end_is_said(captures: Captures, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("os.fsync", fail)
    with refused("1.warc.gz: not written to the end: Input/output error"), captures.run(STARTED) as writer:
        respond(writer, b"x")


def test_a_full_disk_leaves_no_half_record(captures: Captures, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.FileIO):
        room = 500

        def write(self, data: Any) -> int:
            some = bytes(data)[: self.room - self.tell()]
            if not some:
                raise OSError(28, "No space left on device")
            return super().write(some)

    monkeypatch.setattr("archive.captures.FileIO", Full)
    with captures.run(STARTED) as writer:
        with refused("cannot be written: No space left on device"):
            respond(writer, bytes(range(256)) * 4)
        monkeypatch.setattr(Full, "room", 10_000)
        kept = respond(writer, b"room again")
    assert [record["body"] for record in records(captures, kept.file)[1:]] == [b"room again"]


# What has not changed


def test_validators_are_kept_with_a_capture(captures: Captures) -> None:
    sent = [("Content-Type", "text/html"), ("etag", '"7"'), ("Last-Modified", "Mon, 23 Nov 2026 02:00:00 GMT")]
    with captures.run(STARTED) as writer:
        page, plain = respond(writer, b"one", headers=sent), respond(writer, b"two", headers=[])
    assert (page.etag, page.modified) == ('"7"', "Mon, 23 Nov 2026 02:00:00 GMT")
    assert (plain.etag, plain.modified) == (None, None)


@pytest.mark.parametrize("same_run", [True, False])
def test_an_answer_of_not_modified_gives_the_earlier_body(captures: Captures, same_run: bool) -> None:
    later = STARTED + timedelta(days=1)
    with captures.run(STARTED) as writer:
        page = respond(writer, b"<p>Minutes</p>", headers=[*HTML, ("ETag", '"7"'), ("Last-Modified", "then")])
        if same_run:
            again = writer.not_modified(URL, [("ETag", '"8"')], page, later)
    if not same_run:
        with captures.run(later) as writer:
            again = writer.not_modified(URL, [("ETag", '"8"')], page, later)
    assert captures.read(again) == b"<p>Minutes</p>"
    place = {"file": again.file, "offset": again.offset}
    assert again == replace(page, fetched=later, status=304, etag='"8"', **place)
    assert again.modified == "then"
    record = records(captures, again.file)[-1]
    assert record["fields"]["WARC-Type"] == "revisit"
    assert record["fields"]["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
    assert record["fields"]["WARC-Refers-To-Target-URI"] == URL
    assert record["fields"]["WARC-Refers-To-Date"] == "2026-11-23T02:10:30.250000Z"
    assert (record["status"], record["body"]) == ("HTTP/1.1 304 Not Modified", b"")


def test_not_modified_of_not_modified_leads_to_the_body(captures: Captures) -> None:
    with captures.run(STARTED) as writer:
        page = respond(writer, b"<p>Minutes</p>")
    for night in range(1, 12):
        with captures.run(STARTED + timedelta(days=night)) as writer:
            page = writer.not_modified(URL, [], page, STARTED + timedelta(days=night))
    assert captures.read(page) == b"<p>Minutes</p>"
    assert page.content_type == "text/html; charset=utf-8"


def test_not_modified_of_a_body_that_is_lost_is_refused(captures: Captures) -> None:
    with captures.run(STARTED) as writer:
        page = respond(writer, b"<p>Minutes</p>")
    (captures.folder / page.file).unlink()
    with captures.run(STARTED) as writer, refused("no record can be read"):
        writer.not_modified(URL, [], page, STARTED)
