"""Both columns at once: a trigger carries what is written into the one over to the other.

Wrong: the column is simply renamed, so the old program fails at once.
"""

from alembic import op

revision = "expand"
down_revision = None


def upgrade():
    op.execute("ALTER TABLE members RENAME COLUMN email TO contact_email")


def downgrade():
    op.execute("ALTER TABLE members RENAME COLUMN contact_email TO email")
