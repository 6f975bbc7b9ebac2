"""Exercises are kept version by version, and know where they come from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision. Nothing is published until `backyard setup` has read the exercises."""
    op.create_table(
        "exercise_versions",
        sa.Column("exercise_id", sa.String(length=120), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_commit", sa.String(length=64), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_exercise_versions_number_from_one")),
        sa.CheckConstraint(
            "length(content_hash) = 64", name=op.f("ck_exercise_versions_content_hash_length")
        ),
        sa.CheckConstraint("source <> ''", name=op.f("ck_exercise_versions_source_is_named")),
        sa.ForeignKeyConstraint(
            ["exercise_id"], ["exercises.id"], name=op.f("fk_exercise_versions_exercise_id")
        ),
        sa.ForeignKeyConstraint(
            ["published_by"],
            ["users.id"],
            name=op.f("fk_exercise_versions_published_by"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("exercise_id", "number", name=op.f("pk_exercise_versions")),
        sa.UniqueConstraint(
            "exercise_id",
            "content_hash",
            name=op.f("uq_exercise_versions_exercise_id_content_hash"),
        ),
    )
    with op.batch_alter_table("exercises") as batch_op:
        batch_op.add_column(sa.Column("source", sa.Text(), nullable=False, server_default="site"))
    with op.batch_alter_table("exercises") as batch_op:
        batch_op.alter_column("source", server_default=None)
    op.execute("UPDATE exercises SET content_hash = ''")


def downgrade() -> None:
    """Back to the one before."""
    with op.batch_alter_table("exercises") as batch_op:
        batch_op.drop_column("source")
    op.drop_table("exercise_versions")
