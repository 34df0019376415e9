"""Minutes at the API: the same acts as on the command line, by the meeting's reference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from governance.access.actor import Actor
from governance.acts import Verb
from governance.api.committees import ACTS, Reference
from governance.api.given import ToAct, perhaps
from governance.api.identity import SignedIn, TheHouse
from governance.api.problems import problems
from governance.api.words import Done
from governance.committees.authority import roles_in
from governance.committees.finding import meeting_named
from governance.committees.minutes import adopting, circulating, drafting
from governance.committees.minutes.drafting import Nothing
from governance.committees.minutes.models import Minutes
from governance.committees.minutes.telling import minutes_seen, tell_difference, tell_minutes
from governance.consultation.proposing import SETTLE_PROPOSAL, Settled
from governance.house import House
from governance.refusals import Reason, refuse

routes = APIRouter(prefix="/meetings/{reference}/minutes", tags=["committees"])
Version = Annotated[int, Query(ge=0, le=100_000)]

MinutesAct = Literal[
    "adopt", "archive", "assemble", "circulate", "postpone", "publish", "put_right",
    "recirculate", "settle", "sign", "submit", "waive", "write",
]  # fmt: skip
MINUTES_ACTS: Mapping[str, tuple[Verb[Any, Any], type]] = {
    "adopt": (adopting.ADOPT, adopting.AdoptedBy),
    "archive": (adopting.ARCHIVE, Nothing),
    "assemble": (drafting.ASSEMBLE, Nothing),
    "circulate": (circulating.CIRCULATE, circulating.Circulated),
    "postpone": (adopting.POSTPONE, Nothing),
    "publish": (adopting.PUBLISH, Nothing),
    "put_right": (adopting.PUT_RIGHT, adopting.Put),
    "recirculate": (circulating.RECIRCULATE, circulating.Circulated),
    "settle": (SETTLE_PROPOSAL, Settled),
    "sign": (adopting.SIGN, Nothing),
    "submit": (drafting.SUBMIT, Nothing),
    "waive": (drafting.WAIVE, drafting.Waived),
    "write": (drafting.REWRITE, drafting.Rewritten),
}


@routes.get("", operation_id="show_minutes", responses=problems(401, 404, 422))
def show_minutes(
    house: TheHouse, actor: SignedIn, reference: Reference, version: Version = 0
) -> dict[str, Any]:
    """Minutes: their text as blocks, findings with digests, corrections, certificate, versions."""
    minutes, roles = _minutes(house, actor, reference)
    with house.database.reading() as session:
        return tell_minutes(session, house.keys, minutes, roles, version)


@routes.get("/difference", operation_id="compare_minutes", responses=problems(401, 404, 422))
def compare_minutes(
    house: TheHouse, actor: SignedIn, reference: Reference, since: Version = 1, until: Version = 0
) -> dict[str, Any]:
    """What differs between two versions of the text; up to the newest one."""
    minutes, roles = _minutes(house, actor, reference)
    with house.database.reading() as session:
        return tell_difference(session, minutes, roles, since, until)


@routes.post("/acts/{act}", operation_id="act_on_minutes", responses=ACTS)
def act_on_minutes(
    house: TheHouse, actor: SignedIn, reference: Reference, act: MinutesAct, given: ToAct
) -> Done | None:
    """Act on minutes; null where there was nothing left to do."""
    offered = MINUTES_ACTS[act]
    minutes, _ = _minutes(house, actor, reference)
    subject = _question(minutes) if offered[0] is SETTLE_PROPOSAL else minutes.id
    return perhaps(house, actor, offered, subject, given)


def _minutes(house: House, actor: Actor, reference: str) -> tuple[Minutes, frozenset[str]]:
    """The minutes of a meeting, and what the reader is in its body."""
    with house.database.reading() as session:
        now = house.clock.now()
        meeting = meeting_named(session, reference, actor, now)
        roles = roles_in(session, meeting.committee_id, actor, now)
        return minutes_seen(session, meeting, roles), roles


def _question(minutes: Minutes) -> str:
    if not minutes.consultation_id:
        raise refuse(
            "these minutes have not been circulated",
            rule="corrections_follow_circulation",
            cure="Circulate them first.",
            reason=Reason.TURN,
        )
    return minutes.consultation_id
