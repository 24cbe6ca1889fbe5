"""ModernGov's HTML pages: an agenda item, a meeting with all its items, a decision, an issue at all its meetings.

Read by the words of labels and by structure, with or without `#modgov`, in English and Welsh. Each reader raises
`PageError` when the answer is not its page. The lists (committees, meetings, members) are in `listings`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from lxml.etree import _Element as Element

from archive import ids
from archive.errors import PageError
from archive.model import (
    Committee,
    Council,
    CouncilId,
    Document,
    Item,
    Meeting,
    MeetingStatus,
    MinutesStatus,
)
from crawler.blocks import one_line
from crawler.documents.markup import all_text, has_class, links_in
from crawler.documents.text import plain_text, typed_block
from crawler.minutes.dates import uk_date, uk_datetime
from crawler.minutes.items import build_item
from crawler.minutes.titles import clean_title
from crawler.moderngov.agenda import read_agenda
from crawler.moderngov.labels import (
    DECISION_HEADS,
    ISSUE_HEADS,
    ITEM_HEADS,
    MEETING_HEADS,
    Section,
    meeting_status,
    minutes_status,
    section_of,
)
from crawler.moderngov.listings import (
    read_attendance,
    read_committees,
    read_meeting_list,
    read_members,
)
from crawler.moderngov.parts import Part, blocks_under, decided, documents_of, flow, parts_of
from crawler.moderngov.proof import headings, middle, moderngov_page, page_title, refused
from crawler.moderngov.urls import committee_number, item_number, kept_address, meeting_number
from crawler.numbers import typed
from crawler.source import Page

__all__ = [
    "read_attendance", "read_committees", "read_decision", "read_issue", "read_item", "read_item_text", "read_meeting",
    "read_meeting_list", "read_members",
]  # fmt: skip

_COMMITTEE_AND_DATE = re.compile(
    r"(?P<name>.{0,300}?)\W{1,5}(?:on )?(?:(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|dydd \w{3,10}),? )?"
    r"(?=[0-3]?[0-9](?:st|nd|rd|th|af|il|ydd|fed|eg|ain)?[ -/])",
    re.IGNORECASE,
)
_ISSUE_BLOCK = re.compile(r"(?:Meeting|Cyfarfod): ?(?P<date>[0-9]{2}/[0-9]{2}/[0-9]{4}) ?- ?(?P<rest>.+)\Z")
_ISSUE_ITEM = re.compile(r"\((?:(?:Item|Eitem) ?)?(?P<number>[^()]{1,20}?)\.?\)\Z", re.IGNORECASE)
_LONGEST = 2000       # characters of a heading
_MOST_HEADINGS = 50   # among which the one is looked for that names what is shown
_MEETING_LINK = re.compile(r"[0-9]{2}/[0-9]{2}/[0-9]{4} ?- ?(?P<name>.+)\Z")


def read_item(page: Page, council: Council | None = None) -> Item:
    """The agenda item of an item page (`mgAi.aspx`). The page does not say which meeting it belongs to."""
    tree = moderngov_page(page, "an agenda item")
    _require(page, tree, ITEM_HEADS, "an agenda item")
    root = middle(tree)
    head = _subtitle(root, ITEM_HEADS)
    parts = parts_of(_below(root, head))
    title = plain_text(head) if head is not None else page_title(tree).partition(" - ")[2]
    return _item(parts, title, page.url, _id(council))


def read_item_text(text: str, url: str = "", council: Council | None = None) -> Item:
    """The agenda item of the text of an item page as a browser shows it: one paragraph a line, tags lost.

    Raises `PageError` when neither the page's heading nor one of its labels is there.
    """
    raw = [line for line in text.splitlines() if one_line(line)]
    printed = list(map(one_line, raw))
    if not any(ITEM_HEADS.match(line) or section_of(line) is Section.MINUTES for line in printed[:200]):
        raise PageError(url, "the text of an agenda item's page", f"“{printed[0][:80]}”" if printed else "nothing")
    start = next((at for at, line in enumerate(printed) if ITEM_HEADS.fullmatch(line)), -1) + 1
    parts = [Part(Section.AGENDA)]
    for line in raw[start + 1:]:
        if (section := section_of(one_line(line))) is not None:
            parts.append(Part(section, one_line(line)))
        else:
            parts[-1].blocks.append(typed_block(line))
    return _item(parts, next(iter(printed[start:]), ""), url, _id(council))


def _item(parts: Sequence[Part], title: str, url: str, council: CouncilId | None) -> Item:
    linked = [each for part in parts for each in documents_of(_linking(part), url, council)]
    named = [
        Document(None, clean_title(block.text))
        for part in parts if part.section is Section.DOCUMENTS and not part.elements
        for block in part.blocks
    ]  # fmt: skip
    known = Item(
        id=ids.item_id(council, item_number(url)),
        number=None,
        title=clean_title(title),
        url=kept_address(url),
        documents=tuple(dict.fromkeys([*linked, *named])),
    )
    return build_item(
        known,
        agenda=blocks_under(parts, Section.AGENDA, Section.PURPOSE),
        decision=decided(parts),
        minutes=blocks_under(parts, Section.MINUTES),
    )


def _linking(part: Part) -> Iterator[Element]:
    """The elements of a part whose links are the item's documents: a list of them, or a link beside the title."""
    for element in part.elements:
        if part.section is Section.DOCUMENTS or (part.section is Section.AGENDA and element.tag in ("a", "p")):
            yield element


