"""Tables come from migrations alone: from empty to the newest, the same as the models, and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect
from sqlmodel import SQLModel

import governance.tables  # noqa: F401 -- every table is known once this is imported
from governance.database import MIGRATIONS, Database
from governance.lifecycle import Lifecycle

pytestmark = pytest.mark.slow


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a single table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new' / 'empty.db'}"
        return
    server: str = request.getfixturevalue("postgres")
    name = f"empty_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    path, mark, query = server.replace("postgresql://", "postgresql+psycopg://", 1).partition("?")
    yield f"{path.rsplit('/', 1)[0]}/{name}{mark}{query}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def _tables(url: str) -> set[str]:
    engine = create_engine(url)
    names = set(inspect(engine).get_table_names()) - {"alembic_version"}
    engine.dispose()
    return names


def test_an_empty_database_is_brought_to_the_newest_state(empty_url: str) -> None:
    """All tables are there, twice is as good as once, and the record is protected at once."""
    database = Database(empty_url)
    database.migrate()
    database.migrate()
    database.dispose()
    assert _tables(empty_url) == set(SQLModel.metadata.tables)


def test_models_and_migrations_say_the_same(empty_url: str) -> None:
    """No table, column, key or index that only one of them knows."""
    database = Database(empty_url)
    database.migrate()
    database.dispose()
    engine = create_engine(empty_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        differences = compare_metadata(context, SQLModel.metadata)
    engine.dispose()
    assert differences == []


def test_every_check_of_a_model_is_in_the_database(database_url: str) -> None:
    """A state outside its lifecycle is refused by the database too."""
    engine = create_engine(database_url)
    found = inspect(engine)
    wanted = {
        name: {str(each.name) for each in table.constraints if "lifecycle" in str(each.name)}
        for name, table in SQLModel.metadata.tables.items()
    }
    there = {
        name: {str(each["name"]) for each in found.get_check_constraints(name)} for name in wanted
    }
    engine.dispose()
    charts = [each for each in Lifecycle.__subclasses__() if "governance" in each.__module__]
    assert sum(map(len, wanted.values())) == len(charts)
    assert all(wanted[name] <= there[name] for name in wanted)


def test_every_migration_can_be_undone(empty_url: str) -> None:
    """Down to nothing and up again."""
    database = Database(empty_url)
    database.migrate()
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = database._decide
    command.downgrade(config, "base")
    assert _tables(empty_url) == set()
    database.migrate()
    database.dispose()
    assert _tables(empty_url) == set(SQLModel.metadata.tables)


def test_migrations_are_numbered_in_one_line() -> None:
    """Each follows the one before it: no branch, no gap."""
    numbers = sorted(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    assert numbers == [f"{number:04d}" for number in range(1, len(numbers) + 1)]
