"""`mandate sign-in`, `sign-out`, `whoami`: the same sessions as on the web."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from governance.access.actor import Actor
from governance.access.signing import challenge, end, enter, who
from governance.cli.desk import VIA, actor_of, keep, kept, mail_code, open_house
from governance.cli.saying import Json, as_json, line
from governance.house import House
from governance.people.models import Person
from governance.people.queries import offices_of
from governance.refusals import Reason, refuse

Email = Annotated[str, typer.Argument(metavar="EMAIL", help="Your registered address.")]
CodeOption = Annotated[
    str, typer.Option("--code", help="The code from the mail, where nobody can be asked for it.")
]


def sign_in(email: Email, code: CodeOption = "", in_json: Json = False) -> None:
    """Sign in with a code that is mailed to your registered address.

    The code is asked for; in a script, call the command again with --code. The session is kept in
    your own configuration folder, readable by you alone, or in the variable MANDATE_TOKEN.

    For example:

    mandate sign-in nadia.bellamine@organisation.example

    mandate sign-in nadia.bellamine@organisation.example --code 12345678
    """
    with open_house() as house:
        if not code:
            asked = challenge(house, email)
            mail_code(house, asked)
            keep(house.settings, challenge=asked.id)
            if in_json or not sys.stdin.isatty():
                _say_how_to_go_on(email, in_json=in_json)
                return
            line("If this address is registered, a code is on its way to it.")
            code = typer.prompt("Code")
        token = enter(house, _challenge(house), code)
        keep(house.settings, token=token)
        actor = who(house, token, VIA)
        assert actor is not None  # noqa: S101 -- the session began just now
        _say_who(house, actor, in_json=in_json)


def sign_out() -> None:
    """End the session that is kept here.

    Example: mandate sign-out
    """
    with open_house() as house:
        if token := kept(house.settings).get("token"):
            end(house, token)
        keep(house.settings)
    line("Signed out.")


def whoami(in_json: Json = False) -> None:
    """Show who is signed in here, with roles and offices.

    Example: mandate whoami --json
    """
    with open_house() as house:
        _say_who(house, actor_of(house), in_json=in_json)


def _challenge(house: House) -> str:
    found = kept(house.settings).get("challenge")
    if found is None:
        raise refuse(
            "no code was asked for from here",
            rule="one_time_code",
            cure="Ask for one: mandate sign-in EMAIL, without --code.",
            reason=Reason.INPUT,
        )
    return found


def _say_how_to_go_on(email: str, *, in_json: bool) -> None:
    if in_json:
        as_json({"code": "on its way, if this address is registered"})
        return
    line("If this address is registered, a code is on its way to it. Go on with:")
    line(f"  mandate sign-in {email} --code CODE")


def _say_who(house: House, actor: Actor, *, in_json: bool) -> None:
    with house.database.reading() as session:
        person = session.get_one(Person, actor.person_id)
        offices = sorted(offices_of(session, person.id, house.clock.now()))
    if in_json:
        roles = sorted(actor.roles)
        level = str(actor.level)
        as_json({"name": person.name, "roles": roles, "offices": offices, "level": level})
        return
    held = ", ".join([*sorted(actor.roles), *offices]).replace("_", " ") or "no role or office"
    line(f"Signed in as {person.name} ({held}).")
