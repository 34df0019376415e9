"""`/people/undelivered`: what came back, and what nobody can decide now; for secretaries and HR."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from governance.acts import perform
from governance.consultation.standing.bouncing import SEND_AGAIN, Again
from governance.consultation.standing.bouncing import undelivered as came_back
from governance.consultation.standing.telling import undecidable
from governance.people.models import Bounce
from governance.people.queries import by_id
from governance.refusals import Reason, refuse, say
from governance.web.desk import Desk, for_the_signed_in
from governance.web.people_views import Undelivered, UndeliveredPage
from governance.web.questions.telling import capacity_of, reading_in
from governance.web.views import Fact

NOTICES = {
    "question": say("A question"),
    "reminder": say("A reminder"),
    "acceptance": say("An offer"),
    "reference": say("A request for a reference"),
    "information": say("A request for information"),
}


def look(desk: Desk) -> Response:
    """Everything that is not settled."""
    with desk.house.database.reading() as session:
        reading = reading_in(desk.house, session, desk.me, desk.language)
        found = came_back(session, desk.me.person_id, desk.me.roles)
        people = by_id(session, (each.person_id for each in found))
        alarms = undecidable(session, reading.now) if desk.me.roles else []
        page = UndeliveredPage(
            rows=tuple(
                Undelivered(
                    key=each.id,
                    person=people[each.person_id].name,
                    email=people[each.person_id].email,
                    notice=NOTICES.get(each.notice.partition(":")[0], say("A message")),
                    because=each.because,
                    at=reading.moment(each.at),
                )
                for each in found
            ),
            alarms=tuple(
                Fact(
                    consultation.reference,
                    reading.text(consultation.question),
                    note=capacity_of(reading, invitation.capacity),
                )
                for consultation, invitation in alarms
            ),
            done=say("It is sent again.") if "done" in desk.request.query_params else "",
        )
    return desk.page("undelivered", page)


def send_again(desk: Desk) -> Response:
    """Once more, to the address as it is now."""
    key = desk.path["bounce"]
    with desk.house.database.reading() as session:
        bounce = session.get(Bounce, key)
    if bounce is None:
        raise refuse(
            "there is no such message that came back",
            rule="known_bounce",
            cure="See the list of undelivered messages.",
            reason=Reason.MISSING,
        )
    perform(desk.house, desk.me, SEND_AGAIN, bounce.subject_id, Again(key))
    return desk.go("/people/undelivered?done=1")


routes: list[Route] = [
    Route("/people/undelivered", for_the_signed_in(look), methods=["GET"]),
    Route("/people/undelivered/{bounce}/again", for_the_signed_in(send_again), methods=["POST"]),
]
