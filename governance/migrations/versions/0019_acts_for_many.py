"""Acts for many candidates: they wait for some minutes, then take effect or are undone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

JSON = sa.JSON().with_variant(JSONB(), "postgresql")

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    at = sa.DateTime(timezone=True)
    op.create_table(
        "act_together",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("candidacies", JSON, nullable=False),
        sa.Column("given", JSON, nullable=False),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("ordered_by", sa.String(32), nullable=False),
        sa.Column("ordered_at", at, nullable=False),
        sa.Column("due_at", at, nullable=False),
        sa.Column("ended_at", at, nullable=True),
        sa.Column("found", JSON, nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'done', 'undone', 'failed')",
            name=op.f("ck_act_together_state_is_of_the_lifecycle"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["appointment_case.id"], name=op.f("fk_act_together_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["ordered_by"], ["person.id"], name=op.f("fk_act_together_ordered_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act_together")),
    )
    op.create_index(op.f("ix_act_together_case_id"), "act_together", ["case_id"])


def downgrade() -> None:
    op.drop_table("act_together")
