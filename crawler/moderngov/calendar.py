"""The meetings of one month by the site's calendar: the grid of the month view, or the agenda view's list of days.

Installs print the same facts in different places: a link's title says "Meeting of Cabinet, 11/02/2026 3.00 pm", or its
text says "3.00 pm Cabinet" and the cell around it "11", or the day is a heading above the list. All pure.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import Final, NamedTuple

from lxml.etree import _Element as Element

from archive import ids
from archive.errors import PageError
from archive.model import Committee, Council, start_of
from crawler.blocks import one_line
from crawler.documents.markup import all_text, ancestor, links_in
from crawler.documents.text import plain_text
from crawler.minutes.dates import uk_date, uk_datetime, uk_time
from crawler.minutes.titles import clean_title
from crawler.moderngov.gaps import breaks_off
from crawler.moderngov.listings import as_answered, note_of, whole_page
from crawler.moderngov.proof import middle, page_title
from crawler.moderngov.urls import Site, absolute, committee_number, is_meeting, meeting_number, page_name, parameters
from crawler.source import Announced, Page

_MOST_LINKS: Final = 3_000      # that are read of one month
_LONGEST: Final = 400           # characters of an entry: more is no entry
_MOST_PIECES: Final = 10        # into which markup cuts the name of a day
_DATES: Final = ["p", "h2", "h3", "h4", "h5", "h6", "th", "dt", "caption", "legend", "strong", "b"]   # may name a day
_MONTH: Final = re.compile(r"\b[^\W\d_]{3,12},? (?:19|20)[0-9]{2}\b")
_CELL_DAY: Final = re.compile(
    r"(?:[^\W\d_]{3,9},? )?([0-3]?[0-9])(?:st|nd|rd|th)?(?![0-9])(?![.:][0-9]| ?[ap]\.?m\b|/)", re.IGNORECASE
)
_OFF: Final = (
    "cancelled|canceled|postponed|provisional|rescheduled|withdrawn|abandoned|deferred|moved|new|"
    "canslwyd|gohiriwyd|dros dro|wedi'i ganslo|wedi'i gohirio"
)
_NOTE: Final = re.compile(
    rf"(?:(?:\A|[(\[]|[-–—:] ?)(?i:{_OFF.replace('|moved|new|', '|')})(?=\W|\Z)|\b(?:{_OFF.upper()})(?=\W|\Z))"
)
_OPENING: Final = re.compile(
    r"(?:link to (?:the )?|(?:agenda|details|papers) (?:for|of) (?:the )?|"
    r"(?:meeting|cyfarfod)(?: of| o'r| o)?(?: the)? )+",
    re.IGNORECASE,
)
_CLOCK: Final = r"[0-2]?[0-9](?:[.:][0-5][0-9])? ?(?:[ap]\.?m\b\.?|noon\b|midday\b|hrs?\b|o['’](?:r )?(?:clock|gloch))?"
_DAY: Final = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? |dydd \w+,? )?[0-3]?[0-9]"
    r"(?:/[01]?[0-9]/[0-9]{2,4}|(?:st|nd|rd|th|af|il|ydd|fed|eg|ain)?,? (?:of )?[^\W\d_]{3,10},? (?:19|20)[0-9]{2})"
)
_BEFORE: Final = re.compile(
    rf"(?:\W*(?:{_DAY}|{_CLOCK}(?:\W{{0,3}}(?:to|until|-|–)\W{{0,3}}{_CLOCK})?)(?:[\s,:–-]+(?=\S)|\Z)){{1,2}}",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    rf"[\s,:–-]+(?:(?:on |ar )?{_DAY}|(?:at )?[0-2]?[0-9](?:[.:][0-5][0-9]| ?[ap]\.?m\b)).*\Z", re.IGNORECASE
)
_FIGURES: Final = re.compile(r"[0-3]?[0-9]/[01]?[0-9]/[0-9]{2,4}")


class _Event(NamedTuple):
    """A meeting's link: its address, and all that is printed of it, the most telling first."""

    url: str
    title: str
    text: str
    around: str

    @property
    def texts(self) -> tuple[str, ...]:
        return self.title, self.text, self.around


def read_calendar(
    page: Page, council: Council, month: date, committees: Sequence[Committee] = (), site: Site | None = None
) -> tuple[Announced, ...]:
    """The meetings that a calendar page of `month` (a day of it) links to, each once, in printed order.

    Days of other months that the grid shows are told from the month's own. A committee is named as in `committees`
    where it is one of them. Given its `site`, links to other sites are none of its meetings. Raises `PageError` when
    the page is no calendar, that of another month, or breaks off; `Blocked`.
    """
    try:
        tree = whole_page(page, "a calendar")
    except PageError:
        if _is_empty(page):
            return ()
        raise
    _require(page, tree, month)
    root = middle(tree)
    days = _days(root, month)
    found: dict[str, Announced] = {}
    for link, url, heading in _links(root, page.url):
        if site and as_answered(site, page).own(url) is None:
            continue
        number = meeting_number(url)
        event = _event(link, url)
        start = _start(event, _cell_day(link, days), heading)
        identifier = ids.meeting_id(council.id, number)
        if number is None or identifier is None or start is None:
            continue
        committee = _committee(event, council, committees)
        if number not in found or (committee.name and not found[number].committee.name):
            found[number] = Announced(identifier, committee, start, note_of(url, _note(event)))
    return tuple(found.values())


