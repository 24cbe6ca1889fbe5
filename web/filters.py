"""How the pages print dates, numbers, addresses and marked text. Pure; every one is a filter of the templates."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from archive.ids import parse
from archive.model import LONDON


class Piece(NamedTuple):
    """A part of a text, marked or not. The template escapes it and sets the mark around it.

    What is `exact` stands as it was typed; what is marked else is another form of it, or other words for it.
    """

    text: str
    marked: bool
    exact: bool = False


def day(value: date | None) -> str:
    """The day as people write it: "2 March 2021"; "date not known" for `None`."""
    return f"{value.day} {value:%B %Y}" if value else "date not known"


def when(start: datetime | None) -> str:
    """Day and time of a meeting: "Tuesday 2 March 2021, 10.30am". Midnight stands for "no time printed"."""
    if start is None:
        return "Date not known"
    printed = f"{start:%A} {day(start)}"
    return printed if start.time() == time(0) else f"{printed}, {clock(start.time())}"


def moment(iso: str) -> str:
    """An instant in ISO form as the clock in London showed it: "3 November 2026, 2.10am"."""
    at = datetime.fromisoformat(iso).astimezone(LONDON)
    return f"{day(at)}, {clock(at.time())}"


def clock(at: time) -> str:
    """The time of day as people write it: "10.30am", "7pm", "12 noon"."""
    if at == time(12):
        return "12 noon"
    minutes = f".{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


def amount(value: int) -> str:
    """A number with thousands apart: "12,480"."""
    return f"{value:,}"


def noun(value: int, one: str) -> str:
    """The noun for so many: "meeting", "meetings"."""
    return one if value == 1 else f"{one}s"


def counted(value: int, one: str) -> str:
    """A number with its noun: "1 meeting", "2,000 meetings"."""
    return f"{amount(value)} {noun(value, one)}"


def quoted(words: Iterable[str]) -> str:
    """Words in quotation marks with commas between them."""
    return ", ".join(f"“{word}”" for word in words)


def web_address(url: str | None) -> str | None:
    """`url` when it may stand in a link: what was crawled can hold a `javascript:` address."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def page_of(identifier: str, anchor: str | None = None) -> str:
    """The path of the page of an identifier, of one paragraph on it with `anchor`."""
    return f"/{identifier}" + (f"#{quote(anchor, safe='/().,')}" if anchor else "")


def council_of(identifier: str) -> str:
    """The council's part of an identifier."""
    return parse(identifier).council


def pieces(text: str, marks: Iterable[Sequence[int]], exact: Iterable[Sequence[int]] = ()) -> Iterator[Piece]:
    """`text` cut at its marks, `(start, end)` offsets in order; what is out of order or range is left unmarked."""
    at, typed = 0, set(map(tuple, exact))
    for start, end in marks:
        if at <= start < end <= len(text):
            if at < start:
                yield Piece(text[at:start], False)
            yield Piece(text[start:end], True, (start, end) in typed)
            at = end
    if at < len(text):
        yield Piece(text[at:], False)


def excerpt(
    text: str, marks: Sequence[Sequence[int]], exact: Sequence[Sequence[int]] = (), width: int = 420
) -> Iterator[Piece]:
    """`pieces` of the part of `text` around its marks, about `width` characters, cut between words and marked "…"."""
    start, end = _window(text, marks, width)
    if start:
        yield Piece("… ", False)
    yield from pieces(text[start:end], _within(marks, start, end), _within(exact, start, end))
    if end < len(text):
        yield Piece(" …", False)


def _within(marks: Iterable[Sequence[int]], start: int, end: int) -> Iterator[Sequence[int]]:
    return ((first - start, last - start) for first, last in marks if start <= first and last <= end)


def _window(text: str, marks: Sequence[Sequence[int]], width: int) -> tuple[int, int]:
    """Where to cut: the stretch of `width` that holds most marks, a third of its room before the first of them.

    A mark or a word that is longer than the room for it is shown whole.
    """
    if len(text) <= width:
        return 0, len(text)
    first, last = _densest(marks, width // 2)
    start = _start_of_word(text, max(0, min(first - width // 3, len(text) - width)), first)
    stop = min(len(text), max(start + width, last))
    cut = next((mark[1] for mark in marks if mark[0] < stop < mark[1]), stop)
    return start, _between_words(text, cut)


def _densest(marks: Sequence[Sequence[int]], reach: int) -> Sequence[int]:
    """The first mark of those within `reach` of which there are most."""
    ends = [end for _, end in marks]
    counts = [bisect_right(ends, start + reach) - at for at, (start, _) in enumerate(marks)]
    return marks[counts.index(max(counts))] if counts else (0, 0)


def _start_of_word(text: str, at: int, latest: int) -> int:
    """The next beginning of a word from `at` on, or where there is none up to `latest`, the one before it."""
    after = _between_words(text, at)
    if after <= latest:
        return after
    while at and not text[at - 1].isspace():
        at -= 1
    return at


def _between_words(text: str, at: int) -> int:
    """`at`, or the next end of a word after it."""
    while 0 < at < len(text) and not (text[at - 1].isspace() or text[at].isspace()):
        at += 1
    return at
