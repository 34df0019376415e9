"""The clock stands still while information is awaited: who owns the pause, and how long at most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pendulum
from sqlmodel import Session, col, select

from governance.access.actor import Level
from governance.acts import Moment, Verb, Written
from governance.calendar.counting import count
from governance.calendar.days import calendar_in
from governance.consultation import awaiting, clockwork
from governance.consultation.asking import may_conduct
from governance.consultation.conduct import Timing
from governance.consultation.lifecycle import ConsultationLifecycle
from governance.consultation.models import ClockEvent, Consultation
from governance.consultation.sealing import file_of
from governance.consultation.standing.speaking import speaking
from governance.consultation.windows import Measure, within_of
from governance.lifecycle import fire
from governance.record import deadlines
from governance.refusals import Reason, Refused, Sentence, refuse, say
from governance.rulebook.parts import Deadline
from governance.rulebook.periods import counting

WITH_ITS_OWNER = {"with_its_owner": True}


@dataclass(frozen=True)
class Stop:
    """Why the clock stands still, whose information is awaited, and until when at most.

    `owner` is a person; empty: whoever stops the clock. Without `until`, the rule's limit holds.
    """

    reason: str
    owner: str = ""
    until: date | None = None


@dataclass(frozen=True)
class RunOn:
    """The clock runs on, and why."""

    reason: str = ""


def may_pause(moment: Moment, consultation: Consultation | None, _: Stop | RunOn) -> str:
    """Whoever conducts the question; whoever is asked, where the rule lets anybody stop it."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    if may_conduct(moment, consultation):
        return "asker"
    within = within_of(consultation.rule)
    anybody = within is not None and within.pause is not None and within.pause.by == "anybody"
    if anybody and moment.actor.level != Level.LINK and speaking(moment, consultation):
        return "asked"
    raise refuse(
        "the clock of this question is not stopped by you",
        rule="pause_is_allowed",
        article="Mandate, consultations",
        cure="Ask whoever put the question to do it.",
        reason=Reason.AUTHORITY,
    )


def pause(moment: Moment, consultation: Consultation | None, given: Stop) -> Written[Consultation]:
    """Stop every clock of the question, until information is there or the limit is reached."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    within = within_of(consultation.rule)
    _rule_allows(moment, consultation, within)
    until = _limit(moment, consultation, within, given)
    awaited = awaiting.whom(moment, given.owner)
    fire(
        ConsultationLifecycle,
        consultation.state,
        "pause",
        Timing(
            is_paused=consultation.paused_at is not None,
            has_clock=within is not None,
            reason=given.reason,
            limit_is_ahead=until > moment.now,
        ),
    )
    reason = moment.seal(file_of(consultation), given.reason)
    owner = given.owner or moment.actor.person_id
    stand_still(moment, consultation, owner=owner, until=until, reason=reason["sealed"])
    if awaited is not None:
        awaiting.tell(moment, consultation, awaited, until)
    return Written({"owner": owner, "reason": reason, "until": until.isoformat()}, consultation)


def resume(
    moment: Moment, consultation: Consultation | None, given: RunOn
) -> Written[Consultation]:
    """Let the clock run on; everybody gets back the time for which it stood still."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    timing = Timing(is_paused=consultation.paused_at is not None, has_clock=True)
    fire(ConsultationLifecycle, consultation.state, "resume", timing)
    if stands_with_its_owner(moment.session, consultation):
        raise refuse(
            "what this question belongs to stands still, and its clock with it",
            rule="pause_is_allowed",
            article="Mandate, consultations",
            cure="Resume the case; the clock then runs on by itself.",
            reason=Reason.TURN,
        )
    return Written(run_on(moment, consultation, given.reason), consultation)


PAUSE: Verb[Consultation, Stop] = Verb(
    "consultation:pause", Consultation, "consultation", may_pause, pause
)
RESUME: Verb[Consultation, RunOn] = Verb(
    "consultation:resume", Consultation, "consultation", may_pause, resume
)


def stand_still(  # noqa: PLR0913 -- whose pause it is, until when, and why
    moment: Moment,
    consultation: Consultation,
    *,
    owner: str | None,
    until: pendulum.DateTime | None = None,
    reason: str = "",
    with_its_owner: bool = False,
) -> None:
    """Stop the clock inside another act; without `until`, until somebody lets it run on.

    `with_its_owner`: whatever the question belongs to stands still, and the clock with it.
    """
    consultation.paused_at = moment.now
    clockwork.stop(moment, consultation)
    if until is not None:
        subject = ("consultation", consultation.id)
        deadlines.set_deadline(moment.session, subject, clockwork.PAUSE, until, {})
    moment.session.add(
        ClockEvent(
            consultation_id=consultation.id,
            kind="paused",
            at=moment.now,
            by=moment.actor.person_id,
            owner=owner,
            until=until,
            reason=reason,
            facts=WITH_ITS_OWNER if with_its_owner else {"wanted": until is None},
        )
    )


