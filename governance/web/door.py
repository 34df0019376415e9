"""Signing in and out: by a mailed code, and in the demonstration by a link."""

from __future__ import annotations

import re

from starlette.responses import Response
from starlette.routing import Route

from governance.access.signing import begin, challenge, end, enter
from governance.demonstration import introductions, link_is_good
from governance.notices.outgoing import NotSent, send_code
from governance.people.models import Person
from governance.refusals import Reason, Refused, refuse, say
from governance.web.desk import LINK, SESSION, Desk, open_to_all
from governance.web.views import EMPTY, Fact, Filled, SignIn, SignInCode, SignInLink

OWN_PATH = re.compile(r"/(?!/)[\w/.%-]{0,300}")


def ask_address(desk: Desk) -> Response:
    """The page that asks for an address."""
    return _ask(desk, own_path(desk.request.query_params.get("next", "")), EMPTY)


def send(desk: Desk) -> Response:
    """Send a code; whether the address is registered is never told."""
    email, following = desk.text("email"), own_path(desk.text("next"))
    if "@" not in email:
        faults = {"email": say("Enter your address, such as name@organisation.example.")}
        return _ask(desk, following, desk.filled(faults), status=422)
    made = challenge(desk.house, email)
    try:
        send_code(desk.house, made)
    except NotSent:
        faults = {"": say("The mail server does not take our mail now. Try again in a minute.")}
        return _ask(desk, following, desk.filled(faults), status=503)
    return desk.page("sign_in_code", SignInCode(email, made.id, following))


def take_code(desk: Desk) -> Response:
    """Let in whoever types the right code."""
    following = own_path(desk.text("next"))
    try:
        token = enter(desk.house, desk.text("challenge"), _digits(desk.text("code")))
    except Refused as refused:
        faults = {"code": refused.findings[0].because}
        view = SignInCode(desk.text("email"), desk.text("challenge"), following, Filled({}, faults))
        return desk.page("sign_in_code", view, status=422)
    return desk.keep(desk.go(following or "/"), SESSION, token)


def offer(desk: Desk) -> Response:
    """The page of a demonstration's link: nobody is signed in before the button is pressed."""
    person = _introduced(desk)
    functions = {each.email: each.function for each in introductions(desk.house)}
    view = SignInLink(person.name, desk.request.url.path, functions.get(person.email, ""))
    return desk.page("sign_in_link", view)


def let_in(desk: Desk) -> Response:
    """Sign in as a person of the demonstration."""
    person = _introduced(desk)
    return desk.keep(desk.go("/"), SESSION, begin(desk.house, person.id))


def leave(desk: Desk) -> Response:
    """Sign out, of the session and of every link that was opened in this browser."""
    response = desk.go("/sign-in")
    for cookie in (SESSION, LINK):
        if token := desk.request.cookies.get(cookie):
            end(desk.house, token)
            response.delete_cookie(cookie)
    return response


def own_path(path: str) -> str:
    """A path of this application to go on to, or nothing: never another site."""
    return path if OWN_PATH.fullmatch(path) else ""


def _ask(desk: Desk, following: str, filled: Filled, status: int = 200) -> Response:
    people = introductions(desk.house) if desk.house.settings.demonstration else []
    base = desk.house.settings.base_url
    shown = tuple(Fact(each.function, each.name, each.url.removeprefix(base)) for each in people)
    return desk.page("sign_in", SignIn(following, filled, shown), status=status)


def _introduced(desk: Desk) -> Person:
    person_id, token = desk.path["person"], desk.path["token"]
    with desk.house.database.reading() as session:
        person = session.get(Person, person_id)
    if person is None or not link_is_good(desk.house, person_id, token):
        raise refuse(
            "this link signs nobody in",
            rule="sign_in_link",
            cure="Sign in with your address and a mailed code.",
            reason=Reason.MISSING,
        )
    return person


def _digits(typed: str) -> str:
    return "".join(each for each in typed if each.isdigit())


routes: list[Route] = [
    Route("/sign-in", open_to_all(ask_address), methods=["GET"]),
    Route("/sign-in", open_to_all(send), methods=["POST"]),
    Route("/sign-in/code", open_to_all(ask_address), methods=["GET"]),
    Route("/sign-in/code", open_to_all(take_code), methods=["POST"]),
    Route("/sign-in/{person}/{token}", open_to_all(offer), methods=["GET"]),
    Route("/sign-in/{person}/{token}", open_to_all(let_in), methods=["POST"]),
    Route("/sign-out", open_to_all(leave), methods=["POST"]),
]
