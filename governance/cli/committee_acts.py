"""`mandate committee`: bodies of this installation, as rows."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from governance.access.actor import Actor, operator
from governance.access.signing import who
from governance.acts import Receipt, Verb, perform
from governance.cli import committee as offline
from governance.cli.desk import TOKEN, VIA, kept, open_house
from governance.cli.saying import Json, as_json, line, table, words
from governance.committees import mandates, seats
from governance.committees.finding import committee_named
from governance.committees.founding import FOUND, Founding
from governance.committees.law import law_of, plain
from governance.committees.queries import bodies
from governance.committees.telling import tell_committee
from governance.house import House
from governance.refusals import Reason, Refused
from governance.rulebook.linting.proceedings import read_body
from governance.rulebook.proceedings.body import Body

commands = offline.commands
Key = Annotated[str, typer.Argument(metavar="BODY", help="The key of the body.")]
Seat = Annotated[str, typer.Argument(metavar="SEAT", help="The key of the seat.")]
Day = typer.Option(formats=["%Y-%m-%d"], help="A day, such as 2026-03-12.")
Since = Annotated[datetime | None, Day]
Because = Annotated[str, typer.Option("--because", help="Why, in one line.")]
BodyPath = Annotated[Path, typer.Argument(metavar="BODY.yaml", help="The file of the body.")]


def at_the_desk(house: House) -> Actor:
    """Whoever is signed in here; nobody: the operator, as whom the record names the act."""
    import os  # noqa: PLC0415 -- only the one variable

    token = os.environ.get(TOKEN) or kept(house.settings).get("token", "")
    return (who(house, token, VIA) if token else None) or operator()


def body_in(path: Path) -> Body:
    """The body of a file, without a fault. Raises Refused with all of them."""
    draft = read_body(path)
    faults = [each for each in draft.findings if each.blocks]
    if faults or draft.body is None:
        raise Refused(faults, Reason.INPUT)
    return draft.body


def act(house: House, verb: Verb[Any, Any], key: str, given: Any) -> Receipt:
    """Act on a body by its key."""
    actor = at_the_desk(house)
    with house.database.reading() as session:
        subject = committee_named(session, key, actor, house.clock.now()).id
    receipt = perform(house, actor, verb, subject, given)
    assert receipt is not None  # noqa: S101 -- acts of people always write
    return receipt


def done(receipt: Receipt, told: str, *, in_json: bool) -> None:
    """What was done, for people or machines."""
    if in_json:
        as_json({"act": receipt.kind, "entry": receipt.entry, "facts": receipt.facts})
    else:
        line(told)


def day_of(given: datetime | None) -> date | None:
    """The day that an option gave."""
    return given.date() if given else None


@commands.command("create")
def create(
    path: BodyPath,
    as_idea: Annotated[
        bool, typer.Option(help="Not established yet: an idea to be proposed.")
    ] = False,
    in_json: Json = False,
) -> None:
    """Create a body from its file: seats, people, officers, rules, mandate.

    Example: mandate committee create standards.yaml
    """
    body = body_in(path)
    with open_house() as house:
        receipt = perform(house, at_the_desk(house), FOUND, None, Founding(body, not as_idea))
    assert receipt is not None  # noqa: S101 -- founding always writes
    done(receipt, f"{body.body}: {len(body.members)} seats.", in_json=in_json)


@commands.command("list")
def list_bodies(in_json: Json = False) -> None:
    """List the bodies that you may see.

    Example: mandate committee list
    """
    with open_house() as house, house.database.reading() as session:
        actor, now = at_the_desk(house), house.clock.now()
        rows = bodies(session, actor, now)
        told: list[dict[str, Any]] = [
            {"key": e.key, "title": e.title, "state": e.state, "sunset_on": e.sunset_on}
            for e in rows
        ]
    if in_json:
        as_json(told)
    else:
        table(
            ("Body", "Title", "State", "Until"),
            [(e["key"], words(e["title"]), e["state"], e["sunset_on"]) for e in told],
        )


@commands.command("show")
def show(key: Key, in_json: Json = False) -> None:
    """Show a body: seats, rights to vote, officers, mandate, meetings, what is open.

    Example: mandate committee show standards-committee
    """
    with open_house() as house, house.database.reading() as session:
        now = house.clock.now()
        told = tell_committee(session, committee_named(session, key, at_the_desk(house), now), now)
    if in_json:
        as_json(told)
        return
    line(f"{words(told['title'])} ({told['key']}): {told['state']}, {told['zone']}")
    table(
        ("Seat", "Name", "Capacity", "Vote", "Because"),
        [
            (
                e["seat"],
                e["name"],
                e["capacity"],
                "yes" if e["voting_right"] else "no",
                e["because"],
            )
            for e in told["members"]
        ],
    )
    for each in told["officers"]:
        line(f"{each['office']}: {each['name']}")
    for each in told["meetings"]:
        line(f"{each['reference']}: {each['starts']}, {each['state']}")


@offline.rules.command("show")
def show_rules(key: Key, in_json: Json = False) -> None:
    """Show the rules of procedure that a body is under, its parents' included.

    Example: mandate committee rules show standards-committee --json
    """
    with open_house() as house, house.database.reading() as session:
        found = committee_named(session, key, at_the_desk(house), house.clock.now())
        rules = plain(law_of(session, found))
        told = {"version": found.rules_version, "rules": rules}
    if in_json:
        as_json(told)
        return
    for name, rulings in rules.items():
        for each in rulings:
            article = each["article"].get("cites") or each["article"].get("own")
            line(f"{name}: {each['value']} ({article})")


@offline.rules.command("load")
def load_rules(key: Key, path: BodyPath, because: Because = "", in_json: Json = False) -> None:
    """Put the rules of a file in force; meetings that are convened keep theirs.

    Example: mandate committee rules load standards-committee standards.yaml
    """
    given = mandates.NewRules(body_in(path).rules, because)
    with open_house() as house:
        receipt = act(house, mandates.CHANGE_RULES, key, given)
    done(receipt, f"Rules of {key}: version {receipt.facts['to'][:12]}.", in_json=in_json)


@commands.command("seat")
def seat_somebody(  # noqa: PLR0913, PLR0917 -- one argument per option
    key: Key,
    seat: Seat,
    name: Annotated[str, typer.Option("--name", help="The full name.")],
    email: Annotated[str, typer.Option("--email", help="The mail address.")] = "",
    since: Since = None,
    until: Since = None,
    role: Annotated[str, typer.Option("--role", help="holder, alternate or adviser")] = "holder",
    capacity: Annotated[
        str, typer.Option("--capacity", help="member, observer, adviser or guest.")
    ] = "member",
    in_json: Json = False,
) -> None:
    """Seat somebody; whoever held the seat holds it until then.

    Example: mandate committee seat standards-committee acme --name "Jane Smith"
    """
    given = seats.Seating(
        seat=seat, name=name, email=email, role=role, capacity=capacity,
        since=day_of(since), until=day_of(until),
    )  # fmt: skip
    with open_house() as house:
        receipt = act(house, seats.SEAT, key, given)
    done(receipt, f"{name} sits on {receipt.facts['seat']}.", in_json=in_json)


@commands.command("unseat")
def unseat(  # noqa: PLR0913, PLR0917 -- one argument per option
    key: Key,
    seat: Seat,
    how: Annotated[
        str, typer.Option("--how", help="resign, end_term, remove, lose_office")
    ] = "resign",
    on: Since = None,
    because: Because = "",
    in_json: Json = False,
) -> None:
    """The holder of a seat goes, at the end of a day or now.

    Example: mandate committee unseat standards-committee acme --how resign --on 2026-05-31
    """
    with open_house() as house:
        receipt = act(house, seats.UNSEAT, key, seats.Leaving(seat, how, day_of(on), because))
    done(receipt, f"{receipt.facts['seat']}: until {receipt.facts['until']}.", in_json=in_json)


@commands.command("leave")
def leave(  # noqa: PLR0913, PLR0917 -- one argument per option
    key: Key,
    seat: Seat,
    since: Annotated[datetime, Day],
    until: Since = None,
    because: Because = "",
    in_json: Json = False,
) -> None:
    """Enter a leave of absence, from a day to a day, both included.

    Example: mandate committee leave standards-committee acme --since 2026-02-01
    """
    given = seats.LeaveOf(seat, since.date(), day_of(until), because)
    with open_house() as house:
        receipt = act(house, seats.GRANT_LEAVE, key, given)
    done(receipt, f"{receipt.facts['seat']} is on leave.", in_json=in_json)


@commands.command("right")
def right(  # noqa: PLR0913, PLR0917 -- one argument per option
    key: Key,
    seat: Seat,
    has: Annotated[
        bool,
        typer.Option("--has/--lost", help="Whether the seat has its right to vote from now on."),
    ] = True,
    since: Since = None,
    because: Because = "",
    in_json: Json = False,
) -> None:
    """Enter a voting right lost or regained, with its reason.

    Example: mandate committee right standards-committee acme --lost --because "two missed"
    """
    with open_house() as house:
        receipt = act(
            house, seats.CHANGE_RIGHT, key, seats.RightOf(seat, has, day_of(since), because)
        )
    done(receipt, f"{receipt.facts['seat']}: {'may' if has else 'may not'} vote.", in_json=in_json)


@commands.command("go-on")
def go_on(
    key: Key,
    event: Annotated[str, typer.Argument(help="propose, review, fall_dormant, wake, recharter, …")],
    because: Because = "",
    replaced_by: Annotated[str, typer.Option("--by", help="For replace: the other body.")] = "",
    in_json: Json = False,
) -> None:
    """Take a step in the life of a body, as its lifecycle allows.

    Example: mandate committee go-on standards-committee recharter
    """
    with open_house() as house:
        receipt = act(house, mandates.GO_ON, key, mandates.Going(event, because, replaced_by))
    done(receipt, f"{key}: {receipt.facts['to']}.", in_json=in_json)


@commands.command("mandate")
def mandate(  # noqa: PLR0913, PLR0917 -- one argument per option
    key: Key,
    text: Annotated[str, typer.Option("--text", help="A new text, in English.")] = "",
    sunset: Since = None,
    approve: Annotated[int, typer.Option("--approve", help="The version to approve.")] = 0,
    by: Annotated[str, typer.Option("--by", help="The parent's decision.")] = "",
    in_json: Json = False,
) -> None:
    """Propose a new mandate, or approve one by a decision of the parent.

    Example: mandate committee mandate standards-committee --approve 2 --by "A/Res/81/4"
    """
    with open_house() as house:
        if approve:
            receipt = act(house, mandates.APPROVE, key, mandates.Approved(approve, by))
        else:
            given = mandates.Proposed({"en": text}, day_of(sunset))
            receipt = act(house, mandates.PROPOSE, key, given)
    done(receipt, f"Version {receipt.facts['version']}.", in_json=in_json)
