"""Exercises say which files learners may add."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision. What was published so far allows none."""
    with op.batch_alter_table("exercises") as batch_op:
        batch_op.add_column(sa.Column("may_add", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("exercises") as batch_op:
        batch_op.alter_column("may_add", server_default=None)


def downgrade() -> None:
    """Back to the one before."""
    with op.batch_alter_table("exercises") as batch_op:
        batch_op.drop_column("may_add")
