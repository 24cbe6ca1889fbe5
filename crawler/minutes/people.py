"""Who is named in minutes, and who attended; `crawler.minutes.linking` says which members they are."""

from collections.abc import Iterable, Sequence

from archive.model import Attendance, Person
from crawler.blocks import Block
from crawler.minutes.attendance import read_roll
from crawler.minutes.names import names


def named(texts: Iterable[str]) -> tuple[Person, ...]:
    """The names in `texts` as printed, each form of them once."""
    return tuple(Person(name) for name in dict.fromkeys(name for text in texts for name in names(text)))


def attendance(blocks: Sequence[Block]) -> tuple[Attendance, ...]:
    """Who was there and who was not, by the lists that open printed minutes ("Present:", "Apologies:")."""
    return tuple(Attendance(entry.name, entry.role, entry.status) for entry in read_roll(blocks))
