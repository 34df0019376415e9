"""`mandate representation vacancies|candidates|years|import-scheme`: ahead, back, and facts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from governance.cli.counting import day
from governance.cli.representation import NOBODY, BodyName, Facts, Members, On, seen
from governance.cli.representation_facts import given_from, read_csv
from governance.cli.saying import Json, as_json, line, table
from governance.representation.ahead import coming, over_time, side_by_side
from governance.representation.members_file import read_members
from governance.representation.scheme_file import Difference, cells_of, difference, read_scheme
from governance.rulebook.bodies.reading import load_body

Until = Annotated[str, typer.Option("--until", metavar="DATE", help="Empty: three years on.")]
By = Annotated[str, typer.Option("--by", metavar="ATTRIBUTE", help="region, sex, a column.")]


def vacancies(
    *, body: BodyName, members: Members, on: On = "", until: Until = "", in_json: Json = False
) -> None:
    """The coming vacancies, and the groups that the seats are owed to.

    Example: mandate representation vacancies itlos members.csv --until 2030-01-01
    """
    law = load_body(body)
    view = seen(law, read_csv(members), given_from(law, NOBODY, NOBODY, NOBODY, None), on)
    last = day(until, "--until") or date(view.on.year + 3, view.on.month, 1)
    found = coming(view, last)
    if in_json:
        as_json([each.as_plain() for each in found])
        return
    rows = [
        (
            each.day.isoformat(),
            ", ".join(f"{x.name} ({x.state})" for x in each.leaving),
            ", ".join(f"{group} {n}" for group, n in each.owed) or "anybody",
        )
        for each in found
    ]
    table(("From", "Vacant after", "Owed to"), rows)


def candidates_beside(  # noqa: PLR0913 -- one argument per option of the command line
    *,
    body: BodyName,
    members: Members,
    candidates: Annotated[Path, typer.Argument(metavar="CANDIDATES.csv", help="One a row.")],
    on: On = "",
    fact: Facts = NOBODY,
    in_json: Json = False,
) -> None:
    """What each candidate would do to the composition, side by side.

    Example: mandate representation candidates itlos sitting.csv shortlist.csv
    """
    law = load_body(body)
    given = given_from(law, fact, NOBODY, NOBODY, None)
    view = seen(law, read_csv(members), given, on, allow_empty=True)
    coming_ = read_members(read_csv(candidates), law, what="candidates").members
    found = side_by_side(view, coming_)
    if in_json:
        as_json([each.as_plain() for each in found])
        return
    rows = [
        (
            x.candidate.name,
            x.candidate.state,
            x.verdict.overall,
            ", ".join(x.breaks) or "-",
            ", ".join(x.mends) or "-",
        )
        for x in found
    ]
    table(("Candidate", "State", "Verdict with them", "Breaks", "Mends"), rows)


def years(
    *, body: BodyName, members: Members, by: By = "region", on: On = "", in_json: Json = False
) -> None:
    """How the composition stood on each first of January, from the dates of the terms.

    Example: mandate representation years itlos members.csv --by sex
    """
    law = load_body(body)
    text = read_csv(members)
    view = seen(law, text, given_from(law, NOBODY, NOBODY, NOBODY, None), on, allow_empty=True)
    found = over_time(view, read_members(text, law).members, by)
    if in_json:
        as_json([{"year": x.year, "members": x.members, "counts": x.counts} for x in found])
        return
    columns = list(dict.fromkeys(key for each in found for key in each.counts))
    rows = [(x.year, x.members, *(x.counts.get(key, 0) for key in columns)) for x in found]
    table(("Year", "Members", *columns), rows)


def import_scheme(
    *,
    scheme: Annotated[str, typer.Argument(metavar="SCHEME", help="un, itu, interpol, or new.")],
    file: Annotated[Path, typer.Argument(metavar="TABLE.csv", help="state,group,purpose,...")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what it would change, and set nothing.")
    ] = False,
    in_json: Json = False,
) -> None:
    """Set a table of groups for this installation, in the place of the shipped one.

    It is an act on the record; pages and API use the table from then on.

    Example: mandate representation import-scheme interpol regions.csv --dry-run
    """
    from governance.access.actor import operator  # noqa: PLC0415 -- the others need no database
    from governance.acts import perform  # noqa: PLC0415
    from governance.cli.desk import open_house  # noqa: PLC0415
    from governance.representation.reviews.acts import SET_SCHEME, SetScheme  # noqa: PLC0415
    from governance.representation.reviews.queries import schemes_here  # noqa: PLC0415

    given = SetScheme(scheme, read_csv(file))
    with open_house() as house:
        if dry_run:
            with house.database.reading() as session:
                before = schemes_here(session).get(scheme)
            _say_difference(difference(before, read_scheme(scheme, given.table)), in_json=in_json)
            return
        receipt = perform(house, operator(), SET_SCHEME, None, given)
    facts = receipt.facts if receipt is not None else {}
    if in_json:
        as_json(facts)
        return
    line(f"{scheme}: {facts['states']} lines in {len(facts['groups'])} groups, from now on.")


def _say_difference(told: Difference, *, in_json: bool) -> None:
    if in_json:
        as_json(told.as_plain())
        return
    for sign, lines in (("+", told.added), ("-", told.removed)):
        for each in lines:
            line(f"{sign} {','.join(cells_of(each).values()).rstrip(',')}")
    line(f"{len(told.added)} lines come, {len(told.removed)} go, {told.stay} stay. Nothing is set.")
