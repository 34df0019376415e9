"""`mandate call`: open calls, extend and cancel them; `mandate bureau`: addresses of bureaus."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from governance.acts import perform
from governance.appointments.calls.bureaus import SET_BUREAU, Address, tell_bureaus
from governance.appointments.calls.changing import CANCEL_CALL, EXTEND_CALL, Longer
from governance.appointments.calls.queries import (
    open_call,
    tell_call,
    tell_calls,
    tell_history,
)
from governance.appointments.launching import Why
from governance.appointments.queries import case_by_reference
from governance.cli.appointment import Reasoned, Reference, say_done
from governance.cli.counting import day
from governance.cli.desk import actor_of, open_house
from governance.cli.saying import Json, as_json, line, table
from governance.refusals import Reason, refuse

commands = typer.Typer(
    name="call",
    no_args_is_help=True,
    add_completion=False,
    help="Calls for candidacies: see what is open, extend or cancel a call with a reason.",
)
addresses = typer.Typer(
    name="bureau",
    no_args_is_help=True,
    add_completion=False,
    help="Where National Central Bureaus are reached: for notes verbales and attestations.",
)

LastDay = Annotated[str, typer.Option("--until", metavar="DATE", help="The new last day.")]
Country = Annotated[str, typer.Argument(metavar="COUNTRY", help="Its code, such as FRA.")]
Email = Annotated[str, typer.Option("--email", help="The bureau's address.")]
Language = Annotated[str, typer.Option("--language", help="en, fr, es or ar.")]


@commands.command("list")
def list_calls(in_json: Json = False) -> None:
    """List the calls that are open now; nobody need be signed in.

    Example: mandate call list
    """
    with open_house() as house, house.database.reading() as session:
        told = tell_calls(session, house.clock.now())
    if in_json:
        as_json({"calls": told})
        return
    rows = [
        (each["reference"], each["title"]["en"], each["grade"], (each["closes_at"] or "")[:16])
        for each in told
    ]
    if rows:
        table(("Case", "Post", "Grade", "Closes (UTC)"), rows)
    line(f"{len(rows)} open calls.")


@commands.command("show")
def show(reference: Reference, in_json: Json = False) -> None:
    """Show an open call; for HR and audit also those before it, and how many have applied.

    Example: mandate call show INT-2026-0001
    """
    with open_house() as house, house.database.reading() as session:
        told = tell_call(open_call(session, reference, house.clock.now()))
    if in_json:
        as_json(told)
        return
    for name in ("reference", "grade", "duty_station", "term", "closes_at", "times_extended"):
        line(f"{name.replace('_', ' ')}: {told[name]}")
    for each in told["criteria"]:
        given = ", ".join(f"{key} {value}" for key, value in each["given"].items())
        line(f"asks: {each['rule'].replace('_', ' ')} {given}".rstrip())


@commands.command("history")
def history(reference: Reference, in_json: Json = False) -> None:
    """Every call of a case with its changes, and how many applications stand where.

    Example: mandate call history INT-2026-0001
    """
    with open_house() as house:
        told = tell_history(house, actor_of(house), reference)
    if in_json:
        as_json(told)
        return
    for call in told["calls"]:
        line(f"Call {call['round']}: {call['state']}, closes {call['closes_at'] or '–'}")


@commands.command("extend")
def extend(
    *, reference: Reference, until: LastDay, reason: Reasoned, in_json: Json = False
) -> None:
    """Keep a call open longer, with a reason. It is never made shorter.

    Example: mandate call extend INT-2026-0001 --until 2027-01-31 --reason "Few have answered."
    """
    given = Longer(_needed(until), reason)
    with open_house() as house:
        actor = actor_of(house)
        with house.database.reading() as session:
            case = case_by_reference(session, actor, reference)
        receipt = perform(house, actor, EXTEND_CALL, case.id, given)
    say_done(receipt, f"The call is open until {given.last_day}.", in_json=in_json)


@commands.command("cancel")
def cancel(*, reference: Reference, reason: Reasoned, in_json: Json = False) -> None:
    """Cancel a call, with a reason: its case ends, and everybody who applied is told.

    Example: mandate call cancel INT-2026-0001 --reason "The post was abolished."
    """
    with open_house() as house:
        actor = actor_of(house)
        with house.database.reading() as session:
            case = case_by_reference(session, actor, reference)
        receipt = perform(house, actor, CANCEL_CALL, case.id, Why(reason))
    say_done(receipt, "The call is cancelled.", in_json=in_json)


@addresses.command("set")
def set_address(
    *, country: Country, email: Email, language: Language = "en", in_json: Json = False
) -> None:
    """Keep the address of a National Central Bureau.

    Example: mandate bureau set SEN --email bcn@police.example --language fr
    """
    with open_house() as house:
        given = Address(country, email, language)
        receipt = perform(house, actor_of(house), SET_BUREAU, None, given)
    say_done(receipt, f"{country.upper()} is written to at {email}.", in_json=in_json)


@addresses.command("list")
def list_addresses(in_json: Json = False) -> None:
    """List the bureaus that have an address.

    Example: mandate bureau list
    """
    with open_house() as house:
        told = tell_bureaus(house, actor_of(house))
    if in_json:
        as_json({"bureaus": told})
        return
    table(("Country", "Address", ""), [tuple(each.values()) for each in told])


def _needed(until: str) -> date:
    found = day(until, "--until")
    if found is None:
        raise refuse(
            "the new last day is not said",
            rule="date_is_readable",
            cure="Write year, month and day: --until 2027-01-31.",
            where="--until",
            reason=Reason.INPUT,
        )
    return found
