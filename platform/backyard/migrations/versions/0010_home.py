"""Exercises say what should come before them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision. What was published so far names nothing that should come before it."""
    with op.batch_alter_table("exercises") as batch_op:
        batch_op.add_column(sa.Column("after", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("exercises") as batch_op:
        batch_op.alter_column("after", server_default=None)


def downgrade() -> None:
    """Back to the one before."""
    with op.batch_alter_table("exercises") as batch_op:
        batch_op.drop_column("after")
