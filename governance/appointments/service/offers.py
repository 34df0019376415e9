"""An offer: made when the question of acceptance is put, answered by the candidate, or lapsed.

The gate of the vetting is asked of every offer, and a post has one good offer at a time: the
table holds no second one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select

from governance.acts import Moment, Verb, Written
from governance.appointments.authority import hr_officer
from governance.appointments.checks.gate import must_be_open
from governance.appointments.models import Candidacy, Case
from governance.appointments.service.lifecycle import OfferLifecycle
from governance.appointments.service.models import Offer, Service
from governance.appointments.service.rules import (
    Fulfilling,
    Offering,
    only_the_chosen_is_offered,
    post_has_no_other_offer,
)
from governance.appointments.stages.standing import Standing
from governance.database import new_id
from governance.lifecycle import fire
from governance.refusals import Reason, Refused, Requirements, refuse

OFFER_RULES = Requirements((only_the_chosen_is_offered, post_has_no_other_offer))
ENDS = {"accept": "accept", "accepted": "accept", "late": "lapse"}


@dataclass(frozen=True)
class Met:
    """A condition of the offer that is met, and where that is written."""

    condition: str
    source: str = ""


def make(standing: Standing, candidacy: Candidacy) -> Offer:
    """Make the offer to the chosen candidate. Raises Refused with every reason against it."""
    moment, case = standing.moment, standing.case
    moment.rules.append(must_be_open(moment, case, standing.calendar.zone, candidacy))
    live = live_key(standing)
    other = moment.session.exec(select(Offer).where(col(Offer.live_post) == live)).first()
    reference = moment.session.get_one(Case, other.case_id).reference if other else None
    OFFER_RULES.must_hold(Offering(candidacy.state, is_vetted=True, live_offer=reference))
    number = moment.session.exec(
        select(func.count()).select_from(Offer).where(col(Offer.case_id) == case.id)
    ).one()
    after = standing.procedure.after
    offer = Offer(
        id=new_id(),
        case_id=case.id,
        candidacy_id=candidacy.id,
        number=int(number) + 1,
        live_post=live,
        conditions=[
            {"key": each.key, "title": each.title.root, "met_on": None}
            for each in (after.conditions if after else ())
        ],
        made_at=moment.now,
    )
    moment.session.add(offer)
    moment.session.flush()
    return offer


def live_key(standing: Standing) -> str:
    """What is offered: the post, or its interim, which may be offered beside it."""
    return f"{standing.case.post}{'#interim' if standing.procedure.expedited else ''}"


def answered(standing: Standing, result: str) -> dict[str, Any]:
    """Close the offer as the candidate's answer says."""
    offer = of_case(standing.moment.session, standing.case.id)
    if offer is None or offer.state != "made":
        return {}
    offer.state = fire(OfferLifecycle, offer.state, ENDS.get(result, "refuse"))
    offer.decided_at = standing.moment.now
    if offer.state != "accepted":
        offer.live_post = None
    return {"offer": offer.state}


def withdrawn(moment: Moment, case: Case) -> None:
    """The case is withdrawn, and with it whatever is on offer."""
    offer = of_case(moment.session, case.id)
    if offer is not None and offer.state in {"made", "accepted"}:
        offer.state = fire(OfferLifecycle, offer.state, "take_back")
        offer.live_post, offer.decided_at = None, moment.now


def fulfilled(moment: Moment, candidacy_id: str | None) -> None:
    """The person enters on duty: the offer is kept. Raises Refused while a condition is open."""
    query = select(Offer).where(
        col(Offer.candidacy_id) == candidacy_id, col(Offer.state) == "accepted"
    )
    offer = moment.session.exec(query).first() if candidacy_id else None
    if offer is None:
        return
    met = sum(each["met_on"] is not None for each in offer.conditions)
    facts = Fulfilling(len(offer.conditions), met)
    offer.state = fire(OfferLifecycle, offer.state, "fulfil", facts)
    offer.live_post = None


def is_conditional(moment: Moment, found: Service) -> bool:
    """Whether a condition of the offer is still open."""
    query = select(Offer).where(
        col(Offer.candidacy_id) == found.candidacy_id, col(Offer.state) == "accepted"
    )
    offer = moment.session.exec(query).first() if found.candidacy_id else None
    return offer is not None and any(each["met_on"] is None for each in offer.conditions)


def meet_body(moment: Moment, case: Case | None, given: Met) -> Written[Case]:
    """Record that a condition of the offer is met."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    offer = of_case(moment.session, case.id)
    if offer is None:
        raise _no_offer()
    offer.state = fire(OfferLifecycle, offer.state, "meet")
    if given.condition not in {each["key"] for each in offer.conditions}:
        raise refuse(
            'the offer has no condition "{key}"',
            rule="known_condition",
            cure="It has: {known}.",
            where="CONDITION",
            reason=Reason.INPUT,
            key=given.condition[:60],
            known=", ".join(each["key"] for each in offer.conditions) or "none",
        )
    today = moment.now.date().isoformat()
    offer.conditions = [
        {**each, "met_on": each["met_on"] or today, "source": given.source[:200]}
        if each["key"] == given.condition
        else each
        for each in offer.conditions
    ]
    return Written({"condition": given.condition, "offer": offer.number}, case)


MEET: Verb[Case, Met] = Verb("case:meet_condition", Case, "case", hr_officer, meet_body)


def of_case(session: Session, case_id: str) -> Offer | None:
    """The newest offer of a case."""
    query = select(Offer).where(col(Offer.case_id) == case_id)
    return session.exec(query.order_by(col(Offer.number).desc()).limit(1)).first()


def as_plain(offer: Offer) -> dict[str, Any]:
    """An offer as plain data."""
    return {
        "number": offer.number,
        "state": offer.state,
        "candidacy": offer.candidacy_id,
        "conditions": offer.conditions,
        "made_at": offer.made_at.isoformat(),
        "decided_at": offer.decided_at.isoformat() if offer.decided_at else None,
    }


def _no_offer() -> Refused:
    return refuse(
        "no offer is out in this case",
        rule="offer_is_out",
        cure="See where the case stands: mandate appointment show.",
        reason=Reason.TURN,
    )
