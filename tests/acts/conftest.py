"""Worlds on both databases, walked to a stage and copied."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.acts.walk import Shelf
from tests.acts.world import World

At = Callable[[str], World]


@pytest.fixture(scope="session")
def sqlite_shelf(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Snapshots on SQLite."""
    folder = tmp_path_factory.mktemp("shelf")

    def copy(source: str | None, name: str) -> str:
        target = folder / f"{name}.db"
        with sqlite3.connect(source or migrated_file) as rows:
            rows.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        rows.close()
        return str(shutil.copy(source or migrated_file, target))

    return Shelf(folder, copy, lambda where: f"sqlite:///{where}")


@pytest.fixture(scope="session")
def postgres_shelf(
    postgres: str, migrated_postgres: str, tmp_path_factory: pytest.TempPathFactory
) -> Shelf:
    """Snapshots on PostgreSQL."""

    def copy(source: str | None, name: str) -> str:
        target = f"walk_{name}"
        with psycopg.connect(postgres, autocommit=True) as server:
            template = source or migrated_postgres
            server.execute(f"CREATE DATABASE {target} TEMPLATE {template}".encode())
        return target

    def url_of(name: str) -> str:
        address = postgres.replace("postgresql://", "postgresql+psycopg://", 1)
        path, mark, query = address.partition("?")
        return f"{path.rsplit('/', 1)[0]}/{name}{mark}{query}"

    return Shelf(tmp_path_factory.mktemp("shelf"), copy, url_of)


def _worlds(shelf: Shelf, folder: Path, drop: Callable[[str], None]) -> Iterator[At]:
    made: list[tuple[str, World]] = []

    def at(stage: str) -> World:
        name = f"test_{folder.parent.name.replace('-', '_')}_{abs(hash(folder)):x}_{len(made)}"
        world = shelf.at(stage, name, folder / str(len(made)))
        made.append((name, world))
        return world

    yield at
    for name, world in made:
        world.house.database.dispose()
        drop(name)


@pytest.fixture
def sqlite_at(sqlite_shelf: Shelf, tmp_path: Path) -> Iterator[At]:
    """A world at a stage, on SQLite."""
    yield from _worlds(
        sqlite_shelf, tmp_path, lambda name: (sqlite_shelf.folder / f"{name}.db").unlink()
    )


@pytest.fixture
def postgres_at(postgres_shelf: Shelf, postgres: str, tmp_path: Path) -> Iterator[At]:
    """A world at a stage, on PostgreSQL."""

    def drop(name: str) -> None:
        with psycopg.connect(postgres, autocommit=True) as server:
            server.execute(f"DROP DATABASE walk_{name} WITH (FORCE)".encode())

    yield from _worlds(postgres_shelf, tmp_path, drop)


@pytest.fixture(params=["sqlite", "postgresql"])
def at(request: pytest.FixtureRequest) -> At:
    """A world at a stage: each test runs on both kinds of database."""
    kind = "sqlite_at" if request.param == "sqlite" else "postgres_at"
    found: At = request.getfixturevalue(kind)
    return found
