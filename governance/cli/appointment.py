"""`mandate appointment`: launch, show, list and withdraw cases, and what is done by HR in them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from governance.acts import Receipt, perform
from governance.appointments.candidates import IMPORT, CandidateFile
from governance.appointments.launching import (
    CONFIRM_NEED,
    LAUNCH,
    WITHDRAW,
    Launch,
    Need,
    Why,
)
from governance.appointments.queries import case_by_reference
from governance.appointments.telling import tell_case, tell_cases, tell_record
from governance.cli.casefile import show_case
from governance.cli.counting import day
from governance.cli.desk import actor_of, open_house
from governance.cli.record import show_entries
from governance.cli.saying import Json, as_json, line, table
from governance.refusals import Reason, refuse

commands = typer.Typer(
    name="appointment",
    no_args_is_help=True,
    add_completion=False,
    help="Appointments: launch a case, see it, do what HR does in it.",
)

Reference = Annotated[str, typer.Argument(metavar="REF", help="The case, such as INT-2026-0001.")]
ProcedureKey = Annotated[
    str, typer.Option("--procedure", metavar="KEY", help="A procedure of the rulebook.")
]
PostKey = Annotated[str, typer.Option("--post", metavar="KEY", help="A post of the rulebook.")]
WantedOn = Annotated[
    str, typer.Option("--wanted-on", metavar="DATE", help="The wanted day of entry on duty.")
]
Confirmations = Annotated[
    list[str] | None,
    typer.Option(
        "--confirm", metavar="NEED=NOTE", help="What is there already; may be given again."
    ),
]
NeedKey = Annotated[str, typer.Argument(metavar="NEED", help="Such as funding_confirmed.")]
Note = Annotated[str, typer.Option("--note", help="Where it stands, in a few words.")]
Reasoned = Annotated[str, typer.Option("--reason", help="Why; kept confidentially on file.")]
State = Annotated[
    str, typer.Option("--state", help="Only these: running, completed, closed or withdrawn.")
]
StageKey = Annotated[str, typer.Option("--stage", metavar="KEY", help="Only those at this stage.")]
Search = Annotated[str, typer.Option("--search", help="Words of the reference or of the post.")]
Older = Annotated[
    str, typer.Option("--older-than", metavar="REF", help="The next page: cases before this one.")
]
File = Annotated[Path, typer.Argument(metavar="FILE.csv", help="The candidates, as CSV in UTF-8.")]


@commands.command("launch")
def launch(
    *,
    procedure: ProcedureKey,
    post: PostKey,
    wanted_on: WantedOn = "",
    confirm: Confirmations = None,
    in_json: Json = False,
) -> None:
    """Launch an appointment on a procedure of the rulebook.

    The rulebook in force is the law of the case from now on. What the first stage needs may be
    confirmed at once, or later with: mandate appointment confirm REF NEED

    For example:

    mandate appointment launch --procedure regional-director --post regional-director-abidjan

    mandate appointment launch --procedure regional-director --post regional-director-abidjan
    --wanted-on 2027-03-01 --confirm job_description=approved --confirm "funding_confirmed=line 4"
    """
    wanted = day(wanted_on, "--wanted-on")
    given = Launch(procedure, post, wanted, dict(_confirmed(each) for each in confirm or ()))
    with open_house() as house:
        receipt = perform(house, actor_of(house), LAUNCH, None, given)
    assert receipt is not None  # noqa: S101 -- a launch always writes
    reference = receipt.facts["reference"]
    say_done(receipt, f"Launched: {reference}.", in_json=in_json)
    if not in_json:
        line(f"See it: mandate appointment show {reference}")


@commands.command("list")
def list_cases(
    *,
    state: State = "",
    stage: StageKey = "",
    search: Search = "",
    older_than: Older = "",
    in_json: Json = False,
) -> None:
    """List the appointments that you may see, the newest first.

    Example: mandate appointment list --state running
    """
    with open_house() as house:
        page = tell_cases(
            house,
            actor_of(house),
            state=state,
            stage=stage,
            search=search,
            older_than=older_than,
        )
    if in_json:
        as_json(page)
        return
    rows = [
        (
            each["reference"],
            each["post"],
            each["stage"] if each["state"] == "running" else each["state"],
            ", ".join(each["waits_for"]),
            (each["due_at"] or "")[:16].replace("T", " "),
        )
        for each in page["appointments"]
    ]
    if rows:
        table(("Case", "Post", "Stands at", "Waits for", "Due (UTC)"), rows)
    line(f"{len(rows)} of {page['total']}." if rows else "No appointments.")


@commands.command("show")
def show(reference: Reference, in_json: Json = False) -> None:
    """Show where an appointment stands: stages, questions, candidates, documents, tasks.

    Example: mandate appointment show INT-2026-0001
    """
    with open_house() as house:
        told = tell_case(house, actor_of(house), reference)
    if in_json:
        as_json(told)
    else:
        show_case(told)


@commands.command("withdraw")
def withdraw(*, reference: Reference, reason: Reasoned, in_json: Json = False) -> None:
    """Withdraw an appointment: the case ends, open questions and unsent notices are withdrawn.

    Example: mandate appointment withdraw INT-2026-0001 --reason "The post was abolished."
    """
    with open_house() as house:
        actor = actor_of(house)
        with house.database.reading() as session:
            case = case_by_reference(session, actor, reference)
        receipt = perform(house, actor, WITHDRAW, case.id, Why(reason))
    say_done(receipt, f"Withdrawn: {case.reference}.", in_json=in_json)


@commands.command("confirm")
def confirm_need(
    *, reference: Reference, need: NeedKey, note: Note = "", in_json: Json = False
) -> None:
    """Confirm that something which the first stage needs is there.

    Example: mandate appointment confirm INT-2026-0001 funding_confirmed --note "Budget line 4"
    """
    with open_house() as house:
        actor = actor_of(house)
        with house.database.reading() as session:
            case = case_by_reference(session, actor, reference)
        receipt = perform(house, actor, CONFIRM_NEED, case.id, Need(need, note))
    say_done(receipt, f"Confirmed: {need}.", in_json=in_json)


@commands.command("import")
def import_candidates(*, reference: Reference, file: File, in_json: Json = False) -> None:
    """Import candidates from a CSV file: all of them, or none and every fault by line and column.

    Example: mandate appointment import INT-2026-0001 candidates.csv
    """
    content = bytes_of(file)
    with open_house() as house:
        actor = actor_of(house)
        with house.database.reading() as session:
            case = case_by_reference(session, actor, reference)
        receipt = perform(house, actor, IMPORT, case.id, CandidateFile(content))
    rows = receipt.facts["rows"] if receipt else 0
    say_done(receipt, f"{rows} candidates imported into {case.reference}.", in_json=in_json)


@commands.command("record")
def case_record(reference: Reference, in_json: Json = False) -> None:
    """Show the trail of an appointment; the same as `mandate record show`.

    Example: mandate appointment record INT-2026-0001
    """
    with open_house() as house:
        entries = tell_record(house, actor_of(house), reference)
    show_entries(entries, in_json=in_json)


def say_done(receipt: Receipt | None, told: str, *, in_json: bool) -> None:
    """What was done, and the entry that proves it."""
    if in_json:
        as_json(receipt_as_json(receipt))
    elif receipt is None:
        line("There was nothing left to do.")
    else:
        line(f"{told} Entry {receipt.entry[:12]}.")


def receipt_as_json(receipt: Receipt | None) -> dict[str, object]:
    """A receipt for machines."""
    if receipt is None:
        return {"done": None}
    return {
        "done": receipt.kind,
        "at": receipt.at.isoformat(),
        "entry": receipt.entry,
        "facts": receipt.facts,
    }


def _confirmed(text: str) -> tuple[str, str]:
    need, _, note = text.partition("=")
    return need.strip(), note.strip()


def bytes_of(file: Path) -> bytes:
    """The bytes of a file; Refused in words where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise refuse(
            "the file {file} cannot be read: {why}",
            rule="file_is_there",
            cure="Check its name and that you may read it.",
            where="FILE.csv",
            reason=Reason.INPUT,
            file=file,
            why=(error.strerror or type(error).__name__).lower(),
        ) from None
