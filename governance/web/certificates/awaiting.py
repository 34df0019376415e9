"""What is awaited of somebody, while the clock of a question stands still for it: their page."""

from __future__ import annotations

from starlette.responses import Response

from governance.consultation.models import ClockEvent, Consultation
from governance.consultation.pausing import last_pause, wished
from governance.consultation.telling import no_such_question
from governance.consultation.timeline import read
from governance.people.models import Person
from governance.refusals import say
from governance.web.cases.reading import Reading
from governance.web.desk import Desk
from governance.web.questions.telling import reading_in
from governance.web.views import Act, Calm, Fact


def awaited(desk: Desk) -> Response:
    """For whom the newest pause names, and nobody else; they see the question in no other part."""
    with desk.house.database.reading() as session:
        consultation = session.get(Consultation, desk.path["id"])
        pause = last_pause(session, consultation.id) if consultation is not None else None
        if consultation is None or pause is None or not _is_of(pause, desk.me.person_id):
            raise no_such_question()
        reading = reading_in(desk.house, session, desk.me, desk.language)
        return desk.page("calm", _page(reading, consultation, pause))


def _is_of(pause: ClockEvent, person: str | None) -> bool:
    return person is not None and pause.owner == person and not wished(pause)


def _page(reading: Reading, consultation: Consultation, pause: ClockEvent) -> Calm:
    facts = (
        Fact(say("Question"), reading.text(consultation.question)),
        Fact(say("Reference"), consultation.reference),
    )
    back = Act(say("See what waits for me"), "/waiting")
    if consultation.paused_at is None or pause.until is None:
        return Calm(say("Nothing is awaited from you any more"), (CLOCK_RUNS,), facts, act=back)
    by = reading.session.get(Person, pause.by or "")
    whom = (Fact(say("To be told to"), by.name, f"mailto:{by.email}", by.email),) if by else ()
    day = reading.last_day(pause.until)
    return Calm(
        say("Information is awaited from you"),
        (
            read(reading.session, reading.house.keys, pause.reason),
            say(
                "The clock of the question stands still for it, until {day} at the latest.", day=day
            ),
        ),
        (*facts, *whom),
        act=back,
        tone="now",
    )


CLOCK_RUNS = say("The clock of the question runs on.")
