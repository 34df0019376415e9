"""Minutes, decisions and actions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

JSON = sa.JSON().with_variant(JSONB(), "postgresql")

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# What a body has adopted is never edited: something newer supersedes it.
REFUSED = {"minutes_text": ("UPDATE", "DELETE"), "corrigendum": ("UPDATE", "DELETE")}


def upgrade() -> None:
    _minutes()
    _minutes_text()
    _minutes_waiver()
    _corrigendum()
    _decision()
    _committee_action()
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, act in _refused():
        op.execute(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            + (
                f"BEGIN SELECT RAISE(ABORT, '{table}: {act} is refused, something newer supersedes'); END"
                if on_sqlite
                else "FOR EACH STATEMENT EXECUTE FUNCTION is_refused()"
            )
        )


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, act in _refused():
        op.execute(f"DROP TRIGGER {table}_no_{act.lower()}" + ("" if on_sqlite else f" ON {table}"))
    op.drop_table("committee_action")
    op.drop_table("decision")
    op.drop_table("corrigendum")
    op.drop_table("minutes_waiver")
    op.drop_table("minutes_text")
    op.drop_table("minutes")


def _minutes() -> None:
    op.create_table(
        "minutes",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("meeting_id", sa.String(32), nullable=False),
        sa.Column("committee_id", sa.String(32), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("circulated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("window_closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("consultation_id", sa.String(32), nullable=True),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("adopted_how", sa.String(20), nullable=False),
        sa.Column("adopted_version", sa.Integer(), nullable=False),
        sa.Column("certificate", JSON, nullable=False),
        sa.Column("signatures", JSON, nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('due', 'drafting', 'chair_review', 'circulated', 'settling', 'ready', 'adopted', 'signed', 'published', 'archived')",
            name=op.f("ck_minutes_state_is_of_the_lifecycle"),
        ),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_minutes_committee_id")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_minutes_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_minutes_meeting_id")),
    )
    with op.batch_alter_table("minutes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_minutes_committee_id"), ["committee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_minutes_state"), ["state"], unique=False)


def _minutes_text() -> None:
    op.create_table(
        "minutes_text",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("minutes_id", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("edition", sa.String(20), nullable=False),
        sa.Column("blocks", JSON, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(32), nullable=True),
        sa.Column("because", sa.String(400), nullable=False),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["minutes.id"], name=op.f("fk_minutes_text_minutes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_text")),
        sa.UniqueConstraint(
            "minutes_id",
            "version",
            "edition",
            name=op.f("uq_minutes_text_minutes_id_version_edition"),
        ),
    )
    with op.batch_alter_table("minutes_text", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_minutes_text_minutes_id"), ["minutes_id"], unique=False
        )


def _minutes_waiver() -> None:
    op.create_table(
        "minutes_waiver",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("minutes_id", sa.String(32), nullable=False),
        sa.Column("finding", sa.String(64), nullable=False),
        sa.Column("rule", sa.String(60), nullable=False),
        sa.Column("because", sa.String(400), nullable=False),
        sa.Column("by", sa.String(32), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["minutes.id"], name=op.f("fk_minutes_waiver_minutes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_waiver")),
        sa.UniqueConstraint(
            "minutes_id", "finding", name=op.f("uq_minutes_waiver_minutes_id_finding")
        ),
    )
    with op.batch_alter_table("minutes_waiver", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_minutes_waiver_minutes_id"), ["minutes_id"], unique=False
        )


def _corrigendum() -> None:
    op.create_table(
        "corrigendum",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("minutes_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("block", sa.String(60), nullable=False),
        sa.Column("reads", sa.Text(), nullable=False),
        sa.Column("should_read", sa.Text(), nullable=False),
        sa.Column("decision", sa.String(60), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["minutes.id"], name=op.f("fk_corrigendum_minutes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrigendum")),
        sa.UniqueConstraint("minutes_id", "number", name=op.f("uq_corrigendum_minutes_id_number")),
    )
    with op.batch_alter_table("corrigendum", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_corrigendum_minutes_id"), ["minutes_id"], unique=False)


def _decision() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("committee_id", sa.String(32), nullable=False),
        sa.Column("meeting_id", sa.String(32), nullable=True),
        sa.Column("item_id", sa.String(32), nullable=True),
        sa.Column("motion_id", sa.String(32), nullable=True),
        sa.Column("consultation_id", sa.String(32), nullable=True),
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("aliases", JSON, nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("access", sa.String(20), nullable=False),
        sa.Column("how", sa.String(30), nullable=False),
        sa.Column("rule", JSON, nullable=False),
        sa.Column("outcome", JSON, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("confirm_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("supersedes", sa.String(60), nullable=False),
        sa.Column("superseded_by", sa.String(60), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('recorded', 'communicated', 'in_force', 'superseded', 'rescinded', 'expired', 'annulled', 'lapsed')",
            name=op.f("ck_decision_state_is_of_the_lifecycle"),
        ),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_decision_committee_id")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_decision_meeting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("committee_id", "number", name=op.f("uq_decision_committee_id_number")),
        sa.UniqueConstraint("motion_id", name=op.f("uq_decision_motion_id")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_decision_committee_id"), ["committee_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_decision_state"), ["state"], unique=False)


def _committee_action() -> None:
    op.create_table(
        "committee_action",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("committee_id", sa.String(32), nullable=False),
        sa.Column("meeting_id", sa.String(32), nullable=True),
        sa.Column("item_id", sa.String(32), nullable=True),
        sa.Column("decision_id", sa.String(32), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(1000), nullable=False),
        sa.Column("owner_id", sa.String(32), nullable=True),
        sa.Column("owner_name", sa.String(200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("first_due_on", sa.Date(), nullable=True),
        sa.Column("extensions", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("progress", sa.String(1000), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('opened', 'assigned', 'in_progress', 'part_done', 'overdue', 'reported', 'verified', 'overtaken', 'cancelled')",
            name=op.f("ck_committee_action_state_is_of_the_lifecycle"),
        ),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_committee_action_committee_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_action")),
        sa.UniqueConstraint(
            "committee_id", "number", name=op.f("uq_committee_action_committee_id_number")
        ),
    )
    with op.batch_alter_table("committee_action", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_committee_action_committee_id"), ["committee_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_committee_action_decision_id"), ["decision_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_committee_action_owner_id"), ["owner_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_committee_action_state"), ["state"], unique=False)


def _refused() -> list[tuple[str, str]]:
    return [(table, act) for table, acts in REFUSED.items() for act in acts]
