"""From the questions of a case to what HR sees of them: the rule, the clock, the voices."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from governance.appointments.queries import CaseFile
from governance.consultation.queries import Asked as AskedRow
from governance.consultation.queries import Put
from governance.refusals import Sentence, say
from governance.web.case_views import Asked
from governance.web.cases import marks
from governance.web.cases.reading import Reading
from governance.web.cases.standing import speaker
from governance.web.views import Clock, Mark, Tone, Voice, Words

REFERENCE = "reference:"
CAPACITIES = {
    "candidate": say("candidate"),
    "chosen": say("the chosen candidate"),
    "launcher": say("who launched the case"),
    "referee": say("referee"),
}


def asked_of(put: Put, file: CaseFile, reading: Reading) -> Asked:
    """A question with everybody's voice, for somebody who may read all of it."""
    consultation = put.consultation
    return Asked(
        question=reading.text(consultation.question),
        mark=_mark(put, reading),
        rule=_rule(put, file),
        voices=tuple(_voice(each, put, file, reading) for each in put.asked),
        note=_note(put, file),
        certificate=f"/consultations/{consultation.id}/certificate",
    )


def open_clock(file: CaseFile, reading: Reading) -> Clock | None:
    """The clock of the question that is open: the last of those asked who have not answered."""
    found = [
        (each.invitation.due_at, put, each)
        for put in file.consultations
        if put.consultation.state == "open" and is_of_the_stage(put, file)
        for each in put.asked
        if each.invitation.due_at is not None and not each.has_spoken
    ]
    if not found:
        return None
    due_at, put, asked = max(found, key=lambda each: each[0])
    calendar = asked.invitation.calendar or file.procedure.calendar
    silence = marks.SILENCE[put.consultation.rule["on_late"]]
    return Clock(reading.left(due_at, calendar), reading.due(due_at, calendar), silence)


def is_of_the_stage(put: Put, file: CaseFile) -> bool:
    """Whether a question is the stage's own, not a reference about one candidate."""
    return put.consultation.step_key == file.case.stage


def about(put: Put, file: CaseFile) -> str:
    """The name of the candidate whom a reference is about."""
    candidate = file.candidate(put.consultation.content.get("about") or "")
    return candidate.person.name if candidate else ""


def capacity_words(capacity: str, file: CaseFile, reading: Reading) -> Words:
    """In which capacity somebody was asked."""
    office = file.rulebook.office(capacity)
    if office is not None:
        return reading.text(office.title)
    return CAPACITIES.get(capacity) or capacity.replace("_", " ")


def position_words(position: str, rule: dict[str, Any], reading: Reading) -> str:
    """A position as it was offered."""
    titles = rule.get("titles", {}).get(position)
    return reading.text(titles, position.replace("_", " "))


def _mark(put: Put, reading: Reading) -> Mark:
    consultation = put.consultation
    mark = marks.CONSULTATIONS[consultation.state]
    if consultation.outcome is None:
        return mark
    result = consultation.outcome["result"]
    if result in consultation.rule.get("titles", {}):
        return Mark("ok", position_words(result, consultation.rule, reading))
    tone: Tone = "ok" if result == "carried" else "warn"
    return Mark(tone, marks.result_words(result))


def _rule(put: Put, file: CaseFile) -> Words:
    rule = put.consultation.rule
    kind = marks.RULE_KINDS.get(rule["kind"]) or rule["kind"]
    name = about(put, file) if put.consultation.step_key.startswith(REFERENCE) else ""
    if name:
        return say("About {name}; {kind}", name=name, kind=kind)
    return say("{kind} ({article})", kind=kind, article=rule["article"])


def _voice(asked: AskedRow, put: Put, file: CaseFile, reading: Reading) -> Voice:
    who = speaker(reading, asked, capacity_words(asked.invitation.capacity, file, reading))
    answer = asked.answer
    if answer is None and asked.has_spoken:
        return Voice(who, Mark("ok", marks.SPOKE_IN_SECRET))
    if answer is None:
        return Voice(who, _silent(asked, put), when=_until(asked, put, file, reading))
    position = position_words(answer.position, put.consultation.rule, reading)
    chosen = _names(answer.chosen, file)
    tone: Tone = "warn" if _is_blocking(answer.position, put.consultation.rule) else "ok"
    said = say("{position}: {names}", position=position, names=chosen) if chosen else position
    when = say("Answered on {day}", day=reading.day_of(answer.at))
    return Voice(who, Mark(tone, said), reading.plain(answer.text), when)


def _silent(asked: AskedRow, put: Put) -> Mark:
    if marks.counts_as_consent(put.consultation, asked.invitation):
        return Mark("ok", marks.SILENT)
    if put.consultation.state != "open":
        return Mark("none", say("did not answer"))
    if asked.invitation.handed_over_at is None:
        return Mark("none", say("not reached yet"))
    return Mark("now", say("asked"))


def _until(asked: AskedRow, put: Put, file: CaseFile, reading: Reading) -> Words:
    due_at = asked.invitation.due_at
    if due_at is None or put.consultation.state != "open":
        return ""
    calendar = asked.invitation.calendar or file.procedure.calendar
    last = asked.invitation.last_day
    day = reading.day(datetime.fromisoformat(last).date()) if last else reading.day_of(due_at)
    return say("{left}, until {day}", left=reading.left(due_at, calendar), day=day)


def _note(put: Put, file: CaseFile) -> Words:
    outcome = put.consultation.outcome
    if outcome is None:
        return ""
    names = _names(outcome["chosen"], file)
    if names:
        return say("Chosen: {names}", names=names)
    working = [Sentence(each["pattern"], each["facts"]) for each in outcome["working"]]
    return working[-1] if working else ""


def _names(candidacies: list[str], file: CaseFile) -> str:
    found = (file.candidate(each) for each in candidacies)
    return ", ".join(each.person.name for each in found if each)


def _is_blocking(position: str, rule: dict[str, Any]) -> bool:
    return any(each["key"] == position and each.get("blocking") for each in rule["positions"])
