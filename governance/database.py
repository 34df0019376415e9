"""Rows, and the two ways to open them: `reading()` changes nothing, `deciding()` is one act.

SQLite (embedded) and PostgreSQL. SQLite writes begin with BEGIN IMMEDIATE behind one lock of the
process: with a deferred BEGIN concurrent writers fail instead of waiting.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast
from uuid import uuid4

import pendulum
from alembic import command
from alembic.config import Config
from pendulum import DateTime
from sqlalchemy import (
    JSON,
    Dialect,
    Engine,
    and_,
    bindparam,
    create_engine,
    event,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy import DateTime as SqlDateTime
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import make_url
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import manager_of_class, set_committed_value
from sqlalchemy.types import TypeDecorator
from sqlmodel import Session, SQLModel

from governance.prepared import CONNECTION, Prepared, run

M = TypeVar("M", bound=SQLModel)

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMES

MIGRATIONS = Path(__file__).parent / "migrations"


class Instant(TypeDecorator[DateTime]):
    """An instant: aware and UTC in the program, refused when naive, UTC in the table."""

    impl = SqlDateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the table, in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"{value!r} is naive: an instant needs its zone."
            raise ValueError(message)
        plain = datetime.fromtimestamp(value.timestamp(), UTC)
        return plain.replace(tzinfo=None) if dialect.name == "sqlite" else plain

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 -- SQLAlchemy gives it
    ) -> DateTime | None:
        """From the table, aware."""
        if value is None:
            return None
        utc = value if value.tzinfo is None else value.astimezone(UTC)
        # Field by field: pendulum.instance takes five times as long, and lists are full of these.
        return DateTime(
            utc.year,
            utc.month,
            utc.day,
            utc.hour,
            utc.minute,
            utc.second,
            utc.microsecond,
            tzinfo=pendulum.UTC,
        )


Json = JSON().with_variant(JSONB(), "postgresql")


def new_id() -> str:
    """An identifier that says nothing about what it names: 32 hexadecimal digits."""
    return uuid4().hex


def add_rows(
    session: Session,
    model: type[SQLModel],
    rows: Sequence[Mapping[str, Any]],
    *,
    keep_those_there: bool = False,
) -> None:
    """Write rows at once and make no objects of them, which takes longer than writing.

    For what an act adds and does not read again. What a row leaves out has the model's default.
    `keep_those_there`: a row whose key is taken is left out, instead of raising IntegrityError.
    """
    if not rows:
        return
    if session.new:
        session.flush()  # what these rows refer to goes first
    form = _form(model)
    filled = [form.filled(row) for row in rows]
    dialect = session.connection().dialect.name if keep_those_there else ""
    _insert(model, tuple(filled[0]), dialect).write(session, *filled)


def add_at_once(session: Session, model: type[M], **values: Any) -> M:
    """Write one new row now, and go on with it as one that was read: without a unit of work."""
    filled = _form(model).filled(values)
    add_rows(session, model, [filled])
    return as_read(session, model, filled)


def lock_first(session: Session, model: type[M], key: str) -> M | None:
    """A row, locked until the end of a transaction in which nothing has been read before it."""
    found = _lock(model).first(session, key=key)
    return None if found is None else as_read(session, model, found._asdict())


def as_read(session: Session, model: type[M], values: Mapping[str, Any]) -> M:
    """A row of which every column was read just now, as the session has it or as it was read."""
    key = tuple(values[name] for name in _key_of(model))
    known: M | None = session.identity_map.get(inspect(model).identity_key_from_primary_key(key))
    if known is not None:
        return known
    row: M = manager_of_class(model).new_instance()
    row.__dict__.update(values)
    make_transient_to_detached(row)
    session.add(row)
    return row


def change_at_once(session: Session, row: SQLModel, **values: Any) -> None:
    """Write new values of one row now: without a unit of work, which takes longer than writing."""
    key = {f"of_{name}": getattr(row, name) for name in _key_of(type(row))}
    _change(type(row), tuple(values)).write(session, {**key, **values})
    for name, value in values.items():
        set_committed_value(row, name, value)


class _Form(NamedTuple):
    """What a new row of a model may leave out."""

    constant: Mapping[str, Any]
    made: Mapping[str, Callable[[], Any]]

    def filled(self, row: Mapping[str, Any]) -> dict[str, Any]:
        made = {name: make() for name, make in self.made.items() if name not in row}
        return {**self.constant, **made, **row}


@lru_cache(maxsize=256)
def _form(model: type[SQLModel]) -> _Form:
    fields = {name: each for name, each in model.model_fields.items() if not each.is_required()}
    made = {name: each.default_factory for name, each in fields.items() if each.default_factory}
    numbered = _key_of(model)  # by the database, where nobody does
    constant = {
        name: each.default for name, each in fields.items() if name not in {*made, *numbered}
    }
    return _Form(constant, cast("dict[str, Callable[[], Any]]", made))


@lru_cache(maxsize=256)
def _key_of(model: type[SQLModel]) -> tuple[str, ...]:
    return tuple(each.name for each in inspect(model).local_table.primary_key)


@lru_cache(maxsize=256)
def _insert(model: type[SQLModel], names: tuple[str, ...], keeping_in: str) -> Prepared:
    """`keeping_in`: the dialect in which rows are kept whose key is taken; empty: in none."""
    table = inspect(model).local_table
    if not keeping_in:
        return Prepared(insert(table).inline(), names)
    module = sqlite if keeping_in == "sqlite" else postgresql
    return Prepared(module.insert(table).inline().on_conflict_do_nothing(), names)


@lru_cache(maxsize=256)
def _lock(model: type[SQLModel]) -> Prepared:
    table = inspect(model).local_table
    (key,) = table.primary_key
    return Prepared(select(*table.columns).where(key == bindparam("key")).with_for_update())


@lru_cache(maxsize=256)
def _change(model: type[SQLModel], names: tuple[str, ...]) -> Prepared:
    table = inspect(model).local_table
    one = and_(*(table.c[name] == bindparam(f"of_{name}") for name in _key_of(model)))
    return Prepared(update(table).where(one).values({name: bindparam(name) for name in names}))


class Database:
    """One organisation's rows."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self._writing = threading.Lock()
        self._decide = self._engine("BEGIN IMMEDIATE", read_only=False)
        self._read = self._engine("BEGIN", read_only=True)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session in which every write fails, at the connection."""
        with Session(self._read, autoflush=False) as session:
            yield session

    @contextmanager
    def deciding(self) -> Iterator[Session]:
        """One write transaction: committed at the end, undone whole by any exception."""
        with (
            self._one_writer(),
            Session(self._decide, expire_on_commit=False) as session,
            session.begin(),
        ):
            session.info[CONNECTION] = session.connection()  # SQLite begins now, before any reading
            yield session

    def migrate(self) -> None:
        """Bring the tables to the newest numbered migration."""
        if self.is_sqlite and (path := make_url(self.url).database):
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["engine"] = self._decide
        command.upgrade(config, "head")

    def dispose(self) -> None:
        """Close every connection."""
        self._decide.dispose()
        self._read.dispose()

    @contextmanager
    def _one_writer(self) -> Iterator[None]:
        if not self.is_sqlite:
            yield
            return
        with self._writing:
            yield

    def _engine(self, begin: str, *, read_only: bool) -> Engine:
        if not self.is_sqlite:
            options: dict[str, Any] = {"pool_size": 10, "max_overflow": 10, "pool_pre_ping": True}
            if read_only:
                options["execution_options"] = {"postgresql_readonly": True}
            return create_engine(self.url, **options)
        engine = create_engine(self.url, connect_args={"timeout": 30})
        event.listen(engine, "connect", _prepare_read_only if read_only else _prepare)
        event.listen(engine, "begin", lambda connection: run(connection, begin, ()).close())
        return engine


def _prepare(connection: Any, _: object) -> None:
    connection.isolation_level = None  # our own BEGIN, not the driver's
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=30000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_read_only(connection: Any, _: object) -> None:
    _prepare(connection, _)
    connection.execute("PRAGMA query_only=ON")
