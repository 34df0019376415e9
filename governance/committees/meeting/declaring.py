"""The chair declares a result; what is carried is numbered and stands in the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from governance.acts import Moment, Verb, Written
from governance.committees.after.decisions import Taken, record_decision
from governance.committees.electing import Standing, seat_the_elected
from governance.committees.law import pattern_of
from governance.committees.lifecycle import CHAIR
from governance.committees.local import local
from governance.committees.meeting import late_items
from governance.committees.meeting.agenda import number_items
from governance.committees.meeting.ballots import one_of
from governance.committees.meeting.convening import rules_for
from governance.committees.meeting.elections import ELECTION
from governance.committees.meeting.lifecycle import ItemLifecycle, MotionLifecycle
from governance.committees.meeting.models import AgendaItem, Meeting, Motion
from governance.committees.meeting.motions import known_motion
from governance.committees.models import Committee
from governance.lifecycle import fire
from governance.refusals import Reason, refuse


@dataclass(frozen=True)
class Declaring:
    """The chair declares what was proposed; a decision takes effect at once or on a day."""

    motion: int
    title: str = ""
    effective_on: date | None = None
    expires_on: date | None = None
    supersedes: str = ""


def may_declare(moment: Moment, meeting: Meeting | None, _: object) -> str:
    """The chair alone; whoever has a shell enters what the chair declared."""
    return one_of(moment, meeting, CHAIR)


def declare_body(moment: Moment, meeting: Meeting | None, given: Declaring) -> Written[Meeting]:
    """The chair declares the result. What is carried is numbered and stands in the register."""
    assert meeting is not None  # noqa: S101 -- the door locks the subject first
    motion = known_motion(moment.session, meeting, given.motion)
    _has_a_result(motion)
    result = motion.result.get("result")
    some = result == "vacant" and motion.result.get("chosen")
    carried = result in ("carried", "elected", "deemed_given") or bool(some)
    motion.state = fire(
        MotionLifecycle, motion.state, "declare_carried" if carried else "declare_lost"
    )
    motion.declared_at = moment.now
    facts: dict[str, Any] = {"motion": motion.number, "carried": carried}
    if carried and motion.kind in ("motion", "election"):
        facts["decision"] = _decide(moment, meeting, motion, given)
        if motion.result.get(ELECTION):
            facts["seated"] = _seat(moment, meeting, motion, given, facts["decision"])
    if motion.kind == late_items.KIND:
        item = moment.session.get_one(AgendaItem, motion.item_id)
        facts["item"] = late_items.settle(item, motion.number, carried=carried)
        moment.session.flush()
        number_items(moment, meeting)
    return Written(facts, meeting)


def _has_a_result(motion: Motion) -> None:
    if motion.state == "counted" and motion.result.get("result") is None:
        raise refuse(
            "the votes are equally divided, and the result is still open",
            rule="tie_is_broken",
            article="Mandate, casting votes",
            cure="Give the casting vote, or draw the lot that the rules ask for; then declare.",
            reason=Reason.TURN,
        )
    if motion.result.get("result") == "further_round":
        raise refuse(
            "seats are still vacant, and another round follows",
            rule="ballot_is_over",
            cure="Put the question again; who stays in stands in it by itself.",
            reason=Reason.TURN,
        )


def headed(text: str) -> str:
    """The first line of what was moved, as a title: it begins with a capital letter."""
    first = text.strip().partition("\n")[0].strip()
    return first[:1].upper() + first[1:]


def _titled(motion: Motion) -> str:
    """What was decided, in a line; of an election with who is elected."""
    chosen = motion.result.get("chosen") or ()
    return f"{headed(motion.text)}: {', '.join(chosen)}" if chosen else headed(motion.text)


def _worded(motion: Motion) -> str:
    """The words of the motion; those of an election go on with who is elected."""
    chosen = motion.result.get("chosen") or ()
    return f"{motion.text}\n{', '.join(chosen)}" if chosen else motion.text


def _decide(moment: Moment, meeting: Meeting, motion: Motion, given: Declaring) -> str:
    """The decision in the register, and the item decided with it."""
    committee = moment.session.get_one(Committee, meeting.committee_id, with_for_update=True)
    item = moment.session.get_one(AgendaItem, motion.item_id)
    here = local(meeting.starts_at, committee.zone)
    decision = record_decision(
        moment,
        committee,
        Taken(
            title=(given.title or _titled(motion))[:300],
            text=_worded(motion),
            how=motion.mode,
            access=item.access,
            meeting_id=meeting.id,
            item_id=item.id,
            motion_id=motion.id,
            consultation_id=motion.consultation_id,
            rule=motion.result.get("rule", {}),
            outcome={k: v for k, v in motion.result.items() if k != "rule"},
            effective_on=given.effective_on,
            expires_on=given.expires_on,
            supersedes=given.supersedes,
            places={"meeting": meeting.number, "session": meeting.number, "item": item.number,
                    "year": here.year, "month": here.month, "day": here.day},
        ),
        pattern_of(rules_for(moment.session, meeting), here.date()),
    )  # fmt: skip
    if item.state in ("opened", "on_agenda"):
        item.state = fire(ItemLifecycle, item.state, "decide")
        item.closed_at = moment.now
    return decision.number


def _seat(
    moment: Moment, meeting: Meeting, motion: Motion, given: Declaring, decision: str
) -> list[dict[str, Any]]:
    """The elected take their seats or their office, in the same act."""
    standing = Standing.from_plain(motion.result[ELECTION])
    return seat_the_elected(
        moment,
        moment.session.get_one(Committee, meeting.committee_id),
        standing,
        motion.result.get("chosen", ()),
        rules=rules_for(moment.session, meeting),
        decision=decision,
        from_day=given.effective_on,
    )


DECLARE: Verb[Meeting, Declaring] = Verb(
    "meeting:declare", Meeting, "meeting", may_declare, declare_body
)
