"""Somebody answers. The last answer needed closes the question and marks its owner as due."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as columns_of
from sqlmodel import Session, col

from governance.access.actor import Level
from governance.acts import Moment, Verb, Written
from governance.consultation import ballots, forms
from governance.consultation.amending import Proposed
from governance.consultation.closing import close_if_settled
from governance.consultation.lifecycle import ConsultationLifecycle
from governance.consultation.models import FOR_EVER, OPEN, SCORES, Answer, Consultation, Invitation
from governance.consultation.proposing import propose
from governance.consultation.rules import Answering, DecisionRule
from governance.consultation.sealing import file_of
from governance.consultation.standing.speaking import Speaking, not_for_them, speaking
from governance.consultation.voices import time_is_up
from governance.database import add_rows, new_id
from governance.lifecycle import fire
from governance.prepared import Prepared
from governance.refusals import Reason, refuse

STRENGTH = {Level.LINK: 0, Level.SESSION: 1, Level.FRESH: 2}


@dataclass(frozen=True)
class GivenAnswer:
    """What a person answers: a position, whom they choose, why, and what they had before them.

    `invitation` says for which seat, where the person may answer for several.
    `scores`: by subject and criterion, as exact text ("4", "7/2"), where the form is scores.
    `proposals`: marked changes of a text, where the form is amendments.
    """

    position: str
    chosen: tuple[str, ...] = ()
    text: str = ""
    seen_version: int = 1
    invitation: str = ""
    scores: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    proposals: tuple[Proposed, ...] = ()


def asked_person_may(moment: Moment, consultation: Consultation | None, given: GivenAnswer) -> str:
    """Who was asked may answer, or who has their right, at the level that the question wants."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    actor = moment.actor
    if consultation.tellers:
        raise refuse(
            "this ballot was held elsewhere: its tellers enter what they counted",
            rule="counted_by_a_teller",
            article="Mandate, tellers",
            cure="Enter the count, if you are one of its tellers.",
            reason=Reason.AUTHORITY,
        )
    found = speaking(moment, consultation, given.invitation)
    moment.found["speaking"] = found
    if found is None:
        raise not_for_them(moment.session, consultation, actor.person_id, moment.now)
    if STRENGTH.get(actor.level, -1) < STRENGTH[Level(consultation.level)]:
        raise refuse(
            "this question wants a surer proof of who you are",
            rule="level_of_identity",
            article="Mandate, levels of identity",
            cure="Sign in with the code that is mailed to you, then answer.",
            reason=Reason.AUTHORITY,
        )
    if actor.person_id in consultation.content.get("barred", ()):
        raise not_for_them(moment.session, consultation, actor.person_id, moment.now)
    capacity = found.invitation.capacity or "invitation"
    return capacity if found.right.kind == "asked" else f"{found.right.kind}:{capacity}"


def answer_body(
    moment: Moment, consultation: Consultation | None, given: GivenAnswer
) -> Written[Consultation]:
    """Check turn and rules, keep the answer, close if nothing is left to wait for.

    Where the ballot is secret for ever a paper is cast, and no answer is kept.
    """
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    forms.must_be_filled(consultation, given)
    found: Speaking | None = moment.found["speaking"]
    assert found is not None  # noqa: S101 -- the authority has just found it
    mine = found.invitation
    if consultation.secrecy == FOR_EVER:
        return _cast(moment, consultation, found, given)
    before = _before(moment.session, consultation, mine.id)
    has_answered = before.counts
    facts = _facts(moment, consultation, mine, given, has_answered=has_answered)
    fire(ConsultationLifecycle, consultation.state, "answer", facts)
    written = _keep(moment, consultation, found, given, before.versions + 1)
    result = close_if_settled(moment, consultation)
    if consultation.settles_at is not None:
        written["settles_at"] = consultation.settles_at.isoformat()
    return Written(written | ({"outcome": result} if result else {}), consultation)


