"""`mandate appointment board|quality`: what an HR officer sees at one glance."""

from __future__ import annotations

from typing import Annotated

import typer

from governance.appointments.board.process import tell_quality
from governance.appointments.board.queries import tell_board
from governance.cli.appointment import Reference, commands
from governance.cli.desk import actor_of, open_house
from governance.cli.saying import Json, as_json, line, table

OfCase = Annotated[str, typer.Argument(metavar="[REF]", help="A case; empty: all of them.")]
Column = Annotated[
    str, typer.Option("--column", help="examined, eligible, vetted, cleared, shortlisted, …")
]
After = Annotated[str, typer.Option("--after", help="The next page, as the last one says.")]


@commands.command("board")
def board(
    reference: OfCase = "", column: Column = "", after: After = "", in_json: Json = False
) -> None:
    """Show the candidates of a case, or of all cases, by stage: who waits for whom, what is due.

    For example:

    mandate appointment board INT-2026-0001

    mandate appointment board --column vetted --json
    """
    with open_house() as house:
        told = tell_board(house, actor_of(house), reference, column, after)
    if in_json:
        as_json(told)
        return
    line(", ".join(f"{key} {count}" for key, count in told["counts"].items()) + ".")
    rows = [
        (
            each["name"],
            each["nationality"],
            each["case"],
            each["state"].replace("_", " "),
            each["checks_open"] or "",
            (each["waits_for"] or "").replace("_", " "),
            (each["due_at"] or "")[:16].replace("T", " "),
        )
        for each in told["candidates"]
    ]
    if rows:
        columns = ("Candidate", "From", "Case", "State", "Open checks", "Waits for", "Due (UTC)")
        table(columns, rows)
    else:
        line("Nobody is here.")
    if told["after"]:
        line(f"The next page: --column {told['column']} --after {told['after']}")


@commands.command("quality")
def quality(reference: Reference, in_json: Json = False) -> None:
    """Show the quality of a competition's process: each question green, amber or red, with article.

    Example: mandate appointment quality INT-2026-0001
    """
    with open_house() as house:
        told = tell_quality(house, actor_of(house), reference)
    if in_json:
        as_json(told)
        return
    table(
        ("", "Question", "Because", "Article"),
        [
            (each["light"], each["question"].replace("_", " "), each["because"], each["article"])
            for each in told["questions"]
        ],
    )
