"""What the end of time means where nobody has settled the question: as its rule says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pendulum

from governance.acts import Moment
from governance.calendar.counting import count
from governance.calendar.periods import Period, Unit
from governance.consultation import clockwork
from governance.consultation.models import ClockEvent, Consultation, Invitation
from governance.consultation.opening import Asked, invite
from governance.consultation.windows import Measure, within_of
from governance.people.queries import holder
from governance.record.models import Deadline
from governance.record.work import was_away
from governance.rulebook.parts import Deadline as Within

ONE_WORKING_DAY = Period(1, Unit.WORKING_DAYS)


class NobodyToEscalateTo(Exception):
    """The office that is asked next has no holder who may answer: an alarm, not a silence."""


def late(moment: Moment, consultation: Consultation) -> dict[str, Any] | None:
    """Remind, ask another office, or extend; None where lateness changes nothing any more."""
    within = within_of(consultation.rule)
    silent = clockwork.silent(moment, consultation)
    if within is None or not silent:
        return None
    return POLICIES[within.on_late](moment, consultation, within, silent)


def moved_by_outage(
    moment: Moment, consultation: Consultation, held: Deadline
) -> dict[str, Any] | None:
    """Where the service was away at the end, the rule may give everybody another working day."""
    within = within_of(consultation.rule)
    if within is None or within.if_down != "moves":
        return None
    if not was_away(moment.session, pendulum.instance(held.due_at), moment.now):
        return None
    moved = clockwork.silent(moment, consultation)
    for invitation in moved:
        _one_more_day(moment, consultation, invitation)
    if not moved:
        return None
    return _noted(moment, consultation, "moved", moved)


def _remind(
    moment: Moment, consultation: Consultation, _: Within, silent: list[Invitation]
) -> dict[str, Any] | None:
    """One more working day, and a reminder; None where nobody is left to be reminded."""
    if not silent:
        return None
    for invitation in silent:
        _one_more_day(moment, consultation, invitation)
    clockwork.tell_reminders(moment, consultation, silent)
    clockwork.wind(moment, consultation)
    return {"reminded": [each.person_id for each in silent]}


def _extend(
    moment: Moment, consultation: Consultation, within: Within, silent: list[Invitation]
) -> dict[str, Any] | None:
    """The date moves as the rule says, as often as it says."""
    extension = within.extension
    assert extension is not None  # noqa: S101 -- the law is checked where it is read
    if consultation.extended >= extension.times:
        return None
    consultation.extended += 1
    for invitation in silent:
        measure = clockwork.measure_of(moment, consultation, invitation)
        moved = measure.extended(clockwork.end_of(invitation, measure), extension.by)
        clockwork.set_end(invitation, moved)
    clockwork.tell_reminders(moment, consultation, silent)
    return _noted(moment, consultation, "extended", silent)


def _escalate(
    moment: Moment, consultation: Consultation, within: Within, silent: list[Invitation]
) -> dict[str, Any] | None:
    """Another office is asked, once; then its holder is reminded each working day."""
    office = str(within.escalate_to).removeprefix("office.")
    if consultation.escalated:  # whoever was asked first is late, and is not asked again
        return _remind(
            moment, consultation, within, [each for each in silent if each.capacity == office]
        )
    person = holder(moment.session, office, moment.now)
    barred = {each.person_id for each in clockwork.on_the_roll(moment, consultation)}
    barred |= set(consultation.content.get("barred", ()))
    if person is None or person.id in barred:
        raise NobodyToEscalateTo(f"nobody who may answer holds the office {office!r}")
    consultation.escalated += 1
    asked = Asked(person.id, office, silent[0].calendar)
    invite(moment, consultation, asked, part="escalated")
    facts = _noted(moment, consultation, "escalated", silent)
    return facts | {"asked": person.id, "office": office}


def _nothing(
    _: Moment, __: Consultation, ___: Within, ____: list[Invitation]
) -> dict[str, Any] | None:
    return None


POLICIES: Mapping[
    str, Callable[[Moment, Consultation, Within, list[Invitation]], dict[str, Any] | None]
] = {
    "fail": _nothing,
    "tacit": _nothing,
    "remind": _remind,
    "extend": _extend,
    "escalate": _escalate,
}


def _one_more_day(moment: Moment, consultation: Consultation, invitation: Invitation) -> None:
    measure: Measure = clockwork.measure_of(moment, consultation, invitation)
    day = count(ONE_WORKING_DAY, moment.now, measure.zoned).last_day
    clockwork.set_end(invitation, measure.on_day(day))


def _noted(
    moment: Moment, consultation: Consultation, kind: str, concerned: list[Invitation]
) -> dict[str, Any]:
    """Keep what happened to the clock, and wind it."""
    people = [each.person_id for each in concerned]
    facts = {"people": people, "last_days": sorted({each.last_day for each in concerned})}
    moment.session.add(
        ClockEvent(consultation_id=consultation.id, kind=kind, at=moment.now, facts=facts)
    )
    clockwork.wind(moment, consultation)
    return {kind: people}
