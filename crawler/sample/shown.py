"""What a reader should find on one site of the sample: the council's truth, as far as that site's options show it."""

from dataclasses import replace

from archive import ids
from archive.model import Item, Meeting
from crawler.sample import truth
from crawler.sample.addresses import legacy_address
from crawler.sample.council import WrittenItem, WrittenMeeting
from crawler.sample.legacy_pages import in_columns
from crawler.sample.line import Minuted
from crawler.sample.options import Welsh
from crawler.sample.site import View


def meetings(view: View) -> tuple[Meeting, ...]:
    """All meetings that the site announces, oldest first.

    Minutes that are published as a PDF only are here with their text; so are those that a meeting page cuts short. A
    legacy meeting's items have no number of their own, no agenda and no documents; its venue is not told, and its
    attendance in its text alone.
    """
    return tuple(found for each in view.council.announced if (found := meeting(view, each.id)))


def meeting(view: View, identifier: int) -> Meeting | None:
    """The meeting of that number; `None` where the site has none."""
    written = view.meeting(identifier)
    if written is not None:
        return truth.meeting(written, view.base)
    old = view.legacy_meeting(identifier)
    return _legacy(view, old) if old else None


def welsh_meetings(view: View) -> tuple[Meeting, ...]:
    """The Welsh twins of the site's meetings, with the same numbers; none of legacy ones.

    What was resolved is in their paragraphs, not in their resolutions.
    """
    if view.options.welsh is Welsh.NONE:
        return ()
    welsh = replace(view, welsh=True)
    return tuple(_twin(welsh, written) for each in view.council.announced if (written := welsh.meeting(each.id)))


def _twin(view: View, written: WrittenMeeting) -> Meeting:
    base, ending = (view.twin, "") if view.twin else (view.base, "&LLL=1")
    found = truth.meeting(written, base)
    items = tuple(replace(each, id=ids.item_id(found.council, _local(each.id)), url=f"{each.url}{ending}")
                  for each in found.items)  # fmt: skip
    name = found.id and ids.meeting_id(found.council, _local(found.id))
    return replace(found, id=name, url=f"{found.url}{ending}", items=items)


def _local(identifier: str | None) -> str:
    return ids.local(ids.twin(identifier or ""))


def _legacy(view: View, written: WrittenMeeting) -> Meeting:
    url = view.base + legacy_address(written.planned)
    rows = replace(written, items=tuple(map(_row, written.items)))
    found = truth.meeting(rows, view.base)
    items = tuple(_bare(each, url) for each in found.items)
    return replace(found, url=url, venue=None, attendance=(), documents=(), items=items)


def _row(item: WrittenItem) -> WrittenItem:
    """The item with its lines in the order of the columns."""
    order = [line for column in in_columns(item) for line in column]
    old = item.minuted.lines
    places = {id(line): at for at, line in enumerate(order)}
    resolutions = tuple((places[id(old[at])], each) for at, each in item.minuted.resolutions)
    return replace(item, minuted=Minuted(tuple(order), resolutions))


def _bare(item: Item, url: str) -> Item:
    return replace(item, id=None, url=url, agenda=(), documents=())
