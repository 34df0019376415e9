"""A document in words: its facts checked, its page in the subset of HTML, and the tree of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from governance.documents import html, source, typesetting, words
from governance.documents.kinds.meetings import Pack
from governance.documents.schema import Document, known
from governance.documents.source import Templates
from governance.language import direction
from governance.refusals import Finding, Reason, Refused, refuse

_LEVEL = re.compile(r"(</?h)([123])\b")
_PHONE = '<meta name="viewport" content="width=device-width, initial-scale=1">'


@dataclass(frozen=True)
class Draft:
    """A document in words: its facts, its page in the subset, and the tree of it."""

    facts: Document
    page: str
    tree: html.Element
    notes: tuple[Finding, ...]


def draft(kind: str, language: str, data: Any, templates: Templates) -> Draft:
    """The words of a document; refuses a kind or language that there is no text for."""
    source.must_exist(kind, language, templates)
    checked = known(kind, data, templates.kinds)
    facts, plain = checked.facts, checked.facts.model_dump()
    inner = within(facts, language, templates, 0)
    page = words.page(kind, language, plain, templates, within=inner)
    drafted = Draft(facts, page, html.parse(page), checked.notes)
    if not inner:
        return drafted
    sheet = sheet_of(language, drafted, templates, {"templates": ""})
    pages = typesetting.pages_of_parts(templates.files[source.PROGRAM], drafted.tree, sheet)
    page = words.page(kind, language, plain, templates, within={**inner, "pages": pages})
    return Draft(facts, page, html.parse(page), checked.notes)


def within(facts: Document, language: str, templates: Templates, depth: int) -> dict[str, Any]:
    """The bodies of a pack's parts, their headings one level lower; nothing for other kinds."""
    if not isinstance(facts, Pack):
        return {}
    if depth:
        raise refuse(
            "a pack may not stand in a pack",
            rule="pack_of_papers",
            cure="List its papers in this one.",
            reason=Reason.INPUT,
        )
    bodies = []
    for number, part in enumerate(facts.parts):
        if part.kind is None:
            bodies.append("")
            continue
        source.must_exist(part.kind, language, templates)
        facts_of_part = _of_part(part.kind, part.facts, number, templates)
        within(facts_of_part, language, templates, depth + 1)
        page = words.page(part.kind, language, facts_of_part.model_dump(), templates, source.BARE)
        bodies.append(_LEVEL.sub(_one_lower, page))
    return {"bodies": [Markup(each) for each in bodies], "pages": ["–"] * len(bodies)}  # noqa: S704 -- pages of ours


def _of_part(kind: str, data: Any, number: int, templates: Templates) -> Document:
    """The facts of a part, with the faults at their place in the pack."""
    try:
        return known(kind, data, templates.kinds).facts
    except Refused as refused:
        place = f"parts.{number}.facts."
        raise Refused(
            [replace(each, where=place + each.where) for each in refused.findings], refused.reason
        ) from None


def _one_lower(heading: re.Match[str]) -> str:
    return f"{heading[1]}{int(heading[2]) + 1}"


def styled(draft: Draft, templates: Templates | None) -> str:
    """The style is ours and the colour is checked; neither is a fact that a person wrote."""
    css = (templates or source.ours()).text(source.STYLE)
    house = f":root{{--house:{draft.facts.organisation.colour}}}\n"
    head = f"{_PHONE}\n<style>{house}{css}</style>\n</head>"
    return draft.page.replace("</head>", head, 1)


def sheet_of(
    language: str, draft: Draft, templates: Templates, provenance: dict[str, Any]
) -> typesetting.Sheet:
    """What the program of the records is told besides the tree."""
    labels = templates.labels(language)
    house = draft.facts.organisation
    paging = "Page {page} of {pages}"
    return typesetting.Sheet(
        title=next(draft.tree.find("title")).text().strip(),
        author=house.name,
        language=language,
        direction=direction(language),
        date=draft.facts.date,
        colour=house.colour,
        reference=draft.facts.reference,
        running_head=house.short_name,
        page_label=labels.get(paging, paging),
        keywords=(f"mandate-templates:{provenance['templates']}",),
    )
