"""Launch a case on a procedure, confirm what it needs, withdraw it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, select

from governance.acts import Moment, Verb, Written
from governance.appointments.authority import hr_officer, the_clock
from governance.appointments.law import current_law, law_of
from governance.appointments.lifecycle import CaseLifecycle
from governance.appointments.models import Case
from governance.appointments.rules import (
    Launching,
    every_office_asked_has_a_holder,
    launcher_does_not_decide,
    post_is_not_being_filled,
    procedure_is_the_posts,
    somebody_is_there_to_decide,
    wanted_date_is_ahead,
)
from governance.appointments.seeking import keep_case
from governance.appointments.service import offers
from governance.consultation.standing.queries import stand_in, undecided
from governance.consultation.withdrawing import withdraw_open
from governance.database import new_id
from governance.lifecycle import fire
from governance.people.queries import holder, offices_of
from governance.record import deadlines, outbox
from governance.record.models import Series
from governance.refusals import Finding, Reason, Refused, Requirements, refuse
from governance.rulebook.schema import Post, Procedure, Rulebook
from governance.rulebook.stages import Checks, Collect, Consult, Prepare, Stage

LAUNCH_RULES = Requirements(
    (
        procedure_is_the_posts,
        post_is_not_being_filled,
        every_office_asked_has_a_holder,
        somebody_is_there_to_decide,
        launcher_does_not_decide,
        wanted_date_is_ahead,
    )
)


@dataclass(frozen=True)
class Launch:
    """What a launch takes: the procedure, the post, what is confirmed already, the wanted day."""

    procedure: str
    post: str
    wanted_on: date | None = None
    confirmed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Need:
    """Something that the stage needs, confirmed with a word on where it stands."""

    need: str
    note: str = ""


@dataclass(frozen=True)
class Why:
    """The reason of an act that needs one."""

    reason: str


@dataclass(frozen=True)
class Asked:
    """A launch that another domain asks for: by whom, for what, and by which entry of the record.

    The procedure is the one of the post.
    """

    post: str
    asked_by: str
    wanted_for: str
    wanted_on: date | None = None
    confirmed: dict[str, str] = field(default_factory=dict)
    entry: str = ""


def launch_body(moment: Moment, _: Case | None, given: Launch) -> Written[Case]:
    """Check the law, give the case its number, begin its first stage."""
    return _launched(moment, given, str(moment.actor.person_id), {})


def launch_for_body(moment: Moment, _: Case | None, given: Asked) -> Written[Case]:
    """Launch what was asked for elsewhere; whoever asked is the one who launched it."""
    rulebook = current_law(moment.session)[1]
    post = rulebook.post(given.post)
    if post is None:
        raise _unknown("post", given.post, [each.key for each in rulebook.posts])
    if given.entry:
        moment.cites.append(given.entry)
    launch = Launch(post.procedure, post.key, given.wanted_on, dict(given.confirmed))
    facts = {"asked_by": given.asked_by, "wanted_for": given.wanted_for}
    return _launched(moment, launch, given.asked_by, facts)


def _launched(moment: Moment, given: Launch, launcher: str, more: dict[str, Any]) -> Written[Case]:
    version, rulebook = current_law(moment.session)
    series = _locked_series(moment)
    post, procedure = _post_and_procedure(rulebook, given)
    LAUNCH_RULES.must_hold(_facts(moment, procedure, post, given, launcher))
    case = Case(
        id=new_id(),
        reference=_next_reference(moment, rulebook, series),
        procedure=procedure.key,
        post=post.key,
        law=version,
        stage=procedure.first.key,
        stage_since=moment.now,
        rounds={procedure.first.key: 1},
        needs=_needs(moment, procedure, given),
        wanted_on=given.wanted_on,
        launched_by=launcher,
        launched_at=moment.now,
    )
    moment.session.add(case)
    keep_case(moment.session, case, post)
    moment.owe("case", case.id)
    facts: dict[str, Any] = {
        "law": version,
        "needs": sorted(case.needs),
        "post": post.key,
        "procedure": procedure.key,
        "reference": case.reference,
        **more,
    }
    return Written(facts, case)


def launch_findings(moment: Moment, given: Launch) -> list[Finding]:
    """What every rule would say of a launch now. Raises Refused for a name that is not known."""
    _, rulebook = current_law(moment.session)
    post, procedure = _post_and_procedure(rulebook, given)
    launcher = str(moment.actor.person_id)
    return LAUNCH_RULES.findings(_facts(moment, procedure, post, given, launcher))


def confirm_need_body(moment: Moment, case: Case | None, given: Need) -> Written[Case]:
    """One more thing that the stage needs is there."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    fire(CaseLifecycle, case.state, "go_on")
    stage = _procedure_of(moment.session, case).stage(case.stage)
    needs = stage.needs if isinstance(stage, Prepare) else ()
    if given.need not in needs:
        raise refuse(
            '"{need}" is not needed at this stage',
            rule="need_is_the_stages",
            cure="Needed here: {needs}.",
            reason=Reason.TURN,
            need=given.need,
            needs=", ".join(needs) or "nothing",
        )
    case.needs = {**case.needs, given.need: _confirmed(moment, given.note)}
    moment.owe("case", case.id)
    return Written({"need": given.need}, case)


