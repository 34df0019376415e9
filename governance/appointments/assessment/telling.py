"""An assessment as plain data, for whoever may see it: HR and audit all of it, members their part.

Nobody is told a score before the scoring is closed: until then there is no ranking at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from governance.access.actor import Actor
from governance.appointments.assessment.impact import impact, plain
from governance.appointments.assessment.models import Assessment, AssessmentMeeting
from governance.appointments.assessment.standing import (
    assessing_of,
    assessment_of,
    findings_of,
    members_of,
)
from governance.appointments.law import law_of
from governance.appointments.models import Candidacy, Case
from governance.appointments.queries import case_by_reference, sees_all
from governance.consultation.models import SCORES, Answer, Consultation, Invitation
from governance.house import House
from governance.people.models import Person
from governance.people.queries import by_id
from governance.people.states import load_states
from governance.refusals import Reason, refuse
from governance.rulebook.assessing import Assessing
from governance.rulebook.schema import Rulebook

SELECTED = frozenset({"shortlisted", "chosen", "appointed", "declined"})
EVERYBODY = ("named", "declared", "recused", "released")
Plain = dict[str, Any]


@dataclass(frozen=True)
class ToScore:
    """The open scoring that somebody is asked for, and what its candidates may be called."""

    consultation: str
    version: int
    names: dict[str, str]
    shown: dict[str, str]
    criteria: list[dict[str, Any]]
    scale: dict[str, str]
    reference: str
    answered: bool


def tell_assessment(house: House, actor: Actor, reference: str) -> Plain:
    """The panel, the criteria, and the ranking once there is one. Raises Refused."""
    with house.database.reading() as session:
        case = case_by_reference(session, actor, reference)
        rulebook = law_of(session, case.law)
        law = assessing_of(rulebook, case)
        found = assessment_of(session, case.id)
        whole = sees_all(actor)
        if not whole and not _sits(session, case, actor):
            raise refuse(
                "this is for the panel, HR and audit",
                rule="known_case",
                cure="Sign in as one of them.",
                reason=Reason.MISSING,
            )
        now = house.clock.now()
        today = now.date()
        return {
            "reference": case.reference,
            "state": found.state if found else "not begun",
            "anonymous": found.anonymous if found else law.anonymous,
            "article": str(law.article),
            "criteria": found.criteria
            if found
            else [each.model_dump(mode="json") for each in law.criteria],
            "fixed_at": (found.fixed_at if found else case.launched_at).isoformat(),
            "members": _members(session, case, whole=whole, me=str(actor.person_id)),
            "findings": [each.as_json() for each in findings_of(session, case, law, now, today)]
            if whole
            else [],
            **_ranking(session, found),
            "recommended": list(found.recommended) if found else [],
            "impact": _impact(house, session, case, rulebook, law) if whole else {},
        }


def scoring_for(house: House, actor: Actor, reference: str) -> ToScore:
    """The scoring that waits for somebody in a case. Raises Refused where there is none."""
    with house.database.reading() as session:
        case = case_by_reference(session, actor, reference)
        query = (
            select(Consultation, Invitation.id)
            .join(Invitation, col(Invitation.consultation_id) == col(Consultation.id))
            .where(
                col(Consultation.owner_kind) == "case",
                col(Consultation.owner_id) == case.id,
                col(Consultation.form) == SCORES,
                col(Consultation.state) == "open",
                col(Invitation.person_id) == actor.person_id,
                col(Invitation.recused_at).is_(None),
            )
        )
        found = session.exec(query).first()
        if found is None:
            raise refuse(
                "no scores of yours are awaited in this case",
                rule="scoring_is_open",
                cure="See what waits for you: mandate waiting.",
                reason=Reason.TURN,
            )
        asked, invitation = found
        given = select(Answer.taken_back).where(col(Answer.invitation_id) == invitation)
        newest = session.exec(given.order_by(col(Answer.version).desc())).first()
        shown = shown_names(session, asked)
        names = {each: each for each in shown} | {
            name.casefold(): id_ for id_, name in shown.items()
        }
        if not asked.content.get("codes"):
            names |= _family_names(session, shown)
        return ToScore(
            asked.id,
            asked.content_version,
            names,
            shown,
            asked.rule["criteria"],
            asked.rule["scale"],
            case.reference,
            newest is False,
        )


def shown_names(session: Session, asked: Consultation) -> dict[str, str]:
    """What the candidates of a question are called there: codes while names are hidden."""
    ids = list(asked.content.get("candidates", ()))
    codes: dict[str, str] = asked.content.get("codes") or {}
    if codes:
        return {each: codes[each] for each in sorted(ids, key=codes.__getitem__)}
    return _names(session, ids)


def _names(session: Session, ids: list[str]) -> dict[str, str]:
    query = (
        select(Candidacy.id, Person)
        .join(Person, col(Person.id) == col(Candidacy.person_id))
        .where(col(Candidacy.id).in_(ids))
        .order_by(col(Person.family_name), col(Candidacy.id))
    )
    return {id_: person.name for id_, person in session.exec(query)}


def _family_names(session: Session, shown: dict[str, str]) -> dict[str, str]:
    query = (
        select(Candidacy.id, Person.family_name)
        .join(Person, col(Person.id) == col(Candidacy.person_id))
        .where(col(Candidacy.id).in_(list(shown)))
    )
    found: dict[str, list[str]] = {}
    for id_, name in session.exec(query):
        found.setdefault(name.casefold(), []).append(id_)
    return {name: ids[0] for name, ids in found.items() if len(ids) == 1}


def _sits(session: Session, case: Case, actor: Actor) -> bool:
    return any(each.person_id == actor.person_id for each in members_of(session, case.id))


def _members(session: Session, case: Case, *, whole: bool, me: str) -> list[Plain]:
    seats = members_of(session, case.id, *EVERYBODY)
    people = by_id(session, (each.person_id for each in seats))
    told = []
    for each in seats:
        person = people[each.person_id]
        line: Plain = {
            "name": person.name,
            "role": each.role,
            "state": each.state,
            "outside": each.outside,
            "trained_on": each.trained_on.isoformat() if each.trained_on else None,
        }
        if whole or each.person_id == me:
            line |= {
                "email": person.email,
                "ties": [tie["kind"] for tie in each.relations],
                "declared_at": each.declared_at.isoformat() if each.declared_at else None,
            }
        told.append(line)
    return told


def _ranking(session: Session, found: Assessment | None) -> Plain:
    """The ranking with names in the place of identifiers; empty before the scores are in."""
    told = found.ranking if found else {}
    if not told or found is None:
        return {"ranking": [], "neighbours": [], "disagreement": []}
    ids = [each["candidate"] for each in told["ranking"]]
    names = dict(found.codes) if found.anonymous and found.codes else _names(session, ids)
    members = {key for each in told["disagreement"] for key in (*each["low"], *each["high"])} | {
        key for each in told["neighbours"] for key in each["turned_without"]
    }
    people = {id_: person.name for id_, person in by_id(session, members).items()}
    return {
        "ranking": [{**each, "name": names.get(each["candidate"], "")} for each in told["ranking"]],
        "neighbours": [
            {
                **each,
                "above_name": names.get(each["above"], ""),
                "below_name": names.get(each["below"], ""),
                "turned_without": [people.get(key, key) for key in each["turned_without"]],
            }
            for each in told["neighbours"]
        ],
        "disagreement": [
            {
                **each,
                "name": names.get(each["candidate"], ""),
                "low": [people.get(key, key) for key in each["low"]],
                "high": [people.get(key, key) for key in each["high"]],
            }
            for each in told["disagreement"]
        ],
    }


def _impact(
    house: House, session: Session, case: Case, rulebook: Rulebook, law: Assessing
) -> Plain:
    """Who came onto the shortlist, by sex and by region, with small counts withheld."""
    states = load_states(house.settings.rulebooks)
    query = (
        select(Candidacy.state, Person.sex, Person.nationality)
        .join(Person, col(Person.id) == col(Candidacy.person_id))
        .where(col(Candidacy.case_id) == case.id)
    )
    rows = [
        (state in SELECTED, sex or "unknown", _region(rulebook, states, country))
        for state, sex, country in session.exec(query)
    ]
    small = law.withheld_under
    return plain(
        {
            "sex": impact(((sex, chosen) for chosen, sex, _ in rows), small),
            "region": impact(((region, chosen) for chosen, _, region in rows), small),
        }
    )


def _region(rulebook: Rulebook, states: dict[str, Any], country: str | None) -> str:
    if not country:
        return "unknown"
    own = rulebook.region_of(country)
    state = states.get(country)
    return own or (state.un_group if state and state.un_group else "unknown")


def meetings_of(session: Session, case_id: str) -> list[AssessmentMeeting]:
    """The tests and interviews of a case, the next one first."""
    query = select(AssessmentMeeting).where(col(AssessmentMeeting.case_id) == case_id)
    return list(session.exec(query.order_by(col(AssessmentMeeting.begins_at))))
