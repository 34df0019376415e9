"""Consultations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

JSON = sa.JSON().with_variant(JSONB(), "postgresql")

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _consultation()
    _invitation()
    _answer()


def downgrade() -> None:
    op.drop_table("answer")
    op.drop_table("invitation")
    op.drop_table("consultation")


def _consultation() -> None:
    op.create_table(
        "consultation",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("owner_kind", sa.String(40), nullable=False),
        sa.Column("owner_id", sa.String(32), nullable=False),
        sa.Column("step_key", sa.String(60), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(60), nullable=False),
        sa.Column("question", JSON, nullable=False),
        sa.Column("asked_by", sa.String(32), nullable=True),
        sa.Column("rule", JSON, nullable=False),
        sa.Column("level", sa.String(10), nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.Column("content_version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", JSON, nullable=True),
        sa.Column("because", sa.String(64), nullable=False),
        sa.Column("closing_entry", sa.String(64), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'closed', 'withdrawn')",
            name=op.f("ck_consultation_state_is_of_the_lifecycle"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
        sa.UniqueConstraint(
            "owner_kind",
            "owner_id",
            "step_key",
            "round",
            name=op.f("uq_consultation_owner_kind_owner_id_step_key_round"),
        ),
    )
    with op.batch_alter_table("consultation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consultation_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_consultation_state"), ["state"], unique=False)


def _invitation() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("consultation_id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("capacity", sa.String(60), nullable=False),
        sa.Column("calendar", sa.String(40), nullable=False),
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_day", sa.String(10), nullable=False),
        sa.Column("working", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_invitation_consultation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint(
            "consultation_id", "person_id", name=op.f("uq_invitation_consultation_id_person_id")
        ),
        sa.UniqueConstraint("token", name=op.f("uq_invitation_token")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_invitation_consultation_id"), ["consultation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_invitation_person_id"), ["person_id"], unique=False)


def _answer() -> None:
    op.create_table(
        "answer",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("invitation_id", sa.String(32), nullable=False),
        sa.Column("consultation_id", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.String(40), nullable=False),
        sa.Column("chosen", JSON, nullable=False),
        sa.Column("text", sa.String(32), nullable=False),
        sa.Column("content_version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entry", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_answer_consultation_id")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_answer_invitation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint(
            "invitation_id", "version", name=op.f("uq_answer_invitation_id_version")
        ),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_answer_consultation_id"), ["consultation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_answer_invitation_id"), ["invitation_id"], unique=False
        )
