"""The certificate of a question: rule, roll, count and working, as its record would attest it.

For a question that is closed, what was stored with its outcome is told, and nothing is counted
again. One that is open is counted as it stands, unless secrecy was promised.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pendulum import DateTime
from sqlmodel import Session

from governance.access.actor import Actor
from governance.consultation.ballots import has_cast
from governance.consultation.casters import castings_of
from governance.consultation.closing import finally_, law_in_force
from governance.consultation.models import FOR_EVER, OPEN, TIED, Consultation
from governance.consultation.queries import Asked, Put, put_all, question_for
from governance.consultation.rules import outcome
from governance.consultation.standing.stepped import SteppedBack, stepped_back
from governance.consultation.voices import voices_in
from governance.house import House
from governance.refusals import Reason, Sentence, refuse, say
from governance.rulebook.parts import LATE

KIND_SAYS: dict[str, Sentence] = {
    "single": say("one person answers, and the answer is the result"),
    "choice": say("one person chooses among candidates, and the position taken is the result"),
    "any_one": say("it is carried as soon as one of those asked is in favour"),
    "unanimity": say("it is carried if everybody is in favour"),
    "consensus": say("it is carried unless somebody present formally objects"),
    "no_objection": say("it is carried unless somebody objects in writing in their time"),
    "majority": say("it is carried by a majority"),
    "organs": say("it is carried if every organ carries it under its own rule"),
    "ballot": say("seats are filled by those with enough votes, the highest first"),
    "advice": say("views are recorded, and nothing is bound"),
}
LATE_SAYS: dict[str, Sentence] = {
    "tacit": say("whoever was reached and kept silent to the end consents"),
    "fail": say("whoever keeps silent to the end has not answered"),
    "remind": say("whoever keeps silent is reminded, and the question stays open"),
}


@dataclass(frozen=True)
class Certificate:
    """What is attested: plain facts for machines, and sentences for everybody."""

    facts: dict[str, Any]
    rule: tuple[Sentence, ...]
    roll: tuple[Sentence, ...]
    working: tuple[Sentence, ...]
    castings: tuple[Sentence, ...]
    end: Sentence

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The whole certificate in reading order."""
        return (*self.rule, *self.roll, *self.working, *self.castings, self.end)

    def as_json(self) -> dict[str, Any]:
        """For machines: the facts, and each part in sentences."""
        return {
            **self.facts,
            "rule": [str(each) for each in self.rule],
            "roll": [str(each) for each in self.roll],
            "working": [str(each) for each in self.working],
            "casting": [str(each) for each in self.castings],
            "sentences": [str(each) for each in self.sentences],
        }


def certificate_for(house: House, actor: Actor, key: str, *, sees_all: bool) -> Certificate:
    """The certificate of a question by its id or that of an invitation to it.

    Raises Refused where there is none that the actor may read.
    """
    with house.database.reading() as session:
        put = question_for(session, actor, key, sees_all=sees_all)
        if put is None:
            raise refuse(
                "there is no such question that you may see",
                rule="known_consultation",
                cure="See what waits for you: mandate waiting, or the list on the first page.",
                reason=Reason.MISSING,
            )
        return _certificate(session, put, actor, house.clock.now(), sees_all=sees_all)


