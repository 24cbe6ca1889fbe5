"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "captures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("fetched", sa.DateTime(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_captures"),
    )
    op.create_index("ix_captures_file_offset", "captures", ["file", "offset"], unique=True)
    op.create_index("ix_captures_sha256", "captures", ["sha256"], unique=False)
    op.create_index("ix_captures_url_fetched", "captures", ["url", "fetched"], unique=False)
    op.create_table(
        "changes",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_changes"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_changes_meeting", "changes", ["meeting"], unique=False)
    op.create_table(
        "committees",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("council", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_committees"),
    )
    op.create_index("ix_committees_council", "committees", ["council"], unique=False)
    op.create_table(
        "councils",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("platform", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_councils"),
    )
    op.create_table(
        "meetings",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("council", sa.String(length=200), nullable=False),
        sa.Column("committee", sa.String(length=200)),
        sa.Column("day", sa.Date()),
        sa.Column("start", sa.DateTime()),
        sa.Column("minutes", sa.String(length=20), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("resolutions", sa.Integer(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_meetings"),
    )
    op.create_index("ix_meetings_committee_start", "meetings", ["committee", "start"], unique=False)
    op.create_index("ix_meetings_council_start", "meetings", ["council", "start"], unique=False)
    op.create_index("ix_meetings_start", "meetings", ["start"], unique=False)
    op.create_table(
        "members",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("council", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("party", sa.Text()),
        sa.Column("ward", sa.Text()),
        sa.Column("url", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_members"),
    )
    op.create_index("ix_members_council", "members", ["council"], unique=False)
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("council", sa.String(length=200), nullable=False),
        sa.Column("started", sa.DateTime(), nullable=False),
        sa.Column("finished", sa.DateTime()),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )
    op.create_index("ix_runs_council", "runs", ["council"], unique=False)
    op.create_table(
        "attendance",
        sa.Column("meeting", sa.String(length=200), nullable=False),
        sa.Column("member", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting"], ["meetings.id"],
            name="fk_attendance_meeting_meetings", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("meeting", "member", name="pk_attendance"),
    )
    op.create_index("ix_attendance_member", "attendance", ["member"], unique=False)
    op.create_table(
        "documents",
        sa.Column("meeting", sa.String(length=200), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name="fk_documents_meeting_meetings", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("meeting", "item", "position", name="pk_documents"),
    )
    op.create_index("ix_documents_id", "documents", ["id"], unique=False)
    op.create_table(
        "failures",
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_failures_run_runs", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run", "position", name="pk_failures"),
    )
    op.create_table(
        "items",
        sa.Column("meeting", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name="fk_items_meeting_meetings", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("meeting", "position", name="pk_items"),
    )
    op.create_index("ix_items_id", "items", ["id"], unique=False)
    op.create_table(
        "meeting_captures",
        sa.Column("meeting", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("capture", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["capture"], ["captures.id"], name="fk_meeting_captures_capture_captures"),
        sa.ForeignKeyConstraint(
            ["meeting"], ["meetings.id"],
            name="fk_meeting_captures_meeting_meetings", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("meeting", "number", "position", name="pk_meeting_captures"),
    )
    op.create_table(
        "versions",
        sa.Column("meeting", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("seen", sa.DateTime(), nullable=False),
        sa.Column("last", sa.DateTime(), nullable=False),
        sa.Column("parser", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name="fk_versions_meeting_meetings", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("meeting", "number", name="pk_versions"),
    )