def withdraw_body(moment: Moment, case: Case | None, given: Why) -> Written[Case]:
    """The case ends here; what is asked is withdrawn, what has not left stays."""
    assert case is not None  # noqa: S101 -- the door locks the subject first
    if not given.reason.strip():
        raise refuse(
            "a case is not withdrawn without a reason",
            rule="reasons_are_given",
            cure="Write the reason.",
            where="reason",
            reason=Reason.INPUT,
        )
    case.state = fire(CaseLifecycle, case.state, "withdraw")
    case.ended_at = moment.now
    subject = ("case", case.id)
    deadlines.close(moment.session, subject)
    outbox.cancel(moment.session, subject, "the case was withdrawn")
    withdrawn = withdraw_open(moment, subject)
    offers.withdrawn(moment, case)
    moment.owe("case", case.id)  # for whoever asked for it from outside
    return Written(
        {"consultations": withdrawn, "reason": moment.seal(f"case:{case.id}", given.reason)}, case
    )


LAUNCH: Verb[Case, Launch] = Verb("case:launch", Case, "case", hr_officer, launch_body)
LAUNCH_FOR: Verb[Case, Asked] = Verb("case:launch", Case, "case", the_clock, launch_for_body)
CONFIRM_NEED: Verb[Case, Need] = Verb(
    "case:confirm_need", Case, "case", hr_officer, confirm_need_body
)
WITHDRAW: Verb[Case, Why] = Verb("case:withdraw", Case, "case", hr_officer, withdraw_body)


def _post_and_procedure(rulebook: Rulebook, given: Launch) -> tuple[Post, Procedure]:
    post, procedure = rulebook.post(given.post), rulebook.procedure(given.procedure)
    faults: list[Refused] = []
    if post is None:
        faults.append(_unknown("post", given.post, [each.key for each in rulebook.posts]))
    if procedure is None:
        known = [each.key for each in rulebook.procedures]
        faults.append(_unknown("procedure", given.procedure, known))
    if post is None or procedure is None:
        findings = [finding for fault in faults for finding in fault.findings]
        raise Refused(findings, Reason.INPUT)
    return post, procedure


def _unknown(thing: str, name: str, known: list[str]) -> Refused:
    return refuse(
        'the rulebook has no {thing} "{name}"',
        rule=f"known_{thing}",
        cure="It has: {known}.",
        where=thing,
        reason=Reason.INPUT,
        thing=thing,
        name=name,
        known=", ".join(known),
    )


