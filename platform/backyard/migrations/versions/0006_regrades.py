"""Regrades: what was handed in is graded with a newer version, and the old verdicts are kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

VERDICTS = (
    "passed",
    "failed",
    "timeout",
    "out_of_memory",
    "output_limit",
    "crashed",
    "invalid",
    "judge_error",
)


def _words(name: str, *words: str) -> sa.Enum:
    """A column's type: one of these words, held by a constraint of this name."""
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=20)


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "regrades",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exercise_id", sa.String(length=120), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("state", _words("regradestate", "open", "applied", "undone"), nullable=False),
        sa.Column("requested_by", sa.Integer(), nullable=True),
        sa.Column("requested_at", sa.DateTime(), nullable=False),
        sa.Column("applied_at", sa.DateTime(), nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "(state IN ('applied', 'undone')) = (applied_at IS NOT NULL)",
            name=op.f("ck_regrades_applied_has_time"),
        ),
        sa.CheckConstraint(
            "(state = 'undone') = (undone_at IS NOT NULL)", name=op.f("ck_regrades_undone_has_time")
        ),
        sa.ForeignKeyConstraint(
            ["exercise_id", "content_hash"],
            ["exercise_versions.exercise_id", "exercise_versions.content_hash"],
            name=op.f("fk_regrades_exercise_id_content_hash"),
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"],
            ["users.id"],
            name=op.f("fk_regrades_requested_by"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regrades")),
    )
    op.create_table(
        "regrade_entries",
        sa.Column("regrade_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.Column("old_attempt_id", sa.Integer(), nullable=True),
        sa.Column("old_verdict", _words("old_verdict", *VERDICTS), nullable=False),
        sa.Column("old_points", sa.Integer(), nullable=False),
        sa.Column("old_max_points", sa.Integer(), nullable=False),
        sa.Column("old_score", sa.Integer(), nullable=False),
        sa.Column("old_message", sa.Text(), nullable=False),
        sa.Column("verdict", _words("verdict", *VERDICTS), nullable=True),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("max_points", sa.Integer(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("phases", sa.JSON(), nullable=False),
        sa.Column("results", sa.JSON(), nullable=False),
        sa.Column("is_applied", sa.Boolean(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "state", _words("taskstate", "queued", "running", "done", "failed"), nullable=False
        ),
        sa.Column("token", sa.String(length=32), nullable=True),
        sa.Column("lease_until", sa.Double(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(state = 'running') = (token IS NOT NULL) AND (state = 'running') = (lease_until IS NOT NULL)",
            name=op.f("ck_regrade_entries_running_is_leased"),
        ),
        sa.CheckConstraint(
            "(state IN ('done', 'failed')) = (finished_at IS NOT NULL)",
            name=op.f("ck_regrade_entries_over_has_time"),
        ),
        sa.CheckConstraint(
            "(state = 'failed') = (reason <> '')",
            name=op.f("ck_regrade_entries_failed_has_reason"),
        ),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_regrade_entries_tries_not_negative")),
        sa.CheckConstraint(
            "(state = 'done') = (verdict IS NOT NULL) AND (state = 'done') = (points IS NOT NULL) AND (state = 'done') = (max_points IS NOT NULL) AND (state = 'done') = (score IS NOT NULL)",
            name=op.f("ck_regrade_entries_done_has_verdict"),
        ),
        sa.CheckConstraint(
            "points BETWEEN 0 AND max_points", name=op.f("ck_regrade_entries_points_in_range")
        ),
        sa.CheckConstraint(
            "score BETWEEN 0 AND 100", name=op.f("ck_regrade_entries_score_in_range")
        ),
        sa.CheckConstraint(
            "NOT is_applied OR state = 'done'", name=op.f("ck_regrade_entries_applied_is_done")
        ),
        sa.CheckConstraint(
            "attempt_id IS NULL OR is_applied", name=op.f("ck_regrade_entries_attempt_is_applied")
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["attempts.id"],
            name=op.f("fk_regrade_entries_attempt_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["old_attempt_id"],
            ["attempts.id"],
            name=op.f("fk_regrade_entries_old_attempt_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["regrade_id"],
            ["regrades.id"],
            name=op.f("fk_regrade_entries_regrade_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submissions.id"],
            name=op.f("fk_regrade_entries_submission_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regrade_entries")),
        sa.UniqueConstraint(
            "regrade_id", "submission_id", name=op.f("uq_regrade_entries_regrade_id_submission_id")
        ),
        sa.UniqueConstraint("token", name=op.f("uq_regrade_entries_token")),
    )
    with op.batch_alter_table("regrade_entries") as batch_op:
        for column in ("attempt_id", "old_attempt_id", "submission_id"):
            batch_op.create_index(
                batch_op.f(f"ix_regrade_entries_{column}"), [column], unique=False
            )
        batch_op.create_index("ix_regrade_entries_waiting", ["state", "tries", "id"], unique=False)


def downgrade() -> None:
    """Back to the one before. Verdicts stay as they are now."""
    op.drop_table("regrade_entries")
    op.drop_table("regrades")
