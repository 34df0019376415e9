"""What tellers have counted elsewhere, and whether they agree: as voices that the rules hear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from governance.consultation.models import Consultation, Invitation, TellerCount
from governance.consultation.rules import Voice
from governance.consultation.rules.further import voices_of_counts
from governance.refusals import Reason, Refused, refuse


def newest_counts(session: Session, consultation_id: str) -> dict[str, TellerCount]:
    """The newest count of each teller, by teller."""
    query = (
        select(TellerCount)
        .where(col(TellerCount.consultation_id) == consultation_id)
        .order_by(col(TellerCount.version))
    )
    return {each.teller_id: each for each in session.exec(query)}


def agreed(session: Session, consultation: Consultation) -> list[Voice] | None:
    """The voices of a count on which all tellers agree; None where one is missing or differs."""
    counts = newest_counts(session, consultation.id)
    if set(counts) != set(consultation.tellers):
        return None
    said = [each.count for each in counts.values()]
    if any(each != said[0] for each in said):
        return None
    roll = select(func.count()).where(
        col(Invitation.consultation_id) == consultation.id, col(Invitation.entitled).is_(True)
    )
    return _voices(consultation, said[0], session.exec(roll).one())


def not_agreed() -> Refused:
    """For an outcome that is asked for before two tellers have said the same."""
    return refuse(
        "the tellers have not entered the same count",
        rule="tellers_agree",
        article="Mandate, tellers",
        cure="Let each teller count again and enter what they find.",
        reason=Reason.CONFLICT,
    )


def _voices(consultation: Consultation, count: Mapping[str, Any], roll: int) -> list[Voice]:
    """One voice a paper, and one for everybody on the roll who has cast none.

    How the votes for candidates lay on single papers is not known and does not matter: rules
    count papers, and votes for a candidate.
    """
    takes = {each["key"] for each in choosing(consultation.rule["positions"])}
    papers = voices_of_counts(count["positions"], entitled=roll or None)
    votes = [key for key, number in count["candidates"].items() for _ in range(number)]
    takers = [place for place, each in enumerate(papers) if each.position in takes]
    hands: list[list[str]] = [[] for _ in takers]
    for place, vote in enumerate(votes):
        hands[place % len(takers)].append(vote)
    for place, hand in zip(takers, hands, strict=True):
        papers[place] = replace(papers[place], chosen=tuple(hand))
    return papers


def choosing(positions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The positions whose papers name candidates."""
    return [each for each in positions if each.get("choose_at_most", 0)]
