"""By which authority acts on a case are done."""

from __future__ import annotations

from sqlmodel import col, select

from governance.access.actor import Level
from governance.acts import Moment
from governance.appointments.models import Candidacy, Case
from governance.refusals import Reason, refuse

HR_OFFICER = "hr_officer"


def hr_officer(moment: Moment, case: Case | None, _: object) -> str:
    """An HR officer who is signed in, and who is not a candidate in the case."""
    actor = moment.actor
    signed_in = actor.person_id and actor.level in {Level.SESSION, Level.FRESH}
    if signed_in and HR_OFFICER in actor.roles:
        if case is not None and _is_candidate(moment, case):
            raise refuse(
                "nobody acts on a case in which they are a candidate",
                rule="nobody_decides_on_their_own_case",
                article="Mandate, invariants",
                cure="Ask another HR officer.",
                reason=Reason.AUTHORITY,
            )
        return f"role:{HR_OFFICER}"
    raise refuse(
        "this is for an HR officer to do",
        rule="hr_officer",
        article="Mandate, roles",
        cure="Sign in as an HR officer, or ask one.",
        reason=Reason.AUTHORITY,
    )


def _is_candidate(moment: Moment, case: Case) -> bool:
    query = select(Candidacy.id).where(
        col(Candidacy.case_id) == case.id, col(Candidacy.person_id) == moment.actor.person_id
    )
    return moment.session.exec(query).first() is not None


def the_clock(moment: Moment, _: object, __: object) -> str:
    """Nobody: the engine goes on because something is due."""
    if moment.actor.is_clock:
        return "clock"
    raise refuse(
        "the case goes on by itself when what it waits for is there",
        rule="only_the_clock",
        cure="See on its page what it waits for.",
        reason=Reason.AUTHORITY,
    )
