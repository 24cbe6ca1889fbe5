"""ModernGov's lists as HTML: committees, the meetings of a committee, members, who attended a meeting."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from lxml.etree import _Element as Element

from archive import ids
from archive.errors import PageError
from archive.model import Attendance, Committee, Council, CouncilId, Member
from crawler.documents.markup import all_text, ancestor, links_in
from crawler.documents.text import html_blocks, plain_text
from crawler.minutes.dates import uk_datetime
from crawler.minutes.titles import clean_title
from crawler.moderngov.gaps import breaks_off
from crawler.moderngov.labels import attendance_status, is_officer
from crawler.moderngov.proof import headings, middle, moderngov_page, page_title, refused
from crawler.moderngov.urls import (
    LEGACY_PAGE,
    Site,
    absolute,
    base_of,
    committee_number,
    is_meeting,
    meeting_number,
    member_number,
    page_name,
    parameters,
)
from crawler.source import Announced, Page

_LEGACY = "(legacy page)"
_NAME_FIRST = re.compile(r"(?P<surname>[^,]+), (?P<rest>[^,]+)\Z")
_PARTIES = re.compile(
    r"\b(?:conservative|labour|liberal|democrat|green|independent|plaid|reform|ukip|snp|national party|residents|"
    r"non[- ]?aligned|ungrouped|unaffiliated|co-?operative|alliance|unionist|sinn|sdlp|ceidwadwyr|llafur|annibynnol)",
    re.IGNORECASE,
)


def read_committees(page: Page, council: Council | None = None) -> tuple[Committee, ...]:
    """The committees of `mgListCommittees.aspx` (or `ieDocHome.aspx`), each once, in printed order."""
    found: dict[str, Committee] = {}
    for url, link in _links(page, "a list of committees"):
        number, name = committee_number(url), clean_title(plain_text(link))
        listed = page_name(url) in ("mgCommitteeDetails.aspx", "ieListMeetings.aspx")
        if number and listed and name and not name.lower().startswith(("browse", "link", "view", "earlier", "later")):
            found.setdefault(number, Committee(ids.committee_id(_id(council), number), name))
    return tuple(found.values())


def whole_page(page: Page, expected: str) -> Element:
    """The tree of a list's page. Raises as `moderngov_page`, and `PageError` where it breaks off: it may lack some."""
    tree = moderngov_page(page, expected)
    if breaks_off(page):
        raise PageError(page.url, f"{expected}, whole", "one that breaks off")
    return tree


def as_answered(site: Site, page: Page) -> Site:
    """`site` with the host that answered as one of its own."""
    return replace(site, aliases=(*site.aliases, base_of(page.url)))


def read_meeting_list(
    page: Page, council: Council, committee: Committee, site: Site | None = None
) -> tuple[Announced, ...]:
    """The meetings of `ieListMeetings.aspx`; entries that are not dates ("Constitution") are no meetings.

    A meeting that has only a legacy page (`CeListDocuments.aspx`) says so in its note (`is_legacy`): the note is what
    is kept of a list. Today's and the legacy meetings of a site are numbered as one.

    Given its `site`, what other sites have under the same numbers is none of its meetings; a list of such links alone
    raises `PageError`, for then the site has a name that is not known here.
    """
    found: dict[str, Announced] = {}
    here = as_answered(site, page) if site else None
    elsewhere: str | None = None
    for url, link in _links(page, "a list of meetings"):
        if here and is_meeting(url) and here.own(url) is None:
            elsewhere = elsewhere or base_of(url)
            continue
        number, start = meeting_number(url), _start(url, plain_text(link))
        identifier = ids.meeting_id(council.id, number)
        if is_meeting(url) and identifier and start and number:
            announced = Announced(identifier, committee, start, note_of(url, _note(link)))
            if number not in found or (is_legacy(found[number]) and not is_legacy(announced)):
                found[number] = announced
    if elsewhere and not found:
        raise PageError(page.url, "meetings of this site", f"links to {elsewhere} alone; is that one of its aliases?")
    return tuple(found.values())


def _start(url: str, printed: str) -> datetime | None:
    """When a meeting began by its link: by its text, else, of a legacy one, by its address."""
    by_address = parameters(url).get("df", "") if page_name(url) == LEGACY_PAGE else ""
    return uk_datetime(printed) or uk_datetime(by_address)


def note_of(url: str, printed: str | None) -> str | None:
    """What is noted of a meeting: what a list prints of it, and whether its address is that of a legacy page."""
    return " ".join(filter(None, (printed, _LEGACY))) if page_name(url) == LEGACY_PAGE else printed


def is_legacy(announced: Announced) -> bool:
    """Whether a list announces a meeting by its legacy page: `Site.legacy` is where to ask for it first."""
    return (announced.note or "").endswith(_LEGACY)


