"""What the page of minutes does: one act a button, each refusal told on the same page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from governance.acts import Verb, perform
from governance.committees.minutes.adopting import (
    ADOPT,
    ARCHIVE,
    POSTPONE,
    PUBLISH,
    PUT_RIGHT,
    SIGN,
    AdoptedBy,
    Put,
)
from governance.committees.minutes.circulating import CIRCULATE, RECIRCULATE, Circulated
from governance.committees.minutes.drafting import (
    ASSEMBLE,
    REWRITE,
    SUBMIT,
    WAIVE,
    Nothing,
    Rewritten,
    Waived,
)
from governance.consultation.amending import Paragraph
from governance.consultation.proposing import SETTLE_PROPOSAL, Settled
from governance.refusals import Reason, Refused, refuse
from governance.web.committees.minutes import form_of, open_minutes, page_of
from governance.web.committees.telling import reading_of
from governance.web.desk import Desk, for_the_signed_in
from governance.web.render import STATUS

ACTS: Mapping[str, tuple[Verb[Any, Any], Callable[[Desk], Any]]] = {
    "assemble": (ASSEMBLE, lambda _: Nothing()),
    "submit": (SUBMIT, lambda _: Nothing()),
    "circulate": (CIRCULATE, lambda desk: Circulated(desk.text("note"))),
    "recirculate": (RECIRCULATE, lambda desk: Circulated(desk.text("note"))),
    "adopt": (
        ADOPT,
        lambda desk: AdoptedBy(desk.text("decision"), desk.text("as_amended") == "yes"),
    ),
    "postpone": (POSTPONE, lambda _: Nothing()),
    "sign": (SIGN, lambda _: Nothing()),
    "publish": (PUBLISH, lambda _: Nothing()),
    "archive": (ARCHIVE, lambda _: Nothing()),
    "put_right": (
        PUT_RIGHT,
        lambda desk: Put(
            desk.text("block"), desk.text("reads"), desk.text("should_read"), desk.text("decision")
        ),
    ),
    "waive": (
        WAIVE,
        lambda desk: Waived(desk.text("finding"), desk.text("rule"), desk.text("because")),
    ),
}


def act(desk: Desk) -> Response:
    """One act on the minutes; refused, the page is shown with every reason."""
    found = ACTS.get(desk.path["act"])
    if found is None:
        raise refuse(
            "minutes have no such act",
            rule="known_act",
            cure="Use the buttons of their page.",
            reason=Reason.MISSING,
        )
    verb, given = found
    with reading_of(desk) as reading:
        minutes = open_minutes(desk, reading).minutes
    return _done(desk, lambda: perform(desk.house, desk.me, verb, minutes.id, given(desk)))


def settle(desk: Desk) -> Response:
    """One correction gets its answer."""
    with reading_of(desk) as reading:
        asked = open_minutes(desk, reading).minutes.consultation_id
    number = desk.text("number")
    given = Settled(
        int(number) if number.isdecimal() else 0,
        desk.text("how"),
        desk.text("reason"),
        desk.text("referred_to"),
    )
    return _done(desk, lambda: perform(desk.house, desk.me, SETTLE_PROPOSAL, asked, given))


def write(desk: Desk) -> Response:
    """The paragraphs as they were typed; nothing typed is lost where something was in the way."""
    with reading_of(desk) as reading:
        minutes = open_minutes(desk, reading).minutes
    seen = desk.text("version")
    given = Rewritten(
        tuple(_paragraphs(desk)), int(seen) if seen.isdecimal() else 0, desk.text("because")
    )
    try:
        perform(desk.house, desk.me, REWRITE, minutes.id, given)
    except Refused as refused:
        view = form_of(desk, desk.filled(), refused.findings)
        return desk.page("minutes_edit", view, status=STATUS[refused.reason])
    return desk.go(f"/minutes/{minutes.id}?done")


def _paragraphs(desk: Desk) -> list[Paragraph]:
    """Every text of the form under its anchor; an empty one is a paragraph that goes."""
    return [
        Paragraph(name.removeprefix("p:"), value.strip())
        for name, value in desk.form.items()
        if name.startswith("p:") and isinstance(value, str) and value.strip()
    ]


def _done(desk: Desk, act_: Callable[[], object]) -> Response:
    try:
        act_()
    except Refused as refused:
        if refused.reason in {Reason.MISSING, Reason.AUTHORITY}:
            return desk.refused(refused)
        view = page_of(desk, refused.findings, desk.filled())
        return desk.page("minutes", view, status=STATUS[refused.reason])
    return desk.go(f"/minutes/{desk.path['id']}?done")


routes = [
    Route("/minutes/{id}/edit", for_the_signed_in(write), methods=["POST"]),
    Route("/minutes/{id}/corrections", for_the_signed_in(settle), methods=["POST"]),
    Route("/minutes/{id}/{act}", for_the_signed_in(act), methods=["POST"]),
]
