"""Exercises say what should come before them; learners have portfolios."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision. What was published so far names nothing that should come before it."""
    with op.batch_alter_table("exercises") as batch_op:
        batch_op.add_column(sa.Column("after", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("exercises") as batch_op:
        batch_op.alter_column("after", server_default=None)
    op.create_table(
        "portfolios",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("may_be_found", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "is_public OR NOT may_be_found", name=op.f("ck_portfolios_found_where_public")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_portfolios_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_portfolios")),
    )
    op.create_table(
        "shown_solutions",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("exercise_id", sa.String(length=120), nullable=False),
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["portfolios.user_id"],
            name=op.f("fk_shown_solutions_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["exercise_id"], ["exercises.id"], name=op.f("fk_shown_solutions_exercise_id")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submissions.id"],
            name=op.f("fk_shown_solutions_submission_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "exercise_id", name=op.f("pk_shown_solutions")),
        sa.UniqueConstraint("submission_id", name=op.f("uq_shown_solutions_submission_id")),
    )
    op.create_index(
        "ix_submissions_of_exercise",
        "submissions",
        ["user_id", "exercise_id", "created_at", "verdict"],
    )


def downgrade() -> None:
    """Back to the one before."""
    op.drop_index("ix_submissions_of_exercise", "submissions")
    op.drop_table("shown_solutions")
    op.drop_table("portfolios")
    with op.batch_alter_table("exercises") as batch_op:
        batch_op.drop_column("after")