def earlier_links(page: Page) -> tuple[str, ...]:
    """The addresses of more of the same list: earlier and later meetings, other years."""
    links = (url for url, _ in _links(page, "a list of meetings") if page_name(url) == "ieListMeetings.aspx")
    return tuple(dict.fromkeys(links))


def _note(link: Element) -> str | None:
    """What a list prints beside a date: "Cancelled", "Agenda", "Minutes"."""
    entry = ancestor(link, "li", "tr", "p")
    after = plain_text(entry).partition(plain_text(link))[2] if entry is not None else ""
    inside = re.search(r"\b(?:cancelled|postponed|provisional|moved|new|canslwyd)\b.*", plain_text(link), re.IGNORECASE)
    return " ".join(filter(None, (inside[0] if inside else "", after.strip(" -–")))) or None


def read_members(page: Page, council: Council | None = None) -> tuple[Member, ...]:
    """The members of `mgMemberIndex.aspx`, as table or list; party and ward where a column or a line says them."""
    tree = whole_page(page, "a list of members")
    found: dict[str, Member] = {}
    for link in links_in(middle(tree)):
        url = _target(link, page)
        number, name = member_number(url), clean_title(plain_text(link))
        identifier = ids.member_id(_id(council), number)
        if number and identifier and page_name(url) == "mgUserInfo.aspx" and _is_name(name):
            party, ward = _party_and_ward(link)
            found.setdefault(number, Member(identifier, _forename_first(name), party, ward, url))
    return tuple(found.values())


def _is_name(text: str) -> bool:
    return bool(text) and len(text) < 80 and " " in text and not text.lower().startswith(("link", "photo", "view"))


def _forename_first(name: str) -> str:
    """ "Smith, Councillor Jane" as "Councillor Jane Smith"."""
    found = _NAME_FIRST.match(name)
    return f"{found['rest']} {found['surname']}" if found else name


def _party_and_ward(link: Element) -> tuple[str | None, str | None]:
    row = ancestor(link, "tr")
    table = ancestor(row, "table") if row is not None else None
    if row is not None and table is not None:
        return _by_columns(table, row)
    entry = ancestor(link, "li")
    lines = [block.text for block in html_blocks(entry)] if entry is not None else []
    others = [line for line in lines if line != plain_text(link)]
    party = next((line for line in others if _PARTIES.search(line) and len(line) < 60), None)
    ward = next((line for line in others if line != party and len(line) < 60), None)
    return party, ward


def _by_columns(table: Element, row: Element) -> tuple[str | None, str | None]:
    head = next(table.iterdescendants("tr"), row)
    heads = (all_text(cell).lower() for cell in head.iterdescendants("th", "td"))
    said = dict(zip(heads, map(all_text, row.iterchildren("td", "th")), strict=False))
    party = next((text for name, text in said.items() if "party" in name or "plaid" in name), None)
    ward = next((text for name, text in said.items() if re.search(r"ward|division|electoral|adran", name)), None)
    return party or None, ward or None


def read_attendance(page: Page, council: Council | None = None) -> tuple[Attendance, ...]:
    """Who attended, by `mgMeetingAttendance.aspx`: name, role and attendance in columns."""
    tree = whole_page(page, "a meeting's attendance")
    table = _attendance_table(middle(tree))
    if table is None:
        if not any("ttendance" in head or "resenoldeb" in head for head in (*headings(tree), page_title(tree))):
            raise refused(page, "a meeting's attendance", tree)
        return ()
    return tuple(_attendances(table, page.url, _id(council)))


def _attendance_table(root: Element) -> Element | None:
    for table in root.iterdescendants("table"):
        heads = " ".join(all_text(cell).lower() for cell in table.iterdescendants("th"))
        if "attendance" in f"{table.get('summary') or ''} {heads}".lower() or "presenoldeb" in heads:
            return table
    return None


def _attendances(table: Element, url: str, council: CouncilId | None) -> Iterator[Attendance]:
    for row in table.iterdescendants("tr"):
        cells = list(row.iterchildren("td"))
        texts = [plain_text(cell) for cell in cells]
        if len(texts) < 2 or not texts[0]:
            continue
        link = next(links_in(cells[0]), None)
        number = member_number(absolute(url, link.get("href") or "") or "") if link is not None else None
        role = (texts[1] or None) if len(texts) > 2 else None
        member = None if is_officer(role) else ids.member_id(council, number)
        yield Attendance(texts[0], role, attendance_status(texts[-1]), member)


def _links(page: Page, expected: str) -> Iterator[tuple[str, Element]]:
    """Every link in the middle of `page`, which must be ModernGov's."""
    tree = whole_page(page, expected)
    for link in links_in(middle(tree)):
        yield _target(link, page), link


def _target(link: Element, page: Page) -> str:
    target = link.get("href") or ""
    return absolute(page.url, target) or target


def _id(council: Council | None) -> CouncilId | None:
    return council.id if council else None
