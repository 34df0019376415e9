"""From plain data to what people read: the preview, the record, the text of a mail.

`record` is a function of its arguments alone: the same facts, templates, fonts and versions give
the same bytes, on another day and in another process.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from importlib.metadata import version
from typing import Any

import rfc8785
from markupsafe import Markup

from governance.documents import html, returned, source, typesetting, words
from governance.documents.kinds.meetings import Pack
from governance.documents.language import direction
from governance.documents.schema import KINDS, Document, known
from governance.documents.source import Templates
from governance.refusals import Finding, Reason, Refused, refuse

_SALT = 16
_LEVEL = re.compile(r"(</?h)([123])\b")
_PHONE = '<meta name="viewport" content="width=device-width, initial-scale=1">'


@dataclass(frozen=True)
class Rendered:
    """A document as it is issued, and the proof of what it was made from."""

    pdf: bytes
    html: str
    text: str
    sha256: str
    provenance: dict[str, Any]
    notes: tuple[Finding, ...]


@dataclass(frozen=True)
class _Draft:
    """A document in words: its facts, its page in the subset, and the tree of it."""

    facts: Document
    page: str
    tree: html.Element
    notes: tuple[Finding, ...]


def preview(kind: str, language: str, data: Any, templates: Templates | None = None) -> str:
    """The document as a page for the browser, complete with its style; see `content_policy`."""
    return _styled(_draft(kind, language, data, templates or source.ours()), templates)


def fragment(kind: str, language: str, data: Any, templates: Templates | None = None) -> str:
    """The document from its heading on, without letterhead, to be set into a page of the web."""
    files = templates or source.ours()
    source.must_exist(kind, language, files)
    facts = known(kind, data).facts
    within = _within(facts, language, files, 0)
    frame = source.BARE
    return words.page(kind, language, facts.model_dump(), files, frame, within=within).strip()


def plain_text(kind: str, language: str, data: Any, templates: Templates | None = None) -> str:
    """The document as plain text, for a mail."""
    return html.plain(_draft(kind, language, data, templates or source.ours()).tree)


def record(  # noqa: PLR0913 -- what the bytes depend on is asked for by name
    kind: str,
    language: str,
    data: Any,
    document_date: date,
    *,
    salt: bytes | None = None,
    templates: Templates | None = None,
    words_back: Sequence[returned.Block] | None = None,
) -> Rendered:
    """The document as it is issued: PDF/A-3a and PDF/UA-1, its page, and its provenance.

    With a salt, which the caller keeps, the provenance commits to the data without telling it;
    without one it says nothing of the data. `words_back` are the words of an edited copy that
    somebody has accepted in the place of those that the facts give.
    """
    files = templates or source.ours()
    draft = _draft(kind, language, data, files)
    if words_back is not None:
        page = returned.page_with(draft.page, draft.tree, words_back)
        draft = replace(draft, page=page, tree=html.parse(page))
    _is_dated(draft.facts, KINDS[kind].name, document_date)
    provenance = _provenance(kind, language, draft.facts, files, salt)
    if words_back is not None:
        provenance["words_back"] = returned.fingerprint(words_back)
    sheet = _sheet(language, draft, files, provenance)
    written = json.dumps(provenance, ensure_ascii=False, indent=1, sort_keys=True)
    pdf = typesetting.record_pdf(files.files[source.PROGRAM], draft.tree, sheet, written)
    return Rendered(
        pdf=pdf,
        html=_styled(draft, files),
        text=html.plain(draft.tree),
        sha256=hashlib.sha256(pdf).hexdigest(),
        provenance=provenance,
        notes=draft.notes,
    )


def editable(kind: str, language: str, data: Any, templates: Templates | None = None) -> bytes:
    """The document as an editable copy for word processors (docx); it is never the record."""
    from governance.documents import office  # noqa: PLC0415 -- its library is slow to read

    draft = _draft(kind, language, data, templates or source.ours())
    title = next(draft.tree.find("title")).text().strip()
    return office.docx(draft.tree, draft.facts.organisation.colour, title)


def tree_of(
    kind: str, language: str, data: Any, templates: Templates | None = None
) -> html.Element:
    """The tree of a document, to compare an edited copy with."""
    return _draft(kind, language, data, templates or source.ours()).tree


def pictures(
    kind: str, language: str, data: Any, templates: Templates | None = None, ppi: int = 72
) -> list[bytes]:
    """The pages of a document as PNG, as they will stand on paper."""
    files = templates or source.ours()
    draft = _draft(kind, language, data, files)
    sheet = _sheet(language, draft, files, {"templates": ""})
    return typesetting.pictures(files.files[source.PROGRAM], draft.tree, sheet, ppi)


def notes(kind: str, data: Any) -> tuple[Finding, ...]:
    """What is taken out of the facts before a document is written, by its place."""
    return known(kind, data).notes


def commitment(facts: Document, salt: bytes) -> str:
    """What the provenance says of the data: checkable with the salt, silent without it."""
    if len(salt) < _SALT:
        raise ValueError(f"A salt of {len(salt)} bytes can be guessed: take {_SALT} or more.")
    canonical = rfc8785.dumps(facts.model_dump(mode="json"))
    return hmac.new(salt, canonical, hashlib.sha256).hexdigest()


def content_policy(page: str) -> str:
    """A content policy under which a previewed page shows its own style and runs nothing."""
    style = page.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _draft(kind: str, language: str, data: Any, templates: Templates) -> _Draft:
    source.must_exist(kind, language, templates)
    checked = known(kind, data)
    facts, plain = checked.facts, checked.facts.model_dump()
    within = _within(facts, language, templates, 0)
    page = words.page(kind, language, plain, templates, within=within)
    draft = _Draft(facts, page, html.parse(page), checked.notes)
    if not within:
        return draft
    sheet = _sheet(language, draft, templates, {"templates": ""})
    pages = typesetting.pages_of_parts(templates.files[source.PROGRAM], draft.tree, sheet)
    page = words.page(kind, language, plain, templates, within={**within, "pages": pages})
    return _Draft(facts, page, html.parse(page), checked.notes)


def _within(facts: Document, language: str, templates: Templates, depth: int) -> dict[str, Any]:
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
        inner = _of_part(part.kind, part.facts, number)
        _within(inner, language, templates, depth + 1)
        page = words.page(part.kind, language, inner.model_dump(), templates, source.BARE)
        bodies.append(_LEVEL.sub(_one_lower, page))
    return {"bodies": [Markup(each) for each in bodies], "pages": ["–"] * len(bodies)}  # noqa: S704 -- pages of ours


def _of_part(kind: str, data: Any, number: int) -> Document:
    """The facts of a part, with the faults at their place in the pack."""
    try:
        return known(kind, data).facts
    except Refused as refused:
        place = f"parts.{number}.facts."
        raise Refused(
            [replace(each, where=place + each.where) for each in refused.findings], refused.reason
        ) from None


def _one_lower(heading: re.Match[str]) -> str:
    return f"{heading[1]}{int(heading[2]) + 1}"


def _styled(draft: _Draft, templates: Templates | None) -> str:
    """The style is ours and the colour is checked; neither is a fact that a person wrote."""
    css = (templates or source.ours()).text(source.STYLE)
    house = f":root{{--house:{draft.facts.organisation.colour}}}\n"
    head = f"{_PHONE}\n<style>{house}{css}</style>\n</head>"
    return draft.page.replace("</head>", head, 1)


def _is_dated(facts: Document, name: str, document_date: date) -> None:
    if facts.date != document_date:
        raise refuse(
            "{document} says that it is of {written}, and would be issued as of {issued}",
            rule="date_is_one",
            cure="Give both the same day.",
            where="date",
            reason=Reason.INPUT,
            document=name,
            written=facts.date.isoformat(),
            issued=document_date.isoformat(),
        )


def _provenance(
    kind: str, language: str, facts: Document, templates: Templates, salt: bytes | None
) -> dict[str, Any]:
    """Hashes and versions; nothing of any person, and no time of any clock."""
    return {
        "data": commitment(facts, salt) if salt is not None else None,
        "date": facts.date.isoformat(),
        "fonts": source.fonts_sha256(),
        "kind": kind,
        "language": language,
        "templates": templates.sha256(kind, language),
        "versions": _versions(),
    }


@lru_cache(maxsize=1)
def _versions() -> dict[str, str]:
    return {name: version(name) for name in ("babel", "jinja2", "typst")}


def _sheet(
    language: str, draft: _Draft, templates: Templates, provenance: dict[str, Any]
) -> typesetting.Sheet:
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