def wait_for_information(
    moment: Moment, consultation: Consultation, owner: str, reason: str
) -> dict[str, Any]:
    """Stop the clock inside the act that asks for information, where the rule lets it stand still.

    Gives what the entry says of it: nothing where the clock runs on.
    """
    within = within_of(consultation.rule)
    if not can_pause(moment.session, consultation):
        return {}
    until = _limit(moment, consultation, within, Stop(""))
    stand_still(moment, consultation, owner=owner, until=until, reason=reason)
    return {"paused_until": until.isoformat()}


def run_on(
    moment: Moment, consultation: Consultation, why: str, *, give_back: bool = True
) -> dict[str, Any]:
    """End the pause inside another act, and give back the time; gives what it came to."""
    since = consultation.paused_at
    assert since is not None  # noqa: S101 -- asked only where the clock stands still
    moved = []
    for invitation in clockwork.on_the_roll(moment, consultation) if give_back else ():
        if invitation.due_at is None or invitation.due_at <= since:
            continue  # whose time was over has nothing to be given back
        measure = clockwork.measure_of(moment, consultation, invitation)
        begun = max(since, invitation.window_since or since)
        end = measure.given_back(clockwork.end_of(invitation, measure), begun, moment.now)
        clockwork.set_end(invitation, end)
        moved.append(invitation)
    consultation.paused_at = None
    deadlines.lift(moment.session, ("consultation", consultation.id), clockwork.PAUSE)
    facts = {"since": since.isoformat(), "last_days": sorted({each.last_day for each in moved})}
    reason = moment.seal(file_of(consultation), why) if why else {}
    moment.session.add(
        ClockEvent(
            consultation_id=consultation.id,
            kind="resumed",
            at=moment.now,
            by=moment.actor.person_id,
            reason=reason.get("sealed", ""),
            facts=facts,
        )
    )
    clockwork.wind(moment, consultation)
    return facts


def can_resume(session: Session, consultation: Consultation) -> bool:
    """Whether the clock stands still, and not because the case of the question does."""
    return consultation.paused_at is not None and not stands_with_its_owner(session, consultation)


def last_pause(session: Session, consultation_id: str) -> ClockEvent | None:
    """The newest pause of a question, ended or not."""
    return next(iter(_pauses(session, consultation_id)), None)


def stands_with_its_owner(session: Session, consultation: Consultation) -> bool:
    """Whether the clock stands still because what the question belongs to does."""
    last = last_pause(session, consultation.id)
    is_paused = consultation.paused_at is not None
    return is_paused and last is not None and last.facts == WITH_ITS_OWNER


def _own_pauses(session: Session, consultation_id: str) -> list[ClockEvent]:
    found = _pauses(session, consultation_id)
    return [each for each in found if each.facts != WITH_ITS_OWNER and not wished(each)]


def wished(pause: ClockEvent) -> bool:
    """Whether the clock stands still because somebody wants more time, not for information."""
    return pause.facts.get("wanted") is True


def can_pause(session: Session, consultation: Consultation) -> bool:
    """Whether the rule of a question lets its clock be stopped now."""
    within = within_of(consultation.rule)
    if within is None or within.pause is None or consultation.paused_at is not None:
        return False
    return len(_own_pauses(session, consultation.id)) < within.pause.times


def _pauses(session: Session, consultation_id: str) -> list[ClockEvent]:
    query = select(ClockEvent).where(
        col(ClockEvent.consultation_id) == consultation_id, col(ClockEvent.kind) == "paused"
    )
    return list(session.exec(query.order_by(col(ClockEvent.at).desc())))


def _rule_allows(moment: Moment, consultation: Consultation, within: Deadline | None) -> None:
    if within is None:
        return  # the lifecycle says that there is no clock
    if within.pause is None:
        raise _not_allowed(say("the rule of this question lets its clock never stand still"))
    if len(_own_pauses(moment.session, consultation.id)) >= within.pause.times:
        said = say("the clock stood still as often as the rule of this question allows")
        raise _not_allowed(said)


def _not_allowed(because: Sentence) -> Refused:
    return refuse(
        because.pattern,
        rule="pause_is_allowed",
        article="Mandate, consultations",
        cure="Extend the time, or withdraw the question.",
    )


def _limit(
    moment: Moment, consultation: Consultation, within: Deadline | None, given: Stop
) -> pendulum.DateTime:
    """The earlier of what was given and what the rule allows."""
    if within is None or within.pause is None:
        return moment.now
    asked = clockwork.on_the_roll(moment, consultation)
    calendar = calendar_in(asked[0].calendar, moment.house.calendars)
    counted = count(counting(within.pause.at_most), moment.now, calendar)
    most = pendulum.instance(counted.due_at)
    if given.until is None:
        return most
    measure = Measure(within, calendar, moment.house.calendars)
    return min(most, measure.on_day(given.until).due_at)
