"""Recorded votes: who voted how, on pages of their own (moderngov.md 2.8), and the resolutions that they belong to.

A page without votes says nothing: councils keep recorded votes in the minutes as well, or there alone.
"""

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from lxml.etree import _Element as Element

from archive import ids
from archive.errors import PageError
from archive.model import Item, Meeting, Outcome, Resolution, Vote, VoteNames
from crawler.blocks import one_line
from crawler.documents.markup import all_text, ancestor
from crawler.documents.text import plain_text
from crawler.minutes.counting import Side
from crawler.minutes.votes import Tally, is_nobody, side_line, vote_table
from crawler.moderngov.links import links
from crawler.moderngov.proof import headings, middle, moderngov_page, page_title, refused
from crawler.moderngov.urls import Site, item_number, meeting_number, page_name
from crawler.source import Page

log = logging.getLogger("minutebook.crawl")

_PAGES = frozenset(("mglistrecordedvotes.aspx", "mglistrecordedvotesshort.aspx"))
_HEADS = re.compile(r"\W*(?:recorded votes?|vot(?:es|ing)\b|pleidlais|pleidleisiau)", re.IGNORECASE)
_STATUS = re.compile(r"(?P<what>[\w ]{0,40}?)\b(?:status|statws)\W{0,3}(?P<status>[\w ]{1,40})", re.IGNORECASE)
_LOST = re.compile(r"\b(?:reject\w*|lost|not carried|fell|defeated|gwrthod\w*)\b", re.IGNORECASE)
_CARRIED = re.compile(r"\b(?:carried|agreed|approved|passed|won|derbyn\w*)\b", re.IGNORECASE)
_CONFLICT = re.compile(r"(?:conflicts? of interests?|declared (?:an )?interests?|gwrthdaro)\W*", re.IGNORECASE)
_AMENDMENT = re.compile(r"\bamendment|\bgwelliant", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_COMMAS = re.compile(r",| and | a(?:c)? ")


@dataclass(frozen=True, slots=True)
class RecordedVote:
    """One vote as its page records it. `meeting` and `item` are the headings that it stands under.

    `status` is as printed ("Carried"), `amendment` says whether the vote was on one, `conflict` names those who did not
    vote for a conflict of interests.
    """

    meeting: str | None
    item: str | None
    title: str | None
    status: str | None
    vote: Vote
    amendment: bool = False
    conflict: tuple[str, ...] = ()

    @property
    def outcome(self) -> Outcome | None:
        """What became of it, by the status."""
        said = self.status or ""
        return Outcome.LOST if _LOST.search(said) else Outcome.CARRIED if _CARRIED.search(said) else None


class VotesLink(NamedTuple):
    """Where a meeting's recorded votes are: those of one item, or (`item` is `None`) of all of them."""

    url: str
    item: str | None


def votes_links(page: Page, site: Site, number: str, meeting: Meeting) -> tuple[VotesLink, ...]:
    """The pages of recorded votes that a meeting's page links to: of the meeting `number`, or of one of its items.

    Those of items whose minutes name all who voted are left out.
    """
    lacking = {ids.local(each.id) for each in meeting.items if each.id and _can_take_names(each)}
    found = dict[str, VotesLink]()
    for link in links(page):
        item, url = item_number(link.url), site.own(link.url)
        of_it = item in lacking if item else bool(lacking) and meeting_number(link.url) == number
        if of_it and url and (page_name(url) or "").lower() in _PAGES:
            found.setdefault(url.lower(), VotesLink(url, item))
    return tuple(found.values())


def read_votes(page: Page) -> tuple[RecordedVote, ...]:
    """The votes that a page of recorded votes has names of. Raises `PageError` or `Blocked` when it is none."""
    try:
        tree = moderngov_page(page, "recorded votes")
    except PageError:
        if (page_name(page.url) or "").lower() in _PAGES and b"mgErrorTxt" in page.body:   # it says "none found"
            return ()
        raise
    if not any(_HEADS.match(head) for head in (*headings(tree), page_title(tree))):
        raise refused(page, "recorded votes", tree)
    return tuple(_votes(middle(tree)))


def _votes(root: Element) -> Iterator[RecordedVote]:
    heads: dict[str, str] = {}
    said: list[str] = []
    for tag in root.iterdescendants("h2", "h3", "h4", "h5", "p", "span", "table"):
        name = str(tag.tag)
        if ancestor(tag, "table") is not None:
            continue
        if name == "table":
            if vote := _vote(tag, heads, " ".join(said)):
                yield vote
        elif name.startswith("h"):
            heads = {above: text for above, text in heads.items() if above < name} | {name: plain_text(tag)}
            said = []
        else:
            said.append(plain_text(tag))


def _vote(table: Element, heads: dict[str, str], said: str) -> RecordedVote | None:
    rows = [row for tr in table.iterdescendants("tr") if (row := _cells(tr))]
    conflict = [name for row in rows if _CONFLICT.fullmatch(row[0]) for name in _names(row[1:])]
    vote = _tally([row for row in rows if not _CONFLICT.fullmatch(row[0])])
    if vote is None or vote.names == VoteNames():
        return None
    title = heads.get("h4") or heads.get("h5")
    status = _STATUS.search(said)
    about = f"{status['what'] if status else ''} {title or ''}"
    printed = status["status"].strip() if status else None
    amendment = bool(_AMENDMENT.search(about))
    return RecordedVote(heads.get("h2"), heads.get("h3"), title, printed, vote, amendment, tuple(conflict))


def _tally(rows: Sequence[Sequence[str]]) -> Vote | None:
    """The vote of a table with a row for each side, or one for each member, or a column for each side."""
    tally = Tally()
    if rows and len({_side(cell) for cell in rows[0]} - {None}) > 1:
        tally = vote_table(rows) or tally
        return tally.built()
    for row in rows:
        side, own = _side(row[0]), _side(row[-1])
        if side is not None and len(row) > 1:
            count = next((int(cell.strip("() ")) for cell in row[1:] if cell.strip("() ").isdecimal()), None)
            tally.add(side, count, _names(row[1:]))
        elif own is not None and len(row) > 1:
            tally.add(own, None, (row[0],))
    return tally.built()


def _side(cell: str) -> Side | None:
    """The side that a cell names, and nothing else."""
    line = side_line(cell)
    return line.side if line and line.count is None and not line.rest else None


def _names(cells: Sequence[str]) -> list[str]:
    listed = (cell for cell in cells if not cell.strip("() ").isdecimal() and not is_nobody(cell))
    parted = (cell.split(";") if ";" in cell else _COMMAS.split(cell) for cell in listed)
    return [name for names in parted for each in names if (name := each.strip())]


def _cells(row: Element) -> list[str]:
    """The texts of a row's cells; one that malformed markup repeats is one."""
    texts = [_cell(cell) for cell in row.iterdescendants("td", "th")]
    return [text for at, text in enumerate(texts) if at == 0 or text != texts[at - 1]]


def _cell(cell: Element) -> str:
    named = [plain_text(link) for link in cell.iterdescendants("a")]
    if named:
        return "; ".join(filter(None, named))
    parted = next(cell.iterdescendants("br"), None) is not None
    return one_line("; ".join(map(str, cell.itertext()))) if parted else all_text(cell)


def with_votes(meeting: Meeting, votes: Sequence[tuple[str | None, RecordedVote]]) -> Meeting:
    """`meeting` with the names of recorded `votes`, each with the number of its item where that is known.

    A vote's names go to the one resolution of its item that they can belong to: by the counts that the minutes print,
    or because it is the only one. Where there is none, or more than one, or another vote may be meant as well, they are
    left out: nothing is guessed.
    """
    items = []
    for item in meeting.items:
        own = [vote for number, vote in votes if _is_of(item, number, vote)]
        items.append(_with_names(item, own) if own else item)
    return replace(meeting, items=tuple(items))


def _is_of(item: Item, number: str | None, vote: RecordedVote) -> bool:
    if number is not None:
        return item.id is not None and ids.local(item.id) == number
    return vote.item is not None and _words(vote.item)[-len(_words(item.title)):] == _words(item.title) != []


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _can_take_names(item: Item) -> bool:
    return any(not is_named(each) for each in item.resolutions)


def is_named(resolution: Resolution) -> bool:
    """Whether the minutes name who voted."""
    return resolution.vote is not None and resolution.vote.names != VoteNames()


def _with_names(item: Item, votes: Sequence[RecordedVote]) -> Item:
    fitting = {at: [vote for vote in votes if _fits(vote, each, item)] for at, each in enumerate(item.resolutions)}
    resolutions = list(item.resolutions)
    for vote in votes:
        places = [at for at, found in fitting.items() if vote in found]
        if len(places) == 1 and fitting[places[0]] == [vote] and not is_named(resolutions[places[0]]):
            resolutions[places[0]] = _named(resolutions[places[0]], vote)
        elif not any(is_named(resolutions[at]) for at in places):
            log.info("%s: a recorded vote fits %d of its resolutions: %s", item.id, len(places), vote.title)
    return replace(item, resolutions=tuple(resolutions))


def _fits(vote: RecordedVote, resolution: Resolution, item: Item) -> bool:
    printed, given = resolution.vote or Vote(), vote.vote
    counts = (
        (_printed(printed.for_, printed.names.for_), _count(given.for_, given.names.for_)),
        (_printed(printed.against, printed.names.against), _count(given.against, given.names.against)),
        (_printed(printed.abstain, printed.names.abstain), _count(given.abstain, given.names.abstain)),
    )
    if any(said not in (None, counted) for said, counted in counts):
        return False
    stated = any(said is not None for said, _ in counts)
    became = resolution.outcome or Outcome.CARRIED
    alone = len(item.resolutions) == 1 and not vote.amendment
    return (stated or alone) and vote.outcome in (None, became)


def _printed(count: int | None, names: Sequence[str]) -> int | None:
    return len(names) or None if count is None else count


def _count(given: int | None, names: Sequence[str]) -> int:
    return len(names) if given is None else given


def _named(resolution: Resolution, vote: RecordedVote) -> Resolution:
    printed, given = resolution.vote or Vote(), vote.vote
    whole = Vote(
        _count(given.for_, given.names.for_) if printed.for_ is None else printed.for_,
        _count(given.against, given.names.against) if printed.against is None else printed.against,
        printed.abstain if printed.abstain is not None or not given.names.abstain
        else _count(given.abstain, given.names.abstain),
        given.names,
    )
    return replace(resolution, vote=whole, unanimous=False if whole.against else resolution.unanimous)
