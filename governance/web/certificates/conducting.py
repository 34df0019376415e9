"""What happened to a question and its clock, and the acts of whoever conducts it, on its page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import col, select
from starlette.responses import Response

from governance.acts import Verb, perform
from governance.consultation.asking import conducts
from governance.consultation.ending import (
    CLOSE,
    DRAW_LOT,
    WITHDRAW,
    Closing,
    Lot,
    Withdrawn,
    awaits_lot,
)
from governance.consultation.extending import EXTEND, MoreTime, can_extend
from governance.consultation.models import Consultation
from governance.consultation.pausing import (
    PAUSE,
    RESUME,
    RunOn,
    Stop,
    can_pause,
    can_resume,
)
from governance.consultation.queries import put_all
from governance.consultation.rounds import NEXT_ROUND, NextRound, follows_by_hand
from governance.consultation.telling import readable
from governance.consultation.timeline import Happened, Silence, silences, timeline
from governance.people.models import Person
from governance.refusals import Reason, Refused, refuse, say
from governance.web.cases.reading import Reading
from governance.web.certificates.changing import (
    EFFECTS,
    Again,
    changing_of,
    confirm,
    proposed_of,
    send,
)
from governance.web.certificates.views import Conduct, Step
from governance.web.desk import Desk, field_of
from governance.web.questions.handing import GROUNDS
from governance.web.views import Fact, Filled, Option, Words

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
        Fact(_silent(each), each.because, note=_counted(reading, each))
        for each in silences(reading.session, put, reading.now)
    )


def conduct_of(
    reading: Reading, consultation: Consultation, desk: Desk, filled: Filled
) -> Conduct | None:
    """What whoever put the question may do with it now; nothing for anybody else."""
    if not conducts(desk.me, consultation):
        return None
    session, is_open = reading.session, consultation.state == OPEN
    acts = {
        "extend": is_open and can_extend(consultation),
        "pause": is_open and can_pause(session, consultation),
        "resume": is_open and can_resume(session, consultation),
        "close": is_open and not consultation.rule.get("within"),
        "lot": awaits_lot(session, consultation, reading.now),
        "next": follows_by_hand(consultation),
        "withdraw": consultation.state in {OPEN, TIED},
    }
    proposed = proposed_of(reading, consultation, desk) if is_open else None
    may_change = is_open and proposed is None
    people = select(Person).where(col(Person.left_at).is_(None)).order_by(col(Person.family_name))
    return Conduct(
        action=f"/consultations/{consultation.id}/conduct",
        acts=frozenset(key for key, may in acts.items() if may),
        owners=tuple(Option(each.id, each.name) for each in reading.session.exec(people))
        if acts["pause"]
        else (),
        changing=changing_of(reading, consultation, desk, filled) if may_change else None,
        proposed=proposed,
    )


def act(desk: Desk, again: Again) -> Response:
    """One act of whoever conducts the question; its page is shown again, with what was refused."""
    if beside := CHANGES.get(desk.text("act")):
        with desk.house.database.reading() as session:
            asked = readable(session, desk.me, desk.path["id"]).consultation
        return beside(desk, asked, again)
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
    try:
        perform(desk.house, desk.me, verb, asked.id, given(desk))
    except Refused as refused:
        if refused.reason not in {Reason.INPUT, Reason.RULE, Reason.TURN}:
            raise
        return again(desk, desk.filled(_faults(desk.text("act"), refused)), 422)
    return desk.go(f"/consultations/{asked.id}/certificate")


FIELDS = {
    "date_is_read": "until",
    "new_end_is_later": "until",
    "pause_has_a_limit": "until",
    "reason_is_written": "reason",
}


def _faults(name: str, refused: Refused) -> dict[str, Any]:
    """The findings by the field of the act's own form; what no field cures is of the whole."""
    return field_of(refused, {rule: f"{name}-{field}" for rule, field in FIELDS.items()})


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

CHANGES = {"change": send, "confirm_change": confirm}


def _notes(reading: Reading, each: Happened) -> Iterator[Words]:
    facts = each.facts or {}
    owner = reading.session.get(Person, facts.get("owner") or "")
    if owner is not None and facts.get("wanted"):
        yield say("whether there is more time is decided by {name}", name=owner.name)
    elif owner is not None:
        yield say("information is awaited from {name}", name=owner.name)
    if until := facts.get("until"):
        yield until_words(reading, each.kind, str(until))
    if effect := EFFECTS.get(str(facts.get("effect"))):
        yield effect
    if ground := facts.get("ground"):
        yield GROUNDS[ground]
    if each.reason:
        yield each.reason


def until_words(reading: Reading, kind: str, until: str) -> Words:
    """The limit of a pause, which is an instant; the last day of an extension."""
    if kind == "paused":
        return say("until {day} at the latest", day=reading.last_day(datetime.fromisoformat(until)))
    return say("the last day is {day}", day=reading.day(date.fromisoformat(until[:10])))


def _silent(silence: Silence) -> Words:
    if not silence.instead_of:
        return silence.person
    return say("{name}, instead of {other}", name=silence.person, other=silence.instead_of)


def _counted(reading: Reading, silence: Silence) -> Words:
    if silence.delivered_at is None or silence.due_at is None:
        return ""
    return say(
        "delivered on {since}, the time ended on {until}",
        since=reading.day_of(silence.delivered_at),
        until=reading.day(date.fromisoformat(silence.last_day)),
    )
