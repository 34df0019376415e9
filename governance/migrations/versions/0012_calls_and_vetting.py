"""Calls, applications, evidence, rulings, exceptions; candidacies and checks know more states."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from governance.migrations.states import widen

JSON = sa.JSON().with_variant(JSONB(), "postgresql")

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

CANDIDACY = (
    "nominated",
    "eligible",
    "ineligible",
    "declarations",
    "checks",
    "review",
    "cleared",
    "cleared_with_conditions",
    "refused",
    "shortlisted",
    "chosen",
    "appointed",
    "declined",
    "withdrawn",
)
CANDIDACY_BEFORE = (
    "nominated",
    "eligible",
    "ineligible",
    "checks",
    "cleared",
    "refused",
    "shortlisted",
    "chosen",
    "appointed",
    "declined",
    "withdrawn",
)
CHECK = (
    "ordered",
    "awaited",
    "received",
    "satisfactory",
    "adverse",
    "disputed",
    "expired",
    "waived",
)
CHECK_BEFORE = ("ordered", "awaited", "received", "satisfactory", "adverse")


def upgrade() -> None:
    _column_names()
    _national_bureau()
    _application()
    _appointment_call()
    _evidence()
    _gate_exception()
    _same_person()
    _vetting_ruling()
    _candidacy_knows_more()
    _check_knows_more()


def downgrade() -> None:
    widen("vetting_check", CHECK, CHECK_BEFORE)
    op.drop_index("ix_vetting_check_valid_until", "vetting_check")
    for column in ("stage", "answered_by", "dated", "condition", "waived_because"):
        op.drop_column("vetting_check", column)
    widen("candidacy", CANDIDACY, CANDIDACY_BEFORE)
    op.drop_index("uq_candidacy_one_chosen", "candidacy")
    for column in ("kind", "came_by", "held", "conditions"):
        op.drop_column("candidacy", column)
    for table in DROPPED:
        op.drop_table(table)


DROPPED = (
    "vetting_ruling",
    "same_person",
    "gate_exception",
    "evidence",
    "appointment_call",
    "application",
    "national_bureau",
    "column_names",
)


def _add(table: str, column: str, length: int, first: str = "") -> None:
    """A text that every row has; rows that are there already get the first value."""
    kind = sa.String(length)
    op.add_column(table, sa.Column(column, kind, nullable=False, server_default=first))


def _candidacy_knows_more() -> None:
    if op.get_bind().dialect.name != "sqlite":  # SQLite counts no letters
        op.alter_column("candidacy", "state", type_=sa.String(30))
    _add("candidacy", "kind", 20, "external")
    _add("candidacy", "came_by", 20, "import")
    _add("candidacy", "held", 30)
    _add("candidacy", "conditions", 32)
    one = sa.text("state IN ('chosen', 'appointed')")
    op.create_index(
        "uq_candidacy_one_chosen",
        "candidacy",
        ["case_id"],
        unique=True,
        sqlite_where=one,
        postgresql_where=one,
    )
    widen("candidacy", CANDIDACY_BEFORE, CANDIDACY)


def _check_knows_more() -> None:
    _add("vetting_check", "stage", 60)
    _add("vetting_check", "answered_by", 30, "officer")
    _add("vetting_check", "condition", 32)
    _add("vetting_check", "waived_because", 32)
    op.add_column("vetting_check", sa.Column("dated", sa.Date(), nullable=True))
    op.create_index("ix_vetting_check_valid_until", "vetting_check", ["valid_until"], unique=False)
    widen("vetting_check", CHECK_BEFORE, CHECK)


def _column_names() -> None:
    op.create_table(
        "column_names",
        sa.Column("header", sa.String(64), nullable=False),
        sa.Column("names", JSON, nullable=False),
        sa.Column("said_by", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("header", name=op.f("pk_column_names")),
    )


def _national_bureau() -> None:
    op.create_table(
        "national_bureau",
        sa.Column("country", sa.String(3), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_national_bureau_person_id")
        ),
        sa.PrimaryKeyConstraint("country", name=op.f("pk_national_bureau")),
    )
    with op.batch_alter_table("national_bureau", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_national_bureau_person_id"), ["person_id"], unique=False
        )


def _application() -> None:
    op.create_table(
        "application",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("form", sa.String(32), nullable=False),
        sa.Column("privacy", sa.String(60), nullable=False),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'sent', 'lapsed', 'withdrawn')",
            name=op.f("ck_application_state_is_of_the_lifecycle"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["appointment_case.id"], name=op.f("fk_application_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_application_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("case_id", "person_id", name=op.f("uq_application_case_id_person_id")),
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_application_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_application_person_id"), ["person_id"], unique=False)


def _appointment_call() -> None:
    op.create_table(
        "appointment_call",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("words", JSON, nullable=False),
        sa.Column("approved_by", sa.String(32), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changes", JSON, nullable=False),
        sa.CheckConstraint(
            "state IN ('prepared', 'submitted', 'open', 'closed', 'cancelled')",
            name=op.f("ck_appointment_call_state_is_of_the_lifecycle"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["appointment_case.id"], name=op.f("fk_appointment_call_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment_call")),
        sa.UniqueConstraint("case_id", "round", name=op.f("uq_appointment_call_case_id_round")),
    )
    with op.batch_alter_table("appointment_call", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appointment_call_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_appointment_call_closes_at"), ["closes_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_appointment_call_state"), ["state"], unique=False)


def _evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("candidacy_id", sa.String(32), nullable=False),
        sa.Column("check_id", sa.String(32), nullable=True),
        sa.Column("purpose", sa.String(40), nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("content", sa.String(32), nullable=False),
        sa.Column("given_by", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["appointment_case.id"], name=op.f("fk_evidence_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_evidence_candidacy_id"), ["candidacy_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_evidence_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_check_id"), ["check_id"], unique=False)


def _gate_exception() -> None:
    op.create_table(
        "gate_exception",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("candidacy_id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kinds", JSON, nullable=False),
        sa.Column("article", sa.String(300), nullable=False),
        sa.Column("text", sa.String(32), nullable=False),
        sa.Column("asked_by", sa.String(32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("decided_by", sa.String(32), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["candidacy_id"], ["candidacy.id"], name=op.f("fk_gate_exception_candidacy_id")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["appointment_case.id"], name=op.f("fk_gate_exception_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_exception")),
        sa.UniqueConstraint(
            "candidacy_id", "number", name=op.f("uq_gate_exception_candidacy_id_number")
        ),
    )
    with op.batch_alter_table("gate_exception", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_gate_exception_candidacy_id"), ["candidacy_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_gate_exception_case_id"), ["case_id"], unique=False)


def _same_person() -> None:
    op.create_table(
        "same_person",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("one", sa.String(32), nullable=False),
        sa.Column("other", sa.String(32), nullable=False),
        sa.Column("is_same", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(32), nullable=False),
        sa.Column("said_by", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["appointment_case.id"], name=op.f("fk_same_person_case_id")
        ),
        sa.ForeignKeyConstraint(["one"], ["candidacy.id"], name=op.f("fk_same_person_one")),
        sa.ForeignKeyConstraint(["other"], ["candidacy.id"], name=op.f("fk_same_person_other")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_same_person")),
        sa.UniqueConstraint("one", "other", name=op.f("uq_same_person_one_other")),
    )
    with op.batch_alter_table("same_person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_same_person_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_same_person_one"), ["one"], unique=False)
        batch_op.create_index(batch_op.f("ix_same_person_other"), ["other"], unique=False)


def _vetting_ruling() -> None:
    op.create_table(
        "vetting_ruling",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("candidacy_id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("outcome", sa.String(30), nullable=False),
        sa.Column("reason", sa.String(60), nullable=False),
        sa.Column("text", sa.String(32), nullable=False),
        sa.Column("conditions", sa.String(32), nullable=False),
        sa.Column("proposed_by", sa.String(32), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_by", sa.String(32), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("request", sa.String(32), nullable=False),
        sa.Column("reconsidered_by", sa.String(32), nullable=True),
        sa.Column("reconsidered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('proposed', 'sent_back', 'signed', 'reconsidered', 'upheld', 'overturned')",
            name=op.f("ck_vetting_ruling_state_is_of_the_lifecycle"),
        ),
        sa.ForeignKeyConstraint(
            ["candidacy_id"], ["candidacy.id"], name=op.f("fk_vetting_ruling_candidacy_id")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["appointment_case.id"], name=op.f("fk_vetting_ruling_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vetting_ruling")),
        sa.UniqueConstraint(
            "candidacy_id", "number", name=op.f("uq_vetting_ruling_candidacy_id_number")
        ),
    )
    with op.batch_alter_table("vetting_ruling", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_vetting_ruling_candidacy_id"), ["candidacy_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_vetting_ruling_case_id"), ["case_id"], unique=False)
