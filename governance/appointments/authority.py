"""By which authority acts on a case are done."""

from __future__ import annotations

from governance.access.actor import Level
from governance.acts import Moment
from governance.refusals import Reason, refuse

HR_OFFICER = "hr_officer"


def hr_officer(moment: Moment, _: object, __: object) -> str:
    """An HR officer who is signed in."""
    actor = moment.actor
    if (
        actor.person_id
        and actor.level in {Level.SESSION, Level.FRESH}
        and HR_OFFICER in actor.roles
    ):
        return f"role:{HR_OFFICER}"
    raise refuse(
        "this is for an HR officer to do",
        rule="hr_officer",
        article="Mandate, roles",
        cure="Sign in as an HR officer, or ask one.",
        reason=Reason.AUTHORITY,
    )


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
