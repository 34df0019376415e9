"""`mandate committee desk` and `report`: what waits in all bodies, and the year of one."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from governance.cli.committee_acts import Key, act, at_the_desk, commands, done
from governance.cli.counting import day
from governance.cli.desk import open_house
from governance.cli.saying import Json, as_json, line, table
from governance.committees.after.report import annual_report
from governance.committees.composed import COMPOSE, Composing
from governance.committees.finding import committee_named
from governance.committees.home import desk_of, tell_desk
from governance.committees.telling import tell_committee
from governance.refusals import Reason, refuse


@commands.command("desk")
def desk(in_json: Json = False) -> None:
    """What waits for you, for others and for the clock, in all bodies that you may see.

    Example: mandate committee desk
    """
    with open_house() as house, house.database.reading() as session:
        told = tell_desk(desk_of(session, at_the_desk(house), house.clock.now(), house))
    if in_json:
        as_json(told)
        return
    for key, title in (("me", "For you"), ("others", "For others"), ("clocks", "Running")):
        if told[key]:
            line(title)
            table(
                ("Body", "What", "Act", "Until"),
                [(e["body"], e["what"], e["act"], e["due_at"]) for e in told[key]],
            )
    if not any(told[key] for key in ("me", "others", "clocks")):
        line("Nothing waits.")


@commands.command("report")
def report(
    key: Key,
    year: Annotated[int, typer.Option("--year", min=1900, max=2200, help="Such as 2026.")],
    in_json: Json = False,
) -> None:
    """The year of a body: meetings, attendance, decisions, actions, and how its seats are held.

    Example: mandate committee report standards-committee --year 2026
    """
    with open_house() as house, house.database.reading() as session:
        actor, now = at_the_desk(house), house.clock.now()
        body = committee_named(session, key, actor, now)
        told = annual_report(session, actor, now, body, year)
    if in_json:
        as_json(told)
        return
    met = told["meetings"]
    line(f"{key}, {year}: {met['held']} of {met['planned']} meetings held")
    table(
        ("Meeting", "Starts", "State"),
        [(each["reference"], each["starts"], each["state"]) for each in met["list"]],
    )
    table(("Seat", "Present", "Of"),
          [(e["seat"], e["present"], e["of"]) for e in told["attendance"]])  # fmt: skip
    line(f"Decisions: {told['decisions']['taken']}")
    for each in told["decisions"]["list"]:
        line(f"  {each['number']}: {each['title']} ({each['state'].replace('_', ' ')})")
    acts = told["actions"]
    line(f"Actions: {acts['opened']} opened, {acts['ended']} ended, {acts['open_at_end']} open.")


@commands.command("compose")
def compose(
    key: Key,
    body: Annotated[str, typer.Argument(metavar="RULES", help="Whose rules; none: no rules.")],
    election: Annotated[
        str, typer.Option("--election", metavar="DATE", help="The day of the next election.")
    ] = "",
    seat: Annotated[
        list[str] | None,
        typer.Option("--seat", metavar="SEAT:COLUMN=VALUE", help="What the rules ask of a seat."),
    ] = None,
    in_json: Json = False,
) -> None:
    """Put the composition of a body under rules; its reviews are then planned.

    Example: mandate committee compose executive interpol_executive_committee
    """
    told: dict[str, dict[str, Any]] = {}
    for each in seat or ():
        place, sign, value = each.partition("=")
        name, colon, column = place.rpartition(":")
        if not sign or not colon:
            raise refuse(
                "--seat {text} is not written as SEAT:COLUMN=VALUE",
                rule="command_line",
                cure="Write for example --seat s02:chamber=requests.",
                reason=Reason.INPUT,
                text=each[:80],
            )
        told.setdefault(name, {})[column] = value
    rules = "" if body == "none" else body
    with open_house() as house:
        given = Composing(rules, day(election, "--election"), told)
        receipt = act(house, COMPOSE, key, given)
    done(receipt, f"{key}: composed under {rules or 'no rules'}.", in_json=in_json)


@commands.command("composition")
def composition(key: Key, in_json: Json = False) -> None:
    """Judge who sits in a body by the rules on its composition, and show its reviews.

    Example: mandate committee composition executive
    """
    with open_house() as house, house.database.reading() as session:
        now = house.clock.now()
        found = committee_named(session, key, at_the_desk(house), now)
        told = tell_committee(session, found, now)["composition"]
    if in_json:
        as_json(told)
        return
    if told is None:
        line("No rules of composition are set.")
        return
    line(f"{key}: {told['verdict']['verdict']}")
    rows = [(e["id"], e["outcome"], e["because"], e["cure"]) for e in told["verdict"]["rules"]]
    table(("Rule", "Outcome", "Because", "Cure"), rows)
    due = [(e["due_on"], e["line"], "planned") for e in told["planned"]]
    due += [(e["due_on"], e["line"], e["state"]) for e in told["reviews"]]
    table(("Due", "Review", "State"), due)
