"""The list of appointments, with filters and pages."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from governance.appointments.law import current_law
from governance.appointments.queries import PAGE, CaseLine, cases, count_cases
from governance.refusals import Sentence, say
from governance.rulebook.schema import Rulebook
from governance.web.case_views import CaseRow, CasesPage
from governance.web.cases import marks
from governance.web.cases.asked import done, may_act
from governance.web.cases.reading import Reading, reading_for
from governance.web.desk import Desk, for_the_signed_in
from governance.web.views import Act, Mark, Option, Words

LAUNCH = Act(say("Launch an appointment"), "/appointments/new")
WAITS: dict[str, Sentence] = {
    "check": say("An HR officer"),
    "collect": say("the close of the call"),
    "plan": say("An HR officer"),
    "prepare": say("An HR officer"),
    "sift": say("An HR officer"),
    "weigh": say("An HR officer"),
}


def show(desk: Desk) -> Response:
    """A page of the cases that the reader may see."""
    asked = desk.request.query_params
    search, stage = asked.get("search", "").strip()[:80], asked.get("stage", "")[:60]
    older_than = asked.get("older_than", "")[:40]
    with desk.house.database.reading() as session:
        _, rulebook = current_law(session)
        reading = reading_for(desk.house, session, desk.me, rulebook, desk.language)
        found = cases(session, desk.me, stage=stage, search=search, older_than=older_than)
        total = len(found) if search else count_cases(session, desk.me, stage=stage)
    page = CasesPage(
        rows=tuple(row_of(each, reading) for each in found),
        launch=LAUNCH,
        may_launch=may_act(desk),
        total=total,
        search=search,
        stage=stage,
        stages=stage_options(rulebook, reading),
        older=_older(found, search, stage),
        done=done(desk),
    )
    return desk.page("appointments", page)


def row_of(line: CaseLine, reading: Reading) -> CaseRow:
    """One case in the list."""
    case, calendar = line.case, line.procedure.calendar
    station = reading.rulebook.duty_station(line.post.duty_station)
    due_at = line.due_at if case.state == "running" else None
    return CaseRow(
        number=case.reference,
        href=f"/appointments/{case.reference}",
        post=reading.text(line.post.title),
        station=reading.text(station.title if station else None, line.post.duty_station),
        stage=_stage(line, reading),
        waits_for=_waits_for(line),
        due=reading.due(due_at, calendar) if due_at else None,
        left=reading.left(due_at, calendar) if due_at else "",
    )


def stage_options(rulebook: Rulebook, reading: Reading) -> tuple[Option, ...]:
    """The stages of every procedure, each once."""
    titles = {
        stage.key: reading.text(stage.title)
        for procedure in rulebook.procedures
        for stage in procedure.stages
    }
    return tuple(Option(key, title) for key, title in titles.items())


def _stage(line: CaseLine, reading: Reading) -> Mark:
    ended = marks.PAUSED if line.case.state == "paused" else marks.CASE_ENDS.get(line.case.state)
    return ended or Mark("now", reading.text(line.procedure.stage(line.case.stage).title))


def _waits_for(line: CaseLine) -> Words:
    if line.case.state != "running":
        return "–"
    if line.waits_for:
        return ", ".join(line.waits_for)
    return WAITS.get(line.procedure.stage(line.case.stage).verb, "–")


def _older(found: Iterable[CaseLine], search: str, stage: str) -> str:
    lines = list(found)
    if len(lines) < PAGE:
        return ""
    kept = {"search": search, "stage": stage, "older_than": lines[-1].case.reference}
    return f"/appointments?{urlencode({key: value for key, value in kept.items() if value})}"


routes = [Route("/appointments", for_the_signed_in(show), methods=["GET"])]
