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
    runs = "SELECT id FROM submissions WHERE kind = 'run'"
    attempts = f"SELECT id FROM attempts WHERE submission_id IN ({runs})"
    op.execute(f"DELETE FROM test_results WHERE attempt_id IN ({attempts})")
    op.execute(f"DELETE FROM attempts WHERE submission_id IN ({runs})")
    op.execute("DELETE FROM submissions WHERE kind = 'run'")
    with op.batch_alter_table("submissions") as batch_op:
        batch_op.drop_constraint(op.f("ck_submissions_kind"), type_="check")
        batch_op.drop_column("kind")
