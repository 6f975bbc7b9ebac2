"""Verified addresses, a theme for each user, and cohorts that outlive their owner's account."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

THEMES = sa.Enum(
    "system", "light", "dark", name="theme", native_enum=False, create_constraint=True, length=20
)


def upgrade() -> None:
    """To this revision. Nobody's address is verified yet; no cohort asks for that."""
    with op.batch_alter_table("users") as batch_op:
        batch_op.add_column(sa.Column("email_verified_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("theme", THEMES, nullable=False, server_default="system"))
    with op.batch_alter_table("users") as batch_op:
        batch_op.alter_column("theme", server_default=None, existing_type=THEMES)
    with op.batch_alter_table("cohorts") as batch_op:
        no = sa.false()
        batch_op.add_column(
            sa.Column("wants_verified", sa.Boolean(), nullable=False, server_default=no)
        )
        _owner(batch_op, nullable=True, ondelete="SET NULL")
    with op.batch_alter_table("cohorts") as batch_op:
        batch_op.alter_column("wants_verified", server_default=None)


def downgrade() -> None:
    """Back to the one before. Cohorts need an owner there: those without get the first admin."""
    op.execute(
        "UPDATE cohorts SET owner_id = (SELECT min(id) FROM users WHERE role = 'admin') "
        "WHERE owner_id IS NULL"
    )
    with op.batch_alter_table("cohorts") as batch_op:
        _owner(batch_op, nullable=False, ondelete=None)
        batch_op.drop_column("wants_verified")
    with op.batch_alter_table("users") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_users_theme"), type_="check")
        batch_op.drop_column("theme")
        batch_op.drop_column("email_verified_at")


def _owner(batch_op: BatchOperations, *, nullable: bool, ondelete: str | None) -> None:
    """Make the owner's column anew: whether it may be empty, and what an account's end does."""
    name = batch_op.f("fk_cohorts_owner_id")
    batch_op.drop_constraint(name, type_="foreignkey")
    batch_op.alter_column("owner_id", existing_type=sa.Integer(), nullable=nullable)
    batch_op.create_foreign_key(name, "users", ["owner_id"], ["id"], ondelete=ondelete)
