"""A vacant seat may be filled by an appointment: what was asked for, and what came of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

JSON = sa.JSON().with_variant(JSONB(), "postgresql")

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    at = sa.DateTime(timezone=True)
    op.create_table(
        "seat_filling",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("committee_id", sa.String(32), nullable=False),
        sa.Column("seat_id", sa.String(32), nullable=False),
        sa.Column("post", sa.String(60), nullable=False),
        sa.Column("article", sa.String(300), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("asked_by", sa.String(32), nullable=False),
        sa.Column("asked_at", at, nullable=False),
        sa.Column("wanted_on", sa.Date(), nullable=True),
        sa.Column("vacant_from", at, nullable=True),
        sa.Column("confirmed", JSON, nullable=False),
        sa.Column("case_id", sa.String(32), nullable=True),
        sa.Column("reference", sa.String(30), nullable=False),
        sa.Column("sitting_id", sa.String(32), nullable=True),
        sa.Column("because", sa.String(1000), nullable=False),
        sa.Column("entry", sa.String(64), nullable=False),
        sa.CheckConstraint(
            "state IN ('wanted', 'launched', 'seated', 'failed')",
            name=op.f("ck_seat_filling_state_is_of_the_lifecycle"),
        ),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_seat_filling_committee_id")
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_seat_filling_seat_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_seat_filling_asked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_filling")),
    )
    for column in ("committee_id", "seat_id", "state", "case_id"):
        op.create_index(op.f(f"ix_seat_filling_{column}"), "seat_filling", [column])


def downgrade() -> None:
    op.drop_table("seat_filling")
