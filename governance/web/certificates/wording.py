"""What a certificate attests in the words of one reader: offices, positions, results, names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pendulum import DateTime
from sqlmodel import col, select

from governance.appointments.models import Candidacy
from governance.consultation.models import FOR_EVER, Consultation
from governance.language import comma
from governance.people.models import Person
from governance.refusals import say
from governance.web.cases.marks import result_words
from governance.web.cases.reading import Reading
from governance.web.questions.telling import capacity_of, position_of
from governance.web.views import Mark, Tone, Voice, Words
from governance.web.words import hour, offset

ANSWERED, TOOK_PART = say("answered"), say("took part")
RECUSED, NOT_REACHED = say("recused"), say("not reached")
SILENT, CONSENTS = say("no answer"), say("silent to the end, which counts as consent")


def voice_of(reading: Reading, consultation: Consultation, person: Mapping[str, Any]) -> Voice:
    """One line of the roll."""
    capacity = capacity_of(reading, person["capacity"])
    name = person["name"]
    who = say("{name}, {capacity}", name=name, capacity=capacity) if capacity else name
    words = said_by(reading, consultation, person)
    return Voice(who, Mark(_tone(consultation, person), words), when=_when(reading, person))


def said_by(reading: Reading, consultation: Consultation, person: Mapping[str, Any]) -> Words:
    """What somebody said, or why there is nothing to tell of it."""
    if person["recused"]:
        return RECUSED
    if person["answered"] and person["position"]:
        return position_of(reading, consultation, person["position"])
    if person["answered"]:
        return TOOK_PART if consultation.secrecy == FOR_EVER else ANSWERED
    if person["reached_at"] is None:
        return NOT_REACHED
    outcome = consultation.outcome or {}
    carried = consultation.rule["kind"] == "no_objection" and outcome.get("result") == "carried"
    return CONSENTS if carried else SILENT


def result_of(reading: Reading, consultation: Consultation) -> Words:
    """The result with the names of those who were chosen."""
    told = consultation.outcome or {}
    result = told.get("result", "")
    titled = result in consultation.rule.get("titles", {})
    words = position_of(reading, consultation, result) if titled else result_words(result)
    names = chosen_by(reading, consultation, told.get("chosen", ()))
    return say("{result}: {names}", result=words, names=names) if names else words


def chosen_by(reading: Reading, consultation: Consultation, chosen: Sequence[str]) -> str:
    """Those chosen by name; by their code where the question showed codes."""
    if not chosen:
        return ""
    codes: Mapping[str, str] = consultation.content.get("codes") or {}
    query = (
        select(Candidacy.id, Person)
        .join(Person, col(Person.id) == col(Candidacy.person_id))
        .where(col(Candidacy.id).in_(list(chosen)))
    )
    names = {key: person.name for key, person in reading.session.exec(query)}
    return reading.listed(codes.get(each) or names.get(each, each) for each in chosen)


def minute(reading: Reading, instant: str | DateTime) -> str:
    """A day with its minute, in the reader's zone."""
    at = DateTime.fromisoformat(instant) if isinstance(instant, str) else instant
    local = DateTime.instance(at).in_timezone(reading.zone)
    between = comma(reading.language)
    return f"{reading.day(local.date())}{between}{hour(local)} ({offset(local)})"


def _tone(consultation: Consultation, person: Mapping[str, Any]) -> Tone:
    if person["recused"] or not person["answered"]:
        return "none"
    against = any(
        each["key"] == person["position"] and each.get("blocking")
        for each in consultation.rule["positions"]
    )
    return "bad" if against else "ok"


def _when(reading: Reading, person: Mapping[str, Any]) -> Words:
    if person["answered_at"]:
        return say("answered on {day}", day=minute(reading, person["answered_at"]))
    if person["reached_at"]:
        return say("reached on {day}", day=minute(reading, person["reached_at"]))
    return ""
