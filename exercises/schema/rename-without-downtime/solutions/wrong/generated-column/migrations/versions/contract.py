"""The old column goes, and with it what kept the two alike."""

from alembic import op

revision = "contract"
down_revision = "expand"


def upgrade():
    op.execute("ALTER TABLE members ALTER COLUMN contact_email DROP EXPRESSION")
    op.execute("ALTER TABLE members DROP COLUMN email")


def downgrade():
    op.execute("ALTER TABLE members ADD COLUMN email text UNIQUE")
    op.execute("UPDATE members SET email = contact_email")
    op.execute("ALTER TABLE members ALTER COLUMN email SET NOT NULL")
    op.execute("ALTER TABLE members DROP COLUMN contact_email")
    op.execute("""
        ALTER TABLE members
        ADD COLUMN contact_email text NOT NULL UNIQUE GENERATED ALWAYS AS (email) STORED
    """)
