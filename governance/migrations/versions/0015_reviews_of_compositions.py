"""Reviews of compositions, and tables of groups that an administrator has set."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from governance.database import Instant

JSON = sa.JSON().with_variant(JSONB(), "postgresql")

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

STATES = "'due', 'computed', 'compliant', 'at_risk', 'justified', 'waived', 'blocked', 'decided'"


def upgrade() -> None:
    op.create_table(
        "composition_review",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("body", sa.String(60), nullable=False, index=True),
        sa.Column("owner", sa.String(80), nullable=False, index=True),
        sa.Column("state", sa.String(20), nullable=False, index=True),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("judged_on", sa.Date),
        sa.Column("members", JSON, nullable=False),
        sa.Column("verdict", JSON, nullable=False),
        sa.Column("answered", JSON, nullable=False),
        sa.Column("opened_by", sa.String(32)),
        sa.Column("opened_at", Instant, nullable=False, index=True),
        sa.Column("decided_at", Instant),
        sa.CheckConstraint(f"state IN ({STATES})", name="state_is_of_the_lifecycle"),
    )
    op.create_table(
        "scheme_table",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("scheme", sa.String(60), nullable=False, index=True),
        sa.Column("content", sa.String, nullable=False),
        sa.Column("set_by", sa.String(32)),
        sa.Column("set_at", Instant, nullable=False, index=True),
    )


def downgrade() -> None:
    op.drop_table("scheme_table")
    op.drop_table("composition_review")
