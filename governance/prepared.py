"""Statements that every act needs, put together once and run by the driver itself.

SQLAlchemy says what a statement is in each dialect, how its values are written and read, and what
its errors are called; that is asked once for each statement. To ask it anew at every execution
takes ten times as long as the database takes, and an act has ten statements.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Insert, Select, Update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

Statement = Select[*tuple[Any, ...]] | Insert | Update
Convert = Callable[[Any], Any]
# Where an act's session keeps its one connection: asking for it anew takes a tenth of an answer.
CONNECTION = "connection"


class Prepared:
    """One statement, run in whatever transaction is given. Its parameters are given by name.

    It does not look at what a session has not written yet: whoever needs that flushes first.
    """

    def __init__(self, statement: Statement, columns: Sequence[str] | None = None) -> None:
        self._statement = statement
        self._columns = columns
        self._by_dialect: dict[str, _Compiled] = {}

    def all(self, session: Session, **facts: Any) -> list[Any]:
        """Every row that is found, its columns by name."""
        connection = session.info.get(CONNECTION) or session.connection()
        compiled = self._compiled(connection.dialect)
        cursor = run(connection, compiled.text, compiled.given(facts))
        rows = [compiled.row(each) for each in cursor.fetchall()]
        cursor.close()
        return rows

    def first(self, session: Session, **facts: Any) -> Any:
        """The first row that is found, or None."""
        found = self.all(session, **facts)
        return found[0] if found else None

    def write(self, session: Session, *rows: Mapping[str, Any]) -> int:
        """Run it once for each of these rows; gives how many rows were written."""
        connection = session.info.get(CONNECTION) or session.connection()
        compiled = self._compiled(connection.dialect)
        given = [compiled.given(each) for each in rows]
        cursor = run(connection, compiled.text, *given)
        written = cursor.rowcount
        cursor.close()
        return int(written)

    def _compiled(self, dialect: Dialect) -> _Compiled:
        found = self._by_dialect.get(dialect.name)
        if found is None:
            found = self._by_dialect[dialect.name] = _compile(
                self._statement, self._columns, dialect
            )
        return found


def run(connection: Connection, text: str, *given: Any) -> Any:
    """Let the driver run a text; what it raises is called as SQLAlchemy calls it."""
    cursor = connection.connection.cursor()
    try:
        if len(given) == 1:
            cursor.execute(text, given[0])
        else:
            cursor.executemany(text, given)
    except Exception as error:
        driver = connection.dialect.loaded_dbapi.Error
        raise DBAPIError.instance(text, given, error, driver, dialect=connection.dialect) from error
    return cursor


class _Compiled(NamedTuple):
    """A statement in one dialect."""

    text: str
    order: tuple[str, ...] | None
    fixed: Mapping[str, Any]
    to_table: Mapping[str, Convert]
    names: Callable[..., Any]
    from_table: Sequence[tuple[int, Convert]]

    def given(self, facts: Mapping[str, Any]) -> Any:
        """The parameters as the driver takes them."""
        values = {**self.fixed, **facts}
        for name, convert in self.to_table.items():
            values[name] = convert(values[name])
        return values if self.order is None else tuple(values[name] for name in self.order)

    def row(self, found: Sequence[Any]) -> Any:
        """A row as the program takes it."""
        values = list(found)
        for place, convert in self.from_table:
            values[place] = convert(values[place])
        return self.names(*values)


def _compile(statement: Statement, columns: Sequence[str] | None, dialect: Dialect) -> _Compiled:
    compiled: Any = statement.compile(dialect=dialect, column_keys=columns)
    binds = {name: bind for bind, name in compiled.bind_names.items()}
    read = list(statement.selected_columns) if isinstance(statement, Select) else []
    writes = {
        name: bind.type.dialect_impl(dialect).bind_processor(dialect)
        for name, bind in binds.items()
    }
    reads = [each.type.dialect_impl(dialect).result_processor(dialect, None) for each in read]
    return _Compiled(
        text=str(compiled),
        order=tuple(compiled.positiontup) if compiled.positional else None,
        fixed={name: each.effective_value for name, each in binds.items() if not each.required},
        to_table={name: convert for name, convert in writes.items() if convert},
        names=namedtuple("Found", [str(each.key) for each in read]),  # noqa: PYI024 -- known only here
        from_table=[(place, convert) for place, convert in enumerate(reads) if convert],
    )
