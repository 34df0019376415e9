"""`mandate search`: everything that one may see, by its words."""

from __future__ import annotations

from typing import Annotated

import typer

from governance.cli.committee_acts import at_the_desk
from governance.cli.desk import open_house
from governance.cli.saying import DONE, REFUSED, Json, as_json, line, table
from governance.searching import rebuild, search, tell_found


def search_all(
    words: Annotated[
        list[str] | None, typer.Argument(help="Words, or their beginnings; a number or a name.")
    ] = None,
    kind: Annotated[
        str,
        typer.Option("--kind", help="case, body, meeting, item, decision, minutes, action"),
    ] = "",
    older_than: Annotated[
        int, typer.Option("--older-than", metavar="N", help="Go on from here, as --json says.")
    ] = 0,
    anew: Annotated[
        bool, typer.Option("--rebuild", help="First keep everything anew, as it stands.")
    ] = False,
    in_json: Json = False,
) -> None:
    """Search bodies, meetings, items, decisions, minutes, actions, cases; 1 where nothing is found.

    Example: mandate search budget comité --kind decision
    """
    with open_house() as house:
        if anew:
            count = rebuild(house)
            if not words:
                line(f"{count} things can be searched for.")
                raise typer.Exit(DONE)
        with house.database.reading() as session:
            actor, now = at_the_desk(house), house.clock.now()
            text = " ".join(words or ())
            found = search(session, actor, now, text, kind=kind, older_than=older_than)
            told = tell_found(found)
    if in_json:
        as_json(told)
    elif not found.rows:
        line("Nothing is found.")
    else:
        table(("Kind", "Name", "Title"), [_row(each) for each in told["found"]])
        counts = ", ".join(f"{n} {each}" for each, n in found.counts.items() if n)
        line(f"More than these: {counts}." if found.is_capped else f"Found: {counts}.")
    raise typer.Exit(DONE if found.rows else REFUSED)


def _row(each: dict[str, object]) -> tuple[object, ...]:
    title = each["title"]
    said = title.get("en") or next(iter(title.values()), "") if isinstance(title, dict) else title
    return each["kind"], each["name"], said
