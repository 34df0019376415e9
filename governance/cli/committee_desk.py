"""`mandate committee desk`: what waits in all bodies, the nearest instant first."""

from __future__ import annotations

from governance.cli.committee_acts import at_the_desk, commands
from governance.cli.desk import open_house
from governance.cli.saying import Json, as_json, line, table
from governance.committees.home import desk_of, tell_desk


@commands.command("desk")
def desk(in_json: Json = False) -> None:
    """What waits for you, for others and for the clock, in all bodies that you may see.

    Example: mandate committee desk
    """
    with open_house() as house, house.database.reading() as session:
        told = tell_desk(desk_of(session, at_the_desk(house), house.clock.now()))
    if in_json:
        as_json(told)
        return
    for key, title in (("me", "For you"), ("others", "For others"), ("clocks", "Running")):
        if told[key]:
            line(title)
            table(
                ("Body", "What", "Act", "Until"),
                [(e["body"], e["what"], e["act"], e["due_at"]) for e in told[key]],
            )
    if not any(told[key] for key in ("me", "others", "clocks")):
        line("Nothing waits.")
