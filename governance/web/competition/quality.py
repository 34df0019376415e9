"""The quality of a competition's process: each question green, amber or red, with its article."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response
from starlette.routing import Route

from governance.appointments.board.process import quality
from governance.appointments.board.quality import LIGHT
from governance.appointments.law import law_of
from governance.refusals import Finding, Sentence, say
from governance.web.cases.reading import reading_for
from governance.web.competition.views import QualityPage, QualityRow
from governance.web.desk import Desk, for_the_signed_in
from governance.web.views import Fact, Mark, Tone

QUESTIONS: dict[str, Sentence] = {
    "advertised_long_enough": say("Was it advertised long enough?"),
    "criteria_before_names": say("Were the criteria fixed before the names?"),
    "panel_lawful": say("Is the panel lawful?"),
    "all_checks_closed": say("Are all checks closed?"),
    "everybody_told": say("Has everybody been told?"),
    "within_the_benchmark": say("Is it within the benchmark?"),
}
LIGHTS: dict[str, tuple[Tone, Sentence]] = {
    "green": ("ok", say("in order")),
    "amber": ("warn", say("to be watched")),
    "red": ("bad", say("not in order")),
}


def show(desk: Desk) -> Response:
    """Every question with its answer and the article."""
    case, findings = quality(desk.house, desk.me, desk.path["reference"])
    with desk.house.database.reading() as session:
        rulebook = law_of(session, case.law)
        reading = reading_for(desk.house, session, desk.me, rulebook, desk.language)
        post = rulebook.post(case.post)
        title = reading.text(post.title if post else None, case.post)
    page = QualityPage(
        subject=Fact(case.reference, title, f"/appointments/{case.reference}"),
        rows=tuple(_row(each) for each in findings),
    )
    return desk.page("quality", page)


def _row(each: Finding) -> QualityRow:
    tone, words = LIGHTS[LIGHT[each.verdict]]
    shown = replace(each, where="")
    return QualityRow(QUESTIONS[each.rule], Mark(tone, words), shown)


routes = [Route("/appointments/{reference}/quality", for_the_signed_in(show), methods=["GET"])]
