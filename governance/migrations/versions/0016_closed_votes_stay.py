"""A closed question keeps its outcome even against none, and takes no more papers."""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

EARLIER = (
    "NEW.secrecy <> OLD.secrecy OR "
    "(OLD.state <> 'open' AND (NEW.state <> OLD.state OR "
    "CAST(NEW.outcome AS TEXT) <> CAST(OLD.outcome AS TEXT) OR "
    "CAST(NEW.rule AS TEXT) <> CAST(OLD.rule AS TEXT)))"
)
PROMISED = (
    "NEW.secrecy <> OLD.secrecy OR "
    "(OLD.state <> 'open' AND (NEW.state <> OLD.state OR "
    "COALESCE(CAST(NEW.outcome AS TEXT), '') <> COALESCE(CAST(OLD.outcome AS TEXT), '') OR "
    "CAST(NEW.rule AS TEXT) <> CAST(OLD.rule AS TEXT)))"
)
CLOSED = "(SELECT state FROM consultation WHERE id = NEW.consultation_id) <> 'open'"


def upgrade() -> None:
    _guard(PROMISED)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER ballot_paper_in_time BEFORE INSERT ON ballot_paper WHEN {CLOSED} "
            "BEGIN SELECT RAISE(ABORT, 'ballot_paper: the ballot is closed'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION is_in_time() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {CLOSED} THEN RAISE EXCEPTION 'ballot_paper: the ballot is closed'; END IF; "
        "RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER ballot_paper_in_time BEFORE INSERT ON ballot_paper "
        "FOR EACH ROW EXECUTE FUNCTION is_in_time()"
    )


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute("DROP TRIGGER ballot_paper_in_time" + ("" if on_sqlite else " ON ballot_paper"))
    if not on_sqlite:
        op.execute("DROP FUNCTION is_in_time()")
    _guard(EARLIER)


def _guard(condition: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER consultation_is_kept")
        op.execute(
            "CREATE TRIGGER consultation_is_kept BEFORE UPDATE OF secrecy, state, outcome, rule ON "
            f"consultation WHEN {condition} BEGIN SELECT RAISE(ABORT, "
            "'consultation: what was promised and what was decided is not changed'); END"
        )
        return
    op.execute("DROP TRIGGER consultation_is_kept ON consultation")
    op.execute(
        "CREATE TRIGGER consultation_is_kept BEFORE UPDATE OF secrecy, state, outcome, rule ON "
        f"consultation FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION is_kept_where()"
    )
