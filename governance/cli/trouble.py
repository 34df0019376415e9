"""The group of all commands: whatever goes wrong becomes a sentence and an exit status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any, ClassVar

import typer
from pydantic import ValidationError
from typer.core import TyperGroup

from governance.cli.saying import BAD_INPUT, refusal, status_of
from governance.refusals import Finding, Reason, Refused, Verdict, refuse, say


@dataclass(frozen=True)
class Place:
    """Where a command is written: its module and name there, and its panel in the help."""

    module: str
    name: str
    panel: str


class Commands(TyperGroup):
    """Runs a command, and says what went wrong in words: to people, or as JSON to machines.

    A command's module is read when the command is wanted: counting days needs no database.
    """

    places: ClassVar[Mapping[str, Place]] = {}

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 -- the library's signature
        """The commands in the order of the help."""
        return list(self.places)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command; for an unknown one all are read, so that a near name can be offered."""
        for name in [cmd_name] if cmd_name in self.places else self.places:
            if name not in self.commands:
                self.commands[name] = _read(name, self.places[name])
        return super().get_command(ctx, cmd_name)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Note whether the answer is wanted as JSON, so that a refusal is given alike."""
        ctx.obj = "--json" in args
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; a refusal ends it with its status."""
        try:
            with _in_words(in_json=bool(ctx.obj)):
                return super().invoke(ctx)
        except Refused as refused:
            refusal(refused, in_json=bool(ctx.obj))
            raise typer.Exit(status_of(refused.reason)) from None


def _read(name: str, place: Place) -> Any:
    found = getattr(import_module(place.module), place.name)
    if not isinstance(found, typer.Typer):
        single = typer.Typer(add_completion=False)
        single.command(name)(found)
        found = single
    command: Any = typer.main.get_command(found)
    command.name, command.rich_help_panel = name, place.panel
    return command


@contextmanager
def _in_words(*, in_json: bool) -> Iterator[None]:
    """Turn the failures that a person can cure into refusals; a fault of ours stays a fault."""
    try:
        yield
    except typer.TyperException as error:
        if not in_json or getattr(error, "exit_code", 0) != BAD_INPUT:
            raise
        raise _usage(error) from None
    except ValidationError as error:
        if error.title != "Settings":
            raise
        raise _settings(error) from None


def _usage(error: typer.TyperException) -> Refused:
    told = getattr(error, "format_message", lambda: str(error))()
    return refuse(
        "{told}",
        rule="command_line",
        cure="See the same command with --help.",
        reason=Reason.INPUT,
        told=told.strip().rstrip("."),
    )


def _settings(error: ValidationError) -> Refused:
    findings = [
        Finding(
            "settings",
            "",
            Verdict.FAIL,
            say(
                "MANDATE_{name} is not understood: {problem}",
                name=str(each["loc"][0]).upper() if each["loc"] else "?",
                problem=each["msg"][:1].lower() + each["msg"][1:],
            ),
            say("Correct it in the environment or in mandate.env."),
        )
        for each in error.errors(include_url=False, include_input=False)
    ]
    return Refused(findings, Reason.INPUT)
