"""`mandate meeting`: meetings of this installation, from plan to close."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from sqlmodel import col, select

from governance.acts import Receipt, Verb, perform
from governance.cli import meeting as offline
from governance.cli.committee_acts import act as act_on_body
from governance.cli.committee_acts import at_the_desk, done
from governance.cli.desk import open_house
from governance.cli.saying import Json, as_json, line, table, words
from governance.committees.finding import meeting_named
from governance.committees.meeting import agenda, convening, dispatch, holding, papers, series
from governance.committees.meeting.inviting import invitation
from governance.committees.meeting.models import Meeting
from governance.committees.meeting.rolls import TAKE_ROLL, RollTaken, check_against_rows
from governance.committees.models import Committee
from governance.committees.queries import bodies
from governance.committees.reading import read_roll_file
from governance.committees.rows import register_from
from governance.committees.showing import tell_roll
from governance.committees.telling import tell_meeting
from governance.house import House
from governance.notices.invitation import CANCEL, REQUEST

commands = offline.commands
Key = Annotated[str, typer.Argument(metavar="BODY", help="The key of the body.")]
Ref = Annotated[str, typer.Argument(metavar="MEETING", help="The meeting's reference.")]
Starts = Annotated[str, typer.Option("--starts", help="2026-03-12 14:00, where the body is.")]
Minutes = Annotated[int, typer.Option("--minutes", help="How long.")]
Zone = Annotated[str, typer.Option("--zone", help="Empty: the body's zone.")]
Place = Annotated[str, typer.Option("--place", help="Where it is held.")]
Title = Annotated[str, typer.Option("--title", help="Its title, in a few words.")]
Because = Annotated[str, typer.Option("--because", help="Why, in one line.")]


def act(house: House, verb: Verb[Any, Any], reference: str, given: Any) -> Receipt | None:
    """Act on a meeting by its reference."""
    actor = at_the_desk(house)
    with house.database.reading() as session:
        subject = meeting_named(session, reference, actor, house.clock.now()).id
    return perform(house, actor, verb, subject, given)


def run(verb: Verb[Any, Any], reference: str, given: Any, *, in_json: bool, says: str) -> None:
    """Act, and say what was done: `says` is filled with the facts of the receipt."""
    with open_house() as house:
        receipt = act(house, verb, reference, given)
    if receipt is None:
        line("There was nothing left to do.")
    else:
        done(receipt, says.format(reference=reference, **receipt.facts), in_json=in_json)


@commands.command("plan")
def plan(  # noqa: PLR0913, PLR0917 -- one argument per option
    key: Key,
    starts: Starts,
    minutes: Minutes = 120,
    zone: Zone = "",
    place: Place = "",
    title: Title = "",
    every: Annotated[str, typer.Option("--every", help="FREQ=MONTHLY;BYDAY=2TU;COUNT=6")] = "",
    in_json: Json = False,
) -> None:
    """Plan a meeting, or a series of them by a rule of recurrence.

    Example: mandate meeting plan standards-committee --starts "2026-03-12 14:00"
    """
    named = {"en": title} if title else None
    with open_house() as house:
        if every:
            recurring = series.Recurring(starts, every, minutes, zone, named, place)
            receipt = act_on_body(house, series.PLAN_SERIES, key, recurring)
            told = "\n".join(receipt.facts["meetings"])
        else:
            planning = convening.Planning(starts, minutes, named, zone, place)
            receipt = act_on_body(house, convening.PLAN, key, planning)
            told = f"{receipt.facts['reference']}: {receipt.facts['starts']}"
    done(receipt, told, in_json=in_json)


@commands.command("list")
def list_meetings(in_json: Json = False) -> None:
    """List the meetings of the bodies that you may see, the next one last.

    Example: mandate meeting list
    """
    with open_house() as house, house.database.reading() as session:
        actor, now = at_the_desk(house), house.clock.now()
        seen = {each.id: each for each in bodies(session, actor, now)}
        query = select(Meeting).where(col(Meeting.committee_id).in_(seen))
        rows = [
            {
                "reference": each.reference,
                "body": seen[each.committee_id].key,
                "starts": each.starts_at.in_timezone(each.zone).isoformat(),
                "zone": each.zone,
                "state": each.state,
            }
            for each in session.exec(query.order_by(col(Meeting.starts_at)))
        ]
    if in_json:
        as_json(rows)
    else:
        table(
            ("Meeting", "Starts", "State"),
            [(e["reference"], e["starts"], e["state"]) for e in rows],
        )


@commands.command("show")
def show(reference: Ref, in_json: Json = False) -> None:
    """Show a meeting: agenda, roll, live quorum with its working, motions, decisions.

    Example: mandate meeting show standards-committee-1
    """
    with open_house() as house, house.database.reading() as session:
        found = meeting_named(session, reference, at_the_desk(house), house.clock.now())
        whole = tell_meeting(session, found)
    if in_json:
        as_json(whole)
        return
    line(f"{whole['reference']}: {words(whole['title'])}, {whole['starts']}, {whole['state']}")
    table(
        ("Item", "Title", "For", "Minutes", "State"),
        [
            (e["number"], words(e["title"]), e["category"], e["minutes"], e["state"])
            for e in whole["items"]
        ],
    )
    for step in whole["quorum"]["working"]:
        line(f"  {step}")
    for each in whole["motions"]:
        line(
            f"Motion {each['number']}: {each['state']} {each['result'] or ''} {each['votes'] or ''}"
        )
    for each in whole["decisions"]:
        line(f"{each['number']}: {each['title']}")


@commands.command("convene")
def convene(
    reference: Ref,
    urgent: Annotated[str, typer.Option("--urgent", help="The reason, if notice is short.")] = "",
    in_json: Json = False,
) -> None:
    """Convene: the notice period is checked, the rules pinned, the invitations sent.

    Example: mandate meeting convene standards-committee-1
    """
    run(convening.CONVENE, reference, convening.Convening(urgent), in_json=in_json,
        says="{reference} is convened, {invited} invited.")  # fmt: skip


@commands.command("move")
def move(  # noqa: PLR0913, PLR0917 -- one argument per option
    reference: Ref,
    starts: Starts,
    minutes: Minutes = 0,
    place: Place = "",
    because: Because = "",
    in_json: Json = False,
) -> None:
    """Move a meeting to another time or place; everybody invited is told.

    Example: mandate meeting move standards-committee-1 --starts "2026-03-19 14:00"
    """
    given = convening.Moving("rearrange", starts, minutes, place or None, because)
    run(convening.MOVE, reference, given, in_json=in_json, says="{reference} starts {starts}.")


@commands.command("postpone")
def postpone(reference: Ref, because: Because = "", in_json: Json = False) -> None:
    """Put a meeting off; it keeps its planned date, and is moved to a new one later.

    Example: mandate meeting postpone standards-committee-1 --because "no room"
    """
    given = convening.Moving("postpone", because=because)
    run(convening.MOVE, reference, given, in_json=in_json, says="{reference} is postponed.")


@commands.command("cancel")
def cancel(reference: Ref, because: Because = "", in_json: Json = False) -> None:
    """Cancel a meeting; after notice, a cancellation goes to everybody invited.

    Example: mandate meeting cancel standards-committee-1 --because "nothing to decide"
    """
    given = convening.Moving("cancel", because=because)
    run(convening.MOVE, reference, given, in_json=in_json, says="{reference} is cancelled.")


@commands.command("invitation")
def print_invitation(reference: Ref) -> None:
    """Print the invitation, or the cancellation, as iCalendar.

    Example: mandate meeting invitation standards-committee-1 > meeting.ics
    """
    with open_house() as house, house.database.reading() as session:
        found = meeting_named(session, reference, at_the_desk(house), house.clock.now())
        method = CANCEL if found.state in ("cancelled", "postponed") else REQUEST
        print(invitation(session, house.settings, found, house.clock.now(), method), end="")


@commands.command("agenda")
def fill_agenda(reference: Ref, in_json: Json = False) -> None:
    """Fill the draft agenda: standing items, actions carried over, items deferred before.

    Example: mandate meeting agenda standards-committee-1
    """
    run(dispatch.DRAFT, reference, None, in_json=in_json, says="Added {items}.")


@commands.command("propose")
def propose(  # noqa: PLR0913, PLR0917 -- one argument per option
    reference: Ref,
    title: Annotated[str, typer.Argument(help="The title of the item.")],
    category: Annotated[
        str, typer.Option("--for", help="decision, discussion, information, consent")
    ] = "discussion",
    access: Annotated[str, typer.Option("--access", help="open, restricted, closed")] = "open",
    minutes: Minutes = 10,
    in_json: Json = False,
) -> None:
    """Propose an item for the agenda.

    Example: mandate meeting propose standards-committee-1 "Budget 2027" --for decision
    """
    given = agenda.Proposal({"en": title}, category, access, minutes)
    run(agenda.PROPOSE, reference, given, in_json=in_json, says="Item {item}: {state}.")


@commands.command("item")
def item_step(  # noqa: PLR0913, PLR0917 -- one argument per option
    reference: Ref,
    item: Annotated[str, typer.Argument(help="Its number or identifier.")],
    event: Annotated[
        str, typer.Argument(help="accept, refuse, hold, strike, open, close, defer, …")
    ],
    because: Because = "",
    to: Annotated[str, typer.Option("--to", help="Where it is deferred or referred to.")] = "",
    in_json: Json = False,
) -> None:
    """Take a step with an item of the agenda.

    Example: mandate meeting item standards-committee-1 3 open
    """
    given = agenda.ItemStep(item, event, because, to)
    run(agenda.STEP, reference, given, in_json=in_json, says="{to}")


@commands.command("order")
def order(
    reference: Ref,
    items: Annotated[list[str], typer.Argument(help="The items in their order.")],
    in_json: Json = False,
) -> None:
    """Put the items of the agenda in an order, by their identifiers.

    Example: mandate meeting order standards-committee-1 ID ID ID
    """
    run(agenda.ORDER, reference, agenda.Order(tuple(items)), in_json=in_json, says="In order.")


@commands.command("paper")
def add_paper(  # noqa: PLR0913, PLR0917 -- one argument per option
    reference: Ref,
    file: Annotated[Path, typer.Argument(help="The file to read.")],
    key: Annotated[str, typer.Option("--key", help="Its symbol, such as doc-3.")],
    language: Annotated[
        str, typer.Option("--language", help="In which language it is written: ar, en, es or fr.")
    ] = "en",
    title: Title = "",
    item: Annotated[
        str, typer.Option("--item", help="The item of the agenda, by number or identifier.")
    ] = "",
    in_json: Json = False,
) -> None:
    """Put a paper in; once the agenda is out, a change is a new version.

    Example: mandate meeting paper standards-committee-1 budget.pdf --key doc-3 --item 3
    """
    given = papers.NewPaper(key, title or file.stem, language, file.read_bytes(), item)
    run(papers.ADD_PAPER, reference, given, in_json=in_json, says="{paper}, version {version}.")


@commands.command("circulate")
def circulate(reference: Ref, in_json: Json = False) -> None:
    """Circulate the agenda; its papers are frozen and hashed.

    Example: mandate meeting circulate standards-committee-1
    """
    run(dispatch.CIRCULATE, reference, None, in_json=in_json, says="Agenda {version} is out.")


@offline.roll.command("import")
def import_roll(
    file: offline.RollFile,
    meeting: Annotated[str, typer.Option("--meeting", help="The meeting's reference.")],
    anyway: Annotated[bool, typer.Option("--anyway", help="Enter it with its findings.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check it, enter nothing.")] = False,
    in_json: Json = False,
) -> None:
    """Enter a roll into a meeting, checked against the registers; with findings, nothing is.

    Exit status: 0 entered and clean, 1 findings, 2 the input cannot be read, 3 no such meeting.

    Example: mandate meeting roll import 2026-03-12.csv --meeting standards-committee-1
    """
    read = read_roll_file(file)
    with open_house() as house:
        actor = at_the_desk(house)
        with house.database.reading() as session:
            found = meeting_named(session, meeting, actor, house.clock.now())
            checked = check_against_rows(session, found, read)
            register = register_from(session, session.get_one(Committee, found.committee_id))
        faults = [each for each in checked.findings if each.blocks]
        enters = not dry_run and (anyway or not faults)
        if enters:
            perform(house, actor, TAKE_ROLL, found.id, RollTaken(read, anyway))
    if in_json:
        as_json({**tell_roll(register, checked), "entered": enters, "meeting": meeting})
    else:
        offline.say_roll(checked)
        line(f"{meeting}: the roll is entered." if enters else f"{meeting}: nothing was entered.")
    raise typer.Exit(1 if faults else 0)


@commands.command("open")
def open_meeting(
    reference: Ref,
    second_call: Annotated[bool, typer.Option(help="On second call, with its own quorum.")] = False,
    in_json: Json = False,
) -> None:
    """Open the meeting: refused, with the working, where there is no quorum.

    Example: mandate meeting open standards-committee-1
    """
    run(holding.OPEN, reference, holding.Opened(second_call), in_json=in_json,
        says="{reference} is open: {quorum}")  # fmt: skip


@commands.command("session")
def session_step(
    reference: Ref,
    event: Annotated[str, typer.Argument(help="suspend, resume, adopt_agenda, find_inquorate")],
    in_json: Json = False,
) -> None:
    """Suspend, resume, adopt the agenda, or find that there is no quorum.

    Example: mandate meeting session standards-committee-1 suspend
    """
    run(holding.GO_ON, reference, holding.SessionStep(event), in_json=in_json, says="{reference}")


@commands.command("close")
def close(reference: Ref, in_json: Json = False) -> None:
    """Close the meeting; its minutes are due from now on.

    Example: mandate meeting close standards-committee-1
    """
    run(holding.GO_ON, reference, holding.SessionStep("close"), in_json=in_json,
        says="{reference} is closed.")  # fmt: skip