def _require(page: Page, tree: Element, month: date) -> None:
    """Raise `PageError` when the page's headings name months, and not this one: some servers know only the present."""
    heads = [all_text(tag, _LONGEST) for tag in islice(tree.iter("h1", "h2", "h3", "caption"), 40)]
    shown = {first for head in (*heads, page_title(tree)) if len(head) < _LONGEST for first in _months(head)}
    if shown and month.replace(day=1) not in shown:
        raise PageError(page.url, f"the calendar of {month:%B %Y}", f"that of {min(shown):%B %Y}")


def _is_empty(page: Page) -> bool:
    """Whether a calendar itself, and not the error page, says that there is nothing in it."""
    return (page_name(page.url) or "").lower().startswith("mgcalendar") and (
        b"mgErrorTxt" in page.body and not breaks_off(page)
    )


def _months(text: str) -> Iterator[date]:
    for found in _MONTH.findall(text):
        if first := uk_date(f"1 {found}"):
            yield first


def _links(root: Element, url: str) -> Iterator[tuple[Element, str, date | None]]:
    """The links to meetings, and the day that the last heading above each names."""
    heading: date | None = None
    count = 0
    for tag in root.iterdescendants("a", *_DATES):
        if tag.tag != "a":
            heading = _named_day(tag) or heading
            continue
        target = absolute(url, tag.get("href") or "")
        if target is not None and is_meeting(target):
            yield tag, target, heading
            count += 1
        if count >= _MOST_LINKS:
            return


def _named_day(tag: Element) -> date | None:
    """The day that a short text names which is no meeting's own: "Wednesday, 11th February, 2026"."""
    text = "".join(map(str, islice(tag.itertext(), _MOST_PIECES)))
    return None if len(text) > 60 or next(links_in(tag), None) is not None else uk_date(one_line(text))


def _days(root: Element, month: date) -> dict[Element, date]:
    """The day of each cell of the grids under `root` that opens with a day's number.

    A grid may open with the last days of the month before, and close with the first of the month after.
    """
    found: dict[Element, date] = {}
    for table in islice(root.iterdescendants("table"), 50):
        offset, before = 0, 0
        for cell in islice(table.iterdescendants("td", "th"), 400):
            day = _CELL_DAY.match(_first_words(cell)) if ancestor(cell, "table") is table else None
            if day is None:
                continue
            number = int(day[1])
            offset += 1 if number < before else -1 if not before and number > 20 else 0
            before = number
            if placed := _placed(month, offset, number):
                found[cell] = placed
    return found


def _placed(month: date, offset: int, day: int) -> date | None:
    year, at = divmod(month.year * 12 + month.month - 1 + offset, 12)
    try:
        return date(year, at + 1, day)
    except ValueError:   # no such day: not a grid of days
        return None


def _first_words(cell: Element) -> str:
    return next((words for text in cell.itertext() if (words := str(text).strip())), "")


def _cell_day(link: Element, days: Mapping[Element, date]) -> date | None:
    return next((days[parent] for parent in link.iterancestors() if parent in days), None)


def _event(link: Element, url: str) -> _Event:
    title, text = one_line(link.get("title") or ""), plain_text(link)
    entry = ancestor(link, "li", "p", "dd")
    places = (ancestor(link, "td") if entry is None else entry, ancestor(link, "tr"))
    around = next((said for each in places if each is not None and (said := _alone(each))), "")
    return _Event(url, title, text, around)


def _alone(entry: Element) -> str:
    """The text of an entry that has one link; "" of one that has more, for it is not about one meeting."""
    if len(list(islice(links_in(entry), 2))) > 1:
        return ""
    text = plain_text(entry)
    return text if len(text) <= _LONGEST else ""


def _start(event: _Event, cell: date | None, heading: date | None) -> datetime | None:
    """When it begins, by the link itself, its cell, its entry, or the heading above; midnight without a time."""
    said = next((start for text in event.texts[:2] if (start := uk_datetime(text))), None)
    by_address = uk_date(parameters(event.url).get("df", ""))
    day = (said.date() if said else None) or cell or uk_date(event.around) or by_address or heading
    if day is None:
        return None
    if said is not None and said.time() != time(0):
        return said
    return start_of(day, next((at for text in event.texts if (at := uk_time(_FIGURES.sub(" ", text)))), None))


def _note(event: _Event) -> str | None:
    """ "Cancelled", "Provisional": what is printed before or after a meeting in its entry."""
    found = next((note for text in event.texts if (note := _NOTE.search(text))), None)
    return found[0].strip("([-–—: ").capitalize() if found else None


def _committee(event: _Event, council: Council, committees: Sequence[Committee]) -> Committee:
    identifier = ids.committee_id(council.id, committee_number(event.url))
    name = next((name for text in (event.title, event.text) if (name := _name(text))), "")
    for each in committees:
        if each.id == identifier if identifier else each.name.casefold() == name.casefold():
            return each
    return Committee(identifier, name)


def _name(text: str) -> str:
    """The committee of "PROVISIONAL Meeting of Cabinet, 11/02/2026 3.00 pm" or "3.00 pm - Cabinet"."""
    bare = _NOTE.sub(" ", text).strip(" -–—:()[]")
    for form in (_BEFORE, _OPENING):
        opening = form.match(bare)
        bare = bare[opening.end():] if opening else bare
    return clean_title(_AFTER.sub("", f" {bare}").strip(" ,-–—:"))
