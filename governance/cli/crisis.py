"""`mandate committee crisis`: a team stood up at once, its log, decisions and end."""

from __future__ import annotations

from typing import Annotated

import typer

from governance.acts import perform
from governance.cli import committee_desk  # noqa: F401 -- its command belongs to the same group
from governance.cli.committee_acts import BodyPath, Key, act, at_the_desk, body_in, commands, done
from governance.cli.desk import open_house
from governance.cli.saying import Json
from governance.committees import crisis
from governance.committees.founding import FOUND, Founding

team = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="A crisis team: stand it up from its file, log, decide, stand down.",
)
commands.add_typer(team, name="crisis")


@team.command("stand-up")
def stand_up(path: BodyPath, in_json: Json = False) -> None:
    """Stand up a team from its file: whoever holds an office sits, with their substitute.

    Example: mandate committee crisis stand-up flood-team.yaml
    """
    body = body_in(path)
    with open_house() as house:
        receipt = perform(house, at_the_desk(house), FOUND, None, Founding(body))
    assert receipt is not None  # noqa: S101 -- founding always writes
    done(receipt, f"{body.body} stands, {receipt.facts['seats']} seats.", in_json=in_json)


@team.command("log")
def log(
    key: Key,
    text: Annotated[str, typer.Argument(help="The words themselves.")],
    message: Annotated[bool, typer.Option("--message", help="To everybody in the team.")] = False,
    in_json: Json = False,
) -> None:
    """Write a line of the situation log, or a message whose readers are noted.

    Example: mandate committee crisis log flood-team "Archive closed at 14:05."
    """
    given = crisis.Logged(text, "message" if message else "note")
    with open_house() as house:
        receipt = act(house, crisis.LOG, key, given)
    done(receipt, f"Logged; {receipt.facts['readers']} to read it.", in_json=in_json)


@team.command("decide")
def decide(
    key: Key,
    text: Annotated[str, typer.Argument(help="The words themselves.")],
    amount: Annotated[int, typer.Option("--amount", help="Held against the cap.")] = 0,
    title: Annotated[str, typer.Option("--title", help="Its title, in a few words.")] = "",
    in_json: Json = False,
) -> None:
    """Decide under the expedited rules; it lapses unless the parent confirms it in time.

    Example: mandate committee crisis decide flood-team "to hire pumps" --amount 20000
    """
    with open_house() as house:
        receipt = act(house, crisis.DECIDE, key, crisis.Expedited(title or text, text, amount))
    told = f"{receipt.facts['decision']}, to be confirmed by {receipt.facts['confirm_by']}."
    done(receipt, told, in_json=in_json)


@team.command("confirm")
def confirm(
    key: Key,
    number: Annotated[str, typer.Argument(help="The number of the decision.")],
    by: Annotated[str, typer.Option("--by", help="The parent's decision.")],
    in_json: Json = False,
) -> None:
    """The parent confirms an expedited decision.

    Example: mandate committee crisis confirm flood-team 2026/01 --by "EC/2026/7"
    """
    with open_house() as house:
        receipt = act(house, crisis.CONFIRM, key, crisis.Confirmed(number, by))
    done(receipt, f"{receipt.facts['decision']} is confirmed.", in_json=in_json)


@team.command("stand-down")
def stand_down(
    key: Key,
    report: Annotated[str, typer.Option("--report", help="What happened, what is left.")],
    lesson: Annotated[
        list[str] | None,
        typer.Option("--lesson", help="A lesson to be followed up; give several times."),
    ] = None,
    in_json: Json = False,
) -> None:
    """Stand the team down: its report is kept, its lessons are actions of the parent.

    Example: mandate committee crisis stand-down flood-team --report "…" --lesson "Buy pumps."
    """
    with open_house() as house:
        receipt = act(house, crisis.STAND_DOWN, key, crisis.StandDown(report, tuple(lesson or ())))
    done(receipt, f"{key} stands down; {len(receipt.facts['lessons'])} lessons.", in_json=in_json)
