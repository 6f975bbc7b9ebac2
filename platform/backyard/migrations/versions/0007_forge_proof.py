"""Exercises say whether a verdict of theirs can be forged."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision. What was published so far is forge-proof: nothing else could be."""
    with op.batch_alter_table("exercises") as batch_op:
        yes = sa.true()
        batch_op.add_column(
            sa.Column("forge_proof", sa.Boolean(), nullable=False, server_default=yes)
        )
    with op.batch_alter_table("exercises") as batch_op:
        batch_op.alter_column("forge_proof", server_default=None)


def downgrade() -> None:
    """Back to the one before."""
    with op.batch_alter_table("exercises") as batch_op:
        batch_op.drop_column("forge_proof")
