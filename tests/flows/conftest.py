"""A demonstration house for flows to work in, and Prefect's own test harness."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from prefect.testing.utilities import prefect_test_harness
from sqlmodel import col, select

from flows import wiring
from governance import app, demonstration, installing
from governance.access.actor import Actor, Level
from governance.acts import perform
from governance.appointments.candidates import IMPORT, CandidateFile
from governance.appointments.launching import LAUNCH, Launch
from governance.clock import OwnedClock
from governance.house import House
from governance.people.models import Grant
from governance.people.queries import roles_of
from governance.settings import Settings


@pytest.fixture(scope="session")
def prefect() -> Iterator[None]:
    """Prefect's own harness: a server with a database of its own, for this run of tests."""
    patch = pytest.MonkeyPatch()
    patch.setenv("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    with prefect_test_harness(server_startup_timeout=90):
        yield
    patch.undo()


@dataclass(frozen=True)
class Office:
    """The HR office of the demonstration: launches cases and imports candidates."""

    house: House
    officer: Actor

    def launch(self) -> str:
        """A case, launched; gives its id."""
        given = Launch(
            "regional-director",
            "regional-director-abidjan",
            confirmed={"job_description": "JD 1", "funding_confirmed": "line 4.2"},
        )
        receipt = perform(self.house, self.officer, LAUNCH, None, given)
        assert receipt is not None
        return receipt.subject_id

    def import_candidates(self, case_id: str) -> None:
        """The sample of twelve candidates applies."""
        folder = self.house.settings.rulebook_folder / "demonstration"
        content = (folder / "candidates.csv").read_bytes()
        perform(self.house, self.officer, IMPORT, case_id, CandidateFile(content))


@pytest.fixture
def house(sqlite_url: str, tmp_path: Path, clock: OwnedClock, smtp: Any) -> Iterator[House]:
    """The demonstration organisation, with the test's clock and mail server."""
    settings = Settings(
        home=tmp_path,
        database_url=sqlite_url,
        smtp_host=smtp.host,
        smtp_port=smtp.port,
        demonstration=True,
    )
    built = replace(app.build_house(settings), clock=clock)
    installing.install(built)
    demonstration.load_people(built)
    wiring.use(built)
    yield built
    built.database.dispose()


@pytest.fixture
def office(house: House) -> Office:
    """The HR officer of the demonstration, at work."""
    with house.database.reading() as session:
        query = select(Grant.person_id).where(col(Grant.role) == "hr_officer")
        person = session.exec(query).one()
        roles = roles_of(session, person)
    return Office(house, Actor(person, Level.SESSION, "web", roles))
