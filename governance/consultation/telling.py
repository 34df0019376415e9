"""One question as plain data, for the doors that speak JSON: nothing in it before its time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pendulum
from pendulum import DateTime
from sqlmodel import Session, col, select

from governance.access.actor import Actor
from governance.consultation.comparing import differences
from governance.consultation.counts import newest_counts
from governance.consultation.models import FOR_EVER, Consultation, ContentVersion, Invitation
from governance.consultation.pausing import last_pause
from governance.consultation.promises import HONEST, small_group
from governance.consultation.proposing import proposals_of
from governance.consultation.queries import Asked, Put, put_all, question_for
from governance.consultation.timeline import read, silences, timeline
from governance.house import House
from governance.people.models import Person
from governance.record import deadlines
from governance.record.filekeys import KeyRing
from governance.refusals import Reason, Refused, refuse, say

Plain = dict[str, Any]
ALL_EYES = frozenset({"auditor"})
MOST_LISTED = 200


def tell_consultation(house: House, actor: Actor, key: str) -> Plain:
    """One question, by its id or that of an invitation. Refused where the actor may not read it."""
    with house.database.reading() as session:
        put = readable(session, actor, key)
        return _told(session, house.keys, actor, put, house.clock.now())


def list_consultations(house: House, actor: Actor, *, state: str = "") -> list[Plain]:
    """The questions that an actor was asked, has put, or counts, the newest first."""
    asked = select(Invitation.consultation_id).where(col(Invitation.person_id) == actor.person_id)
    query = select(Consultation).order_by(col(Consultation.opened_at).desc())
    if not actor.roles & ALL_EYES:
        mine = col(Consultation.asked_by) == actor.person_id
        query = query.where(mine | col(Consultation.id).in_(asked))
    if state:
        query = query.where(col(Consultation.state) == state)
    with house.database.reading() as session:
        found = list(session.exec(query.limit(MOST_LISTED)))
        ends = _ends(session, found)
    return [_line(each, ends.get(each.id)) for each in found]


def tell_difference(house: House, actor: Actor, key: str, since: int, until: int = 0) -> Plain:
    """What changed between two versions of the content; without `until`, up to the present one."""
    with house.database.reading() as session:
        consultation = readable(session, actor, key).consultation
        versions = _versions(session, consultation.id)
    last = until or consultation.content_version
    for number in (since, last):
        if number not in versions or number > consultation.content_version:
            raise refuse(
                "there is no version {number} of the content",
                rule="known_version",
                cure="Versions are numbered from 1 to {last}.",
                reason=Reason.MISSING,
                number=number,
                last=consultation.content_version,
            )
    found = differences(versions[since].content, versions[last].content)
    return {
        "consultation": consultation.id,
        "from": since,
        "to": last,
        "differences": [each.as_json() for each in found],
    }


def readable(session: Session, actor: Actor, key: str) -> Put:
    """A question for whoever was asked it, put it, counts it, stands in for these, or audits."""
    put = question_for(session, actor, key)
    if put is not None:
        return put
    found = session.get(Consultation, key)
    if found is None or not _conducts(actor, found):
        raise no_such_question()
    return put_all(session, [found], actor.person_id)[0]


def no_such_question() -> Refused:
    """For a question that is not there, or not for this reader's eyes."""
    return refuse(
        "there is no such question that you may see",
        rule="known_consultation",
        cure="See what waits for you: mandate waiting, or the list on the first page.",
        reason=Reason.MISSING,
    )


def _conducts(actor: Actor, consultation: Consultation) -> bool:
    if actor.person_id is None:
        return False
    named = {consultation.asked_by, *consultation.tellers}
    roles = ALL_EYES | set(consultation.rule.get("stewards", ()))
    return actor.person_id in named or bool(roles & actor.roles)


def _told(session: Session, keys: KeyRing, actor: Actor, put: Put, now: DateTime) -> Plain:
    consultation, rule = put.consultation, put.consultation.rule
    mine = next((each for each in put.asked if each.person.id == actor.person_id), None)
    return {
        "id": consultation.id,
        "reference": consultation.reference,
        "step": consultation.step_key,
        "round": consultation.round,
        "followed_by": consultation.followed_by,
        "state": consultation.state,
        "question": consultation.question,
        "form": consultation.form,
        "level": consultation.level,
        "kind": rule["kind"],
        "article": rule["article"],
        "positions": rule["positions"],
        "criteria": rule.get("criteria", []),
        "content": _content(consultation),
        "content_version": consultation.content_version,
        "secrecy": _secrecy(put),
        "clock": _clock(session, consultation),
        "asked": [_asked(session, keys, each) for each in put.asked],
        "mine": _asked(session, keys, mine) if mine else None,
        "tellers": _counts(session, actor, consultation),
        "proposals": _proposals(session, keys, actor, put),
        "silence": [_silence(each) for each in silences(session, put, now)] if _ended(put) else [],
        "timeline": [each.as_json() for each in timeline(session, keys, consultation)],
        "outcome": _outcome(consultation),
        "opened_at": _at(consultation.opened_at),
        "closed_at": _at(consultation.closed_at),
        "closing_entry": consultation.closing_entry or None,
    }


def _ended(put: Put) -> bool:
    return put.consultation.state == "closed"


def _content(consultation: Consultation) -> Plain:
    hidden = {"barred", "apart", "subjects"}
    return {key: each for key, each in consultation.content.items() if key not in hidden}


