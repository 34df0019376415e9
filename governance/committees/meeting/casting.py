"""The votes are equally divided, and whoever is in the chair casts, on the spot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from governance.acts import Moment, Verb, Written
from governance.committees.authority import seats_of
from governance.committees.meeting.ballots import would_come_of
from governance.committees.meeting.declaring import may_declare
from governance.committees.meeting.elections import ELECTION, by_votes
from governance.committees.meeting.lifecycle import MotionLifecycle
from governance.committees.meeting.models import ItemRecusal, Meeting, Motion
from governance.committees.meeting.motions import known_motion
from governance.consultation.casting import cast_here
from governance.consultation.models import TIED, Consultation
from governance.consultation.rules import Casting
from governance.lifecycle import fire
from governance.refusals import Reason, refuse

NONE = "none"


@dataclass(frozen=True)
class CastNow:
    """What whoever is in the chair casts: yes, no, or the names; `none` gives no casting vote."""

    motion: int
    vote: tuple[str, ...]


def cast_body(moment: Moment, meeting: Meeting | None, given: CastNow) -> Written[Meeting]:
    """Break the tie, or say that no casting vote is given; the result is proposed anew."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    motion = known_motion(moment.session, meeting, given.motion)
    motion.state = fire(MotionLifecycle, motion.state, "cast")
    casting = awaited_in(motion)
    if casting is None:
        raise refuse(
            "no casting vote is awaited on motion {number}",
            rule="casting_vote_is_awaited",
            article="Mandate, casting votes",
            cure="The chair casts where the votes are equally divided and the rules say so.",
            reason=Reason.TURN,
            number=motion.number,
        )
    chosen = () if given.vote in {(), (NONE,)} else given.vote
    _may_be_cast(casting, chosen)
    if chosen:
        _may_cast(moment, meeting, motion)
    settled = _settled(moment, motion, casting, chosen)
    motion.result = {**motion.result, **settled}
    return Written(
        {"motion": motion.number, "cast": list(chosen), "result": motion.result["result"],
         "article": _article(motion)}, meeting)  # fmt: skip


def awaited_in(motion: Motion) -> Casting | None:
    """The tie that the motion waits for the chair to break."""
    castings = motion.result.get("numbers", {}).get("castings", ())
    if motion.result.get("result") is not None or not castings:
        return None
    return Casting.from_plain(castings[0])


def _article(motion: Motion) -> str:
    rule = motion.result["rule"]
    return str(rule.get("tie_article") or rule["article"])


def _may_be_cast(casting: Casting, chosen: tuple[str, ...]) -> None:
    """For or against, or as many of those who are tied as there are places; or nothing."""
    known = casting.between or ("yes", "no")
    if chosen and (len(set(chosen)) != casting.places or not set(chosen) <= set(known)):
        raise refuse(
            '"{chosen}" is no casting vote here',
            rule="position_is_offered",
            cure="Cast {n} of: {known}; or {none}, where no casting vote is given.",
            where="vote",
            reason=Reason.INPUT,
            chosen=", ".join(chosen)[:80],
            n=casting.places,
            known=", ".join(known),
            none=NONE,
        )


def _may_cast(moment: Moment, meeting: Meeting, motion: Motion) -> None:
    """Whoever has stepped back from an item does not cast on it either."""
    person = moment.actor.person_id
    if person is None:
        return
    mine = [each.id for each in seats_of(moment.session, meeting.committee_id, person, moment.now)]
    query = select(ItemRecusal.id).where(
        col(ItemRecusal.item_id) == motion.item_id, col(ItemRecusal.seat_id).in_(mine)
    )
    if moment.session.exec(query).first() is not None:
        raise refuse(
            "who has stepped back from an item does not cast on it",
            rule="person_has_not_stepped_back",
            article="Mandate, casting votes",
            cure="Let whoever acts for the chair cast, or say that no casting vote is given.",
            reason=Reason.AUTHORITY,
        )


def _settled(
    moment: Moment, motion: Motion, casting: Casting, chosen: tuple[str, ...]
) -> dict[str, Any]:
    if motion.consultation_id:
        consultation = moment.session.get_one(Consultation, motion.consultation_id)
        if consultation.state == TIED:
            return cast_here(moment, consultation, chosen) or {}
    cast = {"chosen": list(chosen), "why": "" if chosen else "declined"}
    rule = {**motion.result["rule"], "casts": {casting.key: cast}}
    if motion.result.get(ELECTION):
        return by_votes(rule, motion.votes, motion.result["room"]["present"])
    return would_come_of(rule, motion.votes, motion.result["room"])


CAST: Verb[Meeting, CastNow] = Verb("meeting:cast", Meeting, "meeting", may_declare, cast_body)