def _certificate(
    session: Session, put: Put, actor: Actor, now: DateTime, *, sees_all: bool
) -> Certificate:
    consultation = put.consultation
    told = consultation.outcome or _as_it_stands(session, consultation, now)
    took_part = has_cast(session, consultation.id) if consultation.secrecy == FOR_EVER else None
    people = [
        _person(each, consultation, actor, sees_all=sees_all, took_part=took_part)
        for each in put.asked
    ]
    _name_who_answers_instead(people, put, stepped_back(session, consultation.id))
    castings = [
        _casting(each, actor, sees_all=sees_all)
        for each in put_all(session, castings_of(session, consultation.id))
    ]
    facts = {
        "id": consultation.id,
        "reference": consultation.reference,
        "question": consultation.question,
        "state": consultation.state,
        "kind": consultation.rule["kind"],
        "article": consultation.rule["article"],
        "secrecy": consultation.secrecy,
        "result": told.get("result"),
        "chosen": told.get("chosen", []),
        "numbers": told.get("numbers", {}),
        "opened_at": consultation.opened_at.isoformat(),
        "closed_at": consultation.closed_at.isoformat() if consultation.closed_at else None,
        "closing_entry": consultation.closing_entry or None,
        "asked": people,
        "castings": castings,
    }
    working = tuple(say(each["pattern"], **each["facts"]) for each in told["working"])
    roll = (_sum_of(people), *_sums_of_organs(people), *(_line(each) for each in people))
    cast = tuple(_cast(each) for each in castings)
    return Certificate(facts, tuple(_rule(consultation)), roll, working, cast, _end(consultation))


def _name_who_answers_instead(
    people: list[dict[str, Any]], put: Put, back: list[SteppedBack]
) -> None:
    """A seat without an answer is of whoever was asked in the place of who stepped back."""
    instead = {each.invitation: ", ".join(each.instead) for each in back if each.instead}
    for person, asked in zip(people, put.asked, strict=True):
        name = instead.get(asked.invitation.id)
        if name and not person["answered"]:
            person["name"], person["instead_of"] = name, person["name"]


def _casting(put: Put, actor: Actor, *, sees_all: bool) -> dict[str, Any]:
    """One tie: who was asked to break it, under which article, and what they cast."""
    consultation = put.consultation
    roll = [_person(each, consultation, actor, sees_all=sees_all, took_part=None)
            for each in put.asked]  # fmt: skip
    told = consultation.outcome or {}
    return {
        "id": consultation.id,
        "in": consultation.content["casting"]["key"],
        "article": consultation.rule["article"],
        "by": next((each for each in roll if each["answered"]), roll[0] if roll else None),
        "cast": list(told.get("chosen") or [told["result"]]) if told else None,
        "closing_entry": consultation.closing_entry or None,
    }


def _cast(casting: dict[str, Any]) -> Sentence:
    by = casting["by"] or {"name": "-", "capacity": ""}
    facts = {
        "name": by["name"],
        "capacity": by["capacity"] or "-",
        "article": casting["article"] or "-",
        "position": ", ".join(casting["cast"] or ()),
    }
    if casting["cast"] in (None, [LATE]):
        return say("{name} ({capacity}) gave no casting vote, under {article}", **facts)
    return say('{name} ({capacity}), casting vote: "{position}", under {article}', **facts)


def _as_it_stands(session: Session, consultation: Consultation, now: DateTime) -> dict[str, Any]:
    """The count of an open question, where nothing was promised against telling it."""
    if consultation.state not in {"open", TIED}:
        return {"working": []}
    voices = None
    if consultation.secrecy == OPEN:
        voices = voices_in(session, consultation)
    if voices is None:
        hidden = say("how the answers stand is not told before the close")
        return {"working": [{"pattern": hidden.pattern, "facts": {}}]}
    law = law_in_force(consultation)
    heard = finally_(voices) if consultation.state == TIED else voices
    return outcome(law, heard, now).as_plain(law.article)


def _rule(consultation: Consultation) -> Iterator[Sentence]:
    rule = consultation.rule
    yield say("the rule: {article}", article=rule["article"] or "-")
    yield KIND_SAYS[rule["kind"]]
    offered = ", ".join(_spoken(each["key"]) for each in rule["positions"])
    yield say("the answers offered: {positions}", positions=offered)
    if rule.get("within") and rule.get("on_late") in LATE_SAYS:
        yield LATE_SAYS[rule["on_late"]]
    if rule.get("may_change"):
        yield say("an answer may be changed until the close")
    if consultation.secrecy == FOR_EVER:
        yield say("the ballot is secret: who took part is known, the papers are linked to nobody")
    elif consultation.secrecy != OPEN:
        yield say("nobody sees the answers of others before the close")


