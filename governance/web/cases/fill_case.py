"""From a case's file to its page: where it stands, who acts, and everything that belongs to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from governance.appointments.models import Document as Issued
from governance.appointments.queries import Candidate, CaseFile, CaseHead
from governance.record.models import Deadline
from governance.refusals import Sentence, Verdict, say
from governance.rulebook.schema import Procedure
from governance.rulebook.stages import Checks, Collect, Step, Weigh
from governance.web.case_views import CandidateRow, CasePage, CheckRow
from governance.web.cases import marks
from governance.web.cases.fill_asked import asked_of, open_clock
from governance.web.cases.fill_now import now_of
from governance.web.cases.fill_work import SHOWN, Looking, work_of
from governance.web.cases.reading import Reading
from governance.web.views import Act, Clock, Document, Fact, Mark, Stage, Words
from governance.web.work_views import Weighed, WeighedRow

LETTERS = {
    "appointment": say("Letter of appointment"),
    "regret": say("Letter of regret"),
}


def case_page(
    file: CaseFile, reading: Reading, *, acts: bool, looking: Looking | None = None
) -> CasePage:
    """The page of a case for somebody who may see all of it; `acts` for who may act on it."""
    case, href = file.case, case_href(file)
    running = case.state == "running"
    now = now_of(file, reading)
    collecting = running and isinstance(file.procedure.stage(case.stage), Collect)
    return CasePage(
        number=case.reference,
        post=reading.text(file.post.title),
        state=case_mark(file, reading),
        facts=_facts(file, reading),
        stages=stages_of(file, reading),
        now=now.what,
        now_who=now.who,
        href=href,
        next_act=now.act if acts else None,
        clock=_clock(file, reading) if running else None,
        candidates=tuple(candidate_row(each, file, reading) for each in file.candidates[:SHOWN]),
        candidates_more=max(0, len(file.candidates) - SHOWN),
        import_act=Act(say("Import candidates"), f"{href}/import") if collecting and acts else None,
        checks=_checks(file, reading),
        work=work_of(file, reading, looking) if running and acts else None,
        weighed=weighed_of(file, reading),
        asked=tuple(asked_of(each, file, reading) for each in reversed(file.consultations)),
        documents=tuple(document_of(each, file) for each in file.documents[:SHOWN]),
        documents_more=max(0, len(file.documents) - SHOWN),
        troubles=_troubles(file),
        record_href=f"{href}/record",
        aside=_aside(file) if acts else (),
        panel_href=f"{href}/panel" if file.procedure.assessment is not None else "",
        call_href=f"/calls/{case.reference}" if collecting else "",
    )


def _aside(file: CaseFile) -> tuple[Act, ...]:
    """What an officer may do with the whole case, beside its course: each asks first."""
    href, state = case_href(file), file.case.state
    pause = Act(say("Pause this appointment"), f"{href}/pause")
    copy = Act(say("Launch a case as this one was"), f"{href}/copy")
    withdraw = Act(say("Withdraw this appointment"), f"{href}/withdraw")
    if state == "running":
        return (pause, withdraw)
    return (withdraw,) if state == "paused" else (copy,)


def case_href(file: CaseHead) -> str:
    """Where the page of a case is."""
    return f"/appointments/{file.case.reference}"


def case_mark(file: CaseFile, reading: Reading) -> Mark:
    """Where a case stands, in a word."""
    ended = marks.CASE_ENDS.get(file.case.state)
    if file.case.state == "paused":
        return marks.PAUSED
    title = reading.text(file.procedure.stage(file.case.stage).title)
    return ended or Mark("now", title)


def stages_of(file: CaseFile, reading: Reading) -> tuple[Stage, ...]:
    """The line of stages: passed, now, to come; ends that were not reached stay away."""
    shown = _on_the_line(file.procedure, file.case.stage, file.case.state)
    return tuple(_stage(each, file, reading) for each in shown)


_HERE: Mapping[str, Literal["done", "now", "skipped"]] = {
    "running": "now",
    "paused": "now",
    "completed": "done",
    "closed": "done",
    "withdrawn": "skipped",
}


def _on_the_line(procedure: Procedure, stage: str, state: str) -> list[Step]:
    """Every stage but the ends, and the one end at which the case is or may well arrive."""
    ends = {each.key for each in procedure.ends}
    first = procedure.ends[0].key if procedure.ends else ""
    end = stage if state not in marks.GOES_ON and stage in ends else first
    return [each for each in procedure.stages if each.key not in ends or each.key == end]


def _stage(stage: Step, file: CaseFile, reading: Reading) -> Stage:
    case, title = file.case, reading.text(stage.title)
    if stage.key == case.stage:
        return Stage(title, _HERE[case.state])
    passed = case.passed.get(stage.key)
    if passed is None or _comes_after(stage, file):
        return Stage(title, "todo")
    return Stage(title, "done", reading.day_of(datetime.fromisoformat(passed)))


def _comes_after(stage: Step, file: CaseFile) -> bool:
    """Whether a stage that was passed once lies ahead again, because the case was sent back."""
    if file.case.state not in marks.GOES_ON:
        return False
    keys = [each.key for each in file.procedure.stages]
    return keys.index(stage.key) > keys.index(file.case.stage)


def candidate_row(candidate: Candidate, file: CaseFile, reading: Reading) -> CandidateRow:
    """One candidate in the table of a case."""
    candidacy = candidate.candidacy
    return CandidateRow(
        name=candidate.person.name,
        href=candidate_href(file, candidacy.id),
        nationality=reading.country(candidate.person.nationality),
        eligibility=eligibility_mark(candidate),
        vetting=vetting_mark(candidate),
        outcome=None if candidacy.state in marks.ON_THE_WAY else marks.CANDIDACIES[candidacy.state],
    )


def candidate_href(file: CaseHead, candidacy_id: str) -> str:
    """Where the page of a candidacy is."""
    return f"{case_href(file)}/candidates/{candidacy_id}"


def eligibility_mark(candidate: Candidate) -> Mark:
    """What is known of eligibility."""
    state, findings = candidate.candidacy.state, candidate.candidacy.findings
    if state == "ineligible":
        return marks.CANDIDACIES["ineligible"]
    if state not in {"nominated", "withdrawn"}:
        return marks.CANDIDACIES["eligible"]
    if not findings:
        return Mark("none", say("not examined yet"))
    kept = sum(each["outcome"] == Verdict.PASS for each in findings)
    words = say("{kept} of {all} rules kept", kept=kept, all=len(findings))
    return Mark("ok" if kept == len(findings) else "warn", words)


def vetting_mark(candidate: Candidate) -> Mark:
    """What is known of the checks."""
    states = [each.state for each in candidate.checks]
    if not states:
        return Mark("none", say("not begun"))
    done = sum(state in marks.CLOSED for state in states)
    if "adverse" in states:
        words = say("adverse, {done} of {all} closed", done=done, all=len(states))
        return Mark("bad", words)
    words = say("{done} of {all} closed", done=done, all=len(states))
    return Mark("ok" if done == len(states) else "now", words)


def weighed_of(file: CaseFile, reading: Reading) -> tuple[Weighed, ...]:
    """The verdicts on balance, the newest first, with their working and justification."""
    return tuple(
        _weighed(key, verdicts, file, reading)
        for key, verdicts in reversed(list(file.case.verdicts.items()))
    )


def _weighed(
    key: str, verdicts: dict[str, list[dict[str, object]]], file: CaseFile, reading: Reading
) -> Weighed:
    rows = []
    for candidacy_id, kept in verdicts.items():
        candidate = file.candidate(candidacy_id)
        name = candidate.person.name if candidate else ""
        findings = tuple(reading.finding(each) for each in kept)
        rows.append(WeighedRow(name, candidate_href(file, candidacy_id), findings))
    against = sum(any(each.blocks for each in row.findings) for row in rows)
    binding = _is_binding(key, file)
    justification = reading.opened(file.case.justified.get(key, ""))
    return Weighed(_weighed_mark(against, len(rows), binding=binding), tuple(rows), justification)


def _is_binding(key: str, file: CaseFile) -> bool:
    stage = next((s for s in file.procedure.stages if s.key == key.rpartition(":")[0]), None)
    return isinstance(stage, Weigh) and stage.effect == "binding"


def _weighed_mark(against: int, of: int, *, binding: bool) -> Mark:
    if not against:
        return Mark("ok", say("The balance is kept with everybody on the shortlist"))
    words: Sentence = say(
        "The balance is not kept with {against} of {of} on the shortlist", against=against, of=of
    )
    return Mark("bad" if binding else "warn", words)


def document_of(issued: Issued, file: CaseFile) -> Document:
    """An issued document in a list: what, for whom, in which language."""
    candidate = file.candidate(issued.candidacy_id)
    kind = LETTERS.get(issued.kind) or issued.kind
    name = candidate.person.name if candidate else ""
    title = say("{kind}, {name}", kind=kind, name=name)
    return Document(title, f"/documents/{issued.id}.html", f"{issued.language} · {issued.number}")


def _checks(file: CaseFile, reading: Reading) -> tuple[CheckRow, ...]:
    stage = next((each for each in file.procedure.stages if isinstance(each, Checks)), None)
    rows = []
    for kind in stage.checks if stage else ():
        states = [c.state for each in file.candidates for c in each.checks if c.kind == kind.kind]
        if states:
            done = sum(state in marks.CLOSED for state in states)
            rows.append(CheckRow(reading.text(kind.title), done, len(states), _closed_mark(states)))
    return tuple(rows)


def _closed_mark(states: list[str]) -> Mark:
    still = sum(state not in marks.CLOSED for state in states)
    if still:
        return Mark("now", say("{still} open", still=still))
    adverse = states.count("adverse")
    if adverse:
        return Mark("warn", say("{adverse} adverse", adverse=adverse))
    return Mark("ok", say("done"))


def _facts(file: CaseFile, reading: Reading) -> tuple[Fact, ...]:
    case, post = file.case, file.post
    station = file.rulebook.duty_station(post.duty_station)
    chosen = file.candidate(case.chosen or "")
    lines = [
        Fact(say("Grade"), post.grade),
        Fact(say("Duty station"), reading.text(station.title if station else None)),
        Fact(
            say("Procedure"), reading.text(file.procedure.title), note=str(file.procedure.article)
        ),
        Fact(say("Launched by"), file.launched_by.name, note=reading.day_of(case.launched_at)),
        *_needs(file),
        Fact(say("Entry on duty wished"), _day(case.wanted_on, reading)),
        Fact(say("Chosen"), chosen.person.name if chosen else ""),
        Fact(say("Entry on duty"), _day(case.entry_on_duty, reading)),
        Fact(say("Law"), case.law[:12], note=say("the rulebook as it stood at the launch")),
    ]
    return tuple(line for line in lines if line.value)


def _needs(file: CaseFile) -> list[Fact]:
    return [
        Fact(marks.need_words(key), said.get("note") or say("confirmed"))
        for key, said in file.case.needs.items()
    ]


def _day(when: date | None, reading: Reading) -> str:
    return reading.day(when) if when else ""


def _clock(file: CaseFile, reading: Reading) -> Clock | None:
    """The deadline that runs now: the case's own, or that of the question that is open."""
    if file.deadlines:
        return _own_clock(file.deadlines[0], file, reading)
    return open_clock(file, reading)


def _own_clock(deadline: Deadline, file: CaseFile, reading: Reading) -> Clock:
    calendar = file.procedure.calendar
    return Clock(
        reading.left(deadline.due_at, calendar),
        reading.due(deadline.due_at, calendar),
        _at_the_close(file),
    )


def _at_the_close(file: CaseFile) -> Words:
    stage = file.procedure.stage(file.case.stage)
    least = stage.at_least if isinstance(stage, Collect) else None
    if not isinstance(stage, Collect):
        return say("That the time has passed is recorded; the case waits all the same.")
    if least is None:
        return say("The call closes by itself.")
    return say(
        "The call closes by itself. With fewer than {least} candidates it stays open {period}"
        " longer.",
        least=least.candidacies,
        period=marks.period_words(least.extend),
    )


def _troubles(file: CaseFile) -> tuple[Fact, ...]:
    """What has not left and what does not go on, in words."""
    unsent = tuple(
        Fact(say("A mail was not delivered"), each.stuck_because or "", note=each.template)
        for each in file.unsent
    )
    stuck = (Fact(say("The case does not go on"), file.stuck),) if file.stuck else ()
    return (*stuck, *unsent)
