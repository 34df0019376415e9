"""A service goes on by itself: entry on its day, confirmation of an interim, end of term."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from governance.access.actor import CLOCK
from governance.acts import Moment, Verb, Written, perform
from governance.appointments.service.authority import clock
from governance.appointments.service.engaging import (
    CONFIRMATION,
    END,
    ENTER,
    ENTRY,
    Entered,
    counted,
    procedure_of,
    set_at,
)
from governance.appointments.service.lasting import RUN_OUT, end
from governance.appointments.service.lifecycle import ServiceLifecycle
from governance.appointments.service.models import Service
from governance.consultation.opening import Asked, Question, find, open_consultation
from governance.consultation.withdrawing import withdraw_open
from governance.house import House
from governance.lifecycle import fire
from governance.people.queries import holder
from governance.record import deadlines
from governance.record.models import Deadline, Outbox
from governance.rulebook.assessing import Expedited

QUESTION = {
    "en": "Do you confirm this interim?",
    "fr": "Confirmez-vous cet intérim\N{NO-BREAK SPACE}?",
    "es": "¿Confirma usted esta interinidad?",
    "ar": "هل تؤكدون هذا التكليف المؤقت؟",
}
TITLES = {
    "confirm": {"en": "Confirm", "fr": "Confirmer", "es": "Confirmar", "ar": "تأكيد"},
    "end": {
        "en": "End the interim",
        "fr": "Mettre fin à l’intérim",
        "es": "Poner fin a la interinidad",
        "ar": "إنهاء التكليف",
    },
}


@dataclass(frozen=True)
class Advanced:
    """How far a service came."""

    label: str
    sentences: list[str] = field(default_factory=list)


def advance(house: House, service_id: str) -> Advanced:
    """Ask for the confirmation that an interim needs, or take its answer."""
    receipt = perform(house, CLOCK, ADVANCE, service_id, None)
    with house.database.reading() as session:
        reference = session.get_one(Service, service_id).reference
    told = [f"{key}." for key in receipt.facts] if receipt else []
    return Advanced(reference, told)


def deadline_passed(house: House, deadline: Deadline) -> Advanced:
    """The day of entry, of a confirmation or of the end has come."""
    if deadline.event == ENTRY:
        done = perform(house, CLOCK, ENTER, deadline.owner_id, Entered())
    elif deadline.event == END:
        done = perform(house, CLOCK, RUN_OUT, deadline.owner_id, deadline.generation)
    else:
        done = perform(house, CLOCK, ADVANCE, deadline.owner_id, None)
    return Advanced("service", [f"{deadline.event} passed."] if done else [])


def advance_body(moment: Moment, found: Service | None, _: None) -> Written[Service] | None:
    """An interim is confirmed afterwards, or ends: the question is put when it begins."""
    assert found is not None  # noqa: S101 -- the door locks the subject first
    expedited = procedure_of(moment, found).expedited if found.kind == "interim" else None
    if expedited is None or found.state != "serving" or found.ratified_at is not None:
        return None
    asked = find(moment.session, ("service", found.id), CONFIRMATION, 1)
    if asked is None:
        return _ask(moment, found, expedited)
    if asked.state == "closed" and asked.outcome is not None:
        moment.cites.append(asked.closing_entry)
        return _answered(moment, found, asked.outcome["result"])
    due = deadlines.find(moment.session, ("service", found.id), CONFIRMATION)
    if due is not None and due.is_open and due.due_at <= moment.now:
        withdraw_open(moment, ("service", found.id))
        return _answered(moment, found, "late")
    return None


ADVANCE: Verb[Service, None] = Verb("service:advance", Service, "service", clock, advance_body)


def _ask(moment: Moment, found: Service, expedited: Expedited) -> Written[Service] | None:
    office = expedited.confirmed_by.removeprefix("office.")
    person = holder(moment.session, office, moment.now)
    if person is None or person.id == found.person_id:
        message = f"nobody who may confirm holds the office {office!r}"
        raise LookupError(message)
    last = counted(moment, found, expedited.within)
    set_at(moment, found, CONFIRMATION, last)
    asked = open_consultation(
        moment,
        Question(
            owner=("service", found.id),
            step_key=CONFIRMATION,
            round=1,
            reference=found.reference,
            question=QUESTION,
            asked_by=None,
            rule=_rule(expedited),
            level="session",
            content={"barred": [found.person_id], "candidates": []},
            asked=(Asked(person.id, office, procedure_of(moment, found).calendar),),
        ),
    )
    return Written({"confirmation_asked": asked.id, "until": last.isoformat()}, found)


def _rule(expedited: Expedited) -> dict[str, Any]:
    return {
        "kind": "single",
        "article": str(expedited.article),
        "positions": [
            {
                "key": key,
                "blocking": False,
                "needs_text": key == "end",
                "choose_at_least": 0,
                "choose_at_most": 0,
            }
            for key in TITLES
        ],
        "titles": TITLES,
        "on_late": "wait",
        "within": None,
        "may_change": False,
    }


def _answered(moment: Moment, found: Service, result: str) -> Written[Service]:
    deadlines.lift(moment.session, ("service", found.id), CONFIRMATION)
    if result == "confirm":
        found.state = fire(ServiceLifecycle, found.state, "ratify")
        found.ratified_at = moment.now
        return Written({"confirmed": True}, found)
    found.state = fire(ServiceLifecycle, found.state, "run_out")
    end(moment, found, "not_confirmed")
    return Written({"confirmed": False, "because": result}, found)


@dataclass(frozen=True)
class Taken:
    """The key of the notice that was handed over."""

    key: str


def handed_over_body(
    moment: Moment, found: Service | None, given: Taken
) -> Written[Service] | None:
    """Keep when the notice left; a second time is nothing."""
    parcel = moment.session.get_one(Outbox, given.key)
    if parcel.handed_over_at is not None:
        return None
    parcel.handed_over_at, parcel.lease_until = moment.now, None
    return Written({"notice": parcel.template, "to": parcel.person_id}, found)


HAND_OVER: Verb[Service, Taken] = Verb(
    "service:notice_handed_over", Service, "service", clock, handed_over_body
)
