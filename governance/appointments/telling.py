"""Cases and questions as plain data, for the doors that speak JSON.

Who may see all of a case is told all of it. Whoever was asked something in it is told where the
case stands, and their own questions with the candidates that were put before them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from governance.access.actor import Actor
from governance.appointments.law import law_of
from governance.appointments.models import Candidacy, Case, Check, Document, Task
from governance.appointments.queries import (
    Candidate,
    CaseLine,
    case_by_reference,
    case_file,
    cases,
    count_cases,
    record_of,
    sees_all,
)
from governance.consultation.counts import newest_counts
from governance.consultation.models import Answer, Consultation
from governance.consultation.queries import (
    Asked,
    Put,
    of_owner_for,
    question_for,
    waiting_for,
)
from governance.house import House
from governance.people.models import Person
from governance.record.chain import read
from governance.record.filekeys import Erased, KeyRing
from governance.refusals import Reason, Refused, refuse, say
from governance.rulebook.schema import Post, Procedure

Plain = dict[str, Any]


def tell_cases(  # noqa: PLR0913 -- the filters of a list, by name
    house: House,
    actor: Actor,
    *,
    state: str = "",
    stage: str = "",
    search: str = "",
    older_than: str = "",
) -> Plain:
    """A page of cases that the actor may see, and how many there are in all."""
    with house.database.reading() as session:
        found = cases(
            session, actor, state=state, stage=stage, search=search, older_than=older_than
        )
        total = count_cases(session, actor, state=state, stage=stage)
    lines = [_line(each) for each in found]
    return {"total": total, "appointments": lines}


def tell_case(house: House, actor: Actor, reference: str) -> Plain:
    """One case, as far as the actor may see it. Raises Refused where that is not at all."""
    with house.database.reading() as session:
        teller = _Teller(session, house.keys, actor)
        return _whole(teller, reference) if sees_all(actor) else _own_part(teller, reference)


def tell_record(house: House, actor: Actor, reference: str) -> list[Plain]:
    """The trail of a case: every entry as it was hashed, with its hash."""
    with house.database.reading() as session:
        entries = record_of(session, actor, reference)
    return [{"hash": entry.hash, **read(entry)} for entry in entries]


def tell_question(house: House, actor: Actor, key: str) -> Plain:
    """One question by its id or that of an invitation. Refused where the actor may not read it."""
    with house.database.reading() as session:
        put = question_for(session, actor, key, sees_all=sees_all(actor))
        if put is None:
            raise no_such_question()
        return _Teller(session, house.keys, actor).question(put)


def tell_waiting(house: House, actor: Actor) -> list[Plain]:
    """What waits for the actor's answer, the nearest deadline first."""
    with house.database.reading() as session:
        found = waiting_for(session, str(actor.person_id), house.clock.now(), actor.invitation)
    return [
        {
            "consultation": each.consultation.id,
            "invitation": each.invitation.id,
            "reference": each.consultation.reference,
            "question": each.consultation.question,
            "capacity": each.invitation.capacity,
            "right": each.right.kind,
            "for": each.right.for_person,
            "instrument": each.right.instrument,
            "level": each.consultation.level,
            "positions": [one["key"] for one in each.consultation.rule["positions"]],
            "due_at": _at(each.invitation.due_at),
            "last_day": each.invitation.last_day or None,
        }
        for each in found
    ]


def no_such_question() -> Refused:
    """For a question that is not there, or not for this reader's eyes."""
    return refuse(
        "there is no such question that you may see",
        rule="known_consultation",
        cure="See what waits for you: mandate waiting, or the list on the first page.",
        reason=Reason.MISSING,
    )


