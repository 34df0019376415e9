"""Secret ballots: who took part is known, the papers are linked to nobody.

A paper is cast in the transaction of the act that says who took part, so that neither can be
without the other. Two transactions later they could still be told to belong together by the mark
that a database puts on every row it writes. Therefore all papers of the ballot are laid anew, in
the order of their random numbers, each time one is added: all of them bear the mark of the last
act, and none has a place of its own in the order of coming.
"""

from __future__ import annotations

import secrets
from collections import Counter
from typing import Any

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from governance.acts import Moment
from governance.consultation.models import BallotPaper, Consultation, Participation
from governance.refusals import Reason, refuse


def has_cast(session: Session, consultation_id: str) -> frozenset[str]:
    """The invitations whose holders have taken part."""
    query = select(Participation.invitation_id).where(
        col(Participation.consultation_id) == consultation_id
    )
    return frozenset(session.exec(query))


def cast(moment: Moment, consultation: Consultation, invitation_id: str, choice: Any) -> None:
    """Put a paper into the urn, and note in which hour its caster took part."""
    moment.session.add(
        Participation(
            consultation_id=consultation.id,
            invitation_id=invitation_id,
            hour=moment.now.start_of("hour"),
        )
    )
    moment.session.flush()
    papers = _lifted(moment.session, consultation.id)
    papers.append({"id": secrets.token_hex(16), "choice": choice})
    _lay(moment.session, consultation.id, papers)
    moment.coarsely = True


def count(session: Session, consultation_id: str) -> dict[str, int]:
    """How many papers say what; an integrity check comes with it.

    Raises Refused where there are not as many papers as people who took part.
    """
    query = select(BallotPaper.choice).where(col(BallotPaper.consultation_id) == consultation_id)
    counted = Counter(choice["position"] for choice in session.exec(query))
    took_part = len(has_cast(session, consultation_id))
    if counted.total() != took_part:
        raise refuse(
            "{papers} papers lie in the urn, and {people} people took part",
            rule="as_many_papers_as_people",
            article="Mandate, secrecy",
            cure="The ballot cannot be counted: annul it and hold it again.",
            reason=Reason.CONFLICT,
            papers=counted.total(),
            people=took_part,
        )
    return dict(sorted(counted.items()))


def _lifted(session: Session, consultation_id: str) -> list[dict[str, Any]]:
    query = select(BallotPaper.id, BallotPaper.choice).where(
        col(BallotPaper.consultation_id) == consultation_id
    )
    lifted = [{"id": id_, "choice": choice} for id_, choice in session.exec(query)]
    session.exec(delete(BallotPaper).where(col(BallotPaper.consultation_id) == consultation_id))
    return lifted


def _lay(session: Session, consultation_id: str, papers: list[dict[str, Any]]) -> None:
    ordered = sorted(papers, key=lambda each: str(each["id"]))
    rows = [{**each, "consultation_id": consultation_id} for each in ordered]
    session.execute(insert(BallotPaper), rows)
