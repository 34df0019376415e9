"""`mandate appointment forecast`: when each stage will be over, and what that depends on."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from governance.access.actor import Actor
from governance.appointments.forecast.rules import COURSES
from governance.appointments.forecast.telling import Foreseen, Wanted, foresee
from governance.cli.appointment import commands
from governance.cli.counting import day
from governance.cli.desk import actor_of, open_house
from governance.cli.saying import Json, as_json, line, table, words
from governance.house import House
from governance.refusals import Reason, Refused, refuse

Name = Annotated[
    str, typer.Argument(metavar="POST|CASE", help="A post of the rulebook, or a case's reference.")
]
Start = Annotated[
    str, typer.Option("--start", metavar="DATE", help="The day of launch; empty: today.")
]
Recesses = Annotated[
    list[str] | None,
    typer.Option("--recess", metavar="FIRST:LAST", help="Nobody works then; may be given again."),
]
Against = Annotated[
    str, typer.Option("--against", metavar="DATE", help="What a launch on this day would change.")
]


@commands.command("forecast")
def forecast(
    name: Name,
    start: Start = "",
    recess: Recesses = None,
    against: Against = "",
    in_json: Json = False,
) -> None:
    """Forecast the stages of a post before launch, or of a case at any time.

    Each date comes three times: everybody answers at once, people use the time that they have,
    everything that may be late is late. Working days are those of the duty stations.

    For example:

    mandate appointment forecast regional-director-abidjan --start 2027-01-11

    mandate appointment forecast regional-director-abidjan --recess 2026-12-21:2027-01-04 --json

    mandate appointment forecast INT-2026-0001
    """
    wanted = Wanted(
        name,
        day(start, "--start"),
        [_span(each) for each in recess or ()],
        day(against, "--against"),
    )
    with open_house() as house:
        found = foresee(house, _perhaps(house), wanted)
    if in_json:
        as_json(found.as_json())
    else:
        _show(found)


def _perhaps(house: House) -> Actor | None:
    """Who is signed in; a post can be forecast by anybody, the law is no secret."""
    try:
        return actor_of(house)
    except Refused:
        return None


def _span(text: str) -> tuple[date, date]:
    first, colon, last = text.partition(":")
    begin, end = day(first.strip(), "--recess"), day(last.strip(), "--recess")
    if not colon or begin is None or end is None:
        raise refuse(
            '"{text}" is no span of days',
            rule="recess_is_a_span",
            cure="Give its first and its last day, such as 2026-12-21:2027-01-04.",
            where="--recess",
            reason=Reason.INPUT,
            text=text[:60],
        )
    return begin, end


def _show(found: Foreseen) -> None:
    told: dict[str, Any] = found.as_json()
    line(f"{told['case'] or told['post']}, on {told['procedure']}, from {told['start']}.")
    rows = [
        (
            words(each["title"]),
            each["ends"]["earliest"],
            each["ends"]["likely"],
            each["ends"]["latest"],
            f"{each['because']} ({each['basis']})",
            each["critical"].replace("_", " "),
        )
        for each in told["stages"]
    ]
    table(("Stage", "Earliest", "Likely", "Latest", "Because", "Waits longest for"), rows)
    mark = told["benchmark"]
    if mark:
        days = ", ".join(f"{course} {count}" for course, count in mark["days"].items())
        line(f"Posting to selection: {days} days. {mark['source']}.")
    for key, title in (("recess", "The recess"), ("against", "The other start")):
        if told[key]:
            last = told[key]["moves"][-1]
            moves = ", ".join(f"{course} {last[course]:+d}" for course in COURSES)
            line(f"{title} moves the end by: {moves} days.")
