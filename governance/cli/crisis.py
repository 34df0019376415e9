"""`mandate committee crisis`: a team stood up at once, its log, decisions and end."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from governance.acts import perform
from governance.cli import committee_desk, committee_seats  # noqa: F401 -- the same group
from governance.cli.committee_acts import Key, act, at_the_desk, body_in, commands, done
from governance.cli.desk import open_house
from governance.cli.saying import Json, as_json, line, table
from governance.committees import crisis
from governance.committees.finding import committee_named
from governance.committees.messages import log_of, message_for, messages_for, tell_line
from governance.committees.standing_up import STAND_UP, StandingUp, from_template, templates

team = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="A crisis team: stand it up from its file, log, decide, stand down.",
)
commands.add_typer(team, name="crisis")


@team.command("templates")
def list_templates(in_json: Json = False) -> None:
    """List the teams that the rulebook keeps ready, with the offices that sit in them.

    Example: mandate committee crisis templates
    """
    with open_house() as house:
        known = templates(house.settings.rulebook_folder)
    told = [
        {"template": name, "key": body.body, "title": body.title.root,
         "offices": [each.office.removeprefix("office.") for each in body.members]}
        for name, body in known.items()
    ]  # fmt: skip
    if in_json:
        as_json(told)
    else:
        table(
            ("Template", "Key", "Offices"),
            [(e["template"], e["key"], ", ".join(e["offices"])) for e in told],
        )


@team.command("stand-up")
def stand_up(
    path: Annotated[
        str, typer.Argument(metavar="TEMPLATE|TEAM.yaml", help="A template, or the file of a team.")
    ],
    because: Annotated[
        str, typer.Option("--because", help="What has happened; everybody is told.")
    ] = "",
    key: Annotated[str, typer.Option("--key", help="A key of its own, for a template.")] = "",
    title: Annotated[str, typer.Option("--title", help="A title of its own.")] = "",
    in_json: Json = False,
) -> None:
    """Stand up a team: whoever holds an office sits, with their substitute, and is told at once.

    Example: mandate committee crisis stand-up incident --key flood-2026 --because "Flood in Lyon."
    """
    with open_house() as house:
        if path.endswith((".yaml", ".yml")):
            body = body_in(Path(path))
        else:
            body = from_template(house.settings.rulebook_folder, path, key, title)
        given = StandingUp(body, because or "The team is stood up.")
        receipt = perform(house, at_the_desk(house), STAND_UP, None, given)
    assert receipt is not None  # noqa: S101 -- founding always writes
    told = f"{body.body} stands, {receipt.facts['seats']} seats, {receipt.facts['told']} told."
    done(receipt, told, in_json=in_json)


@team.command("log")
def log(
    key: Key,
    text: Annotated[str, typer.Argument(help="The words themselves.")],
    message: Annotated[bool, typer.Option("--message", help="To everybody in the team.")] = False,
    to: Annotated[
        list[str] | None,
        typer.Option("--to", help="A message to this address only; give several times."),
    ] = None,
    in_json: Json = False,
) -> None:
    """Write a line of the situation log, or a message whose readers are noted.

    Example: mandate committee crisis log flood-team "Archive closed at 14:05."
    """
    given = crisis.Logged(text, "message" if message or to else "note", tuple(to or ()))
    with open_house() as house:
        receipt = act(house, crisis.LOG, key, given)
    done(receipt, f"Logged; {receipt.facts['readers']} to read it.", in_json=in_json)


@team.command("show")
def show(key: Key, in_json: Json = False) -> None:
    """Show the situation log, the newest line first, and who has read each message.

    Example: mandate committee crisis show flood-team
    """
    with open_house() as house, house.database.reading() as session:
        body = committee_named(session, key, at_the_desk(house), house.clock.now())
        told = [tell_line(each, body.zone) for each in log_of(session, house.keys, body)]
    if in_json:
        as_json(told)
        return
    for each in told:
        line(f"{each['at']} {each['kind']} {each['by']}: {each['text']}")
        for reader in each["readers"]:
            line(f"    {reader['name']}: {reader['read_at'] or 'not read yet'}")


@team.command("messages")
def messages(in_json: Json = False) -> None:
    """List the messages that were sent to you, unread first.

    Example: mandate committee crisis messages
    """
    with open_house() as house, house.database.reading() as session:
        actor = at_the_desk(house)
        told = []
        for each, body, reading in messages_for(session, actor):
            said, _, _ = message_for(session, house.keys, actor, each.id)
            told.append({"line": each.id, "body": body.key, "text": said.text,
                         "read_at": reading.read_at})  # fmt: skip
    if in_json:
        as_json(told)
    else:
        table(
            ("Line", "Body", "Read", "Text"),
            [(e["line"], e["body"], e["read_at"] or "no", e["text"]) for e in told],
        )


@team.command("read")
def read(
    message: Annotated[str, typer.Argument(metavar="LINE", help="The message.")],
    in_json: Json = False,
) -> None:
    """Say that you have read a message.

    Example: mandate committee crisis read 0123456789abcdef0123456789abcdef
    """
    with open_house() as house:
        actor = at_the_desk(house)
        with house.database.reading() as session:
            _, body, _ = message_for(session, house.keys, actor, message)
        receipt = perform(house, actor, crisis.READ, body.id, crisis.Read(message))
    if receipt is None:
        line("You had read it.")
    else:
        done(receipt, "Noted.", in_json=in_json)


@team.command("decide")
def decide(  # noqa: PLR0913, PLR0917 -- one argument per option
    key: Key,
    text: Annotated[str, typer.Argument(help="The words themselves.")],
    amount: Annotated[int, typer.Option("--amount", help="Held against the cap.")] = 0,
    title: Annotated[str, typer.Option("--title", help="Its title, in a few words.")] = "",
    agreed: Annotated[
        list[str] | None,
        typer.Option("--agreed", help="A seat that agrees; give several times."),
    ] = None,
    in_json: Json = False,
) -> None:
    """Decide under the expedited rules; it lapses unless the parent confirms it in time.

    Example: mandate committee crisis decide flood-team "to hire pumps" --amount 20000
    """
    given = crisis.Expedited(title or text, text, amount, tuple(agreed or ()))
    with open_house() as house:
        receipt = act(house, crisis.DECIDE, key, given)
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
