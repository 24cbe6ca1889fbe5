"""The members of a council as the store keeps them: what lists say of them, and when lists were seen to have them.

Inside a connection that `archive.store` gives.
"""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, func, or_, select, update

from archive.finding import in_parts
from archive.model import CouncilId, Member, MemberId, Term
from archive.rosters import RosterMember
from archive.rows import Row
from archive.saving import put
from archive.schema import attendance, meetings, members
from archive.shapes import as_json, decoder
from archive.versions import canonical

_MISSED = timedelta(days=183)   # who attends nothing for six months leaves office (Local Government Act 1972, s. 85)


def save(connection: Connection, council: CouncilId, listed: Sequence[Member], on: date | None) -> None:
    """Keep what a list says of its members; of the site's own list also that it had just these `on` that day."""
    for member in listed:
        put(connection, members, _row(member) | {"council": council})
    if on is None or not listed:
        return
    named = {str(member.id) for member in listed}
    own, here = members.c.council == council, members.c.listed
    known = set(connection.scalars(select(members.c.id).where(own, here.is_not(None), members.c.left.is_(None))))
    for some in in_parts(sorted(named)):
        first = members.c.id.in_(some) & or_(here.is_(None), here > on)
        connection.execute(update(members).where(first).values(listed=on))
        connection.execute(update(members).where(members.c.id.in_(some)).values(left=None))
    for some in in_parts(sorted(known - named)):
        connection.execute(update(members).where(members.c.id.in_(some)).values(left=on))


def _row(member: Member) -> Row:
    terms = canonical(as_json(member.terms)) if member.terms else None
    return {"id": member.id, "name": member.name, "party": member.party, "ward": member.ward, "url": member.url,
            "terms": terms}


def member_of(row: Any) -> Member:
    """The member of a row."""
    terms = tuple(map(decoder(Term), json.loads(row.terms))) if row.terms else ()
    return Member(MemberId(row.id), row.name, row.party, row.ward, row.url, terms)


def roster(connection: Connection, council: CouncilId) -> tuple[Member, ...]:
    """All members with when they were in office, as far as the store knows; where no list of the site's own was ever
    had, they are as they were given.
    """
    rows = connection.execute(select(members).where(members.c.council == council).order_by(members.c.id)).all()
    if all(row.listed is None for row in rows):
        return tuple(map(member_of, rows))
    seen = _last_seen(connection, council)
    return tuple(_in_roster(row, seen.get(row.id)) for row in rows)


def _in_roster(row: Any, seen: date | None) -> RosterMember:
    last = None if row.listed else seen and seen + _MISSED
    known = member_of(row)
    return RosterMember(
        known.id, known.name, known.party, known.ward, known.url, known.terms, since=row.listed, until=row.left or last)


def _last_seen(connection: Connection, council: CouncilId) -> dict[str, date]:
    """The day of the last meeting whose attendance names them."""
    days = select(attendance.c.member, func.max(meetings.c.day)).join(meetings).where(meetings.c.council == council)
    return {member: day for member, day in connection.execute(days.group_by(attendance.c.member)) if day is not None}
