"""The names of recorded votes in a meeting that was read by the web service, which has no more than the minutes say.

Their pages (moderngov.md 2.8) are asked without a link to them, so the words must give a reason: the minutes say that a
recorded vote was taken; or, where the site has ever given names to that, they state a count without names. Each of the
two is a door of its own, so that a site without such pages is asked for three of them, and then for one a week.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from archive import ids
from archive.errors import Blocked, Gone, LeftAlone, PageError, Unreachable
from archive.model import Item, Meeting
from crawler.moderngov.doors import COUNTED, VOTES
from crawler.moderngov.meeting_pages import Around
from crawler.moderngov.visit import Visit
from crawler.moderngov.votes import RecordedVote, is_named, read_votes, with_votes

_SAID: Final = re.compile(
    r"\b(?:recorded|named|nominal|roll[- ]?call) (?:vot(?:es?|ing)|ballots?|divisions?)\b|\broll[- ]?call\b|"
    r"\bvot(?:es?|ing) (?:(?:was|were|is|are|be|been|being) )?(?:duly )?recorded\b|\bvot(?:ed|es|ing) as follows\b|"
    r"\b(?:p|ph|b|mh)leid(?:lais|leisiau) (?:[cg]ofnodedig|a gofnodwyd|wedi['’][iu] ch?ofnodi)\b",
    re.IGNORECASE,
)


class VoteNaming:
    """The names of the votes of the meeting `number`, asked in one visit."""

    def __init__(self, around: Around, number: str, visit: Visit) -> None:
        self._site, self._doors, self._number, self._visit = around.site, around.doors, number, visit

    def named(self, meeting: Meeting) -> Meeting:
        """The meeting with the names that could be had. What could not is a shortfall, if the site has such pages."""
        found = list(self._found(meeting))
        return with_votes(meeting, found) if found else meeting

    def _found(self, meeting: Meeting) -> Iterator[tuple[str, RecordedVote]]:
        said = {ids.local(each.id) for each in meeting.items if each.id and _says_recorded(each)}
        counted = {ids.local(each.id) for each in meeting.items if each.id and _counts_alone(each)} - said
        for number in sorted(said):
            yield from ((number, vote) for vote in self._of(number, VOTES))
        for number in sorted(counted):
            yield from ((number, vote) for vote in self._of(number, COUNTED))

    def _of(self, item: str, door: str) -> tuple[RecordedVote, ...]:
        """The votes of an item, from what is kept or by `door`, which is judged by what is asked tonight alone."""
        url = self._site.recorded_votes(self._number, item)
        known = self._visit.known(url, read_votes)
        if known is not None:
            return known
        has_reason = door == VOTES or self._gives_names()
        return (self._doors.through(door, partial(self._asked, url)) if has_reason else None) or ()

    def _asked(self, url: str) -> tuple[RecordedVote, ...]:
        try:
            found = self._visit.part(url, read_votes, shown_whole=False)
        except LeftAlone:
            raise
        except (Blocked, Gone, PageError, Unreachable) as error:
            if self._gives_names() or not isinstance(error, Gone | PageError):   # else there are no such pages
                self._visit.fall_short("recorded votes", url, error, "votes")
            raise
        if not found:   # says nothing of the vote, but may be all that such pages ever say here
            raise PageError(url, "the names of a recorded vote", "none")
        return found

    def _gives_names(self) -> bool:
        """Whether this site has ever given the names of a vote by such a page."""
        state = self._doors.states().get(VOTES)
        return state is not None and state.worked


def _says_recorded(item: Item) -> bool:
    """Whether the minutes of an item say that a vote's names were taken, and do not name them."""
    if not any(_SAID.search(each.text) for each in item.paragraphs):
        return False
    return _counts_alone(item) or (bool(item.resolutions) and not any(map(is_named, item.resolutions)))


def _counts_alone(item: Item) -> bool:
    return any(each.vote is not None and not is_named(each) for each in item.resolutions)
