"""A decision may name several, in order: the next one if somebody declines."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

JSON = sa.JSON().with_variant(JSONB(), "postgresql")

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "appointment_case", sa.Column("endorsed", JSON, nullable=False, server_default="[]")
    )


def downgrade() -> None:
    op.drop_column("appointment_case", "endorsed")
