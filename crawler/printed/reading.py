"""A whole set of printed minutes, of any council and any layout, as a meeting."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from archive import ids
from archive.errors import UnreadableFile
from archive.model import (
    Attendance,
    Committee,
    CouncilId,
    Item,
    Meeting,
    MeetingStatus,
    start_of,
)
from crawler.blocks import Block, BlockKind
from crawler.minutes.items import build_item
from crawler.minutes.people import attendance
from crawler.minutes.titles import is_procedural
from crawler.minutes.votes import side_line
from crawler.printed.apologies import with_sentences
from crawler.printed.cutting import Cut, cut
from crawler.printed.frontpage import Front, read_front, title_length
from crawler.printed.loose import with_numbers_joined
from crawler.printed.rollcall import split_rolls
from crawler.printed.signing import without_signing
from crawler.printed.starred import with_marks_read

PREAMBLE = "Preamble"
"""The title of what stands before the first heading; the reader's own, no text has it."""
_SECTION = re.compile(
    r"(?:(?:(?:un)?restricted|exempt|(?:non-)?confidential|open|public|private|delegated)(?: and \w+)?"
    r" (?:items?|business|matters|session|reports?|part)"
    r"|(?:part|rhan|section) ?(?:[A-D]|I{1,3}|[1-4]|one|two|three))\b(?:$|[ .:–-].{0,60}$)(?<![.,;])",
    re.IGNORECASE,
)
_ROUTINE = re.compile(r"apolog|interest|minutes|ymddiheuriad|cofnodion|buddiant", re.IGNORECASE)
_DONE = re.compile(   # and not asked for: "that the report be noted"
    r"\b(?<!be )(?<!been )(?:resolved|agreed|noted|approved|seconded|penderfynwyd|cytunwyd|nodwyd)\b"
    r"|\bapologies\b[^.;]{0,60}\b(?:were|was|had|have|from)\b|\bymddiheuriad\w*\b[^.;]{0,60}\b(?:gan|oddi wrth)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(r"(?:To|I) [a-z]+ |(?:That|Bod) ")   # how agendas put it: "To note the terms agreed in May"
_IN_CAPITALS = re.compile(r"\b(?:RESOLVED|AGREED|NOTED|APPROVED|PENDERFYNWYD|CYTUNWYD|NODWYD)\b")



def read_printed(
    blocks: Sequence[Block],
    *,
    name: str,
    council: CouncilId | None,
    committee: str | None = None,
    day: date | None = None,
) -> Meeting:
    """The meeting that `blocks`, a document's text, are the minutes of.

    `name` is the file's, for messages and for what the text does not say. `committee` and `day` overrule the text.
    Raises `UnreadableFile` when the document is no minutes: an agenda, a report, a letter.
    """
    own = with_marks_read(without_signing(blocks))
    text = tuple(piece for block in with_numbers_joined(own) for piece in split_rolls(block))
    head = title_length(text)
    opening, cuts = cut(text[head:])
    front = read_front((*text[:head], *opening), name)
    present = _attendance(front, cuts)
    if not cuts and not present:
        raise UnreadableFile(f"{name}: no minutes found: no agenda items and nobody present; is it a report?")
    tells = front.says_minutes or front.says_attended
    if not tells and not ((present or _is_routine(cuts)) and _decides(cuts)):
        raise UnreadableFile(f"{name}: no minutes found: nobody present, no business done; an agenda or a report?")
    printed = _with_preamble(front, cuts)
    body = committee or front.committee
    start = _start(front, day)
    local = _local(council, body, day or front.day, _told(front, cuts), blocks)
    items = tuple(_item(each, at, council=council, local=local) for at, each in enumerate(printed, 1))
    return Meeting(
        id=ids.meeting_id(council, local),
        council=council,
        committee=Committee(ids.committee_id(council, ids.slug(body) or None), body) if body else None,
        title=body,
        start=start,
        status=MeetingStatus.HELD,
        minutes=front.minutes,
        venue=front.venue,
        attendance=present,
        items=items,
    )


def _with_preamble(front: Front, cuts: Sequence[Cut]) -> tuple[Cut, ...]:
    """The items, and before them what is printed between the lists of who was there and the first of them."""
    before: list[Block] = []
    found: list[Cut] = []
    for heading, body in _headed(front.rest):
        if body:
            title = heading.text.rstrip(" :–-") if heading else PREAMBLE
            found.append(Cut(None, title, tuple(body), tuple(before)))
            before = []
        elif heading:
            before.append(heading)
    if before and cuts:
        cuts = (replace(cuts[0], before=(*before, *cuts[0].before)), *cuts[1:])
    elif before:
        found.append(Cut(None, PREAMBLE, tuple(before)))
    return tuple(piece for each in (*found, *cuts) for piece in _sections_apart(each))


def _sections_apart(item: Cut) -> Iterator[Cut]:
    """`item`, and before it the heads of the sections that it opens, "PART A – PUBLIC ITEMS", each for itself."""
    heads = [block for block in item.before if _SECTION.match(block.text)]
    yield from (Cut(None, block.text.rstrip(" :–-"), ()) for block in heads)
    yield replace(item, before=tuple(block for block in item.before if block not in heads))


def _headed(blocks: Sequence[Block]) -> Iterator[tuple[Block | None, list[Block]]]:
    """`blocks` as headings with what stands under them; first what stands under none."""
    heading: Block | None = None
    body: list[Block] = []
    for block in blocks:
        if block.kind is BlockKind.HEADING and side_line(block.text) is None:
            yield heading, body
            heading, body = block, []
        else:
            body.append(block)
    yield heading, body


def _is_routine(cuts: Sequence[Cut]) -> bool:
    """Whether items are those of every meeting: apologies, declarations, minutes of the last one."""
    return sum(is_procedural(each.title) and bool(_ROUTINE.search(each.title)) for each in cuts) > 1


def _decides(cuts: Sequence[Cut]) -> bool:
    """Whether any item says that something was done, and not only what the meeting is asked to do."""
    texts = (block.text for each in cuts for block in each.blocks)
    return any((_IN_CAPITALS if _ASKED.match(text) else _DONE).search(text) for text in texts)


def _start(front: Front, day: date | None) -> datetime | None:
    on = day or front.day
    return start_of(on, front.at) if on else None


def _told(front: Front, cuts: Sequence[Cut]) -> str:
    """What tells a meeting from others of its body that day; of special ones there may be several, by subject."""
    subject = next((each.title for each in cuts if not is_procedural(each.title)), "") if front.kind else ""
    return " ".join(filter(None, (front.kind, front.told, ids.slug(subject))))


def _local(council: CouncilId | None, body: str | None, day: date | None, told: str, blocks: Sequence[Block]) -> str:
    """A meeting's own name: of body and day, so that the same minutes in another file are the same meeting."""
    if body and day:
        return ids.content_local("meeting", council or "", ids.slug(body), day.isoformat(), told)
    return ids.content_local("meeting", council or "", *(block.text for block in blocks))


def _item(each: Cut, at: int, *, council: CouncilId | None, local: str) -> Item:
    known = Item(ids.item_id(council, f"{local}-{at}"), each.number, each.title)
    return build_item(known, agenda=each.before, minutes=each.blocks)


def _attendance(front: Front, cuts: Sequence[Cut]) -> tuple[Attendance, ...]:
    """Everybody listed before the first item, and who sent apologies by the item of that name; each name once."""
    return with_sentences(attendance(front.roll), ((each.title, each.blocks) for each in cuts), front.rest)
