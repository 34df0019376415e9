"""From one candidacy to its page: facts, findings, checks with their forms, references."""

from __future__ import annotations

from datetime import date
from typing import Any

from governance.appointments.lifecycle import CandidacyLifecycle
from governance.appointments.models import Check as CheckRow
from governance.appointments.queries import Candidate, CaseFile
from governance.appointments.referees import REFERENCES
from governance.consultation.queries import Put
from governance.lifecycle import ways_on
from governance.refusals import Finding, Verdict, say
from governance.rulebook.stages import Checks
from governance.web.case_views import CandidatePage, Check
from governance.web.cases import marks
from governance.web.cases.fill_asked import REFERENCE, position_words
from governance.web.cases.fill_case import candidate_href, case_href, document_of
from governance.web.cases.fill_vetting import (
    paper_kinds,
    papers_of,
    ruling_form,
    rulings_shown,
)
from governance.web.cases.fill_work import RESULTS
from governance.web.cases.reading import DEGREE_WORDS, Reading
from governance.web.cases.timeline import assessed_of, timeline_of
from governance.web.views import Fact, Mark, Option, Person
from governance.web.words import LANGUAGES
from governance.web.work_views import RefereeForm, Reference

SEXES = {"F": say("female"), "M": say("male"), "X": say("another")}


def candidate_page(
    candidate: Candidate, file: CaseFile, reading: Reading, *, acts: bool
) -> CandidatePage:
    """One candidacy for somebody who may see all of the case."""
    candidacy = candidate.candidacy
    title = reading.text(file.post.title)
    running = acts and file.case.state == "running"
    vetting = running and candidacy.state in {"checks", "review"}
    return CandidatePage(
        person=Person(candidate.person.name, reading.country(candidate.person.nationality)),
        case=Fact(file.case.reference, title, case_href(file)),
        state=marks.CANDIDACIES[candidacy.state],
        facts=_facts(candidate, reading),
        findings=tuple(reading.finding(each) for each in candidacy.findings),
        checks=tuple(_check(each, file, reading, acts=vetting) for each in candidate.checks),
        documents=tuple(
            document_of(each, file) for each in file.documents if each.candidacy_id == candidacy.id
        ),
        references=tuple(
            _reference(put, reading) for put in file.consultations if _is_about(put, candidate)
        ),
        referee=_referee(candidate, file) if vetting and asks_referees(file) else None,
        papers=papers_of(candidate, reading),
        paper_action=f"{candidate_href(file, candidacy.id)}/evidence" if running else "",
        paper_kinds=paper_kinds(candidate, file, reading),
        rulings=rulings_shown(candidate, file, reading),
        ruling=ruling_form(candidate, file, reading) if running else None,
        withdraw_href=_withdraw_href(candidate, file) if acts else "",
        record_href=f"{case_href(file)}/record",
        assessed=assessed_of(candidate, file, reading),
        happened=timeline_of(candidate, file, reading),
    )


def asks_referees(file: CaseFile) -> bool:
    """Whether the procedure has a check that a referee answers."""
    return any(
        each.kind == REFERENCES
        for stage in file.procedure.stages
        if isinstance(stage, Checks)
        for each in stage.checks
    )


def _withdraw_href(candidate: Candidate, file: CaseFile) -> str:
    possible = "withdraw" in ways_on(CandidacyLifecycle, candidate.candidacy.state)
    if not possible or file.case.state != "running":
        return ""
    return f"{candidate_href(file, candidate.candidacy.id)}/withdraw"


