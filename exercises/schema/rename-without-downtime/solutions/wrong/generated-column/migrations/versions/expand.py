"""Both columns at once: a trigger carries what is written into the one over to the other.

Wrong: a generated column can't be written by the new program.
"""

from alembic import op

revision = "expand"
down_revision = None


def upgrade():
    op.execute("""
        ALTER TABLE members
        ADD COLUMN contact_email text NOT NULL UNIQUE GENERATED ALWAYS AS (email) STORED
    """)


def downgrade():
    op.execute("ALTER TABLE members DROP COLUMN contact_email")
