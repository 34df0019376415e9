"""`mandate record`: verify the chains, show the trail of a case."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from governance.appointments.telling import Plain, tell_record
from governance.cli.desk import actor_of, open_house
from governance.cli.saying import DONE, REFUSED, Json, as_json, line, table
from governance.record.chain import verify
from governance.refusals import Reason, refuse

commands = typer.Typer(
    name="record",
    no_args_is_help=True,
    add_completion=False,
    help="The record: every act as an entry on a chain that shows any change.",
)

Chain = Annotated[
    str, typer.Option("--chain", metavar="NAME", help="Only this chain, such as case:0123...")
]
Reference = Annotated[str, typer.Argument(metavar="REF", help="The case, such as INT-2026-0001.")]


@commands.command("verify")
def verify_record(chain: Chain = "", in_json: Json = False) -> None:
    """Verify every entry of the record, or of one chain.

    Exit status: 0 nothing was changed, 1 something was, and the entry is named.

    Example: mandate record verify
    """
    with open_house() as house, house.database.reading() as session:
        count, faults = verify(session, chain or None)
    if chain and not count:
        raise refuse(
            'there is no chain "{chain}"',
            rule="known_chain",
            cure="See the chains of a case: mandate record show REF --json.",
            reason=Reason.MISSING,
            chain=chain[:80],
        )
    if in_json:
        told = [
            {"chain": each.chain, "seq": each.seq, "row": each.entry, "what": each.what}
            for each in faults
        ]
        as_json({"clean": not faults, "entries": count, "faults": told})
    else:
        for each in faults:
            line(f"{each}.")
        line(f"{count} entries verified: {len(faults) or 'no'} faults.")
    raise typer.Exit(REFUSED if faults else DONE)


@commands.command("show")
def show_record(reference: Reference, in_json: Json = False) -> None:
    """Show the trail of a case: what was done, when, by which authority.

    Example: mandate record show INT-2026-0001
    """
    with open_house() as house:
        entries = tell_record(house, actor_of(house), reference)
    show_entries(entries, in_json=in_json)


def show_entries(entries: list[Plain], *, in_json: bool) -> None:
    """The entries as a table, or as they were hashed."""
    if in_json:
        as_json(entries)
        return
    rows = [
        (each["at"][:19].replace("T", " "), each["kind"], each["authority"], _what(each))
        for each in entries
    ]
    table(("Instant (UTC)", "Act", "Authority", "What"), rows)


def _what(entry: dict[str, Any]) -> str:
    """The few facts that a line has room for."""
    facts = entry["facts"]
    told = [str(facts[key]) for key in ("stage", "to", "position", "need", "task") if key in facts]
    return " → ".join(told)
