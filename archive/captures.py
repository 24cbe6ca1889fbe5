"""Every response as it came, in WARC files that any web archive tool reads.

One file per run, opened when its first record comes and never appended to afterwards, each record a gzip member of its
own so that it is found by file and offset. A body that is kept already is not kept again: a revisit record says where
it is. A record has left the process before the caller gets its `Capture`, so a killed run loses nothing it has read;
the disk is waited for when the file is closed only, since the next crawl brings back whatever a power cut takes.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from threading import Lock

from warcio.statusandheaders import StatusAndHeaders

from archive import warc
from archive.errors import CaptureError

_MOST_REVISITS = 8    # followed in a row; ours refer to the original in one step


@dataclass(frozen=True, slots=True)
class Capture:
    """One response that is kept. `url` is its address, or the name of an imported file (whose `status` is 0).

    `sha256` is that of the body as 64 hexadecimal digits; `file` a name in the captures folder, `offset` in bytes.
    `etag` and `modified` are the validators that came with it, as printed (`ETag`, `Last-Modified`). A `status` of 304
    says that the site still has the body of an earlier capture: that is what is read.
    """

    url: str
    fetched: datetime
    status: int
    content_type: str
    sha256: str
    file: str
    offset: int
    etag: str | None = None
    modified: str | None = None


Known = Callable[[str], Capture | None]
"""The first capture of a body with this SHA-256, if there is one (`Store.capture_of`)."""


def _unknown(_sha256: str) -> Capture | None:
    return None


class Captures:
    """The folder of WARC files. `known` finds the bodies of earlier runs, so that they are not kept twice."""

    def __init__(self, folder: Path, known: Known = _unknown) -> None:
        self.folder, self._known = folder, known

    @contextmanager
    def run(self, started: datetime) -> Iterator["CaptureWriter"]:
        """A writer for one run; its file is named after `started` and closed at the end."""
        writer = CaptureWriter(self, started)
        try:
            yield writer
        finally:
            writer.close()

    def read(self, capture: Capture) -> bytes:
        """The body of `capture`, wherever it is kept. Raises `CaptureError` when it is not what was captured."""
        return self._find(capture)[1]

    def original(self, sha256: str) -> warc.Original | None:
        """The record of an earlier run that holds this body and can be read now; without one it must be kept again."""
        capture = self._known(sha256)
        try:
            return None if capture is None else self._find(capture)[0]
        except CaptureError:
            return None

    def original_of(self, capture: Capture) -> warc.Original:
        """The record that holds the body of `capture`. Raises `CaptureError` when it is not what was captured."""
        return self._find(capture)[0]

    def _find(self, capture: Capture) -> tuple[warc.Original, bytes]:
        file, offset = capture.file, capture.offset
        for _ in range(_MOST_REVISITS):
            record = warc.unpacked(self._path(file), offset)
            if record.fields.get("WARC-Type") != "revisit":
                return self._checked(capture, record, file, offset)
            file, offset = _referred(record, file, offset)
        raise CaptureError(f"{self.folder / capture.file} at {capture.offset}: its revisit records lead nowhere")

    def _checked(self, capture: Capture, record: warc.Record, file: str, offset: int) -> tuple[warc.Original, bytes]:
        if hashlib.sha256(record.payload).hexdigest() != capture.sha256:
            raise CaptureError(f"{self.folder / file} at {offset}: not the body captured from {capture.url}: damaged")
        fields = record.fields
        return warc.Original(fields["WARC-Target-URI"], fields["WARC-Date"], file, offset), record.payload

    def _path(self, file: str) -> Path:
        if Path(file).name != file:
            raise CaptureError(f"{file!r} is no name of a file in {self.folder}")
        return self.folder / file


def _referred(record: warc.Record, file: str, offset: int) -> tuple[str, int]:
    try:
        return record.fields["WARC-Refers-To-Filename"], int(record.fields["WARC-Refers-To-File-Offset"])
    except (KeyError, ValueError) as error:
        raise CaptureError(f"{file} at {offset}: a revisit record that does not say where the body is") from error


class CaptureWriter:
    """Writes the records of one run; may be shared by threads."""

    def __init__(self, captures: Captures, started: datetime) -> None:
        self._captures, self._started = captures, started
        self._lock = Lock()
        self._file: FileIO | None = None
        self._closed = False
        self._originals: dict[str, warc.Original] = {}

    def response(
        self, url: str, status: int, reason: str, headers: Iterable[tuple[str, str]], body: bytes, fetched: datetime
    ) -> Capture:
        """Keep an HTTP response; `body` as decoded from transport. Raises `CaptureError` when it cannot be written."""
        http = warc.http_head(status, reason, headers, len(body))
        content_type = http.get_header("Content-Type", "")
        sha256 = hashlib.sha256(body).hexdigest()
        draft = Capture(url, fetched, status, content_type, sha256, "", 0, *warc.validators(http))
        return self._keep(draft, warc.target(url), http, body)

    def not_modified(
        self, url: str, headers: Iterable[tuple[str, str]], earlier: Capture, fetched: datetime
    ) -> Capture:
        """Keep the answer 304 of a site that still has the body of `earlier`, which reading this capture gives.

        Validators that the site does not repeat are those of `earlier`. Raises `CaptureError` when the body cannot be
        read any more: it must be asked for again, without validators.
        """
        http = warc.http_head(304, "Not Modified", headers, 0)
        etag, modified = warc.validators(http)
        draft = replace(
            earlier, url=url, fetched=fetched, status=304,
            etag=etag or earlier.etag, modified=modified or earlier.modified,
        )  # fmt: skip
        original = self._originals.get(earlier.sha256) or self._captures.original_of(earlier)
        fields = _dated(draft) | warc.revisit_fields(original, warc.NOT_MODIFIED)
        with self._lock:
            place = self._append(warc.packed("revisit", warc.target(url), fields, http, b""))
        return replace(draft, file=place[0], offset=place[1])

    def resource(self, name: str, content_type: str, body: bytes, fetched: datetime) -> Capture:
        """Keep an imported file as a resource record. Raises `CaptureError` when it cannot be written."""
        draft = Capture(name, fetched, 0, content_type, hashlib.sha256(body).hexdigest(), "", 0)
        return self._keep(draft, warc.target(f"file:///{name}"), None, body)

    def close(self) -> None:
        """Wait for the disk and close the file."""
        with self._lock:
            self._closed = True
            if self._file is None:
                return
            try:
                with self._file:
                    os.fsync(self._file.fileno())
            except OSError as error:
                raise CaptureError(f"{self._file.name}: not written to the end: {warc.reason(error)}") from error

    def _keep(self, draft: Capture, uri: str, http: StatusAndHeaders | None, body: bytes) -> Capture:
        fields = _dated(draft)
        with self._lock:
            original = self._originals.get(draft.sha256) or self._captures.original(draft.sha256)
            if original is not None:
                fields |= warc.revisit_fields(original)
                place = self._append(warc.packed("revisit", uri, fields, http, b""))
            elif http is None:
                fields["Content-Type"] = warc.one_line(draft.content_type) or "application/octet-stream"
                place = self._append(warc.packed("resource", uri, fields, None, body))
            else:
                place = self._append(warc.packed("response", uri, fields, http, body))
            self._originals[draft.sha256] = original or warc.Original(uri, fields["WARC-Date"], *place)
        return replace(draft, file=place[0], offset=place[1])

    def _append(self, record: bytes) -> tuple[str, int]:
        """Write `record` whole or not at all; the file and offset where it stands."""
        if self._closed:
            raise CaptureError(f"{self._captures.folder}: the captures of this run are closed")
        try:
            file = self._file = self._file or self._open()
            offset = file.tell()
            _write(file, record)
        except OSError as error:
            raise CaptureError(f"{self._captures.folder}: cannot be written: {warc.reason(error)}") from error
        return Path(str(file.name)).name, offset

    def _open(self) -> FileIO:
        """A file that was not there before, with the record that says what it is."""
        self._captures.folder.mkdir(parents=True, exist_ok=True)
        path, file = _new_file(self._captures.folder, f"{self._started.astimezone(UTC):%Y-%m-%dT%H%M}")
        _write(file, warc.information(path.name, self._started))
        return file


def _dated(draft: Capture) -> dict[str, str]:
    return {"WARC-Date": warc.date_field(draft.fetched), "WARC-Payload-Digest": warc.digest_field(draft.sha256)}


def _new_file(folder: Path, stem: str, count: int = 1) -> tuple[Path, FileIO]:
    path = folder / f"{stem}-{count}.warc.gz"
    try:
        return path, FileIO(path, "x")
    except FileExistsError:
        return _new_file(folder, stem, count + 1)


def _write(file: FileIO, record: bytes) -> None:
    offset, rest = file.tell(), memoryview(record)
    try:
        while rest:
            rest = rest[file.write(rest):]
    except OSError:
        file.seek(offset)
        file.truncate()
        raise
