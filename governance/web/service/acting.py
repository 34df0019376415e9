"""`/services/acting`: somebody acts in an office for a time, within the caps of the law."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from governance.acts import Moment, perform
from governance.appointments.authority import hr_officer
from governance.appointments.law import current_law
from governance.appointments.service.acting import BEGIN_ACTING, Acting
from governance.refusals import Reason, Refused, refuse, say
from governance.web.cases.asked import refused_fields, status_of
from governance.web.cases.marks import period_words
from governance.web.cases.reading import reading_for
from governance.web.competition.forecast import parse_day
from governance.web.desk import Desk, for_the_signed_in
from governance.web.service.views import ActingPage
from governance.web.views import EMPTY, Filled, Option, Words

FIELDS = {"--until": "until", "--from": "from", "--office": "office", "--person": "email"}


def ask(desk: Desk) -> Response:
    """The form, with the caps of the law beside it."""
    return desk.page("acting", _page(desk, EMPTY, None))


def begin(desk: Desk) -> Response:
    """Let somebody act; a refusal shows what was typed, with every cap that is passed."""
    try:
        receipt = perform(desk.house, desk.me, BEGIN_ACTING, None, _given(desk))
    except Refused as refused:
        found = refused_fields(refused)
        faults = {FIELDS.get(where, where): words for where, words in found.items()}
        page = _page(desk, desk.filled(faults), refused)
        return desk.page("acting", page, status=status_of(refused))
    reference = receipt.facts["reference"] if receipt else ""
    return desk.go(f"/services/{reference}?done=acting")


def _given(desk: Desk) -> Acting:
    first, last = parse_day(desk.text("from"), "from"), parse_day(desk.text("until"), "until")
    if first is None or last is None:
        raise refuse(
            "acting has a first and a last day",
            rule="span_is_understood",
            cure="Choose both.",
            where="until" if last is None else "from",
            reason=Reason.INPUT,
        )
    return Acting(desk.text("email"), desk.text("office"), first, last, desk.text("reason"))


def _page(desk: Desk, filled: Filled, refused: Refused | None) -> ActingPage:
    with desk.house.database.reading() as session:
        hr_officer(Moment(desk.house, session, desk.house.clock.now(), desk.me), None, None)
        _, rulebook = current_law(session)
        reading = reading_for(desk.house, session, desk.me, rulebook, desk.language)
        law = rulebook.organisation.acting
        caps: Words = say("The law sets no cap on acting.")
        if law is not None:
            caps = say(
                "At most {longest} at a time, and {in_all} in one office, counted over every"
                " time that somebody acted there.",
                longest=period_words(law.longest),
                in_all=period_words(law.in_all),
            )
        return ActingPage(
            offices=tuple(
                Option(each.key, reading.text(each.title)) for each in rulebook.organisation.offices
            ),
            caps=caps,
            article=str(law.article) if law else "",
            refused=refused.findings if refused else (),
            filled=filled,
        )


routes = [
    Route("/services/acting", for_the_signed_in(ask), methods=["GET"]),
    Route("/services/acting", for_the_signed_in(begin), methods=["POST"]),
]
