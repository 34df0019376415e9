"""The rulebook's own exception: the only way past a check that is not closed. Always reported."""

from __future__ import annotations

from dataclasses import dataclass

from governance.acts import Moment, Verb, Written
from governance.appointments.authority import hr_officer
from governance.appointments.candidates import candidacy_of
from governance.appointments.checks.gate import checks_of, exceptions_of
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
from governance.appointments.checks.reviewing import ADVERSE, review
from governance.appointments.checks.rules import GOOD
from governance.appointments.checks.words import EXCEPTION, filled
from governance.appointments.lifecycle import CaseLifecycle
from governance.appointments.models import Candidacy, Case, GateException
from governance.database import new_id
from governance.lifecycle import fire
from governance.record.outbox import Notice
from governance.refusals import Finding, Reason, Refused, Sentence, Verdict, refuse, say
from governance.rulebook import vetting
from governance.rulebook.parts import listed


@dataclass(frozen=True)
class ExceptionAsked:
    """For whom, which open checks, and why the letter cannot wait for them."""

    candidacy_id: str
    kinds: tuple[str, ...]
    text: str


def ask_exception_body(moment: Moment, case: Case | None, given: ExceptionAsked) -> Written[Case]:
    """Ask the office that the rulebook names; nothing passes before it has granted."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    fire(CaseLifecycle, case.state, "go_on")
    candidacy = candidacy_of(moment, case, given.candidacy_id)
    law = law_for(moment.session, case)
    rule = _the_rule(law)
    _may_be_asked(moment, candidacy, given, rule)
    file = f"candidacy:{candidacy.id}"
    sealed = moment.seal(file, given.text)
    asked = GateException(
        id=new_id(),
        candidacy_id=candidacy.id,
        case_id=case.id,
        number=len(exceptions_of(moment.session, case.id, candidacy)) + 1,
        kinds=list(given.kinds),
        article=str(rule.article),
        text=sealed["sealed"],
        asked_by=str(moment.actor.person_id),
        asked_at=moment.now,
    )
    moment.session.add(asked)
    consultation = put(moment, case, law, _question(moment, law, rule, candidacy, asked))
    return Written(
        {
            "candidacy": candidacy.id,
            "consultation": consultation.id,
            "exception": asked.id,
            "kinds": asked.kinds,
            "text": sealed,
        },
        case,
    )


ASK_EXCEPTION: Verb[Case, ExceptionAsked] = Verb(
    "case:ask_exception", Case, "case", hr_officer, ask_exception_body
)


def take_in(moment: Moment, case: Case, asked: GateException) -> bool | None:
    """Granted or refused; a grant is reported at once. None while there is no answer."""
    consultation = closed(moment.session, case.id, step(asked))
    if consultation is None or consultation.outcome is None:
        return None
    if consultation.outcome["result"] == LATE:
        return None
    answer = answer_to(moment.session, consultation)
    assert answer is not None  # noqa: S101 -- a question of one person closes by their answer
    moment.cites.append(consultation.closing_entry)
    asked.granted = consultation.outcome["result"] == "grant"
    asked.decided_by, asked.decided_at = answer.by_id, moment.now
    moment.session.flush()
    if asked.granted:
        _report(moment, case, asked)
        review(moment, case, moment.session.get_one(Candidacy, asked.candidacy_id))
    return asked.granted


def step(asked: GateException) -> str:
    """The name of the question to whoever may grant it."""
    return f"exception:{asked.id}"


def _the_rule(law: Law) -> vetting.GateException:
    rule = law.stage.exception
    if rule is None:
        raise refuse(
            "the rulebook has no exception: no letter leaves before every check is closed",
            rule="checks_closed",
            article=law.article,
            cure="Close the vetting first.",
            reason=Reason.RULE,
        )
    return rule


def _may_be_asked(
    moment: Moment, candidacy: Candidacy, given: ExceptionAsked, rule: vetting.GateException
) -> None:
    checks = checks_of(moment.session, candidacy.id)
    open_ = {each.kind for each in checks if each.state not in {*GOOD, *ADVERSE}}
    faults = []
    for kind in given.kinds or ("",):
        if kind not in rule.kinds:
            because = say('no exception speaks of the check "{kind}"', kind=kind)
            faults.append(_not_for(because, rule))
        elif kind not in open_:
            because = say('this candidate has no open check "{kind}"', kind=kind)
            faults.append(_not_for(because, rule))
    if not given.text.strip():
        because = say("an exception is not asked for without a reason")
        cure = say("Write why the letter cannot wait.")
        article = str(rule.article)
        faults.append(Finding("reasons_are_given", article, Verdict.FAIL, because, cure, "text"))
    if faults:
        raise Refused(faults, Reason.INPUT)


def _not_for(because: Sentence, rule: vetting.GateException) -> Finding:
    cure = say("It may speak of: {kinds}.", kinds=", ".join(rule.kinds))
    name = "exception_is_in_the_rulebook"
    return Finding(name, str(rule.article), Verdict.FAIL, because, cure, "kinds")


def _question(
    moment: Moment,
    law: Law,
    rule: vetting.GateException,
    candidacy: Candidacy,
    asked: GateException,
) -> Put:
    checks = [law.stage.check(kind) for kind in asked.kinds]
    named = listed([check.title for check in checks if check is not None])
    return Put(
        step=step(asked),
        about=candidacy,
        question=filled(EXCEPTION, checks=named),
        answers=("grant", "refuse_exception"),
        needs_text=("grant",),
        to=who_holds(moment, rule.by),
        capacity=rule.by.removeprefix("office."),
        within=rule.within,
        barred=(asked.asked_by, candidacy.person_id),
        texts=(("reason", asked.text),),
    )


def _report(moment: Moment, case: Case, asked: GateException) -> None:
    law = law_for(moment.session, case)
    rule = law.stage.exception
    if rule is None or rule.report_to is None:
        return
    reader = who_holds(moment, rule.report_to)
    moment.tell(
        ("case", case.id),
        Notice(
            key=f"exception:{asked.id}",
            person_id=reader.id,
            template="exception",
            facts={"reference": case.reference, "case": case.reference},
        ),
    )