@dataclass(frozen=True)
class _Teller:
    """Who tells what, out of which session."""

    session: Session
    keys: KeyRing
    actor: Actor

    def question(self, put: Put) -> Plain:
        """A question with its rule, its candidates, who was asked, and the actor's own part."""
        consultation, mine = put.consultation, put.of(str(self.actor.person_id))
        rule, content = consultation.rule, consultation.content
        counted = newest_counts(self.session, consultation.id) if consultation.tellers else {}
        return {
            "id": consultation.id,
            "reference": consultation.reference,
            "step": consultation.step_key,
            "round": consultation.round,
            "state": consultation.state,
            "question": consultation.question,
            "level": consultation.level,
            "kind": rule["kind"],
            "article": rule["article"],
            "positions": [_position(each, rule.get("titles", {})) for each in rule["positions"]],
            "candidates": self._candidates(content),
            "about": self._people([content["about"]] if content.get("about") else []),
            "content_version": consultation.content_version,
            "opened_at": _at(consultation.opened_at),
            "closed_at": _at(consultation.closed_at),
            "outcome": _outcome(consultation),
            "by_tellers": bool(consultation.tellers),
            "asked": [self._asked(each, counted=each.person.id in counted) for each in put.asked],
            "mine": self._mine(mine) if mine else None,
        }

    def text(self, sealed: str) -> str | None:
        """A confidential text; None where there is none, or where it was erased."""
        try:
            return self.keys.open(self.session, sealed) if sealed else None
        except Erased:
            return None

    def _asked(self, asked: Asked, *, counted: bool = False) -> Plain:
        invitation = asked.invitation
        told: Plain = {
            "name": asked.person.name,
            "capacity": invitation.capacity,
            "handed_over_at": _at(invitation.handed_over_at),
            "due_at": _at(invitation.due_at),
            "last_day": invitation.last_day or None,
            "answered": asked.has_spoken or counted,
        }
        return told | (self._answer(asked) if sees_all(self.actor) else {})

    def _mine(self, asked: Asked) -> Plain:
        invitation = asked.invitation
        return {
            "invitation": invitation.id,
            "capacity": invitation.capacity,
            "due_at": _at(invitation.due_at),
            "last_day": invitation.last_day or None,
            "answered": asked.has_spoken,
        } | self._answer(asked)

    def _answer(self, asked: Asked) -> Plain:
        answer = asked.answer
        if answer is None:
            return {}
        return {
            "position": answer.position,
            "chosen": answer.chosen,
            "text": self.text(answer.text),
            "at": _at(answer.at),
            "standing": self._standing(answer),
        }

    def _candidates(self, content: Mapping[str, Any]) -> list[Plain]:
        """Who is before the people asked: by code alone while names are hidden."""
        if codes := content.get("codes"):
            return [
                {"candidacy": each, "name": code, "nationality": None}
                for each, code in sorted(codes.items(), key=lambda pair: str(pair[1]))
                if each in content.get("candidates", ())
            ]
        return self._people(content.get("candidates", ()))

    def _standing(self, answer: Answer) -> Plain | None:
        """By which right somebody answered for another; None where they were asked themselves."""
        if not answer.standing:
            return None
        by = self.session.get(Person, answer.by_id or "")
        principal = self.session.get(Person, answer.standing.get("for") or "")
        return {
            "kind": answer.standing["kind"],
            "by": by.name if by else None,
            "for": principal.name if principal else None,
            "instrument": answer.standing["instrument"],
        }

    def _people(self, candidacies: Iterable[str]) -> list[Plain]:
        query = (
            select(Candidacy.id, Person)
            .join(Person, col(Person.id) == col(Candidacy.person_id))
            .where(col(Candidacy.id).in_(list(candidacies)))
            .order_by(col(Person.family_name), col(Candidacy.id))
        )
        return [
            {"candidacy": id_, "name": person.name, "nationality": person.nationality}
            for id_, person in self.session.exec(query)
        ]


def _whole(teller: _Teller, reference: str) -> Plain:
    file = case_file(teller.session, teller.actor, reference)
    return _head(file.case, file.post, file.procedure) | {
        "sees": "all",
        "launched_by": file.launched_by.name,
        "candidates": [_candidate(each) for each in file.candidates],
        "consultations": [teller.question(each) for each in file.consultations],
        "documents": [_document(each) for each in file.documents],
        "tasks": [_task(each) for each in file.tasks],
        "deadlines": [{"event": each.event, "due_at": _at(each.due_at)} for each in file.deadlines],
        "unsent": [
            {"notice": each.template, "because": each.stuck_because} for each in file.unsent
        ],
        "stuck": file.stuck or None,
    }


