"""What stands before the first item of printed minutes: whose meeting, when, where, and who was there."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import PurePath

from archive.ids import slug
from archive.model import MinutesStatus
from crawler.blocks import Block, BlockKind, one_line
from crawler.minutes.attendance import read_roll
from crawler.minutes.dates import day_first, spans_marked, uk_date, uk_time
from crawler.minutes.names import names
from crawler.numbers import Typed, follows, typed
from crawler.printed.bodies import (
    BODY,
    DATE,
    DAY,
    KINDS,
    PLACE,
    SHORT_DATE,
    TIME,
    body_of,
    body_of_name,
    cased,
    is_place,
    tidy,
)
from crawler.printed.loose import marked_number
from crawler.printed.rollcall import (
    goes_on,
    is_beneath,
    is_spent,
    opens_roll,
    says_attended,
    says_excused,
    with_known_label,
)

_TITLE_DEPTH = 12   # blocks in which a title block ends
_ROLL_DEPTH = 30    # blocks in which the lists of who was there begin
_APOLOGIES = re.compile(r"apolog|ymddiheuriad", re.IGNORECASE)
_COUNTS_ON = 40     # blocks in which the number of the next item stands
_BETWEEN = 2        # sentences that may stand between two lists
_AT = re.compile(
    r"(?:\bat\b|@|commencing|from|time:?)\s*:?\s*"
    r"(\d{1,2}(?:[.:]\d\d)?\s*(?:[ap]\.?\s?m\b\.?|noon|hours|o['’]clock)|\d{1,2}[.:]\d\d|noon)", re.IGNORECASE,
)
_GLOCH = re.compile(r"\b(\d{1,2}(?:[.:]\d\d)?) o['’]r gloch(?:,? yr? (bore|prynhawn|hwyr|nos))?")
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_HELD = re.compile(
    r"\bheld\s+(?:remotely\s+|virtually\s+|online\s+)?(?:in|at|via|by|on\s+(?=zoom|teams|microsoft|ms ))\s*"
    rf"(?P<place>(?:the\s+)?.+?)(?:,?\s+(?:on|at)\s+(?:{DAY}(?:the\s+)?\d|{_WEEKDAY})|\s+at\s+\d|\s+commencing|[.]$|$)",
    re.IGNORECASE,
)
_THEN_IN = re.compile(   # after the date: "at 7.00 pm in the Guildhall"
    r"[\s,]*(?:(?:at|commencing(?: at)?|from)\s+\d[\d.:]*\s*(?:[ap]\.?\s?m\b\.?|noon|hours)?[\s,]*)?"
    r"(?:in|at|via)\s+(?:the\s+)?(?P<place>[^\d.][^.]{3,120}?)"
    r"(?:[.]|$|\s+commencing|,?\s+(?:at\s+\d|\d{1,2}[.:]\d))", re.IGNORECASE,
)
_HALL = re.compile("town hall|council (?:chamber|offices?)", re.IGNORECASE)   # no body that met
_VENUE = re.compile(r"(?:venue|location|place|lleoliad)\s*:\s*(.+)", re.IGNORECASE)
_DRAFT = re.compile(
    r"\bdraft\b(?!\s+(?:budget\w*|local|plan|statement|revenue|capital))"
    r"|subject to (?:approval|confirmation)|\bunconfirmed\b|\bunapproved\b", re.IGNORECASE,
)
_MINUTES = re.compile(r"\b(?:MINUTES?|Minutes|Minute of|COFNODION|Cofnodion)\b")   # "answered in 3 minutes" is no title
_UNFINISHED = re.compile(r"(?:\b(?:of|and|the|for)|&)\Z", re.IGNORECASE)
_CAPITALS = 0.8    # of the letters of a line in capitals
_PRINTED = re.compile(   # how ModernGov names the file (moderngov.md 1.6)
    r"printed\s+(?:draft\s+)?minutes\s+(?:\w+day\s+)?(?P<day>\S+)\s+(?P<hour>\d\d)[.:](?P<minute>\d\d)\s+(?P<name>.+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Front:
    """What the pages before the first item say.

    `kind` ("special") and `told` (the time, or what follows the day) tell two meetings of one body on one day apart,
    by what is printed and not by the file's name. `says_attended`: a list says who came, and not only who belongs to
    the body, which agendas print too.
    """

    committee: str | None
    day: date | None
    at: time | None
    venue: str | None
    kind: str
    told: str
    minutes: MinutesStatus
    roll: tuple[Block, ...]
    rest: tuple[Block, ...]
    says_minutes: bool
    says_attended: bool


def read_front(blocks: Sequence[Block], name: str) -> Front:
    """What `blocks`, those before the first item, and the file's `name` say. What they do not say is `None`."""
    title, roll, rest = _parts(blocks)
    lines = list(_wrapped([day_first(block.text) for block in title]))
    text = " ".join(lines)
    stem = one_line(re.sub(r"[_+]+|%20", " ", PurePath(name).stem))
    kind = re.search(rf"\b({KINDS})\b(?=.{{0,30}}\bmeeting\b)", text, re.IGNORECASE)
    at = _time(text)
    return Front(
        committee=body_of(lines) or _printed_body(stem) or body_of_name(stem),
        day=_day(text) or _day_of_name(stem),
        at=at or _time_of_name(stem),
        venue=_venue(lines, text),
        kind=kind[1].lower() if kind else "",
        told=str(at) if at else _after_day(text),
        minutes=MinutesStatus.DRAFT if _DRAFT.search(text) or _DRAFT.search(stem) else MinutesStatus.PUBLISHED,
        roll=tuple(roll),
        rest=tuple(rest),
        says_minutes=bool(_MINUTES.search(text)) or "minutes" in stem.lower(),
        says_attended=_says_attended(blocks),
    )