def _person(
    asked: Asked,
    consultation: Consultation,
    actor: Actor,
    *,
    sees_all: bool,
    took_part: frozenset[str] | None,
) -> dict[str, Any]:
    """One line of the roll; the position for oneself, and for whoever may see all."""
    invitation, answer = asked.invitation, asked.answer
    is_told = consultation.state != "open" or consultation.secrecy == OPEN
    may_see = asked.person.id == actor.person_id or (sees_all and is_told)
    given = answer
    if answer is not None and (
        answer.taken_back or answer.content_version < consultation.counts_from
    ):
        given = None  # kept, and not counted
    return {
        "name": asked.person.name,
        "instead_of": None,
        "capacity": invitation.capacity,
        "organ": invitation.organ or None,
        "reached_at": _at(invitation.handed_over_at),
        "due_at": _at(invitation.due_at),
        "recused": invitation.recused_at is not None,
        "answered": given is not None if took_part is None else invitation.id in took_part,
        "answered_at": _at(given.at) if given is not None else None,
        "position": given.position if given is not None and may_see else None,
        "standing": given.standing if given is not None else {},
    }


def _sum_of(people: list[dict[str, Any]]) -> Sentence:
    return say(
        "the roll: {asked} asked, {reached} reached, {answered} answered",
        asked=len(people),
        reached=sum(each["reached_at"] is not None for each in people),
        answered=sum(each["answered"] for each in people),
    )


def _sums_of_organs(people: list[dict[str, Any]]) -> Iterator[Sentence]:
    """The roll of each organ, where several must carry."""
    for organ in dict.fromkeys(each["organ"] for each in people if each["organ"]):
        mine = [each for each in people if each["organ"] == organ]
        yield say(
            "the roll of {organ}: {asked} asked, {answered} answered",
            organ=organ,
            asked=len(mine),
            answered=sum(each["answered"] for each in mine),
        )


def _line(person: dict[str, Any]) -> Sentence:
    facts: dict[str, Any] = {"name": person["name"], "capacity": person["capacity"] or "-"}
    if person["recused"]:
        return say("{name} ({capacity}): recused", **facts)
    if person["answered"]:
        if person["answered_at"] is None:
            return say("{name} ({capacity}): took part", **facts)
        at = _minute(person["answered_at"])
        if person["position"] is None:
            return say("{name} ({capacity}): answered, {at} UTC", at=at, **facts)
        return say(
            '{name} ({capacity}): "{position}", {at} UTC',
            at=at,
            position=_spoken(person["position"]),
            **facts,
        )
    if person["reached_at"] is None:
        return say("{name} ({capacity}): not reached", **facts)
    reached = _minute(person["reached_at"])
    return say("{name} ({capacity}): no answer, reached {at} UTC", at=reached, **facts)


def _end(consultation: Consultation) -> Sentence:
    if consultation.state == TIED:
        return say("the votes are equally divided, and the casting vote is awaited")
    if consultation.closed_at is None:
        return say("the question is open")
    at = _minute(consultation.closed_at.isoformat())
    if consultation.outcome is None:
        return say("the question was withdrawn on {at} UTC", at=at)
    entry = consultation.closing_entry[:16] or "-"
    if consultation.rule["kind"] == "advice":
        return say("closed on {at} UTC, the views are recorded; entry {entry} of the record",
                   at=at, entry=entry)  # fmt: skip
    return say(
        'closed on {at} UTC with the result "{result}"; entry {entry} of the record',
        at=at,
        result=_spoken(consultation.outcome["result"] or ""),
        entry=entry,
    )


def _spoken(key: str) -> str:
    """A position or result as words: do_not_recommend is said as people read it."""
    return key.replace("_", " ")


def _at(instant: DateTime | None) -> str | None:
    return instant.isoformat() if instant is not None else None


def _minute(instant: str | None) -> str:
    return (instant or "")[:16].replace("T", " ")
