"""`/appointments/bureaus`: where National Central Bureaus are reached."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response
from starlette.routing import Route

from governance.acts import perform
from governance.appointments.calls.bureaus import SET_BUREAU, Address, tell_bureaus
from governance.people.states import load_states
from governance.refusals import Refused, say
from governance.web.calls.telling import NAMES, country_words
from governance.web.cases.asked import may_act, refused_fields, status_of
from governance.web.desk import Desk, for_the_signed_in
from governance.web.views import EMPTY, Fact, Filled, Option, Words

PATH = "/appointments/bureaus"


@dataclass(frozen=True)
class BureausPage:
    """The addresses on file, and the form for one more or a newer one."""

    rows: tuple[Fact, ...]
    countries: tuple[Option, ...]
    languages: tuple[Option, ...]
    may_act: bool
    done: Words = ""
    filled: Filled = EMPTY


def show(desk: Desk) -> Response:
    """The addresses, for HR and audit."""
    return desk.page("bureaus", _page(desk, EMPTY))


def keep(desk: Desk) -> Response:
    """Keep an address; a newer one takes its place."""
    given = Address(desk.text("country"), desk.text("email"), desk.text("language") or "en")
    try:
        perform(desk.house, desk.me, SET_BUREAU, None, given)
    except Refused as refused:
        page = _page(desk, desk.filled(refused_fields(refused)))
        return desk.page("bureaus", page, status=status_of(refused))
    return desk.go(f"{PATH}?done=kept")


def _page(desk: Desk, filled: Filled) -> BureausPage:
    told = tell_bureaus(desk.house, desk.me)
    named = sorted(
        (country_words(desk.house, code, desk.language), code)
        for code in load_states(desk.house.settings.rulebooks)
    )
    kept = desk.request.query_params.get("done") == "kept"
    return BureausPage(
        rows=tuple(
            Fact(
                country_words(desk.house, each["country"], desk.language),
                each["email"],
                note=NAMES.get(each["language"], each["language"]),
            )
            for each in told
        ),
        countries=(Option("", say("Choose")), *(Option(code, name) for name, code in named)),
        languages=tuple(Option(code, name) for code, name in NAMES.items()),
        may_act=may_act(desk),
        done=say("The address is kept.") if kept else "",
        filled=filled,
    )


routes = [
    Route(PATH, for_the_signed_in(show), methods=["GET"]),
    Route(PATH, for_the_signed_in(keep), methods=["POST"]),
]
