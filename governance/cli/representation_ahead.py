"""`mandate representation complete|ranges|acting|scheme`: what could be, and where states stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from governance.cli.counting import day
from governance.cli.representation import NOBODY, BodyName, Facts, Members, On, Schemes, With, seen
from governance.cli.representation_facts import given_from, read_csv
from governance.cli.saying import DONE, REFUSED, Json, as_json, line, table
from governance.clock import WallClock
from governance.refusals import Reason, refuse
from governance.representation.completing import Completion, complete
from governance.representation.members_file import read_members
from governance.representation.ranges import STATUS, Standing
from governance.representation.schemes import in_order, shipped_schemes
from governance.representation.searching import Task
from governance.representation.slates import SECONDS
from governance.representation.staff_file import read_staff, selections
from governance.representation.vacancies import acting_for
from governance.rulebook.bodies.reading import load_body
from governance.rulebook.bodies.times import Succession

UNDECIDED = 3
MOST_CANDIDATES = 600
Candidates = Annotated[
    Path, typer.Argument(metavar="CANDIDATES.csv", help="The same columns; role where it is given.")
]
FreeSeats = Annotated[
    int,
    typer.Option("--seats", metavar="N", min=0, help="How many to choose; 0: as rules say."),
]
Time = Annotated[
    float, typer.Option("--seconds", min=0.1, max=60, help="How long to look for slates.")
]
Base = Annotated[str, typer.Option("--base", metavar="N", help="The base figure: posts in all.")]
RangeBody = Annotated[str, typer.Option("--body", metavar="BODY", help="Whose formula it is.")]


def complete_slate(  # noqa: PLR0913 -- one argument per option of the command line
    *,
    body: BodyName,
    members: Members,
    candidates: Candidates,
    on: On = "",
    seats: FreeSeats = 0,
    fact: Facts = NOBODY,
    with_: With = NOBODY,
    scheme: Schemes = NOBODY,
    seconds: Time = SECONDS,
    in_json: Json = False,
) -> None:
    """Complete a composition: candidates who keep every binding rule, or why there are none.

    Exit status: 0 slates are found, 1 there is none, 2 bad input, 3 the time was not enough.

    Example: mandate representation complete itlos sitting.csv candidates.csv --on 2026-10-01
    """
    law = load_body(body)
    given = given_from(law, fact, with_, scheme, None)
    view = seen(law, read_csv(members), given, on, allow_empty=True)
    coming = read_members(read_csv(candidates), law, what="candidates").members
    if len(coming) > MOST_CANDIDATES:
        raise refuse(
            "{n} candidates are too many to choose from",
            rule="members_file",
            cure="Give at most {most}.",
            reason=Reason.INPUT,
            n=len(coming),
            most=MOST_CANDIDATES,
        )
    found = complete(Task(view, coming, seats or None), seconds)
    if in_json:
        as_json(found.as_plain())
    else:
        say_completion(found, seconds)
    raise typer.Exit({"found": DONE, "none": REFUSED}.get(found.answer, UNDECIDED))


def say_completion(found: Completion, seconds: float) -> None:
    """What came of it, for people."""
    for number, each in enumerate(found.slates, 1):
        line(f"Slate {number}: {each.verdict.overall}")
        rows = [
            (x.name, x.state, x.role, x.chamber) for x in sorted(each.chosen, key=lambda x: x.name)
        ]
        table(("Candidate", "State", "Role", "Chamber"), rows)
        line()
    for clash in found.clashes:
        line(f"There is no slate: {clash.because}.")
        for fact in clash.facts:
            line(f"  {fact}")
    for judged in found.candidacies:
        line(f"Candidacies ({judged.id}): {judged.outcome}, {judged.found.because}")
    for rule, names in sorted(found.barred.items()):
        line(f"Not possible ({rule}): {', '.join(sorted(set(names)))}")
    if found.time_hit:
        line(f"The time limit of {seconds:g} s was hit: there may be better slates, or any at all.")


def ranges(  # noqa: PLR0913 -- one argument per option of the command line
    *,
    staff: Annotated[Path, typer.Argument(metavar="STAFF.csv", help="state,staff and a midpoint.")],
    body: RangeBody = "un_secretariat_geography",
    on: On = "",
    base: Base = "",
    fact: Facts = NOBODY,
    in_json: Json = False,
) -> None:
    """Where each state stands: its midpoint, its range, unrepresented, under, within or over.

    STAFF.csv has state,staff and either midpoint, or contribution and population (with --base);
    or it has one row for each person: name,state.

    Example: mandate representation ranges staff.csv --base 3600
    """
    law = load_body(body)
    facts = given_from(law, fact, NOBODY, NOBODY, None).facts
    when = day(on, "--on") or WallClock().now().date()
    found = read_staff(read_csv(staff), law, when, {**facts, **({"base": base} if base else {})})
    counts = {key: sum(each.status == key for each in found.standings) for key in STATUS}
    target = selections(found)
    if in_json:
        told = {"body": law.body, "date": when.isoformat(), "rounded_midpoints": found.rounded}
        states = [each.as_plain() for each in found.standings]
        as_json({**told, "states": states, "counts": counts, "selections": target})
        return
    table(("State", "Staff", "Midpoint", "Range", "Status"), map(_standing, found.standings))
    line()
    line(", ".join(f"{STATUS[key]}: {n}" for key, n in counts.items()))
    if found.rounded:
        line("Midpoints are given as whole numbers: limits may differ by one from published ones.")
    if target:
        line("Selections: {from_them} of {all}, {needed} wanted: {said}.".format(**target))


def _standing(each: Standing) -> tuple[str, int, str, str, str]:
    plain = each.as_plain()
    limits = f"{each.lower}–{each.upper}"
    return each.state, each.staff, plain["midpoint_exact"], limits, plain["status"]


def acting(
    *,
    body: BodyName,
    members: Members,
    role: Annotated[str, typer.Option(help="The role to be filled for the time being.")] = "",
    on: On = "",
    in_json: Json = False,
) -> None:
    """Who acts in a vacant office, and why.

    Example: mandate representation acting interpol_executive_committee members.csv --on 2008-02-01
    """
    law = load_body(body)
    view = seen(law, read_csv(members), given_from(law, NOBODY, NOBODY, NOBODY, None), on)
    told: list[Mapping[str, Any]] = []
    for rule in law.rules:
        if isinstance(rule, Succession) and role in ("", rule.role):
            first = acting_for(view, rule)
            name, why = (
                (first[0].name, str(first[1])) if first else (None, "nobody is there to act")
            )
            told.append({"rule": rule.id, "role": rule.role, "acts": name, "because": why})
    if in_json:
        as_json(told)
        return
    for each in told:
        line(f"{each['role']}: {each['acts'] or ''} {each['because']} ({each['rule']})")


def groups(
    *,
    scheme: Annotated[str, typer.Argument(metavar="[SCHEME]", help="Empty: list them.")] = "",
    state: Annotated[str, typer.Option("--state", metavar="ISO3", help="One state only.")] = "",
    purpose: Annotated[
        str,
        typer.Option(
            "--purpose", metavar="PURPOSE", help="For which purpose the groups are asked."
        ),
    ] = "elections",
    on: On = "",
    in_json: Json = False,
) -> None:
    """Show the schemes that ship, a scheme's groups on a day, or where one state belongs.

    Example: mandate representation groups un --state TUR --purpose elections
    """
    when = day(on, "--on") or WallClock().now().date()
    schemes = shipped_schemes()
    chosen: Sequence[str] = [scheme] if scheme else list(schemes)
    if scheme and scheme not in schemes:
        raise refuse(
            'there is no scheme "{scheme}"',
            rule="scheme_file",
            cure="Write one of: {known}.",
            reason=Reason.MISSING,
            scheme=scheme,
            known=", ".join(schemes),
        )
    told = {}
    for key in chosen:
        found = schemes[key]
        keys = in_order([each.key for each in found.groups], found)
        told[key] = {x: list(found.states_of(x, purpose, when)) for x in keys}
        if state:
            told[key] = {x: [state] for x in found.groups_of(state.upper(), purpose, when)}
    if in_json:
        as_json(told)
        return
    for key, own in told.items():
        line(f"{key}: {schemes[key].title()}")
        table(("Group", "States"), ((x, f"{len(y)}: {' '.join(y)}") for x, y in own.items()))
