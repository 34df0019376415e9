"""`mandate appointment`, second part: eligibility, checks, referees, justification, tasks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from governance.access.actor import Actor
from governance.acts import Receipt, Verb, perform
from governance.appointments.candidates import WITHDRAW_CANDIDACY, Out
from governance.appointments.checks.recording import OPEN, RECORD_CHECKS, Recorded
from governance.appointments.models import Case
from governance.appointments.queries import (
    Candidate,
    candidates_of,
    case_by_reference,
    sees_all,
)
from governance.appointments.referees import ASK_REFEREE, Referee
from governance.appointments.telling import tell_case
from governance.appointments.vetting import (
    COMPLETE_TASK,
    CONFIRM_ELIGIBILITY,
    JUSTIFY,
    Confirmed,
    Done,
    Justified,
)
from governance.cli.appointment import Note, Reasoned, Reference, commands, say_done
from governance.cli.casefile import show_findings
from governance.cli.desk import actor_of, open_house
from governance.cli.saying import Json, as_json
from governance.house import House
from governance.refusals import Reason, refuse

ALL = "all"

Stands = Annotated[
    bool, typer.Option("--confirm", help="Stand by the findings: admit and exclude accordingly.")
]
Whose = Annotated[
    str,
    typer.Option("--candidate", metavar="WHO", help="Family name, or the candidacy's id."),
]
WhoseAll = Annotated[
    list[str],
    typer.Option(
        "--candidate",
        metavar="WHO",
        help="Family name, the candidacy's id, or: all. May be given again.",
    ),
]
Kinds = Annotated[
    list[str],
    typer.Option("--kind", metavar="KIND", help="Such as identity, or: all. May be given again."),
]
Result = Annotated[str, typer.Option("--result", help="satisfactory or adverse.")]
Source = Annotated[str, typer.Option("--source", help="Where the result comes from.")]
Name = Annotated[str, typer.Option("--name", help="The referee's name.")]
Address = Annotated[str, typer.Option("--email", help="The referee's address.")]
Language = Annotated[str, typer.Option("--language", help="Their language: en, fr, es or ar.")]
Words = Annotated[str, typer.Option("--text", help="The justification; kept confidentially.")]
TaskKey = Annotated[str, typer.Argument(metavar="KEY", help="The task, such as oath.")]


@commands.command("eligibility")
def eligibility(
    *, reference: Reference, confirm: Stands = False, reason: Reasoned = "", in_json: Json = False
) -> None:
    """Show the findings of eligibility; with --confirm, stand by them.

    Who keeps every rule is admitted, who breaks one is excluded. A missing fact blocks.

    For example:

    mandate appointment eligibility INT-2026-0001

    mandate appointment eligibility INT-2026-0001 --confirm --reason "As advertised."
    """
    if confirm:
        receipt = act_on(reference, CONFIRM_ELIGIBILITY, Confirmed(reason))
        said = f"{len(receipt.facts['admitted'])} admitted, {len(receipt.facts['excluded'])} not."
        say_done(receipt, said, in_json=in_json)
        return
    with open_house() as house:
        told = tell_case(house, actor_of(house), reference)
    if in_json:
        as_json(told.get("candidates", []))
    else:
        show_findings(told)


@commands.command("check")
def record_checks(  # noqa: PLR0913 -- one argument per option of the command line
    *,
    reference: Reference,
    candidate: WhoseAll,
    kind: Kinds,
    result: Result,
    source: Source,
    note: Note = "",
    in_json: Json = False,
) -> None:
    """Record what came of checks: of one or several candidates, of one or several kinds.

    For example:

    mandate appointment check INT-2026-0001 --candidate Owusu --kind identity
    --result satisfactory --source "Passport seen"

    mandate appointment check INT-2026-0001 --candidate all --kind all
    --result satisfactory --source "Vetting file"
    """
    with at_case(reference) as at:
        given = Recorded(checks_meant(at, candidate, kind), result, source, note)
        receipt = perform(at.house, at.actor, RECORD_CHECKS, at.case.id, given)
    say_done(receipt, f"{len(given.checks)} checks recorded: {result}.", in_json=in_json)


@commands.command("referee")
def ask_referee(  # noqa: PLR0913 -- one argument per option of the command line
    *,
    reference: Reference,
    candidate: Whose,
    name: Name,
    email: Address,
    language: Language = "en",
    in_json: Json = False,
) -> None:
    """Ask a referee outside for a reference; a link is mailed, and the answer is judged by HR.

    Example: mandate appointment referee INT-2026-0001 --candidate Owusu
    --name "Ida Lund" --email ida.lund@police.example
    """
    with at_case(reference) as at:
        given = Referee(candidacy_named(at, candidate), name, email, language)
        receipt = perform(at.house, at.actor, ASK_REFEREE, at.case.id, given)
    say_done(receipt, "The question is on its way to the referee.", in_json=in_json)


@commands.command("justify")
def justify(*, reference: Reference, text: Words, in_json: Json = False) -> None:
    """Justify that the shortlist goes forward although the balance speaks against it.

    Example: mandate appointment justify INT-2026-0001 --text "Nobody else speaks Portuguese."
    """
    receipt = act_on(reference, JUSTIFY, Justified(text))
    say_done(receipt, "The justification is on file.", in_json=in_json)


@commands.command("task")
def complete_task(*, reference: Reference, key: TaskKey, in_json: Json = False) -> None:
    """Tick off a task of entry on duty.

    Example: mandate appointment task INT-2026-0001 travel
    """
    say_done(act_on(reference, COMPLETE_TASK, Done(key)), f"Done: {key}.", in_json=in_json)


@commands.command("withdraw-candidacy")
def withdraw_candidacy(
    *, reference: Reference, candidate: Whose, reason: Reasoned = "", in_json: Json = False
) -> None:
    """Take a candidate out of the competition, at their own wish.

    Example: mandate appointment withdraw-candidacy INT-2026-0001 --candidate Owusu
    """
    with at_case(reference) as at:
        given = Out(candidacy_named(at, candidate), reason)
        receipt = perform(at.house, at.actor, WITHDRAW_CANDIDACY, at.case.id, given)
    say_done(receipt, "The candidacy is withdrawn.", in_json=in_json)


@dataclass(frozen=True)
class At:
    """Where an act is done: the house, by whom, in which case, and its candidates by any name.

    Who may not see the candidates names them as they like: the act itself is refused.
    """

    house: House
    actor: Actor
    case: Case
    candidates: tuple[Candidate, ...]


@contextmanager
def at_case(reference: str) -> Iterator[At]:
    """The case of a reference, with whoever is at the desk."""
    with open_house() as house:
        actor = actor_of(house)
        with house.database.reading() as session:
            case = case_by_reference(session, actor, reference)
            known = candidates_of(session, case.id) if sees_all(actor) else []
        yield At(house, actor, case, tuple(known))


def act_on(reference: str, verb: Verb[Case, Any], given: object) -> Receipt:
    """Perform an act on a case, as whoever is at the desk."""
    with at_case(reference) as at:
        receipt = perform(at.house, at.actor, verb, at.case.id, given)
    assert receipt is not None  # noqa: S101 -- a person's act always writes
    return receipt


def checks_meant(at: At, whose: list[str], kinds: list[str]) -> tuple[tuple[str, str], ...]:
    """The checks meant: every pair named, or where "all" was said, those that are still open."""
    everybody = [each.candidacy.id for each in at.candidates]
    people = everybody if ALL in whose else [candidacy_named(at, each) for each in whose]
    if ALL not in whose and ALL not in kinds:
        return tuple((person, kind) for person in people for kind in kinds)
    return tuple(
        (each.candidacy.id, check.kind)
        for each in at.candidates
        if each.candidacy.id in people
        for check in each.checks
        if check.state in OPEN and (ALL in kinds or check.kind in kinds)
    )


def candidacy_named(at: At, who: str) -> str:
    """The id of a candidate's candidacy, by family name, full name or that id."""
    wanted = who.casefold().strip()
    found = [each.candidacy.id for each in at.candidates if wanted in _names(each)]
    if len(found) == 1:
        return found[0]
    if not at.candidates:
        return who
    raise refuse(
        '"{who}" are several candidates' if found else '"{who}" is no candidate in this case',
        rule="known_candidacy",
        cure="Give the id: mandate appointment show {reference}.",
        where="--candidate",
        reason=Reason.INPUT if found else Reason.MISSING,
        who=who[:60],
        reference=at.case.reference,
    )


def _names(candidate: Candidate) -> set[str]:
    person = candidate.person
    return {candidate.candidacy.id, person.family_name.casefold(), person.name.casefold()}
