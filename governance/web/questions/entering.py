"""Who comes in by a link, and for what: the question, the seat, the part, and how surely known."""

from __future__ import annotations

from sqlmodel import Session
from starlette.responses import Response

from governance.access.actor import Actor, Level
from governance.appointments.models import Case
from governance.consultation.answering import STRENGTH
from governance.consultation.models import Consultation
from governance.consultation.queries import put, root_of
from governance.consultation.standing.queries import Entered, by_any_token, seat_of
from governance.consultation.standing.rules import right_of
from governance.refusals import Reason, refuse
from governance.web.desk import Desk
from governance.web.questions.telling import Opened, reading_in

INFORMANT = "informant"
SEEN = "mandate_seen"
SEEN_DAYS = 90


def entered(desk: Desk) -> Entered:
    """What the link in the address opens. Raises Refused where it opens nothing."""
    with desk.house.database.reading() as session:
        found = by_any_token(session, desk.path["token"])
    if found is None:
        raise refuse(
            "this link leads to no question",
            rule="known_link",
            cure="Open it again from the mail, complete to the last letter.",
            reason=Reason.MISSING,
        )
    return found


def level_of(desk: Desk, found: Entered) -> Level:
    """How surely whoever comes by this link must be known. Information is given by link alone."""
    if found.part == INFORMANT:
        return Level.LINK
    with desk.house.database.reading() as session:
        return Level(session.get_one(Consultation, found.invitation.consultation_id).level)


def actor_at(desk: Desk, found: Entered) -> Actor | None:
    """Whom the link was sent to, as surely as it wants them; None where that is not proven."""
    level = level_of(desk, found)
    linked, signed_in = desk.by_link, desk.actor
    if linked is not None and linked.invitation == found.key and level == Level.LINK:
        return linked
    if signed_in is None or signed_in.person_id != found.person_id:
        return None
    return signed_in if STRENGTH.get(signed_in.level, -1) >= STRENGTH[level] else None


def opened_for(desk: Desk, session: Session, actor: Actor, found: Entered) -> Opened:
    """The question as it lies before whoever came in."""
    question = put(session, found.invitation.consultation_id, actor.person_id)
    assert question is not None  # noqa: S101 -- an invitation belongs to a question
    mine = question.seat(found.invitation.id)
    assert mine is not None  # noqa: S101 -- and is one of its seats
    consultation = question.consultation
    root = root_of(session, consultation)
    case = session.get(Case, root.owner_id) if root.owner_kind == "case" else None
    reading = reading_in(desk.house, session, actor, desk.language, case)
    seat = seat_of(session, (consultation, mine.invitation), desk.house.clock.now())
    right = None if mine.invitation.recused_at else right_of(seat, actor.person_id)
    return Opened(reading, question, mine, case, right, seat, actor)


def last_seen(desk: Desk, opened: Opened) -> str:
    """When the reader last looked, as far as their browser or our mail can tell: an instant."""
    kept = desk.request.cookies.get(SEEN, "")
    handed = opened.mine.invitation.handed_over_at
    return kept or (handed.isoformat() if handed else "")


def remember(desk: Desk, response: Response) -> Response:
    """Let the browser keep when this page was looked at: nothing is kept here.

    A browser that only fetches ahead has shown nothing to anybody.
    """
    purpose = desk.request.headers.get("sec-purpose", "") + desk.request.headers.get("purpose", "")
    if desk.request.method == "GET" and "prefetch" not in purpose:
        response.set_cookie(
            SEEN,
            desk.house.clock.now().to_iso8601_string(),
            max_age=SEEN_DAYS * 86400,
            path=desk.request.url.path,
            httponly=True,
            samesite="lax",
            secure=desk.house.settings.base_url.startswith("https://"),
        )
    return response
