"""`mandate committee desk` and `report`: what waits in all bodies, and the year of one."""

from __future__ import annotations

from typing import Annotated

import typer

from governance.cli.committee_acts import Key, at_the_desk, commands
from governance.cli.desk import open_house
from governance.cli.saying import Json, as_json, line, table
from governance.committees.after.report import annual_report
from governance.committees.finding import committee_named
from governance.committees.home import desk_of, tell_desk


@commands.command("desk")
def desk(in_json: Json = False) -> None:
    """What waits for you, for others and for the clock, in all bodies that you may see.

    Example: mandate committee desk
    """
    with open_house() as house, house.database.reading() as session:
        told = tell_desk(desk_of(session, at_the_desk(house), house.clock.now()))
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
