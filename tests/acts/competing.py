"""A competition with a panel, walked by hand: who sits, how they score, and what follows."""

from __future__ import annotations

from datetime import date

from sqlmodel import col, select

from governance.acts import perform
from governance.appointments.assessment.models import Assessment
from governance.appointments.assessment.panel import (
    COMPOSE,
    DECLARE,
    NAME,
    Declared,
    Named,
)
from governance.appointments.assessment.recommending import RECOMMEND, Shortlist
from governance.appointments.candidates import IMPORT
from governance.appointments.launching import CONFIRM_NEED, LAUNCH, Launch, Need
from governance.appointments.models import Task
from governance.appointments.service.models import Offer, Service
from governance.appointments.vetting import (
    COMPLETE_TASK,
    CONFIRM_ELIGIBILITY,
    Confirmed,
    Done,
)
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.people.models import Person
from tests.acts.world import World, candidates_file, row

ANALYST = "criminal-intelligence-analyst"
PANEL = ("chair", "outside", "third")
CRITERIA = ("expertise", "judgement", "languages", "cooperation")
NAMES = ("Aalto", "Boonmee", "Cherkaoui", "Dube")
TRAINED = date(2026, 3, 2)


def address(key: str) -> str:
    """The address of one of the people."""
    return f"{key}@organisation.example"


def seat_people(world: World) -> None:
    """Three people who may sit on a panel."""
    told = {"chair": ("F", "CHL"), "outside": ("M", "NOR"), "third": ("F", "KEN")}
    with world.house.database.deciding() as session:
        for key, (sex, country) in told.items():
            session.add(
                Person(
                    id=key,
                    family_name=key.capitalize(),
                    given_names="Panel",
                    email=address(key),
                    sex=sex,
                    nationality=country,
                )
            )


def launch(world: World) -> None:
    """The case is launched, and its call is out."""
    seat_people(world)
    receipt = perform(
        world.house, world.as_("hr"), LAUNCH, None, Launch("expert-competition", ANALYST)
    )
    assert receipt is not None
    world.case = receipt.subject_id
    call(world)


def call(world: World) -> None:
    """What the call needs is there, and it is out."""
    for need in ("job_description", "funding_confirmed"):
        world.do("hr", CONFIRM_NEED, Need(need))
    world.go_on()


def vetted(world: World) -> None:
    """Four candidates are cleared."""
    launch(world)
    vetted_here(world)


def vetted_here(world: World) -> None:
    """The same in a case whose call is out."""
    countries = ("FIN", "THA", "MAR", "ZWE")
    rows = [row(name, country) for name, country in zip(NAMES, countries, strict=True)]
    world.do("hr", IMPORT, candidates_file(*rows))
    world.go_on()
    world.clock.advance(days=30)
    world.go_on()
    world.do("hr", CONFIRM_ELIGIBILITY, Confirmed())
    world.go_on()
    world.record_checks("satisfactory")
    world.go_on()


def composed(world: World) -> None:
    """The panel sits, has declared, and is asked to score."""
    vetted(world)
    seated(world)


def seated(world: World) -> None:
    """Three members are named, declare, and the panel is composed."""
    world.do("hr", NAME, Named(address("chair"), "chair", trained_on=TRAINED))
    world.do("hr", NAME, Named(address("outside"), outside=True, trained_on=TRAINED))
    world.do("hr", NAME, Named(address("third"), trained_on=TRAINED))
    for member in PANEL:
        world.do(member, DECLARE, Declared())
    world.do("hr", COMPOSE, None)
    world.go_on()


def sheet(world: World, **scores: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """Scores by family name, in the order of the criteria."""
    return {
        world.candidacy(name).id: dict(zip(CRITERIA, given, strict=True))
        for name, given in scores.items()
    }


def score(world: World, member: str, **scores: tuple[str, ...]) -> None:
    """A member scores everybody."""
    asked = world.open_question()
    given = GivenAnswer("score", seen_version=asked.content_version, scores=sheet(world, **scores))
    world.do(member, ANSWER, given, asked.id)


SCORES = {
    "Aalto": ("4", "4", "3", "4"),
    "Boonmee": ("5", "3", "2", "4"),
    "Cherkaoui": ("2", "5", "5", "5"),
    "Dube": ("3", "3", "5", "3"),
}


def ranked(world: World) -> None:
    """All three have scored alike; the ranking is there."""
    composed(world)
    scored(world)


def scored(world: World) -> None:
    """The panel that sits scores everybody alike."""
    for member in PANEL:
        score(world, member, **SCORES)
    world.go_on()


def accepted(world: World) -> None:
    """The first of the shortlist has accepted, and everything before entry is done."""
    ranked(world)
    accepted_here(world)


def accepted_here(world: World) -> None:
    """The same in a case whose ranking is there."""
    names = ("Aalto", "Boonmee")
    given = Shortlist(tuple(world.candidacy(each).id for each in names))
    world.do("hr", RECOMMEND, given)
    world.go_on()
    world.answer("sg", "appoint", *names)
    world.go_on()
    world.answer_by_link("accept")
    world.go_on()


def ended(world: World) -> None:
    """The case is completed; the service is expected."""
    ranked(world)
    ended_here(world)


def ended_from_the_call(world: World) -> None:
    """The same in a case that somebody has launched, from its call on."""
    seat_people(world)
    call(world)
    vetted_here(world)
    seated(world)
    scored(world)
    ended_here(world)


def ended_here(world: World) -> None:
    """The same in a case whose ranking is there."""
    accepted_here(world)
    for task in world.rows(Task):
        if task.done_at is None:
            world.do("hr", COMPLETE_TASK, Done(task.key))
    world.go_on()


def the_assessment(world: World) -> Assessment:
    """The assessment of the case."""
    with world.reading() as session:
        query = select(Assessment).where(col(Assessment.case_id) == world.case)
        found: Assessment = session.exec(query).one()
        return found


def the_service(world: World) -> Service:
    """The newest service."""
    with world.reading() as session:
        found: Service = session.exec(
            select(Service).order_by(col(Service.reference).desc())
        ).first()
        return found


def offers_of(world: World) -> list[Offer]:
    """The offers of the case, in their order."""
    with world.reading() as session:
        query = select(Offer).where(col(Offer.case_id) == world.case)
        return list(session.exec(query.order_by(col(Offer.number))))
