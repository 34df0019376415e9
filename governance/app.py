"""Composition: which owner continues with what. The only module that knows all domains."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from pendulum import DateTime
from sqlmodel import Session

from governance import seats
from governance.access.actor import CLOCK
from governance.acts import perform
from governance.appointments.advance import advance
from governance.appointments.service import advance as serving
from governance.appointments.service import rosters
from governance.appointments.together import acting as together
from governance.calendar.days import Calendar
from governance.clock import clock_at
from governance.committees import by_office, by_time, presiding, written
from governance.committees.after import reminding as actions
from governance.committees.meeting import advance as meeting_advance
from governance.committees.meeting import reminding as meetings
from governance.committees.minutes import advance as minutes
from governance.consultation import casting, timing
from governance.consultation.models import Consultation
from governance.consultation.standing import absences, bouncing, offices
from governance.consultation.standing import queries as standing
from governance.database import Database
from governance.handing_over import HANDED_OVER, daily_items
from governance.house import House, nothing_to_wake
from governance.notices import outgoing, routing
from governance.notices.preferring import reach_of
from governance.notices.subscribing import UNSUBSCRIBE, Unsubscribed
from governance.people.models import Absence, Holding, Person
from governance.record import deadlines, outbox, work
from governance.record.filekeys import KeyRing
from governance.record.models import Deadline, Outbox
from governance.record.work import Due as Owed
from governance.refusals import Refused
from governance.registry import advance as bundles
from governance.rulebook.calendars import calendars_of
from governance.rulebook.loader import load
from governance.settings import Settings


@dataclass(frozen=True)
class Due:
    """An owner that is due, leased; `label` tells it apart without naming anybody."""

    kind: str
    id: str
    due_seq: int
    label: str


@dataclass(frozen=True)
class Progress:
    """What one step came to, in words without personal data."""

    label: str
    sentences: list[str]
    moved: bool
    owed: int = 0  # how often it made itself due on its way


Goes = Callable[[House, str], Progress]


@dataclass(frozen=True)
class Parcel:
    """Something to be sent, leased."""

    key: str
    channel: str
    lease_until: DateTime


def build_house(settings: Settings, wake: Callable[[], None] = nothing_to_wake) -> House:
    """The house of an installation; its tables are brought up to date by `mandate setup`."""
    return House(
        database=Database(settings.database),
        clock=clock_at(settings.clock),
        keys=KeyRing(settings.keys_folder),
        settings=settings,
        calendars=calendars(settings),
        wake=wake,
    )


def calendars(settings: Settings) -> Mapping[str, Calendar]:
    """The calendars of the organisation as its rulebook has them now: facts are never pinned."""
    return calendars_of(load(settings.rulebook_folder))


def take_turn(house: House) -> int | None:
    """The turn to ask a run for, or None where somebody has asked already."""
    with house.database.deciding() as session:
        return work.ask_to_wake(session, house.clock.now())


def begin_turn(house: House) -> int:
    """A run begins: what is asked from now on wants the next turn."""
    with house.database.deciding() as session:
        return work.begin_turn(session, house.clock.now())


def claim_due(house: House, limit: int) -> list[Due]:
    """Lease what is due."""
    with house.database.reading() as session:
        if not work.any_due(session, house.clock.now(), house.clock.steady()):
            return []
    with house.database.deciding() as session:
        claimed = work.claim(session, house.clock.now(), house.clock.steady(), limit)
    return [Due(each.kind, each.id, each.due_seq, f"{each.kind} {each.id[:8]}") for each in claimed]


def _advance_case(house: House, case_id: str) -> Progress:
    came = advance(house, case_id)
    ended = any("ended" in step for step in came.steps)
    seated = seats.follow_case(house, case_id, ended=ended)
    sentences = [_told(step) for step in came.steps] + seated
    return Progress(came.label, sentences, bool(sentences), came.owed)


def _told(step: Mapping[str, Any]) -> str:
    if "to" in step:
        return f"{step['stage']}: {step['result']}, on to {step['to']}."
    wrote = ", ".join(key.replace("_", " ") for key in step if key != "stage")
    return f"{step['stage']}: {wrote}."


def _advance_bundle(house: House, bundle_id: str) -> Progress:
    came = bundles.advance(house, bundle_id)
    told = [f"{came.issued} documents issued, {came.left} left."] if came.issued else []
    return Progress(f"bundle {bundle_id[:8]}", told, came.moved)


def _advance_minutes(house: House, minutes_id: str) -> Progress:
    done = minutes.advance(house, minutes_id)
    told = [f"minutes: {done.facts.get('state', 'gone on')}."] if done else []
    return Progress(f"minutes {minutes_id[:8]}", told, done is not None)


def _advance_service(house: House, service_id: str) -> Progress:
    came = serving.advance(house, service_id)
    told = [*came.sentences, *seats.follow_service(house, service_id)]
    return Progress(came.label, told, bool(told))


def _saying(kind: str, go_on: Callable[[House, str], list[str]]) -> Goes:
    def step(house: House, owner: str) -> Progress:
        told = go_on(house, owner)
        return Progress(f"{kind} {owner[:8]}", told, bool(told))

    return step


def _go_on_with_a_body(house: House, committee_id: str) -> list[str]:
    return [*written.advance(house, committee_id), *seats.launch_wanted(house, committee_id)]


CASTERS: Mapping[str, casting.Named] = {"committee": presiding.caster}
OWNERS: Mapping[str, Goes] = {
    "bundle": _advance_bundle,
    "case": _advance_case,
    "committee": _saying("committee", _go_on_with_a_body),
    "consultation": _saying("consultation", partial(casting.advance, owners=CASTERS)),
    "minutes": _advance_minutes,
    "service": _advance_service,
    "meeting": _saying("meeting", meeting_advance.advance),
}


def advance_one(house: House, due: Due) -> Progress:
    """Let a due owner go on as far as it can, and settle what had been counted."""
    progress = OWNERS[due.kind](house, due.id)
    with house.database.deciding() as session:
        work.settle(session, Owed(due.kind, due.id, due.due_seq + progress.owed))
    return progress


def could_not(house: House, due: Due, error: Exception) -> None:
    """Count a failed try; after five it waits on the operators' page with its reason."""
    why = str(error) if isinstance(error, Refused) else f"{type(error).__name__}: {error}"
    with house.database.deciding() as session:
        work.fail(session, Owed(due.kind, due.id, due.due_seq), house.clock.now(), why[:2000])


