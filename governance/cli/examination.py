"""`mandate appointment examination`: written tests and interviews, with calendars."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from governance.acts import perform
from governance.appointments.assessment import meetings
from governance.appointments.assessment.telling import meetings_of
from governance.appointments.queries import case_by_reference, sees_all
from governance.cli.appointment import Reference, commands, say_done
from governance.cli.desk import actor_of, open_house
from governance.cli.reach import acted, candidate_named
from governance.cli.saying import Json, as_json, line, table
from governance.refusals import Reason, refuse

examination = typer.Typer(
    name="examination", no_args_is_help=True, help="Written tests and interviews."
)
commands.add_typer(examination)

Who = Annotated[
    list[str], typer.Option("--candidate", metavar="WHO", help="In their order; again for more.")
]
Kind = Annotated[str, typer.Option("--kind", help="interview or test.")]
At = Annotated[
    str, typer.Option("--at", metavar="TIME", help="Local time there, such as 2027-02-01T09:30.")
]
Minutes = Annotated[int, typer.Option("--minutes", help="How long each lasts.")]
Pause = Annotated[int, typer.Option("--pause", help="Minutes between two interviews.")]
Zone = Annotated[str, typer.Option("--zone", help="Of the place, such as Europe/Paris.")]
Place = Annotated[str, typer.Option("--place", help="A room, or the address of a call.")]
Meeting = Annotated[str, typer.Argument(metavar="ID", help="As `examination list` says it.")]


@examination.command("set")
def set_slots(  # noqa: PLR0913 -- one argument per option of the command line
    *,
    reference: Reference,
    candidate: Who,
    at: At,
    kind: Kind = "interview",
    minutes: Minutes = 45,
    pause: Pause = 15,
    zone: Zone = "Europe/Paris",
    place: Place = "",
    in_json: Json = False,
) -> None:
    """Set a test for all at one time, or interviews one after the other, and invite everybody.

    Example: mandate appointment examination set INT-2026-0001 --candidate Aalto --candidate Dube
    --at 2027-02-01T09:30 --zone Europe/Paris --place "Room 4"
    """
    with open_house() as house:
        actor = actor_of(house)
        with house.database.reading() as session:
            case = case_by_reference(session, actor, reference)
            named = tuple(candidate_named(session, actor, case, each) for each in candidate)
        given = meetings.Slots(kind, named, _time(at), minutes, zone, place, pause)
        receipt = perform(house, actor, meetings.SET, case.id, given)
    say_done(receipt, f"Set: {len(named)}.", in_json=in_json)


@examination.command("list")
def list_all(reference: Reference, in_json: Json = False) -> None:
    """List the tests and interviews of a case.

    Example: mandate appointment examination list INT-2026-0001
    """
    with open_house() as house:
        actor = actor_of(house)
        with house.database.reading() as session:
            case = case_by_reference(session, actor, reference)
            found = meetings_of(session, case.id) if sees_all(actor) else []
    told: list[dict[str, str]] = [
        {
            "id": each.id,
            "kind": each.kind,
            "candidacy": each.candidacy_id or "",
            "state": each.state,
            "begins_at": each.begins_at.isoformat(),
            "ends_at": each.ends_at.isoformat(),
            "zone": each.zone,
            "place": each.place,
            "uid": meetings.uid_of(each),
            "sequence": str(each.sequence),
        }
        for each in found
    ]
    if in_json:
        as_json({"examinations": told})
    elif told:
        table(
            ("Id", "What", "Begins (UTC)", "Place", "State"),
            [
                (
                    each["id"],
                    each["kind"],
                    str(each["begins_at"])[:16],
                    each["place"],
                    each["state"],
                )
                for each in told
            ],
        )
    else:
        line("None.")


@examination.command("move")
def move(
    *, reference: Reference, meeting: Meeting, at: At, place: Place = "", in_json: Json = False
) -> None:
    """Move a test or interview to another time, in its own zone; calendars follow.

    Example: mandate appointment examination move INT-2026-0001 ID --at 2027-02-02T11:00
    """
    receipt = acted(reference, meetings.MOVE, meetings.Moved(meeting, _time(at), place))
    say_done(receipt, "Moved.", in_json=in_json)


@examination.command("call-off")
def call_off(reference: Reference, meeting: Meeting, in_json: Json = False) -> None:
    """Call a test or interview off; calendars strike it out.

    Example: mandate appointment examination call-off INT-2026-0001 ID
    """
    receipt = acted(reference, meetings.CALL_OFF, meetings.Which(meeting))
    say_done(receipt, "Called off.", in_json=in_json)


@examination.command("hold")
def hold(reference: Reference, meeting: Meeting, in_json: Json = False) -> None:
    """Record that a test or interview took place.

    Example: mandate appointment examination hold INT-2026-0001 ID
    """
    say_done(acted(reference, meetings.HOLD, meetings.Which(meeting)), "Held.", in_json=in_json)


def _time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise refuse(
            '"{text}" is not a time',
            rule="time_is_understood",
            cure="Write it as 2027-02-01T09:30.",
            where="--at",
            reason=Reason.INPUT,
            text=text[:40],
        ) from None
