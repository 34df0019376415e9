"""`mandate meeting`: from notice to close; `mandate meeting roll` for rolls of any body."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from governance.cli.saying import DONE, REFUSED, Json, as_json, line
from governance.committees.meeting.rollcheck import RollCheck, check_roll
from governance.committees.reading import day_of, read_earlier, read_register, read_roll_file
from governance.committees.showing import tell_roll

commands = typer.Typer(
    name="meeting",
    no_args_is_help=True,
    add_completion=False,
    help="Meetings: notice, agenda, roll, motions, votes, decisions.",
)
roll = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="The roll of a meeting: who was there, and whether there was a quorum.",
)
commands.add_typer(roll, name="roll")


@roll.callback()
def rolls() -> None:
    """The roll of a meeting: who was there, and whether there was a quorum."""


RollFile = Annotated[Path, typer.Argument(metavar="FILE.csv", help="The roll, as CSV.")]
BodyFile = Annotated[Path, typer.Option("--body", help="The YAML file of the body.")]
Day = Annotated[
    datetime | None,
    typer.Option("--date", formats=["%Y-%m-%d"], help="The day; empty: as the roll says itself."),
]
Previous = Annotated[
    list[Path] | None,
    typer.Option("--previous", help="The roll of an earlier meeting; may be given several times."),
]


@roll.command("check")
def check_a_roll(
    file: RollFile,
    body: BodyFile,
    on: Day = None,
    previous: Previous = None,
    in_json: Json = False,
) -> None:
    """Check a roll against a body's file: seats, rights, leave, proxies, copies, and the quorum.

    Needs no installation. Exit status: 0 clean, 1 findings, 2 the input cannot be read.

    Example: mandate meeting roll check 2026-03-12.csv --body committee.yaml
    """
    register = read_register(body)
    read = read_roll_file(file)
    day: date = day_of(read, on.date() if on else None)
    checked = check_roll(register, read, day, read_earlier(previous or []))
    if in_json:
        as_json(tell_roll(register, checked))
    else:
        say_roll(checked)
    raise typer.Exit(REFUSED if any(each.blocks for each in checked.findings) else DONE)


def say_roll(checked: RollCheck) -> None:
    """A check for people: the findings, then the quorum with its working."""
    for each in checked.findings:
        line(each)
    count = checked.quorum
    line(f"Quorum ({count.article}):")
    for step in count.working:
        line(f"  {step}")
    faults = sum(each.blocks for each in checked.findings)
    line("No findings." if not faults else f"{faults} finding{'' if faults == 1 else 's'}.")
