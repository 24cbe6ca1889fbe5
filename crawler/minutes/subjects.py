"""Of whom a verb is said: the names that stand before it, or after it, as one subject."""

import re
from collections.abc import Sequence

from crawler.minutes.names import Printed, found_names

_ADVERBS = (
    r"(?:(?:each|both|all|also|then|further|again|subsequently|therefore|had|has|have|having|who|previously|earlier|"
    r"formally|here|now|thereupon|accordingly|briefly|temporarily|duly|later|immediately|would|he|she|they|and|"
    r"consequently),? )*"
)
_BRACKETS = r"(?: ?\([^()]{0,150}\))*"
_BETWEEN = re.compile(rf"{_BRACKETS}(?:,[^.;]{{0,150}},)?,? ?{_ADVERBS}")
_HAVING = re.compile(rf"{_BRACKETS},? [^.;]{{0,150}}\b(?:having|who)(?: had| has)?(?: previously| earlier| also)? ")
_CHAINED = re.compile(rf"{_BRACKETS},? [^.;]{{0,250}}?(?:,| and|,? then|,? but) {_ADVERBS}")
_LISTED = re.compile(rf"{_BRACKETS}(?:, ?| and |, and | & | a | ac | a['’]r |; ?)(?:(?:the|y) )?")
_FORWARD = re.compile(r"(?: (?:the |yr? )?[^,.;:()]{0,60},?)? ?(?:yr? )?\(?")
_PRONOUN = re.compile(
    rf"(?:\A|[.;,(] ?|\band )(?:(?:He|She|They|he|she|they|Both|The Councillors?|The Members?) ){_ADVERBS}\Z")
_FAR = 420    # characters


class Subjects:
    """The names of one text."""

    def __init__(self, text: str) -> None:
        self.text, self.named = text, found_names(text)
        self._last: tuple[Printed, ...] = ()

    def before(self, verb: int, *, chained: bool = False, having: bool = False) -> tuple[Printed, ...]:
        """Whoever stands right before a verb, with brackets, an aside and adverbs between; a pronoun is who was the
        subject last. Also, when `chained`, who did something else before it in the sentence ("declared ... and left"),
        or, when `having`, whose it is as an aside ("left, having declared").
        """
        at = max((at for at, each in enumerate(self.named) if each.end <= verb), default=None)
        found: tuple[Printed, ...] = ()
        if _PRONOUN.search(self.text, max(0, verb - 40), verb):
            return self._last
        if at is not None and verb - self.named[at].end < _FAR:
            end = self.named[at].end
            if _BETWEEN.fullmatch(self.text, end, verb) or (having and _HAVING.fullmatch(self.text, end, verb)):
                found = self._with_others(at)
            elif chained and _CHAINED.fullmatch(self.text, end, verb) and self._is_last(end, verb):
                found = self._last or self._with_others(at)
        self._last = found or self._last
        return found

    def _is_last(self, end: int, verb: int) -> bool:
        """Whether no new sentence begins between, which would have a subject of its own."""
        return not re.search(r"[a-z0-9)][.!?] [A-Z]", self.text[end:verb])

    def _with_others(self, at: int) -> tuple[Printed, ...]:
        """The name with those before it in one list."""
        first = at
        while first > 0 and _LISTED.fullmatch(self.text, self.named[first - 1].end, self.named[first].start):
            first -= 1
        return self.named[first:at + 1]

    def after(self, verb: int) -> tuple[Printed, ...]:
        """Whoever stands right after a verb ("declared by the Leader, Councillor A, and Councillor B")."""
        at = next((at for at, each in enumerate(self.named) if each.start >= verb), None)
        if at is None or not _FORWARD.fullmatch(self.text, verb, self.named[at].start):
            return ()
        last = at
        while last + 1 < len(self.named) and _LISTED.fullmatch(
            self.text, self.named[last].end, self.named[last + 1].start
        ):
            last += 1
        self._last = self.named[at:last + 1]
        return self._last


def names_of(printed: Sequence[Printed]) -> tuple[str, ...]:
    """The names alone."""
    return tuple(each.name for each in printed)
