"""How an act at the desk reaches its case, and a candidate by whatever name."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from governance.access.actor import Actor
from governance.acts import Receipt, Verb, perform
from governance.appointments.models import Case
from governance.appointments.queries import candidates_of, case_by_reference, sees_all
from governance.cli.desk import actor_of, open_house
from governance.refusals import Reason, refuse


def acted(reference: str, verb: Verb[Case, Any], given: object) -> Receipt | None:
    """Perform an act on the case of a reference, as whoever is signed in here."""
    with open_house() as house:
        actor = actor_of(house)
        with house.database.reading() as session:
            case = case_by_reference(session, actor, reference)
        return perform(house, actor, verb, case.id, given)


def candidate_named(session: Session, actor: Actor, case: Case, who: str) -> str:
    """The candidacy of a candidate by family name, full name or its id. Raises Refused.

    Who may not see the candidates names them as they like: the act itself is refused.
    """
    if not sees_all(actor):
        return who
    wanted = who.casefold().strip()
    found = [
        each.candidacy.id
        for each in candidates_of(session, case.id)
        if wanted
        in {each.candidacy.id, each.person.family_name.casefold(), each.person.name.casefold()}
    ]
    if len(found) == 1:
        return found[0]
    raise refuse(
        '"{who}" are several candidates' if found else '"{who}" is no candidate in this case',
        rule="known_candidacy",
        cure="Give the id: mandate appointment show {reference}.",
        where="--candidate",
        reason=Reason.INPUT if found else Reason.MISSING,
        who=who[:60],
        reference=case.reference,
    )
