"""What happened at an item, before a clerk has given it a form: remarks, amendments, a motion and its vote."""

from dataclasses import dataclass, field
from enum import StrEnum

from crawler.sample.data import Wish
from crawler.sample.people import Councillor


class Manner(StrEnum):
    """How a vote is minuted."""

    NONE = "none"
    UNANIMOUS = "unanimous"
    COUNT = "count"
    NAMES = "names"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Poll:
    """Who voted how."""

    for_: tuple[Councillor, ...]
    against: tuple[Councillor, ...]
    abstain: tuple[Councillor, ...] = ()


@dataclass(frozen=True, slots=True)
class Motion:
    """What was decided. A motion may be lost; an amendment is a motion with a `text` and no wishes."""

    wishes: tuple[Wish, ...] = ()
    text: str = ""
    mover: Councillor | None = None
    seconder: Councillor | None = None
    manner: Manner = Manner.NONE
    poll: Poll | None = None
    carried: bool = True
    noted: bool = False  # nothing was wished for but that it be noted
    closing: bool = False  # its `text` is a sentence of the minutes that says what was decided


@dataclass(frozen=True, slots=True)
class Remark:
    """A paragraph of narrative, a heading, or an item of a bulleted list."""

    text: str
    look: str = "text"


@dataclass(frozen=True, slots=True)
class Draft:
    """An item with what was said and decided; `people` as `Scene.people`."""

    title: str
    agenda: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    amendments: tuple[Motion, ...] = ()
    motion: Motion | None = None
    closing: tuple[Remark, ...] = ()
    procedural: bool = False
    restricted: bool = False
    documents: tuple[str, ...] = ()
    people: dict[str, int | None] = field(default_factory=dict)
