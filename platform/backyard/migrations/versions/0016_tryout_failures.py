"""Operators are told of tryouts that ended by a mistake of ours."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "tryout_failures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exercise_id", sa.String(length=120), nullable=False),
        sa.Column("failed_at", sa.DateTime(), nullable=False),
        sa.Column("worker", sa.String(length=120), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.CheckConstraint("cause <> ''", name=op.f("ck_tryout_failures_has_cause")),
        sa.ForeignKeyConstraint(
            ["exercise_id"], ["exercises.id"], name=op.f("fk_tryout_failures_exercise_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tryout_failures")),
    )
    op.create_index(op.f("ix_tryout_failures_failed_at"), "tryout_failures", ["failed_at"])


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_table("tryout_failures")
