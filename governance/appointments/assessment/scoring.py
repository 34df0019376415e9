"""The panel scores: one question to each member, unseen by the others until it is closed.

It is a consultation with the answer form `scores`, secret until its close. When it is closed the
ranking is kept on the assessment, and the stage waits for the panel's recommendation.
"""

from __future__ import annotations

import secrets
from fractions import Fraction
from typing import Any

import pendulum
from sqlmodel import col, select

from governance.acts import Moment
from governance.appointments.assessment.lifecycle import AssessmentLifecycle
from governance.appointments.assessment.models import Assessment, PanelMember
from governance.appointments.assessment.ranking import Ranked, in_shares, plain, rank
from governance.appointments.assessment.rules import Declaring, Scoring
from governance.appointments.assessment.standing import assessing_of, assessment_of, members_of
from governance.appointments.checks.rules import CLEARED
from governance.appointments.models import Candidacy, Case
from governance.appointments.stages.standing import WAIT, Standing, Turn
from governance.consultation.closing import close_if_settled
from governance.consultation.models import SCORES, UNTIL_CLOSE, Consultation, Invitation
from governance.consultation.opening import (
    Asked,
    Question,
    find,
    open_consultation,
)
from governance.consultation.scoring import Criterion, Scale
from governance.consultation.voices import seats_of
from governance.lifecycle import fire
from governance.people.queries import by_id
from governance.rulebook.assessing import Assessing
from governance.rulebook.stages import Consult

ALPHABET = "BCDFGHJKLMNPQRSTVWXZ"


def score(standing: Standing) -> Turn:
    """Open the scoring of this round, rank when it is closed, go on with the recommendation."""
    session = standing.moment.session
    assessment = assessment_of(session, standing.case.id)
    if assessment is None or assessment.state == "fixed":
        return WAIT
    asked = find(session, standing.subject, standing.stage.key, _round(standing))
    if asked is None:
        return _open(standing, assessment)
    if asked.state != "closed" or asked.outcome is None:
        return WAIT
    if assessment.state == "scoring":
        return _rank(standing, assessment, asked)
    if assessment.state != "recommended":
        return WAIT
    standing.moment.cites.append(asked.closing_entry)
    return Turn("carried", {"consultation": asked.id, "shortlist": assessment.recommended})


def _round(standing: Standing) -> int:
    return standing.case.rounds.get(standing.stage.key, 1)


def _open(standing: Standing, assessment: Assessment) -> Turn:
    stage, moment = standing.stage, standing.moment
    assert isinstance(stage, Consult)  # noqa: S101 -- only such a stage asks for scores
    seats = members_of(moment.session, standing.case.id)
    declared = sum(each.state == "declared" for each in seats)
    candidates = standing.candidacies(*CLEARED)
    if declared < len(seats) or not candidates or assessment.state != "composed":
        return WAIT
    assessment.state = fire(
        AssessmentLifecycle, assessment.state, "begin_scoring", Declaring(len(seats), declared)
    )
    law = assessing_of(standing.rulebook, standing.case)
    if assessment.anonymous:
        assessment.codes = {**_codes(candidates, assessment.codes)}
    within = stage.within.model_dump(mode="json", exclude_none=True) if stage.within else None
    titles = {each.key: each.title.root for each in stage.rule.positions}
    opened = open_consultation(
        moment,
        Question(
            owner=standing.subject,
            step_key=stage.key,
            round=_round(standing),
            reference=standing.case.reference,
            question={str(key): words for key, words in stage.question.root.items()},
            asked_by=standing.case.launched_by,
            rule=dict(stage.plain_rule())
            | {"within": within, "titles": titles}
            | scale_and_criteria(law, assessment),
            level=stage.level,
            content={
                "barred": sorted(each.person_id for each in standing.candidacies()),
                "candidates": [each.id for each in candidates],
                "title": standing.post.title.root,
                **({"codes": assessment.codes} if assessment.anonymous else {}),
            },
            asked=_asked(standing, stage, seats),
            form=SCORES,
            secrecy=UNTIL_CLOSE,
        ),
    )
    return Turn(
        None,
        {
            "consultation": opened.id,
            "asked": [each.person_id for each in seats],
            "candidates": [each.id for each in candidates],
        },
    )


