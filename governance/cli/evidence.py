"""`mandate evidence`: look through a file, add it to a candidacy, list and save what is there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from governance.acts import perform
from governance.appointments.evidence.keeping import (
    ADD_EVIDENCE,
    PURPOSES,
    TAKE_OUT_EVIDENCE,
    Paper,
    TakenOut,
    evidence_of,
    name_of,
    open_evidence,
)
from governance.appointments.evidence.looking import KINDS, MOST_BYTES, look_through, too_large
from governance.appointments.models import Evidence
from governance.cli.appointment import Reasoned, Reference, say_done
from governance.cli.candidate import bytes_of
from governance.cli.desk import actor_of, open_house
from governance.cli.saying import Json, as_json, line, table
from governance.cli.vetting import Whose, at_case, candidacy_named
from governance.refusals import Reason, Refused, refuse

commands = typer.Typer(
    name="evidence",
    no_args_is_help=True,
    add_completion=False,
    help="Evidence: files of candidates, looked through, kept sealed, given back as they came.",
)

Files = Annotated[list[Path], typer.Argument(metavar="FILE…", help="The files to look through.")]
OneFile = Annotated[Path, typer.Argument(metavar="FILE", help="The file.")]
Named = Annotated[
    str, typer.Option("--name", help="Its name as the sender gave it, where it is another one.")
]
Kind = Annotated[str, typer.Option("--check", metavar="KIND", help="The check that it is for.")]
Purpose = Annotated[str, typer.Option("--purpose", help=f"One of: {', '.join(PURPOSES)}.")]
Number = Annotated[str, typer.Argument(metavar="ID", help="The evidence, as listed.")]
Out = Annotated[Path, typer.Option("--to", metavar="FILE", help="Where to save it; a new file.")]


@commands.command("check")
def check_files(*, files: Files, name: Named = "", in_json: Json = False) -> None:
    """Look through files as if they were given as evidence; keep nothing. Needs no installation.

    Exit status 2 if one of them would be refused.

    Example: mandate evidence check cv.pdf diploma.docx
    """
    told = [_looked(each, name) for each in files]
    if in_json:
        as_json({"files": told, "taken": sorted(KINDS)})
    else:
        for each in told:
            line(f"{each['file']}: {each['said']}")
    if any(not each["would_be_taken"] for each in told):
        raise typer.Exit(2)


@commands.command("add")
def add(  # noqa: PLR0913 -- one argument per option of the command line
    *,
    reference: Reference,
    file: OneFile,
    candidate: Whose,
    check: Kind = "",
    purpose: Purpose = "other",
    in_json: Json = False,
) -> None:
    """Add a file to a candidate, or to one of the candidate's checks.

    Example: mandate evidence add INT-2026-0001 diploma.pdf --candidate Owusu --check degrees
    """
    with at_case(reference) as at:
        given = Paper(
            candidacy_named(at, candidate), file.name, _content(file), purpose, kind=check
        )
        receipt = perform(at.house, at.actor, ADD_EVIDENCE, at.case.id, given)
    say_done(receipt, f"{file.name} is kept, sealed.", in_json=in_json)


@commands.command("list")
def list_evidence(*, reference: Reference, candidate: Whose, in_json: Json = False) -> None:
    """List the evidence of a candidate, with hashes.

    Example: mandate evidence list INT-2026-0001 --candidate Owusu
    """
    with at_case(reference) as at, at.house.database.reading() as session:
        found = [
            _told(each, name_of(at.house.keys, session, each))
            for each in evidence_of(session, candidacy_named(at, candidate))
        ]
    if in_json:
        as_json({"evidence": found})
        return
    rows = [(each["id"], each["name"], each["purpose"], each["sha256"][:16]) for each in found]
    table(("Id", "Name", "For", "SHA-256"), rows)


@commands.command("save")
def save(*, number: Number, to: Out, in_json: Json = False) -> None:
    """Save a file of evidence to a new file of yours, byte for byte as it came.

    Example: mandate evidence save 3f2a… --to diploma.pdf
    """
    with open_house() as house, house.database.reading() as session:
        opened = open_evidence(house, session, actor_of(house), number)
    try:
        with os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(opened.content)
    except OSError as error:
        raise refuse(
            "the file {file} cannot be written: {why}",
            rule="file_is_new",
            cure="Name a file that is not there yet.",
            where="--to",
            reason=Reason.INPUT,
            file=to,
            why=(error.strerror or type(error).__name__).lower(),
        ) from None
    told = {"saved": str(to), "name": opened.name, "sha256": opened.sha256}
    if in_json:
        as_json(told)
    else:
        line(f"{opened.name} is saved as {to}. SHA-256 {opened.sha256}.")


@commands.command("remove")
def remove(
    *, reference: Reference, number: Number, reason: Reasoned, in_json: Json = False
) -> None:
    """Take evidence out of use, with a reason; it stays sealed until the file's time is over.

    Example: mandate evidence remove INT-2026-0001 3f2a… --reason "Sent for somebody else."
    """
    with at_case(reference) as at:
        given = TakenOut(number, reason)
        receipt = perform(at.house, at.actor, TAKE_OUT_EVIDENCE, at.case.id, given)
    say_done(receipt, "It is used no longer.", in_json=in_json)


def _content(file: Path) -> bytes:
    """The file, unless its size alone says no."""
    try:
        size = file.stat().st_size
    except OSError:
        size = 0
    if size > MOST_BYTES:
        raise too_large(size)
    return bytes_of(file, MOST_BYTES)


def _looked(file: Path, name: str) -> dict[str, Any]:
    try:
        looked = look_through(name or file.name, _content(file))
    except Refused as refused:
        findings = [each.as_json() for each in refused.findings]
        said = " ".join(f"{each.because}. {each.cure}" for each in refused.findings)
        return {
            "file": str(file),
            "would_be_taken": False,
            "findings": findings,
            "said": said,
        }
    return {
        "file": str(file),
        "would_be_taken": True,
        "name": looked.name,
        "media_type": looked.media_type,
        "size": looked.size,
        "sha256": looked.sha256,
        "findings": [],
        "said": f"would be taken ({looked.media_type}, SHA-256 {looked.sha256[:16]}…).",
    }


def _told(evidence: Evidence, name: str) -> dict[str, Any]:
    return {
        "id": evidence.id,
        "name": name,
        "purpose": evidence.purpose,
        "check": evidence.check_id,
        "media_type": evidence.media_type,
        "size": evidence.size,
        "sha256": evidence.sha256,
        "given_by": evidence.given_by,
        "at": evidence.at.isoformat(),
    }
