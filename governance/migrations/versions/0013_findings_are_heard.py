"""What a candidate is told of a finding, what they say to it, and since when it is heard."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    text = sa.String(32)
    for name in ("told", "comment"):
        op.add_column("vetting_check", sa.Column(name, text, nullable=False, server_default=""))
    heard = sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True)
    op.add_column("vetting_check", heard)


def downgrade() -> None:
    for name in ("told", "comment", "heard_at"):
        op.drop_column("vetting_check", name)
