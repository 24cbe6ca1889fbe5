"""What a nightly crawl remembers: requests, what sites announce, what went missing, by which ways they are asked."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the tables and columns; nothing that is there changes."""
    op.create_table(
        "requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("council", sa.String(length=200)),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("waited", sa.Float()),
        sa.Column("took", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_requests"),
    )
    op.create_index("ix_requests_at", "requests", ["at"], unique=False)
    op.create_index("ix_requests_council_at", "requests", ["council", "at"], unique=False)
    op.create_table(
        "listings",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("council", sa.String(length=200), nullable=False),
        sa.Column("committee", sa.String(length=200)),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("start", sa.DateTime(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("listed", sa.DateTime(), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.Column("missing", sa.DateTime()),
        sa.Column("looked", sa.DateTime()),
        sa.Column("ending", sa.String(length=20)),
        sa.Column("reason", sa.Text()),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_listings"),
    )
    op.create_index("ix_listings_council_day", "listings", ["council", "day"], unique=False)
    op.create_table(
        "absences",
        sa.Column("meeting", sa.String(length=200), nullable=False),
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("last", sa.DateTime(), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name="fk_absences_meeting_meetings", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("meeting", "id", name="pk_absences"),
    )
    op.create_table(
        "doors",
        sa.Column("council", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("worked", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("tried", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("council", "name", name="pk_doors"),
    )
    op.add_column("runs", sa.Column("requests", sa.Integer(), server_default="0", nullable=False))
    op.add_column("runs", sa.Column("stopped", sa.Text()))
    op.add_column("runs", sa.Column("listed", sa.Date()))
    op.add_column("failures", sa.Column("ending", sa.String(length=20)))
    op.add_column("captures", sa.Column("etag", sa.Text()))
    op.add_column("captures", sa.Column("modified", sa.Text()))
    op.drop_index("ix_captures_url_fetched", "captures")
    op.create_index("ix_captures_url_fetched_status", "captures", ["url", "fetched", "status"], unique=False)
