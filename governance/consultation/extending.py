"""More time: given by whoever conducts the question, asked for by whoever must answer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from governance.acts import Moment, Verb, Written
from governance.consultation import clockwork, pausing
from governance.consultation.asking import asker_may
from governance.consultation.conduct import Timing
from governance.consultation.lifecycle import ConsultationLifecycle
from governance.consultation.models import ClockEvent, Consultation, Invitation
from governance.consultation.sealing import file_of
from governance.consultation.standing.speaking import not_for_them, speaking
from governance.consultation.windows import End, within_of
from governance.lifecycle import fire
from governance.record.outbox import Notice
from governance.rulebook.parts import Period


@dataclass(frozen=True)
class MoreTime:
    """By how much everybody's time is extended, or until which day; and why."""

    reason: str
    by: Period | None = None
    until: date | None = None


@dataclass(frozen=True)
class Wanted:
    """Somebody asked wants more time, and says why."""

    reason: str


def extend(
    moment: Moment, consultation: Consultation | None, given: MoreTime
) -> Written[Consultation]:
    """Move everybody's end, tell everybody, and note it with its reason.

    Refused where the question has no deadline, where its rule allows no more extensions, and
    where anybody would have less time than before.
    """
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    within = within_of(consultation.rule)
    asked = clockwork.on_the_roll(moment, consultation)
    ends = [_moved(moment, consultation, each, given) for each in asked if each.due_at]
    most = within.extension.times if within and within.extension else None
    fire(
        ConsultationLifecycle,
        consultation.state,
        "extend",
        Timing(
            is_paused=consultation.paused_at is not None,
            has_clock=within is not None,
            reason=given.reason,
            extended=consultation.extended,
            at_most=most,
            later=all(new.due_at > max(old.due_at, moment.now) for _, old, new in ends),
        ),
    )
    for invitation, _, new in ends:
        clockwork.set_end(invitation, new)
    consultation.extended += 1
    if given.by is not None:
        kept = [*consultation.rule.get("extended_by", ()), given.by.model_dump(exclude_none=True)]
        consultation.rule = {**consultation.rule, "extended_by": kept}
    facts = _note(moment, consultation, given, [each for each, _, _ in ends])
    if consultation.paused_at is not None and _was_stopped_by_a_wish(moment, consultation):
        facts |= pausing.run_on(moment, consultation, "the time was extended", give_back=False)
    clockwork.wind(moment, consultation)
    return Written(facts, consultation)


EXTEND: Verb[Consultation, MoreTime] = Verb(
    "consultation:extend", Consultation, "consultation", asker_may, extend
)


def asked_may_want(moment: Moment, consultation: Consultation | None, _: Wanted) -> str:
    """Whoever is asked may want more time."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    found = speaking(moment, consultation)
    if found is None:
        raise not_for_them(moment.session, consultation, moment.actor.person_id, moment.now)
    return found.invitation.capacity or "invitation"


def want_more_time(
    moment: Moment, consultation: Consultation | None, given: Wanted
) -> Written[Consultation]:
    """Whoever put the question is told; where the rule says so, the clock stands still."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    within = within_of(consultation.rule)
    stops = within is not None and within.extension_asked == "stops_the_clock"
    timing = Timing(is_paused=False, has_clock=within is not None, reason=given.reason)
    fire(ConsultationLifecycle, consultation.state, "ask_extension", timing)
    reason = moment.seal(file_of(consultation), given.reason)
    event = ClockEvent(
        consultation_id=consultation.id,
        kind="more_time_asked",
        at=moment.now,
        by=moment.actor.person_id,
        reason=reason["sealed"],
    )
    moment.session.add(event)
    if stops and consultation.paused_at is None:
        pausing.stand_still(moment, consultation, owner=consultation.asked_by)
    if consultation.asked_by is not None:
        moment.tell(
            ("consultation", consultation.id),
            Notice(
                key=f"more_time:{event.id}",
                person_id=consultation.asked_by,
                template="more_time",
                facts={
                    "certificate": f"{consultation.id}/certificate",
                    "part": "stopped" if stops else "",
                    "question": consultation.question,
                    "reference": consultation.reference,
                },
            ),
        )
    return Written({"reason": reason, "stopped": stops}, consultation)


ASK_EXTENSION: Verb[Consultation, Wanted] = Verb(
    "consultation:ask_extension", Consultation, "consultation", asked_may_want, want_more_time
)


def _moved(
    moment: Moment, consultation: Consultation, invitation: Invitation, given: MoreTime
) -> tuple[Invitation, End, End]:
    measure = clockwork.measure_of(moment, consultation, invitation)
    old = clockwork.end_of(invitation, measure)
    if given.until is not None:
        return invitation, old, measure.on_day(given.until)
    return invitation, old, measure.extended(old, given.by) if given.by else old


def _note(
    moment: Moment, consultation: Consultation, given: MoreTime, asked: Sequence[Invitation]
) -> dict[str, Any]:
    reason = moment.seal(file_of(consultation), given.reason)
    facts: dict[str, Any] = {
        "by": given.by.plain if given.by else None,
        "until": given.until.isoformat() if given.until else None,
        "last_days": sorted({each.last_day for each in asked}),
        "number": consultation.extended,
    }
    moment.session.add(
        ClockEvent(
            consultation_id=consultation.id,
            kind="extended",
            at=moment.now,
            by=moment.actor.person_id,
            reason=reason["sealed"],
            facts=facts,
        )
    )
    for invitation in asked:
        moment.tell(
            ("consultation", consultation.id),
            Notice(
                key=f"extension:{invitation.id}:{consultation.extended}",
                person_id=invitation.person_id,
                template="extension",
                facts={
                    "invitation": invitation.id,
                    "last_day": invitation.last_day,
                    "question": consultation.question,
                    "reference": consultation.reference,
                },
            ),
        )
    return facts | {"reason": reason}


def _was_stopped_by_a_wish(moment: Moment, consultation: Consultation) -> bool:
    last = pausing.last_pause(moment.session, consultation.id)
    return last is not None and pausing.wished(last)


def can_extend(consultation: Consultation) -> bool:
    """Whether the rule of a question lets it be extended once more."""
    within = within_of(consultation.rule)
    if within is None:
        return False
    return within.extension is None or consultation.extended < within.extension.times
