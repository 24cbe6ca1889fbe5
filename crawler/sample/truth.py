"""What a reader should find in the sample's pages: the archive's own values, made of what the pages are made of."""

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from archive import ids
from archive.model import (
    Attendance,
    AttendanceStatus,
    Committee,
    CouncilId,
    Document,
    Item,
    Meeting,
    MeetingStatus,
    Member,
    MinutesStatus,
    Paragraph,
    Person,
    Resolution,
    Term,
    start_of,
)
from crawler.sample.line import Minuted
from crawler.sample.people import Councillor

if TYPE_CHECKING:
    from crawler.sample.council import WrittenItem, WrittenMeeting

_ID = CouncilId("ambleshire")
_SAFE = "/,'()"
_ROOM_FOR_DOCUMENTS = 4  # an item has three at the most


def member(councillor: Councillor, base: str) -> Member:
    """A councillor in office as the web service lists them; the page says no terms."""
    uid = str(councillor.uid)
    made = ids.member_id(_ID, uid)
    if made is None:
        raise ValueError("a councillor has a number")
    terms = (Term(councillor.since, None),)    # its end is "unspecified" while in office
    url = f"{base}mgUserInfo.aspx?UID={uid}"
    return Member(made, councillor.name, councillor.group, councillor.division, url, terms)


def meeting(written: "WrittenMeeting", base: str) -> Meeting:
    """A meeting with its items; `base` begins the addresses."""
    planned, spec = written.planned, written.planned.committee
    return Meeting(
        ids.meeting_id(_ID, str(planned.id)),
        _ID,
        Committee(ids.committee_id(_ID, str(spec.id)), spec.name),
        spec.name,
        start_of(planned.day, planned.start.time()),
        written.status,
        written.minutes,
        written.venue,
        f"{base}ieListDocuments.aspx?CId={spec.id}&MId={planned.id}",
        attendance(written),
        tuple(_item(each, base) for each in written.items),
        meeting_documents(written, base),
    )


def attendance(written: "WrittenMeeting") -> tuple[Attendance, ...]:
    """Who attended, as the attendance page says; before the minutes are out everybody is "expected"."""
    room, recorded = written.room, written.minutes is not MinutesStatus.NONE
    rows = []
    for seat in room.seats:
        status = AttendanceStatus.APOLOGIES if seat.member in room.absent else AttendanceStatus.PRESENT
        rows.append(_attended(seat.member, seat.role, status if recorded else AttendanceStatus.EXPECTED))
    substitutes = room.substitutes if recorded else ()
    rows += [_attended(each, "Committee Member", AttendanceStatus.SUBSTITUTE) for each, _ in substitutes]
    return tuple(rows)


def _attended(councillor: Councillor, role: str, status: AttendanceStatus) -> Attendance:
    return Attendance(councillor.name, role, status, ids.member_id(_ID, str(councillor.uid)))


def meeting_documents(written: "WrittenMeeting", base: str) -> tuple[Document, ...]:
    """The packs of a meeting: agenda, reports pack, printed minutes."""
    made = []
    for rendition, title, kind in packs(written):
        local = f"g{written.planned.id}"
        url = f"{base}{quote(pack_path(written, title), _SAFE)}?T={rendition}"
        made.append(Document(ids.document_id(_ID, f"{local}-t{rendition}"), title, url, kind))
    return tuple(made)


def packs(written: "WrittenMeeting") -> tuple[tuple[int, str, str], ...]:
    """The packs as T, title and kind; none for a meeting that was called off or has no agenda yet."""
    if not written.agenda or written.status in (MeetingStatus.CANCELLED, MeetingStatus.POSTPONED):
        return ()
    found = [(0, "Agenda frontsheet", "agenda"), (10, "Public reports pack", "reports pack")]
    if written.minutes is MinutesStatus.DRAFT:
        found.append((1, "Printed draft minutes", "minutes"))
    elif written.minutes is MinutesStatus.PUBLISHED:
        found.append((1, "Printed minutes", "minutes"))
    return tuple(found)


def _item(written: "WrittenItem", base: str) -> Item:
    draft = written.draft
    paragraphs = _paragraphs(written.minuted)
    return Item(
        ids.item_id(_ID, str(written.id)),
        written.number.rstrip(".") or None,
        draft.title,
        draft.procedural,
        draft.restricted,
        f"{base}mgAi.aspx?ID={written.id}",
        draft.agenda,
        paragraphs,
        tuple(_anchored(at, each, paragraphs) for at, each in written.minuted.resolutions),
        item_documents(written, base),
        _people(draft.people, " ".join(each.text for each in paragraphs)),
    )


def _paragraphs(minutes: Minuted) -> tuple[Paragraph, ...]:
    counts = Counter(line.number for line in minutes.lines)
    return tuple(
        Paragraph(
            line.number if line.number and counts[line.number] == 1 else f"p{at}", line.number, line.kind, line.text
        )
        for at, line in enumerate(minutes.lines, 1)
    )


def _anchored(at: int, resolution: Resolution, paragraphs: tuple[Paragraph, ...]) -> Resolution:
    return replace(resolution, anchor=paragraphs[at].anchor)


def item_documents(written: "WrittenItem", base: str) -> tuple[Document, ...]:
    """The documents attached to an item; a restricted one has no address."""
    made = []
    for at, title in enumerate(written.draft.documents):
        local = f"s{attachment(written, at)}"
        url = None if written.draft.restricted else base + quote(document_path(written, at), _SAFE)
        made.append(Document(ids.document_id(_ID, local), title, url, restricted=written.draft.restricted))
    return tuple(made)


def pack_path(written: "WrittenMeeting", title: str) -> str:
    """The address of a pack without its T, blanks and all: "documents/g2104/Printed minutes Tuesday ...pdf"."""
    planned = written.planned
    day = f"{planned.start:%A} {planned.start:%d}-{planned.start:%b-%Y %H.%M}"
    return f"documents/g{planned.id}/{title} {day} {planned.committee.name}".replace(" / ", " - ") + ".pdf"


def document_path(written: "WrittenItem", at: int) -> str:
    """The address of an item's document, blanks and all."""
    title = written.draft.documents[at].replace("/", "-").replace(":", "")
    return f"documents/s{attachment(written, at)}/{title}.pdf"


def attachment(written: "WrittenItem", at: int) -> int:
    """The number of the item's document at position `at`, counted from 0; one that replaced another has a new one."""
    return written.id * _ROOM_FOR_DOCUMENTS + (_ROOM_FOR_DOCUMENTS - 1 if written.replaced and at == 0 else at)


def _people(known: dict[str, int | None], text: str) -> tuple[Person, ...]:
    """The people of `known` who are named in `text`, each once, in the order in which they first are."""
    found = sorted((at, name) for name in known if (at := _first(name, text)) >= 0)
    people: dict[str, Person] = {}
    for _, name in found:
        person = Person(name, ids.member_id(_ID, None if known[name] is None else str(known[name])))
        people.setdefault(person.member or name, person)
    return tuple(people.values())


def _first(name: str, text: str) -> int:
    """Where `name` first stands in `text`, by itself or in a list after "Councillors"; -1 where it does not."""
    alone = text.find(name)
    address, _, rest = name.partition(" ")
    listed = text.find(f"{address}s ")
    within = text.find(rest, listed) if listed >= 0 and address in ("Councillor", "Cllr") else -1
    return min((at for at in (alone, within) if at >= 0), default=-1)
