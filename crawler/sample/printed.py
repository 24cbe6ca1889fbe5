"""What the sample's PDFs say: reports of items, agendas, and printed minutes with their attendance."""

from collections.abc import Iterator

from archive.model import MinutesStatus
from crawler.sample.council import WrittenItem, WrittenMeeting
from crawler.sample.grammar import joined
from crawler.sample.procedure import clock
from crawler.sample.scene import long_date


def report_pages(written: WrittenMeeting, item: WrittenItem) -> Iterator[str]:
    """The paragraphs of a report to an item."""
    yield f"{written.planned.committee.name}, {long_date(written.planned.day)}"
    yield from item.draft.agenda
    for number, remark in enumerate(item.draft.remarks[:2], 1):
        yield f"{number}. {remark.text}"


def pack_pages(written: WrittenMeeting, rendition: int) -> Iterator[str]:
    """The paragraphs of a pack: T=1 the printed minutes, else the agenda."""
    planned = written.planned
    yield f"{planned.start:%A} {long_date(planned.day)}, {clock(planned)}"
    yield written.venue
    if rendition == 1 and written.minutes is not MinutesStatus.NONE:
        yield from _minutes(written)
        return
    for item in written.items:
        yield f"{item.number} {item.draft.title}"
        yield from item.draft.agenda


def _minutes(written: WrittenMeeting) -> Iterator[str]:
    room = written.room
    yield f"Present: {joined([each.name for each in room.present])}"
    if room.absent:
        yield f"Apologies: {joined([each.name for each in room.absent])}"
    for item in written.items:
        yield f"{item.number} {item.draft.title}"
        for line in item.minuted.lines:
            dot = "." if (line.number or "").isdigit() else ""
            yield f"{line.number}{dot} {line.text}" if line.number else line.text