def title_length(blocks: Sequence[Block]) -> int:
    """How many blocks at the start cannot be items: the title block, and the lists of who was there."""
    for at, block in enumerate(blocks[:_ROLL_DEPTH]):
        if opens_roll(block):
            return _rolls_end(blocks, at)
    return next((at for at, block in enumerate(blocks[:_TITLE_DEPTH]) if not _is_title(block)), 0)


def _rolls_end(blocks: Sequence[Block], first: int) -> int:
    """Where the lists end of which one opens at `first`.

    "Apologies" is an item over a sentence, not over names, and as a heading where the other lists have none.
    A sentence or two may stand between two lists; what has a number is an item.
    """
    end, before, between, is_item = first + 1, blocks[first], 0, False
    for at, block in enumerate(blocks[first + 1 : first + _ROLL_DEPTH], first + 1):
        if _is_counted(blocks, at):
            break
        if opens_roll(block):
            after = blocks[at + 1] if at + 1 < len(blocks) else block
            unlike = block.kind is BlockKind.HEADING is not blocks[first].kind
            before, between = block, 0
            is_item = bool(_APOLOGIES.match(block.text)) and (unlike or not goes_on(after, block))
        elif goes_on(block, before):
            before, between = before if is_beneath(block) else block, 0
        elif between == _BETWEEN or block.label is not None or block.kind is BlockKind.HEADING:
            break
        else:
            between += 1
            continue
        if not is_item:
            end = at + 1
    return end


def _says_attended(blocks: Sequence[Block]) -> bool:
    """Whether somebody is listed after a label that is about who came, under it or under those that follow it."""
    first = next((at for at, block in enumerate(blocks) if says_attended(block)), None)
    return first is not None and bool(read_roll(_parts(blocks[first:])[1]))


def _parts(blocks: Sequence[Block]) -> tuple[list[Block], list[Block], list[Block]]:
    """The title block, the lists of who was there, and whatever else is printed."""
    title, roll, rest = list[Block](), list[Block](), list[Block]()
    before: Block | None = None   # of the list that may go on
    for at, block in enumerate(blocks):
        before = None if _is_counted(blocks, at) else before
        if opens_roll(block) or (before and goes_on(block, before)):
            before = before if before and is_beneath(block) else block
            roll.append(with_known_label(block))
            if not is_spent(block):
                rest.append(block)
        elif not roll and at < _TITLE_DEPTH and _is_title(block):
            title.append(block)
        else:
            before = None if block.kind is BlockKind.HEADING else before
            if says_excused(block):
                roll.append(block)
            if not says_excused(block) or not is_spent(block):
                rest.append(block)
    return title, roll, rest


def _is_counted(blocks: Sequence[Block], at: int) -> bool:
    """Whether a block carries a number that one of those after it counts on, as items do, and names nobody."""
    found = _typed(blocks[at])
    if found is None or any(names(found.rest)):
        return False
    after = (each.number for block in blocks[at + 1 : at + _COUNTS_ON] if (each := _typed(block)))
    return found.certain or any(follows(found.number, number) for number in after)


