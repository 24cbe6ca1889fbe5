"""Who attended a meeting by the texts of its items, where the site has no list: a roll in the first row, apologies."""

import re
from collections.abc import Iterator, Sequence

from archive.model import Attendance, Item, Meeting, Paragraph, ParagraphKind
from crawler.blocks import Block, BlockKind
from crawler.minutes.attendance import is_register
from crawler.minutes.people import attendance
from crawler.minutes.vocabulary import words
from crawler.printed.apologies import with_sentences
from crawler.printed.rollcall import (
    goes_on,
    is_beneath,
    is_names,
    is_spent,
    opens_roll,
    says_excused,
    split_rolls,
    with_known_label,
)

_APOLOGIES = "Apologies"
_ROWS = 3   # without a number, before the first item that has one
_APOLOGISES = re.compile(r"\bapologies\b|\bymddiheuriadau\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_LISTS = words("attendance attending attendees present presenoldeb presennol bresennol mynychu sederunt roll")
_EXCUSES = words("apology apologies absence absences absent ymddiheuriad ymddiheuriadau absenoldeb absennol")
_STAND_INS = words("substitute substitutes substitution substitutions deputies dirprwyon eilyddion")
_BESIDE = words(
    "a an and the of for in by at to from with also those who were received members member councillors councillor "
    "officers officer council committee board panel meeting minutes details record register list call note sheet "
    "notification notice notifications receive any named welcome introduction introductions introductory "
    "opening quorum chair chairman a’r a ac am o r y yr yn aelodau croeso cofnod rhestr"
)
_TITLE = _LISTS | _EXCUSES | _STAND_INS | _BESIDE


def said_attendance(meeting: Meeting) -> tuple[Attendance, ...]:
    """Who was there and who sent apologies, by the items' own texts: the lists of the first rows and of an item that is
    about nothing else, and the sentences about apologies. Nobody where they say nothing.

    Only for a meeting whose site gives no attendance: a list of its own is surer than any text.
    """
    heads = _heads(meeting.items)
    roll, rest, about = list[Block](), list[Block](), list[tuple[str, Sequence[Block]]]()
    for at, item in enumerate(meeting.items):
        lists, excuses = _is_about(item.title, _LISTS), _is_about(item.title, _EXCUSES)
        if at < heads or lists or excuses or _is_about(item.title, _STAND_INS):
            blocks = _blocks(item)
            listed, others = _apart(blocks if excuses and not lists else _with_head(item.title, blocks))
            roll += listed
            rest += others
            about.append((_APOLOGIES, others if excuses and not lists else _excusing(others, any_words=lists)))
        elif _APOLOGISES.search(item.title):
            about.append((_APOLOGIES, _excusing(_blocks(item), any_words=True)))
    return with_sentences(attendance(roll), about, rest)


def _heads(items: Sequence[Item]) -> int:
    """How many items stand, without a number, before the first that has one; where none has, the first may."""
    return min(next((at for at, item in enumerate(items) if item.number), 1), _ROWS)


def _is_about(title: str, what: frozenset[str]) -> bool:
    """Whether an item is about `what` and nothing besides who was there; "School attendance" is about schools."""
    said = {word.casefold() for word in _WORD.findall(title)}
    return said <= _TITLE and not said.isdisjoint(what)


def _excusing(blocks: Sequence[Block], *, any_words: bool) -> list[Block]:
    """The sentences about apologies among `blocks`, by how they begin or in whatever words. No mere names: of those
    that stand beside lists or other business nobody knows whether they were there.
    """
    return [block for block in blocks if says_excused(block) or (any_words and not is_names(block.text))]


def _with_head(title: str, blocks: Sequence[Block]) -> Sequence[Block]:
    """`blocks`, headed by the item's title where they are the list that it names: "Members present"."""
    head = Block(f"{title.rstrip(' :')}:", BlockKind.HEADING)
    titled = bool(blocks) and not any(map(opens_roll, blocks)) and opens_roll(head)
    return (head, *blocks) if titled else blocks


def _blocks(item: Item) -> tuple[Block, ...]:
    return tuple(piece for each in item.paragraphs for block in _block(each) for piece in split_rolls(block))


def _block(paragraph: Paragraph) -> Iterator[Block]:
    """A paragraph as it was before it was told what it is, without its number."""
    if paragraph.kind is not ParagraphKind.TABLE:
        heads = paragraph.kind is ParagraphKind.HEADING
        yield Block(paragraph.text, BlockKind.HEADING if heads else BlockKind.PARAGRAPH)
        return
    rows = tuple(tuple(row.split(" | ")) for row in paragraph.text.split(" / "))
    table = Block(paragraph.text, BlockKind.TABLE, rows=rows)
    whole = all(len(row) == len(rows[0]) for row in rows)   # empty cells are not kept: which column is not known
    if whole or not is_register(table):
        yield table


def _apart(blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """The lists of who was there among `blocks`, and what else is printed."""
    roll, rest = list[Block](), list[Block]()
    before: Block | None = None   # of the list that may go on
    for block in blocks:
        if not says_excused(block) and (opens_roll(block) or (before and goes_on(block, before))):
            before = before if before and is_beneath(block) else block
            roll.append(with_known_label(block))
            if not is_spent(block):
                rest.append(block)
        else:
            before = None
            rest.append(block)
    return roll, rest
