"""What two people make of an adverse finding: one proposes with a reason code, another signs."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from governance.acts import Moment, Verb, Written
from governance.appointments.authority import hr_officer
from governance.appointments.candidates import candidacy_of
from governance.appointments.checks import rules
from governance.appointments.checks.gate import checks_of
from governance.appointments.checks.putting import (
    LATE,
    Law,
    Put,
    answer_to,
    closed,
    law_for,
    put,
    who_holds,
)
from governance.appointments.checks.reconsidering import offer_review
from governance.appointments.checks.reviewing import ADVERSE, clear, refuse_candidacy
from governance.appointments.checks.words import RULING
from governance.appointments.lifecycle import CaseLifecycle, CheckLifecycle, RulingLifecycle
from governance.appointments.models import Candidacy, Case, Check, Ruling
from governance.database import new_id
from governance.lifecycle import fire
from governance.refusals import Finding, Reason, Refused, Sentence, Verdict, refuse, say

OUTCOMES = ("refuse", "clear", "clear_with_conditions")


@dataclass(frozen=True)
class Proposal:
    """What an officer proposes: the outcome, its reason code, why, and conditions if there are."""

    candidacy_id: str
    outcome: str
    reason: str
    text: str
    conditions: str = ""


def propose_body(moment: Moment, case: Case | None, given: Proposal) -> Written[Case]:
    """Keep the proposal, and ask the second signatory."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    fire(CaseLifecycle, case.state, "go_on")
    candidacy = candidacy_of(moment, case, given.candidacy_id)
    law = law_for(moment.session, case)
    checks = checks_of(moment.session, candidacy.id)
    _may_be_ruled(moment, candidacy, checks)
    _is_complete(given, law, checks)
    file = f"candidacy:{candidacy.id}"
    ruling = Ruling(
        id=new_id(),
        candidacy_id=candidacy.id,
        case_id=case.id,
        number=len(rulings_of(moment.session, candidacy.id)) + 1,
        outcome=given.outcome,
        reason=given.reason,
        proposed_by=str(moment.actor.person_id),
        proposed_at=moment.now,
    )
    sealed = moment.seal(file, given.text)
    ruling.text = sealed["sealed"]
    if given.conditions:
        ruling.conditions = moment.seal(file, given.conditions)["sealed"]
    moment.session.add(ruling)
    asked = _ask_second_signatory(moment, case, law, candidacy, ruling, checks)
    return Written(
        {
            "candidacy": candidacy.id,
            "consultation": asked,
            "outcome": given.outcome,
            "reason": given.reason,
            "ruling": ruling.id,
            "text": sealed,
        },
        case,
    )


PROPOSE_RULING: Verb[Case, Proposal] = Verb(
    "case:propose_ruling", Case, "case", hr_officer, propose_body
)


def step(ruling: Ruling) -> str:
    """The name of the question to the second signatory."""
    return f"ruling:{ruling.id}"


def take_in(moment: Moment, case: Case, ruling: Ruling) -> str | None:
    """What the second signatory answered takes effect; None while there is no answer."""
    asked = closed(moment.session, case.id, step(ruling))
    if asked is None or asked.outcome is None or asked.outcome["result"] == LATE:
        return None
    moment.cites.append(asked.closing_entry)
    if asked.outcome["result"] != "sign":
        ruling.state = fire(RulingLifecycle, ruling.state, "send_back")
        return ruling.state
    answer = answer_to(moment.session, asked)
    assert answer is not None  # noqa: S101 -- a question of one person closes by their answer
    ruling.state = fire(RulingLifecycle, ruling.state, "sign")
    ruling.signed_by, ruling.signed_at = answer.by_id, moment.now
    _take_effect(moment, case, ruling)
    return ruling.outcome


def _take_effect(moment: Moment, case: Case, ruling: Ruling) -> None:
    candidacy = moment.session.get_one(Candidacy, ruling.candidacy_id)
    if candidacy.state != "review":
        return  # the candidate withdrew between the answer and now
    checks = checks_of(moment.session, candidacy.id)
    bad = [each for each in checks if each.state in ADVERSE]
    if ruling.outcome == "refuse":
        states = tuple(each.state for each in checks)
        refuse_candidacy(candidacy, states, facts_of(ruling, bad))
        for check in bad:
            if check.state == "disputed":
                check.state = fire(CheckLifecycle, check.state, "uphold")
        offer_review(moment, case, candidacy, ruling)
        return
    for check in bad:
        check.state = fire(CheckLifecycle, check.state, "clear_up")
    candidacy.conditions = ruling.conditions
    vetted = rules.Vetted(
        tuple(each.state for each in checks),
        facts_of(ruling, bad),
        conditions=bool(ruling.conditions) or any(each.condition for each in checks),
    )
    clear(case, candidacy, vetted)


