"""Whoever holds a link proves by a mailed code that it was sent to them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from starlette.responses import Response
from starlette.routing import Route

from governance.access.actor import Level
from governance.access.signing import Challenge, challenge, challenge_for_link, enter, who
from governance.appointments.applications.queries import application_of
from governance.appointments.models import Candidacy, Document
from governance.appointments.nominations.link import invited_by_token
from governance.appointments.own.link import candidacy_of_token
from governance.consultation.standing.queries import by_any_token
from governance.notices.outgoing import NotSent, send_code
from governance.people.models import Person
from governance.refusals import Reason, Refused, refuse
from governance.web.desk import LINK, SESSION, VIA, Desk, open_to_all
from governance.web.questions.decide import show_filled
from governance.web.questions.entering import entered, level_of
from governance.web.questions.proving import masked
from governance.web.questions.tokens import document_of_token
from governance.web.views import EMPTY, Filled, LinkDoor

CARRIED = "carried_"


@dataclass(frozen=True)
class Behind:
    """What is behind a link: whom it was sent to, its key, how surely they must be known."""

    person: Person
    key: str
    level: Level


def back(desk: Desk) -> Response:
    """A reload of the page of a code begins at the link again."""
    return desk.go(f"/{desk.path['page']}/{desk.path['token']}")


def send(desk: Desk) -> Response:
    """Send the code to the registered address."""
    behind = _behind(desk)
    made = _challenge(desk, behind)
    try:
        send_code(desk.house, made)
    except NotSent:
        raise refuse(
            "the mail server does not take our mail now",
            rule="mail_is_taken",
            cure="Try again in a minute.",
            reason=Reason.CONFLICT,
        ) from None
    return _ask_code(desk, behind, made.id, EMPTY)


def take_code(desk: Desk) -> Response:
    """Let in whoever types the right code, to this question alone where it is for a link."""
    behind = _behind(desk)
    typed = "".join(each for each in desk.text("code") if each.isdigit())
    try:
        token = enter(desk.house, desk.text("challenge"), typed)
    except Refused as refused:
        filled = Filled({}, {"code": refused.findings[0].because})
        return _ask_code(desk, behind, desk.text("challenge"), filled, status=422)
    cookie = LINK if behind.level == Level.LINK else SESSION
    carried = _carried(desk)
    if not carried or desk.path["page"] != "decide":
        return desk.keep(back(desk), cookie, token)
    return desk.keep(_go_on(desk, cookie, token, carried), cookie, token)


def _go_on(desk: Desk, cookie: str, token: str, carried: dict[str, str]) -> Response:
    """The question with what had been typed; its form proves itself to the new session."""
    actor = who(desk.house, token, VIA)
    found = entered(desk)
    if actor is None:
        return back(desk)
    known = replace(desk, actor=actor) if cookie == SESSION else replace(desk, by_link=actor)
    if cookie == SESSION:
        desk.request.state.csrf = desk.request.state.prove(token)
    return show_filled(known, actor, found, carried)


def _carried(desk: Desk) -> dict[str, str]:
    return {
        name.removeprefix(CARRIED): desk.text(name)
        for name in desk.form
        if name.startswith(CARRIED)
    }


def _behind(desk: Desk) -> Behind:
    page, token = desk.path["page"], desk.path["token"]
    with desk.house.database.reading() as session:
        letter = document_of_token(desk.house, session, token) if page == "letters" else None
        if letter is not None:
            issued = session.get_one(Document, letter)
            candidacy = session.get_one(Candidacy, issued.candidacy_id)
            return Behind(session.get_one(Person, candidacy.person_id), letter, Level.LINK)
        own = candidacy_of_token(desk.house, session, token) if page == "candidacy" else None
        if own is not None:
            return Behind(session.get_one(Person, own.person_id), own.id, Level.LINK)
        invited = invited_by_token(desk.house, session, token) if page == "nominate" else None
        if invited is not None:
            person = session.get_one(Person, invited.bureau.person_id)
            return Behind(person, invited.call.id, Level.LINK)
        begun = application_of(session, token) if page == "apply" else None
        if begun is not None:
            person = session.get_one(Person, begun.person_id)
            return Behind(person, begun.id, Level.LINK)
        found = by_any_token(session, token) if page == "decide" else None
        if found is not None:
            person = session.get_one(Person, found.person_id)
            return Behind(person, found.key, level_of(desk, found))
    raise refuse(
        "this link leads nowhere",
        rule="known_link",
        cure="Open it again from the mail, complete to the last letter.",
        reason=Reason.MISSING,
    )


def _challenge(desk: Desk, behind: Behind) -> Challenge:
    if behind.level == Level.LINK:
        return challenge_for_link(desk.house, behind.person.id, behind.key)
    return challenge(desk.house, behind.person.email)


def _ask_code(desk: Desk, behind: Behind, made: str, filled: Filled, status: int = 200) -> Response:
    action = f"/confirm/{desk.path['page']}/{desk.path['token']}"
    carried = _carried(desk)
    view = LinkDoor(action, masked(behind.person.email), made, filled=filled, carried=carried)
    return desk.page("link_door", view, status=status)


routes: list[Route] = [
    Route("/confirm/{page}/{token}", open_to_all(back), methods=["GET"]),
    Route("/confirm/{page}/{token}", open_to_all(send), methods=["POST"]),
    Route("/confirm/{page}/{token}/code", open_to_all(back), methods=["GET"]),
    Route("/confirm/{page}/{token}/code", open_to_all(take_code), methods=["POST"]),
]