def sweep_deadlines(house: House, limit: int) -> list[Progress]:
    """The clock acts where a deadline has passed; a moved one is left alone."""
    with house.database.reading() as session:
        passed = deadlines.passed(session, house.clock.now(), limit)
    return [_swept(house, each) for each in passed]


def _swept(house: House, deadline: Deadline) -> Progress:
    """One deadline; an owner that cannot go on is counted as failed and keeps nobody waiting."""
    try:
        return SWEEPERS[deadline.owner_kind](house, deadline)
    except Exception as error:  # noqa: BLE001 -- whatever it is, the others come all the same
        kind, id_ = _who_goes_on(house, deadline)
        label = f"{deadline.owner_kind} {deadline.owner_id[:8]}: deadline"
        could_not(house, Due(kind, id_, 0, label), error)
        return Progress(label, ["could not go on."], moved=False)


def _who_goes_on(house: House, deadline: Deadline) -> tuple[str, str]:
    with house.database.reading() as session:
        asked = session.get(Consultation, deadline.owner_id)
    return (asked.owner_kind, asked.owner_id) if asked else (deadline.owner_kind, deadline.owner_id)


def _sweep_consultation(house: House, deadline: Deadline) -> Progress:
    given = timing.Passed(deadline.event, deadline.generation)
    done = perform(house, CLOCK, timing.DEADLINE_PASSED, deadline.owner_id, given)
    label = f"consultation {deadline.owner_id[:8]}: deadline"
    return Progress(label, [f"{deadline.event} passed."] if done else [], done is not None)


