"""What the sample's PDFs say: reports of items, agendas, and printed minutes with their attendance."""

from collections.abc import Callable, Iterator

from archive.model import MinutesStatus
from crawler.sample.council import WrittenItem, WrittenMeeting
from crawler.sample.grammar import joined
from crawler.sample.pdf import text_pdf
from crawler.sample.procedure import clock
from crawler.sample.scene import long_date
from crawler.sample.site import View
from crawler.sample.truth import attachment

_REVISED = (
    "This report takes the place of the one that was published before. The figures have been brought up to date.",
    *(f"Revised table {number}: the amounts are as in the report to Cabinet." for number in range(1, 40)),
)


def report(written: WrittenMeeting, item: WrittenItem, at: int) -> bytes:
    """The PDF of the item's document at position `at`."""
    return text_pdf(item.draft.documents[at], _report_pages(written, item, at))


def pack(written: WrittenMeeting, rendition: int, title: str) -> bytes:
    """The PDF of a pack of the meeting: T=1 the printed minutes, else the agenda."""
    return text_pdf(f"{title}: {written.planned.committee.name}", _pack_pages(written, rendition))


def report_size(view: View, item: WrittenItem, at: int) -> int:
    """The size in KB that the site prints beside the item's document at position `at`."""
    found = view.english.item(item.id)
    return _size(view, f"s{attachment(item, at)}", lambda: report(*found, at) if found else b"")


def pack_size(view: View, meeting: int, rendition: int, title: str) -> int:
    """The size in KB that the site prints beside a pack of the meeting."""
    written = view.english.meeting(meeting)
    return _size(view, f"g{meeting}-{rendition}", lambda: pack(written, rendition, title) if written else b"")


def _size(view: View, document: str, made: Callable[[], bytes]) -> int:
    sizes, name = view.council.sizes, (view.options.votes_apart, document)
    if name not in sizes:
        sizes[name] = -(-len(made()) // 1024)
    return sizes[name]


def _report_pages(written: WrittenMeeting, item: WrittenItem, at: int) -> Iterator[str]:
    yield f"{written.planned.committee.name}, {long_date(written.planned.day)}"
    yield from item.draft.agenda
    for number, remark in enumerate(item.draft.remarks[:2], 1):
        yield f"{number}. {remark.text}"
    if at == 0 and (item.replaced or item.rewritten):
        yield from _REVISED


def _pack_pages(written: WrittenMeeting, rendition: int) -> Iterator[str]:
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
