"""Hints are opened one by one, and passed submissions can be shared."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "hint_openings",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("exercise_id", sa.String(length=120), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_hint_openings_number_from_one")),
        sa.ForeignKeyConstraint(
            ["exercise_id"], ["exercises.id"], name=op.f("fk_hint_openings_exercise_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_hint_openings_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "exercise_id", "number", name=op.f("pk_hint_openings")),
    )
    op.create_table(
        "shared_solutions",
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.Column("exercise_id", sa.String(length=120), nullable=False),
        sa.Column("shared_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exercise_id"], ["exercises.id"], name=op.f("fk_shared_solutions_exercise_id")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submissions.id"],
            name=op.f("fk_shared_solutions_submission_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_shared_solutions")),
    )
    op.create_index("ix_shared_solutions_newest", "shared_solutions", ["exercise_id", "shared_at"])


def downgrade() -> None:
    """Back to the one before."""
    op.drop_index("ix_shared_solutions_newest", table_name="shared_solutions")
    op.drop_table("shared_solutions")
    op.drop_table("hint_openings")
