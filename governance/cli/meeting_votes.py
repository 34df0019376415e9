"""`mandate meeting motion`, `vote`, `declare`, `note`: what is moved, put, counted, declared."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from governance.cli import meeting_room  # noqa: F401 -- its commands belong to the same group
from governance.cli.committee_seats import Candidates, ForOffice, ForSeats
from governance.cli.meeting_acts import Because, Ref, commands, run
from governance.cli.saying import Json
from governance.committees.meeting import ballots, casting, declaring, motions, noting
from governance.refusals import Reason, refuse

motion = typer.Typer(no_args_is_help=True, add_completion=False, help="Motions and amendments.")
vote = typer.Typer(no_args_is_help=True, add_completion=False, help="Put a question, count it.")
commands.add_typer(motion, name="motion")
commands.add_typer(vote, name="vote")
Number = Annotated[int, typer.Argument(help="The number of the motion.")]


@motion.command("move")
def move(  # noqa: PLR0913, PLR0917 -- one argument per option
    reference: Ref,
    item: Annotated[
        str, typer.Argument(help="The number of the item; of a late one its identifier.")
    ],
    text: Annotated[str, typer.Argument(help="What is moved.")],
    mover: Annotated[str, typer.Option("--by", help="The seat that moves.")] = "",
    seconder: Annotated[str, typer.Option("--second", help="The seat that seconds.")] = "",
    subject: Annotated[str, typer.Option("--subject", help="For the majority.")] = "all",
    amends: Annotated[int, typer.Option("--amends", help="The motion that it changes.")] = 0,
    distance: Annotated[int, typer.Option("--distance", help="How far from the original.")] = 0,
    kind: Annotated[str, typer.Option("--kind", help=", ".join(motions.KINDS))] = "motion",
    in_json: Json = False,
) -> None:
    """Move a motion, or an amendment to one.

    Example: mandate meeting motion move standards-1 3 "to approve the draft" --by acme
    """
    given = motions.Moving(item, text, mover, seconder, kind, subject, amends, distance)
    run(motions.MOVE, reference, given, in_json=in_json, says="Motion {motion}: {state}.")


@motion.command("step")
def step(  # noqa: PLR0913, PLR0917 -- one argument per option
    reference: Ref,
    number: Number,
    event: Annotated[
        str, typer.Argument(help="second, lapse, withdraw, table, refer, rule_out, …")
    ],
    seat: Annotated[str, typer.Option("--by", help="The seat, for second.")] = "",
    because: Because = "",
    in_json: Json = False,
) -> None:
    """Take a step with a motion.

    Example: mandate meeting motion step standards-1 1 second --by globex
    """
    given = motions.MotionStep(number, event, seat, because)
    run(motions.STEP, reference, given, in_json=in_json, says="Motion {motion}: {to}.")


@vote.command("put")
def put(  # noqa: PLR0913, PLR0917 -- one argument per option
    reference: Ref,
    number: Number,
    mode: Annotated[str, typer.Option("--mode", help=", ".join(ballots.MODES))] = "show",
    candidate: Candidates = None,
    seats: Annotated[int, typer.Option("--seats", help="How many are elected.")] = 1,
    for_seat: ForSeats = None,
    office: ForOffice = "",
    in_json: Json = False,
) -> None:
    """Put the question on a motion, or an election: who stands, for which seats or office.

    Example: mandate meeting vote put standards-1 1 --mode roll_call
    """
    given = ballots.Putting(
        number, mode, tuple(candidate or ()), seats, tuple(for_seat or ()), office
    )
    run(ballots.PUT, reference, given, in_json=in_json, says="Put by {mode}; {asked} are asked.")


@vote.command("count")
def count(  # noqa: PLR0913, PLR0917 -- one argument per option
    reference: Ref,
    number: Number,
    yes: Annotated[int, typer.Option(help="Votes for.")] = 0,
    no: Annotated[int, typer.Option(help="Votes against.")] = 0,
    abstain: Annotated[int, typer.Option(help="Abstentions.")] = 0,
    objections: Annotated[int, typer.Option(help="How many objected to general consent.")] = 0,
    file: Annotated[
        Path | None, typer.Option("--file", help="A roll call: CSV with seat,position.")
    ] = None,
    votes: Annotated[
        list[str] | None,
        typer.Option("--votes", metavar="NAME=N", help="Votes for a candidate; give again."),
    ] = None,
    in_json: Json = False,
) -> None:
    """Enter what was counted; the result is worked out and proposed to the chair.

    Example: mandate meeting vote count standards-1 1 --yes 7 --no 2 --abstain 1
    """
    positions = _positions(file) if file else {}
    counts = {"yes": yes, "no": no, "abstain": abstain}
    if votes:
        counts = {**dict(_votes(each) for each in votes), "abstain": abstain}
    given = ballots.Counting(number, counts, positions, objections)
    run(ballots.COUNT, reference, given, in_json=in_json, says="{result}: {votes}")


def _votes(written: str) -> tuple[str, int]:
    name, _, many = written.rpartition("=")
    if not name or not many.strip().isdigit():
        raise refuse(
            '"{written}" is not NAME=N',
            rule="votes_of_a_candidate",
            cure='Write it as "Jane Smith=7".',
            where="--votes",
            reason=Reason.INPUT,
            written=written[:80],
        )
    return name.strip(), int(many)


def _positions(file: Path) -> dict[str, str]:
    try:
        rows = list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError) as error:
        raise _unread(file, str(error)) from None
    if not rows or not {"seat", "position"} <= set(rows[0]):
        raise _unread(file, "its titles are not seat,position")
    return {row["seat"].strip(): row["position"].strip().lower() for row in rows if row["seat"]}


def _unread(file: Path, problem: str) -> Exception:
    return refuse(
        "the votes in {file} cannot be read: {problem}",
        rule="votes_file",
        cure="Give CSV with the titles seat,position.",
        reason=Reason.INPUT,
        file=file,
        problem=problem[:200],
    )


@vote.command("cast")
def cast(
    reference: Ref,
    number: Number,
    votes: Annotated[
        list[str],
        typer.Option("--for", help="yes, no, or a name for each place; none: no casting vote."),
    ],
    in_json: Json = False,
) -> None:
    """The chair breaks a tie by a casting vote, where the rules give one.

    Example: mandate meeting vote cast standards-1 1 --for yes
    """
    given = casting.CastNow(number, tuple(votes))
    run(casting.CAST, reference, given, in_json=in_json, says="{result}: {article}")


@commands.command("declare")
def declare(  # noqa: PLR0913, PLR0917 -- one argument per option
    reference: Ref,
    number: Number,
    title: Annotated[str, typer.Option("--title", help="Of the decision.")] = "",
    effective: Annotated[
        datetime | None,
        typer.Option(
            "--effective", formats=["%Y-%m-%d"], help="The day from which it is in force."
        ),
    ] = None,
    expires: Annotated[
        datetime | None,
        typer.Option(
            "--expires", formats=["%Y-%m-%d"], help="The last day on which it is in force."
        ),
    ] = None,
    supersedes: Annotated[str, typer.Option("--supersedes", help="The older number.")] = "",
    in_json: Json = False,
) -> None:
    """The chair declares the result; what is carried is numbered and registered.

    Example: mandate meeting declare standards-1 1
    """
    given = declaring.Declaring(
        number, title, effective.date() if effective else None,
        expires.date() if expires else None, supersedes,
    )  # fmt: skip
    run(declaring.DECLARE, reference, given, in_json=in_json, says="Carried: {carried}.")


@commands.command("note")
def note(  # noqa: PLR0913, PLR0917 -- one argument per option
    reference: Ref,
    text: Annotated[str, typer.Argument(help="The words themselves.")],
    item: Annotated[
        str, typer.Option("--item", help="The item of the agenda, by number or identifier.")
    ] = "",
    seat: Annotated[str, typer.Option("--by", help="The seat that speaks.")] = "",
    name: Annotated[str, typer.Option("--name", help="Who speaks, without a seat.")] = "",
    kind: Annotated[str, typer.Option("--kind", help=", ".join(noting.KINDS))] = "note",
    key: Annotated[str, typer.Option("--key", help="Sent twice, it is one note.")] = "",
    in_json: Json = False,
) -> None:
    """Note something for the minutes.

    Example: mandate meeting note standards-1 "The draft is late." --item 3 --by acme
    """
    given = noting.Noted(text, item, kind, seat, name, key)
    run(noting.NOTE, reference, given, in_json=in_json, says="Noted.")
