"""What happened to a question and its clock, and the acts of whoever conducts it, on its page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlmodel import col, select
from starlette.responses import Response
from starlette.routing import Route

from governance.acts import Verb, perform
from governance.consultation.ending import CLOSE, DRAW_LOT, WITHDRAW, Closing, Lot, Withdrawn
from governance.consultation.extending import EXTEND, MoreTime
from governance.consultation.models import Consultation
from governance.consultation.pausing import PAUSE, RESUME, RunOn, Stop
from governance.consultation.queries import put_all
from governance.consultation.rounds import NEXT_ROUND, NextRound, follows
from governance.consultation.telling import readable
from governance.consultation.timeline import Happened, silences, timeline
from governance.people.models import Person
from governance.refusals import Reason, refuse, say
from governance.web.cases.reading import Reading
from governance.web.certificates.views import Conduct, Step
from governance.web.desk import Desk, for_the_signed_in
from governance.web.views import Fact, Option, Words

OPEN, TIED = "open", "tied"


def steps_of(reading: Reading, consultation: Consultation) -> tuple[Step, ...]:
    """Opening, pauses with owner and limit, extensions, changes, ties, the end: in their order."""
    found = timeline(reading.session, reading.house.keys, consultation)
    return tuple(
        Step(reading.moment(each.at), each.what, tuple(_notes(reading, each))) for each in found
    )


def silences_of(reading: Reading, consultation: Consultation) -> tuple[Fact, ...]:
    """Who said nothing: delivered when, until when, counted how, and what it is worth."""
    if consultation.state != "closed":
        return ()
    (put,) = put_all(reading.session, [consultation])
    return tuple(
        Fact(each.person, each.because, note=_counted(reading, each))
        for each in silences(put, reading.now)
    )


def conduct_of(reading: Reading, consultation: Consultation, desk: Desk) -> Conduct | None:
    """What whoever put the question may do with it now; nothing for anybody else."""
    me = desk.me
    stewards = set(consultation.rule.get("stewards", ()))
    if me.person_id != consultation.asked_by and not stewards & me.roles:
        return None
    is_open, paused = consultation.state == OPEN, consultation.paused_at is not None
    has_clock = bool(consultation.rule.get("within"))
    acts = {
        "extend": is_open and has_clock,
        "pause": is_open and has_clock and not paused,
        "resume": is_open and paused,
        "close": is_open and not has_clock,
        "lot": consultation.state in {OPEN, TIED},
        "next": follows(consultation),
        "withdraw": consultation.state in {OPEN, TIED},
    }
    people = select(Person).where(col(Person.left_at).is_(None)).order_by(col(Person.family_name))
    return Conduct(
        action=f"/consultations/{consultation.id}/conduct",
        acts=frozenset(key for key, may in acts.items() if may),
        owners=tuple(Option(each.id, each.name) for each in reading.session.exec(people))
        if acts["pause"]
        else (),
    )


def act(desk: Desk) -> Response:
    """One act of whoever conducts the question; its page is shown again."""
    found = ACTS.get(desk.text("act"))
    if found is None:
        raise refuse(
            "a question has no such act",
            rule="known_act",
            cure="Take one of those that its page offers.",
            reason=Reason.MISSING,
        )
    verb, given = found
    with desk.house.database.reading() as session:
        asked = readable(session, desk.me, desk.path["id"]).consultation
    perform(desk.house, desk.me, verb, asked.id, given(desk))
    return desk.go(f"/consultations/{asked.id}/certificate")


def _day(desk: Desk) -> date | None:
    text = desk.text("until")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise refuse(
            '"{text}" is no date',
            rule="date_is_read",
            cure="Write year, month and day, such as 2026-11-30.",
            where="until",
            reason=Reason.INPUT,
            text=text[:20],
        ) from None


ACTS: Mapping[str, tuple[Verb[Any, Any], Callable[[Desk], Any]]] = {
    "extend": (EXTEND, lambda desk: MoreTime(desk.text("reason"), None, _day(desk))),
    "pause": (PAUSE, lambda desk: Stop(desk.text("reason"), desk.text("owner"), _day(desk))),
    "resume": (RESUME, lambda desk: RunOn(desk.text("reason"))),
    "close": (CLOSE, lambda _: Closing()),
    "lot": (DRAW_LOT, lambda desk: Lot(desk.text("words"))),
    "next": (NEXT_ROUND, lambda _: NextRound()),
    "withdraw": (WITHDRAW, lambda desk: Withdrawn(desk.text("reason"))),
}


def _notes(reading: Reading, each: Happened) -> Iterator[Words]:
    facts = each.facts or {}
    owner = reading.session.get(Person, facts.get("owner") or "")
    if owner is not None:
        yield say("information is awaited from {name}", name=owner.name)
    if until := facts.get("until"):
        day = reading.day(date.fromisoformat(str(until)[:10]))
        yield say("until {day} at the latest", day=day)
    if each.reason:
        yield each.reason


def _counted(reading: Reading, silence: Any) -> Words:
    if silence.delivered_at is None or silence.due_at is None:
        return ""
    return say(
        "delivered on {since}, the time ended on {until}",
        since=reading.day_of(silence.delivered_at),
        until=reading.day(date.fromisoformat(silence.last_day)),
    )


routes = [Route("/consultations/{id}/conduct", for_the_signed_in(act), methods=["POST"])]
