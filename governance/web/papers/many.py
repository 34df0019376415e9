"""Many documents like one: a file with a line each, drafted in one act, then put together."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from starlette.responses import Response

from governance.acts import perform
from governance.refusals import Finding, Reason, Refused, refuse
from governance.registry import approving, drafting, queries
from governance.registry.house_style import style_of
from governance.registry.models import Paper
from governance.web.desk import Desk
from governance.web.papers.form import PREFIX, Entry, Form
from governance.web.papers.rows import keeps, kind_of, person_at
from governance.web.papers.views import ManyPage

FOR, LANGUAGE = "for", "language"
MOST = 2000


def ask(desk: Desk) -> Response:
    """The page that asks for a file."""
    return desk.page("documents_many", _page(desk, _paper(desk)))


def sample(desk: Desk) -> Response:
    """A file to begin from: every column, and the model's own facts as its first line."""
    paper = _paper(desk)
    model = _model(desk, paper)
    out = io.StringIO()
    columns = [FOR, LANGUAGE, *(name.removeprefix(f"{PREFIX}.") for name in model)]
    rows = csv.writer(out)
    rows.writerow(columns)
    rows.writerow(["", paper.language, *model.values()])
    headers = {"Content-Disposition": f'attachment; filename="{paper.kind}.csv"'}
    body = "\ufeff" + out.getvalue()
    return Response(body, media_type="text/csv; charset=utf-8", headers=headers)


def take(desk: Desk) -> Response:
    """Draft one document a line, all or none; every fault names its line."""
    paper = _paper(desk)
    try:
        drafts = tuple(_drafts(desk, paper, _text(desk)))
        title = desk.text("title")
        if not title:
            problem, cure = "the bundle has no title", "Name it: the regrets of which call?"
            raise refuse(problem, rule="bundle_is_named", cure=cure, reason=Reason.INPUT)
        given = approving.Gathering(title, drafts, key=title[:60])
        receipt = perform(desk.house, desk.me, approving.GATHER, None, given)
    except Refused as refused:
        if refused.reason == Reason.AUTHORITY:
            raise
        page = _page(desk, paper, refused.findings)
        return desk.page("documents_many", page, status=422)
    with desk.house.database.reading() as session:
        bundle = receipt.subject_id if receipt else approving.bundle_named(session, title[:60])
    return desk.go(f"/documents/bundles/{bundle}")


def _text(desk: Desk) -> str:
    try:
        return desk.files.get("file", b"").decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refuse(
            "the file is not UTF-8",
            rule="file_is_read",
            cure="Save it as CSV in UTF-8.",
            reason=Reason.INPUT,
        ) from None


def _drafts(desk: Desk, paper: Paper, text: str) -> Iterator[drafting.Draft]:
    """The model's facts with those of each line in their place."""
    model, house = _model(desk, paper), _house_facts(desk, paper)
    kind = style_of(desk.house.settings).templates.kinds[paper.kind]
    rows = csv.DictReader(io.StringIO(text))
    _known(rows.fieldnames or [], model)
    told = list(rows)
    if not told or len(told) > MOST:
        raise refuse(
            "the file has {n} lines; from 1 to {most} can be drafted at once",
            rule="rows_are_there",
            cure="Write one document a line, under the line of column names.",
            reason=Reason.INPUT,
            n=len(told),
            most=MOST,
        )
    for at, row in enumerate(told, start=1):
        given = {f"{PREFIX}.{name}": value or "" for name, value in row.items() if name}
        facts = Form(kind).facts({**model, **given})
        yield drafting.Draft(
            paper.kind,
            (row.get(LANGUAGE) or "").strip() or paper.language,
            {**house, **facts},
            addressee_id=_addressee(desk, (row.get(FOR) or "").strip(), at),
        )


def _addressee(desk: Desk, email: str, at: int) -> str | None:
    if not email:
        return None
    try:
        return person_at(desk, email).id
    except Refused as refused:
        (found,) = refused.findings
        placed = Finding(
            found.rule,
            found.article,
            found.verdict,
            found.because,
            found.cure,
            f"row {at}, {FOR}",
        )
        raise Refused([placed], Reason.INPUT) from None


def _known(columns: Any, model: dict[str, str]) -> None:
    known = {FOR, LANGUAGE, *(name.removeprefix(f"{PREFIX}.") for name in model)}
    unknown = [each for each in columns if each not in known]
    if unknown:
        raise refuse(
            "no fact of this document is called {columns}",
            rule="columns_are_known",
            cure="Begin from the sample file.",
            reason=Reason.INPUT,
            columns=", ".join(str(each)[:40] for each in unknown[:8]),
        )


def _model(desk: Desk, paper: Paper) -> dict[str, str]:
    """The facts of the model as a form holds them, by the names of its fields."""
    with desk.house.database.reading() as session:
        facts = drafting.facts_of(desk.house, session, paper.facts)
    form = Form(style_of(desk.house.settings).templates.kinds[paper.kind])
    return dict(_flat(form.entries(facts)))


def _house_facts(desk: Desk, paper: Paper) -> dict[str, Any]:
    with desk.house.database.reading() as session:
        facts = drafting.facts_of(desk.house, session, paper.facts)
    return {key: facts[key] for key in ("organisation", "place") if key in facts}


def _flat(entries: Any) -> Iterator[tuple[str, str]]:
    """The filled fields; the empty row at the end of a list is for people, not for files."""
    entry: Entry
    for entry in entries:
        yield from _flat(entry.entries)
        for row in entry.rows[:-1]:
            yield from _flat(row)
        if entry.type != "group":
            yield entry.name, entry.value


def _paper(desk: Desk) -> Paper:
    with desk.house.database.reading() as session:
        paper = queries.paper_of(session, desk.me, desk.path["document"])
    if not keeps(desk):
        raise queries.no_such_document(desk.path["document"])
    return paper


def _page(desk: Desk, paper: Paper, faults: Any = ()) -> ManyPage:
    href = f"/documents/{paper.id}"
    model = [name.removeprefix(f"{PREFIX}.") for name in _model(desk, paper)]
    return ManyPage(
        href=f"{href}/many",
        back=href,
        kind=kind_of(desk, paper.kind),
        sample=f"{href}/many.csv",
        columns=[FOR, LANGUAGE, *model],
        faults=faults,
        filled=desk.filled(),
    )
