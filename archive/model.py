"""The nouns of the archive as frozen values; their JSON is section 2 of the contract (`archive.shapes`).

Unknown is `None` or an empty tuple, never a guess. Texts are Unicode NFC, one line, single spaces. Identifiers are
made in `archive.ids` alone. An identifier is `None` only in what was read from a file that does not say whose it is;
whatever comes out of the store has one.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import NewType
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

SPARSE = {"sparse": True}
"""Metadata of a field that is no key of the JSON while it is `None` or empty."""

PREVIOUS = "previous"
"""The meeting before this one of the same committee, where its minutes are approved and its day is not printed."""

CouncilId = NewType("CouncilId", str)
CommitteeId = NewType("CommitteeId", str)
MeetingId = NewType("MeetingId", str)
ItemId = NewType("ItemId", str)
MemberId = NewType("MemberId", str)
DocumentId = NewType("DocumentId", str)


class MeetingStatus(StrEnum):
    """What became of a meeting, as far as the site says."""

    SCHEDULED = "scheduled"
    HELD = "held"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"


class MinutesStatus(StrEnum):
    """How far the minutes of a meeting have come."""

    NONE = "none"
    DRAFT = "draft"
    PUBLISHED = "published"


class ParagraphKind(StrEnum):
    """What a printed paragraph is."""

    NARRATIVE = "narrative"
    HEADING = "heading"
    RESOLUTION = "resolution"
    CLAUSE = "clause"
    VOTE = "vote"
    TABLE = "table"


class Action(StrEnum):
    """What a resolution did, by its own operative word."""

    RESOLVED = "resolved"
    AGREED = "agreed"
    RECOMMENDED = "recommended"
    NOTED = "noted"
    APPROVED = "approved"
    REFUSED = "refused"
    DEFERRED = "deferred"
    REFERRED = "referred"
    OTHER = "other"


class Outcome(StrEnum):
    """What became of a motion."""

    CARRIED = "carried"
    LOST = "lost"
    WITHDRAWN = "withdrawn"


class AttendanceStatus(StrEnum):
    """How somebody attended. `EXPECTED` is a site's word for "not recorded yet": no evidence of presence."""

    PRESENT = "present"
    APOLOGIES = "apologies"
    ABSENT = "absent"
    SUBSTITUTE = "substitute"
    IN_ATTENDANCE = "in attendance"
    EXPECTED = "expected"


class InterestKind(StrEnum):
    """What sort of interest somebody declared, by the words of the minutes."""

    DISCLOSABLE_PECUNIARY = "disclosable pecuniary"
    PECUNIARY = "pecuniary"
    NON_PECUNIARY = "non-pecuniary"
    PERSONAL = "personal"
    PREJUDICIAL = "prejudicial"
    OTHER_REGISTRABLE = "other registrable"
    NON_REGISTRABLE = "non-registrable"


class MovementKind(StrEnum):
    """Whether somebody came into a meeting, went out of it, or came back."""

    ARRIVED = "arrived"
    LEFT = "left"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Council:
    """A council whose site is crawled. `platform` names a source in `crawler.source`; `url` is the base of its site."""

    id: CouncilId
    name: str
    url: str | None = None
    platform: str | None = None


@dataclass(frozen=True, slots=True)
class Committee:
    """A committee, or the council itself sitting as one."""

    id: CommitteeId | None
    name: str


@dataclass(frozen=True, slots=True)
class Term:
    """A term of office, both days in it; `None` is an end that is not fixed, or a day that is not known."""

    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on the council's own list of members, with what that list says of them now."""

    id: MemberId
    name: str
    party: str | None = None
    ward: str | None = None
    url: str | None = None
    terms: tuple[Term, ...] = field(default=(), metadata=SPARSE)


