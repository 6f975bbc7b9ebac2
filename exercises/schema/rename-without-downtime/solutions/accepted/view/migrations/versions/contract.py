"""The view goes, and the table comes back under its name."""

from alembic import op

revision = "contract"
down_revision = "expand"


def upgrade():
    op.execute("DROP VIEW members")
    op.rename_table("members_kept", "members")


def downgrade():
    op.rename_table("members", "members_kept")
    op.execute("""
        CREATE VIEW members AS
        SELECT id, name, contact_email AS email, contact_email FROM members_kept
    """)
