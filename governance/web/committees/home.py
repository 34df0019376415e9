"""The secretary's and the chair's first page: every body, by the next instant that counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from starlette.responses import Response
from starlette.routing import Route

from governance.committees.home import desk_of
from governance.committees.local import local_day
from governance.committees.meeting.models import Meeting
from governance.committees.models import Committee
from governance.committees.waits import Waits
from governance.refusals import Sentence, say
from governance.web.cases.reading import Reading
from governance.web.committees import marks
from governance.web.committees.telling import instant, left, reading_of, title_of
from governance.web.committees.views import BodyRow, HomePage, Line, Tab
from governance.web.desk import Desk, for_the_signed_in
from governance.web.views import Words

TABS = ("me", "others", "clock")
ACTS: Mapping[str, Sentence] = {
    "adopt": say("Put to the body for adoption"),
    "answer": say("Corrections may be asked for"),
    "circulate_agenda": say("Circulate agenda and papers"),
    "committee": say("Look at the mandate"),
    "convene": say("Convene"),
    "decision": say("Look at the decision"),
    "do": say("Do it, or say how far it is"),
    "draft": say("Draft the minutes"),
    "finish": say("Finish the draft"),
    "meeting": say("Look at the meeting"),
    "minutes": say("Look at the minutes"),
    "action": say("Look at the action"),
    "open": say("Open the meeting"),
    "publish": say("Sign and publish"),
    "rearrange": say("Set a new day"),
    "resume": say("Resume"),
    "review": say("Read the draft"),
    "run": say("Run the meeting"),
    "second_call": say("Second call"),
    "settle": say("Settle the corrections"),
    "verify": say("Verify"),
    "fill": say("Launch the appointment"),
    "elect": say("Elect, or enter who sits"),
    "confirm": say("Confirm the decision"),
    "review_mandate": say("Review the mandate"),
    "read_message": say("Read the message"),
    "terms": say("Look at the seats"),
}
WHAT: Mapping[str, Sentence] = {
    "minutes": say("Minutes"),
    "meeting": say("Meeting"),
    "decision": say("Decision"),
    "committee": say("Its mandate"),
    "seat": say("Vacant seat"),
    "message": say("Message"),
}
EVENTS: Mapping[str, Sentence] = {
    "terms": say("A term of office begins or ends"),
    "sunset": say("The end of the mandate comes near"),
    "dormancy": say("A long time without a meeting would be over"),
    "inactivity": say("Too few voting members for too long"),
    "vacancies": say("A vacant seat was to be filled"),
}
# Acts whose instant is when something begins, and not the first that is too late.
BEGINS = frozenset({"open", "run"})


def show(desk: Desk) -> Response:
    """One of three lists, and the bodies."""
    asked = desk.request.query_params.get("tab", "me")
    tab = cast("Tab", asked if asked in TABS else "me")
    with reading_of(desk) as reading:
        found = desk_of(reading.session, desk.me, reading.now, desk.house)
        shown = {"me": found.me, "others": found.others, "clock": found.clocks}[tab]
        page = HomePage(
            tab=tab,
            lines=tuple(_line(reading, each) for each in shown),
            waiting=len(found.me),
            others=len(found.others),
            clocks=len(found.clocks),
            bodies=tuple(_body(reading, *each) for each in found.bodies),
        )
    return desk.page("committees", page)


def _line(reading: Reading, waits: Waits) -> Line:
    body = waits.committee
    return Line(
        what=_what(waits),
        href=_href(waits),
        body=title_of(reading, body),
        body_href=f"/committees/{body.key}",
        act=ACTS[waits.act],
        due=instant(body, waits.due_at, exclusive=waits.act not in BEGINS)
        if waits.due_at
        else None,
        left=left(reading, body, waits.due_at) if waits.due_at else "",
        rule=waits.rule,
        who=waits.who,
    )


def _what(waits: Waits) -> Words:
    if waits.begins is not None:
        day = local_day(waits.begins, waits.committee.zone)
        return say("Seat {name} falls vacant on {day}", name=waits.what, day=day)
    if waits.kind == "committee":
        return EVENTS.get(waits.what, WHAT["committee"])
    named = WHAT.get(waits.kind)
    return waits.what if named is None else say("{kind} {name}", kind=named, name=waits.what)


def _href(waits: Waits) -> str:
    places = {
        "minutes": f"/minutes/{waits.id}",
        "meeting": f"/meetings/{waits.id}",
        "decision": f"/decisions/{waits.id}",
        "action": f"/committees/{waits.committee.key}#action-{waits.id}",
        "seat": f"/committees/{waits.committee.key}/seats",
        "message": f"/messages/{waits.id}",
    }
    if waits.act == "terms":
        return places["seat"]
    if waits.act == "review_mandate" or waits.kind == "committee":
        return f"/committees/{waits.committee.key}/mandate"
    if waits.act == "confirm":
        return f"/committees/{waits.committee.key}/crisis"
    return places.get(waits.kind, f"/committees/{waits.committee.key}")


def _body(reading: Reading, body: Committee, following: Meeting | None) -> BodyRow:
    return BodyRow(
        title=title_of(reading, body),
        href=f"/committees/{body.key}",
        kind=marks.KINDS.get(body.kind, body.kind.replace("_", " ")),
        mark=marks.BODIES[body.state],
        seats="",
        next=instant(body, following.starts_at) if following else None,
    )


routes = [Route("/committees", for_the_signed_in(show), methods=["GET"])]
