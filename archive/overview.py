"""What the store holds, seen from above: the titles of items, and the meetings of some time that have minutes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import JSON, ColumnElement, and_, func, select, type_coerce

from archive.database import Database
from archive.model import CommitteeId, CouncilId, MinutesStatus
from archive.schema import items, meetings


@dataclass(frozen=True, slots=True)
class Titled:
    """A title of items, how many have it, and the day of the latest of their meetings."""

    title: str
    items: int
    latest: date | None


@dataclass(frozen=True, slots=True)
class Minuted:
    """How many meetings have minutes, draft or published, and the days of the first and the last of them."""

    meetings: int
    first: date | None = None
    last: date | None = None


class Overview:
    """What the store answers of many meetings at once."""

    def __init__(self, database: Database) -> None:
        self.database = database    # for the archive's own modules; whoever else has a store asks it

    def titles(self) -> tuple[Titled, ...]:
        """Every title that items have, each once."""
        title: Any = type_coerce(items.c.body, JSON)["title"].as_string()
        counted = select(title, func.count(), func.max(meetings.c.day)).join(meetings, items.c.meeting == meetings.c.id)
        with self.database.reading() as connection:
            return tuple(Titled(*row) for row in connection.execute(counted.group_by(title)) if row[0])

    def minuted(
        self,
        councils: Collection[CouncilId] = (),
        committees: Collection[CommitteeId] = (),
        since: date | None = None,
        until: date | None = None,
    ) -> Minuted:
        """The meetings of these days, both in, of these councils and committees (of all, when none is named)."""
        wanted: list[ColumnElement[bool]] = [meetings.c.minutes != MinutesStatus.NONE.value]
        wanted += [meetings.c.council.in_(councils)] if councils else []
        wanted += [meetings.c.committee.in_(committees)] if committees else []
        wanted += [meetings.c.day >= since] if since else []
        wanted += [meetings.c.day <= until] if until else []
        counted = select(func.count(), func.min(meetings.c.day), func.max(meetings.c.day)).where(and_(*wanted))
        with self.database.reading() as connection:
            return Minuted(*connection.execute(counted).one())
