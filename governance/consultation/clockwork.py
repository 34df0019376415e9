"""The clock of a question: windows begin, the last one closes it, reminders go out before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pendulum
from pendulum import DateTime
from sqlmodel import col, select

from governance.acts import Moment
from governance.calendar.days import calendar_in
from governance.consultation.models import Answer, Consultation, Invitation
from governance.consultation.standing.queries import seats_of
from governance.consultation.standing.rules import rights
from governance.consultation.standing.ways import ways_of
from governance.consultation.windows import End, Measure, last_day_of, reminders, within_of
from governance.record import deadlines
from governance.record.outbox import Notice
from governance.rulebook.parts import Period

CLOSE, REMIND, PAUSE = "close", "remind", "pause"


def measure_of(moment: Moment, consultation: Consultation, invitation: Invitation) -> Measure:
    """By what somebody's time is measured; a LookupError where the question has no deadline."""
    within = within_of(consultation.rule)
    if within is None:
        raise LookupError(consultation.id)
    known = moment.house.calendars
    return Measure(within, calendar_in(invitation.calendar, known), known)


def begin_window(
    moment: Moment, consultation: Consultation, invitation: Invitation
) -> DateTime | None:
    """Somebody's time begins, with what others were given meanwhile; None without a deadline."""
    if within_of(consultation.rule) is None:
        return None
    measure = measure_of(moment, consultation, invitation)
    reckoned = measure.window(consultation, moment.now)
    counted = reckoned.counted
    end = End(pendulum.instance(counted.due_at), counted.last_day)
    for by in extensions_of(consultation):
        end = measure.extended(end, by)
    invitation.working = reckoned.as_json()
    set_end(invitation, end)
    return end.due_at


def begin_everybodys(moment: Moment, consultation: Consultation) -> None:
    """Everybody is in the room: their time begins at once, where there is a deadline."""
    if within_of(consultation.rule) is None:
        return
    moment.session.flush()
    for invitation in on_the_roll(moment, consultation):
        begin_window(moment, consultation, invitation)
    wind(moment, consultation)


def extensions_of(consultation: Consultation) -> list[Period]:
    """The periods by which everybody's time was extended: they hold for who is reached later."""
    return [Period.model_validate(each) for each in consultation.rule.get("extended_by", ())]


def set_end(invitation: Invitation, end: End) -> None:
    """Write when somebody's time is over."""
    invitation.due_at, invitation.last_day = end.due_at, end.last_day.isoformat()


def end_of(invitation: Invitation, measure: Measure) -> End:
    """When somebody's time is over, as it stands."""
    assert invitation.due_at is not None  # noqa: S101 -- asked only where there is a window
    due = pendulum.instance(invitation.due_at)
    return End(due, last_day_of(due, measure.zoned))


def on_the_roll(moment: Moment, consultation: Consultation) -> list[Invitation]:
    """Everybody asked who has not stepped back."""
    query = select(Invitation).where(
        col(Invitation.consultation_id) == consultation.id, col(Invitation.recused_at).is_(None)
    )
    return list(moment.session.exec(query.order_by(col(Invitation.id))))


def silent(moment: Moment, consultation: Consultation) -> list[Invitation]:
    """Whoever was reached and has not answered the content as it counts now, in two queries."""
    asked = [each for each in on_the_roll(moment, consultation) if each.due_at is not None]
    answers = (
        select(Answer.invitation_id, Answer.content_version, Answer.taken_back)
        .where(col(Answer.consultation_id) == consultation.id)
        .order_by(col(Answer.version))
    )
    newest = {
        who: seen >= consultation.counts_from and not taken_back
        for who, seen, taken_back in moment.session.exec(answers)
    }
    return [each for each in asked if not newest.get(each.id)]


def wind(moment: Moment, consultation: Consultation) -> None:
    """Set the question's own clock by everybody's: when it closes, and when reminders go out."""
    if consultation.paused_at is not None:
        return
    asked = on_the_roll(moment, consultation)
    ends = [each.due_at for each in asked if each.due_at is not None]
    if not ends:
        return
    subject = ("consultation", consultation.id)
    last = pendulum.instance(max(ends))
    held = deadlines.find(moment.session, subject, CLOSE)
    if held is None or held.due_at != last or not held.is_open:
        deadlines.set_deadline(moment.session, subject, CLOSE, last, {})
    _wind_reminders(moment, consultation, asked)


