"""Submissions can be cancelled, and handed in again; attempts are found by how they ended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATES = ("queued", "running", "done")
ENDINGS = ("graded", "judge_error", "lost", "engine_away", "stopped")
DONE = " AND ".join(
    f"(state = 'done') = ({column} IS NOT NULL)"
    for column in ("verdict", "points", "max_points", "score")
)
DONE_BEFORE = DONE.replace(" AND ", " AND (state = 'done') = (finished_at IS NOT NULL) AND ", 1)


def _words(name: str, *words: str) -> sa.Enum:
    """A column's type: one of these words, held by a constraint of this name."""
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=20)


def upgrade() -> None:
    """To this revision."""
    with op.batch_alter_table("submissions") as batch_op:
        _change_words(batch_op, "ck_submissions_submissionstate", "state", (*STATES, "cancelled"))
        batch_op.drop_constraint(batch_op.f("ck_submissions_done_has_verdict"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_submissions_done_has_verdict"), DONE)
        batch_op.create_check_constraint(
            batch_op.f("ck_submissions_over_has_time"),
            "(state IN ('done', 'cancelled')) = (finished_at IS NOT NULL)",
        )
        batch_op.add_column(sa.Column("again_of", sa.String(length=32), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_submissions_again_of"),
            "submissions",
            ["again_of"],
            ["id"],
            ondelete="SET NULL",
        )
        batch_op.create_unique_constraint(batch_op.f("uq_submissions_again_of"), ["again_of"])
    with op.batch_alter_table("attempts") as batch_op:
        _change_words(batch_op, "ck_attempts_ending", "ending", (*ENDINGS, "cancelled"))
        batch_op.create_index("ix_attempts_endings", ["ending", "ended_at"], unique=False)


def downgrade() -> None:
    """Back to the one before. Cancelled submissions have no place there: they are deleted."""
    cancelled = "SELECT id FROM submissions WHERE state = 'cancelled'"
    attempts = f"SELECT id FROM attempts WHERE submission_id IN ({cancelled})"
    op.execute(f"DELETE FROM test_results WHERE attempt_id IN ({attempts})")
    op.execute(f"DELETE FROM attempts WHERE submission_id IN ({cancelled})")
    op.execute("DELETE FROM submissions WHERE state = 'cancelled'")
    with op.batch_alter_table("attempts") as batch_op:
        batch_op.drop_index("ix_attempts_endings")
        _change_words(batch_op, "ck_attempts_ending", "ending", ENDINGS)
    with op.batch_alter_table("submissions") as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_submissions_again_of"), type_="unique")
        batch_op.drop_constraint(batch_op.f("fk_submissions_again_of"), type_="foreignkey")
        batch_op.drop_column("again_of")
        batch_op.drop_constraint(batch_op.f("ck_submissions_over_has_time"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_submissions_done_has_verdict"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_submissions_done_has_verdict"), DONE_BEFORE)
        _change_words(batch_op, "ck_submissions_submissionstate", "state", STATES)


def _change_words(
    batch_op: BatchOperations, constraint: str, column: str, words: tuple[str, ...]
) -> None:
    """Let `column` hold other words: the constraint that names them is made anew."""
    name = constraint.split("_", 2)[2]
    batch_op.drop_constraint(batch_op.f(constraint), type_="check")
    batch_op.alter_column(column, type_=_words(name, *words), existing_type=sa.String(length=20))