def _secrecy(put: Put) -> Plain:
    told: Plain = {"promised": put.consultation.secrecy}
    if put.consultation.secrecy == FOR_EVER:
        warning = small_group(len(put.asked))
        told |= {"honestly": str(HONEST), "warning": str(warning) if warning else None}
    return told


def _clock(session: Session, consultation: Consultation) -> Plain:
    held = deadlines.find(session, ("consultation", consultation.id), "close")
    stands = consultation.paused_at is not None
    pause = last_pause(session, consultation.id) if stands else None
    owner = session.get(Person, pause.owner) if pause is not None and pause.owner else None
    return {
        "within": consultation.rule.get("within"),
        "on_late": consultation.rule["on_late"],
        "closes_at": _at(held.due_at) if held is not None and held.is_open else None,
        "generation": held.generation if held is not None else 0,
        "settles_at": _at(consultation.settles_at),
        "undo_minutes": consultation.undo_minutes,
        "paused_since": _at(consultation.paused_at),
        "paused_until": _at(pause.until) if pause is not None else None,
        "awaiting": owner.name if owner is not None else None,
        "extended": consultation.extended,
    }


def _asked(session: Session, keys: KeyRing, asked: Asked) -> Plain:
    invitation, answer = asked.invitation, asked.answer
    told: Plain = {
        "invitation": invitation.id,
        "name": asked.person.name,
        "capacity": invitation.capacity,
        "seat": invitation.seat or None,
        "organ": invitation.organ or None,
        "weight": invitation.weight,
        "entitled": invitation.entitled,
        "present": invitation.present,
        "recused": invitation.recused_at is not None,
        "delivered_at": _at(invitation.handed_over_at),
        "due_at": _at(invitation.due_at),
        "last_day": invitation.last_day or None,
        "working": invitation.working.get("summary"),
        "answered": asked.has_spoken,
    }
    if answer is None:
        return told
    return told | {
        "position": answer.position,
        "chosen": answer.chosen,
        "scores": answer.filled or None,
        "text": read(session, keys, answer.text) or None,
        "version": answer.version,
        "content_version": answer.content_version,
        "at": _at(answer.at),
    }


def _counts(session: Session, actor: Actor, consultation: Consultation) -> list[Plain]:
    """The counts of tellers: one's own, and everybody's once all have counted."""
    if not consultation.tellers:
        return []
    counts = newest_counts(session, consultation.id)
    complete = set(counts) == set(consultation.tellers)
    return [
        {
            "teller": each,
            "entered": each in counts,
            "count": counts[each].count
            if each in counts and (complete or each == actor.person_id)
            else None,
        }
        for each in consultation.tellers
    ]


def _proposals(session: Session, keys: KeyRing, actor: Actor, put: Put) -> list[Plain]:
    """The proposals to a text; one's own alone, while secrecy is promised until the close."""
    consultation = put.consultation
    if consultation.form != "amendments":
        return []
    secret = consultation.secrecy != "open" and consultation.state == "open"
    mine = {each.invitation.id for each in put.asked if each.person.id == actor.person_id}
    return [
        {
            "number": each.row.number,
            "by": each.proposer,
            "capacity": each.capacity,
            "anchor": each.row.anchor,
            "old": each.words.old,
            "new": each.words.new,
            "reason": each.words.reason,
            "content_version": each.row.content_version,
            "state": each.row.state,
            "settled_at": _at(each.row.settled_at),
            "because": read(session, keys, each.row.reason) or None,
            "referred_to": each.row.referred_to or None,
        }
        for each in proposals_of(session, keys, consultation.id)
        if not secret or each.row.invitation_id in mine
    ]


def _silence(silence: Any) -> Plain:
    return {
        "name": silence.person,
        "instead_of": silence.instead_of or None,
        "capacity": silence.capacity,
        "delivered_at": _at(silence.delivered_at),
        "due_at": _at(silence.due_at),
        "counted": silence.working.get("summary"),
        "last_day": silence.last_day or None,
        "consents": silence.consents,
        "because": str(silence.because),
    }


def _outcome(consultation: Consultation) -> Plain | None:
    outcome = consultation.outcome
    if outcome is None:
        return None
    working = [str(say(each["pattern"], **each["facts"])) for each in outcome["working"]]
    return {**outcome, "working": working}


def _versions(session: Session, consultation_id: str) -> Mapping[int, ContentVersion]:
    query = select(ContentVersion).where(
        col(ContentVersion.consultation_id) == consultation_id,
        col(ContentVersion.shown_since).is_not(None),
    )
    return {each.version: each for each in session.exec(query)}


def _ends(session: Session, found: list[Consultation]) -> dict[str, DateTime]:
    """When each closes by itself, in one query."""
    ids = [each.id for each in found]
    return {
        each.owner_id: pendulum.instance(each.due_at)
        for each in deadlines.open_ones(session, "consultation", ids, "close")
    }


def _line(consultation: Consultation, end: DateTime | None) -> Plain:
    return {
        "id": consultation.id,
        "reference": consultation.reference,
        "step": consultation.step_key,
        "round": consultation.round,
        "state": consultation.state,
        "question": consultation.question,
        "form": consultation.form,
        "secrecy": consultation.secrecy,
        "kind": consultation.rule["kind"],
        "closes_at": _at(end),
        "paused_since": _at(consultation.paused_at),
        "result": (consultation.outcome or {}).get("result"),
        "opened_at": _at(consultation.opened_at),
        "closed_at": _at(consultation.closed_at),
    }


def _at(instant: Any) -> str | None:
    return instant.isoformat() if instant else None
