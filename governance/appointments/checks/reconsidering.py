"""A refused candidate asks for a review; somebody who signed nothing in the refusal decides it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col, select

from governance.acts import Moment, Verb, Written
from governance.appointments.authority import hr_officer
from governance.appointments.candidates import candidacy_of
from governance.appointments.checks.gate import checks_of
from governance.appointments.checks.putting import (
    LATE,
    TEN_WORKING_DAYS,
    Law,
    Put,
    answer_to,
    closed,
    law_for,
    put,
    who_holds,
)
from governance.appointments.checks.reviewing import ADVERSE, clear
from governance.appointments.checks.rules import Reopening, Vetted
from governance.appointments.checks.words import ASK_REVIEW, REVIEW
from governance.appointments.lifecycle import (
    CandidacyLifecycle,
    CaseLifecycle,
    CheckLifecycle,
    RulingLifecycle,
)
from governance.appointments.models import Candidacy, Case, Ruling
from governance.lifecycle import fire
from governance.people.models import Person
from governance.refusals import Reason, refuse


@dataclass(frozen=True)
class ReviewRequest:
    """A refused candidate's request, as it reached an officer in writing."""

    candidacy_id: str
    text: str


def offer_review(moment: Moment, case: Case, candidacy: Candidacy, ruling: Ruling) -> None:
    """Tell the candidate of the refusal, with the question whether they ask for a review."""
    law = law_for(moment.session, case)
    reason = law.stage.reason(ruling.reason)
    named = reason.title.root if reason else {"en": ruling.reason.replace("_", " ")}
    named_by = law.stage.reconsideration
    asked = Put(
        step=_offered(ruling),
        about=candidacy,
        question=ASK_REVIEW,
        answers=("accept", "ask_review"),
        needs_text=("ask_review",),
        to=moment.session.get_one(Person, candidacy.person_id),
        capacity="heard",
        within=named_by.request_within if named_by else TEN_WORKING_DAYS,
        level="link",
        on_late="fail",
        template="refusal",
        texts=(("reason", {str(key): words for key, words in named.items()}),),
    )
    put(moment, case, law, asked)


def request_review_body(moment: Moment, case: Case | None, given: ReviewRequest) -> Written[Case]:
    """Take in a request that came on paper or by mail."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    fire(CaseLifecycle, case.state, "go_on")
    candidacy = candidacy_of(moment, case, given.candidacy_id)
    ruling = _refusal_of(moment, candidacy)
    if not given.text.strip():
        raise refuse(
            "a review is not asked for without a reason",
            rule="reasons_are_given",
            cure="Write what the candidate asks for.",
            where="text",
            reason=Reason.INPUT,
        )
    sealed = moment.seal(f"candidacy:{candidacy.id}", given.text)
    asked = _request(moment, case, candidacy, ruling, sealed["sealed"])
    return Written(
        {"candidacy": candidacy.id, "consultation": asked, "ruling": ruling.id, "text": sealed},
        case,
    )


REQUEST_REVIEW: Verb[Case, ReviewRequest] = Verb(
    "case:request_review", Case, "case", hr_officer, request_review_body
)


def take_in_request(moment: Moment, case: Case, ruling: Ruling) -> bool:
    """The candidate asked for a review from the link: put it to the reviewer."""
    offered = closed(moment.session, case.id, _offered(ruling))
    if offered is None or offered.outcome is None or offered.outcome["result"] != "ask_review":
        return False
    answer = answer_to(moment.session, offered)
    candidacy = moment.session.get_one(Candidacy, ruling.candidacy_id)
    moment.cites.append(offered.closing_entry)
    _request(moment, case, candidacy, ruling, answer.text if answer else "")
    return True


def take_in_review(moment: Moment, case: Case, ruling: Ruling) -> str | None:
    """What the reviewer decided takes effect; None while there is no answer."""
    asked = closed(moment.session, case.id, _reviewed(ruling))
    if asked is None or asked.outcome is None or asked.outcome["result"] == LATE:
        return None
    answer = answer_to(moment.session, asked)
    assert answer is not None  # noqa: S101 -- a question of one person closes by their answer
    moment.cites.append(asked.closing_entry)
    event = str(asked.outcome["result"])
    ruling.state = fire(RulingLifecycle, ruling.state, event)
    ruling.reconsidered_by, ruling.reconsidered_at = answer.by_id, moment.now
    candidacy = moment.session.get_one(Candidacy, ruling.candidacy_id)
    if event == "overturn" and candidacy.state == "refused":
        _overturn(moment, case, candidacy, ruling)
    return ruling.state


def _overturn(moment: Moment, case: Case, candidacy: Candidacy, ruling: Ruling) -> None:
    facts = Reopening(
        decided_by=ruling.reconsidered_by or "",
        signatories=(ruling.proposed_by, ruling.signed_by or ""),
    )
    candidacy.state = fire(CandidacyLifecycle, candidacy.state, "reconsider", facts)
    checks = checks_of(moment.session, candidacy.id)
    for check in checks:
        if check.state in ADVERSE:
            check.state = fire(CheckLifecycle, check.state, "clear_up")
    states = tuple(each.state for each in checks)
    if set(states) <= {"satisfactory", "waived"}:
        clear(case, candidacy, Vetted(states, conditions=any(each.condition for each in checks)))


def _request(moment: Moment, case: Case, candidacy: Candidacy, ruling: Ruling, sealed: str) -> str:
    law = law_for(moment.session, case)
    ruling.state = fire(RulingLifecycle, ruling.state, "request")
    ruling.request, ruling.requested_at = sealed, moment.now
    return put(moment, case, law, _to_the_reviewer(moment, law, candidacy, ruling)).id


def _to_the_reviewer(moment: Moment, law: Law, candidacy: Candidacy, ruling: Ruling) -> Put:
    named = law.stage.reconsideration
    office = named.by if named else law.procedure.office_of("decider")
    reviewer = who_holds(moment, office)
    signed = (ruling.proposed_by, ruling.signed_by or "", candidacy.person_id)
    if reviewer.id in signed:
        raise refuse(
            "whoever signed the refusal cannot reconsider it",
            rule="somebody_else_reconsiders",
            article=law.article,
            cure="Let another office review it.",
            reason=Reason.AUTHORITY,
        )
    return Put(
        step=_reviewed(ruling),
        about=candidacy,
        question=REVIEW,
        answers=("uphold", "overturn"),
        needs_text=("overturn",),
        to=reviewer,
        capacity=str(office).removeprefix("office."),
        within=named.within if named else TEN_WORKING_DAYS,
        barred=tuple(each for each in signed if each),
        texts=(("reason", ruling.text), ("request", ruling.request)),
    )


def _offered(ruling: Ruling) -> str:
    return f"ask_review:{ruling.id}"


def _reviewed(ruling: Ruling) -> str:
    return f"review:{ruling.id}"


def _refusal_of(moment: Moment, candidacy: Candidacy) -> Ruling:
    query = select(Ruling).where(
        col(Ruling.candidacy_id) == candidacy.id,
        col(Ruling.outcome) == "refuse",
        col(Ruling.state) == "signed",
    )
    found = moment.session.exec(query.order_by(col(Ruling.number).desc())).first()
    if found is None or candidacy.state != "refused":
        raise refuse(
            "there is no refusal of this candidate that could be reviewed",
            rule="refusal_is_there",
            cure="A refusal is reviewed once, after two people have signed it.",
            reason=Reason.TURN,
        )
    return found