def _sweep_committees(house: House, deadline: Deadline) -> Progress:
    kind = deadline.owner_kind
    done = by_time.BY_TIME[kind](house, deadline)
    label = f"{kind} {deadline.owner_id[:8]}: deadline"
    return Progress(label, [f"{deadline.event} passed."] if done else [], done is not None)


def _sweep_absence(house: House, deadline: Deadline) -> Progress:
    with house.database.reading() as session:
        person = session.get_one(Absence, deadline.owner_id).person_id
    given = absences.Began(deadline.owner_id, deadline.event)
    done = perform(house, CLOCK, absences.BEGIN, person, given)
    by_office.stand_in(house, deadline.owner_id)
    return Progress("absence", ["begins."] if done else [], done is not None)


def _sweep_holding(house: House, deadline: Deadline) -> Progress:
    with house.database.reading() as session:
        holding = session.get_one(Holding, deadline.owner_id)
    given = offices.Began(deadline.owner_id)
    done = perform(house, CLOCK, offices.OFFICE_BEGINS, holding.person_id, given)
    by_office.follow(house, holding.office)
    return Progress("office", ["passes to its new holder."] if done else [], done is not None)


def _sweep_service(house: House, deadline: Deadline) -> Progress:
    came = serving.deadline_passed(house, deadline)
    told = [*came.sentences, *seats.follow_service(house, deadline.owner_id)]
    return Progress(came.label, told, bool(told))


def _sweep_roster(house: House, deadline: Deadline) -> Progress:
    done = perform(house, CLOCK, rosters.EXPIRE, deadline.owner_id, deadline.generation)
    return Progress("roster", ["a place ended."] if done else [], done is not None)


def _sweep_together(house: House, deadline: Deadline) -> Progress:
    done = together.fall_due(house, deadline)
    label = f"together {deadline.owner_id[:8]}: deadline"
    return Progress(label, ["an act for many took effect."] if done else [], done is not None)


SWEEPERS: Mapping[str, Callable[[House, Deadline], Progress]] = {
    "absence": _sweep_absence,
    "case": lambda house, deadline: _advance_case(house, deadline.owner_id),
    "roster": _sweep_roster,
    "service": _sweep_service,
    "together": _sweep_together,
    "consultation": _sweep_consultation,
    **dict.fromkeys(by_time.BY_TIME, _sweep_committees),
    "holding": _sweep_holding,
}


def claim_letters(house: House, limit: int) -> list[Parcel]:
    """Lease what is to be sent now."""
    with house.database.reading() as session:
        if not outbox.any_due(session, house.clock.now(), house.clock.steady()):
            return []
    with house.database.deciding() as session:
        now = house.clock.now()
        until = outbox.lease_from(steady := house.clock.steady())
        claimed = outbox.claim(session, now, steady, limit)
        leaving = routing.route(session, claimed, now, house.calendars)
        return [Parcel(each.key, each.channel, until) for each in leaving]


