"""Appointments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

JSON = sa.JSON().with_variant(JSONB(), "postgresql")

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _appointment_case()
    _candidacy()
    _induction_task()
    _document()
    _vetting_check()


def downgrade() -> None:
    op.drop_table("vetting_check")
    op.drop_table("document")
    op.drop_table("induction_task")
    op.drop_table("candidacy")
    op.drop_table("appointment_case")


def _appointment_case() -> None:
    op.create_table(
        "appointment_case",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("reference", sa.String(30), nullable=False),
        sa.Column("procedure", sa.String(60), nullable=False),
        sa.Column("post", sa.String(60), nullable=False),
        sa.Column("law", sa.String(64), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("stage", sa.String(60), nullable=False),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rounds", JSON, nullable=False),
        sa.Column("passed", JSON, nullable=False),
        sa.Column("needs", JSON, nullable=False),
        sa.Column("verdicts", JSON, nullable=False),
        sa.Column("justified", JSON, nullable=False),
        sa.Column("chosen", sa.String(32), nullable=True),
        sa.Column("wanted_on", sa.Date(), nullable=True),
        sa.Column("entry_on_duty", sa.Date(), nullable=True),
        sa.Column("launched_by", sa.String(32), nullable=False),
        sa.Column("launched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('running', 'completed', 'closed', 'withdrawn')",
            name=op.f("ck_appointment_case_state_is_of_the_lifecycle"),
        ),
        sa.ForeignKeyConstraint(
            ["launched_by"], ["person.id"], name=op.f("fk_appointment_case_launched_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment_case")),
        sa.UniqueConstraint("reference", name=op.f("uq_appointment_case_reference")),
    )
    with op.batch_alter_table("appointment_case", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_appointment_case_launched_at"), ["launched_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_appointment_case_post"), ["post"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointment_case_state"), ["state"], unique=False)


def _candidacy() -> None:
    op.create_table(
        "candidacy",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("findings", JSON, nullable=False),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('nominated', 'eligible', 'ineligible', 'checks', 'cleared', 'refused', 'shortlisted', 'chosen', 'appointed', 'declined', 'withdrawn')",
            name=op.f("ck_candidacy_state_is_of_the_lifecycle"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["appointment_case.id"], name=op.f("fk_candidacy_case_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_candidacy_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidacy")),
        sa.UniqueConstraint("case_id", "person_id", name=op.f("uq_candidacy_case_id_person_id")),
    )
    with op.batch_alter_table("candidacy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_candidacy_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_candidacy_person_id"), ["person_id"], unique=False)


def _induction_task() -> None:
    op.create_table(
        "induction_task",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("title", JSON, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(32), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["appointment_case.id"], name=op.f("fk_induction_task_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_induction_task")),
        sa.UniqueConstraint("case_id", "key", name=op.f("uq_induction_task_case_id_key")),
    )
    with op.batch_alter_table("induction_task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_induction_task_case_id"), ["case_id"], unique=False)


def _document() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("candidacy_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("provenance", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["candidacy_id"], ["candidacy.id"], name=op.f("fk_document_candidacy_id")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["appointment_case.id"], name=op.f("fk_document_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint(
            "case_id",
            "candidacy_id",
            "kind",
            "language",
            "round",
            name=op.f("uq_document_case_id_candidacy_id_kind_language_round"),
        ),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_document_candidacy_id"), ["candidacy_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_document_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_number"), ["number"], unique=False)


def _vetting_check() -> None:
    op.create_table(
        "vetting_check",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("candidacy_id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("source", sa.String(200), nullable=False),
        sa.Column("judged_by", sa.String(32), nullable=True),
        sa.Column("note", sa.String(32), nullable=False),
        sa.CheckConstraint(
            "state IN ('ordered', 'awaited', 'received', 'satisfactory', 'adverse')",
            name=op.f("ck_vetting_check_state_is_of_the_lifecycle"),
        ),
        sa.ForeignKeyConstraint(
            ["candidacy_id"], ["candidacy.id"], name=op.f("fk_vetting_check_candidacy_id")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["appointment_case.id"], name=op.f("fk_vetting_check_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vetting_check")),
        sa.UniqueConstraint(
            "candidacy_id", "kind", "number", name=op.f("uq_vetting_check_candidacy_id_kind_number")
        ),
    )
    with op.batch_alter_table("vetting_check", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_vetting_check_candidacy_id"), ["candidacy_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_vetting_check_case_id"), ["case_id"], unique=False)
