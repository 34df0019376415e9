"""`mandate deadline`: count a period and show the working."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated

import typer

from governance.calendar.days import Calendar
from governance.calendar.deadline import deadline
from governance.cli.saying import Json, as_json, lines
from governance.refusals import Reason, Refused, refuse
from governance.rulebook.calendars import calendars_of
from governance.rulebook.loader import load
from governance.settings import Settings

From = Annotated[str, typer.Option("--from", metavar="DATE", help="The day of the event.")]
Days = Annotated[int, typer.Option("--days", metavar="N", help="How many days.")]
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


def count_deadline(  # noqa: PLR0913 -- one argument per option of the command line
    *,
    days: Days,
    from_: From = "",
    before: Before = "",
    calendar: Named = "",
    working: Working = False,
    backward: Backward = False,
    in_json: Json = False,
) -> None:
    """Count a period as Regulation (EEC, Euratom) 1182/71 does, and show every step.

    The day of the event is not counted; a last day that is not worked moves to the next one that
    is; counted backward it stays.

    For example:

    mandate deadline --from 2025-04-07 --days 14 --calendar FR

    mandate deadline --from 2026-12-18 --days 5 --working --calendar abidjan

    mandate deadline --before 2026-12-01 --days 90 --json
    """
    counted = deadline(
        days=days,
        from_=day(from_, "--from"),
        before=day(before, "--before"),
        calendar=calendar,
        working=working,
        backward=backward,
        known=_calendars(),
    )
    if in_json:
        as_json(counted.as_json())
    else:
        lines(counted.lines())


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
