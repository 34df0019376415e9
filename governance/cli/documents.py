"""`mandate document`: kinds and their facts, rendering, checking an organisation's own, proof."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from governance.cli import proving, returning
from governance.cli.files import read_facts, write
from governance.cli.registry import add_registry
from governance.cli.saying import DONE, REFUSED, Json, as_json, line, lines, table
from governance.documents import render, samples, source
from governance.documents.beside import side_by_side
from governance.documents.linting import lint
from governance.registry.house_style import style_of
from governance.settings import Settings

commands = typer.Typer(
    name="document",
    no_args_is_help=True,
    add_completion=False,
    help="Letters and papers: render them, check your own texts, prove what was issued.",
)


class To(StrEnum):
    """What a document may be rendered to."""

    PDF = "pdf"
    HTML = "html"
    DOCX = "docx"
    TEXT = "text"


KindName = Annotated[str, typer.Argument(metavar="KIND", help="See: mandate document kinds.")]
Data = Annotated[str, typer.Argument(metavar="DATA.json", help="Its facts; - reads from stdin.")]
Language = Annotated[str, typer.Option("--language", "-l", help="en, fr, es or ar.")]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Where to write. Empty: KIND-LANGUAGE.pdf or .docx here; text and HTML are printed.",
    ),
]
Folder = Annotated[
    Path | None,
    typer.Argument(metavar="[PATH]", help="Empty: the documents of your own rulebook."),
]
Minimal = Annotated[bool, typer.Option("--minimal", help="Only what must be there.")]


@commands.command("kinds")
def list_kinds(in_json: Json = False) -> None:
    """List every kind of document: its key, its name, its languages.

    Example: mandate document kinds
    """
    templates = style_of(Settings()).templates
    told: list[dict[str, Any]] = [
        {
            "kind": key,
            "name": kind.name,
            "folder": kind.folder,
            "languages": templates.languages(key),
            "fields": list(kind.facts.model_fields),
            "own": kind.is_own,
        }
        for key, kind in templates.kinds.items()
    ]
    if in_json:
        as_json(told)
        return
    table(
        ("Kind", "Name", "Languages"),
        [(each["kind"], each["name"], " ".join(each["languages"])) for each in told],
    )


@commands.command("schema")
def print_schema(kind: KindName) -> None:
    """Print the facts that a kind needs, as JSON Schema.

    Example: mandate document schema minutes > minutes.schema.json
    """
    templates = style_of(Settings()).templates
    source.must_be_known(kind, templates)
    as_json(templates.kinds[kind].facts.model_json_schema())


@commands.command("sample")
def print_sample(kind: KindName, language: Language = "en", minimal: Minimal = False) -> None:
    """Print plainly invented facts of a kind, to begin from.

    Example: mandate document sample minutes --language fr > minutes.json
    """
    templates = style_of(Settings()).templates
    source.must_exist(kind, language, templates)
    chosen = samples.minimal if minimal else samples.sample
    as_json(chosen(kind, language, templates.kinds))


@commands.command("render")
def render_document(  # noqa: PLR0913 -- one argument per option of the command line
    kind: KindName,
    data: Data,
    *,
    language: Language = "en",
    to: Annotated[To, typer.Option(help="What to make of it.")] = To.PDF,
    output: Output = None,
    in_json: Json = False,
) -> None:
    """Render a document from its facts: a draft, neither numbered nor sealed.

    Exit status: 0 rendered, 2 the facts or the kind are not understood.

    Example: mandate document render minutes minutes.json --language fr --to pdf
    """
    facts = read_facts(data)
    templates = style_of(Settings()).templates
    content = RENDERERS[to](kind, language, facts, templates)
    if in_json or output is not None or to in {To.PDF, To.DOCX}:
        path = output or Path(f"{kind}-{language}.{'txt' if to == To.TEXT else to}")
        write(path, content)
        told = _told(kind, language, facts, path, content)
        as_json(told) if in_json else lines([*told["notes"], f"Written: {path}"])
    else:
        print(content.decode("utf-8"), end="")


@commands.command("preview")
def preview_documents(
    kind: KindName, path: Folder = None, *, language: Language = "en", output: Output = None
) -> None:
    """Set the present text and an edited one side by side, with plain and with hostile facts.

    Without PATH, your own texts stand beside ours; with the PATH of edited texts, beside those in
    force here. They are rendered in a process apart, with limits on time and memory.

    Example: mandate document preview regret --language fr --output preview.html
    """
    here = Settings().rulebook_folder / "documents"
    folder = path or here
    source.must_exist(kind, language, source.read(source.TEMPLATES, here, folder))
    page = side_by_side(kind, language, folder, here if path else None)
    target = output or Path(f"{kind}-{language}-preview.html")
    write(target, page.encode())
    line(f"Written: {target}")


@commands.command("lint")
def lint_documents(path: Folder = None, in_json: Json = False) -> None:
    """Check an organisation's own letterhead, texts and numbers: every fault, place and cure.

    Exit status: 0 they may be used, 1 they have faults, 2 there is nothing to check.

    Example: mandate document lint governance/rulebooks/interpol/documents
    """
    folder = path or Settings().rulebook_folder / "documents"
    findings = lint(folder)
    faults = [each for each in findings if each.blocks]
    if in_json:
        as_json({"clean": not faults, "findings": [each.as_json() for each in findings]})
    else:
        lines(findings)
        line(f"{len(faults)} faults in {folder}." if faults else f"{folder} is in order.")
    raise typer.Exit(REFUSED if faults else DONE)


def _pdf(kind: str, language: str, facts: Any, templates: source.Templates) -> bytes:
    try:
        day = date.fromisoformat(str(facts.get("date")))
    except ValueError:
        day = date.min  # the facts are refused below, with every other fault
    return render.record(kind, language, facts, day, templates=templates).pdf


def _html(kind: str, language: str, facts: Any, templates: source.Templates) -> bytes:
    return render.preview(kind, language, facts, templates).encode()


def _text(kind: str, language: str, facts: Any, templates: source.Templates) -> bytes:
    return render.plain_text(kind, language, facts, templates).encode()


RENDERERS: Mapping[To, Callable[[str, str, Any, source.Templates], bytes]] = {
    To.PDF: _pdf,
    To.HTML: _html,
    To.DOCX: render.editable,
    To.TEXT: _text,
}


def _told(kind: str, language: str, facts: Any, path: Path, content: bytes) -> dict[str, Any]:
    return {
        "kind": kind,
        "language": language,
        "written": str(path),
        "bytes": len(content),
        "sha256": source.digest(content),
        "notes": [str(each) for each in render.notes(kind, facts, style_of(Settings()).templates)],
    }


add_registry(commands)
for _name, _command in {**returning.COMMANDS, **proving.COMMANDS}.items():
    commands.command(_name)(_command)