def facts_of(ruling: Ruling, bad: list[Check]) -> rules.Ruling:
    """The ruling as the rules look at it."""
    return rules.Ruling(
        outcome=ruling.outcome,
        reason=ruling.reason,
        proposed_by=ruling.proposed_by,
        signed_by=ruling.signed_by or "",
        heard=all(each.heard_at is not None for each in bad),
    )


def rulings_of(session: Session, candidacy_id: str) -> list[Ruling]:
    """The rulings on one candidacy, in their order."""
    query = select(Ruling).where(col(Ruling.candidacy_id) == candidacy_id)
    return list(session.exec(query.order_by(col(Ruling.number))))


def _ask_second_signatory(  # noqa: PLR0913, PLR0917 -- the parts of one proposal
    moment: Moment, case: Case, law: Law, candidacy: Candidacy, ruling: Ruling, checks: list[Check]
) -> str:
    signatory = who_holds(moment, law.second_signatory)
    if signatory.id in {ruling.proposed_by, candidacy.person_id}:
        raise refuse(
            "whoever holds the second signature proposes the ruling, or is the candidate",
            rule="two_people_have_signed",
            article=law.article,
            cure="Let another HR officer propose it.",
            reason=Reason.AUTHORITY,
        )
    reason = law.stage.reason(ruling.reason)
    named = dict(reason.title.root) if reason else {"en": ruling.reason.replace("_", " ")}
    bad = [each for each in checks if each.state in ADVERSE]
    asked = Put(
        step=step(ruling),
        about=candidacy,
        question=RULING[ruling.outcome],
        answers=("sign", "send_back"),
        needs_text=("send_back",),
        to=signatory,
        capacity=str(law.second_signatory).removeprefix("office."),
        within=law.time_to_sign,
        barred=(ruling.proposed_by, candidacy.person_id),
        texts=(
            *((name, text) for each in bad for name, text in _told_of(law, each)),
            ("reason", {str(key): words for key, words in named.items()}),
            ("reason", ruling.text),
            ("conditions", ruling.conditions),
        ),
    )
    return put(moment, case, law, asked).id


def _told_of(law: Law, check: Check) -> list[tuple[str, str | dict[str, str]]]:
    known = law.stage.check(check.kind)
    title = {str(key): words for key, words in known.title.root.items()} if known else {}
    return [("check", title), ("finding", check.told or check.note), ("comment", check.comment)]


def _may_be_ruled(moment: Moment, candidacy: Candidacy, checks: list[Check]) -> None:
    """Every reason why this is not the moment for a ruling."""
    bad = [each for each in checks if each.state in ADVERSE]
    states = {each.state for each in rulings_of(moment.session, candidacy.id)}
    faults = []
    if candidacy.state != "review":
        faults.append(_not_now(say("the checks of this candidate are not under review")))
    elif not bad:
        faults.append(_not_now(say("no finding of this candidate is adverse")))
    if "proposed" in states:
        faults.append(_not_now(say("a ruling waits for its second signature already")))
    unheard = sum(each.heard_at is None for each in bad)
    if bad and unheard:
        because = say("the candidate can still comment on {n} findings", n=unheard)
        cure = say("Wait for the comment, or for the end of the period.")
        faults.append(Finding("the_candidate_was_heard", rules.OWN, Verdict.FAIL, because, cure))
    if faults:
        raise Refused(faults, Reason.TURN)


def _not_now(because: Sentence) -> Finding:
    cure = say("Open the candidate's file: it says what the vetting waits for.")
    return Finding("turn_of_the_ruling", rules.OWN, Verdict.FAIL, because, cure)


def _is_complete(given: Proposal, law: Law, checks: list[Check]) -> None:
    """A ruling says what, on which ground and why; every fault is told at once."""
    codes = [each.key for each in law.stage.reasons] or sorted(
        {each.kind for each in checks if each.state in ADVERSE}
    )
    faults = []
    if given.outcome not in OUTCOMES:
        faults.append(_choose("outcome", given.outcome, OUTCOMES))
    if given.reason not in codes:
        faults.append(_choose("reason", given.reason, codes))
    if not given.text.strip():
        faults.append(_missing("text", say("a ruling is not proposed without its reasons")))
    if given.outcome == "clear_with_conditions" and not given.conditions.strip():
        faults.append(_missing("conditions", say("the conditions are not said")))
    if faults:
        raise Refused(faults, Reason.INPUT)


def _choose(where: str, given: str, known: list[str] | tuple[str, ...]) -> Finding:
    because = say('"{value}" is no {what} of a ruling', value=given[:40], what=where)
    cure = say("Write one of: {choices}.", choices=", ".join(known))
    return Finding("ruling_is_complete", rules.OWN, Verdict.FAIL, because, cure, where)


def _missing(where: str, because: Sentence) -> Finding:
    return Finding(
        "ruling_is_complete", rules.OWN, Verdict.FAIL, because, say("Write them."), where
    )
