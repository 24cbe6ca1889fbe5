"""Which earlier minutes an item approves: until a later meeting does so, minutes are the clerk's word alone."""

import re
from collections.abc import Iterable, Iterator

from archive.model import PREVIOUS, Action, Item
from crawler.minutes.dates import uk_dates

_MINUTES = re.compile(r"\b(?:minutes?|record|cofnodion)\b", re.IGNORECASE)
_APPROVED = re.compile(
    r"\b(?:approved?|confirmed?|agreed?|signed?|adopt(?:ed)?|accept(?:ed)?|ratif(?:y|ied)"
    r"|(?:correct|true|accurate) record|cadarnh\w+|cymeradwy\w+|cofnod cywir)\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\bnot (?:be |been )?(?:yet )?(?:approved|confirmed|agreed|signed|available)\b|\bdefer(?:red)?\b|\bnext meeting\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[a-z0-9)][.;]) (?=[A-Z])")
_OTHER = (Action.NOTED, Action.DEFERRED, Action.REFUSED, Action.REFERRED)
_BARE = 40   # characters: "Agreed.", under the title of the minutes
_MOST = 20   # paragraphs of such an item that are looked at


def approves(item: Item) -> tuple[str, ...]:
    """The days, in ISO form, of the meetings whose minutes `item` approves; `PREVIOUS` where it names no day.

    Empty where it approves none. Only an item about minutes can: a report may well name some.
    """
    if not _MINUTES.search(item.title):
        return ()
    said = [text for text in _sentences(item) if _is_approval(text)]
    if not said:
        return ()
    about = (" ".join(said), item.title, " ".join(item.agenda))
    days = next((days for text in about if (days := uk_dates(text))), ())
    return tuple(day.isoformat() for day in days) or (PREVIOUS,)


def _sentences(item: Item) -> Iterator[str]:
    """What decides, if anything does, sentence by sentence: a resolution, else the paragraphs."""
    decided = [each.text for each in item.resolutions if each.action not in _OTHER]
    texts: Iterable[str] = decided or ([] if item.resolutions else (each.text for each in item.paragraphs[:_MOST]))
    return (sentence for text in texts for sentence in _SENTENCE.split(text))


def _is_approval(sentence: str) -> bool:
    about = _MINUTES.search(sentence) or len(sentence) < _BARE
    return bool(about and _APPROVED.search(sentence) and not _NOT_YET.search(sentence))
