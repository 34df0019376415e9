"""What the demonstration's committee did before the demonstration begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pendulum
import pytest
from sqlmodel import col, select

from governance import app, demonstration, history, installing
from governance.access.actor import Actor, Level
from governance.clock import OwnedClock
from governance.committees.home import desk_of
from governance.committees.meeting.models import AgendaItem, Meeting
from governance.committees.minutes.models import Minutes
from governance.house import House
from governance.people.models import Grant
from governance.people.queries import roles_of
from governance.record import chain
from governance.settings import Settings

# A Saturday; and the first days of a year, with the Easter weekend behind the meeting to come.
pytestmark = pytest.mark.slow
DAYS = ("2026-11-28 12:00", "2027-03-27 23:30")


@pytest.fixture(params=DAYS)
def house(request: pytest.FixtureRequest, sqlite_url: str, tmp_path: Path) -> Iterator[House]:
    """The demonstration on its first day, with its past."""
    settings = Settings(home=tmp_path, database_url=sqlite_url, demonstration=True)
    built = replace(
        app.build_house(settings),
        clock=OwnedClock(pendulum.parse(request.param)),  # type: ignore[arg-type]
    )
    installing.install(built)
    demonstration.load_people(built)
    assert history.found_bodies(built)
    history.tell_history(built)
    yield built
    built.database.dispose()


def test_the_secretary_finds_a_committee_at_work(house: House) -> None:
    """Two meetings behind, one ahead; a vacant seat, a draft, an agenda and a mandate wait."""
    now = house.clock.now()
    with house.database.reading() as session:
        query = select(Grant.person_id).where(col(Grant.role) == "committee_secretary")
        person = session.exec(query).one()
        actor = Actor(person, Level.SESSION, "web", roles_of(session, person))
        desk = desk_of(session, actor, now, house)
        meetings = session.exec(select(Meeting).order_by(col(Meeting.starts_at))).all()
        minutes = [each.state for each in session.exec(select(Minutes).order_by("id"))]
        late = session.exec(select(AgendaItem.id).where(col(AgendaItem.is_late))).all()
        _, faults = chain.verify(session)
    assert late == []
    assert [each.starts_at < now for each in meetings] == [True, True, False]
    assert sorted(minutes) == ["adopted", "drafting"]
    assert {each.act for each in desk.me} >= {"publish", "finish", "elect", "circulate_agenda"}
    assert desk.others
    assert desk.clocks
    assert faults == []
    assert not history.found_bodies(house)  # a second start founds nothing


def test_a_demonstration_of_one_s_own_may_have_no_past(sqlite_url: str, tmp_path: Path) -> None:
    """Without a file that tells it nothing is founded, and the installation starts."""
    settings = Settings(home=tmp_path, database_url=sqlite_url, demonstration=True)
    built = app.build_house(settings)
    elsewhere = Settings(home=tmp_path, database_url=sqlite_url, rulebooks=tmp_path)
    assert not history.found_bodies(replace(built, settings=elsewhere))
