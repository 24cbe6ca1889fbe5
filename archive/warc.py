"""One WARC 1.1 record (ISO 28500) to bytes and back, by warcio; where records are kept is `archive.captures`."""

import base64
import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import BinaryIO, NamedTuple
from urllib.parse import quote

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.errors import CaptureError

_INFO = b"software: Minutebook\r\nformat: WARC File Format 1.1\r\n"
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")
_URI_SAFE = "!#$%&'()*+,/:;=?@[]~"
_LEVEL = 6    # of gzip: warcio's own 9 takes far longer, for a hundredth of the size
_MEMBER = b"\x1f\x8b\x08"    # how a gzip member begins (RFC 1952)
_AT_ONCE = 32768    # bytes: most records are shorter
_IN_TRANSPORT = ("content-encoding", "content-length", "transfer-encoding")

SAME_BODY = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
"""Why a revisit record has no body (WARC 1.1, section 6.7): it is that of another, or the site answered 304."""

Headers = tuple[tuple[str, str], ...]


class Original(NamedTuple):
    """The record that holds a body: what a revisit record must say of it."""

    uri: str
    date: str
    file: str
    offset: int


class Record(NamedTuple):
    """A record as read: its named fields, and its payload (the body of a response, without status and headers)."""

    fields: Mapping[str, str]
    payload: bytes


def target(url: str) -> str:
    """`url` as a record's target: characters that no URI may have are percent-encoded."""
    return quote(url, safe=_URI_SAFE)


