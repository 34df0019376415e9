"""`mandate vetting`: rulings, reviews, waivers, exceptions, attestations; where vetting stands."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from governance.acts import perform
from governance.appointments.checks.attesting import ASK_HOME, HomeAsked
from governance.appointments.checks.declaring import RECORD_DECLARATIONS, Declared
from governance.appointments.checks.excepting import ASK_EXCEPTION, ExceptionAsked
from governance.appointments.checks.queries import tell_exceptions, tell_vetting
from governance.appointments.checks.reconsidering import REQUEST_REVIEW, ReviewRequest
from governance.appointments.checks.recording import RECORD_CHECKS, Recorded
from governance.appointments.checks.ruling import PROPOSE_RULING, Proposal
from governance.appointments.checks.waiving import WAIVE_CHECK, Waived
from governance.cli.appointment import Note, Reasoned, Reference, say_done
from governance.cli.counting import day
from governance.cli.desk import actor_of, open_house
from governance.cli.saying import Json, as_json, line, table
from governance.cli.vetting import (
    Kinds,
    Result,
    Source,
    Whose,
    WhoseAll,
    at_case,
    candidacy_named,
    checks_meant,
)

commands = typer.Typer(
    name="vetting",
    no_args_is_help=True,
    add_completion=False,
    help="Vetting: judge checks, rule on findings by two people, review, waive, except, attest.",
)

Kind = Annotated[str, typer.Option("--kind", metavar="KIND", help="The check, such as security.")]
Dated = Annotated[str, typer.Option("--dated", metavar="DATE", help="The day of the paper.")]
Until = Annotated[
    str, typer.Option("--valid-until", metavar="DATE", help="Where the paper says so itself.")
]
Told = Annotated[str, typer.Option("--told", help="What the candidate is told of the finding.")]
Condition = Annotated[
    str, typer.Option("--condition", help="Satisfactory, but under this condition.")
]
Outcome = Annotated[str, typer.Option("--outcome", help="refuse, clear, or clear_with_conditions.")]
Code = Annotated[str, typer.Option("--reason-code", help="One of the rulebook's reasons.")]
Text = Annotated[str, typer.Option("--text", help="Why; kept confidentially.")]
Conditions = Annotated[str, typer.Option("--conditions", help="For clear_with_conditions.")]
CaseOrAll = Annotated[
    str, typer.Argument(metavar="[REF]", help="A case; without it, those of all cases.")
]


@commands.command("show")
def show(reference: Reference, in_json: Json = False) -> None:
    """Show where the vetting of a case stands: each candidate, each check, rulings, deadlines.

    Example: mandate vetting show INT-2026-0001
    """
    with open_house() as house:
        told = tell_vetting(house, actor_of(house), reference)
    if in_json:
        as_json(told)
        return
    rows = [
        (each["name"], each["state"], f"{each['closed']} of {len(each['checks'])}", each["waits"])
        for each in told["candidates"]
    ]
    table(("Candidate", "Stands at", "Checks closed", "Waits for"), rows)


@commands.command("check")
def record(  # noqa: PLR0913 -- one argument per option of the command line
    *,
    reference: Reference,
    candidate: WhoseAll,
    kind: Kinds,
    result: Result,
    source: Source,
    note: Note = "",
    dated: Dated = "",
    valid_until: Until = "",
    told: Told = "",
    condition: Condition = "",
    in_json: Json = False,
) -> None:
    """Judge checks: of one or several candidates, of one or several kinds.

    An adverse finding goes to the candidate for comment at once, in the words of --told.

    For example:

    mandate vetting check INT-2026-0001 --candidate Owusu --kind degrees --result satisfactory
    --source "University of Accra" --dated 2026-11-02

    mandate vetting check INT-2026-0001 --candidate Owusu --kind misconduct --result adverse
    --source "Former employer" --told "A reprimand of 2019 was not declared."
    """
    days = day(dated, "--dated"), day(valid_until, "--valid-until")
    with at_case(reference) as at:
        given = Recorded(
            checks_meant(at, candidate, kind), result, source, note, *days, told, condition
        )
        receipt = perform(at.house, at.actor, RECORD_CHECKS, at.case.id, given)
    say_done(receipt, f"{len(given.checks)} checks recorded: {result}.", in_json=in_json)


@commands.command("propose")
def propose(  # noqa: PLR0913 -- one argument per option of the command line
    *,
    reference: Reference,
    candidate: Whose,
    outcome: Outcome,
    reason_code: Code,
    text: Text,
    conditions: Conditions = "",
    in_json: Json = False,
) -> None:
    """Propose what is made of an adverse finding; a second person is asked to sign it.

    Example: mandate vetting propose INT-2026-0001 --candidate Owusu --outcome refuse
    --reason-code integrity --text "The reprimand was kept silent."
    """
    with at_case(reference) as at:
        given = Proposal(candidacy_named(at, candidate), outcome, reason_code, text, conditions)
        receipt = perform(at.house, at.actor, PROPOSE_RULING, at.case.id, given)
    say_done(receipt, "Proposed; the second signatory is asked.", in_json=in_json)


@commands.command("review")
def review(*, reference: Reference, candidate: Whose, text: Text, in_json: Json = False) -> None:
    """Take in a refused candidate's request for a review; somebody who signed nothing decides.

    Example: mandate vetting review INT-2026-0001 --candidate Owusu --text "Letter of 3 January."
    """
    with at_case(reference) as at:
        given = ReviewRequest(candidacy_named(at, candidate), text)
        receipt = perform(at.house, at.actor, REQUEST_REVIEW, at.case.id, given)
    say_done(receipt, "The reviewer is asked.", in_json=in_json)


@commands.command("waive")
def waive(
    *, reference: Reference, candidate: Whose, kind: Kind, reason: Reasoned, in_json: Json = False
) -> None:
    """Waive a check, as the office that the rulebook lets waive it.

    Example: mandate vetting waive INT-2026-0001 --candidate Owusu --kind employment
    --reason "The firm was wound up in 2019."
    """
    with at_case(reference) as at:
        given = Waived(candidacy_named(at, candidate), kind, reason)
        receipt = perform(at.house, at.actor, WAIVE_CHECK, at.case.id, given)
    say_done(receipt, f"Waived: {kind}.", in_json=in_json)


@commands.command("home")
def ask_home(*, reference: Reference, candidate: Whose, kind: Kind, in_json: Json = False) -> None:
    """Ask a seconded officer's home administration, through its National Central Bureau.

    Example: mandate vetting home INT-2026-0001 --candidate Owusu --kind home_agreement
    """
    with at_case(reference) as at:
        given = HomeAsked(candidacy_named(at, candidate), kind)
        receipt = perform(at.house, at.actor, ASK_HOME, at.case.id, given)
    say_done(receipt, "The question is on its way to the bureau.", in_json=in_json)


@commands.command("declarations")
def declarations(
    *,
    reference: Reference,
    candidate: Whose,
    source: Source,
    note: Note = "",
    in_json: Json = False,
) -> None:
    """Record declarations that a candidate signed on paper.

    Example: mandate vetting declarations INT-2026-0001 --candidate Owusu --source "Folder 12"
    """
    with at_case(reference) as at:
        given = Declared(candidacy_named(at, candidate), source, note)
        receipt = perform(at.house, at.actor, RECORD_DECLARATIONS, at.case.id, given)
    say_done(receipt, "The declarations are on file.", in_json=in_json)


@commands.command("exception")
def exception(
    *, reference: Reference, candidate: Whose, kind: Kinds, text: Text, in_json: Json = False
) -> None:
    """Ask for the rulebook's exception: a letter although these checks are not closed.

    Example: mandate vetting exception INT-2026-0001 --candidate Owusu --kind degrees
    --text "The archive of the university burned down."
    """
    with at_case(reference) as at:
        given = ExceptionAsked(candidacy_named(at, candidate), tuple(kind), text)
        receipt = perform(at.house, at.actor, ASK_EXCEPTION, at.case.id, given)
    say_done(receipt, "The office that may grant it is asked.", in_json=in_json)


@commands.command("exceptions")
def exceptions(reference: CaseOrAll = "", in_json: Json = False) -> None:
    """Report every exception that was asked for: who asked, who granted, for which checks.

    Example: mandate vetting exceptions
    """
    with open_house() as house:
        told: list[dict[str, Any]] = tell_exceptions(house, actor_of(house), reference)
    if in_json:
        as_json({"exceptions": told})
        return
    rows = [
        (each["case"], each["name"], ", ".join(each["kinds"]), each["decision"], each["article"])
        for each in told
    ]
    if rows:
        table(("Case", "Candidate", "Checks", "Decision", "Article"), rows)
    line(f"{len(rows)} exceptions.")
