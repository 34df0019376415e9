"""A member's own scores: on the page, or on a sheet that is filled in elsewhere and read in here.

A sheet that was read fills the page and sends nothing: the member looks, and sends.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from starlette.responses import Response
from starlette.routing import Route

from governance.acts import perform
from governance.appointments.assessment.telling import ToScore, scoring_for
from governance.appointments.cells import shown
from governance.appointments.law import law_of
from governance.appointments.queries import case_by_reference
from governance.appointments.sheet import rows_in
from governance.consultation.answering import ANSWER, GivenAnswer
from governance.refusals import Finding, Reason, Refused, refuse, say
from governance.web.cases.asked import status_of
from governance.web.cases.reading import reading_for
from governance.web.competition.views import ScoreLine, ScorePage
from governance.web.desk import Desk, for_the_signed_in
from governance.web.views import Fact, Filled, Option

KEY, NAME = "candidacy", "candidate"
MOST_FAULTS = 20


def ask(desk: Desk) -> Response:
    """The sheet of a member: every candidate by every criterion."""
    return desk.page("score", _page(desk, _asked(desk)))


def sheet(desk: Desk) -> Response:
    """The same as a file, to be filled in with a spreadsheet."""
    asked = _asked(desk)
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow([KEY, NAME, *(each["key"] for each in asked.criteria)])
    rows.writerows(
        [key, _as_text(name), *("" for _ in asked.criteria)] for key, name in asked.shown.items()
    )
    headers = {"Content-Disposition": f'attachment; filename="{asked.reference}-scores.csv"'}
    body = "\ufeff" + out.getvalue()
    return Response(body, media_type="text/csv; charset=utf-8", headers=headers)


def take(desk: Desk) -> Response:
    """Read a sheet into the page, or send what stands there: nobody sees it before all are in."""
    asked = _asked(desk)
    if desk.text("step") == "read":
        return _read(desk, asked)
    given = GivenAnswer("score", seen_version=asked.version, scores=_typed(desk, asked))
    try:
        perform(desk.house, desk.me, ANSWER, asked.consultation, given)
    except Refused as refused:
        page = replace(_page(desk, asked), refused=_named(refused, asked), filled=desk.filled())
        return desk.page("score", page, status=status_of(refused))
    return desk.go(f"/appointments/{asked.reference}/panel?done=scored")


def _read(desk: Desk, asked: ToScore) -> Response:
    try:
        values = _values(asked, desk.files.get("file", b""))
    except Refused as refused:
        page = replace(_page(desk, asked), refused=refused.findings, filled=desk.filled())
        return desk.page("score", page, status=422)
    page = replace(_page(desk, asked), filled=Filled(values), read=len(values))
    return desk.page("score", page)


def _values(asked: ToScore, content: bytes) -> dict[str, str]:
    """What a sheet says, by the names of the page's fields. Raises Refused for what it is not."""
    rows = rows_in(content)
    head = [each.strip() for each in next(rows).cells]
    keys = {each["key"]: head.index(each["key"]) for each in asked.criteria if each["key"] in head}
    if KEY not in head or not keys:
        raise refuse(
            "the first line does not name the columns of the sheet",
            rule="sheet_has_columns",
            cure="Fill in the sheet that this page gives, and leave its first line as it is.",
            where="file",
            reason=Reason.INPUT,
        )
    at, found = head.index(KEY), {}
    for line in rows:
        cells = [*line.cells, *("" for _ in head)]
        if cells[at].strip() not in asked.shown:
            raise refuse(
                "nobody of this competition stands in line {line}: {name}",
                rule="known_candidate",
                cure="Leave the column “candidacy” as the sheet has it.",
                where="file",
                reason=Reason.INPUT,
                line=line.number,
                name=shown(cells[at]),
            )
        for key, column in keys.items():
            if typed := cells[column].strip().replace(",", "."):
                found[f"{cells[at].strip()}.{key}"] = typed[:9]
    return found


def _typed(desk: Desk, asked: ToScore) -> dict[str, dict[str, str]]:
    return {
        candidacy: {each["key"]: desk.text(f"{candidacy}.{each['key']}") for each in asked.criteria}
        for candidacy in asked.shown
    }


def _as_text(name: str) -> str:
    """A name that no spreadsheet takes for a formula."""
    return f"'{name}" if name[:1] in "=+-@\t\r" else name


def _named(refused: Refused, asked: ToScore) -> tuple[Finding, ...]:
    """The faults of a sheet, by the name of the candidate and not by an identifier."""
    found = []
    for each in refused.findings[:MOST_FAULTS]:
        candidacy, _, key = each.where.partition(".")
        found.append(replace(each, where=f"{asked.shown.get(candidacy, candidacy)}, {key}"))
    return tuple(found)


def _asked(desk: Desk) -> ToScore:
    return scoring_for(desk.house, desk.me, desk.path["reference"])


def _page(desk: Desk, asked: ToScore) -> ScorePage:
    with desk.house.database.reading() as session:
        case = case_by_reference(session, desk.me, asked.reference)
        rulebook = law_of(session, case.law)
        reading = reading_for(desk.house, session, desk.me, rulebook, desk.language)
    action = f"/appointments/{asked.reference}/score"
    return ScorePage(
        subject=Fact(asked.reference, "", f"/appointments/{asked.reference}/panel"),
        lines=tuple(ScoreLine(key, name) for key, name in asked.shown.items()),
        criteria=tuple(
            Option(
                each["key"],
                reading.text(each["title"]),
                say("weight {weight}", weight=each["weight"]),
            )
            for each in asked.criteria
        ),
        least=asked.scale["least"],
        most=asked.scale["most"],
        action=action,
        sheet_href=f"{action}.csv",
        filled=Filled(),
    )


routes = [
    Route("/appointments/{reference}/score", for_the_signed_in(ask), methods=["GET"]),
    Route("/appointments/{reference}/score.csv", for_the_signed_in(sheet), methods=["GET"]),
    Route("/appointments/{reference}/score", for_the_signed_in(take), methods=["POST"]),
]
