"""Titles that a council's own habit shows to be routine: no seed list knows the words of councils never seen.

An item is routine where its committees have it at most of their meetings and never have much to say or to decide on
it: "Webcasting notice", "Members' question time". Planning applications come as often, but decide.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median_low
from typing import Final

from archive.model import Item

_NOT_WORDS = re.compile(r"['’]|[\W\d_]+")
_DATED = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?\b|\b(?:19|20)\d\d\b|\b(?:january|february|march|april|may|june|july|august|september|"
    r"october|november|december)\b",
    re.IGNORECASE,
)
ENOUGH: Final = 6           # meetings of a committee: fewer show no habit
_MOSTLY: Final = 0.6        # of a committee's meetings
_LITTLE: Final = 40         # words of its minutes, at half of the meetings or more
_AT_MOST: Final = 120       # and at each


@dataclass(frozen=True, slots=True)
class Seen:
    """An item that a committee had at a meeting: the `words` of its minutes, and whether it `decided` a matter."""

    committee: str
    meeting: str
    title: str
    words: int
    decided: bool


def seen(committee: str, meeting: str, item: Item) -> Seen:
    """What counts of an item. A decision in clauses, moved or voted on is one of substance; "noted" is not."""
    decided = any(each.clauses or each.mover or each.vote for each in item.resolutions)
    words = sum(paragraph.text.count(" ") + 1 for paragraph in item.paragraphs)
    return Seen(committee, meeting, item.title, words, decided)


def plain(title: str) -> str:
    """A title as it comes back: small letters, without marks, numbers and dates."""
    return _NOT_WORDS.sub(lambda mark: "" if mark[0] in "'’" else " ", _DATED.sub(" ", title.casefold())).strip()


def learnt(items: Iterable[Seen]) -> frozenset[str]:
    """The plain titles that are routine: at most meetings of some committee, and of substance at none."""
    meetings = defaultdict[str, set[str]](set)
    under = defaultdict[str, list[Seen]](list)
    for item in items:
        meetings[item.committee].add(item.meeting)
        under[plain(item.title)].append(item)
    return frozenset(title for title, found in under.items() if title and _is_routine(found, meetings))


def _is_routine(found: list[Seen], meetings: Mapping[str, set[str]]) -> bool:
    if any(each.decided or each.words > _AT_MOST for each in found):
        return False
    if median_low(each.words for each in found) > _LITTLE:
        return False
    times = defaultdict[str, set[str]](set)
    for each in found:
        times[each.committee].add(each.meeting)
    return any(
        len(meetings[committee]) >= ENOUGH and len(had) >= _MOSTLY * len(meetings[committee])
        for committee, had in times.items()
    )
