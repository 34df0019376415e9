"""An application is found by the fingerprint of its link."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DELETE FROM application")  # nobody could begin one before
    token = sa.Column("token", sa.String(64), nullable=False, server_default="")
    op.add_column("application", token)
    op.create_index("uq_application_token", "application", ["token"], unique=True)


def downgrade() -> None:
    op.drop_index("uq_application_token", "application")
    op.drop_column("application", "token")