def deliver(house: House, parcel: Parcel) -> Progress:
    """Send one notice and record its hand-over; a failure is counted and tried again."""
    with house.database.reading() as session:
        row = session.get_one(Outbox, parcel.key)
    if row.template == routing.DIGEST:
        _sift(house, row)
    with house.database.reading() as session:
        person = session.get_one(Person, row.person_id)
        unwanted = _no_longer_wanted(house, session, row, person)
        letter = outgoing.Letter.of(row, person, house)
        if row.template == routing.DIGEST:
            letter = replace(letter, facts={"items": daily_items(house, session, row)})
        address = _address(house, session, row)
    if unwanted:
        _call_off(house, row, unwanted)
        return Progress(row.template, ["no longer wanted."], moved=False)
    if not _is_in_hand(house, parcel):
        return Progress(row.template, ["another run has it in hand."], moved=False)
    try:
        _forget(house, row, outgoing.send_by(house.settings, row.channel, letter, address))
    except outgoing.NotSent as error:
        _forget(house, row, error.gone)
        if error.for_good and error.gone:  # nothing is left that could be tried, or cured
            _call_off(house, row, str(error))
            return Progress(row.template, [f"nobody takes it ({row.channel})."], moved=False)
        with house.database.deciding() as session:
            outbox.fail(session, parcel.key, house.clock.now(), str(error), for_good=error.for_good)
        if error.for_good and row.subject_kind == "consultation" and row.channel == routing.MAIL:
            came_back(house, row.key, "refused by the mail server")
        return Progress(row.template, [f"not taken ({row.channel})."], moved=False)
    _hand_over(house, row)
    return Progress(row.template, ["handed over."], moved=True)


def _forget(house: House, row: Outbox, gone: tuple[str, ...]) -> None:
    """Devices that are no more are not told again."""
    for endpoint in gone:
        perform(house, CLOCK, UNSUBSCRIBE, row.person_id, Unsubscribed(endpoint))


def came_back(house: House, key: str, because: str) -> bool:
    """A notice never arrived: recorded once, with what follows from it. False: known already."""
    with house.database.reading() as session:
        row = session.get_one(Outbox, key)
    if row.subject_kind != "consultation":
        return False
    given = bouncing.Returned(key, because)
    return perform(house, CLOCK, bouncing.CAME_BACK, row.subject_id, given) is not None


def _no_longer_wanted(house: House, session: Session, row: Outbox, person: Person) -> str:
    """Why a notice is not sent after all, asked at the last moment; empty where it is."""
    if row.handed_over_at is not None or row.cancelled_because is not None:
        return row.cancelled_because or "handed over already"
    if person.left_at is not None:
        return "the person has left"
    if row.template == routing.DIGEST and not routing.members(session, row.key):
        return "nothing waits for it any more"
    if row.subject_kind == "consultation":
        return standing.unwanted(session, row.template, row.facts, house.clock.now())
    asked = {"action": actions.unwanted, "meeting": meetings.unwanted}.get(row.subject_kind)
    return asked(session, row) if asked else ""


def _is_in_hand(house: House, parcel: Parcel) -> bool:
    """Whether a letter is this run's to send: its lease lasts, or could be begun anew."""
    steady = house.clock.steady()
    if outbox.keeps_long_enough(parcel.lease_until, steady):
        return True
    with house.database.deciding() as session:
        return outbox.renew(session, parcel.key, parcel.lease_until, steady)


def _call_off(house: House, row: Outbox, because: str) -> None:
    if row.handed_over_at is not None or row.cancelled_because is not None:
        return
    with house.database.deciding() as session:
        session.get_one(Outbox, row.key, with_for_update=True).cancelled_because = because


def _sift(house: House, digest: Outbox) -> None:
    """What waited for a daily mail and is not wanted any more does not come with it."""
    with house.database.reading() as session:
        person = session.get_one(Person, digest.person_id)
        gathered = routing.members(session, digest.key)
        unwanted = [(each, _no_longer_wanted(house, session, each, person)) for each in gathered]
    for each, because in unwanted:
        if because:
            _call_off(house, each, because)


def _address(house: House, session: Session, row: Outbox) -> str:
    if row.channel == routing.MAIL:
        return ""
    reach = reach_of(session, row.person_id).get(row.channel)
    return house.keys.open(session, reach.address) if reach else ""


def _hand_over(house: House, row: Outbox) -> None:
    """Record that a notice left; with a daily mail, everything that was in it."""
    if row.channel != routing.MAIL:
        with house.database.deciding() as session:
            kept = session.get_one(Outbox, row.key, with_for_update=True)
            kept.handed_over_at, kept.lease_until = house.clock.now(), None
        return
    HANDED_OVER[row.subject_kind](house, row)
