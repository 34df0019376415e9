"""The offices of a body: who takes one, who leaves it, who acts until somebody is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from governance.acts import Moment, Verb, Written
from governance.committees.authority import for_roles
from governance.committees.lifecycle import SECRETARY
from governance.committees.models import Committee
from governance.committees.officers import holding, spelled, stand_in, take_office
from governance.committees.people import person_of
from governance.committees.sittings import begins, ends
from governance.committees.terms import set_term_clocks
from governance.refusals import Reason, refuse


@dataclass(frozen=True)
class OfficeOf:
    """A person holds an office of the body, such as chair; whoever held it before holds no more."""

    office: str
    name: str = ""
    email: str = ""
    person_id: str = ""
    since: date | None = None
    until: date | None = None
    acting: bool = False


@dataclass(frozen=True)
class LeavingOffice:
    """The holder of an office goes at the end of a day, or now."""

    office: str
    on: date | None = None
    because: str = ""


def office_body(moment: Moment, committee: Committee | None, given: OfficeOf) -> Written[Committee]:
    """Somebody takes an office; the one before them ends at the same instant."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    since = begins(committee, given.since, moment.now)
    person_id = given.person_id or person_of(moment.session, given.name, given.email).id
    row = take_office(
        moment, committee, given.office, person_id,
        since=since, last_day=given.until, acting=given.acting,
    )  # fmt: skip
    set_term_clocks(moment, committee)
    return Written(
        {"office": row.office, "person": person_id, "since": since.isoformat()}, committee
    )


def leave_body(
    moment: Moment, committee: Committee | None, given: LeavingOffice
) -> Written[Committee]:
    """The officer goes; who is next in the succession acts from then on."""
    assert committee is not None  # noqa: S101 -- the door locks the subject first
    office = spelled(given.office)
    at = ends(committee, given.on) or moment.now
    held = holding(moment.session, committee, office, moment.now)
    if not held:
        raise refuse(
            'nobody holds the office "{office}" of this body',
            rule="office_is_held",
            cure="See the officers: mandate committee show.",
            where="office",
            reason=Reason.INPUT,
            office=office,
        )
    for each in held:
        each.until = at
    moment.session.flush()
    acts = stand_in(moment, committee)
    set_term_clocks(moment, committee)
    facts: dict[str, Any] = {"office": office, "until": at.isoformat(), "acting": acts}
    if given.because.strip():
        facts["because"] = moment.seal(f"committee:{committee.id}", given.because)
    return Written(facts, committee)


WHO = for_roles(SECRETARY)
TAKE_OFFICE: Verb[Committee, OfficeOf] = Verb(
    "committee:take_office", Committee, "committee", WHO, office_body
)
LEAVE_OFFICE: Verb[Committee, LeavingOffice] = Verb(
    "committee:leave_office", Committee, "committee", WHO, leave_body
)
