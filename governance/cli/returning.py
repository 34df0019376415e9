"""`mandate document edit|compare|accept`: out to a word processor, and back, seen by a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

import typer

from governance.acts import perform
from governance.cli.desk import open_house
from governance.cli.files import read, write
from governance.cli.registry import Named, acting, paper_named
from governance.cli.saying import Json, as_json, line
from governance.registry import drafting

File = Annotated[Path, typer.Argument(metavar="FILE.docx", help="The edited copy.")]
Where = Annotated[Path, typer.Option("--output", "-o", help="Where to write the copy.")]
Seen = Annotated[str, typer.Option("--seen", help="What `compare` has called these words.")]


def edit(document: Named, output: Where) -> None:
    """Write an editable copy of a draft, for a word processor.

    Example: mandate document edit 3f2a… --output minutes.docx
    """
    with open_house() as house:
        paper = paper_named(house, document)
        with house.database.reading() as session:
            copy = drafting.editable_copy(house, session, paper)
        write(output, copy)
    line(f"Written: {output}")


def compare(document: Named, file: File, in_json: Json = False) -> None:
    """Show every place where an edited copy says something else than the draft.

    Example: mandate document compare 3f2a… minutes.docx
    """
    with open_house() as house:
        paper = paper_named(house, document)
        with house.database.reading() as session:
            found = drafting.compared(house, session, paper, read(file))
    if in_json:
        told = [
            {"place": each.place, "before": each.before, "after": each.after}
            for each in found.differences
        ]
        as_json({"seen": found.seen, "differences": told})
        return
    for each in found.differences:
        line(f"Block {each.place}:")
        line(f"  - {each.before}")
        line(f"  + {each.after}")
    line(f"{len(found.differences)} differences. To accept them: --seen {found.seen}")


def accept(document: Named, file: File, seen: Seen, in_json: Json = False) -> None:
    """Make the words of an edited copy the next version of a draft; it is reviewed anew.

    Example: mandate document accept 3f2a… minutes.docx --seen 5c1e09f2ab44d1e7
    """
    with open_house() as house:
        paper = paper_named(house, document)
        given = drafting.Accepting(read(file), seen)
        receipt = perform(house, acting(house), drafting.ACCEPT, paper.id, given)
        version = paper_named(house, paper.id).version
    told = {"id": paper.id, "version": version, "changed": receipt is not None}
    as_json(told) if in_json else line(f"Version {version}." if receipt else "Nothing differs.")


COMMANDS: Mapping[str, Callable[..., None]] = {"edit": edit, "compare": compare, "accept": accept}
