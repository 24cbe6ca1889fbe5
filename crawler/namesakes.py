"""Two files with minutes of one body at one hour: the same meeting once more, or another one.

A file's meeting is named by body, day and hour (`crawler.files`), so that a draft, a scan and the approved minutes are
one. A sub-committee may sit twice at one hour all the same; then nothing but its business tells its meetings apart.
"""

import re
from collections.abc import Callable

from archive import ids
from archive.errors import UnknownId
from archive.model import Item, Meeting, MeetingId
from crawler.files import renamed
from crawler.minutes.titles import is_procedural
from crawler.printed.reading import PREAMBLE

_MOST = 20     # meetings of one body at one hour
_ALIKE = 0.5   # of the words of the shorter minutes: other business has fewer in common, another print nearly all
_WORD = re.compile(r"[^\W\d_]{5,}")


def told_apart(meeting: Meeting, held: Callable[[MeetingId], Meeting]) -> Meeting:
    """`meeting`, read from a file, under the identifier of its own business where that of its hour is another's.

    `held` gives the meeting that is held under an identifier, and raises `UnknownId` where none is. What a site
    numbered stays as it is; so does what has no identifier.
    """
    if meeting.id is None or not ids.is_of_content(ids.local(meeting.id)):
        return meeting
    names = (meeting.id, *(MeetingId(f"{meeting.id}-{at}") for at in range(2, _MOST + 1)))
    own = next((name for name in names if not _is_of_others(name, meeting, held)), meeting.id)
    return meeting if own == meeting.id else renamed(meeting, own)


def _is_of_others(identifier: MeetingId, meeting: Meeting, held: Callable[[MeetingId], Meeting]) -> bool:
    try:
        return is_other_business(meeting, held(identifier))
    except UnknownId:
        return False


def is_other_business(one: Meeting, other: Meeting) -> bool:
    """Whether minutes wholly differ: no item of one is about what an item of the other is, in none of their words.

    Items whose numbers never meet are parts of one meeting, such as the public and the private one.
    """
    mine, theirs = _business(one), _business(other)
    if not mine or not theirs or _titles(mine) & _titles(theirs):
        return False
    numbers, others = ({item.number for item in each.items if item.number} for each in (one, other))
    if numbers and others and numbers.isdisjoint(others):
        return False
    words, others_words = _words(mine), _words(theirs)
    return len(words & others_words) < _ALIKE * min(len(words), len(others_words))


def _business(meeting: Meeting) -> list[Item]:
    return [item for item in meeting.items if item.paragraphs and not is_procedural(item.title)]


def _titles(items: list[Item]) -> set[str]:
    """What the items are about, as they say; the title that the reader gave where none is printed says nothing."""
    return {ids.slug(item.title) for item in items if item.title != PREAMBLE}


def _words(items: list[Item]) -> set[str]:
    texts = (text for item in items for text in (item.title, *(paragraph.text for paragraph in item.paragraphs)))
    return {word.casefold() for text in texts for word in _WORD.findall(text)}