def read_meeting(page: Page, council: Council | None = None) -> Meeting:
    """The meeting of a meeting page (`ieListDocuments.aspx`) with its items, as far as the page prints their texts."""
    tree = moderngov_page(page, "a meeting")
    _require(page, tree, MEETING_HEADS, "a meeting")
    root = middle(tree)
    state = next((head for head in headings(tree) if MEETING_HEADS.match(head)), "")
    named = next((head for head in headings(root) if uk_date(head)), page_title(tree))
    if uk_date(named) is None and any(map(ITEM_HEADS.fullmatch, headings(tree))):
        raise refused(page, "a meeting", tree)
    agenda = read_agenda(root, page.url, _id(council))
    start, name = uk_datetime(named), committee_name(named)
    if start is None and not agenda.items:
        raise refused(page, "a meeting with its date", tree)
    minutes = minutes_status(state)
    return Meeting(
        id=ids.meeting_id(_id(council), meeting_number(page.url)),
        council=_id(council),
        committee=Committee(ids.committee_id(_id(council), committee_number(page.url)), name) if name else None,
        title=name,
        start=start,
        status=_status(f"{state} {named} {agenda.notice}", minutes),
        minutes=minutes,
        venue=agenda.venue,
        url=kept_address(page.url),
        items=agenda.items,
        documents=agenda.documents,
    )


def _status(said: str, minutes: MinutesStatus) -> MeetingStatus:
    off = meeting_status(said)
    if off is not None:
        return off
    return MeetingStatus.SCHEDULED if minutes is MinutesStatus.NONE else MeetingStatus.HELD


def committee_name(heading: str) -> str | None:
    """The committee of a heading such as "Council - Thursday, 26 January 2017 2.00 p.m."."""
    found = _COMMITTEE_AND_DATE.match(heading)
    name = re.sub(r"\b(?:CANCELLED|POSTPONED|PROVISIONAL|NEW|MOVED)\b\W*", "", found["name"] if found else "")
    return name.strip(" ,-–:") or None


def read_decision(page: Page, council: Council | None = None) -> Meeting:
    """The decision of a decision page (`ieDecisionDetails.aspx`): the meeting that made it, with that item alone.

    An officer's decision has no meeting: its maker stands for the committee, its date is the day of the decision.
    """
    tree = moderngov_page(page, "a decision")
    _require(page, tree, DECISION_HEADS, "a decision")
    root = middle(tree)
    head = _subtitle(root, DECISION_HEADS)
    parts = parts_of(_below(root, head))
    item = _item(parts, plain_text(head) if head is not None else "", page.url, _id(council))
    at = next((part for part in parts if part.section is Section.DECIDED_AT), None)
    link = _first_link(at)
    name = _MEETING_LINK.match(at.text) if at else None
    committee = name["name"] if name else _said(parts, Section.DECIDED_BY)
    return Meeting(
        id=ids.meeting_id(_id(council), meeting_number(link)),
        council=_id(council),
        committee=Committee(ids.committee_id(_id(council), committee_number(link)), committee) if committee else None,
        title=committee,
        start=uk_datetime(at.text if at else _said(parts, Section.DECIDED_ON) or ""),
        status=MeetingStatus.HELD,
        minutes=MinutesStatus.NONE,
        items=(item,),
    )


