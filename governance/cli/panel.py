"""`mandate appointment panel|score|ranking|recommend`: the assessment of a case."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from governance.acts import perform
from governance.appointments.assessment import recommending
from governance.appointments.assessment.panel import (
    COMPOSE,
    DECLARE,
    NAME,
    RECUSE,
    SET_CRITERIA,
    Criteria,
    Declared,
    Named,
    Recused,
)
from governance.appointments.assessment.telling import scoring_for, tell_assessment
from governance.appointments.queries import case_by_reference
from governance.cli import sheets
from governance.cli.appointment import Reasoned, Reference, bytes_of, commands, say_done
from governance.cli.counting import day
from governance.cli.desk import actor_of, open_house
from governance.cli.reach import acted, candidate_named
from governance.cli.saying import Json, as_json, line, lines, table
from governance.consultation.answering import ANSWER, GivenAnswer

panel = typer.Typer(name="panel", no_args_is_help=True, help="Who assesses, by which rules.")
commands.add_typer(panel)

Person = Annotated[str, typer.Option("--person", metavar="EMAIL", help="Somebody on file.")]
Role = Annotated[str, typer.Option("--role", help="chair or member.")]
Outside = Annotated[bool, typer.Option("--outside", help="From outside the unit that recruits.")]
Trained = Annotated[
    str, typer.Option("--trained-on", metavar="DATE", help="When trained in interviewing.")
]
Ties = Annotated[
    list[str] | None,
    typer.Option("--tie", metavar="SORT=EMAIL", help="kinship=… or reports_to=…; none is none."),
]
Weights = Annotated[
    list[str] | None,
    typer.Option("--weight", metavar="CRITERION=SHARE", help="Such as languages=3/10."),
]
Anonymous = Annotated[
    bool | None,
    typer.Option("--anonymous/--named", help="Whether the panel sees codes in place of names."),
]
Scores = Annotated[
    Path,
    typer.Option("--scores", metavar="FILE", help="By candidate and criterion: YAML or JSON."),
]
Who = Annotated[
    list[str],
    typer.Option("--candidate", metavar="WHO", help="In the panel's order; may be given again."),
]
Text = Annotated[str, typer.Option("--text", help="What the discussion came to; confidential.")]
Replacement = Annotated[
    str, typer.Option("--replace-by", metavar="EMAIL", help="Who takes the place.")
]


@panel.command("show")
def show(reference: Reference, in_json: Json = False) -> None:
    """Show the panel, what each rule of its composition says, and where the assessment stands.

    Example: mandate appointment panel show INT-2026-0001
    """
    with open_house() as house:
        told = tell_assessment(house, actor_of(house), reference)
    if in_json:
        as_json(told)
        return
    line(f"{told['reference']}: {told['state']}. {len(told['members'])} members.")
    table(
        ("Member", "Role", "State", "Outside", "Trained on"),
        [
            (
                each["name"],
                each["role"],
                each["state"],
                "yes" if each["outside"] else "",
                each["trained_on"],
            )
            for each in told["members"]
        ],
    )
    lines(f"{each['outcome']}: {each['because']} ({each['article']})" for each in told["findings"])


@panel.command("name")
def name(  # noqa: PLR0913 -- one argument per option of the command line
    *,
    reference: Reference,
    person: Person,
    role: Role = "member",
    outside: Outside = False,
    trained_on: Trained = "",
    in_json: Json = False,
) -> None:
    """Give somebody a seat on the panel.

    Example: mandate appointment panel name INT-2026-0001 --person junho.bae@organisation.example
    --role chair --trained-on 2026-03-02
    """
    given = Named(person, role, outside, day(trained_on, "--trained-on"))
    receipt = acted(reference, NAME, given)
    say_done(receipt, f"{person} is named.", in_json=in_json)


@panel.command("declare")
def declare(
    *,
    reference: Reference,
    tie: Ties = None,
    person: Annotated[str, typer.Option(help="Whom it concerns.")] = "",
    in_json: Json = False,
) -> None:
    """Declare your ties to candidates and members, or that there are none.

    An officer records with --person what somebody else has declared.

    For example:

    mandate appointment panel declare INT-2026-0001

    mandate appointment panel declare INT-2026-0001 --tie kinship=a.candidate@mail.example
    """
    ties = [each.partition("=") for each in tie or ()]
    given = Declared(tuple((email, kind) for kind, _, email in ties), person)
    receipt = acted(reference, DECLARE, given)
    say_done(receipt, f"Declared: {len(ties)} ties.", in_json=in_json)


@panel.command("recuse")
def recuse(  # noqa: PLR0913 -- one argument per option of the command line
    *,
    reference: Reference,
    reason: Reasoned,
    person: Annotated[str, typer.Option(help="Whom it concerns.")] = "",
    replace_by: Replacement = "",
    outside: Outside = False,
    trained_on: Trained = "",
    in_json: Json = False,
) -> None:
    """Leave the panel, or let an officer take somebody off it; somebody else may take the place.

    Example: mandate appointment panel recuse INT-2026-0001 --reason "A cousin applied."
    """
    other = (
        Named(replace_by, "member", outside, day(trained_on, "--trained-on"))
        if replace_by
        else None
    )
    receipt = acted(reference, RECUSE, Recused(reason, person, other))
    say_done(receipt, "Recused.", in_json=in_json)


@panel.command("compose")
def compose(reference: Reference, in_json: Json = False) -> None:
    """Let the panel stand, if every rule of its composition is kept; otherwise all faults are told.

    Example: mandate appointment panel compose INT-2026-0001
    """
    receipt = acted(reference, COMPOSE, None)
    say_done(receipt, "The panel stands.", in_json=in_json)


@commands.command("criteria")
def criteria(
    *,
    reference: Reference,
    weight: Weights = None,
    anonymous: Anonymous = None,
    in_json: Json = False,
) -> None:
    """Weigh the criteria otherwise for this case, or hide names; before the first candidate only.

    Example: mandate appointment criteria INT-2026-0001 --weight languages=3/10 --anonymous
    """
    pairs = [each.partition("=") for each in weight or ()]
    given = Criteria({key.strip(): share.strip() for key, _, share in pairs}, anonymous)
    receipt = acted(reference, SET_CRITERIA, given)
    say_done(receipt, "The criteria are fixed.", in_json=in_json)


@commands.command("score")
def score(*, reference: Reference, scores: Scores, in_json: Json = False) -> None:
    """Score every candidate, as a member of the panel. Nobody else sees it before all have scored.

    The file gives for each candidate, by family name, code or candidacy, each criterion's score:

    Aalto: {expertise: 4, judgement: 3, languages: 5, cooperation: 4}

    Example: mandate appointment score INT-2026-0001 --scores mine.yaml
    """
    told = sheets.tree_of(bytes_of(scores))
    with open_house() as house:
        actor = actor_of(house)
        asked = scoring_for(house, actor, reference)
        sheet = sheets.sheet_of(told, asked.names)
        given = GivenAnswer("score", seen_version=asked.version, scores=sheet)
        receipt = perform(house, actor, ANSWER, asked.consultation, given)
    if receipt is not None and in_json:
        as_json({"done": receipt.kind, "entry": receipt.entry, "scored": len(sheet)})
    else:
        say_done(receipt, f"{len(sheet)} candidates are scored.", in_json=in_json)


@commands.command("ranking")
def ranking(reference: Reference, in_json: Json = False) -> None:
    """Show the ranking, why each stands where they do, and what that depends on.

    Example: mandate appointment ranking INT-2026-0001
    """
    with open_house() as house:
        told = tell_assessment(house, actor_of(house), reference)
    if in_json:
        as_json({key: told[key] for key in ("reference", "state", "criteria", *RANKING)})
        return
    rows = [
        (each["place"] or "–", each["name"], each["total"], ", ".join(each["below_minimum"]))
        for each in told["ranking"]
    ]
    if not rows:
        line("There is no ranking yet.")
        return
    table(("Place", "Candidate", "Total", "Below the minimum in"), rows)
    for pair in told["neighbours"]:
        for each in pair["depends_on"]:
            line(f"{each['because'][:1].upper()}{each['because'][1:]}.")
    for each in told["disagreement"]:
        low, high = ", ".join(each["low"]), ", ".join(each["high"])
        line(
            f"{each['name']}, {each['criterion']}: {low} gave {each['lowest']}, "
            f"{high} gave {each['highest']}."
        )
    for table_of, told_ in told["impact"].items():
        if isinstance(told_, dict):
            below = [each["group"] for each in told_["groups"] if each["below_four_fifths"]]
            line(f"By {table_of}: {', '.join(below) or 'nobody'} below four fifths.")


RANKING = ("ranking", "neighbours", "disagreement", "recommended", "impact")


@commands.command("note")
def note(*, reference: Reference, text: Text, in_json: Json = False) -> None:
    """Keep what the panel's discussion of a difference came to.

    Example: mandate appointment note INT-2026-0001 --text "The test was read differently."
    """
    receipt = acted(reference, recommending.NOTE, recommending.Note(text))
    say_done(receipt, "The note is on file.", in_json=in_json)


@commands.command("recommend")
def recommend(
    *,
    reference: Reference,
    candidate: Who,
    reason: Annotated[str, typer.Option(help="Why, in writing.")] = "",
    in_json: Json = False,
) -> None:
    """Put whom the panel recommends on the shortlist, in the order given.

    Example: mandate appointment recommend INT-2026-0001 --candidate Aalto --candidate Dube
    """
    with open_house() as house:
        actor = actor_of(house)
        with house.database.reading() as session:
            case = case_by_reference(session, actor, reference)
            named = tuple(candidate_named(session, actor, case, each) for each in candidate)
        receipt = perform(
            house, actor, recommending.RECOMMEND, case.id, recommending.Shortlist(named, reason)
        )
    say_done(receipt, f"{len(named)} recommended.", in_json=in_json)
