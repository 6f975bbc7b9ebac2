"""The column has its new name already. Wrong: see expand.py."""

revision = "contract"
down_revision = "expand"


def upgrade():
    pass


def downgrade():
    pass
