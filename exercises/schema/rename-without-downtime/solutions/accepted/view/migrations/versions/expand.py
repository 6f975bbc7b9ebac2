"""Both names at once: the table steps behind a view that shows its one column twice."""

from alembic import op

revision = "expand"
down_revision = None


def upgrade():
    op.rename_table("members", "members_kept")
    op.alter_column("members_kept", "email", new_column_name="contact_email")
    op.execute("""
        CREATE VIEW members AS
        SELECT id, name, contact_email AS email, contact_email FROM members_kept
    """)


def downgrade():
    op.execute("DROP VIEW members")
    op.alter_column("members_kept", "contact_email", new_column_name="email")
    op.rename_table("members_kept", "members")
