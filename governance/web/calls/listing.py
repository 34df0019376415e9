"""The open calls, for anybody."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from governance.access.actor import Actor, Level
from governance.acts import perform
from governance.appointments.applications.applying import BEGIN, Beginning
from governance.appointments.calls.queries import OpenCall, open_call, open_calls, tell_calls
from governance.refusals import Reason, Refused, say
from governance.web.calls.telling import NAMES, asked_of, line_of
from governance.web.calls.views import CallPage, CallsPage
from governance.web.desk import VIA, Desk, field_of, open_to_all
from governance.web.views import EMPTY, Calm, Fact, Filled, Option

NOBODY = Actor(None, Level.LINK, VIA)


def show_calls(desk: Desk) -> Response:
    """All of them, the one that closes first before the others."""
    with desk.house.database.reading() as session:
        found = open_calls(session, desk.house.clock.now())
    lines = tuple(line_of(desk.house, each, desk.language) for each in found)
    return desk.page("calls", CallsPage(lines))


def tell(desk: Desk) -> Response:
    """The same for machines."""
    with desk.house.database.reading() as session:
        return JSONResponse({"calls": tell_calls(session, desk.house.clock.now())})


def show_call(desk: Desk) -> Response:
    """One call, and the form that begins an application."""
    return desk.page("call", _page(desk, _seen(desk), EMPTY))


def begin(desk: Desk) -> Response:
    """Send the link to the address. The answer is the same for every address."""
    seen = _seen(desk)
    language = desk.text("language") or desk.language
    given = Beginning(seen.case.id, desk.text("email"), language)
    try:
        perform(desk.house, NOBODY, BEGIN, None, given)
    except Refused as refused:
        if refused.reason not in {Reason.INPUT, Reason.RULE}:
            raise
        faults = field_of(refused, {}, "email")
        return desk.page("call", _page(desk, seen, desk.filled(faults)), status=422)
    view = Calm(
        title=say("Look into your mail"),
        words=(
            say(
                "We have sent a link to the address that you gave. It opens your "
                "application, now and later, on any device."
            ),
            say(
                "If no mail comes within some minutes, look into the folder for "
                "unwanted mail, or check the address."
            ),
        ),
        facts=(Fact(say("Address"), desk.text("email")),),
        tone="ok",
    )
    return desk.page("calm", view)


def _seen(desk: Desk) -> OpenCall:
    with desk.house.database.reading() as session:
        return open_call(session, desk.path["reference"], desk.house.clock.now())


def _page(desk: Desk, seen: OpenCall, filled: Filled) -> CallPage:
    post = seen.post
    return CallPage(
        line=line_of(desk.house, seen, desk.language),
        description=post.description.say(desk.language) if post.description else "",
        asked=asked_of(seen, desk.language),
        languages=tuple(
            Fact(
                NAMES[each.language],
                each.level,
                note=say("required") if each.required else say("desirable"),
            )
            for each in post.languages
        ),
        takes_applications=seen.takes_applications,
        letter_languages=tuple(Option(code, name) for code, name in NAMES.items()),
        filled=filled if filled.values else Filled({"language": desk.language}, filled.faults),
    )


routes: list[Route] = [
    Route("/calls", open_to_all(show_calls), methods=["GET"]),
    Route("/calls.json", open_to_all(tell), methods=["GET"]),
    Route("/calls/{reference}", open_to_all(show_call), methods=["GET"]),
    Route("/calls/{reference}", open_to_all(begin), methods=["POST"]),
]
