"""`mandate action`, `mandate decision`, `mandate committee desk`: what follows from meetings."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer
from sqlmodel import Session

from governance.acts import perform
from governance.cli.committee_acts import Because, Key, act, at_the_desk, done
from governance.cli.desk import open_house
from governance.cli.saying import Json, as_json, line, table
from governance.committees.after import actions, decisions
from governance.committees.after.telling import (
    action_named,
    decision_named,
    show_action,
    show_decision,
    tell_actions,
    tell_decisions,
)
from governance.people.queries import by_email
from governance.refusals import Reason, refuse

action = typer.Typer(
    name="action",
    no_args_is_help=True,
    add_completion=False,
    help="Actions across meetings and bodies: opened, done, verified, extended.",
)
decision = typer.Typer(
    name="decision",
    no_args_is_help=True,
    add_completion=False,
    help="The register of decisions: in force, superseded, rescinded, expired.",
)
Body = Annotated[str, typer.Option("--body", metavar="BODY", help="Only of this body.")]
Number = Annotated[int, typer.Argument(metavar="NUMBER", help="Its number in the body.")]
Until = Annotated[
    datetime | None, typer.Option("--due", formats=["%Y-%m-%d"], help="Until which day.")
]
Owner = Annotated[str, typer.Option("--owner", help="An address of somebody here, or a name.")]
State = Annotated[str, typer.Option("--state", help="Only in this state.")]


@action.callback()
def all_actions() -> None:
    """Actions across meetings and bodies: opened, done, verified, extended."""


@action.command("open")
def open_action(  # noqa: PLR0913, PLR0917 -- one argument per option
    key: Key,
    text: Annotated[str, typer.Argument(help="What is to be done, in one line.")],
    owner: Owner = "",
    due: Until = None,
    by: Annotated[str, typer.Option("--decision", help="The decision that it carries out.")] = "",
    in_json: Json = False,
) -> None:
    """Note an action: what, who, until when.

    Example: mandate action open standards-committee "Publish the draft" --due 2026-06-30
    """
    with open_house() as house:
        with house.database.reading() as session:
            person = owner_of(session, owner)
        given = actions.NewAction(
            text, person, "" if person else owner, due.date() if due else None, by
        )
        receipt = act(house, actions.OPEN, key, given)
    done(receipt, f"Action {receipt.facts['number']} of {key}.", in_json=in_json)


def owner_of(session: Session, owner: str) -> str:
    """The person of an address; empty for a name. Raises Refused where nobody has the address."""
    if "@" not in owner:
        return ""
    found = by_email(session, owner.strip().lower())
    if found is None:
        raise refuse(
            'nobody here has the address "{address}"',
            rule="known_person",
            cure="Register them, or give a name.",
            where="owner",
            reason=Reason.MISSING,
            address=owner[:200],
        )
    return found.id


@action.command("list")
def list_actions(
    body: Body = "",
    state: State = "",
    mine: Annotated[bool, typer.Option("--mine", help="Only those that are yours.")] = False,
    ended: Annotated[bool, typer.Option("--all", help="Ended ones too.")] = False,
    in_json: Json = False,
) -> None:
    """List the actions that you may see, the next day first.

    Example: mandate action list --body standards-committee
    """
    with open_house() as house, house.database.reading() as session:
        found = tell_actions(
            session, at_the_desk(house), house.clock.now(),
            body=body, state=state, mine=mine, ended=ended,
        )  # fmt: skip
    if in_json:
        as_json(found)
    elif found:
        table(
            ("Body", "No.", "Action", "Owner", "Until", "State"),
            [tuple(each[name] for name in ACTION_COLUMNS) for each in found],
        )
    else:
        line("No actions.")


ACTION_COLUMNS = ("body", "number", "text", "owner", "due_on", "state")


@action.command("show")
def show_one_action(key: Key, number: Number, in_json: Json = False) -> None:
    """Show an action: its days, its progress, and the steps that it can take.

    Example: mandate action show standards-committee 3
    """
    with open_house() as house, house.database.reading() as session:
        actor, now = at_the_desk(house), house.clock.now()
        found = show_action(
            session, actor, now, action_named(session, actor, now, key, str(number))
        )
    if in_json:
        as_json(found)
        return
    line(f"{key} {number}: {found['text']}")
    owner, until = found["owner"] or "nobody", found["due_on"] or "no day"
    line(f"{owner}, until {until}, {found['state'].replace('_', ' ')}")
    if found["extensions"]:
        line(f"First until {found['first_due_on']}; extended: {found['extensions']}.")
    if found["progress"]:
        line(found["progress"])
    line(f"Steps: {', '.join(found['steps']) or 'none'}")


@action.command("step")
def step_action(  # noqa: PLR0913, PLR0917 -- one argument per option
    key: Key,
    number: Number,
    event: Annotated[str, typer.Argument(help="accept, start, report, verify, extend, …")],
    note: Annotated[str, typer.Option("--note", help="A word on it.")] = "",
    due: Until = None,
    owner: Annotated[str, typer.Option("--owner", help="The next owner's address.")] = "",
    in_json: Json = False,
) -> None:
    """Take a step with an action.

    Example: mandate action step standards-committee 3 extend --due 2026-09-30 --note "illness"
    """
    with open_house() as house:
        actor, now = at_the_desk(house), house.clock.now()
        with house.database.reading() as session:
            subject = action_named(session, actor, now, key, str(number)).id
            person = owner_of(session, owner)
        given = actions.Step(event, note, due.date() if due else None, person)
        receipt = perform(house, actor, actions.STEP, subject, given)
    assert receipt is not None  # noqa: S101 -- acts of people always write
    done(receipt, f"Action {number}: {receipt.facts['to']}.", in_json=in_json)


@decision.callback()
def all_decisions() -> None:
    """The register of decisions: in force, superseded, rescinded, expired."""


@decision.command("list")
def list_decisions(
    body: Body = "",
    state: State = "",
    search: Annotated[str, typer.Option("--search", help="In numbers, titles and texts.")] = "",
    older_than: Annotated[
        str,
        typer.Option(
            "--older-than", metavar="ID", help="Only decisions before this one, by identifier."
        ),
    ] = "",
    in_json: Json = False,
) -> None:
    """List the register, the newest first, fifty at a time.

    Example: mandate decision list --body standards-committee --state in_force
    """
    with open_house() as house, house.database.reading() as session:
        found = tell_decisions(
            session, at_the_desk(house), house.clock.now(),
            body=body, state=state, search=search, older_than=older_than,
        )  # fmt: skip
    if in_json:
        as_json(found)
    elif found:
        table(
            ("Body", "Number", "Title", "State", "In force from"),
            [tuple(each[name] for name in DECISION_COLUMNS) for each in found],
        )
    else:
        line("No decisions.")


DECISION_COLUMNS = ("body", "number", "title", "state", "effective_on")
Name = Annotated[str, typer.Argument(metavar="NUMBER", help="Its number or another name of it.")]


@decision.command("show")
def show_one_decision(name: Name, body: Body = "", in_json: Json = False) -> None:
    """Show a decision: its text, the rule and the votes, the actions that carry it out.

    Example: mandate decision show 2026/07 --body standards-committee
    """
    with open_house() as house, house.database.reading() as session:
        actor, now = at_the_desk(house), house.clock.now()
        found = show_decision(session, actor, now, decision_named(session, actor, now, name, body))
    if in_json:
        as_json(found)
        return
    line(f"{found['number']} ({found['body']}), {found['state'].replace('_', ' ')}")
    line(found["title"])
    line(found["text"])
    if found["superseded_by"]:
        line(f"Superseded by {found['superseded_by']}.")
    for each in found["actions"]:
        line(f"Action {each['number']}: {each['text']} ({each['state']})")


@decision.command("go-on")
def go_on(  # noqa: PLR0913, PLR0917 -- one argument per option
    name: Name,
    event: Annotated[
        str, typer.Argument(help="communicate, come_into_force, supersede, rescind, annul")
    ],
    because: Because = "",
    newer: Annotated[str, typer.Option("--newer", help="The decision that ends it.")] = "",
    body: Body = "",
    in_json: Json = False,
) -> None:
    """Communicate a decision, or end it: never edited, never without its reason.

    Example: mandate decision go-on 2026/07 rescind --because "ruled out" --newer 2026/09
    """
    with open_house() as house:
        actor, now = at_the_desk(house), house.clock.now()
        with house.database.reading() as session:
            subject = decision_named(session, actor, now, name, body).id
        receipt = perform(
            house, actor, decisions.GO_ON, subject, decisions.Ended(event, because, newer)
        )
    assert receipt is not None  # noqa: S101 -- acts of people always write
    done(receipt, f"{name}: {receipt.facts['to'].replace('_', ' ')}.", in_json=in_json)
