"""When members were in office: their terms, and since when and until when the council's list was seen to have them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns; nothing that is there changes."""
    op.add_column("members", sa.Column("terms", sa.Text()))
    op.add_column("members", sa.Column("listed", sa.Date()))
    op.add_column("members", sa.Column("left", sa.Date()))
