"""The clock of consultations: what escalated, who is in the room, when the service was away."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

AT = sa.DateTime(timezone=True)

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def _new() -> dict[str, tuple[sa.Column[Any], ...]]:
    return {
        "consultation": (
            sa.Column("in_session", sa.Boolean(), nullable=False, server_default=sa.false()),
            sa.Column("escalated", sa.Integer(), nullable=False, server_default="0"),
            sa.Column("followed_by", sa.String(32), nullable=True),
        ),
        "invitation": (
            sa.Column("party", sa.String(60), nullable=False, server_default=""),
            sa.Column("on_leave", sa.Boolean(), nullable=False, server_default=sa.false()),
            sa.Column("casting", sa.String(40), nullable=True),
            sa.Column("window_since", AT, nullable=True),
        ),
        "wakeup": (sa.Column("began_at", AT, nullable=True),),
    }


def upgrade() -> None:
    for table, columns in _new().items():
        for column in columns:
            op.add_column(table, column)
    op.execute("UPDATE invitation SET window_since = handed_over_at")
    op.create_table(
        "outage",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("since", AT, nullable=False),
        sa.Column("until", AT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outage")),
    )
    op.create_index(op.f("ix_outage_until"), "outage", ["until"], unique=False)


def downgrade() -> None:
    op.drop_table("outage")
    for table, columns in _new().items():
        for column in columns:
            op.drop_column(table, column.name)
