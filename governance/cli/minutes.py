"""`mandate minutes`: check minutes of any body; bring those of this installation to adoption."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from governance.cli.saying import DONE, REFUSED, Json, as_json, line
from governance.committees.meeting.roll import Roll
from governance.committees.minutes.lint import lint
from governance.committees.minutes.reading import read_minutes
from governance.committees.reading import day_in_name, read_register, read_roll_file
from governance.committees.showing import tell_lint
from governance.refusals import Reason, refuse

commands = typer.Typer(
    name="minutes",
    no_args_is_help=True,
    add_completion=False,
    help="Minutes: check them against the registers, circulate, correct, adopt, publish.",
)


@commands.callback()
def minutes() -> None:
    """Minutes: check them against the registers, circulate, correct, adopt, publish."""


MinutesFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="Minutes as Markdown, plain text or YAML.")
]
BodyFile = Annotated[Path | None, typer.Option("--body", help="The YAML file of the body.")]
RollFile = Annotated[Path | None, typer.Option("--roll", help="The roll that was called, as CSV.")]
Previous = Annotated[
    list[Path] | None,
    typer.Option("--previous", help="Earlier minutes or rolls; may be given several times."),
]
Day = Annotated[
    datetime | None,
    typer.Option("--date", formats=["%Y-%m-%d"], help="The day; empty: as the minutes say."),
]


@commands.command("lint")
def lint_minutes(  # noqa: PLR0913, PLR0917 -- one argument per option of the command line
    file: MinutesFile,
    body: BodyFile = None,
    roll: RollFile = None,
    previous: Previous = None,
    on: Day = None,
    in_json: Json = False,
) -> None:
    """Check minutes: what is printed against the registers, the roll, the rules, and itself.

    Needs no installation. Exit status: 0 clean, 1 findings, 2 the input cannot be read.

    Example: mandate minutes lint 2026-03.md --body committee.yaml --roll 2026-03.csv
    """
    register = read_register(body) if body else None
    called = read_roll_file(roll) if roll else None
    printed = read_minutes(file.name, _bytes(file), day=on.date() if on else None)
    found = lint(printed, register, called, _earlier(previous or []))
    if register is not None and found.day is None:
        raise refuse(
            "nothing says of which day the minutes {file} are",
            rule="minutes_date",
            cure="Give --date 2026-03-12: who sat in the body and which rules held depends on it.",
            reason=Reason.INPUT,
            file=file.name,
        )
    if in_json:
        as_json(tell_lint(found))
    else:
        for each in found.findings:
            line(each)
            if each.printed:
                line(f"    {each.printed[:160]}")
        faults = sum(each.blocks for each in found.findings)
        line("No findings." if not faults else f"{faults} finding{'' if faults == 1 else 's'}.")
    raise typer.Exit(DONE if found.is_clean else REFUSED)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise refuse(
            "the file {path} cannot be opened: {problem}",
            rule="minutes_file",
            cure="Give a file of minutes; docs/committees.md says how it is written.",
            reason=Reason.INPUT,
            path=path,
            problem=error.strerror or "unknown",
        ) from None


def _earlier(paths: Sequence[Path]) -> list[tuple[date, Roll]]:
    """The attendance of earlier meetings, from their rolls or from their minutes."""
    earlier = []
    for path in paths:
        if path.suffix.lower() in (".csv", ".tsv"):
            roll, day = read_roll_file(path), None
            day = roll.day
        else:
            printed = read_minutes(path.name, _bytes(path))
            roll, day = printed.roll or Roll(path.name, printed.day, ()), printed.day
        day = day or day_in_name(path.name)
        if day is None:
            raise refuse(
                "nothing says of which day {file} is",
                rule="earlier_date",
                cure="Begin the file's name with the day, such as 2026-02-12.csv.",
                reason=Reason.INPUT,
                file=path.name,
            )
        earlier.append((day, roll))
    return sorted(earlier, key=lambda each: each[0])
