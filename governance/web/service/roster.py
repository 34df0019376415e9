"""`/roster`: who was found suitable and not appointed, and may be drawn while a place is good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from governance.acts import perform
from governance.appointments.law import current_law
from governance.appointments.queries import case_by_reference, cases
from governance.appointments.service import rosters
from governance.appointments.service.telling import place_of, tell_roster
from governance.refusals import Reason, Refused, refuse, say
from governance.rulebook.stages import Collect
from governance.web.cases.asked import after, may_act, refused_fields, status_of
from governance.web.cases.reading import Reading, reading_for
from governance.web.desk import Desk, for_the_signed_in
from governance.web.service.listing import day_words
from governance.web.service.marks import DONE, PLACES
from governance.web.service.views import PlaceRow, RosterPage
from governance.web.views import Option


def show(desk: Desk) -> Response:
    """The roster, for HR and audit."""
    return desk.page("roster", _page(desk))


def renew(desk: Desk) -> Response:
    """Let a place be good for longer."""
    return _tried(desk, "renewed")


def use(desk: Desk) -> Response:
    """Draw somebody into a case whose call is open."""
    return _tried(desk, "drawn")


def remove(desk: Desk) -> Response:
    """Give a place up, with the reason."""
    return _tried(desk, "removed")


def _tried(desk: Desk, key: str) -> Response:
    try:
        _do(desk, key)
    except Refused as refused:
        if refused.reason is Reason.MISSING:
            raise
        filled = desk.filled(refused_fields(refused))
        page = replace(_page(desk), refused=refused.findings, filled=filled)
        return desk.page("roster", page, status=status_of(refused))
    return after(desk, "/roster", key)


def _do(desk: Desk, key: str) -> None:
    with desk.house.database.reading() as session:
        place = place_of(session, desk.me, desk.text("place"))
        into = desk.text("case")
        if key == "drawn" and not into:
            raise refuse(
                "no case is chosen",
                rule="known_case",
                cure="Choose a case whose call is open, for a post of that grade.",
                where="case",
                reason=Reason.INPUT,
            )
        case = case_by_reference(session, desk.me, into) if key == "drawn" else None
    if case is not None:
        perform(desk.house, desk.me, rosters.USE, place.id, rosters.Draw(case.id))
    elif key == "renewed":
        perform(desk.house, desk.me, rosters.RENEW, place.id, None)
    else:
        given = rosters.GivenUp(desk.text("reason"))
        perform(desk.house, desk.me, rosters.REMOVE, place.id, given)


def _page(desk: Desk) -> RosterPage:
    asked = desk.request.query_params
    state = asked.get("state", "listed")
    state = state if state in PLACES else "listed"
    grade = asked.get("grade", "")[:12]
    found = tell_roster(desk.house, desk.me, state=state, grade=grade)
    with desk.house.database.reading() as session:
        _, rulebook = current_law(session)
        reading = reading_for(desk.house, session, desk.me, rulebook, desk.language)
        calling = [
            each
            for each in cases(session, desk.me, state="running")
            if isinstance(each.procedure.stage(each.case.stage), Collect)
        ]
        return RosterPage(
            rows=tuple(_row(each, reading) for each in found),
            grades=tuple(Option(key, key) for key in sorted({p.grade for p in rulebook.posts})),
            states=tuple(Option(key, mark.words) for key, mark in PLACES.items()),
            cases=tuple(
                Option(
                    each.case.reference,
                    say(
                        "{number}: {post}, {grade}",
                        number=each.case.reference,
                        post=reading.text(each.post.title),
                        grade=each.post.grade,
                    ),
                )
                for each in calling
            ),
            state=state,
            grade=grade,
            may_act=may_act(desk),
            done=DONE.get(asked.get("done", ""), ""),
        )


def _row(told: Mapping[str, Any], reading: Reading) -> PlaceRow:
    post = reading.rulebook.post(told["post"])
    return PlaceRow(
        id=told["id"],
        name=told["name"],
        grade=told["grade"],
        post=reading.text(post.title if post else None, told["post"]),
        case=told["case"] or "",
        mark=PLACES[told["state"]],
        until=day_words(told["until"], reading),
        is_open=told["state"] == "listed",
    )


routes = [
    Route("/roster", for_the_signed_in(show), methods=["GET"]),
    Route("/roster/renew", for_the_signed_in(renew), methods=["POST"]),
    Route("/roster/use", for_the_signed_in(use), methods=["POST"]),
    Route("/roster/remove", for_the_signed_in(remove), methods=["POST"]),
]
