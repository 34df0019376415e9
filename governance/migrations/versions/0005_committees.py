"""Bodies, their mandates, seats and who held them when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

JSON = sa.JSON().with_variant(JSONB(), "postgresql")

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _committee()
    _committee_mandate()
    _seat()
    _committee_sitting()
    _committee_leave()
    _committee_voting_right()
    _committee_officer()
    _committee_log()
    _committee_reading()


def downgrade() -> None:
    op.drop_table("committee_reading")
    op.drop_table("committee_log")
    op.drop_table("committee_officer")
    op.drop_table("committee_voting_right")
    op.drop_table("committee_leave")
    op.drop_table("committee_sitting")
    op.drop_table("seat")
    op.drop_table("committee_mandate")
    op.drop_table("committee")


def _committee() -> None:
    op.create_table(
        "committee",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("title", JSON, nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("parent_id", sa.String(32), nullable=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("zone", sa.String(60), nullable=False),
        sa.Column("calendar", sa.String(40), nullable=False),
        sa.Column("languages", JSON, nullable=False),
        sa.Column("rules", JSON, nullable=False),
        sa.Column("rules_version", sa.String(64), nullable=False),
        sa.Column("access", sa.String(20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sunset_on", sa.Date(), nullable=True),
        sa.Column("last_met_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaced_by", sa.String(32), nullable=True),
        sa.Column("facts", JSON, nullable=False),
        sa.CheckConstraint(
            "state IN ('idea', 'proposed', 'charter_review', 'active', 'dormant', 'recharter_review', 'closing', 'concluded', 'abandoned', 'replaced')",
            name=op.f("ck_committee_state_is_of_the_lifecycle"),
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["committee.id"], name=op.f("fk_committee_parent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee")),
        sa.UniqueConstraint("key", name=op.f("uq_committee_key")),
    )
    with op.batch_alter_table("committee", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_committee_state"), ["state"], unique=False)


def _committee_mandate() -> None:
    op.create_table(
        "committee_mandate",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("committee_id", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", JSON, nullable=False),
        sa.Column("milestones", JSON, nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.String(200), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("sunset_on", sa.Date(), nullable=True),
        sa.Column("because", sa.String(400), nullable=False),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_committee_mandate_committee_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_mandate")),
        sa.UniqueConstraint(
            "committee_id", "version", name=op.f("uq_committee_mandate_committee_id_version")
        ),
    )
    with op.batch_alter_table("committee_mandate", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_committee_mandate_committee_id"), ["committee_id"], unique=False
        )


def _seat() -> None:
    op.create_table(
        "seat",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("committee_id", sa.String(32), nullable=False),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("title", JSON, nullable=False),
        sa.Column("capacity", sa.String(20), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(60), nullable=False),
        sa.Column("represents", sa.String(120), nullable=False),
        sa.Column("post", sa.String(60), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('vacant', 'nominated', 'consent_asked', 'accepted', 'appointed', 'serving', 'on_leave', 'vote_suspended', 'holding_over', 'abolished')",
            name=op.f("ck_seat_state_is_of_the_lifecycle"),
        ),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_seat_committee_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.UniqueConstraint("committee_id", "key", name=op.f("uq_seat_committee_id_key")),
    )
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_committee_id"), ["committee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_seat_state"), ["state"], unique=False)


def _committee_sitting() -> None:
    op.create_table(
        "committee_sitting",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("committee_id", sa.String(32), nullable=False),
        sa.Column("seat_id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("term_until", sa.Date(), nullable=True),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("holding_over", sa.Boolean(), nullable=False),
        sa.Column("came_by", sa.String(200), nullable=False),
        sa.Column("ended_because", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_committee_sitting_committee_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_committee_sitting_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["seat_id"], ["seat.id"], name=op.f("fk_committee_sitting_seat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_sitting")),
    )
    with op.batch_alter_table("committee_sitting", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_committee_sitting_committee_id"), ["committee_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_committee_sitting_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_committee_sitting_seat_id"), ["seat_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_committee_sitting_term_until"), ["term_until"], unique=False
        )


def _committee_leave() -> None:
    op.create_table(
        "committee_leave",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("committee_id", sa.String(32), nullable=False),
        sa.Column("seat_id", sa.String(32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("because", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_committee_leave_committee_id")
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_committee_leave_seat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_leave")),
    )
    with op.batch_alter_table("committee_leave", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_committee_leave_committee_id"), ["committee_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_committee_leave_seat_id"), ["seat_id"], unique=False)


def _committee_voting_right() -> None:
    op.create_table(
        "committee_voting_right",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("committee_id", sa.String(32), nullable=False),
        sa.Column("seat_id", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("has_right", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("article", sa.String(300), nullable=False),
        sa.Column("working", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_committee_voting_right_committee_id")
        ),
        sa.ForeignKeyConstraint(
            ["seat_id"], ["seat.id"], name=op.f("fk_committee_voting_right_seat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_voting_right")),
    )
    with op.batch_alter_table("committee_voting_right", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_committee_voting_right_committee_id"), ["committee_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_committee_voting_right_seat_id"), ["seat_id"], unique=False
        )


def _committee_officer() -> None:
    op.create_table(
        "committee_officer",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("committee_id", sa.String(32), nullable=False),
        sa.Column("office", sa.String(40), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("acting", sa.Boolean(), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("term_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_committee_officer_committee_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_committee_officer_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_officer")),
    )
    with op.batch_alter_table("committee_officer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_committee_officer_committee_id"), ["committee_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_committee_officer_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_committee_officer_term_until"), ["term_until"], unique=False
        )


def _committee_log() -> None:
    op.create_table(
        "committee_log",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("committee_id", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(32), nullable=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("text", sa.String(32), nullable=False),
        sa.Column("facts", JSON, nullable=True),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_committee_log_committee_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_log")),
    )
    with op.batch_alter_table("committee_log", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_committee_log_committee_id"), ["committee_id"], unique=False
        )


def _committee_reading() -> None:
    op.create_table(
        "committee_reading",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("line_id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["line_id"], ["committee_log.id"], name=op.f("fk_committee_reading_line_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_committee_reading_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_reading")),
        sa.UniqueConstraint(
            "line_id", "person_id", name=op.f("uq_committee_reading_line_id_person_id")
        ),
    )
    with op.batch_alter_table("committee_reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_committee_reading_line_id"), ["line_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_committee_reading_person_id"), ["person_id"], unique=False
        )
