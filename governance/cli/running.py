"""`mandate setup`, `run`, `rehearse`: bring the installation to life."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from governance.cli.desk import open_house
from governance.cli.saying import Json, as_json, line
from governance.installing import install

ProcedureKey = Annotated[
    str, typer.Argument(metavar="PROCEDURE", help="A procedure of the rulebook.")
]
Speed = Annotated[
    int | None,
    typer.Option("--speed", min=1, help="How many times as fast as real time."),
]
Keep = Annotated[bool, typer.Option("--keep", help="Keep the rehearsal's files afterwards.")]
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


def rehearse(
    *,
    procedure: ProcedureKey,
    speed: Speed = None,
    keep: Keep = False,
    plain: Plain = False,
    in_json: Json = False,
) -> None:
    """Rehearse a procedure with invented people, at a thousand times the clock.

    Example: mandate rehearse regional-director
    """
    chosen = {"--keep": keep, "--plain": plain, "--json": in_json}
    options = [name for name, wanted in chosen.items() if wanted]
    become("flows.rehearse", procedure, *(["--speed", str(speed)] if speed else []), *options)


def command(module: str, *arguments: str) -> list[str]:
    """The command line of a module of this installation, run by this Python."""
    return [sys.executable, "-m", module, *arguments]


def become(module: str, *arguments: str) -> None:
    """Go on as this module: signals and exit status are its own."""
    words = command(module, *arguments)
    sys.stdout.flush()
    os.execv(words[0], words)  # noqa: S606 -- our own module, no shell
