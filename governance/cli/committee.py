"""`mandate committee`: bodies, their seats, and the check of their rules of procedure."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from governance.cli.saying import DONE, REFUSED, Json, as_json, line
from governance.rulebook.linting.proceedings import BodyDraft, check_bodies
from governance.rulebook.proceedings.body import Body

commands = typer.Typer(
    name="committee",
    no_args_is_help=True,
    add_completion=False,
    help="Bodies: their mandate, seats, officers, and their rules of procedure.",
)
rules = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="A body's rules of procedure as data: check them, see their format.",
)
commands.add_typer(rules, name="rules")

Where = Annotated[
    Path, typer.Argument(metavar="PATH", help="The YAML file of a body, or a folder of them.")
]


@rules.command("check")
def check_rules(path: Where, in_json: Json = False) -> None:
    """Check a body's rules of procedure and its list of members: every fault with line and cure.

    Exit status: 0 in order, 1 with faults, 2 there is nothing to check or it cannot be read.

    Example: mandate committee rules check standards-committee.yaml
    """
    drafts = check_bodies(path)
    faults = [each for draft in drafts for each in draft.findings if each.blocks]
    if in_json:
        as_json({"clean": not faults, "bodies": [_plain(each) for each in drafts]})
    else:
        for draft in drafts:
            for each in draft.findings:
                line(each)
        one = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        line(f"{one} in {path}." if faults else f"{path} is in order.")
    raise typer.Exit(_status(drafts, bool(faults)))


def _status(drafts: list[BodyDraft], found: bool) -> int:
    """2 where nothing could be read at all; a file that is read and wrong has findings: 1."""
    if all(each.reading.tree is None for each in drafts):
        return 2
    return REFUSED if found else DONE


def _plain(draft: BodyDraft) -> dict[str, Any]:
    body = draft.body
    said = (
        [name for name in type(body.rules).model_fields if body.rules.rulings(name)] if body else []
    )
    return {
        "file": draft.reading.name,
        "body": body.body if body else None,
        "parent": body.parent if body else None,
        "members": len(body.members) if body else None,
        "rules": said,
        "findings": [each.as_json() for each in draft.findings],
    }


@rules.command("schema")
def print_schema() -> None:
    """Print the format of a body's file as JSON Schema, for editors.

    Example: mandate committee rules schema > body.schema.json
    """
    as_json({"$schema": "https://json-schema.org/draft/2020-12/schema", **Body.model_json_schema()})
