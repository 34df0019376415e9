"""Assessment, what follows a decision, and cases that stand still."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from governance.migrations.states import widen

JSON = sa.JSON().with_variant(JSONB(), "postgresql")

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ENDS = ("completed", "closed", "withdrawn")


def upgrade() -> None:
    widen("appointment_case", ("running", *ENDS), ("running", "paused", *ENDS))
    _assessment()
    _case_pause()
    _panel_member()
    _assessment_meeting()
    _offer()
    _roster_place()
    _service()
    _service_task()
    _candidacy_more()


def downgrade() -> None:
    op.drop_table("service_task")
    op.drop_table("service")
    op.drop_table("roster_place")
    op.drop_table("offer")
    op.drop_table("assessment_meeting")
    op.drop_table("panel_member")
    op.drop_table("case_pause")
    op.drop_table("assessment")
    op.drop_index(op.f("ix_candidacy_case_id_state_came_at_id"), "candidacy")
    op.drop_index(op.f("ix_candidacy_state_came_at_id"), "candidacy")
    widen("appointment_case", ("running", "paused", *ENDS), ("running", *ENDS))


def _assessment() -> None:
    op.create_table(
        "assessment",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("criteria", JSON, nullable=False),
        sa.Column("fixed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fixed_by", sa.String(32), nullable=True),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("codes", JSON, nullable=False),
        sa.Column("findings", JSON, nullable=False),
        sa.Column("composed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ranking", JSON, nullable=False),
        sa.Column("recommended", JSON, nullable=False),
        sa.Column("discussion", sa.String(32), nullable=False),
        sa.CheckConstraint(
            "state IN ('fixed', 'composed', 'scoring', 'ranked', 'recommended')",
            name=op.f("ck_assessment_state_is_of_the_lifecycle"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["appointment_case.id"], name=op.f("fk_assessment_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("case_id", name=op.f("uq_assessment_case_id")),
    )


def _case_pause() -> None:
    op.create_table(
        "case_pause",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paused_by", sa.String(32), nullable=False),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("resumed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moved", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["appointment_case.id"], name=op.f("fk_case_pause_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_pause")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_case_pause_case_id_number")),
    )
    op.create_index(op.f("ix_case_pause_case_id"), "case_pause", ["case_id"], unique=False)


def _panel_member() -> None:
    op.create_table(
        "panel_member",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("trained_on", sa.Date(), nullable=True),
        sa.Column("relations", JSON, nullable=False),
        sa.Column("replaces", sa.String(32), nullable=True),
        sa.Column("because", sa.String(32), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('named', 'declared', 'recused', 'released')",
            name=op.f("ck_panel_member_state_is_of_the_lifecycle"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["appointment_case.id"], name=op.f("fk_panel_member_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_panel_member_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_member")),
        sa.UniqueConstraint("case_id", "person_id", name=op.f("uq_panel_member_case_id_person_id")),
    )
    op.create_index(op.f("ix_panel_member_case_id"), "panel_member", ["case_id"], unique=False)
    op.create_index(op.f("ix_panel_member_person_id"), "panel_member", ["person_id"], unique=False)


def _assessment_meeting() -> None:
    op.create_table(
        "assessment_meeting",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("candidacy_id", sa.String(32), nullable=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zone", sa.String(60), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('set', 'held', 'called_off')",
            name=op.f("ck_assessment_meeting_state_is_of_the_lifecycle"),
        ),
        sa.ForeignKeyConstraint(
            ["candidacy_id"], ["candidacy.id"], name=op.f("fk_assessment_meeting_candidacy_id")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["appointment_case.id"], name=op.f("fk_assessment_meeting_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_meeting")),
    )
    op.create_index(
        op.f("ix_assessment_meeting_begins_at"), "assessment_meeting", ["begins_at"], unique=False
    )
    op.create_index(
        op.f("ix_assessment_meeting_case_id"), "assessment_meeting", ["case_id"], unique=False
    )


def _offer() -> None:
    op.create_table(
        "offer",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("candidacy_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("live_post", sa.String(60), nullable=True),
        sa.Column("conditions", JSON, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('made', 'accepted', 'fulfilled', 'refused', 'lapsed', 'taken_back')",
            name=op.f("ck_offer_state_is_of_the_lifecycle"),
        ),
        sa.ForeignKeyConstraint(
            ["candidacy_id"], ["candidacy.id"], name=op.f("fk_offer_candidacy_id")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["appointment_case.id"], name=op.f("fk_offer_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_offer_case_id_number")),
        sa.UniqueConstraint("live_post", name=op.f("uq_offer_live_post")),
    )
    op.create_index(op.f("ix_offer_candidacy_id"), "offer", ["candidacy_id"], unique=False)
    op.create_index(op.f("ix_offer_case_id"), "offer", ["case_id"], unique=False)


def _roster_place() -> None:
    op.create_table(
        "roster_place",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("candidacy_id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("post", sa.String(60), nullable=False),
        sa.Column("grade", sa.String(12), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("renewed", sa.Integer(), nullable=False),
        sa.Column("used_in", sa.String(32), nullable=True),
        sa.Column("because", sa.String(32), nullable=False),
        sa.CheckConstraint(
            "state IN ('listed', 'used', 'expired', 'removed')",
            name=op.f("ck_roster_place_state_is_of_the_lifecycle"),
        ),
        sa.ForeignKeyConstraint(
            ["candidacy_id"], ["candidacy.id"], name=op.f("fk_roster_place_candidacy_id")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["appointment_case.id"], name=op.f("fk_roster_place_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_roster_place_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_place")),
        sa.UniqueConstraint("candidacy_id", name=op.f("uq_roster_place_candidacy_id")),
    )
    op.create_index(op.f("ix_roster_place_case_id"), "roster_place", ["case_id"], unique=False)
    op.create_index(op.f("ix_roster_place_grade"), "roster_place", ["grade"], unique=False)
    op.create_index(op.f("ix_roster_place_person_id"), "roster_place", ["person_id"], unique=False)
    op.create_index(op.f("ix_roster_place_post"), "roster_place", ["post"], unique=False)


def _service() -> None:
    op.create_table(
        "service",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("reference", sa.String(30), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=True),
        sa.Column("candidacy_id", sa.String(32), nullable=True),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("office", sa.String(60), nullable=False),
        sa.Column("post", sa.String(60), nullable=False),
        sa.Column("law", sa.String(64), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("cap_on", sa.Date(), nullable=True),
        sa.Column("oath_on", sa.Date(), nullable=True),
        sa.Column("probation_until", sa.Date(), nullable=True),
        sa.Column("prolonged", sa.Integer(), nullable=False),
        sa.Column("extended", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ratified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("holding_id", sa.String(32), nullable=True),
        sa.Column("because", sa.String(32), nullable=False),
        sa.Column("end_reason", sa.String(40), nullable=False),
        sa.CheckConstraint(
            "state IN ('expected', 'probation', 'serving', 'ended', 'fallen_through')",
            name=op.f("ck_service_state_is_of_the_lifecycle"),
        ),
        sa.ForeignKeyConstraint(
            ["candidacy_id"], ["candidacy.id"], name=op.f("fk_service_candidacy_id")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["appointment_case.id"], name=op.f("fk_service_case_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_service_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
        sa.UniqueConstraint("candidacy_id", name=op.f("uq_service_candidacy_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_service_reference")),
    )
    op.create_index(op.f("ix_service_case_id"), "service", ["case_id"], unique=False)
    op.create_index(op.f("ix_service_office"), "service", ["office"], unique=False)
    op.create_index(op.f("ix_service_person_id"), "service", ["person_id"], unique=False)
    op.create_index(op.f("ix_service_state"), "service", ["state"], unique=False)


def _service_task() -> None:
    op.create_table(
        "service_task",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("service_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("title", JSON, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(32), nullable=True),
        sa.Column("result", sa.String(20), nullable=False),
        sa.Column("note", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_service_task_service_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_task")),
        sa.UniqueConstraint("service_id", "key", name=op.f("uq_service_task_service_id_key")),
    )
    op.create_index(
        op.f("ix_service_task_service_id"), "service_task", ["service_id"], unique=False
    )


def _candidacy_more() -> None:
    op.create_index(
        op.f("ix_candidacy_case_id_state_came_at_id"),
        "candidacy",
        ["case_id", "state", "came_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_candidacy_state_came_at_id"), "candidacy", ["state", "came_at", "id"], unique=False
    )
