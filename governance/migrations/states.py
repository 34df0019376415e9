"""Change which states a column may hold, without copying its table."""

from __future__ import annotations

from alembic import op
from sqlalchemy import text

NAME = "state_is_of_the_lifecycle"


def widen(table: str, before: tuple[str, ...], after: tuple[str, ...]) -> None:
    """Let the column `state` of a table hold the states `after` in the place of `before`.

    On SQLite the CHECK is changed in the schema itself, as https://sqlite.org/lang_altertable.html
    (section 7) describes for constraints: a table that others refer to is not dropped.
    """
    old, new = _check(before), _check(after)
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        op.drop_constraint(op.f(f"ck_{table}_{NAME}"), table, type_="check")
        op.create_check_constraint(op.f(f"ck_{table}_{NAME}"), table, new)
        return
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema=ON")
    changed = connection.execute(
        text(
            "UPDATE sqlite_schema SET sql = replace(sql, :old, :new) "
            "WHERE type = 'table' AND name = :name AND instr(sql, :old) > 0"
        ),
        {"old": old, "new": new, "name": table},
    )
    if changed.rowcount != 1:
        raise LookupError(f"the table {table} has no CHECK {old}")
    connection.exec_driver_sql(f"PRAGMA schema_version={version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema=OFF")


def _check(states: tuple[str, ...]) -> str:
    return f"state IN ({', '.join(repr(each) for each in states)})"
