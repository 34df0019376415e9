"""By which authority acts on a service are done."""

from __future__ import annotations

from governance.access.actor import Level
from governance.acts import Moment
from governance.appointments.authority import HR_OFFICER
from governance.appointments.service.models import RosterPlace, Service
from governance.refusals import Reason, refuse

Subject = Service | RosterPlace


def officer(moment: Moment, found: Subject | None, _: object) -> str:
    """An HR officer who is signed in, and whose own service it is not."""
    actor = moment.actor
    signed_in = actor.person_id and actor.level in {Level.SESSION, Level.FRESH}
    if not signed_in or HR_OFFICER not in actor.roles:
        raise refuse(
            "this is for an HR officer to do",
            rule="hr_officer",
            article="Mandate, roles",
            cure="Sign in as an HR officer, or ask one.",
            reason=Reason.AUTHORITY,
        )
    if found is not None and found.person_id == actor.person_id:
        raise refuse(
            "nobody acts on their own service",
            rule="nobody_decides_on_their_own_case",
            article="Mandate, invariants",
            cure="Ask another HR officer.",
            reason=Reason.AUTHORITY,
        )
    return f"role:{HR_OFFICER}"


def officer_or_clock(moment: Moment, found: Subject | None, given: object) -> str:
    """An HR officer, or nobody: the day has come."""
    return "clock" if moment.actor.is_clock else officer(moment, found, given)


def clock(moment: Moment, _: Subject | None, __: object) -> str:
    """Nobody: the day has come."""
    if moment.actor.is_clock:
        return "clock"
    raise refuse(
        "this happens by itself when its day has come",
        rule="only_the_clock",
        cure="See on its page what it waits for.",
        reason=Reason.AUTHORITY,
    )
