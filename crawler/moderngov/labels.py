"""The words by which ModernGov's pages label their parts, in English and Welsh (moderngov.md 2.3 to 2.7 and 4.5)."""

import re
from enum import StrEnum

from archive.model import AttendanceStatus, MeetingStatus, MinutesStatus
from crawler.blocks import one_line


class Section(StrEnum):
    """A part of an item, a meeting's head or a decision page."""

    AGENDA = "agenda"
    DECISION = "decision"
    MINUTES = "minutes"
    DOCUMENTS = "documents"
    PURPOSE = "purpose"
    REASONS = "reasons"
    OPTIONS = "options"
    DECIDED_AT = "decided at"
    DECIDED_ON = "decided on"
    DECIDED_BY = "decided by"
    VENUE = "venue"
    OTHER = "other"


_LABELS = {
    Section.DECISION: ("decision", "decisions", "decision made", "penderfyniad", "penderfyniadau"),
    Section.MINUTES: ("minutes", "draft minutes", "cofnodion", "cofnodion drafft", "minute"),
    Section.DOCUMENTS: (
        "supporting documents", "supporting document", "additional documents", "accompanying documents", "documents",
        "attachments", "background documents", "related documents", "dogfennau ychwanegol", "dogfennau ategol",
        "dogfennau cefnogol", "dogfennau cysylltiedig", "dogfennau",
    ),
    Section.PURPOSE: ("purpose", "pwrpas", "diben"),
    Section.REASONS: (
        "reasons for the decision", "reason for the decision", "reasons for decision", "reason for decision",
        "rhesymau dros y penderfyniad",
    ),
    Section.OPTIONS: (
        "alternative options considered", "options considered", "other options considered",
        "details of alternative options", "details of any alternative options considered and rejected",
        "opsiynau eraill a ystyriwyd",
    ),
    Section.DECIDED_AT: ("decided at meeting", "penderfynwyd yn y cyfarfod", "penderfynwyd mewn cyfarfod"),
    Section.DECIDED_ON: ("date of decision", "dyddiad y penderfyniad"),
    Section.DECIDED_BY: ("decision maker", "penderfynwr", "gwneuthurwr y penderfyniad"),
    Section.VENUE: ("venue", "location", "lleoliad", "man cyfarfod"),
    Section.OTHER: (
        "contact", "cyswllt", "link", "dolen", "note", "nodyn", "media", "cyfryngau", "webcast", "decision status",
        "is key decision?", "is subject to call in?", "publication date", "effective from", "decision type",
        "statws y penderfyniad", "dyddiad cyhoeddi", "wards affected", "notice of proposed decision first published",
        "other reasons / organisations consulted", "consultees", "financial implications", "conflicts of interest",
        "notes", "declarations", "contact details", "report author", "email", "current status", "lead officer",
    ),
}  # fmt: skip
_SECTIONS = {label: section for section, labels in _LABELS.items() for label in labels}
_LONGEST = 60

ITEM_HEADS = re.compile(
    r"\W*(?:agenda item|item details|eitem (?:ar yr )?agenda|eitem (?:ar yr )?rhaglen|manylion eitem)\b", re.IGNORECASE
)
DECISION_HEADS = re.compile(r"\W*(?:decision details|decision|manylion (?:y )?penderfyniad)\b", re.IGNORECASE)
ISSUE_HEADS = re.compile(r"\W*(?:issue|mater)\b", re.IGNORECASE)
MEETING_HEADS = re.compile(
    r"\W*(?:(?:draft|printed) )*(?:agenda|rhaglen|minutes|cofnodion|decisions|penderfyniadau|meeting|cyfarfod|"
    r"supplementary|agenda, )(?:\W|\Z)",
    re.IGNORECASE,
)
EXEMPT = re.compile(
    r"[(\[][^()\[\]]{0,40}\b(?:exempt|restricted|confidential|private|eithriedig|cyfyngedig)\b[^()\[\]]{0,160}[)\]]\W*\Z|"
    r"[-–—:] (?:exempt|restricted|confidential)(?: item| report| appendix)?\Z",
    re.IGNORECASE,
)
_CANCELLED = re.compile(r"\b(?:cancell?ed|withdrawn|abandoned|wedi['’]i (?:g|ch)anslo|canslwyd)\b", re.IGNORECASE)
_POSTPONED = re.compile(r"\b(?:postponed|deferred|gohiriwyd|wedi['’]i ohirio)\b", re.IGNORECASE)
_DRAFT = re.compile(r"\b(?:draft|drafft|unconfirmed|unapproved)\b", re.IGNORECASE)
_MINUTES = re.compile(r"\b(?:minutes|ch?ofnodion|gofnodion)\b", re.IGNORECASE)
_STAFF = re.compile(r"\b(?:officers?|swyddog(?:ion)?|staff)\b", re.IGNORECASE)
_STATUSES = (
    (re.compile(r"substitut|dirprwy|eilydd", re.IGNORECASE), AttendanceStatus.SUBSTITUTE),
    (re.compile(r"apolog|ymddihe", re.IGNORECASE), AttendanceStatus.APOLOGIES),
    (re.compile(r"in attendance|also present|mynychu", re.IGNORECASE), AttendanceStatus.IN_ATTENDANCE),
    (re.compile(r"absent|absenn?ol|not present|did not attend", re.IGNORECASE), AttendanceStatus.ABSENT),
    (re.compile(r"present|presenn?ol|bresennol|attended", re.IGNORECASE), AttendanceStatus.PRESENT),
)  # fmt: skip


def section_of(text: str) -> Section | None:
    """The section that `text` labels when it is a label and nothing else: "Minutes:", "Dogfennau ychwanegol"."""
    if len(text) > _LONGEST:
        return None
    return _SECTIONS.get(one_line(text).rstrip(" :").lower())


def minutes_status(heading: str) -> MinutesStatus:
    """How far the minutes are by a meeting page's heading: "Agenda and draft minutes", "Rhaglen a chofnodion"."""
    if not _MINUTES.search(heading):
        return MinutesStatus.NONE
    return MinutesStatus.DRAFT if _DRAFT.search(heading) else MinutesStatus.PUBLISHED


def meeting_status(text: str) -> MeetingStatus | None:
    """Whether `text` (a status, a heading, a list's note) says that a meeting is off; `None` when it does not."""
    if _CANCELLED.search(text):
        return MeetingStatus.CANCELLED
    return MeetingStatus.POSTPONED if _POSTPONED.search(text) else None


def attendance_status(text: str) -> AttendanceStatus:
    """The status that a site's own words for it mean; what says nothing of presence is `EXPECTED`."""
    return next((status for form, status in _STATUSES if form.search(text)), AttendanceStatus.EXPECTED)


def is_officer(role: str | None) -> bool:
    """Whether an attendance list's role is that of staff, whom sites number as if they were members."""
    return bool(role and _STAFF.search(role))