def _own_part(teller: _Teller, reference: str) -> Plain:
    case = case_by_reference(teller.session, teller.actor, reference)
    rulebook = law_of(teller.session, case.law)
    procedure, post = rulebook.procedure(case.procedure), rulebook.post(case.post)
    assert procedure is not None  # noqa: S101 -- the law of a case is pinned with its procedure
    assert post is not None  # noqa: S101 -- and with its post
    asked = of_owner_for(teller.session, teller.actor, ("case", case.id))
    return _head(case, post, procedure) | {
        "sees": "own part",
        "consultations": [teller.question(each) for each in asked],
    }


def _line(line: CaseLine) -> Plain:
    case = line.case
    return {
        "reference": case.reference,
        "state": case.state,
        "post": case.post,
        "post_title": line.post.title.root,
        "procedure": case.procedure,
        "stage": case.stage,
        "stage_title": line.procedure.stage(case.stage).title.root,
        "waits_for": list(line.waits_for),
        "due_at": _at(line.due_at),
        "launched_at": _at(case.launched_at),
    }


def _head(case: Case, post: Post, procedure: Procedure) -> Plain:
    return {
        "reference": case.reference,
        "state": case.state,
        "post": case.post,
        "post_title": post.title.root,
        "grade": post.grade,
        "duty_station": post.duty_station,
        "procedure": case.procedure,
        "law": case.law,
        "stage": case.stage,
        "stage_since": _at(case.stage_since),
        "stages": [
            {
                "key": each.key,
                "title": each.title.root,
                "verb": each.verb,
                "article": str(each.article),
                "passed_at": case.passed.get(each.key),
                "rounds": case.rounds.get(each.key, 0),
            }
            for each in procedure.stages
        ],
        "needs": sorted(case.needs),
        "verdicts": case.verdicts,
        "chosen": case.chosen,
        "wanted_on": case.wanted_on.isoformat() if case.wanted_on else None,
        "entry_on_duty": case.entry_on_duty.isoformat() if case.entry_on_duty else None,
        "launched_at": _at(case.launched_at),
        "ended_at": _at(case.ended_at),
    }


def _candidate(candidate: Candidate) -> Plain:
    candidacy, person = candidate.candidacy, candidate.person
    return {
        "candidacy": candidacy.id,
        "name": person.name,
        "nationality": person.nationality,
        "state": candidacy.state,
        "facts": candidacy.facts,
        "findings": candidacy.findings,
        "checks": [_check(each) for each in candidate.checks],
        "came_at": _at(candidacy.came_at),
    }


def _check(check: Check) -> Plain:
    return {
        "kind": check.kind,
        "number": check.number,
        "state": check.state,
        "source": check.source,
        "closed_at": _at(check.closed_at),
        "valid_until": check.valid_until.isoformat() if check.valid_until else None,
    }


def _document(document: Document) -> Plain:
    return {
        "id": document.id,
        "number": document.number,
        "kind": document.kind,
        "language": document.language,
        "candidacy": document.candidacy_id,
        "issued_at": _at(document.issued_at),
        "sha256": document.sha256,
    }


def _task(task: Task) -> Plain:
    return {
        "key": task.key,
        "title": task.title,
        "due_on": task.due_on.isoformat() if task.due_on else None,
        "done_at": _at(task.done_at),
    }


def _position(position: Mapping[str, Any], titles: Mapping[str, Any]) -> Plain:
    key = position["key"]
    return {
        "key": key,
        "title": titles.get(key, {"en": key.replace("_", " ")}),
        "needs_text": position.get("needs_text", False),
        "choose_at_least": position.get("choose_at_least", 0),
        "choose_at_most": position.get("choose_at_most", 0),
    }


def _outcome(consultation: Consultation) -> Plain | None:
    outcome = consultation.outcome
    if outcome is None:
        return None
    working = [str(say(each["pattern"], **each["facts"])) for each in outcome["working"]]
    return {**outcome, "working": working}


def _at(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
