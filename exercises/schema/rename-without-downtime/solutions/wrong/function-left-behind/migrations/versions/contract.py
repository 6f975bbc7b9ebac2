"""The old column goes, and with it what kept the two alike.

Wrong: the trigger's function stays behind.
"""

from alembic import op

revision = "contract"
down_revision = "expand"


def upgrade():
    op.execute("DROP TRIGGER members_same_email ON members")
    op.execute("ALTER TABLE members DROP COLUMN email")


def downgrade():
    op.execute("ALTER TABLE members ADD COLUMN email text UNIQUE")
    op.execute("UPDATE members SET email = contact_email")
    op.execute("ALTER TABLE members ALTER COLUMN email SET NOT NULL")
    op.execute("""
        CREATE TRIGGER members_same_email BEFORE INSERT OR UPDATE ON members
        FOR EACH ROW EXECUTE FUNCTION members_same_email()
    """)