def _facts(candidate: Candidate, reading: Reading) -> tuple[Fact, ...]:
    person, known = candidate.person, candidate.candidacy.facts
    lines = (
        Fact(say("E-mail"), person.email),
        Fact(say("Born"), reading.day(person.birth_date) if person.birth_date else ""),
        Fact(say("Sex"), SEXES.get(person.sex or "", "")),
        Fact(say("Nationality"), reading.country(person.nationality)),
        Fact(say("Languages"), _languages(known.get("languages", {}), reading)),
        Fact(say("Degree"), DEGREE_WORDS.get(known.get("degree", ""), "")),
        Fact(say("Years of experience"), _number(known.get("years_experience"))),
        Fact(say("Police rank"), known.get("police_rank") or ""),
        Fact(say("Years in the police"), _number(known.get("police_years"))),
        Fact(say("Employer now"), known.get("current_employer") or ""),
        Fact(say("Nominated by"), _nominated_by(known.get("nominated_by"), reading)),
        Fact(say("Letters in"), reading.tongue(person.language)),
        Fact(say("Came in on"), reading.day_of(candidate.candidacy.came_at)),
    )
    return tuple(line for line in lines if line.value)


def _nominated_by(country: str | None, reading: Reading) -> Any:
    return reading.country(country) if country else say("nobody: applied alone")


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _languages(levels: dict[str, str], reading: Reading) -> str:
    return reading.listed(
        f"{reading.tongue(code)} {level}".strip() for code, level in levels.items()
    )


def _check(check: CheckRow, file: CaseFile, reading: Reading, *, acts: bool) -> Check:
    stages = (each for each in file.procedure.stages if isinstance(each, Checks))
    law = next((found for stage in stages if (found := stage.check(check.kind))), None)
    is_open = check.state not in marks.CLOSED
    return Check(
        title=reading.text(law.title) if law else check.kind,
        mark=marks.CHECKS[check.state],
        note=reading.opened(check.note),
        article=str(law.article) if law and law.article else "",
        action=f"{case_href(file)}/checks" if acts and is_open else "",
        value=f"{check.candidacy_id}:{check.kind}",
        results=RESULTS,
        facts=_check_facts(check, reading),
    )


def _check_facts(check: CheckRow, reading: Reading) -> tuple[Fact, ...]:
    lines = (
        Fact(say("Source"), check.source),
        Fact(say("Closed on"), reading.day_of(check.closed_at) if check.closed_at else ""),
        Fact(say("Good until"), reading.day(check.valid_until) if check.valid_until else ""),
    )
    return tuple(line for line in lines if line.value)


def _is_about(put: Put, candidate: Candidate) -> bool:
    return (
        put.consultation.step_key.startswith(REFERENCE)
        and put.consultation.content.get("about") == candidate.candidacy.id
    )


def _reference(put: Put, reading: Reading) -> Reference:
    asked = put.asked[0]
    answer, invitation = asked.answer, asked.invitation
    if answer is not None:
        mark = Mark("ok", position_words(answer.position, put.consultation.rule, reading))
        when = say("Answered on {day}", day=reading.day_of(answer.at))
        return Reference(asked.person.name, mark, reading.plain(answer.text), when)
    if put.consultation.state != "open":
        return Reference(asked.person.name, Mark("none", say("did not answer")))
    if invitation.due_at is None:
        return Reference(asked.person.name, Mark("none", say("not reached yet")))
    until = reading.day(date.fromisoformat(invitation.last_day))
    return Reference(
        asked.person.name, Mark("now", say("asked")), when=say("Asked, until {day}", day=until)
    )


def _referee(candidate: Candidate, file: CaseFile) -> RefereeForm:
    """The form that asks a referee; refused where each reference was asked for already."""
    ordered = any(c.kind == REFERENCES and c.state == "ordered" for c in candidate.checks)
    languages = tuple(Option(code, LANGUAGES[code]) for code in LANGUAGES)
    asked_already = Finding(
        "check_is_open",
        "",
        Verdict.FAIL,
        say("every reference of this candidate has been asked for"),
        say("Wait for the answer, or record the check without it."),
    )
    return RefereeForm(
        f"{case_href(file)}/referee",
        candidate.candidacy.id,
        languages,
        () if ordered else (asked_already,),
    )
