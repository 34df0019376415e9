"""`mandate appointment offer|service|roster|acting|pause|resume`: what follows the decision."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from governance.acts import Receipt, Verb, perform
from governance.appointments.queries import case_by_reference
from governance.appointments.service import engaging, lasting, offers, pausing, rosters
from governance.appointments.service.acting import BEGIN_ACTING, Acting
from governance.appointments.service.copying import COPY, Copy
from governance.appointments.service.models import Service
from governance.appointments.service.telling import (
    find_service,
    place_of,
    tell_offers,
    tell_roster,
    tell_service,
    tell_services,
)
from governance.cli.appointment import Note, Reasoned, Reference, commands, say_done
from governance.cli.counting import day
from governance.cli.desk import actor_of, open_house
from governance.cli.reach import acted
from governance.cli.saying import Json, as_json, line, say_table, table, words
from governance.refusals import Reason, refuse

offer = typer.Typer(name="offer", no_args_is_help=True, help="Offers and their conditions.")
service = typer.Typer(
    name="service", no_args_is_help=True, help="From entry on duty to the end of term."
)
roster = typer.Typer(name="roster", no_args_is_help=True, help="Who may be drawn without a call.")
acting = typer.Typer(name="acting", no_args_is_help=True, help="Acting in an office for a time.")
for group in (offer, service, roster, acting):
    commands.add_typer(group)

Served = Annotated[
    str, typer.Argument(metavar="REF", help="The service, such as SV-2026-0001, or its case.")
]
Key = Annotated[str, typer.Argument(metavar="KEY", help="As `service show` lists it.")]
On = Annotated[str, typer.Option("--on", metavar="DATE", help="Empty: today.")]
Until = Annotated[str, typer.Option("--until", metavar="DATE", help="The new last day.")]
Outcome = Annotated[str, typer.Option("--result", help="Of a review: satisfactory or adverse.")]
Person = Annotated[str, typer.Option("--person", metavar="EMAIL", help="Somebody on file.")]
Office = Annotated[str, typer.Option("--office", metavar="KEY", help="An office of the law.")]
From = Annotated[str, typer.Option("--from", metavar="DATE", help="The first day.")]
Kind = Annotated[str, typer.Option("--kind", help="regular, acting or interim.")]
State = Annotated[str, typer.Option("--state", help="Such as serving.")]
Older = Annotated[str, typer.Option("--older-than", metavar="REF", help="The next page.")]
Grade = Annotated[str, typer.Option("--grade", help="Only of this grade.")]
Who = Annotated[str, typer.Argument(metavar="EMAIL", help="Whoever has the place.")]
Into = Annotated[str, typer.Option("--case", metavar="REF", help="A case whose call is open.")]
Wanted = Annotated[
    str, typer.Option("--wanted-on", metavar="DATE", help="The wanted day of entry on duty.")
]
Condition = Annotated[str, typer.Argument(metavar="CONDITION", help="Such as medical.")]


@offer.command("show")
def show_offers(reference: Reference, in_json: Json = False) -> None:
    """Show the offers of a case: to whom, how they ended, which conditions are met.

    Example: mandate appointment offer show INT-2026-0001
    """
    with open_house() as house:
        told = tell_offers(house, actor_of(house), reference)
    if in_json:
        as_json({"offers": told})
        return
    for each in told:
        line(f"No. {each['number']}: {each['state'].replace('_', ' ')}.")
        for one in each["conditions"]:
            line(f"  {words(one['title'])}: {one['met_on'] or 'open'}")
    if not told:
        line("No offer.")


@offer.command("meet")
def meet(
    *, reference: Reference, condition: Condition, source: Note = "", in_json: Json = False
) -> None:
    """Record that a condition of the offer is met. Nobody enters on duty before all are.

    Example: mandate appointment offer meet INT-2026-0001 medical --note "Certificate seen"
    """
    receipt = acted(reference, offers.MEET, offers.Met(condition, source))
    say_done(receipt, f"Met: {condition}.", in_json=in_json)


@service.command("list")
def list_services(
    *, state: State = "", kind: Kind = "", older_than: Older = "", in_json: Json = False
) -> None:
    """List who serves in which office, the newest first.

    Example: mandate appointment service list --state probation
    """
    with open_house() as house:
        told = tell_services(house, actor_of(house), state=state, kind=kind, older_than=older_than)
    if in_json:
        as_json({"services": told})
        return
    keys = ("reference", "name", "office", "kind", "state", "ends_on")
    head = ("Service", "Who", "Office", "Kind", "State", "Ends on")
    say_table((tuple(each[key] for key in keys) for each in told), head, "No service.")


@service.command("show")
def show_service(reference: Served, in_json: Json = False) -> None:
    """Show one service: its dates, its plan, what is due, acting time and caps.

    Example: mandate appointment service show SV-2026-0001
    """
    with open_house() as house:
        told = tell_service(house, actor_of(house), reference)
    if in_json:
        as_json(told)
        return
    line(f"{told['reference']}: {told['name']}, {told['office']}, {told['state']}.")
    line(f"From {told['begins_on']} to {told['ends_on'] or 'no end'}.")
    if told["tasks"]:
        table(
            ("Key", "What", "Due on", "Done"),
            [
                (
                    each["key"],
                    words(each["title"]),
                    each["due_on"],
                    (each["result"] or "yes") if each["done"] else "",
                )
                for each in told["tasks"]
            ],
        )


@service.command("oath")
def oath(reference: Served, on: On = "", in_json: Json = False) -> None:
    """Record that the oath or declaration was made.

    Example: mandate appointment service oath SV-2026-0001 --on 2027-01-04
    """
    given = engaging.Sworn(day(on, "--on"))
    say_done(_done(reference, engaging.OATH, given), "Recorded.", in_json=in_json)


@service.command("enter")
def enter(reference: Served, on: On = "", in_json: Json = False) -> None:
    """Enter somebody on duty: the office is held from now on, the plan gets its dates.

    Example: mandate appointment service enter SV-2026-0001
    """
    given = engaging.Entered(day(on, "--on"))
    say_done(_done(reference, engaging.ENTER, given), "Entered on duty.", in_json=in_json)


@service.command("task")
def task(
    *,
    reference: Served,
    key: Key,
    result: Outcome = "",
    note: Note = "",
    in_json: Json = False,
) -> None:
    """Tick off a training or a paper, or record what came of a review of the probation.

    For example:

    mandate appointment service task SV-2026-0001 code_of_conduct

    mandate appointment service task SV-2026-0001 first_review --result satisfactory
    """
    given = lasting.TaskDone(key, result, note)
    say_done(_done(reference, lasting.TASK, given), f"Done: {key}.", in_json=in_json)


@service.command("confirm")
def confirm(reference: Served, in_json: Json = False) -> None:
    """End the probation well: every review is held, and the last one is favourable.

    Example: mandate appointment service confirm SV-2026-0001
    """
    say_done(_done(reference, lasting.CONFIRM, None), "Confirmed.", in_json=in_json)


@service.command("prolong-probation")
def prolong(*, reference: Served, reason: Reasoned, in_json: Json = False) -> None:
    """Prolong the probation as the law allows; one more review is due at its end.

    Example: mandate appointment service prolong-probation SV-2026-0001 --reason "Long illness."
    """
    given = engaging.Because(reason)
    say_done(_done(reference, lasting.PROLONG, given), "Prolonged.", in_json=in_json)


@service.command("extend")
def extend(
    *, reference: Served, until: Until, reason: Reasoned = "", in_json: Json = False
) -> None:
    """Let a service end later, as often and as long as the law allows.

    Example: mandate appointment service extend SV-2026-0001 --until 2031-12-31
    """
    last = day(until, "--until")
    assert last is not None  # noqa: S101 -- a day was typed, or it was refused
    given = lasting.Longer(last, reason)
    say_done(_done(reference, lasting.EXTEND, given), f"Until {until}.", in_json=in_json)


@service.command("separate")
def separate(*, reference: Served, reason: Reasoned, in_json: Json = False) -> None:
    """End a service today, with a reason on file. A term that is over ends by itself.

    Example: mandate appointment service separate SV-2026-0001 --reason "Resigned."
    """
    given = engaging.Because(reason)
    say_done(_done(reference, lasting.SEPARATE, given), "Ended.", in_json=in_json)


@service.command("fall-through")
def fall_through(*, reference: Served, reason: Reasoned, in_json: Json = False) -> None:
    """Record that somebody who accepted never comes.

    Example: mandate appointment service fall-through SV-2026-0001 --reason "Stayed at home."
    """
    given = engaging.Because(reason)
    say_done(_done(reference, engaging.FALL_THROUGH, given), "Recorded.", in_json=in_json)


@roster.command("list")
def list_roster(*, state: State = "listed", grade: Grade = "", in_json: Json = False) -> None:
    """List the roster, the place that ends first on top.

    Example: mandate appointment roster list --grade G4
    """
    with open_house() as house:
        told = tell_roster(house, actor_of(house), state=state, grade=grade)
    if in_json:
        as_json({"roster": told})
        return
    keys = ("name", "email", "grade", "case", "state", "until")
    head = ("Who", "Address", "Grade", "From", "State", "Until")
    say_table((tuple(each[key] for key in keys) for each in told), head, "Nobody.")


@roster.command("renew")
def renew(who: Who, in_json: Json = False) -> None:
    """Let a place be good for longer, as often as the law says.

    Example: mandate appointment roster renew a.candidate@mail.example
    """
    say_done(_placed(who, rosters.RENEW, None), "Renewed.", in_json=in_json)


@roster.command("use")
def use(*, who: Who, case: Into, in_json: Json = False) -> None:
    """Draw somebody from the roster into a case whose call is open, for a post of that grade.

    Example: mandate appointment roster use a.candidate@mail.example --case INT-2027-0003
    """
    with open_house() as house:
        actor = actor_of(house)
        with house.database.reading() as session:
            place = place_of(session, actor, who)
            into = case_by_reference(session, actor, case)
        receipt = perform(house, actor, rosters.USE, place.id, rosters.Draw(into.id))
    say_done(receipt, f"A candidate in {into.reference}.", in_json=in_json)


@roster.command("remove")
def remove(*, who: Who, reason: Reasoned, in_json: Json = False) -> None:
    """Give a place up, with a reason on file.

    Example: mandate appointment roster remove a.candidate@mail.example --reason "At own wish."
    """
    given = rosters.GivenUp(reason)
    say_done(_placed(who, rosters.REMOVE, given), "Removed.", in_json=in_json)


@acting.command("begin")
def begin_acting(  # noqa: PLR0913 -- one argument per option of the command line
    *,
    person: Person,
    office: Office,
    from_: From,
    until: Until,
    reason: Reasoned,
    in_json: Json = False,
) -> None:
    """Let somebody act in an office from a day to a day, within the caps that the law sets.

    Example: mandate appointment acting begin --person junho.bae@organisation.example
    --office director_hr --from 2027-01-04 --until 2027-03-31 --reason "Parental leave."
    """
    first, last = day(from_, "--from"), day(until, "--until")
    if first is None or last is None:
        raise refuse(
            "acting has a first and a last day",
            rule="span_is_understood",
            cure="Give --from and --until.",
            where="--until" if last is None else "--from",
            reason=Reason.INPUT,
        )
    given = Acting(person, office, first, last, reason)
    with open_house() as house:
        receipt = perform(house, actor_of(house), BEGIN_ACTING, None, given)
    facts = receipt.facts if receipt else {}
    told = "{reference}: {days} days, after {before} before.".format_map(facts) if facts else ""
    say_done(receipt, told, in_json=in_json)


@commands.command("copy")
def copy(reference: Reference, wanted_on: Wanted = "", in_json: Json = False) -> None:
    """Launch a case as another one was: its post, procedure, weights and panel, without candidates.

    The law is the one in force now; what the call needs is confirmed anew, members declare anew.

    Example: mandate appointment copy INT-2025-0007 --wanted-on 2027-06-01
    """
    with open_house() as house:
        actor = actor_of(house)
        with house.database.reading() as session:
            before = case_by_reference(session, actor, reference)
        given = Copy(before.id, day(wanted_on, "--wanted-on"))
        receipt = perform(house, actor, COPY, None, given)
    launched = receipt.facts["reference"] if receipt else ""
    say_done(receipt, f"Launched: {launched}, as {before.reference} was.", in_json=in_json)


@commands.command("pause")
def pause(*, reference: Reference, reason: Reasoned, in_json: Json = False) -> None:
    """Let a case stand still, with a reason; nothing in it is due until it is resumed.

    Example: mandate appointment pause INT-2026-0001 --reason "The budget is under review."
    """
    say_done(acted(reference, pausing.PAUSE, pausing.Paused(reason)), "Paused.", in_json=in_json)


@commands.command("resume")
def resume(reference: Reference, in_json: Json = False) -> None:
    """Go on with a paused case: its deadlines move by as many days as it stood still.

    Example: mandate appointment resume INT-2026-0001
    """
    receipt = acted(reference, pausing.RESUME, None)
    days = receipt.facts["days"] if receipt else 0
    say_done(receipt, f"Resumed; deadlines moved by {days} days.", in_json=in_json)


def _done(reference: str, verb: Verb[Service, Any], given: object) -> Receipt | None:
    with open_house() as house:
        actor = actor_of(house)
        with house.database.reading() as session:
            found = find_service(session, actor, reference)
        return perform(house, actor, verb, found.id, given)


def _placed(who: str, verb: Verb[Any, Any], given: object) -> Receipt | None:
    with open_house() as house:
        actor = actor_of(house)
        with house.database.reading() as session:
            place = place_of(session, actor, who)
        return perform(house, actor, verb, place.id, given)
