"""Reviews say which line of the body's rules they follow, and until when they are answered for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "composition_review", sa.Column("line", sa.String(60), nullable=False, server_default="")
    )
    op.add_column("composition_review", sa.Column("answer_by", sa.Date, nullable=True))


def downgrade() -> None:
    op.drop_column("composition_review", "answer_by")
    op.drop_column("composition_review", "line")
