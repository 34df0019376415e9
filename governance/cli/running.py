"""`mandate setup`, `run`, `rehearse`: bring the installation to life."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from governance.cli.desk import open_house
from governance.cli.saying import Json, as_json, line
from governance.installing import install
from governance.refusals import Reason, refuse

ProcedureKey = Annotated[
    str, typer.Argument(metavar="PROCEDURE", help="A procedure of the rulebook.")
]
Speed = Annotated[
    float | None, typer.Option("--speed", min=1, help="How many times as fast as real time.")
]
Keep = Annotated[
    bool, typer.Option("--keep", help="Keep everything; a kept rehearsal goes on where it was.")
]
Folder = Annotated[
    str, typer.Argument(metavar="[DIR]", help="With --keep: the folder to keep it in.")
]
Candidates = Annotated[
    int | None,
    typer.Option(
        "--candidates", min=1, max=2000, help="So many invented candidates, not the sample."
    ),
]
Plain = Annotated[bool, typer.Option("--plain", help="One line a step; no moving display.")]


def setup(in_json: Json = False) -> None:
    """Set up the installation: bring the tables up to date, load the rulebook where it changed.

    It may be run at any time, and again; nothing is lost.

    Example: mandate setup
    """
    with open_house(is_new=True) as house:
        version = install(house)
        home = house.settings.home.resolve()
    if in_json:
        as_json({"home": str(home), "version": version})
    else:
        line(f"Set up in {home}: tables up to date, rulebook {version[:12]} in force.")


def run() -> None:
    """Run everything: the web application, the worker, and the orchestration; Ctrl-C stops it.

    Example: mandate run
    """
    become("flows.run")


def rehearse(  # noqa: PLR0913 -- one argument per option of the command line
    *,
    procedure: ProcedureKey,
    folder: Folder = "",
    speed: Speed = None,
    keep: Keep = False,
    candidates: Candidates = None,
    plain: Plain = False,
    in_json: Json = False,
) -> None:
    """Rehearse a procedure with invented people, at a thousand times the clock.

    For example:

    mandate rehearse regional-director

    mandate rehearse regional-director --keep rehearsed --speed 200

    mandate rehearse regional-director --candidates 300
    """
    if folder and not keep:
        raise refuse(
            "a folder is given, and nothing is to be kept in it",
            rule="command_line",
            cure="Give --keep {folder}, or leave the folder out.",
            reason=Reason.INPUT,
            folder=folder,
        )
    wanted = {
        "--speed": f"{speed:g}" if speed else None,
        "--keep": folder if keep else None,
        "--candidates": str(candidates) if candidates else None,
        "--plain": "" if plain else None,
        "--json": "" if in_json else None,
    }
    options = [
        f"{name}={value}" if value else name for name, value in wanted.items() if value is not None
    ]
    become("flows.rehearse", procedure, *options)


def command(module: str, *arguments: str) -> list[str]:
    """The command line of a module of this installation, run by this Python."""
    return [sys.executable, "-m", module, *arguments]


def become(module: str, *arguments: str) -> None:
    """Go on as this module: signals and exit status are its own."""
    words = command(module, *arguments)
    sys.stdout.flush()
    os.execv(words[0], words)  # noqa: S606 -- our own module, no shell
