"""`mandate document …`: the life of a document, from draft to delivery, as whoever is signed in."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from governance.access.actor import Actor, operator
from governance.acts import perform
from governance.cli.desk import actor_of, open_house
from governance.cli.files import read_facts, read_facts_of_lines, write
from governance.cli.saying import Json, as_json, line, table
from governance.house import House
from governance.people.queries import by_email
from governance.refusals import Reason, Refused, refuse
from governance.registry import approving, delivering, drafting, issuing, queries
from governance.registry.advance import progress
from governance.registry.models import Issue, Paper

KindName = Annotated[str, typer.Argument(metavar="KIND", help="See: mandate document kinds.")]
Data = Annotated[str, typer.Argument(metavar="DATA.json", help="Its facts; - reads from stdin.")]
Language = Annotated[str, typer.Option("--language", "-l", help="en, fr, es or ar.")]
For = Annotated[str, typer.Option("--for", metavar="EMAIL", help="To whom it is addressed.")]
Named = Annotated[str, typer.Argument(metavar="DOCUMENT", help="Its number, or its identifier.")]
Several = Annotated[list[str], typer.Argument(metavar="DOCUMENT...", help="Reviewed documents.")]
Newer = Annotated[str, typer.Option(help="The newer document.")]
Release = Annotated[bool, typer.Option("--release", help="Issue what needs no approval.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Where to write the PDF.")]


def add_registry(commands: typer.Typer) -> None:
    """Put the commands of the registry beside those of rendering."""
    for name, command in COMMANDS.items():
        commands.command(name)(command)


def draft(
    kind: KindName, data: Data, language: Language = "en", to: For = "", in_json: Json = False
) -> None:
    """Draft a document from its facts; number and date come when it is issued.

    Example: mandate document draft regret regret.json --language fr --for awa@candidate.example
    """
    with open_house() as house:
        given = _drafted(house, kind, data, language, to)
        receipt = perform(house, acting(house), drafting.DRAFT, None, given)
        _told(house, receipt.subject_id if receipt else "", in_json=in_json)


def review(document: Named, in_json: Json = False) -> None:
    """Say that you have read a draft of somebody else, and that it may be put for approval.

    Example: mandate document review 3f2a…
    """
    with open_house() as house:
        paper = paper_named(house, document)
        given = drafting.Review(paper.version)
        perform(house, acting(house), drafting.REVIEW, paper.id, given)
        _told(house, paper.id, in_json=in_json)


def ask(
    documents: Several,
    to: Annotated[str, typer.Option("--to", metavar="EMAIL", help="Who approves.")],
    title: Annotated[str, typer.Option(help="What the bundle is called.")] = "Documents",
    in_json: Json = False,
) -> None:
    """Put reviewed documents for one approval; when it is given, each is issued and sent.

    Example: mandate document ask 3f2a… 77b1… --to sg@organisation.example --title "Letters of May"
    """
    with open_house() as house:
        papers = tuple(paper_named(house, each).id for each in documents)
        approver = _person(house, to)
        given = approving.Asking(title, papers, approver or "")
        receipt = perform(house, acting(house), approving.ASK, None, given)
    bundle = receipt.subject_id if receipt else ""
    as_json({"bundle": bundle, "documents": list(papers)}) if in_json else line(f"Put: {bundle}")


def issue(  # noqa: PLR0913 -- one argument per option of the command line
    kind: KindName,
    data: Data,
    *,
    language: Language = "en",
    to: For = "",
    output: Output = None,
    in_json: Json = False,
) -> None:
    """Draft and issue at once a document of a kind that needs no approval: numbered and sealed.

    Example: mandate document issue acknowledgement facts.json --language fr -o letter.pdf
    """
    with open_house() as house:
        given = _drafted(house, kind, data, language, to)
        actor = acting(house)
        receipt = perform(house, actor, issuing.DRAFT_AND_ISSUE, None, given)
        paper_id = receipt.subject_id if receipt else ""
        if output is not None:
            _write(house, actor, paper_id, output)
        _told(house, paper_id, in_json=in_json)


def listed(
    state: Annotated[str, typer.Option(help="Only those in this state.")] = "",
    kind: Annotated[str, typer.Option(help="Only those of this kind.")] = "",
    in_json: Json = False,
) -> None:
    """List the newest documents that you may see.

    Example: mandate document list --state issued
    """
    with open_house() as house, house.database.reading() as session:
        found = queries.papers(session, acting(house), state=state, kind=kind)
    if in_json:
        as_json([_plain(each) for each in found])
        return
    rows = [(each.number or each.id, each.kind, each.language, each.state) for each in found]
    table(("Document", "Kind", "Language", "State"), rows)


def show(document: Named, output: Output = None, in_json: Json = False) -> None:
    """Show a document's life; with --output, write its PDF as it was issued.

    Example: mandate document show INTERPOL/2027/0143 -o letter.pdf
    """
    with open_house() as house:
        actor = acting(house)
        paper = paper_named(house, document)
        if output is not None:
            _write(house, actor, paper.id, output)
        _told(house, paper.id, in_json=in_json)


def deliver(
    document: Named,
    channel: Annotated[str, typer.Option(help="hand, mail, pouch, post or portal.")],
    to: Annotated[str, typer.Option("--to", help="To whom, in words or as EMAIL.")],
    in_json: Json = False,
) -> None:
    """Record that an issued document was handed over: to whom, by which channel.

    Example: mandate document deliver INTERPOL/2027/0143 --channel pouch --to "Embassy in Paris"
    """
    with open_house() as house:
        paper = paper_named(house, document)
        person = _person(house, to) if "@" in to else None
        given = delivering.Handing(channel, person, "" if person else to)
        perform(house, acting(house), delivering.DELIVER, paper.id, given)
        _told(house, paper.id, in_json=in_json)


def supersede(document: Named, by: Newer, in_json: Json = False) -> None:
    """Let a newer issued document take the place of an older one.

    Example: mandate document supersede INTERPOL/2027/0143 --by INTERPOL/2027/0150
    """
    with open_house() as house:
        paper, newer = paper_named(house, document), paper_named(house, by)
        given = delivering.Replacing(newer.id)
        perform(house, acting(house), delivering.SUPERSEDE, paper.id, given)
        _told(house, paper.id, in_json=in_json)


def annul(
    document: Named,
    because: Annotated[str, typer.Option(help="Why.")],
    in_json: Json = False,
) -> None:
    """Annul an issued document, with the reason; its bytes stay in the register.

    Example: mandate document annul INTERPOL/2027/0143 --because "Sent to the wrong person."
    """
    with open_house() as house:
        paper = paper_named(house, document)
        perform(house, acting(house), delivering.ANNUL, paper.id, because)
        _told(house, paper.id, in_json=in_json)


def mass(
    kind: KindName,
    rows: Annotated[Path, typer.Argument(metavar="ROWS.jsonl", help="One table of facts a line.")],
    *,
    title: Annotated[str, typer.Option(help="What the bundle is called.")],
    language: Language = "en",
    in_json: Json = False,
) -> None:
    """Draft many documents of a kind in one act, such as the regrets of a call.

    Each line is a table of facts; "for" may name the addressee's EMAIL, "language" another one.
    With the same file and title a second time, nothing is drafted twice.

    Example: mandate document mass regret regrets.jsonl --title "Regrets of INT-2027-0012"
    """
    with open_house() as house:
        drafts = tuple(
            drafting.Draft(
                kind,
                str(facts.pop("language", language)),
                {key: value for key, value in facts.items() if key != "for"},
                addressee_id=_person(house, str(facts["for"])) if facts.get("for") else None,
            )
            for facts in read_facts_of_lines(rows)
        )
        given = approving.Gathering(title, drafts, key=f"{title[:60]}")
        receipt = perform(house, acting(house), approving.GATHER, None, given)
    bundle = receipt.subject_id if receipt else None
    told = {"bundle": bundle, "drafted": len(drafts) if receipt else 0}
    as_json(told) if in_json else line(f"{told['drafted']} drafted in bundle {bundle}.")


def bundle(
    bundle_id: Annotated[str, typer.Argument(metavar="BUNDLE", help="Its identifier.")],
    put: Annotated[str, typer.Option("--put", metavar="EMAIL", help="Put it for approval.")] = "",
    release: Release = False,
    in_json: Json = False,
) -> None:
    """Show how far a bundle is; with --put, review it and put it for one approval.

    Example: mandate document bundle 9c0d… --put sg@organisation.example
    """
    with open_house() as house:
        actor = acting(house)
        if put:
            given = approving.Reviewer(_person(house, put) or "")
            perform(house, actor, approving.PUT, bundle_id, given)
        if release:
            perform(house, actor, approving.RELEASE, bundle_id, None)
        with house.database.reading() as session:
            found = queries.bundle_of(session, actor, bundle_id)
            states = progress(session, found.id)
    told = {"bundle": found.id, "title": found.title, "state": found.state, "size": found.size}
    if in_json:
        as_json(told | {"documents": states})
    else:
        line(f"{found.title}: {found.state}, {json.dumps(states)}")


COMMANDS: Mapping[str, Callable[..., None]] = {
    "draft": draft,
    "review": review,
    "ask": ask,
    "issue": issue,
    "list": listed,
    "show": show,
    "deliver": deliver,
    "supersede": supersede,
    "annul": annul,
    "mass": mass,
    "bundle": bundle,
}


def _drafted(house: House, kind: str, data: str, language: str, to: str) -> drafting.Draft:
    facts = read_facts(data)
    return drafting.Draft(kind, language, facts, addressee_id=_person(house, to) if to else None)


def acting(house: House) -> Actor:
    """Who is signed in; otherwise whoever has the shell of the installation."""
    try:
        return actor_of(house)
    except Refused:
        return operator()


def paper_named(house: House, named: str) -> Paper:
    """The document that somebody names, if they may see it."""
    with house.database.reading() as session:
        return queries.paper_of(session, acting(house), named)


def _person(house: House, email: str) -> str | None:
    with house.database.reading() as session:
        person = by_email(session, email)
    if person is None:
        raise refuse(
            "nobody is registered here under {email}",
            rule="person_is_known",
            cure="Check the address.",
            reason=Reason.MISSING,
            email=email,
        )
    return person.id


def _write(house: House, actor: Actor, paper_id: str, path: Path) -> None:
    with house.database.reading() as session:
        issued: Issue = queries.issue_of(session, actor, paper_id)
    if issued.pdf is None:
        raise queries.no_such_document(issued.number)
    write(path, issued.pdf)


def _told(house: House, paper_id: str, *, in_json: bool) -> None:
    with house.database.reading() as session:
        file = queries.paper_file(session, operator(), paper_id)
        issued = session.get(Issue, paper_id)
    plain = _plain(file.paper) | {
        "sha256": issued.sha256 if issued else None,
        "deliveries": [
            {"channel": each.channel, "at": each.at, "opened_at": each.opened_at, "to": each.to}
            for each in file.deliveries
        ],
    }
    if in_json:
        as_json(plain)
        return
    for name, value in plain.items():
        if value:
            line(f"{name.replace('_', ' ')}: {value}")


def _plain(paper: Paper) -> dict[str, Any]:
    return {
        "id": paper.id,
        "number": paper.number or None,
        "kind": paper.kind,
        "language": paper.language,
        "state": paper.state,
        "version": paper.version,
        "drafted_at": paper.drafted_at,
        "issued_at": paper.issued_at,
        "superseded_by": paper.superseded_by,
        "because": paper.ended_because or None,
    }
