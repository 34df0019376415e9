"""What may be done in a service now: each act with every reason against it. Asked, never done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from sqlmodel import col, select

from governance.acts import Moment
from governance.appointments.service.engaging import after_of, today_of
from governance.appointments.service.lasting import extending, reviewed
from governance.appointments.service.lifecycle import OfferLifecycle, ServiceLifecycle
from governance.appointments.service.models import Offer, Service
from governance.appointments.service.rules import Entering, Fulfilling, Prolonging
from governance.calendar.days import DAY
from governance.lifecycle import ways_on, why_not
from governance.refusals import Finding

Reasons = tuple[Finding, ...]
# The acts of a service that officers do, in the order of its life: events of its chart.
ACTS = ("enter", "fall_through", "confirm", "prolong_probation", "extend", "separate")


def ways_of(moment: Moment, found: Service) -> dict[str, Reasons]:
    """The acts that this service has in its state, each with what stands in its way."""
    open_ = ways_on(ServiceLifecycle, found.state)
    asks: Mapping[str, Callable[[Moment, Service], Reasons]] = {
        "enter": _entering,
        "confirm": _confirming,
        "prolong_probation": _prolonging,
        "extend": _extending,
    }
    return {act: asks[act](moment, found) if act in asks else () for act in ACTS if act in open_}


def asks_oath(moment: Moment, found: Service) -> bool:
    """Whether the law asks for an oath or declaration before entry on duty."""
    after = after_of(moment, found)
    return bool(after and after.oath and found.kind != "acting")


def last_day_allowed(moment: Moment, found: Service) -> date | None:
    """The last day that an extension may give now; None where nothing caps it."""
    return extending(moment, found, found.ends_on or today_of(moment, found)).cap_on


def _entering(moment: Moment, found: Service) -> Reasons:
    facts = Entering(
        asks_oath(moment, found), found.oath_on, found.begins_on, today_of(moment, found)
    )
    against = why_not(ServiceLifecycle, found.state, "enter", facts)
    query = select(Offer).where(
        col(Offer.candidacy_id) == found.candidacy_id, col(Offer.state) == "accepted"
    )
    offer = moment.session.exec(query).first() if found.candidacy_id else None
    if offer is None:
        return against
    met = sum(each["met_on"] is not None for each in offer.conditions)
    kept = Fulfilling(len(offer.conditions), met)
    return (*against, *why_not(OfferLifecycle, offer.state, "fulfil", kept))


def _confirming(moment: Moment, found: Service) -> Reasons:
    return why_not(ServiceLifecycle, found.state, "confirm", reviewed(moment.session, found))


def _prolonging(moment: Moment, found: Service) -> Reasons:
    after = after_of(moment, found)
    law = after.probation.prolong if after and after.probation else None
    facts = Prolonging(found.prolonged, law.times if law else 0)
    return why_not(ServiceLifecycle, found.state, "prolong_probation", facts)


def _extending(moment: Moment, found: Service) -> Reasons:
    """Against the shortest extension there is: one day."""
    base = found.ends_on or today_of(moment, found)
    facts = extending(moment, found, base + DAY)
    return why_not(ServiceLifecycle, found.state, "extend", facts)