def _keep(
    moment: Moment,
    consultation: Consultation,
    found: Speaking,
    given: GivenAnswer,
    version: int,
) -> dict[str, Any]:
    """Write one version of an answer; gives what the entry holds of it."""
    text = moment.seal(file_of(consultation), given.text) if given.text else {}
    answer: dict[str, Any] = {
        "id": new_id(),
        "invitation_id": found.invitation.id,
        "consultation_id": consultation.id,
        "version": version,
        "position": given.position,
        "chosen": list(given.chosen),
        "filled": forms.plain_scores(given.scores),
        "text": text.get("sealed", ""),
        "content_version": given.seen_version,
        "at": moment.now,
        "by_id": moment.actor.person_id,
        "standing": found.right.on_record(),
    }
    add_rows(moment.session, Answer, [answer])
    facts: dict[str, Any] = {
        "answer": answer["id"],
        "content_version": given.seen_version,
        "text": text,
    }
    if answer["standing"]:
        facts["standing"] = answer["standing"]
    proposed = propose(moment, consultation, answer, given.proposals)
    if proposed:
        facts["proposals"] = proposed
    said = {"chosen": list(given.chosen), "position": given.position}
    if consultation.secrecy == OPEN and consultation.form != SCORES:
        return facts | said
    # Whoever may read the record before the close learns that there is an answer, not which.
    kept = json.dumps(said | {"scores": answer["filled"]}, sort_keys=True)
    return facts | {"sealed": moment.seal(file_of(consultation), kept)}


def _cast(
    moment: Moment, consultation: Consultation, found: Speaking, given: GivenAnswer
) -> Written[Consultation]:
    """Cast a paper. The entry says that somebody took part, in which hour, and nothing else."""
    mine = found.invitation
    took_part = mine.id in ballots.has_cast(moment.session, consultation.id)
    facts = _facts(moment, consultation, mine, given, has_answered=took_part)
    fire(ConsultationLifecycle, consultation.state, "answer", facts)
    choice = {"position": given.position, "chosen": sorted(given.chosen)}
    ballots.cast(moment, consultation, mine.id, choice)
    written: dict[str, Any] = {"took_part": True}
    if found.right.on_record():
        written["standing"] = found.right.on_record()
    result = close_if_settled(moment, consultation)
    return Written(written | ({"outcome": result} if result else {}), consultation)


ANSWER: Verb[Consultation, GivenAnswer] = Verb(
    "consultation:answer", Consultation, "consultation", asked_person_may, answer_body
)


def _facts(
    moment: Moment,
    consultation: Consultation,
    mine: Invitation,
    given: GivenAnswer,
    *,
    has_answered: bool,
) -> Answering:
    return Answering(
        law=DecisionRule.from_plain(consultation.rule),
        now=moment.now,
        was_asked=True,
        due_at=time_is_up(consultation, mine.due_at),
        position=given.position,
        chosen=given.chosen,
        candidates=frozenset(consultation.content.get("candidates", ())),
        has_text=bool(given.text.strip()),
        has_answered=has_answered,
        seen_version=given.seen_version,
        content_version=consultation.content_version,
    )


@dataclass(frozen=True)
class Before:
    """What somebody has answered before: how many versions, and whether the newest counts."""

    versions: int
    counts: bool


_NEWEST = Prepared(
    columns_of(col(Answer.version), col(Answer.content_version), col(Answer.taken_back))
    .where(col(Answer.invitation_id) == bindparam("invitation"))
    .order_by(col(Answer.version).desc())
    .limit(1)
)


def _before(session: Session, consultation: Consultation, invitation_id: str) -> Before:
    newest = _NEWEST.first(session, invitation=invitation_id)
    if newest is None:
        return Before(0, counts=False)
    version, seen, taken_back = newest
    return Before(version, counts=seen >= consultation.counts_from and not taken_back)
