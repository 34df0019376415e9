"""The choice of a Secretary General, walked by hand on the days of 2023 and 2024."""

from __future__ import annotations

import pendulum
from sqlmodel import col, select

from governance.access.actor import Level
from governance.acts import perform
from governance.appointments.candidates import IMPORT
from governance.appointments.launching import CONFIRM_NEED, LAUNCH, Launch, Need
from governance.appointments.vetting import CONFIRM_ELIGIBILITY, Confirmed
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.consultation.models import Consultation
from governance.consultation.tellers import COUNT, Counted
from governance.people.models import Holding, Person
from tests.acts.world import World, candidates_file, row

CALLED = "2023-07-03T08:00:00+00:00"
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
COMMITTEE = (
    "president",
    *(f"vice_president_{each}" for each in NUMBERS[:3]),
    *(f"delegate_{each}" for each in NUMBERS),
)
TELLERS = ("teller_one", "teller_two")
NAMES = ("Aalto", "Boonmee", "Cherkaoui")


def seat_committee(world: World) -> None:
    """Everybody whom the procedure asks holds their office since before the call."""
    with world.house.database.deciding() as session:
        for holding in session.exec(select(Holding)):
            holding.since = pendulum.datetime(2022, 1, 1)
        for office in (*COMMITTEE, *TELLERS):
            session.add(
                Person(
                    id=office,
                    family_name=office.replace("_", " ").title(),
                    given_names="Committee",
                    email=f"{office}@organisation.example",
                    duty_station="lyon",
                )
            )
            session.flush()
            since = pendulum.datetime(2022, 1, 1)
            session.add(Holding(office=office, person_id=office, since=since))


def called(world: World) -> None:
    """The call is approved by the President and published in July 2023."""
    world.clock.set(pendulum.parse(CALLED))
    seat_committee(world)
    receipt = perform(
        world.house, world.as_("hr"), LAUNCH, None, Launch("secretary-general", "secretary-general")
    )
    assert receipt is not None
    world.case = receipt.subject_id
    for need in ("job_description", "funding_confirmed"):
        world.do("hr", CONFIRM_NEED, Need(need))
    world.go_on()
    world.answer("president", "approve")
    world.go_on()


def applied(world: World) -> None:
    """Three officers are nominated by their members before the call closes in January 2024."""
    called(world)
    world.clock.set(pendulum.datetime(2023, 12, 12, 9))
    countries = ("FIN", "THA", "MAR")
    rows = [row(name, country) for name, country in zip(NAMES, countries, strict=True)]
    world.do("hr", IMPORT, candidates_file(*rows))
    world.go_on()


def shortlisted(world: World) -> None:
    """Vetted in February, and invited to interviews in March 2024."""
    applied(world)
    world.clock.set(pendulum.datetime(2024, 2, 1, 9))
    world.go_on()
    world.do("hr", CONFIRM_ELIGIBILITY, Confirmed())
    world.go_on()
    declare(world)
    world.record_checks("satisfactory")
    world.go_on()
    world.clock.set(pendulum.datetime(2024, 3, 14, 9))
    world.answer("president", "invite", *NAMES)
    world.go_on()


def declare(world: World) -> None:
    """Each candidate makes their declarations by link."""
    for asked in world.questions():
        for invitation in world.invitations(asked.id):
            if asked.step_key.startswith("declarations:"):
                actor = world.as_(invitation.person_id, Level.LINK, invitation.id)
                position = asked.rule["positions"][0]["key"]
                given = GivenAnswer(position, seen_version=asked.content_version)
                perform(world.house, actor, ANSWER, asked.id, given)
    world.go_on()


def propose(world: World, **votes: int) -> None:
    """The members vote for candidates by family name, in the order in which they sit."""
    asked = world.open_question()
    papers = [name for name, many in votes.items() for _ in range(many)]
    for member, name in zip(COMMITTEE, papers, strict=False):
        chosen = (world.candidacy(name).id,)
        world.do(member, ANSWER, GivenAnswer("vote", chosen, "", asked.content_version), asked.id)
    world.go_on()


def count(world: World, teller: str, **papers: int) -> None:
    """One teller enters what they counted."""
    world.do(teller, COUNT, Counted(papers), world.open_question().id)
    world.go_on()


def assembled(world: World) -> None:
    """The Committee has proposed in June; the Assembly meets in November 2024."""
    shortlisted(world)
    world.clock.set(pendulum.datetime(2024, 6, 25, 9))
    propose(world, Boonmee=8, Aalto=5)
    world.clock.set(pendulum.datetime(2024, 11, 5, 10))


def latest(world: World, step: str) -> Consultation:
    """The newest question of a stage."""
    with world.reading() as session:
        query = select(Consultation).where(
            col(Consultation.owner_id) == world.case, col(Consultation.step_key) == step
        )
        found: Consultation = session.exec(query.order_by(col(Consultation.round).desc())).first()
        return found
