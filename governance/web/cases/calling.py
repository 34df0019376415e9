"""`/appointments/{reference}/calls`: its calls, who was written to, and who looks alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session
from starlette.responses import Response
from starlette.routing import Route

from governance.appointments.calls.bureaus import bureaus
from governance.appointments.calls.changing import CANCEL_CALL, EXTEND_CALL, Longer
from governance.appointments.calls.queries import applications_of, calls_of, notes_of
from governance.appointments.launching import Why
from governance.appointments.likeness.saying import SAY_SAME, Said, tell_likenesses
from governance.appointments.models import Call
from governance.appointments.nominations.nominating import INVITE, Invite, nominations_by
from governance.appointments.queries import no_such_case, sees_all
from governance.record.models import Outbox
from governance.refusals import Finding, Reason, Refused, Sentence, refuse, say
from governance.web.cases.asked import act, after, may_act, opened, status_of
from governance.web.cases.reading import Reading
from governance.web.desk import Desk, for_the_signed_in
from governance.web.views import Fact, Mark, Moment, Option, Tone, Words

NOTE = "note_verbale:"
UNDER_WAY = ("prepared", "submitted", "open")
STATES: dict[str, tuple[Tone, Sentence]] = {
    "prepared": ("now", say("in preparation")),
    "submitted": ("now", say("waits for approval")),
    "open": ("ok", say("open")),
    "closed": ("none", say("closed")),
    "cancelled": ("bad", say("cancelled")),
}
GROUNDS: dict[str, Sentence] = {
    "name": say("the names sound alike"),
    "birth_date": say("the same date of birth"),
    "birth_date_turned": say("day and month of birth are turned"),
    "email": say("the same mailbox"),
}
SAID: dict[str, tuple[Tone, Sentence]] = {
    "nothing yet": ("warn", say("not decided yet")),
    "the same person": ("ok", say("one person")),
    "two people": ("ok", say("two people")),
}
DONE: dict[str, Sentence] = {
    "extended": say("The call is open longer."),
    "cancelled": say("The call is cancelled, and everybody who applied is told."),
    "invited": say("The note verbale is on its way."),
    "said": say("Kept. Both candidacies stay as they are."),
}


@dataclass(frozen=True)
class Round:
    """One call: how it stands, when, and every change of its end."""

    number: int
    mark: Mark
    facts: tuple[Fact, ...]
    changes: tuple[Fact, ...]


@dataclass(frozen=True)
class Note:
    """One note verbale: to whose bureau, and whether it has left."""

    country: str
    mark: Mark
    at: Moment | None
    nominated: int = 0


@dataclass(frozen=True)
class Pair:
    """Two candidacies side by side, why they look alike, and what was said of them."""

    one: Fact
    other: Fact
    keys: tuple[str, str]
    grounds: tuple[Words, ...]
    mark: Mark


@dataclass(frozen=True)
class CallsOfCase:
    """The page."""

    subject: Fact
    rounds: tuple[Round, ...]
    applications: tuple[Fact, ...]
    notes: tuple[Note, ...]
    pairs: tuple[Pair, ...]
    may_act: bool
    may_change: bool
    may_extend: bool
    bureaus: tuple[Option, ...] = ()
    done: Words = ""
    refused: tuple[Finding, ...] = ()


def show(desk: Desk, refused: Refused | None = None) -> Response:
    """Everything about the calls of a case; for HR and audit."""
    reference = desk.path["reference"]
    if not sees_all(desk.me):
        raise no_such_case(reference)
    alike = tell_likenesses(desk.house, desk.me, reference)
    with opened(desk) as (file, reading):
        session, case = reading.session, file.case
        calls = calls_of(session, case.id)
        states = {each.state for each in calls}
        held = applications_of(session, case.id)
        page = CallsOfCase(
            subject=Fact(
                case.reference, reading.text(file.post.title), f"/appointments/{case.reference}"
            ),
            rounds=tuple(_round(reading, each) for each in calls),
            applications=tuple(
                Fact(words, str(held[key])) for key, words in APPLICATIONS.items() if key in held
            ),
            notes=_notes(session, reading, case.id),
            bureaus=tuple(
                Option(bureau.country, reading.country(bureau.country))
                for bureau, _ in bureaus(session)
            ),
            pairs=tuple(_pair(case.reference, each) for each in alike),
            may_act=may_act(desk),
            may_change=bool(states & set(UNDER_WAY)) and case.state == "running",
            may_extend="open" in states and case.state == "running",
            done=DONE.get(desk.request.query_params.get("done", ""), ""),
            refused=tuple(refused.findings) if refused else (),
        )
        return desk.page("appointment_calls", page, status=status_of(refused) if refused else 200)


APPLICATIONS: dict[str, Sentence] = {
    "draft": say("Applications begun"),
    "sent": say("Applications sent"),
    "lapsed": say("Never sent"),
    "withdrawn": say("Withdrawn"),
}


def _round(reading: Reading, call: Call) -> Round:
    tone, words = STATES[call.state]
    told = (
        (say("Opened"), call.opened_at),
        (say("Closes"), call.closes_at if call.state == "open" else None),
        (say("Closed"), call.closed_at),
    )
    return Round(
        number=call.round,
        mark=Mark(tone, words),
        facts=tuple(Fact(label, reading.day_of(at)) for label, at in told if at),
        changes=tuple(_change(reading, each) for each in call.changes),
    )


def _change(reading: Reading, each: dict[str, Any]) -> Fact:
    """Why it is open longer: an officer's reason, or the law's where too few had come."""
    reason = str(each.get("reason", ""))
    why = reading.opened(reason) if each.get("by") and reason else ""
    return Fact(say("Open longer, until"), str(each["to"])[:10], note=why)


def _notes(session: Session, reading: Reading, case_id: str) -> tuple[Note, ...]:
    made = nominations_by(session, case_id)
    return tuple(_note(reading, each, made) for each in notes_of(session, case_id))


def _note(reading: Reading, notice: Outbox, made: Mapping[str, int]) -> Note:
    mark = Mark("now", say("on its way"))
    if notice.handed_over_at is not None:
        mark = Mark("ok", say("handed over"))
    elif notice.cancelled_because is not None:
        mark = Mark("bad", say("not delivered"))
    at = reading.moment(notice.handed_over_at) if notice.handed_over_at else None
    code = notice.key.rpartition(":")[2]
    return Note(reading.country(code), mark, at, made.get(code, 0))


def _pair(reference: str, told: dict[str, Any]) -> Pair:
    tone, words = SAID[told["said"]]
    base = f"/appointments/{reference}/candidates"
    one, other = told["one"], told["other"]
    return Pair(
        one=Fact(one["name"], "", f"{base}/{one['id']}"),
        other=Fact(other["name"], "", f"{base}/{other['id']}"),
        keys=(one["id"], other["id"]),
        grounds=tuple(GROUNDS[each] for each in told["grounds"]),
        mark=Mark(tone, words),
    )


def extend(desk: Desk) -> Response:
    """Open longer, with the reason."""
    return _do(desk, lambda: act(desk, EXTEND_CALL, _longer(desk)), "extended")


def cancel(desk: Desk) -> Response:
    """Take the call back, with the reason: the case ends."""
    return _do(desk, lambda: act(desk, CANCEL_CALL, Why(desk.text("reason"))), "cancelled")


def tell_apart(desk: Desk) -> Response:
    """One person, or two, with the reason."""
    given = Said(
        desk.text("one"), desk.text("other"), desk.text("said") == "same", desk.text("why")
    )
    return _do(desk, lambda: act(desk, SAY_SAME, given), "said")


def invite(desk: Desk) -> Response:
    """A note verbale to one bureau, though the call is out already."""
    return _do(desk, lambda: act(desk, INVITE, Invite(desk.text("country"))), "invited")


def _longer(desk: Desk) -> Longer:
    try:
        return Longer(date.fromisoformat(desk.text("last_day")), desk.text("reason"))
    except ValueError:
        raise refuse(
            "the last day is not a date",
            rule="day_is_a_date",
            cure="Write it as 2026-12-31.",
            where="last_day",
            reason=Reason.INPUT,
        ) from None


def _do(desk: Desk, do: Callable[[], object], key: str) -> Response:
    try:
        do()
    except Refused as refused:
        return show(desk, refused)
    return after(desk, f"/appointments/{desk.path['reference']}/calls", key)


_PATH = "/appointments/{reference}/calls"
routes = [
    Route(_PATH, for_the_signed_in(show), methods=["GET"]),
    Route(f"{_PATH}/extend", for_the_signed_in(extend), methods=["POST"]),
    Route(f"{_PATH}/cancel", for_the_signed_in(cancel), methods=["POST"]),
    Route(f"{_PATH}/invite", for_the_signed_in(invite), methods=["POST"]),
    Route(f"{_PATH}/same", for_the_signed_in(tell_apart), methods=["POST"]),
]
