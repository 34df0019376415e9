"""`mandate committee`: vacant seats and how they are filled, terms that end, offices, elections."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from governance.cli.committee_acts import (
    Because,
    Day,
    Key,
    Seat,
    Since,
    act,
    at_the_desk,
    commands,
    day_of,
    done,
)
from governance.cli.desk import open_house
from governance.cli.saying import Json, as_json, line, table
from governance.committees import offices, written
from governance.committees.ending import endings, tell_ending
from governance.committees.filling import Wanted
from governance.committees.finding import committee_named
from governance.committees.queries import bodies
from governance.committees.vacancies import tell_vacancy
from governance.refusals import Reason, refuse
from governance.seats import body_to_fill, fill_seat, vacancies_for

Candidates = Annotated[
    list[str] | None,
    typer.Option(
        "--candidate", help='Who stands: a name, or "Name <address>"; give several times.'
    ),
]
ForSeats = Annotated[
    list[str] | None,
    typer.Option("--for-seat", help="A seat that the election fills; give several times."),
]
ForOffice = Annotated[
    str, typer.Option("--for-office", help="The office that it fills, such as chair.")
]
Confirmations = Annotated[
    list[str] | None,
    typer.Option(
        "--confirm", metavar="NEED=NOTE", help="What is there already; may be given again."
    ),
]


@commands.command("vacancies")
def list_vacancies(in_json: Json = False) -> None:
    """List the seats that nobody holds, or soon nobody, and how each is filled until when.

    Example: mandate committee vacancies
    """
    with open_house() as house, house.database.reading() as session:
        told = [tell_vacancy(e) for e in vacancies_for(house, session, at_the_desk(house))]
    if in_json:
        as_json(told)
        return
    if not told:
        line("No seat is vacant.")
        return
    table(
        ("Body", "Seat", "Vacant from", "Filled by", "Until", "Case"),
        [
            (
                e["body"],
                e["seat"],
                e["vacant_from"],
                f"{e['filled_by'] or '–'} {e['post'] or ''}".strip(),
                e["due_at"],
                e["case"],
            )
            for e in told
        ],
    )


@commands.command("fill")
def fill(
    key: Key,
    seat: Seat,
    wanted_on: Annotated[datetime | None, Day] = None,
    confirm: Confirmations = None,
    in_json: Json = False,
) -> None:
    """Launch the appointment that fills a vacant seat; whoever is appointed sits by themselves.

    Example: mandate committee fill standards-committee legal --confirm funding_confirmed="line 4"
    """
    confirmed = dict(_pair(each) for each in confirm or ())
    with open_house() as house:
        actor = at_the_desk(house)
        with house.database.reading() as session:
            body = body_to_fill(session, actor, key, house.clock.now())
        filled = fill_seat(house, actor, body, Wanted(seat, day_of(wanted_on), confirmed))
    if in_json:
        receipt = filled.receipt
        as_json({"act": receipt.kind, "entry": receipt.entry, "facts": receipt.facts,
                 "case": filled.reference})  # fmt: skip
    else:
        line(f"{seat}: {filled.reference} is launched.")


def _pair(written_: str) -> tuple[str, str]:
    need, equals, note = written_.partition("=")
    if not equals:
        raise refuse(
            '"{written}" is not NEED=NOTE',
            rule="need_has_a_note",
            cure='Write it as funding_confirmed="budget line 4.2".',
            where="--confirm",
            reason=Reason.INPUT,
            written=written_[:80],
        )
    return need.strip(), note.strip()


@commands.command("terms")
def terms(
    key: Annotated[str, typer.Argument(metavar="[BODY]", help="The body; empty: all.")] = "",
    months: Annotated[
        int, typer.Option("--months", min=1, max=600, help="How far ahead to look.")
    ] = 24,
    in_json: Json = False,
) -> None:
    """What ends: terms of seats and offices, leave, mandates and milestones, the next first.

    Example: mandate committee terms standards-committee --months 12
    """
    with open_house() as house, house.database.reading() as session:
        actor, now = at_the_desk(house), house.clock.now()
        known = [committee_named(session, key, actor, now)] if key else bodies(session, actor, now)
        told = [tell_ending(each) for each in endings(session, known, now, months)]
    if in_json:
        as_json(told)
        return
    table(
        ("Day", "Body", "Kind", "What", "Who", ""),
        [
            (e["on"], e["body"], e["kind"], e["what"], e["who"],
             "holds over" if e["holds_over"] else "")
            for e in told
        ],
    )  # fmt: skip


@commands.command("leave-office")
def leave_office(
    key: Key,
    office: Annotated[str, typer.Argument(help="chair, vice_chair, secretary, rapporteur")],
    on: Since = None,
    because: Because = "",
    in_json: Json = False,
) -> None:
    """The holder of an office goes; the next in the succession acts from then on.

    Example: mandate committee leave-office standards-committee chair --on 2026-05-31
    """
    given = offices.LeavingOffice(office, day_of(on), because)
    with open_house() as house:
        receipt = act(house, offices.LEAVE_OFFICE, key, given)
    acting = receipt.facts["acting"]
    told = f"{receipt.facts['office']}: until {receipt.facts['until']}."
    done(receipt, told + (f" The {acting} acts." if acting else ""), in_json=in_json)


@commands.command("officer")
def officer(  # noqa: PLR0913, PLR0917 -- one argument per option
    key: Key,
    office: Annotated[str, typer.Argument(help="chair, vice_chair, secretary, rapporteur")],
    name: Annotated[str, typer.Option("--name", help="The full name.")],
    email: Annotated[str, typer.Option("--email", help="The mail address.")] = "",
    since: Since = None,
    until: Since = None,
    acting: Annotated[bool, typer.Option(help="For the time being only.")] = False,
    in_json: Json = False,
) -> None:
    """Somebody takes an office of the body.

    Example: mandate committee officer standards-committee chair --name "Jane Smith"
    """
    given = offices.OfficeOf(
        office=office,
        name=name,
        email=email,
        since=day_of(since),
        until=day_of(until),
        acting=acting,
    )
    with open_house() as house:
        receipt = act(house, offices.TAKE_OFFICE, key, given)
    done(receipt, f"{receipt.facts['office']}: {name}.", in_json=in_json)


@commands.command("write")
def put_in_writing(  # noqa: PLR0913, PLR0917 -- one argument per option
    key: Key,
    text: Annotated[str, typer.Argument(help="What is decided.")],
    silence: Annotated[
        bool, typer.Option("--silence", help="Adopted unless somebody objects.")
    ] = False,
    subject: Annotated[
        str,
        typer.Option(
            "--subject", help="On which subject: all, elections, budget, rule_changes, removal."
        ),
    ] = "all",
    title: Annotated[str, typer.Option("--title", help="Its title, in a few words.")] = "",
    organ: Annotated[
        list[str] | None,
        typer.Option("--and", metavar="KEY", help="Another body that must carry it too."),
    ] = None,
    candidate: Candidates = None,
    many: Annotated[
        int, typer.Option("--seats", help="How many are elected, where no seat is named.")
    ] = 1,
    for_seat: ForSeats = None,
    office: ForOffice = "",
    secret: Annotated[bool, typer.Option("--secret", help="By ballots linked to nobody.")] = False,
    in_json: Json = False,
) -> None:
    """Put a decision in writing, between meetings: by vote, or by silence; or an election.

    For example:

    mandate committee write standards-committee "to publish draft 4" --silence

    mandate committee write council "to elect two judges" --and assembly --candidate Ada
    --candidate Bo --candidate Cy --seats 2
    """
    given = written.InWriting(
        {"en": text}, "silence" if silence else "written", subject, title,
        organs=tuple(organ or ()), candidates=tuple(candidate or ()), seats=many,
        for_seats=tuple(for_seat or ()), office=office, secret=secret,
    )  # fmt: skip
    with open_house() as house:
        receipt = act(house, written.OPEN, key, given)
    done(receipt, f"{receipt.facts['asked']} are asked.", in_json=in_json)
