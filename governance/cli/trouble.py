"""The group of all commands: whatever goes wrong becomes a sentence and an exit status."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer
from pydantic import ValidationError
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from typer.core import TyperGroup

from governance.cli.saying import BAD_INPUT, refusal, status_of
from governance.notices.outgoing import NotSent
from governance.refusals import Finding, Reason, Refused, Verdict, refuse, say

NOT_UP_TO_DATE = ("no such table", "no such column", "does not exist")


class Commands(TyperGroup):
    """Runs a command, and says what went wrong in words: to people, or as JSON to machines."""

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
    except (ArgumentError, NoSuchModuleError) as error:
        raise _address(error) from None
    except DBAPIError as error:
        raise _database(error) from None
    except NotSent as error:
        told = str(error).rstrip(".")
        raise refuse("{told}", rule="mail_is_sent", reason=Reason.CONFLICT, told=told) from None


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


def _address(error: Exception) -> Refused:
    return refuse(
        "the address of the database is not understood ({problem})",
        rule="database_address",
        cure="Correct MANDATE_DATABASE_URL, or leave it empty for SQLite in the home folder.",
        reason=Reason.INPUT,
        problem=type(error).__name__,
    )


def _database(error: DBAPIError) -> Refused:
    told = str(error.orig)
    if any(each in told for each in NOT_UP_TO_DATE):
        return refuse(
            "the database has no tables yet, or older ones than this version needs",
            rule="database_is_migrated",
            cure=f"Run: mandate setup.{_where()}",
            reason=Reason.MISSING,
        )
    return refuse(
        "the database cannot be used: {told}",
        rule="database_is_reachable",
        cure=f"Check MANDATE_HOME and MANDATE_DATABASE_URL, and that the database runs.{_where()}",
        reason=Reason.MISSING,
        told=told.strip().splitlines()[0][:200] if told.strip() else type(error).__name__,
    )


def _where() -> str:
    """Without a setting the home folder is looked for where one stands."""
    settled = "MANDATE_HOME" in os.environ or "MANDATE_DATABASE_URL" in os.environ
    return "" if settled else " Without MANDATE_HOME it is looked for in ./var."