def wind_on(moment: Moment, consultation: Consultation, invitation: Invitation) -> None:
    """One more window has begun: the question's clock moves on if this one ends last.

    Looks at nobody else, so that four hundred hand-overs cost four hundred times one.
    """
    if consultation.paused_at is not None or invitation.due_at is None:
        return
    subject = ("consultation", consultation.id)
    due = pendulum.instance(invitation.due_at)
    held = deadlines.find(moment.session, subject, CLOSE)
    if held is None or not held.is_open or held.due_at < due:
        deadlines.set_deadline(moment.session, subject, CLOSE, due, {})
    within = within_of(consultation.rule)
    if within is None or not within.remind:
        return
    first = min(
        (at for _, at in _times(moment, consultation, invitation) if at > moment.now), default=None
    )
    held = deadlines.find(moment.session, subject, REMIND)
    if first is not None and (held is None or not held.is_open or held.due_at > first):
        deadlines.set_deadline(moment.session, subject, REMIND, first, {})


def stop(moment: Moment, consultation: Consultation) -> None:
    """Nothing of this question happens by time until it is wound again."""
    subject = ("consultation", consultation.id)
    deadlines.lift(moment.session, subject, CLOSE)
    deadlines.lift(moment.session, subject, REMIND)


def remind(moment: Moment, consultation: Consultation) -> list[str]:
    """Send every reminder whose time has come to whoever is still silent; the next one is set."""
    waiting = silent(moment, consultation)
    marks = {}
    for invitation in waiting:
        due = [at for _, at in _times(moment, consultation, invitation) if at <= moment.now]
        if due:
            marks[invitation.id] = max(due).date().isoformat()
    reminded = [each for each in waiting if each.id in marks]
    tell_reminders(moment, consultation, reminded, marks)
    _wind_reminders(moment, consultation, waiting)
    return [each.person_id for each in reminded]


def tell_reminders(
    moment: Moment,
    consultation: Consultation,
    silent_seats: Sequence[Invitation],
    marks: Mapping[str, str] | None = None,
) -> None:
    """The notice that an answer is still awaited, to everybody who may give it now.

    Whoever acts for somebody is reminded by their own link; whoever has stepped back, by none. The
    same mark (the last day, if none is given) is sent to each once only.
    """
    asked = [(consultation, each) for each in silent_seats]
    seats = seats_of(moment.session, asked, moment.now) if asked else {}
    ways = ways_of(moment.session, [each.id for each in silent_seats]) if asked else {}
    for invitation in silent_seats:
        mark = marks[invitation.id] if marks else invitation.last_day
        for person in (each.person for each in rights(seats[invitation.id])):
            is_theirs = person == invitation.person_id
            way = None if is_theirs else ways.get((invitation.id, person))
            if not is_theirs and way is None:
                continue  # their own notice is on its way, and has the link
            moment.tell(
                ("consultation", consultation.id),
                Notice(
                    key=f"reminder:{way or invitation.id}:{mark}",
                    person_id=person,
                    template="reminder",
                    facts={
                        "invitation": invitation.id,
                        "last_day": invitation.last_day,
                        "question": consultation.question,
                        "reference": consultation.reference,
                        **({"way": way} if way else {}),
                    },
                ),
            )


def _times(
    moment: Moment, consultation: Consultation, invitation: Invitation
) -> list[tuple[int, DateTime]]:
    measure = measure_of(moment, consultation, invitation)
    return list(reminders(invitation, measure.within.remind, measure.calendar))


def _wind_reminders(
    moment: Moment, consultation: Consultation, asked: Sequence[Invitation]
) -> None:
    within = within_of(consultation.rule)
    if within is None or not within.remind:
        return
    ahead = [
        at
        for invitation in asked
        for _, at in _times(moment, consultation, invitation)
        if at > moment.now
    ]
    if ahead:
        subject = ("consultation", consultation.id)
        deadlines.set_deadline(moment.session, subject, REMIND, min(ahead), {})
