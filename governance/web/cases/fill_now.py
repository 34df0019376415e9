"""Where a case stands in one line: what is going on, whom it waits for, the one next act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from governance.appointments.assessment.standing import assessment_of
from governance.appointments.queries import CaseFile
from governance.appointments.service.pausing import newest_pause
from governance.consultation.models import SCORES
from governance.refusals import say
from governance.rulebook.stages import Consult, Prepare, Weigh
from governance.web.cases import marks
from governance.web.cases.fill_asked import capacity_words, is_of_the_stage
from governance.web.cases.reading import Reading
from governance.web.views import Act, Words
from governance.web.words import sentence

HR = say("An HR officer")
NOBODY = say("Nobody: it goes on by itself within seconds.")


@dataclass(frozen=True)
class Now:
    """What is going on, who acts, and the act that a page offers to an HR officer."""

    what: Words
    who: Words = ""
    act: Act | None = None


def now_of(file: CaseFile, reading: Reading) -> Now:
    """What a case waits for."""
    if file.case.state == "paused":
        return _paused(file, reading)
    if file.case.state != "running":
        return _ended(file, reading)
    return _BY_VERB[file.procedure.stage(file.case.stage).verb](file, reading)


def open_needs(file: CaseFile) -> list[str]:
    """What the stage needs and nobody has confirmed."""
    stage = file.procedure.stage(file.case.stage)
    needs = stage.needs if isinstance(stage, Prepare) else ()
    return [need for need in needs if need not in file.case.needs]


def justification_is_wanted(file: CaseFile) -> bool:
    """Whether the balance speaks against the shortlist and nobody has justified it."""
    stage, case = file.procedure.stage(file.case.stage), file.case
    if not isinstance(stage, Weigh) or stage.adverse != "needs_written_justification":
        return False
    key = f"{stage.key}:{case.rounds.get(stage.key, 1)}"
    found = (each for kept in case.verdicts.get(key, {}).values() for each in kept)
    adverse = any(each["outcome"] in {"fail", "undetermined"} for each in found)
    return adverse and key not in case.justified


def _act(verb: Words) -> Act:
    return Act(verb, "#work")


def _prepare(file: CaseFile, _: Reading) -> Now:
    missing = len(open_needs(file))
    if not missing:
        return Now(say("Everything that the call needs is confirmed"), NOBODY)
    return Now(
        say("The call waits for confirmations: {missing}", missing=missing),
        HR,
        _act(say("Confirm what is there")),
    )


def _collect(file: CaseFile, _: Reading) -> Now:
    came = len(file.candidates)
    who = say(
        "Candidates apply, are nominated or imported until the call closes. So far: {came}.",
        came=came,
    )
    import_act = Act(say("Import candidates"), f"/appointments/{file.case.reference}/import")
    return Now(say("The call is open"), who, import_act)


def _sift(file: CaseFile, _: Reading) -> Now:
    waiting = [each for each in file.candidates if each.candidacy.state == "nominated"]
    if not waiting or any(not each.candidacy.findings for each in waiting):
        return Now(say("Eligibility is being examined"), NOBODY)
    return Now(
        say("Eligibility was examined and waits to be confirmed"),
        HR,
        _act(say("Confirm eligibility")),
    )


def _check(file: CaseFile, _: Reading) -> Now:
    states = [c.state for each in file.candidates for c in each.checks]
    if not states:
        return Now(say("Checks are being ordered"), NOBODY)
    done = sum(state in marks.CLOSED for state in states)
    what = say("Checks are under way: {done} of {all} closed", done=done, all=len(states))
    return Now(what, HR, _act(say("Record checks")))


def _consult(file: CaseFile, reading: Reading) -> Now:
    stage = file.procedure.stage(file.case.stage)
    if isinstance(stage, Consult) and stage.form == SCORES and (now := _panel(file, reading)):
        return now
    question = reading.text(stage.question) if isinstance(stage, Consult) else ""
    waited = [
        f"{each.person.name} ({_capacity(each.invitation.capacity, file, reading)})"
        for put in file.consultations
        if put.consultation.state == "open" and is_of_the_stage(put, file)
        for each in put.asked
        if not each.has_spoken
    ]
    return Now(question, say("Asked: {names}", names=reading.listed(waited)) if waited else NOBODY)


def _panel(file: CaseFile, reading: Reading) -> Now | None:
    """What an officer does for the panel, before it scores and after; None while it scores."""
    found = assessment_of(reading.session, file.case.id)
    state = found.state if found is not None else "not begun"
    href = f"/appointments/{file.case.reference}/panel"
    if state in {"not begun", "fixed"}:
        what = say("The panel is to be named and composed")
        return Now(what, HR, Act(say("Name the panel"), href))
    if state == "ranked":
        what = say("The panel has scored; the shortlist is to be recommended")
        return Now(what, HR, Act(say("See the ranking"), href))
    return None


def _capacity(capacity: str, file: CaseFile, reading: Reading) -> str:
    return sentence(capacity_words(capacity, file, reading), reading.language)


def _weigh(file: CaseFile, _: Reading) -> Now:
    if justification_is_wanted(file):
        return Now(
            say("The balance speaks against the shortlist"),
            HR,
            _act(say("Justify the shortlist")),
        )
    return Now(say("The balance is being weighed"), NOBODY)


def _issue(_: CaseFile, __: Reading) -> Now:
    return Now(say("The letter is being written"), NOBODY)


def _plan(file: CaseFile, _: Reading) -> Now:
    done = sum(each.done_at is not None for each in file.tasks)
    what = say("Before entry on duty: {done} of {all} tasks done", done=done, all=len(file.tasks))
    return Now(what, HR, _act(say("See the tasks")))


def _finish(_: CaseFile, __: Reading) -> Now:
    return Now(say("The case is being ended"), NOBODY)


def _paused(file: CaseFile, reading: Reading) -> Now:
    found = newest_pause(reading.session, file.case.id)
    if found is None:
        return Now(say("The case stands still"), HR)
    since = say("The case stands still since {day}", day=reading.day_of(found.paused_at))
    why = say("Reason: {reason}", reason=reading.plain(found.reason))
    href = f"/appointments/{file.case.reference}/resume"
    return Now(since, why, Act(say("Resume this appointment"), href))


def _ended(file: CaseFile, reading: Reading) -> Now:
    chosen = file.candidate(file.case.chosen or "")
    day = reading.day_of(file.case.ended_at) if file.case.ended_at else ""
    when = say("Ended on {day}", day=day) if day else ""
    if file.case.state == "completed" and chosen:
        return Now(say("{name} is appointed", name=chosen.person.name), when)
    return Now(marks.CASE_ENDS[file.case.state].words, when)


_BY_VERB: Mapping[str, Callable[[CaseFile, Reading], Now]] = {
    "check": _check,
    "collect": _collect,
    "consult": _consult,
    "finish": _finish,
    "issue": _issue,
    "plan": _plan,
    "prepare": _prepare,
    "sift": _sift,
    "weigh": _weigh,
}
