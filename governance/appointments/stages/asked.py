"""Who is asked at a stage, and who may not answer there: the law's names become people."""

from __future__ import annotations

from collections.abc import Iterator

from governance.appointments.stages.standing import Standing
from governance.consultation.opening import Asked
from governance.consultation.standing.queries import stand_in
from governance.people.models import Person
from governance.people.queries import holder
from governance.rulebook.stages import Consult

LAUNCHER, PREPARER = "launcher", "preparer"


class NobodyToAsk(Exception):
    """An office that the procedure asks has nobody who may answer: an alarm, not a silence."""


def everybody_asked(standing: Standing, stage: Consult, barred: set[str]) -> tuple[Asked, ...]:
    """Everybody who is asked, each once; never somebody whose own case it is.

    Where the holder of an office may not answer, or nobody holds it, the deputy of its standing
    instrument is asked. Raises NobodyToAsk.
    """
    found: dict[str, Asked] = {}
    for name in stage.ask or stage.tellers:
        person, capacity = _who(standing, name, barred)
        if person is None or person.id in barred or person.id in found:
            continue
        own = stage.within is not None and stage.within.calendar_of == "person"
        station = standing.rulebook.duty_station(person.duty_station)
        calendar = station.calendar if own and station else standing.procedure.calendar
        found[person.id] = Asked(person.id, capacity, calendar, entitled=not stage.tellers)
    if not found:
        message = f"everybody whom the stage {stage.key!r} asks is a candidate or launched the case"
        raise NobodyToAsk(message)
    if stage.tellers and len(found) < len(stage.tellers):
        message = f"one person would count for two tellers at the stage {stage.key!r}"
        raise NobodyToAsk(message)
    return tuple(found.values())


def barred_from(standing: Standing, stage: Consult) -> set[str]:
    """Candidates never answer for their own case; nor who launched or prepared it, by the law."""
    if stage.ask == ("chosen",):
        return set()
    barred = {each.person_id for each in standing.candidacies()}
    others = set(_others(standing, stage))
    if LAUNCHER in others:
        barred.add(standing.case.launched_by)
    if PREPARER in others:
        barred |= {each["by"] for each in standing.case.needs.values() if each.get("by")}
    return barred


def kept_apart_from(standing: Standing, stage: Consult) -> set[str]:
    """The offices in whose name nobody may have answered in this case who answers here."""
    offices = (standing.procedure.office_of(each) for each in _others(standing, stage))
    asked = {standing.procedure.office_of(each) for each in stage.ask}
    return {each.removeprefix("office.") for each in offices if each and each not in asked}


def _others(standing: Standing, stage: Consult) -> Iterator[str]:
    """With whom the law keeps those apart whom this stage asks, across the whole case."""
    asked = set(stage.ask) | {
        role for role, office in standing.procedure.roles.items() if office in stage.ask
    }
    for one, other in standing.procedure.never_same_person:
        if one in asked:
            yield other
        if other in asked:
            yield one


def _who(standing: Standing, name: str, barred: set[str]) -> tuple[Person | None, str]:
    session, now = standing.moment.session, standing.moment.now
    office = standing.procedure.office_of(name)
    if office is not None:
        key = office.removeprefix("office.")
        person = holder(session, key, now)
        if person is None or person.id in barred:
            person = stand_in(session, key, now, barred) or person
        if person is None:
            message = f"nobody holds the office {key!r}, and nobody acts for it"
            raise NobodyToAsk(message)
        return person, key
    if name == LAUNCHER:
        return session.get_one(Person, standing.case.launched_by), name
    chosen = standing.chosen()
    if name != "chosen" or chosen is None:
        message = f"there is nobody who is {name!r}"
        raise NobodyToAsk(message)
    return session.get_one(Person, chosen.person_id), "candidate"
