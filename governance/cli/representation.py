"""`mandate representation`: judge a composition, compare two, complete one. Needs no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from governance.cli.counting import day
from governance.cli.representation_facts import Given, given_from, read_csv
from governance.cli.saying import DONE, REFUSED, Json, as_json, line, table
from governance.clock import WallClock
from governance.refusals import Reason, Verdict, refuse
from governance.representation.comparing import compared
from governance.representation.composition import Composition
from governance.representation.judge import verdict
from governance.representation.members_file import read_members
from governance.representation.verdict import CompositionVerdict, Overall, RuleVerdict
from governance.representation.view import View, at
from governance.rulebook.bodies.body import Body
from governance.rulebook.bodies.export import body_schema
from governance.rulebook.bodies.reading import check_body, find, load_body, shipped_keys

commands = typer.Typer(
    name="representation",
    no_args_is_help=True,
    add_completion=False,
    help="Who may sit with whom: judge a composition by its body's rules, and complete it.",
)

UNDETERMINED = 3
STATUS = {
    Overall.VALID: DONE,
    Overall.BY_EXCEPTION: DONE,
    Overall.INVALID: REFUSED,
    Overall.UNDETERMINED: UNDETERMINED,
}
MARKS = {
    Verdict.PASS: "ok",
    Verdict.FAIL: "FAILS",
    Verdict.EXCEPTION: "exception",
    Verdict.UNDETERMINED: "unknown",
    Verdict.ADVISORY: "note",
}

BodyName = Annotated[
    str, typer.Argument(metavar="BODY", help="A body that ships, or a file or folder with one.")
]
Members = Annotated[
    Path, typer.Argument(metavar="MEMBERS.csv", help="name,state and what the rules ask for.")
]
On = Annotated[str, typer.Option("--on", metavar="DATE", help="The day; empty: today.")]
Facts = Annotated[
    list[str], typer.Option("--fact", metavar="KEY=VALUE", help="A fact that a rule speaks of.")
]
With = Annotated[
    list[str],
    typer.Option("--with", metavar="BODY=FILE", help="Members of another body that a rule names."),
]
Before = Annotated[
    Path | None, typer.Option("--before", metavar="FILE", help="The composition before this one.")
]
Schemes = Annotated[
    list[str],
    typer.Option("--scheme", metavar="KEY=FILE", help="A table of groups of your own, as CSV."),
]
NOBODY: list[str] = []


@commands.command("check")
def check(  # noqa: PLR0913 -- one argument per option of the command line
    *,
    body: BodyName,
    members: Members,
    on: On = "",
    fact: Facts = NOBODY,
    with_: With = NOBODY,
    before: Before = None,
    scheme: Schemes = NOBODY,
    in_json: Json = False,
) -> None:
    """Judge a composition: what each rule says, with its article, the people, and the cure.

    Exit status: 0 valid, also by exception; 1 invalid; 2 the input is not understood; 3 a fact
    is missing.

    Example: mandate representation check interpol_executive_committee members.csv --on 2026-11-28
    """
    law = load_body(body)
    given = given_from(law, fact, with_, scheme, before)
    found = verdict(seen(law, read_csv(members), given, on))
    if in_json:
        as_json(found.as_plain())
    else:
        say_verdict(found)
    raise typer.Exit(STATUS[found.overall])


def seen(law: Body, text: str, given: Given, on: str, *, allow_empty: bool = False) -> View:
    """The view of a file of members on a day. Refused where nobody sits on that day."""
    composition = read_members(text, law)
    when = day(on, "--on") or WallClock().now().date()
    view = at(
        law,
        composition,
        when,
        facts=given.facts,
        others=given.others,
        before=given.before,
        overlay=given.schemes,
    )
    if composition.members and not view.members and not allow_empty:
        raise refuse(
            "nobody of the {n} in the file sits on {day}",
            rule="members_file",
            cure="Give the day with --on; the terms run from {first} to {last}.",
            reason=Reason.INPUT,
            n=len(composition.members),
            day=when.isoformat(),
            first=min((x.term_start for x in composition.members if x.term_start), default="?"),
            last=max((x.last_day for x in composition.members if x.last_day), default="?"),
        )
    return view


def say_verdict(found: CompositionVerdict) -> None:
    """The verdict for people."""
    line(f"{found.title}, {found.on.isoformat()}, {found.members} members: {found.overall}")
    line()
    table(("Rule", "", "Why", "Article"), map(_row, found.rules))
    cures = [each for each in found.rules if each.cure.sentence and str(each.cure.sentence)]
    if cures:
        line()
    for each in cures:
        line(f"{each.id}: {each.cure.sentence}")
    if found.not_judged:
        line()
        line(f"Not judged, the file says nothing of it: {', '.join(found.not_judged)}.")


def _row(each: RuleVerdict) -> tuple[str, str, str, str]:
    because = str(each.found.because)
    excused = f" (excused by {each.clause})" if each.clause else ""
    return each.id, MARKS[each.outcome], because + excused, each.article


@commands.command("compare")
def compare(  # noqa: PLR0913 -- one argument per option of the command line
    *,
    body: BodyName,
    before: Annotated[Path, typer.Argument(metavar="BEFORE.csv", help="The one before.")],
    after: Annotated[Path, typer.Argument(metavar="AFTER.csv", help="The one after.")],
    on: On = "",
    fact: Facts = NOBODY,
    with_: With = NOBODY,
    scheme: Schemes = NOBODY,
    in_json: Json = False,
) -> None:
    """Compare two compositions: who left, who came, and what became of each rule.

    The exit status is that of the second one, as of `check`.

    Example: mandate representation compare itlos before.csv after.csv
    """
    law = load_body(body)
    given = given_from(law, fact, with_, scheme, None)
    first = read_members(read_csv(before), law)
    when = day(on, "--on") or WallClock().now().date()
    there = at(law, first, when, facts=given.facts, others=given.others, overlay=given.schemes)
    was = verdict(there if there.members else there.with_members(first.members), cures=False)
    given = given.after(first.members)
    view = seen(law, read_csv(after), given, on)
    found = verdict(view)
    told = compared(first, Composition(view.members), was, found)
    if in_json:
        as_json(told)
    else:
        say_comparison(told, found)
    raise typer.Exit(STATUS[found.overall])


def say_comparison(told: Mapping[str, Any], found: CompositionVerdict) -> None:
    """A comparison for people."""
    line(f"{found.title}: {told['verdict_before']} before, {told['verdict']} after")
    line(
        f"Left: {', '.join(told['left']) or 'nobody'}. Came: {', '.join(told['came']) or 'nobody'}."
    )
    line()
    rows = [
        (each["id"], each["before"] or "", each["outcome"], each["because"])
        for each in told["rules"]
    ]
    table(("Rule", "Before", "After", "Why"), rows)


@commands.command("lint")
def lint(body: BodyName, in_json: Json = False) -> None:
    """Check the file of a body: every fault with line, column and cure.

    Exit status: 0 it can be used, 1 it has faults, 2 there is no such file.

    Example: mandate representation lint council.yaml
    """
    read = check_body(find(body))
    if in_json:
        as_json({"clean": not read.findings, "findings": [x.as_json() for x in read.findings]})
    else:
        for each in read.findings:
            line(each)
        line(f"{body} is in order." if not read.findings else f"{len(read.findings)} fault(s).")
    raise typer.Exit(REFUSED if read.findings else DONE)


@commands.command("bodies")
def bodies(in_json: Json = False) -> None:
    """List the bodies that ship, with their rules' count.

    Example: mandate representation bodies
    """
    laws = [load_body(key) for key in shipped_keys()]
    if in_json:
        as_json([{"body": x.body, "title": x.title.root, "rules": len(x.rules)} for x in laws])
        return
    table(("Body", "Title", "Rules"), ((x.body, str(x.title), len(x.rules)) for x in laws))


@commands.command("show")
def show(body: BodyName, in_json: Json = False) -> None:
    """Show a body's rules with their articles and how sure we are of them.

    Example: mandate representation show itlos
    """
    law = load_body(body)
    if in_json:
        as_json(law.model_dump(mode="json", by_alias=True, exclude_defaults=True))
        return
    line(f"{law.title} ({law.body})")
    table(("Rule", "Kind", "Severity", "Article", "Confidence", "Says"), _rules(law.rules))


def _rules(rules: Iterable[Any]) -> Iterable[tuple[str, ...]]:
    for each in rules:
        says = str(each.says) if each.says is not None else ""
        yield each.id, each.kind, each.severity, str(each.article), each.confidence, says


@commands.command("schema")
def schema() -> None:
    """Print the format of a body's file as JSON Schema, for editors.

    Example: mandate representation schema > body.schema.json
    """
    as_json(body_schema())
