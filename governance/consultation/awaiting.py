"""Somebody is awaited while the clock of a question stands still, and is told of it."""

from __future__ import annotations

from pendulum import DateTime

from governance.acts import Moment
from governance.calendar.days import calendar_in
from governance.consultation import clockwork
from governance.consultation.models import Consultation
from governance.consultation.windows import last_day_of
from governance.people.models import Person
from governance.record.outbox import Notice
from governance.refusals import Reason, refuse


def whom(moment: Moment, key: str) -> Person | None:
    """Whose information is awaited; None where it is that of whoever stops the clock."""
    if not key:
        return None
    found = moment.session.get(Person, key)
    if found is None or found.left_at is not None:
        raise refuse(
            "nobody is registered here of whom information could be awaited",
            rule="awaited_is_known",
            cure="Name a registered person, or nobody: then it is yours.",
            where="owner",
            reason=Reason.INPUT,
        )
    return found if found.id != moment.actor.person_id else None


def tell(moment: Moment, consultation: Consultation, awaited: Person, until: DateTime) -> None:
    """That they are awaited and until when; what is awaited is sealed, and said by the page."""
    asked = clockwork.on_the_roll(moment, consultation)
    calendar = calendar_in(asked[0].calendar, moment.house.calendars)
    moment.tell(
        ("consultation", consultation.id),
        Notice(
            key=f"awaited:{consultation.id}:{moment.now.format('YYYYMMDDHHmmss')}",
            person_id=awaited.id,
            template="awaited",
            facts={
                "awaited": f"{consultation.id}/awaited",
                "consultation": consultation.id,
                "reference": consultation.reference,
                "until": last_day_of(until, calendar).isoformat(),
            },
        ),
    )
