"""An organisation to act in: people in offices, a case walked to a stage, what flows do by hand.

A walk is taken once for each database; a test gets a copy of the database as it stood at a stage.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pendulum
from pendulum import DateTime
from sqlmodel import Session, col, select

from governance import app
from governance.access.actor import Actor, Level, operator
from governance.acts import Receipt, Verb, perform
from governance.appointments.candidates import CandidateFile
from governance.appointments.checks.recording import OPEN, RECORD_CHECKS, Recorded
from governance.appointments.models import Candidacy, Case, Check
from governance.calendar.days import Calendar
from governance.clock import OwnedClock
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.consultation.models import Consultation, Invitation
from governance.database import Database
from governance.house import House, nothing_to_wake
from governance.installing import LOAD_RULEBOOK
from governance.people.models import Grant, Holding, Person
from governance.people.queries import roles_of
from governance.record import chain
from governance.record.filekeys import KeyRing
from governance.record.models import Entry, Outbox
from governance.record.outbox import cancel
from governance.rulebook.loader import load
from governance.settings import Settings

START = "2026-11-23T08:00:00+00:00"
POST, PROCEDURE = "regional-director-abidjan", "regional-director"

# key: office, role, duty station, nationality
PEOPLE: Mapping[str, tuple[str, str, str, str]] = {
    "hr": ("", "hr_officer", "lyon", "FRA"),
    "sg": ("secretary_general", "", "lyon", "BRA"),
    "panel": ("director_police_services", "", "lyon", "CAN"),
    "legal": ("legal_adviser", "", "lyon", "EGY"),
    "regions": ("regional_coordination", "", "singapore", "SGP"),
    "staff": ("director_hr", "", "abidjan", "CIV"),
    "south": ("director_bureau_buenos_aires", "", "buenos_aires", "ARG"),
    "east": ("director_bureau_harare", "", "harare", "ZWE"),
    "auditor": ("", "auditor", "lyon", "NZL"),
    "nobody": ("", "", "lyon", "PER"),
}
LEADERS = ("legal", "regions", "staff")

HEADER = (
    "family_name,given_names,sex,birth_date,nationality,email,languages,degree,years_experience,"
    "police_rank,police_years,current_employer,nominated_by,letter_language"
)


def row(  # noqa: PLR0913 -- one argument per fact that tests vary
    name: str,
    country: str,
    *,
    years: int = 20,
    degree: str = "master",
    email: str = "",
    born: str = "1975-06-14",
    language: str = "en",
) -> str:
    """One line of a file of candidates; the family name tells them apart."""
    address = email or f"{name.lower()}@candidates.example"
    return (
        f"{name},Given,F,{born},{country},{address},fr:C1;en:C1,{degree},{years},Colonel,15,"
        f"Police,{country},{language}"
    )


def candidates_file(*rows: str) -> CandidateFile:
    """A file of candidates."""
    return CandidateFile("\n".join([HEADER, *rows]).encode())


CANDIDATES = (
    row("Aalto", "FIN"),
    row("Boonmee", "THA", language="fr"),
    row("Cherkaoui", "MAR", language="ar"),
    row("Dube", "ZWE"),
    row("Early", "LBN", years=9, degree="bachelor"),
)


@dataclass
class World:
    """One organisation with its database, its clock and at most one case that the test is about."""

    house: House
    clock: OwnedClock
    case: str = ""
    woken: list[DateTime] = field(default_factory=list)

    def as_(
        self, person: str, level: Level = Level.SESSION, invitation: str | None = None
    ) -> Actor:
        """Somebody who is signed in, with the roles that they have."""
        with self.reading() as session:
            return Actor(person, level, "web", roles_of(session, person), invitation)

    def do(self, person: str, verb: Verb[Any, Any], given: Any, subject: str = "") -> Receipt:
        """Somebody acts on the case, or on another subject."""
        receipt = perform(self.house, self.as_(person), verb, subject or self.case, given)
        assert receipt is not None
        return receipt

    def answer(self, person: str, position: str, *names: str, text: str = "") -> Receipt:
        """Somebody answers the open question, choosing candidates by family name."""
        chosen = tuple(self.candidacy(each).id for each in names)
        asked = self.open_question()
        given = GivenAnswer(position, chosen, text, asked.content_version)
        return self.do(person, ANSWER, given, asked.id)

    def answer_by_link(self, position: str) -> Receipt:
        """The chosen candidate answers from the link and a code."""
        asked = self.open_question()
        invitation = self.invitations(asked.id)[0]
        actor = self.as_(invitation.person_id, Level.LINK, invitation.id)
        receipt = perform(self.house, actor, ANSWER, asked.id, GivenAnswer(position))
        assert receipt is not None
        return receipt

    def record_checks(self, result: str, *names: str, kinds: tuple[str, ...] = ()) -> Receipt:
        """An officer records open checks of these candidates (all of them by default)."""
        wanted = {self.candidacy(each).id for each in names}
        with self.reading() as session:
            open_ = col(Check.state).in_(OPEN)
            rows = list(session.exec(select(Check).where(col(Check.case_id) == self.case, open_)))
        checks = tuple(
            (each.candidacy_id, each.kind)
            for each in rows
            if (not wanted or each.candidacy_id in wanted) and (not kinds or each.kind in kinds)
        )
        return self.do("hr", RECORD_CHECKS, Recorded(checks, result, "on file"))

    # --- what flows do --------------------------------------------------------------------

    def go_on(self, *, mails: bool = True) -> list[str]:
        """Sweep, advance and hand over until nothing is left; what happened, in words."""
        told: list[str] = []
        while True:
            for progress in app.sweep_deadlines(self.house, 100):
                told += progress.sentences
            went = False
            for due in app.claim_due(self.house, 50):
                told += app.advance_one(self.house, due).sentences
                went = True
            if not (mails and self.hand_over()) and not went:
                return told

    def hand_over(self) -> int:
        """Every notice that is wanted is taken by the mail server."""
        rows = self.unsent()
        for notice in rows:
            app.HANDED_OVER[notice.subject_kind](self.house, notice)
        return len(rows)

    def unsent(self) -> list[Outbox]:
        """What is still to be sent."""
        with self.reading() as session:
            query = select(Outbox).where(
                col(Outbox.handed_over_at).is_(None), col(Outbox.cancelled_because).is_(None)
            )
            return list(session.exec(query.order_by(col(Outbox.key))))

    def pass_days(self, days: int) -> None:
        """So many days later, after the flows have done what was due."""
        self.clock.advance(days=days)
        self.go_on()

    def never_reached(self, template: str) -> None:
        """The mail server never takes these notices."""
        with self.house.database.deciding() as session:
            for notice in self.unsent():
                if notice.template == template:
                    cancel(session, (notice.subject_kind, notice.subject_id), "no such address")

    # --- what is there --------------------------------------------------------------------

    def reading(self) -> Any:
        """A session that changes nothing."""
        return self.house.database.reading()

    def the_case(self) -> Case:
        """The case as it stands."""
        with self.reading() as session:
            found: Case = session.get_one(Case, self.case)
            return found

    def candidacies(self) -> dict[str, Candidacy]:
        """The candidacies of the case by family name."""
        with self.reading() as session:
            query = (
                select(Person.family_name, Candidacy)
                .join(Candidacy, col(Candidacy.person_id) == col(Person.id))
                .where(col(Candidacy.case_id) == self.case)
            )
            return dict(session.exec(query).all())

    def candidacy(self, name: str) -> Candidacy:
        """One candidacy, by family name."""
        return self.candidacies()[name]

    def states(self) -> dict[str, str]:
        """Where each candidate stands."""
        return {name: each.state for name, each in sorted(self.candidacies().items())}

    def questions(self, state: str = "open") -> list[Consultation]:
        """The questions of the case in a state, the oldest first."""
        with self.reading() as session:
            query = select(Consultation).where(
                col(Consultation.owner_id) == self.case, col(Consultation.state) == state
            )
            return list(session.exec(query.order_by(col(Consultation.opened_at))))

    def open_question(self) -> Consultation:
        """The one question that is open."""
        (found,) = self.questions()
        return found

    def invitations(self, consultation: str) -> list[Invitation]:
        """Who was asked."""
        with self.reading() as session:
            query = select(Invitation).where(col(Invitation.consultation_id) == consultation)
            return list(session.exec(query.order_by(col(Invitation.capacity))))

    def rows(self, model: Any) -> list[Any]:
        """All rows of a table."""
        with self.reading() as session:
            return list(session.exec(select(model)))

    def entries(self, *chains: str) -> list[Entry]:
        """All entries, or those of some chains, in order."""
        with self.reading() as session:
            if chains:
                return chain.trail(session, chains)
            return list(session.exec(select(Entry).order_by(col(Entry.id))))

    def kinds(self, *chains: str) -> list[str]:
        """The kinds of entries, in order."""
        return [entry.kind for entry in self.entries(*chains)]

    def the_trail(self) -> list[str]:
        """The kinds of all entries of the case and its questions, in order."""
        with self.reading() as session:
            asked = select(Consultation.id).where(col(Consultation.owner_id) == self.case)
            names = [f"consultation:{each}" for each in session.exec(asked)]
        return self.kinds(f"case:{self.case}", *names)

    def faults(self) -> list[str]:
        """What is wrong with the record."""
        with self.reading() as session:
            return [str(fault) for fault in chain.verify(session)[1]]


def build(
    url: str, folder: Path, calendars: Mapping[str, Calendar], start: str | DateTime = START
) -> World:
    """A world over a database, with its keys in a folder."""
    settings = Settings(home=folder, database_url=url)
    clock = OwnedClock(start)
    world = World(
        House(Database(url), clock, KeyRing(folder / "keys"), settings, calendars, nothing_to_wake),
        clock,
    )
    object.__setattr__(world.house, "wake", lambda: world.woken.append(clock.now()))
    return world


def settle_in(world: World) -> None:
    """The law is loaded, and people hold their offices."""
    rulebook = load(world.house.settings.rulebook_folder)
    perform(world.house, operator(), LOAD_RULEBOOK, None, rulebook)
    with world.house.database.deciding() as session:
        for key in PEOPLE:
            add_person(session, key)


def add_person(session: Session, key: str) -> None:
    """One of the people, with office and role."""
    office, role, station, country = PEOPLE[key]
    session.add(
        Person(
            id=key,
            family_name=key.capitalize(),
            given_names="Office",
            email=f"{key}@organisation.example",
            duty_station=station,
            nationality=country,
        )
    )
    session.flush()
    if office:
        session.add(Holding(office=office, person_id=key, since=pendulum.datetime(2025, 1, 1)))
    if role:
        session.add(Grant(person_id=key, role=role))
