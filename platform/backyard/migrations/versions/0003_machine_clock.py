"""Leases and pauses go by the machine's own clock, and workers name their processes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

LEASES = ("lease_until", "not_before")


def upgrade() -> None:
    """To this revision. Whatever was in hand is graded anew: no worker runs now."""
    _change_leases(sa.Double(), sa.DateTime(), "0")
    op.execute("DELETE FROM worker_status")
    with op.batch_alter_table("worker_status") as batch_op:
        batch_op.add_column(sa.Column("process", sa.String(length=200), nullable=False))


def downgrade() -> None:
    """Back to the one before."""
    with op.batch_alter_table("worker_status") as batch_op:
        batch_op.drop_column("process")
    _change_leases(sa.DateTime(), sa.Double(), "'2000-01-01 00:00:00.000000'")


def _change_leases(
    after: sa.Double[float] | sa.DateTime, before: sa.Double[float] | sa.DateTime, long_ago: str
) -> None:
    with op.batch_alter_table("submissions") as batch_op:
        for column in LEASES:
            batch_op.alter_column(column, type_=after, existing_type=before)
    for column in LEASES:
        op.execute(f"UPDATE submissions SET {column} = {long_ago} WHERE {column} IS NOT NULL")
