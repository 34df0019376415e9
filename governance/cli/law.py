"""`mandate rulebook`: check, load, show the law, and its format for editors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from governance.access.actor import operator
from governance.acts import perform
from governance.appointments.law import current_law
from governance.cli.desk import open_house
from governance.cli.saying import DONE, REFUSED, Json, as_json, line, table
from governance.installing import LOAD_RULEBOOK
from governance.refusals import Refused
from governance.rulebook.editors import json_schema
from governance.rulebook.linting.check import check
from governance.rulebook.loader import load
from governance.rulebook.schema import Rulebook
from governance.rulebook.version import freeze

commands = typer.Typer(
    name="rulebook",
    no_args_is_help=True,
    add_completion=False,
    help="The organisation's law as data: check it, load it, look at it.",
)

Where = Annotated[Path, typer.Argument(metavar="PATH", help="A rulebook's folder, or one file.")]
Folder = Annotated[
    Path | None,
    typer.Argument(metavar="[PATH]", help="Empty: the organisation's own folder."),
]


@commands.command("check")
def check_rulebook(path: Where, in_json: Json = False) -> None:
    """Check a rulebook: every fault with file, line and cure.

    Exit status: 0 it may be loaded, 1 it has faults, 2 there is nothing to check.

    Example: mandate rulebook check governance/rulebooks/interpol
    """
    findings = check(path)
    faults = [each for each in findings if each.blocks]
    if in_json:
        as_json({"clean": not faults, "findings": [each.as_json() for each in findings]})
    else:
        for each in findings:
            line(each)
        line(f"{_counted(len(faults), 'fault')} in {path}." if faults else f"{path} is in order.")
    raise typer.Exit(REFUSED if faults else DONE)


@commands.command("load")
def load_rulebook(path: Folder = None, in_json: Json = False) -> None:
    """Put a rulebook in force for every case that is launched from now on.

    Cases that run keep the law under which they were launched.

    Example: mandate rulebook load
    """
    with open_house() as house:
        rulebook = load(path or house.settings.rulebook_folder)
        version, _ = freeze(rulebook)
        with house.database.reading() as session:
            try:
                before, _ = current_law(session)
            except Refused:
                before = ""
        if version != before:
            perform(house, operator(), LOAD_RULEBOOK, None, rulebook)
    if in_json:
        as_json({"version": version, "before": before or None, "changed": version != before})
    elif version == before:
        line(f"This law is in force already: version {version[:12]}.")
    else:
        line(f"In force from now on for new cases: version {version[:12]}.")


@commands.command("schema")
def print_schema() -> None:
    """Print the format as JSON Schema, for editors that complete and check while one writes.

    Example: mandate rulebook schema > rulebook.schema.json
    """
    as_json(json_schema())


@commands.command("show")
def show_rulebook(in_json: Json = False) -> None:
    """Show the law in force: its version, procedures and posts.

    Example: mandate rulebook show
    """
    with open_house() as house, house.database.reading() as session:
        version, rulebook = current_law(session)
    if in_json:
        as_json(_plain(version, rulebook))
        return
    line(f"{rulebook.organisation.title}: version {version}")
    for each in rulebook.procedures:
        line(f"\nProcedure {each.key}: {each.title}, since {each.since}")
        line("  " + " → ".join(stage.key for stage in each.stages))
    line("\nPosts:")
    rows = [(each.key, str(each.title), each.grade, each.procedure) for each in rulebook.posts]
    table(("Post", "Title", "Grade", "Procedure"), rows)


def _plain(version: str, rulebook: Rulebook) -> dict[str, Any]:
    return {
        "version": version,
        "organisation": rulebook.organisation.organisation,
        "procedures": [
            {
                "key": each.key,
                "title": each.title.root,
                "since": each.since.isoformat(),
                "stages": [stage.key for stage in each.stages],
            }
            for each in rulebook.procedures
        ],
        "posts": [
            {
                "key": each.key,
                "title": each.title.root,
                "grade": each.grade,
                "duty_station": each.duty_station,
                "procedure": each.procedure,
            }
            for each in rulebook.posts
        ],
    }


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
