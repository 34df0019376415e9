"""From entries of the record to sentences: what happened, who did it, under which rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from string import Formatter
from typing import Any

from governance.appointments.queries import CaseFile
from governance.people.queries import by_id
from governance.record import chain
from governance.record.models import Entry
from governance.refusals import Sentence, say
from governance.rulebook.stages import Checks
from governance.web.case_views import Happened, RecordPage
from governance.web.cases import marks
from governance.web.cases.fill_asked import position_words
from governance.web.cases.fill_case import LETTERS, case_href
from governance.web.cases.reading import Reading
from governance.web.cases.record_words import DONE, TRIED
from governance.web.views import Fact, Mark, Words

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Namer:
    """Who and what the identifiers of entries stand for; candidates only for who may know.

    `only`: the candidacy whose part of an entry about many is told.
    """

    file: CaseFile
    reading: Reading
    people: Mapping[str, str]
    only: str = ""

    def person(self, person_id: str | None) -> Words:
        """A person by name; the clock where nobody acted."""
        if person_id is None:
            return say("by itself")
        return self.people.get(person_id) or say("somebody")

    def candidate(self, candidacy_id: str | None) -> Words:
        """A candidate by name, or without."""
        candidate = self.file.candidate(candidacy_id or "")
        return candidate.person.name if candidate else say("a candidate")

    def stage(self, key: str) -> str:
        """A stage by its title."""
        titles = {each.key: each.title for each in self.file.procedure.stages}
        return self.reading.text(titles.get(key), key.replace("_", " "))

    def check(self, kind: str) -> str:
        """A check by its title."""
        stages = (each for each in self.file.procedure.stages if isinstance(each, Checks))
        law = next((found for stage in stages if (found := stage.check(kind))), None)
        return self.reading.text(law.title if law else None, kind)

    def question(self, name: str) -> str:
        """A question of the case, by its chain."""
        key = name.removeprefix("consultation:")
        put = next((p for p in self.file.consultations if p.consultation.id == key), None)
        return self.reading.text(put.consultation.question) if put else ""

    def position(self, name: str, position: str) -> Words:
        """A position as it was offered, or a result in words."""
        key = name.removeprefix("consultation:")
        put = next((p for p in self.file.consultations if p.consultation.id == key), None)
        rule = put.consultation.rule if put else {}
        if position in rule.get("titles", {}):
            return position_words(position, rule, self.reading)
        return marks.result_words(position)


def namer(
    file: CaseFile,
    reading: Reading,
    entries: Iterable[Entry],
    *,
    all_names: bool = True,
    only: str = "",
) -> Namer:
    """Names for whoever acted in these entries, and for whoever was told, in one query."""
    bodies = [chain.read(entry)["facts"] for entry in entries] if all_names else []
    told = (facts.get(key) for facts in bodies for key in ("to", "referee"))
    wanted = [each for each in (*(entry.actor for entry in entries), *told) if each]
    people = by_id(reading.session, wanted)
    named = {key: person.name for key, person in people.items()}
    return Namer(file, reading, named, only)


def record_page(names: Namer, entries: list[Entry], verdict: Mark, head: str) -> RecordPage:
    """The trail of a case, in words."""
    file = names.file
    subject = Fact(file.case.reference, names.reading.text(file.post.title), case_href(file))
    shown = tuple(
        replace(happened_of(each, names), sequence=place) for place, each in enumerate(entries, 1)
    )
    return RecordPage(say("Who did what"), subject, shown, verdict, head)


def verdict_of(count: int, faults: list[chain.Fault], chains: int) -> Mark:
    """Whether the chains hold, in words."""
    if not faults:
        words = say(
            "Entries verified: {count}. Chains: {chains}. Nothing was changed or taken away.",
            count=count,
            chains=chains,
        )
        return Mark("ok", words)
    broken = say("The record was changed: {fault}", fault=str(faults[0]))
    return Mark("bad", broken)


def happened_of(entry: Entry, names: Namer) -> Happened:
    """One entry in words."""
    body = chain.read(entry)
    refused = entry.kind.endswith(":refused")
    kind = entry.kind.removesuffix(":refused")
    tell = REFUSED if refused else TOLD
    other = (TRIED if refused else DONE).get(kind, _OTHER)
    words = tell[kind](body["facts"], names, entry) if kind in tell else other
    return Happened(
        what=words if isinstance(words, Sentence | str) else _OTHER,
        who=_who(body, names),
        at=names.reading.moment(entry.at),
        rule=_rule(body, names),
        findings=tuple(_finding(each) for each in body["rules"]),
        refused=refused,
        sequence=entry.seq,
        hash=entry.hash,
    )


_OTHER = say("Something was written down")


def _who(body: Facts, names: Namer) -> Words:
    who, authority = names.person(body["actor"]), body["authority"]
    if body["actor"] is None:
        return who
    if authority.startswith("role:"):
        role = ROLES.get(authority) or authority.removeprefix("role:").replace("_", " ")
        return say("{name}, {capacity}", name=who, capacity=role)
    office = names.file.rulebook.office(authority)
    if office is not None:
        title = names.reading.text(office.title)
        return say("{name}, {capacity}", name=who, capacity=title)
    return who


ROLES = {"role:hr_officer": say("HR officer")}


def _rule(body: Facts, names: Namer) -> str:
    """The article of the stage that an act belongs to."""
    stages = {each.key: each for each in names.file.procedure.stages}
    stage = stages.get(body["facts"].get("stage", ""))
    return str(stage.article) if stage is not None else ""


def _finding(kept: Facts) -> Words:
    """A rule that was asked, without the facts that the record must not hold."""
    names = (name for _, name, _, _ in Formatter().parse(kept["pattern"]) if name)
    return Sentence(kept["pattern"], dict.fromkeys(names, "…"))


Teller = Callable[[Facts, Namer, Entry], Words]


def _advanced(facts: Facts, names: Namer, _: Entry) -> Words:
    stage = names.stage(facts["stage"])
    if "documents" in facts:
        return _issued(facts, names, stage)
    if "to" in facts:
        return say("{stage} is done; {next} begins", stage=stage, next=names.stage(facts["to"]))
    for key, tell in _STEPS.items():
        if key in facts:
            return tell(facts, names, stage)
    return say("{stage} went on", stage=stage)


def _closes(facts: Facts, names: Namer, _: str) -> Words:
    last = datetime.fromisoformat(facts["closes_at"]) - timedelta(seconds=1)
    return say("The call is open until {day}", day=names.reading.day_of(last))


def _sifted(facts: Facts, _: Namer, __: str) -> Words:
    return say("Eligibility was examined; candidates: {n}", n=len(facts["sifted"]))


def _ordered(facts: Facts, _: Namer, __: str) -> Words:
    return say("Checks were ordered; candidates: {n}", n=len(facts["checks_ordered"]))


def _asked(facts: Facts, _: Namer, stage: str) -> Words:
    return say(
        "{stage}: the question was put; people asked: {n}", stage=stage, n=len(facts["asked"])
    )


def _weighed(_: Facts, __: Namer, stage: str) -> Words:
    return say("{stage}: every candidate of the shortlist was weighed", stage=stage)


def _issued(facts: Facts, _: Namer, __: str) -> Words:
    numbers = [each["number"] for each in facts["documents"]]
    kinds = {each["kind"] for each in facts["documents"]}
    kind = LETTERS.get(next(iter(kinds))) or next(iter(kinds))
    return say("{kind} issued: {numbers}", kind=kind, numbers=", ".join(numbers))


def _planned(facts: Facts, _: Namer, __: str) -> Words:
    return say("Tasks before entry on duty were set: {n}", n=len(facts["tasks"]))


def _references(facts: Facts, _: Namer, __: str) -> Words:
    return say("References came in: {n}", n=len(facts["checks_received"]))


def _regrets(facts: Facts, _: Namer, __: str) -> Words:
    return say("Regret letters issued: {n}", n=len(facts["regret_letters"]))


def _ended(facts: Facts, _: Namer, __: str) -> Words:
    return say("The case ended: {how}", how=marks.CASE_ENDS[facts["ended"]].words)


def _overdue(_: Facts, __: Namer, stage: str) -> Words:
    return say("{stage}: a deadline passed", stage=stage)


_STEPS: Mapping[str, Callable[[Facts, Namer, str], Words]] = {
    "closes_at": _closes,
    "sifted": _sifted,
    "checks_ordered": _ordered,
    "asked": _asked,
    "weighed": _weighed,
    "tasks": _planned,
    "checks_received": _references,
    "ended": _ended,
    "regret_letters": _regrets,
    "overdue": _overdue,
}


def _launched(facts: Facts, _: Namer, __: Entry) -> Words:
    return say("{reference} was launched", reference=facts["reference"])


def _need(facts: Facts, _: Namer, __: Entry) -> Words:
    return say("Confirmed: {need}", need=marks.need_words(facts["need"]))


def _imported(facts: Facts, _: Namer, __: Entry) -> Words:
    return say("Candidates came in from a file: {n}", n=facts["rows"])


def _eligible(facts: Facts, _: Namer, __: Entry) -> Words:
    return say(
        "Eligibility was confirmed; admitted: {admitted}, excluded: {excluded}",
        admitted=len(facts["admitted"]),
        excluded=len(facts["excluded"]),
    )


def _checks(facts: Facts, names: Namer, _: Entry) -> Words:
    result = marks.CHECKS[facts["result"]].words
    told = [each for each in facts["checks"] if not names.only or each[0] == names.only]
    if len(told) == 1:
        (candidacy, kind) = told[0]
        return say(
            "{check} of {name}: {result}",
            check=names.check(kind),
            name=names.candidate(candidacy),
            result=result,
        )
    return say("Checks recorded: {n}, {result}", n=len(told), result=result)


def _referee(facts: Facts, names: Namer, _: Entry) -> Words:
    return say(
        "{referee} was asked for a reference about {name}",
        referee=names.person(facts["referee"]),
        name=names.candidate(facts["candidacy"]),
    )


def _task(facts: Facts, names: Namer, _: Entry) -> Words:
    task = next((each for each in names.file.tasks if each.key == facts["task"]), None)
    title = names.reading.text(task.title) if task else facts["task"]
    return say("Done: {task}", task=title)


def _out(facts: Facts, names: Namer, _: Entry) -> Words:
    return say("{name} withdrew", name=names.candidate(facts["candidacy"]))


def _case_told(facts: Facts, names: Namer, _: Entry) -> Words:
    return say("A mail to {name} was handed over", name=names.person(facts.get("to")))


def _answered(facts: Facts, names: Namer, entry: Entry) -> Words:
    if "position" not in facts:  # what is secret until the close is sealed in its entry
        return say("Answered; what was said is sealed")
    chosen = [str(names.candidate(each)) for each in facts["chosen"] if names.file.candidate(each)]
    position = names.position(entry.chain, facts["position"])
    if chosen:
        return say("Answered: {position}: {names}", position=position, names=", ".join(chosen))
    return say("Answered: {position}", position=position)


def _question_passed(_: Facts, names: Namer, entry: Entry) -> Words:
    return say("The time to answer was over: {question}", question=names.question(entry.chain))


TOLD: Mapping[str, Teller] = {
    "case:advance": _advanced,
    "case:ask_referee": _referee,
    "case:complete_task": _task,
    "case:confirm_eligibility": _eligible,
    "case:confirm_need": _need,
    "case:import_candidates": _imported,
    "case:justify": lambda *_: say("The shortlist was justified"),
    "case:launch": _launched,
    "case:notice_handed_over": _case_told,
    "case:record_checks": _checks,
    "case:withdraw": lambda *_: say("The appointment was withdrawn"),
    "case:withdraw_candidacy": _out,
    "consultation:answer": _answered,
    "consultation:deadline_passed": _question_passed,
    "consultation:notice_handed_over": _case_told,
    "consultation:ask_casting": lambda *_: say(
        "The votes are equally divided, and the casting vote was asked for"
    ),
    "consultation:break_tie": lambda *_: say("The tie was broken"),
    "consultation:withdraw": lambda *_: say("The question was withdrawn"),
}

REFUSED: Mapping[str, Teller] = {
    "case:advance": lambda *_: say("The case could not go on"),
    "case:ask_referee": lambda *_: say("Tried to ask a referee"),
    "case:complete_task": lambda *_: say("Tried to complete a task"),
    "case:confirm_eligibility": lambda *_: say("Tried to confirm eligibility"),
    "case:confirm_need": lambda *_: say("Tried to confirm what the call needs"),
    "case:import_candidates": lambda *_: say("Tried to import candidates"),
    "case:justify": lambda *_: say("Tried to justify the shortlist"),
    "case:record_checks": lambda *_: say("Tried to record checks"),
    "case:withdraw": lambda *_: say("Tried to withdraw the appointment"),
    "case:withdraw_candidacy": lambda *_: say("Tried to withdraw a candidacy"),
    "consultation:answer": lambda *_: say("Tried to answer"),
}
