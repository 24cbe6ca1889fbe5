"""Words that lost the space between them in the source: "RESOLVEDthat", "theCouncil", "PlanningCommittee".

Capitals alone tell, and they mislead in names (McDonald, GovTech). What begins with a small word, or is capitals before
one of the commonest words, is surely two; of the rest the halves are only guessed.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

_UPPER = "A-ZÀ-ÖØ-ÞŴŶ"
_LOWER = "a-zß-öø-ÿŵŷ"
_COMMON = "that|the|to|and|of|by|in|for|on|with|as|at|be|it|was|were|is|a"
_MIXED = re.compile(rf"[{_LOWER}][{_UPPER}]|[{_UPPER}]{{2}}[{_LOWER}]")
_SURELY = re.compile(rf"(?:[{_LOWER}]{{3,}}(?=[{_UPPER}][{_LOWER}])|[{_UPPER}]{{3,}}(?=(?:{_COMMON})(?![{_LOWER}])))")
_CAPITAL = re.compile(rf"(?<=[{_LOWER}])(?=[{_UPPER}][{_LOWER}])")
_HALVES = re.compile(rf"(?<=[{_LOWER}]{{2}})(?=[{_UPPER}]{{2}}|[{_UPPER}][{_LOWER}])"
                     rf"|(?<=[{_UPPER}]{{2}})(?=[{_LOWER}]{{2}}|[{_UPPER}][{_LOWER}]{{2}})")
_NAMES = re.compile(r"(?:Mc|Mac|Fitz|De|Di|Du|La|Le|Van|O['\u2019]?)[A-Z]")


def words(text: str) -> Iterator[tuple[int, int]]:
    """Where the words stand that `text`, one run of letters, surely is: one, or several that were glued together."""
    first = _SURELY.match(text) if _MIXED.search(text) else None
    if not first:
        yield 0, len(text)
        return
    cuts = [0, first.end(), *(each.start() for each in _CAPITAL.finditer(text, first.end() + 1)), len(text)]
    yield from pairwise(cuts)


def halves(text: str) -> tuple[str, ...]:
    """The words of which `text`, one run of letters, may be glued together; none when it is a word or a name."""
    if not _MIXED.search(text) or _NAMES.match(text):
        return ()
    found = (half for cut in _HALVES.finditer(text) for half in (text[:cut.start()], text[cut.start():]))
    return tuple(dict.fromkeys(half for half in found if len(half) > 1))
