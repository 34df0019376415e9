"""Draft a document, or write its next version: the facts of its kind as a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from governance.acts import perform
from governance.documents.letters import cleaned
from governance.documents.source import must_exist
from governance.notices.message import organisation_of
from governance.refusals import Finding, Reason, Refused, Sentence, say
from governance.registry import drafting, queries
from governance.registry.house_style import letterhead_of, place_of, style_of
from governance.registry.models import Paper
from governance.registry.verifying import LANGUAGES
from governance.web.desk import Desk
from governance.web.papers.form import PREFIX, Form, field_of
from governance.web.papers.rows import kind_of, person_at
from governance.web.papers.views import ChoosePage, DraftPage
from governance.web.views import Filled, Option
from governance.web.words import sentence


def choose(desk: Desk) -> Response:
    """Which kind, in which language, for whom."""
    return desk.page("document_choose", _choices(desk, dict(desk.request.query_params), {}))


def begin(desk: Desk) -> Response:
    """The facts of the kind that was chosen, as an empty form; with faults, the choice again."""
    values = {name: desk.text(name) for name in ("kind", "language", "for")}
    try:
        must_exist(values["kind"], values["language"], style_of(desk.house.settings).templates)
        if values["for"]:
            person_at(desk, values["for"])
    except Refused as refused:
        where = {"person_is_known": "for", "document_kind": "kind", "document_language": "language"}
        faults = {where.get(each.rule, "kind"): each.because for each in refused.findings}
        return desk.page("document_choose", _choices(desk, values, faults), status=422)
    return desk.page("document_draft", _new(desk, values, {}))


def keep(desk: Desk) -> Response:
    """Keep a new draft, or show again what is wrong with it."""
    values = {name: desk.text(name) for name in ("kind", "language", "for")}
    kind, language = values["kind"], values["language"]
    templates = style_of(desk.house.settings).templates
    must_exist(kind, language, templates)
    facts = Form(templates.kinds[kind]).facts(_posted(desk))
    if desk.text("step") == "row":
        return desk.page("document_draft", _new(desk, values, facts))
    whole = {**_given(desk, language), **facts}
    try:
        person = person_at(desk, values["for"]).id if values["for"] else None
        clean, notes = _seen(desk, kind, whole)
        if notes:
            return desk.page("document_draft", _new(desk, values, clean, notes=notes))
        draft = drafting.Draft(kind, language, whole, addressee_id=person)
        receipt = perform(desk.house, desk.me, drafting.DRAFT, None, draft)
    except Refused as refused:
        if refused.reason == Reason.AUTHORITY:
            raise
        page = _new(desk, values, facts, faults=_faults(desk, kind, refused))
        return desk.page("document_draft", page, status=422)
    return desk.go(f"/documents/{receipt.subject_id if receipt else ''}")


def edit(desk: Desk) -> Response:
    """The facts of a draft, as they are, to be changed."""
    paper = _paper(desk)
    return desk.page("document_draft", _next(desk, paper, _facts_of(desk, paper)))


def revise(desk: Desk) -> Response:
    """Keep the next version of a draft, in answer to the version that was seen."""
    paper = _paper(desk)
    templates = style_of(desk.house.settings).templates
    facts = Form(templates.kinds[paper.kind]).facts(_posted(desk))
    if desk.text("step") == "row":
        return desk.page("document_draft", _next(desk, paper, facts))
    before = _facts_of(desk, paper)
    whole = {**{key: before[key] for key in before if key in _HOUSE}, **facts}
    try:
        clean, notes = _seen(desk, paper.kind, whole)
        if notes:
            return desk.page("document_draft", _next(desk, paper, clean, notes=notes))
        seen = desk.text("version")
        given = drafting.Revision(whole, int(seen) if seen.isdecimal() else 0)
        perform(desk.house, desk.me, drafting.REVISE, paper.id, given)
    except Refused as refused:
        if refused.reason == Reason.AUTHORITY:
            raise
        page = _next(desk, paper, facts, faults=_faults(desk, paper.kind, refused))
        status = 409 if refused.reason == Reason.CONFLICT else 422
        return desk.page("document_draft", page, status=status)
    return desk.go(f"/documents/{paper.id}")


_HOUSE = ("organisation", "place")


def _given(desk: Desk, language: str) -> dict[str, Any]:
    """What the house knows of every document of its own."""
    organisation = organisation_of(desk.house.settings.rulebook_folder)
    return {
        "organisation": letterhead_of(organisation, language),
        "place": place_of(organisation, language),
    }


def _posted(desk: Desk) -> dict[str, str]:
    return {
        name: value.replace("\r\n", "\n")
        for name, value in desk.form.items()
        if isinstance(value, str) and name.startswith(f"{PREFIX}.")
    }


def _seen(
    desk: Desk, kind: str, whole: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """The facts without control characters, and what was taken out: shown before it is kept."""
    notes = drafting.notes_on(desk.house, kind, whole)
    return cleaned(dict(whole))[0], notes


def _faults(desk: Desk, kind: str, refused: Refused) -> dict[str, Sentence]:
    """What is wrong, by the field in which it stands; the document named in the reader's words."""
    posted = _posted(desk)
    faults: dict[str, Sentence] = {}
    for each in refused.findings:
        name = "for" if each.rule == "person_is_known" else field_of(each.where, posted)
        told = {**each.because.facts}
        if "document" in told:
            told["document"] = sentence(kind_of(desk, kind), desk.language)
        faults.setdefault(name, say(each.because.pattern, **told))
    return faults