def _typed(block: Block) -> Typed | None:
    """The number of a block, printed in its text or set as that of a list."""
    if block.kind is BlockKind.TABLE:
        return None
    if block.label is None and (marked := marked_number(block.text)):
        return Typed(*marked, certain=True)
    return typed(block.text) if block.label is None else Typed(block.label.rstrip(".:"), block.text, True)


def _is_title(block: Block) -> bool:
    text = day_first(block.text)
    number = typed(text)
    numbered = block.label is not None or (number is not None and number.certain)
    if block.kind is BlockKind.TABLE or len(text) > 400 or (numbered and not DATE.match(text)):
        return False
    if block.kind is BlockKind.HEADING or block.bold or _VENUE.match(text) or _DRAFT.search(text):
        return True
    if DATE.search(text) or _HELD.search(text) or _MINUTES.match(text):
        return True
    return len(text) < 100 and any(form.search(text) for form in (BODY, PLACE, TIME, _AT))


def _wrapped(lines: Sequence[str]) -> Iterator[str]:
    """Lines of a title in capitals, and those after a word that no title ends in, that are one sentence, joined."""
    sentence = ""
    for line in lines:
        unfinished = "minutes" in sentence.lower() and _UNFINISHED.search(sentence)
        if unfinished or ("MINUTES" in sentence and _in_capitals(line) and not sentence.endswith(".")):
            sentence += line if sentence.endswith("-") else f" {line}"
            continue
        if sentence:
            yield sentence
        sentence = line
    if sentence:
        yield sentence


def _in_capitals(line: str) -> bool:
    """Whether nearly all letters of `line` are capitals: "at 9.45 A.M." may be small among them."""
    letters = [letter for letter in line if letter.isalpha()]
    return sum(letter.isupper() for letter in letters) >= _CAPITALS * max(len(letters), 1)


def _day(text: str) -> date | None:
    match = DATE.search(text)
    if match:
        return uk_date(f"{match['day']} {match['month']} {match['year']}")
    short = SHORT_DATE.search(text)
    return uk_date(f"{short['day']}/{short['month']}/{short['year']}") if short else None


def _after_day(text: str) -> str:
    """What a title says after its date, without a time: "at the conclusion of the annual meeting"."""
    match = DATE.search(text)
    return slug(text[match.end() : match.end() + 60]) if match else ""


def _time(text: str) -> time | None:
    if welsh := _GLOCH.search(text):
        return uk_time(f"{welsh[1]} {'am' if welsh[2] == 'bore' else 'pm'}" if welsh[2] else welsh[1])
    text = spans_marked(text)
    match = _AT.search(text) or TIME.search(text)
    return uk_time(re.sub(r"(?<=[apAP])\.?\s?(?=[mM])", "", match[match.lastindex or 0])) if match else None


def _printed_body(stem: str) -> str | None:
    printed = _PRINTED.search(stem)
    return tidy(printed["name"]) if printed else None


def _day_of_name(stem: str) -> date | None:
    """The only date of a file's name, or the one that names the printed minutes' meeting; of two, none."""
    printed = _PRINTED.search(stem)
    if printed:
        return _day(printed["day"])
    found = [_day(match[0]) for match in (*DATE.finditer(stem), *SHORT_DATE.finditer(stem))]
    days = {day for day in found or [uk_date(iso) for iso in re.findall(r"\d{4}-\d\d-\d\d", stem)] if day}
    return days.pop() if len(days) == 1 else None


def _time_of_name(stem: str) -> time | None:
    printed = _PRINTED.search(stem)
    return uk_time(f"{printed['hour']}:{printed['minute']}") if printed else None


def _venue(lines: Sequence[str], text: str) -> str | None:
    for line in lines:
        if named := _VENUE.match(line):
            return named[1].strip(" .,")
    day = DATE.search(text)
    held = _HELD.search(text) or (_THEN_IN.match(text, day.end()) if day else None)
    if held and len(held["place"]) < 160 and not TIME.match(held["place"]):
        place = re.sub(r"^the\s+", "", held["place"].strip(" .,"), flags=re.IGNORECASE)
        return cased(place) if place.isupper() else place
    places = [line.strip(" .,") for line in lines if is_place(line) and len(line) < 100 and not DATE.search(line)]
    return next((place for place in places if not BODY.search(_HALL.sub("", place))), None)
