"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _words(name: str, *words: str) -> sa.Enum:
    """A column's type: one of these words, held by a constraint of this name."""
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=20)


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "exercises",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("track", sa.String(length=60), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("summary", sa.String(length=200), nullable=False),
        sa.Column(
            "difficulty", _words("difficulty", "intro", "easy", "medium", "hard"), nullable=False
        ),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("starter", sa.JSON(), nullable=False),
        sa.Column("hints", sa.JSON(), nullable=False),
        sa.Column("tests", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("broken_reason", sa.Text(), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "id = track || '/' || slug", name=op.f("ck_exercises_id_is_track_and_slug")
        ),
        sa.CheckConstraint("points >= 0", name=op.f("ck_exercises_points_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercises")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=30), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("role", _words("role", "learner", "instructor", "admin"), nullable=False),
        sa.Column("session_key", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_users_email_lower")),
        sa.CheckConstraint(
            "length(username) BETWEEN 3 AND 30", name=op.f("ck_users_username_length")
        ),
        sa.CheckConstraint("username = lower(username)", name=op.f("ck_users_username_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
        sa.UniqueConstraint("session_key", name=op.f("uq_users_session_key")),
        sa.UniqueConstraint("username", name=op.f("uq_users_username")),
    )
    op.create_table(
        "worker_status",
        sa.Column("worker", sa.String(length=120), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("engine_ok", sa.Boolean(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("worker", name=op.f("pk_worker_status")),
    )
    op.create_table(
        "cohorts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 80", name=op.f("ck_cohorts_name_length")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_cohorts_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohorts")),
        sa.UniqueConstraint("code", name=op.f("uq_cohorts_code")),
    )
    with op.batch_alter_table("cohorts") as batch_op:
        batch_op.create_index(batch_op.f("ix_cohorts_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "progress",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("exercise_id", sa.String(length=120), nullable=False),
        sa.Column("best_score", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("max_points", sa.Integer(), nullable=False),
        sa.Column("reached_at", sa.DateTime(), nullable=False),
        sa.Column("passed_at", sa.DateTime(), nullable=True),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "best_score BETWEEN 0 AND 100", name=op.f("ck_progress_best_score_in_range")
        ),
        sa.CheckConstraint(
            "points BETWEEN 0 AND max_points", name=op.f("ck_progress_points_in_range")
        ),
        sa.ForeignKeyConstraint(
            ["exercise_id"], ["exercises.id"], name=op.f("fk_progress_exercise_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_progress_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "exercise_id", name=op.f("pk_progress")),
    )
    op.create_table(
        "submissions",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("exercise_id", sa.String(length=120), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("state", _words("submissionstate", "queued", "running", "done"), nullable=False),
        sa.Column("phase", sa.String(length=20), nullable=False),
        sa.Column("attempt_token", sa.String(length=32), nullable=True),
        sa.Column("lease_until", sa.DateTime(), nullable=True),
        sa.Column("not_before", sa.DateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column(
            "verdict",
            _words(
                "verdict",
                "passed",
                "failed",
                "timeout",
                "out_of_memory",
                "output_limit",
                "crashed",
                "invalid",
                "judge_error",
            ),
            nullable=True,
        ),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("max_points", sa.Integer(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(state = 'done') = (verdict IS NOT NULL) AND (state = 'done') = (finished_at IS NOT NULL) AND (state = 'done') = (points IS NOT NULL) AND (state = 'done') = (max_points IS NOT NULL) AND (state = 'done') = (score IS NOT NULL)",
            name=op.f("ck_submissions_done_has_verdict"),
        ),
        sa.CheckConstraint(
            "(state = 'running') = (attempt_token IS NOT NULL) AND (state = 'running') = (lease_until IS NOT NULL)",
            name=op.f("ck_submissions_running_is_leased"),
        ),
        sa.CheckConstraint(
            "verdict <> 'judge_error' OR points = 0",
            name=op.f("ck_submissions_judge_error_has_no_points"),
        ),
        sa.CheckConstraint(
            "points BETWEEN 0 AND max_points", name=op.f("ck_submissions_points_in_range")
        ),
        sa.CheckConstraint("score BETWEEN 0 AND 100", name=op.f("ck_submissions_score_in_range")),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_submissions_tries_not_negative")),
        sa.ForeignKeyConstraint(
            ["exercise_id"], ["exercises.id"], name=op.f("fk_submissions_exercise_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_submissions_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        sa.UniqueConstraint("attempt_token", name=op.f("uq_submissions_attempt_token")),
    )
    with op.batch_alter_table("submissions") as batch_op:
        batch_op.create_index("ix_submissions_history", ["user_id", "created_at"], unique=False)
        batch_op.create_index(
            "ix_submissions_running", ["user_id", "state", "lease_until"], unique=False
        )
        batch_op.create_index("ix_submissions_served", ["user_id", "claimed_at"], unique=False)
        batch_op.create_index("ix_submissions_waiting", ["state", "created_at"], unique=False)

    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(length=120), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column(
            "ending",
            _words("ending", "graded", "judge_error", "lost", "engine_away", "stopped"),
            nullable=True,
        ),
        sa.Column(
            "verdict",
            _words(
                "verdict",
                "passed",
                "failed",
                "timeout",
                "out_of_memory",
                "output_limit",
                "crashed",
                "invalid",
                "judge_error",
            ),
            nullable=True,
        ),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("phases", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "(verdict IS NOT NULL) = (ending IS NOT NULL AND ending = 'graded')",
            name=op.f("ck_attempts_graded_has_verdict"),
        ),
        sa.CheckConstraint(
            "(ending IS NULL) = (ended_at IS NULL)", name=op.f("ck_attempts_ended_has_ending")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_attempts_number_from_one")),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submissions.id"],
            name=op.f("fk_attempts_submission_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
        sa.UniqueConstraint(
            "submission_id", "number", name=op.f("uq_attempts_submission_id_number")
        ),
        sa.UniqueConstraint("token", name=op.f("uq_attempts_token")),
    )
    op.create_table(
        "memberships",
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("joined_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], name=op.f("fk_memberships_cohort_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_memberships_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("cohort_id", "user_id", name=op.f("pk_memberships")),
    )
    with op.batch_alter_table("memberships") as batch_op:
        batch_op.create_index(batch_op.f("ix_memberships_user_id"), ["user_id"], unique=False)

    op.create_table(
        "test_results",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("test_id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("visible", sa.Boolean(), nullable=False),
        sa.Column(
            "outcome",
            _words("outcome", "passed", "failed", "error", "skipped", "not_run"),
            nullable=False,
        ),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("exchanges", sa.JSON(), nullable=False),
        sa.Column("output", sa.Text(), nullable=False),
        sa.CheckConstraint("points >= 0", name=op.f("ck_test_results_points_not_negative")),
        sa.CheckConstraint("seconds >= 0", name=op.f("ck_test_results_seconds_not_negative")),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["attempts.id"],
            name=op.f("fk_test_results_attempt_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_test_results")),
        sa.UniqueConstraint(
            "attempt_id", "test_id", name=op.f("uq_test_results_attempt_id_test_id")
        ),
    )


def downgrade() -> None:
    """Back to the one before."""
    op.drop_table("test_results")
    op.drop_table("memberships")
    op.drop_table("attempts")
    op.drop_table("submissions")
    op.drop_table("progress")
    op.drop_table("cohorts")
    op.drop_table("worker_status")
    op.drop_table("users")
    op.drop_table("exercises")
