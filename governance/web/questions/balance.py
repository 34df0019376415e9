"""The verdicts on regional balance that a case keeps, for whoever decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from governance.appointments.models import Case
from governance.appointments.queries import Candidate
from governance.refusals import Finding, Sentence, say
from governance.web.cases.reading import Reading
from governance.web.views import Balance, Effect, Mark, Tone, Words


@dataclass(frozen=True)
class Verdicts:
    """The balance as a section, a mark for each candidate, and its line at a glance."""

    balance: Balance | None
    marks: Mapping[str, Mark]
    glance: tuple[Tone, Sentence] | None


NONE = Verdicts(None, {}, None)
BASIS = say("What each choice would do, weighed with those who hold the offices beside this one.")


def verdicts_on(reading: Reading, case: Case, shown: Sequence[Candidate]) -> Verdicts:
    """The newest verdict on each of the candidates shown."""
    newest = list(case.verdicts.values())[-1] if case.verdicts else {}
    kept = {
        each.candidacy.id: tuple(reading.finding(row) for row in newest[each.candidacy.id])
        for each in shown
        if each.candidacy.id in newest
    }
    if not kept:
        return NONE
    marks = {key: _mark(findings) for key, findings in kept.items()}
    tone, summary = _summary(marks)
    effects = tuple(
        Effect(each.person.name, marks[each.candidacy.id], kept[each.candidacy.id])
        for each in shown
        if each.candidacy.id in kept
    )
    note = _justification(reading, case)
    balance = Balance(Mark(tone, summary), BASIS, note=note, effects=effects)
    return Verdicts(balance, marks, (tone, summary))


def _summary(marks: Mapping[str, Mark]) -> tuple[Tone, Sentence]:
    adverse = sum(mark.tone == "warn" for mark in marks.values())
    if adverse:
        return "warn", say(
            "{n} of {all} would not keep a rule of balance", n=adverse, all=len(marks)
        )
    return "ok", say("every choice keeps the rules of balance")


def _mark(findings: Sequence[Finding]) -> Mark:
    if any(each.blocks for each in findings):
        return Mark("warn", say("a rule of balance is not kept"))
    return Mark("ok", say("keeps the balance"))


def _justification(reading: Reading, case: Case) -> Words:
    texts = [reading.plain(sealed) for sealed in case.justified.values()]
    return say("Written justification: {text}", text=texts[-1]) if texts and texts[-1] else ""
