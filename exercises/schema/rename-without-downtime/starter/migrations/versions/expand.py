"""Both columns at once: the program of today and that of tomorrow work side by side."""

from alembic import op

revision = "expand"
down_revision = None


def upgrade():
    # From here on each program must find what the other one has written, under its own name.
    op.execute("ALTER TABLE members RENAME COLUMN email TO contact_email")


def downgrade():
    # Back to where the old program alone was running. No row may be lost.
    pass
