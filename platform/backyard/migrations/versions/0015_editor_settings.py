"""How the editor is set belongs to the account."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=20)


TAB_KEYS = _words("tabkey", "indents", "moves")
KEYS = _words("editorkeys", "standard", "vim")


def upgrade() -> None:
    """To this revision. Everybody has the editor as it was before."""
    with op.batch_alter_table("users") as batch_op:
        batch_op.add_column(sa.Column("editor_size", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("tab_key", TAB_KEYS, nullable=False, server_default="indents")
        )
        batch_op.add_column(
            sa.Column("editor_keys", KEYS, nullable=False, server_default="standard")
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_users_editor_size_range"), "editor_size BETWEEN 12 AND 24"
        )
    with op.batch_alter_table("users") as batch_op:
        batch_op.alter_column("tab_key", server_default=None, existing_type=TAB_KEYS)
        batch_op.alter_column("editor_keys", server_default=None, existing_type=KEYS)


def downgrade() -> None:
    """Back to the one before."""
    with op.batch_alter_table("users") as batch_op:
        for name in ("ck_users_editor_size_range", "ck_users_tabkey", "ck_users_editorkeys"):
            batch_op.drop_constraint(batch_op.f(name), type_="check")
        for column in ("editor_size", "tab_key", "editor_keys"):
            batch_op.drop_column(column)
