"""What stages bring about, once: an office held, regret letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pendulum
from sqlmodel import col, select

from governance.appointments.letters import issue_document
from governance.appointments.models import Candidacy, Document
from governance.appointments.service.engaging import service
from governance.appointments.service.rosters import roster
from governance.appointments.stages.standing import Standing
from governance.consultation.standing.offices import BEGINS
from governance.database import new_id
from governance.people.models import Holding
from governance.record import deadlines
from governance.record.outbox import Notice
from governance.rulebook.stages import Effect

OUT = (
    "ineligible",
    "refused",
    "nominated",
    "eligible",
    "declarations",
    "checks",
    "review",
    "cleared",
    "cleared_with_conditions",
    "shortlisted",
)


PORTION = 8  # letters of one step: rendering them holds the case


def bring_about(standing: Standing, effects: Iterable[Effect]) -> dict[str, Any]:
    """All effects of a stage, in the order in which the law names them."""
    return {effect.effect: EFFECTS[effect.effect](standing, effect) for effect in effects}


def holding(standing: Standing, _: Effect) -> list[str]:
    """The appointed person holds the post's office from entry on duty; whoever held it, until then.

    An office has one holder, so its powers pass whole.
    """
    appointed = standing.candidacies("appointed")
    day = standing.case.entry_on_duty or standing.moment.now.date()
    since = pendulum.datetime(day.year, day.month, day.day, tz=standing.calendar.zone)
    office = standing.post.office.removeprefix("office.")
    before = select(Holding).where(col(Holding.office) == office, col(Holding.until).is_(None))
    for held in standing.moment.session.exec(before) if appointed else ():
        held.until = max(since, held.since)
    facts = {"case": standing.case.reference}
    for each in appointed:
        row = Holding(
            id=new_id(), office=office, person_id=each.person_id, since=since, facts=facts
        )
        standing.moment.session.add(row)
        if since > standing.moment.now:
            owner = ("holding", row.id)
            deadlines.set_deadline(standing.moment.session, owner, BEGINS, row.since, {})
    return [each.person_id for each in appointed]


def regret_letters(standing: Standing, _: Effect) -> list[str]:
    """A letter to everybody who was not appointed, in their own language, each once."""
    return _regrets(standing, _untold(standing))


def regrets_first(standing: Standing, effects: Iterable[Effect]) -> dict[str, Any]:
    """A portion of the regret letters, while more are left than one step may issue.

    Each step is a transaction of its own, so that three hundred letters keep nobody waiting.
    """
    if not any(each.effect == "regret_letters" for each in effects):
        return {}
    untold = _untold(standing)
    if len(untold) <= PORTION:
        return {}
    standing.moment.owe(*standing.subject)
    return {"regret_letters": _regrets(standing, untold[:PORTION])}


def _untold(standing: Standing) -> list[Candidacy]:
    """Whoever was not appointed and has no letter yet, in two queries."""
    query = select(Document.candidacy_id).where(
        col(Document.case_id) == standing.case.id,
        col(Document.kind) == "regret",
        col(Document.round) == standing.round,
    )
    told = set(standing.moment.session.exec(query))
    return [each for each in standing.candidacies(*OUT) if each.id not in told]


def _regrets(standing: Standing, candidacies: list[Candidacy]) -> list[str]:
    people = standing.people(candidacies)
    for candidacy in candidacies:
        person = people[candidacy.person_id]
        issued = issue_document(standing, candidacy, "regret", person.language)
        standing.moment.tell(
            standing.subject,
            Notice(
                key=f"regret:{candidacy.id}",
                person_id=person.id,
                template="regret",
                facts={"document": issued.id, "reference": standing.case.reference},
            ),
        )
    return [each.id for each in candidacies]


EFFECTS: dict[str, Callable[[Standing, Effect], list[str]]] = {
    "holding": holding,
    "regret_letters": regret_letters,
    "roster": roster,
    "service": service,
}
