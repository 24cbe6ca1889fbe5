"""The tables of the store. A change here needs a migration beside it (`archive/migrations/versions`).

A meeting is kept whole as JSON, its head in `meetings` and each item in `items`, so that one item is found without
reading its meeting; the other columns only find things. What a meeting names need not be listed anywhere: a member or
committee that is on no list must not cost us the meeting, so foreign keys exist only within the aggregate.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

REVISION = "0004"
"""The migration that makes just these tables."""


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC so that instants sort, and given back in UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """To UTC."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any | None, _dialect: Dialect) -> datetime | None:
        """From UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

IDENTIFIER = String(200)

councils = Table(
    "councils",
    metadata,
    Column("id", IDENTIFIER, primary_key=True),
    Column("name", Text, nullable=False),
    Column("url", Text),
    Column("platform", Text),
)

committees = Table(
    "committees",
    metadata,
    Column("id", IDENTIFIER, primary_key=True),
    Column("council", IDENTIFIER, nullable=False, index=True),
    Column("name", Text, nullable=False),
)

# `terms` is JSON; `listed` the first day on which the council's list had them, `left` since when it has them no more.
members = Table(
    "members",
    metadata,
    Column("id", IDENTIFIER, primary_key=True),
    Column("council", IDENTIFIER, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("party", Text),
    Column("ward", Text),
    Column("url", Text),
    Column("terms", Text),
    Column("listed", Date),
    Column("left", Date),
)

# `day` is the day in London, `start` the instant.
meetings = Table(
    "meetings",
    metadata,
    Column("id", IDENTIFIER, primary_key=True),
    Column("council", IDENTIFIER, nullable=False),
    Column("committee", IDENTIFIER),
    Column("day", Date),
    Column("start", Instant),
    Column("minutes", String(20), nullable=False),
    Column("items", Integer, nullable=False),
    Column("resolutions", Integer, nullable=False),
    Column("documents", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("head", Text, nullable=False),
    Index(None, "council", "start"),
    Index(None, "committee", "start"),
    Index(None, "start"),
    Index(None, "minutes", "council", "committee", "day"),    # what is held is counted without reading a head
)


def _of_meeting() -> Column[str]:
    return Column("meeting", IDENTIFIER, ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True)


# Keyed by place: a site may list one item twice, and an item may have moved here from another meeting.
items = Table(
    "items",
    metadata,
    _of_meeting(),
    Column("position", Integer, primary_key=True),
    Column("id", IDENTIFIER, nullable=False, index=True),
    Column("body", Text, nullable=False),
)

# Where documents stand: `item` is the item's place in its meeting, -1 for a document of the meeting itself.
documents = Table(
    "documents",
    metadata,
    _of_meeting(),
    Column("item", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("id", IDENTIFIER, nullable=False, index=True),
)

attendance = Table(
    "attendance",
    metadata,
    _of_meeting(),
    Column("member", IDENTIFIER, primary_key=True, index=True),
)

# `body` is the whole meeting as compressed JSON once another version has taken its place; the current one is above.
versions = Table(
    "versions",
    metadata,
    _of_meeting(),
    Column("number", Integer, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("seen", Instant, nullable=False),
    Column("last", Instant, nullable=False),
    Column("parser", Text, nullable=False),
    Column("body", LargeBinary),
)

captures = Table(
    "captures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("url", Text, nullable=False),
    Column("fetched", Instant, nullable=False),
    Column("status", Integer, nullable=False),
    Column("content_type", Text, nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("file", Text, nullable=False),
    Column("offset", BigInteger, nullable=False),
    Column("etag", Text),
    Column("modified", Text),
    Index(None, "url", "fetched", "status"),
    Index(None, "file", "offset", unique=True),
)

meeting_captures = Table(
    "meeting_captures",
    metadata,
    _of_meeting(),
    Column("number", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("capture", Integer, ForeignKey("captures.id"), nullable=False),
)

# The outbox. A sequence is never used twice, else a change made while the index works would look done.
changes = Table(
    "changes",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("meeting", IDENTIFIER, nullable=False, index=True),
    sqlite_autoincrement=True,
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("council", IDENTIFIER, nullable=False, index=True),
    Column("started", Instant, nullable=False),
    Column("finished", Instant),
    Column("counts", JSON, nullable=False),
    Column("requests", Integer, nullable=False, server_default="0"),
    Column("stopped", Text),
    Column("listed", Date),
)

failures = Table(
    "failures",
    metadata,
    Column("run", Integer, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("what", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("ending", String(20)),
)

# The ledger: one row for each request.
requests = Table(
    "requests",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("council", IDENTIFIER),
    Column("url", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("status", Integer, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("waited", Float),
    Column("took", Float, nullable=False),
    Index(None, "at"),
    Index(None, "council", "at"),
)

# What sites announce, held or not: `committee` and `name` are the committee's, `day` the day in London.
listings = Table(
    "listings",
    metadata,
    Column("id", IDENTIFIER, primary_key=True),
    Column("council", IDENTIFIER, nullable=False),
    Column("committee", IDENTIFIER),
    Column("name", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("start", Instant, nullable=False),
    Column("note", Text),
    Column("listed", Instant, nullable=False),
    Column("missed", Integer, nullable=False),
    Column("missing", Instant),
    Column("looked", Instant),
    Column("ending", String(20)),
    Column("reason", Text),
    Column("failures", Integer, nullable=False),
    Index(None, "council", "day"),
)

# What a meeting held that its site no longer shows: `id` is that of the item or document.
absences = Table(
    "absences",
    metadata,
    _of_meeting(),
    Column("id", IDENTIFIER, primary_key=True),
    Column("since", Instant, nullable=False),
    Column("last", Instant, nullable=False),
    Column("missed", Integer, nullable=False),
)

doors = Table(
    "doors",
    metadata,
    Column("council", IDENTIFIER, primary_key=True),
    Column("name", IDENTIFIER, primary_key=True),
    Column("worked", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("tried", Instant, nullable=False),
)
