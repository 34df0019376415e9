"""`mandate people`: absences and who acts, offices and who holds them, what hangs on a person."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from pendulum import DateTime

from governance.acts import Verb, perform
from governance.cli.appointment import say_done
from governance.cli.desk import actor_of, open_house
from governance.cli.saying import REFUSED, Json, as_json, line, table, words
from governance.consultation.standing.absences import CANCEL, PLAN, Cancelled
from governance.consultation.standing.importing import IMPORT, Import
from governance.consultation.standing.offices import (
    ASSIST,
    TAKE_OFFICE,
    TIE,
    TIES,
    Assists,
    Close,
    Holds,
)
from governance.consultation.standing.registering import (
    CORRECT,
    REGISTER,
    Corrected,
    Newcomer,
)
from governance.consultation.standing.telling import (
    tell_absences,
    tell_alarms,
    tell_offices,
    the_person,
)
from governance.house import House
from governance.leaving import LEAVE, Leaving, hanging_on
from governance.people.files import read_absences
from governance.people.models import Person
from governance.people.planning import Told, instant_of
from governance.refusals import Reason, refuse
from governance.rulebook.current import current_law

commands = typer.Typer(
    help="Absences, offices, assistants: who answers, and who answers for whom.",
    no_args_is_help=True,
    add_completion=False,
)
absence = typer.Typer(help="Absences and who acts meanwhile.", no_args_is_help=True)
commands.add_typer(absence, name="absence")

From = Annotated[str, typer.Option("--from", metavar="DAY", help="First day, or an instant.")]
Until = Annotated[str, typer.Option("--until", metavar="DAY", help="Last day, included.")]
Substitute = Annotated[str, typer.Option("--substitute", metavar="EMAIL", help="Who acts.")]
Scope = Annotated[
    list[str] | None,
    typer.Option("--scope", metavar="OFFICE", help="An office or a case only; again for more."),
]
Instrument = Annotated[
    str, typer.Option("--instrument", help="Under what, such as an instruction.")
]
Whose = Annotated[str, typer.Option("--person", metavar="EMAIL", help="Whose; empty: your own.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Report every row and keep nothing.")]
EveryEvent = Annotated[
    bool, typer.Option("--every-event", help="Take every event of a calendar as an absence.")
]
Address = Annotated[str, typer.Argument(metavar="EMAIL", help="The person's registered address.")]
Office = Annotated[str, typer.Argument(metavar="OFFICE", help="The key of the rulebook.")]
Ends = Annotated[bool, typer.Option("--end", help="No longer, from now on.")]


@absence.command("list")
def list_absences(*, person: Whose = "", in_json: Json = False) -> None:
    """List the absences that are planned.

    Example: mandate people absence list
    """
    with open_house() as house, house.database.reading() as session:
        found = tell_absences(session, the_person(session, actor_of(house), person), _now(house))
    if in_json:
        as_json(found)
    elif found:
        columns = ("since", "until", "substitute", "instrument", "id")
        table(
            ("From", "Until", "Acts", "Under", "Id"), [[x[each] for each in columns] for x in found]
        )
    else:
        line("No absence is planned.")


@absence.command("plan")
def plan_absence(  # noqa: PLR0913 -- one argument per option of the command line
    *,
    since: From,
    until: Until,
    substitute: Substitute = "",
    scope: Scope = None,
    instrument: Instrument = "",
    person: Whose = "",
    in_json: Json = False,
) -> None:
    """Plan an absence; whoever acts is asked what is open when it begins.

    Example: mandate people absence plan --from 2026-12-01 --until 2026-12-14
    """
    with open_house() as house:
        actor = actor_of(house)
        with house.database.reading() as session:
            whose = the_person(session, actor, person)
        told = Told(whose.email, since, until, substitute, tuple(scope or ()), instrument)
        receipt = perform(house, actor, PLAN, whose.id, told)
    say_done(receipt, "The absence is planned.", in_json=in_json)


@absence.command("cancel")
def cancel_absence(
    *,
    key: Annotated[str, typer.Argument(metavar="ID", help="As `absence list` shows it.")],
    person: Whose = "",
    in_json: Json = False,
) -> None:
    """Call an absence off; one that has begun ends now, and its substitution with it.

    Example: mandate people absence cancel 0123456789abcdef0123456789abcdef
    """
    _on_person(person, CANCEL, Cancelled(key), "The absence is called off.", in_json=in_json)


@absence.command("import")
def import_absences(
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV or iCalendar; - reads stdin.")],
    person: Whose = "",
    every_event: EveryEvent = False,
    dry_run: DryRun = False,
    in_json: Json = False,
) -> None:
    """Take absences from a CSV or iCalendar file: whole, or not at all.

    Exit status: 0 taken, or a dry run without faults; 2 a row is at fault, and nothing was taken.

    Example: mandate people absence import absences.csv --dry-run
    """
    content = content_of(file)
    with open_house() as house:
        actor = actor_of(house)
        given = Import(read_absences(content, person=person, every_event=every_event), dry_run)
        with house.database.reading() as session:
            law = current_law(session)[0]
        receipt = perform(house, actor, IMPORT, law, given)
    faults = sum(each.outcome == "refused" for each in given.report)
    if in_json:
        rows = [each.as_json() for each in given.report]
        as_json({"dry_run": dry_run, "rows": rows, "taken": receipt is not None})
    else:
        for each in given.report:
            found = " ".join(str(one) for one in each.findings) or str(each.because)
            line(f"{each.where}: {each.outcome} {each.person} {found}".rstrip())
        line("Nothing was kept: this was a dry run." if dry_run else "The absences are taken.")
    if faults:
        raise typer.Exit(2)


@commands.command("add")
def add(  # noqa: PLR0913 -- one argument per fact
    *,
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="Under which they are reached.")],
    family_name: Annotated[str, typer.Option("--family-name", help="The family name.")],
    given_names: Annotated[str, typer.Option("--given-names", help="The given names.")] = "",
    language: Annotated[str, typer.Option("--language", help="en, fr, es or ar.")] = "en",
    duty_station: Annotated[str, typer.Option("--duty-station", help="Of the rulebook.")] = "",
    nationality: Annotated[str, typer.Option("--nationality", help="Such as CIV.")] = "",
    sex: Annotated[str, typer.Option("--sex", help="F or M; for how they are addressed.")] = "",
    in_json: Json = False,
) -> None:
    """Register somebody, so that they can be asked.

    Example: mandate people add new@organisation.example --family-name Example --given-names Awa
    """
    given = Newcomer(email, family_name, given_names, language, duty_station, nationality, sex)
    with open_house() as house:
        receipt = perform(house, actor_of(house), REGISTER, None, given)
    say_done(receipt, "They are registered.", in_json=in_json)


@commands.command("correct")
def correct(
    *,
    email: Address,
    new: Annotated[str, typer.Option("--email", metavar="EMAIL", help="The right address.")],
    in_json: Json = False,
) -> None:
    """Correct the address of somebody; what came back can then be sent again.

    Example: mandate people correct old@organisation.example --email right@organisation.example
    """
    _on_person(email, CORRECT, Corrected(new), "The address is corrected.", in_json=in_json)


@commands.command("offices")
def offices(*, in_json: Json = False) -> None:
    """List the offices: who holds each, who prepares for it, who is its deputy.

    Example: mandate people offices
    """
    with open_house() as house:
        actor_of(house)
        with house.database.reading() as session:
            found = tell_offices(session, _now(house))
    if in_json:
        as_json(found)
        return
    table(
        ("Office", "Title", "Held by", "Deputy", "Assistants"),
        [
            (
                each["office"],
                words(each["title"]),
                ", ".join(one["name"] for one in each["held_by"] if one["now"]) or "nobody",
                ", ".join(one["office"] for one in each["deputies"]),
                ", ".join(each["assistants"]),
            )
            for each in found
        ],
    )


@commands.command("assign")
def assign(
    *,
    office: Office,
    email: Address,
    since: Annotated[str, typer.Option("--since", metavar="DAY", help="Empty: now.")] = "",
    until: Annotated[str, typer.Option("--until", metavar="DAY", help="Last day.")] = "",
    in_json: Json = False,
) -> None:
    """An office passes to somebody; open questions follow it.

    Example: mandate people assign legal_adviser new.adviser@organisation.example
    """
    with open_house() as house:
        actor = actor_of(house)
        with house.database.reading() as session:
            person = the_person(session, actor, email)
        zone = _zone(house, person)
        given = Holds(
            office,
            instant_of(since, zone, "since") if since else None,
            instant_of(until, zone, "until", last=True) if until else None,
        )
        receipt = perform(house, actor, TAKE_OFFICE, person.id, given)
    say_done(receipt, f"{person.name} holds {office}.", in_json=in_json)


@commands.command("assistant")
def assistant(*, office: Office, email: Address, ends: Ends = False, in_json: Json = False) -> None:
    """Let somebody prepare for an office: they draft and annotate, and never decide.

    Example: mandate people assistant secretary_general aide@organisation.example
    """
    said = "They no longer prepare for it." if ends else "They may prepare for it."
    _on_person(email, ASSIST, Assists(office, ends), said, in_json=in_json)


@commands.command("tie")
def tie(
    *,
    email: Address,
    other: Annotated[str, typer.Argument(metavar="EMAIL", help="The other person.")],
    kind: Annotated[str, typer.Option("--kind", help=f"One of: {', '.join(TIES)}.")],
    ends: Ends = False,
    in_json: Json = False,
) -> None:
    """Keep that two persons are family, or that the first reports to the second.

    Example: mandate people tie a@organisation.example b@organisation.example --kind reports_to
    """
    with open_house() as house:
        actor = actor_of(house)
        with house.database.reading() as session:
            one, two = the_person(session, actor, email), the_person(session, actor, other)
        receipt = perform(house, actor, TIE, one.id, Close(two.id, kind, ends))
    say_done(receipt, "It is on file.", in_json=in_json)


@commands.command("leave")
def leave(
    *,
    email: Address,
    to: Annotated[str, typer.Option("--to", metavar="EMAIL", help="Who takes over.")] = "",
    each: Annotated[
        list[str] | None,
        typer.Option("--pass", metavar="KIND:KEY=EMAIL", help="Who takes over one thing."),
    ] = None,
    dry_run: DryRun = False,
    in_json: Json = False,
) -> None:
    """Pass on everything that hangs on somebody, and end their access, in one act.

    With --dry-run everything is listed, and nothing is done.

    Example: mandate people leave old@organisation.example --to new@organisation.example --dry-run
    """
    with open_house() as house:
        actor = actor_of(house)
        with house.database.reading() as session:
            person = the_person(session, actor, email)
            hanging = hanging_on(session, person.id, _now(house))
        if not dry_run:
            given = Leaving(to, tuple(_pairs(each or [])))
            receipt = perform(house, actor, LEAVE, person.id, given)
    if dry_run and in_json:
        as_json([one.as_json() for one in hanging])
    elif dry_run:
        table(("Kind", "Key", "What"), [(one.kind, one.key, one.what) for one in hanging])
    else:
        said = f"{person.name} has left; {len(hanging)} things are passed on."
        say_done(receipt, said, in_json=in_json)


def _pairs(given: list[str]) -> Iterator[tuple[str, str]]:
    for each in given:
        name, mark, address = each.partition("=")
        if not mark or ":" not in name:
            raise refuse(
                '"{given}" does not say what goes to whom',
                rule="passing_is_understood",
                cure="Write KIND:KEY=EMAIL, as --dry-run lists kinds and keys.",
                where="pass",
                reason=Reason.INPUT,
                given=each[:80],
            )
        yield name, address


@commands.command("alarms")
def alarms(*, in_json: Json = False) -> None:
    """List the open questions that nobody who is there could answer. Exit status 1 if any.

    Example: mandate people alarms
    """
    with open_house() as house:
        actor_of(house)
        with house.database.reading() as session:
            found = tell_alarms(session, _now(house))
    if in_json:
        as_json(found)
    elif found:
        rows = [
            (each["reference"], words(each["question"]), each["capacity"], each["due_at"])
            for each in found
        ]
        table(("Case", "Question", "Asked", "Until"), rows)
    else:
        line("Every open question has somebody who can answer it.")
    if found:
        raise typer.Exit(REFUSED)


def _on_person(
    address: str, verb: Verb[Person, Any], given: object, said: str, *, in_json: bool
) -> None:
    with open_house() as house:
        actor = actor_of(house)
        with house.database.reading() as session:
            person = the_person(session, actor, address)
        receipt = perform(house, actor, verb, person.id, given)
    say_done(receipt, said, in_json=in_json)


def _zone(house: House, person: Person) -> str:
    calendar = house.calendars.get(person.duty_station)
    return calendar.zone if calendar else "UTC"


def _now(house: House) -> DateTime:
    return house.clock.now()


def content_of(file: Path) -> bytes:
    """The bytes of a file, or of what is piped in. Raises Refused where it cannot be read."""
    if str(file) == "-":
        return sys.stdin.buffer.read()
    try:
        return file.read_bytes()
    except OSError as error:
        raise refuse(
            "the file {file} cannot be read ({problem})",
            rule="file_is_readable",
            cure="Check its name.",
            reason=Reason.INPUT,
            file=str(file),
            problem=error.strerror or type(error).__name__,
        ) from None
