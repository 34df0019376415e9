"""`mandate appointment rank|impact|panel-check`: what the rules say of a file; nothing is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from governance.appointments.assessment import impact, ranking
from governance.appointments.assessment.rules import blocking
from governance.cli import sheets
from governance.cli.appointment import bytes_of, commands
from governance.cli.saying import REFUSED, Json, as_json, line, lines, table
from governance.clock import clock_at
from governance.refusals import Reason, refuse
from governance.rulebook.loader import load
from governance.settings import Settings

Scores = Annotated[
    Path, typer.Argument(metavar="FILE", help="Criteria, scale and scores, as YAML or JSON.")
]
People = Annotated[Path, typer.Argument(metavar="FILE.csv", help="One line for each candidate.")]
Column = Annotated[str, typer.Option("--by", help="The column that says the group.")]
Selected = Annotated[str, typer.Option("--selected", help="The column that says yes or no.")]
Small = Annotated[int, typer.Option("--small", help="Counts below it are withheld.")]
PanelFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="Members, candidates and ties, as YAML or JSON.")
]
OfProcedure = Annotated[
    str, typer.Option("--procedure", metavar="KEY", help="Whose rules of composition are asked.")
]


@commands.command("rank")
def rank(file: Scores, in_json: Json = False) -> None:
    """Rank candidates from a file of scores, in exact fractions, and say what decides.

    Where the order of two neighbours depends on the weight of a criterion, the weight at which
    it turns round is told. Who is below a minimum has no place.

    Example: mandate appointment rank scores.yaml
    """
    ranked = sheets.ranking_of_file(bytes_of(file))
    told = ranking.plain(ranked)
    if in_json:
        as_json(told)
        return
    table(
        ("Place", "Candidate", "Total", "Below the minimum in"),
        [
            (
                each["place"] or "–",
                each["candidate"],
                each["total"],
                ", ".join(each["below_minimum"]),
            )
            for each in told["ranking"]
        ],
    )
    for pair in told["neighbours"]:
        for each in pair["depends_on"]:
            line(f"{each['because'][:1].upper()}{each['because'][1:]}.")
        for member in pair["turned_without"]:
            line(f"Without {member}, {pair['below']} would stand above {pair['above']}.")
    for each in told["disagreement"]:
        line(
            f"{each['candidate']}, {each['criterion']}: {', '.join(each['low'])} gave "
            f"{each['lowest']}, {', '.join(each['high'])} gave {each['highest']}."
        )


@commands.command("impact")
def adverse_impact(
    file: People, by: Column, selected: Selected, small: Small = 5, in_json: Json = False
) -> None:
    """Compare selection rates of groups with the highest one: less than four fifths is marked.

    Counts that could identify somebody are withheld, and so is whatever they would follow from.

    Example: mandate appointment impact candidates.csv --by sex --selected shortlisted
    """
    found = sheets.impact_of_file(bytes_of(file), by, selected, small)
    told = impact.plain({by: found})
    if in_json:
        as_json(told)
        return
    shown = [*told[by]["groups"], {"group": "all", **told[by]["total"]}]
    table(
        (by.capitalize(), "Candidates", "Selected", "Rate", "Of the highest", ""),
        [
            (
                each["group"],
                *("withheld" if each.get(key) is None else each[key] for key in ("of", "selected")),
                each.get("rate") or "",
                each.get("ratio") or "",
                "below four fifths" if each.get("below_four_fifths") else "",
            )
            for each in shown
        ],
    )


@commands.command("panel-check")
def panel_check(file: PanelFile, procedure: OfProcedure = "", in_json: Json = False) -> None:
    """Ask the rules of composition about a panel in a file; exit status 1 where one is broken.

    The rules are those of --procedure, or the file's own under `rules`.

    Example: mandate appointment panel-check panel.yaml --procedure expert-competition
    """
    settings = Settings()
    law = load(settings.rulebook_folder)
    found = law.procedure(procedure) if procedure else None
    if procedure and (found is None or found.assessment is None):
        raise refuse(
            'the procedure "{name}" has no assessment by a panel',
            rule="known_procedure",
            cure="It has: {known}.",
            where="--procedure",
            reason=Reason.INPUT,
            name=procedure,
            known=", ".join(each.key for each in law.procedures if each.assessment) or "none",
        )
    rules = (
        [
            (each.rule, each.given, str(each.article or found.assessment.article))
            for each in found.assessment.panel
        ]
        if found is not None and found.assessment is not None
        else []
    )
    today = clock_at(settings.clock).now().date()
    findings = sheets.panel_of_file(bytes_of(file), rules, today)
    if in_json:
        lawful = not blocking(findings)
        as_json({"lawful": lawful, "findings": [each.as_json() for each in findings]})
    else:
        lines(f"{each.verdict}: {each}" for each in findings)
    if blocking(findings):
        raise typer.Exit(REFUSED)
