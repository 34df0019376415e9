"""Entries and answers are only ever added, issued documents never change; one wake-up row."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# A document may be erased with its file when the law says so; it can never be edited.
REFUSED = {"entry": ("UPDATE", "DELETE"), "answer": ("UPDATE", "DELETE"), "document": ("UPDATE",)}


def upgrade() -> None:
    op.execute("INSERT INTO wakeup (id, turn) VALUES (1, 0)")
    if op.get_bind().dialect.name == "sqlite":
        for table, act in _refused():
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} BEGIN "
                f"SELECT RAISE(ABORT, '{table}: {act} is refused, something newer supersedes'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION is_refused() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION "
        "'%: % is refused, something newer supersedes', TG_TABLE_NAME, TG_OP; END $$"
    )
    for table, act in _refused():
        op.execute(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION is_refused()"
        )
    op.execute(
        "CREATE TRIGGER entry_no_truncate BEFORE TRUNCATE ON entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION is_refused()"
    )


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, act in _refused():
        op.execute(f"DROP TRIGGER {table}_no_{act.lower()}" + ("" if on_sqlite else f" ON {table}"))
    if not on_sqlite:
        op.execute("DROP TRIGGER entry_no_truncate ON entry")
        op.execute("DROP FUNCTION is_refused()")
    op.execute("DELETE FROM wakeup")


def _refused() -> list[tuple[str, str]]:
    return [(table, act) for table, acts in REFUSED.items() for act in acts]
