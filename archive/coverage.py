"""What sites announce against what is held, by committee and month, with the reason for every gap."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, case, select

from archive.announcing import listing_of
from archive.listings import Listing
from archive.model import Committee, CouncilId, MeetingStatus, MinutesStatus
from archive.rows import to_head
from archive.schema import listings, meetings

# As lists print it beside a date, in English or Welsh: "CANCELLED", "Wedi'i ganslo".
_CANCELLED = re.compile(r"\b(?:cancell?ed|withdrawn|abandoned|canslwyd|(?:g|ch)anslo)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Coverage:
    """One committee in one month (its first day): how many meetings are `announced`, how many of them are `held`, how
    many of those have minutes, draft or published. What lists had once and have no more counts only if it is held.

    `gaps` are those that are not held, or whose last look failed; a cancelled one is no gap. A gap that was never
    looked at has no `ending`.
    """

    committee: Committee
    month: date
    announced: int
    held: int
    minuted: int
    gaps: tuple[Listing, ...]
    council: CouncilId


def covered(
    connection: Connection, council: CouncilId | None, since: date | None, until: date | None
) -> tuple[Coverage, ...]:
    """By council, name of the committee (the last that lists gave it), and month; days in London, both in."""
    groups: dict[tuple[str, str, date], list[Any]] = {}
    committees: dict[tuple[str, str], Committee] = {}
    for row in connection.execute(_query(council, since, until)):
        key = row.council, row.committee or row.name
        groups.setdefault((*key, row.day.replace(day=1)), []).append(row)
        committees[key] = Committee(row.committee, row.name)
    months = [
        _of(rows, committees[owner, key], month, CouncilId(owner)) for (owner, key, month), rows in groups.items()
    ]
    return tuple(sorted((month for month in months if month.announced), key=_order))


def _order(coverage: Coverage) -> tuple[str, str, str, date]:
    committee = coverage.committee
    return coverage.council, committee.name, committee.id or "", coverage.month


def _query(council: CouncilId | None, since: date | None, until: date | None) -> Select[Any]:
    """Every listing with the minutes of the held meeting, and its head where the last look at it failed."""
    head = case((listings.c.failures > 0, meetings.c.head), else_=None).label("head")
    query = select(listings, meetings.c.minutes, head).outerjoin(meetings, meetings.c.id == listings.c.id)
    if council is not None:
        query = query.where(listings.c.council == council)
    if since is not None:
        query = query.where(listings.c.day >= since)
    if until is not None:
        query = query.where(listings.c.day <= until)
    return query.order_by(listings.c.start, listings.c.id)


def _of(rows: Sequence[Any], committee: Committee, month: date, council: CouncilId) -> Coverage:
    rows = [row for row in rows if row.minutes is not None or not row.missed]
    held = [row.minutes for row in rows if row.minutes is not None]
    minuted = sum(minutes != MinutesStatus.NONE.value for minutes in held)
    gaps = tuple(listing_of(row) for row in rows if _is_gap(row))
    return Coverage(committee, month, len(rows), len(held), minuted, gaps, council)


def _is_gap(row: Any) -> bool:
    if row.minutes is not None and not row.failures:
        return False
    if _CANCELLED.search(row.note or ""):
        return False
    return row.head is None or to_head(row.head).status is not MeetingStatus.CANCELLED
