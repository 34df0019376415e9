"""`mandate meeting mark`, `proxy`, `recuse`, `reply`, `forecast`: who is there, and for whom."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from governance.cli.committee_acts import at_the_desk
from governance.cli.desk import open_house
from governance.cli.meeting_acts import Ref, commands, run
from governance.cli.saying import DONE, REFUSED, Json, as_json, lines
from governance.committees.finding import meeting_named
from governance.committees.meeting import expecting, holding


@commands.command("mark")
def mark(  # noqa: PLR0913, PLR0917 -- one argument per option
    reference: Ref,
    seat: Annotated[str, typer.Argument(help="The key of the seat; empty for a guest.")],
    status: Annotated[str, typer.Argument(help="present, left, absent, apologies, leave")],
    name: Annotated[str, typer.Option("--name", help="Of a guest.")] = "",
    capacity: Annotated[
        str, typer.Option("--capacity", help="member, observer, adviser or guest.")
    ] = "guest",
    remote: Annotated[bool, typer.Option(help="Takes part from elsewhere.")] = False,
    at: Annotated[
        datetime | None,
        typer.Option("--at", help="At which time, such as 10:05; now where it is left out."),
    ] = None,
    in_json: Json = False,
) -> None:
    """Somebody comes or goes; the quorum is counted anew.

    Example: mandate meeting mark standards-committee-1 acme left
    """
    given = holding.Marked(seat, name, status, capacity, "remote" if remote else "room", at)
    run(holding.MARK, reference, given, in_json=in_json, says="{quorum}")


@commands.command("proxy")
def proxy(
    reference: Ref,
    giver: Annotated[str, typer.Argument(help="The seat that gives its proxy.")],
    holder: Annotated[str, typer.Argument(help="Empty takes it back.")] = "",
    in_json: Json = False,
) -> None:
    """A seat gives its proxy to another, or takes it back.

    Example: mandate meeting proxy standards-committee-1 acme globex
    """
    run(holding.REPRESENT, reference, holding.Represented(giver, holder), in_json=in_json,
        says="{giver} is represented by {holder}.")  # fmt: skip


@commands.command("recuse")
def recuse(
    reference: Ref,
    item: Annotated[str, typer.Argument(help="The item of the agenda, by number or identifier.")],
    seat: Annotated[str, typer.Argument(help="The seat, by its key.")],
    leaves: Annotated[bool, typer.Option(help="Leaves the room for the item.")] = False,
    in_json: Json = False,
) -> None:
    """A seat takes no part in an item.

    Example: mandate meeting recuse standards-committee-1 3 acme
    """
    given = holding.Recused(item, seat, leaves_room=leaves)
    run(holding.RECUSE, reference, given, in_json=in_json, says="{seat} is recused.")


@commands.command("reply")
def reply(
    reference: Ref,
    coming: Annotated[bool, typer.Option("--yes/--no", help="Whether the seat will be there.")],
    seat: Annotated[
        str, typer.Option("--seat", help="The seat, by its key; your own where it is left out.")
    ] = "",
    in_json: Json = False,
) -> None:
    """Say whether a seat will be there; the quorum to be expected follows from it.

    Example: mandate meeting reply standards-committee-1 --no --seat acme
    """
    run(expecting.REPLY, reference, expecting.Reply(coming, seat), in_json=in_json,
        says="It is noted.")  # fmt: skip


@commands.command("forecast")
def forecast(reference: Ref, in_json: Json = False) -> None:
    """The quorum to be expected from replies, proxies and leave; 1 where it is in doubt.

    Example: mandate meeting forecast standards-committee-1
    """
    with open_house() as house, house.database.reading() as session:
        meeting = meeting_named(session, reference, at_the_desk(house), house.clock.now())
        found = expecting.expected(session, meeting)
    if in_json:
        as_json(found.as_json())
    else:
        lines(found.working)
    raise typer.Exit(REFUSED if found.in_doubt else DONE)
