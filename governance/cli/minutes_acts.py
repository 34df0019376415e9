"""`mandate minutes`: minutes of this installation, from the draft to the archive."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from governance.access.actor import Actor
from governance.acts import Verb, perform
from governance.cli import minutes as offline
from governance.cli.committee_acts import Because, at_the_desk, done
from governance.cli.desk import open_house
from governance.cli.files import read
from governance.cli.meeting_acts import Ref
from governance.cli.saying import REFUSED, Json, as_json, line, table
from governance.committees.authority import roles_in
from governance.committees.finding import meeting_named
from governance.committees.minutes import adopting, circulating, drafting
from governance.committees.minutes.checking import findings_of
from governance.committees.minutes.drafting import Nothing
from governance.committees.minutes.drafts import draft_file, read_draft
from governance.committees.minutes.models import Minutes
from governance.committees.minutes.telling import (
    minutes_seen,
    tell_corrections,
    tell_difference,
    tell_found,
    tell_minutes,
)
from governance.consultation.proposing import SETTLE_PROPOSAL, Settled
from governance.house import House
from governance.refusals import Reason, refuse

commands = offline.commands
Version = Annotated[int, typer.Option("--version", help="Empty: the newest.")]
SIGNS = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}


def run(verb: Verb[Any, Any], reference: str, given: Any, *, in_json: bool, says: str) -> None:
    """Act on the minutes of a meeting, and say what was done."""
    with open_house() as house:
        actor = at_the_desk(house)
        subject = _minutes(house, actor, reference)[0].id
        receipt = perform(house, actor, verb, subject, given)
    if receipt is not None:
        done(receipt, says.format(reference=reference, **receipt.facts), in_json=in_json)
    elif in_json:
        as_json(None)
    else:
        line("There was nothing left to do.")


def _minutes(house: House, actor: Actor, reference: str) -> tuple[Minutes, frozenset[str]]:
    """The minutes of a meeting, and what the reader is in its body."""
    with house.database.reading() as session:
        now = house.clock.now()
        meeting = meeting_named(session, reference, actor, now)
        roles = roles_in(session, meeting.committee_id, actor, now)
        return minutes_seen(session, meeting, roles), roles


def _told(reference: str, version: int = 0) -> Mapping[str, Any]:
    with open_house() as house:
        minutes, roles = _minutes(house, at_the_desk(house), reference)
        with house.database.reading() as session:
            return tell_minutes(session, house.keys, minutes, roles, version)


@commands.command("show")
def show(reference: Ref, version: Version = 0, in_json: Json = False) -> None:
    """Show minutes: where they stand, their text, what the check finds, corrections.

    Example: mandate minutes show standards-committee-1
    """
    told = _told(reference, version)
    if in_json:
        as_json(told)
        return
    line(f"Minutes of {told['meeting']}: {told['state'].replace('_', ' ')}, "
         f"version {told['version']}")  # fmt: skip
    for each in told["blocks"]:
        said = next((each[name] for name in PARTS if each.get(name)), "")
        line(f"  [{each['id']}] {each['kind']}: {said}")
    for each in told["findings"]:
        mark = f"waived: {each['waived']}" if each["waived"] else each["digest"][:12]
        line(f"{each['rule']} ({mark}): {each['because']}")
    for each in told["corrections"]:
        line(f"Correction {each['number']} by {each['by']}: {each['state']}")


PARTS = ("text", "motion_text", "decision_text", "what", "title")


@commands.command("text")
def text(reference: Ref, version: Version = 0) -> None:
    """Print the draft as a file to be written in and given back to `mandate minutes write`.

    Example: mandate minutes text standards-committee-1 > draft.txt
    """
    told = _told(reference, version)
    line(draft_file(told["blocks"], told["version"]).rstrip())


@commands.command("assemble")
def assemble(reference: Ref, in_json: Json = False) -> None:
    """Assemble the draft from notes, roll, votes, decisions; what people wrote stays.

    Example: mandate minutes assemble standards-committee-1
    """
    run(drafting.ASSEMBLE, reference, Nothing(), in_json=in_json, says="Version {version}.")


@commands.command("write")
def write(
    reference: Ref,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="As `minutes text` prints it.")],
    seen: Annotated[int, typer.Option("--seen", help="Empty: as the file says.")] = 0,
    because: Because = "",
    in_json: Json = False,
) -> None:
    """Write the paragraphs of the draft: changed, added after another, or left out.

    Example: mandate minutes write standards-committee-1 draft.txt --because "fuller on item 3"
    """
    version, paragraphs = read_draft(file.name, read(file).decode("utf-8-sig", "replace"), seen)
    given = drafting.Rewritten(paragraphs, version, because)
    run(drafting.REWRITE, reference, given, in_json=in_json, says="Version {version}.")


@commands.command("check")
def check(reference: Ref, in_json: Json = False) -> None:
    """Check the newest text against the registers: 1 where a finding is neither cured nor waived.

    Example: mandate minutes check standards-committee-1
    """
    with open_house() as house:
        minutes, roles = _minutes(house, at_the_desk(house), reference)
        with house.database.reading() as session:
            found = [tell_found(each) for each in findings_of(session, minutes)] if roles else []
    standing = [each for each in found if each["stands"]]
    if in_json:
        as_json({"clean": not standing, "findings": found})
    else:
        for each in found:
            line(f"{each['digest'][:12]} {each['rule']} in {each['block']}: {each['because']}")
            line(f"    {each['cure']}" if each["stands"] else f"    waived: {each['waived']}")
        line(f"{len(standing)} to cure or to waive." if standing else "No findings.")
    raise typer.Exit(REFUSED if standing else 0)


@commands.command("submit")
def submit(reference: Ref, in_json: Json = False) -> None:
    """Send the draft to the chair.

    Example: mandate minutes submit standards-committee-1
    """
    run(drafting.SUBMIT, reference, Nothing(), in_json=in_json, says="It is with the chair.")


@commands.command("waive")
def waive(
    reference: Ref,
    finding: Annotated[str, typer.Argument(help="The first letters of its digest.")],
    because: Because = "",
    in_json: Json = False,
) -> None:
    """Let a finding stand, with its reason.

    Example: mandate minutes waive standards-committee-1 3f2a90 --because "joined by telephone"
    """
    with open_house() as house:
        minutes, _ = _minutes(house, at_the_desk(house), reference)
        with house.database.reading() as session:
            every = findings_of(session, minutes)
    found = [each for each in every if finding and each.digest.startswith(finding.lower())]
    if len(found) != 1:
        raise refuse(
            '"{finding}" names {n} findings of these minutes',
            rule="one_finding",
            cure="Give the digest as mandate minutes check prints it.",
            reason=Reason.INPUT if found else Reason.MISSING,
            finding=finding[:64],
            n=len(found),
        )
    given = drafting.Waived(found[0].digest, found[0].noticed.finding.rule, because)
    run(drafting.WAIVE, reference, given, in_json=in_json, says="{rule} stands as it is.")


Note = Annotated[str, typer.Option("--note", help="What changed, for those who read it again.")]


@commands.command("circulate")
def circulate(reference: Ref, note: Note = "", in_json: Json = False) -> None:
    """Circulate: refused with findings that stand; the window opens with dispatch.

    Example: mandate minutes circulate standards-committee-1
    """
    run(circulating.CIRCULATE, reference, circulating.Circulated(note), in_json=in_json,
        says="Version {version} is out; corrections: {consultation}.")  # fmt: skip


@commands.command("recirculate")
def recirculate(reference: Ref, note: Note = "", in_json: Json = False) -> None:
    """Circulate again, where corrections of substance were accepted.

    Example: mandate minutes recirculate standards-committee-1 --note "one correction"
    """
    run(circulating.RECIRCULATE, reference, circulating.Circulated(note), in_json=in_json,
        says="Version {version} is out again, round {round}.")  # fmt: skip


@commands.command("corrections")
def corrections(reference: Ref, in_json: Json = False) -> None:
    """List the corrections that were asked for, and what became of each.

    Example: mandate minutes corrections standards-committee-1
    """
    with open_house() as house:
        minutes, roles = _minutes(house, at_the_desk(house), reference)
        with house.database.reading() as session:
            found = tell_corrections(session, house.keys, minutes) if roles else []
    if in_json:
        as_json(found)
    else:
        table(
            ("No.", "By", "Where", "Old", "New", "State"),
            [tuple(each[name] for name in COLUMNS) for each in found],
        )


COLUMNS = ("number", "by", "block", "old", "new", "state")


@commands.command("settle")
def settle(  # noqa: PLR0913, PLR0917 -- one argument per option
    reference: Ref,
    number: Annotated[int, typer.Argument(help="The number of the correction.")],
    how: Annotated[
        str,
        typer.Option("--as", help="accept_editorial, accept_substantive, refuse, refer or note."),
    ],
    because: Because = "",
    to: Annotated[str, typer.Option("--to", help="To whom it is referred.")] = "",
    in_json: Json = False,
) -> None:
    """Settle a correction: accepted, refused with its reason, referred, or noted as a statement.

    Example: mandate minutes settle standards-committee-1 2 --as refuse --because "not said"
    """
    given = Settled(number, how, because, to)
    with open_house() as house:
        actor = at_the_desk(house)
        minutes, _ = _minutes(house, actor, reference)
        asked = minutes.consultation_id or _not_circulated(reference)
        receipt = perform(house, actor, SETTLE_PROPOSAL, asked, given)
    assert receipt is not None  # noqa: S101 -- acts of people always write
    done(receipt, f"Correction {number} is settled.", in_json=in_json)


def _not_circulated(reference: str) -> str:
    raise refuse(
        "the minutes of {reference} have not been circulated",
        rule="corrections_follow_circulation",
        cure="Circulate them first.",
        reason=Reason.TURN,
        reference=reference,
    )


@commands.command("adopt")
def adopt(
    reference: Ref,
    by: Annotated[str, typer.Option("--by", help="The decision or the meeting.")] = "",
    amended: Annotated[bool, typer.Option("--as-amended", help="Adopted as amended.")] = False,
    in_json: Json = False,
) -> None:
    """The body adopts the newest text in session.

    Example: mandate minutes adopt standards-committee-1 --by "2026/09"
    """
    given = adopting.AdoptedBy(by, amended)
    run(adopting.ADOPT, reference, given, in_json=in_json, says="Version {version} is adopted.")


@commands.command("postpone")
def postpone(reference: Ref, in_json: Json = False) -> None:
    """The body puts the adoption off.

    Example: mandate minutes postpone standards-committee-1
    """
    run(adopting.POSTPONE, reference, Nothing(), in_json=in_json, says="Adoption is put off.")


@commands.command("sign")
def sign(reference: Ref, in_json: Json = False) -> None:
    """Sign the adopted text, as chair or secretary, each once.

    Example: mandate minutes sign standards-committee-1
    """
    run(adopting.SIGN, reference, Nothing(), in_json=in_json, says="Signed: {sha256}.")


@commands.command("publish")
def publish(reference: Ref, in_json: Json = False) -> None:
    """Publish: the public edition of the adopted text, closed parts removed.

    Example: mandate minutes publish standards-committee-1
    """
    run(adopting.PUBLISH, reference, Nothing(), in_json=in_json,
        says="Published, {left_out} parts left out.")  # fmt: skip


@commands.command("archive")
def archive(reference: Ref, in_json: Json = False) -> None:
    """Put the full edition into the archive.

    Example: mandate minutes archive standards-committee-1
    """
    run(adopting.ARCHIVE, reference, Nothing(), in_json=in_json, says="In the archive.")


@commands.command("put-right")
def put_right(  # noqa: PLR0913, PLR0917 -- one argument per option
    reference: Ref,
    block: Annotated[str, typer.Argument(help="The part, as `minutes show` names it.")],
    reads: Annotated[str, typer.Option("--reads", help="The words that stand there.")],
    should_read: Annotated[str, typer.Option("--should-read", help="How it should read.")],
    by: Annotated[str, typer.Option("--by", help="The decision that says so.")] = "",
    in_json: Json = False,
) -> None:
    """Issue a corrigendum to adopted minutes, by a decision; the text stays.

    Example: mandate minutes put-right audit-1 note-3 --reads 7 --should-read 8 --by 2026/10
    """
    given = adopting.Put(block, reads, should_read, by)
    run(adopting.PUT_RIGHT, reference, given, in_json=in_json, says="Corrigendum {number}.")


@commands.command("compare")
def compare(
    reference: Ref,
    since: Annotated[int, typer.Argument(metavar="OLD", help="The older version.")],
    until: Annotated[int, typer.Argument(metavar="NEW", help="Empty: the newest.")] = 0,
    in_json: Json = False,
) -> None:
    """Compare any two versions, word by word.

    Example: mandate minutes compare standards-committee-1 1 3
    """
    with open_house() as house:
        minutes, roles = _minutes(house, at_the_desk(house), reference)
        with house.database.reading() as session:
            told = tell_difference(session, minutes, roles, since, until)
    if in_json:
        as_json(told)
        return
    for each in told["changed"]:
        words = "".join(SIGNS[run["kind"]].format(run["text"]) for run in each["runs"])
        line(f"[{each['block']}] {each['how']}: {words}")
    for each in told["registers"]:
        line(f"[{each}] differs as the registers do.")
    if not told["changed"] and not told["registers"]:
        line("No difference.")
