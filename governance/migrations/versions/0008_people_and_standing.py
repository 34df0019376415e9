"""People: absence, ties, assistance, how to be told; and who answers for whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

JSON = sa.JSON().with_variant(JSONB(), "postgresql")

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = (
    "way",
    "recusal",
    "information",
    "draft",
    "delegation",
    "tie",
    "reach",
    "preference",
    "bounce",
    "assistance",
    "absence",
)
COLUMNS = (
    ("answer", "by_id"),
    ("answer", "standing"),
    ("invitation", "alternates"),
    ("invitation", "recused_at"),
    ("invitation", "unreached"),
    ("outbox", "stamp"),
    ("outbox", "digest"),
    ("person", "left_at"),
)


def upgrade() -> None:
    _absence()
    _assistance()
    _bounce()
    _preference()
    _reach()
    _tie()
    _delegation()
    _draft()
    _information()
    _recusal()
    _way()
    _added()


def downgrade() -> None:
    op.drop_index("ix_outbox_stamp", table_name="outbox")
    op.drop_index("ix_outbox_digest", table_name="outbox")
    for table, column in COLUMNS:
        op.drop_column(table, column)
    for table in TABLES:
        op.drop_table(table)


def _absence() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("substitute_id", sa.String(32), nullable=True),
        sa.Column("scope", JSON, nullable=False),
        sa.Column("instrument", sa.String(200), nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("uid", sa.String(200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(32), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_absence_person_id")),
        sa.ForeignKeyConstraint(
            ["substitute_id"], ["person.id"], name=op.f("fk_absence_substitute_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
        sa.UniqueConstraint("person_id", "uid", name=op.f("uq_absence_person_id_uid")),
    )
    op.create_index(op.f("ix_absence_person_id"), "absence", ["person_id"], unique=False)
    op.create_index(op.f("ix_absence_substitute_id"), "absence", ["substitute_id"], unique=False)
    op.create_index(op.f("ix_absence_until"), "absence", ["until"], unique=False)


def _assistance() -> None:
    op.create_table(
        "assistance",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("office", sa.String(60), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_by", sa.String(32), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assistance_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assistance")),
    )
    op.create_index(op.f("ix_assistance_office"), "assistance", ["office"], unique=False)
    op.create_index(op.f("ix_assistance_person_id"), "assistance", ["person_id"], unique=False)


def _bounce() -> None:
    op.create_table(
        "bounce",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("notice", sa.String(160), nullable=False),
        sa.Column("subject_kind", sa.String(40), nullable=False),
        sa.Column("subject_id", sa.String(32), nullable=False),
        sa.Column("because", sa.String(200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_bounce_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bounce")),
        sa.UniqueConstraint("notice", name=op.f("uq_bounce_notice")),
    )
    op.create_index(op.f("ix_bounce_person_id"), "bounce", ["person_id"], unique=False)
    op.create_index(op.f("ix_bounce_subject_id"), "bounce", ["subject_id"], unique=False)


def _preference() -> None:
    op.create_table(
        "preference",
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("zone", sa.String(60), nullable=False),
        sa.Column("channels", JSON, nullable=False),
        sa.Column("digest_at", sa.String(5), nullable=False),
        sa.Column("quiet_from", sa.String(5), nullable=False),
        sa.Column("quiet_until", sa.String(5), nullable=False),
        sa.Column("calendar", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_preference_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_preference")),
    )


def _reach() -> None:
    op.create_table(
        "reach",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("address", sa.String(32), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reach_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reach")),
        sa.UniqueConstraint("person_id", "channel", name=op.f("uq_reach_person_id_channel")),
    )
    op.create_index(op.f("ix_reach_person_id"), "reach", ["person_id"], unique=False)


def _tie() -> None:
    op.create_table(
        "tie",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("other_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], name=op.f("fk_tie_other_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_tie_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tie")),
        sa.UniqueConstraint(
            "person_id", "other_id", "kind", name=op.f("uq_tie_person_id_other_id_kind")
        ),
    )
    op.create_index(op.f("ix_tie_other_id"), "tie", ["other_id"], unique=False)
    op.create_index(op.f("ix_tie_person_id"), "tie", ["person_id"], unique=False)


def _delegation() -> None:
    op.create_table(
        "delegation",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("invitation_id", sa.String(32), nullable=False),
        sa.Column("by_id", sa.String(32), nullable=False),
        sa.Column("to_id", sa.String(32), nullable=False),
        sa.Column("text", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_delegation_by_id")),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_delegation_invitation_id")
        ),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name=op.f("fk_delegation_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
        sa.UniqueConstraint("invitation_id", name=op.f("uq_delegation_invitation_id")),
    )
    op.create_index(op.f("ix_delegation_to_id"), "delegation", ["to_id"], unique=False)


def _draft() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("invitation_id", sa.String(32), nullable=False),
        sa.Column("by_id", sa.String(32), nullable=False),
        sa.Column("position", sa.String(40), nullable=False),
        sa.Column("chosen", JSON, nullable=False),
        sa.Column("text", sa.String(32), nullable=False),
        sa.Column("note", sa.String(32), nullable=False),
        sa.Column("content_version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_draft_by_id")),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_draft_invitation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("invitation_id", name=op.f("uq_draft_invitation_id")),
    )


def _information() -> None:
    op.create_table(
        "information",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("consultation_id", sa.String(32), nullable=False),
        sa.Column("invitation_id", sa.String(32), nullable=False),
        sa.Column("by_id", sa.String(32), nullable=False),
        sa.Column("of_id", sa.String(32), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("question", sa.String(32), nullable=False),
        sa.Column("answer", sa.String(32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('asked', 'told', 'lapsed')",
            name=op.f("ck_information_state_is_of_the_lifecycle"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_information_by_id")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_information_consultation_id")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_information_invitation_id")
        ),
        sa.ForeignKeyConstraint(["of_id"], ["person.id"], name=op.f("fk_information_of_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_information")),
    )
    op.create_index(
        op.f("ix_information_consultation_id"), "information", ["consultation_id"], unique=False
    )
    op.create_index(
        op.f("ix_information_invitation_id"), "information", ["invitation_id"], unique=False
    )
    op.create_index(op.f("ix_information_of_id"), "information", ["of_id"], unique=False)


def _recusal() -> None:
    op.create_table(
        "recusal",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("consultation_id", sa.String(32), nullable=False),
        sa.Column("invitation_id", sa.String(32), nullable=True),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("ground", sa.String(20), nullable=False),
        sa.Column("text", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_recusal_consultation_id")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_recusal_invitation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recusal_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recusal")),
        sa.UniqueConstraint(
            "consultation_id", "person_id", name=op.f("uq_recusal_consultation_id_person_id")
        ),
    )
    op.create_index(
        op.f("ix_recusal_consultation_id"), "recusal", ["consultation_id"], unique=False
    )
    op.create_index(op.f("ix_recusal_invitation_id"), "recusal", ["invitation_id"], unique=False)
    op.create_index(op.f("ix_recusal_person_id"), "recusal", ["person_id"], unique=False)


def _way() -> None:
    op.create_table(
        "way",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("invitation_id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("part", sa.String(20), nullable=False),
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_way_invitation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_way_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_way")),
        sa.UniqueConstraint(
            "invitation_id", "person_id", "part", name=op.f("uq_way_invitation_id_person_id_part")
        ),
        sa.UniqueConstraint("token", name=op.f("uq_way_token")),
    )
    op.create_index(op.f("ix_way_invitation_id"), "way", ["invitation_id"], unique=False)
    op.create_index(op.f("ix_way_person_id"), "way", ["person_id"], unique=False)


def _added() -> None:
    op.add_column("answer", sa.Column("by_id", sa.String(32), nullable=True))
    op.add_column("answer", sa.Column("standing", JSON, nullable=False, server_default="{}"))
    op.add_column("invitation", sa.Column("alternates", JSON, nullable=False, server_default="[]"))
    op.add_column("invitation", sa.Column("recused_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "invitation", sa.Column("unreached", sa.String(200), nullable=False, server_default="")
    )
    op.add_column("outbox", sa.Column("stamp", sa.String(40), nullable=False, server_default=""))
    op.add_column("outbox", sa.Column("digest", sa.String(160), nullable=True))
    op.create_index(op.f("ix_outbox_digest"), "outbox", ["digest"], unique=False)
    op.create_index(op.f("ix_outbox_stamp"), "outbox", ["stamp"], unique=False)
    op.add_column("person", sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))
