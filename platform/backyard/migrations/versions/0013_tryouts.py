"""Learners try their work, and exercises say what kind of work it is."""

from __future__ import annotations

import tomllib

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

STATES = sa.Enum(
    *("queued", "running", "done", "failed"),
    name="taskstate",
    native_enum=False,
    create_constraint=True,
    length=20,
)
EXERCISES = sa.table("exercises", *map(sa.column, ("id", "content_hash", "kind")))
VERSIONS = sa.table(
    "exercise_versions",
    *(sa.column(name) for name in ("exercise_id", "content_hash")),
    sa.column("files", sa.JSON()),
)


def upgrade() -> None:
    """To this revision."""
    with op.batch_alter_table("exercises") as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(20), nullable=False, server_default=""))
    with op.batch_alter_table("exercises") as batch_op:
        batch_op.alter_column("kind", server_default=None)
    _tell_kinds()
    op.create_table(
        "tryouts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", STATES, nullable=False),
        sa.Column("token", sa.String(length=32), nullable=True),
        sa.Column("lease_until", sa.Double(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("exercise_id", sa.String(length=120), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "(state = 'running') = (token IS NOT NULL) AND "
            "(state = 'running') = (lease_until IS NOT NULL)",
            name=op.f("ck_tryouts_running_is_leased"),
        ),
        sa.CheckConstraint(
            "(state IN ('done', 'failed')) = (finished_at IS NOT NULL)",
            name=op.f("ck_tryouts_over_has_time"),
        ),
        sa.CheckConstraint(
            "(state = 'failed') = (reason <> '')", name=op.f("ck_tryouts_failed_has_reason")
        ),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_tryouts_tries_not_negative")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_tryouts_user_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["exercise_id"], ["exercises.id"], name=op.f("fk_tryouts_exercise_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tryouts")),
        sa.UniqueConstraint("token", name=op.f("uq_tryouts_token")),
        sa.UniqueConstraint("user_id", name=op.f("uq_tryouts_user_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "tryout_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tryout_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_tryout_questions_number_from_one")),
        sa.ForeignKeyConstraint(
            ["tryout_id"],
            ["tryouts.id"],
            name=op.f("fk_tryout_questions_tryout_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tryout_questions")),
        sa.UniqueConstraint(
            "tryout_id", "number", name=op.f("uq_tryout_questions_tryout_id_number")
        ),
    )


def _tell_kinds() -> None:
    """Read it from what is published."""
    connection = op.get_bind()
    current = sa.select(EXERCISES.c.id, VERSIONS.c.files).join(
        VERSIONS,
        (VERSIONS.c.exercise_id == EXERCISES.c.id)
        & (VERSIONS.c.content_hash == EXERCISES.c.content_hash),
    )
    for exercise_id, files in connection.execute(current).all():
        kind = tomllib.loads(files["exercise.toml"])["subject"]["kind"]
        this = sa.update(EXERCISES).where(EXERCISES.c.id == exercise_id)
        connection.execute(this.values(kind=kind))


def downgrade() -> None:
    """Back to the one before."""
    op.drop_table("tryout_questions")
    op.drop_table("tryouts")
    with op.batch_alter_table("exercises") as batch_op:
        batch_op.drop_column("kind")
