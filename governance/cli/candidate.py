"""`mandate candidate`: candidates from files, each with a report by row; who may be one person."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from governance.acts import Moment, perform
from governance.appointments.authority import hr_officer
from governance.appointments.candidates import IMPORT, CandidateFile, dry_run
from governance.appointments.intake import CandidateRow, read_candidates
from governance.appointments.likeness.saying import SAY_SAME, Said, tell_likenesses
from governance.appointments.queries import case_by_reference
from governance.cli.appointment import Reference, say_done
from governance.cli.desk import actor_of, open_house
from governance.cli.saying import Json, as_json, line, table
from governance.cli.vetting import Whose, at_case, candidacy_named
from governance.clock import clock_at
from governance.people.states import load_states
from governance.refusals import Reason, refuse
from governance.settings import Settings

commands = typer.Typer(
    name="candidate",
    no_args_is_help=True,
    add_completion=False,
    help="Candidates: import them from a file, find who may be the same person.",
)

File = Annotated[
    Path, typer.Argument(metavar="FILE", help="The candidates: .csv in UTF-8, or .xlsx.")
]
Into = Annotated[
    str, typer.Option("--into", metavar="REF", help="The case, such as INT-2026-0001.")
]
Mapped = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="THEIRS=OURS",
        help="What a column of the file stands for: “Surname=family_name”; “Notes=-” leaves one"
        " out. May be given again; remembered for the next file with this header.",
    ),
]
Other = Annotated[str, typer.Option("--other", metavar="WHO", help="The other candidate.")]
Why = Annotated[str, typer.Option("--why", help="How somebody knows; kept confidentially.")]
Apart = Annotated[bool, typer.Option("--apart", help="They are two people.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Read and report, take nobody in.")]


@commands.command("import")
def import_candidates(
    *,
    file: File,
    into: Into = "",
    mapped: Mapped = None,
    only_try: DryRun = False,
    in_json: Json = False,
) -> None:
    """Import candidates from a file: all of them, or none and every fault by line and column.

    With --dry-run nobody is taken in; without --into the file is then read against the columns
    alone, which needs no installation.

    For example:

    mandate candidate import candidates.csv --dry-run

    mandate candidate import list.xlsx --into INT-2026-0001 --map Surname=family_name --map Notes=-
    """
    given = CandidateFile(bytes_of(file), _names(mapped or []))
    if only_try and not into:
        _say_rows(_read_alone(given), in_json=in_json)
        return
    if not into:
        raise refuse(
            "into which case the candidates are taken is not said",
            rule="case_is_named",
            cure="Add --into INT-2026-0001, or --dry-run to try the file alone.",
            where="--into",
            reason=Reason.INPUT,
        )
    with open_house() as house:
        actor = actor_of(house)
        with house.database.reading() as session:
            case = case_by_reference(session, actor, into)
            if only_try:
                moment = Moment(house, session, house.clock.now(), actor)
                hr_officer(moment, case, None)
                _say_rows(dry_run(moment, case, given), in_json=in_json)
                return
        receipt = perform(house, actor, IMPORT, case.id, given)
    rows = receipt.facts["rows"] if receipt else 0
    say_done(receipt, f"{rows} candidates imported into {case.reference}.", in_json=in_json)


@commands.command("columns")
def columns(in_json: Json = False) -> None:
    """Show the columns that a file of candidates has, and what may stand in them.

    Example: mandate candidate columns
    """
    from governance.appointments.cells import COLUMNS  # noqa: PLC0415 -- this command's alone

    told = [
        {
            "column": name,
            "needed": not column.optional,
            "may_be_empty": column.empty is not ...,
            "longest": column.longest,
        }
        for name, column in COLUMNS.items()
    ]
    if in_json:
        as_json({"columns": told})
        return
    rows = [
        (
            str(each["column"]),
            "needed" if each["needed"] else "optional",
            "may be empty" if each["may_be_empty"] else "",
        )
        for each in told
    ]
    table(("Column", "", ""), rows)


@commands.command("duplicates")
def duplicates(reference: Reference, in_json: Json = False) -> None:
    """Find candidates who may be one person: other spellings, scripts, order, dates, addresses.

    Nothing is merged; somebody says of each pair what is true: mandate candidate same

    Example: mandate candidate duplicates INT-2026-0001
    """
    with open_house() as house:
        told = tell_likenesses(house, actor_of(house), reference)
    if in_json:
        as_json({"pairs": told})
        return
    rows = [
        (each["one"]["name"], each["other"]["name"], ", ".join(each["grounds"]), each["said"])
        for each in told
    ]
    if rows:
        table(("One", "Other", "Grounds", "Said"), rows)
    line(f"{len(rows)} pairs that may be one person.")


@commands.command("same")
def same(  # noqa: PLR0913 -- one argument per option of the command line
    *,
    reference: Reference,
    one: Whose,
    other: Other,
    why: Why,
    apart: Apart = False,
    in_json: Json = False,
) -> None:
    """Say that two candidacies are one person's; with --apart, that they are two people's.

    Example: mandate candidate same INT-2026-0001 --candidate Owusu --other Owosu
    --why "Same passport."
    """
    with at_case(reference) as at:
        pair = candidacy_named(at, one), candidacy_named(at, other)
        given = Said(*pair, is_same=not apart, why=why)
        receipt = perform(at.house, at.actor, SAY_SAME, at.case.id, given)
    say_done(receipt, "It is on file; both candidacies stay.", in_json=in_json)


def _read_alone(given: CandidateFile) -> list[CandidateRow]:
    settings = Settings()
    states = load_states(settings.rulebooks)
    names = {code: state.name for code, state in states.items()}
    today = clock_at(settings.clock).now().date()
    return read_candidates(given.content, names, today, called=given.called)


def _names(mapped: list[str]) -> dict[str, str]:
    """`Surname=family_name` as a table; a pair that is none is refused."""
    pairs = [part for each in mapped for part in each.split(",") if part.strip()]
    found: dict[str, str] = {}
    for pair in pairs:
        theirs, sign, ours = (part.strip() for part in pair.partition("="))
        if not sign or not theirs or not ours:
            raise refuse(
                '"{pair}" maps no column',
                rule="map_is_right",
                cure='Write the name in the file, "=", and ours: Surname=family_name.',
                where="--map",
                reason=Reason.INPUT,
                pair=pair[:60],
            )
        found[theirs] = ours
    return found


def _say_rows(rows: list[CandidateRow], *, in_json: bool) -> None:
    told = [_told(each) for each in rows]
    if in_json:
        as_json({"dry_run": True, "rows": len(rows), "candidates": told})
        return
    table(
        ("Line", "Candidate", "Nationality", "Kind"),
        [(str(row.line), _name(row), row.nationality, row.candidate_kind) for row in rows],
    )
    line(f"{len(rows)} candidates can be taken in. Nobody was.")


def _told(row: CandidateRow) -> dict[str, Any]:
    return {
        "line": row.line,
        "name": _name(row),
        "nationality": row.nationality,
        "kind": row.candidate_kind,
        "result": "can be taken in",
    }


def _name(row: CandidateRow) -> str:
    return f"{row.given_names} {row.family_name}".strip()


def bytes_of(file: Path, most: int | None = None) -> bytes:
    """A file as it stands on the disk; Refused where it cannot be read."""
    try:
        if most is not None and file.stat().st_size > most:
            with file.open("rb") as opened:
                return opened.read(most + 1)
        return file.read_bytes()
    except OSError as error:
        raise refuse(
            "the file {file} cannot be read: {why}",
            rule="file_is_there",
            cure="Check its name and that you may read it.",
            where="FILE",
            reason=Reason.INPUT,
            file=file,
            why=(error.strerror or type(error).__name__).lower(),
        ) from None
