"""Whether each capture that the store knows is in its file, and each record of the files is known to the store."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urljoin

from sqlalchemy import Connection, delete, func, select

from archive import warc
from archive.captures import Capture, Captures
from archive.database import Database
from archive.errors import CaptureError
from archive.finding import ANSWERED, PARAMETERS, capture_of
from archive.problems import Problem, Step
from archive.saving import record
from archive.schema import captures, meeting_captures, meetings

_BODIES = ("response", "resource")
_FILE, _NOT_MODIFIED = "file:///", 304
_AGAIN = "`minutebook crawl --full` fetches what the site still has"
_LATER = "a later answer is kept"


def how_many(connection: Connection) -> int:
    """How many captures there are to look at."""
    return connection.scalar(select(func.count()).select_from(captures)) or 0


def capture_problems(database: Database, kept: Captures, step: Step) -> Iterator[Problem]:
    """What is wrong between the store's captures and the files of `kept`, each of which is read once from its
    beginning.

    What a kill left of a last record is no problem: nothing was made of it, and nothing is written behind it.
    """
    for name in sorted(named(database) | {path.name for path in kept.folder.glob("*.warc.gz")}):
        yield from file_problems(database, kept, name, step)


def named(database: Database) -> set[str]:
    """The files in which the store knows a capture."""
    with database.reading() as connection:
        return set(connection.scalars(select(captures.c.file).distinct()))


def file_problems(database: Database, kept: Captures, name: str, step: Step) -> Iterator[Problem]:
    """The problems of one file: its records beside the captures that should be in it, both in order.

    Behind damage it goes on at the next record.
    """
    rows, path = _Rows(_each_row(database, name)), kept.folder / name
    lost = _Lost(database, kept, "its record is missing" if path.exists() else "its file is missing")
    at: int | None = 0
    while at is not None and path.exists():
        try:
            for found in warc.each(path, at):
                yield from lost.each(rows.before(found.offset), step)
                yield from _record_problems(lost, name, found, rows.at(found.offset, step))
                at = found.end
            break
        except CaptureError:
            if (hit := rows.at(at, step)) is not None:
                yield lost.problem(hit, "its record is damaged")
            at = warc.next_record(path, at)
    yield from lost.each(rows.before(None), step)


def _each_row(database: Database, name: str) -> Iterator[Capture]:
    """The captures that are said to be in a file, by offset; some at a time are in memory."""
    query = select(captures).where(captures.c.file == name).order_by(captures.c.offset).limit(PARAMETERS)
    last = -1
    while True:
        with database.reading() as connection:
            batch = [capture_of(row) for row in connection.execute(query.where(captures.c.offset > last))]
        if not batch:
            return
        yield from batch
        last = batch[-1].offset


class _Rows:
    """Captures in order, of which the `first` that was not taken yet is known."""

    def __init__(self, rows: Iterator[Capture]) -> None:
        self._rows = rows
        self.first = next(rows, None)

    def before(self, offset: int | None) -> Iterator[Capture]:
        """Take those that should stand before this place, or all that are left."""
        while self.first is not None and (offset is None or self.first.offset < offset):
            first, self.first = self.first, next(self._rows, None)
            yield first

    def at(self, offset: int, step: Step) -> Capture | None:
        """Take that of just this place."""
        if self.first is None or self.first.offset != offset:
            return None
        step()
        first, self.first = self.first, next(self._rows, None)
        return first


class _Lost:
    """Tells what cannot be read any more, and whether something later stands in for it."""

    def __init__(self, database: Database, kept: Captures, missing: str) -> None:
        self.database, self.kept, self._missing = database, kept, missing

    def each(self, rows: Iterator[Capture], step: Step) -> Iterator[Problem]:
        """Those whose records are not where they should be."""
        for row in rows:
            yield self.problem(row, self._missing)
            step()

    def problem(self, capture: Capture, what: str) -> Problem:
        """What is wrong with a capture; it can be forgotten where nothing that is current was read from it."""
        mendable = self.replaced(capture) and not _is_current(self.database, capture)
        where, advice = f"{capture.file}:{capture.offset}", _LATER if mendable else _AGAIN
        return Problem("capture", where, f"{capture.url}: {what}; {advice}", mendable)

    def replaced(self, capture: Capture) -> bool:
        """Whether a later answer of the same address can be read; of a page, one that gave the page."""
        query = select(captures).where(captures.c.url == capture.url, captures.c.fetched > capture.fetched)
        if capture.status in ANSWERED:
            query = query.where(captures.c.status.in_(ANSWERED))
        with self.database.reading() as connection:
            later = [capture_of(row) for row in connection.execute(query.order_by(captures.c.fetched.desc()))]
        return any(self.readable(each) for each in later)

    def readable(self, capture: Capture) -> bool:
        """Whether its body is where it should be."""
        try:
            self.kept.read(capture)
        except CaptureError:
            return False
        return True


def _is_current(database: Database, capture: Capture) -> bool:
    """Whether the current version of a meeting was read from it."""
    place = (captures.c.file == capture.file) & (captures.c.offset == capture.offset)
    version = (meetings.c.id == meeting_captures.c.meeting) & (meetings.c.version == meeting_captures.c.number)
    link = select(meeting_captures.c.meeting).join(captures, captures.c.id == meeting_captures.c.capture)
    with database.reading() as connection:
        return connection.scalar(link.join(meetings, version).where(place).limit(1)) is not None


def _record_problems(lost: _Lost, name: str, found: warc.Found, row: Capture | None) -> Iterator[Problem]:
    kind = found.fields.get("WARC-Type")
    if kind not in (*_BODIES, "revisit"):
        return
    if row is None:
        yield from _unknown(lost, name, found)
    elif kind in _BODIES and found.sha256 != row.sha256:
        yield lost.problem(row, "its body is damaged")
    elif kind == "revisit" and not _refers(lost.database, found, row):
        try:
            lost.kept.read(row)
        except CaptureError as error:
            yield lost.problem(row, f"its body is not where its record says ({error})")


def _unknown(lost: _Lost, name: str, found: warc.Found) -> Iterator[Problem]:
    """A record that the store does not know. Of a damaged one there is nothing to know once a later answer is kept."""
    with lost.database.reading() as connection:
        capture = _capture(connection, name, found)
    if capture is None:
        yield Problem("record", f"{name}:{found.offset}", f"{_url(found)}: what it is cannot be told from it", False)
    elif _is_sound(lost, found, capture):
        detail = f"{_url(found)} was kept, but the store does not know it"
        yield Problem("record", f"{name}:{found.offset}", detail, True)
    elif not lost.replaced(capture):
        detail = f"{_url(found)}: its body is damaged; {_AGAIN}"
        yield Problem("capture", f"{name}:{found.offset}", detail, False)


def _is_sound(lost: _Lost, found: warc.Found, capture: Capture) -> bool:
    if found.fields.get("WARC-Type") == "revisit":
        return lost.readable(capture)
    return found.sha256 == (warc.sha256_of(found.fields) or found.sha256)


def _refers(database: Database, found: warc.Found, row: Capture) -> bool:
    """Whether a revisit record names a known capture of the same body, which is looked at in its own place."""
    with database.reading() as connection:
        known = _referred(connection, found)
    return known is not None and known.sha256 == row.sha256


def _referred(connection: Connection, found: warc.Found) -> Capture | None:
    """The capture that a revisit record names, if the store knows it."""
    place = captures.c.file == found.fields.get("WARC-Refers-To-Filename", "")
    offset = found.fields.get("WARC-Refers-To-File-Offset", "")
    if not offset.isdecimal():
        return None
    row = connection.execute(select(captures).where(place, captures.c.offset == int(offset))).one_or_none()
    return None if row is None else capture_of(row)


def _sha256(found: warc.Found) -> str | None:
    return found.sha256 if found.fields.get("WARC-Type") in _BODIES else warc.sha256_of(found.fields)


def _url(found: warc.Found) -> str:
    """The address, or the name of an imported file."""
    uri = found.fields.get("WARC-Target-URI", "")
    return unquote(uri.removeprefix(_FILE)) if uri.startswith(_FILE) else uri


def mend_record(connection: Connection, folder: Path, where: str) -> bool:
    """Let the store know the record at a problem's place; whether that could be."""
    name, _, offset = where.rpartition(":")
    try:
        found = next(warc.each(folder / Path(name).name, int(offset)), None)
    except (CaptureError, ValueError):
        return False
    capture = None if found is None else _capture(connection, name, found)
    if capture is None:
        return False
    record(connection, [capture])
    return True