def _paper(desk: Desk) -> Paper:
    with desk.house.database.reading() as session:
        paper = queries.paper_of(session, desk.me, desk.path["document"])
        if not queries.sees_all(desk.me):
            raise queries.no_such_document(desk.path["document"])
    return paper


def _facts_of(desk: Desk, paper: Paper) -> dict[str, Any]:
    with desk.house.database.reading() as session:
        facts = drafting.facts_of(desk.house, session, paper.facts)
    facts.pop(drafting.WORDS_BACK, None)
    return facts


def _has_words(desk: Desk, paper: Paper) -> bool:
    with desk.house.database.reading() as session:
        return drafting.words_of(desk.house, session, paper) is not None


def _new(
    desk: Desk,
    values: Mapping[str, str],
    facts: Mapping[str, Any],
    *,
    notes: tuple[Finding, ...] = (),
    faults: Mapping[str, Sentence] | None = None,
) -> DraftPage:
    kind = values["kind"]
    form = Form(style_of(desk.house.settings).templates.kinds[kind])
    return DraftPage(
        action="/documents/new/keep",
        back="/documents/new",
        kind=kind_of(desk, kind),
        language=LANGUAGES[values["language"]],
        entries=form.entries(facts),
        hidden=tuple(values.items()),
        notes=notes,
        filled=Filled({}, faults or {}),
    )


def _next(
    desk: Desk,
    paper: Paper,
    facts: Mapping[str, Any],
    *,
    notes: tuple[Finding, ...] = (),
    faults: Mapping[str, Sentence] | None = None,
) -> DraftPage:
    form = Form(style_of(desk.house.settings).templates.kinds[paper.kind])
    seen = desk.text("version") or str(paper.version)
    return DraftPage(
        action=f"/documents/{paper.id}/edit",
        back=f"/documents/{paper.id}",
        kind=kind_of(desk, paper.kind),
        language=LANGUAGES[paper.language],
        entries=form.entries(facts),
        hidden=(("version", seen),),
        notes=notes,
        filled=Filled({}, faults or {}),
        is_new=False,
        with_words=_has_words(desk, paper),
    )


def _choices(desk: Desk, values: Mapping[str, str], faults: Mapping[str, Sentence]) -> ChoosePage:
    kinds = style_of(desk.house.settings).templates.kinds
    named = {kind: sentence(kind_of(desk, kind), desk.language) for kind in kinds}
    options = [Option(kind, named[kind]) for kind in sorted(named, key=lambda each: named[each])]
    spoken = [Option(key, said) for key, said in LANGUAGES.items()]
    filled = Filled({"language": desk.language, **values}, faults)
    return ChoosePage(options, spoken, filled)
