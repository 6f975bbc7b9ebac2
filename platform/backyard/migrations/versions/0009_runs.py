"""Learners run the visible tests without handing in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KIND = sa.Enum("submit", "run", name="kind", native_enum=False, create_constraint=True, length=20)


def upgrade() -> None:
    """To this revision. All that is there was handed in."""
    with op.batch_alter_table("submissions") as batch_op:
        batch_op.add_column(sa.Column("kind", KIND, nullable=False, server_default="submit"))
    with op.batch_alter_table("submissions") as batch_op:
        batch_op.alter_column("kind", server_default=None)


def downgrade() -> None:
    """Back to the one before. Runs are forgotten: they never counted."""
    op.execute("DELETE FROM submissions WHERE kind = 'run'")
    with op.batch_alter_table("submissions") as batch_op:
        batch_op.drop_constraint(op.f("ck_submissions_kind"), type_="check")
        batch_op.drop_column("kind")
