"""A person says whether two candidacies are one person's. Both stay as they are, and both views."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from governance.access.actor import Actor
from governance.acts import Moment, Verb, Written
from governance.appointments.authority import hr_officer
from governance.appointments.candidates import candidacy_of
from governance.appointments.likeness.rules import Somebody, likenesses
from governance.appointments.models import Candidacy, Case, SamePerson
from governance.appointments.queries import case_by_reference, no_such_case, sees_all
from governance.database import new_id
from governance.house import House
from governance.people.models import Person
from governance.refusals import Reason, refuse

SAID = {None: "nothing yet", True: "the same person", False: "two people"}


@dataclass(frozen=True)
class Said:
    """Two candidacies, whether they are one person's, and why somebody says so."""

    one: str
    other: str
    is_same: bool
    why: str


def say_body(moment: Moment, case: Case | None, given: Said) -> Written[Case]:
    """Keep what was said; a later word takes its place. Nothing is merged."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    one, other = sorted(candidacy_of(moment, case, each).id for each in (given.one, given.other))
    if one == other or not given.why.strip():
        raise refuse(
            "two candidacies are told apart or linked, with the reason",
            rule="likeness_is_complete",
            cure="Name two different candidates, and write why.",
            where="why" if one != other else "other",
            reason=Reason.INPUT,
        )
    query = select(SamePerson).where(col(SamePerson.one) == one, col(SamePerson.other) == other)
    held = moment.session.exec(query).first()
    if held is None:
        held = SamePerson(
            id=new_id(),
            case_id=case.id,
            one=one,
            other=other,
            is_same=given.is_same,
            said_by="",
            at=moment.now,
        )
        moment.session.add(held)
    sealed = moment.seal(f"case:{case.id}", given.why)
    held.is_same, held.note, held.at = given.is_same, sealed["sealed"], moment.now
    held.said_by = str(moment.actor.person_id)
    return Written({"one": one, "other": other, "same": given.is_same, "why": sealed}, case)


SAY_SAME: Verb[Case, Said] = Verb("case:link_same_person", Case, "case", hr_officer, say_body)


def tell_likenesses(house: House, actor: Actor, reference: str) -> list[dict[str, Any]]:
    """Who looks alike in a case, and in other cases, with what was said of each pair."""
    with house.database.reading() as session:
        case = case_by_reference(session, actor, reference)
        if not sees_all(actor):
            raise no_such_case(reference)
        names, people = _people(session, case.id)
        said = {
            (each.one, each.other): each.is_same
            for each in session.exec(select(SamePerson).where(col(SamePerson.case_id) == case.id))
        }
    pairs = {(each.one, each.other): each.grounds for each in likenesses(people)}
    return [
        {
            "one": {"id": one, "name": names.get(one, "")},
            "other": {"id": other, "name": names.get(other, "")},
            "grounds": list(pairs.get((one, other), ())),
            "said": SAID[said.get((one, other))],
        }
        for one, other in sorted({*pairs, *said})
    ]


def _people(session: Session, case_id: str) -> tuple[dict[str, str], list[Somebody]]:
    query = (
        select(Candidacy.id, Person)
        .join(Person, col(Person.id) == col(Candidacy.person_id))
        .where(col(Candidacy.case_id) == case_id)
    )
    found = list(session.exec(query).all())
    names = {candidacy: person.name for candidacy, person in found}
    people = [
        Somebody(candidacy, person.name, person.birth_date, person.email, person.nationality)
        for candidacy, person in found
    ]
    return names, people
