"""The HR officer's board: candidates by stage, who waits for whom, what is due; with keys."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from pendulum import DateTime
from starlette.responses import Response
from starlette.routing import Route

from governance.appointments.board.queries import COLUMNS, Board, Card, board
from governance.appointments.law import current_law, law_of
from governance.appointments.models import Case
from governance.refusals import Sentence, say
from governance.rulebook.schema import Rulebook
from governance.web.cases.marks import CANDIDACIES
from governance.web.cases.reading import Reading, reading_for
from governance.web.competition.board_many import extra
from governance.web.competition.views import BoardColumn, BoardPage, BoardRow
from governance.web.desk import Desk, for_the_signed_in
from governance.web.views import Fact, Mark, Words

TITLES: dict[str, Sentence] = {
    "examined": say("To be examined"),
    "eligible": say("Eligible"),
    "vetted": say("In vetting"),
    "cleared": say("Cleared"),
    "shortlisted": say("On the shortlist"),
    "chosen": say("Chosen"),
    "appointed": say("Appointed"),
    "out": say("Out"),
}
WAITS: dict[str, Sentence] = {
    "examined": say("An HR officer"),
    "eligible": say("the candidate"),
    "vetted": say("An HR officer"),
    "cleared": say("the panel"),
    "shortlisted": say("whoever decides"),
    "chosen": say("the candidate"),
}


def show(desk: Desk) -> Response:
    """A page of the board, of one case or of all."""
    asked = desk.request.query_params
    reference = desk.path.get("reference", "")
    found = board(
        desk.house,
        desk.me,
        reference,
        asked.get("column", "")[:40],
        asked.get("after", "")[:300],
        find=(find := asked.get("find", "")[:100].strip()),
    )
    with desk.house.database.reading() as session:
        _, rulebook = current_law(session)
        reading = reading_for(desk.house, session, desk.me, rulebook, desk.language)
        cases = [*(each.case for each in found.cards), *([found.case] if found.case else [])]
        laws = {each.law: law_of(session, each.law) for each in cases}
        page = page_of(found, reading, laws, find if found.case else "")
        if found.case is not None:
            page = replace(page, **extra(desk, session, found, reading))
    return desk.page("board", page)


def page_of(found: Board, reading: Reading, laws: dict[str, Rulebook], find: str = "") -> BoardPage:
    """The board as its page shows it."""
    case = found.case
    here = f"/appointments/{case.reference}/board" if case else "/appointments/board"
    kept = {"column": found.column} | ({"find": find} if find else {})
    older = urlencode({**kept, "after": found.older}) if found.older else ""
    title: Words = ""
    if case is not None:
        post = reading.rulebook.post(case.post)
        title = reading.text(post.title if post else None, case.post)
    return BoardPage(
        subject=Fact(
            case.reference if case else "",
            title,
            f"/appointments/{case.reference}" if case else "/appointments",
        ),
        columns=tuple(
            BoardColumn(TITLES[key], found.counts[key], f"{here}?column={key}", key == found.column)
            for key in COLUMNS
        ),
        rows=tuple(_row(each, found, reading, laws) for each in found.cards),
        title=TITLES[found.column],
        one_case=case is not None,
        older=f"{here}?{older}" if older else "",
        links=_links(case, laws) if case else (),
        here=here,
        column=found.column,
        find=find,
    )


def _links(case: Case, laws: dict[str, Rulebook]) -> tuple[Fact, ...]:
    base = f"/appointments/{case.reference}"
    procedure = laws[case.law].procedure(case.procedure) if case.law in laws else None
    panel = procedure is not None and procedure.assessment is not None
    return (
        Fact(say("The case"), "", base),
        Fact(say("Quality of the process"), "", f"{base}/quality"),
        *((Fact(say("Panel and ranking"), "", f"{base}/panel"),) if panel else ()),
        Fact(say("Forecast"), "", f"{base}/forecast"),
    )


def _row(each: Card, found: Board, reading: Reading, laws: dict[str, Rulebook]) -> BoardRow:
    case = each.case
    procedure = laws[case.law].procedure(case.procedure)
    calendar = procedure.calendar if procedure else ""
    waits: Words = WAITS.get(found.column, "")
    if each.checks_awaited:
        waits = say("answers from outside")
    return BoardRow(
        name=each.person.name,
        href=f"/appointments/{case.reference}/candidates/{each.candidacy.id}",
        country=reading.country(each.person.nationality),
        case=case.reference,
        case_href=f"/appointments/{case.reference}",
        state=CANDIDACIES.get(each.candidacy.state, Mark("none", each.candidacy.state)),
        since=reading.day_of(each.candidacy.came_at),
        checks=each.checks_open,
        waits_for=waits if case.state == "running" else "",
        candidacy=each.candidacy.id,
        due=reading.due(DateTime.instance(each.due_at), calendar) if each.due_at else None,
    )


routes = [
    Route("/appointments/board", for_the_signed_in(show), methods=["GET"]),
    Route("/appointments/{reference}/board", for_the_signed_in(show), methods=["GET"]),
]
