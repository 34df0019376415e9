"""`mandate deadline`: count a period and show the working."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated

import typer

from governance.calendar.days import Calendar
from governance.calendar.deadline import another, compared, deadline, moment
from governance.cli.saying import Json, as_json, lines
from governance.refusals import Reason, Refused, refuse
from governance.rulebook.calendars import calendars_of
from governance.rulebook.loader import load
from governance.settings import Settings

From = Annotated[
    str,
    typer.Option("--from", metavar="DATE", help="The day of the event, or its instant."),
]
Days = Annotated[int, typer.Option("--days", metavar="N", help="How many days.")]
Hours = Annotated[int, typer.Option("--hours", metavar="N", help="How many hours.")]
Weeks = Annotated[int, typer.Option("--weeks", metavar="N", help="How many weeks.")]
Months = Annotated[int, typer.Option("--months", metavar="N", help="How many months.")]
Years = Annotated[int, typer.Option("--years", metavar="N", help="How many years.")]
Before = Annotated[str, typer.Option("--before", metavar="DATE", help="Count back from this day.")]
Named = Annotated[
    str,
    typer.Option(
        "--calendar",
        metavar="NAME",
        help="A calendar of the organisation (lyon) or a country (FR, FRA).",
    ),
]
Working = Annotated[bool, typer.Option("--working", help="Count working days, not calendar days.")]
Backward = Annotated[bool, typer.Option("--backward", help="Count back from the day of --from.")]
At = Annotated[str, typer.Option("--at", metavar="HH:MM", help="When the last day ends.")]
InZone = Annotated[
    str, typer.Option("--zone", metavar="ZONE", help="Whose time of day: Europe/Paris.")
]
NoRoll = Annotated[
    bool, typer.Option("--no-roll", help="Leave the last day where it falls, worked or not.")
]
Earlier = Annotated[
    list[str] | None,
    typer.Option(
        "--earlier-of", metavar="END", help='Or this, if earlier: "3 working days before DATE".'
    ),
]
Later = Annotated[
    list[str] | None, typer.Option("--later-of", metavar="END", help="Or this, if later.")
]


def count_deadline(  # noqa: PLR0913 -- one argument per option of the command line
    *,
    days: Days = 0,
    hours: Hours = 0,
    weeks: Weeks = 0,
    months: Months = 0,
    years: Years = 0,
    from_: From = "",
    before: Before = "",
    calendar: Named = "",
    working: Working = False,
    backward: Backward = False,
    at: At = "",
    zone: InZone = "",
    no_roll: NoRoll = False,
    earlier: Earlier = None,
    later: Later = None,
    in_json: Json = False,
) -> None:
    """Count a period as Regulation (EEC, Euratom) 1182/71 does, and show every step.

    The day of the event is not counted; a last day that is not worked moves to the next one that
    is; counted backward it stays. Hours run from an instant, its own hour left out.

    For example:

    mandate deadline --from 2025-04-07 --days 14 --calendar FR

    mandate deadline --from 2026-12-18 --days 5 --working --calendar abidjan --at 17:00

    mandate deadline --from 2026-11-23T10:00+01:00 --hours 48 --zone Europe/Paris

    mandate deadline --from 2026-11-23 --weeks 2 --earlier-of "3 working days before 2026-12-04"
    """
    known = _calendars()
    start = moment(from_, "--from") if from_ else None
    end = moment(before, "--before") if before else None
    lengths = {"days": days, "hours": hours, "weeks": weeks, "months": months, "years": years}
    counted = deadline(
        **lengths,
        from_=start,
        before=end,
        calendar=calendar,
        working=working,
        backward=backward,
        at=at,
        zone=zone,
        roll=not no_roll,
        known=known,
    )
    own = start if start is not None else end
    found = compared(
        counted,
        earlier=tuple(another(each, own, calendar, known) for each in earlier or ()),
        later=tuple(another(each, own, calendar, known) for each in later or ()),
    )
    if in_json:
        as_json(found.as_json())
    else:
        lines(found.lines())


def day(text: str, where: str) -> date | None:
    """A date as it is typed; None for nothing, Refused for anything else."""
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 -- a day has no zone
    except ValueError:
        raise refuse(
            '"{text}" is not a date',
            rule="date_is_understood",
            cure="Write it as year-month-day, such as 2026-11-23.",
            where=where,
            reason=Reason.INPUT,
            text=text[:40],
        ) from None


def _calendars() -> Mapping[str, Calendar]:
    """The organisation's calendars; countries can be counted with where its law is not in order."""
    try:
        return calendars_of(load(Settings().rulebook_folder))
    except Refused:
        return {}
