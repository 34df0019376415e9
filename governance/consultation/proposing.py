"""Proposals to a text: kept with the answer that makes them, settled by the owner of the text."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from governance.acts import Moment, Verb, Written
from governance.consultation.amending import Merged, Paragraph, Proposed, merge
from governance.consultation.asking import asker_may
from governance.consultation.conduct import Settling
from governance.consultation.lifecycle import ProposalLifecycle
from governance.consultation.models import Consultation, Invitation, Proposal
from governance.consultation.sealing import file_of
from governance.lifecycle import fire
from governance.people.models import Person
from governance.record.filekeys import KeyRing
from governance.refusals import Reason, refuse

Row = Mapping[str, Any]
ACCEPTED = ("accepted_editorial", "accepted_substantive")
HOW = ("accept_editorial", "accept_substantive", "refuse", "refer", "note")


@dataclass(frozen=True)
class Settled:
    """What the owner of the text does with a proposal, by its number."""

    number: int
    how: str
    reason: str = ""
    referred_to: str = ""


@dataclass(frozen=True)
class Told:
    """A proposal as it is read: who made it, its words, what became of it."""

    row: Proposal
    proposer: str
    capacity: str
    words: Proposed


def propose(
    moment: Moment,
    consultation: Consultation,
    answer: Mapping[str, Any],
    proposals: Sequence[Proposed],
) -> list[dict[str, Any]]:
    """Keep the proposals of an answer; those of the same person's earlier answer are replaced."""
    if answer["version"] > 1:
        withdraw_proposals(moment, answer["invitation_id"])
    if not proposals:
        return []
    query = select(func.max(Proposal.number)).where(
        col(Proposal.consultation_id) == consultation.id
    )
    last = moment.session.exec(query).one() or 0
    return [
        _keep(moment, consultation, answer, last + place, each)
        for place, each in enumerate(proposals, 1)
    ]


def withdraw_proposals(moment: Moment, invitation: str) -> None:
    """What somebody proposed and nobody has settled is wanted no longer."""
    query = select(Proposal).where(
        col(Proposal.invitation_id) == invitation, col(Proposal.state) == "proposed"
    )
    for row in moment.session.exec(query):
        row.state = fire(ProposalLifecycle, row.state, "replace")


def _keep(
    moment: Moment,
    consultation: Consultation,
    answer: Mapping[str, Any],
    number: int,
    proposed: Proposed,
) -> dict[str, Any]:
    words = {"old": proposed.old, "new": proposed.new, "reason": proposed.reason}
    sealed = moment.seal(file_of(consultation), json.dumps(words, ensure_ascii=False))
    row = Proposal(
        consultation_id=consultation.id,
        invitation_id=answer["invitation_id"],
        answer_id=answer["id"],
        number=number,
        content_version=answer["content_version"],
        anchor=proposed.anchor,
        words=sealed["sealed"],
    )
    moment.session.add(row)
    return {"anchor": proposed.anchor, "number": number, "words": sealed}


def settle_proposal(
    moment: Moment, consultation: Consultation | None, given: Settled
) -> Written[Consultation]:
    """Accept, refuse, refer or note one proposal. It is settled once; nothing un-settles it."""
    assert consultation is not None  # noqa: S101 -- the door locks the subject first
    if given.how not in HOW:
        raise refuse(
            '"{how}" is not what can be done with a proposal',
            rule="proposal_is_settled",
            cure="Use one of: {known}.",
            where="how",
            reason=Reason.INPUT,
            how=given.how[:40],
            known=", ".join(HOW),
        )
    query = select(Proposal).where(
        col(Proposal.consultation_id) == consultation.id, col(Proposal.number) == given.number
    )
    row = moment.session.exec(query).first()
    if row is None:
        raise refuse(
            "there is no proposal {number}",
            rule="known_proposal",
            cure="See the proposals of the question.",
            reason=Reason.MISSING,
            number=given.number,
        )
    facts = Settling(given.how, given.reason, given.referred_to)
    row.state = fire(ProposalLifecycle, row.state, given.how, facts)
    row.settled_at, row.settled_by = moment.now, moment.actor.person_id
    row.referred_to = given.referred_to[:120]
    reason = moment.seal(file_of(consultation), given.reason) if given.reason else {}
    row.reason = reason.get("sealed", "")
    moment.owe(consultation.owner_kind, consultation.owner_id)
    return Written({"proposal": row.number, "reason": reason, "state": row.state}, consultation)


SETTLE_PROPOSAL: Verb[Consultation, Settled] = Verb(
    "consultation:settle_proposal", Consultation, "consultation", asker_may, settle_proposal
)


def proposals_of(session: Session, keys: KeyRing, consultation_id: str, *states: str) -> list[Told]:
    """The proposals of a question in the order of their numbers, in one query, with their words."""
    query = (
        select(Proposal, Person, Invitation.capacity)
        .join(Invitation, col(Invitation.id) == col(Proposal.invitation_id))
        .join(Person, col(Person.id) == col(Invitation.person_id))
        .where(col(Proposal.consultation_id) == consultation_id)
        .order_by(col(Proposal.number))
    )
    if states:
        query = query.where(col(Proposal.state).in_(states))
    return [
        Told(row, person.name, capacity, _words(row.anchor, keys.open(session, row.words)))
        for row, person, capacity in session.exec(query)
    ]


def accepted_text(
    session: Session, keys: KeyRing, consultation_id: str, paragraphs: Sequence[Paragraph]
) -> Merged:
    """The text with every accepted proposal, and the conflicts that people must resolve."""
    accepted = proposals_of(session, keys, consultation_id, *ACCEPTED)
    return merge(paragraphs, [(str(each.row.number), each.words) for each in accepted])


def _words(anchor: str, kept: str) -> Proposed:
    words: Mapping[str, str] = json.loads(kept)
    return Proposed(anchor, words["old"], words["new"], words["reason"])
