"""Consultations complete: forms, secrecy, content versions, the timeline of the clock."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
AT = sa.DateTime(timezone=True)

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

PROPOSAL_STATES = (
    "proposed",
    "accepted_editorial",
    "accepted_substantive",
    "refused",
    "referred",
    "noted",
    "replaced",
)
PROTECTED = (
    ("ballot_paper", "UPDATE"),
    ("participation", "UPDATE"),
    ("participation", "DELETE"),
    ("teller_count", "UPDATE"),
    ("teller_count", "DELETE"),
    ("clock_event", "UPDATE"),
    ("clock_event", "DELETE"),
    ("content_version", "DELETE"),
    ("consultation", "DELETE"),
)
PAPERS_STAY = "(SELECT state FROM consultation WHERE id = OLD.consultation_id) <> 'open'"
PROMISED = (
    "NEW.secrecy <> OLD.secrecy OR "
    "(OLD.state <> 'open' AND (NEW.state <> OLD.state OR "
    "CAST(NEW.outcome AS TEXT) <> CAST(OLD.outcome AS TEXT) OR "
    "CAST(NEW.rule AS TEXT) <> CAST(OLD.rule AS TEXT)))"
)


def upgrade() -> None:
    for table, columns in _new().items():
        for column in columns:
            op.add_column(table, column)
    _content_version()
    _clock_event()
    _proposal()
    _ballots()
    _protect()


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute("DROP TRIGGER consultation_is_kept" + ("" if on_sqlite else " ON consultation"))
    op.execute("DROP TRIGGER consultation_no_delete" + ("" if on_sqlite else " ON consultation"))
    for table in ("teller_count", "ballot_paper", "participation", "proposal"):
        op.drop_table(table)
    op.drop_table("clock_event")
    op.drop_table("content_version")
    for table, columns in _new().items():
        for column in columns:
            op.drop_column(table, column.name)
    if not on_sqlite:
        op.execute("DROP FUNCTION is_kept_where()")


def _new() -> dict[str, tuple[sa.Column[Any], ...]]:
    return {
        "consultation": (
            sa.Column("form", sa.String(20), nullable=False, server_default="positions"),
            sa.Column("secrecy", sa.String(20), nullable=False, server_default="open"),
            sa.Column("tellers", JSON, nullable=False, server_default="[]"),
            sa.Column("undo_minutes", sa.Integer(), nullable=False, server_default="0"),
            sa.Column("counts_from", sa.Integer(), nullable=False, server_default="1"),
            sa.Column("settles_at", AT, nullable=True),
            sa.Column("paused_at", AT, nullable=True),
            sa.Column("extended", sa.Integer(), nullable=False, server_default="0"),
        ),
        "invitation": (
            sa.Column("weight", sa.String(40), nullable=False, server_default="1"),
            sa.Column("organ", sa.String(60), nullable=False, server_default=""),
            sa.Column("seat", sa.String(60), nullable=False, server_default=""),
            sa.Column("entitled", sa.Boolean(), nullable=False, server_default=sa.true()),
            sa.Column("present", sa.Boolean(), nullable=False, server_default=sa.true()),
        ),
        "answer": (
            sa.Column("filled", JSON, nullable=False, server_default="{}"),
            sa.Column("taken_back", sa.Boolean(), nullable=False, server_default=sa.false()),
        ),
    }


def _of_consultation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["consultation_id"], ["consultation.id"], name=op.f(f"fk_{table}_consultation_id")
    )


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _content_version() -> None:
    op.create_table(
        "content_version",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("consultation_id", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.Column("effect", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("proposed_by", sa.String(32), nullable=True),
        sa.Column("proposed_at", AT, nullable=False),
        sa.Column("shown_since", AT, nullable=True),
        _of_consultation("content_version"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_version")),
        sa.UniqueConstraint(
            "consultation_id", "version", name=op.f("uq_content_version_consultation_id_version")
        ),
    )
    _index("content_version", "consultation_id")


def _clock_event() -> None:
    op.create_table(
        "clock_event",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("consultation_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("by", sa.String(32), nullable=True),
        sa.Column("owner", sa.String(32), nullable=True),
        sa.Column("until", AT, nullable=True),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("facts", JSON, nullable=False),
        _of_consultation("clock_event"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_event")),
    )
    _index("clock_event", "consultation_id")


def _proposal() -> None:
    states = ", ".join(f"'{each}'" for each in PROPOSAL_STATES)
    op.create_table(
        "proposal",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("consultation_id", sa.String(32), nullable=False),
        sa.Column("invitation_id", sa.String(32), nullable=False),
        sa.Column("answer_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content_version", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.String(80), nullable=False),
        sa.Column("words", sa.String(32), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("settled_at", AT, nullable=True),
        sa.Column("settled_by", sa.String(32), nullable=True),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("referred_to", sa.String(120), nullable=False),
        sa.CheckConstraint(
            f"state IN ({states})", name=op.f("ck_proposal_state_is_of_the_lifecycle")
        ),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_proposal_answer_id")),
        _of_consultation("proposal"),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_proposal_invitation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    _index("proposal", "answer_id", "consultation_id", "invitation_id")


def _ballots() -> None:
    op.create_table(
        "participation",
        sa.Column("consultation_id", sa.String(32), nullable=False),
        sa.Column("invitation_id", sa.String(32), nullable=False),
        sa.Column("hour", AT, nullable=False),
        _of_consultation("participation"),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_participation_invitation_id")
        ),
        sa.PrimaryKeyConstraint("consultation_id", "invitation_id", name=op.f("pk_participation")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ballot_paper",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("consultation_id", sa.String(32), nullable=False),
        sa.Column("choice", JSON, nullable=False),
        _of_consultation("ballot_paper"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_paper")),
        sqlite_with_rowid=False,
    )
    _index("ballot_paper", "consultation_id")
    op.create_table(
        "teller_count",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("consultation_id", sa.String(32), nullable=False),
        sa.Column("teller_id", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("count", JSON, nullable=False),
        sa.Column("at", AT, nullable=False),
        _of_consultation("teller_count"),
        sa.ForeignKeyConstraint(
            ["teller_id"], ["person.id"], name=op.f("fk_teller_count_teller_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teller_count")),
        sa.UniqueConstraint(
            "consultation_id",
            "teller_id",
            "version",
            name=op.f("uq_teller_count_consultation_id_teller_id_version"),
        ),
    )
    _index("teller_count", "consultation_id")


def _protect() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _protect_sqlite()
    else:
        _protect_postgresql()


def _protect_sqlite() -> None:
    for table, act in PROTECTED:
        op.execute(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} BEGIN "
            f"SELECT RAISE(ABORT, '{table}: {act} is refused, something newer supersedes'); END"
        )
    op.execute(
        f"CREATE TRIGGER ballot_paper_is_kept BEFORE DELETE ON ballot_paper WHEN {PAPERS_STAY} "
        "BEGIN SELECT RAISE(ABORT, 'ballot_paper: the ballot is closed'); END"
    )
    op.execute(
        "CREATE TRIGGER consultation_is_kept BEFORE UPDATE OF secrecy, state, outcome, rule ON "
        f"consultation WHEN {PROMISED} BEGIN SELECT RAISE(ABORT, "
        "'consultation: what was promised and what was decided is not changed'); END"
    )


def _protect_postgresql() -> None:
    for table, act in PROTECTED:
        op.execute(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION is_refused()"
        )
    op.execute(
        "CREATE FUNCTION is_kept_where() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_TABLE_NAME = 'ballot_paper' THEN IF {PAPERS_STAY} THEN "
        "RAISE EXCEPTION 'ballot_paper: the ballot is closed'; END IF; RETURN OLD; END IF; "
        "RAISE EXCEPTION 'consultation: what was promised and what was decided is not changed'; "
        "END $$"
    )
    op.execute(
        "CREATE TRIGGER ballot_paper_is_kept BEFORE DELETE ON ballot_paper "
        "FOR EACH ROW EXECUTE FUNCTION is_kept_where()"
    )
    op.execute(
        "CREATE TRIGGER consultation_is_kept BEFORE UPDATE OF secrecy, state, outcome, rule ON "
        f"consultation FOR EACH ROW WHEN ({PROMISED}) EXECUTE FUNCTION is_kept_where()"
    )
