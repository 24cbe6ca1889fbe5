"""What is held of a council, a committee and some days is counted from an index, not from the meetings' heads."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the index; nothing that is there changes."""
    op.create_index(
        op.f("ix_meetings_minutes_council_committee_day"), "meetings", ["minutes", "council", "committee", "day"])
