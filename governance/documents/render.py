"""From plain data to what people read: the preview, the record, the text of a mail.

`record` is a function of its arguments alone: the same facts, templates, fonts and versions give
the same bytes, on another day and in another process. What depends on a text that is not ours is
rendered in a process apart.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from importlib.metadata import version
from typing import Any

import rfc8785

from governance.documents import html, returned, source, typesetting, words
from governance.documents.apart import workshop
from governance.documents.drafted import Draft, draft, sheet_of, styled, within
from governance.documents.schema import Document, known
from governance.documents.source import Templates
from governance.refusals import Finding, Reason, refuse

_SALT = 16


@dataclass(frozen=True)
class Rendered:
    """A document as it is issued, and the proof of what it was made from."""

    pdf: bytes
    html: str
    text: str
    sha256: str
    provenance: dict[str, Any]
    notes: tuple[Finding, ...]


Words = Sequence[returned.Block]


def preview(
    kind: str,
    language: str,
    data: Any,
    templates: Templates | None = None,
    words_back: Words | None = None,
) -> str:
    """The document as a page for the browser, complete with its style; see `content_policy`."""
    files = _files(kind, language, templates)
    if workshop.is_wanted(files, kind, language):
        made: str = _apart("preview", kind, language, data, files, words_back=_plain(words_back))
        return made
    return styled(_said(draft(kind, language, data, files), words_back), files)


def fragment(kind: str, language: str, data: Any, templates: Templates | None = None) -> str:
    """The document from its heading on, without letterhead, to be set into a page of the web."""
    files = _files(kind, language, templates)
    facts = known(kind, data, files.kinds).facts
    inner, frame = within(facts, language, files, 0), source.BARE
    return words.page(kind, language, facts.model_dump(), files, frame, within=inner).strip()


def plain_text(kind: str, language: str, data: Any, templates: Templates | None = None) -> str:
    """The document as plain text, for a mail."""
    files = _files(kind, language, templates)
    if workshop.is_wanted(files, kind, language):
        made: str = _apart("text", kind, language, data, files)
        return made
    return html.plain(draft(kind, language, data, files).tree)


def record(  # noqa: PLR0913 -- what the bytes depend on is asked for by name
    kind: str,
    language: str,
    data: Any,
    document_date: date,
    *,
    salt: bytes | None = None,
    templates: Templates | None = None,
    words_back: Words | None = None,
) -> Rendered:
    """The document as it is issued: PDF/A-3a and PDF/UA-1, its page, and its provenance.

    With a salt, which the caller keeps, the provenance commits to the data without telling it;
    without one it says nothing of the data. `words_back` are the words of an edited copy that
    somebody has accepted in the place of those that the facts give.
    """
    files = _files(kind, language, templates)
    if workshop.is_wanted(files, kind, language):
        given = salt.hex() if salt else None
        told = {"day": document_date, "salt": given, "words_back": _plain(words_back)}
        return _from_apart(_apart("record", kind, language, data, files, **told))
    drafted = _said(draft(kind, language, data, files), words_back)
    _is_dated(drafted.facts, files.kinds[kind].name, document_date)
    provenance = _provenance(kind, language, drafted.facts, files, salt)
    if words_back is not None:
        provenance["words_back"] = returned.fingerprint(words_back)
    return _pressed(language, drafted, files, provenance)


def _pressed(
    language: str, drafted: Draft, files: Templates, provenance: dict[str, Any]
) -> Rendered:
    sheet = sheet_of(language, drafted, files, provenance)
    written = json.dumps(provenance, ensure_ascii=False, indent=1, sort_keys=True)
    pdf = typesetting.record_pdf(files.files[source.PROGRAM], drafted.tree, sheet, written)
    return Rendered(
        pdf=pdf,
        html=styled(drafted, files),
        text=html.plain(drafted.tree),
        sha256=hashlib.sha256(pdf).hexdigest(),
        provenance=provenance,
        notes=drafted.notes,
    )


def editable(
    kind: str,
    language: str,
    data: Any,
    templates: Templates | None = None,
    words_back: Words | None = None,
) -> bytes:
    """The document as an editable copy for word processors (docx); it is never the record."""
    files = _files(kind, language, templates)
    if workshop.is_wanted(files, kind, language):
        told = {"words_back": _plain(words_back)}
        return base64.b64decode(_apart("editable", kind, language, data, files, **told))
    from governance.documents import office  # noqa: PLC0415 -- its library is slow to read

    drafted = _said(draft(kind, language, data, files), words_back)
    title = next(drafted.tree.find("title")).text().strip()
    return office.docx(drafted.tree, drafted.facts.organisation.colour, title)


def blocks(
    kind: str, language: str, data: Any, templates: Templates | None = None
) -> list[returned.Block]:
    """The blocks of a document that may be edited, to compare an edited copy with."""
    files = _files(kind, language, templates)
    if workshop.is_wanted(files, kind, language):
        return returned.from_plain(_apart("blocks", kind, language, data, files))
    return returned.blocks_of(draft(kind, language, data, files).tree)


def pictures(
    kind: str, language: str, data: Any, templates: Templates | None = None, ppi: int = 72
) -> list[bytes]:
    """The pages of a document as PNG, as they will stand on paper."""
    files = _files(kind, language, templates)
    drafted = draft(kind, language, data, files)
    sheet = sheet_of(language, drafted, files, {"templates": ""})
    return typesetting.pictures(files.files[source.PROGRAM], drafted.tree, sheet, ppi)


def notes(kind: str, data: Any, templates: Templates | None = None) -> tuple[Finding, ...]:
    """What is taken out of the facts before a document is written, by its place."""
    return known(kind, data, (templates or source.ours()).kinds).notes


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


def _said(drafted: Draft, words_back: Words | None) -> Draft:
    """A draft with the words of an edited copy that was accepted, where there is one."""
    if words_back is None:
        return drafted
    page = returned.page_with(drafted.page, drafted.tree, words_back)
    return replace(drafted, page=page, tree=html.parse(page))


def _plain(words_back: Words | None) -> list[dict[str, Any]] | None:
    return None if words_back is None else returned.as_plain(words_back)


def _files(kind: str, language: str, templates: Templates | None) -> Templates:
    """The templates to render with, where the kind is known and written in the language."""
    files = templates or source.ours()
    source.must_exist(kind, language, files)
    return files


def _apart(what: str, kind: str, language: str, data: Any, files: Templates, **more: Any) -> Any:
    told = {"kind": kind, "language": language, "facts": data, **more}
    return workshop.asked(what, files, **told)


def _from_apart(told: dict[str, Any]) -> Rendered:
    notes_ = tuple(workshop.findings_of(told["notes"]))
    return Rendered(**{**told, "pdf": base64.b64decode(told["pdf"]), "notes": notes_})