def _facts(
    moment: Moment, procedure: Procedure, post: Post, given: Launch, launcher: str
) -> Launching:
    return Launching(
        procedure_of_post=_may_fill(procedure, post),
        procedure=procedure.key,
        running_reference=_running(moment, procedure, post),
        vacant_offices=tuple(
            office
            for office in _offices_asked(procedure)
            if holder(moment.session, office, moment.now) is None
            and stand_in(moment.session, office, moment.now) is None
        ),
        undecided_offices=tuple(undecided(moment.session, _offices_asked(procedure), moment.now)),
        wanted_on=given.wanted_on,
        today=moment.now.date(),
        barred_offices=_kept_apart_from_the_launcher(moment, procedure, launcher),
    )


def _may_fill(procedure: Procedure, post: Post) -> str:
    """The procedure of the post; an emergency's own, where it may stand in for that one."""
    stands_in = procedure.expedited is not None and post.procedure in procedure.expedited.instead_of
    return procedure.key if stands_in else post.procedure


def _running(moment: Moment, procedure: Procedure, post: Post) -> str | None:
    """The case that fills this post already; an interim and a competition may run side by side."""
    _, rulebook = current_law(moment.session)
    alike = [
        each.key
        for each in rulebook.procedures
        if (each.expedited is None) == (procedure.expedited is None)
    ]
    query = select(Case.reference).where(
        col(Case.post) == post.key,
        col(Case.state).in_(("running", "paused")),
        col(Case.procedure).in_(alike),
    )
    return moment.session.exec(query).first()


def _kept_apart_from_the_launcher(
    moment: Moment, procedure: Procedure, launcher: str
) -> tuple[str, ...]:
    roles = {
        role for pair in procedure.never_same_person if "launcher" in pair for role in pair
    } - {"launcher"}
    offices = {str(procedure.office_of(role) or "").removeprefix("office.") for role in roles}
    held = offices_of(moment.session, launcher, moment.now)
    barred = {launcher}
    return tuple(
        sorted(
            office
            for office in offices & held
            if stand_in(moment.session, office, moment.now, barred) is None
        )
    )


def _offices_asked(procedure: Procedure) -> list[str]:
    asked = (
        procedure.office_of(name)
        for stage in procedure.stages
        if isinstance(stage, Consult)
        for name in (*stage.ask, *stage.tellers)
    )
    beside = (office for stage in procedure.stages for office in _asked_beside(stage))
    return sorted({office.removeprefix("office.") for office in (*asked, *beside) if office})


def _asked_beside(stage: Stage) -> tuple[str, ...]:
    """The offices that a stage other than a question asks on its way."""
    if isinstance(stage, Collect):
        return (stage.approval.by,) if stage.approval else ()
    if isinstance(stage, Checks):
        named = (stage.second_signature, stage.reconsideration, stage.exception)
        return tuple(each.by for each in named if each is not None)
    return ()


def _needs(moment: Moment, procedure: Procedure, given: Launch) -> dict[str, Any]:
    wanted = {
        need for stage in procedure.stages if isinstance(stage, Prepare) for need in stage.needs
    }
    return {
        need: _confirmed(moment, note) for need, note in given.confirmed.items() if need in wanted
    }


def _confirmed(moment: Moment, note: str) -> dict[str, Any]:
    return {"at": moment.now.isoformat(), "by": moment.actor.person_id, "note": note[:500]}


def _locked_series(moment: Moment) -> Series:
    """This year's numbers, locked: of two launches of one post, the second sees the first."""
    key = f"case:{moment.now.year}"
    first = text("INSERT INTO series (key, last) VALUES (:key, 0) ON CONFLICT DO NOTHING")
    moment.session.connection().execute(first, {"key": key})
    return moment.session.get_one(Series, key, with_for_update=True)


def _next_reference(moment: Moment, rulebook: Rulebook, series: Series) -> str:
    series.last += 1
    return rulebook.organisation.reference_of(moment.now.year, series.last)


def _procedure_of(session: Session, case: Case) -> Procedure:
    found = law_of(session, case.law).procedure(case.procedure)
    assert found is not None  # noqa: S101 -- the law of a case is pinned with its procedure
    return found