def forget(connection: Connection, where: str) -> bool:
    """Forget the capture at a problem's place, in the older versions that were read from it as well; whether it was
    there.
    """
    name, _, offset = where.rpartition(":")
    if not offset.isdecimal():
        return False
    row = connection.scalar(select(captures.c.id).where(captures.c.file == name, captures.c.offset == int(offset)))
    if row is None:
        return False
    connection.execute(delete(meeting_captures).where(meeting_captures.c.capture == row))
    connection.execute(delete(captures).where(captures.c.id == row))
    return True


def leads_to(kept: Captures, capture: Capture) -> str | None:
    """Where the redirect that was captured leads, as a whole address; `None` where it does not say so readably."""
    try:
        found = next(warc.each(kept.folder / Path(capture.file).name, capture.offset), None)
    except CaptureError:
        return None
    said = found.http.get_header("Location") if found is not None and found.http is not None else None
    return urljoin(capture.url, said) if said else None


def _capture(connection: Connection, name: str, found: warc.Found) -> Capture | None:
    """The capture that a record was made for; what an answer of not modified does not say is that of the body."""
    sha256, http = _sha256(found), found.http
    try:
        fetched = datetime.fromisoformat(found.fields["WARC-Date"])
        status = 0 if http is None else int(http.get_statuscode())
    except (KeyError, ValueError):
        return None
    if sha256 is None:
        return None
    of = _referred(connection, found)
    said = None if http is None else http.get_header("Content-Type")
    if http is None and found.fields.get("WARC-Type") == "resource":
        said = found.fields.get("Content-Type")
    etag, modified = (None, None) if http is None else warc.validators(http)
    if status == _NOT_MODIFIED and of is not None:
        etag, modified = etag or of.etag, modified or of.modified
    kind = said or (of.content_type if of is not None else "")
    return Capture(_url(found), fetched, status, kind, sha256, name, found.offset, etag, modified)
