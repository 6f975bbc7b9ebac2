"""The old column goes, and with it what kept the two alike. Wrong: there is no way back."""

from alembic import op

revision = "contract"
down_revision = "expand"


def upgrade():
    op.execute("DROP TRIGGER members_same_email ON members")
    op.execute("DROP FUNCTION members_same_email")
    op.execute("ALTER TABLE members DROP COLUMN email")


def downgrade():
    pass