def _first_link(part: Part | None) -> str:
    return next((href for element in part.elements for href in _hrefs(element)), "") if part else ""


def _said(parts: Sequence[Part], section: Section) -> str | None:
    return next((part.text for part in parts if part.section is section and part.text), None)


def read_issue(page: Page, council: Council | None = None) -> tuple[Meeting, ...]:
    """What an issue page (`ieIssueDetails.aspx?Opt=3`) prints: each meeting the issue went to, with that item alone."""
    tree = moderngov_page(page, "an issue")
    _require(page, tree, ISSUE_HEADS, "an issue")
    blocks: list[_IssueBlock] = []
    for element in flow(middle(tree)):
        if found := _ISSUE_BLOCK.match(one_line(element) if isinstance(element, str) else all_text(element, _LONGEST)):
            blocks.append(_IssueBlock(found["date"], found["rest"].strip(), element, []))
        elif blocks:
            blocks[-1].below.append(element)
    return tuple(_issue_meeting(block, page.url, _id(council)) for block in blocks)


class _IssueBlock(NamedTuple):
    """One meeting of an issue: "20/07/2022", "Council (Item 1)", the element that says so and those below it."""

    date: str
    rest: str
    head: Element | str
    below: list[Element | str]


def _issue_meeting(block: _IssueBlock, url: str, council: CouncilId | None) -> Meeting:
    item_at = _ISSUE_ITEM.search(block.rest)
    name = block.rest[:item_at.start()].strip() if item_at else block.rest
    link = next(iter(_hrefs(block.head)), "")
    titled, *below = block.below or [""]
    title = one_line(titled) if isinstance(titled, str) else plain_text(titled)
    numbered = typed(title)
    item = _item(parts_of(below), numbered.rest if numbered else title, url, council)
    linked = () if isinstance(titled, str) else documents_of([titled], url, council)
    number = item_at["number"] if item_at else numbered.number if numbered else None
    return Meeting(
        id=ids.meeting_id(council, meeting_number(link)),
        council=council,
        committee=Committee(ids.committee_id(council, committee_number(link)), name),
        title=name,
        start=uk_datetime(block.date),
        items=(replace(item, number=number, documents=tuple(dict.fromkeys([*linked, *item.documents]))),),
    )


def _hrefs(element: Element | str) -> list[str]:
    return [] if isinstance(element, str) else [link.get("href") or "" for link in links_in(element)]


def _id(council: Council | None) -> CouncilId | None:
    return council.id if council else None


def _require(page: Page, tree: Element, form: re.Pattern[str], expected: str) -> None:
    """Raise `PageError` when no heading of the page, nor its title, is of `form`."""
    if not any(form.match(head) for head in (*headings(tree), page_title(tree))):
        raise refused(page, expected, tree)


def _subtitle(root: Element, kind: re.Pattern[str]) -> Element | None:
    """The heading that names the thing shown: the first one that is neither the page's kind nor a label."""
    for tag in islice(root.iterdescendants("h1", "h2", "h3"), _MOST_HEADINGS):
        text = all_text(tag, _LONGEST)
        if section_of(text) is not None or any(has_class(each, "mgWordPara") for each in tag.iterancestors()):
            return None
        if text and not kind.fullmatch(text.rstrip(" :")):
            return tag
    return None


def _below(root: Element, head: Element | None) -> Iterator[Element | str]:
    """The flow of a page without its headings."""
    return (each for each in flow(root) if each is not head and (isinstance(each, str) or each.tag != "h1"))