@dataclass(frozen=True, slots=True)
class Attendance:
    """One line of a meeting's attendance, the name as printed."""

    name: str
    role: str | None
    status: AttendanceStatus
    member: MemberId | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in an item, as printed; `member` only when it is certain who is meant."""

    name: str
    member: MemberId | None = None


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """What one page of a document says: a line for each paragraph, and for each row of a table, cells parted by " | ".

    `number` counts the pages of the file from 1. A paragraph over a page's end stands on the page where it begins.
    """

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Declaration:
    """An interest that somebody declared, the name as printed; a negative answer is none.

    `matter` is the number of the agenda item that it concerns, as printed; `anchor` the paragraph that says so.
    """

    name: str
    member: MemberId | None
    kind: InterestKind | None
    matter: str | None
    anchor: str


@dataclass(frozen=True, slots=True)
class Movement:
    """Somebody who came or went while the meeting lasted, the name as printed; `anchor` is where that is said."""

    name: str
    member: MemberId | None
    kind: MovementKind
    anchor: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document attached to an item or a meeting. A restricted one is known by name alone.

    `unpublished` is the day since when the site no longer shows it (of items and meetings too). `needs_ocr` is set
    where its pages, or some of them, are pictures whose words could not be read. `pages` are known of a file that was
    read for itself.
    """

    id: DocumentId | None
    title: str
    url: str | None = None
    kind: str | None = None
    restricted: bool = False
    unpublished: date | None = field(default=None, metadata=SPARSE)
    needs_ocr: bool | None = field(default=None, metadata=SPARSE)
    pages: tuple[PrintedPage, ...] | None = field(default=None, metadata=SPARSE)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One printed paragraph. `number` as printed without trailing dot, and not repeated in `text`.

    `anchor` is the number when it is unique in the item, else `p` and the position, counted from 1. `speaker` is the
    one whose words it reports, as printed, when it says so of one person and by name.
    """

    anchor: str
    number: str | None
    kind: ParagraphKind
    text: str
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered or lettered part of a resolution, with its own parts."""

    label: str | None
    text: str
    clauses: tuple["Clause", ...] = ()


@dataclass(frozen=True, slots=True)
class VoteNames:
    """Who voted how, as printed. Trailing underscores only where Python has a keyword."""

    for_: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    abstain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vote:
    """The count of a vote; `None` where no number is printed."""

    for_: int | None = None
    against: int | None = None
    abstain: int | None = None
    names: VoteNames = VoteNames()


@dataclass(frozen=True, slots=True)
class Resolution:
    """A decision in its own words. `anchor` and `number` are those of its first paragraph.

    `lead` is what stands before the clauses ("That the Committee:"), `text` the lead and its clauses in words, as one
    would quote it. `outcome` is `None` where the minutes do not say more than the decision itself. `unanimous` is
    `None` where they do not say, `True` when they say so, `False` when somebody voted against or a majority decided.
    """

    anchor: str
    number: str | None
    action: Action
    lead: str | None
    clauses: tuple[Clause, ...]
    text: str
    mover: str | None = None
    seconder: str | None = None
    outcome: Outcome | None = None
    unanimous: bool | None = None
    vote: Vote | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One agenda item with its minutes: the unit of search.

    `approves` are the days (ISO) of the meetings whose minutes it approves, or `PREVIOUS`.
    """

    id: ItemId | None
    number: str | None
    title: str
    procedural: bool = False
    restricted: bool = False
    url: str | None = None
    agenda: tuple[str, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    documents: tuple[Document, ...] = ()
    people: tuple[Person, ...] = ()
    declarations: tuple[Declaration, ...] = field(default=(), metadata=SPARSE)
    movements: tuple[Movement, ...] = field(default=(), metadata=SPARSE)
    approves: tuple[str, ...] = field(default=(), metadata=SPARSE)
    unpublished: date | None = field(default=None, metadata=SPARSE)


@dataclass(frozen=True, slots=True)
class Meeting:
    """The aggregate: a meeting with everything that belongs to it is read, saved, compared and indexed as one value.

    `start` is aware, in Europe/London; midnight stands for "no time printed" (no council meets then).
    """

    id: MeetingId | None
    council: CouncilId | None
    committee: Committee | None
    title: str | None
    start: datetime | None
    status: MeetingStatus | None = None
    minutes: MinutesStatus = MinutesStatus.NONE
    venue: str | None = None
    url: str | None = None
    attendance: tuple[Attendance, ...] = ()
    items: tuple[Item, ...] = ()
    documents: tuple[Document, ...] = ()
    unpublished: date | None = field(default=None, metadata=SPARSE)


def start_of(day: date, at: time | None = None) -> datetime:
    """The start of a meeting on `day`; without a printed time, midnight stands for "not printed"."""
    return datetime.combine(day, at or time(0, 0), LONDON)
