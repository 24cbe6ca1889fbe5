"""One saved file into the archive: kept as it is, read, saved; refused with a reason where it cannot be read."""

import mimetypes
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from archive.captures import Capture, CaptureWriter
from archive.errors import Damaged, MinutebookError, UnknownId, UnreadableFile
from archive.model import Council, CouncilId, Meeting, MinutesStatus
from archive.store import Store
from archive.versions import Saved
from crawler.documents.ocr import Recognise, recognised
from crawler.files import MAX_BYTES, Contents, Given, council_of, kept_name, read_file
from crawler.namesakes import told_apart
from crawler.version import PARSER

UNNAMED = CouncilId("imported")


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file: what was stored of it, in words, with the identifiers; or the reason why nothing was."""

    file: str
    stored: tuple[str, ...] = ()
    holds: str = ""
    refused: str | None = None
    known: bool = False    # all of it was held just so before
    changed: bool = False    # it took the place of what was held; the version before stays
    instead: str = ""    # what that was, where it was more: published minutes of a draft, or a longer text

    @property
    def line(self) -> str:
        """The same as one line."""
        if self.refused is not None:
            return f"refused  {self.refused}"
        named = f" as {', '.join(self.stored)}" if self.stored else ""
        done = "as held" if self.known else "changed" if self.changed else "stored "
        which = self.stored[0] if len(self.stored) == 1 else "ID"
        before = f" ({self.instead}; what was held before: minutebook show {which} --versions)" if self.instead else ""
        return f"{done}  {self.file}: {self.holds}{named}{before}"


def _council(store: Store, named: CouncilId | None, found: Council | None) -> Council:
    """The council that the operator names, else the one whose site the file names, else one for all the others."""
    wanted = named or (found.id if found else UNNAMED)
    try:
        return store.council(wanted)
    except UnknownId:
        return Council(wanted, wanted.replace("-", " ").title())


@dataclass(frozen=True, slots=True)
class Named:
    """What the operator names beside the files: whose they are, and the committee and day of their meeting."""

    council: CouncilId | None = None
    committee: str | None = None
    day: date | None = None


def import_file(
    store: Store, writer: CaptureWriter, path: Path, named: Named, now: datetime, recognise: Recognise = recognised
) -> Imported:
    """Read `path` into `store`. `recognise` reads the words of pages that are pictures."""
    try:
        data = read_bytes(path)
        council = _council(store, named.council, council_of(data))
        roster = store.roster(council.id)
        given = Given(council, None, named.committee, named.day, roster, recognise)
        contents = read_file(data, path.name, given)
        if contents.report is not None:
            raise UnreadableFile(f"{contents.no_minutes} Its pages: minutebook parse")
        apart = tuple(told_apart(meeting, store.meeting) for meeting in contents.meetings)
        contents = replace(contents, meetings=apart)
        kept = writer.resource(kept_name(path.name, given), mimetypes.guess_type(path.name)[0] or "", data, now)
        held = [_held(store, meeting) for meeting in apart]
        saved = _save(store, council, contents, kept, now)
        instead = "; ".join(filter(None, map(_instead, held, (_held(store, meeting) for meeting in apart))))
    except MinutebookError as error:
        return Imported(str(path), refused=str(error))
    known = bool(saved) and all(each is Saved.SAME for each in saved)
    stored = tuple(meeting.id or "" for meeting in contents.meetings)
    return Imported(str(path), stored, in_words(contents), None, known, Saved.CHANGED in saved, instead)


def _held(store: Store, meeting: Meeting) -> Meeting | None:
    """What is held of a meeting; `None` also where that is damaged: anything is more then."""
    with suppress(UnknownId, Damaged):
        return store.meeting(meeting.id) if meeting.id else None
    return None


def _instead(before: Meeting | None, after: Meeting | None) -> str:
    """In which respect less is held after a file than before it, in words."""
    if before is None or after is None or before.minutes is not MinutesStatus.PUBLISHED:
        return ""
    had, has = (sum(len(item.paragraphs) for item in each.items) for each in (before, after))
    said = []
    if after.minutes is not MinutesStatus.PUBLISHED:
        said.append("a draft" if after.minutes is MinutesStatus.DRAFT else "no minutes")
    if has < had:
        said.append(f"{has} paragraphs where there were {had}")
    return f"{', '.join(said)}, in place of published minutes" if said else ""


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, no more than are read anyway. Raises `UnreadableFile`."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableFile(f"{path}: cannot be read: {error.strerror}") from error


def _save(store: Store, council: Council, contents: Contents, kept: Capture, now: datetime) -> list[Saved]:
    store.save_council(council)
    store.save_captures([kept])
    store.save_members(council.id, contents.members)
    store.save_committees(council.id, contents.committees)
    return [store.save_meeting(meeting, [kept], PARSER, now, observed=False) for meeting in contents.meetings]


def in_words(contents: Contents) -> str:
    """What a file held: "12 items, 34 paragraphs, 5 resolutions", or "48 members"."""
    items = [item for meeting in contents.meetings for item in meeting.items]
    scans = sum(bool(document.needs_ocr) for meeting in contents.meetings for document in meeting.documents)
    counts = (
        (len(items), "item"), (sum(len(item.paragraphs) for item in items), "paragraph"),
        (sum(len(item.resolutions) for item in items), "resolution"), (len(contents.members), "member"),
        (len(contents.committees), "committee"), (scans, "document of pictures only, kept: needs OCR"))
    return ", ".join(f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts if count) or "no items"
