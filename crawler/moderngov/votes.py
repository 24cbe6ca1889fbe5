"""Recorded votes: who voted how, on pages of their own (moderngov.md 2.8), and the resolutions that they belong to.

A page without votes says nothing: councils keep recorded votes in the minutes as well, or there alone.
"""

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bs4 import Tag

from archive import ids
from archive.errors import PageError
from archive.model import Item, Meeting, Outcome, Resolution, Vote, VoteNames
from crawler.blocks import one_line
from crawler.documents.text import plain_text
from crawler.minutes.votes import name_list, vote_table
from crawler.moderngov.links import links
from crawler.moderngov.proof import headings, middle, moderngov_page, page_title, refused
from crawler.moderngov.urls import item_number, meeting_number, page_name
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


def votes_links(page: Page, number: str, meeting: Meeting) -> tuple[VotesLink, ...]:
    """The pages of recorded votes that a meeting's page links to: of the meeting `number`, or of one of its items."""
    items = {ids.local(each.id) for each in meeting.items if each.id}
    found = [
        VotesLink(link.url, item_number(link.url)) for link in links(page)
        if (page_name(link.url) or "").lower() in _PAGES
        and (meeting_number(link.url) == number or item_number(link.url) in items)
    ]  # fmt: skip
    return tuple(dict.fromkeys(found))


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


def _votes(root: Tag) -> Iterator[RecordedVote]:
    heads: dict[str, str] = {}
    said: list[str] = []
    for tag in root.find_all(["h2", "h3", "h4", "h5", "p", "span", "table"]):
        if tag.find_parent("table") is not None:
            continue
        if tag.name == "table":
            if vote := _vote(tag, heads, " ".join(said)):
                yield vote
        elif tag.name.startswith("h"):
            heads = {name: text for name, text in heads.items() if name < tag.name} | {tag.name: plain_text(tag)}
            said = []
        else:
            said.append(plain_text(tag))


def _vote(table: Tag, heads: dict[str, str], said: str) -> RecordedVote | None:
    rows = [row for tr in table.find_all("tr") if (row := _cells(tr))]
    conflicts = [row for row in rows if _CONFLICT.fullmatch(row[0])]
    conflict = tuple(name for row in conflicts for cell in row[1:] for name in name_list(cell))
    tally = vote_table([row for row in rows if row not in conflicts])
    vote = tally.built() if tally else None
    if vote is None or vote.names == VoteNames():
        return None
    title = heads.get("h4") or heads.get("h5")
    status = _STATUS.search(said)
    about = f"{status['what'] if status else ''} {title or ''}"
    printed = status["status"].strip() if status else None
    return RecordedVote(
        heads.get("h2"), heads.get("h3"), title, printed, vote, bool(_AMENDMENT.search(about)), conflict)


def _cells(row: Tag) -> list[str]:
    """The texts of a row's cells; one that malformed markup repeats is one."""
    texts = [_cell(cell) for cell in row.find_all(["td", "th"])]
    return [text for at, text in enumerate(texts) if at == 0 or text != texts[at - 1]]


def _cell(cell: Tag) -> str:
    named = [plain_text(link) for link in cell.find_all("a")]
    return ", ".join(filter(None, named)) if named else one_line(cell.get_text(", " if cell.find("br") else " "))


def with_votes(meeting: Meeting, votes: Sequence[tuple[str | None, RecordedVote]]) -> Meeting:
    """`meeting` with the names of recorded `votes`, each with the number of its item where that is known.

    A vote's names go to the one resolution of its item that they can belong to; where there is none, or more than one,
    or another vote may be meant, they are left out: nothing is guessed.
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


def _with_names(item: Item, votes: Sequence[RecordedVote]) -> Item:
    fitting = {at: [vote for vote in votes if _fits(vote, each)] for at, each in enumerate(item.resolutions)}
    resolutions = list(item.resolutions)
    for vote in votes:
        places = [at for at, found in fitting.items() if vote in found]
        if len(places) == 1 and fitting[places[0]] == [vote]:
            resolutions[places[0]] = _named(resolutions[places[0]], vote)
        else:
            log.info("%s: a recorded vote fits %d of its resolutions: %s", item.id, len(places), vote.title)
    return replace(item, resolutions=tuple(resolutions))


def _fits(vote: RecordedVote, resolution: Resolution) -> bool:
    printed = resolution.vote or Vote()
    counts = [
        (printed.for_, vote.vote.for_, vote.vote.names.for_),
        (printed.against, vote.vote.against, vote.vote.names.against),
        (printed.abstain, vote.vote.abstain, vote.vote.names.abstain),
    ]
    if printed.names != VoteNames() or any(said not in (None, _count(given, names)) for said, given, names in counts):
        return False
    counted = any(said is not None for said, _, _ in counts)
    became = resolution.outcome or Outcome.CARRIED
    return (counted or not vote.amendment) and vote.outcome in (None, became)


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