def date_field(moment: datetime) -> str:
    """`moment` as `WARC-Date`: UTC, to the microsecond."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def digest_field(sha256: str) -> str:
    """A hexadecimal SHA-256 as `WARC-Payload-Digest`: labelled, and in base 32 as is the custom."""
    return f"sha256:{base64.b32encode(bytes.fromhex(sha256)).decode('ascii')}"


def information(name: str, started: datetime) -> bytes:
    """The record that opens the file `name`."""
    fields = {"WARC-Date": date_field(started), "WARC-Filename": name, "Content-Type": "application/warc-fields"}
    return packed("warcinfo", "", fields, None, _INFO)


def http_head(status: int, reason: str, headers: Iterable[tuple[str, str]], length: int) -> StatusAndHeaders:
    """Status line and headers as received, with a body of `length` bytes that is no longer encoded for transport.

    What spoke of the body in transport would make a replay tool decode it again: it is kept as `X-Archive-Orig-...`,
    the name those tools use for it, and `Content-Length` is that of the body as it is kept.
    """
    kept = [(f"X-Archive-Orig-{name}" if name.lower() in _IN_TRANSPORT else name, value) for name, value in headers]
    lines = [(_ascii(name), one_line(value)) for name, value in (*kept, ("Content-Length", str(length)))]
    return StatusAndHeaders(_ascii(f"{status} {reason}"), lines, protocol="HTTP/1.1")


def _ascii(text: str) -> str:
    """`text` where HTTP allows ASCII alone; in the value of a header warcio encodes the rest."""
    return one_line(text).encode("ascii", "replace").decode("ascii")


def one_line(text: str) -> str:
    """`text` without control characters, so that nothing a site sends can end a header."""
    return _CONTROLS.sub(" ", text).strip()


def validators(http: StatusAndHeaders) -> tuple[str | None, str | None]:
    """`ETag` and `Last-Modified` as printed."""
    return http.get_header("ETag") or None, http.get_header("Last-Modified") or None


def revisit_fields(original: Original, profile: str = SAME_BODY) -> dict[str, str]:
    """How a revisit record says where the body is: by address and date as the standard has it, and by file and offset
    as Heritrix has it, so that it can be followed without an index.
    """
    return {
        "WARC-Profile": profile,
        "WARC-Refers-To-Target-URI": original.uri,
        "WARC-Refers-To-Date": original.date,
        "WARC-Refers-To-Filename": original.file,
        "WARC-Refers-To-File-Offset": str(original.offset),
    }


def packed(kind: str, uri: str, fields: Mapping[str, str], http: StatusAndHeaders | None, body: bytes) -> bytes:
    """One record as a gzip member of its own."""
    plain = io.BytesIO()
    writer = WARCWriter(plain, gzip=False, warc_version="WARC/1.1")
    record = writer.create_warc_record(
        uri, kind, payload=io.BytesIO(body), length=len(body), warc_headers_dict=dict(fields), http_headers=http
    )
    writer.write_record(record)
    return gzip.compress(plain.getvalue(), _LEVEL, mtime=0)


def unpacked(path: Path, offset: int) -> Record:
    """The record at `offset` of the file `path`. Raises `CaptureError` naming both when there is none."""
    try:
        with path.open("rb") as source:
            source.seek(offset)
            found = next(iter(ArchiveIterator(source, no_record_parse=True)), None)
            if found is None:
                raise CaptureError(f"{path}: ends at {offset}, where a record should be")
            fields = dict(found.rec_headers.headers)
            block = b"".join(iter(lambda: found.raw_stream.read(65536), b""))
    except (OSError, EOFError, ValueError, zlib.error, ArchiveLoadFailed) as error:
        raise CaptureError(f"{path}: no record can be read at {offset}: {reason(error)}") from error
    http = fields.get("Content-Type", "").startswith("application/http")
    return Record(fields, block.partition(b"\r\n\r\n")[2] if http else block)


class Found(NamedTuple):
    """A record as one comes by it: where it begins and the next one does, its fields, its HTTP head if it has one, and
    the SHA-256 of its payload as 64 hexadecimal digits.
    """

    offset: int
    end: int
    fields: Mapping[str, str]
    http: StatusAndHeaders | None
    sha256: str


def each(path: Path, offset: int = 0) -> Iterator[Found]:
    """The records of the file `path` from `offset` on, in order, one at a time in memory.

    Raises `CaptureError` where the file goes on with something else, or ends in the midst of a record.
    """
    try:
        with path.open("rb") as source:
            while member := _member(source, offset):
                block, end = member
                yield _found(block, offset, end)
                offset = end
    except (OSError, EOFError, ValueError, zlib.error, ArchiveLoadFailed) as error:
        raise CaptureError(f"{path}: no record can be read at {offset}: {reason(error)}") from error


def next_record(path: Path, after: int) -> int | None:
    """Where the next record begins behind the place `after`, at which there is none; `None` where there is no other.

    What only looks like the beginning of a gzip member is none. Nor is there one in a file that cannot be read.
    """
    try:
        with path.open("rb") as source, mmap(source.fileno(), 0, access=ACCESS_READ) as whole:
            at = whole.find(_MEMBER, after + 1)
            while at >= 0 and not _is_record(source, at):
                at = whole.find(_MEMBER, at + 1)
    except (OSError, ValueError):
        return None
    return at if at >= 0 else None


def _is_record(source: BinaryIO, at: int) -> bool:
    try:
        member = _member(source, at)
    except (EOFError, zlib.error):
        return False
    return member is not None and member[0].startswith(b"WARC/")


def _member(source: BinaryIO, offset: int) -> tuple[bytes, int] | None:
    """The gzip member at `offset`, unpacked, and where it ends; `None` at the end of the file.

    By zlib itself: warcio takes a member that is cut off for a shorter one.
    """
    source.seek(offset)
    member, parts, read = zlib.decompressobj(wbits=31), [], 0
    while not member.eof:
        packed_part = source.read(_AT_ONCE)
        if not packed_part and not read:
            return None
        if not packed_part:
            raise EOFError
        read += len(packed_part)
        parts.append(member.decompress(packed_part))
    return b"".join(parts), offset + read - len(member.unused_data)


def _found(block: bytes, offset: int, end: int) -> Found:
    record = next(iter(ArchiveIterator(io.BytesIO(block))), None)
    if record is None:
        raise EOFError
    payload = record.raw_stream.read()
    digest = hashlib.sha256(payload).hexdigest()
    return Found(offset, end, dict(record.rec_headers.headers), record.http_headers, digest)


def sha256_of(fields: Mapping[str, str]) -> str | None:
    """The hexadecimal SHA-256 that a record's fields name (`digest_field`)."""
    label, _, digits = fields.get("WARC-Payload-Digest", "").partition(":")
    try:
        return base64.b32decode(digits).hex() if label == "sha256" else None
    except ValueError:
        return None


def reason(error: Exception) -> str:
    """Why, in a few words on one line: never the damaged bytes that a foreign message may quote."""
    if isinstance(error, ArchiveLoadFailed):
        return "damaged"
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return one_line(words)[:200] or "truncated"
