"""A question whose votes are equally divided waits for a casting vote; nobody answers any more."""

from __future__ import annotations

from alembic import op

from governance.migrations.states import widen

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

BEFORE = ("open", "closed", "withdrawn")
AFTER = ("open", "tied", "closed", "withdrawn")
KEPT = (
    "NEW.secrecy <> OLD.secrecy OR "
    "({over} AND (NEW.state <> OLD.state OR "
    "COALESCE(CAST(NEW.outcome AS TEXT), '') <> COALESCE(CAST(OLD.outcome AS TEXT), '') OR "
    "CAST(NEW.rule AS TEXT) <> CAST(OLD.rule AS TEXT)))"
)
EARLIER = KEPT.format(over="OLD.state <> 'open'")
PROMISED = KEPT.format(over="OLD.state NOT IN ('open', 'tied')") + (
    " OR (OLD.state = 'tied' AND NEW.state = 'open')"
)


def upgrade() -> None:
    widen("consultation", BEFORE, AFTER)
    _guard(PROMISED)


def downgrade() -> None:
    _guard(EARLIER)
    widen("consultation", AFTER, BEFORE)


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