def scale_and_criteria(law: Assessing, assessment: Assessment) -> dict[str, Any]:
    """What the engine asks scores by: a scale, weights that make one, minimums as shares of it."""
    scale = Scale(Fraction(law.lowest), Fraction(law.highest))
    criteria = in_shares(
        [
            Criterion(each["key"], Fraction(each["weight"]), _least(each.get("minimum"), scale))
            for each in assessment.criteria
        ]
    )
    titles = {each["key"]: each["title"] for each in assessment.criteria}
    return {
        "scale": {"least": str(scale.least), "most": str(scale.most)},
        "criteria": [
            {
                "key": each.key,
                "title": titles[each.key],
                "weight": str(each.weight),
                **({"minimum": str(each.minimum)} if each.minimum is not None else {}),
            }
            for each in criteria
        ],
    }


def _least(minimum: object, scale: Scale) -> Fraction | None:
    return scale.share(Fraction(str(minimum))) if minimum is not None else None


def _codes(candidates: list[Candidacy], known: dict[str, str]) -> dict[str, str]:
    """A code for each candidacy, drawn at random, so that it tells nothing of who came when."""
    codes = dict(known)
    used = set(codes.values())
    for each in candidates:
        while each.id not in codes:
            drawn = "".join(secrets.choice(ALPHABET) for _ in range(4))
            if drawn not in used:
                codes[each.id] = drawn
                used.add(drawn)
    return codes


def _asked(standing: Standing, stage: Consult, seats: list[PanelMember]) -> tuple[Asked, ...]:
    people = by_id(standing.moment.session, (each.person_id for each in seats))
    own = stage.within is not None and stage.within.calendar_of == "person"
    found = []
    for each in seats:
        station = standing.rulebook.duty_station(people[each.person_id].duty_station)
        calendar = station.calendar if own and station else standing.procedure.calendar
        found.append(Asked(each.person_id, "panel", calendar))
    return tuple(found)


def _rank(standing: Standing, assessment: Assessment, asked: Consultation) -> Turn:
    ranked, sheets = ranked_of(
        standing.moment, asked, assessing_of(standing.rulebook, standing.case)
    )
    if not sheets:
        assessment.state = fire(AssessmentLifecycle, assessment.state, "score_again")
        again = _round(standing) + 1
        standing.case.rounds = {**standing.case.rounds, standing.stage.key: again}
        return Turn(None, {"consultation": asked.id, "round": again})
    facts = Scoring(sheets, sheets)
    assessment.state = fire(AssessmentLifecycle, assessment.state, "rank", facts)
    assessment.ranking = plain(ranked)
    return Turn(
        None,
        {
            "consultation": asked.id,
            "ranking": [
                {"candidacy": each.subject, "place": each.place, "total": str(each.total)}
                for each in ranked.standings
            ],
        },
    )


def ranked_of(moment: Moment, asked: Consultation, law: Assessing) -> tuple[Ranked, int]:
    """The ranking of a closed scoring, members by their person, and how many sheets it is of."""
    who = dict(
        moment.session.exec(
            select(Invitation.id, Invitation.person_id).where(
                col(Invitation.consultation_id) == asked.id
            )
        ).all()
    )
    sheets = {
        who[seat.invitation]: seat.given.filled
        for seat in seats_of(moment.session, asked)
        if seat.given is not None and seat.given.filled
    }
    scale = Scale(Fraction(law.lowest), Fraction(law.highest))
    criteria = [
        Criterion(
            each["key"],
            Fraction(each["weight"]),
            Fraction(each["minimum"]) if each.get("minimum") else None,
        )
        for each in asked.rule["criteria"]
    ]
    return rank(criteria, scale, sheets, Fraction(law.differs_from)), len(sheets)


def leave_scoring(moment: Moment, case: Case, person_id: str) -> list[str]:
    """A member who is recused leaves the open scoring; what they gave is kept and not counted."""
    query = (
        select(Consultation, Invitation)
        .join(Invitation, col(Invitation.consultation_id) == col(Consultation.id))
        .where(
            col(Consultation.owner_kind) == "case",
            col(Consultation.owner_id) == case.id,
            col(Consultation.state) == "open",
            col(Consultation.form) == SCORES,
            col(Invitation.person_id) == person_id,
        )
        .with_for_update()
    )
    left = []
    for consultation, invitation in moment.session.exec(query).all():
        invitation.recused_at = pendulum.instance(moment.now)
        moment.session.flush()
        close_if_settled(moment, consultation)
        left.append(consultation.id)
    return left
